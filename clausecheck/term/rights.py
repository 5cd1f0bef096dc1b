"""Who may renew, refuse or leave, until when: renewals, refusals, exits, and how long they leave us bound."""

from __future__ import annotations

from collections.abc import Sequence

from clausecheck.languages.base import Passage
from clausecheck.languages.periods import AFTER_TERM, Topic
from clausecheck.model import ClauseKind, Result
from clausecheck.term.facts import Fact
from clausecheck.term.hearing import Heard, Hearing


class Rights:
    """The rights of one contract's parties over its term, as ``our_side`` (buyer | supplier | either) sees them."""

    def __init__(self, hearing: Hearing, our_side: str) -> None:
        self.hearing, self.our_side = hearing, our_side

    def whose(self, holder: str) -> str:
        """mutual | ours | theirs | unknown"""
        if holder == "mutual":
            return "mutual"
        if self.our_side == "either":
            return "ours" if holder else "unknown"
        role = self.hearing.sides.get(holder) or self.hearing.passages.language.role(holder) if holder else ""
        if not role:
            return "unknown"
        return "ours" if role == self.our_side else "theirs"

    def renewal(self, end: Heard | None) -> Heard | None:
        found = [
            h
            for h in self.hearing.said(Topic.RENEWAL)
            if h.said.strength >= 2
            and not (h.sentence.unit.clause.kind is ClauseKind.RECITAL and h.said.form != "auto")
            and not (h.annex and end is not None and not end.annex and h.said.strength < 3)
            and not (h.sentence.passage is Passage.DEFINITION and h.said.form != "auto")
        ]
        if not found:
            return None
        top = self.hearing.top(end) if end else None
        rank = {"auto": 3, "option": 2, "agreement": 2, "none": 1}

        def key(h: Heard) -> tuple[float, int]:
            near = top is not None and self.hearing.top(h) is top
            same = end is not None and h.sentence is end.sentence
            return (
                -2.0 * (h.annex and not (end is not None and end.annex))
                + 4.0 * (near or same or h.under)
                + rank[h.said.form]
                + (1.5 if h.said.months is not None else 0),
                -h.order,
            )

        return max(found, key=key)

    def renewal_months(self, renewal: Heard | None, initial: float | None) -> float | None:
        if renewal is None or renewal.said.form == "none":
            return None
        if renewal.said.months is not None:
            return renewal.said.months
        return initial if "same_length" in renewal.said.marks else None

    def renewal_length(self, renewal: Heard | None, months: float | None) -> Fact:
        if renewal is None or renewal.said.form == "none":
            return Fact(None, Result.ABSENT)
        evidence = (renewal.evidence(),)
        if months is not None or "same_length" in renewal.said.marks:
            return Fact(months, Result.SATISFIED, evidence)
        if "placeholder" in renewal.said.marks:
            return Fact(None, Result.WEAK, evidence, ("placeholder",))
        return Fact(None, Result.ABSENT)

    def refusal(self, renewal: Heard | None, end: Heard | None) -> Heard | None:
        found = self.hearing.said(Topic.REFUSAL)
        if not found or renewal is None:
            return None
        same = [h for h in found if h.sentence is renewal.sentence]
        top = self.hearing.top(renewal)
        close = [h for h in found if self.hearing.top(h) is top]
        headed = [h for h in found if h.under]
        for group in (same, close, headed):
            timed = [h for h in group if h.said.days is not None]
            if timed:
                return max(timed, key=lambda h: (h.said.strength, -h.order))
        known = [h for h in same or close or headed if h.said.strength > 1]
        return min(known, key=lambda h: h.order) if known else None

    def optout_fact(self, auto: bool, refusal: Heard | None, exits: Sequence[Heard]) -> Fact:
        if not auto:
            return Fact(None, Result.ABSENT)
        if refusal is None:
            ours = [h for h in exits if self.whose(h.said.holder) != "theirs"]
            if ours:
                return Fact(None, Result.WEAK, (ours[0].evidence(),), ("exit_stands_in",))
            return Fact(None, Result.ABSENT)
        reasons: list[str] = [m for m in ("placeholder", "no_deadline", "needs_reason") if m in refusal.said.marks]
        if "consent" in refusal.said.marks:
            reasons.append("refusal_needs_consent")
        if self.one_sided(auto, refusal):
            reasons.append("only_other_side")
        return Fact(refusal.said.days, Result.WEAK if reasons else Result.SATISFIED, (refusal.evidence(),), tuple(reasons))

    def one_sided(self, auto: bool, refusal: Heard | None) -> bool:
        """Only the other side may refuse the renewal, or call for it."""
        if self.our_side == "either":
            return False
        if auto and refusal is not None:
            top = self.hearing.top(refusal)
            rights = [h for h in self.hearing.said(Topic.REFUSAL) if self.hearing.top(h) is top]
            return bool(rights) and all(self.whose(h.said.holder) == "theirs" for h in rights)
        if not auto:
            options = [h for h in self.hearing.said(Topic.RENEWAL) if h.said.form == "option" and h.said.strength >= 2]
            return bool(options) and all(self.whose(h.said.holder) == "theirs" for h in options)
        return False

    def exits(self) -> tuple[list[Heard], float | None, Fact, float | None]:
        """All exits at will; the notice of the best one that we have; the fact; months after which it opens."""
        exits = self.hearing.said(Topic.EXIT)
        usable = [h for h in exits if self.whose(h.said.holder) != "theirs"]
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
        change = next((h for h in self.hearing.said(Topic.CHANGE_EXIT) if self.whose(h.said.holder) != "theirs"), None)
        if change is not None:
            return [], None, Fact(None, Result.WEAK, (change.evidence(),), ("only_on_change",)), None
        return [], None, Fact(None, Result.ABSENT), None

    def mutual(self, refusal: Heard | None, exits: Sequence[Heard]) -> Fact:
        """Both sides have the same refusal and exit; where neither stands, the same right to end for a ground, which is weak."""
        groups = [[h for h in self.hearing.said(Topic.REFUSAL) if refusal is not None], list(exits)]
        known = [g for g in groups if g]
        if not known:
            grounds = [h for h in self.hearing.said(Topic.BREACH_EXIT) if h.said.holder == "mutual"]
            if not grounds:
                return Fact(None, Result.ABSENT)
            return Fact(None, Result.WEAK, (grounds[0].evidence(),), ("only_for_a_ground",))
        evidence = ((refusal or known[0][0]).evidence(),)  # the words that the refusal of renewal rests on, where there is one
        unequal = [g for g in known if not self._equal(g)]
        if unequal:
            return Fact(False, Result.WEAK, (unequal[0][0].evidence(),), ("unequal",))
        return Fact(True, Result.SATISFIED, evidence)

    def _equal(self, group: Sequence[Heard]) -> bool:
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

    def lock_in(
        self,
        initial: float | None,
        renewal: float | None,
        refusal: Heard | None,
        auto: bool,
        bound: bool,
        notice: float | None,
        after: float | None,
        indefinite: bool,
    ) -> tuple[float | None, bool]:
        """The longest time we are bound from the start if we act as early as we can; True where there is no way out."""
        opens = initial if after == AFTER_TERM else after or 0.0
        if notice is not None and opens is not None:
            out = opens + notice / 30
            ends = initial is not None and (not auto or (refusal is not None and not bound))  # perhaps before the way out opens
            return round(min(out, initial) if ends and initial is not None else out, 2), False
        if auto and bound:
            limit = self.limit(initial, renewal)
            if limit is not None:
                return limit, False
            return (initial + renewal if initial is not None and renewal is not None else initial), True
        if indefinite:
            return None, True
        return initial, False

    def limit(self, initial: float | None, renewal: float | None) -> float | None:
        """The months after which no renewal follows, where renewals are limited and the limit can be counted."""
        caps = self.hearing.said(Topic.CAP)
        total = next((h.said.months for h in caps if h.said.months is not None), None)
        if total is not None:
            return total
        times = next((h.said.times for h in caps if h.said.times is not None), None)
        if times is None or initial is None or renewal is None:
            return None
        return round(initial + times * renewal, 2)
