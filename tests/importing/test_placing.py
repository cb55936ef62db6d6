"""Where figures go in the content files, and what a person is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from importing import books
from importing.books import MINI, MINI_PACKS, MINI_YEAR, Book

from disclosure.load.unit import load_unit
from disclosure.model.place import DisclosureError


def set_cells(number: int, **cells: object) -> books.Edit:
    """Cells of 公开0N表 set: set_cells(5, D10=300)."""

    def edit(book: Book) -> None:
        for cell, value in cells.items():
            books.sheet(book, number)[cell] = value

    return edit


def both(*edits: books.Edit) -> books.Edit:
    def edit(book: Book) -> None:
        for one in edits:
            one(book)

    return edit


def moved(code_row: int, amount: float) -> books.Edit:
    """事业运行 (row 10) with another 基本支出 in 支出决算表 and 一般公共预算 table."""
    return both(
        set_cells(3, **{f"C{code_row}": amount, f"D{code_row}": amount}),
        set_cells(5, **{f"C{code_row}": amount, f"D{code_row}": amount}),
    )


def text_of(unit: Path, name: str) -> str:
    return (unit / "2023" / name).read_text(encoding="utf-8")


# ------------------------------------------------------------------ hand-written files


def test_only_the_amount_changes_in_a_file_written_by_hand(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)
    before = text_of(unit, "expenditure.yaml")

    books.written(unit, books.imported(unit, books.changed(moved(10, 310.5))))

    after = text_of(unit, "expenditure.yaml")
    assert after == before.replace("基本支出: 309.78", "基本支出: 310.5")


def test_windows_line_ends_and_byte_order_mark_stay(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)
    file = unit / "2023" / "expenditure.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    before = file.read_bytes()

    books.written(unit, books.imported(unit, books.changed(moved(10, 310.5))))

    assert file.read_bytes() == before.replace(b": 309.78", b": 310.5")


def test_a_change_is_told_with_old_new_and_cell(tmp_path: Path) -> None:
    plan = books.imported(books.a_copy(tmp_path), books.changed(moved(10, 310.5)))

    change = next(change for change in plan.changes if "2010350" in change.what)

    assert change.location.file == "content/2023/expenditure.yaml"
    assert change.location.line == 15
    assert books.changes(plan)[change.what] == "309.78 → 310.5"
    assert change.origin.endswith("› D10")


def new_class(book: Book) -> None:
    """A 项 that the content does not have: 2080599, below its 款."""
    for number, columns in ((2, "CD"), (3, "CD"), (5, "CD")):
        page = books.sheet(book, number)
        page.insert_rows(16)
        page["A16"], page["B16"] = "2080599", "其他行政事业单位养老支出"
        for column in columns:
            page[f"{column}16"] = 1.5


def test_a_new_class_stands_in_code_order_with_its_name(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)

    books.written(unit, books.imported(unit, books.changed(new_class)))

    assert (
        "      说明方向: 增加\n"
        "      说明差额: 10.52\n"
        "\n"
        '  - 科目: "2080599"  # 其他行政事业单位养老支出\n'
        "    基本支出: 1.5\n"
        "\n"
        '  - 科目: "2101102"  # 事业单位医疗\n'
    ) in text_of(unit, "expenditure.yaml")


def unknown_class(book: Book) -> None:
    new_class(book)
    for number in (2, 3, 5):
        books.sheet(book, number)["A16"] = "2080577"
        books.sheet(book, number)["B16"] = "新增的某项支出"


def test_a_class_the_program_does_not_know_goes_into_unit_yaml_too(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)

    plan = books.imported(unit, books.changed(unknown_class))
    books.written(unit, plan)

    assert '补充科目:\n  "2080577": 新增的某项支出' in (unit / "unit.yaml").read_text("utf-8")
    assert any("2080577" in change.what and "补充科目" in change.what for change in plan.changes)


def gone_class(book: Book) -> None:
    for number in (2, 3, 5):
        books.sheet(book, number).delete_rows(10)


def test_a_class_gone_from_the_tables_is_told_and_kept_at_zero(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)

    plan = books.imported(unit, books.changed(gone_class))
    books.written(unit, plan)

    assert "2010350" in plan.gone[0]
    assert "年初预算数: 293.52\n    基本支出: 0\n    原因:" in text_of(unit, "expenditure.yaml")


def test_an_empty_cell_sets_a_figure_to_zero(tmp_path: Path) -> None:
    plan = books.imported(books.a_copy(tmp_path), books.changed(set_cells(9, E8=None, C8=None)))

    assert books.changes(plan)["公务用车运行维护费 › 全年预算数"] == "2.5 → 0"


def test_reception_in_the_table_does_not_overrule_its_two_kinds_silently(tmp_path: Path) -> None:
    plan = books.imported(books.a_copy(tmp_path), books.changed(set_cells(9, L8=0.4, G8=2.9)))

    assert books.changes(plan)["公务接待费 › 决算数"] == "— → 0.4"
    assert any("外宾接待与国内公务接待相加是 0.37" in doubt for doubt in plan.doubts)


# ------------------------------------------------------------------ other money


def test_spending_beyond_the_funds_tables_is_other_money(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)
    edit = both(set_cells(3, C10=319.78, D10=309.78, G10=10), set_cells(1, F7=487.9))

    plan = books.imported(unit, books.changed(edit))
    books.written(unit, plan)

    what = "其他资金 › 2010350 事业运行 › 经营支出"
    assert books.changes(plan)[what] == "— → 10"
    assert '其他资金:\n  - 科目: "2010350"  # 事业运行\n    经营支出: 10' in text_of(
        unit, "expenditure.yaml"
    )


def test_less_than_the_funds_add_up_to_is_a_doubt_not_a_negative(tmp_path: Path) -> None:
    plan = books.imported(books.a_copy(tmp_path), books.changed(set_cells(3, C10=300, D10=300)))

    assert any("小于各资金之和" in doubt for doubt in plan.doubts)
    assert not any(what.startswith("其他资金") for what in books.changes(plan))


def test_rounding_of_two_funds_is_no_other_money(tmp_path: Path) -> None:
    """168.12 from one fund and 10.00 from another, each rounded from 元; together they print 178.13."""

    def second_fund(book: Book) -> None:
        page = books.sheet(book, 7)
        page.insert_rows(8, 3)
        for row, code, name in (
            (7, "合计", None),
            (8, "201", "一般公共服务支出"),
            (9, "20103", "政府办公厅（室）及相关机构事务"),
            (10, "2010399", "其他政府办公厅（室）及相关机构事务支出"),
        ):
            page[f"A{row}"], page[f"B{row}"] = code, name
            page[f"D{row}"] = page[f"E{row}"] = page[f"G{row}"] = 10
        for row in (7, 8, 9, 11):
            for column in "CE":
                books.sheet(book, 3)[f"{column}{row}"].value += 10.01

    plan = books.imported(books.a_copy(tmp_path), books.changed(second_fund))

    changes = books.changes(plan)
    assert (
        changes[
            "政府性基金预算财政拨款 › 2010399 其他政府办公厅（室）及相关机构事务支出 › 项目支出"
        ]
        == "— → 10"
    )
    assert changes["支出/2010399/项目支出"] == "— → 178.13"
    assert not any(what.startswith("其他资金") for what in changes)


def test_revenue_that_no_longer_follows_from_spending_is_typed_by_class(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)
    edit = both(
        set_cells(2, C10=319.78, F10=10, C7=551.04, F7=10), set_cells(1, C11=10, C33=551.04)
    )

    plan = books.imported(unit, books.changed(edit))
    books.written(unit, plan)

    assert (
        '分科目收入:\n  - 科目: "2010350"  # 事业运行\n    财政拨款收入: 309.78\n    事业收入: 10\n'
        in (text_of(unit, "revenue.yaml"))
    )


# ------------------------------------------------------------------ 批复数


def test_a_total_that_is_not_the_sum_of_its_parts_is_approved(tmp_path: Path) -> None:
    """30101 falls by 0.01 and 工资福利支出 with it: the parts add up to what they did."""
    edit = set_cells(6, C6=46.04, C5=339.03, C33=342.89)

    plan = books.imported(books.a_copy(tmp_path), books.changed(edit))

    assert books.changes(plan) == {
        "30101 基本工资": "46.05 → 46.04",
        "经济分类/301/决算数": "339.04 → 339.03",
    }
    assert plan.is_clean


def test_an_approved_total_that_became_the_sum_is_taken_out(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)
    edit = set_cells(6, F5=30.02, I33=30.02)

    plan = books.imported(unit, books.changed(edit))
    books.written(unit, plan)

    assert books.changes(plan)["经济分类/302/决算数"] in ("30.03 → 30.02", "30.02 → —")
    assert "经济分类/302" not in text_of(unit, "approved_totals.yaml")
    assert "经济分类/301/决算数: 339.04" in text_of(unit, "approved_totals.yaml")


def test_a_total_far_from_its_parts_is_written_and_told(tmp_path: Path) -> None:
    plan = books.imported(books.a_copy(tmp_path), books.changed(set_cells(6, F5=130.03)))

    assert books.changes(plan)["经济分类/302/决算数"] == "30.03 → 130.03"
    assert any("经济分类/302/决算数" in doubt and "尾差" in doubt for doubt in plan.doubts)


def test_the_same_figure_stated_twice_differently_is_told(tmp_path: Path) -> None:
    plan = books.imported(books.a_copy(tmp_path), books.changed(set_cells(4, C7=541.14)))

    (told, *_) = plan.contradictions
    assert "541.04" in told
    assert "541.14" in told
    assert "收入/一般公共预算财政拨款收入" in told


# ------------------------------------------------------------------ 元


def in_yuan(book: Book) -> None:
    for page in book.worksheets:
        books.each_amount(page, lambda amount: round(amount * 10000, 2))
        for cell in page[3]:
            if cell.value == "单位：万元":
                cell.value = "单位：元"


def test_a_workbook_in_yuan_makes_files_in_yuan_with_all_else_converted(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)

    def edit(book: Book) -> None:
        in_yuan(book)
        moved(10, 3097812.34)(book)

    books.written(unit, books.imported(unit, books.changed(edit)))

    text = text_of(unit, "expenditure.yaml")
    assert "\n金额单位: 元\n" in text
    assert "基本支出: 3097812.34" in text
    assert "年初预算数: 2935200\n" in text
    assert "金额单位" not in text_of(unit, "basic_expenditure.yaml").partition("\n\n")[2]


def test_the_same_amounts_in_yuan_change_nothing(tmp_path: Path) -> None:
    plan = books.imported(books.a_copy(tmp_path), books.changed(in_yuan))

    assert not plan.changes
    assert not plan.contradictions


def test_amounts_known_to_the_cent_agree_with_a_table_in_wan(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)
    file = unit / "2023" / "basic_expenditure.yaml"
    typed = file.read_text("utf-8").replace('"30101": 46.05 ', '"30101": 46.05')
    exact = "金额单位: 元\n" + _as_yuan(typed).replace("460500", "460512.34")
    file.write_text(exact, encoding="utf-8")

    plan = books.imported(unit, books.product())

    assert not [change for change in plan.changes if change.location.file.endswith(file.name)]


def _as_yuan(text: str) -> str:
    def yuan(line: str) -> str:
        key, colon, rest = line.partition(": ")
        amount, space, note = rest.partition(" ")
        if not key.strip().startswith('"'):
            return line
        return f"{key}{colon}{round(float(amount) * 10000)}{space}{note}"

    return "\n".join(map(yuan, text.splitlines())) + "\n"


# ------------------------------------------------------------------ not placed


def test_a_column_nobody_knows_is_listed_with_its_cells(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        page = books.sheet(book, 5)
        page["F4"], page["F5"], page["F10"] = "其中：", "其他用途", 3.3

    plan = books.imported(books.a_copy(tmp_path), books.changed(edit))

    (entry,) = plan.unplaced
    assert entry.where.endswith("› F10")
    assert "3.3" in entry.what
    assert "其他用途" in entry.why
    assert not plan.changes


def test_a_line_nobody_knows_is_listed(tmp_path: Path) -> None:
    edit = set_cells(1, A15="九、某种新收入", C15=7)

    plan = books.imported(books.a_copy(tmp_path), books.changed(edit))

    assert [str(entry) for entry in plan.unplaced] == [
        "公开01表 收入支出决算总表 › C15：7，不认识“九、某种新收入”这一行"
    ]


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    plan = books.imported(
        books.a_copy(tmp_path), books.changed(set_cells(5, E5="某栏", E8=None, E7=None))
    )

    assert any("缺少栏目：项目支出" in note for note in plan.notes)


# ------------------------------------------------------------------ sources


def test_every_imported_figure_knows_workbook_sheet_and_cell(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    books.shutil.copytree(books.CONTENT, whole / "content")
    unit = whole / "content"

    books.written(unit, books.imported(unit, books.changed(moved(10, 310.5)), "批复表.xlsx"))

    sources = load_unit(unit, 2023).content.report_year.sources
    assert sources is not None
    amount, place = sources.by_figure["一般公共预算/2010350/基本支出"]
    assert str(amount) == "310.5"
    assert place == "批复表.xlsx › 公开05表 一般公共预算财政拨款支出决算表 › D10"


def test_figures_of_an_earlier_workbook_keep_their_source(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)
    books.written(unit, books.imported(unit, books.changed(lambda book: None), "全部.xlsx"))

    def only_three_public(book: Book) -> None:
        for name in book.sheetnames[:8]:
            del book[name]

    plan = books.imported(unit, books.changed(only_three_public), "三公.xlsx")
    books.written(unit, plan)

    text = text_of(unit, "sources.yaml")
    first, second = text.split("  三公.xlsx:")
    assert "收入/总计" in first
    assert "三公/" not in first
    assert "三公/决算数/合计: {数: 2.87, 格: G8}" in second


# ------------------------------------------------------------------ refused


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("D10", "见附表", "见附表"),
        ("D10", -3, "负数"),
        ("D10", "1,3,4", "不是金额"),
        ("D10", True, "逻辑值"),
        ("D10", books.datetime(2023, 5, 1), "日期"),
        ("D10", "#REF!", "错误值"),
        ("D10", 1e15, "大得不合理"),
    ],
)
def test_a_cell_that_is_no_amount_is_named(
    cell: str, value: object, told: str, tmp_path: Path
) -> None:
    with pytest.raises(DisclosureError) as refused:
        books.imported(books.a_copy(tmp_path), books.changed(set_cells(5, **{cell: value})))

    (problem,) = refused.value.problems
    assert told in problem.message
    assert str(problem.location) == f"表.xlsx › 公开05表 一般公共预算财政拨款支出决算表 › {cell}"


def test_every_bad_cell_is_named_at_once(tmp_path: Path) -> None:
    edit = both(set_cells(5, D10="甲"), set_cells(6, C6="乙"), set_cells(9, E8="丙"))

    with pytest.raises(DisclosureError) as refused:
        books.imported(books.a_copy(tmp_path), books.changed(edit))

    assert len(refused.value.problems) == 3


def no_money_unit(book: Book) -> None:
    for page in book.worksheets:
        for cell in page[3]:
            if cell.value == "单位：万元":
                cell.value = None


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (no_money_unit, "没有写金额单位"),
        (set_cells(3, H3="单位：千元"), "金额单位是千元"),
        (set_cells(3, A3="部门：另一个单位"), "另一个单位"),
        (set_cells(3, D3="2019年度"), "2019年度"),
    ],
)
def test_unclear_money_unit_other_unit_and_other_year_are_refused(
    edit: books.Edit, told: str, tmp_path: Path
) -> None:
    with pytest.raises(DisclosureError, match=told):
        books.imported(books.a_copy(tmp_path), books.changed(edit), year=2023)


def test_another_units_workbook_is_taken_when_told_to(tmp_path: Path) -> None:
    data = books.changed(set_cells(3, A3="部门：另一个单位"))

    assert not books.imported(books.a_copy(tmp_path), data, anyway=True).changes


def test_two_sheets_of_one_table_are_not_guessed_between(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        copied = book.create_sheet("支出（改前）")
        for row in book.worksheets[2].iter_rows(values_only=True):
            copied.append(row)

    with pytest.raises(DisclosureError, match="公开03表"):
        books.imported(books.a_copy(tmp_path), books.changed(edit))


def test_a_workbook_without_public_tables_is_refused(tmp_path: Path) -> None:
    book = Book()
    book.worksheets[0]["A1"] = "通讯录"

    with pytest.raises(DisclosureError, match="没有认出"):
        books.imported(books.a_copy(tmp_path), books.saved(book))


def test_a_year_without_folder_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match=r"build.py new 2024"):
        books.imported(books.a_copy(tmp_path), books.product(), year=2024, anyway=True)


def test_a_balance_of_a_fund_that_differs_by_rounding_is_approved(tmp_path: Path) -> None:
    """15 + 120 − 128.4 is 6.6; the table, rounded from 元, prints 6.61."""

    def edit(book: Book) -> None:
        page = books.sheet(book, 8)
        for row in page.iter_rows(min_row=7, max_col=8):
            if row[7].value == 6.6:
                row[7].value = 6.61
        for number, cells in ((4, ("F19", "H19")), (1, ("F20",))):
            for cell in cells:
                books.sheet(book, number)[cell].value += 0.01

    unit = books.a_copy(tmp_path, MINI, MINI_YEAR)
    plan = books.imported(unit, books.changed(edit, books.mini_product()), packs=MINI_PACKS)

    assert books.changes(plan)["政府性基金/2120899/年末结转和结余"] == "— → 6.61"
    assert not plan.doubts


def test_a_comparison_year_gets_the_files_it_lacks(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    books.shutil.copytree(books.CONTENT, whole / "content")
    unit = whole / "content"

    plan = books.imported(unit, books.product(), year=2022, anyway=True)
    books.written(unit, plan)

    assert (unit / "2022" / "basic_expenditure.yaml").is_file()
    prior = load_unit(unit, 2023).content.prior_year
    assert prior is not None
    assert len(prior.expenditure.general_public_budget) == 6
