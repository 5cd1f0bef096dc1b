"""The wording we suggest heals: put where we say, it makes a weak or missing provision present.

The drafts: each exemplar without the sentences of one element, under several names of the parties, and the weak and missing texts
beside the provisions. A failing case is wording (`suggest`, `exemplars`) or vocabulary to mend in clause_library/, not this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest

import clausecheck
from clausecheck import languages
from clausecheck.library import Library, load_library, load_tests
from clausecheck.model import Contract, Finding, Need, Result, Status
from clausecheck.place import put_names
from clausecheck.provision import LibraryTest, Provision, all_conditions

TEXTS_EACH = 2  # weak and missing texts beside a provision that are tried, of each language
# Texts whose own words must go, whatever is added: a second forum beside the first, a date to refuse beside another one.
TO_REWRITE = {("dispute_resolution", "across a border"), ("dispute_resolution", "not exclusive"), ("renewal_notice", "too early")}
IDS = [p.id for p in load_library().provisions if p.status == "stable"]

FIRST_CLAUSE = {
    "ja": "第1条（売買）\n{supplier}は、{buyer}に部品を売り渡す。",
    "en": "1. Sale\n{supplier} shall sell the components to {buyer}.",
}

JA_PREAMBLE = "甲野電機株式会社（以下「{buyer}」という。）と乙川素材株式会社（以下「{supplier}」という。）は、部品の売買について契約する。"
EN_PREAMBLE = 'This Agreement is made between Example Controls Ltd. ("{buyer}") and Sample Ceramics Co., Ltd. ("{supplier}").'

# How contracts call buyer and supplier, and the preamble that says so; without one they bear their customary names.
PARTIES = {
    "ja": [("", "甲", "乙"), (JA_PREAMBLE, "発注者", "受注者"), (JA_PREAMBLE, "買主", "売主")],
    "en": [("", "Buyer", "Supplier"), (EN_PREAMBLE, "Purchaser", "Vendor"), (EN_PREAMBLE, "the Customer", "the Seller")],
}


class Draft(NamedTuple):
    why: str
    text: str
    language: str
    side: str
    kind: str


def drafts(provision: Provision, language: str) -> Iterator[Draft]:
    yield from _without_an_element(provision, language)
    yield from _of_suggestions(provision, language)
    yield from _beside_the_provision(provision, language)


def _kind(provision: Provision) -> str:
    """Supply contracts, unless they need no such provision."""
    fitting = [t for t, need in provision.applies.items() if need != "not_applicable"]
    return "supply" if "supply" not in provision.applies or "supply" in fitting else fitting[0]


def _without_an_element(provision: Provision, language: str) -> Iterator[Draft]:
    exemplar = next(e for e in provision.exemplars if e.language == language)
    heading = languages.get(language).printed_heading(2, exemplar.heading)
    required = [e.id for e in provision.elements if e.need is not Need.RECOMMENDED and e.fact is None]
    for number, name in enumerate(required):
        preamble, buyer, supplier = PARTIES[language][number % len(PARTIES[language])]
        side = ("buyer", "either")[number % 2]
        whole = put_names(
            f"{preamble}\n{FIRST_CLAUSE[language]}\n{heading}\n{exemplar.text}".strip(), {"buyer": buyer, "supplier": supplier}
        )
        evidence = next(e for e in review(whole, language, side, _kind(provision), provision.id).elements if e.id == name).evidence
        text = whole
        for start, end in sorted({(e.start, e.end) for e in evidence}, reverse=True):
            text = text[:start] + text[end:]
        if text != whole:
            yield Draft(f"without {name}", text, language, side, _kind(provision))


def _of_suggestions(provision: Provision, language: str) -> Iterator[Draft]:
    """A clause of the suggested sentences alone, each time without one of them."""
    heading = languages.get(language).printed_heading(2, next(e for e in provision.exemplars if e.language == language).heading)
    wordings = {e.id: getattr(e.suggest, language).strip() for e in provision.elements if e.suggest and e.need is not Need.RECOMMENDED}
    for number, name in enumerate(wordings):
        preamble, buyer, supplier = PARTIES[language][-number % len(PARTIES[language])]
        lines = [wording for other, wording in wordings.items() if other != name]
        marked = [f"{f'({chr(96 + n)})' if language == 'en' else n} {line}" for n, line in enumerate(lines, 1)]
        text = put_names("\n".join([preamble, FIRST_CLAUSE[language], heading, *marked]).strip(), {"buyer": buyer, "supplier": supplier})
        yield Draft(f"suggestions without {name}", text, language, ("either", "buyer")[number % 2], _kind(provision))


def _beside_the_provision(provision: Provision, language: str) -> Iterator[Draft]:
    texts = [t for t in texts_of(provision.id) if t.language == language and not t.attach and t.status in (Status.WEAK, Status.MISSING)]
    for number, test in enumerate(_spread(texts)):
        yield Draft(test.name, test.text, language, test.side if test.side != "supplier" else ("buyer", "either")[number % 2], test.type)


def _spread(texts: list[LibraryTest]) -> list[LibraryTest]:
    """A few of them, from all over the file."""
    step = max(1, len(texts) // max(1, TEXTS_EACH))
    return texts[::step][:TEXTS_EACH]


@cache
def library() -> Library:
    return load_library()


@cache
def all_tests() -> dict[str, list[LibraryTest]]:
    return load_tests(library())


def texts_of(provision: str) -> list[LibraryTest]:
    return all_tests()[provision]


def contract_of(text: str, language: str) -> Contract:
    return clausecheck.parse_contract(text, name="draft", language=language)


def review(text: str, language: str, side: str, kind: str, provision: str) -> Finding:
    alone = replace(library(), provisions=_with_those_asked(provision))
    report = clausecheck.review(contract_of(text, language), alone, contract_type=kind, side=side)
    return next(f for f in report.findings if f.provision == provision)


@cache
def _with_those_asked(provision: str) -> tuple[Provision, ...]:
    """The provision and those that its conditions ask for: to look at no others saves nine tenths of the time."""
    asked = {provision} | {c.provision for c in all_conditions(library().provision(provision)) if c.provision}
    return tuple(p for p in library().provisions if p.id in asked)


def with_wording(draft: Draft, finding: Finding) -> str:
    """The draft with the suggested wording: at the end of the clause, or as a clause of its own."""
    suggestion = finding.suggestion
    assert suggestion is not None
    contract = contract_of(draft.text, draft.language)
    clause = next((c for c in contract.clauses if c.id == suggestion.clause_id), None)
    while clause and clause.parent and clause.level != "clause":
        clause = next(c for c in contract.clauses if c.id == clause.parent)
    if finding.status is Status.MISSING:
        count = sum(c.level == "clause" and bool(c.number) for c in contract.clauses)
        heading = languages.get(draft.language).printed_heading(max(count, 1) + 1, suggestion.heading)
        at = len(draft.text)
        first = "" if count else put_names(FIRST_CLAUSE[draft.language], languages.get(draft.language).customary_names)
        added = "\n".join(["", *filter(None, [first, heading]), *suggestion.lines])
    else:
        at = clause.end if clause else len(draft.text)
        marks = re.findall(r"(?m)^(?:\(([a-z])\)|(\d{1,2}))[ 　]", draft.text[clause.start if clause else 0 : at])
        added = "".join("\n" + _mark(marks, ahead) + line for ahead, line in enumerate(suggestion.lines, 1))
    return f"{draft.text[:at].rstrip()}{added}\n{draft.text[at:]}"


def _mark(marks: list[tuple[str, str]], ahead: int) -> str:
    """The mark of a paragraph that comes ``ahead`` places after the last one of the clause."""
    if not marks:
        return ""
    letter, digits = marks[-1]
    return f"({chr(ord(letter) + ahead)}) " if letter else f"{int(digits) + ahead} "


def unhealed(provision: Provision, draft: Draft) -> str:
    """What the suggested wording leaves wanting; empty where it heals."""
    before = review(draft.text, draft.language, draft.side, draft.kind, provision.id)
    if before.status not in (Status.WEAK, Status.MISSING) or before.suggestion is None:
        return ""
    after = review(with_wording(draft, before), draft.language, draft.side, draft.kind, provision.id)
    lacked = {e.id for e in before.elements if e.result is not Result.SATISFIED and e.need is not Need.RECOMMENDED and e.needed}
    left = [f"{e.id} {e.result.value}" for e in after.elements if e.id in lacked and e.result is not Result.SATISFIED]
    spoiled = any(f.effect in ("degrade", "conflict") for f in before.red_flags)  # words must be taken out too
    return "" if after.status is Status.PRESENT or (spoiled and not left) else f"{before.status} -> {after.status}: {left}"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", IDS)
def test_suggested_wording_heals(name: str, language: str) -> None:
    provision = library().provision(name)
    tried = [draft for draft in drafts(provision, language) if (name, draft.why) not in TO_REWRITE]
    assert tried
    left = {draft.why: problem for draft in tried if (problem := unhealed(provision, draft))}
    assert not left


def test_wording_names_no_clause_number_and_no_day() -> None:
    """They would be those of another contract."""
    for provision in library().provisions:
        wordings = [(code, getattr(e.suggest, code)) for e in provision.elements if e.suggest for code in ("ja", "en")]
        for code, text in [*wordings, *((e.language, e.text) for e in provision.exemplars)]:
            language = languages.get(code)
            folded = language.fold(text).text
            assert not [r for r in language.references(folded) if not r.relative and any(r.numbers)], (provision.id, text)
            assert not language.dates(folded), (provision.id, text)


REPLACED = {p.id: [f for f in p.red_flags if f.instead] for p in load_library().provisions if any(f.instead for f in p.red_flags)}


@pytest.mark.parametrize("provision", REPLACED)
def test_a_sentence_offered_in_the_place_of_another_takes_the_flag_away(provision: str) -> None:
    """In every text beside the provision that raises such a flag, in both languages."""
    library, wanted = load_library(), {f.id for f in REPLACED[provision]}
    tried = 0
    for test in load_tests(library)[provision]:
        if not wanted & set(test.flags):
            continue
        contract = clausecheck.parse_contract(test.text, language=test.language)
        before = _judged(contract, library, test, provision)
        for flag in before.red_flags:
            if flag.instead is None:
                continue
            at = flag.evidence[0]
            text = contract.text[: at.start] + flag.instead.text + contract.text[at.end :]
            after = _judged(clausecheck.parse_contract(text, language=test.language), library, test, provision)
            still = [e.quote for f in after.red_flags if f.id == flag.id for e in f.evidence]
            assert not [quote for quote in still if flag.instead.text in quote], test.name
            held = {e.id for e in before.elements if any(x.start < at.end and at.start < x.end for x in e.evidence)}
            kept = {name.removeprefix(f"{provision}.") for name in flag.instead.keeps} & held
            if {f"{provision}.{name}" for name in held} <= flag.instead.keeps:  # nothing that counted goes with it
                assert all(e.result is Result.SATISFIED for e in after.elements if e.id in kept), test.name
            tried += 1
    assert tried or not any(wanted & set(t.flags) for t in load_tests(library)[provision])


def _judged(contract: Contract, library: Library, test: LibraryTest, provision: str) -> Finding:
    report = clausecheck.review(contract, library, side=test.side, contract_type=test.type)
    return next(f for f in report.findings if f.provision == provision)
