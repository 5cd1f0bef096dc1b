"""How a batch of agreements fares: rate, two workers against one, memory, a second run, poisoned files, kill -9 in the middle.

    python tests/benchmarks/batch.py [--data DIR] [--files N] [--kills N] [--seed N] [--json]

The data stay outside the project (default: ``../shared/data`` beside it). Contracts are repeated with edits until there are
N of them; 25 poisoned files (cut off, encrypted, empty, bombs, wrong names, far too long) stand among them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

POISONED = 25


def sources(data: Path) -> Iterator[tuple[str, bytes]]:
    """(suffix, content) of every contract there is."""
    with gzip.open(data / "cuad" / "contracts.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield ".txt", json.loads(line)["text"].encode()
    for folder, pattern in (("contracts_ja", "*.txt"), ("docx_en", "*.docx"), ("contracts_ja/original", "*.docx"), ("cuad/pdf", "*.pdf")):
        for path in sorted((data / folder).glob(pattern)):
            yield path.suffix, path.read_bytes()
    for path in sorted((ROOT / "samples").iterdir()):
        if path.suffix in (".docx", ".pdf"):
            yield path.suffix, path.read_bytes()


def fill(folder: Path, data: Path, files: int, chance: random.Random) -> None:
    """``files`` agreements, each different, and the poisoned ones among them."""
    known = list(sources(data))
    for number in range(files):
        suffix, content = known[number % len(known)] if number < len(known) else chance.choice([k for k in known if k[0] == ".txt"])
        if number >= len(known):
            content = content.replace(b"30", str(chance.randint(10, 99)).encode()) + f"\nReference {number}\n".encode()
        (folder / f"{number:05}{suffix}").write_bytes(content)
    pdf = next(content for suffix, content in known if suffix == ".pdf")
    docx = next(content for suffix, content in known if suffix == ".docx")
    for number in range(POISONED):
        kind = number % 9
        name, content = [
            ("cut.pdf", pdf[: len(pdf) // 3]),
            ("cut.docx", docx[: len(docx) // 2]),
            ("empty.txt", b""),
            ("blank.txt", b" \n" * 500),
            ("noise.pdf", chance.randbytes(50_000)),
            ("wrong.docx", b"%PDF-1.7\n" + chance.randbytes(2000)),
            ("bomb.docx", b""),
            ("numbers.txt", b"1. " * 400_000),
            ("chinese.txt", ("本合同由双方签订，违约方应当承担违约责任。" * 400 + str(number)).encode()),
        ][kind]
        path = folder / f"poisoned{number:02}_{name}"
        path.write_bytes(content + str(number).encode() if kind not in (2, 6) else content)
        if kind == 6:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
                bomb.writestr("word/document.xml", b"<w:p/>" * (30_000_000 + number))
                bomb.writestr("[Content_Types].xml", b"<Types/>")


def command(folder: Path, out: Path, jobs: int) -> list[str]:
    code = "import sys; from clausecheck.cli import main; main()"
    return [sys.executable, "-c", code, "batch", str(folder), "-o", str(out), "--jobs", str(jobs), "--timeout", "60"]


def run(folder: Path, out: Path, jobs: int) -> tuple[float, str]:
    """(seconds, what it printed at the end)."""
    began = time.perf_counter()
    done = subprocess.run(
        command(folder, out, jobs), env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, encoding="utf-8"
    )
    return time.perf_counter() - began, done.stdout.splitlines()[0] if done.stdout else done.stderr[-300:]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"batch: no data at {options.data}; name the folder with --data")
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        folder = place / "in"
        folder.mkdir()
        fill(folder, options.data, options.files, chance)
        volume = sum(p.stat().st_size for p in folder.iterdir()) / 1e6
        figures: dict[str, object] = {"files": options.files + POISONED, "MB": round(volume, 1)}
        two, said = run(folder, place / "two", 2)
        figures |= {"two workers, s": round(two, 1), "said": said, "files/s": round((options.files + POISONED) / two, 2)}
        figures["not read"] = (place / "two" / "not_read.csv").read_text(encoding="utf-8-sig").count("\n") - 1
        figures["parent and workers, largest MB"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        again, _ = run(folder, place / "two", 2)
        figures |= {"second run, s": round(again, 1), "second run is faster": round(two / again, 1)}
        one, _ = run(folder, place / "one", 1)
        figures |= {"one worker, s": round(one, 1), "two against one": round(one / two, 2)}
        same = {p.name: p.read_bytes() for p in (place / "two" / "reports").iterdir()}
        figures["same reports"] = same == {p.name: p.read_bytes() for p in (place / "one" / "reports").iterdir()}
        for _ in range(options.kills):
            process = subprocess.Popen(
                command(folder, place / "killed", 2),
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(chance.uniform(3, two / 3))
            process.kill()
            process.wait()
        there = len(list((place / "killed" / "reports").glob("*.json")))
        _, said = run(folder, place / "killed", 2)
        figures |= {"after the kills": f"{there} reports were there; then {said}"}
        figures["nothing lost"] = same == {p.name: p.read_bytes() for p in (place / "killed" / "reports").iterdir()}
        shutil.rmtree(place / "one", ignore_errors=True)
    print(json.dumps(figures, ensure_ascii=False, indent=1) if options.json else "\n".join(f"{k:34} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
