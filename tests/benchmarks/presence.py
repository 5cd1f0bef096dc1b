"""Is a clause there at all? The experts' answers of CUAD, a contract and a category, against what the report says.

    python tests/benchmarks/presence.py [--data DIR] [--category NAME ...] [--errors] [--workers N]

A row of ``CATEGORIES`` says how the presence of a category is read from a report: a function of the findings, by provision id.
The data stay outside the project (default: ``../shared/data`` beside it).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from quality import ROOT, THERE, Tally, lines  # puts the tree this file stands in first on the path

import clausecheck
from clausecheck.library import Library, load_library

Findings = dict[str, dict[str, Any]]


def found(provision: str) -> Callable[[Findings], bool]:
    """A core element of the provision stands in operative text."""
    return lambda findings: bool(findings.get(provision, {}).get("found"))


def element(provision: str, *ids: str) -> Callable[[Findings], bool]:
    """One of these elements is satisfied or weak."""
    return lambda findings: any(e["id"] in ids and e["result"] in THERE for e in findings.get(provision, {}).get("elements", []))


def refusal_of_renewal(findings: Findings) -> bool:
    """A refusal of the renewal itself; an exit at will that only stands in for one is another category."""
    finding = findings.get("renewal_notice", {})
    return element("renewal_notice", "rn_optout")(findings) and all(r["code"] != "exit_stands_in" for r in finding["reasons"])


# category of CUAD -> (provisions it is read from, how, the F1 it must reach)
CATEGORIES: dict[str, tuple[tuple[str, ...], Callable[[Findings], bool], float]] = {
    "Audit Rights": (("audit_and_information",), found("audit_and_information"), 0.92),
    "Governing Law": (("governing_law",), found("governing_law"), 0.98),
    "Anti-Assignment": (("assignment",), found("assignment"), 0.95),
    "Change of Control": (("change_of_control",), found("change_of_control"), 0.80),
    "Cap on Liability": (("liability_and_indemnity",), element("liability_and_indemnity", "li_cap"), 0.93),
    "No-Solicit of Employees": (("non_solicitation",), found("non_solicitation"), 0.90),
    "Notice Period to Terminate Renewal": (("renewal_notice",), refusal_of_renewal, 0.88),
}


@lru_cache(maxsize=1)
def chosen_library(provisions: tuple[str, ...]) -> Library:
    """The shipped library with only these provisions, so that a run over five hundred contracts stays short."""
    library = load_library()
    return replace(library, provisions=tuple(p for p in library.provisions if p.id in provisions))


def findings(job: tuple[str, str, tuple[str, ...]]) -> tuple[str, Findings]:
    """The findings of one contract, reviewed as either party: presence is asked for, not protection."""
    name, text, provisions = job
    report = clausecheck.review(clausecheck.parse_contract(text, name=name, language="en"), chosen_library(provisions)).to_dict()
    return name, {f["provision"]: f for f in report["findings"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the labelled data")
    parser.add_argument("--category", action="append", choices=sorted(CATEGORIES), help="only these")
    parser.add_argument("--errors", action="store_true", help="list every disagreement")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    options = parser.parse_args()
    if not (options.data / "cuad").is_dir():
        sys.exit(f"presence: no data at {options.data / 'cuad'}; name the folder with --data")
    chosen = {name: CATEGORIES[name] for name in options.category or CATEGORIES}
    needed = tuple(dict.fromkeys(p for provisions, _, _ in chosen.values() for p in provisions))
    labels = {r["id"]: r["labels"] for r in lines(options.data / "cuad" / "labels.jsonl")}
    jobs = [(r["id"], r["text"], needed) for r in lines(options.data / "cuad" / "contracts.jsonl.gz") if r["id"] in labels]
    with ProcessPoolExecutor(options.workers) as pool:
        outcomes = dict(pool.map(findings, jobs, chunksize=8))
    for name, (provisions, there, floor) in chosen.items():
        tally, errors = Tally(), []
        for contract, said_of in outcomes.items():
            expert = labels[contract][name]
            wanted, said = bool(expert["spans"]), there(said_of)
            tally.add(wanted, said)
            if wanted != said:
                shown = [s["text"][:240] for s in expert["spans"][:2]] or [
                    f"{e['id']}: {v['quote'][:240]}" for p in provisions for e in said_of[p]["elements"] for v in e["evidence"][:2]
                ]
                errors.append(f"{'MISS ' if wanted else 'FALSE'} {contract} {shown}")
        print(f"{name:36} {tally.row()}  {'goal' if tally.f1 >= floor else 'BELOW'} {floor}")
        if options.errors:
            print("\n".join(f"    {e}" for e in errors))


if __name__ == "__main__":
    main()
