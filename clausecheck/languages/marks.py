"""What a language finds on a whole text before any tree is built: number marks and the words that frame a contract.

Offsets are absolute in the text handed to ``scan``. Nothing is decided here: the outline chooses which marks count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from clausecheck.languages.base import NumberMark

MAX_MARKS = 100_000  # no contract has so many numbers; what lies behind stays in the last clause


@dataclass(slots=True)
class Candidate:
    """A place where a clause number may stand."""

    start: int
    mark: NumberMark  # offsets in it (end, heading_end) are absolute
    line_start: bool  # first on its line or block
    strength: float  # how much the place itself looks like the start of a clause; sequence is judged elsewhere
    indent: int = 0  # columns before it on its line
    level: int | None = None  # list level of a number drawn by Word
    left: float | None = None  # and its indent, points
    alternatives: tuple[tuple[str, int], ...] = ()  # (form, value) readings: "(i)" is roman 1 and letter 9
    deleted: bool = False  # "[Reserved]" or the like is all that follows


class FrameKind(StrEnum):
    PREAMBLE = "preamble"
    RECITAL = "recital"
    TOC = "toc"
    SIGNATURE = "signature"
    ANNEX = "annex"
    CHAPTER = "chapter"  # what stands above clauses: Part
    SUPPLEMENT = "supplement"  # supplementary provisions behind the last clause
    NOTE = "note"
    CONTRACT = "contract"  # the title of a further contract in the same file


@dataclass(slots=True)
class Frame:
    """A place where a part of the document begins that is not a numbered clause."""

    start: int
    kind: FrameKind
    number: str = ""
    heading: str = ""
    end: int = 0  # where the text after the heading begins
    until: int = 0  # where it surely ends (a bracketed note); 0 = at the next clause or frame


@dataclass(slots=True)
class Scan:
    candidates: list[Candidate] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


class Numbering(Protocol):
    """One language's knowledge of how clauses are numbered; modules ``ja.numbering`` and ``en.numbering``."""

    FIRST_UNNUMBERED: bool  # whether the first paragraph of a clause bears no number where the second is 2

    def scan(self, text: str, starts: Sequence[int], skip: Sequence[tuple[int, int]]) -> Scan:
        """Marks and frames of ``text``. ``starts``: where blocks begin; ``skip``: spans never looked at. Both sorted."""
        ...

    def is_definitions(self, heading: str) -> bool: ...

    def cite(self, parent: str, form: str, printed: str, item: bool) -> str:
        """What a lawyer would cite for a mark below the clause cited as ``parent`` ("" = top level); ``item``: no paragraph."""
        ...

    def refers(self, before: str) -> bool:
        """Whether a number behind these words is part of a reference or an amount: "as set out in Section"."""
        ...

    def announces_items(self, before: str) -> bool:
        """Whether the text before a list calls its entries items rather than paragraphs."""
        ...

    def opening_end(self, text: str, start: int, end: int) -> int | None:
        """Where the words that open the agreed text ("agree as follows:") end between two places; None if they are not there."""
        ...

    def title_at(self, text: str, at: int) -> tuple[str, int, int]:
        """The title without a number that begins a line, where it ends, and its rank (0 = outermost; those of a rank look alike)."""
        ...

    def reads_as_text(self, passage: str) -> bool:
        """Whether a passage holds a sentence rather than names, dates and blanks to fill in."""
        ...

    def chapter_rank(self, printed: str) -> int:
        """0 = outermost (Part); at most 3."""
        ...
