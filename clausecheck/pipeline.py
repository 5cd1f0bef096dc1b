"""The pipeline, and nothing else: read, segment, match, judge, report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path

from clausecheck import __version__, languages
from clausecheck.bilingual import joined
from clausecheck.concepts import concepts_of
from clausecheck.coverage import coverage_of, halves, in_language
from clausecheck.errors import ClausecheckError, ContractReadError, NoTextError, UsageError
from clausecheck.judge import Facts, judge
from clausecheck.library import Library, collector_paused, load_library
from clausecheck.messages import OCR_CAUTION, warning
from clausecheck.model import Block, Clause, ClauseKind, Contract, ContractWarning, Failure, Finding, LibraryInfo, Party, Result, Term
from clausecheck.parties import contract_type as detect_type
from clausecheck.parties import cross_border, domestic, find_parties, one_off_sale, plain_goods, public_counterparty, roles_in_turn
from clausecheck.passages import Passages
from clausecheck.place import names_in_wording
from clausecheck.provision import CONTRACT_TYPES, looks_at
from clausecheck.readers import read_document, read_text
from clausecheck.report import ReviewReport
from clausecheck.segment import parse
from clausecheck.term import Fact, TermFacts, read_term
from clausecheck.view import View

# Warnings after which nothing may be called missing.
UNREADABLE = frozenset({"pages_without_text", "ocr_text_unsure", "characters_lost", "alt_chunk", "not_understood"})
LONG = 1_000_000  # characters, some 400 pages: what grows with a contract is let go early
SIDES = ("buyer", "supplier", "either")
# beside those that the term gives
ADDED_FACTS = ("optout_months", "one_off_sale", "cross_border", "domestic", "public_counterparty", "plain_goods")


def read_contract(path: str | os.PathLike[str], *, revisions: str = "final", ocr: bool = False) -> Contract:
    """The file's text, split into clauses.

    Args:
        path: .docx, .docm, .pdf, .txt, .md or .html; the content is looked at before the suffix.
        revisions: ``final`` reads tracked changes as accepted, ``original`` as rejected.
        ocr: read the scanned pages of a PDF by OCR (needs the extra ``ocr`` and Tesseract).

    Raises:
        ContractReadError: the file is a scan, empty, encrypted, damaged or of a kind that is not read.
    """
    if revisions not in ("final", "original"):
        raise UsageError(f"revisions must be 'final' or 'original', not {revisions!r}")
    document = read_document(path, revisions=revisions, ocr=ocr)
    if not any(map(str.isalpha, document.text)):
        raise NoTextError(f"{document.name}: there are figures or signs in it and no words; give the contract itself")
    if not languages.recognised(document.text):
        raise ContractReadError(f"{document.name}: the text is neither Japanese nor English; give a version in one of them")
    return parse(document)


def parse_contract(text: str, name: str = "", language: str | None = None) -> Contract:
    """A contract handed over as text; offsets in the result are offsets into ``text``."""
    if language not in (None, "ja", "en"):
        raise UsageError(f"language must be 'ja' or 'en', not {language!r}")
    return parse(read_text(text, name), language)


def review(
    contract: Contract | str | os.PathLike[str],
    library: Library | None = None,
    *,
    contract_type: str | None = None,
    side: str | None = None,
    attachments: Sequence[Contract | str | os.PathLike[str]] = (),
    revisions: str = "final",
    language: str | None = None,
    explain: bool = False,
    ocr: bool = False,
) -> ReviewReport:
    """The findings of every provision of the library in this contract.

    Args:
        contract: a contract, or the path of one.
        library: default: the shipped one.
        contract_type: supply, manufacturing, distribution, services, nda, rnd, licence, sample or jv; default: detected,
            and ``supply`` with a warning where it cannot be.
        side: buyer, supplier or either (judges no one-sidedness); default: the profile's.
        attachments: codes and annexes handed in with the contract; their text is read as operative annexes and follows the
            contract's own in ``report.contract.text``.
        revisions: how tracked changes are read, ``final`` or ``original``.
        language: of the report, ``ja`` or ``en``; default: the contract's.
        explain: keep what nearly matched and the guard that refused it (``ElementResult.near``); costs time.
        ocr: read the scanned pages of PDFs by OCR, as ``read_contract``.

    Raises:
        UsageError: an unknown type or side.
        ContractReadError: a path could not be read.
    """
    library = library or load_library()
    our_side = side or library.profile.side
    if our_side not in SIDES:
        raise UsageError(f"side must be one of {', '.join(SIDES)}, not {our_side!r}")
    if contract_type is not None and contract_type not in CONTRACT_TYPES:
        raise UsageError(f"type must be one of {', '.join(CONTRACT_TYPES)}, not {contract_type!r}")
    if language not in (None, "ja", "en"):
        raise UsageError(f"language must be 'ja' or 'en', not {language!r}")
    read = contract if isinstance(contract, Contract) else read_contract(contract, revisions=revisions, ocr=ocr)
    extra = [a if isinstance(a, Contract) else read_contract(a, revisions=revisions, ocr=ocr) for a in attachments]
    whole = attach(read, extra) if extra else read

    with collector_paused():
        report = _review(whole, library, contract_type, our_side, bool(extra), language, explain)
        return _with_other_half(report, library, bool(extra), explain)


def _review(
    whole: Contract, library: Library, contract_type: str | None, our_side: str, attached: bool, language: str | None, explain: bool
) -> ReviewReport:
    passages = Passages(whole)
    parties = find_parties(passages)
    warnings: list[ContractWarning] = list(whole.warnings)
    kind, detected = (contract_type, True) if contract_type else detect_type(passages, parties)
    if not detected:
        warnings.append(warning("type_unknown"))
    sides, assumed = _sides(passages, parties, our_side)
    sides |= dict.fromkeys(roles_in_turn(passages, parties), "both")
    if assumed:
        warnings.append(warning("roles_assumed"))
    roles = [(p.label, p.role) for p in parties if p.role]
    alike = len(roles) > 1 and len({role for _, role in roles}) == 1  # then the words tell no one apart: custom names them
    names = {} if alike else {role: label for label, role in reversed(roles)}
    term = _term(passages, parties, our_side)
    values = dict(term.facts)
    if term.term.optout_days is not None:
        values["optout_months"] = Fact(term.term.optout_days / 30, Result.SATISFIED, (), ())
    values["one_off_sale"] = Fact(one_off_sale(passages, kind), Result.SATISFIED, (), ())
    abroad = cross_border(passages)
    values["cross_border"] = Fact(abroad, Result.SATISFIED, (), ())
    values["domestic"] = Fact(not abroad and domestic(passages, parties), Result.SATISFIED, (), ())
    values["public_counterparty"] = Fact(public_counterparty(passages, parties, our_side), Result.SATISFIED, (), ())
    # a type that the text does not show says nothing of what passes
    values["plain_goods"] = Fact(detected and plain_goods(passages, kind), Result.SATISFIED, (), ())
    stated = {name: [(e.start, e.end) for e in fact.evidence] for name, fact in values.items() if fact.result is Result.SATISFIED}
    view = View(passages, concepts_of(library, whole.language), library, sides, our_side, attached, explain, names, stated, kind)
    facts = Facts(kind, our_side, values, attached, any(w.code in UNREADABLE for w in warnings), explain)
    for provision in library.judging_order:
        facts.findings[provision.id] = judge(view, provision, facts)
        if len(whole.text) > LONG:
            view.concepts.ease()
    put = names_in_wording(view)
    unknown = [name for role, name in put.items() if role not in names]
    if any(name in f.suggestion.text for f in facts.findings.values() if f.suggestion for name in unknown):
        warnings.append(warning("names_assumed", **put))
    return ReviewReport(
        contract=whole,
        library=LibraryInfo(library.name, library.version, library.sha256, library.profile.name),
        contract_type=kind,
        our_side=our_side,
        parties=parties,
        term=term.term,
        findings=tuple(_cautioned(facts.findings[p.id], whole.document.recognised) for p in library.provisions),
        warnings=tuple(warnings),
        language=language or whole.language,
        tool_version=__version__,
    )


def _cautioned(finding: Finding, recognised: Sequence[tuple[int, int]]) -> Finding:
    """The finding, with a caution where it quotes text that OCR read."""
    if not recognised:
        return finding
    quoted = [e for element in finding.elements for e in element.evidence] + [e for flag in finding.red_flags for e in flag.evidence]
    if not any(e.start < end and start < e.end for e in quoted for start, end in recognised):
        return finding
    return replace(finding, cautions=(*finding.cautions, OCR_CAUTION))


def _with_other_half(report: ReviewReport, library: Library, attached: bool, explain: bool) -> ReviewReport:
    """Of a bilingual contract the report of both texts, each judged by itself; of any other the same report."""
    whole = report.contract
    both = halves(whole.coverage)
    if not both:
        return report
    other = next(language for language in both if language != whole.language)
    half = parse(in_language(whole.document, other), other)
    if not half.clauses:
        return report
    second = _review(half, library, report.contract_type, report.our_side, attached, report.language, explain)
    findings = joined(whole, whole.language, report.findings, other, second.findings)
    return replace(report, findings=findings, warnings=(*report.warnings, warning("two_languages")))


def needed_for(wanted: Iterable[str], library: Library) -> set[str]:
    """The provisions that must be judged to judge these: they and those whose findings they look at."""
    known = library.by_id
    found, waiting = set[str](), set(wanted)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= looks_at(known[name]) & set(known)
    return found


def only(library: Library, wanted: Iterable[str]) -> Library:
    """The library with just these provisions and those that judging them needs."""
    needed = needed_for(wanted, library)
    return replace(library, provisions=tuple(p for p in library.provisions if p.id in needed))


def _sides(passages: Passages, parties: Sequence[Party], our_side: str) -> tuple[dict[str, str], bool]:
    """Folded party label -> buyer | supplier. Where a side is asked for and no role is named, custom decides (the first is the buyer)."""
    fold = passages.language.fold
    sides = {fold(p.label).text: p.role for p in parties}
    if len(sides) > 1 and len(set(sides.values())) == 1:  # all alike: nothing is known
        sides = dict.fromkeys(sides, "")
    if our_side != "either" and not any(sides.values()):
        for label, role in passages.language.customary_roles.items():
            sides[label] = role
        return sides, bool(parties) and bool(passages.language.customary_roles)
    known = {r for r in sides.values() if r}
    if len(sides) == 2 and len(known) == 1:  # two parties, one role known: the other is the other
        other = "supplier" if known == {"buyer"} else "buyer"
        sides = {label: role or other for label, role in sides.items()}
    return sides, False


def term_of(contract: Contract, side: str = "either") -> Term:
    """How long the contract binds, as ``review`` reads it; ``side``: whose right to refuse or leave counts."""
    passages = Passages(contract)
    with collector_paused():
        return _term(passages, find_parties(passages), side).term


def _term(passages: Passages, parties: tuple[Party, ...], our_side: str) -> TermFacts:
    customary = tuple(Party(name, "", role) for role, name in passages.language.customary_names.items())
    return read_term(passages, our_side=our_side, parties=parties or customary)


def attach(contract: Contract, attachments: Sequence[Contract]) -> Contract:
    """The contract with attachments as annexes behind it; one text, so that every quote keeps a place."""
    document = contract.document
    text, blocks, clauses = document.text, list(document.blocks), list(contract.clauses)
    recognised = list(document.recognised)
    for number, extra in enumerate(attachments, 1):
        shift = len(text) + 2
        text = f"{text}\n\f{extra.text}"
        blocks += [Block(b.start + shift, b.end + shift, b.kind, b.label, b.level, b.page, b.indent) for b in extra.document.blocks]
        recognised += [(start + shift, end + shift) for start, end in extra.document.recognised]
        prefix, title = f"a{number}.", extra.name or f"attachment {number}"
        for c in extra.clauses:
            kind = ClauseKind.ANNEX if c.kind in (ClauseKind.BODY, ClauseKind.PREAMBLE, ClauseKind.RECITAL) else c.kind
            clauses.append(
                Clause(
                    id=prefix + c.id,
                    number=c.number,
                    heading=c.heading,
                    level=c.level,
                    kind=kind,
                    parent=prefix + c.parent if c.parent else None,
                    page=c.page,
                    start=c.start + shift,
                    end=c.end + shift,
                    body_start=c.body_start + shift,
                    citation=f"{title} {c.citation}".strip(),
                    deleted=c.deleted,
                )
            )
    merged = replace(document, text=text, blocks=tuple(blocks), recognised=tuple(recognised))
    warnings = tuple(dict.fromkeys(w for one in (contract, *attachments) for w in one.warnings))
    return replace(contract, document=merged, clauses=tuple(clauses), warnings=warnings, coverage=coverage_of(merged, clauses))


def review_files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    executor: Executor | None = None,
    library: Library | None = None,
    contract_type: str | None = None,
    side: str | None = None,
    attachments: Sequence[str | os.PathLike[str]] = (),
    revisions: str = "final",
    ocr: bool = False,
) -> Iterator[ReviewReport | Failure]:
    """One report or failure for each path, in the order of the paths; a bad file stops nothing.

    ``executor`` may be any ``concurrent.futures.Executor``; without one the files are reviewed one after another.
    """
    one = partial(
        _review_one,
        root=library.root if library else None,
        profile=library.profile.name if library else None,
        contract_type=contract_type,
        side=side,
        attachments=tuple(attachments),
        revisions=revisions,
        ocr=ocr,
    )
    names = [os.fspath(p) for p in paths]
    yield from map(one, names) if executor is None else executor.map(one, names)


def _review_one(
    path: str,
    *,
    root: Path | None,
    profile: str | None,
    contract_type: str | None,
    side: str | None,
    attachments: tuple[str | os.PathLike[str], ...],
    revisions: str,
    ocr: bool,
) -> ReviewReport | Failure:
    try:
        library = load_library(root, profile)
        return review(path, library, contract_type=contract_type, side=side, attachments=attachments, revisions=revisions, ocr=ocr)
    except ClausecheckError as error:
        return Failure(path, type(error).__name__, str(error))
