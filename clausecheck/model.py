"""The values that pass between the stages: read, segment, match, judge, report.

All are frozen; all offsets are half-open character offsets into ``Document.text`` (= ``Contract.text``), so that
``text[start:end]`` is always the quoted source, verbatim. Standard library only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# --- texts for people --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """One message in both report languages."""

    ja: str
    en: str

    def get(self, language: str) -> str:
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True)
class ContractWarning:
    """Something the reader or segmenter could not see or had to assume; ``code`` is stable."""

    code: str
    message: Text


# --- read --------------------------------------------------------------------------------------------------------


class BlockKind(StrEnum):
    LINE = "line"  # a physical line (text, PDF): may continue the line before it
    PARAGRAPH = "paragraph"  # a whole paragraph (Word, HTML): never joined to the next
    HEADING = "heading"  # a paragraph the source itself marks as a heading (style, #, <h2>)
    TABLE_CELL = "table_cell"
    FOOTNOTE = "footnote"
    HEADER = "header"  # a page's running header or footer or its number: in the text, never judged
    NOTE = "note"  # comment, drafting note or commentary set apart by its layout: never judged
    TOC = "toc"  # a line of a table of contents, known from style or field: never judged


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of ``Document.text`` as the source laid it out. Blocks are in order and do not overlap."""

    start: int
    end: int
    kind: BlockKind
    label: str = ""  # the number drawn by the program ("第1条", "1.1"); it is also the start of the block's text
    level: int | None = None  # list level or outline level, 0 = outermost, where the source has one
    page: int | None = None  # 1-based
    indent: float | None = None  # points (Word, PDF) or columns (text), where known
    wrapped: bool = False  # a line that goes on in the sentence of the one above: the layout shows it


class RevisionKind(StrEnum):
    """The kinds of tracked change; a move is told from an insertion and a deletion."""

    INSERTION = "insertion"
    DELETION = "deletion"
    MOVE_TO = "move_to"
    MOVE_FROM = "move_from"


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change of a Word file. ``start:end`` is its text's place where the text read shows it, else the empty
    stretch where it would stand."""

    kind: RevisionKind
    author: str
    date: str  # ISO 8601 as the file says it; "" where it does not
    text: str  # ends of paragraphs as "\n"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment. ``start:end`` are the words it is on; None where it hangs on nothing that is read."""

    author: str
    date: str  # as in ``Revision``
    text: str  # paragraphs parted by "\n"
    start: int | None
    end: int | None
    done: bool = False  # marked as resolved


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader returns: the text a person sees, in reading order, and its layout."""

    name: str  # file name without folders
    format: str  # docx, pdf, txt, md, html
    sha256: str  # of the file's bytes
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    warnings: tuple[ContractWarning, ...] = ()
    unread_pages: tuple[int, ...] = ()  # 1-based: pages that show an image and give no text
    recognised: tuple[tuple[int, int], ...] = ()  # stretches of the text that OCR read, in order
    # What a Word file holds beside its text, kept apart:
    revisions: tuple[Revision, ...] = ()  # in the order of their places
    comments: tuple[Comment, ...] = ()
    margins: tuple[str, ...] = ()  # its headers and footers, each once, without the empty ones


# --- segment -----------------------------------------------------------------------------------------------------


class Level(StrEnum):
    CHAPTER = "chapter"  # 編 章 節, Part
    CLAUSE = "clause"  # 第N条; the top numbered unit: Article IV, 12.
    PARAGRAPH = "paragraph"  # 項; 12.3
    ITEM = "item"  # 号; (a)
    SUBITEM = "subitem"  # 目; (i)


class ClauseKind(StrEnum):
    BODY = "body"
    ANNEX = "annex"
    PREAMBLE = "preamble"
    RECITAL = "recital"
    DEFINITIONS = "definitions"
    TOC = "toc"
    SIGNATURE = "signature"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the clause tree. ``start:end`` covers its whole subtree; children lie inside it, in order."""

    id: str  # "c1", "c2", ... in document order
    number: str  # as printed: "第12条", "2", "12.3", "Article IV", "(a)"; "" for unnumbered text
    heading: str  # without brackets; "" where there is none
    level: Level
    kind: ClauseKind
    parent: str | None
    page: int | None
    start: int
    end: int
    body_start: int  # where the text after number and heading begins (= end if there is none)
    citation: str  # what a lawyer would cite: "第12条第2項", "12.3(a)"
    deleted: bool = False  # 「（削除）」「欠番」, "[Reserved]", "[Intentionally omitted]": nothing operative in it


@dataclass(frozen=True, slots=True)
class Party:
    """A contracting party as the preamble names it."""

    label: str  # 甲, 買主, "Supplier"
    name: str  # "" where the draft leaves it blank
    role: str  # buyer | supplier | "" (unknown)


UNDERSTOOD_FLOOR = 0.9  # with a smaller share understood nothing is called missing, and no result is clean


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a document was read, as shares (0 to 1) of its characters."""

    in_clauses: float = 1.0  # in a part with a number, a heading or a known place (preamble, annex, signature)
    understood: float = 1.0  # in a language that is read, on pages that have text
    pages_without_text: tuple[int, ...] = ()
    languages: tuple[tuple[str, float], ...] = ()  # ja, en, other, the largest first; a kanji or kana counts as three letters


@dataclass(frozen=True, slots=True)
class Contract:
    """A document split into clauses."""

    document: Document
    language: str  # ja | en: the language of most of the text
    clauses: tuple[Clause, ...]
    warnings: tuple[ContractWarning, ...] = ()
    coverage: Coverage = Coverage()

    @property
    def name(self) -> str:
        return self.document.name

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def format(self) -> str:
        return self.document.format


# --- facts of a contract ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that carries a result: ``contract.text[start:end] == quote``."""

    clause: str  # citation: "第12条第2項"
    clause_id: str
    quote: str
    start: int
    end: int
    page: int | None
    pattern: str  # which find of which element fired: "fm_relief.1"
    focus: tuple[int, int] | None = field(default=None, compare=False)  # the words in the quote that carry it, as start:end


@dataclass(frozen=True, slots=True)
class Term:
    """How long the contract binds. Months and days as numbers; a month counts as 30 days; None = not stated."""

    initial_months: float | None = None
    start: str | None = None  # signature | effective | date | event
    start_date: dt.date | None = None
    end: str | None = None  # duration | date | event | indefinite
    end_date: dt.date | None = None
    indefinite: bool = False
    auto_renewal: bool | None = None
    renewal_months: float | None = None
    renewal_capped: bool = False  # the renewals are limited, in number or in total time
    optout_days: float | None = None
    exit_notice_days: float | None = None
    max_lock_in_months: float | None = None
    last_day_to_refuse: dt.date | None = None
    review_interval_months: float | None = None
    evidence: tuple[Evidence, ...] = ()
    arithmetic: tuple[str, ...] = ()  # "2026-04-01 + 12 months - 1 day = 2027-03-31"


# --- judge -------------------------------------------------------------------------------------------------------


class Status(StrEnum):
    PRESENT = "present"
    WEAK = "weak"
    MISSING = "missing"
    CONFLICTING = "conflicting"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


class Result(StrEnum):
    SATISFIED = "satisfied"
    WEAK = "weak"
    NEGATED = "negated"
    ABSENT = "absent"


class Need(StrEnum):
    REQUIRED = "required"
    RECOMMENDED = "recommended"
    CONDITIONAL = "conditional"


class Severity(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a status or a result is what it is: a stable code, and the words for it."""

    code: str
    message: Text


@dataclass(frozen=True, slots=True)
class Replacement:
    """A sentence, in the contract's language, to put in the place of one that no addition heals."""

    text: str
    keeps: frozenset[str] = frozenset()  # "provision.element" that it holds as well


@dataclass(frozen=True, slots=True)
class ElementResult:
    id: str
    title: Text
    need: Need
    core: bool
    result: Result
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[Reason, ...] = ()  # why weak or negated
    near: tuple[Evidence, ...] = ()  # what nearly matched; ``pattern`` names the guard that refused it
    needed: bool = True  # False: conditional, and its condition does not hold
    instead: Replacement | None = None  # where a number is what makes it weak: beside another one, the old would still stand
    families: frozenset[str] = frozenset()  # the concepts it counts, where it counts families


@dataclass(frozen=True, slots=True)
class FlagResult:
    id: str
    effect: str  # conflict | degrade | note
    message: Text
    evidence: tuple[Evidence, ...] = ()
    instead: Replacement | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """A clause that was looked at for a missing provision, and why it did not count."""

    clause: str
    heading: str
    why_not: Text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Wording to add. ``text`` is all of it; ``heading`` and ``lines`` are its parts, for those who lay it out themselves."""

    language: str
    text: str
    where: Text  # "after clause 12 (Termination)"
    action: str = "end"  # in (add to the clause) | instead (of the clause's words) | after (the clause) | end (of the body)
    clause_id: str = ""  # the clause that ``action`` speaks of; "" = none
    heading: str = ""  # of a whole clause
    lines: tuple[str, ...] = ()  # its paragraphs, or the sentences that are lacking


@dataclass(frozen=True, slots=True)
class Finding:
    provision: str
    title: Text
    status: Status
    found: bool
    mention_only: tuple[Evidence, ...]
    severity: Severity
    clauses: tuple[str, ...]
    elements: tuple[ElementResult, ...]
    red_flags: tuple[FlagResult, ...]
    reasons: tuple[Reason, ...]
    searched: tuple[Searched, ...]
    suggestion: Suggestion | None
    cautions: tuple[Text, ...]
    sources: tuple[Text, ...]  # in English the id in the library
    theme: str = ""  # the group of provisions it is reported in


@dataclass(frozen=True, slots=True)
class LibraryInfo:
    name: str
    version: str
    sha256: str
    profile: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An input of a batch that could not be reviewed."""

    path: str
    error: str  # the exception's class name
    message: str


SCHEMA_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Report:
    """The whole review of one contract."""

    contract: Contract
    library: LibraryInfo
    contract_type: str
    our_side: str
    parties: tuple[Party, ...]
    term: Term
    findings: tuple[Finding, ...]
    warnings: tuple[ContractWarning, ...]
    language: str  # ja | en: of the report
    tool_version: str
    attributes: dict[str, Any] = field(default_factory=dict)
