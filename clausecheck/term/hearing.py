"""What a contract says of its term, sentence by sentence, and the dates it gives itself; nothing is weighed here.

The wording is recognised in ``languages/*/periods.py``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from clausecheck.languages import periods
from clausecheck.languages.base import Passage
from clausecheck.languages.patterns import Sign, together
from clausecheck.languages.periods import SELDOM, Periods, Said, Topic
from clausecheck.model import Clause, ClauseKind, Evidence, Party
from clausecheck.passages import Passages, Sentence
from clausecheck.passages import Unit as PassageUnit

_SILENT = (Passage.NOTE, Passage.DELETED, Passage.QUESTION, Passage.TOC)
_SELDOM = sum(SELDOM.values())  # as bits
_OPENING = 6000  # characters from the start in which the agreement is dated
_MOST_SENTENCES = 12_000  # of a contract that are read for its term: far more than any real one has that speak of it


@dataclass(eq=False, slots=True)
class Heard:
    """Something said about the term, and where."""

    said: Said
    sentence: Sentence
    under: bool  # the clause is headed as the clause on the term
    order: int
    _evidence: Evidence | None = None

    @property
    def annex(self) -> bool:
        return self.sentence.unit.clause.kind is ClauseKind.ANNEX

    def evidence(self) -> Evidence:
        if self._evidence is None:
            self._evidence = self.sentence.evidence(f"term.{self.said.topic}", self.said.start, self.said.end)
        return self._evidence


class Dates:
    """The dates a contract gives itself; looked for when first asked for."""

    def __init__(self, passages: Passages, words: Periods) -> None:
        self._passages, self._words = passages, words
        self._opens_until = passages.units[0].start + _OPENING if passages.units else 0
        self.naming: list[tuple[PassageUnit, int]] = []  # units that may name a date, and the words in them

    def _in_opening(self, unit: PassageUnit) -> bool:
        return unit.start < self._opens_until

    def of(self, name: str) -> tuple[dt.date | None, bool]:
        """The date a name stands for, and whether its place was left blank."""
        for _ in range(4):
            if name == "agreement date":
                return self.agreement, self.agreement is None and self._agreement[1]
            if name not in self.named:
                return None, False
            value = self.named[name]
            if not isinstance(value, str):
                return value, value is None
            name = value
        return None, False

    @cached_property
    def named(self) -> dict[str, dt.date | str | None]:
        """The defined dates by their names; see ``Periods.named_dates``."""
        named: dict[str, dt.date | str | None] = {}
        language, words = self._passages.language, self._words
        for unit, told in self.naming:
            text = unit.folded.text
            if not words.dates_something(text, told):
                continue
            if self._in_opening(unit):  # here a date may stand across a wrong sentence end ("Dec. 8, 2005")
                pieces = [(text[:_OPENING], language.dates(text[:_OPENING]))]
            else:
                pieces = [(x.text, x.dates) for x in unit.sentences if words.dates_something(x.text, told)]
            for piece, dates in pieces:
                for name, value in words.named_dates(piece, dates).items():
                    if not isinstance(named.get(name), dt.date):
                        named[name] = value
        return named

    @property
    def agreement(self) -> dt.date | None:
        """The agreement's own date."""
        return self._agreement[0]

    def where(self) -> Evidence | None:
        """The sentence of the opening that gives the agreement's date."""
        date, _, unit = self._agreement
        sentences = unit.sentences if unit else ()
        dated = next((x for x in sentences if self._words.agreement_date(x.text, x.dates)[1] == date), None)
        return dated.evidence("term.date") if dated else None

    @cached_property
    def _agreement(self) -> tuple[dt.date | None, bool, PassageUnit | None]:
        """The agreement's date, from the opening, else beside the signatures; whether its place was left blank; the unit that gives it."""
        passages, words = self._passages, self._words
        language, blank = passages.language, False
        for unit in takewhile(self._in_opening, passages.units):
            text = unit.folded.text[:_OPENING]
            dated, value = words.agreement_date(text, language.dates(text))
            if value is not None:
                return value, blank, unit
            blank = blank or dated
        found: list[dt.date] = []
        for clause in passages.of.clauses:
            if clause.kind is ClauseKind.SIGNATURE:
                text = language.fold(passages.text[clause.start : min(clause.end, clause.start + 4000)]).text
                dates = language.dates(text)
                value = words.agreement_date(text, dates)[1]
                found += [value] if value is not None else [d.date for d in dates if d.date is not None]
        if found and max(found) - min(found) <= dt.timedelta(days=120):
            return max(found), blank, None
        return None, blank, None


class Hearing:
    """All that one contract says of its term."""

    def __init__(self, passages: Passages, parties: Sequence[Party]) -> None:
        self.passages = passages
        self.words = periods.get(passages.language.code)
        fold = passages.language.fold
        self.sides: dict[str, str] = {}
        for party in parties:
            label = fold(party.label).text
            if label:
                self.sides[label] = party.role
        if len(self.sides) == 2 and len([r for r in self.sides.values() if r]) == 1:
            known = next(r for r in self.sides.values() if r)
            self.sides = {k: r or ("supplier" if known == "buyer" else "buyer") for k, r in self.sides.items()}
        self.labels = sorted(self.sides, key=len, reverse=True)
        self.dates = Dates(passages, self.words)
        self._heard: dict[Topic, list[Heard]] = {}
        self._said: dict[Topic, list[Heard]] = {}
        self._count = self._order = 0
        self._later: list[tuple[PassageUnit, Sequence[Sign]]] = []  # units that may speak of nothing but what is asked for seldom
        self._put_off: list[tuple[Sentence, int, bool]] = []  # sentences that may speak of it too, the matters, under a heading on the term
        self._under = self._under_headings()
        self._listen()

    # -- listening
    def _listen(self) -> None:
        units, words = self.passages.units, self.words
        for unit, signs in zip(units, words.signs([unit.folded.text for unit in units]), strict=True):
            text, told = unit.folded.text, together(signs)
            if told & words.dating:
                self.dates.naming.append((unit, told))
            if unit.clause.deleted or unit.clause.kind in (ClauseKind.NOTE, ClauseKind.SIGNATURE):
                continue
            under = self._under[unit.clause.id]
            matters = words.matters(told)
            if not under and (not matters or not words.may_speak(text, told)):
                continue
            if under or matters & ~_SELDOM:
                self._hear(unit, signs, under)
            else:
                self._later.append((unit, signs))
        if len(units) == 1 and not self.passages.headings and not self._heard.get(Topic.END):
            before, self._heard = self._heard, {}  # a passage handed in by itself: if it states a term, it is of nothing else
            self._hear(units[0], signs, True)
            if not self._heard.get(Topic.END):
                self._heard = before

    def _hear(self, unit: PassageUnit, signs: Sequence[Sign], under: bool) -> None:
        """Takes note of what the sentences of a unit say, but for what is asked for seldom."""
        kinds = self.words.kinds(signs, ((x.start, x.start + len(x.text)) for x in unit.sentences))
        for sentence, matters in zip(unit.sentences, kinds, strict=True):
            if matters & _SELDOM:
                self._put_off.append((sentence, matters & _SELDOM, under))
            if not under and not matters & ~_SELDOM:
                continue
            self._count += 1
            if self._count > _MOST_SENTENCES:
                break
            ends = self._read(sentence, matters & ~_SELDOM, under)
            under = under or (ends and not unit.clause.heading)  # what follows in the same paragraph is about the term too

    def _read(self, sentence: Sentence, matters: int, under: bool) -> bool:
        """Takes note of what the sentence says of these matters; whether it states how long the contract runs."""
        found = self.words.read(sentence.text, sentence, matters, under_heading=under, labels=self.labels)
        for said in found:
            self._heard.setdefault(said.topic, []).append(Heard(said, sentence, under, self._order))
            self._order += 1
        return any(said.topic is Topic.END for said in found) and sentence.passage not in _SILENT

    def _read_seldom(self) -> None:
        """Takes note of the matters that were put off."""
        for unit, signs in self._later:
            self._hear(unit, signs, False)
        put_off = sorted(self._put_off, key=lambda p: (p[0].unit.index, p[0].start))
        self._later, self._put_off = [], []
        for sentence, matters, under in put_off[:_MOST_SENTENCES]:
            self._read(sentence, matters, under)

    def _under_headings(self) -> dict[str, bool]:
        """Of each clause: it, or else the nearest clause above it with a heading, is headed as the clause on the term."""
        headed = {c.id: len(c.heading) <= 90 and self.words.heading(text) for c, text in self.passages.headings}
        under: dict[str, bool] = {}
        for clause in self.passages.of.clauses:  # a clause comes after the one above it
            under[clause.id] = headed[clause.id] if clause.heading else under.get(clause.parent or "", False)
        return under

    def said(self, topic: Topic) -> list[Heard]:
        """What is said of the topic, in order; found when first asked for."""
        found = self._said.get(topic)
        if found is None:
            if topic in SELDOM:
                self._read_seldom()
            found = [h for h in self._heard.get(topic, ()) if h.sentence.passage not in _SILENT]
            self._said[topic] = found
        return found

    def near(self, h: Heard | None, topic: Topic, forms: Sequence[str] = ()) -> Heard | None:
        """What is said of ``topic`` in the same sentence, else in the same clause, else under a heading on the term, else anywhere."""
        found = [x for x in self.said(topic) if not forms or x.said.form in forms]
        if not found:
            return None
        top = self.passages.top(h.sentence.unit.clause) if h else None

        def key(x: Heard) -> tuple[int, int, int]:
            same = h is not None and x.sentence is h.sentence
            clause = top is not None and self.passages.top(x.sentence.unit.clause) is top
            return (3 if same else 2 if clause else 1 if x.under else 0, x.said.strength, -x.order)

        return max(found, key=key)

    def top(self, heard: Heard) -> Clause | None:
        """The top-level clause in which it is said."""
        return self.passages.top(heard.sentence.unit.clause)


def evidence_of(heard: Iterable[Heard | None]) -> tuple[Evidence, ...]:
    """One quotation a sentence, in order of the contract."""
    found = {(h.sentence.unit.index, h.sentence.start): h.evidence() for h in heard if h is not None}
    return tuple(found[k] for k in sorted(found))
