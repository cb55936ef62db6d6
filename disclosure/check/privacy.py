"""个人信息: numbers in a public text that may be a person's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from disclosure.check.prose import AROUND
from disclosure.check.rule import Remark, Said, rule, told
from disclosure.check.subject import Subject
from disclosure.model.place import Level

REVIEW = "公开前保密、隐私审查"
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK = "10X98765432"


def _private(subject: Subject, kind: str, is_one: Callable[[str], bool]) -> Iterator[Said]:
    found = [
        Remark(
            f"“{hit.left(AROUND)}”后面像是{kind}（{masked(digits)}）",
            hit.about,
            (masked(digits),),
            hit.source,
        )
        for hit, digits in subject.long_numbers
        if is_one(digits)
    ]
    yield from told(found, len(subject.prose))


def masked(digits: str) -> str:
    """The number as a message may show it: 420************215."""
    return digits[:3] + "*" * (len(digits) - 6) + digits[-3:]


def is_identity_number(digits: str) -> bool:
    """Whether 18 characters are a citizen's number: a real birthday and the right check digit."""
    if len(digits) != 18 or not digits[:17].isdigit():
        return False
    year, month, day = int(digits[6:10]), int(digits[10:12]), int(digits[12:14])
    if not 1900 <= year <= 2100:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    weighed = sum(int(d) * w for d, w in zip(digits[:17], ID_WEIGHTS, strict=True))
    return digits[17] == ID_CHECK[weighed % 11]


def is_mobile_number(digits: str) -> bool:
    """Whether 11 digits are a mobile phone's number."""
    return len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789"


def is_bank_card(digits: str) -> bool:
    """Whether 16 to 19 digits are a card's number: the Luhn sum is right."""
    if not 16 <= len(digits) <= 19 or not digits.isdigit() or is_identity_number(digits):
        return False
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


@rule(
    "G1",
    "公开文本里不应有身份证号码",
    compares=("印出的 18 位号码", "公民身份号码的校验码"),
    source=REVIEW,
    advice="删去个人信息",
)
def no_identity_numbers(subject: Subject) -> Iterator[Said]:
    yield from _private(subject, "身份证号码", is_identity_number)


@rule(
    "G2",
    "公开文本里不应有个人手机号码",
    compares=("印出的 11 位号码", "手机号码的号段"),
    source=REVIEW,
    advice="删去；对外公布的办公电话写座机",
    level=Level.HINT,
)
def no_mobile_numbers(subject: Subject) -> Iterator[Said]:
    yield from _private(subject, "手机号码", is_mobile_number)


@rule(
    "G3",
    "公开文本里不应有银行账号",
    compares=("印出的 16 至 19 位号码", "银行卡号的校验码"),
    source=REVIEW,
    advice="删去账号",
    level=Level.HINT,
)
def no_bank_cards(subject: Subject) -> Iterator[Said]:
    yield from _private(subject, "银行账号", is_bank_card)


PRIVACY = (no_identity_numbers, no_mobile_numbers, no_bank_cards)
