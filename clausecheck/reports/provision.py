"""One provision of the library as a page for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clausecheck.reports.digest import source_name
from clausecheck.reports.text import Page
from clausecheck.reports.words import Words

if TYPE_CHECKING:
    from clausecheck.library import Provision


def render_provision(provision: Provision, language: str = "en") -> str:
    """What the provision requires, its elements, red flags, wording to use, limits, sources."""
    words = Words(language)
    page = Page(language)
    lines = page.lines(f"{words.say(provision.title.text)} ({provision.id})")
    lines += page.field(words.say("severity"), words.name("severity", provision.severity.value))
    lines += page.lines(words.say(provision.summary.text))
    lines += ["", words.say("elements") + ":"]
    for element in provision.elements:
        need = words.list([words.name("need", element.need.value), *([words.say("core")] if element.core else [])])
        lines += page.lines(f"{element.id}: {words.say(element.title.text)} ({need})", 2, "- ")
    if provision.red_flags:
        lines += ["", words.say("flags") + ":"]
        for flag in provision.red_flags:
            lines += page.lines(f"{flag.id}: {words.say(flag.message.text)} ({words.name('effect', flag.effect)})", 2, "- ")
    for exemplar in provision.exemplars:
        if exemplar.language == words.language:
            lines += ["", words.say("exemplar") + ":", *page.lines(exemplar.heading, 2, "| ")]
            for paragraph in exemplar.text.splitlines():
                lines += page.lines(paragraph, 2, "| ") if paragraph.strip() else []
    notes = [page.field(words.say("cautions"), words.say(caution.text)) for caution in provision.cautions]
    notes += [page.field(words.say("limits"), words.say(provision.limits.text))] if provision.limits else []
    sources = words.list(source_name(s.id, words) for s in provision.sources)
    notes += [page.field(words.say("sources"), sources)] if sources else []
    return "\n".join([*lines, *([""] if notes else []), *(line for note in notes for line in note)]) + "\n"
