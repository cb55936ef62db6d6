"""unit.yaml and the 科目 a unit may use, for commands that need no year."""

from __future__ import annotations

from pathlib import Path

from disclosure.load.classification import national
from disclosure.load.validate import validated
from disclosure.load.yaml_source import read_yaml
from disclosure.model.place import DisclosureError
from disclosure.schema.classification import Classification
from disclosure.schema.content import UnitFile

UNIT = "unit.yaml"


def read_unit(unit_dir: Path) -> UnitFile:
    """unit.yaml alone. Raises DisclosureError with every fault in it."""
    source, problems = read_yaml(unit_dir / UNIT, f"{unit_dir.name}/{UNIT}")
    if source is not None:
        unit, problems = validated(source, UnitFile)
        if unit is not None:
            return unit
    raise DisclosureError(*problems)


def known_classes(unit: UnitFile) -> Classification:
    """The national 科目 and the unit's 补充科目."""
    return national().with_extra({code: name.words for code, name in unit.extra_classes.items()})
