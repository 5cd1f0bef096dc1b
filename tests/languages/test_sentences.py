"""Where sentences of folded text end: the cases of sentences.yaml, and that none of the text is lost."""

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

CASES = YAML(typ="safe", pure=True).load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
LANGUAGES: dict[str, ModuleType] = {"ja": ja, "en": en}
BITS = st.sampled_from([*"甲乙。、「」()『』【】?! .;:\"'1a", "の", "ab", "inc", "section", "no", "the", ". ", " "])


def cases() -> list[Any]:
    return [pytest.param(code, case, id=f"{code}::{case['why']}") for code in CASES for case in CASES[code]]


@pytest.mark.parametrize(("language", "case"), cases())
def test_ends(language: str, case: dict[str, str]) -> None:
    expected = [part.strip(" ") for part in case["text"].split("|")]
    text = case["text"].replace("|", "")
    assert [text[a:b] for a, b in LANGUAGES[language].sentences(text)] == expected


@pytest.mark.parametrize("language", ["ja", "en"])
@settings(max_examples=150, deadline=None)
@given(text=st.lists(BITS, max_size=40).map("".join))
def test_sentences_cover_the_text(language: str, text: str) -> None:
    spans = LANGUAGES[language].sentences(text)
    at = 0
    for a, b in spans:
        assert at <= a < b <= len(text)
        assert text[at:a].strip(" ") == ""
        assert text[a:b].strip(" ")
        at = b
    assert text[at:].strip(" ") == ""


def test_a_stray_bracket_far_away_holds_nothing_together() -> None:
    text = "甲は(乙に通知する。" + "丙は承諾する。" * 200 + ")丁は従う。"
    assert len(ja.sentences(text)) == 202


@pytest.mark.parametrize("text", ["(" * 200_000, "(「" * 100_000 + ")" * 100_000, "。" * 200_000, "(。" * 100_000])
def test_hostile_brackets_take_no_time(text: str) -> None:
    ja.sentences(text)
