"""Where English number marks and frame words may begin: one pass over the text for all the words that can open one.

What stands at such a place is decided by the patterns of ``numbering`` and ``frames``, which are slow to search with.
"""

from __future__ import annotations

from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

from clausecheck.languages.marks import MAX_MARKS


def _words(listed: str) -> list[str]:
    return listed.split()


_KEYWORDS = _words("ARTICLE Article SECTION Section Sec. SEC. § PART Part CHAPTER Chapter CLAUSE Clause")
_FRAMES = [
    *_words("EXHIBIT Exhibit SCHEDULE Schedule ANNEX Annex APPENDIX Appendix ATTACHMENT Attachment ADDENDUM Addendum"),
    *_words("SIGNED Signed ACCEPTED AGREED Agreed SIGNATURE Signature TABLE CONTENTS Contents INDEX RECITAL Recital"),
    *_words("BACKGROUND Background WITNESSETH PREAMBLE Preamble WHEREAS Whereas DRAFT COMMENTARY Commentary"),
    *("IN CONSID", "Table of", "Table Of", "W I T N E", "NOTE T", "Note to"),
]
_WITNESS = ["WITNESS", "Witness"]  # what counts is the "In" before it
_BLANKS = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_BEFORE_NUMBER = _BLANKS + '*_"“#|'  # what may stand right before a number
_NUMBERS = [before + digit for before in _BEFORE_NUMBER for digit in "0123456789"]

_AUTOMATON = AhoCorasick([*_NUMBERS, *_KEYWORDS, *_FRAMES, *_WITNESS], implementation=Implementation.DFA)
_LAST_NUMBER = len(_NUMBERS)
_LAST_KEYWORD = _LAST_NUMBER + len(_KEYWORDS)
_LAST_FRAME = _LAST_KEYWORD + len(_FRAMES)


@dataclass(slots=True)
class Anchors:
    """Offsets in order."""

    numbers: list[int]  # the first digit of what may be a number
    keywords: list[int]  # Section, ARTICLE ...
    frames: list[int]  # Exhibit, WHEREAS, IN WITNESS ...


_CHUNK = 1_000_000  # characters looked through at once: the places of a hostile text take more room than the text
_LONGEST = max(len(word) for word in (*_KEYWORDS, *_FRAMES, *_WITNESS))
_MOST = 10 * MAX_MARKS  # numbers; most are amounts and references, so that more are looked at than may count


def anchors(text: str) -> Anchors:
    """The places of a text where a number, a keyword or a frame word may begin."""
    found = Anchors([0] if text[:1].isdigit() else [], [], [])
    for begin in range(0, len(text), _CHUNK):
        whole = text if len(text) <= _CHUNK else text[begin : begin + _CHUNK + _LONGEST]
        for word, place, _ in _AUTOMATON.find_matches_as_indexes(whole, overlapping=True):
            if place >= _CHUNK:
                continue  # the next chunk begins with it
            at = begin + place
            if word < _LAST_NUMBER:
                found.numbers.append(at + 1)
            elif word < _LAST_KEYWORD:
                found.keywords.append(at)
            elif word < _LAST_FRAME:
                found.frames.append(at)
            else:
                before = text[max(0, at - 20) : at].rstrip()
                if before[-2:] in ("IN", "In"):
                    found.frames.append(max(0, at - 20) + len(before) - 2)
        if len(found.numbers) > _MOST:
            break
    return found
