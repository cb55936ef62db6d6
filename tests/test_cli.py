"""The command line: exit codes, one object for a program, Chinese for a person, nothing half done."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import docx
import pytest
import typer.main
from office import Office, snapshot

from disclosure import cli
from disclosure import store as storing
from disclosure.lock import only_one

ROOT = Path(__file__).parents[1]
REVENUE = "content/2023/revenue.yaml"
EXPENDITURE = "content/2023/expenditure.yaml"
CORRECTED = ("年初预算数: 293.52", "年初预算数: 293.53")
CHANGED = 3  # files that this correction changes: the report, lineage.json, manifest.json
REASON = (
    "    原因:\n      文字: '{{ 人员变动 }}，故人员经费增加'\n"
    "      说明方向: 增加\n      说明差额: 16.26\n"
)
LIBRARY_WORDS = re.compile(r"Usage|Options|Arguments|Commands|Show this|required|<(str|int|path)")


@pytest.fixture
def untouched(office: Office) -> Iterator[None]:
    """No product of the earlier build changes, and nothing is left beside them."""
    before = snapshot(office.products)
    yield
    assert snapshot(office.products) == before
    assert not left_beside(office)


def left_beside(office: Office) -> list[Path]:
    """What an unfinished build may leave beside the products: .2023.new, .2023.old, .2023.lock."""
    return list(office.products.parent.glob(".2023.*"))


def in_a_process(
    *arguments: str, cwd: Path, python: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """`python build.py …` as a person runs it."""
    command = [sys.executable, *python, str(ROOT / "build.py"), *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


# ------------------------------------------------------------------ one object for a program


def test_a_build_is_one_object(office: Office) -> None:
    done = office.run("report", "--json")

    assert done.json["written"] and done.json["exit"] == done.exit and done.err == ""
    assert {product["kind"] for product in done.json["products"]} >= {"report", "attachment"}


@pytest.mark.parametrize("command", ["report", "check", "attachments"])
def test_findings_are_in_the_object_and_in_the_exit_code(office: Office, command: str) -> None:
    office.type(REVENUE, "\n其他收入: 0", "\n其他收入: 100")

    done = office.run(command, "--json")

    assert done.exit == done.json["exit"] == 1 and done.err == ""
    assert any(finding["level"] == "错误" for finding in done.json["findings"])
    assert done.json["problems"] == []


@pytest.mark.parametrize("command", ["report", "check", "attachments"])
@pytest.mark.usefixtures("untouched")
def test_problems_are_in_the_object(office: Office, command: str) -> None:
    line = office.type(REVENUE, ": 541.04", ": ▶五百")

    done = office.run(command, "--json")

    (problem,) = done.json["problems"]
    assert done.exit == done.json["exit"] == 1 and done.err == ""
    assert problem["location"].startswith(f"{REVENUE} 第{line}行")
    assert problem["message"] and problem["advice"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "2019", "--json"],
        ["report", "--unit", "nowhere", "--json"],
        ["--json", "--fnal"],
        ["reprot", "--json"],
        ["check", "--json", "--year"],
        ["attachments", "--json", "2023", "x"],
        ["trace", "--json"],
    ],
)
@pytest.mark.usefixtures("untouched")
def test_what_cannot_go_on_is_an_object_too(office: Office, arguments: list[str]) -> None:
    done = office.run(*arguments)

    assert done.exit == done.json["exit"] == 2 and done.err == ""
    assert done.json["problems"][0]["message"]


def test_an_unwritable_folder_is_an_object_too(office: Office) -> None:
    office.file("file").write_bytes(b"")

    done = office.run("report", "--json", "--out", str(office.file("file")))

    assert done.exit == done.json["exit"] == 2
    assert "不是文件夹" in done.json["problems"][0]["message"]


def test_a_trace_is_one_object(office: Office) -> None:
    done = office.run("trace", "309.78", "--json")

    assert done.exit == 0 and done.json["figures"]


def test_progress_goes_to_the_error_stream(office: Office) -> None:
    done = office.run()

    assert "保存……" in done.err and "……" not in done.out.splitlines()[0]
    assert "待填" in done.out


# ------------------------------------------------------------------ how it speaks of itself


def commands(group: object, name: str = "") -> Iterator[list[str]]:
    """Every command of the program, with its words."""
    for word, command in getattr(group, "commands", {}).items():
        words = [*name.split(), word]
        yield words
        yield from commands(command, " ".join(words))


@pytest.mark.parametrize("words", [[], *commands(typer.main.get_group(cli.app))], ids="-".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_help_page_is_chinese(office: Office, words: list[str], option: str) -> None:
    done = office.run(*words, option)

    assert done.exit == 0 and done.out.startswith("用法：build.py") and "选项：" in done.out
    assert not LIBRARY_WORDS.search(done.out)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["reprot", "2023"], ("没有“reprot”这个命令", "是不是“report”")),
        (["template", "chekc"], ("没有“chekc”这个命令", "是不是“check”")),
        (["template"], ("没有写完", "check")),
        (["xyz"], ("没有“xyz”这个命令", "命令有：report")),
        (["--fnal"], ("没有“--fnal”这个选项", "是不是“--final”")),
        (["check", "--xyz"], ("没有“--xyz”这个选项", "--help")),
        (["check", "-x"], ("没有“-x”这个选项",)),
        (["--unit"], ("选项“--unit”后面缺少内容",)),
        (["trace"], ("缺少“数”",)),
        (["2023", "2024"], ("多了“2024”",)),
        (["20233"], ("“年度”应是数字", "四位数字")),
        (["attachments", "2023", "x"], ("“号码”应是数字",)),
        (["--unit", "content", "check"], ("命令写在最前面：build.py check",)),
        (["attachments", "2023", "99"], ("没有附件99", "本年度有附件1、2")),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
@pytest.mark.usefixtures("untouched")
def test_a_slip_on_the_command_line_is_told_in_chinese(
    office: Office, arguments: list[str], says: tuple[str, ...]
) -> None:
    done = office.run(*arguments)

    assert done.exit in (1, 2) and done.out == ""
    for words in says:
        assert words in done.err
    assert not re.search("No such|Invalid|Missing|Error|Got unexpected", done.err)


def test_it_runs_from_any_folder(office: Office, tmp_path: Path) -> None:
    done = in_a_process("check", "--unit", str(office.file("content")), cwd=tmp_path)

    assert done.returncode < 2 and "待填" in done.stdout


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--help"]])
def test_without_its_libraries_it_says_how_to_set_up(tmp_path: Path, arguments: list[str]) -> None:
    done = in_a_process(*arguments, cwd=tmp_path, python=("-S", "-E"))

    told = (
        json.loads(done.stdout)["problems"][0]["advice"] if "--json" in arguments else done.stderr
    )
    assert done.returncode == 2 and "make report" in told and "uv run build.py" in told
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("untouched")
def test_ctrl_c_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(storing, "_write", interrupted)
    office.type(EXPENDITURE, *CORRECTED)

    done = office.run()

    assert done.exit == 2 and "Ctrl+C" in done.err and "没有变" in done.err


# ------------------------------------------------------------------ a final build


def test_a_draft_shows_what_is_missing_and_says_where(office: Office) -> None:
    office.type(EXPENDITURE, REASON, "")

    done = office.run()

    (report,) = office.products.glob("*部门决算公开.docx")
    paragraphs = [paragraph.text for paragraph in docx.Document(str(report)).paragraphs]
    assert any("主要原因：【原因待填】。" in words for words in paragraphs)
    assert f"科目决算/2010350：原因待填（写在 {EXPENDITURE} 第13行" in done.out


@pytest.mark.parametrize("command", ["report", "attachments"])
@pytest.mark.usefixtures("untouched")
def test_a_final_build_refuses_what_is_missing(office: Office, command: str) -> None:
    office.type(EXPENDITURE, REASON, "")

    done = office.run(command, "--final")

    assert done.exit == 1
    assert "定稿没有生成" in done.out and "原因待填（写在" in done.out


@pytest.mark.usefixtures("untouched")
def test_a_final_build_refuses_errors(office: Office) -> None:
    office.type(REVENUE, "\n其他收入: 0", "\n其他收入: 100")

    done = office.run("report", "--final", "--json")

    assert done.exit == 1 and not done.json["written"]


# ------------------------------------------------------------------ writing


@pytest.mark.parametrize("failing", [1, 2, CHANGED])
@pytest.mark.usefixtures("untouched")
def test_a_full_disk_changes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    office.type(EXPENDITURE, *CORRECTED)
    written: list[Path] = []
    write = storing._write

    def fails(path: Path, data: bytes) -> None:
        written.append(path)
        write(path, data)
        if len(written) == failing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(storing, "_write", fails)
    done = office.run()

    assert done.exit == 2 and "磁盘满了" in done.err and "上一次的产品没有变" in done.err
    assert len(written) == failing


@pytest.mark.parametrize("mark", ["~$", ".~lock."])
@pytest.mark.usefixtures("untouched")
def test_a_report_open_in_word_is_told(office: Office, mark: str) -> None:
    (report,) = office.products.glob("*部门决算公开.docx")
    owner = report.with_name(f"~${report.name[2:]}" if mark == "~$" else f".~lock.{report.name}#")
    owner.write_bytes(b"")
    office.type(EXPENDITURE, *CORRECTED)

    done = office.run()
    owner.unlink()

    assert (
        done.exit == 2 and report.name in done.err and "关闭" in done.err and owner.name in done.err
    )


@pytest.mark.usefixtures("untouched")
def test_a_build_that_is_writing_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "PATIENCE", 0)
    office.type(EXPENDITURE, *CORRECTED)

    with only_one(office.root / "output" / ".2023.lock", 0):
        done = office.run()

    assert done.exit == 2 and "另一个生成" in done.err


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from disclosure import store
from disclosure.cli import main
write, written = store._write, 0
def dies(path, data):
    global written
    written += 1
    if written == {at}:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data[:100])
        os.kill(os.getpid(), signal.SIGKILL)
    write(path, data)
store._write = dies
main(Path({office!r}), ["report", "--no-layout"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("at", [1, 2, CHANGED])
def test_a_killed_build_leaves_the_products_and_the_next_one_no_rubbish(
    office: Office, at: int
) -> None:
    before = snapshot(office.products)
    office.type(EXPENDITURE, *CORRECTED)
    code = KILLED.format(root=str(ROOT), at=at, office=str(office.root))

    killed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert snapshot(office.products) == before

    assert office.run().exit < 2
    assert snapshot(office.products) != before
    assert not left_beside(office)


def test_a_report_changed_by_hand_is_kept_and_told(office: Office) -> None:
    (report,) = office.products.glob("*部门决算公开.docx")
    document = docx.Document(str(report))
    document.add_paragraph("领导的话")
    document.save(str(report))

    done = office.run()

    (copy,) = (office.products / storing.KEPT).iterdir()
    assert docx.Document(str(copy)).paragraphs[-1].text == "领导的话"
    assert f"您改过的 {report.name} 留了副本：{storing.KEPT}/{copy.name}" in done.out


def test_some_attachments_keep_the_other_products_and_the_manifest_in_step(office: Office) -> None:
    before = snapshot(office.products)
    for path in office.file("content/2023").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("公共资源电子交易平台运维费", "新平台费"), encoding="utf-8")

    done = office.run("attachments", "2023", "3", "5")

    after = snapshot(office.products)
    assert "已生成" in done.out, done.err
    (gone,), (new,) = before.keys() - after.keys(), after.keys() - before.keys()
    assert gone.startswith("附件3") and "新平台费" in new
    listed = json.loads((office.products / "manifest.json").read_text(encoding="utf-8"))["products"]
    assert {p["path"]: p["sha256"] for p in listed} == {
        name: digest for name, digest in after.items() if not name.endswith(".json")
    }
    assert len([p for p in listed if p["kind"] == "attachment"]) == 7


def test_two_builds_at_once_both_end_well(office: Office) -> None:
    office.type(EXPENDITURE, *CORRECTED)
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    code += "from pathlib import Path; from disclosure.cli import main\n"
    code += f"sys.exit(main(Path({str(office.root)!r}), ['report', '--no-layout', '--json']))"

    both = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [json.loads(process.communicate(timeout=60)[0]) for process in both]

    assert all(one["written"] and one["exit"] < 2 for one in told)
    for product in told[0]["products"]:
        digest = sha256((office.products / product["path"]).read_bytes()).hexdigest()
        assert digest == product["sha256"]
    assert not left_beside(office)
