"""Patterns run the cheap way find what they find when simply run."""

from __future__ import annotations

import re

import pytest

from clausecheck.languages.en import period_words as vocabulary
from clausecheck.languages.patterns import Gate, around, places

DATED = "made on 1 may 2024 and 3/4/2025; on may 5, 2026 and at the end of 2 june 2027"


@pytest.mark.parametrize("reach", [40, 80])
def test_around_its_signs_a_pattern_finds_all_it_finds_anywhere(reach: int) -> None:
    pattern = re.compile(r"\b\d{1,2} (?:may|june) \d{4}\b|\bmay \d, \d{4}\b")
    found = around(pattern, DATED, (re.compile("may"), re.compile("june")), reach)
    assert [m.span() for m in found] == [m.span() for m in pattern.finditer(DATED)]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("buyer", "buyer, the buyers and sub-buyer; to buyer"),
        ("a.b", "a.b xa.b a.bc a.b"),
        ("aa", "aaa aa"),
        ("甲", "甲 乙甲 甲"),
    ],
)
def test_a_word_stands_where_a_pattern_with_word_edges_finds_it(word: str, text: str) -> None:
    assert list(places(word, text)) == [m.start() for m in re.finditer(rf"\b{re.escape(word)}\b", text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "the initial term of this agreement shall be two years and shall renew automatically unless either party gives notice.",
        "either party may terminate this agreement at any time upon thirty days notice.",
        "open orders shall be completed after expiration; in case of conflict the body prevails over the exhibits.",
    ],
)
def test_the_gate_lets_every_pattern_through_that_stands_in_a_sentence(sentence: str) -> None:
    gate = Gate(vocabulary.IN_SENTENCES, vocabulary.CHOICES)
    mask = gate.mask(sentence)
    for pattern in vocabulary.IN_SENTENCES:
        if pattern.search(sentence):
            assert mask & gate.bit(pattern), pattern.pattern[:60]
    for words in vocabulary.CHOICES:
        assert bool(mask & gate.bit(words)) == any(word in sentence for word in words)


def test_words_that_surely_speak_of_a_term_are_found_by_the_pattern() -> None:
    assert len(vocabulary.SURELY_SPEAKS) > 10
    assert all(vocabulary.MAY_SPEAK.search(f"x{word}x" if word.endswith(" ") else word) for word in vocabulary.SURELY_SPEAKS)
