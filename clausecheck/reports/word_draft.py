"""The draft itself as the report: a copy with comments at the words in question and the wording to add as tracked insertions.

Suggested clauses take the form of the clauses around them: the paragraph styles, the list that numbers them (or, where numbers are
typed, the next free number), brackets around headings, one paragraph or several. A draft that numbers nothing gets them without
numbers; one that has no clauses gets paragraphs before the words that lead to the signatures. A sentence is struck, as a tracked change
too, only where the library has one to put in its place and nothing else that counts stands in it; other words that must change have a
comment.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from clausecheck import languages
from clausecheck.model import BlockKind, Clause, ClauseKind, Contract, Evidence, Level, Need, Report, Result, Status
from clausecheck.readers.word_numbering import W, format_number
from clausecheck.report import clean
from clausecheck.reports.digest import Digest, Entry, FlagLine, Proposal, digest
from clausecheck.reports.word_edit import AUTHOR, Looks, WordCopy

_LONG_COMMENT = 1_500  # characters of one paragraph of a comment
MANY_SUBJECTS = 5  # paragraphs of a clause that is a list of provisions ("General") and none by itself
_BODY = (ClauseKind.BODY, ClauseKind.DEFINITIONS)
_TOLD = (*_BODY, ClauseKind.PREAMBLE, ClauseKind.RECITAL)
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.TABLE_CELL)

# How a typed number is written: the last such stretch of it counts. Kanji numerals: one to nine, ten, hundred.
_KANJI = "\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e"
_FORMS = (
    (re.compile("[0-9]+"), "decimal"),
    (re.compile("[\uff10-\uff19]+"), "decimalFullWidth"),
    (re.compile("[\u2460-\u2473]"), "decimalEnclosedCircle"),
    (re.compile(f"[{_KANJI}]+"), "japaneseCounting"),
    (re.compile(r"(?<![A-Za-z])[IVXLC]+(?![A-Za-z])"), "upperRoman"),
    (re.compile(r"(?<![A-Za-z])[a-z](?![A-Za-z])"), "lowerLetter"),
    (re.compile(r"(?<![A-Za-z])[A-Z](?![A-Za-z])"), "upperLetter"),
)
_OWN_MARK = re.compile(r"(?:[0-9]{1,2}[.)]?|\(?[0-9a-z]{1,2}\)|[\uff10-\uff19]{1,2})[ \u3000]+")  # before a line of suggested wording
_NAMED_MARK = re.compile(r"\([a-h]\)")  # a line of wording that names another one by its mark
_SENTENCE = re.compile("[.;\u3002\uff0e][)\uff09\u300d\"\u201d]?\\s*\\Z")  # how a paragraph of running text ends
_ENDED = re.compile("[.:;,?!\u3002\uff0e\uff0c\u3001\uff1a][)\uff09\u300d\"\u201d]*\\Z")  # a sentence may follow
_SHORT_SENTENCE = 20  # bytes: Latin letters have one, Japanese ones three; "Alpha Ltd." is no sentence
_LONG_HEADING = 120  # bytes
_BRACKETS = "()[]\uff08\uff09\u3010\u3011\u3014\u3015 \u3000"


def render_word_draft(
    report: Report,
    data: bytes,
    language: str | None = None,
    *,
    author: str = AUTHOR,
    date: dt.datetime | None = None,
) -> bytes:
    """A copy of the draft ``data`` with the findings in it.

    Args:
        report: what ``review`` returned for this file.
        data: the bytes of the Word file that was reviewed.
        language: ``ja`` or ``en``, of the comments; inserted wording is in the contract's language.
        author: who comments and changes are by.
        date: when; without one they bear no date, so that equal reviews give equal files.

    Raises:
        UsageError: the file is not the one that was reviewed.
    """
    d = digest(report, language)
    copy = WordCopy.of(data, report.contract.name, report.contract.text, author=author, date=date)
    _Draft(copy, report.contract, d).write()
    return copy.save()


@dataclass(slots=True)
class _Shape:
    """How clauses of this contract are built, taken from one of them."""

    clause: Clause
    head: int  # block of its number and heading
    run_in: bool  # the text goes on in the paragraph of the heading
    plain: int | None  # block of a first paragraph without a number of its own
    numbered: tuple[tuple[Clause, int], ...]  # numbered paragraphs, with their first blocks


@dataclass(frozen=True, slots=True)
class _Prose:
    """A draft without clauses that can be told apart: where new paragraphs go, and what they look like."""

    anchor: int  # the block to insert behind
    model: int  # the block whose look the text takes
    head: int | None = None  # a line that heads a paragraph, where the draft has such
    table: Any = None  # the w:tbl to insert behind instead, where the draft is all tables


@dataclass(slots=True)
class _Draft:
    copy: WordCopy
    contract: Contract
    digest: Digest
    _shapes: dict[str, _Shape | None] = field(default_factory=dict)
    _clauses: list[Clause] | None = None  # what ``_tops`` found
    _found_prose: list[_Prose | None] = field(default_factory=list)  # what ``_prose`` found
    _added: dict[str, int] = field(default_factory=dict)  # clauses inserted behind a clause so far
    _written: set[str] = field(default_factory=set)  # sentences that complete a clause: two findings may lack the same one
    _replaced: set[tuple[int, int]] = field(default_factory=set)  # sentences that others now stand for
    _last: dict[int, object] = field(default_factory=dict)  # block -> the paragraph last inserted behind it

    def write(self) -> None:
        self._preface()
        for entry in self.digest.entries:
            if entry.finding.status in (Status.WEAK, Status.CONFLICTING):
                self._remark(entry)
                self._replace(entry)
            if entry.finding.status is not Status.WEAK or not entry.proposal or self._healed(entry):
                continue
            if not self._complete(entry, entry.proposal):
                self._written.difference_update(entry.proposal.lines)
                self._offer(entry, entry.proposal)
        for entry in self.digest.entries:  # behind what completes the clause before, which would else end up in the new one
            if entry.finding.status is Status.MISSING:
                self._replace(entry)
                self._add(entry)

    def _preface(self) -> None:
        """One comment at the title that says what this is, what was found, and how to replay it."""
        d = self.digest
        lines = [d.heading, *(f"{label}: {text}" for label, text in d.facts), f"{d.words.say('summary')}: {d.summary}"]
        lines += [f"{d.words.say('warnings')}: {message}" for _, message in d.warnings]
        lines += [d.disclaimer, f"{d.words.say('provenance')}: {d.provenance}"]
        title = next((b for b in self.copy.blocks if b.end > b.start), self.copy.blocks[0])
        self.copy.comment(title.start, title.end, lines)

    # --- comments ----------------------------------------------------------------------------------------------------

    def _remark(self, entry: Entry) -> None:
        """A comment at the words that make the finding weak or conflicting; at others that do so too a short one."""
        flagged = [(f.message, q.evidence) for f in entry.flags if f.flag.effect in ("degrade", "conflict") for q in f.quotes[:1]]
        poor = [
            (f"{line.title}: {' '.join(self.digest.words.say(r.message) for r in line.element.reasons) or line.result}", q.evidence)
            for line in entry.elements
            if line.element.result in (Result.NEGATED, Result.WEAK) and line.element.needed
            for q in line.quotes[:1]
        ]
        places = sorted([*flagged, *poor], key=lambda p: p[1].start) or [("", q.evidence) for q in entry.quotes[:1]]
        told: set[tuple[int, int]] = set()
        lines = list(self._lines(entry, with_wording=entry.finding.status is Status.CONFLICTING))
        if not places:
            self.copy.comment(0, 1, lines)
        for message, evidence in places:
            start, end = evidence.focus if evidence.focus and message in {m for m, _ in flagged} else (evidence.start, evidence.end)
            if end > len(self.copy.text) or (start, end) in told:  # in an attachment, or told already
                continue
            title = self.digest.words.say("comment_title", n=entry.number, title=entry.title, status=entry.status)
            self.copy.comment(start, end, [title, message] if told else lines)
            told.add((start, end))
        if places and not told:
            self.copy.comment(0, 1, lines)

    # --- what must be said otherwise ---------------------------------------------------------------------------------

    def _replace(self, entry: Entry) -> None:
        """Other sentences in the place of those that no addition heals, where nothing else that counts would go with them."""
        flags = [(f.flag.instead, f.quotes, f.message) for f in entry.flags]
        poor = [(e.element.instead, e.quotes, e.title) for e in entry.elements if e.element.needed]
        for instead, quotes, message in (*flags, *poor):
            if instead is None or len(quotes) != 1 or "\n" in instead.text:
                continue
            evidence = quotes[0].evidence
            span = evidence.start, evidence.end
            if span in self._replaced or span[1] > len(self.copy.text) or not self._is_whole(evidence):
                continue
            own = {f"{entry.finding.provision}.{e.id}" for e in entry.finding.elements if e.instead is instead}
            if not self._held(*span) <= instead.keeps | own:
                continue
            comment = [self.digest.words.say("comment_replaced", n=entry.number, title=entry.title), message]
            if self.copy.replace(*span, instead.text, comment):
                self._replaced.add(span)
                self._written.add(clean(instead.text))

    def _is_replaced(self, line: FlagLine) -> bool:
        return any((q.evidence.start, q.evidence.end) in self._replaced for q in line.quotes)

    def _healed(self, entry: Entry) -> bool:
        """Nothing is lacking but what other sentences now say."""
        needed = [e.element for e in entry.elements if e.element.needed and e.element.need is not Need.RECOMMENDED]
        spoiling = [f for f in entry.flags if f.flag.effect in ("degrade", "conflict")]
        return all(e.result is Result.SATISFIED for e in needed) and all(map(self._is_replaced, spoiling))

    def _held(self, start: int, end: int) -> set[str]:
        """What the words between hold, as "provision.element", but for what is weak and gets wording of its own."""
        return {
            f"{entry.finding.provision}.{element.id}"
            for entry in self.digest.entries
            for element in entry.finding.elements
            if not (element.result is Result.WEAK and element.needed and element.need is not Need.RECOMMENDED)
            for e in element.evidence
            if e.start < end and start < e.end
        }

    def _is_whole(self, evidence: Evidence) -> bool:
        """The words are a sentence of running text and no item of a list."""
        text = self.copy.text
        clause = next((c for c in self.contract.clauses if c.id == evidence.clause_id), None)
        if clause is None or clause.level in (Level.ITEM, Level.SUBITEM) or not self._is_sentence(text[evidence.start : evidence.end]):
            return False
        before = text[max(clause.body_start, self.copy.blocks[self.copy.block(evidence.start)].start) : evidence.start].strip()
        return not before or self._is_sentence(before)

    # --- comments, in words ------------------------------------------------------------------------------------------

    def _lines(self, entry: Entry, *, with_wording: bool = False, note: str = "") -> Iterator[str]:
        words = self.digest.words
        title = words.say("comment_title", n=entry.number, title=entry.title, status=entry.status)
        yield f"{title} / {words.say('severity')}: {entry.severity}" if entry.severity else title
        if note:
            yield note
        for reason in entry.reasons:
            yield f"{words.say('why')}: {reason}"[:_LONG_COMMENT]
        lacking = [line.title for line in entry.elements if line.element.result is not Result.SATISFIED]
        if lacking and entry.finding.status is not Status.WEAK:  # of a weak one the reasons name them
            yield f"{words.say('needed')}: {words.list(lacking)}"
        if with_wording and entry.proposal:
            yield f"{words.say('to_add', where=entry.proposal.where)}:"
            yield from filter(None, (entry.proposal.heading, *entry.proposal.lines))
        for caution in entry.cautions:
            yield f"{words.say('cautions')}: {caution}"
        if entry.sources:
            yield f"{words.say('sources')}: {words.series(entry.sources)}"

    # --- what is lacking in a clause -----------------------------------------------------------------------------------

    def _offer(self, entry: Entry, proposal: Proposal) -> None:
        """What is lacking as a comment, where it cannot be put into the text."""
        at = next((q.evidence for q in entry.quotes if q.evidence.end <= len(self.copy.text)), None)
        title = self.digest.words.say("comment_added", n=entry.number, title=entry.title)
        where = self.digest.words.say("to_add", where=proposal.where)
        self.copy.comment(at.start if at else 0, at.end if at else 1, [title, f"{where}:", *proposal.lines])

    def _complete(self, entry: Entry, proposal: Proposal) -> bool:
        """The lacking sentences as tracked insertions at the end of the clause they belong to; whether there was a place."""
        suggestion = entry.finding.suggestion
        clause = self._top(suggestion.clause_id) if suggestion else None
        shape = self._shape(clause) if clause else None
        if proposal.language != self.contract.language:
            return False
        proposal = replace(proposal, lines=tuple(line for line in proposal.lines if line not in self._written))
        self._written.update(proposal.lines)
        if not proposal.lines:
            return True
        spoiled = any(f.flag.effect in ("degrade", "conflict") and f.quotes and not self._is_replaced(f) for f in entry.flags)
        comment = [self.digest.words.say("comment_added", n=entry.number, title=entry.title)]
        comment += [self.digest.words.say("comment_also_change")] if spoiled else []
        if clause is None or shape is None or not (clause.number or clause.heading):
            return self._complete_prose(entry, proposal, comment)  # nothing tells where such a clause ends
        last = self._last_block(clause)
        home = self._home(entry, clause, len(proposal.lines))
        if home is not None:
            self._complete_paragraph(home, proposal, comment)
        elif shape.numbered and self.copy.writable(shape.numbered[-1][1]):
            member, at = shape.numbered[-1]
            looks = Looks(self.copy.paragraphs[at][-1])
            typed = not self.copy.counts(at)
            new = []
            for line in proposal.lines:
                key = f"{clause.id}.paragraphs"
                self._added[key] = self._added.get(key, 0) + 1
                new.append((self._numbered(member, at, self._added[key], line) if typed else line, looks))
            self._insert(last, new, comment)
        elif shape.plain is not None and not self.copy.counts(shape.plain) and self.copy.writable(shape.plain):
            looks = Looks(self.copy.paragraphs[shape.plain][-1])
            lead = self._indent(shape.plain)
            self._insert(last, [(lead + line, looks) for line in proposal.lines], comment)
        elif self.copy.writable(last):
            self._append(last, proposal, comment)
        else:
            return False
        return True

    def _append(self, block: int, proposal: Proposal, comment: Sequence[str]) -> None:
        """The sentences behind those of the block, with the stop that a line of a form lacks: they would run on in it."""
        language = languages.get(self.contract.language)
        text = self.copy.text[self.copy.blocks[block].start : self.copy.blocks[block].end].rstrip()
        stop = "" if not text or _ENDED.search(text) else language.stops[0]
        self.copy.append(block, stop + language.blank + language.blank.join(proposal.lines), comment)

    def _home(self, entry: Entry, clause: Clause, more: int) -> Clause | None:
        """The paragraph of a clause of many subjects (as it will be with ``more`` paragraphs) that alone holds the provision;
        None where the whole clause does."""
        members = [c for c in self.contract.clauses if c.parent == clause.id and c.level is Level.PARAGRAPH]
        held = {
            next((m.id for m in members if m.start <= q.evidence.start < m.end), "")
            for line in entry.elements
            if line.element.core
            for q in line.quotes
            if clause.start <= q.evidence.start < clause.end
        }
        home = next((m for m in members if held == {m.id}), None)
        return home if home and (home.heading or len(members) + more >= MANY_SUBJECTS) else None

    def _complete_paragraph(self, home: Clause, proposal: Proposal, comment: Sequence[str]) -> None:
        first, last = self.copy.block(home.start), self._last_block(home)
        if first == last and self.copy.writable(last):
            self._append(last, proposal, comment)
        elif self.copy.writable(last):
            looks = Looks(self.copy.paragraphs[first if self.copy.writable(first) else last][-1], numbered=False)
            self._insert(last, [(languages.get(self.contract.language).blank.join(proposal.lines), looks)], comment)

    def _complete_prose(self, entry: Entry, proposal: Proposal, comment: Sequence[str]) -> bool:
        """At the end of the paragraph in which the words that count end, where no clause holds them; in a form they take several."""
        held = [q.evidence for line in entry.elements if line.element.core for q in line.quotes]
        at = next((b for e in held if e.end <= len(self.copy.text) and self.copy.writable(b := self.copy.block(e.end - 1))), None)
        if at is None:
            return False
        self._append(at, proposal, comment)
        return True

    def _numbered(self, member: Clause, at: int, ahead: int, line: str) -> str:
        """The line with the typed number that comes ``ahead`` places after that of the clause ``member``."""
        return _renumber(member.number, ahead) + self._after_number(member, at) + line

    def _after_number(self, clause: Clause, at: int) -> str:
        """What stands between a typed number and its text: ". ", a tab, a full-width blank."""
        block = self.copy.blocks[at]
        text = self.copy.text[block.start : block.end]
        begin = text.find(clause.number) + len(clause.number)
        rest = text[begin:]
        mark = re.match(r"[.)\u3001\uff0e\uff09:]?[ \t\u3000]*", rest)
        return mark[0] if mark and mark[0] else " "

    def _indent(self, at: int) -> str:
        """The full-width blank that a typed paragraph begins with, where it does."""
        block = self.copy.blocks[at]
        text = self.copy.text[block.start : block.end]
        return text[: len(text) - len(text.lstrip("\u3000"))]

    # --- whole clauses -------------------------------------------------------------------------------------------------

    def _add(self, entry: Entry) -> None:
        """The suggested clause as tracked paragraphs where it best goes; a comment at the title where there is none to suggest."""
        suggestion, proposal = entry.finding.suggestion, entry.proposal
        shape = anchor = None
        fits = suggestion is not None and proposal is not None and proposal.language == self.contract.language
        if fits and proposal and not self._tops() and (prose := self._prose()):
            if prose.table is not None:
                self._last.setdefault(prose.anchor, prose.table)
            self._insert(prose.anchor, list(self._paragraphs(proposal, prose)), list(self._lines(entry)))
            return
        if fits and suggestion and proposal:
            anchor = self._anchor(suggestion.clause_id)
            shape = self._model(anchor, several=len(proposal.lines) > 1) if anchor else None
        if shape is None or anchor is None or proposal is None:
            self.copy.comment(0, 1, list(self._lines(entry, with_wording=True)))
            return
        moved = suggestion is not None and suggestion.clause_id not in ("", anchor.id)
        note = self.digest.words.say("comment_moved") if moved else ""
        self._insert(self._last_block(anchor), list(self._clause(proposal, shape, anchor)), list(self._lines(entry, note=note)))

    def _clause(self, proposal: Proposal, shape: _Shape, anchor: Clause) -> Iterator[tuple[str, Looks]]:
        """The paragraphs of a new clause in the shape of an old one."""
        copy = self.copy
        drawn = copy.counts(shape.head)
        number = "" if drawn or not shape.clause.number else self._next_number(shape.clause, anchor)
        head_looks = Looks(copy.paragraphs[shape.head][-1])
        opening = self._opening(proposal, shape, number, drawn=drawn)
        lines = list(proposal.lines)
        bare, own_marks = _without_marks(lines)
        body = shape.numbered[0][1] if shape.numbered else shape.head
        if own_marks and any(map(_NAMED_MARK.search, bare)):  # its paragraphs speak of each other by their marks
            bare, shape = lines, replace(shape, numbered=())
        if shape.run_in:
            glue = "" if opening[-1:].isspace() or self.contract.language == "ja" else " "
            yield opening + glue + bare.pop(0), head_looks
        elif opening:
            yield opening, head_looks
        if not bare:
            return
        several = len(lines) > 1 and bool(shape.numbered)
        if shape.plain is not None and not several:
            looks = Looks(copy.paragraphs[shape.plain][-1], numbered=not copy.counts(shape.plain))
            lead, again = self._indent(shape.plain), self._number_again(shape, number)
            if again:
                yield again + bare.pop(0), looks
            yield from ((lead + line, looks) for line in (lines[len(lines) - len(bare) :] if own_marks and shape.clause.number else bare))
            return
        if not shape.numbered:
            yield from ((line, Looks(copy.paragraphs[body][-1], numbered=False)) for line in bare)
            return
        member, at = shape.numbered[0]
        typed = not copy.counts(at)
        model = copy.paragraphs[at][-1]
        own = None if typed or copy.lists.begins_anew(copy.paragraphs[shape.head][-1], model) else copy.lists.anew(model)
        first = 1
        if shape.plain is not None and typed and _value(member.number) == 2 and not shape.run_in:  # the first paragraph bears no number
            lead = self._number_again(shape, number) or self._indent(shape.plain)
            yield lead + bare.pop(0), Looks(copy.paragraphs[shape.plain][-1])
            first = 2
        elif shape.run_in:
            first = 2
        for k, line in enumerate(bare, first):
            mark = _renumber(member.number, k - _value(member.number), old=shape.clause.number, new=number) if typed else ""
            yield (mark + self._after_number(member, at) if typed else "") + line, Looks(model, list=own)

    def _number_again(self, shape: _Shape, number: str) -> str:
        """What the first paragraph begins with where it says the clause's number again under its heading ("8条（...）", then "第8条 ..."),
        with the new number; "" where it does not."""
        old = shape.clause.number
        if not number or not old or shape.plain is None:
            return ""
        block = self.copy.blocks[shape.plain]
        text = self.copy.text[block.start : block.end]
        at = text.find(old, 0, len(old) + 3)
        blanks = re.match(r"[.\s\u3000]+", text[at + len(old) :]) if at >= 0 else None
        return text[:at] + number + blanks[0] if blanks else ""

    def _opening(self, proposal: Proposal, shape: _Shape, number: str, *, drawn: bool) -> str:
        """The line a clause of this contract begins with, with the new number and heading in place of the old."""
        block = self.copy.blocks[shape.head]
        clause = shape.clause
        text = self.copy.text[block.start : min(clause.body_start if shape.run_in else block.end, block.end)]
        if self.copy.drawn(shape.head):
            text = text[len(block.label) :].lstrip()
        if not drawn:
            at = text.find(clause.number) if clause.number else 0
            text = number + text[at + len(clause.number) :]
        heading = proposal.heading.strip(_BRACKETS)
        if not clause.heading:
            return text
        at = text.find(clause.heading)
        if at < 0:
            return f"{number} {heading}".strip()
        at += len(clause.heading) - len(clause.heading.lstrip(_BRACKETS))
        old = clause.heading.strip(_BRACKETS)
        heading = heading.upper() if old.isupper() else heading
        return text[:at] + heading + text[at + len(old) :]

    def _paragraphs(self, proposal: Proposal, prose: _Prose) -> Iterator[tuple[str, Looks]]:
        """The paragraphs of a new clause in a draft that has none."""
        if prose.head is not None and proposal.heading:
            opening = self.copy.text[self.copy.blocks[prose.head].start : self.copy.blocks[prose.head].end]
            bare, heading = opening.strip(_BRACKETS), proposal.heading.strip(_BRACKETS)
            yield opening.replace(bare, heading.upper() if bare.isupper() else heading), Looks(self.copy.paragraphs[prose.head][-1])
        bare_lines, _ = _without_marks(proposal.lines)
        looks = Looks(self.copy.paragraphs[prose.model][-1], numbered=False)
        lead = self._indent(prose.model)
        named = any(map(_NAMED_MARK.search, bare_lines))
        yield from ((lead + line, looks) for line in (proposal.lines if named else bare_lines))

    def _next_number(self, model: Clause, anchor: Clause) -> str:
        """The typed number of a new clause behind ``anchor``: the next one behind the last clause, else a branch of the anchor's."""
        self._added[anchor.id] = self._added.get(anchor.id, 0) + 1
        ahead = self._added[anchor.id]
        tops = self._tops()
        number = anchor.number or model.number
        if anchor.id == tops[-1].id:
            while self._begins(new := _renumber(number, ahead), anchor):
                ahead = self._added[anchor.id] = ahead + 1
            return new
        return languages.get(self.contract.language).branch_number(number, ahead)

    def _begins(self, number: str, last: Clause) -> bool:
        """Whether a paragraph within the last clause begins with this number, so that it is a clause that was not read as one."""
        within = self.copy.blocks[self.copy.block(last.start) + 1 : self.copy.block(max(last.end - 1, last.start)) + 1]
        return _value(number) > 0 and any(
            self.copy.text.startswith(number, b.start) and not self.copy.text[b.start + len(number) : b.end][:1].isdigit() for b in within
        )

    # --- where -----------------------------------------------------------------------------------------------------------

    def _tops(self) -> list[Clause]:
        """The clauses: those with a number, or, where none has one, those with a heading that is no cell of a table."""
        if self._clauses is not None:
            return self._clauses
        own = [
            c
            for c in self.contract.clauses
            if c.level is Level.CLAUSE and c.kind in _BODY and c.end <= len(self.copy.text) and not c.deleted
        ]
        headed = [c for c in own if c.heading and self._table(self.copy.block(c.start)) is None]
        self._clauses = [c for c in own if c.number] or headed
        return self._clauses

    def _table(self, block: int) -> Any:
        """The outermost w:tbl around the block; None where it stands in none."""
        paragraphs = self.copy.paragraphs[block]
        return next(reversed([*paragraphs[-1].iterancestors(W + "tbl")]), None) if paragraphs else None

    def _prose(self) -> _Prose | None:
        if not self._found_prose:
            self._found_prose.append(self._look_for_prose())
        return self._found_prose[0]

    def _look_for_prose(self) -> _Prose | None:
        """Where wording goes in a draft without clauses: behind the last paragraph before those that lead to the signatures, or
        behind the last table before them; None where it has no running text."""
        copy, closes = self.copy, languages.get(self.contract.language).closes
        spans = [(c.start, c.end) for c in self.contract.clauses if c.level is Level.CLAUSE and c.kind in _TOLD]
        told = {
            i: text
            for i, b in enumerate(copy.blocks)
            if b.kind in _RUNNING and copy.writable(i) and any(s <= b.start < e for s, e in spans)
            if (text := copy.text[b.start : b.end].strip())
        }
        sentences = [i for i, text in told.items() if self._is_sentence(text)]
        if not sentences:
            return None
        half = sentences[(len(sentences) - 1) // 2]
        end = next((i for i, text in told.items() if i > half and closes(text)), len(copy.blocks))
        table = {i: self._table(i) for i in told}
        body = [i for i in sentences if i < end and not closes(told[i]) and table[i] is None]
        if not body:  # all in tables
            signed = [table[i] for i in told if i >= end]
            last = next((i for i in reversed(told) if i < end and table[i] is not None and table[i] not in signed), None)
            return None if last is None else _Prose(last, max(sentences, key=lambda i: len(told[i])), table=table[last])
        told = {i: text for i, text in told.items() if table[i] is None}
        bound, said = set(body), set(sentences)
        heads = [
            i
            for before, i, after in zip([*told], [*told][1:], [*told][2:], strict=False)
            if before in bound and after in bound and i not in said and len(told[i].encode()) <= _LONG_HEADING
        ]
        return _Prose(body[-1], body[-1], heads[-1] if len(heads) > 1 else None)

    def _top(self, clause_id: str) -> Clause | None:
        by_id = {c.id: c for c in self.contract.clauses}
        clause = by_id.get(clause_id)
        while clause and clause.level is not Level.CLAUSE and clause.parent:
            clause = by_id[clause.parent]
        return clause if clause and clause.end <= len(self.copy.text) else None

    def _anchor(self, clause_id: str) -> Clause | None:
        """The clause to insert behind. Where Word draws the numbers and some clause speaks of a later one by its number, the
        place is behind the last one spoken of: no reference may change its meaning."""
        tops = self._tops()
        if not tops:
            return None
        anchor = next((c for c in tops if c.id == clause_id), None) or tops[-1]
        if not self.copy.counts(self.copy.block(anchor.start)):
            return anchor
        language = languages.get(self.contract.language)
        spoken = {n for r in language.references(language.fold(self.copy.text).text) for n in r.numbers}
        spoken |= {re.split(r"[.(]", n)[0] for n in spoken}
        later = [c for c in tops[tops.index(anchor) + 1 :] if str(_value(c.number)) in spoken]
        return later[-1] if later else anchor

    def _model(self, anchor: Clause, *, several: bool) -> _Shape | None:
        """The nearest clause that is built as the new one should be."""
        tops = self._tops()
        here = tops.index(anchor)
        shapes = [s for c in sorted(tops, key=lambda c: abs(tops.index(c) - here)) if (s := self._shape(c))]
        if several:
            best = next((s for s in shapes if len(s.numbered) > 1), None)
        else:
            best = next((s for s in shapes if not s.numbered and (s.plain is not None or s.run_in)), None)
        return best or next((s for s in shapes if s.plain is not None or s.numbered or s.run_in), None)

    def _shape(self, clause: Clause) -> _Shape | None:
        if clause.id not in self._shapes:
            self._shapes[clause.id] = self._shape_of(clause)
        return self._shapes[clause.id]

    def _shape_of(self, clause: Clause) -> _Shape | None:
        copy = self.copy
        head = copy.block(clause.start)
        if clause.end <= clause.start or not copy.writable(head):
            return None
        run_in = clause.body_start < min(copy.blocks[head].end, clause.end)
        children = [c for c in self.contract.clauses if c.parent == clause.id and c.level is Level.PARAGRAPH]
        numbered = []
        for child in children:
            at = copy.block(child.start)
            if child.number and copy.writable(at) and at != head:
                numbered.append((child, at))
        plain = None
        if not run_in:
            own = [b for b in range(head + 1, len(copy.blocks)) if copy.blocks[b].start < clause.end]
            taken = {at for _, at in numbered}
            if own and own[0] not in taken and copy.writable(own[0]):
                plain = own[0]
        return _Shape(clause, head, run_in, plain, tuple(numbered))

    def _last_block(self, clause: Clause) -> int:
        """The last block of the clause that is no commentary, leads to no signatures and can be written behind."""
        notes = [c for c in self.contract.clauses if c.kind is ClauseKind.NOTE and clause.start <= c.start < clause.end]
        last = self.copy.block(max(clause.end - 1, clause.start))
        first = self.copy.block(clause.start)
        closes = languages.get(self.contract.language).closes
        texts = {i: self.copy.text[b.start : b.end].strip() for i, b in enumerate(self.copy.blocks[first + 1 : last + 1], first + 1)}
        ends = max((i for i, text in texts.items() if self._is_sentence(text)), default=first)  # behind it no words bind any more
        last = next((i - 1 for i, text in texts.items() if i > ends and closes(text)), last)
        while last > first and (not self.copy.writable(last) or self._is_note(last, notes)):
            last -= 1
        return last

    def _is_sentence(self, text: str) -> bool:
        return _SENTENCE.search(text) is not None and len(text.encode()) >= _SHORT_SENTENCE

    def _is_note(self, index: int, notes: Sequence[Clause]) -> bool:
        block = self.copy.blocks[index]
        return block.kind is BlockKind.NOTE or any(n.start <= block.start < n.end for n in notes)

    def _insert(self, block: int, new: Sequence[tuple[str, Looks]], comment: Sequence[str]) -> None:
        self._last[block] = self.copy.insert_after(block, new, comment, self._last.get(block))


def _without_marks(lines: Sequence[str]) -> tuple[list[str], bool]:
    """The lines of suggested wording without the marks that they bear where all do, and whether they bear some."""
    own = len(lines) > 1 and all(map(_OWN_MARK.match, lines))
    return [_OWN_MARK.sub("", line, count=1) if own else line for line in lines], own


# --- typed numbers -----------------------------------------------------------------------------------------------------


def _form(number: str) -> tuple[re.Match[str], str] | None:
    found = [(match, name) for pattern, name in _FORMS for match in pattern.finditer(number)]
    return max(found, key=lambda f: f[0].end(), default=None)


def _value(number: str) -> int:
    """The value of the last part of a typed number; 0 where it has none."""
    form = _form(number)
    if form is None:
        return 0
    match, name = form
    if name in ("decimal", "decimalFullWidth"):
        return int(match[0])
    return next((i for i in range(1, 120) if format_number(i, name) == match[0]), 0)


def _renumber(number: str, ahead: int, *, old: str = "", new: str = "") -> str:
    """The number ``ahead`` places further on, written in the same way; where it begins with the clause's number ("12.3"), with
    the new clause's."""
    if old and new and (a := _form(old)) and (b := re.search(r"[0-9]+[A-Z]?", new)) and number.startswith(f"{a[0][0]}."):
        number = b[0] + number[len(a[0][0]) :]
    form = _form(number)
    if form is None:
        return number
    match, name = form
    return number[: match.start()] + format_number(_value(number) + ahead, name) + number[match.end() :]
