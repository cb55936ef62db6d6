"""A region pack's folder into values: pack.yaml, wording.yaml, terms.yaml, Word templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure.load.known import KnownFiles
from disclosure.load.text_source import missing_file, read_bytes
from disclosure.model.nearness import nearest
from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.model.text import Snippet
from disclosure.schema.braces import HOW_TO_WRITE, broken_tag
from disclosure.schema.pack import PackLayout, Term, TermsList
from disclosure.schema.scalar import Scalar

if TYPE_CHECKING:
    from disclosure.load.yaml_source import Source

NUMBER_STYLES_USED = (
    "金额", "增减额", "增减率", "完成率", "占比", "类占比", "项目完成率", "资金执行率",
    "表内执行率", "执行得分", "指标得分", "总分", "数量", "增减数量",
)  # fmt: skip
PACK_FILES = ("pack.yaml", "wording.yaml", "terms.yaml")
WORD_TEMPLATES = ("report.docx", "attachment_overall.docx", "attachment_project.docx")


@dataclass(frozen=True)
class Pack:
    """Everything a region decides. `templates` are the paths of its Word templates."""

    name: str
    layout: PackLayout
    wording: Mapping[str, Snippet | Mapping[str, Snippet]]
    terms: tuple[Term, ...]
    templates: Mapping[str, Path]
    inputs: Mapping[str, str]

    @property
    def shown_templates(self) -> dict[str, Path]:
        """The templates by the names that messages print."""
        return {
            f"{path.parent.parent.name}/{self.name}/{file}": path
            for file, path in self.templates.items()
        }


def load_pack(
    packs_dir: Path, name: str, *, with_templates: bool = True, known: KnownFiles | None = None
) -> Pack:
    """The pack of that name. Raises DisclosureError with every problem in it.

    `known` are files read before; a pack that did not change is not read again.
    """
    folder = packs_dir / name
    if not folder.is_dir():
        raise DisclosureError(_unknown_pack(packs_dir, name))
    known = known or KnownFiles()
    problems: list[Problem] = []
    inputs: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for file in PACK_FILES:
        shown = f"{packs_dir.name}/{name}/{file}"
        if not (folder / file).is_file():
            problems.append(missing_file(shown, "从别的单位包复制一份再修改"))
            continue
        data, found = read_bytes(folder / file, shown)
        problems += found
        if data is not None:
            files[shown] = data
            inputs[shown] = hashlib.sha256(data).hexdigest()
    key = ("pack", *inputs.items())
    texts = known.get(key)
    if texts is None:
        texts = _texts(files, problems)
        if not problems:
            known.put(key, texts)
    layout, wording, terms = texts
    templates = {file: folder / file for file in WORD_TEMPLATES}
    for file, path in templates.items():
        shown = f"{packs_dir.name}/{name}/{file}"
        if path.is_file():
            inputs[shown] = hashlib.sha256(path.read_bytes()).hexdigest()
        elif with_templates:
            advice = f"运行 build.py template new {name} 按 pack.yaml 生成"
            problems.append(Problem("缺少 Word 模板。", Location(shown), advice, stops=True))
    if problems:
        raise DisclosureError(*problems)
    assert layout
    assert terms
    return Pack(name, layout, wording, tuple(terms.terms), templates, inputs)


def _texts(
    files: Mapping[str, bytes], problems: list[Problem]
) -> tuple[PackLayout | None, dict[str, Snippet | Mapping[str, Snippet]], TermsList | None]:
    """pack.yaml, wording.yaml and terms.yaml; what is wrong with them goes into `problems`."""
    from disclosure.load.validate import validated
    from disclosure.load.yaml_source import parse_yaml

    sources: dict[str, Source] = {}
    for shown, data in files.items():
        source, found = parse_yaml(data, shown)
        problems += found
        if source is not None:
            sources[shown.rpartition("/")[2]] = source
    layout = terms = None
    wording: dict[str, Snippet | Mapping[str, Snippet]] = {}
    if "pack.yaml" in sources:
        layout, found = validated(sources["pack.yaml"], PackLayout)
        problems += found
        if layout:
            problems += _missing_styles(layout, sources["pack.yaml"])
    if "terms.yaml" in sources:
        terms, found = validated(sources["terms.yaml"], TermsList)
        problems += found
    if "wording.yaml" in sources:
        wording = _wording(sources["wording.yaml"], problems)
    return layout, wording, terms


def _unknown_pack(packs_dir: Path, name: str) -> Problem:
    have = sorted(path.parent.name for path in packs_dir.glob("*/pack.yaml"))
    near = nearest(name, have)
    hint = f"是不是“{near}”？" if near else ""
    return Problem(
        f"没有单位包“{name}”。",
        name.location if isinstance(name, Scalar) else Location(packs_dir.name),
        f"{hint}现有：{'、'.join(have) or '没有'}；改 unit.yaml 的“单位包”或命令里的 --pack",
        stops=True,
    )


def _missing_styles(layout: PackLayout, source: Source) -> list[Problem]:
    missing = [style for style in NUMBER_STYLES_USED if style not in layout.number_styles]
    where = source.location(("数字格式",))
    return [Problem(f"没有规定数字格式“{style}”。", where, "补写一行") for style in missing]


def _wording(source: Source, problems: list[Problem]) -> dict[str, Snippet | Mapping[str, Snippet]]:
    """Sentences, each one text or one per case."""

    def snippet(value: Any, *path: str) -> Snippet:
        if value is None:
            return Snippet("", source.location(path))
        if not isinstance(value, Scalar):
            problems.append(Problem("这里应是一句话。", source.location(path), "检查缩进"))
            return Snippet("", source.location(path))
        broken = broken_tag(value)
        if broken:
            message = f"标签没有写完整：“{broken}”。"
            problems.append(Problem(message, value.location, HOW_TO_WRITE))
        return Snippet(str(value), value.location)

    result: dict[str, Snippet | Mapping[str, Snippet]] = {}
    for name, value in source.value.items() if isinstance(source.value, dict) else ():
        if isinstance(value, dict):
            result[name] = {case: snippet(words, name, case) for case, words in value.items()}
        else:
            result[name] = snippet(value, name)
    return result
