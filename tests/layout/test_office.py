"""LibreOffice as a program: found or not, failing or hanging; and what it leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import matplotlib
import pytest
from fontTools.ttLib import TTFont

from disclosure.layout import Office, Outcome, Typesetter, find_office, fonts, office
from disclosure.model.place import DisclosureError

needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays soffice")
DOCX = {"附件1.docx": b"docx"}


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice."""
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    monkeypatch.setattr(office, "_usual_places", lambda: iter(()))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def a_soffice(tmp_path: Path, script: str) -> Office:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return Office(program)


@pytest.mark.usefixtures("nowhere")
def test_without_libreoffice_everything_that_is_missing_is_said_once() -> None:
    layout = Outcome(Typesetter(find_office(), None))

    assert layout.numbered(lambda numbers: b"%d" % (numbers is None)) == b"1"
    assert layout.pdfs(DOCX) == {}

    (problem,) = layout.problems
    assert "目录没有页码，没有 PDF：没有找到 LibreOffice。" in str(problem)
    assert office.how_to_install() in str(problem)


@pytest.mark.parametrize(
    ("system", "command"),
    [
        ("linux", "sudo apt-get install libreoffice-writer"),
        ("win32", "winget install TheDocumentFoundation.LibreOffice"),
        ("darwin", "brew install --cask libreoffice"),
    ],
)
def test_the_advice_is_the_command_of_this_system(
    system: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)

    assert command in office.how_to_install()


@needs_scripts
def test_a_failure_is_told_with_the_words_of_the_program(tmp_path: Path) -> None:
    broken = a_soffice(tmp_path, "echo 'Warning: javaldx'; echo no room; echo; exit 77")

    with pytest.raises(DisclosureError, match=r"返回 77）（no room）.*--no-layout"):
        office.convert(broken, DOCX, None)


@needs_scripts
def test_a_document_that_gives_no_pdf_is_named(tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match=r"没有排出“附件1\.docx”"):
        office.convert(a_soffice(tmp_path, "exit 0"), DOCX, None)


@needs_scripts
def test_a_program_without_end_is_ended_with_what_it_started(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "SECONDS_TO_START", 0.3)
    monkeypatch.setattr(office, "SECONDS_PER_DOCUMENT", 0)
    hangs = a_soffice(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait")

    with pytest.raises(DisclosureError, match="没有排完，已停止"):
        office.convert(hangs, DOCX, None)

    assert not _runs(int((tmp_path / "child").read_text()))
    assert list(temporary.iterdir()) == []


def _runs(process: int) -> bool:
    """Whether it is still there; one that has ended needs a moment to be gone."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
        ).stdout
        if state.startswith("Z"):
            return False
        time.sleep(0.02)
    return True


def test_a_program_that_cannot_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match="LibreOffice 不能运行"):
        office.convert(Office(tmp_path / "gone"), DOCX, None)


@needs_scripts
def test_the_program_gets_a_profile_of_its_own_and_leaves_nothing(
    tmp_path: Path, temporary: Path
) -> None:
    script = f'echo "$@" > {tmp_path}/told; for last; do :; done; echo pdf > "${{last%.docx}}.pdf"'

    made = office.convert(a_soffice(tmp_path, script), DOCX, None)

    assert made == {"附件1.docx": b"pdf\n"}
    assert f"-env:UserInstallation=file://{temporary}" in (tmp_path / "told").read_text()
    assert list(temporary.iterdir()) == []


@needs_scripts
def test_another_libreoffice_has_another_fingerprint(tmp_path: Path) -> None:
    first = a_soffice(tmp_path, "exit 0").fingerprint()

    assert a_soffice(tmp_path, "exit 0 # newer").fingerprint() != first


@pytest.fixture
def chosen(
    tmp_path: Path, libreoffice: Office, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """The family that LibreOffice gets for a name where only these fonts are installed."""
    if sys.platform != "linux":
        pytest.skip("only LibreOffice on Linux asks fontconfig")

    def choose(name: str, *installed: str) -> str:
        for family in installed:
            _installed(family, tmp_path / f"{family}.ttf")
        system = tmp_path / "system.conf"
        system.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>", "utf-8")
        monkeypatch.setenv("FONTCONFIG_FILE", str(system))
        ours = tmp_path / "fonts.conf"
        ours.write_text(fonts.configuration(tmp_path / "cache"), "utf-8")
        monkeypatch.setenv("FONTCONFIG_FILE", str(ours))
        command = ["fc-match", "-f", "%{family}", name]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    return choose


def _installed(family: str, path: Path) -> None:
    """A font of that name; what it draws does not matter."""
    font = TTFont(Path(matplotlib.get_data_path(), "fonts/ttf/DejaVuSans.ttf"))
    font["name"].names = [name for name in font["name"].names if name.nameID not in (1, 16, 17)]
    font["name"].setName(family, 1, 3, 1, 0x409)
    font.save(path)


@pytest.mark.parametrize(
    ("name", "installed", "family"),
    [
        ("仿宋_GB2312", ["仿宋_GB2312", "仿宋"], "仿宋_GB2312"),
        ("仿宋_GB2312", ["华文仿宋", "宋体"], "华文仿宋"),
        ("方正小标宋简体", ["宋体", "黑体"], "宋体"),
        ("仿宋_GB2312", [], "Noto Serif SC"),
        ("楷体_GB2312", [], "Noto Serif SC"),
        ("方正小标宋简体", [], "Noto Serif SC"),
        ("宋体", [], "Noto Serif SC"),
        ("黑体", [], "Noto Sans SC"),
        ("Noto Sans SC", [], "Noto Sans SC"),
    ],
)
def test_the_real_font_comes_first_then_its_like_then_the_free_one(
    name: str, installed: list[str], family: str, chosen: Callable[..., str]
) -> None:
    assert chosen(name, *installed) == family


@pytest.mark.parametrize(
    ("used", "are"),
    [
        (("NotoSerifSC-Regular-VKana", "DejaVuSans"), True),
        (("NotoSansCJKsc-Regular",), True),
        (("FangSong_GB2312", "SimHei"), False),
    ],
)
def test_free_fonts_in_place_of_those_of_an_office_are_known(
    used: tuple[str, ...], are: bool
) -> None:
    assert fonts.are_stand_ins(used) is are
