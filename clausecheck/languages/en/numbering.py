"""How English contracts number, title and frame their clauses, and how they refer to them.

Covers Article/Section/Part words, 12., 12.3, 7A, roman and lettered marks, headings (inline, capitals, next line),
recitals, signature formulas, exhibits, tables of contents, reserved clauses, and references.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from clausecheck.languages.base import NumberMark
from clausecheck.languages.en.anchors import anchors
from clausecheck.languages.en.frames import frames, line_start, opening_end
from clausecheck.languages.en.headings import (
    OPENS,
    deleted_at,
    heading_at,
    heading_below,
    is_definitions,
    is_deleted,
    reads_as_text,
    title_at,
)
from clausecheck.languages.en.references import references
from clausecheck.languages.marks import MAX_MARKS, Candidate, Scan
from clausecheck.model import Level

__all__ = [
    "FIRST_UNNUMBERED",
    "announces_items",
    "chapter_rank",
    "cite",
    "is_definitions",
    "is_deleted",
    "number_mark",
    "opening_end",
    "reads_as_text",
    "references",
    "refers",
    "scan",
    "title_at",
]

_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)


def roman(text: str) -> int | None:
    """The value of a well-formed roman numeral up to 399, in either case; None otherwise."""
    t = text.lower()
    if not t or len(t) > 9 or any(c not in _ROMAN for c in t):
        return None
    total = 0
    for a, b in zip(t, [*t[1:], ""], strict=True):
        total += -_ROMAN[a] if b and _ROMAN[b] > _ROMAN[a] else _ROMAN[a]
    return total if _to_roman(total) == t else None


def _to_roman(value: int) -> str:
    out = ""
    for n, s in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while value >= n:
            out, value = out + s, value - n
    return out


def _letter(text: str) -> int | None:
    """a = 1, z = 26, aa = 27; only doubled letters count above z."""
    t = text.lower()
    if len(t) == 1 and "a" <= t <= "z":
        return ord(t) - 96
    if len(t) == 2 and t[0] == t[1] and t.isalpha():
        return 26 + ord(t[0]) - 96
    return None


# --- candidates ----------------------------------------------------------------------------------------------------
_NUMBER = re.compile(
    r"[0-9]{1,2}"
    r"(?:(?P<dec>(?:\.[0-9]{1,3}){1,4})(?:\.|(?=\())?|(?P<letter>[A-H])?(?P<punct>(?:[.):]| \.(?= ))?))"
    r"(?P<gap>[ \t\xa0\u2003]{1,60}(?=[^\s])|(?=\s|\Z|[\"“(\[]|(?<=\.)[A-Z][A-Za-z]))"
)
_KEYWORD = re.compile(
    r"(?P<word>ARTICLE|Article|SECTION|Section|Sec\.|SEC\.|§|PART|Part|CHAPTER|Chapter|CLAUSE|Clause)[ \t\xa0]{1,8}"
    r"(?P<num>[0-9]{1,2}(?:\.[0-9]{1,3}){0,4}[A-H]?(?![0-9])|[IVXLC]{1,7}\b|[A-H]\b|"
    r"(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)\b)"
    r"(?P<punct>(?:[ \t]{0,8}[.:)])?)[ \t\xa0]{0,60}(?:[-–—]{1,3}[ \t\xa0]{0,20})?"
)
# The heading of "Article 5 (Delivery)"; a reference goes on in lower case or with a comma.
_BRACKETED_HEADING = re.compile(r"\((?P<heading>[A-Z][^()\n]{2,90})\)[.:]?[ \t\xa0]{0,40}(?=[\r\nA-Z0-9(\"“]|\Z)")
_LINE_LETTER = re.compile(
    r"\n[ \t\xa0>*_]{0,90}(?P<num>[IVXLC]{1,6}|[A-Za-z]{1,2}|[ivx]{1,5})(?P<punct>[.)]|[ ]{1,2}[-–—](?= ))(?=[\s])[ \t\xa0]{0,60}"
)
_WIDE_LETTER = re.compile(r"   (?P<num>[IVX]{1,5}|[A-Z])(?P<punct>[.)])[ \t\xa0]{1,30}(?=[A-Z\"“\[])")
_RUN_LETTER = re.compile(r"\.[\"”)]?[ \t\xa0]{1,8}(?P<num>[IVX]{1,5}|[a-h])(?P<punct>\.)[ \t\xa0]{1,30}(?=[A-Z\"“\[])")
_COLON_LETTER = re.compile(r":[\"”)]?[ \t\xa0]{1,8}(?P<num>[IVX]{1,5}|[a-h])(?P<punct>\.)[ \t\xa0]{1,30}(?=[A-Z\"“\[])")
_LINE_PAREN = re.compile(r"\n[ \t\xa0>*_|]{0,90}(?P<num>\((?:[a-z]{1,5}|[A-Z]{1,4}|[0-9]{1,2})\))[ \t\xa0]{0,60}")
_RUN_PAREN = re.compile(
    r"(?:[.:;][\"”)]?|(?<![0-9)]); (?:and|or))[ \t\xa0]{1,8}(?P<num>\((?:[a-z]{1,5}|[A-Z]{1,4}|[0-9]{1,2})\))[ \t\xa0]{0,30}(?=[A-Z\"“\[])"
)
_FIRST_PAREN = re.compile(r"[ \t\xa0]{0,8}(?P<num>\((?:a|A|i|I|1)\))[ \t\xa0]{1,30}(?=[A-Z\"“\[])")
_AN_END = re.compile(r"[;:.](?: (?:and|or))?\Z")
_BULLET_LABEL = re.compile(r"[^\w(\[]")

_REFERRING = frozenset(
    [
        "section",
        "sections",
        "sec",
        "article",
        "articles",
        "clause",
        "clauses",
        "paragraph",
        "paragraphs",
        "subsection",
        "subsections",
        "exhibit",
        "exhibits",
        "schedule",
        "schedules",
        "annex",
        "annexes",
        "appendix",
        "appendices",
        "attachment",
        "attachments",
        "part",
        "parts",
        "item",
        "items",
        "no",
        "nos",
        "number",
        "numbers",
        "page",
        "pages",
        "rule",
        "rules",
        "phase",
        "version",
        "table",
        "figure",
        "tier",
        "level",
        "form",
        "chapter",
        "title",
        "and",
        "or",
        "to",
        "through",
        "of",
        "under",
        "in",
        "by",
        "than",
        "with",
        "the",
        "least",
        "from",
        "until",
        "is",
        "are",
        "at",
        "for",
        "on",
        "approximately",
        "about",
        "see",
    ]
) | frozenset(_MONTHS.lower().split("|"))
_MONTH_NEXT = re.compile(rf"(?:{_MONTHS}|percent|per cent|million|billion|thousand)\b|(?:U\.?S\.?C|C\.?F\.?R|Del\.|F\.\d)")


def number_mark(line: str) -> NumberMark | None:
    """The clause number at the start of a line, or None; a line that begins with a reference is none."""
    at = len(line) - len(line.lstrip(" \t\xa0#*_>"))
    found = scan(line, [at], []).candidates
    if not found or found[0].start != at:
        return None
    return found[0].mark


def scan(text: str, starts: Sequence[int], skip: Sequence[tuple[int, int]]) -> Scan:
    """All places where a clause may begin and the words that frame the contract, in order."""
    begin = set(starts)
    found: list[Candidate] = []
    places = anchors(text)
    _keywords(text, places.keywords, begin, found)
    taken = {c.start for c in found}
    _numbers(text, places.numbers, begin, found)
    _letters(text, begin, taken, found)
    found.sort(key=lambda c: c.start)
    kept: list[Candidate] = []
    end = -1
    for c in found[:MAX_MARKS]:
        if c.start >= end:
            kept.append(c)
            end = c.start + 1 if c.mark.form == "paren" else c.mark.end
    result = Scan(_outside(kept, skip), frames(text, places.frames, begin, skip))
    return result


def _outside(found: list[Candidate], skip: Sequence[tuple[int, int]]) -> list[Candidate]:
    if not skip:
        return found
    out: list[Candidate] = []
    i = 0
    for c in found:
        while i < len(skip) and skip[i][1] <= c.start:
            i += 1
        if i == len(skip) or c.start < skip[i][0]:
            out.append(c)
    return out


def _prev(text: str, at: int) -> str:
    return text[max(0, at - 24) : at].rstrip()


def refers(before: str) -> bool:
    """Whether the words before a number make it a reference or an amount: "Section", "and", "§"."""
    if not before:
        return False
    if before[-1] in "§&-–—,$€£":
        return True
    return before[-18:].rsplit(None, 1)[-1].rstrip(".").lower() in _REFERRING


_REFERENCE_BEFORE = re.compile(
    r"\S[ \t]+(?:Sections?|Articles?|Clauses?|Paragraphs?|Exhibits?|Schedules?|Annex(?:es)?|Appendix|Attachments?|Part|Table)[ \t]*\n[ \t]*\Z"
)


def _wrapped_reference(text: str, start: int) -> bool:
    """Whether the line above breaks off at the word that the number belongs to: "as set out in Schedule | 1 (Prices)"."""
    return bool(_REFERENCE_BEFORE.search(text, max(0, start - 60), start))


_CLOSES = frozenset(".;:!?)”\"]_*'’")
_NEXT_AFTER_STOP = re.compile(r"(?<![0-9)]);\s+(?:and|or)\Z")  # "Sections 4.1; and 4.2" goes on in a list of references


def _numbers(text: str, places: Sequence[int], begin: set[int], out: list[Candidate]) -> None:
    size = len(text)
    done = 0
    for place in places:
        m = _NUMBER.match(text, place) if place >= done else None
        if m is None:
            continue
        if len(out) > MAX_MARKS:
            break
        start, end = m.span()
        done = end
        dec, punct = m["dec"], (m["punct"] or "").strip()
        nxt = text[end] if end < size else "\n"
        at_line, indent = line_start(text, start, begin)
        line_only = nxt in "\n\r"
        if line_only:
            if not at_line or not (dec or punct in (".", ")")):
                continue
        elif nxt.isdigit():
            # numbers printed apart from their text: "12. 12.1." or "13. 14."
            whole = m[0].rstrip(" \t\xa0.")
            if dec or not (punct == "." and whole.isdigit()) or not re.match(rf"(?:{whole}\.1|{int(whole) + 1})\.", text[end : end + 6]):
                continue
        elif nxt not in OPENS and not (nxt.islower() and text[end + 1 : end + 2].isupper()):  # a name may be written iAlder
            # lower case after a number: only "2.1 the Supplier shall ..." at the start of a line
            # ("3.1.2 any of ..." behind a semicolon as well)
            if not nxt.isalpha() or not m["gap"]:
                continue
            apart = text[max(0, start - 3) : start].isspace()  # in a text that lost its line ends
            if not (at_line and (dec or punct == ".")) and not (
                dec and (dec.count(".") > 1 or apart) and _AN_END.search(_prev(text, start))
            ):
                continue
        elif not (
            m["gap"] or nxt in '("“[' or (punct == "." and (at_line or text[max(0, start - 2) : start].strip()[-1:] in (".", ";", "")))
        ):
            continue
        strength = 0.0
        loose = False
        if at_line:
            if not punct and not dec and _wrapped_reference(text, start):
                continue
            strength = 2.0
        else:
            if nxt == "*" and text.startswith("***", end):
                continue  # redacted lists
            prev = _prev(text, start)
            wide = text[max(0, start - 3) : start].isspace() or prev.endswith(("---", "___", "===", "***"))
            if prev and prev[-1] in ".,;:" and re.search(r"(?:No|Nos|Sec|Art|Exh|Sch)\.$", prev):
                continue
            if wide and (punct or dec):
                strength = 0.8
            elif (prev and prev[-1] in _CLOSES) or (dec and _NEXT_AFTER_STOP.search(prev)):  # "...; and 6.7 Refrain from ..."
                strength = 0.5
            elif refers(prev):
                continue
            elif dec or punct == ".":
                last = prev.rsplit(None, 1)[-1] if prev else ""
                if not last[:1].isupper() and not last[:1].isdigit():
                    loose = True
            else:
                continue
        if _MONTH_NEXT.match(text, end):
            continue
        if dec:
            parts = m[0][: m.end("dec") - start].split(".")
            value = tuple(int(p) for p in parts)
            form = "decimal"
            printed = ".".join(parts)
        else:
            digits = m[0].rstrip().rstrip(".):").rstrip()
            value = (int(re.match(r"\d+", digits)[0]),)  # type: ignore[index]
            if m["letter"]:
                value = (*value, ord(m["letter"]) - 64)
            form = "branch" if m["letter"] else "bare"
            printed = digits
            if punct == ")":
                form = "digit_paren"
                printed = digits + ")"
            if not punct:
                strength -= 0.7
        if value[0] == 0:
            continue
        heading, heading_end = heading_at(text, end) if not line_only else heading_below(text, end)
        if loose and not heading:
            continue
        if heading:
            strength += 1.5 if heading.isupper() and len(heading) > 3 else 0.8
        if loose:
            strength -= 0.6
        mark = NumberMark(printed, value, form, None, end, heading, heading_end)
        out.append(Candidate(start, mark, at_line, strength, indent, deleted=deleted_at(text, end, heading, heading_end)))


def _keywords(text: str, places: Sequence[int], begin: set[int], out: list[Candidate]) -> None:
    size = len(text)
    done = 0
    for place in places:
        m = _KEYWORD.match(text, place) if place >= done else None
        if m is None:
            continue
        if len(out) > MAX_MARKS:
            break
        start, end = m.span()
        done = end
        word, num = m["word"].lower(), m["num"]
        at_line, indent = line_start(text, start, begin)
        nxt = text[end] if end < size else "\n"
        title = _BRACKETED_HEADING.match(text, end) if nxt == "(" and at_line and word in ("article", "clause") else None
        if nxt in "\r\n":
            pass
        elif title:
            before = text[max(0, start - 80) : start].rstrip()
            if (before and before[-1] in ",-") or refers(before):
                continue
        elif nxt not in OPENS or (nxt == "(" and not (at_line and word in ("section", "§"))):
            continue
        prev = ""
        if not at_line:
            prev = _prev(text, start)
            shouted = m["word"].isupper() and word == "article" and not refers(prev)
            if not prev or not (prev[-1] in _CLOSES or text[start - 3 : start].isspace() or shouted):
                continue
        elif nxt in "\r\n" and not m["word"].isupper():
            # a wrapped line that is only "Section 5" may end a sentence: what stands before must be closed
            before = text[max(0, start - 80) : start].rstrip()
            if (before and before[-1] in ",-") or refers(before):
                continue
        if num[0].isdigit():
            parts = num.rstrip("ABCDEFGH").split(".")
            value = tuple(int(p) for p in parts)
            if num[-1].isalpha():
                value = (*value, ord(num[-1]) - 64)
        elif num.lower() in _WORDS:
            value = (_WORDS.index(num.lower()) + 1,)
        else:
            r = roman(num) if word != "part" or len(num) > 1 or num in "IVX" else None
            v = r if r is not None else _letter(num)
            if v is None:
                continue
            value = (v,)
        if value[0] == 0:
            continue
        form = {"article": "article", "part": "part", "chapter": "part"}.get(word, "section")
        if form == "section" and len(value) > 1 and num[-1].isdigit():
            form = "decimal"
        if nxt in "\r\n":
            heading, heading_end = heading_below(text, end)
        elif title:
            heading, heading_end = title["heading"].strip(), title.end("heading") + 1
        else:
            heading, heading_end = heading_at(text, end)
        strength = (3.0 if at_line else 1.0) + (1.0 if heading else 0.0) + (0.5 if m["word"].isupper() else 0.0)
        printed = text[start : m.end("num")]
        mark = NumberMark(printed, value, form, Level.CHAPTER if form == "part" else None, end, heading, heading_end)
        out.append(Candidate(start, mark, at_line, strength, indent, deleted=deleted_at(text, end, heading, heading_end)))


def _letters(text: str, begin: set[int], taken: set[int], out: list[Candidate]) -> None:
    padded = "\n" + text  # so that the patterns begin with a literal, which the engine can look for fast
    for pattern, at_line in ((_LINE_LETTER, True), (_RUN_LETTER, False), (_COLON_LETTER, False), (_WIDE_LETTER, False)):
        for m in pattern.finditer(padded):
            if len(out) > 3 * MAX_MARKS:
                break
            start, num, end = m.start("num") - 1, m["num"], m.end() - 1
            if start in taken:
                continue
            readings = _readings(num)
            if not readings or (m["punct"] not in ".)" and "upper_roman" not in [f for f, _ in readings]):
                continue
            form, value = readings[0]
            if len(num) == 1 and num.isupper() and re.match(r"[A-Z]\.", text[end : end + 2]):
                continue  # initials: "J. P. Example"
            heading, heading_end = heading_at(text, end)
            strength = (2.0 if at_line else 0.3) + (1.5 if heading.isupper() and len(heading) > 3 else 0.5 if heading else 0)
            printed = num + (")" if m["punct"] == ")" else "")
            mark = NumberMark(printed, (value,), form, None, end, heading, heading_end)
            indent = start - (text.rfind("\n", max(0, start - 120), start) + 1)
            out.append(
                Candidate(
                    start, mark, at_line, strength, indent, alternatives=readings, deleted=deleted_at(text, end, heading, heading_end)
                )
            )
            taken.add(start)
    # only behind a title may a list begin without a stop before it
    ends = dict.fromkeys(c.mark.heading_end for c in out if c.mark.heading)
    first = [found for end in ends if (found := _FIRST_PAREN.match(padded, end + 1))]
    for marks, at_line in ((_LINE_PAREN.finditer(padded), True), (_RUN_PAREN.finditer(padded), False), (iter(first), False)):
        for m in marks:
            if len(out) > 3 * MAX_MARKS:
                break
            start, num, end = m.start("num") - 1, m["num"], m.end() - 1
            if start in taken:
                continue
            inner = num[1:-1]
            readings = (("paren_digit", int(inner)),) if inner.isdigit() else tuple(("paren_" + f, v) for f, v in _readings(inner))
            if not readings:
                continue
            heading, heading_end = heading_at(text, end)
            mark = NumberMark(num, (readings[0][1],), readings[0][0], None, end, heading, heading_end)
            indent = start - (text.rfind("\n", max(0, start - 120), start) + 1)
            out.append(
                Candidate(
                    start,
                    mark,
                    at_line,
                    1.0 if at_line else 0.2,
                    indent,
                    alternatives=readings,
                    deleted=deleted_at(text, end, heading, heading_end),
                )
            )
            taken.add(start)
    for at in begin:  # the first mark of a block that is not the first of its line (table cells)
        if at and at not in taken and text[at - 1] not in "\n" and text[at : at + 1] == "(":
            m2 = _LINE_PAREN.match("\n" + text[at : at + 80])
            if m2:
                inner = m2["num"][1:-1]
                readings = (("paren_digit", int(inner)),) if inner.isdigit() else tuple(("paren_" + f, v) for f, v in _readings(inner))
                if readings:
                    end = at + m2.end() - 1
                    heading, heading_end = heading_at(text, end)
                    mark = NumberMark(m2["num"], (readings[0][1],), readings[0][0], None, end, heading, heading_end)
                    out.append(Candidate(at, mark, True, 1.0, 0, alternatives=readings))


def _readings(num: str) -> tuple[tuple[str, int], ...]:
    """A letter mark's readings: "c" is letter 3 and roman 100 (which no list reaches)."""
    case = "upper" if num.isupper() else "lower"
    out: list[tuple[str, int]] = []
    v = _letter(num)
    r = roman(num)
    if r is not None and r > 49:
        r = None
    if r is not None and (v is None or num.lower() in ("i", "ii")):
        out.append((f"{case}_roman", r))
        r = None
    if v is not None:
        out.append((f"{case}_alpha", v))
    if r is not None:
        out.append((f"{case}_roman", r))
    return tuple(out)


# --- citations ---------------------------------------------------------------------------------------
_ANNEX_CITE = re.compile(r"(?:exhibit|schedule|annex|appendix|attachment|addendum)\b", re.I)


@lru_cache(maxsize=8192)
def cite(parent: str, form: str, printed: str, item: bool) -> str:
    """ "12.3" + "(a)" -> "12.3(a)"; "10" + "b" -> "10(b)"; "IV" + "A" -> "IV.A"; "Exhibit B" + "3" -> "Exhibit B 3"."""
    if form in ("annex", "article", "section", "chapter") and " " in printed:
        word, _, rest = printed.partition(" ")
        printed = f"{word.capitalize()} {rest}"
    if form == "decimal":
        printed = printed.lstrip("ACEIOSTUNLaceiostunl. \xa0§\t")
    if not parent or form == "annex":
        return printed
    annex = _ANNEX_CITE.match(parent)
    if form in ("decimal", "section", "article", "branch"):
        return f"{' '.join(parent.split()[:2])} {printed}" if annex else printed
    if printed.startswith("("):
        return parent + printed
    if form.startswith("lower_"):
        return f"{parent}({printed.rstrip(')')})"
    if annex and len(parent.split()) == 2:
        return f"{parent} {printed}"
    return f"{parent}.{printed}"


def announces_items(before: str) -> bool:
    """Whether a list continues the sentence before it."""
    return before.rstrip()[-1:] in (":", "—", "-", ",")


FIRST_UNNUMBERED = False


def chapter_rank(printed: str) -> int:
    """Parts and chapters are not nested in one another."""
    return 0 if printed[:4].lower() == "part" else 1
