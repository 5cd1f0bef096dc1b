"""Folding: the spellings of fold.yaml, and that every folded character leads back to its source."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from clausecheck.languages.en import fold as en
from clausecheck.languages.ja import fold as ja
from clausecheck.languages.rewrite import trace

CASES = YAML(typ="safe", pure=True).load((Path(__file__).parent / "fold.yaml").read_text(encoding="utf-8"))
LANGUAGES: dict[str, ModuleType] = {"ja": ja, "en": en}

JAPANESE_BITS = (
    *"甲乙は、。の「」（）()１２12①㈱ｻﾌﾟｶﾞー・　 \n\u3099\u200b，．,.〜−Aaz-○●＿しすた",
    *("および", "引き渡し", "引渡", "支払い", "期日", "取り引き", "サプライヤー", "ユーザー", "ヶ月", "カ月", "事", "為に", "又は", "無く"),
    *("出来る", "通り", "組み合わせ", "に当り", "リバース・エンジニアリング", "ISO 9001"),
)
ENGLISH_BITS = (
    *"Aaz .,-–“”’\u00a0\u00ad\n\tﬁİ１é()",
    *("Labour", "organis", "ation", "sub-contract", "sub contract", "licence", "non", "-\n", "fulfil", "ment", " the ", "e-mail"),
)
ANY_CHARACTER = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])
TEXTS = {
    "ja": st.lists(st.sampled_from(JAPANESE_BITS) | ANY_CHARACTER, max_size=25).map("".join),
    "en": st.lists(st.sampled_from(ENGLISH_BITS) | ANY_CHARACTER, max_size=25).map("".join),
}


def cases() -> list[Any]:
    return [pytest.param(code, case, id=f"{code}::{case['why']}") for code in CASES for case in CASES[code]]


@pytest.mark.parametrize(("language", "case"), cases())
def test_spelling(language: str, case: dict[str, str]) -> None:
    folded = LANGUAGES[language].fold(case["text"])
    assert folded.text == case["folded"]
    assert LANGUAGES[language].fold(folded.text).text == folded.text, "a folded text does not change again"


@pytest.mark.parametrize(
    ("language", "text", "find", "source"),
    [
        ("ja", "乙は、引き渡し後　３ヶ月以内に", "引渡し", "引き渡し"),
        ("ja", "乙は、引き渡し後　３ヶ月以内に", "3か月", "３ヶ月"),
        ("ja", "代金の支払を怠り", "支払い", "支払"),  # what was put in belongs to the character before it
        ("ja", "㈱甲野", "株", "㈱"),
        ("ja", "リバース・エンジニアリング", "エンジニアリング", "エンジニアリング"),
        ("ja", "甲および\n乙", "及び乙", "および\n乙"),
        ("en", "Any  Sub-Contractors’ work", "subcontractors'", "Sub-Contractors’"),
        ("en", "conﬁdential", "fi", "ﬁ"),
        ("en", "the termi-\nnation of", "termination", "termi-\nnation"),
    ],
)
def test_way_back(language: str, text: str, find: str, source: str) -> None:
    folded = LANGUAGES[language].fold(text)
    at = folded.text.index(find)
    a, b = folded.source(at, at + len(find))
    assert text[a:b] == source


@pytest.mark.parametrize("language", ["ja", "en"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_character_has_a_source(language: str, data: st.DataObject) -> None:
    text = data.draw(TEXTS[language])
    module = LANGUAGES[language]
    folded = module.fold(text)
    starts, ends = trace(text, module._STEPS, module.fold(text).text)
    if folded.text != text:
        assert len(starts) == len(ends) == len(folded.text)
    last = (0, 0)
    for i in range(len(folded.text)):
        a, b = folded.source(i, i + 1)
        assert 0 <= a < b <= len(text)
        assert last[0] <= a and last[1] <= b
        last = (a, b)


@pytest.mark.parametrize("language", ["ja", "en"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_folding_again_changes_nothing(language: str, data: st.DataObject) -> None:
    module = LANGUAGES[language]
    once = module.fold(data.draw(TEXTS[language])).text
    assert module.fold(once).text == once


@given(text=st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), max_size=40))
def test_japanese_folding_leaves_ascii_alone(text: str) -> None:
    assert ja.fold(text).text == text
    assert ja.fold(text).source(0, len(text)) == (0, len(text))
