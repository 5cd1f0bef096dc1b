"""What a contract says of its term, sentence by sentence, and the dates it gives itself; nothing is weighed here.

The wording is recognised in ``languages/*/periods.py``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from clausecheck.languages import periods
from clausecheck.languages.base import Passage
from clausecheck.languages.patterns import Sign
from clausecheck.languages.periods import Said, Topic
from clausecheck.model import Clause, ClauseKind, Evidence, Party
from clausecheck.passages import Passages, Sentence
from clausecheck.passages import Unit as PassageUnit

_SILENT = (Passage.NOTE, Passage.DELETED, Passage.QUESTION, Passage.TOC)
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


@dataclass(slots=True)
class Dates:
    """The dates a contract gives itself."""

    named: dict[str, dt.date | str | None] = field(default_factory=dict)
    agreement: dt.date | None = None
    blank: bool = False  # the place for the agreement's date is there and empty
    where: Evidence | None = None

    def of(self, name: str) -> tuple[dt.date | None, bool]:
        """The date a name stands for, and whether its place was left blank."""
        for _ in range(4):
            if name == "agreement date":
                return self.agreement, self.agreement is None and self.blank
            if name not in self.named:
                return None, False
            value = self.named[name]
            if not isinstance(value, str):
                return value, value is None
            name = value
        return None, False


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
        self.dates = Dates()
        self.heard: list[Heard] = []
        self._under = self._under_headings()
        self._listen()

    # -- listening
    def _listen(self) -> None:
        opening: list[PassageUnit] = []
        asked = 0
        first = self.passages.units[0].start if self.passages.units else 0
        units = self.passages.units
        for unit, signs in zip(units, self.words.signs([unit.folded.text for unit in units]), strict=True):
            text = unit.folded.text
            if unit.start - first < _OPENING:
                opening.append(unit)
            if signs and self.words.dates_something(text, signs):
                whole = unit.start - first < _OPENING  # a date in the opening may stand across a wrong sentence end ("Dec. 8, 2005")
                pieces = (
                    [(text[:_OPENING], self.passages.language.dates(text[:_OPENING]))]
                    if whole
                    else ((x.text, x.dates) for x in unit.sentences if self.words.dates_something(x.text, signs))
                )
                for piece, dates in pieces:
                    for name, value in self.words.named_dates(piece, dates).items():
                        if not isinstance(self.dates.named.get(name), dt.date):
                            self.dates.named[name] = value
            if unit.clause.deleted or unit.clause.kind in (ClauseKind.NOTE, ClauseKind.SIGNATURE):
                continue
            under = self._under[unit.clause.id]
            if not under and not (signs and self.words.tells(signs) and self.words.may_speak(text, signs)):
                continue
            for sentence, kinds in zip(unit.sentences, self._kinds(unit, signs), strict=True):
                if not kinds and not under:
                    continue
                asked += 1
                if asked > _MOST_SENTENCES:
                    break
                ends = self._hear(sentence, kinds, under)
                under = under or (ends and not unit.clause.heading)  # what follows in the same paragraph is about the term too
        if len(self.passages.units) == 1 and not self.passages.headings and not any(h.said.topic is Topic.END for h in self.heard):
            before, self.heard = self.heard, []  # a passage handed in by itself: if it states a term, it is of nothing else
            each = zip(units[0].sentences, self._kinds(units[0], signs), strict=True)
            heard = [self._hear(sentence, kinds, True) for sentence, kinds in islice(each, _MOST_SENTENCES)]
            if not any(heard):
                self.heard = before
        self._date_agreement(opening)

    def _kinds(self, unit: PassageUnit, signs: Sequence[Sign]) -> Sequence[int]:
        """What each sentence of the unit may say."""
        return self.words.kinds(signs, [(x.start, x.start + len(x.text)) for x in unit.sentences])

    def _hear(self, sentence: Sentence, kinds: int, under: bool) -> bool:
        """Takes note of what the sentence says; whether it states how long the contract runs."""
        found = self.words.read(sentence.text, sentence, kinds, under_heading=under, labels=self.labels)
        if not found or sentence.passage in _SILENT:
            return False
        self.heard += [Heard(said, sentence, under, len(self.heard) + i) for i, said in enumerate(found)]
        return any(said.topic is Topic.END for said in found)

    def _under_headings(self) -> dict[str, bool]:
        """Of each clause: it, or else the nearest clause above it with a heading, is headed as the clause on the term."""
        headed = {c.id: len(c.heading) <= 90 and self.words.heading(text) for c, text in self.passages.headings}
        under: dict[str, bool] = {}
        for clause in self.passages.of.clauses:  # a clause comes after the one above it
            under[clause.id] = headed[clause.id] if clause.heading else under.get(clause.parent or "", False)
        return under

    def _date_agreement(self, opening: Iterable[PassageUnit]) -> None:
        """The agreement's date: in the opening, else beside the signatures."""
        language = self.passages.language
        for unit in opening:
            text = unit.folded.text[:_OPENING]
            dated, value = self.words.agreement_date(text, language.dates(text))
            if value is not None:
                sentence = next((x for x in unit.sentences if self.words.agreement_date(x.text, x.dates)[1] == value), None)
                self.dates.agreement, self.dates.where = value, sentence.evidence("term.date") if sentence else None
                return
            self.dates.blank = self.dates.blank or dated
        found: list[dt.date] = []
        for clause in self.passages.of.clauses:
            if clause.kind is ClauseKind.SIGNATURE:
                text = language.fold(self.passages.text[clause.start : min(clause.end, clause.start + 4000)]).text
                dates = language.dates(text)
                value = self.words.agreement_date(text, dates)[1]
                found += [value] if value is not None else [d.date for d in dates if d.date is not None]
        if found and max(found) - min(found) <= dt.timedelta(days=120):
            self.dates.agreement = max(found)

    def said(self, topic: Topic) -> list[Heard]:
        return [h for h in self.heard if h.said.topic is topic]

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
    found = {h.sentence.source(): h.evidence() for h in heard if h is not None}
    return tuple(found[k] for k in sorted(found))
