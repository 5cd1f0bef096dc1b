"""What the stages may ask of a language. Everything that knows a language lives behind this interface.

All offsets given to and returned by these functions are relative to the string handed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from clausecheck.model import Level


# --- folding -------------------------------------------------------------------------------------------------------
class Folded:
    """Text made comparable for matching, with the way back to the source.

    ``text`` is what patterns run on. ``source(start, end)`` turns a span of ``text`` into the smallest span of the
    source that produced it. Characters that were dropped belong to no span.
    """

    __slots__ = ("_build", "_ends", "_starts", "text")

    def __init__(
        self,
        text: str,
        starts: Sequence[int] | None = None,
        ends: Sequence[int] | None = None,
        build: Callable[[], tuple[Sequence[int], Sequence[int]]] | None = None,
    ) -> None:
        self.text = text
        self._starts = starts  # source start of each folded character; None = one to one
        self._ends = ends
        self._build = build  # makes starts and ends when they are first asked for: most folded text is never quoted

    def source(self, start: int, end: int) -> tuple[int, int]:
        if self._build is not None:
            self._starts, self._ends = self._build()
            self._build = None
        if self._starts is None or self._ends is None:
            return start, end
        if start >= end:
            at = self._starts[start] if start < len(self._starts) else (self._ends[-1] if self._ends else 0)
            return at, at
        return self._starts[start], self._ends[end - 1]


# --- numbering -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class NumberMark:
    """A clause number at the start of a line."""

    printed: str  # "第12条", "12.3", "ARTICLE IV", "(a)", exactly as in the source
    value: tuple[int, ...]  # (12,), (12, 3), (4,), (1,); a branch number 第19条の2 is (19, 2)
    form: str  # what kind of mark: "article", "chapter", "decimal", "bare", "paren_digit", "paren_alpha", "circled", ...
    level: Level | None  # the level the form alone proves (第N条: clause; 第N章: chapter); None = context decides
    end: int  # offset after the mark and the blanks that follow it
    heading: str = ""  # heading that stands with the number, without brackets
    heading_end: int = 0  # offset after the heading (= end where there is none)


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another clause: 第12条第2項, 前条, "Section 9(b)", "Sections 8, 21 and 25", "the preceding Section"."""

    start: int
    end: int
    numbers: tuple[str, ...]  # comparable numbers ("12", "9(b)", "iv"); a range lists both ends and what lies between
    relative: str = (
        ""  # "" | this_clause | previous_clause | next_clause | previous_paragraph (numbers: how many of them, "" for all; none: one)
    )
    titles: tuple[tuple[str, str], ...] = ()  # the numbers that stand with a title, and the title: 第12条(秘密保持), "Section 9 (Term)"
    beside: bool = False  # the sentence stands beside the clause and is not about it: 第12条によるほか


# --- quantities ----------------------------------------------------------------------------------------------------
class Unit(StrEnum):
    HOUR = "hour"
    DAY = "day"
    BUSINESS_DAY = "business_day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time. ``value`` is None where the draft leaves a blank (「○年」, "[●] days", "[***] days")."""

    start: int
    end: int
    value: float | None
    unit: Unit
    figures: float | None = None  # the figures beside the words, where both stand: "three (2) years" -> 3.0 and 2.0

    @property
    def days(self) -> float | None:
        """Length in days: a month counts as 30, a week 7, a year 365, half a year 180 (6 months), a business day 1.4."""
        if self.value is None:
            return None
        return round(self.value * {"hour": 1 / 24, "day": 1, "business_day": 1.4, "week": 7, "month": 30, "year": 365}[self.unit], 3)

    @property
    def months(self) -> float | None:
        if self.value is None:
            return None
        per = {"hour": 1 / 720, "day": 1 / 30, "business_day": 1.4 / 30, "week": 7 / 30, "month": 1, "year": 12}[self.unit]
        return round(self.value * per, 3)

    @property
    def disagrees(self) -> bool:
        """Words and figures differ ("three (2) years")."""
        return self.figures is not None and self.value is not None and self.figures != self.value


@dataclass(frozen=True, slots=True)
class DateMention:
    """A calendar date. ``date`` is None where part of it is blank or missing (「＿年＿月＿日」, "January 2025")."""

    start: int
    end: int
    date: dt.date | None


# --- statements ----------------------------------------------------------------------------------------------------
class Passage(StrEnum):
    """What a sentence is; only ``operative`` text can satisfy an element (definitions lend their words)."""

    OPERATIVE = "operative"
    DEFINITION = "definition"
    RECITAL = "recital"
    CROSS_REF = "cross_ref"
    SURVIVAL_LIST = "survival_list"
    PRECEDENCE_LIST = "precedence_list"
    DELETED = "deleted"
    NOTE = "note"
    QUESTION = "question"
    HEADING = "heading"
    SIGNATURE = "signature"
    TOC = "toc"


class Modality(StrEnum):
    DUTY = "duty"  # shall, must, しなければならない, ものとする, 規定文の終止形
    SOFT = "soft"  # endeavour, 努める
    RIGHT = "right"  # may, is entitled to, できる
    CONSENT = "consent"  # a right that needs the other side's agreement
    FACT = "fact"  # no modal: a list, a definition, "is", である


@dataclass(frozen=True, slots=True)
class Statement:
    """How the act at a place in a sentence is put: modality, polarity and whose it is."""

    modality: Modality
    negated: bool
    holder: str  # the party label or mutual word as printed (folded): "甲", "supplier", "either party"; "" = not said
    mutual: bool  # either party, each party, いずれの当事者も, 甲及び乙, 相手方
    cue: tuple[int, int] | None = None  # where the modal stands
    subordinate: bool = False  # the act stands in a condition or a noun phrase ("upon termination", 解除したとき): nobody does it here
    excluded: bool = False  # what is named at the place is carved out ("shall not be events", に含まれない)
    excepted: bool = False  # the denial has an exception ("may not terminate unless ..."): it grants that much
    on_consent: bool = False  # who wants to do it must first be allowed to (譲渡しようとするときは、承諾を得なければならない): as good as denied


class Language(Protocol):
    """One language. Implementations: ``clausecheck.languages.ja.JAPANESE``, ``clausecheck.languages.en.ENGLISH``."""

    code: str
    blank: str  # between two words or sentences: " ", or "" where a script has none
    stops: tuple[str, ...]  # marks of *folded* text that end a sentence or open what completes it
    pauses: tuple[str, ...]  # marks at which a long sentence may be cut in a quotation, best first
    frequent: tuple[str, ...]  # folded words that stand in most sentences of a contract: looking for them, or a piece of one, rules little out
    customary_roles: Mapping[str, str]  # folded label -> buyer | supplier, by custom where a draft names no roles (甲, 乙)

    def plausible(self, text: str) -> bool:
        """A source text of this language, or too short to tell; a neighbour that shares the script is not (Chinese, French)."""
        ...

    customary_names: Mapping[str, str]  # buyer, supplier -> what wording calls them where a contract names none

    # folding and sentences
    def fold(self, text: str) -> Folded: ...
    def fold_all(self, texts: Sequence[str]) -> list[Folded]: ...
    def sentences(self, text: str) -> list[tuple[int, int]]:
        """Spans of sentences in *folded* text; brackets and abbreviations do not end one. No span is empty."""
        ...

    def goes_on(self, before: str, after: str) -> bool:
        """The *source* text before a page break ends within a sentence, and what follows the break goes on with it."""
        ...

    def leaves_list(self, after: str) -> bool:
        """What follows, in the *source*, the full stop of a list's item is a sentence of its own and no item."""
        ...

    def title_marks(self, title: str) -> set[str]:
        """Pieces of a folded title of which two titles of the same clause share one."""
        ...

    # numbering (on source text)
    def number_mark(self, line: str) -> NumberMark | None: ...
    def printed_heading(self, number: int, heading: str) -> str:
        """A clause's opening line as the language prints it: "第3条（納入）", "3. Delivery"."""
        ...

    def branch_number(self, number: str, branch: int) -> str:
        """The number of a clause put behind this one without renumbering: "第12条の2" or "12A" for the first (branch 1)."""
        ...

    def closes(self, line: str) -> bool:
        """The line of *source* text ends a letter or leads to the signatures: what is added to a text goes before it."""
        ...

    def references(self, text: str) -> list[Reference]:
        """Clause references in *folded* text."""
        ...

    # quantities (on folded text)
    def durations(self, text: str) -> list[Duration]: ...
    def dates(self, text: str) -> list[DateMention]: ...
    def percentages(self, text: str) -> list[tuple[int, float]]:
        """Where each percentage stands, and what it is: 50.0 for "fifty percent (50%)"."""
        ...


    # statements (on one folded sentence)
    def passage(self, sentence: str) -> Passage: ...
    def statement(self, sentence: str, start: int, end: int, labels: Sequence[str] = ()) -> Statement:
        """How the words at ``start:end`` are put; ``labels`` are the folded party labels of the contract."""
        ...

    def states_rule(self, sentence: str) -> bool:
        """A sentence among the definitions that binds the parties or rules the whole contract."""
        ...

    def defined_terms(self, sentence: str) -> list[str]:
        """The terms (folded) that the sentence defines, in either form: "X" means ...; (以下「X」という。)."""
        ...

    def names_thing(self, definition: str) -> bool:
        """The defined term is a person, a law, goods or the like ("Affiliate" means any company ...), no event or conduct."""
        ...

    def may_define(self, text: str) -> bool:
        """Cheap test: some sentence of the text may define a term."""
        ...

    def place_of_items(self, opening: str, item: str) -> tuple[int, int] | None:
        """Where the opening of a list names what its items are ("次の行為"), if this item only names such an act; None: it says more."""
        ...

    def leads_list(self, sentence: str) -> bool:
        """The sentence opens a list whose items complete it: ends with a colon, 次の各号."""
        ...

    # library patterns
    def compile_term(self, term: str) -> str:
        """The RE2 pattern, to run on folded text, that a vocabulary term stands for; ValueError if malformed."""
        ...

    # parties
    def role(self, label: str) -> str:
        """buyer | supplier | "" : what a (folded) party label says of its bearer; 甲 and 乙 say nothing."""
        ...
