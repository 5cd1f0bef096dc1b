"""Japanese numerals, durations and dates, on folded text.

Numerals stand in figures (3), in kanji by place (百二十) or digit by digit (二〇二六). A date is never read as a duration,
nor is an ordinal (第3年度, 3年目). Blanks of a draft (○年, 【】日, __か月, X年) give a value of None.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from clausecheck.languages.base import DateMention, Duration, Unit

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "壱": 1, "壹": 1, "弐": 2, "参": 3, "伍": 5}
_PLACES = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "億": 100_000_000}
_KANJI = "〇零一二三四五六七八九壱壹弐参伍十拾百千万億"
_NUMERAL = rf"(?:[0-9]{{1,9}}(?:,[0-9]{{3}}){{0,3}}(?:\.[0-9]{{1,3}})?(?:[万千]|分の[0-9]+)?|[{_KANJI}]{{1,12}})"


def number(text: str) -> float | None:
    """The value of a text that is one numeral, else None.

    >>> number("百二十"), number("二〇二六"), number("1万5千"), number("3年")
    (120.0, 2026.0, 15000.0, None)
    """
    text = text.strip()
    if not text or len(text) > 24:
        return None
    if re.fullmatch(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?", text):
        return float(text.replace(",", ""))
    if set(text) <= set("○〇"):
        return None  # a blank
    if all(c in _DIGITS for c in text) and len(text) > 1:
        return float("".join(str(_DIGITS[c]) for c in text))
    total, below_myriad, current, figures = 0.0, 0.0, None, ""
    for c in text + "\0":
        if c.isascii() and c.isdigit():
            figures += c
            continue
        if figures:
            if current is not None:
                return None
            current, figures = float(figures), ""
        if c == "\0":
            break
        if c in _DIGITS and c != "○":
            if current is not None:
                return None
            current = float(_DIGITS[c])
        elif c in _PLACES:
            below_myriad += (1 if current is None else current) * _PLACES[c]
            current = None
        elif c in _MYRIADS:
            total += ((below_myriad + (current or 0)) or 1) * _MYRIADS[c]
            below_myriad, current = 0.0, None
        else:
            return None
    return total + below_myriad + (current or 0)


# --- dates ---------------------------------------------------------------------------------------------------------
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "R": 2018, "H": 1988, "S": 1925}
_BLANK = (
    r"(?:[○●〇■□◆◇△▲_*…‥]{1,12}|・{2,12}|[XxNn]{1,4}|\[[^\[\]]{0,12}\]|【[^【】]{0,12}】"
    r"|\([○●〇■□_*…‥・XxNn ]{0,12}\)|\{\{?[^{}]{0,40}\}\}?|<[^<>]{0,12}>)"
)
_PART = rf"(?:{_BLANK}|[0-9]{{1,4}}|[{_KANJI}○]{{1,6}}|元)"
_DATE = re.compile(
    rf"""
      (?:(?P<era>令和|平成|昭和|大正|明治|西暦)|(?<![A-Za-z0-9])(?P<letter>[RHS])(?=[0-9]))?(?P<year>(?:20)?{_PART}|20)?年
      (?P<month>{_PART})?月(?:(?P<day>{_PART}|末)?日|(?P<last>末)|(?![間以前後]))
    | (?<![0-9.])(?P<y>(?:19|20)[0-9]{{2}})(?P<sep>[/.-])(?P<m>[0-9]{{1,2}})(?P=sep)(?P<d>[0-9]{{1,2}})(?![0-9.])
    | (?<![A-Za-z0-9])(?P<e>[RHS])(?P<ey>[0-9]{{1,2}})[./](?P<em>[0-9]{{1,2}})[./](?P<ed>[0-9]{{1,2}})(?![0-9.])
    | (?P<mm>{_PART})月(?P<dd>{_PART}|末)日
    """,
    re.X,
)
_RECURRING = re.compile(r"(?:毎年|各年|毎事業年度|翌年|同年|当年|毎年度)の?\Z")


def dates(text: str) -> list[DateMention]:
    """The calendar dates in the text, era years converted; no year, a blank or a month alone gives ``date`` None."""
    found: list[DateMention] = []
    for m in _date_matches(text):
        if m["mm"] and _RECURRING.search(text, max(0, m.start() - 8), m.start()):
            continue
        found.append(DateMention(m.start(), m.end(), _date(m)))
    return found


_FIGURE_DATE = re.compile(r"[0-9][./-][0-9]")


def _date_matches(text: str) -> list[re.Match[str]]:
    if ("月" not in text or ("年" not in text and "日" not in text)) and _FIGURE_DATE.search(text) is None:
        return []
    return [m for m in _DATE.finditer(text) if _plausible(m)]


def _plausible(m: re.Match[str]) -> bool:
    """Words such as 生年月日 and lengths such as 1年6月間 are no dates."""
    before = m.string[max(0, m.start() - 1) : m.start()]
    if m["mm"]:
        if before in ("年", "第") or before.isdigit():
            return False
        month, day = number(m["mm"]), number(m["dd"])
        return (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31)
    if m["y"] or m["e"]:
        return True
    if m["year"] is None and m["month"] is None and m["day"] is None:
        return m["era"] is not None or not ("一" <= before <= "鿿")
    if before in ("第", "満") or (m["year"] is None and m["era"] is None):
        return False
    month = number(m["month"]) if m["month"] else None
    return month is None or 1 <= month <= 12


def _date(m: re.Match[str]) -> dt.date | None:
    if m["mm"]:
        return None
    if m["y"]:
        year, month, day = float(m["y"]), number(m["m"]), number(m["d"])
    elif m["e"]:
        year, month, day = float(m["ey"]) + _ERAS[m["e"]], number(m["em"]), number(m["ed"])
    else:
        counted = 1.0 if m["year"] == "元" else number((m["year"] or "").replace("○", "〇") if m["year"] != "○" else "")
        if counted is None:
            return None
        era = m["era"] or m["letter"]
        if era and era != "西暦":
            counted += _ERAS[era]
        elif counted < 1000:
            return None
        year, month = counted, number(m["month"] or "")
        day = number(m["day"] or "")
        if month is not None and (m["last"] or m["day"] == "末") and 1 <= year <= 9999 and 1 <= month <= 12:
            day = float(calendar.monthrange(int(year), int(month))[1])
    if month is None or day is None:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


# --- durations -----------------------------------------------------------------------------------------------------
_UNITS = (
    (r"(?:銀行|業務|取引)?営業日|就業日|稼働日|業務日|取引日|平日", Unit.BUSINESS_DAY),
    (r"か年間?|年間?", Unit.YEAR),
    (r"か月間?|月間|月(?=(?:以上)?前)", Unit.MONTH),
    (r"週間?", Unit.WEEK),
    (r"時間", Unit.HOUR),
    (r"暦日間?|日間?(?!本(?:国|又|及|並|若|の|法|社|円|製|語|で|に|、|。|・))", Unit.DAY),
)
_UNIT = "|".join(f"(?P<{unit.value}>{words})" for words, unit in _UNITS)
_AMOUNT = rf"(?P<words>{_NUMERAL})(?:\((?P<figures>{_NUMERAL})\))?|[\[【(](?P<boxed>{_NUMERAL})[\]】)]|(?P<blank>{_BLANK})"
_DURATION = re.compile(
    r"(?P<half>半(?P<halfunit>年|月)間?)"
    rf"|(?P<quarters>{_NUMERAL})四半期間?"
    rf"|(?:満|丸)?(?:{_AMOUNT})(?:{_UNIT})(?P<andhalf>半(?![年月期数額分]))?(?:間)?"
    r"|(?<=[はをが、:])(?P<empty>か月|年)間(?=と(?:する|し))"
)
_ORDINAL_AFTER = re.compile(r"度|目|次(?!の|に|第)|号|版|債|生(?!産)|産|式|代|齢|初|末|[春夏秋冬]|[0-9一二三四五六七八九十]{0,3}月(?!間)")
_DAY_OF_MONTH_AFTER = re.compile(r"締|払|付(?!与)|現在|時点|をもって|曜|限り|施行|公布|改正|を(?:期限|支払|締)")
_NOUN_AFTER = re.compile(r"(?![前後以経])[一-鿿ァ-ヴ]|\*")
_YEAR_BEFORE = re.compile(r"(?:第|令和|平成|昭和|大正|明治|西暦|[RHS])\Z")
_DAY_BEFORE = re.compile(r"(?:第|月|月の)\Z")
_RANGE_BEFORE = re.compile(r"月[0-9]{1,2}日(?:から|より|~|-|、|及び|又は)\Z")
_LENGTH_AFTER = re.compile(r"以内|以上|後|前|を(?:経過|超え)|が経過")
_DAYS = {Unit.DAY: 1.0, Unit.MONTH: 30.0, Unit.YEAR: 365.0}


def durations(text: str) -> list[Duration]:
    """The lengths of time in the text, in order; 1年6か月 is one of 18 months, 半年 is 6 months, a quarter 3."""
    taken = [(m.start(), m.end()) for m in _date_matches(text)]
    found: list[Duration] = []
    for m in _DURATION.finditer(text):
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
    if m["half"]:
        if start and text[start - 1] in "上下前後年月":
            return None
        return Duration(start, end, 6.0 if m["halfunit"] == "年" else 0.5, Unit.MONTH)
    if m["quarters"]:
        value = number(m["quarters"])
        if value is None or text[max(0, start - 1) : start] == "第":
            return None
        return Duration(start, end, value * 3, Unit.MONTH)
    if m["empty"]:
        return Duration(start, end, None, Unit.YEAR if m["empty"] == "年" else Unit.MONTH)
    unit = next(unit for _, unit in _UNITS if m[unit.value])
    words = m["words"] or m["boxed"]
    value = number(words) if words else None
    figures = number(m["figures"]) if m["figures"] else None
    before = text[max(0, start - 8) : start]
    if before[-1:].isascii() and before[-1:].isalnum() and not (m["words"] and not words[0].isdigit()):
        return None
    if before[-1:] in ("第", ".", "/"):
        return None
    if m["words"] and (before[-1:] in ("数", "何") or (before[-1:] in ("同", "翌") and text[end - 1] != "間")):
        return None
    after = m.end()
    if text.startswith("目", after):
        return None
    if m["blank"] and m["blank"][0] in "*■□◆◇…‥" and _NOUN_AFTER.match(text, after):
        return None  # a bullet or bold print: ■年間計画
    if unit is Unit.YEAR and not m[unit.value].endswith("間"):
        if _YEAR_BEFORE.search(before) or _ORDINAL_AFTER.match(text, after) or (value is not None and value >= 1000):
            return None
        if m["blank"] and _ORDINAL_AFTER.match(text, after):
            return None
    elif unit is Unit.DAY and not m[unit.value].endswith("間"):
        if _DAY_BEFORE.search(before) or _DAY_OF_MONTH_AFTER.match(text, after):
            return None
        if _RANGE_BEFORE.search(before) and not _LENGTH_AFTER.match(text, after):
            return None  # 毎月1日から15日の
    elif unit is Unit.WEEK and m["week"] == "週" and text[after : after + 1] not in ("前", "後", "以", "ご", "毎", "を", "の"):
        return None
    if m["andhalf"] and value is not None:
        value += 0.5
        if unit is Unit.YEAR:
            value, unit = value * 12, Unit.MONTH
    return Duration(start, end, value, unit, figures)


def _joined(text: str, first: Duration, second: Duration) -> Duration | None:
    """Two lengths that are one: 1年6か月, 1年と6か月."""
    between = text[first.end : second.start]
    if between not in ("", "と") or first.value is None or second.value is None or first.unit is second.unit:
        return None
    if first.unit not in (Unit.YEAR, Unit.MONTH) or second.unit not in (Unit.MONTH, Unit.DAY):
        return None
    factor = 12.0 if (first.unit, second.unit) == (Unit.YEAR, Unit.MONTH) else _DAYS[first.unit] / _DAYS[second.unit]
    return Duration(first.start, second.end, first.value * factor + second.value, second.unit)


_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)(?:%|パ(?:ー)?セント)")


def percentages(text: str) -> list[tuple[int, float]]:
    """Where each percentage of the folded text stands, and what it is."""
    return [(m.start(), float(m[1])) for m in _PERCENT.finditer(text)]
