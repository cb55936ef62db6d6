"""The tables in the forms offices have them: found by labels, read to the same figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from importing import books
from importing.books import Book, Edit

SHEET_NAMES = {
    "公开01": "公开{:02d}",
    "公开01表": "公开{:02d}表",
    "表1": "表{}",
    "财决01表": "财决{:02d}表",
    "GK01": "GK{:02d}",
    "附表1": "附表{}",
    "Sheet1": "Sheet{}",
}


def renamed(pattern: str, *, titles: bool = True) -> Edit:
    """Every sheet by a pattern, with or without the titles inside."""

    def edit(book: Book) -> None:
        for number, page in enumerate(book.worksheets, 1):
            page.title = pattern.format(number)
            if not titles:
                page["A1"] = page.cell(2, page.max_column).value = None

    return edit


def by_title_only(book: Book) -> None:
    for page in book.worksheets:
        page.title = re.sub("[“”]", "", str(page["A1"].value))[:31]
        page.cell(2, page.max_column).value = None


def with_software_names(book: Book) -> None:
    for number, page in enumerate(book.worksheets, 1):
        page.title = f"Z{number:02d} {page['A1'].value}"[:20] + f"(财决{number:02d}表)"


def labels_broken(book: Book) -> None:
    """Labels spread with spaces and broken over lines."""
    for page in book.worksheets:
        for row in page.iter_rows(max_row=7):
            for cell in row:
                if isinstance(cell.value, str) and 1 < len(cell.value) < 12 and cell.row > 3:
                    cell.value = f"{cell.value[:1]} {cell.value[1:2]}\n{cell.value[2:]}"


def nothing_merged(book: Book) -> None:
    for page in book.worksheets:
        for area in list(page.merged_cells.ranges):
            page.unmerge_cells(str(area))


def shifted(book: Book) -> None:
    """Empty rows above, between header and lines, and an empty column on the left."""
    nothing_merged(book)
    for page in book.worksheets:
        page.insert_rows(1, 3)
        page.insert_cols(1, 2)


def with_prose_above(book: Book) -> None:
    for page in book.worksheets:
        for area in list(page.merged_cells.ranges):
            page.unmerge_cells(str(area))
        page.insert_rows(1, 2)
        page["A1"] = "附件：公开表"
        page["A2"] = "以下各表经批复。"


def without_index_rows(book: Book) -> None:
    for page in book.worksheets:
        for row in page.iter_rows(min_row=5, max_row=7):
            if row[0].value in ("栏次", "1"):
                for cell in row:
                    if type(cell).__name__ == "Cell":
                        cell.value = None


def amounts_as_text(book: Book) -> None:
    for page in book.worksheets:
        books.each_amount(page, lambda amount: f" {amount:,.2f} ")


def blanks_as_dashes(book: Book) -> None:
    for number, mark in ((3, "-"), (5, "—"), (7, 0), (8, "0.00")):
        page = books.sheet(book, number)
        for row in page.iter_rows(min_row=7, max_row=page.max_row - 2, min_col=3):
            for cell in row:
                if cell.value is None:
                    cell.value = mark


def codes_as_numbers(book: Book) -> None:
    for number in (2, 3, 5, 6):
        for row in books.sheet(book, number).iter_rows(min_row=5):
            for cell in row:
                if isinstance(cell.value, str) and re.fullmatch(r"\d{3}(\d\d){0,2}", cell.value):
                    cell.value = int(cell.value)


def codes_in_three_columns(book: Book) -> None:
    """类, 款 and 项 side by side, under one merged heading."""
    page = books.sheet(book, 5)
    nothing_merged(book)
    page.insert_cols(2, 2)
    for row in range(8, page.max_row + 1):
        code = str(page.cell(row, 1).value or "")
        if code.isdigit():
            page.cell(row, 1).value = code[:3]
            page.cell(row, 2).value = code[3:5] or None
            page.cell(row, 3).value = code[5:] or None
    page.merged_cells.add("A5:C5")


def names_indented(book: Book) -> None:
    for number in (2, 3, 5):
        for row in books.sheet(book, number).iter_rows(min_row=8, min_col=2, max_col=2):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = f"    {cell.value}"


def last_years_words(book: Book) -> None:
    """Labels as other years and places have them."""
    words = {
        "科目代码": "功能分类科目编码",
        "使用非财政拨款结余和专用结余": "用事业基金弥补收支差额",
        "附属单位上缴收入": "附属单位缴款",
        "公务用车运行维护费": "公务用车运行费",
        "小计": "合计",
        "总计": "收入总计",
    }
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value in words:
                    cell.value = words[cell.value]


def in_another_order(book: Book) -> None:
    """As to 2021: 三公 is table 7, 基金 8, 国资 9, and the sheets lie in any order."""
    for number, page in zip((9, 7, 8), book.worksheets[6:], strict=True):
        title = f"公开{number:02d}表"
        page.title = f"{title} {page['A1'].value}"[:31]
        page.cell(2, page.max_column).value = title
    book._sheets.reverse()  # type: ignore[attr-defined]


def with_other_sheets(book: Book) -> None:
    book.create_sheet("目录", 0)["A1"] = "目录"
    hidden = book.create_sheet("公开03表 旧")
    for row in book.worksheets[3].iter_rows(values_only=True):
        hidden.append(row)
    hidden.sheet_state = "hidden"


def unit_in_one_line(book: Book) -> None:
    for page in book.worksheets:
        texts = [str(c.value) for c in page[3] if c.value]
        for cell in page[3]:
            cell.value = None
        page["A3"] = "   ".join(texts).replace("部门：", "编制单位：")


def with_a_date_and_full_money_unit(book: Book) -> None:
    for page in book.worksheets:
        page["A2"] = "填报日期：2024年3月19日"
        for cell in page[3]:
            if cell.value == "单位：万元":
                cell.value = "金额单位：人民币万元"


FORMS: dict[str, Edit] = {
    **{f"sheets named {name}": renamed(pattern) for name, pattern in SHEET_NAMES.items()},
    "sheets named 公开01, no titles": renamed("公开{:02d}", titles=False),
    "sheets named 财决01表, no titles": renamed("财决{:02d}表", titles=False),
    "titles without numbers": by_title_only,
    "names of the ministry's software": with_software_names,
    "labels broken": labels_broken,
    "nothing merged": nothing_merged,
    "rows and columns shifted": shifted,
    "prose above": with_prose_above,
    "no 栏次": without_index_rows,
    "amounts as text": amounts_as_text,
    "blanks as dashes and zeros": blanks_as_dashes,
    "codes as numbers": codes_as_numbers,
    "codes in three columns": codes_in_three_columns,
    "names indented": names_indented,
    "last year's words": last_years_words,
    "another order": in_another_order,
    "other and hidden sheets": with_other_sheets,
    "部门, 年度 and 单位 in one cell": unit_in_one_line,
    "a date above, 人民币万元": with_a_date_and_full_money_unit,
}


@pytest.fixture(scope="module")
def as_printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The figures of the workbook as the product has it."""
    unit = books.a_copy(tmp_path_factory.mktemp("plain"))
    figures = books.figures_read(books.imported(unit, books.changed(lambda book: None)))
    assert len(figures) > 100
    return figures


@pytest.mark.parametrize("edit", FORMS.values(), ids=FORMS.keys())
def test_tables_in_any_usual_form_give_the_same_figures(
    edit: Edit, as_printed: dict[str, str], tmp_path: Path
) -> None:
    plan = books.imported(books.a_copy(tmp_path), books.changed(edit))

    assert books.figures_read(plan) == as_printed
    assert (plan.changes, plan.unplaced, plan.contradictions) == ((), (), ())


def test_an_old_xls_gives_the_same_figures(as_printed: dict[str, str], tmp_path: Path) -> None:
    plan = books.imported(books.a_copy(tmp_path), books.as_xls(books.product()), "表.xls")

    assert books.figures_read(plan) == as_printed
    assert plan.is_clean
    assert not plan.changes


def test_hidden_and_foreign_sheets_are_told_and_not_read(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)

    plan = books.imported(unit, books.changed(with_other_sheets))

    assert any("隐藏" in note and "公开03表 旧" in note for note in plan.notes)
    assert any("不是公开表" in note and "目录" in note for note in plan.notes)


def test_a_table_that_is_not_there_leaves_its_content_alone(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        del book[book.sheetnames[8]]

    plan = books.imported(books.a_copy(tmp_path), books.changed(edit))

    assert not plan.changes
    assert any("公开09表" in note for note in plan.notes)
