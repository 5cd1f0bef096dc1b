"""The term of a contract as a value and as facts, from what is said of it (``hearing``), its span and the rights over it."""

from __future__ import annotations

from collections.abc import Sequence

from clausecheck.languages.periods import Topic
from clausecheck.model import Evidence, Party, Result, Term
from clausecheck.passages import Passages
from clausecheck.term.arithmetic import add_duration, length_said
from clausecheck.term.facts import Fact, TermFacts, said
from clausecheck.term.hearing import Hearing, evidence_of
from clausecheck.term.rights import Rights
from clausecheck.term.span import Span, Start


def read_term(passages: Passages, *, our_side: str = "either", parties: Sequence[Party] = ()) -> TermFacts:
    """The facts on the term of a contract; ``our_side`` (buyer | supplier | either) decides what is one-sided."""
    hearing = Hearing(passages, parties)
    span, rights = Span(hearing), Rights(hearing, our_side)
    facts: dict[str, Fact] = {}
    end = span.end()
    start = span.start(end) if end is not None or hearing.said(Topic.START) else Start()
    initial, end_date, end_fact, end_kind = span.read_end(end, start)
    stated = end is not None

    conflict, note, prevailing = span.conflict(end, start)
    if prevailing is not None:
        end = prevailing
        start = span.start(end)
        initial, end_date, end_fact, end_kind = span.read_end(end, start)
    indefinite = end is not None and end.said.form == "indefinite"

    renewal = rights.renewal(end)
    auto = renewal is not None and renewal.said.form == "auto"
    renewal_months = rights.renewal_months(renewal, initial)
    exits, exit_notice, exit_fact, exit_after = rights.exits()
    refusal = rights.refusal(renewal, end) if auto else None
    optout_days = refusal.said.days if refusal is not None else None
    optout = rights.optout_fact(auto, refusal, exits)
    no_optout = auto and refusal is None and optout.result is Result.ABSENT
    one_sided = rights.one_sided(auto, refusal)
    review = hearing.near(end, Topic.REVIEW)
    lock_in, unlimited = rights.lock_in(initial, renewal_months, refusal, auto, no_optout or one_sided, exit_notice, exit_after, indefinite)
    last_day = None
    if auto and end_date is not None and refusal is not None and refusal.said.duration is not None:
        last_day = add_duration(end_date, refusal.said.duration, -1)
        if last_day is not None:
            span.arithmetic.append(f"{end_date} - {length_said(refusal.said.duration)} = {last_day}")

    facts["term_start"] = Fact(None, start.result if stated or start.heard else Result.ABSENT, start.evidence, start.reasons)
    facts["term_end"] = end_fact
    facts["term_end_mechanism"] = span.mechanism(end, renewal)
    facts["term_optout"] = optout
    facts["term_review"] = said(review, review.said.months if review else None, weak=("no_interval",))
    facts["term_early_exit"] = exit_fact
    facts["term_renewal_length"] = rights.renewal_length(renewal, renewal_months)
    cap = hearing.near(renewal, Topic.CAP) if renewal else None
    facts["term_renewal_cap"] = said(cap)
    orders = [h for h in hearing.said(Topic.ORDERS)]
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
    facts["term_mutual"] = rights.mutual(refusal, exits)

    term = Term(
        initial_months=initial,
        start=start.kind if stated or start.heard else None,
        start_date=start.date if stated else None,
        end=end_kind,
        end_date=end_date,
        indefinite=indefinite,
        auto_renewal=auto if stated or renewal is not None else None,
        renewal_months=renewal_months,
        renewal_capped=auto and cap is not None,
        optout_days=optout_days,
        exit_notice_days=exit_notice,
        max_lock_in_months=lock_in,
        last_day_to_refuse=last_day,
        review_interval_months=review.said.months if review else None,
        evidence=evidence_of(h for h in (start.heard, end, renewal, refusal, exits[0] if exits else None, review) if h is not None),
        arithmetic=tuple(dict.fromkeys(span.arithmetic)),
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
    rolling = hearing.near(end, Topic.ROLLING)
    flag("rolling_lock", rolling is not None, (rolling.evidence(),) if rolling else ())
    usable = [h for h in exits if rights.whose(h.said.holder) != "theirs"]
    fee = next((h for h in usable if "fee" in h.said.marks), None)
    flag("exit_fee", fee is not None and all("fee" in h.said.marks for h in usable), (fee.evidence(),) if fee else ())
    flag("conflicting_periods", bool(conflict), evidence_of(conflict), (note,) if note and conflict else ())
    if note and not conflict:
        facts["conflicting_periods"] = Fact(False, Result.ABSENT, evidence_of([prevailing]) if prevailing else (), (note,))
    minimum = hearing.near(end, Topic.MINIMUM)
    flag("min_purchase_full_term", minimum is not None, (minimum.evidence(),) if minimum else ())
    return TermFacts(term, facts)
