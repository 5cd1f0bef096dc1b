"""How well clausecheck reads contracts that people have labelled: precision, recall and F1, a provision and a language.

    python tests/benchmarks/quality.py [--data DIR] [--sets ja,en,wordings,cuad] [--only leads] [--errors] [--write DIR] [--against DIR]

The data stay outside the project (default: ``../shared/data`` beside it). What is counted:

- split: top-level clauses against the printed list, as multisets of clause numbers.
- found: a core element of the provision is satisfied or weak in operative text. Calls marked as doubtful are counted apart.
- lead: the status of the four lead provisions, and their elements (satisfied or weak = there; exact = the very result).
- term: numbers of the term, equal within two (months or days); and on CUAD the experts' expiry date (within a day), renewal,
  length of renewal (within half a month) and notice to refuse it (within two days). A seeded half of the contracts is kept
  apart: its figures are printed, its disagreements never, so that a gain on the other half that does not carry over shows.
- wordings: single clauses, each reviewed alone: found where the wording is true, silent where it only looks alike.
- quotes: every quotation stands in the source at its offsets, to the letter.

``--write`` keeps the reports; ``--against`` a folder so written shows which findings a change of code or library gained and lost.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import hashlib
import json
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # measure the tree this file stands in, not an installed copy

import clausecheck  # noqa: E402

LEADS = ("force_majeure", "termination_on_concern", "human_rights", "term_length")
THERE = ("satisfied", "weak")
SETS = ("ja", "en", "wordings", "cuad")

# Floors; a measured value below its floor is marked.
GOALS = {
    "ja split": 0.98, "en split": 0.95, "ja found": 0.95, "en found": 0.95, "ja provision": 0.85, "en provision": 0.85,
    "ja status": 0.95, "en status": 0.95, "ja elements": 0.92, "en elements": 0.92, "expiry date": 0.75, "renews": 0.92,
    "renewal length": 0.85, "notice days": 0.85, "quotes": 1.0,
}  # fmt: skip


@dataclass
class Tally:
    """Right, wanted and said, added up."""

    right: float = 0
    wanted: float = 0
    said: float = 0

    def add(self, wanted: bool, said: bool, right: bool = True) -> None:
        self.wanted += wanted
        self.said += said
        self.right += wanted and said and right

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wanted + other.wanted, self.said + other.said)

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        if not self.wanted and not self.said:
            return 1.0
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def row(self) -> str:
        counts = f"({self.right:g} of {self.wanted:g} wanted, {self.said:g} said)"
        return f"P {self.precision:5.3f}  R {self.recall:5.3f}  F1 {self.f1:5.3f}  {counts}"


# --- reviewing -----------------------------------------------------------------------------------------------------


@dataclass
class Job:
    """One text to review."""

    id: str
    text: str = ""
    path: Path | None = None
    language: str | None = None


@dataclass
class Outcome:
    """A review, and how many of its quotations stand where they say."""

    id: str
    report: dict[str, Any]
    quotes: int = 0
    verbatim: int = 0
    error: str = ""


EMPTY: dict[str, Any] = {"contract": {"clauses": []}, "findings": [], "term": {}}


def evidence_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every quotation with offsets anywhere in the report."""
    if isinstance(value, dict):
        if {"quote", "start", "end"} <= value.keys():
            yield value
        else:
            for part in value.values():
                yield from evidence_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from evidence_of(part)


def review(job: Job, side: str | None) -> Outcome:
    """The report of one text; a crash is an error of this text only."""
    try:
        contract = clausecheck.read_contract(job.path) if job.path else clausecheck.parse_contract(job.text, job.id, job.language)
        report = clausecheck.review(contract, side=side).to_dict()
    except Exception as error:
        return Outcome(job.id, EMPTY, error=f"{type(error).__name__}: {str(error)[:160]}")
    quoted = list(evidence_of({key: report.get(key) for key in ("findings", "term")}))
    right = sum(contract.text[e["start"] : e["end"]] == e["quote"] for e in quoted)
    return Outcome(job.id, report, len(quoted), right)


def _review(task: tuple[Job, str | None]) -> Outcome:
    return review(*task)


def review_all(jobs: Iterable[Job], side: str | None, workers: int) -> dict[str, Outcome]:
    tasks = [(job, side) for job in jobs]
    if workers <= 1 or len(tasks) < 2:
        return {o.id: o for o in map(_review, tasks)}
    with ProcessPoolExecutor(workers) as pool:
        return {o.id: o for o in pool.map(_review, tasks, chunksize=4)}


# --- clause numbers ------------------------------------------------------------------------------------------------

KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
ARTICLE = re.compile(r"第?\s*([0-9]+|[〇一二三四五六七八九十百]+)\s*条(?:の\s*([0-9]+))?")
WORD = re.compile(r"^(article|section|clause|sec\.|§)\s*")
NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)*|[ivxlc]+|[a-z])(?=[\s.):,、\-–—]|$)")
ANNEX = re.compile(r"\W*(exhibit|schedule|annex|appendix|attachment|別紙|附則)", re.IGNORECASE)


def kanji_value(numeral: str) -> int:
    total = digit = 0
    for character in numeral:
        if character in KANJI_DIGITS:
            digit = KANJI_DIGITS[character]
        else:
            total, digit = total + (digit or 1) * {"十": 10, "百": 100}[character], 0
    return total + digit


def comparable_number(printed: str) -> str:
    """``第１２条（納入）`` -> ``12``; ``ARTICLE IV. Term`` -> ``iv``; ``2.1 X`` -> ``2.1``; no number: the first words."""
    text = unicodedata.normalize("NFKC", printed).strip().lower()
    text = re.sub(r"^[#*\s\"“(\[]+", "", text)
    if match := ARTICLE.match(text):
        value = int(match[1]) if match[1].isdigit() else kanji_value(match[1])
        return f"{value}-{match[2]}" if match[2] else str(value)
    text = WORD.sub("", text)
    if match := NUMBER.match(text):
        return re.sub(r"(\.0+)+$", "", match[1].rstrip("."))
    return re.sub(r"\W+", " ", text)[:40].strip()


def score_split(gold: list[str], report: dict[str, Any]) -> tuple[Tally, Counter[str], Counter[str]]:
    """The tally, the numbers not reported, and the numbers reported too often."""
    wanted = Counter(comparable_number(str(c)) for c in gold if not ANNEX.match(str(c)))
    tops = (c for c in report["contract"]["clauses"] if c["level"] == "clause" and c["kind"] in ("body", "definitions") and c["number"])
    said = Counter(comparable_number(c["number"]) for c in tops)
    return Tally((wanted & said).total(), wanted.total(), said.total()), wanted - said, said - wanted


# --- contracts with provision labels -------------------------------------------------------------------------------

TERM_FIELDS = {
    "initial_months": "initial_months",
    "renewal_months": "renewal_months",
    "optout_days": "optout_days",
    "auto_renewal": "auto_renewal",
    "indefinite": "indefinite",
    "convenience_exit_days_us": "exit_notice_days",
}


def number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass
class Score:
    """Everything counted on one language's contracts."""

    split: Tally = field(default_factory=Tally)
    found: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    found_doubt: Tally = field(default_factory=Tally)
    status: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    status_doubt: list[int] = field(default_factory=lambda: [0, 0])
    false_present: list[str] = field(default_factory=list)
    elements: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    exact: list[int] = field(default_factory=lambda: [0, 0])
    term: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    errors: list[str] = field(default_factory=list)

    def contract(self, gold: dict[str, Any], report: dict[str, Any], provisions: Iterable[str] | None) -> None:
        name = gold["id"]
        findings = {f["provision"]: f for f in report["findings"]}
        if gold.get("complete", True):
            tally, lost, extra = score_split(gold.get("clauses", []), report)
            self.split += tally
            if lost or extra:
                self.errors.append(f"{name} split: lost {sorted(lost.elements())}, extra {sorted(extra.elements())}")
        for pid, label in gold.get("provisions", {}).items():
            if label.get("found") is None or (provisions and pid not in provisions):
                continue
            said = bool(findings.get(pid, {}).get("found"))
            (self.found_doubt if label.get("doubt") else self.found[pid]).add(label["found"], said)
            if said != label["found"] and not label.get("doubt"):
                self.errors.append(f"{name} {pid}: found {said}, wanted {label['found']} {label.get('clauses') or ''}")
        for pid, label in (gold.get("lead") or {}).items():
            self._lead(name, pid, label, findings.get(pid, {}))
        self._term(name, gold.get("term") or {}, report.get("term") or {})

    def _lead(self, name: str, pid: str, label: dict[str, Any], finding: dict[str, Any]) -> None:
        wanted, said = label.get("status"), finding.get("status")
        if label.get("doubt"):
            if wanted:
                self.status_doubt[0] += wanted == said
                self.status_doubt[1] += 1
            return
        if wanted:
            self.status[pid][0] += wanted == said
            self.status[pid][1] += 1
            if wanted != said:
                self.errors.append(f"{name} {pid}: status {said}, wanted {wanted}")
            if said == "present" and wanted != "present":
                self.false_present.append(f"{name} {pid} (wanted {wanted})")
        results = {e["id"]: e["result"] for e in finding.get("elements", [])}
        for element, result in (label.get("elements") or {}).items():
            if result is None:
                continue
            mine = results.get(element, "absent")
            self.elements[pid].add(result in THERE, mine in THERE)
            self.exact[0] += mine == result
            self.exact[1] += 1
            if mine != result:
                grade = "" if (mine in THERE) == (result in THERE) else " !"
                self.errors.append(f"{name} {element}: {mine}, wanted {result}{grade}")

    def _term(self, name: str, gold: dict[str, Any], mine: dict[str, Any]) -> None:
        for wanted_field, my_field in TERM_FIELDS.items():
            if wanted_field not in gold:
                continue
            wanted, said = gold[wanted_field], mine.get(my_field)
            if wanted is None and said is None:
                continue
            close = abs(said - wanted) <= 2 if number(wanted) and said is not None else said == wanted
            right = bool(close) or (wanted is False and said is None)
            self.term[wanted_field][0] += right
            self.term[wanted_field][1] += 1
            if not right:
                self.errors.append(f"{name} term.{my_field}: {said}, wanted {wanted}")


# --- the experts' answers of CUAD ----------------------------------------------------------------------------------

NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SPAN = re.compile(r"(\d+(?:\.\d+)?|" + "|".join(NUMBER_WORDS) + r")[\s-]*((?:business )?day|week|month|year)")
IN_DAYS: dict[str, float] = {"day": 1, "business day": 1, "week": 7, "month": 30, "year": 365}
IN_MONTHS: dict[str, float] = {"day": 1 / 30, "business day": 1 / 30, "week": 7 / 30, "month": 1, "year": 12}


def answer_date(answer: str) -> dt.date | None:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", answer.strip())
    if not match:
        return None
    month, day, year = map(int, match.groups())
    if year < 100:
        year += 2000 if year < 50 else 1900
    elif year < 1950:  # "1934" is a slip for 2034
        year += 100
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def answer_span(answer: str, unit: dict[str, float]) -> float | None:
    """``successive 1 year`` -> 12 months; ``90 days`` -> 90 days."""
    match = SPAN.search(answer.lower())
    if not match:
        return None
    count = float(NUMBER_WORDS.index(match[1])) if match[1] in NUMBER_WORDS else float(match[1])
    return count * unit[match[2]]


def held_out(contract: str) -> bool:
    """Whether the contract is in the half that is not looked at while building; by its id, so that the halves never move."""
    return hashlib.sha256(f"clausecheck term 1 {contract}".encode()).digest()[0] % 2 == 1


def term_answers(term: dict[str, Any]) -> dict[str, Any]:
    """The report's term in the form the experts answered in."""
    return {
        "expiration": term.get("end_date"),
        "renews": bool(term.get("auto_renewal") or term.get("renewal_months")),
        "renewal_months": term.get("renewal_months"),
        "notice_days": term.get("optout_days"),
    }


def score_cuad(labels: list[dict[str, Any]], outcomes: dict[str, Outcome]) -> tuple[dict[str, Tally], list[str]]:
    tallies = {name: Tally() for name in ("expiry date", "renews", "renewal length", "notice days")}
    errors: list[str] = []

    def count(name: str, contract: str, wanted: Any, said: Any, right: bool) -> None:
        tallies[name].add(wanted is not None, said is not None, right)
        if (wanted is None) != (said is None) or (wanted is not None and not right):
            errors.append(f"{contract} {name}: {said}, wanted {wanted}")

    for label in labels:
        answers = {name: str(value["answer"] or "").strip() for name, value in label["labels"].items()}
        mine = term_answers(outcomes[label["id"]].report.get("term") or {})
        expiry, renewal, notice = (answers[n] for n in ("Expiration Date", "Renewal Term", "Notice Period to Terminate Renewal"))
        date, months, days = answer_date(expiry), answer_span(renewal, IN_MONTHS), answer_span(notice, IN_DAYS)
        if date or not expiry:  # "perpetual" and dates with gaps are not scored
            end = dt.date.fromisoformat(mine["expiration"]) if mine["expiration"] else None
            count("expiry date", label["id"], date, end, date is not None and end is not None and abs((date - end).days) <= 1)
        count("renews", label["id"], bool(renewal) or None, mine["renews"] or None, True)
        if months is not None or not renewal:
            said = mine["renewal_months"]
            count("renewal length", label["id"], months, said, months is not None and said is not None and abs(months - said) <= 0.5)
        if days is not None or not notice:
            said = mine["notice_days"]
            count("notice days", label["id"], days, said, days is not None and said is not None and abs(days - said) <= 2)
    return tallies, errors


# --- two versions --------------------------------------------------------------------------------------------------


def changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Provision, status before, status now: where the status or ``found`` differs."""
    before = {f["provision"]: f for f in old.get("findings", [])}
    for finding in new.get("findings", []):
        known = before.get(finding["provision"])
        was, now = (f"{f['status']}{'' if f['found'] else ' (not found)'}" if f else "-" for f in (known, finding))
        if was != now:
            yield finding["provision"], was, now


# --- sets ----------------------------------------------------------------------------------------------------------


def lines(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


class Run:
    """One run over the chosen sets: what is printed, what is written."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.data: Path = options.data
        self.provisions = LEADS if options.only == "leads" else None
        self.quotes = Tally()
        self.below: list[str] = []
        self.changed: list[tuple[str, str, str, str]] = []  # contract, provision, before, now

    def outcomes(self, name: str, jobs: list[Job]) -> dict[str, Outcome]:
        began = time.perf_counter()
        outcomes = review_all(jobs, self.options.side, self.options.workers)
        seconds = time.perf_counter() - began
        print(f"\n== {name}: {len(jobs)} texts, {seconds:.1f} s")
        for outcome in outcomes.values():
            self.quotes += Tally(outcome.verbatim, outcome.quotes, outcome.quotes)
            if outcome.error:
                print(f"  failed {outcome.id}: {outcome.error}")
            if self.options.against and (known := self.options.against / f"{outcome.id}.json").exists():
                old = json.loads(known.read_text(encoding="utf-8"))
                self.changed += [(outcome.id, *change) for change in changes(old, outcome.report)]
            if self.options.write:
                report = outcome.report if not outcome.error else {"error": outcome.error}
                text = json.dumps(report, ensure_ascii=False, indent=1)
                (self.options.write / f"{outcome.id}.json").write_text(text, encoding="utf-8")
        return outcomes

    def goal(self, name: str, value: float, subject: str = "") -> str:
        floor = GOALS.get(name)
        if floor is None:
            return ""
        if value + 5e-4 < floor:
            self.below.append(f"{name} {subject} {value:.3f}".replace("  ", " "))
            return f"  BELOW {floor}"
        return f"  goal {floor}"

    def list_errors(self, errors: list[str]) -> None:
        if self.options.errors and errors:
            print("  errors:\n    " + "\n    ".join(errors))

    def contracts(self, language: str, labels: list[dict[str, Any]], outcomes: dict[str, Outcome]) -> None:
        score = Score()
        for gold in labels:
            score.contract(gold, outcomes[gold["id"]].report, self.provisions)
        print(f"  split     {score.split.row()}{self.goal(f'{language} split', score.split.f1)}")
        found = sum(score.found.values(), Tally())
        print(f"  found     {found.row()}{self.goal(f'{language} found', found.f1)}")
        for pid, tally in sorted(score.found.items()):
            low = self.goal(f"{language} provision", tally.f1, pid) if tally.wanted else ""
            print(f"    {pid:34} {tally.row()}{low if 'BELOW' in low else ''}")
        print(f"    {'(doubtful labels, apart)':34} {score.found_doubt.row()}")
        right, total = (sum(s[i] for s in score.status.values()) for i in (0, 1))
        doubt = f"; doubtful labels {score.status_doubt[0]}/{score.status_doubt[1]}"
        if total:
            print(f"  status    {right / total:.3f} ({right}/{total}{doubt}){self.goal(f'{language} status', right / total)}")
            for pid, (a, b) in score.status.items():
                print(f"    {pid:34} {a}/{b}")
            print(f"    false present: {', '.join(score.false_present) or 'none'}")
        elements = sum(score.elements.values(), Tally())
        print(f"  elements  {elements.row()}{self.goal(f'{language} elements', elements.f1)}")
        for pid, tally in score.elements.items():
            print(f"    {pid:34} {tally.row()}")
        if score.exact[1]:
            print(f"    {'the very result':34} {score.exact[0] / score.exact[1]:.3f}")
        print("  term      " + (", ".join(f"{name} {a}/{b}" for name, (a, b) in sorted(score.term.items())) or "-"))
        self.list_errors(score.errors)

    def ja(self) -> None:
        folder = self.data / "contracts_ja"
        labels, lists = lines(folder / "provisions.jsonl"), lines(folder / "labels.jsonl")
        outcomes = self.outcomes("Japanese contracts", [Job(r["id"], path=folder / f"{r['id']}.txt") for r in lists])
        self.contracts("ja", labels, outcomes)
        labelled = {r["id"] for r in labels}
        whole, errors = Tally(), []
        for gold in lists:
            tally, lost, extra = score_split(gold["clauses"], outcomes[gold["id"]].report)
            whole += tally
            if (lost or extra) and gold["id"] not in labelled:
                errors.append(f"{gold['id']} split: lost {sorted(lost.elements())}, extra {sorted(extra.elements())}")
        print(f"  split of all {len(lists)}  {whole.row()}")
        self.list_errors(errors)

    def en(self) -> None:
        labels = lines(self.data / "provisions_en" / "labels.jsonl")
        wanted = {r["id"] for r in labels}
        texts = {r["id"]: r["text"] for r in lines(self.data / "cuad" / "contracts.jsonl.gz") if r["id"] in wanted}
        self.contracts("en", labels, self.outcomes("English contracts", [Job(r["id"], texts[r["id"]]) for r in labels]))

    def wordings(self) -> None:
        labels = [r for r in lines(self.data / "wordings" / "wordings.jsonl") if not r.get("ambiguous") and not r.get("spec_core_absent")]
        if self.provisions:
            labels = [r for r in labels if r["provision"] in self.provisions]
        # The side is not known here, and a review as either party judges the wording itself.
        side, self.options.side = self.options.side, None
        outcomes = self.outcomes("wordings, each alone", [Job(r["id"], r["text"], language=r["language"]) for r in labels])
        self.options.side = side
        true: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        alike: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        elements: dict[str, Tally] = defaultdict(Tally)
        errors: list[str] = []
        for r in labels:
            finding: dict[str, Any] = next((f for f in outcomes[r["id"]].report["findings"] if f["provision"] == r["provision"]), {})
            said = bool(finding.get("found"))
            for key in (r["language"], f"{r['language']} {r['provision']}"):
                (true if r["found"] else alike)[key][0] += said
                (true if r["found"] else alike)[key][1] += 1
            if said != r["found"]:
                errors.append(f"{r['id']} {r['language']} {r['provision']}: found {said}, wanted {r['found']}")
            results = {e["id"]: e["result"] for e in finding.get("elements", [])}
            for element, result in (r.get("elements") or {}).items():
                mine = results.get(element, "absent")
                elements[r["language"]].add(result in THERE, mine in THERE)
                if (mine in THERE) != (result in THERE):
                    errors.append(f"{r['id']} {element}: {mine}, wanted {result}")
        for language in ("ja", "en"):
            (a, b), (x, y) = true[language], alike[language]
            print(f"  {language}  true wordings found {a}/{b}, look-alikes found {x}/{y}, elements {elements[language].row()}")
        low = {k: f"{a}/{b}" for k, (a, b) in sorted(true.items()) if " " in k and a / b < 0.75}
        print(f"  provisions under 3 in 4: {low or 'none'}")
        self.list_errors(errors)

    def cuad(self) -> None:
        labels = lines(self.data / "cuad" / "labels.jsonl")
        texts = lines(self.data / "cuad" / "contracts.jsonl.gz")
        outcomes = self.outcomes("CUAD, contract term", [Job(r["id"], r["text"]) for r in texts])
        halves = {half: [r for r in labels if held_out(r["id"]) is half] for half in (False, True)}
        scored = {half: score_cuad(rows, outcomes) for half, rows in halves.items()}
        for half, (tallies, _) in scored.items():
            print(f"  {'kept apart' if half else 'open half'}: {len(halves[half])} contracts")
            for name, tally in tallies.items():
                print(f"    {name:14} {tally.row()}{self.goal(name, tally.f1, 'kept apart' if half else 'open half')}")
        if self.options.write:
            answers = {r["title"]: term_answers(outcomes[r["id"]].report.get("term") or {}) for r in labels}
            (self.options.write / "cuad_term.json").write_text(json.dumps(answers, ensure_ascii=False, indent=1), encoding="utf-8")
        self.list_errors(scored[False][1])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the labelled data")
    parser.add_argument("--sets", default=",".join(SETS), help=f"which sets to run, of {','.join(SETS)}")
    parser.add_argument("--only", choices=["leads"], help="the four lead provisions alone")
    parser.add_argument("--side", default="buyer", choices=["buyer", "supplier", "either"], help="whose side contracts are reviewed for")
    parser.add_argument("--errors", action="store_true", help="list every disagreement")
    parser.add_argument("--write", type=Path, metavar="DIR", help="write each report as DIR/<id>.json")
    parser.add_argument("--against", type=Path, metavar="DIR", help="show what changed since the reports in DIR were written")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"quality: no data at {options.data}; name the folder with --data")
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
    run = Run(options)
    for name in options.sets.split(","):
        if name not in SETS:
            sys.exit(f"quality: no set {name!r}; there are {', '.join(SETS)}")
        getattr(run, name)()
    if options.against:
        print(f"\nchanged since {options.against}: {len(run.changed)} findings")
        for (provision, before, now), times in sorted(Counter(change[1:] for change in run.changed).items()):
            where = [contract for contract, *change in run.changed if change == [provision, before, now]]
            print(f"  {provision:34} {before} -> {now}: {times} ({', '.join(where[:6])}{', ...' if times > 6 else ''})")
    share = run.quotes.recall if run.quotes.wanted else 1.0
    print(f"\nquotes verbatim  {share:.2%} of {run.quotes.wanted:g}{run.goal('quotes', share)}")
    print("below their floor: " + ("; ".join(run.below) or "nothing"))


if __name__ == "__main__":
    main()
