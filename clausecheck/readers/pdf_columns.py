"""Knows the reading order of lines that stand side by side: columns drawn row by row, and the halves of a bilingual table.

Most programs write a column to its end before the next, and then nothing is to be done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from clausecheck.readers.pdf_lines import Line, Places

_LEVEL = 2.0  # points that a line may stand above the one before and yet be on its level
_GAP = 1.5  # of the size of the font: wider than a space of justified text
_SAMPLE = 6  # lines of a page looked at for gaps
_FEW_ROWS = 6
_FILLED = 0.6  # share of a column's width its lines fill: less is a table of labels and values
_BLANK = re.compile(r"(?<=\S)\s+(?=\S)")

_CJK = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_HALF = 0.3  # share of the lines that each language of a bilingual table has at least
_KEPT = 0.85  # share of a language's lines that stand on its side
_APART = 100.0  # points between the left edges of the two columns
_TURNS = 4  # changes of language, in the order of the file, that prove rows


# --- text drawn out of order ---------------------------------------------------------------------------------------


def top_to_bottom(lines: list[tuple[int, Line]]) -> list[tuple[int, Line]]:
    """The lines of an upright page from its head to its foot, where nothing stands side by side; else as the file has them.

    Some programs write a page in pieces, its numbered headings before the text between them.
    """
    if all(below.y < above.y + _LEVEL for (_, above), (_, below) in pairwise(lines)):
        return lines
    ordered = sorted(lines, key=lambda found: -found[1].y)
    steps = [above.y - below.y for (_, above), (_, below) in pairwise(lines) if above.y - below.y > _LEVEL]
    pitch = median(steps) if steps else 0
    for (_, above), (_, below) in pairwise(ordered):
        beside = above.right <= below.x or below.right <= above.x
        if above.y - below.y < (pitch if beside else _LEVEL):
            return lines
    return ordered


# --- columns drawn row by row ----------------------------------------------------------------------------------------


def columns_apart(lines: list[tuple[int, Line]], places: Places) -> list[tuple[int, Line]]:
    """The lines of a page, one column after the other where two were drawn row by row; offsets in the page's text stay with them."""
    long = [found for found in lines if len(found[1].text) >= 30 or _CJK.search(found[1].text)]
    sample = long[:: len(long) // _SAMPLE + 1]
    if len(long) < _FEW_ROWS or not _mostly_gapped(sample, places):
        return lines
    rows = [(start, line, _gaps(start, line, places)) for start, line in lines]
    edge = _right_column(rows, places)
    if edge is None:
        return lines
    out: list[tuple[int, Line]] = []
    left: list[tuple[int, Line]] = []
    right: list[tuple[int, Line]] = []
    for start, line, gaps in rows:
        cut = next((gap for gap in gaps if abs(places.origin(start + gap[1])[0] - edge) <= 4), None)
        if cut is not None:
            left.append((start, Line(line.text[: cut[0]], line.x, line.y)))
            right.append((start + cut[1], Line(line.text[cut[1] :], edge, line.y)))
        elif line.x >= edge - 4:
            right.append((start, line))
        elif places.box(start + len(line.text) - 1)[2] < edge:
            left.append((start, line))
        else:  # across both: what stands above is read before it
            out += [*left, *right, (start, line)]
            left, right = [], []
    return [*out, *left, *right]


def _mostly_gapped(sample: Sequence[tuple[int, Line]], places: Places) -> bool:
    """Whether at least half of the lines have a gap; most pages are told by the first few."""
    without = 0
    for start, line in sample:
        without += not _gaps(start, line, places)
        if without * 2 > len(sample):
            return False
    return True


def _gaps(start: int, line: Line, places: Places) -> list[tuple[int, int]]:
    """Blanks of a line far wider than a space: end of the text before and begin of the text behind, as offsets in the line."""
    text = line.text
    blanks = [found.span() for found in _BLANK.finditer(text)]
    if not blanks:
        return []
    wide = _GAP * places.size(start + len(text) - len(text.lstrip()))
    return [(a, b) for a, b in blanks if places.origin(start + b)[0] - places.box(start + a - 1)[2] > wide]


def _right_column(rows: Sequence[tuple[int, Line, list[tuple[int, int]]]], places: Places) -> float | None:
    """Where the right one of two columns of prose begins, points; None if there are none."""
    begins = sorted(places.origin(start + b)[0] for start, _, gaps in rows for _, b in gaps)
    best: list[float] = []
    low = 0
    for high in range(len(begins)):
        while begins[high] - begins[low] > 4:
            low += 1
        if high + 1 - low > len(best):
            best = begins[low : high + 1]
    if len(best) < max(_FEW_ROWS, len(rows) * 0.4):
        return None
    edge = median(best)
    lefts: list[float] = []
    rights: list[float] = []
    for start, line, gaps in rows:
        for a, b in gaps:
            if abs(places.origin(start + b)[0] - edge) <= 4:
                lefts.append(places.box(start + a - 1)[2] - line.x)
                rights.append(places.box(start + len(line.text) - 1)[2] - edge)
    if not lefts or sum(len(gaps) > 1 for _, _, gaps in rows) * 4 > len(lefts):
        return None  # three columns and more are a table
    margin = min(line.x for _, line, _ in rows)
    if median(lefts) < _FILLED * (edge - margin) or median(rights) < _FILLED * max(rights):
        return None
    return edge if max(rights) > 0.5 * (edge - margin) else None


# --- bilingual tables ------------------------------------------------------------------------------------------------


def halves_apart(lines: list[tuple[int, Line]]) -> list[tuple[int, Line]]:
    """Lines with their pages, the right column of a bilingual table behind the whole left one; else as they are."""
    ja = [line.x for _, line in lines if not line.text.isascii() and not line.running and _CJK.search(line.text)]
    if len(ja) < max(_FEW_ROWS, _HALF * len(ja)):
        return lines
    en = [line.x for _, line in lines if not line.running and _LATIN.search(line.text) and not _CJK.search(line.text)]
    if min(len(ja), len(en)) < max(_FEW_ROWS, _HALF * (len(ja) + len(en))) or abs(median(ja) - median(en)) < _APART:
        return lines
    middle = (median(ja) + median(en)) / 2
    for side in (ja, en):
        if sum((x < middle) == (median(side) < middle) for x in side) < _KEPT * len(side):
            return lines
    on_right = [not line.running and line.x >= middle for _, line in lines]
    if sum(a != b for a, b in pairwise(on_right)) < _TURNS:
        return lines
    last = max(at for at, right in enumerate(on_right) if right) + 1
    return [
        *(found for found, right in zip(lines[:last], on_right, strict=False) if not right),
        *(found for found, right in zip(lines[:last], on_right, strict=False) if right),
        *lines[last:],
    ]
