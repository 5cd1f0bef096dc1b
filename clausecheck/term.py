"""How long a contract binds: its start, end, renewal, refusal, exits, and the arithmetic between them.

The wording is recognised in ``languages/*/periods.py``; here what was said is weighed (which sentence states the term), set
in relation to the dates of the agreement, and turned into facts with the evidence for each. A month counts as 30 days where
months and days meet; calendar arithmetic is done on the calendar.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from clausecheck.languages import periods
from clausecheck.languages.base import Duration, Passage, Unit
from clausecheck.languages.patterns import Sign
from clausecheck.languages.periods import Said, Topic
from clausecheck.model import ClauseKind, Evidence, Party, Result, Term
from clausecheck.passages import Passages, Sentence
from clausecheck.passages import Unit as PassageUnit

_SILENT = (Passage.NOTE, Passage.DELETED, Passage.QUESTION, Passage.TOC)
_OPENING = 6000  # characters from the start in which the agreement is dated
_MOST_SENTENCES = 12_000  # of a contract that are read for its term: far more than any real one has that speak of it
_TOLERANCE_DAYS = 31  # two statements of the end that differ by less say the same
_VALUED = ("duration", "date", "named")
_OPEN_ENDS = {  # form of an end from which no day follows -> why it is weak, and its kind
    "blank": ("placeholder", "duration"),
    "vague": ("vague_end", "event"),
    "external": ("external_reference", "event"),
    "named": ("undetermined_date", "date"),
    "elsewhere": ("undetermined_date", "event"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the contract: a number (months or days) or a bool, what it makes of its element, and why."""

    value: float | bool | None
    result: Result
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermFacts:
    """The term as a value and as facts by name: term_* for elements, the others are plain values."""

    term: Term
    facts: Mapping[str, Fact]


@dataclass(eq=False, slots=True)
class _Heard:
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
class _Start:
    kind: str | None = None  # signature | effective | date | event
    date: dt.date | None = None
    result: Result = Result.ABSENT
    heard: _Heard | None = None
    reasons: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class _Dates:
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


def read_term(passages: Passages, *, our_side: str = "either", parties: Sequence[Party] = ()) -> TermFacts:
    """The facts on the term of a contract; ``our_side`` (buyer | supplier | either) decides what is one-sided."""
    return _Reading(passages, our_side, parties).facts()


def add_months(date: dt.date, months: float) -> dt.date | None:
    """The day of the month that many months later (earlier if negative), clipped to the month's end; parts of a month as 30ths."""
    whole = int(months)
    index = date.year * 12 + date.month - 1 + whole
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        return None
    moved = dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))
    return moved + dt.timedelta(days=round((months - whole) * 30))


def add_duration(date: dt.date, length: Duration, sign: int = 1) -> dt.date | None:
    """The calendar day one duration later; None where the length is blank or leaves the calendar."""
    if length.value is None or length.value > 10_000:
        return None
    if length.unit in (Unit.MONTH, Unit.YEAR):
        return add_months(date, sign * length.value * (12 if length.unit is Unit.YEAR else 1))
    return date + dt.timedelta(days=round(sign * (length.days or 0)))


class _Reading:
    """One contract being read for its term."""

    def __init__(self, passages: Passages, our_side: str, parties: Sequence[Party]) -> None:
        self.passages = passages
        self.words = periods.get(passages.language.code)
        self.our_side = our_side
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
        self.dates = _Dates()
        self.heard: list[_Heard] = []
        self.arithmetic: list[str] = []
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
        self.heard += [_Heard(said, sentence, under, len(self.heard) + i) for i, said in enumerate(found)]
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

    def _said(self, topic: Topic) -> list[_Heard]:
        return [h for h in self.heard if h.said.topic is topic]

    # -- choosing
    def _weight(self, h: _Heard) -> float:
        """How likely this is the sentence that states the term."""
        said = h.said
        weight = 2.0 * said.strength + h.under + (1.5 if said.form in _VALUED else 0.8 if said.form == "blank" else 0.0)
        if h.annex:
            weight -= 1
        if "restates" in said.marks:
            weight += 2
        if h.sentence.unit.clause.kind in (ClauseKind.PREAMBLE, ClauseKind.RECITAL):
            weight -= 2
        if any(o.sentence is h.sentence and o.said.topic is Topic.START for o in self.heard):
            weight += 0.5
        return weight

    def _end(self) -> _Heard | None:
        ends = self._said(Topic.END)
        return max(ends, key=lambda h: (self._weight(h), -h.order), default=None)

    def _near(self, h: _Heard | None, topic: Topic, forms: Sequence[str] = ()) -> _Heard | None:
        """What is said of ``topic`` in the same sentence, else in the same clause, else under a heading on the term, else anywhere."""
        found = [x for x in self._said(topic) if not forms or x.said.form in forms]
        if not found:
            return None
        top = self.passages.top(h.sentence.unit.clause) if h else None

        def key(x: _Heard) -> tuple[int, int, int]:
            same = h is not None and x.sentence is h.sentence
            clause = top is not None and self.passages.top(x.sentence.unit.clause) is top
            return (3 if same else 2 if clause else 1 if x.under else 0, x.said.strength, -x.order)

        return max(found, key=key)

    def _start(self, end: _Heard | None) -> _Start:
        own = [x for x in self._said(Topic.START) if end is not None and x.sentence is end.sentence]
        chosen: _Heard | None = None
        if own and end is not None:
            anchored = [x for x in own if "anchor" in x.said.marks]
            chosen = min(anchored or own, key=lambda x: (x.said.form == "event", x.order))
        else:
            chosen = self._near(end, Topic.START)
            if (
                chosen is not None
                and end is not None
                and not (chosen.under or self.passages.top(chosen.sentence.unit.clause) is self.passages.top(end.sentence.unit.clause))
            ):
                chosen = None
        if chosen is None:
            if self.dates.agreement is not None:
                where = (self.dates.where,) if self.dates.where else ()
                return _Start("effective", self.dates.agreement, Result.SATISFIED, None, ("start_from_agreement_date",), where)
            return _Start()
        said = chosen.said
        evidence = (chosen.evidence(),)
        if said.form == "date":
            return _Start("date", said.date, Result.SATISFIED, chosen, (), evidence)
        if said.form == "signature":
            return _Start("signature", self.dates.agreement, Result.SATISFIED, chosen, (), evidence)
        if said.form == "event":
            return _Start("event", None, Result.SATISFIED, chosen, (), evidence)
        if said.form == "blank":
            return _Start("date", None, Result.WEAK, chosen, ("placeholder",), evidence)
        date, blank = self.dates.of(said.name)
        if date is None and said.name in self.dates.named and self.dates.named[said.name] == "event":
            return _Start("event", None, Result.SATISFIED, chosen, (), evidence)
        if date is None and said.name not in self.dates.named and self.words.common_start(said.name):
            date, blank = self.dates.of("agreement date")
        if date is not None:
            return _Start("effective", date, Result.SATISFIED, chosen, (), evidence)
        if blank:
            return _Start("effective", None, Result.WEAK, chosen, ("placeholder",), evidence)
        if said.name == "agreement date":
            return _Start("effective", None, Result.WEAK, chosen, ("no_date",), evidence)
        return _Start("effective" if self.words.common_start(said.name) else "event", None, Result.SATISFIED, chosen, (), evidence)

    # -- sides
    def _whose(self, holder: str) -> str:
        """mutual | ours | theirs | unknown"""
        if holder == "mutual":
            return "mutual"
        if self.our_side == "either":
            return "ours" if holder else "unknown"
        role = self.sides.get(holder) or self.passages.language.role(holder) if holder else ""
        if not role:
            return "unknown"
        return "ours" if role == self.our_side else "theirs"

    def _both(self, heard: Sequence[_Heard]) -> bool:
        """Either every right is mutual, or each side has one."""
        holders = {h.said.holder for h in heard}
        return "mutual" in holders or len({h for h in holders if h}) > 1

    # -- the facts
    def facts(self) -> TermFacts:
        facts: dict[str, Fact] = {}
        end = self._end()
        start = self._start(end) if end is not None or self._said(Topic.START) else _Start()
        initial, end_date, end_fact, end_kind = self._read_end(end, start)
        stated = end is not None

        conflict, note, prevailing = self._conflict(end, start)
        if prevailing is not None:
            end = prevailing
            start = self._start(end)
            initial, end_date, end_fact, end_kind = self._read_end(end, start)
        indefinite = end is not None and end.said.form == "indefinite"

        renewal = self._renewal(end)
        auto = renewal is not None and renewal.said.form == "auto"
        renewal_months = self._renewal_months(renewal, initial)
        exits, exit_notice, exit_fact, exit_after = self._exits()
        refusal = self._refusal(renewal, end) if auto else None
        optout_days = refusal.said.days if refusal is not None else None
        optout = self._optout_fact(auto, refusal, exits)
        no_optout = auto and refusal is None and optout.result is Result.ABSENT
        one_sided = self._one_sided(auto, refusal)
        review = self._near(end, Topic.REVIEW)
        lock_in, unlimited = self._lock_in(initial, renewal_months, auto, no_optout or one_sided, exit_notice, exit_after, indefinite)
        last_day = None
        if auto and end_date is not None and refusal is not None and refusal.said.duration is not None:
            last_day = add_duration(end_date, refusal.said.duration, -1)
            if last_day is not None:
                self.arithmetic.append(f"{end_date} - {_length(refusal.said.duration)} = {last_day}")

        facts["term_start"] = Fact(None, start.result if stated or start.heard else Result.ABSENT, start.evidence, start.reasons)
        facts["term_end"] = end_fact
        facts["term_end_mechanism"] = self._mechanism(end, renewal)
        facts["term_optout"] = optout
        facts["term_review"] = _of(review, review.said.months if review else None, weak=("no_interval",))
        facts["term_early_exit"] = exit_fact
        facts["term_renewal_length"] = self._renewal_length(renewal, renewal_months)
        facts["term_renewal_cap"] = _of(self._near(renewal, Topic.CAP) if renewal else None)
        orders = [h for h in self._said(Topic.ORDERS)]
        best = next((h for h in orders if h.said.form == "full"), orders[0] if orders else None)
        facts["term_individual_orders"] = (
            Fact(None, Result.ABSENT)
            if best is None
            else Fact(
                True,
                Result.SATISFIED if best.said.form == "full" else Result.WEAK,
                (best.evidence(),),
                () if best.said.form == "full" else ("partial",),
            )
        )
        facts["term_mutual"] = self._mutual(refusal, exits)

        term = Term(
            initial_months=initial,
            start=start.kind if stated or start.heard else None,
            start_date=start.date if stated else None,
            end=end_kind,
            end_date=end_date,
            indefinite=indefinite,
            auto_renewal=auto if stated or renewal is not None else None,
            renewal_months=renewal_months,
            optout_days=optout_days,
            exit_notice_days=exit_notice,
            max_lock_in_months=lock_in,
            last_day_to_refuse=last_day,
            review_interval_months=review.said.months if review else None,
            evidence=_evidence(h for h in (start.heard, end, renewal, refusal, exits[0] if exits else None, review) if h is not None),
            arithmetic=tuple(dict.fromkeys(self.arithmetic)),
        )
        end_evidence = end_fact.evidence

        def number(value: float | None, evidence: tuple[Evidence, ...] = ()) -> Fact:
            return Fact(value, Result.ABSENT if value is None else Result.SATISFIED, evidence)

        def flag(name: str, value: bool, evidence: tuple[Evidence, ...] = (), reasons: tuple[str, ...] = ()) -> None:
            facts[name] = Fact(value, Result.SATISFIED if value else Result.ABSENT, evidence if value or reasons else (), reasons)

        renewal_evidence = (renewal.evidence(),) if renewal else ()
        refusal_evidence = (refusal.evidence(),) if refusal else ()
        facts["initial_months"] = number(initial, end_evidence)
        facts["renewal_months"] = number(renewal_months, renewal_evidence)
        facts["optout_days"] = number(optout_days, refusal_evidence)
        window = refusal.said.window_days if refusal else None
        facts["optout_window_days"] = Fact(
            window,
            Result.ABSENT if window is None else Result.SATISFIED,
            refusal_evidence if window is not None else (),
            ("window_too_short",) if window is not None and window < 15 else (),
        )
        facts["exit_notice_days"] = number(exit_notice, exit_fact.evidence)
        facts["review_interval_months"] = number(term.review_interval_months, facts["term_review"].evidence)
        facts["max_lock_in_months"] = number(lock_in, end_evidence)
        flag("lock_in_unlimited", unlimited, renewal_evidence)
        flag("auto_renewal", auto, renewal_evidence)
        flag(
            "renews",
            renewal is not None
            and (renewal.said.form in ("auto", "option") or (renewal.said.form == "agreement" and renewal_months is not None)),
            renewal_evidence,
        )
        flag("renewal_by_option", renewal is not None and renewal.said.form == "option", renewal_evidence)
        flag("renewal_by_agreement", renewal is not None and renewal.said.form == "agreement", renewal_evidence)
        flag("renewal_excluded", renewal is not None and renewal.said.form == "none", renewal_evidence)
        flag("indefinite", indefinite, end_evidence, ("indefinite",) if indefinite else ())
        flag("renewal_longer_than_initial", bool(auto and initial and renewal_months and renewal_months > initial + 0.01), renewal_evidence)
        flag("no_optout", no_optout, renewal_evidence)
        flag("one_sided_renewal", one_sided, refusal_evidence or renewal_evidence)
        rolling = self._near(end, Topic.ROLLING)
        flag("rolling_lock", rolling is not None, (rolling.evidence(),) if rolling else ())
        usable = [h for h in exits if self._whose(h.said.holder) != "theirs"]
        fee = next((h for h in usable if "fee" in h.said.marks), None)
        flag("exit_fee", fee is not None and all("fee" in h.said.marks for h in usable), (fee.evidence(),) if fee else ())
        flag("conflicting_periods", bool(conflict), _evidence(conflict), (note,) if note and conflict else ())
        if note and not conflict:
            facts["conflicting_periods"] = Fact(False, Result.ABSENT, _evidence([prevailing]) if prevailing else (), (note,))
        minimum = self._near(end, Topic.MINIMUM)
        flag("min_purchase_full_term", minimum is not None, (minimum.evidence(),) if minimum else ())
        return TermFacts(term, facts)

    def _read_end(self, end: _Heard | None, start: _Start) -> tuple[float | None, dt.date | None, Fact, str | None]:
        """Months, date, fact and kind of the end."""
        if end is None:
            return None, None, Fact(None, Result.ABSENT), None
        together = [h for h in self._said(Topic.END) if h.sentence is end.sentence]
        duration = next((h for h in together if h.said.form == "duration"), None)
        dated = next((h for h in together if h.said.form in ("date", "named")), None)
        evidence = _evidence([end])
        reasons: list[str] = [m for m in ("earlier_of", "later_of") if end.said.marks and m in end.said.marks]
        months = duration.said.months if duration else None
        date: dt.date | None = None
        if dated is not None:
            date = dated.said.date if dated.said.form == "date" else self.dates.of(dated.said.name)[0]
        if date is None and months is not None and start.date is not None:
            date = self._count(start.date, duration.said if duration else None)
        if date is not None and months is None and start.date is not None and date > start.date:
            months = _months_between(start.date, date)
            self.arithmetic.append(f"{start.date} .. {date} = {months:g} months")
        certain = sum(h.said.form in _VALUED for h in together) > 1
        if date is not None and not certain and any("open_end" in h.said.marks for h in together):
            date = None  # the later of this and of an event that has no day yet
        form = end.said.form
        if duration is not None or date is not None:
            kind = "duration" if duration is not None and (dated is None or duration.order < dated.order) else "date"
            return months, date, Fact(months, Result.SATISFIED, evidence, tuple(reasons)), kind
        if form == "indefinite":
            return None, None, Fact(None, Result.WEAK, evidence, ("indefinite",)), "indefinite"
        if form == "event":
            return None, None, Fact(None, Result.SATISFIED, evidence, tuple(reasons)), "event"
        reason, kind = _OPEN_ENDS.get(form, _OPEN_ENDS["vague"])
        return None, None, Fact(None, Result.WEAK, evidence, (reason,)), kind

    def _count(self, start: dt.date, said: Said | None) -> dt.date | None:
        """The last day of the term: start plus length minus one day."""
        if said is None:
            return None
        if said.duration is not None:
            later, shown = add_duration(start, said.duration), _length(said.duration)
        else:
            later, shown = add_months(start, said.months or 0), f"{said.months:g} months"
        if later is None:
            return None
        last = later - dt.timedelta(days=1)
        self.arithmetic.append(f"{start} + {shown} - 1 day = {last}")
        return last

    # -- renewal
    def _renewal(self, end: _Heard | None) -> _Heard | None:
        found = [
            h
            for h in self._said(Topic.RENEWAL)
            if h.said.strength >= 2
            and not (h.sentence.unit.clause.kind is ClauseKind.RECITAL and h.said.form != "auto")
            and not (h.annex and end is not None and not end.annex and h.said.strength < 3)
            and not (h.sentence.passage is Passage.DEFINITION and h.said.form != "auto")
        ]
        if not found:
            return None
        top = self.passages.top(end.sentence.unit.clause) if end else None
        rank = {"auto": 3, "option": 2, "agreement": 2, "none": 1}

        def key(h: _Heard) -> tuple[float, int]:
            near = top is not None and self.passages.top(h.sentence.unit.clause) is top
            same = end is not None and h.sentence is end.sentence
            return (
                -2.0 * (h.annex and not (end is not None and end.annex))
                + 4.0 * (near or same or h.under)
                + rank[h.said.form]
                + (1.5 if h.said.months is not None else 0),
                -h.order,
            )

        return max(found, key=key)

    def _renewal_months(self, renewal: _Heard | None, initial: float | None) -> float | None:
        if renewal is None or renewal.said.form == "none":
            return None
        if renewal.said.months is not None:
            return renewal.said.months
        return initial if "same_length" in renewal.said.marks else None

    def _renewal_length(self, renewal: _Heard | None, months: float | None) -> Fact:
        if renewal is None or renewal.said.form == "none":
            return Fact(None, Result.ABSENT)
        evidence = (renewal.evidence(),)
        if months is not None or "same_length" in renewal.said.marks:
            return Fact(months, Result.SATISFIED, evidence)
        if "placeholder" in renewal.said.marks:
            return Fact(None, Result.WEAK, evidence, ("placeholder",))
        return Fact(None, Result.ABSENT)

    def _refusal(self, renewal: _Heard | None, end: _Heard | None) -> _Heard | None:
        found = self._said(Topic.REFUSAL)
        if not found or renewal is None:
            return None
        same = [h for h in found if h.sentence is renewal.sentence]
        top = self.passages.top(renewal.sentence.unit.clause)
        close = [h for h in found if self.passages.top(h.sentence.unit.clause) is top]
        headed = [h for h in found if h.under]
        for group in (same, close, headed):
            timed = [h for h in group if h.said.days is not None]
            if timed:
                return max(timed, key=lambda h: (h.said.strength, -h.order))
        known = [h for h in same or close or headed if h.said.strength > 1]
        return min(known, key=lambda h: h.order) if known else None

    def _optout_fact(self, auto: bool, refusal: _Heard | None, exits: Sequence[_Heard]) -> Fact:
        if not auto:
            return Fact(None, Result.ABSENT)
        if refusal is None:
            ours = [h for h in exits if self._whose(h.said.holder) != "theirs"]
            if ours:
                return Fact(None, Result.WEAK, (ours[0].evidence(),), ("exit_stands_in",))
            return Fact(None, Result.ABSENT)
        reasons: list[str] = [m for m in ("placeholder", "no_deadline", "needs_reason") if m in refusal.said.marks]
        if "consent" in refusal.said.marks:
            reasons.append("refusal_needs_consent")
        if self._one_sided(auto, refusal):
            reasons.append("only_other_side")
        return Fact(refusal.said.days, Result.WEAK if reasons else Result.SATISFIED, (refusal.evidence(),), tuple(reasons))

    def _one_sided(self, auto: bool, refusal: _Heard | None) -> bool:
        """Only the other side may refuse the renewal, or call for it."""
        if self.our_side == "either":
            return False
        if auto and refusal is not None:
            top = self.passages.top(refusal.sentence.unit.clause)
            rights = [h for h in self._said(Topic.REFUSAL) if self.passages.top(h.sentence.unit.clause) is top]
            return bool(rights) and all(self._whose(h.said.holder) == "theirs" for h in rights)
        if not auto:
            options = [h for h in self._said(Topic.RENEWAL) if h.said.form == "option" and h.said.strength >= 2]
            return bool(options) and all(self._whose(h.said.holder) == "theirs" for h in options)
        return False

    # -- exits
    def _exits(self) -> tuple[list[_Heard], float | None, Fact, float | None]:
        """All exits at will; the notice of the best one that we have; the fact; months after which it opens."""
        exits = self._said(Topic.EXIT)
        usable = [h for h in exits if self._whose(h.said.holder) != "theirs"]
        clean = [h for h in usable if not h.said.marks & {"consent", "fee", "placeholder"}]
        if clean:
            best = min(clean, key=lambda h: (h.said.after_months is not None, h.said.days if h.said.days is not None else 1e9, h.order))
            return exits, best.said.days, Fact(best.said.days, Result.SATISFIED, (best.evidence(),)), best.said.after_months
        if usable:
            best = usable[0]
            reasons = tuple(
                {"consent": "exit_needs_consent", "fee": "exit_fee"}.get(m, m)
                for m in sorted(best.said.marks & {"consent", "fee", "placeholder"})
            )
            return (
                exits,
                best.said.days if "consent" not in best.said.marks else None,
                Fact(best.said.days, Result.WEAK, (best.evidence(),), reasons),
                best.said.after_months,
            )
        if exits:
            return exits, None, Fact(None, Result.WEAK, (exits[0].evidence(),), ("only_other_side",)), None
        change = next((h for h in self._said(Topic.CHANGE_EXIT) if self._whose(h.said.holder) != "theirs"), None)
        if change is not None:
            return [], None, Fact(None, Result.WEAK, (change.evidence(),), ("only_on_change",)), None
        return [], None, Fact(None, Result.ABSENT), None

    def _mutual(self, refusal: _Heard | None, exits: Sequence[_Heard]) -> Fact:
        """Both sides have the same refusal and exit; where neither stands, the same right to end for a ground."""
        groups = [[h for h in self._said(Topic.REFUSAL) if refusal is not None], list(exits)]
        known = [g for g in groups if g]
        if not known:
            grounds = self._said(Topic.BREACH_EXIT)
            mutual = [h for h in grounds if h.said.holder == "mutual"]
            if mutual:
                return Fact(True, Result.SATISFIED, (mutual[0].evidence(),))
            return Fact(None, Result.ABSENT)
        evidence = ((refusal or known[0][0]).evidence(),)  # the words that the refusal of renewal rests on, where there is one
        unequal = [g for g in known if not self._equal(g)]
        if unequal:
            return Fact(False, Result.WEAK, (unequal[0][0].evidence(),), ("unequal",))
        return Fact(True, Result.SATISFIED, evidence)

    def _equal(self, group: Sequence[_Heard]) -> bool:
        if all(h.said.holder in ("mutual", "") for h in group):
            return True
        single = [h for h in group if h.said.holder not in ("mutual", "")]
        if any(h.said.holder == "mutual" for h in group):
            return not any(h.said.days is not None for h in single) or all(
                h.said.days in {x.said.days for x in group if x.said.holder == "mutual"} for h in single
            )
        by: dict[str, set[float | None]] = {}
        for h in single:
            by.setdefault(h.said.holder, set()).add(h.said.days)
        return len(by) > 1 and len({frozenset(v) for v in by.values()}) == 1

    def _lock_in(
        self,
        initial: float | None,
        renewal: float | None,
        auto: bool,
        bound: bool,
        notice: float | None,
        after: float | None,
        indefinite: bool,
    ) -> tuple[float | None, bool]:
        """The longest time we are bound from the start if we act as early as we can; True where there is no way out."""
        if notice is not None and (after is None or after >= 0):
            out = (after or 0.0) + notice / 30
            return round(min(out, initial) if initial is not None and not auto else out, 2), False
        if auto and bound:
            cap = self._near(None, Topic.CAP)
            if cap is not None and cap.said.months is not None:
                return cap.said.months, False
            return (initial + renewal if initial is not None and renewal is not None else initial), True
        if indefinite:
            return None, True
        return initial, False

    # -- the end's mechanism
    def _mechanism(self, end: _Heard | None, renewal: _Heard | None) -> Fact:
        if renewal is not None:
            return Fact(True, Result.SATISFIED, (renewal.evidence(),))
        if end is not None and end.said.form in ("date", "indefinite", "event", "named"):
            return Fact(True, Result.SATISFIED, (end.evidence(),))
        ending = self._near(end, Topic.ENDING) if end is not None else None
        if ending is not None:
            return Fact(True, Result.SATISFIED, (ending.evidence(),))
        return Fact(None, Result.ABSENT)

    # -- conflicts
    def _conflict(self, end: _Heard | None, start: _Start) -> tuple[list[_Heard], str, _Heard | None]:
        """(statements that cannot both apply, note, the one that prevails by a rule of precedence)."""
        if end is None:
            return [], "", None
        if "disagrees" in end.said.marks:
            return [end], "words_and_figures", None
        if end.said.form not in _VALUED or end.said.strength < 3:
            return [], "", None
        top = self.passages.top(end.sentence.unit.clause)
        rivals = [
            h
            for h in self._said(Topic.END)
            if h is not end
            and h.sentence is not end.sentence
            and h.said.form in _VALUED
            and h.said.strength == 3
            and (h.annex != end.annex or (self.passages.top(h.sentence.unit.clause) is not top and h.under))
            and self._differs(end, h, start)
        ]
        if not rivals:
            return [], "", None
        rule = next((h for h in self._said(Topic.PRECEDENCE) if h.said.form), None) or next(iter(self._said(Topic.PRECEDENCE)), None)
        if rule is not None and end.annex != rivals[0].annex:
            pair = [end, rivals[0]]
            wanted = rule.said.form != "body" if rule.said.form else False
            winner = next(h for h in pair if h.annex == wanted)
            return [], "precedence", winner
        return [end, rivals[0]], "periods_differ", None

    def _differs(self, one: _Heard, other: _Heard, start: _Start) -> bool:
        a, b = self._last_day(one, start), self._last_day(other, start)
        if a is not None and b is not None:
            return abs((a - b).days) > _TOLERANCE_DAYS
        if one.said.months is not None and other.said.months is not None:
            return abs(one.said.months - other.said.months) > 0.5
        return False

    def _last_day(self, h: _Heard, start: _Start) -> dt.date | None:
        if h.said.form == "date":
            return h.said.date
        if h.said.form == "named":
            return self.dates.of(h.said.name)[0]
        if start.date is None or h.said.months is None:
            return None
        return add_months(start.date, h.said.months)


def _of(heard: _Heard | None, value: float | None = None, *, weak: Sequence[str] = ()) -> Fact:
    """The fact that something is said at all; marks named in ``weak`` make it weak."""
    if heard is None:
        return Fact(None, Result.ABSENT)
    reasons = tuple(m for m in weak if m in heard.said.marks)
    return Fact(value, Result.WEAK if reasons else Result.SATISFIED, (heard.evidence(),), reasons)


def _evidence(heard: Iterable[_Heard | None]) -> tuple[Evidence, ...]:
    """One quotation a sentence, in order of the contract."""
    found = {h.sentence.source(): h.evidence() for h in heard if h is not None}
    return tuple(found[k] for k in sorted(found))


def _length(length: Duration) -> str:
    unit = str(length.unit).replace("_", " ")
    return f"{length.value:g} {unit}{'' if length.value == 1 else 's'}"


def _months_between(start: dt.date, end: dt.date) -> float:
    """Whole months where the last day closes a month of the term, else with the days left over as 30ths."""
    after = end + dt.timedelta(days=1)
    for last in (after, end):
        if last.day == start.day:
            return float((last.year - start.year) * 12 + last.month - start.month)
    months = (after.year - start.year) * 12 + after.month - start.month
    days = after.day - start.day
    if days < 0:
        months -= 1
        days += 30
    return round(months + days / 30, 2)
