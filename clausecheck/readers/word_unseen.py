"""Knows which text of a Word file is printed and yet seen by nobody: in the colour of paper on paper, or smaller than print.

Nothing is called unseen on suspicion: whatever stands on a ground of its own (shading, a coloured table, a text box, a page
with a background) is taken as seen.
"""

from __future__ import annotations

import re
from typing import Any

from clausecheck.readers.word_numbering import W, whole_number

_VAL = W + "val"
_SMALLEST = 3  # half points: no one reads smaller print
_PALE = re.compile(r"(?:[fF][0-9a-fA-F]){3}")  # no part of the colour below F0
_SUSPICIOUS = re.compile(rb'<(?:\w{1,20}:)?(?:color\b[^>]{0,200}:val="(?:[fF][0-9a-fA-F]){3}"|sz\b[^>]{0,80}:val="[0-3](?:\.\d+)?")')
_THEMED = W + "themeColor"
_NO_GROUND = frozenset(("", "auto", "none"))


def may_be_unseen(*parts: bytes) -> bool:
    """Whether any of these parts of the file has a colour or a size that could hide text; most have none."""
    return any(_SUSPICIOUS.search(part) for part in parts)


def unseen(properties: Any | None) -> bool | None:
    """Whether a w:rPr draws text so that it is not seen on paper; None where it says nothing about it."""
    if properties is None:
        return None
    size, colour = properties.find(W + "sz"), properties.find(W + "color")
    half_points = whole_number(size.get(_VAL)) if size is not None else None
    if half_points is not None and half_points <= _SMALLEST:
        return True
    if has_ground(properties):
        return False
    if colour is None:
        return None
    return colour.get(_THEMED) is None and _PALE.fullmatch(colour.get(_VAL, "")) is not None


def has_ground(properties: Any | None) -> bool:
    """Whether these properties (of a run, paragraph, cell or table) lay a colour under the text."""
    if properties is None:
        return False
    marker, shading = properties.find(W + "highlight"), properties.find(W + "shd")
    if marker is not None and marker.get(_VAL, "none") not in ("none", "white"):
        return True
    if shading is None:
        return False
    fill = shading.get(W + "fill", "")
    coloured = fill not in _NO_GROUND and not _PALE.fullmatch(fill)
    return coloured or shading.get(W + "themeFill") is not None or shading.get(_VAL, "clear") not in ("clear", "nil")
