"""The words that frame an English contract: recitals, signature formulas, exhibits, contents, drafting notes, opening words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clausecheck.languages.en.headings import clean, heading_at, heading_below
from clausecheck.languages.marks import Frame, FrameKind


def line_start(text: str, at: int, begin: set[int]) -> tuple[bool, int]:
    """Whether only blanks and marks of emphasis stand before ``at`` on its line; and the columns before it."""
    if at in begin:
        nl = text.rfind("\n", max(0, at - 200), at)
        return True, at - nl - 1 if nl >= 0 else at
    i = at
    if at > 1 and text[at - 1] == " " and text[at - 2].isalpha():  # in running text
        return at - 1 in begin, 1
    low = max(0, at - 100)
    while i > low and text[i - 1] in ' \t\xa0*_#>|"“':
        i -= 1
    if i == 0 or text[i - 1] == "\n":
        return True, at - i
    return i in begin, at - i


_FRAME = re.compile(
    r"(?P<annex>(?:EXHIBIT|Exhibit|SCHEDULE|Schedule|ANNEX|Annex|APPENDIX|Appendix|ATTACHMENT|Attachment|ADDENDUM"
    r"|Addendum)[ \t\xa0]+(?:[Nn][Oo]\.?[ \t]*)?[\"“‘']?"
    r"(?:[A-Z]{1,2}(?:-?[0-9]{1,2})?|[0-9]{1,2}(?:[.\-][0-9A-Z]{1,3}){0,3}|[IVX]{1,5})[\"”’']?(?=[\s:.,)\]–—*_-]|$))"
    r"|(?P<sign>I[Nn][ \t\xa0\n]+W[Ii][Tt][Nn][Ee][Ss][Ss][ \t\xa0\n]+(?:W[Hh][Ee][Rr][Ee]|T[Hh][Ee][Rr][Ee]"
    r"|[Oo][Ff][ ][Ww][Hh])|IN CONSIDERATION WHEREOF|S(?:IGNED|igned) (?:by|BY|for and on|FOR AND ON)\b|"
    r"ACCEPTED AND AGREED|A(?:GREED|greed) (?:AND|and|TO AND) A(?:CCEPTED|ccepted)|S(?:IGNATURE|ignature) [Pp](?:AGE|age)(?![Ss]))"
    r"|(?P<toc>T(?:ABLE|able) [Oo][Ff] C(?:ONTENTS|ontents)|(?:CONTENTS|INDEX|Contents)(?=[ \t]*\n))"
    r"|(?P<recital>(?:RECITALS?|Recitals?|BACKGROUND|Background|WITNESSETH|W I T N E S S E T H|PREAMBLE"
    r"|Preamble)(?=[\s:.,*_]|$)|(?:WHEREAS|Whereas)\b)"
    r"|(?P<note>N(?:OTE TO|ote to) (?:DRAFT|[Dd]raft)|D(?:RAFTING|rafting) (?:NOTE|[Nn]ote)|D(?:RAFTER"
    r"|rafter).?[Ss] (?:NOTE|[Nn]ote)|COMMENTARY\b|Commentary\b(?=:))"
)
CLOSING = re.compile(
    r"\s*(?:yours (?:faithfully|sincerely|truly)|(?:very )?truly yours|sincerely(?: yours)?,?\s*$|(?:kind|best) regards|"
    r"signatures?\b|(?:by )?signing (?:below|this)|in witness|(?:agreed|accepted)\b[^.\n]{0,90}[:,]?\s*$|"
    r"(?:signed|executed) (?:by|for|as|on|at)\b|the parties have (?:signed|executed))",
    re.I,
)
_ANNEX_AFTER = re.compile(
    r"(?:attached|hereto|hereof|to this|of this|to the|of the|shall|will|is|are|and|or|for the|contains?|sets?|may"
    r"|which|as|in|herein|lists?|describes?|hereunder|by|with|has|which|annexed|from|below|above)\b"
)


def frames(text: str, places: Sequence[int], begin: set[int], skip: Sequence[tuple[int, int]]) -> list[Frame]:
    """The frame words at these places of a text that open a part of the contract."""
    out: list[Frame] = []
    i = 0
    for place in places:
        m = _FRAME.match(text, place)
        if m is None:
            continue
        kind, start, end = m.lastgroup, m.start(), m.end()
        while i < len(skip) and skip[i][1] <= start:
            i += 1
        if i < len(skip) and skip[i][0] <= start:
            continue
        at_line, _ = line_start(text, start, begin)
        before = text[max(0, start - 4) : start]
        bracket = before.endswith(("[", "[*", "[**", "[_"))
        closed = not before.strip() or before.rstrip()[-1:] in ".!?)”_:*"
        if not (at_line or bracket or (before[-1:].isspace() and closed)):
            continue
        if kind == "annex":
            frame = _annex(text, start, end, at_line)
            if frame:
                out.append(frame)
        elif kind == "sign":
            if m[0][:4].lower() != "sign" or at_line or bracket:
                out.append(Frame(start, FrameKind.SIGNATURE, end=start))
        elif kind == "toc":
            out.append(Frame(start, FrameKind.TOC, heading=clean(m[0]), end=end))
        elif kind == "recital":
            word = m[0].upper()
            if word == "WHEREAS" or at_line or m[0].isupper():
                out.append(
                    Frame(
                        start, FrameKind.RECITAL, heading="" if word == "WHEREAS" else clean(m[0]), end=start if word == "WHEREAS" else end
                    )
                )
        elif kind == "note":
            until = 0
            begin_at = start
            if bracket:
                begin_at = text.rfind("[", max(0, start - 4), start)
                close = text.find("]", end, end + 6000)
                until = close + 1 if close >= 0 else 0
            elif not at_line:
                continue
            if not until:
                nl = text.find("\n", end)
                until = nl if nl >= 0 else len(text)
            out.append(Frame(begin_at, FrameKind.NOTE, end=start, until=until))
    return out


def _annex(text: str, start: int, end: int, at_line: bool) -> Frame | None:
    """The title of an exhibit or schedule, unless the words around it show a mere mention."""
    number = re.sub(r"[\"“”‘’']", "", re.sub(r"\s+", " ", text[start:end])).strip()
    nl = text.find("\n", end, end + 300)
    rest = text[end : nl if nl >= 0 else end + 300]
    tail = rest.strip(" \t\xa0\"”’'*_])")
    if tail[:1] in (",", ";", ")") and tail:
        return None
    tail = tail.lstrip(" .:–—-\t")
    if tail and (tail[0].islower() or _ANNEX_AFTER.match(tail)):
        return None
    if not at_line:
        before = text[max(0, start - 3) : start]
        if not number.split()[0].isupper() or re.match(r"[,.]", rest):
            return None
        if (before.strip() and before.strip()[-1] not in ".!?)”_") or (
            not before.strip() and tail and not rest.startswith("   ") and not tail.isupper()
        ):
            return None
    heading, heading_end = "", end
    if tail:
        heading, length = heading_at(tail + "\n", 0)
        heading_end = end + rest.find(tail[0]) + length if heading else end
    else:
        heading, heading_end = heading_below(text, end)
    return Frame(start, FrameKind.ANNEX, number, heading, heading_end)


_OPENING = re.compile(
    r"(?:agree[sd]?|covenant)(?:[^.\n:]|\n(?!\n)){0,120}?(?:as follows|the following)[^.:\n]{0,60}[:.]|N(?:OW"
    r"|ow),? ?T(?:HEREFORE|herefore)(?:(?:[^.:\n]|[.:](?!\s)|\n(?!\n)){0,700}[.:](?=\s)|[^\n]*)"
)
_NEAR = 800  # characters from the first words that open the text to the last


def opening_end(text: str, start: int, end: int) -> int | None:
    """Where "NOW, THEREFORE, ... the parties agree as follows:" ends; None if it is not there."""
    last = None
    for m in _OPENING.finditer(text, start, end):
        if last is not None and m.start() - last > _NEAR:
            break  # of something within the text: the parties agree a second time
        last = m.end()
    return last
