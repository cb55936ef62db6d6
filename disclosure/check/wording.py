"""用字和标点: residues of templates, punctuation, widths, characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from disclosure.check.privacy import PRIVACY
from disclosure.check.prose import BLANKS, CHOICE, FULL_WIDTH, HALF_WIDTH, Hit, about
from disclosure.check.rule import Remark, Said, rule, told
from disclosure.check.subject import Subject
from disclosure.check.traditional import SIMPLIFIED
from disclosure.model.place import Level, Location
from disclosure.model.text import Paragraph

CLEAN_TEXT = "公开文本的文字规范"


def _found(subject: Subject, pattern: re.Pattern[str], word: str) -> Iterator[Hit]:
    """Hits of a pattern, searched for only where a word of it occurs at all."""
    return subject.prose.hits(pattern) if word in subject.prose else iter(())


def _remark(hit: Hit, message: str, kin: str, advice: str = "") -> Remark:
    return Remark(message, hit.about, (hit.words,), hit.source, advice, kin)


MOVES = ("增加", "增长", "上升", "提高", "大于", "高于", "减少", "下降", "降低", "小于", "低于")
TWO_WAY = re.compile(rf"[{CHOICE}]或?(?:{'|'.join(MOVES)}|等于|持平)[)）]?")
BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|｛｛|｝｝")


@rule(
    "U7.1",
    "不应留着二选一的措辞和没有填的标签",
    compares=("印出的文字", "模板里供选择的写法"),
    source=CLEAN_TEXT,
    advice="按实际情况只留一种说法；标签写成 {{ 名称 }}",
)
def no_choice_is_left_open(subject: Subject) -> Iterator[Said]:
    found = [
        _remark(hit, f"“{hit.around}”里二选一的“{hit.words}”没有选定", "二选一")
        for hit in subject.prose.hits_at(TWO_WAY, CHOICE)
        if hit.left(2) in MOVES
    ]
    for hit in subject.prose.hits_at(BRACES, "{}%｛｝"):
        found.append(_remark(hit, f"“{hit.around}”里还有标签的花括号“{hit.words}”", "花括号"))
    yield from told(found, len(subject.prose))


PLACEHOLDER = re.compile(rf"([{re.escape(BLANKS)}])\1+(?![\dA-Za-z])")
IF_EQUAL = re.compile(r"[（(]如持平[^）)]*[）)]?")


@rule(
    "U7.2",
    "不应留着 XX、×× 一类的占位符",
    compares=("印出的文字", "模板里的占位符"),
    source=CLEAN_TEXT,
    advice="换成实际的内容，或删去",
    level=Level.HINT,
)
def no_placeholder_is_left(subject: Subject) -> Iterator[Said]:
    found = [
        _remark(hit, f"“{hit.around}”里还有占位符“{hit.words}”", f"占位符{hit.words}")
        for hit in (
            *subject.prose.hits_at(PLACEHOLDER, BLANKS),
            *_found(subject, IF_EQUAL, "如持平"),
        )
    ]
    yield from told(found, len(subject.prose))


# A class first, then the rest: so the search jumps from sign to sign.
DOUBLED = re.compile(r"[，。；：、！？,;:.（]([，。；：、！？,;:.）]+)")
PAIRS = ("（）", "“”", "《》", "〔〕", "【】", "‘’")
NUMBERED = re.compile(r"(?:^|(?<=[\n。；，：]))\s*[\d一二三四五六七八九十a-zA-Z]{1,3}[）)]")
ENDS_OPEN = ("，", "、", "；")


@rule(
    "U7.3",
    "标点不应重复、缺少，括号和引号应成对",
    compares=("印出的标点", "成对的括号、引号；句末标点"),
    source=CLEAN_TEXT,
    advice="改正标点",
    level=Level.HINT,
)
def punctuation_is_right(subject: Subject) -> Iterator[Said]:
    found = [
        _remark(hit, f"“{hit.around}”里的标点“{hit.words}”重复或多余", "标点重复")
        for hit in subject.prose.hits(DOUBLED)
        if set(hit.words) != {"."} or len(hit.words) == len("..")
    ]
    pairs = [pair for pair in PAIRS if pair[0] in subject.prose or pair[1] in subject.prose]
    for paragraph in subject.prose.paragraphs:
        plain = paragraph.text.plain
        if not paragraph.text.free:
            continue  # the pack's own words, which its tests read
        for pair in pairs:
            if plain.count(pair[0]) != plain.count(pair[1]) and _unpaired(plain, pair):
                place = _place(paragraph, pair)
                name = about(place) if place else paragraph.key
                message = f"“{plain[:QUOTED]}…”里的{pair}不成对"
                found.append(Remark(message, name, (pair,), place, kin=f"不成对{pair}"))
        if plain.endswith(ENDS_OPEN):
            place = paragraph.text.free[-1].source
            message = f"“…{plain[-QUOTED:]}”句末是“{plain[-1]}”，话没有说完"
            found.append(Remark(message, about(place), (plain[-1],), place, kin="句末"))
    yield from told(found, len(subject.prose))


QUOTED = 16  # characters of a text that a message quotes


def _unpaired(plain: str, pair: str) -> bool:
    """Whether brackets are unpaired apart from those of list numbers: 1）, a)."""
    left, right = plain.count(pair[0]), plain.count(pair[1])
    if pair == "（）":
        right -= sum(match.group()[-1] == "）" for match in NUMBERED.finditer(plain))
    return left != right


def _place(paragraph: Paragraph, pair: str) -> Location | None:
    """Where the words with the unpaired bracket were typed."""
    plain = paragraph.text.plain
    for free in paragraph.text.free:
        words = plain[free.start : free.end]
        if words.count(pair[0]) != words.count(pair[1]):
            return free.source
    return paragraph.text.free[0].source if paragraph.text.free else None


@rule(
    "U7.4",
    "不应有繁体字",
    compares=("印出的文字", "通用规范汉字"),
    source="国家通用语言文字法",
    advice="改成规范汉字；确是人名、地名用字的，确认一次即可",
    level=Level.HINT,
)
def characters_are_simplified(subject: Subject) -> Iterator[Said]:
    found = []
    for hit in _traditional(subject):
        right = "".join(SIMPLIFIED[char] for char in hit.words)
        message = f"“{hit.around}”里的“{hit.words}”是繁体字，应为“{right}”"
        found.append(_remark(hit, message, f"繁体{hit.words}"))
    yield from told(found, len(subject.prose))


def _traditional(subject: Subject) -> Iterator[Hit]:
    """Runs of them. One character is quicker to search, and so many are slow to compile."""
    one = _one_of("".join(SIMPLIFIED))
    some = next(subject.prose.hits(one), None)
    return iter(()) if some is None else subject.prose.hits(re.compile(f"{one.pattern}+"))


@cache
def _one_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]")


UNTIL = re.compile(r"截止(?:到|至)?(?:目前|(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末)|\d{4}年)")


@rule(
    "U7.5",
    "时点前应写“截至”，不写“截止”",
    compares=("印出的“截止某日”", "“截至”（到某时为止）"),
    source=CLEAN_TEXT,
    advice="把“截止”改成“截至”",
    level=Level.HINT,
)
def until_is_written_right(subject: Subject) -> Iterator[Said]:
    found = [
        _remark(hit, f"“{hit.around}”里的“截止”应为“截至”", "截止")
        for hit in _found(subject, UNTIL, "截止")
    ]
    yield from told(found, len(subject.prose))


HALF_WIDTH_SIGN = re.compile(r"[,;:?!()]")
FULL_WIDTH_RUN = re.compile(f"[{FULL_WIDTH}]+")


@rule(
    "U8.1",
    "标点用全角，数字、字母、百分号用半角",
    compares=("印出的标点和数字的宽度", "中文标点全角、数字半角"),
    source="GB/T 15834、GB/T 15835",
    advice="改成一致的写法",
    level=Level.HINT,
)
def widths_are_uniform(subject: Subject) -> Iterator[Said]:
    found = [
        _remark(hit, f"“{hit.around}”里的“{hit.words}”是半角标点", "半角标点")
        for hit in subject.prose.hits_at(HALF_WIDTH_SIGN, HALF_WIDTH)
        if _is_chinese(hit.left(1)) or _is_chinese(hit.right(1))
    ]
    for hit in subject.prose.hits_at(FULL_WIDTH_RUN, FULL_WIDTH):
        found.append(_remark(hit, f"“{hit.around}”里的“{hit.words}”是全角", "全角数字"))
    yield from told(found, len(subject.prose))


def _is_chinese(char: str) -> bool:
    return "一" <= char <= "鿿" if char else False


GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])")
MINUS = "-－−"
NEGATIVE = re.compile(rf"(?:增加|减少|增长|下降|增幅|降幅)[为达了]*[{MINUS}]\d[\d.]*")


@rule(
    "U8.2",
    "数字不写千分位；增减由文字说，数字不带负号",
    compares=("手写的数", "全文数字的写法"),
    source="单位包的数字格式",
    advice="去掉千分位逗号；“增加-3”改成“减少3”",
    level=Level.HINT,
)
def numbers_are_written_alike(subject: Subject) -> Iterator[Said]:
    found = [
        _remark(hit, f"“{hit.around}”里的“{hit.words}”写了千分位", "千分位")
        for match in subject.prose.typed_numbers(GROUPED, len("1,000"))
        if subject.is_typed(hit := subject.prose.typed.hit(match))
    ]
    negative = any(sign in subject.prose for sign in MINUS)
    for hit in subject.prose.hits(NEGATIVE) if negative else ():
        found.append(_remark(hit, f"“{hit.around}”里的“{hit.words}”带了负号", "负号"))
    yield from told(found, len(subject.prose))


BARE_RATE = re.compile(
    r"(?:增长|下降|增幅|降幅|占比|完成率|执行率|满意率)[为达约了至]?\d+(?:\.\d+)?"
    r"(?![\d.%％个倍万亿元人次辆件场项成分以~—至到/-])"
)


@rule(
    "U5",
    "增长、下降、占比后面的数应有百分号或单位",
    compares=("手写的比率", "百分号"),
    source=CLEAN_TEXT,
    advice="补上“%”",
    level=Level.HINT,
)
def rates_have_a_sign(subject: Subject) -> Iterator[Said]:
    found = [
        _remark(hit, f"“{hit.around}”里的“{hit.words}”没有百分号", "百分号")
        for hit in subject.prose.typed.hits(BARE_RATE)
    ]
    yield from told(found, len(subject.prose))


WORDING = (
    rates_have_a_sign,
    no_choice_is_left_open,
    no_placeholder_is_left,
    punctuation_is_right,
    characters_are_simplified,
    until_is_written_right,
    widths_are_uniform,
    numbers_are_written_alike,
    *PRIVACY,
)
