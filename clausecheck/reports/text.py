"""The report for a reader of a terminal or a mail: plain characters, 100 columns as a terminal counts them.

The same characters for the same report; statuses are coloured only where the caller says that a terminal shows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clausecheck.model import Report, Result, Status
from clausecheck.report import clean
from clausecheck.reports.columns import WIDTH, columns, wrap
from clausecheck.reports.digest import Digest, Entry, Quote, Told, digest

QUOTES = 2  # quotations shown for an element; JSON has all of them

_COLOR = {
    Status.CONFLICTING: "1;31",
    Status.MISSING: "31",
    Status.WEAK: "33",
    Status.UNDETERMINED: "35",
    Status.PRESENT: "32",
    Status.NOT_APPLICABLE: "2",
}
MARK = {Result.SATISFIED: "[+]", Result.WEAK: "[~]", Result.NEGATED: "[!]", Result.ABSENT: "[-]"}


@dataclass(frozen=True, slots=True)
class Page:
    """Lays out lines; in Japanese characters of ambiguous width are counted as wide, as Japanese terminals draw them."""

    language: str
    color: bool = False

    def lines(self, text: str, indent: int = 0, first: str = "") -> list[str]:
        """The text from ``indent`` on, begun with ``first``, its other lines under the first one's text."""
        lead = " " * indent
        hang = lead + " " * columns(first, wide_ambiguous=self.language == "ja")
        return wrap(clean(text), first=lead + first, rest=hang, wide_ambiguous=self.language == "ja")

    def field(self, label: str, text: str, indent: int = 0) -> list[str]:
        return self.lines(text, indent, f"{label}: ")

    def status(self, entry: Entry, text: str) -> str:
        """The text with the entry's [status] coloured."""
        mark = f"[{entry.status}]"
        return text.replace(mark, f"\033[{_COLOR[entry.finding.status]}m{mark}\033[0m", 1) if self.color else text


def rule(character: str = "-") -> str:
    return character * WIDTH


def render_text(report: Report, language: str | None = None, *, color: bool = False) -> str:
    """The report, at most 100 columns wide: what needs attention worst first, then every finding by theme, term, warnings."""
    d = digest(report, language)
    page = Page(d.words.language, color)
    parts = [_head(d, page)]
    for group in d.groups:
        parts.append([rule("="), *page.lines(group.title)])
        parts += [_finding(entry, d, page) for entry in group.entries]
    parts += [_term(d, page), warning_part(d.warnings, d.words.say("warnings"), page)]
    parts.append([rule("="), *page.field(d.words.say("provenance"), d.provenance), "", *page.lines(d.disclaimer)])
    return "\n".join("\n".join(part) + "\n" for part in parts if part)


def _head(d: Digest, page: Page) -> list[str]:
    lines = [rule("="), *page.lines(d.heading), rule("=")]
    for label, text in d.facts:
        lines += page.field(label, text)
    lines += page.field(d.words.say("summary"), d.summary)
    if d.worst:
        lines += ["", *page.lines(d.words.say("attention") + ":")]
    for entry in d.worst:
        where = f" ({d.words.list(entry.main_clauses())})" if entry.clauses else ""
        severity = f" / {entry.severity}" if entry.severity else ""
        first, *more = page.lines(f"{entry.title}{where}{severity}", 0, f"{entry.number:>4}. [{entry.status}] ")
        lines += [page.status(entry, first), *more]
    return lines


def _finding(entry: Entry, d: Digest, page: Page) -> list[str]:
    words = d.words
    first, *more = page.lines(f"{entry.title} ({entry.finding.provision})", 0, f"{entry.number}. [{entry.status}] ")
    lines = [rule(), page.status(entry, first), *more]
    extra = [f"{words.say('severity')}: {entry.severity}"] if entry.severity else []
    extra += [f"{words.say('clauses')}: {words.list(entry.clauses)}"] if entry.clauses else []
    lines += page.lines(" / ".join(extra), 3) if extra else []
    for reason in entry.reasons:
        lines += page.field(words.say("why"), reason, 3)
    told = Told(words)
    for line in entry.elements:
        lines += page.lines(f"{line.title} ({line.need}): {line.result}", 3, f"{MARK[line.element.result]} ")
        lines += _quotes(line.quotes, told, d, page)
    if entry.optional:
        lines += page.lines(f"{words.say('optional')}: {words.list(entry.optional)}", 3, "[-] ")
    if entry.flags:
        lines.append(f"   {words.say('flags')}:")
        for flag in entry.flags:
            lines += page.lines(f"{flag.message} ({flag.flag.id}, {flag.effect})", 3, "[!] ")
            lines += _quotes(flag.quotes, told, d, page)
            lines += page.lines(words.say("instead", text=flag.instead), 5, "| ") if flag.instead else []
    if entry.searched:
        lines.append(f"   {words.say('searched')}:")
        for place in entry.searched:
            lines += page.lines(f"{place.where}: {place.why}", 3, "- ")
    if entry.proposal:
        lines += page.lines(words.say("to_add", where=entry.proposal.where) + ":", 3)
        for paragraph in filter(None, (entry.proposal.heading, *entry.proposal.lines)):
            lines += page.lines(paragraph, 5, "| ")
    for caution in entry.cautions:
        lines += page.field(words.say("cautions"), caution, 3)
    if entry.sources and entry.elements:
        lines += page.field(words.say("sources"), words.series(entry.sources), 3)
    return lines


def _quotes(quotes: Sequence[Quote], told: Told, d: Digest, page: Page) -> list[str]:
    lines = []
    for quoted in quotes[:QUOTES]:
        lines += page.lines(told.short(quoted), 7)
    if len(quotes) > QUOTES:
        places = d.words.list(dict.fromkeys(d.words.cited(q.evidence.clause) for q in quotes[QUOTES:]))
        lines += page.lines(f"{d.words.say('more', n=len(quotes) - QUOTES)}: {places}", 7)
    return lines


def _term(d: Digest, page: Page) -> list[str]:
    if not d.term:
        return [rule("="), *page.field(d.words.say("term"), d.words.say("not_stated"))]
    lines = [rule("="), d.words.say("term")]
    for label, text in d.term:
        lines += page.field(label, text, 3)
    if d.term_quotes:
        lines.append(f"   {d.words.say('term_evidence')}:")
        for quoted in d.term_quotes:
            lines += page.lines(quoted.said, 7)
    return lines


def warning_part(warnings: Sequence[tuple[str, str]], title: str, page: Page) -> list[str]:
    """The part on what could not be seen; nothing where there is nothing to warn of."""
    if not warnings:
        return []
    lines = [rule("="), title]
    for code, message in warnings:
        lines += page.lines(f"{message} ({code})", 3, "- ")
    return lines
