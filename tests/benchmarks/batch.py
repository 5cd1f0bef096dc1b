"""How a batch of agreements fares: rate, two workers against one, memory, a second run, poisoned files, kill -9 in the middle.

    python tests/benchmarks/batch.py [--data DIR] [--files N] [--kills N] [--seed N] [--json]

The data stay outside the project (default: ``../shared/data`` beside it). Contracts are repeated with edits until there are
N of them; 25 poisoned files (cut off, encrypted, empty, bombs, wrong names, far too long) stand among them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
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


def command(paths: Path, out: Path, jobs: int) -> list[str]:
    code = "import sys; from clausecheck.cli import main; main()"
    return [sys.executable, "-c", code, "batch", str(paths), "-o", str(out), "--jobs", str(jobs), "--timeout", "60"]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True)
class Ran:
    """One run from start to end."""

    seconds: float
    processor: float  # seconds of all its processes
    megabytes: int  # of its largest process
    said: str  # its first line

    @property
    def reviewed(self) -> int:
        """Contents reviewed in it."""
        return int(re.findall(r"(\d+) reviewed now", self.said)[0])


def run(folder: Path, out: Path, jobs: int) -> Ran:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        command(folder, out, jobs), env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    said, complaint = process.communicate()
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode not in (0, 1, 3):
        sys.exit(f"batch: the run ended with {process.returncode}: {complaint[-300:]}")
    return Ran(seconds, processor, after.ru_maxrss // 1024, said.splitlines()[0])


def reports(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (out / "reports").glob("*.json")}


def not_read(out: Path) -> set[str]:
    with open(out / "not_read.csv", encoding="utf-8-sig", newline="") as stream:
        return {Path(row[0]).name for row in list(csv.reader(stream))[1:]}


def kills(folder: Path, out: Path, count: int, contents: int, chance: random.Random) -> dict[str, object]:
    """kill -9 at random moments, then a run to the end: what was finished before, and whether it was done again.

    The moments are shares of the work and not of the time, so that they fall into it however busy the machine is.
    """

    def there() -> dict[str, int]:
        return {p.name: p.stat().st_mtime_ns for p in (out / "reports").glob("*.json")}

    again, killed = 0, []
    for share in sorted(chance.uniform(0.05, 0.95) for _ in range(count)):
        before = there()
        process = subprocess.Popen(command(folder, out, 2), env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(there()) < share * contents:
            time.sleep(0.1)
        time.sleep(chance.uniform(0, 1))
        process.kill()
        process.wait()
        after = there()
        again += sum(after.get(name) != when for name, when in before.items())
        killed.append(len(after))
    before = there()
    last = run(folder, out, 2)
    after = there()
    again += sum(after.get(name) != when for name, when in before.items())
    return {
        "killed when there were (reports)": killed,
        "reviewed by the run after them": last.reviewed,
        "finished reports lost or made anew": again,
    }


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
    figures: dict[str, object] = {}

    def tell(**more: object) -> None:
        for name, value in more.items():
            figures[name.replace("_", " ")] = value
            if not options.json:
                print(f"{name.replace('_', ' '):42} {value}", flush=True)

    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        few, folder = place / "few", place / "in"
        for part in (few, folder):
            part.mkdir()
        fill(folder, options.data, options.files, chance)
        everything = sorted(folder.iterdir())
        volume = sum(p.stat().st_size for p in everything) / 1e6
        tell(files=len(everything), of_them_poisoned=POISONED, MB=round(volume, 1))
        two = run(folder, place / "two", 2)
        tell(two_workers_s=round(two.seconds, 1), their_processor_s=round(two.processor, 1), said=two.said)
        tell(files_per_second=round(len(everything) / two.seconds, 2))
        bad = not_read(place / "two")
        tell(poisoned_and_not_named=sorted(p.name for p in everything if p.name.startswith("poisoned") and p.name not in bad))
        tell(good_and_not_read=sorted(name for name in bad if not name.startswith("poisoned")))
        again = run(folder, place / "two", 2)
        tell(
            second_run_s=round(again.seconds, 2),
            its_processor_seconds=round(again.processor, 2),
            reviewed_in_it=again.reviewed,
            faster_by=round(two.seconds / again.seconds),
        )
        (place / "two" / "register.csv").unlink()
        anew = run(folder, place / "two", 2).processor - again.processor
        tell(outputs_written_anew_processor_s=round(anew, 1))
        one = run(folder, place / "one", 1)
        tell(one_worker_s=round(one.seconds, 1), its_processor_s=round(one.processor, 1))
        tell(two_against_one=round(one.seconds / two.seconds, 2), processors_kept_busy_by_two=round(two.processor / two.seconds, 2))
        same = reports(place / "two")
        tell(reports=len(same), the_same_with_one_worker=same == reports(place / "one"))
        shutil.rmtree(place / "one")
        tell(largest_process_MB=two.megabytes)
        tell(**kills(folder, place / "killed", options.kills, len(same), chance))
        tell(nothing_lost=same == reports(place / "killed"))
        kept = sum(p.stat().st_size for p in (place / "two").rglob("*"))
        store = sum(p.stat().st_size for p in (place / "two").glob("clausecheck.sqlite3*"))
        tell(**million(two, anew, len(same), len(everything), volume, kept, store))
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))


def million(two: Ran, anew: float, contents: int, files: int, volume: float, kept: int, store: int) -> dict[str, object]:
    """What the measured rates come to for a million contracts like these."""
    each, serial = (two.processor - anew) / files, anew / contents
    hours = {n: round((1e6 * each / n + 1e6 * serial) / 3600, 1) for n in (2, 16, 64)}
    return {
        "a contract, mean kB": round(1000 * volume / files),
        "a review, processor s": round(each, 3),
        "its share of register and page, processor s": round(serial, 4),
        "1 million: hours on 2, 16, 64 processors": hours,
        "1 million: GB read, reports, store": [
            round(n) for n in (1000 * volume / files, (kept - store) / contents / 1000, store / contents / 1000)
        ],
    }


if __name__ == "__main__":
    main()
