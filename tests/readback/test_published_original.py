"""The sentences of the published 2023 document, as published: what contradicts is found."""

from __future__ import annotations

import shutil

import pytest
import yaml
from cases.changing import write_yaml
from conftest import ROOT

from disclosure.check.finding import Finding
from disclosure.written import Written, write_words

SENTENCES = yaml.safe_load((ROOT / "tests/cases/published_2023/sentences.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def as_published(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The unit's content with these sentences typed over the generated ones."""
    unit = tmp_path_factory.mktemp("published") / "content"
    shutil.copytree(ROOT / "content", unit)
    for sentence in SENTENCES:
        path = unit / "2023" / sentence["文件"]
        value = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        value["改写"] = {**(value.get("改写") or {}), sentence["段落"]: sentence["原文"]}
        write_yaml(path, value)
    return write_words(unit, 2023, ROOT / "templates", with_templates=False)


def findings_of(written: Written, rule: str) -> list[Finding]:
    return [f for entry in written.checked.ledger if entry.rule.id == rule for f in entry.findings]


def place_of(written: Written, sentence: dict[str, str]) -> str:
    """The typed line of a sentence, as findings name it."""
    for key in (sentence["段落"], f"附件/{{}}/{sentence['段落']}"):
        for name, words in written.phrasebook.rewrites.items():
            if words.words == sentence["原文"] and name.endswith(key.rpartition("}/")[2]):
                return str(words.source)
    raise AssertionError(sentence)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: f"{s['规则']} {s['段落']}")
def test_what_the_published_sentence_contradicts_is_found(
    as_published: Written, sentence: dict[str, str]
) -> None:
    where = place_of(as_published, sentence)

    found = findings_of(as_published, sentence["规则"])

    assert any(where in (str(f.place), *(str(c.place) for c in f.consequences)) for f in found)
