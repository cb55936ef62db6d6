"""第五部分 名词解释: the pack's definitions, the unit's own parts, the 科目 in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from disclosure.model.place import Location
from disclosure.model.text import Paragraph, Snippet, Text
from disclosure.narrate.general_budget import class_words
from disclosure.narrate.voice import NOTHING, Voice, numeral, sentence
from disclosure.schema.pack import Term
from disclosure.schema.words import TermsFile


def glossary(voice: Voice, terms: Sequence[Term]) -> list[Paragraph]:
    """One numbered entry per term; the entry on 科目 lists every 项 of 一般公共预算 and the funds."""
    own = voice.report.content.terms or TermsFile()
    paragraphs: list[Paragraph] = []
    for number, term in enumerate(terms, 1):
        values: dict[str, Any] = {"序号": numeral(number), "名称": spoken(voice, term.name)}
        key = f"名词/{term.name}"
        if term.classes:
            paragraphs.append(voice.paragraph(key, "名词标题", **values))
            paragraphs += _classes(voice, own)
        elif term.others:
            paragraphs.append(voice.paragraph(key, "名词其他", **values))
            others = voice.all_own("名词/其他", own.other_terms)
            paragraphs += others or [voice.paragraph("名词/其他", "其他名词无")]
        else:
            remark = own.remarks.get(term.name)
            values["释义"] = voice.words(term.meaning)
            values["补注"] = voice.words(remark) if remark else NOTHING
            paragraphs.append(voice.paragraph(key, "名词", **values))
    return paragraphs


def spoken(voice: Voice, words: str) -> Text:
    """Words of the pack that may hold a tag (本{{ 口径 }}…)."""
    return voice.speaker.speak(Snippet(words, Location("terms.yaml")))


def _classes(voice: Voice, own: TermsFile) -> list[Paragraph]:
    codes = [
        code
        for fund in ("一般公共预算", "政府性基金", "国有资本经营")
        for code in voice.report.codes[fund]
        if len(code) == 7
        and (voice.figure(f"{fund}/{code}/本年支出") or voice.figure(f"{fund}/{code}/年初预算数"))
    ]
    if not codes:
        return [voice.paragraph("名词/科目", "其他名词无")]
    paragraphs = []
    for number, code in enumerate(codes, 1):
        key = f"名词/科目/{code}"
        top, section, item = voice.report.classification.full_name(code)
        used = own.class_uses.get(code)
        text = voice.say(
            "名词科目",
            key=key,
            类=top,
            类简称=class_words(top),
            款=section,
            项=item,
            用途=sentence(voice.words(used)) if used else voice.missing("科目用途", key),
        )
        paragraphs.append(Paragraph(key, voice.say("编号条", 序号=number, 内容=text)))
    return paragraphs
