"""Figures beside 收入 and 支出: 经济分类, “三公”经费, 政府采购, 国有资产, 人员."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from disclosure.derive.ledger import Ledger
from disclosure.model.figure import Figure
from disclosure.schema.money import (
    BasicExpenditureFile,
    ProcurementFile,
    StateAssetsFile,
    ThreePublicFile,
)
from disclosure.schema.pack import TableLayout
from disclosure.schema.part import Part
from disclosure.schema.staff import StaffFile
from disclosure.schema.typed import TypedAmount
from disclosure.schema.words import OtherNotesFile

COUNT_STYLE = "数量"
PERSONNEL, OPERATING = "经济分类/人员经费合计", "经济分类/公用经费合计"
AGENCY_OPERATING = "机关运行经费/支出"
PURCHASE_KINDS = {"货物": "goods", "工程": "works", "服务": "services"}
VEHICLE_USES = (
    "副省级及以上领导干部用车",
    "主要负责人用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部服务用车",
    "其他用车",
)
TEMPORARY = "人员/临时聘用"


def enter_economic(
    ledger: Ledger,
    content: BasicExpenditureFile | None,
    table: TableLayout | None,
    known_codes: Sequence[str],
    place: str,
) -> tuple[str, ...]:
    """经济分类 款 as typed, 类 and 人员/公用经费合计 rolled up (公开06表); gives the 款 in order."""
    typed = content.by_class if content else {}
    classes = [code for code in known_codes if len(code) == 3]
    for code in known_codes:
        if len(code) == 5:
            waiting = code in typed and typed[code] is None
            ledger.typed(f"经济分类/{code}/决算数", typed.get(code), place, waiting=waiting)
    for top in classes:
        parts = [
            ledger[f"经济分类/{code}/决算数"]
            for code in known_codes
            if len(code) == 5 and code.startswith(top)
        ]
        ledger.total(f"经济分类/{top}/决算数", parts)
    for name, tops in (
        (PERSONNEL, table.personnel if table else ()),
        (OPERATING, table.operating if table else ()),
    ):
        ledger.total(name, [ledger[f"经济分类/{top}/决算数"] for top in tops])
    both = [ledger[PERSONNEL], ledger[OPERATING]]
    ledger.total("经济分类/合计", both)
    return tuple(code for code in known_codes if code in typed)


def enter_agency_operating(
    ledger: Ledger, content: OtherNotesFile | None, single: bool, place: str
) -> None:
    """机关运行经费: what is typed, else 公用经费 where the report is of a `single` unit.

    Over several units it is that of the 行政 and 参公 ones alone, which only the unit can tell.
    """
    field = "agency_operating_amount"
    notes = content or OtherNotesFile()
    if notes.agency_operating_amount or notes.is_open(field) or not single:
        ledger.field(AGENCY_OPERATING, notes, field, place)
    else:
        ledger.enter(ledger[OPERATING], AGENCY_OPERATING)


def enter_three_public(ledger: Ledger, content: ThreePublicFile | None, place: str) -> None:
    """“三公”经费: 全年预算数 and 决算数 of each kind, totals, and the counts (公开09表)."""
    three = content or ThreePublicFile()
    reception = three.reception
    kinds: dict[str, Part] = {
        "因公出国（境）费": three.overseas,
        "公务用车购置费": three.purchase,
        "公务用车运行维护费": three.running,
    }
    for name, part in (kinds | {"公务接待费": reception}).items():
        ledger.field(f"三公/预算数/{name}", part, "adjusted_budget", place)
    for name, part in kinds.items():
        ledger.field(f"三公/决算数/{name}", part, "final_account", place)
    guests = [
        ledger.field(f"三公/决算数/{name}", part, "final_account", place)
        for name, part in (("外宾接待", reception.foreign), ("国内公务接待", reception.domestic))
    ]
    if reception.final_account or reception.is_open("final_account"):
        ledger.field("三公/决算数/公务接待费", reception, "final_account", place)
    else:
        ledger.total("三公/决算数/公务接待费", guests, needs=ledger.if_compared(guests))
    for side in ("预算数", "决算数"):
        for whole, members in (
            ("公务用车购置及运行维护费", ("公务用车购置费", "公务用车运行维护费")),
            ("合计", ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")),
        ):
            parts = [ledger[f"三公/{side}/{kind}"] for kind in members]
            ledger.total(f"三公/{side}/{whole}", parts, needs=ledger.if_compared(parts))
    counts: dict[str, tuple[Part, str, str]] = {
        "出国团组数": (three.overseas, "groups", "个"),
        "出国人次数": (three.overseas, "persons", "人次"),
        "购置辆数": (three.purchase, "bought", "辆"),
        "保有量": (three.running, "kept", "辆"),
        "外宾批次数": (reception.foreign, "groups", "个"),
        "外宾人次数": (reception.foreign, "persons", "人次"),
        "国内批次数": (reception.domestic, "groups", "个"),
        "国内人次数": (reception.domestic, "persons", "人次"),
    }
    for name, (part, field, unit) in counts.items():
        ledger.field(f"三公/{name}", part, field, place, unit, COUNT_STYLE)


def enter_procurement(ledger: Ledger, content: ProcurementFile | None, place: str) -> None:
    """政府采购支出 by kind, and contracts granted to 中小企业 and 小微企业."""
    bought = content or ProcurementFile()
    columns = {
        "支出": "amount",
        "授予中小企业": "to_small_and_medium",
        "其中小微企业": "to_small_and_micro",
    }
    for column, field in columns.items():
        parts = {
            kind: ledger.field(f"采购/{kind}/{column}", getattr(bought, name), field, place)
            for kind, name in PURCHASE_KINDS.items()
        }
        needs = [part for kind, part in parts.items() if ledger[f"采购/{kind}/支出"]]
        ledger.total(f"采购/合计/{column}", [*parts.values()], needs=needs)


def enter_assets(ledger: Ledger, content: StateAssetsFile | None, place: str) -> None:
    """车辆 by use and 大型设备 at year end."""
    vehicles: Mapping[str, TypedAmount | None] = content.vehicles if content else {}
    parts = [
        ledger.typed(
            f"资产/车辆/{use}",
            vehicles.get(use),
            place,
            "辆",
            COUNT_STYLE,
            waiting=use in vehicles and vehicles[use] is None,
        )
        for use in VEHICLE_USES
    ]
    ledger.total("资产/车辆/合计", parts, unit="辆", style=COUNT_STYLE)
    name, unit = "资产/单位价值100万元以上专用设备", "台（套）"
    if content:
        ledger.field(name, content, "large_equipment", place, unit, COUNT_STYLE)
    else:
        ledger.typed(name, None, place, unit, COUNT_STYLE)


def enter_staff(ledger: Ledger, content: StaffFile | None, place: str) -> None:
    """编制, 在编在岗, 临时聘用 by kind, 现有 (在编在岗 + 临时聘用) and 退休."""
    if content is None:
        return

    def count(name: str, typed: TypedAmount | None, *, needed: bool = True) -> Figure:
        waiting = needed and typed is None
        return ledger.typed(f"人员/{name}", typed, place, "人", COUNT_STYLE, waiting=waiting)

    for kind, number in content.authorised.items():
        count(f"编制/{kind}", number)
    for post in (*content.leaders, *content.middle_posts):
        count(f"职数/{post.title}", post.number)
    on_duty = count("在编在岗", content.on_duty)
    hired = [count(f"临时聘用/{kind}", number) for kind, number in content.hired.items()]
    whole = ledger.total(TEMPORARY, hired, unit="人", style=COUNT_STYLE)
    ledger.total("人员/现有", [on_duty, whole], unit="人", style=COUNT_STYLE)
    count("退休", content.retired, needed=content.is_open("retired"))
    for at, change in enumerate(content.changes, 1):
        count(f"变动/{at}/月份", change.month)
        count(f"变动/{at}/人数", change.number)
