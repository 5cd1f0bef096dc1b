"""Knows how a table is read: which cells are drawn, in which order, and what a number in a cell of its own belongs to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from clausecheck.model import BlockKind
from clausecheck.readers.word_numbering import W, whole_number

_CONTAINERS = (W + "sdt", W + "sdtContent", W + "customXml")
_MOST_COLUMNS = 64

# What the text of a cell must be to be the number of the text in the next cell.
_ROW_NUMBER = re.compile(
    r"[(\[\uff08]?[0-9\uff10-\uff19A-Za-z]{1,5}(?:[.\uff0e][0-9\uff10-\uff19]{1,3}){0,4}[.)\]\uff09\uff0e]{1,2}"
    r"|[0-9\uff10-\uff19]{1,2}(?:\.[0-9]{1,2}){0,3}|[\u2460-\u249b]|[\u4e00-\u9fff][0-9\uff10-\uff19]{1,4}[\u4e00-\u9fff]"
)
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_ASCII_LETTER = re.compile(r"[A-Za-z]")


@dataclass(slots=True)
class Piece:
    """A block in the making."""

    text: str  # begins with the label
    kind: BlockKind
    label: str = ""
    level: int | None = None
    indent: float | None = None
    elements: tuple[Any, ...] = ()  # the w:p elements its text comes from
    marks: list[tuple[int, Any, bool]] = field(default_factory=list)  # character, what begins or ends there, whether it ends


@dataclass(slots=True)
class Cell:
    """A cell that is drawn."""

    column: int  # first column of the table's grid it covers
    span: int
    pieces: list[Piece]


def columns_of(element: Any) -> int:
    """The number of grid columns that a w:gridSpan or the like names."""
    return min(max(whole_number(element.get(W + "val")) or 1, 0), _MOST_COLUMNS)


def cells_of(row: Any) -> Iterator[Any]:
    """The w:tc elements of a row, those in content controls too."""
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _CONTAINERS:
            yield from cells_of(child)


def separator(label: str) -> str:
    """The blank between a number and its text: full width after a full-width number."""
    return "\u3000" if any(unicodedata.east_asian_width(c) in "WFA" and not c.isascii() for c in label) else " "


def join_row_number(cells: list[Cell]) -> None:
    """Puts a number that has a cell of its own before the text in the next cell, as the eye does."""
    if len(cells) < 2 or len(cells[0].pieces) != 1:
        return
    number, text = cells[0].pieces[0], cells[1].pieces[0]
    alone = number.label != "" and number.text == number.label
    if text.label or not any(c.isalpha() for c in text.text) or not (alone or _ROW_NUMBER.fullmatch(number.text.strip())):
        return
    number.text += separator(number.text)
    shift = len(number.text) - (len(text.text) - len(text.text.lstrip()))
    number.marks += [(max(at + shift, 0), span, ends) for at, span, ends in text.marks]
    number.text += text.text.lstrip()
    number.elements += text.elements
    cells[0].pieces += cells[1].pieces[1:]
    cells[0].column, cells[0].span = cells[1].column, cells[1].span
    del cells[1]


def reading_order(rows: list[list[Cell]]) -> Iterable[Cell]:
    """Cells row by row; two languages side by side one after the other."""
    columns = _language_columns(rows)
    if columns is None:
        return [cell for cells in rows for cell in cells]
    _, second = columns
    ordered: list[Cell] = []
    left: list[Cell] = []
    right: list[Cell] = []
    for cells in rows:
        if any(cell.column < second < cell.column + cell.span for cell in cells):  # a row for both languages
            ordered += [*left, *right, *cells]
            left, right = [], []
            continue
        for cell in cells:
            (left if cell.column < second else right).append(cell)
    return [*ordered, *left, *right]


def _language_columns(rows: list[list[Cell]]) -> tuple[int, int] | None:
    """The two columns of running text, if one is in Chinese characters and kana and the other in Latin letters."""
    if len(rows) < 2:
        return None
    columns: dict[int, list[str]] = {}
    for cells in rows:
        for cell in cells:
            columns.setdefault(cell.column, []).append("".join(piece.text for piece in cell.pieces))
    long = {at: "".join(texts) for at, texts in columns.items() if sum(map(len, texts)) >= 20 * len(texts)}
    most = max(map(len, long.values()), default=0)
    long = {at: text for at, text in long.items() if len(text) >= 60 and len(text) * 8 >= most}
    if len(long) != 2:
        return None
    first, second = sorted(long)
    shares = []
    for at in (first, second):
        cjk, latin = len(_CJK.findall(long[at])), len(_ASCII_LETTER.findall(long[at]))
        shares.append(cjk / max(cjk + latin, 1))
    return (first, second) if max(shares) >= 0.5 and min(shares) <= 0.1 else None
