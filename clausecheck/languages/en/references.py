"""How English contracts refer to their clauses: "Section 9(b)", "Sections 8, 21 (Force Majeure) and 25", "this Article".

Runs on folded text.
"""

from __future__ import annotations

import re

from clausecheck.languages.base import Reference

_UNIT = r"(?:sub-?sections?|sections?|sec\.|§§?|articles?|sub-?clauses?|clauses?|paragraphs?|paras?\.?)"
_ONE = r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,5}[a-h]?|[ivxlc]{1,7}(?![a-z])|[a-h](?![a-z]))(?:[ ]?\((?:[a-z]{1,5}|[0-9]{1,3})\)){0,4}"
_TITLE = r"(?:[ ]?\((?![a-z]{1,3}\)|[0-9]{1,3}\))[^()\n]{1,80}\)|[ ]?\[[^\]\n]{1,80}\])?"
_SEP = (
    r"(?:[ ]?,[ ]?(?:and[ ]|or[ ]|and/or[ ])?|[ ]?;[ ]?|[ ]and[ ]|[ ]or[ ]|[ ]and/or[ ]|[ ]?&[ ]?|[ ](?:to|through"
    r"|thru|until)[ ]|[ ]?[-–—][ ]?)"
)
_REFERENCE = re.compile(
    rf"\b(?P<unit>{_UNIT})[ ]?(?P<list>{_ONE}{_TITLE}(?:{_SEP}(?:{_UNIT}[ ]?)?{_ONE}{_TITLE})*)"
)
_PARTS = re.compile(rf"(?P<sep>{_SEP})?(?:{_UNIT}[ ]?)?(?P<one>{_ONE})(?P<title>{_TITLE})")
_RELATIVE = re.compile(
    rf"\b(?:(?P<this>this|the present)|the (?P<prev>preceding|previous|foregoing)|the (?P<next>following|next"
    rf"|succeeding))[ ](?P<unit>{_UNIT})(?![ ]?[0-9])\b"
)
_ANNEX = re.compile(
    rf"\b(?P<unit>schedules?|annex(?:es)?|appendi(?:x|ces)|exhibits?|attachments?)[ ](?P<list>(?:[0-9]{{1,3}}|[ivx]{{1,5}}(?![a-z])|[a-z](?![a-z]))"
    rf"{_TITLE}(?:(?:[ ]?,[ ]?(?:and[ ])?|[ ]and[ ]|[ ]or[ ])(?:[0-9]{{1,3}}|[b-h](?![a-z])){_TITLE})*)"
)
_ANNEX_NAMES = {"schedules": "schedule", "annexes": "annex", "appendices": "appendix", "exhibits": "exhibit", "attachments": "attachment"}
_ANNEX_ONE = re.compile(r"[ ]?\([^()]*\)|\b(?:and|or)\b|[0-9]{1,3}|[a-z]{1,5}")
_ANNEX_HINTS = ("schedule", "annex", "appendi", "exhibit", "attachment")
_HINTS = ("section", "article", "clause", "para", "sec.", "§")  # every unit begins with one of them, or with sub-
# The word before the unit of a relative reference, and how far before the unit the reference begins.
_BEFORE = {"this": 5} | {w: len(w) + 5 for w in ("present", "preceding", "previous", "foregoing", "following", "next", "succeeding")}
_RANGES = frozenset(("to", "through", "thru", "until", "-", "–", "—"))


def references(text: str) -> list[Reference]:
    """Clause references of folded text, in order; ranges (4 to 7, 6.1 to 6.11) list what lies between (at most 60)."""
    low = text.lower()
    if len(low) != len(text):
        low = text
    out: list[Reference] = []
    end = 0
    for start in _units(low):
        if start > 4 and low[start - 1] == " ":
            before = max(low.rfind(" ", max(0, start - 12), start - 1), low.rfind("\n", max(0, start - 12), start - 1))
            back = _BEFORE.get(low[before + 1 : start - 1])
            if back and (m := _RELATIVE.match(low, max(0, start - back))):
                paragraph = "para" in m["unit"]
                relative = (
                    "this_clause" if m["this"] else "next_clause" if m["next"] else "previous_paragraph" if paragraph else "previous_clause"
                )
                out.append(Reference(m.start(), m.end(), (), relative))
        if start >= end and (m := _REFERENCE.match(low, start)):
            end = m.end()
            titles: list[tuple[str, str]] = []
            out.append(Reference(start, end, tuple(_numbers(m["list"], titles)), titles=tuple(titles)))
    for word in _ANNEX_HINTS:
        at = low.find(word)
        while at >= 0:
            if m := _ANNEX.match(low, at):
                name = _ANNEX_NAMES.get(m["unit"], m["unit"])
                ones = [x[0] for x in _ANNEX_ONE.finditer(m["list"]) if x[0][-1] != ")" and x[0] not in ("and", "or")]
                out.append(Reference(at, m.end(), tuple(f"{name} {one}" for one in ones)))
            at = low.find(word, at + 1)
    out.sort(key=lambda r: r.start)
    return out


def _units(low: str) -> list[int]:
    """Where the words that name a unit may begin, in order. Plain searches: most of a text holds none."""
    found: list[int] = []
    for word in _HINTS:
        at = low.find(word)
        while at >= 0:
            if word in ("section", "clause"):
                if at >= 4 and low.startswith("sub-", at - 4):
                    found.append(at - 4)
                elif at >= 3 and low.startswith("sub", at - 3):
                    found.append(at - 3)
            found.append(at)
            at = low.find(word, at + 1)
    found.sort()
    return found


def _numbers(listed: str, titles: list[tuple[str, str]]) -> list[str]:
    """The numbers of a list of references; ``titles`` takes those that stand with a title."""
    numbers: list[str] = []
    for p in _PARTS.finditer(listed):
        one = p["one"].replace(" ", "")
        if one.endswith(".0") and one[:-2].isdigit():
            one = one[:-2]
        if numbers and (p["sep"] or "").strip() in _RANGES:
            above, _, first = numbers[-1].rpartition(".")
            same, _, last = one.rpartition(".")
            if above == same and first.isdigit() and last.isdigit():
                numbers.extend(f"{above}.{n}".lstrip(".") for n in range(int(first) + 1, min(int(last), int(first) + 60)))
        if p["title"]:
            titles.append((one, p["title"].strip(" ()[]")))
        numbers.append(one)
    return numbers
