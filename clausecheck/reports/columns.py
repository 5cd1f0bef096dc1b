"""Knows how text fills the columns of a terminal or a mail: wide characters take two, lines break where they may."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

WIDTH = 100  # columns


def columns(text: str, *, wide_ambiguous: bool = False) -> int:
    """How many terminal columns the text takes."""
    return len(text) if text.isascii() else sum(_columns(c, wide_ambiguous) for c in text)


def _columns(character: str, wide_ambiguous: bool) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    width = unicodedata.east_asian_width(character)
    return 2 if width in "WF" or (wide_ambiguous and width == "A") else 1


def wrap(text: str, *, first: str = "", rest: str = "", width: int = WIDTH, wide_ambiguous: bool = False) -> list[str]:
    """The text on lines of at most ``width`` columns, the first line begun with ``first``, the others with ``rest``.

    Wide characters may be parted anywhere, but no line begins with a closing mark or ends with an opening one.
    """
    lines: list[str] = []
    line, used, blank = first, columns(first, wide_ambiguous=wide_ambiguous), False
    begun = False  # something besides the indent stands on the line
    for piece in _pieces(text):
        if piece == " ":
            blank = begun
            continue
        size = columns(piece, wide_ambiguous=wide_ambiguous)
        if begun and used + blank + size > width:
            lines.append(line)
            line, used, blank, begun = rest, columns(rest, wide_ambiguous=wide_ambiguous), False, False
        if used + size > width:  # a word longer than a line: cut wherever a line is full
            for character in piece:
                size = _columns(character, wide_ambiguous)
                if used + size > width and line.strip():
                    lines.append(line)
                    line, used = rest, columns(rest, wide_ambiguous=wide_ambiguous)
                line += character
                used += size
            blank, begun = False, True
            continue
        line += " " * blank + piece
        used += blank + size
        blank, begun = False, True
    lines.append(line)
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Words and blanks; a wide character is a piece of its own, with the closing or opening marks that stick to it."""
    piece = ""
    for character in text:
        if character in " \t\n":
            if piece:
                yield piece
            piece = ""
            yield " "
        elif piece and _may_break(piece[-1], character):
            yield piece
            piece = character
        else:
            piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if before.isascii() and after.isascii():
        return False
    if unicodedata.east_asian_width(before) not in "WF" and unicodedata.east_asian_width(after) not in "WF":
        return False
    opens = unicodedata.category(before) in ("Ps", "Pi")
    kind = unicodedata.category(after)
    sticks = kind in ("Pe", "Pf", "Lm", "Mn") or (kind == "Po" and after not in "&@*#/\\")
    return not opens and not sticks
