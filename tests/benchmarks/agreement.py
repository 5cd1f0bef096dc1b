"""Whether a contract reads the same from every kind of file: Word against the PDF made of it, and a PDF against its text.

    python tests/benchmarks/agreement.py [--data DIR] [--against PDFS]

- Word: clause lists (level, kind, number, heading) of each .docx and of the PDF that LibreOffice makes of it; and of the PDF that a
  browser makes of the same words, where Chromium is installed. Differences are listed, with the reason where it is known.
- CUAD: tokens (similarity) and findings of each PDF and of its text file.

The data stay outside the project (default: ``../shared/data`` beside it). ``--against``: a folder with the PDFs, made before.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import html
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # measure the tree this file stands in, not an installed copy

import clausecheck  # noqa: E402
from clausecheck.model import BlockKind, Contract  # noqa: E402

# Files whose lists differ, and why; everything else must agree.
FORM = "a form in tables without numbers: its labels are read cell by cell in Word, line by line in the PDF"
KNOWN = {
    "supply_en_redline": "LibreOffice prints open changes: numbers of deleted clauses in brackets, and 9.1 for 10.1 behind them",
    "openagreements-restrictive-covenant-wyoming": "'SIGNATURE PAGE' is the header of one page: no text in Word, a line in the PDF",
    "bonterms-cloud-playbook": FORM,
    "bonterms-psa-cover": FORM,
    "common-paper-order-form-with-sla": FORM,
}

Entry = tuple[str, str, str, str]


def entries(contract: Contract) -> list[Entry]:
    """The clause list as a reader compares it: blanks, widths of characters and case do not count."""
    return [(c.level.value, c.kind.value, _plain(c.number), _plain(c.heading)) for c in contract.clauses]


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", unicodedata.normalize("NFKC", text)).casefold()


def differences(one: Sequence[Entry], other: Sequence[Entry]) -> list[str]:
    """Entries of only one list, "-" from the first and "+" from the second."""
    out: list[str] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            out += [f"- {' '.join(filter(None, e))}" for e in one[i1:i2]] + [f"+ {' '.join(filter(None, e))}" for e in other[j1:j2]]
    return out


def office_pdfs(paths: Sequence[Path], folder: Path) -> None:
    """Have LibreOffice make a PDF of each file."""
    office = shutil.which("soffice") or shutil.which("libreoffice") or ""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=60 + 30 * len(paths))


def browser_pdf(contract: Contract, folder: Path) -> Path:
    """Have Chromium print the contract's words, each block a paragraph or a heading."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
    tags = {BlockKind.HEADING: "h2", BlockKind.HEADER: "p hidden", BlockKind.NOTE: "p hidden"}
    body = "".join(
        f"<{tag}>{html.escape(contract.text[b.start : b.end])}</{tag.split()[0]}>"
        for b in contract.document.blocks
        if (tag := tags.get(b.kind, "p"))
    )
    page = folder / f"{Path(contract.name).stem}.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><html lang={contract.language}>{body}", encoding="utf-8")
    made = page.with_suffix(".browser.pdf")
    switches = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/browser"]
    subprocess.run([browser, *switches, f"--print-to-pdf={made}", page.as_uri()], check=True, capture_output=True, timeout=120)
    return made


def word_files(data: Path) -> list[Path]:
    folders = (data / "docx_en", data / "contracts_ja" / "original", ROOT / "samples")
    return [path for folder in folders for path in sorted(folder.glob("*.docx"))]


def compare_word(data: Path, against: Path | None) -> None:
    paths = word_files(data)
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as made:
        folder = against or Path(made)
        if not against:
            office_pdfs(paths, folder)
        agreed = 0
        for path in paths:
            contract = clausecheck.read_contract(path)
            found = differences(entries(contract), entries(clausecheck.read_contract(folder / f"{path.stem}.pdf")))
            agreed += not found
            print(f"{path.stem}: {len(contract.clauses)} clauses, {len(found)} differ. {KNOWN.get(path.stem, '') if found else ''}")
            print(*(f"    {line}" for line in found), sep="\n", end="\n" if found else "")
            if browser and path.parent == ROOT / "samples":
                found = differences(entries(contract), entries(clausecheck.read_contract(browser_pdf(contract, Path(made)))))
                print(f"{path.stem}, by a browser: {len(found)} differ", *found, sep="\n    ")
    print(f"{agreed} of {len(paths)} files agree")


def compare_cuad(data: Path) -> None:
    from rapidfuzz.distance import Indel

    with gzip.open(data / "cuad" / "contracts.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = {one["id"]: one["text"] for one in map(json.loads, file)}
    library = clausecheck.load_library()
    similar: list[float] = []
    for path in sorted((data / "cuad" / "pdf").glob("*.pdf")):
        pdf, text = clausecheck.read_contract(path), clausecheck.parse_contract(texts[path.stem], path.stem)
        similar.append(Indel.normalized_similarity(*(re.findall(r"\w+|[^\w\s]", one.text) for one in (pdf, text))))
        print(f"{path.stem}: similarity {similar[-1]:.3f}")
        for one, other in zip(clausecheck.review(pdf, library).findings, clausecheck.review(text, library).findings, strict=True):
            if (one.status, one.found) != (other.status, other.found):
                print(f"    {one.provision}: {one.status.value} in the PDF, {other.status.value} in the text")
    print(f"similarity of tokens: median {statistics.median(similar):.3f}, lowest {min(similar):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the contracts")
    parser.add_argument("--against", type=Path, help="folder with the PDFs of the Word files")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"agreement: no data at {options.data}; name the folder with --data")
    if options.against or shutil.which("soffice"):
        compare_word(options.data, options.against)
    else:
        print("Word: skipped, LibreOffice is not installed")
    compare_cuad(options.data)


if __name__ == "__main__":
    main()
