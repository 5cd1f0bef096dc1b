"""Knows what a page of a PDF shows: its lines in content order, and which of them are running heads, feet and readings.

PDFium gives text in the order the program wrote it, which is the reading order for columns and vertical text too.
Physical lines are delivered; joining them into paragraphs is left to the segmenter.
"""

from __future__ import annotations

import hashlib
import re
import threading
import zlib
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from clausecheck.errors import DamagedFileError, EncryptedFileError, LimitError, NoTextError
from clausecheck.messages import warning
from clausecheck.model import Block, BlockKind, ContractWarning, Document
from clausecheck.readers.pdf_columns import columns_apart, halves_apart, top_to_bottom
from clausecheck.readers.pdf_drawings import refuse_endless
from clausecheck.readers.pdf_forms import boxes_to_tick, flatten_fields, notes_on, open_form, put_in_place
from clausecheck.readers.pdf_headings import mark_bookmarks, tagged_headings
from clausecheck.readers.pdf_lines import Line, Places, lines_of, mark_wrapped, measure, page_angle, without_readings
from clausecheck.readers.pdf_running import line_numbers_apart, mark_running
from clausecheck.readers.pdf_tables import cells_apart, drawn_rules
from clausecheck.readers.pdf_unseen import Unseen
from clausecheck.readers.text import MAX_CHARACTERS, too_many_lines

MAX_PAGES = 5_000
MOST_LINES = 100_000  # some 2,000 dense pages; each costs far more to read than a line of text

MAX_UNPACKED_STREAM = 8_000_000  # bytes; a dense page of text has 100,000
MAX_UNPACKED = 150_000_000
_PIECE = 65_536  # bytes unpacked at a time
_STREAM = re.compile(rb"stream\r?\n(?<!endstream\n)(?<!endstream\r\n)")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b|/Length1\b")

_FEW_CHARACTERS = 20  # fewer visible characters than this beside an image: a scanned page
_MANY_PATHS = 300  # so many drawn shapes and no text: letters converted to outlines
_HYPHENS = 500  # different words cut at line ends that are looked up in the text
_SURE = 75  # mean confidence of OCR in its words below which nothing is said to be missing; a clean scan has 90
_LOOKED_AT = 5_000  # objects of one page looked at in search of an image

_LINE_END_HYPHEN = re.compile("([^\\W_]*)[\x02\ufffe]([^\\W_]*)")  # PDFium's own mark for "hyphen, and the line ends here"
_SYMBOL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\uf06c-\uf0fe]")  # what no font shows as it is
# Bullets of the symbol fonts come as their place in the font.
_BULLETS = frozenset(map(chr, (*range(0xF06C, 0xF078), 0xF0A7, 0xF0A8, 0xF0B7, 0xF0D8, 0xF0FC, 0xF0FE)))

_PDFIUM = threading.Lock()  # PDFium is not thread-safe


@dataclass(slots=True)
class _Pages:
    """What the pages of a file hold."""

    lines: list[list[Line]] = field(default_factory=list)
    scanned: set[int] = field(default_factory=set)  # indexes of pages with an image and hardly any text
    noted: list[int] = field(default_factory=list)  # indexes of pages with annotations
    notes: int = 0
    looked_at: int = 0  # lines, those that nobody sees too
    unseen: Unseen = field(default_factory=Unseen)
    recognised: frozenset[int] = frozenset()  # numbers of pages whose text is from OCR
    confidence: float | None = None  # of OCR in its words, 0 to 100

    def judged(self) -> list[int]:
        """Visible characters of each page, without its running lines."""
        return [sum(_visible(line) for line in lines if not line.running) for lines in self.lines]

    def unread(self) -> list[int]:
        """The numbers of pages that show an image and give no text."""
        judged = self.judged()
        return [index + 1 for index in sorted(self.scanned) if judged[index] < _FEW_CHARACTERS]


class PdfReader:
    """Reads PDF files with a text layer; with ``ocr`` also scans, by the OCR that is installed."""

    formats = ("pdf",)

    def __init__(self, *, ocr: bool = False) -> None:
        self._ocr = ocr

    def read(self, data: bytes, name: str, *, revisions: str = "final") -> Document:
        """The lines of all pages, page and indent (points) with each.

        Lines are of kind LINE, those the file marks as headings of kind HEADING, running lines of kind HEADER.
        """
        del revisions  # a PDF has none
        pages = _pages_of(data, name)
        if self._ocr and (unread := pages.unread()):
            from clausecheck.readers.ocr import recognised, without_gaps

            with_text, confidence = recognised(data, name, unread)
            pages = _pages_of(with_text, name)
            pages.recognised, pages.confidence = frozenset(unread).difference(pages.unread()), confidence
            for line in (line for number in unread for line in pages.lines[number - 1]):
                line.text = without_gaps(line.text)
        return _assemble(data, name, pages)


def _pages_of(data: bytes, name: str) -> _Pages:
    with _PDFIUM:
        pages = _read_pages(data, name)
    pages.lines = line_numbers_apart(pages.lines)
    mark_running(pages.lines)
    mark_wrapped(pages.lines)
    return pages


# --- PDFium ------------------------------------------------------------------------------------------------------


def _read_pages(data: bytes, name: str) -> _Pages:
    import pypdfium2

    _refuse_bomb(data, name)
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (4, 5) or "password" in str(error).lower():
            raise EncryptedFileError(f"{name}: the PDF asks for a password; save a copy without one and review that") from None
        raise DamagedFileError(f"{name}: the PDF is damaged or cut off; get a whole copy or print it to a new PDF") from None
    try:
        count = len(pdf)
        if count > MAX_PAGES:
            raise LimitError(f"{name}: {count} pages, more than {MAX_PAGES}; split the file")
        if count == 0:
            raise DamagedFileError(f"{name}: the PDF has no pages; get a whole copy")
        refuse_endless(pdf, name)
        has_form, tagged = open_form(pdf), pdf.is_tagged()
        pages = _Pages()
        total = 0
        for index in range(count):
            try:
                lines = _read_page(pdf, index, pages, has_form=has_form, tagged=tagged)
            except pypdfium2.PdfiumError:
                raise DamagedFileError(f"{name}: page {index + 1} of the PDF is damaged; get a whole copy") from None
            total += sum(len(line.text) for line in lines)
            if pages.looked_at > MOST_LINES:
                raise too_many_lines(name, MOST_LINES)
            if total > MAX_CHARACTERS:
                raise LimitError(f"{name}: more than {MAX_CHARACTERS} characters of text; split the file")
            pages.lines.append(lines)
        mark_bookmarks(pdf, pages.lines)
        return pages
    finally:
        pdf.close()


def _read_page(pdf: Any, index: int, pages: _Pages, *, has_form: bool, tagged: bool) -> list[Line]:
    page = pdf[index]
    try:
        if notes := notes_on(page):
            pages.notes += notes
            pages.noted.append(index)
        filled_from: int | None = None
        boxes: list[Line] = []
        if has_form:
            boxes = boxes_to_tick(pdf, page)
            textpage = page.get_textpage()
            filled_from = len(textpage.get_text_range())
            textpage.close()
            flatten_fields(page)  # what is filled in belongs to the text a person sees
            page.close()
            page = pdf[index]
        lines = _page_lines(page, pages, filled_from, boxes, tagged_headings(page) if tagged else {})
        # Foot lines may be all a scanned page has as text, so look at every page that has few lines.
        if len(lines) <= 4 and sum(map(_visible, lines)) < 400 and _is_picture(page):
            pages.scanned.add(index)
        return lines
    finally:
        page.close()


def _page_lines(page: Any, pages: _Pages, filled_from: int | None, boxes: list[Line], headings: dict[int, int]) -> list[Line]:
    """The lines of a page in reading order. ``filled_from``: where in the page's text that of its form begins."""
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        if not text or text.isspace():
            return boxes
        angle = page_angle(textpage)
        if page.get_rotation() in (90, 270) and angle in (0, 180):
            # upright text on a page turned on its side: PDFium would give its lines from the last to the first
            page.set_rotation(0)
            textpage.close()
            textpage = page.get_textpage()
            text = textpage.get_text_range()
        places = Places(textpage, text, sideways=angle in (90, 270))
        found = lines_of(text, places)
        pages.looked_at += len(found)
        rules = drawn_rules(page)
        lines = pages.unseen.take_out(page, found, rules.thin, places)
        if headings:
            for start, line in lines:
                line.level = headings.get(places.marked_content(start + len(line.text) - len(line.text.lstrip())))
        if filled_from is not None:
            values = [line for start, line in lines if start >= filled_from]
            lines = put_in_place([found for found in lines if found[0] < filled_from], [*values, *boxes], places)
        elif not places.sideways:
            lines = columns_apart(cells_apart(lines, rules, places), places)
        lines = without_readings(lines, places)
        if not places.sideways:
            measure(lines, places)
        if angle == 0:
            lines = top_to_bottom(lines)
        return [line for _, line in lines]
    finally:
        textpage.close()


def _refuse_bomb(data: bytes, name: str) -> None:
    """Refuse a file whose compressed streams unpack to far more than pages of text need; PDFium sets no such bound.

    Images and fonts are let through: they are not unpacked for text, or are not large.
    """
    left = MAX_UNPACKED
    for found in _STREAM.finditer(data):
        head = data[max(found.start() - 600, 0) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        rounds = len(_FLATE.findall(head))
        if not rounds or _IMAGE.search(head):
            continue
        size = _unpacked(data, found.end(), rounds)
        left -= size
        if size > MAX_UNPACKED_STREAM or left < 0:
            raise LimitError(f"{name}: a page unpacks to more than {MAX_UNPACKED_STREAM // 1_000_000} MB; print the file to a new PDF")


def _unpacked(data: bytes, start: int, rounds: int) -> int:
    """Bytes a stream unpacks to, counted no further than a little over the bound."""
    unpackers = [zlib.decompressobj() for _ in range(min(rounds, 4))]
    size = 0
    with suppress(zlib.error):  # encrypted, or not what it says: PDFium has to know
        while size <= MAX_UNPACKED_STREAM and not unpackers[0].eof and start < len(data):
            piece = data[start : start + _PIECE]
            start += _PIECE
            for unpacker in unpackers:
                parts: list[bytes] = []
                while piece and not unpacker.eof and sum(map(len, parts)) <= MAX_UNPACKED_STREAM:
                    parts.append(unpacker.decompress(piece, _PIECE))
                    piece = unpacker.unconsumed_tail
                piece = b"".join(parts)
            size += len(piece)
    return size


def _is_picture(page: Any) -> bool:
    """Whether the page shows an image, or letters converted to outlines."""
    import pypdfium2

    paths = 0
    for item in islice(page.get_objects(max_depth=3), _LOOKED_AT):
        if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE:
            return True
        paths += item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH
    return paths > _MANY_PATHS


def _visible(line: Line) -> int:
    return len(line.text) - line.text.count(" ")


# --- the document ------------------------------------------------------------------------------------------------


def _assemble(data: bytes, name: str, pages: _Pages) -> Document:
    judged, unread = pages.judged(), pages.unread()
    if sum(judged) < _FEW_CHARACTERS or (
        unread and len(unread) == sum(bool(lines) or index in pages.scanned for index, lines in enumerate(pages.lines))
    ):
        if unread:
            raise NoTextError(
                f"{name}: the PDF is a scan without a text layer; run OCR on it with --ocr (pip install 'clausecheck[ocr]', and Tesseract)"
            )
        raise NoTextError(f"{name}: the PDF holds no text; get the original document")
    join_words = _hyphen_rule([line.text for lines in pages.lines for line in lines])
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for page, line in halves_apart([(index + 1, line) for index, lines in enumerate(pages.lines) for line in lines]):
        text = join_words(line.text) if join_words else line.text
        start = at + len(text) - len(text.lstrip())
        kind = BlockKind.HEADER if line.running else BlockKind.LINE if line.level is None else BlockKind.HEADING
        blocks.append(Block(start, at + len(text), kind, level=line.level, page=page, indent=round(line.x, 1), wrapped=line.wrapped))
        parts.append(text)
        at += len(text) + 1
    return Document(
        name=name,
        format="pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        text=_SYMBOL.sub(_shown, "\n".join(parts)),
        blocks=tuple(blocks),
        pages=len(pages.lines),
        warnings=tuple(_warnings(pages, unread)),
        unread_pages=tuple(unread),
        recognised=tuple(_spans(blocks, pages.recognised)),
    )


def _spans(blocks: list[Block], pages: Container[int | None]) -> Iterator[tuple[int, int]]:
    """The stretches of the text that stand on these pages."""
    for inside, run in groupby(blocks, key=lambda block: block.page in pages):
        if inside:
            stretch = list(run)
            yield stretch[0].start, stretch[-1].end


def _warnings(pages: _Pages, unread: list[int]) -> Iterator[ContractWarning]:
    if unread:
        yield warning("pages_without_text", pages=page_ranges(unread))
    if pages.recognised:
        where = page_ranges(sorted(pages.recognised))
        if pages.confidence is None:
            yield warning("ocr_text", pages=where)
        else:
            code = "ocr_text_sure" if pages.confidence >= _SURE else "ocr_text_unsure"
            yield warning(code, pages=where, confidence=round(pages.confidence))
    if pages.unseen.struck:
        yield warning("struck_out_text", count=pages.unseen.struck)
    if pages.unseen.hidden:
        yield warning("hidden_text", count=pages.unseen.hidden)
    if pages.notes:
        yield warning("annotations", count=pages.notes, pages=page_ranges([index + 1 for index in pages.noted]))


def _shown(found: re.Match[str]) -> str:
    if "\uf000" <= found[0] <= "\uf0ff":
        return "\u30fb" if found[0] in _BULLETS else found[0]
    return "\ufffd"


def _hyphen_rule(lines: list[str]) -> Callable[[str], str] | None:
    """How to write hyphens at the ends of lines: kept, unless the document has the word without it and not with it."""
    marked = [line for line in lines if "\x02" in line or "\ufffe" in line]
    if not marked:
        return None
    whole = " ".join(lines).casefold()
    pairs = sorted({(left.casefold(), right.casefold()) for line in marked for left, right in _LINE_END_HYPHEN.findall(line)})
    looked_up = pairs[: min(_HYPHENS, 2_000_000_000 // len(whole))]
    syllables = {(a, b) for a, b in looked_up if a and b and f"{a}-{b}" not in whole and _has_word(whole, a + b)}

    def join(found: re.Match[str]) -> str:
        hyphen = "" if (found[1].casefold(), found[2].casefold()) in syllables else "-"
        return found[1] + hyphen + found[2]

    return lambda text: _LINE_END_HYPHEN.sub(join, text) if "\x02" in text or "\ufffe" in text else text


def _has_word(whole: str, word: str) -> bool:
    at = whole.find(word)
    for _ in range(20):  # "coop" is in "cooperate", so look a little further
        if at < 0:
            return False
        end = at + len(word)
        if not whole[at - 1 : at].isalnum() and not whole[end : end + 1].isalnum():
            return True
        at = whole.find(word, end)
    return False


def page_ranges(pages: list[int]) -> str:
    """Page numbers in order, as "2, 5-7"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
