"""From when to when a contract binds: the sentence that states the term, its start and end, and statements that differ."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clausecheck.languages.periods import Said, Topic
from clausecheck.model import ClauseKind, Evidence, Result
from clausecheck.term.arithmetic import add_duration, add_months, length_said, months_between
from clausecheck.term.facts import Fact
from clausecheck.term.hearing import Heard, Hearing, evidence_of

_TOLERANCE_DAYS = 31  # two statements of the end that differ by less say the same
_VALUED = ("duration", "date", "named")
_OPEN_ENDS = {  # form of an end from which no day follows -> why it is weak, and its kind
    "blank": ("placeholder", "duration"),
    "vague": ("vague_end", "event"),
    "external": ("external_reference", "event"),
    "named": ("undetermined_date", "date"),
    "elsewhere": ("undetermined_date", "event"),
}


@dataclass(slots=True)
class Start:
    kind: str | None = None  # signature | effective | date | event
    date: dt.date | None = None
    result: Result = Result.ABSENT
    heard: Heard | None = None
    reasons: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Span:
    """Start and end of one contract's term; ``arithmetic`` gathers the steps."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self.arithmetic: list[str] = []

    def _weight(self, h: Heard) -> float:
        """How likely this is the sentence that states the term."""
        said = h.said
        weight = 2.0 * said.strength + h.under + (1.5 if said.form in _VALUED else 0.8 if said.form == "blank" else 0.0)
        if h.annex:
            weight -= 1
        if "restates" in said.marks:
            weight += 2
        if h.sentence.unit.clause.kind in (ClauseKind.PREAMBLE, ClauseKind.RECITAL):
            weight -= 2
        if any(o.sentence is h.sentence for o in self.hearing.said(Topic.START)):
            weight += 0.5
        return weight

    def end(self) -> Heard | None:
        ends = self.hearing.said(Topic.END)
        return max(ends, key=lambda h: (self._weight(h), -h.order), default=None)

    def start(self, end: Heard | None) -> Start:
        own = [x for x in self.hearing.said(Topic.START) if end is not None and x.sentence is end.sentence]
        chosen: Heard | None = None
        if own and end is not None:
            anchored = [x for x in own if "anchor" in x.said.marks]
            chosen = min(anchored or own, key=lambda x: (x.said.form == "event", x.order))
        else:
            chosen = self.hearing.near(end, Topic.START)
            if chosen is not None and end is not None and not (chosen.under or self.hearing.top(chosen) is self.hearing.top(end)):
                chosen = None
        if chosen is None:
            if self.hearing.dates.agreement is not None:
                where = self.hearing.dates.where()
                evidence = (where,) if where else ()
                return Start("effective", self.hearing.dates.agreement, Result.SATISFIED, None, ("start_from_agreement_date",), evidence)
            return Start()
        said = chosen.said
        evidence = (chosen.evidence(),)
        if said.form == "date":
            return Start("date", said.date, Result.SATISFIED, chosen, (), evidence)
        if said.form == "signature":
            return Start("signature", self.hearing.dates.agreement, Result.SATISFIED, chosen, (), evidence)
        if said.form == "event":
            return Start("event", None, Result.SATISFIED, chosen, (), evidence)
        if said.form == "blank":
            return Start("date", None, Result.WEAK, chosen, ("placeholder",), evidence)
        date, blank = self.hearing.dates.of(said.name)
        if date is None and said.name in self.hearing.dates.named and self.hearing.dates.named[said.name] == "event":
            return Start("event", None, Result.SATISFIED, chosen, (), evidence)
        if date is None and said.name not in self.hearing.dates.named and self.hearing.words.common_start(said.name):
            date, blank = self.hearing.dates.of("agreement date")
        if date is not None:
            return Start("effective", date, Result.SATISFIED, chosen, (), evidence)
        if blank:
            return Start("effective", None, Result.WEAK, chosen, ("placeholder",), evidence)
        if said.name == "agreement date":
            return Start("effective", None, Result.WEAK, chosen, ("no_date",), evidence)
        return Start("effective" if self.hearing.words.common_start(said.name) else "event", None, Result.SATISFIED, chosen, (), evidence)

    def read_end(self, end: Heard | None, start: Start) -> tuple[float | None, dt.date | None, Fact, str | None]:
        """Months, date, fact and kind of the end."""
        if end is None:
            return None, None, Fact(None, Result.ABSENT), None
        together = [h for h in self.hearing.said(Topic.END) if h.sentence is end.sentence]
        duration = next((h for h in together if h.said.form == "duration"), None)
        dated = next((h for h in together if h.said.form in ("date", "named")), None)
        evidence = evidence_of([end])
        reasons: list[str] = [m for m in ("earlier_of", "later_of") if end.said.marks and m in end.said.marks]
        months = duration.said.months if duration else None
        date: dt.date | None = None
        if dated is not None:
            date = dated.said.date if dated.said.form == "date" else self.hearing.dates.of(dated.said.name)[0]
        if date is None and months is not None and start.date is not None:
            date = self._count(start.date, duration.said if duration else None)
        if date is not None and months is None and start.date is not None and date > start.date:
            months = months_between(start.date, date)
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
            later, shown = add_duration(start, said.duration), length_said(said.duration)
        else:
            later, shown = add_months(start, said.months or 0), f"{said.months:g} months"
        if later is None:
            return None
        last = later - dt.timedelta(days=1)
        self.arithmetic.append(f"{start} + {shown} - 1 day = {last}")
        return last

    def mechanism(self, end: Heard | None, renewal: Heard | None) -> Fact:
        if renewal is not None:
            return Fact(True, Result.SATISFIED, (renewal.evidence(),))
        if end is not None and end.said.form in ("date", "indefinite", "event", "named"):
            return Fact(True, Result.SATISFIED, (end.evidence(),))
        ending = self.hearing.near(end, Topic.ENDING) if end is not None else None
        if ending is not None:
            return Fact(True, Result.SATISFIED, (ending.evidence(),))
        return Fact(None, Result.ABSENT)

    def conflict(self, end: Heard | None, start: Start) -> tuple[list[Heard], str, Heard | None]:
        """(statements that cannot both apply, note, the one that prevails by a rule of precedence)."""
        if end is None:
            return [], "", None
        if "disagrees" in end.said.marks:
            return [end], "words_and_figures", None
        if self._overshoots(end, start):
            return [end], "length_and_day", None
        if end.said.form not in _VALUED or end.said.strength < 3:
            return [], "", None
        top = self.hearing.top(end)
        rivals = [
            h
            for h in self.hearing.said(Topic.END)
            if h is not end
            and h.sentence is not end.sentence
            and h.said.form in _VALUED
            and h.said.strength == 3
            and (h.annex != end.annex or (self.hearing.top(h) is not top and h.under))
            and self._differs(end, h, start)
        ]
        if not rivals:
            return [], "", None
        rule = next((h for h in self.hearing.said(Topic.PRECEDENCE) if h.said.form), None) or next(
            iter(self.hearing.said(Topic.PRECEDENCE)), None
        )
        if rule is not None and end.annex != rivals[0].annex:
            pair = [end, rivals[0]]
            wanted = rule.said.form != "body" if rule.said.form else False
            winner = next(h for h in pair if h.annex == wanted)
            return [], "precedence", winner
        return [end, rivals[0]], "periods_differ", None

    def _overshoots(self, end: Heard, start: Start) -> bool:
        """The sentence gives a start, a length and a last day that do not fit: "from 1 April 2025 to 31 March 2028 (two years)"."""
        together = [h for h in self.hearing.said(Topic.END) if h.sentence is end.sentence]
        length = next((h.said.duration for h in together if h.said.form == "duration"), None)
        dated = next((h for h in together if h.said.form in ("date", "named")), None)
        if length is None or dated is None or start.heard is None or start.date is None:
            return False
        if any(h.said.marks & {"earlier_of", "later_of", "open_end"} for h in together):
            return False
        counted, stated = add_duration(start.date, length), self._last_day(dated, start)
        return counted is not None and stated is not None and abs((counted - stated).days) > _TOLERANCE_DAYS

    def _differs(self, one: Heard, other: Heard, start: Start) -> bool:
        a, b = self._last_day(one, start), self._last_day(other, start)
        if a is not None and b is not None:
            return abs((a - b).days) > _TOLERANCE_DAYS
        if one.said.months is not None and other.said.months is not None:
            return abs(one.said.months - other.said.months) > 0.5
        return False

    def _last_day(self, h: Heard, start: Start) -> dt.date | None:
        if h.said.form == "date":
            return h.said.date
        if h.said.form == "named":
            return self.hearing.dates.of(h.said.name)[0]
        if start.date is None or h.said.months is None:
            return None
        return add_months(start.date, h.said.months)
