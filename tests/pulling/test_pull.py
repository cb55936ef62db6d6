"""`build.py pull`: what a person changed in Word comes back into content/, or is told."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from pathlib import Path

import pytest
from office import Office, snapshot
from word_edits import (
    BODY,
    W,
    added_after,
    deleted,
    edited,
    hanzi,
    paragraph_with,
    paragraphs,
    saved_by_libreoffice,
    tracked,
    type_into,
    typed_over,
    without_bookmarks,
    words_of,
)

from disclosure.layout import find_office
from disclosure.model.finished import BODY as PROSE
from disclosure.pipeline import build
from disclosure.readback.reader import read_docx

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not here")

REASON = ("--reason", "按领导意见")
OWN, OWN_TYPED = "负责进场交易项目登记。", "负责全部进场交易项目的登记。"
LOST = "未能并入的修改.txt"
A_PROJECT = "content/2023/performance/01_investment.yaml"


def report_of(office: Office) -> bytes:
    return next(office.products.glob("*部门决算公开.docx")).read_bytes()


def sent_back(office: Office, data: bytes, name: str = "改过的.docx") -> str:
    path = office.root / name
    path.write_bytes(data)
    return str(path)


def prose(data: bytes) -> list[str]:
    return [one.words.strip("\n") for one in read_docx(data).of(PROSE)]


def rebuilt(office: Office) -> bytes:
    office.run()
    return report_of(office)


def typed(office: Office, name: str) -> str:
    return office.file(name).read_text(encoding="utf-8")


def lost(office: Office) -> str:
    return (office.products / LOST).read_text(encoding="utf-8")


# ------------------------------------------------------------------ where a change goes


def test_the_units_own_words_go_to_the_line_they_were_typed_on(office):
    before = typed(office, "content/unit.yaml")
    file = sent_back(office, typed_over(report_of(office), (OWN, OWN_TYPED)))

    told = office.run("pull", file, "--yes")

    assert told.exit == 0
    assert "--- content/unit.yaml" in told.out
    assert typed(office, "content/unit.yaml") == before.replace(OWN, OWN_TYPED)


def test_tags_in_a_snippet_stay_tags_when_the_words_beside_them_change(office):
    change = ("故人员经费增加", "故人员经费有所增加")
    file = sent_back(office, typed_over(report_of(office), change))

    office.run("pull", file, "--yes")

    assert "'{{ 人员变动 }}，故人员经费有所增加'" in typed(office, "content/2023/expenditure.yaml")


def test_a_reworded_sentence_becomes_a_rewrite_with_its_tags_and_the_reason(office):
    change = ("收入合计减少190.05万元", "收入合计较上年少190.05万元")
    file = sent_back(office, typed_over(report_of(office), change))

    told = office.run("pull", file, "--yes", *REASON)

    rewrites = typed(office, "content/2023/narrative/rewrites.yaml")
    assert told.exit == 0
    assert "收入合计较上年少{{ 本年收入差额 }}万元" in rewrites
    assert "{{ 年度 }}年度收入合计{{ 合计 }}万元，与{{ 上年 }}年度相比" in rewrites
    assert "原因: 按领导意见" in rewrites
    assert any("收入合计较上年少190.05万元，下降26%" in one for one in prose(rebuilt(office)))


def test_a_rewrite_without_a_reason_is_still_to_be_explained(office):
    file = sent_back(office, typed_over(report_of(office), ("年度收入合计", "年度收入总计")))
    office.run("pull", file, "--yes")

    todos = office.run("report", "--json").json["todos"]

    assert any("改写的原因待填" in str(todo) for todo in todos)


def test_a_sentence_of_an_attachment_is_rewritten_in_the_file_of_its_project(office):
    change = ("经综合评价，2023年度招商引资", "综合来看，2023年度招商引资")
    file = sent_back(office, typed_over(report_of(office), change))

    office.run("pull", file, "--yes", *REASON)

    assert "文字: 综合来看，{{ 年度 }}年度" in typed(office, A_PROJECT)
    assert any("综合来看，2023年度招商引资" in one for one in prose(rebuilt(office)))


def test_a_changed_figure_is_a_conflict_with_its_line_and_nothing_is_written(office):
    before = snapshot(office.root / "content")
    file = sent_back(office, typed_over(report_of(office), ("预算金额5万元", "预算金额6万元")))

    told = office.run("pull", file, "--yes")

    assert told.exit == 1
    assert "5 → 6；来自 content/2023/performance/01_investment.yaml 第19行" in told.out
    assert snapshot(office.root / "content") == before
    assert "改为：6" in lost(office)


def test_words_beside_a_changed_figure_are_taken_and_the_figure_is_not(office):
    change = ("收入合计减少190.05万元", "收入合计少了191万元")
    file = sent_back(office, typed_over(report_of(office), change))

    told = office.run("pull", file, "--yes", *REASON)

    assert "190.05 → 191" in told.out
    assert any("收入合计少了190.05万元" in one for one in prose(rebuilt(office)))


def test_a_changed_table_cell_is_a_conflict_with_the_line_of_its_figure(office):
    def change(root):
        cells = [p for p in paragraphs(root) if words_of(p) == "309.78"]
        type_into(cells[0], "319.78")

    file = sent_back(office, edited(report_of(office), change))

    told = office.run("pull", file, "--yes")

    assert told.exit == 1
    assert "309.78 → 319.78；来自 content/2023/expenditure.yaml" in told.out


def test_own_words_in_a_score_table_go_to_the_projects_file(office):
    before = typed(office, "content/2023/performance/overall.yaml")
    old = "各项工作"
    assert old in before

    def change(root):
        cells = [p for p in root.iter(f"{W}tc") if old in words_of(p)]
        one = next(p for p in cells[-1].iter(f"{W}p") if old in words_of(p))
        type_into(one, words_of(one).replace(old, "每项工作", 1))

    file = sent_back(office, edited(report_of(office), change))

    told = office.run("pull", file, "--yes")

    assert "每项工作" in told.out


def test_a_paragraph_typed_by_hand_is_kept_at_its_place(office):
    new = "我中心还承办{{花括号}}以外的事，如“A<B”。"
    data = added_after(report_of(office), "负责收集整理进场交易项目档案", new)

    office.run("pull", sent_back(office, data), "--yes")

    assert prose(rebuilt(office)) == prose(data)


def test_several_added_paragraphs_keep_their_order_over_two_pulls(office):
    first = added_after(report_of(office), OWN, "新加甲段。")
    office.run("pull", sent_back(office, first), "--yes")
    second = added_after(added_after(rebuilt(office), OWN, "新加乙段。"), "新加甲段", "新加丙段。")

    office.run("pull", sent_back(office, second), "--yes")

    assert prose(rebuilt(office)) == prose(second)


def test_an_added_paragraph_below_a_heading_is_printed_there(office):
    data = report_of(office)

    def change(root):
        heading = [p for p in paragraphs(root) if words_of(p).startswith("十一、")][-1]
        own = paragraph_with(root, OWN)
        one = copy.deepcopy(own)
        for mark in [*one.iter(f"{W}bookmarkStart"), *one.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        type_into(one, "本节先作一点说明。")
        heading.addnext(one)

    data = edited(data, change)

    office.run("pull", sent_back(office, data), "--yes")

    assert prose(rebuilt(office)) == prose(data)


def test_an_added_paragraph_whose_neighbour_is_gone_is_told_with_its_line(office):
    name = "content/2023/narrative/extras.yaml"
    line = office.type(name, "", "添加段落:\n  没有的段落:\n    - ▶多出来的一段。\n")

    told = office.run()

    assert told.exit == 1
    assert f"{name} 第{line}行" in told.err and "“没有的段落”不在文档里" in told.err


def test_a_deleted_paragraph_is_reported_and_still_printed(office):
    words = "我中心无以部门为主体开展的重点项目。"
    before = snapshot(office.root / "content")

    told = office.run("pull", sent_back(office, deleted(report_of(office), words)), "--yes")

    assert told.exit == 1 and words in told.out and words in lost(office)
    assert snapshot(office.root / "content") == before


def test_words_of_the_template_are_kept_in_the_file_of_what_could_not_be_placed(office):
    change = ("单位名称（盖章）", "单位名称（公章）")

    told = office.run("pull", sent_back(office, typed_over(report_of(office), change)), "--yes")

    assert told.exit == 1
    assert "单位名称（公章）" in lost(office) and LOST in told.out


def test_what_an_earlier_pull_could_not_place_stays_in_the_file(office):
    one = typed_over(report_of(office), ("单位名称（盖章）", "单位名称（公章）"))
    other = typed_over(report_of(office), ("预算金额5万元", "预算金额6万元"))

    office.run("pull", sent_back(office, one), "--yes")
    office.run("pull", sent_back(office, other), "--yes")

    assert "单位名称（公章）" in lost(office) and "改为：6" in lost(office)


def test_nothing_is_written_without_a_yes(office, monkeypatch):
    before = snapshot(office.root / "content")
    file = sent_back(office, typed_over(report_of(office), (OWN, OWN_TYPED)))
    monkeypatch.setattr("builtins.input", lambda prompt: "n")

    told = office.run("pull", file)

    assert OWN_TYPED in told.out and "没有写入" in told.out
    assert snapshot(office.root / "content") == before


def test_the_reason_for_a_rewrite_is_asked_for_at_the_keyboard(office, monkeypatch):
    file = sent_back(office, typed_over(report_of(office), ("年度收入合计", "年度收入总计")))
    answers = iter(["y", "与上年用语一致"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))

    office.run("pull", file)

    assert "原因: 与上年用语一致" in typed(office, "content/2023/narrative/rewrites.yaml")


def test_a_pull_can_be_undone(office):
    before = snapshot(office.root / "content")
    file = sent_back(office, typed_over(report_of(office), (OWN, OWN_TYPED)))
    office.run("pull", file, "--yes")

    office.run("undo", "--yes")

    now = snapshot(office.root / "content")
    assert {n: h for n, h in now.items() if not n.startswith(".history/")} == before


def test_a_program_gets_one_object_with_the_patch_and_the_conflicts(office):
    changes = ((OWN, OWN_TYPED), ("预算金额5万元", "预算金额6万元"))
    file = sent_back(office, typed_over(report_of(office), *changes))

    told = office.run("pull", file, "--json").json

    assert not told["written"] and told["files"] == ["unit.yaml"]
    assert [c["new"] for c in told["conflicts"]] == ["6"]


# ------------------------------------------------------------------ tracked changes, other programs


def test_tracked_changes_are_read_as_accepted(office):
    data = tracked(report_of(office), "进场交易项目登记", "入场交易项目登记")

    office.run("pull", sent_back(office, data), "--yes")

    assert "负责入场交易项目登记。" in typed(office, "content/unit.yaml")


def test_tracked_changes_can_be_read_as_rejected(office):
    data = tracked(report_of(office), "进场交易项目登记", "入场交易项目登记")

    told = office.run("pull", sent_back(office, data), "--yes", "--reject-changes")

    assert told.exit == 0 and "没有要并入内容文件的修改" in told.out


@needs_office
def test_edits_in_a_file_that_libreoffice_saved_come_back(office, tmp_path):
    data = typed_over(report_of(office), (OWN, OWN_TYPED), ("年度收入合计", "年度收入总计"))
    data = added_after(data, "负责收集整理进场交易项目档案", "另加的一段。")
    saved = saved_by_libreoffice(data, tmp_path / "lo")

    told = office.run("pull", sent_back(office, saved), "--yes", *REASON)

    assert told.exit == 0, told.out
    assert prose(rebuilt(office)) == prose(data)


@needs_office
def test_a_file_that_libreoffice_only_opened_and_saved_has_no_changes(office, tmp_path):
    saved = saved_by_libreoffice(report_of(office), tmp_path / "lo")

    told = office.run("pull", sent_back(office, saved), "--yes")

    assert told.exit == 0 and "没有要并入内容文件的修改" in told.out, told.out


def test_without_bookmarks_paragraphs_are_known_by_their_words(office):
    data = without_bookmarks(typed_over(report_of(office), (OWN, OWN_TYPED)))

    told = office.run("pull", sent_back(office, data), "--yes")

    assert "没有书签" in told.out
    assert OWN_TYPED in typed(office, "content/unit.yaml")


def test_an_attachment_by_itself_can_be_pulled(office):
    attachment = next(office.products.glob("附件2*.docx")).read_bytes()
    data = typed_over(attachment, ("年初预算金额5万", "年初安排5万"))

    told = office.run("pull", sent_back(office, data), "--yes", *REASON)

    assert told.exit == 0, told.out
    assert any("年初安排5万元，执行数5万元" in one for one in prose(rebuilt(office)))


# ------------------------------------------------------------------ the text comes back

SIGNS = "，。；：“”（）甲乙丙丁 &<>'\"#:-{}%、Word3"


def own_paragraphs(office: Office) -> list[tuple[str, str]]:
    """Paragraphs that are wholly the unit's own: their words, without the number before them."""
    made = build(office.root / "content", 2023, office.root / "templates")
    found = []
    for one in made.document.paragraphs():
        for free in one.text.free:
            words = one.plain[free.start : free.end]
            if free.source.file.startswith("content/") and len(hanzi(words)) > 12:
                found.append((one.plain, words))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_rebuild_says_what_was_typed_whatever_was_typed(office, seed):
    chance = random.Random(seed)
    data = report_of(office)
    told = prose(data)
    choices = {c[0]: c for c in own_paragraphs(office) if told.count(c[0]) == 1}
    typed_in = []
    for plain, words in chance.sample([*choices.values()], 6):
        at = chance.choice(hanzi(words)[2:-2])
        new = "".join(chance.choice(SIGNS) for _ in range(chance.randrange(1, 9)))
        gone = chance.randrange(0, 3)
        changed = plain.replace(words, words[:at] + new.strip() + words[at + gone :], 1)
        data = typed_over(data, (plain, changed))
        typed_in.append(changed)

    pulled = office.run("pull", sent_back(office, data), "--yes")

    again = prose(rebuilt(office))
    missing = [one for one in typed_in if one not in again]
    kept = lost(office) if (office.products / LOST).exists() else ""
    assert pulled.exit == 0 or kept
    assert all(one in kept for one in missing), (missing, pulled.out)
    assert len(missing) <= 1, (missing, pulled.out)


# ------------------------------------------------------------------ several files, builds between


def test_two_files_from_the_same_build_are_pulled_one_after_the_other(office):
    data = report_of(office)
    one = sent_back(office, typed_over(data, (OWN, OWN_TYPED)), "主任.docx")
    change = ("故人员经费增加", "故人员经费有所增加")
    other = sent_back(office, typed_over(data, change), "科长.docx")

    office.run("pull", one, "--yes")
    office.run()
    told = office.run("pull", other, "--yes")

    assert told.exit == 0 and "更早一次生成" in told.out
    assert OWN_TYPED in typed(office, "content/unit.yaml")
    assert "有所增加" in typed(office, "content/2023/expenditure.yaml")


def test_two_files_that_change_the_same_words_collide_and_nothing_is_lost(office):
    data = report_of(office)
    one = sent_back(office, typed_over(data, (OWN, "负责项目进场登记。")), "主任.docx")
    other = sent_back(office, typed_over(data, (OWN, "负责项目全程记录。")), "科长.docx")

    office.run("pull", one, "--yes")
    told = office.run("pull", other, "--yes")

    assert told.exit == 1 and "也改过" in told.out
    assert "改为：1.负责项目全程记录。" in lost(office)
    assert "负责项目进场登记。" in typed(office, "content/unit.yaml")


def test_pulling_the_same_file_twice_changes_nothing_the_second_time(office):
    file = sent_back(office, typed_over(report_of(office), (OWN, OWN_TYPED)))
    office.run("pull", file, "--yes")
    before = snapshot(office.root / "content")

    told = office.run("pull", file, "--yes")

    assert told.exit == 0 and "没有要并入内容文件的修改" in told.out
    assert snapshot(office.root / "content") == before


def test_a_correction_and_a_build_in_between_are_no_changes_of_the_file(office):
    data = typed_over(report_of(office), (OWN, OWN_TYPED))
    office.type("content/2023/expenditure.yaml", "年初预算数: 293.52", "年初预算数: 294.52")
    office.run()

    told = office.run("pull", sent_back(office, data), "--yes")

    assert told.exit == 0, told.out
    assert OWN_TYPED in typed(office, "content/unit.yaml")
    assert "294.52" in typed(office, "content/2023/expenditure.yaml")


# ------------------------------------------------------------------ bad input


def another_unit(office: Office) -> bytes:
    name = "恩施土家族苗族自治州公共资源交易中心"

    def change(root):
        for text in root.iter():
            if text.text and name in text.text:
                text.text = text.text.replace(name, "某县水利局")

    data = edited(report_of(office), change)
    return edited(data, change, "docProps/core.xml")


def another_year(office: Office) -> bytes:
    def change(root):
        for text in root.iter():
            if text.text and "2023" in text.text:
                text.text = text.text.replace("2023", "2019")

    return edited(edited(report_of(office), change), change, "docProps/core.xml")


def someone_elses(office: Office) -> bytes:
    def change(root):
        body = root.find(f"{W}body")
        for one in list(body)[5:]:
            body.remove(one)
        for one in body.iter(f"{W}t"):
            one.text = "会议通知"

    return edited(without_bookmarks(report_of(office)), change)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (another_unit, "是“某县水利局”的"),
        (another_year, "是2019年度的"),
        (someone_elses, "不是由本程序生成的"),
        (lambda office: report_of(office)[:5000], "损坏"),
        (lambda office: OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (lambda office: OLE + "WordDocument".encode("utf-16-le"), "旧格式"),
        (lambda office: b"", "空的"),
        (lambda office: b"%PDF-1.7", "PDF"),
        (lambda office: next(office.products.glob("*.xlsx")).read_bytes(), "不是 Word 文档"),
        (lambda office: report_of(office).replace(BODY.encode(), b"word/nothing.xml"), "Word"),
    ],
)
def test_a_file_that_cannot_be_pulled_is_refused_in_plain_words(office, make, message):
    before = snapshot(office.root / "content")

    told = office.run("pull", sent_back(office, make(office)), "--yes")

    assert told.exit == 2
    assert message in told.err and "内容没有改动" in told.err
    assert snapshot(office.root / "content") == before


def test_a_missing_file_is_told(office):
    told = office.run("pull", str(Path(office.root) / "没有.docx"), "--yes")

    assert told.exit == 2 and "没有.docx" in told.err


def test_comments_in_the_margin_are_not_lost(office):
    out = io.BytesIO()
    note = f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="0" w:author="主任"><w:p><w:r>'
    note += "<w:t>这里再核一下</w:t></w:r></w:p></w:comment></w:comments>"
    with zipfile.ZipFile(io.BytesIO(report_of(office))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/comments.xml", note)

    told = office.run("pull", sent_back(office, out.getvalue()), "--yes")

    assert told.exit == 1
    assert "批注（主任）" in lost(office) and "这里再核一下" in lost(office)
