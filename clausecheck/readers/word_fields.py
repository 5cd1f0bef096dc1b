"""Knows the fields of Word (references, contents, form fields): which of their text is code and which is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from clausecheck.readers.word_numbering import W
from clausecheck.readers.word_symbols import drawn_equation, form_field
from clausecheck.readers.word_tables import Piece

_CODE_PIECES = 100  # of one field that are kept; its kind is told by the first
_CONTENTS = ("TOC ", "TOC\\", "TOA ")


@dataclass(slots=True)
class _Field:
    form: str = ""  # what a form field shows
    code: list[str] = field(default_factory=list)
    result: bool = False  # past its separator: what follows is shown
    contents: bool = False  # a table of contents


class Fields:
    """The complex fields open at one place of a story. They may span paragraphs."""

    __slots__ = ("_open", "codes", "contents", "lines")

    def __init__(self) -> None:
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
            last.contents = "".join(last.code).strip().upper().startswith(_CONTENTS)
            self.contents += last.contents
            self.codes -= 1
        elif kind == "end":
            self._open.pop()
            self.contents -= last.contents
            if not self.contents:
                self.lines.clear()
            if not last.result:
                self.codes -= 1
                return last.form or drawn_equation("".join(last.code))
            return last.form
        return ""

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
