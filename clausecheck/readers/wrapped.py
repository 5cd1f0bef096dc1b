"""Knows which physical lines go on in the sentence of the line above, so that a number they begin with is no clause's.

Told from the layout alone: the line above reaches the margin (the first word of this one had no room there), it ends inside a
sentence, and no more space than usual parts the two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_NEAR = 0.1  # of the width of the page: so near to the margin ends a line that is full
_FEW = 3  # lines that make a margin
_OFTEN, _SHARE = 8, 0.05  # so many lines, and that share of all, end where justified text does
_SHORTEST = 30  # columns of a line that can be full
_LOOSE = 1.35  # of the usual distance between lines: more parts paragraphs
_SAME_EDGE = 1.5  # points or columns

_ENDS_INSIDE = re.compile(r"[^\W\d_]\d?$|[,\u3001\u30fb(\uff08\u300c\u300e\[&/]$")  # a lone number may be that of a page
_WORD = re.compile(r"[(\uff08\u300c\[]*(?:[\u3041-\u9fff\uff01-\uff60]|[^\s\u3041-\u9fff\uff01-\uff60]+)")
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]+")
_LEADERS = re.compile(r"\.{4,}|\u2026{2,}|\u30fb{3,}|_{4,}|[. ]{8,}")


class Placed(NamedTuple):
    """A line as laid out; all in one unit (points, columns)."""

    text: str
    left: float
    right: float
    down: float  # from a fixed line above: grows from line to line


def common_edges(rights: Sequence[float]) -> frozenset[int]:
    """Where so many lines end that it is a margin of justified text, in whole points: columns and boxes have their own."""
    ends = Counter(round(right) for right in rights if right)
    return frozenset(at for at, count in ends.items() if count >= max(_OFTEN, _SHARE * len(rights)))


def wrapped(lines: Sequence[Placed], edges: frozenset[int] = frozenset(), *, share: float = 0, reach: float = 0) -> list[bool]:
    """For each line of a page (or of a text without pages) whether it goes on in the sentence of the one before.

    ``edges``: the ``common_edges`` of the document. ``share``: how many of the lines must be full for the text to have a margin.
    ``reach``: how far to the right the lines of its pages mostly come; the margin is no nearer, for a page may hold short lines alone.
    """
    out = [False] * len(lines)
    if len(lines) < _FEW:
        return out
    margin = max(reach, *(line.right for line in lines))
    full = margin - _NEAR * (margin - min(line.left for line in lines))
    near = sum(line.right >= full for line in lines)
    if near < max(_FEW, share * len(lines)):
        full = margin + 1  # no line is
    steps = [below.down - above.down for above, below in pairwise(lines) if below.down > above.down]
    usual = median(steps) if steps else 0
    for at in range(1, len(lines)):
        above, line = lines[at - 1], lines[at]
        at_edge = round(above.right) in edges
        if not at_edge and (above.right < full or columns(above.text) < _SHORTEST):
            continue
        if not _ENDS_INSIDE.search(above.text) or _LEADERS.search(above.text):
            continue
        if not 0 < line.down - above.down <= _LOOSE * usual:
            continue
        below = lines[at + 1] if at + 1 < len(lines) else line
        if not at_edge and abs(line.left - above.left) > _SAME_EDGE and abs(line.left - below.left) > _SAME_EDGE:
            continue
        out[at] = at_edge or above.right + _first_word(line) > margin
    return out


def columns(text: str) -> int:
    """How wide a text is in a font of one width: two columns for each full-width character."""
    return len(text) if text.isascii() else len(text) + sum(map(len, _WIDE.findall(text)))


def _first_word(line: Placed) -> float:
    """Width of the first word and the space before it, about."""
    word = _WORD.match(line.text)
    unit = (line.right - line.left) / max(columns(line.text), 1)
    return unit * (columns(word[0]) + 0.5) if word else 0
