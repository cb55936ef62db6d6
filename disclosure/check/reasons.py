"""原因: is one given, is it confirmed, does it still explain what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.check.finding import plain, stated
from disclosure.check.prose import TAG, about
from disclosure.check.rule import Looked, Remark, Said, Unknown, rule
from disclosure.check.subject import Subject
from disclosure.derive.comparison import CHANGE
from disclosure.model.figure import Figure, rounded
from disclosure.model.place import Level, Location
from disclosure.schema.part import ReasonWords

SOURCE = "财预〔2016〕143号：说明增减变化的原因"
AFRESH = "重写原因，并改“说明方向”"


def place_of(given: ReasonWords | None) -> Location | None:
    return given.words[0].source if given and given.words else None


def bare(words: str) -> str:
    """A reason's own words, tags apart."""
    return TAG.sub("", words)


def words_of(given: ReasonWords) -> str:
    return "；".join(bare(snippet.words) for snippet in given.words)


# ------------------------------------------------------------------ is there one


@rule(
    "P5c.1",
    "与预算、与上年不同的应写明原因",
    compares=("有差异的数", "该处写的原因"),
    source=SOURCE,
    advice="逐处写明原因；决定不公开原因的写 不说明: “为什么”",
    level=Level.HINT,
)
def differences_have_a_reason(subject: Subject) -> Iterator[Said]:
    missing = [todo for todo in subject.todos if todo.what.startswith("原因")]
    for todo in missing:
        yield Remark(f"{todo.where}没有写原因", todo.where, (), todo.location, kin="没有写原因")
    given = sum(one.given is not None for one in subject.explained)
    if given:
        yield Looked(given)


@rule(
    "P5c.2",
    "原因应有人确认过：写明说明方向，不与上年一字不差",
    compares=("本年写的原因", "说明方向；上年同一处的原因"),
    source=SOURCE,
    advice="核对原因说的是不是今年的事，改好后写“说明方向”",
    level=Level.HINT,
)
def reasons_are_confirmed(subject: Subject) -> Iterator[Said]:
    last = _last_years_words(subject)
    for one in subject.explained:
        if one.given is None or not one.given.words or not one.direction:
            continue
        place = place_of(one.given)
        if one.given.direction is None:
            yield Remark(
                f"{one.path}的原因还没有确认（没有写“说明方向”）",
                one.path,
                (),
                place,
                kin="没有写说明方向",
            )
        elif last.get(one.path) == words_of(one.given) and bare(one.given.words[0].words):
            yield Remark(
                f"{one.path}的原因与上年一字不差", one.path, (), place, kin="与上年一字不差"
            )
        else:
            yield Looked(1)


def _last_years_words(subject: Subject) -> dict[str, str]:
    prior = subject.report.prior
    if prior is None:
        return {}
    found = {f"支出/{item.code}": item.reason for item in prior.expenditure.general_public_budget}
    if prior.reasons:
        for field, info in type(prior.reasons).model_fields.items():
            given = getattr(prior.reasons, field)
            if isinstance(given, ReasonWords):
                found[str(info.alias)] = given
    return {path: words_of(given) for path, given in found.items() if given and given.words}


# ------------------------------------------------------------------ does it still fit


@rule(
    "S2.1",
    "原因说明的方向应与数字的增减一致",
    compares=("原因的“说明方向”", "数字实际的增减"),
    source="文字与数字应一致",
    advice=AFRESH,
)
def reasons_match_direction(subject: Subject) -> Iterator[Said]:
    for one in subject.explained:
        if one.given is None or one.given.direction is None:
            continue
        if not one.direction:
            yield Unknown(f"{one.path}没有可比的数")
        elif one.direction == one.given.direction:
            yield Looked(1)
        else:
            yield Remark(
                f"{one.path}的原因是按“{one.given.direction}”写的，现在是“{one.direction}”，原因已经过时",
                one.path,
                (plain(one.now.value), plain(one.before.value)),
                place_of(one.given),
                found=stated(one.now),
                expected=stated(one.before),
            )


@rule(
    "S2.2",
    "确认原因时的差额应与现在的差额一样",
    compares=("原因的“说明差额”", "数字现在的差额"),
    source="文字与数字应一致",
    advice="核对原因是否还说得通；说得通的运行 build.py confirm --reasons，说不通的重写",
    level=Level.HINT,
)
def reasons_match_size(subject: Subject) -> Iterator[Said]:
    for one in subject.explained:
        if one.given is None or one.given.confirmed_gap is None or not one.is_known:
            continue
        confirmed = one.given.confirmed_gap.amount
        gap = abs(one.now.value - one.before.value)
        if rounded(gap, 2) == rounded(confirmed, 2):
            yield Looked(1)
        else:
            yield Remark(
                f"{one.path}的原因是差额 {plain(confirmed)} 时确认的，现在差额是 {plain(gap)}",
                one.path,
                (plain(confirmed), plain(gap)),
                one.given.confirmed_gap.source,
                found=stated(one.now),
                expected=stated(one.before),
            )


MORE = re.compile(r"高于|大于|多于|增加|增长|上升|提高|新增|追加|调增|上涨|扩大|增多")
LESS = re.compile(r"低于|小于|少于|减少|下降|降低|压减|压缩|节约|节省|缩减|调减|从严控制|减员")
OF_ANOTHER_YEAR = re.compile(r"上年|去年|上一年|以前年度|往年|(?:19|20)\d\d年")


@rule(
    "S2.3",
    "原因的措辞不应与增减方向相反",
    compares=("原因里的增减用词", "数字实际的增减"),
    source="文字与数字应一致",
    advice="改写原因；说的是上年情况的，写明“上年”",
    level=Level.HINT,
)
def reasons_speak_the_same_way(subject: Subject) -> Iterator[Said]:
    for one in subject.explained:
        direction = one.direction
        words = words_of(one.given) or one.given.not_given if one.given else None
        if not words or direction not in ("增加", "减少"):
            continue
        against, for_it = (LESS, MORE) if direction == "增加" else (MORE, LESS)
        clash = against.search(words)
        if clash and not for_it.search(words) and not OF_ANOTHER_YEAR.search(words):
            yield Remark(
                f"{one.path}是{direction}，原因却说“{clash.group()}”",
                one.path,
                (direction, clash.group()),
                place_of(one.given),
                found=stated(one.now),
                expected=stated(one.before),
            )
        else:
            yield Looked(1)


SAID_WAY = re.compile(r"(增加|增长|上升|减少|下降|降低)了?$")
UPWARD = ("增加", "增长", "上升")
LED_IN = 4  # characters before a figure in which its direction is said


@rule(
    "S2.6",
    "文字里写在增减额前面的方向应与它的正负一致",
    compares=("手写的增加、减少", "紧接着的标签所引用的增减额"),
    source="文字与数字应一致",
    advice="改方向，或换成该用的标签",
)
def ways_fit_the_figures_beside_them(subject: Subject) -> Iterator[Said]:
    for paragraph in subject.prose.paragraphs:
        text = paragraph.text
        led_in = {free.end: free for free in text.free}
        for mention in text.mentions:
            free, change = led_in.get(mention.start), mention.figure.amount
            if free is None or not change or not _is_change(mention.figure):
                continue
            said = SAID_WAY.search(text.plain[max(free.start, free.end - LED_IN) : free.end])
            if said is None:
                continue
            if (said[1] in UPWARD) == (change > 0):
                yield Looked(1)
                continue
            way = "增加" if change > 0 else "减少"
            words = text.plain[free.end - len(said.group()) : mention.end]
            yield Remark(
                f"写的是“{words}”，{mention.figure.name}却是{way}",
                about(free.source),
                (said[1], way),
                free.source,
                found=stated(mention.figure),
            )


def _is_change(figure: Figure) -> bool:
    return figure.name.endswith(CHANGE)


TWO_WAYS = re.compile(
    r"(增加|减少|增长|下降)，(?:较|比|同比)[^，。；：\n]{0,12}?(增加|减少|增长|下降)"
)


@rule(
    "S2.7",
    "“减少，较上年减少……”前后两个方向应一样",
    compares=("前半句的增加、减少", "后半句的增加、减少"),
    source="文字前后应一致",
    advice="改正其中一个；说的是两件事的，分成两句",
    level=Level.HINT,
)
def ways_of_one_sentence_agree(subject: Subject) -> Iterator[Said]:
    for hit in subject.prose.typed.hits(TWO_WAYS):
        first, second = hit.match.groups()
        if (first in UPWARD) == (second in UPWARD):
            yield Looked(1)
        else:
            message = f"“{hit.words}”先说{first}，后说{second}"
            yield Remark(message, hit.about, (first, second), hit.source)


STAFF_CHANGE = re.compile(r"\{\{\s*人员变动\s*\}\}")


@rule(
    "P15.2",
    "引用人员变动的原因应与人员的增减同向",
    compares=("staff.yaml 本年变动的增减", "用它作原因的数的增减"),
    source="文字与数字应一致",
    advice="核对 staff.yaml 的本年变动，或改写原因",
    level=Level.HINT,
)
def staff_changes_explain_the_direction(subject: Subject) -> Iterator[Said]:
    staff = subject.report.content.staff
    ways = {change.direction for change in staff.changes} if staff else set()
    if len(ways) != 1:
        return  # nobody came or went, or both: the words must say which of it is meant
    (way,) = ways
    for one in subject.explained:
        if one.given is None or not any(STAFF_CHANGE.search(s.words) for s in one.given.words):
            continue
        direction = one.direction
        if direction in ("增加", "减少") and direction != way:
            yield Remark(
                f"{one.path}是{direction}，原因却是人员{way}",
                one.path,
                (direction, way),
                place_of(one.given),
                found=stated(one.now),
                expected=stated(one.before),
            )
        else:
            yield Looked(1)


# ------------------------------------------------------------------ does it say something

EMPTY_WORDS = re.compile(
    r"增加|减少|增长|下降|上升|降低|提高|增多|大于|小于|高于|低于|超过|多于|少于|不同|变化|变动|差异|"
    r"本年度?|上年度?|当年|今年|年初|全年|年度|年中|"
    r"财政拨款|一般公共预算|“?三公”?|支出|收入|决算|预算|经费|资金|金额|总额|费用|数额?|"
    r"主要|原因|因为|因此|因|由于|所以|导致|所致|造成|引起|相应|有所|较|比|与|为|是|的|了|等|故|使|实际|安排|执行|完成|情况|"
    r"[\d.%，。；：、（）\s]"
)
SAYS_SOMETHING = 2  # characters left over when empty words are taken away


@rule(
    "P5c.3",
    "原因应说出事由，不能只说“因支出增加”",
    compares=("原因的文字", "去掉增减、预决算等用词后余下的文字"),
    source=SOURCE,
    advice="写明是什么事使它增加或减少",
    level=Level.HINT,
)
def reasons_say_something(subject: Subject) -> Iterator[Said]:
    for one in subject.explained:
        if one.given is None or not one.given.words:
            continue
        empty = [s for s in one.given.words if not TAG.search(s.words) and _is_empty(s.words)]
        for snippet in empty:
            message = f"{one.path}的原因“{snippet.words}”等于没有说"
            yield Remark(message, one.path, (snippet.words,), snippet.source)
        if not empty:
            yield Looked(1)


def _is_empty(words: str) -> bool:
    return len(EMPTY_WORDS.sub("", words)) < SAYS_SOMETHING


@rule(
    "P5c.4",
    "不同的事不应抄同一句原因",
    compares=("一处手写的原因", "另一处手写的原因"),
    source=SOURCE,
    advice='各写各的事由；确是同一原因的只写一遍，别处写 {{ 原因("…") }}',
    level=Level.HINT,
)
def reasons_are_not_copied(subject: Subject) -> Iterator[Said]:
    first: dict[str, str] = {}
    seen = 0
    for one in subject.explained:
        if one.given is None:
            continue
        for snippet in one.given.words:
            own = bare(snippet.words).strip("，。；")
            if len(own) < SAYS_SOMETHING:
                continue
            seen += 1
            other = first.setdefault(snippet.words, one.path)
            if other != one.path:
                message = f"{one.path}与{other}抄了同一句原因“{snippet.words[:QUOTED]}”"
                yield Remark(message, one.path, (other,), snippet.source, kin=snippet.words)
    if seen:
        yield Looked(seen)


QUOTED = 20  # characters of a reason that a message quotes

REASONS = (
    differences_have_a_reason,
    reasons_are_confirmed,
    reasons_match_direction,
    reasons_match_size,
    reasons_speak_the_same_way,
    ways_fit_the_figures_beside_them,
    ways_of_one_sentence_agree,
    staff_changes_explain_the_direction,
    reasons_say_something,
    reasons_are_not_copied,
)
