"""Write the case of the plain script: data.yaml, snippets/*.txt and template.docx.

With --from-docx it is the case of that very report, and the script's document is read back and
compared with it, text by text. Without, it is a made-up report of the same volume.

usage: python -m bench.peer.make_case CASEDIR [--from-docx REPORT.docx [--figures-only]] [--wordy]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from docx.opc.exceptions import PackageNotFoundError

from bench.peer.case import Case
from bench.peer.from_docx import NotAReport, case_from
from bench.peer.reading import DocumentText, compare, read
from bench.peer.synthetic import synthetic_case
from bench.peer.wordy import make_wordy

NAIVE = Path(__file__).with_name("naive.py")
SHOWN = 20  # differences


def render(case: Path, out: Path) -> None:
    """The document the plain script writes from the case."""
    subprocess.run([sys.executable, str(NAIVE), str(case), str(out)], check=True)


def make_case(
    folder: Path,
    report: Path | None,
    *,
    wordy: bool = False,
    figures_only: bool = False,
    scale: int = 1,
) -> Case:
    """Write the case into the folder; from the report if there is one."""
    case = synthetic_case(scale) if report is None else case_from(report, figures_only=figures_only)
    if wordy:
        make_wordy(case.template)
    case.write(folder)
    return case


def verify(source: DocumentText, rendered: DocumentText) -> bool:
    """Print how much of the source stands in the rendered document; whether it is all."""
    complete = True
    for what, left, right in (
        ("paragraphs", source.paragraphs, rendered.paragraphs),
        ("cells", source.cells, rendered.cells),
    ):
        agreement = compare(left, right)
        complete = complete and not agreement.differences
        print(f"agree: {what} {agreement.share:.2%} of {agreement.total}")
        for one, other in agreement.differences[:SHOWN]:
            print(f"  source   {one[:100]!r}\n  rendered {other[:100]!r}")
        if len(agreement.differences) > SHOWN:
            print(f"  … {len(agreement.differences) - SHOWN} more")
    print(f"agree: pictures {rendered.pictures} of {source.pictures}")
    return complete and rendered.pictures == source.pictures


def document_xml_kib(file: Path) -> float:
    """The size of the unpacked body, which is what docxtpl works on."""
    with zipfile.ZipFile(file) as package:
        return package.getinfo("word/document.xml").file_size / 1024


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 1 when the rendered text is not the report's, 2 when there is no report to read."""
    parser = argparse.ArgumentParser(prog="python -m bench.peer.make_case", description=__doc__)
    parser.add_argument("case", type=Path, metavar="CASEDIR")
    parser.add_argument("--from-docx", type=Path, metavar="REPORT.docx")
    parser.add_argument("--wordy", action="store_true", help="markup as heavy as Word saves it")
    parser.add_argument(
        "--figures-only", action="store_true", help="tags for amounts and rates, not every number"
    )
    parser.add_argument("--scale", type=int, default=1, help="rows of the made-up report, times N")
    options = parser.parse_args(argv)
    try:
        case = make_case(
            options.case,
            options.from_docx,
            wordy=options.wordy,
            figures_only=options.figures_only,
            scale=options.scale,
        )
    except (NotAReport, PackageNotFoundError) as error:
        print(error, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.docx"
        render(options.case, out)
        rendered = read(out)
        heavy = document_xml_kib(options.case / "template.docx"), document_xml_kib(out)
    tables = case.data["tables"]
    print(
        f"case: {len(rendered.paragraphs)} paragraphs, {len(rendered.cells)} cells,"
        f" {len(case.data['v'])} numbers, {len(case.snippets)} snippets, {len(tables)} row loops"
        f" of {sum(map(len, tables.values()))} rows, {len(case.data['charts'])} charts"
    )
    yaml_kib = (options.case / "data.yaml").stat().st_size / 1024
    print(f"size: data.yaml {yaml_kib:.0f} KiB, document.xml {heavy[0]:.0f} -> {heavy[1]:.0f} KiB")
    if options.from_docx is None:
        return 0
    return 0 if verify(read(options.from_docx), rendered) else 1


if __name__ == "__main__":
    sys.exit(main())
