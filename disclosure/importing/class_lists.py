"""Lists of 科目 in the content files made to agree with what the tables say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from disclosure.derive.money import parents
from disclosure.edit.yaml_words import Noted, Quoted
from disclosure.importing.draft import Draft, amount_names, field_names
from disclosure.importing.reading import Reading
from disclosure.load.yaml_source import KeyPath
from disclosure.schema.classification import Classification
from disclosure.schema.content import YEAR_FILES
from disclosure.schema.part import Part

BUDGET = "年初预算数"  # stands in no approved table

Wanted = Mapping[str, Mapping[str, Reading]]  # 项 → measure → what was read


@dataclass
class ClassLists:
    """Writes 科目 into a draft. `gone` tells of those that the tables no longer have."""

    draft: Draft
    readings: Mapping[str, Reading]
    classification: Classification
    gone: list[str] = field(default_factory=list)

    def wanted(self, group: str, measures: Sequence[str]) -> dict[str, dict[str, Reading]]:
        """Per 项 with an amount, each measure as read."""
        found: dict[str, dict[str, Reading]] = {}
        for name, reading in self.readings.items():
            head, code, measure = (*name.split("/"), "", "")[:3]
            if head == group and len(code) == 7 and code.isdigit() and measure in measures:
                found.setdefault(code, {})[measure] = reading
        used = (code for code in sorted(found) if any(r.value for r in found[code].values()))
        return {code: found[code] for code in used if self._is_known(code)}

    def _is_known(self, code: str) -> bool:
        """Whether 类, 款 and 项 all have a name; a build could not print one without."""
        return all(part in self.classification.functional for part in (*parents(code), code))

    def agree(
        self,
        file: str,
        key: str,
        wanted: Mapping[str, Mapping[str, Reading]],
        model: type[Part],
    ) -> None:
        """A list of 科目 made to agree: changed, added in code order, or, when gone, set to zero."""
        order = field_names(model)
        in_file = field_names(YEAR_FILES[file])
        for code, measures in wanted.items():
            at = self.draft.items(file, key).get(code)
            name = self.classification.functional.get(code, "")
            if at is None:
                amounts = {m: r for m, r in sorted(measures.items(), key=_by(order)) if r.value}
                item = {"科目": Noted(Quoted(code), name)}
                self.draft.insert(file, key, item, amounts, f"{key} › {code} {name}", in_file)
                continue
            for measure, reading in measures.items():
                self._measure(file, (key, at, measure), reading, f"{code} {name}", order)
        for code in self.draft.items(file, key):
            if code not in wanted:
                self._vanished(file, key, code, model)
        if self.draft.has(file, (key,)) and self.draft.get(file, (key,)) is None:
            self.draft.replace(file, (key,), [])  # a draft left open whether there is any

    def _measure(
        self, file: str, path: KeyPath, reading: Reading, name: str, order: Sequence[str]
    ) -> None:
        known = self.draft.amount(file, path)
        empty = self.draft.has(file, path) and known is None
        if not reading.agrees(known) or empty:
            self.draft.set(file, path, reading, f"{path[0]} › {name} › {path[-1]}", order)

    def _vanished(self, file: str, key: str, code: str, model: type[Part]) -> None:
        """A 科目 the tables no longer have: its amounts become zero; it stays, with its reason."""
        at = self.draft.items(file, key)[code]
        in_tables = [m for m in amount_names(model) if m != BUDGET]
        measures = [
            m
            for m in in_tables
            if (path := (key, at, m))
            and self.draft.has(file, path)
            and self.draft.amount(file, path) != 0
        ]
        name = self.classification.functional.get(code, "")
        nothing = Reading(f"{key}/{code}", None, "表里没有这个科目", "", in_yuan=False)
        for measure in measures:
            what = f"{key} › {code} {name} › {measure}"
            self.draft.set(file, (key, at, measure), nothing, what)
        if measures:
            self.gone.append(
                f"{key} › {code} {name}：表里没有了，金额改为 0，这一条留着；"
                "年初也没有预算的，可以自己删去。"
            )


def _by(order: Sequence[str]) -> Callable[[tuple[str, Reading]], int]:
    return lambda pair: order.index(pair[0])
