"""Reports written out for people and programs, by format name.

``render`` knows the formats; the text form is laid out here for a terminal or a mail: plain characters, 100 columns
counted as a terminal shows them (a wide character takes two), the same characters for the same report.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clausecheck.errors import UsageError
from clausecheck.messages import LABELS, fill
from clausecheck.model import (
    Clause,
    ClauseKind,
    Contract,
    ContractWarning,
    ElementResult,
    Evidence,
    Finding,
    Level,
    Need,
    Report,
    Result,
    Status,
    Term,
    Text,
)
from clausecheck.report import (
    LANGUAGES,
    all_reasons,
    all_searched,
    all_warnings,
    clean,
    contract_warnings,
    report_language,
    shorten,
    summary,
    to_json,
    whole,
    worst_first,
)

if TYPE_CHECKING:
    from clausecheck.library import Provision

WIDTH = 100  # columns
LONG_QUOTE = 160  # characters of a quotation in the text form; JSON has all of it
FIRST_WORDS = 30  # characters shown of a clause that has no heading
QUOTES = 2  # quotations shown for an element in the text form; JSON has all of them


def render(report: Report, format: str, language: str | None = None, *, color: bool = False) -> str | bytes:
    """The report in one format: text for ``text`` and ``json``.

    Args:
        report: what ``review`` returned.
        format: a name in ``FORMATS``.
        language: ``ja`` or ``en``; default: the report's own.
        color: mark statuses with terminal colours (text form only).

    Raises:
        UsageError: there is no such format or language.
    """
    if format == "text":
        return render_text(report, language, color=color)
    try:
        write = FORMATS[format]
    except KeyError:
        raise UsageError(f"no format {format!r}; there are: {', '.join(FORMATS)}") from None
    return write(report, language)


# --- columns -------------------------------------------------------------------------------------------------------


def columns(text: str, *, wide_ambiguous: bool = False) -> int:
    """How many terminal columns the text takes."""
    return len(text) if text.isascii() else sum(_columns(c, wide_ambiguous) for c in text)


def _columns(character: str, wide_ambiguous: bool) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    width = unicodedata.east_asian_width(character)
    return 2 if width in "WF" or (wide_ambiguous and width == "A") else 1


def wrap(text: str, *, first: str = "", rest: str = "", width: int = WIDTH, wide_ambiguous: bool = False) -> list[str]:
    """The text on lines of at most ``width`` columns, the first line begun with ``first``, the others with ``rest``.

    Wide characters may be parted anywhere, but no line begins with a closing mark or ends with an opening one.
    """
    lines: list[str] = []
    line, used, blank = first, columns(first, wide_ambiguous=wide_ambiguous), False
    begun = False  # something besides the indent stands on the line
    for piece in _pieces(text):
        if piece == " ":
            blank = begun
            continue
        size = columns(piece, wide_ambiguous=wide_ambiguous)
        if begun and used + blank + size > width:
            lines.append(line)
            line, used, blank, begun = rest, columns(rest, wide_ambiguous=wide_ambiguous), False, False
        if used + size > width:  # a word longer than a line: cut wherever a line is full
            for character in piece:
                size = _columns(character, wide_ambiguous)
                if used + size > width and line.strip():
                    lines.append(line)
                    line, used = rest, columns(rest, wide_ambiguous=wide_ambiguous)
                line += character
                used += size
            blank, begun = False, True
            continue
        line += " " * blank + piece
        used += blank + size
        blank, begun = False, True
    lines.append(line)
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Words and blanks; a wide character is a piece of its own, with the closing or opening marks that stick to it."""
    piece = ""
    for character in text:
        if character in " \t\n":
            if piece:
                yield piece
            piece = ""
            yield " "
        elif piece and _may_break(piece[-1], character):
            yield piece
            piece = character
        else:
            piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if before.isascii() and after.isascii():
        return False
    if unicodedata.east_asian_width(before) not in "WF" and unicodedata.east_asian_width(after) not in "WF":
        return False
    opens = unicodedata.category(before) in ("Ps", "Pi")
    kind = unicodedata.category(after)
    sticks = kind in ("Pe", "Pf", "Lm", "Mn") or (kind == "Po" and after not in "&@*#/\\")
    return not opens and not sticks


# --- the text form -------------------------------------------------------------------------------------------------

_COLOR = {
    Status.CONFLICTING: "1;31",
    Status.MISSING: "31",
    Status.WEAK: "33",
    Status.UNDETERMINED: "35",
    Status.PRESENT: "32",
    Status.NOT_APPLICABLE: "2",
}
_MARK = {Result.SATISFIED: "[+]", Result.WEAK: "[~]", Result.NEGATED: "[!]", Result.ABSENT: "[-]"}


@dataclass(frozen=True, slots=True)
class _Page:
    """Lays out lines in one language."""

    language: str
    color: bool = False

    def say(self, label: str | Text, **values: object) -> str:
        text = LABELS[label] if isinstance(label, str) else label
        return (fill(text, **values) if values else text).get(self.language)

    def name(self, kind: str, value: str) -> str:
        """The word for a value; the value itself where there is none (a type of a customer's own library)."""
        label = LABELS.get(f"{kind}_{value}")
        return label.get(self.language) if label else clean(value)

    def lines(self, text: str, indent: int = 0, first: str = "") -> list[str]:
        lead = " " * indent
        hang = lead + " " * self.columns(first)
        return wrap(clean(text), first=lead + first, rest=hang, wide_ambiguous=self.language == "ja")

    def columns(self, text: str) -> int:
        return columns(text, wide_ambiguous=self.language == "ja")

    def field(self, label: str, text: str, indent: int = 0) -> list[str]:
        return self.lines(text, indent, f"{self.say(label)}: ")

    def rule(self, character: str = "-") -> str:
        return character * WIDTH

    def paint(self, text: str, status: Status) -> str:
        return f"\033[{_COLOR[status]}m{text}\033[0m" if self.color else text

    def length(self, unit: str, number: float | None) -> str:
        return self.say("not_stated") if number is None else self.say(unit, n=whole(number))

    def list(self, texts: Iterable[str]) -> str:
        return self.say("comma").join(texts)

    def quote(self, evidence: Evidence) -> str:
        page = ", " + self.say("page", n=evidence.page) if evidence.page else ""
        cited = clean(evidence.clause) or self.say("unplaced")
        return f"{cited}{page}: {self.say('quoted', quote=shorten(clean(evidence.quote), LONG_QUOTE))}"


def render_text(report: Report, language: str | None = None, *, color: bool = False) -> str:
    """The report for a reader of a terminal or a mail; findings worst first, at most 100 columns wide."""
    page = _Page(report_language(report, language), color)
    parts = [_head(report, page), *(_finding(i, f, report, page) for i, f in enumerate(worst_first(report.findings), 1))]
    parts.append(_term(report.term, page))
    parts.append(_warnings(all_warnings(report), page))
    parts.append([page.rule("="), *page.lines(page.say("disclaimer"))])
    return "\n".join("\n".join(part) + "\n" for part in parts if part)


def _head(report: Report, page: _Page) -> list[str]:
    contract = report.contract
    pages = page.say("pages", n=contract.document.pages) if contract.document.pages else ""
    top = sum(c.level is Level.CLAUSE and c.kind in (ClauseKind.BODY, ClauseKind.DEFINITIONS) for c in contract.clauses)
    source = page.say(
        "source_line",
        type=page.name("type", report.contract_type),
        language=page.name("language", contract.language),
        format=contract.format,
        pages=pages,
        clauses=top,
    )
    parties = []
    for party in report.parties:
        role = f" ({page.name('role', party.role)})" if party.role else ""
        parties.append(f"{clean(party.label)} = {clean(party.name) or page.say('blank_name')}{role}")
    library = page.say("library_line", name=report.library.name, version=report.library.version, profile=report.library.profile)
    lines = [page.rule("="), *page.lines(page.say("review_of", name=contract.name)), page.rule("=")]
    lines += page.field("contract", source)
    lines += page.field("our_side", page.name("side", report.our_side))
    if parties:
        lines += page.field("parties", page.list(parties))
    lines += page.field("library", f"{library} / clausecheck {report.tool_version}")
    lines += page.field("summary", summary_line(report, page.language))
    return lines


def summary_line(report: Report, language: str) -> str:
    """The findings counted by status, worst first: "2 not found, 1 weak, 24 present"."""
    page = _Page(language)
    counts = summary(report.findings)
    statuses = dict.fromkeys(f.status for f in worst_first(report.findings))
    return page.list(page.say("count", status=page.name("status", s.value), n=counts[s.value]) for s in statuses) or page.say("no_findings")


def _finding(i: int, finding: Finding, report: Report, page: _Page) -> list[str]:
    status = page.name("status", finding.status.value)
    cited = page.list(clean(c) or page.say("unplaced") for c in finding.clauses)
    title = f"{page.say(finding.title)} ({finding.provision})"
    extra = [f"{page.say('severity')}: {page.name('severity', finding.severity.value)}"] if finding.severity != "none" else []
    extra += [f"{page.say('clauses')}: {cited}"] if cited else []
    first, *more = page.lines(title, 0, f"{i}. [{status}] ")
    lines = [page.rule(), first.replace(f"[{status}]", page.paint(f"[{status}]", finding.status), 1), *more]
    if extra:
        lines += page.lines(" / ".join(extra), 3)
    for reason in all_reasons(finding):
        lines += page.lines(f"{page.say('why')}: {page.say(reason.message)}", 3)
    if finding.status is Status.NOT_APPLICABLE:
        return lines
    optional = [e for e in finding.elements if e.need is Need.RECOMMENDED and e.result is Result.ABSENT]
    for element in finding.elements:
        if element not in optional and (element.needed or element.result is not Result.ABSENT):
            lines += _element(element, page)
    if optional:
        lines += page.lines(page.say("optional") + ": " + page.list(page.say(e.title) for e in optional), 3, "[-] ")
    if finding.red_flags:
        lines.append(f"   {page.say('flags')}:")
        for flag in finding.red_flags:
            lines += page.lines(f"{page.say(flag.message)} ({flag.id}, {page.name('effect', flag.effect)})", 3, "[!] ")
            lines += _quotes(flag.evidence, page)
    searched = all_searched(finding, report.contract)
    if searched:
        lines.append(f"   {page.say('searched')}:")
        for place in searched:
            where = " ".join(filter(None, (clean(place.clause), clean(place.heading)))) or page.say("unplaced")
            lines += page.lines(f"{where}: {page.say(place.why_not)}", 3, "- ")
    if finding.suggestion:
        lines += page.lines(page.say("to_add", where=finding.suggestion.where) + ":", 3)
        for paragraph in finding.suggestion.text.splitlines():
            lines += page.lines(paragraph, 5, "| ") if paragraph.strip() else []
    for caution in finding.cautions:
        lines += page.lines(f"{page.say('cautions')}: {page.say(caution)}", 3)
    if finding.sources:
        lines += page.field("sources", page.list(finding.sources), 3)
    return lines


def _element(element: ElementResult, page: _Page) -> list[str]:
    need = page.name("need", element.need.value) + (f", {page.say('core')}" if element.core else "")
    result = page.name("result", element.result.value)
    lines = page.lines(f"{page.say(element.title)} ({need}): {result}", 3, f"{_MARK[element.result]} ")
    return lines + _quotes(element.evidence, page)


def _quotes(evidence: Sequence[Evidence], page: _Page) -> list[str]:
    lines = []
    for quoted in evidence[:QUOTES]:
        lines += page.lines(page.quote(quoted), 7)
    if len(evidence) > QUOTES:
        places = page.list(dict.fromkeys(clean(e.clause) or page.say("unplaced") for e in evidence[QUOTES:]))
        lines += page.lines(f"{page.say('more', n=len(evidence) - QUOTES)}: {places}", 7)
    return lines


def _term(term: Term, page: _Page) -> list[str]:
    if term == Term():
        return [page.rule("="), *page.field("term", page.say("not_stated"))]
    renewal = page.say("not_stated")
    if term.auto_renewal is not None:
        renewal = page.say("yes" if term.auto_renewal else "no")
        if term.auto_renewal and term.renewal_months is not None:
            renewal += page.say("term_each", length=page.length("months", term.renewal_months))
    facts = [
        ("term_initial", page.say("end_indefinite") if term.indefinite else page.length("months", term.initial_months)),
        ("term_start", _when("start", term.start, term.start_date.isoformat() if term.start_date else "", page)),
        ("term_end", _when("end", term.end, term.end_date.isoformat() if term.end_date else "", page)),
        ("term_renewal", renewal),
        ("term_optout", page.length("days", term.optout_days)),
        ("term_last_day", term.last_day_to_refuse.isoformat() if term.last_day_to_refuse else ""),
        ("term_exit", page.length("days", term.exit_notice_days)),
        ("term_lock_in", page.length("months", term.max_lock_in_months)),
        ("term_review", page.length("months", term.review_interval_months) if term.review_interval_months is not None else ""),
    ]
    lines = [page.rule("="), page.say("term")]
    for label, text in facts:
        lines += page.field(label, text, 3) if text else []
    for step in term.arithmetic:
        lines += page.field("term_arithmetic", step, 3)
    if term.evidence:
        lines.append(f"   {page.say('term_evidence')}:")
        for quoted in term.evidence:
            lines += page.lines(page.quote(quoted), 7)
    return lines


def _when(kind: str, anchor: str | None, date: str, page: _Page) -> str:
    if anchor is None:
        return date or page.say("not_stated")
    return f"{page.name(kind, anchor)}{f' ({date})' if date else ''}"


def _warnings(warnings: Sequence[ContractWarning], page: _Page) -> list[str]:
    if not warnings:
        return []
    lines = [page.rule("="), page.say("warnings")]
    for warning in warnings:
        lines += page.lines(f"{page.say(warning.message)} ({warning.code})", 3, "- ")
    return lines


# --- a contract as read, and how a finding came about ---------------------------------------------------------------


def render_clauses(contract: Contract, language: str | None = None) -> str:
    """The clause tree as read: number, heading, level, kind and page of every clause, then the warnings."""
    page = _Page(_known(language or contract.language))
    lines = page.lines(page.say("tree_of", name=contract.name))
    depth: dict[str, int] = {}
    for clause in contract.clauses:
        depth[clause.id] = min(depth[clause.parent] + 1, 20) if clause.parent in depth else 0
        lines += page.lines(_clause_line(clause, contract.text, page), 2 * depth[clause.id])
    return "\n".join([*lines, *_warnings(contract_warnings(contract), page)]) + "\n"


def _clause_line(clause: Clause, text: str, page: _Page) -> str:
    name = " ".join(filter(None, (clean(clause.number), clean(clause.heading)))) or page.say("unplaced")
    if not clause.heading:  # its first words tell which one it is
        words = clean(text[clause.body_start : min(clause.end, clause.body_start + 4 * FIRST_WORDS)])
        name += f" {page.say('quoted', quote=words[:FIRST_WORDS] + ('…' if len(words) > FIRST_WORDS else ''))}" if words else ""
    facts = [page.name("level", clause.level.value), page.name("kind", clause.kind.value)]
    facts += [page.say("page", n=clause.page)] if clause.page else []
    facts += [page.say("deleted")] if clause.deleted else []
    return f"{name} [{page.list(facts)}]"


def render_explanation(report: Report, provision: str, language: str | None = None) -> str:
    """How one provision was judged: for every element what matched, what nearly matched, and what refused it.

    Raises:
        UsageError: the report has no finding on this provision.
    """
    page = _Page(report_language(report, language))
    finding = next((f for f in report.findings if f.provision == provision), None)
    if finding is None:
        raise UsageError(f"no provision {provision!r} in this review; known: {', '.join(f.provision for f in report.findings) or 'none'}")
    lines = page.lines(page.say("explain_of", name=report.contract.name))
    lines += page.lines(f"{page.say(finding.title)} ({provision}): {page.name('status', finding.status.value)}")
    for reason in all_reasons(finding):
        lines += page.lines(f"{page.say('why')}: {page.say(reason.message)} ({reason.code})", 3)
    for element in finding.elements:
        need = page.name("need", element.need.value) + (f", {page.say('core')}" if element.core else "")
        head = f"{element.id} {page.say(element.title)} ({need}): {page.name('result', element.result.value)}"
        lines += ["", *page.lines(head, 0, f"{_MARK[element.result]} ")]
        for quoted in element.evidence:
            lines += page.lines(f"{page.say('matched')} {quoted.pattern}: {page.quote(quoted)}", 4)
        for near in element.near:
            refused = page.say("refused_by", guard=near.pattern)
            lines += page.lines(f"{page.say('nearly')}, {refused}: {page.quote(near)}", 4)
        if not element.evidence and not element.near:
            lines += page.lines(page.say("no_match"), 4)
    for flag in finding.red_flags:
        head = f"{flag.id}: {page.say(flag.message)} ({page.name('effect', flag.effect)})"
        lines += ["", *page.lines(head, 0, "[!] ")]
        for quoted in flag.evidence:
            lines += page.lines(f"{page.say('matched')} {quoted.pattern}: {page.quote(quoted)}", 4)
    searched = all_searched(finding, report.contract)
    if searched:
        lines += ["", page.say("searched") + ":"]
        for place in searched:
            where = " ".join(filter(None, (clean(place.clause), clean(place.heading)))) or page.say("unplaced")
            lines += page.lines(f"{where}: {page.say(place.why_not)}", 4, "- ")
    return "\n".join(lines) + "\n"


def render_provision(provision: Provision, language: str = "en") -> str:
    """One provision of the library as a page: what it requires, elements, red flags, wording to use, limits, sources."""
    page = _Page(_known(language))
    lines = page.lines(f"{page.say(provision.title.text)} ({provision.id})")
    lines += page.field("severity", page.name("severity", provision.severity.value))
    lines += page.lines(page.say(provision.summary.text))
    lines += ["", page.say("elements") + ":"]
    for element in provision.elements:
        need = page.name("need", element.need.value) + (f", {page.say('core')}" if element.core else "")
        lines += page.lines(f"{element.id}: {page.say(element.title.text)} ({need})", 2, "- ")
    if provision.red_flags:
        lines += ["", page.say("flags") + ":"]
        for flag in provision.red_flags:
            lines += page.lines(f"{flag.id}: {page.say(flag.message.text)} ({page.name('effect', flag.effect)})", 2, "- ")
    for exemplar in provision.exemplars:
        if exemplar.language == page.language:
            lines += ["", page.say("exemplar") + ":", *page.lines(exemplar.heading, 2, "| ")]
            for paragraph in exemplar.text.splitlines():
                lines += page.lines(paragraph, 2, "| ") if paragraph.strip() else []
    notes = [page.field("cautions", page.say(caution.text)) for caution in provision.cautions]
    notes += [page.field("limits", page.say(provision.limits.text))] if provision.limits else []
    notes += [page.field("sources", page.list(s.id for s in provision.sources))] if provision.sources else []
    return "\n".join([*lines, *([""] if notes else []), *(line for note in notes for line in note)]) + "\n"


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise UsageError(f"no report language {language!r}; use {' or '.join(LANGUAGES)}")
    return language


FORMATS: dict[str, Callable[[Report, str | None], str | bytes]] = {"text": render_text, "json": to_json}
