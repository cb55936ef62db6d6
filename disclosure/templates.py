"""A pack's Word templates against a unit and year: for `template check` and `template tags`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from disclosure.load.pack import WORD_TEMPLATES, load_pack
from disclosure.model.place import DisclosureError, Level, Problem
from disclosure.pipeline import Written, newest_year, write_words
from disclosure.render.offered import OfferedTag
from disclosure.render.template_check import (
    TemplateFault,
    TemplateValues,
    check_templates,
    template_values,
)
from disclosure.render.template_tags import offered_tags


@dataclass(frozen=True)
class CheckedTemplates:
    """What a check found. `unread`: why names could not be checked, when the unit is faulty."""

    pack: str
    found: tuple[TemplateFault, ...]
    unread: tuple[Problem, ...]

    def of(self, level: Level) -> list[TemplateFault]:
        return [fault for fault in self.found if fault.level is level]


def checked(
    unit_dir: Path, year: int | None, packs_dir: Path, pack_name: str | None
) -> CheckedTemplates:
    """Everything wrong in the templates of a pack; of the unit's own pack when none is named.

    Raises DisclosureError when there is no such pack.
    """
    unread: tuple[Problem, ...] = ()
    values = None
    try:
        written = _written(unit_dir, year, packs_dir, pack_name)
        name, values = written.pack.name, _values(written)
    except DisclosureError as error:
        unread = error.problems
        name = pack_name or _only_pack(packs_dir, error)
        if not (packs_dir / name / "pack.yaml").is_file():
            load_pack(packs_dir, name)  # says which there are
    paths = {file: packs_dir / name / file for file in WORD_TEMPLATES}
    return CheckedTemplates(name, tuple(check_templates(paths, values)), unread)


def tags(
    unit_dir: Path, year: int | None, packs_dir: Path, pack_name: str | None
) -> list[OfferedTag]:
    """Every tag of a pack's templates with its present value. Raises DisclosureError."""
    written = _written(unit_dir, year, packs_dir, pack_name)
    report = written.report
    evaluations = [one for one in (report.overall, *report.projects) if one is not None]
    indicators = [indicator.name for one in evaluations for indicator in one.indicators]
    return offered_tags(_values(written), report.figures, indicators, report.year)


def _written(unit_dir: Path, year: int | None, packs_dir: Path, pack_name: str | None) -> Written:
    newest = year or newest_year(unit_dir)
    return write_words(unit_dir, newest, packs_dir, pack_name, with_templates=False)


def _values(written: Written) -> TemplateValues:
    return template_values(written.document, written.names)


def _only_pack(packs_dir: Path, error: DisclosureError) -> str:
    packs = [path.parent.name for path in packs_dir.glob("*/pack.yaml")]
    if len(packs) == 1:
        return packs[0]
    advice = f"写明名称：build.py template check 名称。现有：{'、'.join(sorted(packs)) or '没有'}"
    raise DisclosureError(*error.problems, Problem("不知道检查哪个单位包。", None, advice))
