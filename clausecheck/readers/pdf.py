"""Knows what a page of a PDF shows: its lines in content order, and which of them are running heads, feet and readings.

PDFium gives text in the order the program wrote it, which is the reading order for columns and vertical text too.
Physical lines are delivered; joining them into paragraphs is left to the segmenter.
"""

from __future__ import annotations

import ctypes
import hashlib
import math
import re
import threading
import zlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from clausecheck.errors import DamagedFileError, EncryptedFileError, LimitError, NoTextError
from clausecheck.messages import warning
from clausecheck.model import Block, BlockKind, ContractWarning, Document
from clausecheck.readers.text import BARE_NUMBER, MAX_CHARACTERS, MAX_LINES, PAGE_NUMBER, PAGE_OF_PAGES, counting_pages, too_many_lines

MAX_PAGES = 5_000

MAX_UNPACKED_STREAM = 8_000_000  # bytes; a dense page of text has 100,000
MAX_UNPACKED = 150_000_000
_PIECE = 65_536  # bytes unpacked at a time
_STREAM = re.compile(rb"stream\r?\n(?<!endstream\n)(?<!endstream\r\n)")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b|/Length1\b")

_SAME_PLACE = 3.0  # points within which two lines of different pages stand at the same height
_SHARE = 0.6  # share of the pages a running line stands on
_COUNTING = 0.75  # share of the repeats whose number must stay the same or count with the pages
_FEW_PAGES = 3  # fewer repeats prove nothing
_FEW_CHARACTERS = 20  # fewer visible characters than this beside an image: a scanned page
_RUBY = 0.62  # readings are set in at most this share of the size of the text they explain
_MANY_PATHS = 300  # so many drawn shapes and no text: letters converted to outlines
_HYPHENS = 500  # different words cut at line ends that are looked up in the text
_LOOKED_AT = 5_000  # objects of one page looked at in search of an image

_BREAK = re.compile(r"\r\n?|\n|[\v\f\x85\u2028\u2029]")
_LINE_END_HYPHEN = re.compile("([^\\W_]*)[\x02\ufffe]([^\\W_]*)")  # PDFium's own mark for "hyphen, and the line ends here"
_SYMBOL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\uf06c-\uf0fe]")  # what no font shows as it is
# Bullets of the symbol fonts come as their place in the font.
_BULLETS = frozenset(map(chr, (*range(0xF06C, 0xF078), 0xF0A7, 0xF0A8, 0xF0B7, 0xF0D8, 0xF0FC, 0xF0FE)))
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]+")
_DIGITS = re.compile(r"\d+")
_COUNTED_NUMBER = re.compile(r"\s*(\d{1,4})\s*[^\W\d_a-zA-Z]{1,3}\s*")  # the number and the word for page in another script

_PDFIUM = threading.Lock()  # PDFium is not thread-safe


@dataclass(slots=True)
class _Line:
    text: str
    x: float  # where the first visible character starts, points
    y: float  # its base line, points from the foot of the page
    running: bool = False  # a running head, foot or page number


class PdfReader:
    """Reads PDF files with a text layer."""

    formats = ("pdf",)

    def read(self, data: bytes, name: str, *, revisions: str = "final") -> Document:
        """The lines of all pages as blocks of kind LINE, with page and indent (points); running lines are of kind HEADER."""
        del revisions  # a PDF has none
        with _PDFIUM:
            pages, scanned = _read_pages(data, name)
        _mark_running(pages)
        return _assemble(data, name, pages, scanned)


# --- PDFium ------------------------------------------------------------------------------------------------------


def _read_pages(data: bytes, name: str) -> tuple[list[list[_Line]], set[int]]:
    """The lines of each page, and the indexes of pages with an image and hardly any text."""
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
        has_form = _open_form(pdf)
        pages: list[list[_Line]] = []
        scanned: set[int] = set()
        total = line_count = 0
        for index in range(count):
            try:
                page = pdf[index]
            except pypdfium2.PdfiumError:
                raise DamagedFileError(f"{name}: page {index + 1} of the PDF is damaged; get a whole copy") from None
            try:
                if has_form:
                    page.flatten()  # what is filled in belongs to the text a person sees
                    page.close()
                    page = pdf[index]
                lines = _page_lines(page)
                total += sum(len(line.text) for line in lines)
                line_count += len(lines)
                if line_count > MAX_LINES:
                    raise too_many_lines(name)
                if total > MAX_CHARACTERS:
                    raise LimitError(f"{name}: more than {MAX_CHARACTERS} characters of text; split the file")
                # Foot lines may be all a scanned page has as text, so look at every page that has few lines.
                if len(lines) <= 4 and sum(map(_visible, lines)) < 400 and _is_picture(page):
                    scanned.add(index)
            except pypdfium2.PdfiumError:
                raise DamagedFileError(f"{name}: page {index + 1} of the PDF is damaged; get a whole copy") from None
            finally:
                page.close()
            pages.append(lines)
        return pages, scanned
    finally:
        pdf.close()


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


def _open_form(pdf: Any) -> bool:
    import pypdfium2

    try:
        if pdf.get_formtype() == pypdfium2.raw.FORMTYPE_NONE:
            return False
        pdf.init_forms()
    except (pypdfium2.PdfiumError, OSError):
        return False  # the fields stay unread, the page's own text does not
    return True


def _page_lines(page: Any) -> list[_Line]:
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        if not text or text.isspace():
            return []
        places = _Places(textpage, text, sideways=page.get_rotation() in (90, 270))
        lines: list[tuple[int, _Line]] = []  # with the offset of the line in the page's text
        start = 0
        for end, following in _line_bounds(text):
            line = text[start:end]
            first = start + len(line) - len(line.lstrip())
            if first < end:
                lines.append((start, _Line(line.rstrip(), *places.origin(first))))
            start = following
        if _KANA.search(text):
            return _without_readings(lines, places)
        return [line for _, line in lines]
    finally:
        textpage.close()


def _line_bounds(text: str) -> Iterator[tuple[int, int]]:
    for found in _BREAK.finditer(text):
        yield found.start(), found.end()
    yield len(text), len(text)


class _Places:
    """Where the characters of one page stand and how large they are, asked for by their offset in the page's text."""

    def __init__(self, textpage: Any, text: str, *, sideways: bool) -> None:
        import pypdfium2.raw as pdfium

        self._page = textpage.raw
        self._pdfium = pdfium
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._into = ctypes.byref(self._x), ctypes.byref(self._y)
        self._matrix = pdfium.FS_MATRIX()
        self._font_size = pdfium.FPDFText_GetFontSize
        self._sideways = sideways
        # PDFium counts in UTF-16 units, and leaves some characters of its list out of the text.
        self._wide = [] if text.isascii() or max(text) < "\U00010000" else [at for at, char in enumerate(text) if char > "\uffff"]
        self._direct = len(text) + len(self._wide) == pdfium.FPDFText_CountChars(self._page)

    def _index(self, offset: int) -> int:
        if self._wide:
            offset += bisect_left(self._wide, offset)
        return offset if self._direct else max(self._pdfium.FPDFText_GetCharIndexFromTextIndex(self._page, offset), 0)

    def origin(self, offset: int) -> tuple[float, float]:
        """Start on the base line, in points from the left and from the foot of the page."""
        self._pdfium.FPDFText_GetCharOrigin(self._page, self._index(offset), *self._into)
        return (self._y.value, self._x.value) if self._sideways else (self._x.value, self._y.value)

    def size(self, offset: int) -> float:
        """Size of the font as drawn, points. (PDFium's boxes follow the shape of the character, so they do not tell.)"""
        size: float = self._font_size(self._page, self._index(offset))
        if size <= 2:  # some programs set all text in 1 point and enlarge it
            self._pdfium.FPDFText_GetMatrix(self._page, self._index(offset), ctypes.byref(self._matrix))
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return size


def _without_readings(lines: list[tuple[int, _Line]], places: _Places) -> list[_Line]:
    """The lines without ruby: small kana above larger text, in a line of its own or inside one."""
    sizes = [places.size(start + len(line.text) - len(line.text.lstrip())) for start, line in lines]
    kept: list[_Line] = []
    cut = False  # a reading was left out between the last line kept and this one
    for at, (start, line) in enumerate(lines):
        text = line.text.strip()
        if len(text) <= 40 and all(_KANA.fullmatch(part) for part in text.split()) and _is_above_larger(lines, sizes, at):
            cut = True
            continue
        line.text = _without_inner_readings(line.text, start, places)
        before = kept[-1] if kept else None
        if cut and before is not None and abs(before.y - line.y) < 1 and line.x > before.x:
            before.text += line.text.strip()  # the reading had cut one line in two
        elif line.text.strip():
            kept.append(line)
        cut = False
    return kept


def _is_above_larger(lines: list[tuple[int, _Line]], sizes: list[float], at: int) -> bool:
    """Whether the line before or after is in a larger font, and just below this one."""
    for other in range(max(at - 2, 0), min(at + 3, len(lines))):
        above = lines[at][1].y - lines[other][1].y
        if sizes[at] <= sizes[other] * _RUBY and 0 < above < 2 * sizes[other]:
            return True
    return False


def _without_inner_readings(text: str, start: int, places: _Places) -> str:
    # A reading is followed by what it explains, never by more kana: the end of each run of kana tells.
    ends = [found.end() - 1 for found in _KANA.finditer(text)]
    if not ends:
        return text
    probes = {len(text) - len(text.lstrip()): 0.0, len(text) - 1: 0.0} | dict.fromkeys(ends, 0.0)
    for at in probes:
        probes[at] = places.size(start + at)
    largest = max(probes, key=probes.__getitem__)
    small = probes[largest] * _RUBY
    if min(probes.values()) > small:
        return text
    raised = places.origin(start + largest)[1] + 0.3 * probes[largest]
    kept = list(text)
    for run in _KANA.finditer(text):
        if probes[run.end() - 1] <= small:
            for at in range(*run.span()):
                if places.size(start + at) <= small and places.origin(start + at)[1] >= raised:
                    kept[at] = ""
    return "".join(kept)


def _is_picture(page: Any) -> bool:
    """Whether the page shows an image, or letters converted to outlines."""
    import pypdfium2

    paths = 0
    for item in islice(page.get_objects(max_depth=3), _LOOKED_AT):
        if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE:
            return True
        paths += item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH
    return paths > _MANY_PATHS


def _visible(line: _Line) -> int:
    return len("".join(line.text.split()))


# --- running heads, feet and page numbers ------------------------------------------------------------------------


def _mark_running(pages: list[list[_Line]]) -> None:
    """Mark what stands at the same height on most pages, and page numbers; split off a foot glued to the last line."""
    edges = [_edge_lines(lines) for lines in pages]
    with_text = [index for index, lines in enumerate(pages) if lines]
    feet: set[str] = set()
    by_key: dict[str, list[tuple[int, _Line]]] = defaultdict(list)
    for index in with_text:
        for line in edges[index]:
            by_key[_DIGITS.sub("#", " ".join(line.text.split()))].append((index, line))
    for found in by_key.values():
        if len(found) >= _FEW_PAGES:
            cluster = _same_height(found)
            if _on_most_pages({index for index, _ in cluster}, with_text) and _counts_or_stays(cluster):
                for _, line in cluster:
                    line.running = True
                feet.update(line.text.strip() for _, line in cluster if not line.text.strip().isdigit())
    for index, lines in enumerate(pages):
        _split_glued(lines, feet)
        for line in lines:
            if len(line.text) <= 24 and PAGE_NUMBER.fullmatch(line.text.strip()):
                line.running = True  # not only at the edge: a PDF made from another print has that print's numbers inside
        for line in _edge_lines(lines):
            counted = _COUNTED_NUMBER.fullmatch(line.text)
            if PAGE_OF_PAGES.fullmatch(line.text.strip()) or (counted and int(counted[1]) == index + 1):
                line.running = True
    _mark_bare_numbers(pages)


def _edge_lines(lines: list[_Line]) -> list[_Line]:
    """The first and last two lines, by order and by height: some programs write heads and feet before the text."""
    if len(lines) <= 4:
        return list(lines)
    by_height = sorted(range(len(lines)), key=lambda i: lines[i].y)
    at = {0, 1, len(lines) - 2, len(lines) - 1, *by_height[:2], *by_height[-2:]}
    return [lines[i] for i in sorted(at)]


def _same_height(found: list[tuple[int, _Line]]) -> list[tuple[int, _Line]]:
    """The largest group whose heights on the page lie within the tolerance."""
    ordered = sorted(found, key=lambda item: item[1].y)
    best = (0, 0)
    start = 0
    for end in range(len(ordered)):
        while ordered[end][1].y - ordered[start][1].y > _SAME_PLACE:
            start += 1
        if end + 1 - start > best[1] - best[0]:
            best = (start, end + 1)
    return ordered[slice(*best)]


def _on_most_pages(on: set[int], pages: list[int]) -> bool:
    """Whether that is most pages, or most of the left or right hand ones (heads often alternate)."""
    for sample in (pages, pages[0::2], pages[1::2]):
        hits = sum(index in on for index in sample)
        if hits >= max(_FEW_PAGES, _SHARE * len(sample)):
            return True
    return False


def _counts_or_stays(cluster: list[tuple[int, _Line]]) -> bool:
    """Whether each number in the line stays the same or goes up with the page: a date or a page number, not a clause number."""
    rows = [(index, [int(number[:9]) for number in _DIGITS.findall(line.text)]) for index, line in cluster]
    for slot in range(len(rows[0][1])):
        same = Counter(numbers[slot] for _, numbers in rows).most_common(1)[0][1]
        counting = Counter(numbers[slot] - index for index, numbers in rows).most_common(1)[0][1]
        if max(same, counting) < _COUNTING * len(rows):
            return False
    return True


def _split_glued(lines: list[_Line], feet: set[str]) -> None:
    if not lines or not feet or any(line.running and line.text.strip() in feet for line in lines[-2:]):
        return
    last = lines[-1]
    for foot in feet:
        if len(foot) > 8 and last.text.endswith(" " + foot):
            last.text = last.text[: -len(foot)].rstrip()
            lines.append(_Line(foot, last.x, last.y, running=True))
            return


def _mark_bare_numbers(pages: list[list[_Line]]) -> None:
    """Mark bare numbers as page numbers where something else says so too: the page has that number and it is at its foot,
    or another page has its own at the same height, or such numbers count the pages of the print this PDF was made from.
    """
    bare: dict[int | None, list[tuple[float, int, _Line]]] = defaultdict(list)  # by number less page; None: roman, A-3
    for index, lines in enumerate(pages):
        # Below or above the heads and feet already found.
        for line in [line for line in lines if line.running] + _edge_lines([line for line in lines if not line.running]):
            text = line.text.strip()
            if BARE_NUMBER.fullmatch(text):
                bare[int(text) - index if text.isdecimal() else None].append((line.y, index, line))
    for found in bare.values():
        found.sort(key=lambda item: item[:2])
        for (low, one, first), (high, other, second) in pairwise(found):
            if one != other and high - low <= _SAME_PLACE:
                first.running = second.running = True
    for _, index, line in bare[1]:
        if any(line is last for last in [line for line in pages[index] if not line.running][-2:]):
            line.running = True
    _mark_counting(pages)
    for shift, found in bare.items():
        if shift is not None and sum(line.running for _, _, line in found) >= _FEW_PAGES:
            for _, _, line in found:
                line.running = True


def _mark_counting(pages: list[list[_Line]]) -> None:
    at = 0
    numbers: list[tuple[int, int]] = []
    lines_at: dict[int, _Line] = {}
    for lines in pages:
        for line in lines:
            text = line.text.strip()
            if len(text) <= 4 and text.isdecimal() and text.isascii():
                numbers.append((at, int(text)))
                lines_at[at] = line
            at += len(line.text) + 1
    for offset in counting_pages(numbers):
        lines_at[offset].running = True


# --- the document ------------------------------------------------------------------------------------------------


def _assemble(data: bytes, name: str, pages: list[list[_Line]], scanned: set[int]) -> Document:
    judged = [sum(_visible(line) for line in lines if not line.running) for lines in pages]
    unread = [index + 1 for index in sorted(scanned) if judged[index] < _FEW_CHARACTERS]
    if sum(judged) < _FEW_CHARACTERS or (unread and len(unread) == sum(bool(lines) or i in scanned for i, lines in enumerate(pages))):
        if unread:
            raise NoTextError(f"{name}: the PDF is a scan without a text layer; run OCR on it (ocrmypdf, for one) and review the result")
        raise NoTextError(f"{name}: the PDF holds no text; get the original document")
    warnings: tuple[ContractWarning, ...] = ()
    if unread:
        warnings = (warning("pages_without_text", pages=page_ranges(unread)),)
    join_words = _hyphen_rule([line.text for lines in pages for line in lines])
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for index, lines in enumerate(pages):
        for line in lines:
            text = join_words(line.text) if join_words else line.text
            start = at + len(text) - len(text.lstrip())
            kind = BlockKind.HEADER if line.running else BlockKind.LINE
            blocks.append(Block(start, at + len(text), kind, page=index + 1, indent=round(line.x, 1)))
            parts.append(text)
            at += len(text) + 1
    return Document(
        name=name,
        format="pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        text=_SYMBOL.sub(_shown, "\n".join(parts)),
        blocks=tuple(blocks),
        pages=len(pages),
        warnings=warnings,
    )


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
