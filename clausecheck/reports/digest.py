"""What every format says of a report, in one language, in one order, with the same numbers: the formats only lay it out.

Findings keep the order of the report (that of the library: by theme, then by weight) and are numbered from 1 in it, so that
"finding 7" is the same one in a mail, in Word, in Excel and in the JSON array.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from clausecheck.messages import LABELS
from clausecheck.model import (
    ClauseKind,
    ContractWarning,
    ElementResult,
    Evidence,
    Finding,
    FlagResult,
    Level,
    Need,
    Report,
    Result,
    Severity,
    Status,
    Term,
    Text,
)
from clausecheck.report import all_reasons, all_searched, all_warnings, clean, report_language, shorten, summary, worst_first
from clausecheck.reports.words import Words

LONG_QUOTE = 160  # characters of a quotation where space is short; the words that carry the result stay in it
TO_MEND = (Status.CONFLICTING, Status.MISSING, Status.WEAK, Status.UNDETERMINED)
METI = re.compile(r"(METI-[A-Z]+)-([0-9][0-9-]*)")  # a source that is an item of one of METI's publications


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the contract and where they stand."""

    evidence: Evidence
    cited: str  # the clause as printed, with the page where there is one
    text: str  # cleaned, on one line, whole
    short: str  # the same with parts left out, the carrying words kept
    said: str  # cited and short in one: '10, p. 3: "..."'


class Told:
    """The quotations that a finding has written out so far: what bears several elements is written once and then pointed back to."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._told: set[tuple[int, int, str]] = set()

    def again(self, quoted: Quote, shown: str) -> bool:
        """Whether these words of the quotation stand in the finding already; from now on they do."""
        key = (quoted.evidence.start, quoted.evidence.end, shown)
        known = key in self._told
        self._told.add(key)
        return known

    def whole(self, quoted: Quote) -> str:
        """The quotation in full, or that it stands above."""
        return self._words.say("quoted_above") if self.again(quoted, quoted.text) else self._words.say("quoted", quote=quoted.text)

    def short(self, quoted: Quote) -> str:
        """Where it stands and its words, with parts left out, or that they stand above."""
        return f"{quoted.cited}: {self._words.say('quoted_above')}" if self.again(quoted, quoted.short) else quoted.said


@dataclass(frozen=True, slots=True)
class ElementLine:
    element: ElementResult
    title: str
    need: str  # "required, core"
    result: str  # the word for it
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FlagLine:
    flag: FlagResult
    message: str
    effect: str
    quotes: tuple[Quote, ...]
    instead: str = ""  # the sentence to put in the place of the quoted one


@dataclass(frozen=True, slots=True)
class Place:
    """A clause that was looked at, and why it does not count."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Wording to add, cleaned, in the language of the contract."""

    where: str
    language: str
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding in words."""

    number: int
    finding: Finding
    title: str
    status: str
    severity: str  # "" where it has none
    clauses: tuple[str, ...]
    reasons: tuple[str, ...]
    elements: tuple[ElementLine, ...]  # that matter: needed or found
    optional: tuple[str, ...]  # titles of recommended elements that were not found
    flags: tuple[FlagLine, ...]
    searched: tuple[Place, ...]
    proposal: Proposal | None
    cautions: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def to_mend(self) -> bool:
        return self.finding.status in TO_MEND

    def main_clauses(self, most: int = 3) -> tuple[str, ...]:
        """Where its core stands, for tables: the clauses of the core elements, the first few."""
        core = dict.fromkeys(self._cited(q.evidence.clause) for e in self.elements if e.element.core for q in e.quotes)
        places = tuple(core) or self.clauses
        return (*places[:most], "…") if len(places) > most else places

    def _cited(self, clause: str) -> str:
        return self.clauses[self.finding.clauses.index(clause)] if clause in self.finding.clauses else clause

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All its quotations, each place once, in the order of the contract."""
        quotes = [*(q for e in self.elements for q in e.quotes), *(q for f in self.flags for q in f.quotes)]
        places = {(q.evidence.start, q.evidence.end): q for q in quotes}
        return tuple(places[key] for key in sorted(places))


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one theme."""

    theme: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A report in words."""

    report: Report
    words: Words
    heading: str
    facts: tuple[tuple[str, str], ...]  # label and text: contract, side, parties, library
    summary: str  # "2 not found, 1 weak, 24 present"
    entries: tuple[Entry, ...]
    groups: tuple[Group, ...]
    worst: tuple[Entry, ...]  # what is to be mended, worst first
    term: tuple[tuple[str, str], ...]  # label and text; empty where nothing is stated
    term_quotes: tuple[Quote, ...]
    warnings: tuple[tuple[str, str], ...]  # code and message
    provenance: str
    disclaimer: str


def digest(report: Report, language: str | None = None) -> Digest:
    """The report in words; UsageError for a language that there is none of."""
    words = Words(report_language(report, language))
    entries = tuple(_entry(i, finding, report, words) for i, finding in enumerate(report.findings, 1))
    by_finding = {id(e.finding): e for e in entries}
    return Digest(
        report=report,
        words=words,
        heading=words.say("review_of", name=clean(report.contract.name)),
        facts=tuple(_facts(report, words)),
        summary=summary_line(report, words),
        entries=entries,
        groups=tuple(
            Group(theme, words.name("theme", theme or "other"), tuple(members))
            for theme, members in groupby(entries, key=lambda e: e.finding.theme)
        ),
        worst=tuple(by_finding[id(f)] for f in worst_first(report.findings) if f.status in TO_MEND),
        term=tuple(term_facts(report.term, words)),
        term_quotes=tuple(quote(e, words) for e in report.term.evidence),
        warnings=tuple(warning_lines(all_warnings(report), words)),
        provenance=provenance(report, words),
        disclaimer=words.say("disclaimer"),
    )


# --- the contract ----------------------------------------------------------------------------------------------------


def summary_line(report: Report, words: Words) -> str:
    """The findings counted by status, worst first: "2 not found, 1 weak, 24 present"."""
    counts = summary(report.findings)
    statuses = dict.fromkeys(f.status for f in worst_first(report.findings))
    said = (words.say("count", status=words.name("status", s.value), n=counts[s.value]) for s in statuses)
    return words.list(said) or words.say("no_findings")


def provenance(report: Report, words: Words) -> str:
    """What a reader needs to replay the review: hashes and versions."""
    return words.say(
        "provenance_line",
        file=report.contract.document.sha256[:16],
        name=report.library.name,
        version=report.library.version or "-",
        library=report.library.sha256[:16],
        profile=report.library.profile,
        tool=report.tool_version,
    )


def _facts(report: Report, words: Words) -> Iterator[tuple[str, str]]:
    contract = report.contract
    top = sum(c.level is Level.CLAUSE and c.kind in (ClauseKind.BODY, ClauseKind.DEFINITIONS) for c in contract.clauses)
    yield (
        words.say("contract"),
        words.say(
            "source_line",
            type=words.name("type", report.contract_type),
            language=words.name("language", contract.language),
            format=contract.format,
            pages=words.say("pages", n=contract.document.pages) if contract.document.pages else "",
            clauses=top,
        ),
    )
    yield words.say("our_side"), words.name("side", report.our_side)
    if report.parties:
        yield words.say("parties"), words.list(party_names(report, words))


def party_names(report: Report, words: Words) -> list[str]:
    """Each party as "Buyer = Example Ltd. (buyer)"."""
    named = []
    for party in report.parties:
        role = f" ({words.name('role', party.role)})" if party.role else ""
        named.append(f"{clean(party.label)} = {clean(party.name) or words.say('blank_name')}{role}")
    return named


def term_facts(term: Term, words: Words) -> Iterator[tuple[str, str]]:
    """What is stated of the term, as label and text; nothing where nothing is."""
    if term == Term():
        return
    renewal = words.say("not_stated")
    if term.auto_renewal is not None:
        renewal = words.say("yes" if term.auto_renewal else "no")
        if term.auto_renewal and term.renewal_months is not None:
            renewal += words.say("term_each", length=words.length("months", term.renewal_months))
    facts = [
        ("term_initial", words.say("end_indefinite") if term.indefinite else words.length("months", term.initial_months)),
        ("term_start", _when("start", term.start, term.start_date.isoformat() if term.start_date else "", words)),
        ("term_end", _when("end", term.end, term.end_date.isoformat() if term.end_date else "", words)),
        ("term_renewal", renewal),
        ("term_optout", words.length("days", term.optout_days)),
        ("term_last_day", term.last_day_to_refuse.isoformat() if term.last_day_to_refuse else ""),
        ("term_exit", words.length("days", term.exit_notice_days)),
        ("term_lock_in", words.length("months", term.max_lock_in_months)),
        ("term_review", words.length("months", term.review_interval_months) if term.review_interval_months is not None else ""),
    ]
    yield from ((words.say(label), text) for label, text in facts if text)
    yield from ((words.say("term_arithmetic"), clean(step)) for step in term.arithmetic)


def _when(kind: str, anchor: str | None, date: str, words: Words) -> str:
    if anchor is None:
        return date or words.say("not_stated")
    return f"{words.name(kind, anchor)}{f' ({date})' if date else ''}"


def warning_lines(warnings: Iterable[ContractWarning], words: Words) -> Iterator[tuple[str, str]]:
    return ((w.code, clean(words.say(w.message))) for w in warnings)


# --- findings --------------------------------------------------------------------------------------------------------


def _entry(number: int, finding: Finding, report: Report, words: Words) -> Entry:
    optional = [e for e in finding.elements if e.need is Need.RECOMMENDED and e.result is Result.ABSENT]
    applies = finding.status is not Status.NOT_APPLICABLE
    shown = [e for e in finding.elements if applies and e not in optional and (e.needed or e.result is not Result.ABSENT)]
    suggestion = finding.suggestion
    return Entry(
        number=number,
        finding=finding,
        title=clean(words.say(finding.title)),
        status=words.name("status", finding.status.value),
        severity="" if finding.severity is Severity.NONE else words.name("severity", finding.severity.value),
        clauses=tuple(words.cited(c) for c in finding.clauses),
        reasons=tuple(clean(words.say(r.message)) for r in all_reasons(finding)),
        elements=tuple(element_line(e, words) for e in shown),
        optional=tuple(clean(words.say(e.title)) for e in optional) if applies else (),
        flags=tuple(
            FlagLine(
                f,
                clean(words.say(f.message)),
                words.name("effect", f.effect),
                tuple(quote(e, words) for e in f.evidence),
                clean(f.instead.text) if f.instead else "",
            )
            for f in finding.red_flags
            if applies
        ),
        searched=tuple(
            Place(" ".join(filter(None, (clean(s.clause), clean(s.heading)))) or words.say("unplaced"), clean(words.say(s.why_not)))
            for s in all_searched(finding, report.contract)
            if applies
        ),
        proposal=Proposal(
            where=clean(words.say(suggestion.where)),
            language=suggestion.language,
            heading=clean(suggestion.heading),
            lines=tuple(filter(None, map(clean, suggestion.lines or suggestion.text.splitlines()))),
        )
        if suggestion and applies
        else None,
        cautions=tuple(clean(words.say(c)) for c in finding.cautions if applies),
        sources=tuple(source_name(s, words) for s in finding.sources),
    )


def element_line(element: ElementResult, words: Words) -> ElementLine:
    return ElementLine(
        element,
        clean(words.say(element.title)),
        words.need(element),
        words.name("result", element.result.value),
        tuple(quote(e, words) for e in element.evidence),
    )


def source_name(source: str | Text, words: Words) -> str:
    """A source as a reader knows it: items of METI's publications in words, others as the library names them."""
    item = METI.fullmatch(source.en if isinstance(source, Text) else source)
    if item and f"source_{item[1]}" in LABELS:
        return words.say(f"source_{item[1]}", n=item[2])
    return clean(words.say(source) if isinstance(source, Text) else source)


def quote(evidence: Evidence, words: Words) -> Quote:
    cited = words.cited(evidence.clause)
    if evidence.page:
        cited = words.list((cited, words.say("page", n=evidence.page)))
    text = clean(evidence.quote)
    short = shorten(text, LONG_QUOTE, focus=focus_in(evidence, text))
    return Quote(evidence, cited, text, short, f"{cited}: {words.say('quoted', quote=short)}")


def focus_in(evidence: Evidence, cleaned: str) -> tuple[int, int] | None:
    """Where the words that carry the result stand in the cleaned quotation."""
    if evidence.focus is None:
        return None
    start, end = (place - evidence.start for place in evidence.focus)
    words = clean(evidence.quote[max(start, 0) : end])
    if not words:
        return None
    before = len(clean(evidence.quote[: max(start, 0)]))
    at = cleaned.find(words, max(before - 2, 0))  # blanks around the seam may be gone
    return (at, at + len(words)) if at >= 0 else None
