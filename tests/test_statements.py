"""How an act is put (modality, negation, holder, condition, carve-out) and what a sentence is for: the tables of statements_*.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from clausecheck import languages
from clausecheck.languages.base import Statement

TABLES = {
    code: YAML(typ="safe", pure=True).load((Path(__file__).parent / f"statements_{code}.yaml").read_text(encoding="utf-8"))
    for code in ("en", "ja")
}


def cases(part: str) -> list[Any]:
    """Every row; one that says ``expect_fail`` is a known gap, and must fail as long as it is there."""
    marked = {True: [pytest.mark.xfail(reason="a known gap", strict=True)], False: []}
    return [
        pytest.param(code, case, id=f"{code}::{case['why']}", marks=marked[bool(case.get("expect_fail"))])
        for code, table in TABLES.items()
        for case in table[part]
    ]


def said(statement: Statement) -> str:
    return " ".join(
        [
            statement.modality.value,
            *(["not"] if statement.negated else []),
            *(["sub"] if statement.subordinate else []),
            *(["out"] if statement.excluded else []),
            *(["if allowed"] if statement.on_consent else []),
        ]
    )


@pytest.mark.parametrize(("code", "case"), cases("statements"))
def test_statement(code: str, case: dict[str, Any]) -> None:
    language = languages.get(code)
    before, act, _after = (language.fold(part).text for part in case["text"].replace("]", "[").split("["))
    sentence = language.fold(case["text"].replace("[", "").replace("]", "")).text
    start = sentence.index(act, max(0, len(before) - 2))
    statement = language.statement(sentence, start, start + len(act), case.get("labels", ()))
    assert said(statement) == case["say"]
    if "who" in case:
        assert statement.holder.removeprefix("the ") == case["who"].removeprefix("the ")
    assert statement.mutual == case.get("both", False)


@pytest.mark.parametrize(("code", "case"), cases("passages"))
def test_passage(code: str, case: dict[str, Any]) -> None:
    language = languages.get(code)
    assert language.passage(language.fold(case["text"]).text) == case["is"]


@pytest.mark.parametrize("code", ["en", "ja"])
def test_the_table_is_a_table(code: str) -> None:
    table = TABLES[code]
    rows = table["statements"] + table["passages"]
    assert len(rows) >= 60 and all(row["why"] for row in rows)
    for part in ("statements", "passages"):
        whys = [row["why"] for row in table[part]]
        assert len(set(whys)) == len(whys)


@pytest.mark.parametrize(
    ("code", "term", "matches", "others"),
    [
        ("en", "terminate~", "terminates terminated terminating termination terminations", "terminal determinate"),
        ("en", "notify~", "notify notifies notified notifying notification", "notice"),
        ("en", "breach~", "breach breaches breached breaching", "breachable"),
        ("en", "stop~", "stop stops stopped stopping", "stoppable"),
        ("en", "cancel~", "cancel cancels canceled cancelled cancellation", "cancer"),
        ("en", "(use|employ)~", "use uses used using employ employed employment", "user"),
        ("en", "give~ back", "gives,back gave,back", "give,it,back"),
        ("en", "give~ ‥back", "give,it,back", "giveaway"),
        ("ja", "免れる~", "免れ 免れる 免れた 免れない", "免除"),
        ("ja", "負う~", "負う 負い 負わない 負った", "負担"),
        ("ja", "解除する~", "解除する 解除し 解除でき 解除の", "解約"),
        ("ja", "損害‥賠償", "損害賠償 損害を賠償 損害の一切を賠償", "損害 賠償損害"),
        ("ja", "書き込む~", "書き込む 書き込み 書き込んだ", "書き込し"),
    ],
)
def test_terms(code: str, term: str, matches: str, others: str) -> None:
    """The vocabulary's own notation: inflection, choice and gaps."""
    import re2

    pattern = re2.compile(languages.get(code).compile_term(term))
    for text in matches.split():
        assert pattern.fullmatch(text.replace(",", " ")) or (code == "ja" and pattern.match(text)), text
    for text in others.split():
        assert not pattern.search(text.replace(",", " ")), text


@pytest.mark.parametrize(("code", "term"), [("en", "Terminate"), ("en", "(a ~"), ("ja", "解除~"), ("ja", "契約 解除"), ("ja", "~")])
def test_terms_that_are_none(code: str, term: str) -> None:
    with pytest.raises(ValueError, match=r"write|must follow"):
        languages.get(code).compile_term(term)


@pytest.mark.parametrize(
    ("code", "sentence", "opens"),
    [
        ("en", "supplier shall:", True),
        ("en", "supplier shall do the following", True),
        ("en", "supplier shall deliver the goods.", False),
        ("ja", "乙は、次の各号に掲げる事項を行う。", True),
        ("ja", "乙は、以下の事項を守る:", True),
        ("ja", "乙は、商品を納入する。", False),
    ],
)
def test_openings_of_lists(code: str, sentence: str, opens: bool) -> None:
    assert languages.get(code).leads_list(sentence) is opens


@pytest.mark.parametrize(
    ("code", "sentence", "terms"),
    [
        ("en", '"goods" means the things in annex 1.', ["goods"]),
        ("en", "supplier shall deliver the goods.", []),
        ("ja", "「商品」とは、別紙に定める物をいう。", ["商品"]),
        ("ja", "甲野電機株式会社(以下「甲」という。)は、商品を購入する。", ["甲"]),
        ("ja", "乙は、「至急」と記載する。", []),
    ],
)
def test_defined_terms(code: str, sentence: str, terms: list[str]) -> None:
    assert languages.get(code).defined_terms(sentence) == terms
