"""How fast clausecheck is, as ratios inside one run: against time itself and against the libraries it stands on.

    python tests/benchmarks/speed.py [--data DIR] [--size MB] [--repeat N] [--json]

The data stay outside the project (default: ``../shared/data`` beside it). One process, one core. Every figure is the best of
N rounds; the two sides of a ratio take turns within a round, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # measure the tree this file stands in, not an installed copy

from readers.hostile import HOSTILE  # noqa: E402

import clausecheck  # noqa: E402
from clausecheck.parties import find_parties  # noqa: E402
from clausecheck.passages import Passages  # noqa: E402
from clausecheck.pipeline import term_of  # noqa: E402
from clausecheck.term import read_term  # noqa: E402

HEAVY = ("spacy", "pdfplumber", "docx", "jinja2")


@dataclass(frozen=True)
class Figure:
    """One measured line. ``at_most``: the budget is a ceiling (else a floor)."""

    name: str
    value: float
    unit: str
    budget: float
    at_most: bool
    note: str = ""

    @property
    def kept(self) -> bool:
        return self.value <= self.budget if self.at_most else self.value >= self.budget

    def line(self) -> str:
        budget = f"budget {'<=' if self.at_most else '>='} {self.budget:g}  {'ok' if self.kept else 'MISSED'}"
        return f"{self.name:43} {self.value:8.3f} {self.unit:14} {budget}  {self.note}"


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def best(repeat: int, *works: Callable[[], object]) -> list[float]:
    """The best time of each, taking turns."""
    rounds = [[seconds(work) for work in works] for _ in range(repeat)]
    return [min(times) for times in zip(*rounds, strict=True)]


def english(data: Path, size: float) -> list[str]:
    """Whole contracts, in file order, up to ``size`` MB."""
    with gzip.open(data / "cuad" / "contracts.jsonl.gz", "rt", encoding="utf-8") as file:
        texts, total = [], 0
        for line in file:
            texts.append(json.loads(line)["text"])
            total += len(texts[-1].encode())
            if total >= size * 1e6:
                break
    return texts


def review_texts(texts: list[str]) -> None:
    library = clausecheck.load_library()
    for text in texts:
        clausecheck.review(clausecheck.parse_contract(text), library).to_dict()


def busy(work: Callable[[], object]) -> float:
    """Seconds of this process: others on the machine do not count."""
    began = time.process_time()
    work()
    return time.process_time() - began


def how_many(texts: list[str], size: float) -> int:
    """How many of the texts come to ``size`` MB."""
    total, count = 0, 0
    while count < len(texts) and total < size * 1e6:
        total += len(texts[count].encode())
        count += 1
    return count


def term_figures(name: str, texts: list[str], repeat: int) -> Iterator[Figure]:
    """What reading the term costs, in ms of processor time a 50 kB of UTF-8 text.

    Not counted: reading and splitting the file, which every use has to pay. ``term_of`` counts all the rest: its passages folded, the
    parties found, the term read. "The term alone" begins with text that is folded and parties that are known, as in a review; the
    sentences that it is the first to ask for are split at its expense. Nothing of a contract is kept from round to round.
    """
    contracts = [clausecheck.parse_contract(text) for text in texts]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    rounds = [(busy(lambda: [term_of(contract) for contract in contracts]), term_alone(contracts)) for _ in range(repeat)]
    whole, alone = (1e3 * min(times) * 0.05 / megabytes for times in zip(*rounds, strict=True))
    yield Figure(f"the term alone, {name}", alone, "ms a 50 kB", 5, True, f"{len(texts)} contracts, {megabytes:.2f} MB")
    yield Figure("  term_of, from a parsed contract", whole, "ms a 50 kB", 10, True, "passages folded, parties found, term read")


def term_alone(contracts: list[clausecheck.Contract]) -> float:
    """Seconds of processor time to read the terms of contracts whose passages are folded and whose parties are known."""
    views = [(passages, find_parties(passages)) for passages in map(Passages, contracts)]
    gc.disable()  # as a review does
    try:
        return busy(lambda: [read_term(passages, parties=parties) for passages, parties in views])
    finally:
        gc.enable()


def review_files(paths: list[Path]) -> None:
    library = clausecheck.load_library()
    for path in paths:
        clausecheck.review(path, library).to_dict()


def pdf_text_and_boxes(paths: list[Path]) -> None:
    """What pypdfium2 needs to give every character of the files and its box."""
    import pypdfium2

    for path in paths:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            for i in range(text.count_chars()):
                text.get_charbox(i)
            text.close()
            page.close()
        document.close()


def pdf_text_and_runs(paths: list[Path]) -> None:
    """The cheaper way: the text, and one box a run of text."""
    import pypdfium2

    for path in paths:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            for i in range(text.count_rects()):
                text.get_rect(i)
            text.close()
            page.close()
        document.close()


PEAK = """
import resource, sys
import clausecheck
clausecheck.review(sys.argv[1]).to_dict()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    peak = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])  # ru_maxrss counts the parent's too
except OSError:
    pass
print(peak // 1024)
"""


def thousand_pages(sources: list[Path]) -> float:
    """Peak memory (MB) of a process that reviews 1,000 pages of these files in one PDF."""
    import pypdfium2

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        whole = pypdfium2.PdfDocument.new()
        while len(whole) < 1000:
            for source in sources:
                pages = pypdfium2.PdfDocument(source)
                whole.import_pages(pages, list(range(min(len(pages), 1000 - len(whole)))))
                pages.close()
                if len(whole) >= 1000:
                    break
        whole.save(str(path))
        whole.close()
        return float(python("-c", PEAK, str(path)))


def docx_paragraphs(paths: list[Path]) -> None:
    """What python-docx needs to open the files and give the text of every paragraph, in tables too."""
    import docx
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    for path in paths:
        document = docx.Document(str(path))
        for element in document.element.body.iter(qn("w:p")):
            _ = Paragraph(element, document).text


def python(*arguments: str) -> str:
    run = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    return run.stdout


REVIEW = """
import resource, sys
from clausecheck.cli import main
try:
    main()
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    peak = used.ru_maxrss
    try:
        peak = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])  # ru_maxrss counts the parent's too
    except OSError:
        pass
    print(f"\\n{used.ru_utime + used.ru_stime} {peak / 1024}", file=sys.stderr)
"""
GIVEN_UP = 60.0  # seconds


@dataclass(frozen=True)
class Run:
    """One review in a process of its own."""

    seconds: float  # of processor time
    megabytes: float
    code: int
    messages: list[str]

    def told(self) -> bool:
        """Whether it ended as a review (one of too little is a report with exit 3) or in one clear line."""
        clear = len(self.messages) <= 1 and all(line.startswith("clausecheck: ") for line in self.messages)
        return self.code in (0, 1) or (self.code == 3 and clear)


def run_review(path: Path, timeout: float = GIVEN_UP) -> Run:
    command = [sys.executable, "-c", REVIEW, "review", str(path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    try:
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=timeout)
    except subprocess.TimeoutExpired:
        return Run(timeout, 1e6, -1, [])
    *messages, used = [line for line in run.stderr.splitlines() if line] or ["0 0"]
    return Run(float(used.split()[0]), float(used.split()[1]), run.returncode, messages)


def long_pdf(path: Path, pages: int) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for page in range(pages):
        for line in range(45):
            canvas.drawString(
                60, 780 - 16 * line, f"{page + 1}.{line + 1} The Supplier shall deliver the Products under order {page * 45 + line}."
            )
        canvas.showPage()
    canvas.save()


def hostile_figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long.pdf")
        long_pdf(path, 1_000)
        run = run_review(path, 300)
        yield Figure("PDF of 1,000 pages", run.megabytes, "MB", 300, True, f"{run.seconds:.1f} s")
        runs: dict[str, Run] = {}
        for why, (name, make) in HOSTILE.items():
            path = Path(folder, name)
            path.write_bytes(make())
            runs[why] = run_review(path)
    slow, large = max(runs, key=lambda w: runs[w].seconds), max(runs, key=lambda w: runs[w].megabytes)
    unclear = [why for why, run in runs.items() if not run.told()]
    over = [f"{why} {run.seconds:.1f} s" for why, run in runs.items() if run.seconds > 10]
    yield Figure("hostile files, the slowest", runs[slow].seconds, "s", 10, True, "; ".join(over) or f"{slow}; {len(runs)} files")
    yield Figure("hostile files, the largest in memory", runs[large].megabytes, "MB", 500, True, large)
    yield Figure("hostile files not told of in one line", len(unclear), "files", 0, True, "; ".join(unclear))


HELP = "import sys; sys.argv = ['clausecheck', '--help']; from clausecheck.cli import main; main()"


def heavy_imports() -> list[str]:
    loaded = python(
        "-c",
        f"import atexit, sys; atexit.register(lambda: print(*[m for m in {HEAVY!r} if m in sys.modules], sep=',')); {HELP}",
    )
    return [name for name in loaded.splitlines()[-1].split(",") if name]


def figures(data: Path, size: float, repeat: int) -> Iterator[Figure]:
    heavy = heavy_imports()
    bare, started = best(max(repeat, 5), lambda: python("-c", "pass"), lambda: python("-c", HELP))
    yield Figure("clausecheck --help", started, "s", 0.35, True, f"bare Python {bare:.3f} s; heavy imports: {', '.join(heavy) or 'none'}")

    texts = english(data, size)
    volume = sum(len(t.encode()) for t in texts) / 1e6
    [spent] = best(repeat, lambda: review_texts(texts))
    yield Figure("English text", volume / spent, "MB/s", 3, False, f"{len(texts)} contracts, {volume:.1f} MB, {spent:.2f} s")

    sources = sorted((data / "contracts_ja").glob("*.txt"))
    japanese = [p.read_text(encoding="utf-8") for p in sources]
    characters = sum(map(len, japanese)) / 1e6
    [spent] = best(repeat, lambda: review_texts(japanese))
    note = f"{len(japanese)} contracts, {characters:.2f} M characters, {spent:.2f} s"
    yield Figure("Japanese text", characters / spent, "M characters/s", 1, False, note)

    yield from term_figures("English", texts[: how_many(texts, 1.5)], repeat)
    yield from term_figures("Japanese", japanese, repeat)

    pdfs = sorted((data / "cuad" / "pdf").glob("*.pdf"))
    mine, boxes, runs = best(repeat, lambda: review_files(pdfs), lambda: pdf_text_and_boxes(pdfs), lambda: pdf_text_and_runs(pdfs))
    note = f"{len(pdfs)} files, {mine:.2f} s against {boxes:.2f} s; {mine / runs:.2f}x the text with a box a run"
    yield Figure("PDF / pypdfium2 text and boxes", mine / boxes, "x", 1.5, True, note)

    yield Figure("memory of a 1,000-page PDF", thousand_pages(pdfs), "MB", 300, True, "highest resident size of a review, Python included")

    words = sorted([*(data / "docx_en").glob("*.docx"), *(data / "contracts_ja" / "original").glob("*.docx")])
    mine, theirs = best(repeat, lambda: review_files(words), lambda: docx_paragraphs(words))
    note = f"{len(words)} files, {mine:.2f} s against {theirs:.2f} s"
    yield Figure("Word / python-docx open and every paragraph", mine / theirs, "x", 1, True, note)
    mine, theirs = best(repeat, lambda: [clausecheck.read_contract(path) for path in words], lambda: docx_paragraphs(words))
    yield Figure("  the reading and splitting of it alone", mine / theirs, "x", 1, True, f"{mine:.2f} s against {theirs:.2f} s")
    yield from hostile_figures()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the contracts")
    parser.add_argument("--size", type=float, default=5, help="MB of English text")
    parser.add_argument("--repeat", type=int, default=3, help="rounds; the best counts")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"speed: no data at {options.data}; name the folder with --data")
    clausecheck.review(clausecheck.parse_contract("1. Term\nThis Agreement runs for one year.\n"))  # loads the library once
    measured = []
    for figure in figures(options.data, options.size, options.repeat):
        measured.append(figure)
        if not options.json:
            print(figure.line(), flush=True)
    if options.json:
        print(json.dumps([asdict(f) for f in measured], ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
