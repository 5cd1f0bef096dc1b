"""Knows ruled tables: where the file draws their text row by row, right across the rules, it is read cell by cell.

Most programs write one cell after the other, and then nothing is to be done. The rules are PDFium's, the cells between them are
found by pdfplumber, which is asked only for pages on which a line of text runs through a rule.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

from clausecheck.readers.pdf_lines import Line, Places

_LOOKED_AT = 5_000  # objects of one page looked at in search of rules
_MOST_RULES = 1_000  # more on one page are a drawing
_MOST_CROSSINGS = 2_000  # of rules that pdfplumber is asked about; more are no table of a contract
_THICKEST = 2.5  # points
_SHORTEST = 3.0
_SIDE = 8.0  # a rule or a side of a box that can be one of a cell's
_CLEAR = 1.5  # points that text must stand beyond a rule to have run through it
_MEET = 3.0  # points within which rules meet

Cell = tuple[float, float, float, float]  # left, head, right, foot; downwards


class Rule(NamedTuple):
    """A thin horizontal bar, points."""

    left: float
    right: float
    height: float  # of its middle above the foot of the page


class Bar(NamedTuple):
    """A thin upright bar, points."""

    at: float  # of its middle from the left edge of the page
    foot: float
    head: float


class Rules(NamedTuple):
    """The thin bars of a page, and the sides of its boxes."""

    thin: list[Rule]
    across: list[Rule]  # those long enough for a table, boxes' sides with them
    upright: list[Bar]


def drawn_rules(page: Any) -> Rules:
    """The rules of a page; none where there are so many that they are a drawing."""
    import pypdfium2.raw as pdfium

    thin: list[Rule] = []
    across: list[Rule] = []
    upright: list[Bar] = []
    edges = [ctypes.c_float() for _ in range(4)]
    left, foot, right, head = edges
    into = [ctypes.byref(edge) for edge in edges]
    get, kind_of, bounds = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType, pdfium.FPDFPageObj_GetBounds
    for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), _LOOKED_AT)):
        item = get(page.raw, index)
        if kind_of(item) != pdfium.FPDF_PAGEOBJ_PATH or not bounds(item, *into):
            continue
        wide, high = right.value - left.value, head.value - foot.value
        if high <= _THICKEST:
            if wide >= _SHORTEST:
                thin.append(Rule(left.value, right.value, (foot.value + head.value) / 2))
                if wide >= _SIDE:
                    across.append(thin[-1])
        elif wide <= _THICKEST and high >= _SIDE:
            upright.append(Bar((left.value + right.value) / 2, foot.value, head.value))
        elif wide >= _SIDE and high >= _SIDE:
            across += [Rule(left.value, right.value, height) for height in (foot.value, head.value)]
            upright += [Bar(at, foot.value, head.value) for at in (left.value, right.value)]
        if len(across) + len(upright) > _MOST_RULES or len(thin) > _MOST_RULES:
            return Rules([], [], [])
    return Rules(thin, across, upright)


def cells_apart(lines: list[tuple[int, Line]], rules: Rules, places: Places) -> list[tuple[int, Line]]:
    """The lines of a page, those of ruled tables cut at the rules and put cell by cell; offsets in the page's text stay with them."""
    if len(rules.upright) < 3 or len(rules.across) < 2 or not any(_crossed(start, line, rules.upright, places) for start, line in lines):
        return lines
    for cells in _tables(rules):
        lines = _by_cells(lines, cells, rules.upright, places)
    return lines


def _crossed(start: int, line: Line, upright: Sequence[Bar], places: Places) -> bool:
    """Whether the text runs through a rule: words stand on both sides of it."""
    if line.cut or " " not in line.text.strip():
        return False
    right = places.box(start + len(line.text) - 1)[2]
    return any(line.x + _CLEAR < bar.at < right - _CLEAR and bar.foot <= line.y <= bar.head for bar in upright)


def _tables(rules: Rules) -> list[list[Cell]]:
    """The cells of each table, row by row."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges: list[dict[str, Any]] = [
        {"orientation": "h", "x0": r.left, "x1": r.right, "top": -r.height, "bottom": -r.height, "width": r.right - r.left, "height": 0}
        for r in rules.across
    ]
    edges += [
        {"orientation": "v", "x0": b.at, "x1": b.at, "top": -b.head, "bottom": -b.foot, "width": 0, "height": b.head - b.foot}
        for b in rules.upright
    ]
    edges = merge_edges(edges, _MEET, _MEET, _MEET, _MEET)
    upright = sum(edge["orientation"] == "v" for edge in edges)
    if upright * (len(edges) - upright) > _MOST_CROSSINGS:
        return []
    tables = cells_to_tables(intersections_to_cells(edges_to_intersections(edges, _MEET, _MEET)))
    return [sorted(cells, key=lambda cell: (cell[1], cell[0])) for cells in tables if len(cells) > 1]


def _by_cells(lines: list[tuple[int, Line]], cells: Sequence[Cell], upright: Sequence[Bar], places: Places) -> list[tuple[int, Line]]:
    inside = [at for at, (_, line) in enumerate(lines) if _cell_at(cells, line.x, line.y) is not None]
    if not any(_crossed(*lines[at], upright, places) for at in inside):
        return lines  # written cell by cell
    held: dict[int, list[tuple[int, Line]]] = {}
    for at in inside:
        start, line = lines[at]
        if _crossed(start, line, upright, places):
            for piece in _cut(start, line, cells, places):
                held.setdefault(piece[0], []).append(piece[1:])
        else:
            held.setdefault(_cell_at(cells, line.x, line.y) or 0, []).append((start, line))
    table = [found for cell in sorted(held) for found in sorted(held[cell], key=lambda found: (-found[1].y, found[1].x))]
    taken = set(inside)
    rest_after = [found for at, found in enumerate(lines) if at > inside[0] and at not in taken]
    return [*lines[: inside[0]], *table, *rest_after]


def _cut(start: int, line: Line, cells: Sequence[Cell], places: Places) -> list[tuple[int, int, Line]]:
    """The pieces of a line, each with the cell it stands in and its offset in the page's text."""
    pieces: list[tuple[int, int, Line]] = []
    begun: int | None = None
    last: int | None = None
    for at, char in enumerate(line.text):
        if char.isspace():
            continue
        x, _ = places.origin(start + at)
        cell = _cell_at(cells, x + 0.5, line.y)
        cell = last if cell is None else cell
        if begun is None or cell != last:
            if begun is not None and last is not None:
                pieces.append(_piece(start, line, begun, at, last, places))
            begun, last = at, cell if cell is not None else 0
    if begun is not None and last is not None:
        pieces.append(_piece(start, line, begun, len(line.text), last, places))
    return pieces


def _piece(start: int, line: Line, begin: int, end: int, cell: int, places: Places) -> tuple[int, int, Line]:
    x, y = places.origin(start + begin)
    return cell, start + begin, Line(line.text[begin:end].rstrip(), x, y, level=line.level)


def _cell_at(cells: Sequence[Cell], x: float, y: float) -> int | None:
    return next((at for at, (left, head, right, foot) in enumerate(cells) if left - 1 <= x < right and head <= -y <= foot), None)
