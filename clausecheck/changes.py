"""What a new draft changed: the findings that appeared, went or changed, and the edits at their words."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from clausecheck.library import Library, load_library
from clausecheck.model import Contract, Document, Evidence, Finding, Report, Status, Text
from clausecheck.pipeline import review
from clausecheck.report import clean, report_language

_GOOD = {  # how good a status is, to tell better from worse
    Status.CONFLICTING: 0,
    Status.MISSING: 1,
    Status.UNDETERMINED: 1,
    Status.WEAK: 2,
    Status.PRESENT: 3,
    Status.NOT_APPLICABLE: 3,
}
MOST_BLOCKS = 20_000  # paragraphs of a draft that are compared one by one


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that one draft has and the other has not; "" = nothing in their place."""

    clause: str  # as printed, in the new draft where it stands there
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ElementChange:
    id: str
    title: Text
    old: str | None  # a result; None = not in that review
    new: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One provision that is judged differently, and the edits at its words."""

    provision: str
    title: Text
    old: Status | None
    new: Status | None
    direction: str  # better | worse | other
    elements: tuple[ElementChange, ...]
    flags_gained: tuple[Text, ...]
    flags_lost: tuple[Text, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reviews side by side."""

    old: Report
    new: Report
    changes: tuple[Change, ...]
    edits: int  # how many stretches of text differ in all

    @property
    def worse(self) -> bool:
        """Whether any provision is judged worse than before."""
        return any(c.direction == "worse" for c in self.changes)

    def to_dict(self, language: str | None = None) -> dict[str, Any]:
        """The comparison as plain values, texts in ``language`` (default: the new report's)."""
        language = report_language(self.new, language)
        return {
            "old": {"name": self.old.contract.name, "sha256": self.old.contract.document.sha256},
            "new": {"name": self.new.contract.name, "sha256": self.new.contract.document.sha256},
            "library": {"name": self.new.library.name, "version": self.new.library.version, "sha256": self.new.library.sha256},
            "edits": self.edits,
            "changes": [
                {
                    "provision": c.provision,
                    "title": c.title.get(language),
                    "old": c.old.value if c.old else None,
                    "new": c.new.value if c.new else None,
                    "direction": c.direction,
                    "elements": [{"id": e.id, "old": e.old, "new": e.new} for e in c.elements],
                    "flags_gained": [f.get(language) for f in c.flags_gained],
                    "flags_lost": [f.get(language) for f in c.flags_lost],
                    "edits": [{"clause": e.clause, "old": e.old, "new": e.new} for e in c.edits],
                }
                for c in self.changes
            ],
        }


def compare(
    old: Report | Contract | str | os.PathLike[str],
    new: Report | Contract | str | os.PathLike[str] | None = None,
    library: Library | None = None,
    *,
    contract_type: str | None = None,
    side: str | None = None,
    language: str | None = None,
    ocr: bool = False,
) -> Comparison:
    """What changed from one draft to the next.

    Args:
        old: a report, a contract or the path of one. Alone it must be a path: its tracked changes are compared, rejected and accepted.
        new: the later draft.
        library: of both reviews; default: the shipped one.
        contract_type: as for ``review``; default: that of the new draft, for both.
        side: as for ``review``.
        language: of the reports; default: the contract's.
        ocr: read the scanned pages of PDFs by OCR.

    Raises:
        ContractReadError: a path could not be read.
        UsageError: an unknown type or side.
    """
    library = library or load_library()

    def reviewed(one: Report | Contract | str | os.PathLike[str], revisions: str, kind: str | None) -> Report:
        if isinstance(one, Report):
            return one
        return review(one, library, contract_type=kind, side=side, revisions=revisions, language=language, ocr=ocr)

    later = reviewed(old if new is None else new, "final", contract_type)
    earlier = reviewed(old, "original" if new is None else "final", contract_type or later.contract_type)
    hunks = _hunks(earlier.contract.document, later.contract.document)
    before = {f.provision: f for f in earlier.findings}
    after = {f.provision: f for f in later.findings}
    order = [*after, *(p for p in before if p not in after)]
    changes = [c for p in order if (c := _change(before.get(p), after.get(p), hunks))]
    return Comparison(earlier, later, tuple(changes), len(hunks))


@dataclass(frozen=True, slots=True)
class _Hunk:
    """A stretch that differs: half-open spans in the old and in the new text."""

    old: tuple[int, int]
    new: tuple[int, int]
    old_text: str
    new_text: str


def _hunks(old: Document, new: Document) -> list[_Hunk]:
    a, b = _paragraphs(old), _paragraphs(new)
    hunks = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, [t for t, _, _ in a], [t for t, _, _ in b], autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        hunks.append(
            _Hunk(
                _span(a, i1, i2),
                _span(b, j1, j2),
                "\n".join(t for t, _, _ in a[i1:i2]),
                "\n".join(t for t, _, _ in b[j1:j2]),
            )
        )
    return [h for hunk in hunks for h in _paired(hunk, a, b)]


def _paired(hunk: _Hunk, a: Sequence[tuple[str, int, int]], b: Sequence[tuple[str, int, int]]) -> list[_Hunk]:
    """A stretch of as many old paragraphs as new ones is that many edits."""
    olds = [p for p in a if hunk.old[0] <= p[1] < hunk.old[1]]
    news = [p for p in b if hunk.new[0] <= p[1] < hunk.new[1]]
    if len(olds) != len(news) or len(olds) < 2:
        return [hunk]
    return [_Hunk(o[1:], n[1:], o[0], n[0]) for o, n in zip(olds, news, strict=True)]


def _paragraphs(document: Document) -> list[tuple[str, int, int]]:
    """The paragraphs without the numbers that a program draws: a clause that only moved is no edit."""
    found = []
    for block in document.blocks[:MOST_BLOCKS]:
        text = clean(document.text[block.start : block.end].removeprefix(block.label))
        if text:
            found.append((text, block.start, block.end))
    return found


def _span(paragraphs: Sequence[tuple[str, int, int]], first: int, last: int) -> tuple[int, int]:
    if first < last:
        return paragraphs[first][1], paragraphs[last - 1][2]
    at = paragraphs[first][1] if first < len(paragraphs) else (paragraphs[-1][2] if paragraphs else 0)
    return at, at


def _change(old: Finding | None, new: Finding | None, hunks: Sequence[_Hunk]) -> Change | None:
    results = [{e.id: (e.title, e.result.value) for e in f.elements} if f else {} for f in (old, new)]
    elements = []
    for name in dict.fromkeys([*results[1], *results[0]]):
        was, now = (r.get(name) for r in results)
        if old and new and (was and was[1]) != (now and now[1]):
            title = (now or was or (Text(name, name), ""))[0]
            elements.append(ElementChange(name, title, was[1] if was else None, now[1] if now else None))
    flags = [{x.id: x.message for x in f.red_flags} if f else {} for f in (old, new)]
    gained = tuple(message for name, message in flags[1].items() if name not in flags[0])
    lost = tuple(message for name, message in flags[0].items() if name not in flags[1])
    statuses = old.status if old else None, new.status if new else None
    if statuses[0] == statuses[1] and not elements and not gained and not lost:
        return None
    named = new or old
    assert named is not None
    return Change(
        named.provision, named.title, *statuses, _direction(*statuses), tuple(elements), gained, lost, tuple(_edits(old, new, hunks))
    )


def _direction(old: Status | None, new: Status | None) -> str:
    if old is None or new is None or _GOOD[old] == _GOOD[new]:
        return "other"
    return "better" if _GOOD[new] > _GOOD[old] else "worse"


def _edits(old: Finding | None, new: Finding | None, hunks: Sequence[_Hunk]) -> list[Edit]:
    """The edits at words that the finding rests on, before or after."""
    was, now = _evidence(old), _evidence(new)
    edits = []
    for hunk in hunks:
        there = [e for e in now if e.start < hunk.new[1] and hunk.new[0] < e.end]
        gone = [e for e in was if e.start < hunk.old[1] and hunk.old[0] < e.end]
        if there or gone:
            edits.append(Edit(clean((there or gone)[0].clause), hunk.old_text, hunk.new_text))
    return edits


def _evidence(finding: Finding | None) -> list[Evidence]:
    if finding is None:
        return []
    return [*(x for e in finding.elements for x in e.evidence), *(x for f in finding.red_flags for x in f.evidence)]
