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
_REFERENCE = re.compile(rf"\b(?P<unit>{_UNIT})[ ]?(?P<list>{_ONE}{_TITLE}(?:{_SEP}(?:{_UNIT}[ ]?)?{_ONE}{_TITLE})*)", re.I)
_PARTS = re.compile(rf"(?P<sep>{_SEP})?(?:{_UNIT}[ ]?)?(?P<one>{_ONE}){_TITLE}", re.I)
_RELATIVE = re.compile(
    rf"\b(?:(?P<this>this|the present)|the (?P<prev>preceding|previous|foregoing)|the (?P<next>following|next"
    rf"|succeeding))[ ](?P<unit>{_UNIT})(?![ ]?[0-9])\b",
    re.I,
)


_HINTS = ("section", "article", "clause", "para", "sec.", "§")  # without one of them there is no reference


def references(text: str) -> list[Reference]:
    """Clause references of folded text, in order; ranges of whole numbers list what lies between (at most 60)."""
    low = text.lower()
    if not any(word in low for word in _HINTS):
        return []
    out: list[Reference] = []
    for m in _REFERENCE.finditer(text):
        numbers: list[str] = []
        for p in _PARTS.finditer(m["list"]):
            one = re.sub(r"\s", "", p["one"]).lower()
            sep = (p["sep"] or "").strip().lower()
            if numbers and sep in ("to", "through", "thru", "until", "-", "–", "—") and numbers[-1].isdigit() and one.isdigit():
                numbers.extend(str(n) for n in range(int(numbers[-1]) + 1, min(int(one), int(numbers[-1]) + 60)))
            numbers.append(one)
        out.append(Reference(m.start(), m.end(), tuple(numbers)))
    for m in _RELATIVE.finditer(text):
        paragraph = "para" in m["unit"].lower()
        relative = "this_clause" if m["this"] else "next_clause" if m["next"] else "previous_paragraph" if paragraph else "previous_clause"
        out.append(Reference(m.start(), m.end(), (), relative))
    out.sort(key=lambda r: r.start)
    return out
