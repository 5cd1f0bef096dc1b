"""What a sentence can say of how long an agreement binds, in either language.

``ja.periods`` and ``en.periods`` recognise the wording; ``clausecheck.term`` puts what was said together. Offsets are in
the folded sentence handed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from clausecheck.languages.base import DateMention, Duration
from clausecheck.languages.patterns import Sign


class Topic(StrEnum):
    START = "start"  # form: date | named | signature | event | blank
    END = "end"  # form: duration | date | named | event | indefinite | vague | external | elsewhere | blank
    ENDING = "ending"  # what happens at the end, said beside no length: it expires, what applies afterwards
    RENEWAL = "renewal"  # form: auto | option | agreement | none
    REFUSAL = "refusal"  # who may refuse the renewal, until when
    EXIT = "exit"  # an end before the end without a ground
    BREACH_EXIT = "breach_exit"  # a right to end for a ground: says only who has such rights
    CHANGE_EXIT = "change_exit"  # an end because circumstances changed
    REVIEW = "review"
    CAP = "cap"  # a limit on renewals or on the total
    ORDERS = "orders"  # form: full | partial: orders open at the end
    ROLLING = "rolling"  # each order renews the whole term
    MINIMUM = "minimum"  # a minimum purchase for the whole term
    PRECEDENCE = "precedence"  # which text prevails; form: body | annex | ""


class Matter:
    """What a sentence may speak of, as bits: the questions that are put to it."""

    TERM = 1 << 0  # START and END
    RENEWAL = 1 << 1
    REFUSAL = 1 << 2
    EXIT = 1 << 3  # the three kinds of exits
    REVIEW = 1 << 4
    CAP = 1 << 5
    ORDERS = 1 << 6
    ROLLING = 1 << 7
    MINIMUM = 1 << 8
    ENDING = 1 << 9
    PRECEDENCE = 1 << 10
    DUTY = 1 << 11  # a duty to give notice of an end: an exit too


SELDOM = {Topic.ENDING: Matter.ENDING, Topic.PRECEDENCE: Matter.PRECEDENCE}  # what much speaks of and few contracts are asked for


AFTER_TERM = -1.0


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said about the term.

    ``strength`` is how surely it is said of this agreement: 3 named, 2 by the heading or the defined term, 1 by position
    only. ``marks`` are codes of what weakens or qualifies it: consent, no_deadline, placeholder, fee, conditional, window.
    """

    topic: Topic
    start: int
    end: int
    form: str = ""
    duration: Duration | None = None
    months: float | None = None
    days: float | None = None
    date: dt.date | None = None
    name: str = ""  # the defined term that fixes a date: "effective date"
    holder: str = ""  # the party that has the right, as printed (folded); "mutual"; "" = not said
    strength: int = 3
    marks: frozenset[str] = frozenset()
    window_days: float | None = None
    after_months: float | None = None  # an exit that opens only later; AFTER_TERM: only after the initial term
    times: float | None = None  # how often it may be renewed


class Quantities(Protocol):
    """The quantities of one sentence, found when asked for (a ``passages.Sentence`` is one)."""

    @property
    def durations(self) -> Sequence[Duration]: ...

    @property
    def dates(self) -> Sequence[DateMention]: ...


class Periods(Protocol):
    """The wording of terms in one language."""

    def signs(self, texts: Sequence[str]) -> Sequence[Sequence[Sign]]:
        """In each of these folded texts, the words that the methods below look at first: one pass over all of them."""
        ...

    def may_speak(self, text: str, words: int) -> bool:
        """Cheap: might this folded text, in which these words stand (the bits of its signs), say anything about a term?"""
        ...

    def matters(self, words: int) -> int:
        """The matters of which a text with these words (the bits of its signs) may speak, as bits; 0: none."""
        ...

    def kinds(self, signs: Sequence[Sign], spans: Iterable[tuple[int, int]]) -> Iterator[int]:
        """The matters of which each of these stretches of a text (in order) may speak."""
        ...

    def heading(self, heading: str) -> bool:
        """The folded heading is that of the clause on the term."""
        ...

    def read(self, sentence: str, find: Quantities, kinds: int, *, under_heading: bool, labels: Sequence[str]) -> list[Said]:
        """Everything the sentence says of this agreement's term, in order. ``kinds``: the matters to look for; ``find`` is asked only
        where it matters."""
        ...

    dating: int  # the bits of the words of which one stands in every text that gives a defined date

    def dates_something(self, text: str, words: int) -> bool:
        """Cheap: might this folded text, in which these words stand, give a defined date (an effective date, a start date)?"""
        ...

    def common_start(self, name: str) -> bool:
        """A name that means the agreement's own date unless defined otherwise: effective date, 発効日."""
        ...

    def named_dates(self, sentence: str, dates: Sequence[DateMention]) -> dict[str, dt.date | str | None]:
        """Defined dates: {"effective date": date}, or the name of another date it stands for ("agreement date"), or None if blank."""
        ...

    def agreement_date(self, sentence: str, dates: Sequence[DateMention]) -> tuple[bool, dt.date | None]:
        """Whether the sentence dates the agreement, and the date (None where left blank)."""
        ...


def get(code: str) -> Periods:
    """The wording of terms in the language of this code."""
    if code == "ja":
        from clausecheck.languages.ja.periods import JAPANESE_PERIODS

        return JAPANESE_PERIODS
    from clausecheck.languages.en.periods import ENGLISH_PERIODS

    return ENGLISH_PERIODS
