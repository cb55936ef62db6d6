"""Lays documents out, each once: what was laid out is kept by its content, engine and fonts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from disclosure.layout import fonts, office
from disclosure.layout.kept import Kept
from disclosure.layout.office import Office
from disclosure.model.place import DisclosureError, Problem

PASSES = 3  # the first finds the numbers, the second proves them

PageNumbers = Mapping[str, int]  # by bookmark
# Gives the .docx with these page numbers: {} when they are not yet known, None for none at all.
Write = Callable[[PageNumbers | None], bytes]


@dataclass(frozen=True)
class Engine:
    """What laid a document out: the version of LibreOffice, the fonts it took."""

    version: str
    fonts: tuple[str, ...]

    @property
    def has_stand_ins(self) -> bool:
        """Whether free fonts were taken for want of those that the document names."""
        return fonts.are_stand_ins(self.fonts)


@dataclass(frozen=True)
class Pdf:
    """A document as a PDF. `text` is the hash of its words, for its bytes are LibreOffice's."""

    data: bytes
    pages: int
    text: str
    engine: Engine


@dataclass(frozen=True)
class Numbered:
    """A .docx whose contents page has true page numbers, and what they were found with."""

    docx: bytes
    engine: Engine


class Typesetter:
    """LibreOffice with our fonts, and what it has laid out already.

    Every method raises DisclosureError where LibreOffice is missing or fails.
    """

    def __init__(self, office: Office | None, cache: Path | None) -> None:
        self._office = office
        self._font_cache = cache / "fontconfig" if cache else None
        self._kept = Kept(cache / "layout" if cache else None)

    def numbered(self, write: Write) -> Numbered:
        """The document with the page numbers it has when it is laid out.

        It is laid out with numbers that only take up room, then with those it was found to
        have; that nothing has moved the second time proves them. After a correction the last
        numbers are tried first, and mostly proved at once.
        """
        draft = write({})
        key = self._key("numbers", draft)
        if kept := self._kept.find(key):
            facts, _ = kept
            return Numbered(write(facts["numbers"]), _engine(facts))
        last = self._key_of_last(draft)
        tried = self._kept.find(last) if last else None
        numbers: PageNumbers = tried[0] if tried else {}
        for _ in range(PASSES):
            docx = write(numbers)
            ((made, found),) = self._lay_out({"报告": docx}).values()
            if found == numbers:
                self._keep(docx, made)
                self._kept.keep(key, {"numbers": found} | vars(made.engine))
                if last:
                    self._kept.keep(last, dict(found))
                return Numbered(docx, made.engine)
            numbers = found
        message = f"排版 {PASSES} 次，标题的页码还在变动。"
        advice = "看看模板里目录和正文之间有没有分页"
        raise DisclosureError(Problem(message, None, advice, stops=True))

    def _key_of_last(self, docx: bytes) -> str:
        """Where the numbers last found for the same headings are kept, in whatever document.

        "" where the length of the contents page may move a number: two sets of numbers might
        then both prove right, and a document must get the same one whatever came before.
        """
        from disclosure.layout.numbering import Draft

        draft = Draft(docx)
        headings = " ".join(["last", *draft.asked]).encode()
        return sha256(headings).hexdigest() if draft.is_free_of_contents else ""

    def pdfs(self, documents: Mapping[str, bytes]) -> dict[str, Pdf]:
        """The PDF of each .docx; those not laid out before in one run of LibreOffice."""
        found = {name: self._find(docx) for name, docx in documents.items()}
        missing = {name: docx for name, docx in documents.items() if found[name] is None}
        for name, (made, _) in self._lay_out(missing).items():
            self._keep(documents[name], made)
            found[name] = made
        return {name: made for name, made in found.items() if made}

    def _lay_out(self, documents: Mapping[str, bytes]) -> dict[str, tuple[Pdf, PageNumbers]]:
        """Each document as a PDF, with the page numbers that its contents page should have."""
        from disclosure.layout import pdf
        from disclosure.layout.numbering import Draft

        drafts = {name: Draft(docx) for name, docx in documents.items()}
        marked = {name: draft.marked() for name, draft in drafts.items()}
        made: dict[str, tuple[Pdf, PageNumbers]] = {}
        for name, data in office.convert(self._present(), marked, self._font_cache).items():
            facts = pdf.read(data)
            dated = pdf.without_clock(data, drafts[name].date)
            engine = Engine(self._present().version, facts.fonts)
            made[name] = (
                Pdf(dated, facts.pages, facts.text, engine),
                drafts[name].numbers(facts.places),
            )
        return made

    def _find(self, docx: bytes) -> Pdf | None:
        kept = self._kept.find(self._key("pdf", docx))
        if kept is None:
            return None
        facts, data = kept
        return Pdf(data, facts["pages"], facts["text"], _engine(facts))

    def _keep(self, docx: bytes, made: Pdf) -> None:
        facts = {"pages": made.pages, "text": made.text} | vars(made.engine)
        self._kept.keep(self._key("pdf", docx), facts, made.data)

    def _key(self, kind: str, docx: bytes) -> str:
        return sha256(f"{kind} {self._engine_key} {sha256(docx).hexdigest()}".encode()).hexdigest()

    @cached_property
    def _engine_key(self) -> str:
        """Changes with everything that has a say in how a document is laid out."""
        ours = b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))
        code = sha256(ours).hexdigest()
        return f"{self._present().fingerprint()} {fonts.fingerprint()} {code}"

    def _present(self) -> Office:
        if self._office is None:
            problem = Problem("没有找到 LibreOffice。", None, office.how_to_install(), stops=True)
            raise DisclosureError(problem)
        return self._office


def _engine(facts: Mapping[str, object]) -> Engine:
    listed = facts["fonts"]
    assert isinstance(listed, list)
    return Engine(str(facts["version"]), tuple(listed))
