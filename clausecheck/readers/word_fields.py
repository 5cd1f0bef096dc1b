"""Knows the fields of Word (references, contents, form fields): which of their text is code and which is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from clausecheck.readers.word_numbering import LEVELS, W, format_number, whole_number
from clausecheck.readers.word_package import file_name
from clausecheck.readers.word_symbols import drawn_equation, form_field
from clausecheck.readers.word_tables import Piece

_CODE_PIECES = 100  # of one field that are kept; its kind is told by the first
_CONTENTS = ("TOC ", "TOC\\", "TOA ")


_LINK = re.compile(r'(?:INCLUDETEXT|LINK\s+\S+|DDE(?:AUTO)?\s+\S+|RD)\s+(?:"([^"]*)"|(\S+))', re.I)
_NUMBER = re.compile(r"\s*(AUTONUM|AUTONUMLGL|AUTONUMOUT|LISTNUM)\b(?:\s+(?:\"([^\"\\]*)\"|([^\s\\\"]+)))?", re.I)
_SWITCH = re.compile(r'\\([a-z])\s*"?([^\s"\\]*)', re.I)
_Forms = tuple[tuple[str, str], ...]
_OUT: _Forms = (
    *(("{}.", "upperRoman"), ("{}.", "upperLetter"), ("{}.", "decimal"), ("{})", "lowerLetter"), ("({})", "decimal")),
    *(("({})", "lowerLetter"), ("({})", "lowerRoman"), ("({})", "lowerLetter"), ("({})", "lowerRoman")),
)
_PLAIN: _Forms = (
    *(("{})", "decimal"), ("{})", "lowerLetter"), ("{})", "lowerRoman"), ("({})", "decimal"), ("({})", "lowerLetter")),
    *(("({})", "lowerRoman"), ("{}.", "decimal"), ("{}.", "lowerLetter"), ("{}.", "lowerRoman")),
)


class FieldNumbers:
    """The running numbers that AUTONUM and LISTNUM fields draw. Word stores no result for them."""

    def __init__(self) -> None:
        self._values: dict[str, list[int]] = {}

    def draw(self, code: str, outline: int) -> str:
        """The number of the next field of this code in a paragraph of this outline level; "" for other fields."""
        match = _NUMBER.match(code)
        if match is None:
            return ""
        kind, switches = match[1].upper(), dict(_SWITCH.findall(code[match.end() :].lower()))
        name = (match[2] or match[3] or "NumberDefault").lower() if kind == "LISTNUM" else kind
        level = (whole_number(switches.get("l")) or 1) - 1 if kind == "LISTNUM" else outline
        level = min(max(level, 0), LEVELS - 1)
        values = self._values.setdefault(name, [0] * LEVELS)
        start = whole_number(switches.get("s")) if kind == "LISTNUM" else None
        values[level] = min(start if start is not None else values[level] + 1, 1_000_000)
        values[level + 1 :] = [0] * (LEVELS - level - 1)
        if name in ("autonumlgl", "legaldefault") or kind == "AUTONUMLGL":
            return ".".join(str(value or 1) for value in values[: level + 1]) + "." * ("e" not in switches)
        form, number_format = (_OUT if name in ("AUTONUMOUT", "outlinedefault") else _PLAIN)[level]
        if kind == "AUTONUM":
            form, number_format = "{}" + (switches.get("s") or "."), "decimal"
        return form.format(format_number(values[level], number_format))


@dataclass(slots=True)
class _Field:
    form: str = ""  # what a form field shows
    code: list[str] = field(default_factory=list)
    result: bool = False  # past its separator: what follows is shown
    contents: bool = False  # a table of contents


class Fields:
    """The complex fields open at one place of a story. They may span paragraphs."""

    __slots__ = ("_linked", "_numbers", "_open", "codes", "contents", "lines", "outline")

    def __init__(self, numbers: FieldNumbers, linked: list[str]) -> None:
        self._numbers = numbers
        self._linked = linked  # receives the names of files that fields draw in
        self.outline = 0  # outline level of the paragraph, 0 = outermost
        self._open: list[_Field] = []
        self.codes = 0  # open fields whose code is being read: nothing is shown
        self.contents = 0  # open fields that show a table of contents
        self.lines: list[Piece] = []  # lines of a table of contents that has not ended yet

    def sign(self, element: Any) -> str:
        """Takes in a w:fldChar; the text that the field draws there and stores nowhere."""
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._open.append(_Field(form_field(element)))
            self.codes += 1
            return ""
        if not self._open:
            return ""
        last = self._open[-1]
        if kind == "separate" and not last.result:
            last.result = True
            code = "".join(last.code).strip()
            last.contents = code.upper().startswith(_CONTENTS)
            if link := _LINK.match(code):
                self._linked.append(file_name((link[1] or link[2]).replace("\\\\", "/")))
            self.contents += last.contents
            self.codes -= 1
        elif kind == "end":
            self._open.pop()
            self.contents -= last.contents
            if not self.contents:
                self.lines.clear()
            if not last.result:
                self.codes -= 1
                return last.form or self.drawn("".join(last.code))
            return last.form
        return ""

    def drawn(self, code: str) -> str:
        """What a field of this code draws that Word does not store as its result."""
        return drawn_equation(code) or self._numbers.draw(code, self.outline)

    def code(self, text: str) -> None:
        """Takes in a piece of a field's code."""
        if self._open and not self._open[-1].result and len(self._open[-1].code) < _CODE_PIECES:
            self._open[-1].code.append(text)

    def end_codes(self) -> None:
        """The paragraph ends, and every code with it: text after a lost separator must not vanish."""
        if self.codes:
            for opened in self._open:
                opened.result = True
            self.codes = 0
