"""Files that are missing, misnamed, unreadable or damaged, and slips in several of them at once."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator

import docx
import pytest
from office import Office, Outcome, snapshot

REVENUE = "content/2023/revenue.yaml"
EXPENDITURE = "content/2023/expenditure.yaml"
REPORT_TEMPLATE = "templates/hubei/report.docx"


@pytest.fixture
def refused(office: Office) -> Iterator[Callable[..., list[str]]]:
    """Runs a command that must stop with this exit code; gives the problems it tells.

    The products of the earlier build are compared at the end.
    """
    before = snapshot(office.products)

    def run(code: int, *arguments: str) -> list[str]:
        done = office.run(*arguments)
        assert done.exit == code, done.err + done.out
        return problems(done)

    yield run
    assert snapshot(office.products) == before


def problems(done: Outcome) -> list[str]:
    """The problems told: listed, or the only line there is."""
    listed = re.findall("^  · (.*)$", done.err, re.MULTILINE)
    return listed or done.err.strip().splitlines()[-1:]


# ------------------------------------------------------------------ all at once


def test_slips_in_several_files_are_told_together(
    office: Office, refused: Callable[..., list[str]]
) -> None:
    typed = [
        ("content/unit.yaml", "口径: 部门", "▶口径: 部们"),
        (REVENUE, ": 541.04", ": ▶五百"),
        (EXPENDITURE, "项目支出: 168.12", "▶项目支出: -1"),
        ("content/2022/revenue.yaml", ": 731.09", ": ▶731.091"),
        ("content/2023/performance/03_bidding.yaml", "    权重: ", "    ▶权数: "),
        ("templates/hubei/pack.yaml", "  总分: {小数: 2}\n", ""),
    ]
    lines = [(file, office.type(file, old, new)) for file, old, new in typed]
    (office.root / "content/2023/staff.yaml").unlink()
    (office.root / REPORT_TEMPLATE).unlink()

    told = refused(2)

    for file, line in lines:
        assert any(file in one and (not line or f"第{line}行" in one) for one in told), file
    assert any("staff.yaml：缺少这个文件" in one for one in told)
    assert any("report.docx：缺少 Word 模板" in one for one in told)


def test_codes_of_one_file_are_told_with_amounts_of_another(
    office: Office, refused: Callable[..., list[str]]
) -> None:
    office.type(REVENUE, ": 541.04", ": 五百")
    office.type(EXPENDITURE, '"2010350"', '"2010351"')
    office.type("content/2023/basic_expenditure.yaml", '"30101"', '"30151"')

    told = refused(1)

    assert len(told) == 3


def test_figures_and_tags_are_told_together(
    office: Office, refused: Callable[..., list[str]]
) -> None:
    office.type(EXPENDITURE, "{{ 人员变动 }}，故人员", "{{ 人员变化 }}，故人员")
    office.type("content/2023/approved_totals.yaml", "支出/合计/基本支出:", "支出/合计/基本:")
    office.type("content/2023/narrative/rewrites.yaml", "\n  人员情况:", "\n  人员状况:")

    told = refused(1)

    assert len(told) == 3


def test_a_syntax_error_does_not_hide_what_stands_before_it(
    office: Office, refused: Callable[..., list[str]]
) -> None:
    office.type(REVENUE, "\n事业收入: 0", "\n上级补助收入: 0")
    office.type(REVENUE, "\n其他收入: 0", "\n其他收入：0")

    told = refused(1)

    assert ["写了两次" in one for one in told] == [True, False]
    assert "全角冒号" in told[1]


# ------------------------------------------------------------------ names of files and folders


@pytest.mark.parametrize(
    "name",
    [
        "revenue.yaml",
        "expenditure.yaml",
        "basic_expenditure.yaml",
        "three_public.yaml",
        "procurement.yaml",
        "state_assets.yaml",
        "staff.yaml",
        "narrative/reasons.yaml",
        "narrative/other_notes.yaml",
        "narrative/terms.yaml",
        "narrative/performance.yaml",
    ],
)
def test_a_missing_file_stops(office: Office, refused: Callable[..., list[str]], name: str) -> None:
    (office.root / "content/2023" / name).unlink()

    (told,) = refused(2)

    assert f"content/2023/{name}：缺少这个文件" in told and "处理办法" in told


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("2023/revenue.yaml", "2023/revenu.yaml"),
        ("2023/revenue.yaml", "2023/revenue.yml"),
        ("2023/revenue.yaml", "2023/revenue.yaml.txt"),
        ("2023/revenue.yaml", "2023/Revenue.YAML"),
        ("2023/narrative/reasons.yaml", "2023/narrative/reason.yaml"),
        ("2023/narrative/reasons.yaml", "2023/reasons.yaml"),
        ("unit.yaml", "unit.yml"),
    ],
)
def test_a_misspelt_file_name_is_told_once(
    office: Office, refused: Callable[..., list[str]], name: str, typed: str
) -> None:
    (office.root / "content" / name).rename(office.root / "content" / typed)

    (told,) = refused(2)

    wrong = typed.removeprefix("2023/")
    assert f"content/{name}：缺少这个文件" in told and f"文件夹里有 {wrong}，是不是它" in told


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("2023/narrative/rewrite.yaml", "应是 narrative/rewrites.yaml"),
        ("2023/revenue - 副本.yaml", "移到别处"),
        ("2023/revenue.yml", "已有 revenue.yaml；这一个移到别处或删去"),
        ("2023/我的笔记.yaml", "移到别处"),
        ("2023/performance/07_new.yml", "文件名以 .yaml 结尾"),
        ("2023/performance/旧/01_old.yaml", "直接放在 performance 文件夹里"),
        ("2023/performance/overal.yaml", "已有 performance/overall.yaml"),
        ("2022/revenu.yaml", "已有 revenue.yaml"),
        ("revenue.yaml", "移到别处"),
    ],
)
def test_a_file_that_would_not_be_read_is_told(
    office: Office, refused: Callable[..., list[str]], name: str, advice: str
) -> None:
    path = office.root / "content" / name
    path.parent.mkdir(exist_ok=True)
    if name.endswith("rewrite.yaml"):
        (path.parent / "rewrites.yaml").rename(path)
    else:
        path.write_text("甲: 1\n", encoding="utf-8")

    (told,) = refused(1)

    assert f"content/{name}：不认识这个文件" in told and advice in told


@pytest.mark.parametrize("name", ["notes.md", "~$报告.docx", ".DS_Store", "2023/来源.xlsx"])
def test_other_files_beside_the_content_are_no_fault(office: Office, name: str) -> None:
    (office.root / "content" / name).write_bytes(b"")

    assert office.run("check").exit < 2


def test_a_year_that_does_not_exist(refused: Callable[..., list[str]]) -> None:
    (told,) = refused(2, "report", "2019")

    assert "content/2019：没有2019年的内容。" in told and "现有年度：2023" in told


def test_a_year_kept_for_comparison_is_no_report(refused: Callable[..., list[str]]) -> None:
    (told,) = refused(2, "report", "2022")

    assert "content/2022：2022年只有对比数" in told and "可以生成的年度：2023" in told


def test_a_unit_folder_that_does_not_exist(
    office: Office, refused: Callable[..., list[str]]
) -> None:
    (told,) = refused(2, "report", "--unit", str(office.root / "contents"))

    assert f"{office.root.as_posix()}/contents：找不到单位内容文件夹" in told and "--unit" in told


def test_a_unit_without_a_year(office: Office, refused: Callable[..., list[str]]) -> None:
    (office.root / "empty").mkdir()

    (told,) = refused(2, "report", "--unit", str(office.root / "empty"))

    assert "没有可以生成的年度" in told


def test_a_pack_that_does_not_exist(refused: Callable[..., list[str]]) -> None:
    (told,) = refused(2, "report", "--pack", "hunan")

    assert "没有单位包“hunan”" in told and "hubei" in told


def test_problems_of_another_unit_name_its_folder(office: Office) -> None:
    shutil.copytree(office.root / "content", office.root / "某局" / "content")
    office.type("某局/content/2023/revenue.yaml", ": 541.04", ": 五百")

    done = office.run("check", "--unit", str(office.root / "某局" / "content"))

    assert f"（单位文件夹 {office.root}/某局/content）" in done.err


def test_two_projects_of_one_name_are_told(
    office: Office, refused: Callable[..., list[str]]
) -> None:
    folder = office.root / "content/2023/performance"
    shutil.copy(folder / "02_platform.yaml", folder / "07_copy.yaml")

    (told,) = refused(1)

    assert "07_copy.yaml 第" in told and "与 content/2023/performance/02_platform.yaml 相同" in told


# ------------------------------------------------------------------ bytes of a file


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("gb18030", "GBK（ANSI）"), ("utf-16", "UTF-16"), ("big5", "不是 UTF-8")],
)
def test_a_file_of_another_encoding_is_told(
    office: Office, refused: Callable[..., list[str]], encoding: str, words: str
) -> None:
    path = office.file(REVENUE)
    text = "本年度收入\n" if encoding == "big5" else path.read_text(encoding="utf-8")
    path.write_bytes(text.encode(encoding) + (b"\xff" if encoding == "big5" else b""))

    (told,) = refused(1)

    assert f"{REVENUE} 第1行" in told and words in told and "编码选 UTF-8" in told


@pytest.mark.parametrize("change", ["byte order mark", "Windows lines"])
def test_what_notepad_does_to_a_file_changes_nothing(office: Office, change: str) -> None:
    before = snapshot(office.products)
    for path in office.file("content").rglob("*.yaml"):
        data = path.read_bytes()
        marked = b"\xef\xbb\xbf" + data
        path.write_bytes(marked if change == "byte order mark" else data.replace(b"\n", b"\r\n"))

    office.run()

    manifest = {"manifest.json"}  # has the hashes of the content files
    after = snapshot(office.products)
    assert {n: h for n, h in after.items() if n not in manifest} == {
        n: h for n, h in before.items() if n not in manifest
    }


def test_an_empty_file_is_one_problem(office: Office, refused: Callable[..., list[str]]) -> None:
    office.file("content/unit.yaml").write_text("# 什么也没有\n", encoding="utf-8")

    (told,) = refused(1)

    assert "没有内容，至少要写：单位名称、单位简称" in told


def test_a_file_of_some_megabytes_is_refused_at_once(
    office: Office, refused: Callable[..., list[str]]
) -> None:
    office.file(REVENUE).write_bytes(b"# " + b"x" * 5_000_000)

    (told,) = refused(1)

    assert REVENUE in told and "5.0 MB" in told


def test_a_project_without_indicators(office: Office, refused: Callable[..., list[str]]) -> None:
    path = office.file("content/2023/performance/04_review_rooms.yaml")
    text = path.read_text(encoding="utf-8").partition("\n指标:\n")[0]
    path.write_text(f"{text}\n指标: []\n", encoding="utf-8")
    office.type("content/2023/performance/overall.yaml", "预算数: ", "预算数: ")

    told = refused(1)

    assert f"第{text.count(chr(10)) + 2}行（指标）：这里一条也没有" in told[0]


def test_a_folder_in_place_of_a_file(office: Office, refused: Callable[..., list[str]]) -> None:
    office.file(REVENUE).unlink()
    office.file(REVENUE).mkdir()

    (told,) = refused(2)

    assert f"{REVENUE}：缺少这个文件" in told


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="changes the user")
def test_a_file_without_the_right_to_read(
    office: Office, refused: Callable[..., list[str]]
) -> None:
    for path in (office.root, *office.root.parents[:-2]):
        path.chmod(0o755)
    office.file(REVENUE).chmod(0o600)
    os.seteuid(65534)
    try:
        (told,) = refused(2, "check")
    finally:
        os.seteuid(0)
    assert f"{REVENUE}：文件读不出来：没有权限" in told


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="changes the user")
@pytest.mark.parametrize("name", ["content/2023", "content/2023/narrative"])
def test_a_folder_without_the_right_to_read(
    office: Office, refused: Callable[..., list[str]], name: str
) -> None:
    for path in (office.root, *office.root.parents[:-2]):
        path.chmod(0o755)
    office.file(name).chmod(0o700)
    os.seteuid(65534)
    try:
        (told,) = refused(2, "check", "2023")
    finally:
        os.seteuid(0)
    assert f"/{name}" in told and "文件夹读不出来：没有权限" in told


# ------------------------------------------------------------------ Word templates


def edit_template(office: Office, name: str, *paragraphs: str) -> None:
    path = office.file(f"templates/hubei/{name}")
    document = docx.Document(path)
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(path)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("{{ 单位名秤 }}", ("单位名秤", "单位名称")),
        ("{%p for 段 in 段落.收入 %}", ("没有结束", "endfor")),
        ("{{ 单位名称 }", ("没有写完整",)),
        ("｛｛单位名称｝｝", ("全角括号",)),
        ("{% foreach 段 in 段落 %}", ("语句不认识",)),
    ],
)
def test_a_fault_of_a_template_stops(
    office: Office, refused: Callable[..., list[str]], typed: str, says: tuple[str, ...]
) -> None:
    edit_template(office, "report.docx", typed)

    (told,) = refused(2)

    assert f"{REPORT_TEMPLATE}（正文" in told
    for words in says:
        assert words in told


def test_faults_of_all_templates_and_of_the_content_are_told_together(
    office: Office, refused: Callable[..., list[str]]
) -> None:
    edit_template(office, "report.docx", "{%p for 段 in 段落.收入 %}", "{{ 单位名称 }")
    edit_template(office, "attachment_project.docx", "{%p if 甲 %}")
    office.type(REVENUE, ": 541.04", ": 五百")

    told = refused(2)

    assert len(told) == 4


def test_a_template_that_is_no_word_file(office: Office, refused: Callable[..., list[str]]) -> None:
    office.file(REPORT_TEMPLATE).write_bytes(b"not a zip")

    (told,) = refused(2)

    assert REPORT_TEMPLATE in told and "处理办法" in told


def test_a_missing_template_names_the_command_that_makes_it(
    office: Office, refused: Callable[..., list[str]]
) -> None:
    office.file(REPORT_TEMPLATE).unlink()

    (told,) = refused(2)

    assert f"{REPORT_TEMPLATE}：缺少 Word 模板" in told and "template new hubei" in told
