"""Many contracts at once: nothing is lost, nothing is reviewed twice, and one bad file costs that file only."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import small_library

import clausecheck
from clausecheck.batch.fingerprints import basis_of, of_provisions
from clausecheck.batch.inputs import gather
from clausecheck.batch.jobs import Job, Options, sha256_of
from clausecheck.batch.names import STORE, report_name
from clausecheck.batch.outputs import harmless
from clausecheck.batch.pool import Pool
from clausecheck.batch.portfolio import Due, Outlier, Portfolio, Row, outlier, usual
from clausecheck.batch.run import BatchResult, Progress
from clausecheck.batch.sketch import Groups, likeness, sketch
from clausecheck.batch.store import Store, pack
from clausecheck.errors import UsageError
from clausecheck.pipeline import needed_for
from clausecheck.reports import workbook
from clausecheck.reports.words import Words

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
AGREEMENT = """SUPPLY AGREEMENT

This Agreement is made between {buyer} ("Buyer") and {supplier} ("Supplier").

1. Supply
Supplier shall deliver the goods described in each order within {days} days after it has received the order.

2. Term
This Agreement takes effect on {start} and remains in force for two (2) years.
{more}
"""


def write(folder: Path, name: str, supplier: str = "Kiln Works Inc.", more: str = "", days: int = 30, start: str = "April 1, 2025") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(AGREEMENT.format(buyer="Harbor Tiles Ltd.", supplier=supplier, days=days, start=start, more=more), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    for i in range(4):
        write(made, f"a{i}.txt", days=10 + i)
    shutil.copy(SAMPLES / "supply_en_poor.docx", made / "poor.docx")
    return made


LEADS = ("force_majeure", "termination_on_concern", "human_rights", "term_length")


def small(place: Path) -> Path:
    """The lead provisions of the shipped library as a library of their own: workers start several times faster with it."""
    shutil.copytree(ROOT / "clause_library" / "vocabulary", place / "vocabulary")
    shutil.copytree(ROOT / "clause_library" / "profiles", place / "profiles")
    (place / "provisions").mkdir()
    for name in LEADS:
        shutil.copy(ROOT / "clause_library" / "provisions" / f"{name}.yaml", place / "provisions")
    return place


@pytest.fixture(scope="session")
def leads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("library") / "leads")


@pytest.fixture
def run(leads: Path) -> Callable[..., BatchResult]:
    def start(folder: Path | str, out: Path, **options: Any) -> BatchResult:
        return clausecheck.review_batch([folder], out, **{"jobs": 2, "library": leads, **options})

    return start


def bodies(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((out / "reports").iterdir())}


# --- a whole run ---------------------------------------------------------------------------------------------------
def test_a_run_and_the_next(run: Callable[..., BatchResult], leads: Path, folder: Path, tmp_path: Path) -> None:
    """Good files have the report that ``review`` gives, bad ones a reason; the next run reviews nothing and writes nothing anew."""
    shutil.copy(folder / "a0.txt", folder / "=copy.txt")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    out = tmp_path / "out"
    first = run(folder, out)
    assert (first.files, first.contents, first.reviewed, first.failed, first.exit_code) == (7, 6, 6, 1, 3)
    names = {p.name.split(".txt")[0] for p in (out / "reports").glob("*.json")}
    assert len(names) == 5, "a content has one report"
    [poor] = (out / "reports").glob("poor.docx.*.json")
    assert poor.read_text(encoding="utf-8") == clausecheck.review(folder / "poor.docx", clausecheck.load_library(leads)).to_json()
    with open(out / "register.csv", encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [Path(r["File"]).name for r in rows] == ["=copy.txt", "a0.txt", "a1.txt", "a2.txt", "a3.txt", "poor.docx"]
    assert Path(rows[1]["Same content as"]).name == "=copy.txt" and rows[1]["Report"] == rows[0]["Report"]
    assert rows[0]["Supplier"] == "Kiln Works Inc." and rows[0]["Initial months"] == "24"
    assert "broken.pdf" in (out / "not_read.csv").read_text(encoding="utf-8-sig")
    assert all(p.stat().st_mode & 0o077 == 0 for p in [out, *out.rglob("*")]) or os.name == "nt"
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in out.rglob("*") if p.is_file() and not p.name.startswith(STORE)}
    second = run(folder, out)
    assert (second.reviewed, second.failed, second.portfolio.files) == (0, 1, 7)
    assert before == {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in before}


def test_a_report_that_was_deleted_comes_back_without_a_review(run: Callable[..., BatchResult], folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "out")
    before = bodies(tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / "reports")
    assert run(folder, tmp_path / "out").reviewed == 0 and bodies(tmp_path / "out") == before


def test_an_executor_gives_the_same(run: Callable[..., BatchResult], folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "one")
    with ThreadPoolExecutor(2) as pool:
        run(folder, tmp_path / "two", executor=pool)
    assert bodies(tmp_path / "one") == bodies(tmp_path / "two")


# --- isolation -----------------------------------------------------------------------------------------------------
def job(path: Path, options: Options) -> Job:
    return Job(path.name, str(path), sha256_of(path), basis_of(options.library, options.profile))


def test_a_file_that_takes_too_long_costs_that_file_only(leads: Path, tmp_path: Path) -> None:
    slow = write(tmp_path, "slow.txt", more="The Supplier shall, if force majeure prevents it, notify the Buyer. " * 200_000)
    paths = [write(tmp_path, f"quick{i}.txt", days=i) for i in range(3)]
    options = Options(library=str(leads))
    found = {d.key: d.error for d in Pool(options, 1, 5.0, 4096).run(job(p, options) for p in [paths[0], slow, *paths[1:]])}
    assert found == {"quick0.txt": "", "slow.txt": "TimeLimit", "quick1.txt": "", "quick2.txt": ""}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded by the system on Linux")
def test_a_file_that_needs_too_much_memory_costs_that_file_only(run: Callable[..., BatchResult], tmp_path: Path) -> None:
    large = write(tmp_path, "large.txt", more="\n".join(f"{i}. The parties shall meet in room {i}.\n" for i in range(3, 90_000)))
    small = write(tmp_path, "small.txt")
    options = Options(library=str(small_library.write(tmp_path / "library", small_library.example())))
    found = {d.key: d.error for d in Pool(options, 1, 60.0, 130).run(job(p, options) for p in [large, small])}
    assert found["large.txt"] in ("MemoryError", "Crash") and found["small.txt"] == ""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="workers are found by /proc")
def test_a_worker_that_dies_is_replaced(leads: Path, tmp_path: Path) -> None:
    slow = write(tmp_path, "slow.txt", more="The Supplier shall, if force majeure prevents it, notify the Buyer. " * 200_000)
    quick = write(tmp_path, "quick.txt")
    options = Options(library=str(leads))
    pool = Pool(options, 1, 60.0, 4096)

    def kill_it() -> None:
        limit = time.monotonic() + 30
        while time.monotonic() < limit and not (pool._workers and pool._workers[0].job is not None):
            time.sleep(0.05)
        time.sleep(0.2)
        pool._workers[0].process.send_signal(signal.SIGKILL)

    with ThreadPoolExecutor(1) as other:
        other.submit(kill_it)
        found = {d.key: (d.error, d.message) for d in pool.run(job(p, options) for p in [slow, quick])}
    assert found["slow.txt"][0] == "Crash" and "signal 9" in found["slow.txt"][1] and found["quick.txt"] == ("", "")


# --- what survives -------------------------------------------------------------------------------------------------
def test_a_killed_run_goes_on(run: Callable[..., BatchResult], leads: Path, tmp_path: Path) -> None:
    """kill -9 in the middle: what was finished is there, and only the rest is reviewed."""
    source, out = tmp_path / "in", tmp_path / "out"
    for i in range(60):
        write(source, f"{i:03}.txt", days=i)
    code = f"import clausecheck; clausecheck.review_batch([{str(source)!r}], {str(out)!r}, jobs=1, library={str(leads)!r})"
    process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)})
    limit = time.monotonic() + 60
    while len(list((out / "reports").glob("*.json")) if out.exists() else []) < 5 and time.monotonic() < limit:
        time.sleep(0.02)
    process.kill()
    process.wait()
    there = len(list((out / "reports").glob("*.json")))
    rest = run(source, out)
    assert 5 <= there < 60 and rest.reviewed <= 60 - there and rest.portfolio.files == 60 and rest.failed == 0
    whole = tmp_path / "whole"
    run(source, whole)
    assert bodies(out) == bodies(whole)


@pytest.mark.parametrize("damage", ["garbage", "truncated", "row"])
def test_a_damaged_store_is_never_trusted(run: Callable[..., BatchResult], folder: Path, tmp_path: Path, damage: str) -> None:
    out = tmp_path / "out"
    run(folder, out)
    good = bodies(out)
    store = out / STORE
    if damage == "garbage":
        store.write_bytes(b"no database at all" * 1000)
    elif damage == "truncated":
        store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])
    else:
        with sqlite3.connect(store) as db:
            db.execute("UPDATE contracts SET findings=?", (pack({"force_majeure": {"status": "present"}}),))
        db.close()
    again = run(folder, out)
    assert again.reviewed == 5 and bodies(out) == good
    assert bool(again.rebuilt) == (damage != "row")


def test_a_changed_provision_makes_its_own_findings_stale(run: Callable[..., BatchResult], folder: Path, tmp_path: Path) -> None:
    """And those of the provisions that look at it: nothing else is judged again."""
    library = small(tmp_path / "library")
    before = of_provisions(clausecheck.load_library(library))
    page = library / "provisions" / "force_majeure.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("severity: critical", "severity: high", 1), encoding="utf-8")
    changed = clausecheck.load_library(library)
    after = of_provisions(changed)
    stale = {name for name in before if before[name] != after[name]}
    assert stale == {name for name in before if "force_majeure" in needed_for({name}, changed)} and len(stale) < len(before)
    out = tmp_path / "out"
    run(folder, out)
    result = run(folder, out, library=library)
    assert result.reviewed == 5
    [poor] = (out / "reports").glob("poor.docx.*.json")
    assert poor.read_text(encoding="utf-8") == clausecheck.review(folder / "poor.docx", changed).to_json()


def test_a_changed_concept_reaches_the_provisions_that_name_it(leads: Path, tmp_path: Path) -> None:
    library = small(tmp_path / "library")
    before = of_provisions(clausecheck.load_library(library))
    words = library / "vocabulary" / "en.yaml"
    text = words.read_text(encoding="utf-8")
    words.write_text(text.replace("      - notify~\n", "      - notify~\n      - telegraph~\n", 1), encoding="utf-8")
    after = of_provisions(clausecheck.load_library(library))
    assert before["force_majeure"] != after["force_majeure"]


# --- inputs --------------------------------------------------------------------------------------------------------
def test_which_files_are_meant(leads: Path, tmp_path: Path) -> None:
    for name in ("b.txt", "a.DOCX", "sub/c.pdf", ".hidden.txt", "~$a.docx", "photo.png", ".git/d.txt", "out/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    listed = tmp_path / "list"
    listed.write_text(f"# mine\n{tmp_path / 'photo.png'}\n\n{tmp_path / 'sub'}\n", encoding="utf-8")

    def names(*arguments: str) -> list[str]:
        return [p.relative_to(tmp_path).as_posix() for p in gather(arguments, without=tmp_path / "out")]

    assert names(str(tmp_path)) == ["a.DOCX", "b.txt", "sub/c.pdf"]
    assert names(f"{tmp_path}/**/*.pdf", f"{tmp_path}/b.txt") == ["sub/c.pdf", "b.txt"]
    assert names(f"@{listed}") == ["photo.png", "sub/c.pdf"], "what is named by itself is read whatever its suffix"
    for wrong in (f"{tmp_path}/none.txt", f"{tmp_path}/*.odt", f"@{tmp_path}/nolist"):
        with pytest.raises(UsageError):
            names(wrong)


def test_a_path_named_twice_is_one_file(leads: Path, folder: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    result = clausecheck.review_batch([folder / "a0.txt", folder / "a0.txt"], tmp_path / "out", jobs=1, library=leads, progress=seen.append)
    assert result.files == 1 and [(s.done, s.failed) for s in seen] == [(1, 0)]


# --- the whole -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("gate", "good"),
    [("term_length=100%", False), ("term_length:weak=100", True), ("human_rights=0%", True), ("human_rights:weak=20%", False)],
)
def test_gates(run: Callable[..., BatchResult], folder: Path, tmp_path: Path, gate: str, good: bool) -> None:
    (folder / "poor.docx").unlink()
    result = run(folder, tmp_path / "out", require=[gate])
    assert (result.exit_code, bool(result.unmet)) == ((0, False) if good else (1, True)), result.unmet


@pytest.mark.parametrize("text", ["human_rights", "human_rights=101%", "human_rights>5", "nothing=5%"])
def test_a_wrong_gate_is_told_before_the_work(text: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        clausecheck.review_batch([SAMPLES], tmp_path / "out", require=[text])
    assert not list((tmp_path / "out").glob("reports/*"))


@pytest.mark.parametrize("options", [{"contract_type": "x"}, {"side": "x"}, {"attachments": ["no such file"]}, {"revisions": "x"}])
def test_a_wrong_option_is_told_and_not_laid_to_the_files(
    run: Callable[..., BatchResult], folder: Path, tmp_path: Path, options: dict[str, Any]
) -> None:
    with pytest.raises(UsageError):
        run(folder, tmp_path / "out", jobs=1, **options)


def test_files_that_could_not_be_read_do_not_meet_a_gate(run: Callable[..., BatchResult], folder: Path, tmp_path: Path) -> None:
    (folder / "poor.docx").unlink()
    (folder / "x.pdf").write_bytes(b"%PDF-1.7")
    result = run(folder, tmp_path / "out", require=["term_length:weak=100%"])
    assert result.unmet and "80.0%" in result.unmet[0]


def test_a_draft_that_says_less_than_the_others() -> None:
    row = Row(3, "c", "S", "supply", None, "pmw")
    found = outlier(row, usual(["ppw", "ppw", "ppm", "pmw"]), ["x", "y", "z"])
    assert found is not None and found.departures == (("y", "missing", "present"),)
    assert outlier(row, usual(["ppw", "pmw"]), ["x", "y", "z"]) is None, "two drafts have no custom"
    assert outlier(Row(1, "a", "S", "supply", None, "ppp"), usual(["pmp", "pmp", "ppp"]), ["x", "y", "z"]) is None, (
        "saying more is no fault"
    )


def test_a_portfolio_survives_the_store() -> None:
    portfolio = Portfolio(("x", "y"), dt.date(2026, 4, 1), files=3, near_copies=[["a", "b"]])
    for row in (Row(1, "a", "S", "supply", 2025, "pm"), Row(2, "b", "S", "nda", None, "wc")):
        portfolio.add(row)
    portfolio.add_due(Due("2026-05-31", "ends", "a", "S"))
    portfolio.outliers.append(Outlier(Row(2, "b", "S", "nda", None, "wc"), (("y", "conflicting", "present"),)))
    again = Portfolio.from_data(json.loads(json.dumps(portfolio.to_data())))
    assert again == portfolio and again.worst_first == ["y", "x"]
    assert [(name, size, [(p, s.lacking) for p, s in lacked]) for name, size, lacked in again.groups("supplier")] == [("S", 2, [("y", 2)])]


def test_near_copies_are_grouped() -> None:
    text = clausecheck.read_contract(SAMPLES / "supply_en_good.docx").text
    copy, other = text.replace("Sample", "Other").replace("12", "24"), clausecheck.read_contract(SAMPLES / "supply_en_poor.docx").text
    assert likeness(sketch(text), sketch(copy)) > 0.75 > likeness(sketch(text), sketch(other))
    groups = Groups()
    assert [groups.add(i, sketch(t)) for i, t in enumerate([text, other, copy])] == [0, 1, 0] and list(groups.together()) == [[0, 2]]


def test_cells_are_never_run() -> None:
    assert [harmless(c) for c in ("=1+1", "-x", "@a", "+1", "a=1", 5, "")] == ["'=1+1", "'-x", "'@a", "'+1", "a=1", 5, ""]
    assert "/" not in report_name("a/b:c*.txt", "0" * 64)


def test_the_store_of_another_version_is_put_aside(tmp_path: Path) -> None:
    Store(tmp_path / "s").close()
    with sqlite3.connect(tmp_path / "s") as db:
        db.execute("PRAGMA user_version=1")
    db.close()
    store = Store(tmp_path / "s")
    assert "version" in store.rebuilt and (tmp_path / "s.damaged").exists()
    store.close()


def test_two_runs_in_one_folder_are_told_apart(leads: Path, folder: Path, tmp_path: Path) -> None:
    """The second is refused in one line; the first's store is not taken for a damaged one."""
    out = tmp_path / "out"
    store = Store(out / STORE)
    with pytest.raises(UsageError, match="another run"):
        clausecheck.review_batch([folder], out, jobs=1, library=leads)
    store.close()
    assert not list(out.glob("*.damaged"))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_told(run: Callable[..., BatchResult], folder: Path, tmp_path: Path) -> None:
    shutil.copy(os.fsencode(folder / "a0.txt"), os.fsencode(folder) + b"/\xff.txt")
    result = run(folder, tmp_path / "out")
    assert (result.files, result.failed) == (6, 1)
    assert "no UTF-8" in (tmp_path / "out" / "not_read.csv").read_text(encoding="utf-8-sig")


def test_a_run_without_news_loads_neither_library_nor_engine(
    run: Callable[..., BatchResult], leads: Path, folder: Path, tmp_path: Path
) -> None:
    """It takes a fraction of a second and not that of a review: nothing heavy is imported."""
    run(folder, tmp_path / "out")
    heavy = ("pydantic", "ruamel.yaml", "clausecheck.pipeline", "xlsxwriter")
    code = (
        f"import sys, clausecheck\nr = clausecheck.review_batch([{str(folder)!r}], {str(tmp_path / 'out')!r}, library={str(leads)!r})\n"
        f"print(r.reviewed, r.files, [m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0 5 []"


def test_a_full_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    book = workbook.Book(str(tmp_path / "b.xlsx"), Words("en"), "t", streaming=True)
    sheet = book.sheet("Rows", ["n"], [10], 1)
    for i in range(5):
        sheet.add([workbook.Cell(i)])
    sheet.close()
    book.close()
    with zipfile.ZipFile(tmp_path / "b.xlsx") as package:
        titles = re.findall(r'<sheet name="([^"]+)"', package.read("xl/workbook.xml").decode())
        rows = [re.findall("<v>([0-9]+)</v>", package.read(f"xl/worksheets/sheet{i}.xml").decode()) for i in (1, 2, 3)]
    assert titles == ["Rows", "Rows (2)", "Rows (3)"] and rows == [["0", "1"], ["2", "3"], ["4"]]


# --- a cluster -----------------------------------------------------------------------------------------------------
def test_a_dask_cluster_that_loses_a_worker(run: Callable[..., BatchResult], folder: Path, tmp_path: Path) -> None:
    """Several worker processes, one killed in the middle: the cluster does its files again, and the result is the same."""
    distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    for i in range(20, 50):
        write(folder, f"b{i}.txt", days=i)
    run(folder, tmp_path / "here")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        pids = list(client.run(os.getpid).values())
        killed: list[int] = []

        def kill_one(step: Progress) -> None:
            if step.reviewed == 3 and not killed:
                killed.append(pids[0])
                os.kill(pids[0], signal.SIGKILL)

        result = run(folder, tmp_path / "there", executor=client.get_executor(), progress=kill_one)
    assert killed and result.failed == 0 and bodies(tmp_path / "here") == bodies(tmp_path / "there")
