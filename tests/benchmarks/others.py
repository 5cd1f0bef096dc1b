"""Throughput beside other offline tools from the package index that read contracts, on the same files in one run.

    python tests/benchmarks/others.py --python VENV/bin/python [--data DIR] [--size MB] [--repeat N] [--json]

VENV is an environment of its own with ``pip install amagi-contract-deadlines extract-cli``. They do parts of the job: the one
gives dates (as ``clausecheck deadlines`` does), the other parties, clause titles, dates and the governing law; neither judges
provisions. Each tool reads all files in one process on one core; counted is processor time beyond that of one short file, the
best of N rounds in which the tools take turns.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

QUIET = "import contextlib, io, sys\nfiles = sys.argv[1:]\n"
OURS = {
    "clausecheck review, whole library": QUIET + "import clausecheck\nfor f in files:\n    clausecheck.review(f).to_json()",
    "clausecheck review, four leads": QUIET
    + "import clausecheck\nfrom clausecheck.pipeline import only\n"
    + "leads = only(clausecheck.load_library(), ['force_majeure', 'termination_on_concern', 'human_rights', 'term_length'])\n"
    + "for f in files:\n    clausecheck.review(f, leads).to_json()",
    "clausecheck deadlines": QUIET + "import clausecheck\nlist(clausecheck.deadlines(files))",
}
OTHERS = {
    "amagi-contract-deadlines": QUIET
    + "from amagi_contract_deadlines.cli import main\n"
    + "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n    main(['--json', '-q', *files])",
    "extract-cli": QUIET
    + "from extract_cli import main\nfor f in files:\n"
    + "    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n        main([f])",
}


def processor(python: str, code: str, files: list[Path]) -> float:
    """Processor seconds of a process that runs the code over the files."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT) if python == sys.executable else ""}
    run = subprocess.run([python, "-c", code, *map(str, files)], env=environment, capture_output=True, text=True, encoding="utf-8")
    if run.returncode:
        sys.exit(f"others: {run.stderr.strip()[-300:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--python", required=True, help="Python of the environment that has the other tools.")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"others: no data at {options.data}; name the folder with --data")
    tools = [(name, sys.executable, code) for name, code in OURS.items()] + [(n, options.python, c) for n, c in OTHERS.items()]
    with tempfile.TemporaryDirectory() as temporary:
        files: list[Path] = []
        total = 0
        with gzip.open(options.data / "cuad" / "contracts.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                content = json.loads(line)["text"].encode()
                files.append(Path(temporary, f"{number:03}.txt"))
                files[-1].write_bytes(content)
                total += len(content)
                if total >= options.size * 1e6:
                    break
        short = Path(temporary, "short.txt")
        short.write_text(
            "SUPPLY AGREEMENT\n\n1. Term\nThis Agreement starts on April 1, 2025 and ends on March 31, 2026.\n", encoding="utf-8"
        )
        best: dict[str, float] = {}
        for _ in range(options.repeat):
            for name, python, code in tools:
                spent = processor(python, code, files) - processor(python, code, [short])
                best[name] = min(best.get(name, spent), spent)
    rates = {name: round(total / 1e6 / max(spent, 1e-3), 3) for name, spent in best.items()}
    if options.json:
        print(json.dumps({"MB": total / 1e6, "files": len(files), "MB/s": rates}, indent=1))
    else:
        print(f"{len(files)} English contracts, {total / 1e6:.2f} MB")
        print("\n".join(f"{name:36} {rate:8.3f} MB/s" for name, rate in rates.items()))


if __name__ == "__main__":
    main()
