"""How long a contract binds: whole invented contracts (term_cases.yaml), the recognisers' guards, and calendar arithmetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from clausecheck.languages import get, periods
from clausecheck.languages.base import Duration, Unit
from clausecheck.languages.periods import Said, Topic
from clausecheck.model import Result
from clausecheck.parties import find_parties
from clausecheck.passages import Passages
from clausecheck.readers import read_text
from clausecheck.segment import parse
from clausecheck.term import TermFacts, add_duration, add_months, read_term

CASES = YAML(typ="safe", pure=True).load(Path(__file__).with_name("term_cases.yaml").read_text(encoding="utf-8"))
LOOKALIKES = YAML(typ="safe", pure=True).load(Path(__file__).with_name("term_lookalikes.yaml").read_text(encoding="utf-8"))

HEAD = {
    "ja": "取引基本契約書\n　甲野製作所株式会社（以下「甲」という。）と乙川商事株式会社（以下「乙」という。）とは、"
    "次のとおり契約を締結する。\n"
    "第1条（目的）\n　甲は乙に製品を発注し、乙はこれを甲に納入する。\n第2条（契約期間）\n　",
    "en": 'SUPPLY AGREEMENT\n\nThis Supply Agreement is made between Example Trading Inc. ("Buyer") and Sample Parts Ltd. ("Supplier").\n\n'
    "1. Supply. Supplier shall supply the Products to Buyer.\n\n2. Term. ",
}
FLAGS = (
    "auto_renewal",
    "renews",
    "indefinite",
    "renewal_longer_than_initial",
    "no_optout",
    "one_sided_renewal",
    "rolling_lock",
    "exit_fee",
    "conflicting_periods",
    "min_purchase_full_term",
    "lock_in_unlimited",
)


def passages(text: str) -> Passages:
    return Passages(parse(read_text(text, "case")))


def facts(text: str, side: str = "buyer") -> TermFacts:
    view = passages(text)
    return read_term(view, our_side=side, parties=find_parties(view))


def each() -> Iterator[Any]:
    for case in CASES:
        for language in ("ja", "en"):
            if language in case:
                head = case.get(f"head_{language}")
                start = HEAD[language] if head is None else head + "\n\n2. Term. "
                yield pytest.param(case, start + case[language] + "\n", id=f"{case['id']}-{language}")


@pytest.mark.parametrize(("case", "text"), list(each()))
def test_contract(case: dict[str, Any], text: str) -> None:
    found = facts(text)
    for name, value in case.get("term", {}).items():
        assert getattr(found.term, name) == value, (name, case["why"])
    results = {k: str(v.result) for k, v in found.facts.items() if k.startswith("term_")}
    if "elements" in case:
        assert {k: v for k, v in results.items() if v != "absent"} == case["elements"], case["why"]
    for name, value in case.get("elements_some", {}).items():
        assert results[name] == value, (name, case["why"])
    raised = [f for f in FLAGS if found.facts[f].value]
    if "flags" in case:
        assert sorted(raised) == sorted(case["flags"]), case["why"]
    assert set(case.get("flags_some", ())) <= set(raised), case["why"]
    for name, codes in case.get("reasons", {}).items():
        assert set(codes) <= set(found.facts[name].reasons), (name, case["why"])
    if "arithmetic" in case:
        assert list(found.term.arithmetic) == case["arithmetic"]
    for evidence in [*found.term.evidence, *(e for f in found.facts.values() for e in f.evidence)]:
        assert text[evidence.start : evidence.end] == evidence.quote  # quotes are verbatim at their place


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, texts in LOOKALIKES.items() for text in texts])
def test_times_of_other_things_give_nothing(language: str, text: str) -> None:
    heading = {"ja": "第2条（一般）\n　", "en": "2. General. "}[language]
    term = facts(HEAD[language][: HEAD[language].index("第2条" if language == "ja" else "2. Term")] + heading + text + "\n").term
    assert (term.initial_months, term.end, term.renewal_months, term.optout_days, term.exit_notice_days) == (None, None, None, None, None)
    assert not term.indefinite and not term.auto_renewal


def test_a_missing_term_is_absent_everywhere() -> None:
    found = facts("SUPPLY AGREEMENT\n\n1. Supply. Supplier shall supply the Products to Buyer.\n\n2. Price. Buyer pays within 30 days.\n")
    assert {f.result for name, f in found.facts.items() if name.startswith("term_")} == {Result.ABSENT}


def test_either_side_judges_nothing_one_sided() -> None:
    text = HEAD["en"] + (
        "The term of this Agreement is one year from April 1, 2026 and shall renew automatically for one-year periods "
        "unless Supplier gives thirty days' notice of non-renewal before expiry.\n"
    )
    assert facts(text, "supplier").facts["one_sided_renewal"].value is False
    assert facts(text, "either").facts["one_sided_renewal"].value is False
    assert facts(text, "buyer").facts["one_sided_renewal"].value is True


class _Found:
    def __init__(self, language: str, text: str) -> None:
        self.durations = get(language).durations(text)
        self.dates = get(language).dates(text)


def read(language: str, text: str, under: bool = False) -> list[Said]:
    folded = get(language).fold(text).text
    words = periods.get(language)
    (kinds,) = words.kinds(words.signs([folded])[0], [(0, len(folded))])
    return words.read(folded, _Found(language, folded), kinds, under_heading=under, labels=("buyer", "supplier", "甲", "乙"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The warranty period is two years from delivery."),
        ("en", "The obligations of this Section shall survive the termination of this Agreement for a period of three years."),
        ("en", "During the term of this Agreement, Buyer shall order one year in advance."),
        ("en", "Upon expiration of this Agreement, Supplier shall keep spare parts for ten years."),
        ("en", "If the breach is not cured within thirty days, this Agreement may be terminated."),
        ("en", "The license term is five years."),
        ("en", "In the short term, deliveries take two months."),
        ("en", "The parties keep the terms of this Agreement confidential for five years."),
        ("ja", "秘密保持期間は、本契約終了後3年間とする。"),
        ("ja", "保証期間は、検収後1年間とする。"),
        ("ja", "個別契約の有効期間は、発注から6か月とする。"),
        ("ja", "乙は、本契約の有効期間中、毎月報告する。"),
        ("ja", "乙は、本契約終了後10年間、補修用部品を供給する。"),
        ("ja", "相当の期間を定めて催告し、30日の猶予期間を置く。"),
    ],
)
def test_periods_of_other_things_are_no_term(language: str, text: str) -> None:
    assert [s for s in read(language, text) if s.topic is Topic.END] == []


@pytest.mark.parametrize(
    ("language", "text", "form", "months"),
    [
        (
            "en",
            "This Agreement shall be automatically renewed for successive one (1) year periods unless either party gives notice.",
            "auto",
            12,
        ),
        (
            "en",
            "Thereafter this Agreement shall continue from month to month until terminated by either party on thirty days' notice.",
            "auto",
            1,
        ),
        ("en", "Unless either party objects in writing, this Agreement shall be extended for another two years.", "auto", 24),
        ("en", "Buyer shall have the option to renew this Agreement for an additional term of two years.", "option", 24),
        ("en", "This Agreement may be extended by mutual written agreement of the parties.", "agreement", None),
        ("en", "This Agreement shall not be automatically renewed.", "none", None),
        ("ja", "期間満了の1か月前までに双方に異議がない場合、本契約は同一条件で1年間自動更新される。", "auto", 12),
        ("ja", "本契約は、甲乙協議のうえ、1年間更新することができる。", "agreement", 12),
        ("ja", "本契約は、更新しないものとする。", "none", None),
    ],
)
def test_renewals(language: str, text: str, form: str, months: float | None) -> None:
    said = [s for s in read(language, text, under=True) if s.topic is Topic.RENEWAL]
    assert [(s.form, s.months) for s in said] == [(form, months)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Supplier shall use its best efforts to extend the shelf life of the Products."),
        ("en", "The cure period may be extended by thirty days."),
        ("en", "The insurance policy shall be renewed each year."),
        ("en", "Nothing in this Agreement is affected by any expiration or non-renewal."),
        ("ja", "乙は、システムの保守点検又は更新を行うことができる。"),
        ("ja", "納期は、甲の承諾を得て延長することができる。"),
    ],
)
def test_other_things_that_are_renewed(language: str, text: str) -> None:
    assert [s for s in read(language, text) if s.topic is Topic.RENEWAL] == []


@pytest.mark.parametrize(
    ("language", "text", "days", "holder"),
    [
        ("en", "Either party may terminate this Agreement without cause upon sixty days' prior written notice.", 60, "mutual"),
        ("en", "This Agreement may be terminated by Buyer at any time for any reason on 3 months' notice.", 90, "buyer"),
        ("en", "Supplier or Buyer may terminate this Agreement for convenience with thirty days written notice.", 30, "mutual"),
        ("ja", "甲及び乙は、3か月前までに相手方に書面で通知することにより、いつでも本契約を解約することができる。", 90, "mutual"),
        ("ja", "甲は、理由の如何を問わず、60日前の予告により本契約を解約できる。", 60, "甲"),
    ],
)
def test_exits(language: str, text: str, days: float, holder: str) -> None:
    assert [(s.days, s.holder) for s in read(language, text) if s.topic is Topic.EXIT] == [(days, holder)]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),  # clipped to the month's end
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 3, 31), -1, dt.date(2026, 2, 28)),
        (dt.date(2026, 4, 1), 0.5, dt.date(2026, 4, 16)),
        (dt.date(9990, 1, 1), 1200, None),  # outside the calendar
    ],
)
def test_add_months(start: dt.date, months: float, end: dt.date | None) -> None:
    assert add_months(start, months) == end


def test_add_duration() -> None:
    day = dt.date(2026, 4, 1)
    assert add_duration(day, Duration(0, 1, 2, Unit.YEAR)) == dt.date(2028, 4, 1)
    assert add_duration(day, Duration(0, 1, 45, Unit.DAY), -1) == dt.date(2026, 2, 15)
    assert add_duration(day, Duration(0, 1, None, Unit.YEAR)) is None
    assert add_duration(day, Duration(0, 1, 1e9, Unit.DAY)) is None


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("This Agreement is renewed automatically for one-year terms unless a party gives thirty days' notice.", "auto_renewal"),
        ("Buyer may extend the term of this Agreement for one further year by written notice.", "renewal_by_option"),
        ("The term of this Agreement may be extended by written agreement of both parties.", "renewal_by_agreement"),
        ("This Agreement shall not be renewed automatically.", "renewal_excluded"),
    ],
)
def test_ways_of_renewal_are_facts_that_exclude_each_other(sentence: str, fact: str) -> None:
    found = facts(HEAD["en"] + "The term of this Agreement is two years from April 1, 2026. " + sentence + "\n").facts
    ways = ("auto_renewal", "renewal_by_option", "renewal_by_agreement", "renewal_excluded")
    assert [way for way in ways if found[way].value] == [fact]
