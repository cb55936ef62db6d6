"""A region pack's folder into values: pack.yaml, wording.yaml, terms.yaml, Word templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disclosure.load.validate import validated
from disclosure.load.yaml_source import Source, read_yaml
from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.model.text import Snippet
from disclosure.schema.pack import PackLayout, Term, TermsList
from disclosure.schema.scalar import Scalar

NUMBER_STYLES_USED = (
    "金额", "增减额", "增减率", "完成率", "占比", "类占比", "项目完成率", "资金执行率",
    "表内执行率", "执行得分", "指标得分", "总分", "数量", "增减数量",
)  # fmt: skip
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


def load_pack(packs_dir: Path, name: str, *, with_templates: bool = True) -> Pack:
    """The pack of that name. Raises DisclosureError with every problem in it."""
    folder = packs_dir / name
    if not (folder / "pack.yaml").is_file():
        have = "、".join(sorted(p.parent.name for p in packs_dir.glob("*/pack.yaml"))) or "没有"
        raise DisclosureError(
            Problem(
                f"没有单位包“{name}”。", Location(packs_dir.as_posix()), f"现有：{have}", stops=True
            )
        )
    problems: list[Problem] = []
    inputs: dict[str, str] = {}

    def read(file: str) -> Source | None:
        shown = f"{packs_dir.name}/{name}/{file}"
        source, found = read_yaml(folder / file, shown)
        problems.extend(found)
        if source is not None:
            inputs[shown] = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        return source

    layout_source, wording_source, terms_source = map(
        read, ("pack.yaml", "wording.yaml", "terms.yaml")
    )
    layout = terms = None
    if layout_source:
        layout, found = validated(layout_source, PackLayout)
        problems += found
        if layout:
            problems += _missing_styles(layout, layout_source)
    if terms_source:
        terms, found = validated(terms_source, TermsList)
        problems += found
    wording = _wording(wording_source, problems) if wording_source else {}
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
    assert layout and terms
    return Pack(name, layout, wording, tuple(terms.terms), templates, inputs)


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
        return Snippet(str(value), value.location)

    result: dict[str, Snippet | Mapping[str, Snippet]] = {}
    for name, value in source.value.items() if isinstance(source.value, dict) else ():
        if isinstance(value, dict):
            result[name] = {case: snippet(words, name, case) for case, words in value.items()}
        else:
            result[name] = snippet(value, name)
    return result
