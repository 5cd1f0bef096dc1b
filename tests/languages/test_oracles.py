"""Numerals, lengths and dates against libraries that others wrote: ja-timex, kanjize, text2num.

They are oracles only where stack measurements showed them right; what they miss (５営業日, １か年) is in quantities.yaml.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausecheck.languages.base import Unit
from clausecheck.languages.en import quantities as en
from clausecheck.languages.ja import fold as ja_fold
from clausecheck.languages.ja import quantities as ja

kanjize = pytest.importorskip("kanjize", reason="an oracle of the dev extra")
text_to_num = pytest.importorskip("text_to_num", reason="an oracle of the dev extra")
ja_timex = pytest.importorskip("ja_timex", reason="an oracle of the dev extra")


@settings(deadline=None)
@given(n=st.integers(1, 9999))
def test_kanji_numerals_as_kanjize_writes_them(n: int) -> None:
    """It writes the numeral, we read it: both ways of reading must meet."""
    written = kanjize.number2kanji(n)
    assert ja.number(written) == n == kanjize.kanji2number(written)


SPELT = """one|two|nine|ten|eleven|twelve|nineteen|twenty|twenty-one|thirty|thirty-six|forty-five|sixty|ninety|ninety-nine|one hundred|
one hundred and eighty|one hundred twenty|three hundred and sixty-five|seven hundred thirty|one thousand|two thousand five hundred"""


@pytest.mark.parametrize("words", [w.strip() for w in SPELT.split("|")])
def test_spelt_numerals_as_text2num_reads_them(words: str) -> None:
    assert en.number(words) == text_to_num.text2num(words, "en")


UNITS = {"年間": ("P{}Y", Unit.YEAR), "か月": ("P{}M", Unit.MONTH), "ヶ月": ("P{}M", Unit.MONTH), "日間": ("P{}D", Unit.DAY)}


@pytest.fixture(scope="module")
def timexes() -> Any:
    return ja_timex.TimexParser()


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("amount", [1, 3, 6, 10, 18, 30, 90])
@pytest.mark.parametrize("kanji", [False, True])
def test_japanese_lengths_as_ja_timex_reads_them(timexes: Any, unit: str, amount: int, kanji: bool) -> None:
    text = f"効力は{kanjize.number2kanji(amount) if kanji else amount}{unit}とする"
    theirs = [t.value for t in timexes.parse(text) if t.type == "DURATION"]
    (mine,) = ja.durations(ja_fold.fold(text).text)
    assert theirs == [UNITS[unit][0].format(amount)]
    assert (mine.value, mine.unit) == (amount, UNITS[unit][1])


@pytest.mark.parametrize(
    "day", [dt.date(2019, 4, 30), dt.date(2019, 5, 1), dt.date(2020, 2, 29), dt.date(2025, 12, 31), dt.date(1989, 1, 8)]
)
@pytest.mark.parametrize("style", ["western", "era", "kanji"])
def test_japanese_dates_as_ja_timex_reads_them(timexes: Any, day: dt.date, style: str) -> None:
    y, m, d = day.year, day.month, day.day
    name, first = ("令和", 2018) if day >= dt.date(2019, 5, 1) else ("平成", 1988)
    year = "元" if y - first == 1 else str(y - first)
    number = kanjize.number2kanji
    text = {
        "western": f"{y}年{m}月{d}日から",
        "era": f"{name}{year}年{m}月{d}日から",
        "kanji": f"{name}{year if year == '元' else number(y - first)}年{number(m)}月{number(d)}日から",
    }[style]
    theirs = [t.value for t in timexes.parse(text) if t.type == "DATE"]
    assert theirs == [day.isoformat()] == [x.date.isoformat() for x in ja.dates(ja_fold.fold(text).text) if x.date]
