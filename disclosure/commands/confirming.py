"""A person's word on what the checks show: confirm."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from disclosure.commands.setting import (
    CLEAN,
    FOUND,
    AsJson,
    AtYear,
    PackName,
    Place,
    UnitDir,
    Yes,
    agreed,
    app,
    asked,
)
from disclosure.model.place import DisclosureError, Gathered, Problem
from disclosure.usage import ChineseCommand
from disclosure.written import Written


@app.command(
    cls=ChineseCommand,
    help="确认看过、决定照旧的提示：build.py confirm 列出清单，"
    'build.py confirm 1 3 E2 --reason "为什么照旧" --by 财务科 写入；'
    "build.py confirm --reasons 给说得通的原因记下现在的方向和差额。",
)
def confirm(
    which: Annotated[
        list[str] | None,
        typer.Argument(
            help="清单上的号码，或规则编号（那条规则的提示都确认）；不写时只列清单。"
            "与 --reasons 一起写的是原因的名称，如 支出/2010350",
            metavar="号码",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="理由：为什么照旧", show_default=False)
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="确认人，写岗位，如 财务科", show_default=False)
    ] = None,
    reasons: Annotated[
        bool,
        typer.Option("--reasons", help="确认原因：补写说明方向、说明差额；先列出，回答 y 才写入"),
    ] = False,
    year: AtYear = None,
    unit: UnitDir = None,
    pack: PackName = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    from disclosure.pipeline import newest_year, write_words

    words = which or []
    _refuse_contradiction(words, reason, by, reasons=reasons)
    place = Place.of(unit, pack, None)
    options = f" --year {year}" if year else ""
    options += f' --unit "{unit}"' if unit else ""
    written = write_words(
        place.unit,
        year or newest_year(place.unit),
        place.packs,
        place.pack,
        place.cache,
        with_templates=False,
    )
    if reasons:
        _confirm_reasons(place, written, words, yes=yes, as_json=as_json)
    elif words:
        _confirm_hints(place, written, words, reason, by, as_json=as_json)
    else:
        _list(place, written, options, as_json=as_json)


def _refuse_contradiction(
    words: list[str], reason: str | None, by: str | None, *, reasons: bool
) -> None:
    said = reason is not None or by is not None
    if reasons and said:
        advice = "确认原因只写 --reasons；确认提示写号码、--reason 和 --by"
        message = "--reasons 不能和 --reason、--by 一起用。"
        raise DisclosureError(Problem(message, None, advice, stops=True))
    if said and not words and not reasons:
        advice = "写清单上的号码或规则编号；清单：build.py confirm"
        raise DisclosureError(Problem("没有说确认哪一处。", None, advice, stops=True))


def _list(place: Place, written: Written, options: str, *, as_json: bool) -> None:
    from disclosure.confirming.plan import OpenHints
    from disclosure.confirming.reasons import plan_reasons
    from disclosure.confirming.told import list_object, list_text

    hints = OpenHints(written.checked.findings, written.checked.acknowledged)
    plan = plan_reasons(place.unit, written.report, written.pack.layout)
    if as_json:
        print(list_object(written.report.year, hints, plan))
    else:
        print(list_text(hints, plan, options))


def _confirm_hints(
    place: Place,
    written: Written,
    words: list[str],
    reason: str | None,
    by: str | None,
    *,
    as_json: bool,
) -> None:
    from disclosure.confirming.acknowledged_file import Word
    from disclosure.confirming.plan import OpenHints, given_word, plan_hints
    from disclosure.confirming.told import confirmed_object, confirmed_text
    from disclosure.edit.history import write_content

    year, now = written.report.year, datetime.now()
    hints = OpenHints(written.checked.findings, written.checked.acknowledged).chosen(words)

    def answer(given: str | None, question: str) -> str:
        return given if given is not None else "" if as_json else asked(question)

    gathered, why, who = Gathered(), "", ""
    with gathered:
        why = given_word(answer(reason, "理由（为什么照旧）："), "理由", "--reason")
    with gathered:
        who = given_word(answer(by, "确认人（写岗位）："), "确认人", "--by")
    gathered.stop_if_any()
    files = plan_hints(place.unit, year, hints, Word(why, who, now.date()))
    rules = "、".join(dict.fromkeys(hint.rule for hint in hints))
    write_content(
        place.unit, files, "confirm", f"{year} 年度，确认 {len(hints)} 处提示：{rules}", now
    )
    print(confirmed_object(year, hints, files) if as_json else confirmed_text(hints, files))


def _confirm_reasons(
    place: Place, written: Written, names: list[str], *, yes: bool, as_json: bool
) -> None:
    from disclosure.confirming.reasons import plan_reasons
    from disclosure.confirming.told import reasons_object, reasons_text
    from disclosure.edit.history import write_content

    year = written.report.year
    plan = plan_reasons(place.unit, written.report, written.pack.layout, names)
    code = CLEAN if plan.is_clean else FOUND
    if not as_json:
        print(reasons_text(plan))
    wanted = bool(plan.files) and (yes or (not as_json and agreed("写入吗？")))
    if wanted:
        told = f"{year} 年度，确认 {len(plan.settling)} 处原因"
        write_content(place.unit, plan.files, "confirm", told, datetime.now())
    if as_json:
        print(reasons_object(year, plan, code, written=wanted))
    elif wanted:
        print(f"已写入 {'、'.join(sorted(plan.files))}；要退回，运行 build.py undo。")
    elif plan.files:
        print("没有写入。要写入，加 --yes，或在提问时回答 y。")
    raise typer.Exit(code)
