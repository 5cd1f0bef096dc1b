"""The report in Markdown, for mails, tickets and wikis; whatever the contract says stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clausecheck.model import Report, Result
from clausecheck.reports.digest import Digest, Entry, Told, digest

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!$])|(?<!\S)([-+]|\d+[.)])(?=\s)")
_ICON = {Result.SATISFIED: "✓", Result.WEAK: "△", Result.NEGATED: "✕", Result.ABSENT: "✕"}


def plain(text: str) -> str:
    """The text with every character that Markdown or HTML would act on made inert."""
    return _SPECIAL.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2][:-1]}\\{m[2][-1]}", text).replace("://", ":\u2060//")


def render_markdown(report: Report, language: str | None = None) -> str:
    """Facts, what needs attention as a table, then every finding by theme, term, warnings."""
    d = digest(report, language)
    return "\n\n".join(filter(None, _parts(d))) + "\n"


def _parts(d: Digest) -> Iterator[str]:
    words = d.words
    yield f"# {plain(d.heading)}"
    yield _list((label, text) for label, text in (*d.facts, (words.say("summary"), d.summary)))
    if d.worst:
        yield f"## {words.say('attention')}"
        head = [words.say(label) for label in ("number", "provision", "status", "severity", "clauses")]
        rows = [(str(e.number), e.title, e.status, e.severity, words.list(e.main_clauses())) for e in d.worst]
        yield _table(head, rows)
    for group in d.groups:
        yield f"## {plain(group.title)}"
        yield from (_entry(entry, d) for entry in group.entries)
    yield f"## {words.say('term')}"
    yield _list(d.term) if d.term else words.say("not_stated")
    yield "\n".join(f"> {plain(q.said)}  " for q in d.term_quotes)
    if d.warnings:
        yield f"## {words.say('warnings')}"
        yield "\n".join(f"- {plain(message)} (`{code}`)" for code, message in d.warnings)
    yield "---"
    yield f"{words.say('provenance')}: {plain(d.provenance)}"
    yield plain(d.disclaimer)


def _entry(entry: Entry, d: Digest) -> str:
    words = d.words
    lines = [f"### {entry.number}. {plain(entry.title)}: {entry.status}", ""]
    facts = [(words.say("severity"), entry.severity)] if entry.severity else []
    facts += [(words.say("clauses"), words.list(entry.clauses))] if entry.clauses else []
    facts += [(words.say("why"), reason) for reason in entry.reasons]
    lines += [_list(facts), ""] if facts else []
    told = Told(words)
    for line in entry.elements:
        lines.append(f"- {_ICON[line.element.result]} **{plain(line.title)}** ({plain(line.need)}): {line.result}")
        lines += [f"  > {plain(told.short(q))}  " for q in line.quotes[:2]]
    if entry.optional:
        lines.append(f"- {words.say('optional')}: {plain(words.list(entry.optional))}")
    for flag in entry.flags:
        lines.append(f"- ⚠ **{plain(flag.message)}** ({flag.effect})")
        lines += [f"  > {plain(told.short(q))}  " for q in flag.quotes[:2]]
        lines += [f"  {plain(words.say('instead', text=flag.instead))}"] if flag.instead else []
    if entry.searched:
        lines += ["", f"{words.say('searched')}:", ""]
        lines += [f"- {plain(p.where)}: {plain(p.why)}" for p in entry.searched]
    if entry.proposal:
        lines += ["", f"{plain(words.say('to_add', where=entry.proposal.where))}:", ""]
        lines += [f"> {plain(text)}  " for text in (entry.proposal.heading, *entry.proposal.lines) if text]
    notes = [(words.say("cautions"), caution) for caution in entry.cautions]
    notes += [(words.say("sources"), words.series(entry.sources))] if entry.sources and entry.elements else []
    lines += ["", _list(notes)] if notes else []
    return "\n".join(lines).rstrip()


def _list(facts: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- {plain(label)}: {plain(text)}" for label, text in facts)


def _table(head: list[str], rows: Iterable[Iterable[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(map(plain, row)) + " |" for row in rows)])
