"""How Japanese contracts refer to their clauses: 第12条第2項, 第8条から第12条, 第12条、第14条及び第17条, 前条, 本項.

Runs on folded text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from clausecheck.languages.base import Reference

_D = "0-9０-９"
_B = " \t\u3000\xa0"
KANJI = {c: i for i, c in enumerate("〇一二三四五六七八九")}
KANJI |= {"○": 0, "壱": 1, "弐": 2, "参": 3}
_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000}


_BLANKS = re.compile(rf"[{_B}]")


@lru_cache(maxsize=4096)
def number(text: str) -> int:
    """The value of digits of either width or of a kanji numeral; blanks are ignored; 0 if there is none."""
    t = _BLANKS.sub("", text)
    if t and (t[0].isdigit()):
        return int(t) if t.isdigit() else 0
    total = digit = 0
    positional = len(t) > 1 and not any(c in _UNITS for c in t)
    for c in t:
        if c in KANJI:
            digit = digit * 10 + KANJI[c] if positional else KANJI[c]
        elif c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
    return total + digit


_REF_NUM = rf"(?:[{_D}]{{1,3}}|[〇一二三四五六七八九十百壱弐参拾]{{1,7}})"
_REF_ONE = (
    rf"第?[{_B}]?{_REF_NUM}[{_B}]?条(?:[のノ]{_REF_NUM}(?![項号年月日]))?(?:[（(][^（()）]{{1,40}}[）)])?"
    rf"(?:第[{_B}]?{_REF_NUM}[{_B}]?項)?(?:第[{_B}]?{_REF_NUM}[{_B}]?号)?"
)
_REF_SEP = rf"[{_B}]?(?:、|，|,|及び|および|並びに|ならびに|又は|または|若しくは|もしくは|・|から|より|乃至|ないし|[~〜～－\-–—])[{_B}]?"
_REFERENCE = re.compile(rf"{_REF_ONE}(?:{_REF_SEP}{_REF_ONE})*")
_REF_PARTS = re.compile(
    rf"(?P<sep>{_REF_SEP})?第?[{_B}]?(?P<n>{_REF_NUM})[{_B}]?条(?:[のノ](?P<branch>{_REF_NUM})(?![項号年月日]))?(?:[（(](?P<title>[^（()）]{{1,40}})[）)])?(?:第[{_B}]?(?P<para>{_REF_NUM})[{_B}]?項)?(?:第[{_B}]?(?P<item>{_REF_NUM})[{_B}]?号)?"
)
_REF_BEGIN = re.compile(rf"第?[{_B}]?{_REF_NUM}[{_B}]?\Z")  # what stands before the 条 of a reference
_REF_REACH = 12  # characters before a 条 in which its reference begins, at most
_REF_RELATIVE = re.compile(r"本[条項号]|次条|前(?:[0-9０-９一二三四五六七八九十]{1,2}|各)?[条項号]")
_ANNEX = re.compile(r"別[紙表添記](?:第?[0-9]{1,2})?(?![0-9])")
_RANGES = frozenset(("から", "より", "乃至", "ないし", "~", "〜", "～", "－", "-", "–", "—"))
_DIGITS = re.compile(r"\d+")
_BESIDE = re.compile(
    rf"(?:(?:から|ないし|乃至)第?{_REF_NUM}条)?(?:まで)?(?:の(?:規定|定め|場合|事由)|に(?:定め|掲げ|規定す)る(?:もの|ところ|場合|事由)?)?(?:に?による)?の?ほか"
)


def references(text: str) -> list[Reference]:
    """Clause references of folded text, in order; a range lists what lies between (at most 60)."""
    out: list[Reference] = []
    end = 0
    at = text.find("条")
    while at >= 0:
        low = max(end, at - _REF_REACH)
        begin = _REF_BEGIN.search(text[low:at])
        m = _REFERENCE.match(text, low + begin.start()) if begin else None
        if m is not None:
            end = m.end()
            titles: list[tuple[str, str]] = []
            numbers = tuple(_numbers(m[0], titles))
            out.append(Reference(m.start(), end, numbers, titles=tuple(titles), beside=_BESIDE.match(text, end) is not None))
        at = text.find("条", max(at + 1, end))
    if "別" in text:
        out.extend(Reference(m.start(), m.end(), (m[0],)) for m in _ANNEX.finditer(text))
    for m in _REF_RELATIVE.finditer(text):
        relative = {"本": "this_clause", "次": "next_clause"}.get(m[0][0])
        if relative is None:
            relative = "previous_clause" if m[0][-1] == "条" else "previous_paragraph"
        several = () if relative != "previous_paragraph" or m[0][1] in "項号" else ("" if m[0][1] == "各" else str(number(m[0][1:-1])),)
        # 前2項, 前各項: how many, "" for all
        out.append(Reference(m.start(), m.end(), several, relative, beside=_BESIDE.match(text, m.end()) is not None))
    out.sort(key=lambda r: r.start)
    return out


def _numbers(listed: str, titles: list[tuple[str, str]]) -> list[str]:
    """The numbers of a list of references; ``titles`` takes those that stand with a title."""
    numbers: list[str] = []
    for p in _REF_PARTS.finditer(listed):
        n = number(p["n"])
        one = str(n)
        if p["branch"]:
            one += f"-{number(p['branch'])}"
        if numbers and (p["sep"] or "").strip() in _RANGES:
            before = _DIGITS.match(numbers[-1])
            if before:
                numbers.extend(str(k) for k in range(int(before[0]) + 1, min(n, int(before[0]) + 60)))
        if p["title"]:
            titles.append((one, p["title"]))
        if p["para"]:
            one += f"({number(p['para'])})"
        if p["item"]:
            one += f"({number(p['item'])})" if p["para"] else f"()({number(p['item'])})"
        numbers.append(one)
    return numbers
