"""ContractNLI: expert labels on non-disclosure agreements against the elements that say the same, statement by statement.

    python tests/benchmarks/contract_nli.py [--data DIR] [--split dev|train] [--errors]

A statement is mapped to an element where both ask for the same thing. Entailment is right where the element is satisfied
or weak, Contradiction where it is negated (or the flag named below says so), NotMentioned where it is absent.

| statement | element | remark |
|---|---|---|
| nda-3 verbally conveyed information | confidentiality.cf_oral | |
| nda-4 limited use | confidentiality.cf_use_limit | contradicted by cf_residuals |
| nda-5 sharing with employees | confidentiality.cf_recipients | |
| nda-8 notice on compelled disclosure | confidentiality.cf_compelled | weak (no notice) counts as not mentioned |
| nda-11 no reverse engineering | reverse_engineering_and_samples.re_prohibit | |
| nda-12 independent development | confidentiality.cf_independent | |
| nda-13 information from third parties | confidentiality.cf_third_source | |
| nda-15 no licence | confidentiality.cf_no_licence | |
| nda-16 return at the end | return_or_destruction.rd_duty | on request only or without a time: not mentioned |
| nda-18 no solicitation | non_solicitation.ns_ban | |
| nda-19 survival | confidentiality.cf_duration | |

Not mapped: nda-1 (marking), nda-2 (technical only), nda-7 (third parties), nda-10 (secrecy of the agreement), nda-17 (a copy is
allowed), nda-20 (something may be kept): the library asks for the duty, not for whether a licence is left beside it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # measure the tree this file stands in, not an installed copy

import clausecheck  # noqa: E402

GOAL = 0.85
THERE = ("satisfied", "weak")
# statement: (provision, element, reasons for which a weak element is not what the statement says, flags that contradict it)
MAPPED: dict[str, tuple[str, str, frozenset[str], frozenset[str]]] = {
    "nda-3": ("confidentiality", "cf_oral", frozenset(), frozenset()),
    "nda-4": ("confidentiality", "cf_use_limit", frozenset(), frozenset({"cf_residuals"})),
    "nda-5": ("confidentiality", "cf_recipients", frozenset(), frozenset()),
    "nda-8": ("confidentiality", "cf_compelled", frozenset({"no_notice"}), frozenset()),
    "nda-11": ("reverse_engineering_and_samples", "re_prohibit", frozenset(), frozenset()),
    "nda-12": ("confidentiality", "cf_independent", frozenset(), frozenset()),
    "nda-13": ("confidentiality", "cf_third_source", frozenset(), frozenset()),
    "nda-15": ("confidentiality", "cf_no_licence", frozenset(), frozenset()),
    "nda-16": ("return_or_destruction", "rd_duty", frozenset({"on_request_only", "no_trigger"}), frozenset()),
    "nda-18": ("non_solicitation", "ns_ban", frozenset(), frozenset()),
    "nda-19": ("confidentiality", "cf_duration", frozenset(), frozenset()),
}


def said(findings: dict[str, Any], statement: str) -> tuple[str, str]:
    """(choice, first words of the evidence) that a review gives for a mapped statement."""
    provision, wanted, not_meant, contradicting = MAPPED[statement]
    finding = findings.get(provision)
    if finding is None:
        return "NotMentioned", ""
    element = next((e for e in finding["elements"] if e["id"] == wanted), None)
    quote = " ".join(element["evidence"][0]["quote"].split())[:300] if element and element["evidence"] else ""
    if (element is not None and element["result"] == "negated") or contradicting & {f["id"] for f in finding["red_flags"]}:
        return "Contradiction", quote
    if element is None or element["result"] not in THERE:
        return "NotMentioned", quote
    codes = {r["code"] for r in finding["reasons"]}
    return ("NotMentioned" if element["result"] == "weak" and codes & not_meant else "Entailment"), quote


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options.add_argument("--split", default="dev", choices=("dev", "train"))
    options.add_argument("--errors", action="store_true", help="list what was judged otherwise")
    chosen = options.parse_args()
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    source = chosen.data / "contract_nli" / "contracts.jsonl"
    for row in map(json.loads, source.read_text(encoding="utf-8").splitlines()):
        if row["split"] != chosen.split:
            continue
        contract = clausecheck.parse_contract(row["text"], name=str(row["id"]), language="en")
        findings = {f["provision"]: f for f in clausecheck.review(contract, side="either", contract_type="nda").to_dict()["findings"]}
        for statement in MAPPED:
            label = row["labels"][statement]
            choice, quote = said(findings, statement)
            seen[statement] += 1
            right[statement] += choice == label["choice"]
            if chosen.errors and choice != label["choice"]:
                spans = " / ".join(row["text"][slice(*row["spans"][i])] for i in label["spans"][:3])
                gold = " ".join(spans.split())[:420]
                print(f"{row['id']} {statement} gold {label['choice']} said {choice}: gold [{gold}] ours [{quote}]")
    if not seen:
        sys.exit(f"{source}: no contracts of the {chosen.split} split")
    for statement in sorted(MAPPED, key=lambda s: int(s[4:])):
        print(f"{statement:7} {'.'.join(MAPPED[statement][:2]):48} {right[statement] / seen[statement]:.3f}")
    accuracy = sum(right.values()) / sum(seen.values())
    print(f"accuracy {accuracy:.3f} over {sum(seen.values())} labels; goal {GOAL}{'' if accuracy >= GOAL else '  BELOW'}")


if __name__ == "__main__":
    main()
