"""Hand-made reports for the tests of the report and the command line; every text is invented."""

from __future__ import annotations

import datetime as dt

from clausecheck.coverage import coverage_of
from clausecheck.model import (
    Block,
    BlockKind,
    Clause,
    ClauseKind,
    Contract,
    ContractWarning,
    Document,
    ElementResult,
    Evidence,
    Finding,
    FlagResult,
    Level,
    LibraryInfo,
    Need,
    Party,
    Reason,
    Result,
    Searched,
    Severity,
    Status,
    Suggestion,
    Term,
    Text,
)
from clausecheck.report import ReviewReport

TEXTS = {
    "en": (
        "SUPPLY AGREEMENT\n"
        'This Agreement is made between Example Parts Ltd. ("Supplier") and Sample Motors Inc. ("Buyer").\n'
        "WHEREAS the parties respect human rights;\n"
        "1. Term\n"
        "This Agreement starts on 1 April 2026 and lasts for one year.\n"
        "2. Force Majeure\n"
        "2.1 Supplier shall not be liable for any failure caused by war, and the Buyer shall make reasonable efforts to "
        "bear with it for as long as the failure lasts, provided that the Supplier has told the Buyer of it in writing.\n"
    ),
    "ja": (
        "取引基本契約書\n"
        "甲野製作所株式会社（以下「甲」という。）と乙川部品株式会社（以下「乙」という。）は、次のとおり契約する。\n"
        "人権を尊重する理念に鑑み、本契約を締結する。\n"
        "第１条（契約期間）\n"
        "本契約は2026年4月1日に始まり、1年間有効とする。\n"
        "第２条（不可抗力）\n"
        "２　乙は、戦争その他の事由による履行の遅滞について責任を負わない。甲は、書面による通知を受けたときに限り、"
        "当該事由が続くあいだ合理的な範囲でこれを受け入れるよう努めるものとし、その費用の負担は別途協議して定めるものとする。\n"
    ),
}
_MARKS = {
    "en": ("WHEREAS", "1. Term\n", "2. Force Majeure\n", "2.1 Supplier"),
    "ja": ("人権を", "第１条", "第２条", "２　乙は"),
}
_CLAUSES = {
    "en": (("1", "Term", "1"), ("2", "Force Majeure", "2"), ("2.1", "", "2.1")),
    "ja": (("第１条", "契約期間", "第１条"), ("第２条", "不可抗力", "第２条"), ("２", "", "第２条第２項")),
}
_QUOTES = {
    "en": ("lasts for one year", "shall not be liable", "the Buyer shall make reasonable efforts to bear with it", "human rights"),
    "ja": ("1年間有効とする", "責任を負わない", "受け入れるよう努める", "人権を尊重する理念"),
}


def make_contract(language: str = "en", name: str = "") -> Contract:
    """A contract of three clauses and a recital, in this language."""
    text = TEXTS[language]
    recital, term, relief, paragraph = (text.index(mark) for mark in _MARKS[language])
    numbers = _CLAUSES[language]

    def clause(i: int, level: Level, parent: str | None, start: int, end: int) -> Clause:
        number, heading, citation = numbers[i]
        return Clause(f"c{i + 2}", number, heading, level, ClauseKind.BODY, parent, 1, start, end, start + len(number), citation)

    clauses = (
        Clause("c1", "", "", Level.CLAUSE, ClauseKind.RECITAL, None, 1, recital, term, recital, ""),
        clause(0, Level.CLAUSE, None, term, relief),
        clause(1, Level.CLAUSE, None, relief, len(text)),
        clause(2, Level.PARAGRAPH, "c3", paragraph, len(text)),
    )
    document = Document(
        name or f"supply_{language}.docx",
        "docx",
        "0" * 64,
        text,
        (Block(0, len(text), BlockKind.PARAGRAPH),),
        pages=3,
        warnings=(ContractWarning("text_boxes", Text("テキストボックスがある。", "There are text boxes.")),),
    )
    return Contract(document, language, clauses, coverage=coverage_of(document, clauses))


def make_report(language: str = "en", *, name: str = "", statuses: tuple[Status, ...] | None = None) -> ReviewReport:
    """A report with one finding of every status; ``statuses`` picks some."""
    contract = make_contract(language, name)
    held, free, soft, mention = _QUOTES[language]
    cited = [c.citation for c in contract.clauses]

    def evidence(quote: str, clause: int, pattern: str) -> Evidence:
        start = contract.text.index(quote)
        return Evidence(cited[clause], contract.clauses[clause].id, quote, start, start + len(quote), 1, pattern)

    relief = ElementResult("fm_relief", Text("免責", "Relief"), Need.REQUIRED, True, Result.SATISFIED, (evidence(free, 3, "fm_relief.1"),))
    bearing = ElementResult(
        "fm_mitigation",
        Text("損害軽減", "Mitigation"),
        Need.REQUIRED,
        False,
        Result.WEAK,
        (evidence(soft, 3, "fm_mitigation.2"),),
        (Reason("soft_modality", Text("努力義務にとどまる。", "It is only a duty to try.")),),
    )
    notice = ElementResult(
        "fm_notice", Text("通知", "Notice"), Need.RECOMMENDED, False, Result.ABSENT, near=(evidence(soft, 3, "fm_notice.1.without:FORM"),)
    )
    waived = ElementResult(
        "tc_right", Text("解除権", "Right to end"), Need.REQUIRED, True, Result.NEGATED, (evidence(free, 3, "tc_waiver.1"),)
    )
    pledge = ElementResult("hr_pledge", Text("人権尊重の確約", "Pledge of respect"), Need.REQUIRED, True, Result.ABSENT)
    length = ElementResult("tl_length", Text("期間", "Length"), Need.REQUIRED, True, Result.SATISFIED, (evidence(held, 1, "tl_length.1"),))
    suggestion = Suggestion(
        language,
        {"en": "The Supplier shall respect human rights.", "ja": "乙は、人権を尊重しなければならない。"}[language],
        Text("第２条（不可抗力）の後", "after clause 2 (Force Majeure)"),
    )
    one_sided = Text("相手方だけの免責である。", "Relief for the other side only.")
    findings = (
        _finding("term_length", ("契約期間", "Term"), Status.PRESENT, Severity.NONE, elements=(length,), clauses=(cited[1],), found=True),
        _finding(
            "force_majeure",
            ("不可抗力", "Force majeure"),
            Status.WEAK,
            Severity.HIGH,
            elements=(relief, bearing, notice),
            clauses=(cited[3],),
            found=True,
            red_flags=(FlagResult("fm_one_sided", "degrade", one_sided, (evidence(free, 3, "fm_one.1"),)),),
            reasons=(Reason("element_weak", Text("必須の要素が不十分である。", "A required element is weak.")),),
            cautions=(Text("金銭債務には民法419条3項がある。", "Money debts follow their own rule."),),
        ),
        _finding(
            "human_rights",
            ("人権尊重", "Human rights"),
            Status.MISSING,
            Severity.CRITICAL,
            elements=(pledge,),
            mention_only=(evidence(mention, 0, "mention:recital"),),
            searched=(Searched(cited[2], contract.clauses[2].heading, Text("人権に触れていない。", "It does not speak of human rights.")),),
            reasons=(Reason("core_absent", Text("中核の要素が見当たらない。", "No core element was found.")),),
            suggestion=suggestion,
        ),
        _finding(
            "termination_on_concern",
            ("懸念時の解除", "Termination on concern"),
            Status.CONFLICTING,
            Severity.CRITICAL,
            elements=(waived,),
            clauses=(cited[3],),
            reasons=(Reason("excluded", Text("明文で排除されている。", "It is expressly excluded.")),),
        ),
        _finding(
            "renewal_notice",
            ("更新", "Renewal"),
            Status.NOT_APPLICABLE,
            Severity.NONE,
            elements=(),
            reasons=(Reason("one_off_sale", Text("単発の売買である。", "One-off sale: no renewal clause needed.")),),
        ),
        _finding("audit", ("監査", "Audit"), Status.UNDETERMINED, Severity.MEDIUM, elements=()),
    )
    term = Term(
        initial_months=12.0,
        start="date",
        start_date=dt.date(2026, 4, 1),
        end="duration",
        end_date=dt.date(2027, 3, 31),
        auto_renewal=False,
        optout_days=None,
        exit_notice_days=37.5,
        max_lock_in_months=12.0,
        evidence=(evidence(held, 1, "term.1"),),
        arithmetic=("2026-04-01 + 12 months - 1 day = 2027-03-31",),
    )
    return ReviewReport(
        contract=contract,
        library=LibraryInfo("clausecheck", "2026.11", "f" * 64, "default"),
        contract_type="supply",
        our_side="buyer",
        parties=(Party("甲", "甲野製作所株式会社", "buyer"), Party("乙", "", "supplier"))
        if language == "ja"
        else (Party("Supplier", "Example Parts Ltd.", "supplier"), Party("Buyer", "", "buyer")),
        term=term,
        findings=tuple(f for f in findings if statuses is None or f.status in statuses),
        warnings=(ContractWarning("type_assumed", Text("売買契約とみなした。", "Taken to be a supply contract.")),),
        language=language,
        tool_version="0.1.0",
    )


def _finding(
    provision: str,
    title: tuple[str, str],
    status: Status,
    severity: Severity,
    *,
    elements: tuple[ElementResult, ...],
    clauses: tuple[str, ...] = (),
    found: bool = False,
    mention_only: tuple[Evidence, ...] = (),
    red_flags: tuple[FlagResult, ...] = (),
    reasons: tuple[Reason, ...] = (),
    searched: tuple[Searched, ...] = (),
    suggestion: Suggestion | None = None,
    cautions: tuple[Text, ...] = (),
) -> Finding:
    return Finding(
        provision, Text(*title), status, found, mention_only, severity, clauses, elements,
        red_flags, reasons, searched, suggestion, cautions, (Text("METI-BP-15", "METI-BP-15"),),
    )  # fmt: skip
