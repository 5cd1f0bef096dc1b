"""Top-level clauses of real contracts split as printed: F1 against what readers listed. Skipped where the data is absent."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from clausecheck.model import ClauseKind, Level
from clausecheck.readers.text import text_document
from clausecheck.segment import split_clauses

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
NO_CLAUSE = re.compile(r"(?i)\W*(exhibit|schedule|annex|appendix|attachment|別紙|附則)")


def number(printed: str) -> str:
    """The comparable number: "第１２条（納入）" -> "12", "ARTICLE IV Term" -> "iv", "7A. Insurance" -> "7a"."""
    t = unicodedata.normalize("NFKC", printed).strip().lower()
    t = re.sub(r"^(?:article|section|clause)\s*", "", t)
    m = re.match(r"第?\s*([0-9]+)\s*条", t) or re.match(r"([0-9]+[a-h]?|[ivxlc]+)(?:\.0)?(?=[\s.):]|$)", t)
    return m[1] if m else t


def japanese() -> Iterator[tuple[list[str], str]]:
    wanted = {json.loads(line)["id"] for line in (DATA / "contracts_ja" / "provisions.jsonl").read_text("utf-8").splitlines()}
    for line in (DATA / "contracts_ja" / "labels.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        if gold["id"] in wanted:
            yield gold["clauses"], (DATA / "contracts_ja" / f"{gold['id']}.txt").read_text("utf-8")


def english() -> Iterator[tuple[list[str], str]]:
    with gzip.open(DATA / "cuad" / "contracts.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = {r["id"]: r["text"] for r in map(json.loads, file)}
    for line in (DATA / "provisions_en" / "labels.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        yield gold["clauses"], texts[gold["id"]]


@pytest.mark.skipif(not DATA.exists(), reason="the development data is not here")
@pytest.mark.parametrize(("language", "goal"), [("ja", 0.98), ("en", 0.95)])
def test_top_level_clauses_are_split_as_printed(language: str, goal: float) -> None:
    hits = listed = found = 0
    for clauses, text in japanese() if language == "ja" else english():
        want = Counter(number(c) for c in clauses if not NO_CLAUSE.match(c))
        tree = split_clauses(text_document(text, "contract.txt"), language)
        tops = [c for c in tree if c.level is Level.CLAUSE and c.kind in (ClauseKind.BODY, ClauseKind.DEFINITIONS) and c.number]
        got = Counter(number(c.number) for c in tops)
        hits += (want & got).total()
        listed += want.total()
        found += got.total()
    assert 2 * hits / (listed + found) >= goal
