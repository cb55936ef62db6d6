"""LibreOffice: where it is, and one call of it that turns several .docx into PDFs."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure.layout import fonts
from disclosure.model.place import DisclosureError, Problem

if TYPE_CHECKING:
    from subprocess import Popen

# A long report takes two seconds; a virus scanner or a busy machine may need many times that.
SECONDS_TO_START, SECONDS_PER_DOCUMENT = 60, 60
SECONDS_FOR_VERSION = 30

_INSTALL = {
    "linux": "Debian、Ubuntu 运行 sudo apt-get install libreoffice-writer，其他系统用自己的软件源",
    "win32": "运行 winget install TheDocumentFoundation.LibreOffice，"
    "或从 https://www.libreoffice.org 下载安装",
    "darwin": "运行 brew install --cask libreoffice，或从 https://www.libreoffice.org 下载安装",
}
_CONFIGURATION = "/org.openoffice."
_PDF_EXPORT = "Office.Common/Filter/PDF/Export"
# The settings of the profile, and not of the command line: LibreOffice knows those since 7.4 only.
_SETTINGS = (
    (_PDF_EXPORT, "UseTaggedPDF", "true"),
    (_PDF_EXPORT, "ExportBookmarks", "true"),
    (_PDF_EXPORT, "ExportBookmarksToPDFDestination", "true"),
    (_PDF_EXPORT, "DisplayPDFDocumentTitle", "true"),
    (_PDF_EXPORT, "InitialView", "1"),  # open with the bookmarks beside the page
    # The language of the PDF, and nothing left to the language of the machine.
    ("Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
)


@dataclass(frozen=True)
class Office:
    """An installed LibreOffice."""

    program: Path  # soffice

    @cached_property
    def version(self) -> str:
        """7.4.7.2; raises DisclosureError when the program does not run."""
        told = _run([str(self.program), "--version"], SECONDS_FOR_VERSION, dict(os.environ))
        found = re.search(r"\d+(?:\.\d+)+", told)
        return found[0] if found else told.strip()

    def fingerprint(self) -> str:
        """Changes when another LibreOffice is installed; the program is not started."""
        digest = blake2b(digest_size=16)
        folder = self.program.resolve().parent
        for name in ("soffice.bin", "soffice.exe", "soffice", "versionrc", "version.ini"):
            with suppress(OSError):
                facts = (folder / name).stat()
                digest.update(f"{folder / name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
        return digest.hexdigest()


def find_office() -> Office | None:
    """LibreOffice on the PATH, else where installers put it; None when it is not there."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Office(Path(found))
    return next((Office(place) for place in _usual_places() if place.is_file()), None)


def _usual_places() -> Iterator[Path]:
    if sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if folder := os.environ.get(variable):
                # soffice.com waits for the work to be done, soffice.exe does not always.
                yield Path(folder, "LibreOffice", "program", "soffice.com")
                yield Path(folder, "Programs", "LibreOffice", "program", "soffice.com")
    elif sys.platform == "darwin":
        for applications in (Path("/Applications"), Path.home() / "Applications"):
            yield applications / "LibreOffice.app/Contents/MacOS/soffice"
    else:
        yield Path("/usr/lib/libreoffice/program/soffice")
        yield Path("/usr/lib64/libreoffice/program/soffice")
        yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)


def how_to_install() -> str:
    """What to do where LibreOffice is missing, in the words of this system."""
    return f"装好 LibreOffice 后再运行一次：{_INSTALL.get(sys.platform, _INSTALL['linux'])}"


def settings() -> str:
    """The profile that LibreOffice starts with: how PDFs are made."""
    items = "".join(
        f'<item oor:path="{_CONFIGURATION}{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def convert(
    office: Office, documents: Mapping[str, bytes], font_cache: Path | None
) -> dict[str, bytes]:
    """The PDF of each .docx, in one run of LibreOffice with a profile of its own.

    `font_cache` is a folder in which fontconfig keeps what it knows of our fonts.
    Raises DisclosureError when LibreOffice fails, or has no end.
    """
    from tempfile import TemporaryDirectory

    if not documents:
        return {}
    with TemporaryDirectory(prefix="layout-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user/registrymodifications.xcu").write_text(settings(), "utf-8")
        configuration = fonts.configuration(font_cache or folder / "fontconfig")
        (folder / "fonts.conf").write_text(configuration, "utf-8")
        files = [folder / f"{number}.docx" for number in range(len(documents))]
        for file, data in zip(files, documents.values(), strict=True):
            file.write_bytes(data)
        told = _run(
            [
                str(office.program),
                f"-env:UserInstallation={profile.as_uri()}",
                *("--headless", "--norestore", "--nolockcheck"),
                *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)),
                *map(str, files),
            ],
            SECONDS_TO_START + SECONDS_PER_DOCUMENT * len(files),
            _environment(folder / "fonts.conf"),
        )
        return {
            name: _read(file.with_suffix(".pdf"), name, told)
            for name, file in zip(documents, files, strict=True)
        }


def _read(pdf: Path, name: str, told: str) -> bytes:
    """LibreOffice ends well even when it could not open a file; then there is no PDF."""
    try:
        return pdf.read_bytes()
    except OSError as error:
        raise _failure(f"没有排出“{name}”", told) from error


def _environment(configuration: Path) -> dict[str, str]:
    """Nothing of the machine's language, clock zone or screen may show in a PDF."""
    own = {"FONTCONFIG_FILE": str(configuration), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    if sys.platform == "linux":
        own["SAL_USE_VCLPLUGIN"] = "svp"  # draws without a screen, whatever desktop is there
    return os.environ | own


def _run(command: list[str], seconds: int, environment: Mapping[str, str]) -> str:
    """What the program says; DisclosureError when it cannot start, fails or has no end."""
    import subprocess

    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            start_new_session=True,
        )
    except OSError as error:
        raise _failure("不能运行", str(error)) from error
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise _failure(f"{seconds} 秒没有排完，已停止", "") from error
    except BaseException:  # Ctrl-C: our program may not outlive us
        _end(process)
        raise
    told = output.decode("utf-8", "replace")
    if process.returncode:
        raise _failure(f"出错（返回 {process.returncode}）", told)
    return told


def _end(process: Popen[bytes]) -> None:
    """The program and what it has started: soffice is a script around soffice.bin."""
    import signal

    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _failure(what: str, told: str) -> DisclosureError:
    lines = [line for line in told.splitlines() if line.strip() and "javaldx" not in line]
    said = f"（{lines[-1].strip()}）" if lines else ""
    advice = "再运行一次；还不行时，重新安装 LibreOffice，或加 --no-layout 先不排版"
    return DisclosureError(Problem(f"LibreOffice {what}{said}。", None, advice, stops=True))
