"""Number marks at the start of a line, references in text, and citations, in both languages."""

from __future__ import annotations

import pytest

from clausecheck.languages.en import numbering as en
from clausecheck.languages.ja import numbering as ja


@pytest.mark.parametrize(
    ("line", "printed", "value", "heading"),
    [
        ("第5条（検収）", "第5条", (5,), "検収"),
        ("第５条(検収)", "第５条", (5,), "検収"),
        ("## 第 5 条（検収）", "第 5 条", (5,), "検収"),
        ("第5条 検収", "第5条", (5,), "検収"),
        ("第十二条　甲は、乙に通知する。", "第十二条", (12,), ""),
        ("第19条の2（保証）", "第19条の2", (19, 2), "保証"),
        ("3条（納入）", "3条", (3,), "納入"),
        ("第19条（検収**", "第19条", (19,), "検収"),
        ("第5条（検収）※要確認", "第5条", (5,), "検収"),
        ("第8条（秘密情報（個人情報を含む。）の取扱い）", "第8条", (8,), "秘密情報（個人情報を含む。）の取扱い"),
        ("第2章　体制", "第2章", (2,), "体制"),
        ("1. 定義:", "1", (1,), "定義"),
        ("1（成立）", "1", (1,), "成立"),
        ("２　前項の通知は、書面による。", "２", (2,), ""),
        ("①　天災", "①", (1,), ""),
        ("（３）その他", "（３）", (3,), ""),
        ("Article 3 (Restriction)", "Article 3", (3,), "Restriction"),
    ],
)
def test_japanese_marks(line: str, printed: str, value: tuple[int, ...], heading: str) -> None:
    mark = ja.number_mark(line)
    assert mark is not None
    assert (mark.printed, mark.value, mark.heading) == (printed, value, heading)


@pytest.mark.parametrize(
    "line",
    [
        "第14条（損害賠償）、第15条（管轄）の規定は、終了後も有効に存続する。",
        "第４条に規定した料率は、改訂できる。",
        "第4条及び第5条は準用しない。",
        "第3条第2項の通知は、書面による。",
        "第10条から第12条までの規定",
        "2026年4月1日から施行する。",
        "30日以内に支払う。",
        "10,000円を支払う。",
        "3か月前までに通知する。",
        "1.5倍とする。",
    ],
)
def test_japanese_lines_that_are_no_headings(line: str) -> None:
    assert ja.number_mark(line) is None


@pytest.mark.parametrize(
    ("line", "printed", "value", "heading"),
    [
        ("12. TERM AND TERMINATION", "12", (12,), "TERM AND TERMINATION"),
        ("12. Term. This Agreement lasts one year and may be renewed by the parties.", "12", (12,), "Term"),
        ("2 Quality and Food Safety", "2", (2,), "Quality and Food Safety"),
        ("12.3 The Supplier shall deliver.", "12.3", (12, 3), ""),
        ("12.3 the Supplier shall deliver.", "12.3", (12, 3), ""),
        ("7A. Insurance", "7A", (7, 1), "Insurance"),
        ("ARTICLE IV - SUPPLY", "ARTICLE IV", (4,), "SUPPLY"),
        ("Article Four. Supply", "Article Four", (4,), "Supply"),
        ("Section 2.03 Price. Buyer shall pay the price that the order states, in full.", "Section 2.03", (2, 3), "Price"),
        ("# 3. Price", "3", (3,), "Price"),
        ("7. FORCE MAJEURE The occurrence of an event excuses the party that it hits, for its time.", "7", (7,), "FORCE MAJEURE"),
        ("IV. SUPPLY", "IV", (4,), "SUPPLY"),
        ("(a) goods;", "(a)", (1,), ""),
        ("(iii) nuts", "(iii)", (3,), ""),
        ("16 U.S. Duties. The Supplier shall pay the duties that fall due in any port.", "16", (16,), "U.S. Duties"),
    ],
)
def test_english_marks(line: str, printed: str, value: tuple[int, ...], heading: str) -> None:
    mark = en.number_mark(line)
    assert mark is not None
    assert (mark.printed, mark.value) == (printed, value)
    if heading:
        assert mark.heading == heading


def test_a_party_in_capitals_is_no_heading() -> None:
    mark = en.number_mark("B. MAKER shall pay the price of all goods that it has ordered. It pays in full and in time, each month.")
    assert mark is not None and mark.heading == "" and mark.heading_end == mark.end


@pytest.mark.parametrize(
    "line",
    [
        "Section 5 of the order applies.",
        "Section 9.2 shall survive.",
        "2019 was a good year.",
        "30 days after receipt",
        "12 January 2026",
        "5.5 percent",
        "text",
    ],
)
def test_english_lines_that_are_no_headings(line: str) -> None:
    assert en.number_mark(line) is None


@pytest.mark.parametrize(
    ("text", "numbers", "relative"),
    [
        ("第12条第2項の規定", ("12(2)",), ""),
        ("第12条第2項第3号", ("12(2)(3)",), ""),
        ("第19条の2", ("19-2",), ""),
        ("第8条から第10条までの規定", ("8", "9", "10"), ""),
        ("第12条ないし第14条", ("12", "13", "14"), ""),
        ("第12条、第14条及び第17条", ("12", "14", "17"), ""),
        ("第14条（損害賠償）、第15条（管轄）の規定", ("14", "15"), ""),
        ("第十二条", ("12",), ""),
        ("前条の規定", (), "previous_clause"),
        ("前項の場合", (), "previous_paragraph"),
        ("前２項の規定", ("2",), "previous_paragraph"),
        ("前各項の規定", ("",), "previous_paragraph"),
        ("本条は", (), "this_clause"),
        ("次条に定める", (), "next_clause"),
    ],
)
def test_japanese_references(text: str, numbers: tuple[str, ...], relative: str) -> None:
    found = ja.references(text)
    assert [(r.numbers, r.relative) for r in found] == [(numbers, relative)]


@pytest.mark.parametrize(
    ("text", "numbers", "relative"),
    [
        ("as set out in section 9(b) above", ("9(b)",), ""),
        ("Section 9(b)(ii)", ("9(b)(ii)",), ""),
        ("sections 8, 21 (force majeure) and 25 survive", ("8", "21", "25"), ""),
        ("articles iv and v", ("iv", "v"), ""),
        ("sections 10 through 12", ("10", "11", "12"), ""),
        ("sections 3.1, 3.2 and 4.5(a) shall", ("3.1", "3.2", "4.5(a)"), ""),
        ("sections 1.4 and 6.1 through 6.4", ("1.4", "6.1", "6.2", "6.3", "6.4"), ""),
        ("sections 6.9 through 7.2", ("6.9", "7.2"), ""),
        ("clause 12.3", ("12.3",), ""),
        ("section 3 and section 5", ("3", "5"), ""),
        ("this section", (), "this_clause"),
        ("the preceding section", (), "previous_clause"),
        ("the preceding paragraph", (), "previous_paragraph"),
        ("the following section", (), "next_clause"),
    ],
)
def test_english_references(text: str, numbers: tuple[str, ...], relative: str) -> None:
    found = en.references(text)
    assert [(r.numbers, r.relative) for r in found] == [(numbers, relative)]
    assert all(text[r.start : r.end].strip() for r in found)


def test_text_without_references_has_none() -> None:
    assert en.references("the buyer shall pay 30 days after receipt") == []
    assert ja.references("甲は乙に30日以内に支払う。") == []


@pytest.mark.parametrize(
    ("text", "ends_with"),
    [
        ("NOW, THEREFORE, Alpha Inc. and Beta Ltd. agree as follows: 1. Term. One year.", "as follows:"),
        ("NOW THEREFORE, on the terms set out as follows. 1. Term. One year. 2. Law. Utopia.", "as follows."),
        ("NOW, THEREFORE\nthe parties agree as follows:\n1. Term", "as follows:"),
        ("NOW, THEREFORE, in consideration of the\npromises made herein, as set out as follows.\n1. Term. One year.", "as follows."),
        ("The parties agree as follows: " + "1. Term. One year. " * 60 + "They agree on the following: x.", "agree as follows:"),
    ],
    ids=[
        "companies with a full stop",
        "clauses run in on the same line",
        "over two lines",
        "a wrapped line",
        "what is agreed further below opens nothing",
    ],
)
def test_the_words_that_open_an_english_text_end_before_its_clauses(text: str, ends_with: str) -> None:
    end = en.opening_end(text, 0, len(text))
    assert end is not None and text[:end].endswith(ends_with) and "One year" not in text[:end]
