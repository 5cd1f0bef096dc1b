"""A contract as read: its clauses with numbers, levels and pages."""

from __future__ import annotations

from clausecheck.model import Clause, Contract
from clausecheck.report import clean, contract_warnings
from clausecheck.reports.digest import warning_lines
from clausecheck.reports.text import Page, warning_part
from clausecheck.reports.words import Words

FIRST_WORDS = 30  # characters shown of a clause that has no heading


def render_clauses(contract: Contract, language: str | None = None) -> str:
    """The clause tree as read: number, heading, level, kind and page of every clause, then the warnings."""
    words = Words(language or contract.language)
    page = Page(words.language)
    lines = page.lines(words.say("tree_of", name=contract.name))
    depth: dict[str, int] = {}
    for clause in contract.clauses:
        depth[clause.id] = min(depth[clause.parent] + 1, 20) if clause.parent in depth else 0
        lines += page.lines(_clause_line(clause, contract.text, words), 2 * depth[clause.id])
    warnings = tuple(warning_lines(contract_warnings(contract), words))
    return "\n".join([*lines, *warning_part(warnings, words.say("warnings"), page)]) + "\n"


def _clause_line(clause: Clause, text: str, words: Words) -> str:
    name = " ".join(filter(None, (clean(clause.number), clean(clause.heading)))) or words.say("unplaced")
    if not clause.heading:  # its first words tell which one it is
        begun = clean(text[clause.body_start : min(clause.end, clause.body_start + 4 * FIRST_WORDS)])
        name += f" {words.say('quoted', quote=begun[:FIRST_WORDS] + ('…' if len(begun) > FIRST_WORDS else ''))}" if begun else ""
    facts = [words.name("level", clause.level.value), words.name("kind", clause.kind.value)]
    facts += [words.say("page", n=clause.page)] if clause.page else []
    facts += [words.say("deleted")] if clause.deleted else []
    return f"{name} [{words.list(facts)}]"
