"""The clause tree of short drafts, one trap each; and what holds for every tree."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from clausecheck.model import Block, BlockKind, Clause, Contract, Document
from clausecheck.readers.text import text_document
from clausecheck.segment import all_own_spans, detect_language, own_text_spans, parse, split_clauses

HERE = Path(__file__).parent


def _cases() -> list[Any]:
    out = []
    for language in ("ja", "en"):
        for case in YAML(typ="safe", pure=True).load(HERE / f"cases_{language}.yaml"):
            out.append(pytest.param(language, case["text"], case["outline"], id=f"{language}: {case['why']}"))
    return out


def outline(clauses: tuple[Clause, ...]) -> str:
    depth: dict[str | None, int] = {None: -1}
    lines = []
    for c in clauses:
        depth[c.id] = depth[c.parent] + 1
        parts = " ".join(p for p in (c.level.value, c.kind.value, c.number) if p)
        line = f"{parts} | {c.heading} | {c.citation}{' deleted' if c.deleted else ''}"
        lines.append("  " * depth[c.id] + " ".join(line.split()))
    return "\n".join(lines)


def check_tree(document: Document, clauses: tuple[Clause, ...]) -> None:
    """Top-level nodes cover the document without gaps; children lie inside their parents, in order."""
    tops = [c for c in clauses if c.parent is None]
    assert tops[0].start == document.blocks[0].start
    assert tops[-1].end == document.blocks[-1].end
    assert all(a.end == b.start for a, b in pairwise(tops))
    by_id = {c.id: c for c in clauses}
    last: dict[str | None, Clause] = {}
    for i, c in enumerate(clauses, 1):
        assert c.id == f"c{i}"
        assert c.start <= c.body_start <= c.end
        if c.parent is not None:
            p = by_id[c.parent]
            assert p.start <= c.start and c.end <= p.end
        if c.parent in last:
            assert last[c.parent].end <= c.start
        last[c.parent] = c


@pytest.mark.parametrize(("language", "text", "expected"), _cases())
def test_outline(language: str, text: str, expected: str) -> None:
    document = text_document(text, "draft.txt")
    clauses = split_clauses(document, language)
    assert outline(clauses) == "\n".join(line.rstrip() for line in expected.rstrip().splitlines())
    check_tree(document, clauses)
    assert detect_language(text) == language


_PIECES = st.sampled_from(
    [
        *("第1条（目的）", "第2条　甲は、", "2　乙は", "(1) 品名", "①", "別紙1", "附則", "目次"),
        *("以上", "（検収）", "第3章", "＜解説＞", "# 見出し", "本文である。", "\u3000", "。"),
        *("1. DEFINITIONS", "1.1 The", "2.", "(a)", "(i)", "ARTICLE IV", "Section 2.03 Price.", "EXHIBIT A"),
        *("TABLE OF CONTENTS", "[Note to draft: x]", "WHEREAS", "IN WITNESS WHEREOF", "IV.", "A.", "[Reserved]"),
        *("text and more text.", "30 days", "\n", "\n\n", "  ", " "),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60), st.sampled_from(["ja", "en"]))
def test_every_tree_nests_and_covers(pieces: list[str], language: str) -> None:
    text = "".join(pieces)
    if not text.strip():
        return
    document = text_document(text, "draft.txt")
    clauses = split_clauses(document, language)
    check_tree(document, clauses)
    contract = Contract(document, language, clauses)
    spans = sorted(span for own in all_own_spans(contract).values() for span in own)
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), "own texts of two clauses overlap"


def test_own_text_leaves_out_children_and_page_furniture() -> None:
    text = "1. Price\nBuyer pays.\nPage 3\nIn full.\n1.1 Taxes are extra.\n2. Term\nOne year.\n"
    blocks = []
    at = 0
    for line in text.splitlines():
        blocks.append(Block(at, at + len(line), BlockKind.HEADER if line == "Page 3" else BlockKind.LINE))
        at += len(line) + 1
    contract = parse(Document("d.txt", "txt", "", text, tuple(blocks)))
    first = contract.clauses[0]
    assert [text[a:b].strip() for a, b in own_text_spans(contract, first)] == ["Buyer pays.", "In full."]


def test_a_heading_above_a_footer_is_a_heading() -> None:
    """Its text begins on the next page; the small letters of the footer do not make it the beginning of a sentence."""
    text = "1. Price\nThe price is fixed.\n2. Change in Law\nfrom draft.html 5/9\n2.1 A party may ask for talks.\n3. Law\nUtopia."
    blocks = []
    at = 0
    for line in text.splitlines():
        blocks.append(Block(at, at + len(line), BlockKind.HEADER if line.startswith("from") else BlockKind.LINE))
        at += len(line) + 1
    clauses = split_clauses(Document("d.pdf", "pdf", "", text, tuple(blocks)), "en")
    assert [c.heading for c in clauses if c.parent is None] == ["Price", "Change in Law", "Law"]


def test_own_text_leaves_out_the_sign_of_the_next_heading() -> None:
    text = "## 第1条（目的）\n甲は委託する。\n\n## 第2条（期間）\n期間は1年とする。\n**\n"
    contract = parse(text_document(text, "d.txt"))
    assert [text[a:b].strip() for c in contract.clauses for a, b in own_text_spans(contract, c)][-2:] == [
        "甲は委託する。",
        "期間は1年とする。",
    ]


def test_automatic_word_numbers_are_clauses() -> None:
    paragraphs = [
        ("第1条", "目的", 0),
        ("", "甲は乙に委託する。", None),
        ("第2条", "期間", 0),
        ("1.", "期間は1年とする。", 1),
        ("2.", "更新する。", 1),
    ]
    text = ""
    blocks = []
    for label, body, level in paragraphs:
        line = f"{label} {body}".strip()
        blocks.append(Block(len(text), len(text) + len(line), BlockKind.PARAGRAPH, label=label, level=level))
        text += line + "\n"
    clauses = split_clauses(Document("d.docx", "docx", "", text, tuple(blocks)), "ja")
    assert [(c.number, c.heading, c.citation) for c in clauses] == [
        ("第1条", "目的", "第1条"),
        ("第2条", "期間", "第2条"),
        ("1", "", "第2条第1項"),
        ("2", "", "第2条第2項"),
    ]


def test_text_without_any_clause_is_body_with_a_warning() -> None:
    contract = parse(text_document("Seller shall deliver the goods and Buyer shall pay for them.\n", "note.txt"))
    assert [c.kind.value for c in contract.clauses] == ["body"]
    assert [w.code for w in contract.warnings] == ["no_clauses"]


def test_a_million_tiny_lines_stay_linear() -> None:
    import time

    def seconds(lines: int) -> float:
        text = "".join(f"{n % 9 + 1}.\n(a)\n" for n in range(lines // 2))
        at = 0
        blocks = []
        for line in text.splitlines():
            blocks.append(Block(at, at + len(line), BlockKind.LINE))
            at += len(line) + 1
        document = Document("d.txt", "txt", "", text, tuple(blocks))
        started = time.process_time()
        split_clauses(document, "en")
        return time.process_time() - started

    small, large = seconds(5_000), seconds(40_000)
    assert large < small * 8 * 3 + 0.5
