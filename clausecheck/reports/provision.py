"""One provision of the library as a page for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clausecheck.model import Text
from clausecheck.reports.digest import source_name
from clausecheck.reports.text import Page
from clausecheck.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clausecheck.items import Coverage
    from clausecheck.library import Library
    from clausecheck.provision import Provision


def render_provision(provision: Provision, language: str = "en") -> str:
    """What the provision requires and of which contracts, what counts as weak and what not at all, wording to use, limits, sources."""
    words = Words(language)
    page = Page(language)
    lines = page.lines(f"{words.say(provision.title.text)} ({provision.id})")
    lines += page.field(words.say("severity"), words.name("severity", provision.severity.value))
    lines += page.lines(words.say(provision.summary.text))
    for need, label in (("required", "applies_required"), ("recommended", "applies_recommended"), ("not_applicable", "applies_not")):
        types = words.list(words.name("type", t) for t, n in provision.applies.items() if n == need)
        lines += page.field(words.say(label), types) if types else []
    for gate in provision.gates:
        lines += page.field(words.say("applies_not"), words.say(gate.reason.text))
    lines += ["", words.say("elements") + ":"]
    for element in provision.elements:
        need = words.list([words.name("need", element.need.value), *([words.say("core")] if element.core else [])])
        lines += page.lines(f"{element.id}: {words.say(element.title.text)} ({need})", 2, "- ")
    if provision.red_flags:
        lines += ["", words.say("flags") + ":"]
        for flag in provision.red_flags:
            lines += page.lines(f"{flag.id}: {words.say(flag.message.text)} ({words.name('effect', flag.effect)})", 2, "- ")
    for label, texts in (("weak_wording", _weak(provision)), ("near_misses", (m.message.text for m in provision.near_misses))):
        said = list(dict.fromkeys(words.say(text) for text in texts))
        lines += ["", words.say(label) + ":", *(line for text in said for line in page.lines(text, 2, "- "))] if said else []
    suggested = [(e, getattr(e.suggest, words.language)) for e in provision.elements if e.suggest]
    lines += ["", words.say("sentence_for") + ":"] if suggested else []
    for element, sentence in suggested:
        lines += page.lines(f"{element.id}: {sentence.strip()}", 2, "- ")
    for exemplar in provision.exemplars:
        if exemplar.language == words.language:
            lines += ["", words.say("exemplar") + ":", *page.lines(exemplar.heading, 2, "| ")]
            for paragraph in exemplar.text.splitlines():
                lines += page.lines(paragraph, 2, "| ") if paragraph.strip() else []
    notes = [page.field(words.say("cautions"), words.say(caution.text)) for caution in provision.cautions]
    notes += [page.field(words.say("limits"), words.say(provision.limits.text))] if provision.limits else []
    for source in provision.sources:
        name = source_name(Text(source.ja or source.id, source.id), words)
        origin = ": ".join(filter(None, (name, source.note if language == "en" else "")))  # notes are English
        notes.append(page.field(words.say("sources"), f"{origin} {source.url}" if source.url else origin))
    return "\n".join([*lines, *([""] if notes else []), *(line for note in notes for line in note)]) + "\n"


def _weak(provision: Provision) -> Iterator[Text]:
    """The reasons for which the finds, weakenings and conditions of its elements make it weak."""
    for element in provision.elements:
        for find in element.find:
            if find.weak_message:
                yield find.weak_message.text
            if find.measure and find.measure.message and not find.measure.refuse:
                yield find.measure.message.text
        yield from (w.message.text for w in element.weaken)
        yield from (w.message.text for w in element.weak_when)


def render_coverage(rows: Iterable[Coverage], library: Library, language: str = "en") -> str:
    """METI's items as a table: the item, the provisions that answer it, what lies outside a contract."""
    words = Words(language)
    page = Page(language)
    lines: list[str] = []
    for row in rows:
        titles = [words.say(library.by_id[p].title.text) if p in library.by_id else p for p in row.provisions]
        titles += [words.say("not_in_library", id=p) for p in row.lacking]
        lines += page.lines(f"{row.item.mark} {words.say(row.item.title.text)}")
        lines += page.lines(words.list(titles) or "–", 4)
        lines += page.lines(f"{words.say('outside')}: {words.say(row.item.outside.text)}", 4) if row.item.outside else []
    return "\n".join(lines) + "\n" if lines else ""
