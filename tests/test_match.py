"""Finds on texts: where they hold, which guard refuses them, and how modality, negation, side and measure are judged.

The cases are match_cases.yaml. Beside them: token patterns, and that nothing but them loads spaCy.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import small_library
from ruamel.yaml import YAML

from clausecheck import languages
from clausecheck.concepts import Concepts
from clausecheck.errors import LibraryError
from clausecheck.literals import Wording
from clausecheck.match import matches
from clausecheck.passages import Passages
from clausecheck.pipeline import parse_contract
from clausecheck.provision import ConceptEntry, Element, Find
from clausecheck.view import View

ROOT = Path(__file__).parents[1]
CASES = YAML(typ="safe", pure=True).load((Path(__file__).parent / "match_cases.yaml").read_text(encoding="utf-8"))
SIDES = {"甲": "buyer", "乙": "supplier", "buyer": "buyer", "supplier": "supplier"}


def view(text: str, language: str) -> View:
    library = small_library.library({})
    passages = Passages(parse_contract(text, language=language))
    return View(passages, vocabulary(language), library, SIDES, "buyer", explain=True)


@cache
def vocabulary(language: str) -> Concepts:
    """All concepts of the small library: the cases here ask for some that its provisions do not."""
    return Concepts(small_library.library({}).concepts[language], languages.get(language))


def element(case: dict[str, Any]) -> Element:
    rules = {key: case[key] for key in ("holder", "efforts") if key in case}
    return Element.model_validate(
        {
            "id": "x",
            "title": {"ja": "x", "en": "x"},
            "need": "required",
            "core": True,
            "says": case.get("says", "duty"),
            **rules,
            "find": [case["find"]],
        }
    )


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_find(case: dict[str, Any], language: str) -> None:
    asked = element(case)
    found = matches(view(case[language], language), [("x.1", asked.find[0])], asked, None)
    given = [f"{m.result.value if m.result else 'refused'} {m.code}".strip() for m in found]
    assert given == case["gives"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_evidence_is_verbatim(case: dict[str, Any]) -> None:
    asked = element(case)
    for language in ("en", "ja"):
        seen = view(case[language], language)
        for match in matches(seen, [("x.1", asked.find[0])], asked, None):
            evidence = match.evidence
            assert evidence.quote and seen.passages.text[evidence.start : evidence.end] == evidence.quote
            assert evidence.pattern == "x.1" and evidence.clause_id in seen.passages.clauses


def test_evidence_of_a_long_sentence_is_cut_around_its_words() -> None:
    filler = " and ".join(f"the shed number {n} of the yard" for n in range(60))
    seen = view(f"Supplier shall sweep {filler}, shall paint the fence, and shall sweep {filler}.", "en")
    (match,) = matches(seen, [("x.1", Find(act="PAINT", all=["FENCE"]))], element({"find": {"act": "PAINT"}}), None)
    evidence = match.evidence
    assert "paint the fence" in evidence.quote and len(evidence.quote) <= 620
    assert seen.passages.text[evidence.start : evidence.end] == evidence.quote


def test_a_find_without_an_element_is_not_judged() -> None:
    """Guards, incorporations and near misses only ask whether the words stand there."""
    seen = view("Supplier shall not paint the fence.", "en")
    (match,) = matches(seen, [("g.1", Find(act="PAINT"))], None, None)
    assert match.result == "satisfied" and match.statement is None


def test_a_concept_that_one_language_lacks_finds_nothing() -> None:
    seen = view("Supplier shall paint the fence.", "en")
    assert matches(seen, [("x.1", Find(act="NOWHERE")), ("x.2", Find(act="PAINT", all=["NOWHERE"]))], None, None) == []


# --- compiled vocabulary -------------------------------------------------------------------------------------------
def concepts(terms: list[str], language: str = "en") -> Concepts:
    return Concepts({"X": ConceptEntry(terms=terms)}, languages.get(language))


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        (["a(b"], "missing"),
        (["Red"], "lower case"),
        (["{Y} x"], "unknown concept Y"),
        (["{X} x"], "refers to itself"),
        (["(?=a)b"], "invalid"),
    ],
)
def test_a_broken_term_is_an_error_of_the_library(terms: list[str], problem: str) -> None:
    """Also where the linter was not asked: no traceback of a regular expression reaches the user."""
    with pytest.raises(LibraryError, match=problem) as caught:
        concepts(terms).compiled("X")
    assert "\n" not in str(caught.value)


def test_hits_never_miss_a_place() -> None:
    """A concept that stands in a text is always announced by the first pass, and plain wordings stand where its pattern finds them."""
    for code in ("en", "ja"):
        known = vocabulary(code)
        for case in CASES:
            text = languages.get(code).fold(case[code]).text
            announced: dict[str, list[Wording | None]] = {}
            for literal in {hit[0] for hit in known.hits(text)}:
                for name, wording, beside in known.owners[literal]:
                    if all(any(known.literals[other] in text for other in group) for group in beside):
                        announced.setdefault(name, []).append(wording)
            for name in small_library.library({}).concepts[code]:
                places = known.places(name, text)
                wordings = announced.get(name, [])
                assert not places or wordings or name in known.always, (name, text)
                plain = [w for w in wordings if w is not None]
                if name not in known.always and len(plain) == len(wordings):
                    assert known.worded(name, text, plain) == places, (name, text)


# --- token patterns ------------------------------------------------------------------------------------------------
TOKENS = {"en": [[{"LOWER": "wet"}, {"LOWER": {"IN": ["fence", "gate"]}, "OP": "+"}]], "ja": [[{"ORTH": "柵"}]]}
TEXTS = {"en": ("Supplier shall sweep the wet fence.", "wet fence"), "ja": ("乙は、柵を掃かなければならない。", "柵")}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_token_pattern(language: str) -> None:
    pytest.importorskip("spacy", reason="token patterns need spaCy")
    if language == "ja":
        pytest.importorskip("sudachipy", reason="spaCy's Japanese tokenizer needs SudachiPy")
    library = small_library.library({})
    entries = {**library.concepts[language], "WET": ConceptEntry(tokens=TOKENS[language])}
    text, words = TEXTS[language]
    passages = Passages(parse_contract(text, language=language))
    seen = View(passages, Concepts(entries, languages.get(language)), library, SIDES, "buyer")
    (match,) = matches(seen, [("x.1", Find(all=["WET"]))], None, None)
    assert match.sentence.text[match.start : match.end] == words


def test_token_pattern_that_is_none() -> None:
    pytest.importorskip("spacy", reason="token patterns need spaCy")
    broken = Concepts({"X": ConceptEntry(tokens=[[{"LOWERS": "x"}]])}, languages.get("en"))
    with pytest.raises(LibraryError, match="not a spaCy token pattern"):
        broken.places("X", "x")


def test_spacy_is_loaded_for_token_patterns_only() -> None:
    code = """
import sys
from clausecheck.library import load_library
from clausecheck.literals import Wording
from clausecheck.pipeline import parse_contract, review
library = load_library()
assert not any(e.tokens for rows in library.concepts.values() for e in rows.values()), "the shipped library asks for spaCy"
for text, language in (("Supplier shall not use forced labour.", "en"), ("乙は、強制労働をさせてはならない。", "ja")):
    review(parse_contract(text, language=language), library)
assert "spacy" not in sys.modules and "sudachipy" not in sys.modules
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert run.returncode == 0, run.stderr[-2000:]
