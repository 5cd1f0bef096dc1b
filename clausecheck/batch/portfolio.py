"""What many reviews say together: what is missing where, what ends when, which drafts stand out, which are near copies."""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from clausecheck.errors import UsageError
from clausecheck.model import Status

LETTERS = {
    Status.PRESENT.value: "p",
    Status.WEAK.value: "w",
    Status.MISSING.value: "m",
    Status.CONFLICTING.value: "c",
    Status.NOT_APPLICABLE.value: "-",
    Status.UNDETERMINED.value: "u",
}
STATUSES = {letter: status for status, letter in LETTERS.items()}
_PLACE = {letter: i for i, letter in enumerate(STATUSES)}
WORSE = "p-wucm"  # from good to bad
USUAL_FROM = 3  # drafts of one supplier and type before one of them can stand out
USUAL_SHARE = 0.6  # of them that agree on a status before it is the usual one
DIMENSIONS = ("supplier", "type", "year")
SOONEST = 200  # dates that a portfolio holds


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


@dataclass(frozen=True, slots=True)
class Due:
    """A date of an agreement that lies ahead."""

    date: str  # ISO 8601
    kind: str  # refuse | renews | ends, as ``dates.Deadline``
    path: str
    supplier: str


@dataclass(slots=True)
class Group:
    """The agreements of one supplier, type or year."""

    agreements: int
    counts: array[int]  # provision by provision, status by status: a million agreements have many suppliers


@dataclass(slots=True)
class Portfolio:
    """All agreements of a batch together."""

    provisions: tuple[str, ...]
    as_of: dt.date  # dates before it are past
    files: int = 0
    contents: int = 0
    failed: int = 0
    undetermined: int = 0
    by: dict[str, dict[str, Group]] = field(default_factory=lambda: {d: {} for d in ("", *DIMENSIONS)})  # dimension -> value; "": all
    outliers: list[Outlier] = field(default_factory=list)
    near_copies: list[list[str]] = field(default_factory=list)  # groups of paths, largest first
    due: list[Due] = field(default_factory=list)  # the soonest, in order
    due_in: dict[str, int] = field(default_factory=dict)  # month (2026-04) -> dates in it

    def add(self, row: Row) -> None:
        """Counts an agreement in."""
        if "u" in row.statuses:
            self.undetermined += 1
        width = len(STATUSES)
        places = [i * width + _PLACE[letter] for i, letter in enumerate(row.statuses)]
        for dimension, value in (("", ""), ("supplier", row.supplier), ("type", row.type), ("year", str(row.year or ""))):
            group = self.by[dimension].get(value)
            if group is None:
                group = self.by[dimension][value] = Group(0, array("I", bytes(4 * width * len(self.provisions))))
            group.agreements += 1
            for place in places:
                group.counts[place] += 1

    def add_due(self, due: Due) -> None:
        """Notes a date, soonest first; of many only the first are kept by name."""
        self.due_in[due.date[:7]] = self.due_in.get(due.date[:7], 0) + 1
        if len(self.due) < SOONEST:
            self.due.append(due)

    @property
    def shares(self) -> dict[str, Share]:
        """How each provision stands among all agreements."""
        everything = self.by[""].get("")
        return {p: self._share(everything, i) if everything else Share() for i, p in enumerate(self.provisions)}

    def _share(self, group: Group, provision: int) -> Share:
        width = len(STATUSES)
        counted = group.counts[provision * width : (provision + 1) * width]
        return Share(dict(zip(LETTERS, counted, strict=True)))

    @property
    def worst_first(self) -> list[str]:
        """The provisions by how many agreements lack them, then by how many have them weak."""
        shares = self.shares
        order = {p: i for i, p in enumerate(self.provisions)}
        return sorted(self.provisions, key=lambda p: (-shares[p].lacking, -shares[p].counts[Status.WEAK.value], order[p]))

    def groups(self, dimension: str) -> Iterator[tuple[str, int, list[tuple[str, Share]]]]:
        """Of each supplier, type or year: its name, its agreements, and the provisions it lacks most; the worst first."""
        missing, conflicting = _PLACE["m"], _PLACE["c"]
        width = len(STATUSES)

        def lacking(group: Group) -> int:
            return sum(group.counts[missing::width]) + sum(group.counts[conflicting::width])

        for value, group in sorted(self.by[dimension].items(), key=lambda g: (-lacking(g[1]) / g[1].agreements, g[0])):
            shares = [(p, self._share(group, i)) for i, p in enumerate(self.provisions)]
            yield value, group.agreements, sorted((x for x in shares if x[1].lacking), key=lambda x: -x[1].lacking)

    def to_data(self) -> dict[str, Any]:
        """The portfolio as plain data, for the store."""
        return {
            "provisions": self.provisions,
            "as_of": self.as_of.isoformat(),
            **{name: getattr(self, name) for name in ("files", "contents", "failed", "undetermined", "near_copies", "due_in")},
            "by": {d: {v: (g.agreements, g.counts.tolist()) for v, g in groups.items()} for d, groups in self.by.items()},
            "outliers": [asdict(o) for o in self.outliers],
            "due": [asdict(d) for d in self.due],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Portfolio:
        """What ``to_data`` gave."""
        return cls(
            **{
                **data,
                "provisions": tuple(data["provisions"]),
                "as_of": dt.date.fromisoformat(data["as_of"]),
                "by": {d: {v: Group(n, array("I", counts)) for v, (n, counts) in groups.items()} for d, groups in data["by"].items()},
                "outliers": [Outlier(Row(**o["row"]), tuple(map(tuple, o["departures"]))) for o in data["outliers"]],
                "due": [Due(**d) for d in data["due"]],
            }
        )


def usual(drafts: Sequence[str]) -> str:
    """The usual status (a letter) of each provision among the drafts of one supplier and type; a blank where there is none."""
    if len(drafts) < USUAL_FROM:
        return ""
    found = []
    for column in zip(*drafts, strict=True):
        counts = {letter: column.count(letter) for letter in dict.fromkeys(column)}
        most = max(counts, key=lambda letter: (counts[letter], -WORSE.index(letter)))
        found.append(most if counts[most] >= USUAL_SHARE * len(column) else " ")
    return "".join(found)


def outlier(row: Row, custom: str, provisions: Sequence[str]) -> Outlier | None:
    """Where a draft says less than the usual one of the same supplier and type (``custom``: what ``usual`` gave)."""
    departures = [
        (provision, STATUSES[here], STATUSES[there])
        for provision, here, there in zip(provisions, row.statuses, custom, strict=False)
        if there != " " and WORSE.index(here) > WORSE.index(there)
    ]
    return Outlier(row, tuple(departures)) if departures else None


_GATE = re.compile(r"([a-z][a-z0-9_]*)(:weak)?=([0-9]{1,3}(?:\.[0-9]+)?)%?")


@dataclass(frozen=True, slots=True)
class Gate:
    """A share of agreements that must have a provision."""

    provision: str
    percent: float
    weak: bool  # a weak one will do

    @classmethod
    def parse(cls, text: str) -> Gate:
        """``human_rights=98%`` or ``human_rights:weak=98%``; UsageError for anything else. The provision is not looked up."""
        match = _GATE.fullmatch(text.strip())
        if match is None or float(match[3]) > 100:
            raise UsageError(
                f"{text!r} is no gate; write PROVISION=PERCENT%, as in human_rights=98% (human_rights:weak=98% counts weak ones too)"
            )
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
