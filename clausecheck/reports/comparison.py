"""A comparison of two drafts for a reader of a terminal or a mail."""

from __future__ import annotations

from difflib import SequenceMatcher

from clausecheck.changes import Change, Comparison
from clausecheck.model import Status
from clausecheck.report import clean, report_language, shorten
from clausecheck.reports.digest import provenance, summary_line
from clausecheck.reports.text import Page, rule
from clausecheck.reports.words import Words

LONG_EDIT = 240  # characters of an edit in the text form; JSON has all of it


def render_comparison(comparison: Comparison, language: str | None = None) -> str:
    """What became worse, better or otherwise different, with the edits at the words in question; at most 100 columns wide."""
    words = Words(report_language(comparison.new, language))
    page = Page(words.language)
    old, new = comparison.old.contract, comparison.new.contract
    within = old.document.sha256 == new.document.sha256  # both sides of the tracked changes of one file
    title = words.say("compare_within", name=new.name) if within else words.say("compare_of", old=old.name, new=new.name)
    parts = [[rule("="), *page.lines(title), rule("=")]]
    parts[0] += page.field(words.say("compare_old"), summary_line(comparison.old, words))
    parts[0] += page.field(words.say("compare_new"), summary_line(comparison.new, words))
    parts[0] += page.lines(words.say("compare_counts", edits=comparison.edits, findings=len(comparison.changes)))
    if not comparison.changes:
        parts.append(page.lines(words.say("compare_same")))
    for direction in ("worse", "better", "other"):
        changes = [c for c in comparison.changes if c.direction == direction]
        if changes:
            parts.append([rule("="), *page.lines(words.say(f"compare_{direction}"))])
            parts += [_change(c, words, page) for c in changes]
    stamp = page.field(words.say("provenance"), provenance(comparison.new, words))
    parts.append([rule("="), *stamp, "", *page.lines(words.say("disclaimer"))])
    return "\n".join("\n".join(part) + "\n" for part in parts)


def _change(change: Change, words: Words, page: Page) -> list[str]:
    said = f"{clean(words.say(change.title))} ({change.provision}): {_status(change.old, words)} → {_status(change.new, words)}"
    lines = [rule(), *page.lines(said)]
    for element in change.elements:
        was, now = (words.name("result", r) if r else "-" for r in (element.old, element.new))
        lines += page.lines(f"{clean(words.say(element.title))}: {was} → {now}", 3, "* ")
    lines += [line for flag in change.flags_gained for line in page.lines(words.say("compare_flag_new", flag=flag), 3, "[!] ")]
    lines += [line for flag in change.flags_lost for line in page.lines(words.say("compare_flag_gone", flag=flag), 3, "[+] ")]
    for edit in change.edits:
        lines += page.lines(f"{words.say('compare_edit')} {edit.clause or words.say('unplaced')}:", 3)
        old, new = _differing(edit.old, edit.new)
        lines += page.lines(old, 5, "- ") if old else []
        lines += page.lines(new, 5, "+ ") if new else []
    if not change.edits:
        lines += page.lines(words.say("compare_no_edit"), 3)
    return lines


def _status(status: Status | None, words: Words) -> str:
    return words.name("status", status.value) if status else "-"


def _differing(old: str, new: str) -> tuple[str, str]:
    """Both texts, shortened around the words in which they differ."""
    old, new = clean(old), clean(new)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks() if len(old) * len(new) < 4_000_000 else []
    start = blocks[0].size if blocks and blocks[0].a == blocks[0].b == 0 else 0
    tail = blocks[-2] if len(blocks) > 1 else None
    ends = tail is not None and tail.a + tail.size == len(old) and tail.b + tail.size == len(new)
    end_old, end_new = (tail.a, tail.b) if tail is not None and ends else (len(old), len(new))
    said = [shorten(text, LONG_EDIT, focus=(min(start, end), max(start, end))) for text, end in ((old, end_old), (new, end_new))]
    return said[0], said[1]
