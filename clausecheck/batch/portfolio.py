"""What many reviews say together: what is missing where, what ends when, which drafts stand out, which are near copies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from clausecheck.errors import UsageError
from clausecheck.library import Library
from clausecheck.model import Status, Text

LETTERS = {
    Status.PRESENT.value: "p",
    Status.WEAK.value: "w",
    Status.MISSING.value: "m",
    Status.CONFLICTING.value: "c",
    Status.NOT_APPLICABLE.value: "-",
    Status.UNDETERMINED.value: "u",
}
STATUSES = {letter: status for status, letter in LETTERS.items()}
WORSE = "p-wucm"  # from good to bad
USUAL_FROM = 3  # drafts of one supplier and type before one of them can stand out
USUAL_SHARE = 0.6  # of them that agree on a status before it is the usual one
DIMENSIONS = ("supplier", "type", "year")


@dataclass(slots=True)
class Share:
    """How a provision stands among some agreements."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LETTERS, 0))

    @property
    def applicable(self) -> int:
        """The agreements that it applies to, those included of which it could not be told."""
        return sum(self.counts.values()) - self.counts[Status.NOT_APPLICABLE.value]

    @property
    def lacking(self) -> int:
        """Missing or conflicting."""
        return self.counts[Status.MISSING.value] + self.counts[Status.CONFLICTING.value]

    def held(self, *, weak: bool = False) -> float:
        """The share (0 to 1) of agreements that have it; 1 where it applies to none."""
        good = self.counts[Status.PRESENT.value] + (self.counts[Status.WEAK.value] if weak else 0)
        return good / self.applicable if self.applicable else 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One agreement as the portfolio sees it."""

    seq: int
    path: str
    supplier: str
    type: str
    year: int | None
    statuses: str  # a letter a provision, in library order


@dataclass(frozen=True, slots=True)
class Outlier:
    """A supplier's draft that says less than its other drafts usually do."""

    row: Row
    departures: tuple[tuple[str, str, str], ...]  # provision, status here, usual status


@dataclass(slots=True)
class Portfolio:
    """All agreements of a batch together."""

    provisions: tuple[str, ...]
    titles: dict[str, Text]
    files: int = 0
    contents: int = 0
    failed: int = 0
    undetermined: int = 0
    shares: dict[str, Share] = field(default_factory=dict)
    by: dict[str, dict[str, dict[str, Share]]] = field(default_factory=dict)  # dimension -> value -> provision
    sizes: dict[str, dict[str, int]] = field(default_factory=dict)  # dimension -> value -> agreements
    outliers: list[Outlier] = field(default_factory=list)
    near_copies: list[list[str]] = field(default_factory=list)  # groups of paths, largest first

    @classmethod
    def of(cls, library: Library) -> Portfolio:
        ids = tuple(p.id for p in library.provisions)
        return cls(
            ids,
            {p.id: p.title.text for p in library.provisions},
            shares={i: Share() for i in ids},
            by={d: {} for d in DIMENSIONS},
            sizes={d: {} for d in DIMENSIONS},
        )

    def add(self, row: Row) -> None:
        """Counts an agreement in."""
        values = (row.supplier, row.type, str(row.year or ""))
        if "u" in row.statuses:
            self.undetermined += 1
        for dimension, value in zip(DIMENSIONS, values, strict=True):
            self.sizes[dimension][value] = self.sizes[dimension].get(value, 0) + 1
            self.by[dimension].setdefault(value, {})
        for provision, letter in zip(self.provisions, row.statuses, strict=True):
            status = STATUSES[letter]
            self.shares[provision].counts[status] += 1
            for dimension, value in zip(DIMENSIONS, values, strict=True):
                self.by[dimension][value].setdefault(provision, Share()).counts[status] += 1

    @property
    def worst_first(self) -> list[str]:
        """The provisions by how many agreements lack them, then by how many have them weak."""
        order = {p: i for i, p in enumerate(self.provisions)}
        return sorted(self.provisions, key=lambda p: (-self.shares[p].lacking, -self.shares[p].counts[Status.WEAK.value], order[p]))

    def groups(self, dimension: str) -> list[tuple[str, int, list[tuple[str, Share]]]]:
        """Of each supplier, type or year: its name, its agreements, and the provisions it lacks most; the worst first."""
        found = []
        for value, shares in self.by[dimension].items():
            lacking = sorted(((p, s) for p, s in shares.items() if s.lacking), key=lambda x: (-x[1].lacking, self.provisions.index(x[0])))
            found.append((value, self.sizes[dimension][value], lacking))
        found.sort(key=lambda g: (-sum(s.lacking for _, s in g[2]) / g[1], g[0]))
        return found


def outlier(row: Row, drafts: Sequence[str], provisions: Sequence[str]) -> Outlier | None:
    """Where a draft says less than the usual one of the same supplier and type (``drafts``: their statuses, its own included)."""
    if len(drafts) < USUAL_FROM:
        return None
    departures: list[tuple[str, str, str]] = []
    for i, provision in enumerate(provisions):
        column = [d[i] for d in drafts]
        usual = max(dict.fromkeys(column), key=lambda letter: (column.count(letter), -WORSE.index(letter)))
        if column.count(usual) >= USUAL_SHARE * len(column) and WORSE.index(row.statuses[i]) > WORSE.index(usual):
            departures.append((provision, STATUSES[row.statuses[i]], STATUSES[usual]))
    return Outlier(row, tuple(departures)) if departures else None


_GATE = re.compile(r"([a-z][a-z0-9_]*)(:weak)?=([0-9]{1,3}(?:\.[0-9]+)?)%?")


@dataclass(frozen=True, slots=True)
class Gate:
    """A share of agreements that must have a provision."""

    provision: str
    percent: float
    weak: bool  # a weak one will do

    @classmethod
    def parse(cls, text: str, library: Library) -> Gate:
        """``human_rights=98%`` or ``human_rights:weak=98%``; UsageError for anything else."""
        match = _GATE.fullmatch(text.strip())
        if match is None or float(match[3]) > 100:
            raise UsageError(
                f"{text!r} is no gate; write PROVISION=PERCENT%, as in human_rights=98% (human_rights:weak=98% counts weak ones too)"
            )
        library.provision(match[1])
        return cls(match[1], float(match[3]), bool(match[2]))

    def unmet(self, portfolio: Portfolio) -> str:
        """What to say where the gate is not met; "" where it is. Agreements that could not be read count as without it."""
        share = portfolio.shares[self.provision]
        good = share.held(weak=self.weak) * share.applicable
        of = share.applicable + portfolio.failed
        reached = 100 * good / of if of else 100.0
        if reached >= self.percent:
            return ""
        return f"{self.provision}: {reached:.1f}% of {of} agreements, {self.percent:g}% asked for"


def statuses_of(findings: Iterable[tuple[str, str]], provisions: Sequence[str]) -> str:
    """A letter for each provision."""
    known = dict(findings)
    return "".join(LETTERS[known[p]] for p in provisions)
