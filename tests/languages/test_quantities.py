"""Numerals, durations and dates: the cases of quantities.yaml, and lengths and days written in many ways."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from clausecheck.languages.base import Duration
from clausecheck.languages.en import fold as en_fold
from clausecheck.languages.en import quantities as en
from clausecheck.languages.ja import fold as ja_fold
from clausecheck.languages.ja import quantities as ja

CASES = YAML(typ="safe", pure=True).load((Path(__file__).parent / "quantities.yaml").read_text(encoding="utf-8"))
READERS: dict[str, ModuleType] = {"ja": ja, "en": en}
FOLDS: dict[str, ModuleType] = {"ja": ja_fold, "en": en_fold}


def cases(kind: str) -> list[Any]:
    return [pytest.param(code, case, id=f"{code}::{case['why']}") for code in CASES[kind] for case in CASES[kind][code]]


def short(duration: Duration) -> str:
    value = "?" if duration.value is None else f"{duration.value:g}"
    figures = "" if duration.figures is None else f"/{duration.figures:g}"
    return f"{value}{figures} {duration.unit.value}"


@pytest.mark.parametrize(("language", "case"), cases("durations"))
def test_durations(language: str, case: dict[str, Any]) -> None:
    text = FOLDS[language].fold(case["text"]).text
    assert [short(d) for d in READERS[language].durations(text)] == case["found"]


@pytest.mark.parametrize(("language", "case"), cases("dates"))
def test_dates(language: str, case: dict[str, Any]) -> None:
    text = FOLDS[language].fold(case["text"]).text
    assert [d.date and d.date.isoformat() for d in READERS[language].dates(text)] == case["found"]


NUMBERS = [(code, text, value) for code, table in CASES["numbers"].items() for text, value in table.items()]


@pytest.mark.parametrize(("language", "text", "value"), NUMBERS)
def test_numbers(language: str, text: str, value: float | None) -> None:
    assert READERS[language].number(text) == value


KANJI = "〇一二三四五六七八九"
SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen"""
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS_JA = ("か月", "ヶ月", "カ月", "箇月", "か月間", "日間", "日", "年間", "年", "営業日", "時間", "週間")


def kanji(n: int) -> str:
    out = ""
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, place)
        if digit:
            out += ("" if digit == 1 and place > 1 else KANJI[digit]) + sign
    return out


def words(n: int, joint: str = "-", link: str = " and ") -> str:
    if n < 20:
        return SMALL.split()[n]
    if n < 100:
        return TENS.split()[n // 10 - 2] + (joint + SMALL.split()[n % 10] if n % 10 else "")
    if n < 1000:
        return SMALL.split()[n // 100] + " hundred" + (link + words(n % 100, joint, link) if n % 100 else "")
    return words(n // 1000, joint, link) + " thousand" + (" " + words(n % 1000, joint, link) if n % 1000 else "")


@settings(deadline=None)
@given(n=st.integers(1, 999), style=st.sampled_from(["{n}", "{wide}", "{kanji}"]), unit=st.sampled_from(UNITS_JA))
def test_japanese_lengths_in_many_spellings(n: int, style: str, unit: str) -> None:
    wide = str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    source = f"契約期間は、{style.format(n=n, wide=wide, kanji=kanji(n))}{unit}とする。"
    folded = ja_fold.fold(source)
    (found,) = ja.durations(folded.text)
    assert found.value == n
    a, b = folded.source(found.start, found.end)
    assert source[a:b] == source[6:-4]


@settings(deadline=None)
@given(
    n=st.integers(1, 9999),
    style=st.sampled_from(["{n}", "{words}", "{words} ({n})", "{spaced} ({n})", "{american}", "{n} ({words})"]),
    kind=st.sampled_from(["", "calendar ", "full "]),
    unit=st.sampled_from(["day", "week", "month", "hour"]),
)
def test_english_lengths_in_many_spellings(n: int, style: str, kind: str, unit: str) -> None:
    amount = style.format(n=n, words=words(n), spaced=words(n, " "), american=words(n, "-", " "))
    source = f"Within {amount} {kind}{unit}{'s' if n > 1 else ''} after delivery"
    folded = en_fold.fold(source)
    (found,) = en.durations(folded.text)
    assert found.value == n
    assert not found.disagrees
    a, b = folded.source(found.start, found.end)
    assert source[a:b] == source[7:-15]


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31))


@settings(deadline=None)
@given(day=DAYS, style=st.integers(0, 4))
def test_japanese_dates_in_many_spellings(day: dt.date, style: int) -> None:
    y, m, d = day.year, day.month, day.day
    era = f"令和{'元' if y == 2019 else y - 2018}" if day >= dt.date(2019, 5, 1) else f"平成{y - 1988}"
    digits = "".join(KANJI[int(c)] for c in str(y))
    text = [
        f"{y}年{m}月{d}日",
        f"{era}年{m}月{d}日",
        f"{digits}年{kanji(m)}月{kanji(d)}日",
        f"{y}/{m:02}/{d:02}",
        f"{y}-{m:02}-{d:02}",
    ][style]
    folded = ja_fold.fold(f"{text}から")
    assert [x.date for x in ja.dates(folded.text)] == [day]
    assert ja.durations(folded.text) == []


@settings(deadline=None)
@given(day=DAYS, style=st.integers(0, 5))
def test_english_dates_in_many_spellings(day: dt.date, style: int) -> None:
    d, ordinal = day.day, {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th")
    text = [
        f"{day:%B} {d}, {day.year}",
        f"{day:%b}. {d}, {day.year}",
        f"{d} {day:%B} {day.year}",
        f"the {d}{ordinal} day of {day:%B}, {day.year}",
        day.isoformat(),
        f"{day.month}/{d}/{day.year}",
    ][style]
    folded = en_fold.fold(f"from {text} on")
    assert [x.date for x in en.dates(folded.text)] == [day]
    assert en.durations(folded.text) == []


HOSTILE = ["1", "一", "one hundred ", "[", "_", "1年", "年月日", "(1", "one and a half ", "january ", "●", "{{", "a ", "*", "○年", "1,000"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    began = time.process_time()
    for reader in READERS.values():
        reader.durations(text)
        reader.dates(text)
    assert time.process_time() - began < 5
