"""Knows the lines of one page of a PDF: where each stands, how large it is set, and which are readings of other words."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import Any

from clausecheck.readers.wrapped import Placed, common_edges, wrapped

_RUBY = 0.62  # readings are set in at most this share of the size of the text they explain

_BREAK = re.compile(r"\r\n?|\n|[\v\f\x85\u2028\u2029]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]+")


@dataclass(slots=True)
class Line:
    text: str
    x: float  # where the first visible character starts, points
    y: float  # its base line, points from the foot of the page
    running: bool = False  # a running head, foot or page number
    level: int | None = None  # of a heading that the file itself marks as one, 0 = outermost
    cut: bool = False  # its text is no longer the stretch of the page's text it was
    right: float = 0  # where its last character ends, points; 0 = not known
    wrapped: bool = False  # goes on in the sentence of the line above


def page_angle(textpage: Any) -> int:
    """By how many degrees (0, 90, 180, 270) the first character of the page is turned."""
    import pypdfium2.raw as pdfium

    turns: int = round(pdfium.FPDFText_GetCharAngle(textpage.raw, 0) / (math.pi / 2))
    return turns % 4 * 90


def lines_of(text: str, places: Places) -> list[tuple[int, Line]]:
    """The lines of a page's text, each with its offset in it."""
    lines: list[tuple[int, Line]] = []
    start = 0
    for end, following in _line_bounds(text):
        line = text[start:end]
        first = start + len(line) - len(line.lstrip())
        if first < end:
            lines.append((start, Line(line.rstrip(), *places.origin(first))))
        start = following
    return lines


def without_readings(lines: list[tuple[int, Line]], places: Places) -> list[tuple[int, Line]]:
    """The lines without ruby: small kana above larger text, in a line of its own or inside one."""
    if not any(_KANA.search(line.text) for _, line in lines):
        return lines
    sizes = [places.size(start + len(line.text) - len(line.text.lstrip())) for start, line in lines]
    kept: list[tuple[int, Line]] = []
    cut = False  # a reading was left out between the last line kept and this one
    for at, (start, line) in enumerate(lines):
        text = line.text.strip()
        if len(text) <= 40 and all(_KANA.fullmatch(part) for part in text.split()) and _is_above_larger(lines, sizes, at):
            cut = True
            continue
        if not line.cut:
            line.text = _without_inner_readings(line.text, start, places)
        before = kept[-1][1] if kept else None
        if cut and before is not None and abs(before.y - line.y) < 1 and line.x > before.x:
            before.text += line.text.strip()  # the reading had cut one line in two
        elif line.text.strip():
            kept.append((start, line))
        cut = False
    return kept


def measure(lines: list[tuple[int, Line]], places: Places) -> None:
    """Find where the lines of a page end, given with their offsets in the page's text."""
    for start, line in lines:
        if not line.cut:
            line.right = places.box(start + len(line.text) - 1)[2]


def mark_wrapped(pages: list[list[Line]]) -> None:
    """Mark the lines that go on in the sentence of the line above, running lines apart."""
    last: Line | None = None
    bodies = [[line for line in lines if not line.running] for lines in pages]
    edges = common_edges([line.right for body in bodies for line in body])
    reach = median_low([max(line.right for line in body) for body in bodies if body] or [0.0])
    foot = min((body[-1].y for body in bodies if body), default=0)
    for body in bodies:
        if not body:
            continue
        placed = [Placed(line.text.strip(), line.x, line.right, -line.y) for line in body]
        step = min((below.down - above.down for above, below in pairwise(placed) if below.down > above.down), default=1.0)
        if last is not None and last.y < foot + 2 * step:  # of a page that is full: it counts as the line above
            placed.insert(0, Placed(last.text.strip(), last.x, last.right, placed[0].down - step))
        for line, goes_on in zip(reversed(body), reversed(wrapped(placed, edges, reach=reach)), strict=False):
            line.wrapped = goes_on
        last = body[-1]


def _line_bounds(text: str) -> Iterator[tuple[int, int]]:
    for found in _BREAK.finditer(text):
        yield found.start(), found.end()
    yield len(text), len(text)


class Places:
    """Where the characters of one page stand and how large they are, asked for by their offset in the page's text."""

    def __init__(self, textpage: Any, text: str, *, sideways: bool) -> None:
        import pypdfium2.raw as pdfium

        self._page = textpage.raw
        self._pdfium = pdfium
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._into = ctypes.byref(self._x), ctypes.byref(self._y)
        self._matrix = pdfium.FS_MATRIX()
        self._edges = [ctypes.c_double() for _ in range(4)]
        self._into_edges = [ctypes.byref(edge) for edge in self._edges]
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._into_colour = [ctypes.byref(part) for part in self._colour]
        self._font_size = pdfium.FPDFText_GetFontSize
        self.sideways = sideways
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
        return (self._y.value, self._x.value) if self.sideways else (self._x.value, self._y.value)

    def size(self, offset: int) -> float:
        """Size of the font as drawn, points. (PDFium's boxes follow the shape of the character, so they do not tell.)"""
        size: float = self._font_size(self._page, self._index(offset))
        if size <= 2:  # some programs set all text in 1 point and enlarge it
            self._pdfium.FPDFText_GetMatrix(self._page, self._index(offset), ctypes.byref(self._matrix))
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return size

    def box(self, offset: int) -> tuple[float, float, float, float]:
        """Left, foot, right and head of the shape, points."""
        left, right, foot, head = self._edges
        self._pdfium.FPDFText_GetCharBox(self._page, self._index(offset), *self._into_edges)
        return left.value, foot.value, right.value, head.value

    def is_pale(self, offset: int, palest: int, invisible: int) -> bool:
        """Whether the character has the colour of paper (no part of it below ``palest``) or is drawn in this mode, without any."""
        index = self._index(offset)
        self._pdfium.FPDFText_GetFillColor(self._page, index, *self._into_colour)
        red, green, blue, alpha = self._colour
        if (red.value >= palest and green.value >= palest and blue.value >= palest) or alpha.value < 30:
            return True
        drawn = self._pdfium.FPDFText_GetTextObject(self._page, index)
        return bool(drawn) and self._pdfium.FPDFTextObj_GetTextRenderMode(drawn) == invisible

    def marked_content(self, offset: int) -> int:
        """The id that a tagged file gives to the stretch the character lies in; -1 for none."""
        drawn = self._pdfium.FPDFText_GetTextObject(self._page, self._index(offset))
        return self._pdfium.FPDFPageObj_GetMarkedContentID(drawn) if drawn else -1


def _is_above_larger(lines: list[tuple[int, Line]], sizes: list[float], at: int) -> bool:
    """Whether the line before or after is in a larger font, and just below this one."""
    for other in range(max(at - 2, 0), min(at + 3, len(lines))):
        above = lines[at][1].y - lines[other][1].y
        if sizes[at] <= sizes[other] * _RUBY and 0 < above < 2 * sizes[other]:
            return True
    return False


def _without_inner_readings(text: str, start: int, places: Places) -> str:
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
