"""How one provision was judged, as a tree: under every element what matched, what nearly matched, and what refused it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from clausecheck.errors import UsageError
from clausecheck.model import Evidence, Report
from clausecheck.report import clean, report_language
from clausecheck.reports.columns import wrap
from clausecheck.reports.digest import digest, element_line, quote
from clausecheck.reports.text import MARK
from clausecheck.reports.words import Words


@dataclass(slots=True)
class _Node:
    text: str
    children: list[_Node] = field(default_factory=list)


def render_explanation(report: Report, provision: str, language: str | None = None) -> str:
    """The tree of one finding: reasons, elements, red flags, the places looked at.

    Raises:
        UsageError: the report has no finding on this provision.
    """
    words = Words(report_language(report, language))
    entry = next((e for e in digest(report, words.language).entries if e.finding.provision == provision), None)
    if entry is None:
        known = ", ".join(f.provision for f in report.findings) or "none"
        raise UsageError(f"no provision {provision!r} in this review; known: {known}")
    finding = entry.finding
    root = _Node(f"{entry.title} ({provision}): {entry.status}")
    if finding.reasons:
        root.children.append(_Node(words.say("why"), [_Node(f"{clean(words.say(r.message))} ({r.code})") for r in finding.reasons]))
    for element in finding.elements:
        line = element_line(element, words)
        node = _Node(f"{MARK[element.result]} {element.id} {line.title} ({line.need}): {line.result}")
        node.children += [_Node(f"{clean(words.say(r.message))} ({r.code})") for r in element.reasons]
        node.children += [_matched(e, words) for e in element.evidence]
        node.children += [_nearly(e, words) for e in element.near]
        if not element.evidence and not element.near:
            node.children.append(_Node(words.say("no_match")))
        root.children.append(node)
    for flag in entry.flags:
        quoted = [_matched(e, words) for e in flag.flag.evidence]
        root.children.append(_Node(f"[!] {flag.flag.id}: {flag.message} ({flag.effect})", quoted))
    if entry.searched:
        root.children.append(_Node(words.say("searched"), [_Node(f"{p.where}: {p.why}") for p in entry.searched]))
    title = clean(words.say("explain_of", name=report.contract.name))
    return "\n".join([title, *_drawn(root, "", "", wide=words.language == "ja")]) + "\n"


def _matched(evidence: Evidence, words: Words) -> _Node:
    return _Node(f"{words.say('matched')} {evidence.pattern}", [_said(evidence, words)])


def _nearly(near: Evidence, words: Words) -> _Node:
    return _Node(f"{words.say('nearly')}, {words.say('refused_by', guard=near.pattern)}", [_said(near, words)])


def _said(evidence: Evidence, words: Words) -> _Node:
    return _Node(quote(evidence, words).said)


def _drawn(node: _Node, first: str, rest: str, *, wide: bool) -> Iterator[str]:
    """The lines of a node and all below it; branches are drawn with ├ │ └."""
    hang = rest + ("│  " if node.children else "")
    yield from wrap(clean(node.text), first=first, rest=hang, wide_ambiguous=wide)
    for i, child in enumerate(node.children):
        last = i + 1 == len(node.children)
        yield from _drawn(child, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "), wide=wide)
