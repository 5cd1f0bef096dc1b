"""A fact of the contract: a value, what it makes of its element, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clausecheck.model import Evidence, Result, Term
from clausecheck.term.hearing import Heard


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


def said(heard: Heard | None, value: float | None = None, *, weak: Sequence[str] = ()) -> Fact:
    """The fact that something is said at all; marks named in ``weak`` make it weak."""
    if heard is None:
        return Fact(None, Result.ABSENT)
    reasons = tuple(m for m in weak if m in heard.said.marks)
    return Fact(value, Result.WEAK if reasons else Result.SATISFIED, (heard.evidence(),), reasons)
