"""The contents page as delivered: true page numbers, or none at all."""

from __future__ import annotations

from collections import Counter

from layout_reading import (
    Entry,
    W,
    close,
    codes,
    entries,
    outlined,
    page_texts,
    part,
    printed_number,
    product,
)

from disclosure.pipeline import Build
from disclosure.render.contents import LEVELS


def heading_of(entry: Entry, build: Build) -> str:
    """The words of the heading: 附件1 and the title are one entry, and two paragraphs."""
    for attachment in build.document.attachments:
        label, title = attachment.titles["附件标签"], attachment.titles["附件标题"]
        if entry.words == f"{label}　{title}":
            return str(title)
    return entry.words


def test_each_heading_stands_on_the_page_that_the_contents_page_names(laid_out: Build) -> None:
    pages = page_texts(product(laid_out, "pdf"))
    by_number = {printed_number(page): close(page) for page in pages}

    listed = entries(product(laid_out, "report"))

    assert listed
    for entry in listed:
        assert close(heading_of(entry, laid_out)) in by_number[entry.number], entry


def test_the_laid_out_contents_page_shows_its_numbers(laid_out: Build) -> None:
    pages = [close(page).replace(".", "") for page in page_texts(product(laid_out, "pdf"))]
    front = "".join(pages[: next(n for n, page in enumerate(pages) if page.endswith("—1—"))])

    for entry in entries(product(laid_out, "report")):
        assert close(entry.words) + entry.number in front


def test_cover_and_contents_do_not_count(laid_out: Build) -> None:
    cover, *others = [printed_number(page) for page in page_texts(product(laid_out, "pdf"))]
    body = others.index("1")

    assert cover == ""
    assert others[:body] == ["i", "ii", "iii", "iv", "v"][:body]
    assert others[body:] == [str(number) for number in range(1, len(others) - body + 1)]


def test_whoever_updates_the_contents_page_in_word_gets_the_same_entries(laid_out: Build) -> None:
    report = product(laid_out, "report")

    shown = [heading_of(entry, laid_out) for entry in entries(report)]

    assert shown == outlined(report, LEVELS)


def test_the_contents_page_is_a_field_that_asks_nobody(laid_out: Build) -> None:
    report = product(laid_out, "report")
    document = part(report, "document")
    marks = [mark.attrib for mark in document.iter(W + "fldChar")]

    assert rf'TOC \o "1-{LEVELS}" \h \z \u' in codes(report)
    assert document.find(f".//{W}docPartGallery").get(W + "val") == "Table of Contents"
    assert len(set(Counter(mark[W + "fldCharType"] for mark in marks).values())) == 1
    assert all(W + "dirty" not in mark for mark in marks)
    assert part(report, "settings").find(W + "updateFields") is None


def test_each_entry_leads_to_its_heading(laid_out: Build) -> None:
    report = product(laid_out, "report")
    names = [m.get(W + "name") for m in part(report, "document").iter(W + "bookmarkStart")]

    for entry in entries(report):
        assert names.count(entry.anchor) == 1
        assert rf"PAGEREF {entry.anchor} \h" in codes(report)


def test_without_layout_the_entries_have_no_numbers_and_say_so(mini: Build) -> None:
    report = product(mini, "report")

    assert entries(report)
    assert all(entry.number == "" for entry in entries(report))
    assert rf'TOC \o "1-{LEVELS}" \n \h \z \u' in codes(report)
    assert [str(problem) for problem in mini.missing] == [
        "目录没有页码：这次没有排版。 处理办法：要页码时，不加 --no-layout 再运行一次"
    ]


def test_the_report_of_another_region_lists_its_attachments_too(mini: Build) -> None:
    titles = [str(attachment.titles["附件标题"]) for attachment in mini.document.attachments]

    listed = [heading_of(entry, mini) for entry in entries(product(mini, "report"))]

    assert titles
    assert [heading for heading in listed if heading in titles] == titles
