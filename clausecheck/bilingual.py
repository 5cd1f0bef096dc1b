"""Knows how the findings of a contract's two languages make one: what stands in only one of them is said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from clausecheck.messages import LABELS, reason
from clausecheck.model import Clause, Contract, Evidence, Finding, Reason, Status

_SILENT = (Status.MISSING, Status.UNDETERMINED)


def joined(contract: Contract, language: str, findings: Sequence[Finding], other: str, others: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of one language with what only the other has; both in the same order.

    A provision found in the first language alone keeps its status, one found in the other alone is taken from there and is
    ``weak`` at most: which text prevails is for a lawyer. Both get the reason ``one_language_only``.
    """
    homes = _Homes(contract)
    out: list[Finding] = []
    for first, second in zip(findings, others, strict=True):
        if first.found == second.found or Status.NOT_APPLICABLE in (first.status, second.status):
            out.append(first)
        elif first.found:
            out.append(replace(first, reasons=(*first.reasons, _only(language))))
        elif first.status in _SILENT:
            status = Status.WEAK if second.status is Status.PRESENT else second.status
            moved = homes.moved(second)
            severity = first.severity if second.status is Status.PRESENT else second.severity
            out.append(
                replace(moved, status=status, severity=severity, reasons=(*second.reasons, _only(other)), suggestion=first.suggestion)
            )
        else:  # what the first text excludes or contradicts stays so
            out.append(first)
    return tuple(out)


def _only(language: str) -> Reason:
    return reason("one_language_only", language=LABELS[f"language_{language}"])


class _Homes:
    """Finds the clause of the whole contract in which a place lies: each half was split into clauses by itself."""

    def __init__(self, contract: Contract) -> None:
        self._clauses = contract.clauses
        self._starts = [clause.start for clause in contract.clauses]

    def moved(self, finding: Finding) -> Finding:
        elements = tuple(replace(e, evidence=self._all(e.evidence), near=self._all(e.near)) for e in finding.elements)
        flags = tuple(replace(f, evidence=self._all(f.evidence)) for f in finding.red_flags)
        return replace(finding, elements=elements, red_flags=flags, mention_only=self._all(finding.mention_only))

    def _all(self, found: Sequence[Evidence]) -> tuple[Evidence, ...]:
        return tuple(replace(e, clause_id=home.id) if (home := self._home(e.start)) else e for e in found)

    def _home(self, at: int) -> Clause | None:
        for k in range(bisect_right(self._starts, at) - 1, -1, -1):
            if self._clauses[k].end > at:
                return self._clauses[k]
        return None
