"""What the checks find: no false alarm, and how many single mistakes some rule reports.

    python -m bench.checks [--sample N] [--content-sample N] [--seed N]

Everything typed in the newest year is changed one at a time: in the content, in a workbook about to
be imported, in the finished .docx. A change counts as reported when a rule then says something that
it does not say of the unchanged document. What nobody reported is listed, each with the reason.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.checks.in_content import in_content
from bench.checks.in_document import in_document
from bench.checks.in_workbook import in_workbook
from bench.checks.share import in_new_processes, in_one_process
from bench.checks.tally import contradictions, told
from disclosure.load.pack import load_pack
from disclosure.pipeline import build, newest_year
from disclosure.readback.checking import Data, check_docx

ROOT = Path(__file__).resolve().parents[2]
CONTENT, PACKS = ROOT / "content", ROOT / "templates"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=150, help="每类在成品里改几处")
    parser.add_argument("--content-sample", type=int, default=None, help="内容里改几处，默认全部")
    parser.add_argument("--seed", type=int, default=2023)
    parser.add_argument("--rounds", type=int, default=9, help="量用时的次数")
    given = parser.parse_args(arguments)
    made = build(CONTENT, newest_year(CONTENT), PACKS)
    layout = load_pack(PACKS, str(made.report.unit.pack), with_templates=False).layout
    print(f"误报：内容不改时，错误 {len(made.errors)} 处")
    docx = next(p.data for p in made.products if p.kind == "report")
    clean = check_docx(docx, "成品.docx", layout, Data(made.report, made.document, docx))
    print(f"误报：成品不改时，发现 {len(clean.findings)} 处")
    print(f"核对用时占整个生成：新进程 {in_new_processes(given.rounds)}", end="")
    print(f"；同一进程连续生成 {in_one_process()}")
    content = in_content(CONTENT, PACKS, given.content_sample, given.seed)
    print(told("内容文件，一次改一处", content))
    with tempfile.TemporaryDirectory() as folder:
        workbook = in_workbook(made, CONTENT, PACKS, Path(folder), given.content_sample, given.seed)
    print(told("要导入的工作簿，一次改一格", workbook))
    with_content = in_document(made, layout, given.sample, given.seed)
    print(told("成品 .docx，一次改一处，有内容文件", with_content))
    alone = in_document(made, layout, given.sample, given.seed, alone=True)
    print(told("成品 .docx，一次改一处，没有内容文件", alone, list_silent=False))
    missed = sum(len(tally.silent) for tally in with_content.values())
    missed += contradictions(content) + contradictions(workbook)
    return 1 if made.errors or clean.findings or missed else 0


if __name__ == "__main__":
    sys.exit(main())
