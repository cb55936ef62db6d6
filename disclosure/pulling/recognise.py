"""Which of our files an edited one is: its year, its product, and the build it was made from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from disclosure.load.unit import report_years
from disclosure.model.finished import Finished
from disclosure.pipeline import newest_year
from disclosure.products import Product
from disclosure.pulling.emitted import kept_documents
from disclosure.pulling.opening import Opened, build_of, refused
from disclosure.pulling.pairing import Block, blocks_of, distance
from disclosure.pulling.standing import Standing
from disclosure.readback.reader import read_docx
from disclosure.render.printing import bookmark_name

YEAR = re.compile(r"(?<!\d)(\d{4})\s*年")
LEAST_ALIKE = 0.2  # of our paragraphs a file of ours still has, whatever was done to it
COVER = 6  # paragraphs that may name unit and year


def year_of(opened: Opened, unit_dir: Path, asked: int | None) -> int:
    """The year the file says it is of; it must be the one asked for, and one of the unit's."""
    name = opened.finished.file
    first = [one.words for one in opened.finished.paragraphs[:COVER]]
    said = next(filter(None, map(YEAR.search, [opened.title, *first])), None)
    known = report_years(unit_dir)
    if said is None:
        return asked or newest_year(unit_dir)
    found = int(said[1])
    if asked is not None and found != asked:
        advice = f"要并入{found}年度的，运行 build.py pull 文件 {found}"
        raise refused(name, f"这份文件是{found}年度的，不是{asked}年度的", advice)
    if found not in known:
        have = "、".join(map(str, known)) or "（无）"
        advice = f"内容文件夹里可以并入的年度：{have}；核对是不是拿错了文件"
        raise refused(name, f"这份文件是{found}年度的，内容文件夹里没有这个年度的报告", advice)
    return found


def product_of(
    standing: Standing, opened: Opened, theirs: Sequence[Block]
) -> tuple[Product, list[str]]:
    """Which of our products the file is, with notes. Refused when it is none of them."""
    documents = [p for p in standing.now.products if p.kind in ("report", "attachment")]
    name = opened.finished.file
    marks = {mark for one in opened.finished.paragraphs for mark in one.marks}
    words = {one.words for one in theirs}
    best, alike = documents[0], 0.0
    for product in documents:
        ours = blocks_of(read_docx(product.data), standing.keys)
        own = {bookmark_name(one.key) for one in ours if one.key} | {o.words for o in ours}
        there = marks | words
        likeness = len(own & there) / max(len(own), len(there), 1)
        if likeness > alike:
            best, alike = product, likeness
    unit = standing.unit
    if alike < LEAST_ALIKE / 2:
        advice = "要并入的是 build.py 生成、在 Word 里改过的报告或附件"
        raise refused(name, "这份文件不是由本程序生成的（没有我们的书签，文字也对不上）", advice)
    said = opened.title + opened.creator
    first = "".join(one.words for one in opened.finished.paragraphs[:COVER])
    if opened.creator and opened.creator != unit and unit not in said + first:
        who = opened.creator
        advice = f"这里是{unit}的内容；用 --unit 指明那个单位的文件夹"
        raise refused(name, f"这份文件是“{who}”的，不是这个单位的", advice)
    if not opened.creator and best.kind == "report" and unit not in said + first:
        advice = f"这里是{unit}的内容；核对是不是拿错了文件"
        raise refused(name, "这份文件的封面上不是这个单位的名称", advice)
    notes = []
    if not marks:
        notes.append("文件里没有书签（别的程序保存时丢掉了），各段按文字的先后和相似来认，请细看。")
    return best, notes


def base_of(
    standing: Standing, opened: Opened, theirs: Sequence[Block], product: Product
) -> tuple[Finished, list[str]]:
    """The text the file was made from: the build it has least differences with; and notes."""
    now = read_docx(product.data)
    mark = opened.build
    if mark and mark == build_of(product.data):
        return now, []
    best, least = now, distance(blocks_of(now, standing.keys), theirs)
    kept = (
        kept_documents(standing.cache, standing.unit, standing.year, product)
        if standing.cache
        else iter(())
    )
    for data in kept:
        then = read_docx(data)
        if mark and build_of(data) == mark:
            best, mark = then, ""
            break
        far = distance(blocks_of(then, standing.keys), theirs)
        if far < least:
            best, least = then, far
    notes = []
    if mark and least:
        notes.append(
            "这份文件出自更早的一次生成，那一次的文字没有留存；按最相近的一次找改动，请细看。"
        )
    elif best is not now:
        notes.append("这份文件是更早一次生成的；以那一次的文字为准找出改动，再并到现在的内容里。")
    return best, notes
