"""Knows how much of a document was read: what lies in clauses, which pages are blank to the reader, which languages it is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from clausecheck import languages
from clausecheck.languages.others import is_foreign
from clausecheck.messages import warning
from clausecheck.model import UNDERSTOOD_FLOOR, Block, BlockKind, Clause, ClauseKind, ContractWarning, Coverage, Document

HALF = 0.25  # share from which a language makes a contract bilingual

_CHUNK = 4_000  # characters whose language is told at a time
_WEIGHT = 3  # letters that one kanji or kana counts for
_LISTED = 0.005  # a smaller share of the text is not named

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_BEYOND = re.compile("[\u0370-\u1fff\u3040-\U0010ffff]")  # neither Latin letters nor signs
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_OTHER = re.compile(r"[\u0370-\u1fff\ua000-\udfff\U00010000-\U0001faff]+")  # other scripts
_LOST = re.compile("[\ufffd\ue000-\uf8ff]+")
_NOT_COUNTED = (BlockKind.HEADER, BlockKind.NOTE, BlockKind.TOC)
_BODY = (ClauseKind.BODY, ClauseKind.DEFINITIONS)


def coverage_of(document: Document, clauses: Sequence[Clause]) -> Coverage:
    """What was read of the document, as shares of its characters; blanks do not count."""
    shares = _language_shares(document.text)
    understood = sum(share for language, share in shares if language in languages.CODES)
    if document.unread_pages and document.pages:
        understood *= 1 - len(document.unread_pages) / document.pages  # an unread page may hold as much as any other
    return Coverage(
        in_clauses=_in_clauses(document, clauses),
        understood=round(understood, 4),
        pages_without_text=document.unread_pages,
        languages=tuple((language, round(share, 4)) for language, share in shares if share >= _LISTED),
    )


def coverage_warnings(coverage: Coverage) -> tuple[ContractWarning, ...]:
    """What a reader must know of the coverage; pages without text are named by the reader of the file."""
    known = sum(share for language, share in coverage.languages if language in languages.CODES)
    if coverage.languages and known < UNDERSTOOD_FLOOR:
        return (warning("not_understood", percent=round(100 * (1 - known))),)
    return ()


def halves(coverage: Coverage) -> tuple[str, ...]:
    """The languages of a bilingual contract, that of most of the text first; () for one in one language."""
    both = [language for language, share in coverage.languages if language in languages.CODES and share >= HALF]
    return tuple(both) if len(both) > 1 else ()


def in_language(document: Document, language: str) -> Document:
    """The document with every block in another language set aside as a note; text and offsets stay as they are."""
    blocks: list[Block] = []
    now = ""
    for block in document.blocks:
        text = document.text[block.start : block.end]
        cjk, latin = len("".join(_CJK.findall(text))), len("".join(_LATIN.findall(text)))
        if cjk * _WEIGHT > latin or latin >= 4:
            now = "ja" if cjk * _WEIGHT > latin else "en"
        aside = now not in ("", language) and block.kind not in _NOT_COUNTED
        blocks.append(replace(block, kind=BlockKind.NOTE) if aside else block)
    return replace(document, blocks=tuple(blocks))


def _in_clauses(document: Document, clauses: Sequence[Clause]) -> float:
    """The share of characters that lie in a part with a number, a heading or a known place in a contract."""
    total = loose = 0
    aside = sum(block.end - block.start for block in document.blocks if block.kind in _NOT_COUNTED)
    for clause in clauses:
        if clause.parent is None:
            total += clause.end - clause.start
            if clause.kind in _BODY and not clause.number and not clause.heading:
                loose += clause.end - clause.start
    total = max(total - aside, loose, 1)
    return round(1 - loose / total, 4)


def _language_shares(text: str) -> list[tuple[str, float]]:
    """Language ("ja", "en" or "other") and share, the largest first."""
    weights = {"ja": 0, "en": 0, "other": 0}
    cjk: list[str] = []
    if not text.isascii() and _BEYOND.search(text):
        cjk = _CJK.findall(text)
        weights["other"] += len("".join(_OTHER.findall(text))) + len("".join(_LOST.findall(text)))
    if cjk:
        whole = "".join(cjk)
        for at in range(0, len(whole), _CHUNK):
            chunk = whole[at : at + _CHUNK]
            weights["ja" if _is_japanese(chunk) else "other"] += _WEIGHT * len(chunk)
    for at in range(0, len(text), _CHUNK):
        chunk = text[at : at + _CHUNK]
        # without kanji and kana about four in five characters are letters; counting them is slow
        letters = len("".join(_LATIN.findall(chunk))) if cjk else len(chunk) * 4 // 5
        if letters:
            weights["other" if letters > 800 and is_foreign(chunk) else "en"] += letters
    total = sum(weights.values())
    return sorted(((k, v / total) for k, v in weights.items() if v), key=lambda item: -item[1]) if total else []


def _is_japanese(chunk: str) -> bool:
    return len(chunk) < 200 or languages.get("ja").plausible(chunk)
