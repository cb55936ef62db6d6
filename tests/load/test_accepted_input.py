"""Ways of typing that are read right: the document is the same, byte for byte."""

from __future__ import annotations

import pytest
from office import Office, snapshot

REVENUE = "content/2023/revenue.yaml"
AMOUNT = "一般公共预算财政拨款收入: 541.04"
IN_YUAN = {"541.04": "5410400.00", ": 0\n": ": 0.00\n"}


def documents(office: Office) -> dict[str, str]:
    """The products that a reader sees; manifest and lineage name lines and hashes of files."""
    return {name: h for name, h in snapshot(office.products).items() if not name.endswith(".json")}


@pytest.mark.parametrize("typed", ['"541.04"', "５４１．０４", "'　541.04 '", "541.04 # 万元"])
def test_an_amount_may_be_typed_in_several_ways(office: Office, typed: str) -> None:
    before = documents(office)
    office.type(REVENUE, AMOUNT, AMOUNT.replace("541.04", typed))

    assert office.run().exit < 2
    assert documents(office) == before


def test_a_whole_file_may_be_in_yuan(office: Office) -> None:
    before = documents(office)
    path = office.file(REVENUE)
    text = path.read_text(encoding="utf-8")
    for wan, yuan in IN_YUAN.items():
        text = text.replace(wan, yuan)
    path.write_text(text.replace("\n一般公共", "\n金额单位: 元\n一般公共", 1), encoding="utf-8")

    assert office.run().exit < 2
    assert documents(office) == before


def test_separators_are_read_exactly(office: Office) -> None:
    office.type(REVENUE, AMOUNT, AMOUNT.replace("541.04", "1，309.21"))

    done = office.run("trace", "收入/一般公共预算财政拨款收入")

    assert "1309.21 万元" in done.out
