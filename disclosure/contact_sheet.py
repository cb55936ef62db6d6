"""Every page of the delivered documents at a glance: sheets of small pages, for the human eye.

python -m disclosure.contact_sheet [年度] [--out 产品文件夹]      sheets, in `pages` beside the products
python -m disclosure.contact_sheet --picture FILE --of 8 18     these pages of the report in one picture
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from charts.engine import font_file
from disclosure.layout import Typesetter, find_office
from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.store import read_manifest, replace_file

OUTPUT = Path(__file__).resolve().parents[1] / "output"
CACHE = OUTPUT / ".cache"
SHEETS = "pages"
DOCUMENTS = {"report": "报告", "attachment": "附件"}

ON_A_SHEET, COLUMNS = 12, 4
CELL_WIDTH, CELL_HEIGHT = 440, 624  # pixels; the shape of A4, so that a landscape page fits as well
GAP, TITLE_HEIGHT, TITLE_SIZE = 14, 30, 18
TABLE_TOP, PAPER, INK = "#b4b4b4", "#ffffff", "#202020"
COLOURS = 64  # of a picture's palette: grey letters and four tones of a chart
PICTURE_WIDTH = 560  # pixels of one page in a picture for README.md


@dataclass(frozen=True)
class Page:
    """A page of a PDF, with the words to stand above it."""

    title: str
    pdf: bytes
    number: int  # from 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sheets; 0 when they are there, 2 when they cannot be made."""
    given = _parser().parse_args(arguments)
    try:
        folder = given.out or _newest(OUTPUT, given.year)
        if given.picture:
            report = laid_out(folder, CACHE, ["report"])["报告"]
            replace_file(given.picture, side_by_side(report, given.of))
            return 0
        documents = laid_out(folder, CACHE)
        pages = [page for name, pdf in documents.items() for page in pages_of(name, pdf)]
        written = write_sheets(folder / SHEETS, pages)
    except DisclosureError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 2
    print(f"{len(pages)} 页，缩略图 {len(written)} 张，放在 {folder / SHEETS}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m disclosure.contact_sheet")
    parser.add_argument("year", nargs="?", type=int, metavar="年度", help="默认最新的年度")
    parser.add_argument("--out", type=Path, help="产品在哪个文件夹，默认 output/年度")
    parser.add_argument("--picture", type=Path, help="只把报告的几页并排存成这一张图")
    parser.add_argument("--of", nargs="+", type=int, metavar="页", help="第几页，从封面数起")
    return parser


def _newest(output: Path, year: int | None) -> Path:
    """The folder of this year's products, or of the newest year that was built."""
    if year:
        return output / str(year)
    years = sorted(path for path in output.glob("[0-9]*") if read_manifest(path))
    return years[-1] if years else output


def laid_out(
    folder: Path, cache: Path | None, kinds: Sequence[str] = tuple(DOCUMENTS)
) -> dict[str, bytes]:
    """The PDF of the report and of each attachment as delivered, by name: 报告, 附件1.

    Raises DisclosureError where nothing was built, and where LibreOffice is missing or fails.
    """
    products = read_manifest(folder).get("products", [])
    assert isinstance(products, list)
    documents = {
        DOCUMENTS[product["kind"]] + str(product["number"] or ""): (
            folder / product["path"]
        ).read_bytes()
        for product in products
        if product["kind"] in kinds
    }
    if not documents:
        where = Location(folder.as_posix())
        raise DisclosureError(Problem("这里没有生成好的文档。", where, "先运行 build.py"))
    print(f"排版 {len(documents)} 个文档……", file=sys.stderr)
    made = Typesetter(find_office(), cache).pdfs(documents)
    return {name: pdf.data for name, pdf in made.items()}


def pages_of(name: str, pdf: bytes) -> list[Page]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [Page(f"{name}　第 {number + 1} 页", pdf, number) for number in range(len(document))]


def write_sheets(folder: Path, pages: Sequence[Page]) -> list[Path]:
    """The sheets as PNG files, numbered; those of an earlier, longer document go."""
    folder.mkdir(parents=True, exist_ok=True)
    earlier = set(folder.glob("sheet-*.png"))
    written = []
    for first in range(0, len(pages), ON_A_SHEET):
        print(f"缩略图 {first + 1}/{len(pages)} 页……", file=sys.stderr)
        path = folder / f"sheet-{first // ON_A_SHEET + 1:02}.png"
        replace_file(path, _png(sheet(pages[first : first + ON_A_SHEET])))
        written.append(path)
    for path in earlier.difference(written):
        path.unlink()
    return written


def sheet(pages: Sequence[Page]) -> Image.Image:
    """Up to a dozen pages in rows, each below its title."""
    rows = -(-len(pages) // COLUMNS)
    across, down = CELL_WIDTH + GAP, CELL_HEIGHT + TITLE_HEIGHT + GAP
    image = Image.new("RGB", (COLUMNS * across + GAP, rows * down + GAP), TABLE_TOP)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(font_file()), TITLE_SIZE)
    for place, page in enumerate(pages):
        left, top = GAP + place % COLUMNS * across, GAP + place // COLUMNS * down
        draw.text((left, top), page.title, fill=INK, font=font)
        image.paste(drawn(page, CELL_WIDTH, CELL_HEIGHT), (left, top + TITLE_HEIGHT))
    return image


def drawn(page: Page, width: int, height: int) -> Image.Image:
    """The page, as large as fits."""
    with pypdfium2.PdfDocument(page.pdf) as document:
        one = document[page.number]
        across, down = one.get_size()
        image: Image.Image = one.render(scale=min(width / across, height / down)).to_pil()
        return image.convert("RGB")


def side_by_side(pdf: bytes, numbers: Sequence[int]) -> bytes:
    """Pages of one document beside each other, as a PNG; `numbers` count from 1."""
    height = PICTURE_WIDTH * CELL_HEIGHT // CELL_WIDTH
    images = [drawn(Page("", pdf, number - 1), PICTURE_WIDTH, height) for number in numbers]
    width = sum(image.width + GAP for image in images) + GAP
    whole = Image.new("RGB", (width, max(i.height for i in images) + 2 * GAP), TABLE_TOP)
    left = GAP
    for image in images:
        whole.paste(image, (left, GAP))
        left += image.width + GAP
    return _png(whole)


def _png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.quantize(COLOURS).save(data, "PNG", optimize=True)
    return data.getvalue()


if __name__ == "__main__":
    sys.exit(main())
