"""Knows which characters of a page's text layer a person does not see as valid text: struck out, invisible, off the page.

Nothing is taken out on suspicion alone. A rule must run through the middle of the characters and end where they end; text in
the colour of paper or in no colour must leave no trace on the page as drawn.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from clausecheck.readers.pdf_lines import Line, Places
from clausecheck.readers.pdf_tables import Rule

_MOST_DRAWN = 50  # pages of a document drawn to see whether suspicious text leaves a trace
_CONTRAST = 40  # of 255: less cannot be read
_PALEST = 0xF0
_SMALLEST = 1.5  # points: no one reads smaller print
_INVISIBLE = 3  # text rendering mode: neither filled nor stroked


class Unseen:
    """Takes what is not seen out of the lines of page after page, and counts it."""

    def __init__(self) -> None:
        self.struck = 0  # places
        self.hidden = 0
        self._drawn = 0

    def take_out(self, page: Any, lines: Sequence[tuple[int, Line]], rules: Sequence[Rule], places: Places) -> list[tuple[int, Line]]:
        """The lines with what is seen of them, given with their offsets in the page's text; a line cut short is ``cut``."""
        left, foot, right, head = page.get_bbox()
        kept: list[tuple[int, Line]] = []
        suspicious: list[tuple[int, Line]] = []
        for start, line in lines:
            at = start + len(line.text) - len(line.text.lstrip())
            x, y = (line.y, line.x) if places.sideways else (line.x, line.y)
            if not (left - 2 <= x <= right + 2 and foot - 2 <= y <= head + 2) or places.size(at) < _SMALLEST:
                self.hidden += 1
                continue
            kept.append((start, line))
            if places.is_pale(at, _PALEST, _INVISIBLE) or places.is_pale(start + len(line.text) - 1, _PALEST, _INVISIBLE):
                suspicious.append((start, line))
        if suspicious and self._drawn < _MOST_DRAWN and not _is_scan(page):
            self._drawn += 1
            drawn = _Drawn(page)
            for start, line in suspicious:
                self._take_out_hidden(start, line, places, drawn)
        if rules and not places.sideways:
            self._take_out_struck(kept, rules, places)
        return [(start, line) for start, line in kept if line.text.strip()]

    def _take_out_hidden(self, start: int, line: Line, places: Places, drawn: _Drawn) -> None:
        pale = [
            at for at, char in enumerate(line.text) if not char.isspace() and places.is_pale(start + at, _PALEST, _INVISIBLE)
        ]  # fmt: skip
        unseen = {at for at in pale if not drawn.shows(places.box(start + at))}
        if len(unseen) * 10 >= len(pale) * 9 and unseen:  # a letter or two may blend with what lies behind
            self.hidden += 1
            _cut(line, set(pale))

    def _take_out_struck(self, lines: Sequence[tuple[int, Line]], rules: Sequence[Rule], places: Places) -> None:
        by_height = sorted(lines, key=lambda found: found[1].y)
        heights = [line.y for _, line in by_height]
        gone: dict[int, set[int]] = {}
        for rule in rules:
            for k in range(bisect_left(heights, rule.height - 12), bisect_left(heights, rule.height - 0.5)):
                start, line = by_height[k]
                size = places.size(start + len(line.text) - len(line.text.lstrip()))
                if 0.15 * size <= rule.height - line.y <= 0.5 * size and rule.left >= line.x - 0.4 * size:
                    gone.setdefault(k, set()).update(_struck(start, line, rule, size, places))
        for k, chars in gone.items():
            if chars:
                self.struck += 1
                _cut(by_height[k][1], chars)


def _struck(start: int, line: Line, rule: Rule, size: float, places: Places) -> set[int]:
    """The characters of the line the rule runs through, if it begins and ends with them."""
    chars: set[int] = set()
    low, high = rule.right, rule.left
    for at, char in enumerate(line.text):
        if char.isspace():
            continue
        left, _, right, _ = places.box(start + at)
        if rule.left - 0.5 <= (left + right) / 2 <= rule.right + 0.5:
            chars.add(at)
            low, high = min(low, left), max(high, right)
    slack = 0.45 * size
    if not chars or abs(low - rule.left) > slack or abs(high - rule.right) > slack:
        return set()
    return set(range(min(chars), max(chars) + 1))


def _cut(line: Line, gone: set[int]) -> None:
    line.text = "".join(char for at, char in enumerate(line.text) if at not in gone)
    line.cut = True


def _is_scan(page: Any) -> bool:
    """Whether one image fills most of the page: its invisible text was read from the image."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, foot, right, head = item.get_bounds()
        if (right - left) * (head - foot) >= 0.5 * width * height:
            return True
    return False


class _Drawn:
    """A page as drawn, one point a pixel."""

    def __init__(self, page: Any) -> None:
        self._page = page
        width, height = page.get_size()
        self._scale = min(2.0, 2000 / max(width, height, 1))
        bitmap = page.render(scale=self._scale, grayscale=True, may_draw_forms=False)
        self._width, self._height, self._stride = bitmap.width, bitmap.height, bitmap.stride
        self._pixels = bytes(bitmap.buffer)
        bitmap.close()

    def shows(self, box: tuple[float, float, float, float]) -> bool:
        """Whether anything stands out at this place (left, foot, right, head)."""
        import pypdfium2.raw as pdfium

        x, y = ctypes.c_int(), ctypes.c_int()
        corners = []
        for right, up in ((box[0], box[1]), (box[2], box[3])):
            pdfium.FPDF_PageToDevice(self._page.raw, 0, 0, self._width, self._height, 0, right, up, ctypes.byref(x), ctypes.byref(y))
            corners.append((x.value, y.value))
        (x0, y0), (x1, y1) = corners
        x0, x1 = max(min(x0, x1), 0), min(max(x0, x1) + 1, self._width)
        darkest, palest = 255, 0
        for row in range(max(min(y0, y1), 0), min(max(y0, y1) + 1, self._height)):
            pixels = self._pixels[row * self._stride + x0 : row * self._stride + x1]
            if pixels:
                darkest, palest = min(darkest, *pixels, 255), max(palest, *pixels, 0)
        return palest - darkest >= _CONTRAST
