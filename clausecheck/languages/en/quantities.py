"""English numerals, durations and dates, on folded text (lower case, single blanks, straight quotes).

Words and figures may stand together: "three (2) years" has value 3 and figures 2. Blanks of a draft ("[●] days",
"____ (__) months", "** years") give a value of None.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

import re2

from clausecheck.languages.base import DateMention, Duration, Unit
from clausecheck.languages.patterns import around


def _laid_out(pattern: str) -> re.Pattern[str]:
    """A pattern written over several lines; blanks inside a line count, for the parts that are put in have some."""
    return re.compile("".join(line.strip() for line in pattern.splitlines()))


# --- numerals ------------------------------------------------------------------------------------------------------
def _counted(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    return {word: first + step * i for i, word in enumerate(words.split())}


_ONES = _counted(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10) | {"fourty": 40}
_ORDINALS = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth",
    1,
)
_ORDINALS |= {f"{ten}{joint}{one}": _TENS[ten] + i for one, i in list(_ORDINALS.items())[:9] for ten in _TENS for joint in "- "}
_ORDINALS |= _counted("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10)
_ORDINALS |= {f"one hundred {link}{ten}": 100 + _ORDINALS[ten] for ten in ("twentieth", "fiftieth", "eightieth") for link in ("", "and ")}

_DIGIT_WORD = "(?:one|two|three|four|five|six|seven|eight|nine)"
_TEN_WORD = "(?:" + "|".join(_TENS) + ")"
_SMALL = rf"(?:{_TEN_WORD}(?:[- ]?{_DIGIT_WORD})?|" + "|".join(sorted(_ONES, key=len, reverse=True)) + ")"
_HUNDRED = rf"(?:(?:{_SMALL}|a)[- ]hundred(?:(?:,? and)?[- ]{_SMALL})?|{_SMALL})"
_WORDS = rf"(?:(?:{_HUNDRED}|a)[- ]thousand(?:,?(?: and)?[- ]{_HUNDRED})?|{_HUNDRED})"
_HALF = r"(?:[ -]and[ -](?:a|one)[- ]half(?: \((?:[0-9]+[ -])?1/2\))?| ?1/2)"
_FIGURES = r"(?:[0-9]{1,6}(?:,[0-9]{3})*(?:\.[0-9]{1,2})?)"
_WHOLE = re.compile(rf"{_WORDS}|{_FIGURES}")


def number(text: str) -> float | None:
    """The value of a text that is one numeral, else None.

    >>> number("thirty-six"), number("one hundred and eighty"), number("1,000"), number("sixty days")
    (36.0, 180.0, 1000.0, None)
    """
    text = text.strip()
    if len(text) > 80 or _WHOLE.fullmatch(text) is None:
        return None
    if text[0].isdigit():
        return float(text.replace(",", ""))
    total = current = 0.0
    for word in re.findall(r"[a-z]+", _split_tens(text)):
        if word == "hundred":
            current = (current or 1) * 100
        elif word == "thousand":
            total, current = (current or 1) * 1000, 0.0
        elif word == "a":
            current = 1
        elif word != "and":
            current += _ONES[word] if word in _ONES else _TENS[word]
    return total + current


def _split_tens(text: str) -> str:
    """"thirtysix" as two words."""
    return re.sub(rf"({_TEN_WORD})({_DIGIT_WORD})\b", r"\1 \2", text)


# --- durations -----------------------------------------------------------------------------------------------------
_UNITS = {
    "hour": Unit.HOUR,
    "hr": Unit.HOUR,
    "day": Unit.DAY,
    "week": Unit.WEEK,
    "fortnight": Unit.WEEK,
    "month": Unit.MONTH,
    "quarter": Unit.MONTH,
    "year": Unit.YEAR,
    "yr": Unit.YEAR,
}
_TIMES = {"quarter": 3.0, "fortnight": 2.0}
_BUSINESS = r"business|working|banking|trading|bank|work"
_QUALIFIER = (
    rf"(?P<business>{_BUSINESS})|full|complete|consecutive|successive|additional|calendar|further|more|whole|entire|contract|fiscal"
    r"|continuous|clear|lunar|lease|license|contiguous|uninterrupted|other|natural|civil|solid|actual|rolling|extra|sequential"
    r"|chronological|operating|hearing|preceding|previous|subsequent|following|prior|elapsed"
    r"|tokyo|japanese|new york|london|singapore|u\.s\."
)
_BLANK = (
    r"(?:\[[^\[\]]{0,40}\]|_{1,40}|\*{1,10}|[●•○◆■]{1,6}|\{\{?[^{}]{0,40}\}\}?|<[^<>]{0,30}>|\.{4,40}"
    r"|(?<![a-z0-9])x{1,4}(?![a-z]))"
)
_ORDINAL_WORD = "(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"


def _opens(words: Iterable[str]) -> str:
    """Alternatives of the first letters of these words: one look at them spares trying a long pattern at most places."""
    return "|".join(sorted({word[:3] for word in words}))


_NUMERAL_OPENS = rf"(?=[0-9\[({{<_*●•○◆■.x]|an?(?![a-z])|another|half|{_opens([*_ONES, *_TENS, *_ORDINALS])})"
_DURATION = _laid_out(
    rf"""(?<![a-z0-9$.,/']){_NUMERAL_OPENS}(?:
        (?P<halfyear>(?:one[- ])?half(?:[- ]an?|[- ]of[- ]an?)?[- ](?P<halfunit>year|month|day|hour)(?![a-z]))
      |(?P<ordinal>[0-9]{{1,3}}(?:st|nd|rd|th)|{_ORDINAL_WORD})(?:[ ]\([0-9]{{1,3}}(?:st|nd|rd|th)?\))?
        (?:[ ](?:calendar|(?P<ordinalbusiness>{_BUSINESS})))?[ ](?P<ordinalunit>day|month|year)
        (?=[ ](?:after|following|before|prior|preceding|from)\b)
      |(?:
            \[?(?P<words>{_WORDS})\]?(?P<half>{_HALF})?
            (?:[ -]{{0,2}}\[?\([ "]?(?P<figures>{_FIGURES}|{_BLANK})(?P<figurehalf>[ -]?1/2)?[ "]?\)\]?)?
          |\[?(?P<number>{_FIGURES})\]?(?P<numberhalf>{_HALF})?(?:[ ]?\((?P<spelt>{_WORDS})\))?
          |\((?P<alone>{_FIGURES})\)
          |(?P<blank>{_BLANK})(?:[ ]?\((?P<blankfigures>{_FIGURES}|{_BLANK})\))?
          |(?P<article>an?(?:other)?)(?=[ ])
        )
        (?:[ ]or[ ](?:more|fewer|less))?(?:[ -]{{0,2}}(?:{_QUALIFIER})){{0,3}}[ ~-]{{0,2}}
        (?P<unit>hour|hr|day|week|fortnight|month|quarter|year|yr)(?:\(s\)|s)?'?(?![a-z0-9_])
    )"""
)
_UNIT_SIGN = re2.compile(rf"(?:{'|'.join(_UNITS)})(?:\(s\)|s)?(?:[^a-z]|$)")  # every length ends with one
_REACH = 180  # characters that a length takes before its unit, at most
_BEYOND = 40  # characters from the start of the unit on that its pattern looks at, at most
_BEFORE_NUMBER = re.compile(r"(?:\b(?:sections?|articles?|clause|paragraph|exhibit|schedule|page|no\.|year|form)|[$#§]) ?\Z")
# "a year" is a length in "within a year" and "a year after", but not in "a day on which", "once a year", "a calendar year".
_LENGTH_BEFORE = re.compile(r"\b(?:for|within|than|least|exceed(?:s|ing)?|(?:period|term) of|every|nearly|about|after|only) \Z")
_LENGTH_AFTER = re.compile(
    r"'?s?'? (?:after|from|before|prior|notice|(?:in )?advance|thereafter|or (?:more|less|longer)|later|following|hence|period|term)\b"
)
_KIND = re.compile(r"calendar|business|fiscal|working|trading|operating|contract|lease|license|quarter")
_ORDINAL_BEFORE = re.compile(r"(?:[a-z]th|first|second|third|[0-9](?:st|nd|rd|th)) \Z")
_HEADING_NUMBER = re.compile(r"[0-9]+\.[0-9]+\Z")
_DAYS = {Unit.DAY: 1.0, Unit.MONTH: 30.0, Unit.YEAR: 365.0}


def durations(text: str) -> list[Duration]:
    """The lengths of time in the text, in order; "one year and six months" is one of 18 months, a quarter is 3 months."""
    found: list[Duration] = []
    last = max(text.rfind(word) for word in _UNITS)
    unit = _UNIT_SIGN.search(text) if last >= 0 else None
    if unit is None:
        return found
    taken: list[tuple[int, int]] | None = None
    for m in _DURATION.finditer(text, max(0, unit.start() - _REACH), last + _BEYOND):
        if taken is None:
            taken = [(d.start, d.end) for d in dates(text)]
        if any(a < m.end() and m.start() < b for a, b in taken):
            continue
        duration = _duration(text, m)
        if duration is None:
            continue
        if found and (joined := _joined(text, found[-1], duration)) is not None:
            found[-1] = joined
        else:
            found.append(duration)
    return found


def _duration(text: str, m: re.Match[str]) -> Duration | None:
    start, end = m.span()
    before = text[max(0, start - 16) : start]
    if m["halfyear"]:
        unit = _UNITS[m["halfunit"]]
        return Duration(start, end, 6.0, Unit.MONTH) if unit is Unit.YEAR else Duration(start, end, 0.5, unit)
    if m["ordinal"]:
        nth = re.match(r"[0-9]+", m["ordinal"])
        unit = Unit.BUSINESS_DAY if m["ordinalbusiness"] else _UNITS[m["ordinalunit"]]
        return Duration(start, end, float(nth[0]) if nth else float(_ORDINALS[m["ordinal"]]), unit)
    word = m["unit"]
    unit = _UNITS[word]
    if m["business"] and unit is Unit.DAY:
        unit = Unit.BUSINESS_DAY
    if m["article"]:
        if text[end - 1] == "s" and not text.startswith("'", end - 2):
            return None
        if m["article"] != "another" and not (_LENGTH_BEFORE.search(before) or _LENGTH_AFTER.match(text, end)):
            return None
        if _KIND.search(m[0]):
            return None
        return Duration(start, end, _TIMES.get(word, 1.0), unit)
    figures: float | None = None
    if m["words"]:
        if m["words"] == "a" or _BEFORE_NUMBER.search(before):
            return None
        value = number(m["words"])
        figures = number(m["figures"]) if m["figures"] else None
        if value is not None and m["half"]:
            value += 0.5
        if figures is not None and m["figurehalf"]:
            figures += 0.5
    elif m["number"]:
        if _BEFORE_NUMBER.search(before) or (_HEADING_NUMBER.match(m["number"]) and text[end - 1] not in "s'"):
            return None  # "1.8 business day": the heading of a definition
        value = number(m["number"])
        if value is not None and m["numberhalf"]:
            value += 0.5
        if m["spelt"]:
            value, figures = number(m["spelt"]), value
        if value is not None and value >= 1000 and unit is Unit.YEAR:
            return None
    elif m["alone"]:
        if _ORDINAL_BEFORE.search(before):
            return None  # "the twentieth (20) day of each month"
        value = number(m["alone"])
    else:
        inner = re.fullmatch(rf"\[ ?(?P<w>{_WORDS})?(?: ?\(?(?P<f>{_FIGURES})\)?)? ?\]", m["blank"])
        value = None
        if inner and (inner["w"] or inner["f"]):
            value = number(inner["w"] or inner["f"])
            figures = number(inner["f"]) if inner["w"] and inner["f"] else None
        elif m["blankfigures"]:
            value = number(m["blankfigures"])
    times = _TIMES.get(word, 1.0)
    return Duration(start, end, None if value is None else value * times, unit, None if figures is None else figures * times)


def _joined(text: str, first: Duration, second: Duration) -> Duration | None:
    """Two lengths that are one: "one year and six months", "1 year, 6 months"."""
    if text[first.end : second.start] not in (" and ", " ", ", ") or first.value is None or second.value is None:
        return None
    if first.unit not in (Unit.YEAR, Unit.MONTH) or second.unit not in (Unit.MONTH, Unit.DAY) or first.unit is second.unit:
        return None
    if second.value * _DAYS[second.unit] >= _DAYS[first.unit]:
        return None  # "two years, sixty months": a list
    factor = 12.0 if (first.unit, second.unit) == (Unit.YEAR, Unit.MONTH) else _DAYS[first.unit] / _DAYS[second.unit]
    return Duration(first.start, second.end, first.value * factor + second.value, second.unit)


# --- dates ---------------------------------------------------------------------------------------------------------
_MONTHS = (
    _counted("january february march april may june july august september october november december", 1)
    | _counted("jan feb mar apr may jun jul aug sep oct nov dec", 1)
    | {"sept": 9}
)
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY_WORD = "|".join(sorted((w for w, i in _ORDINALS.items() if i <= 31), key=len, reverse=True))
_DAY = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\b|(?:{_DAY_WORD})\b)"
_GAP = r"(?:_{1,40}|\[[^\[\]]{0,20}\]|\*{1,10}|[●•○]{1,6}|\.{4,40}|x{1,4}\b)"
_YEAR = rf"(?:(?:19|20)[0-9]{{2}}(?![0-9])|(?:19|20|2)(?:{_GAP})|{_GAP})"
_OF_YEAR = r"(?:[,.][ ]?|[ ])(?:in[ ]the[ ]year[ ](?:of[ ])?)?"
_BLANK_MONTH = r"(?:_{1,40}|\[[^\[\]]{0,20}\])(?=,?[ ](?:19|20))"
_DATE_OPENS = rf"(?=[0-9_\[*●•○.x]|{_opens([*_MONTHS, *_DAY_WORD.split('|')])})"
_DATE = _laid_out(
    rf"""
     (?<![a-z0-9]){_DATE_OPENS}(?:
      (?P<month>{_MONTH})[ ](?:the[ ])?(?P<day>{_DAY}|{_GAP})(?:st|nd|rd|th)?
        (?:(?:[ ]day)?{_OF_YEAR}(?P<year>{_YEAR}))?
     |(?P<day2>{_DAY}|{_GAP})(?:st|nd|rd|th)?(?:[ ]\([0-9]{{1,2}}(?:st|nd|rd|th)?\))?
        [ ](?:day[ ])?(?:of[ ])?(?P<month2>{_MONTH}|{_BLANK_MONTH})(?:{_OF_YEAR}(?P<year2>{_YEAR}))?
     |(?P<month3>{_MONTH}),?[ ](?P<year3>{_YEAR})
     )
     |(?<![0-9/.-])(?P<iso>(?:19|20)[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}})(?![0-9/-])
     |(?<![0-9/.-])(?P<numeric>[0-9]{{1,2}}(?P<sep>[/.-])[0-9]{{1,2}}(?P=sep)(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}}))(?![0-9/-])
     |(?P<empty>_{{2,40}},?[ ](?:(?:19|20)[0-9]{{2}}(?![0-9])|20(?:_{{1,10}}|\[[^\[\]]{{0,10}}\])))
    """
)


_SURE_MONTHS = "|".join(sorted((w for w in _MONTHS if w != "may"), key=len, reverse=True))
_DATED = re2.compile(  # stands in every text that holds a date; "may" alone is mostly a verb
    rf"(?:^|[^a-z0-9])(?:(?:{_SURE_MONTHS})\b|may(?:\.|,? ?(?:the |in the year (?:of )?)?(?:[0-9_\[*●•○x]|\.\.|(?:{_DAY_WORD})\b)))"
    r"|[0-9][/.-][0-9]{1,2}[/.-][0-9]|[_\]],? (?:19|20)"
)

_DATE_REACH = 200  # characters before and after its month, or its first figures, that a date takes, at most


def dates(text: str) -> list[DateMention]:
    """The calendar dates in the text, numeric ones in US order unless one of them shows the other; a missing or blank part gives ``date`` None."""
    return list(_dates(text))


_DAY_FIRST = re.compile(r"(?<![0-9/])(?:1[3-9]|2[0-9]|3[01])/[0-9]{1,2}/(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9/])")
_FILLED = re.compile(r"[0-9_\[*●•○]|\.{4}|\bx{1,4}\b")  # a figure, or the blank for one: every date has it


@lru_cache(maxsize=16)  # the same sentence is asked for its lengths and its dates
def _dates(text: str) -> tuple[DateMention, ...]:
    found: list[DateMention] = []
    if _FILLED.search(text) is None:
        return ()
    day_first = _DAY_FIRST.search(text) is not None  # "01/04/2026 - 31/03/2029": one that can be read one way only tells how to read the other
    for m in around(_DATE, text, (_DATED,), _DATE_REACH):
        if m["iso"]:
            year, month, day = (int(p) for p in re.split(r"[-/.]", m["iso"]))
            date = _calendar(year, month, day)
            if date is None:
                continue
        elif m["numeric"]:
            a, b, year = (int(p) for p in re.split(r"[-/.]", m["numeric"]))
            if m["sep"] != "/" and year < 100:
                continue  # a section number
            year += 0 if year >= 100 else 2000 if year < 70 else 1900
            month, day = (b, a) if m["sep"] == "." or a > 12 or day_first else (a, b)
            date = _calendar(year, month, day) or _calendar(year, day, month)
            if date is None:
                continue
        elif m["empty"]:
            date = None
        elif m["month3"]:
            if m["month3"] in ("may", "march") and not m["year3"][:2].isdigit():
                continue
            date = None
        else:
            name, day_text, year_text = (m["month"], m["day"], m["year"]) if m["month"] else (m["month2"], m["day2"], m["year2"])
            if year_text is None and _no_date(text, m, name, day_text):
                continue
            date = _spelt(name, day_text, year_text)
        found.append(DateMention(m.start(), len(text[: m.end()].rstrip()), date))
    return tuple(found)


def _no_date(text: str, m: re.Match[str], name: str, day: str) -> bool:
    """A day without year that is none of the contract's: "each january 1", "may 30" as a verb, "the first of march"."""
    if m["day2"] and not day[0].isdigit() and not day.startswith(("_", "[", "●", "•")):
        return True
    if name in ("may", "march", "sept", "mar", "dec"):
        return True
    recurs_before = text[max(0, m.start() - 8) : m.start()].endswith(("each ", "every ", "any "))
    return recurs_before or text.startswith((" of each", " of every", " of any"), m.end())


def _spelt(name: str, day: str, year: str | None) -> dt.date | None:
    month = _MONTHS.get(name.rstrip("."))
    digits = re.match(r"[0-9]+", day)
    number_of_day = int(digits[0]) if digits else _ORDINALS.get(day)
    if month is None or number_of_day is None or year is None or re.fullmatch(r"(?:19|20)[0-9]{2}", year) is None:
        return None
    return _calendar(int(year), month, number_of_day)


def _calendar(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)\)? ?(?:%|percent\b|per cent\b)")


def percentages(text: str) -> list[tuple[int, float]]:
    """Where each percentage of the folded text stands, and what it is."""
    return [(m.start(), float(m[1])) for m in _PERCENT.finditer(text)]
