"""One run of a batch: what is new is reviewed, what is known is taken from the store, and every file ends in a report or a reason."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from clausecheck import __version__
from clausecheck.batch.fingerprints import key_of
from clausecheck.batch.inputs import gather
from clausecheck.batch.outputs import Outputs, report_name
from clausecheck.batch.pool import Pool
from clausecheck.batch.portfolio import Gate, Portfolio
from clausecheck.batch.store import Store
from clausecheck.batch.work import Done, Job, Options, do, of_provisions_of, sha256_of
from clausecheck.errors import UsageError
from clausecheck.library import Library, load_library
from clausecheck.model import SCHEMA_VERSION
from clausecheck.readers import MAX_BYTES
from clausecheck.report import dump, summary_of

STORE = "clausecheck.sqlite3"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, for whoever shows it."""

    done: int  # files that have a report or a reason
    total: int | None  # None while files are still being counted
    failed: int
    reviewed: int  # contents reviewed in this run
    path: str  # the file that was just finished
    seconds: float  # since the run began

    @property
    def rate(self) -> float:
        """Contents reviewed in a second."""
        return self.reviewed / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a run came to."""

    files: int
    contents: int  # different ones among the files
    reviewed: int  # in this run; the others were known
    failed: int  # files that could not be reviewed
    undetermined: int  # files that were read only in part
    portfolio: Portfolio
    unmet: tuple[str, ...]  # gates that were not met, in words
    rebuilt: str = ""  # why the store of earlier results was begun anew

    @property
    def exit_code(self) -> int:
        """3 if a file was not understood, else 1 if a gate was not met, else 0."""
        return 3 if self.failed or self.undetermined else 1 if self.unmet else 0


@dataclass
class _Run:
    store: Store
    out: Path
    options: Options
    library: Library
    marks: Mapping[str, str]
    show: Callable[[Progress], None] | None
    begun: float = field(default_factory=time.monotonic)
    files: int = 0
    done: int = 0
    failed: int = 0
    reviewed: int = 0
    total: int | None = None
    waiting: set[str] = field(default_factory=set)  # keys in work

    def jobs(self, named: Iterable[str | os.PathLike[str]]) -> Iterator[Job]:
        """The contents that have to be reviewed; all files are noted in the store on the way."""
        said = self.options.key()
        for path in gather(named, without=self.out):
            shown = os.fspath(path)
            try:
                size = path.stat().st_size
                if not path.is_file():
                    raise OSError("it is no regular file")
                content = sha256_of(path) if size <= MAX_BYTES else ""
            except OSError as error:
                if self.store.add_input(shown, f"unread:{shown}", "OSError", f"it cannot be opened ({error.strerror or error})"):
                    self._finished(shown, failed=True, files=1)
                continue
            if not content:
                if self.store.add_input(shown, f"unread:{shown}", "LimitError", f"larger than {MAX_BYTES >> 20} MB"):
                    self._finished(shown, failed=True, files=1)
                continue
            key = key_of(content, said)
            if self.store.add_input(shown, key) is None:
                continue  # the same path, named twice
            self.files += 1
            if key in self.waiting:
                self.done += 1
                continue
            if self.store.failure(key):
                self._finished(shown, failed=True)
                continue
            lacking = self.store.lacking(key, self.marks)
            if lacking == []:
                self._finished(shown)
                continue
            self.waiting.add(key)
            yield Job(key, shown, content, tuple(self.marks if lacking is None else lacking), lacking is None)
        self.total = self.files

    def take(self, done: Done) -> None:
        """Keeps what came of a job, and writes its report."""
        self.waiting.discard(done.key)
        self.reviewed += 1
        path = self.store.path_of(done.key)
        if done.error:
            self.store.fail(done.key, done.error, done.message)
        else:
            self.store.put(done.key, done.body, done.findings)
            self.write_report(done.key, path)
        self._finished(path, failed=bool(done.error))

    def write_report(self, key: str, path: str) -> bool:
        """Writes the JSON report of a known content beside the others; False if the store does not hold all of it."""
        whole = self.report(key, path)
        if whole is None:
            return False
        target = self.out / "reports" / report_name(path, key)
        private(target, dump(whole).encode("utf-8"))
        return True

    def report(self, key: str, path: str) -> dict[str, Any] | None:
        """The report of a known content as ``clausecheck review --format json`` gives it."""
        stored = self.store.contract(key)
        if stored is None:
            return None
        known = self.store.findings(key)
        if any(p not in known for p in self.marks):
            return None
        findings = [known[p] for p in self.marks]
        stored.base["contract"]["name"] = Path(path).name  # the content may have had another name in an earlier run
        return {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "clausecheck", "version": __version__},
            "library": {
                "name": self.library.name,
                "version": self.library.version,
                "sha256": self.library.sha256,
                "profile": self.library.profile.name,
            },
            **stored.base,
            "findings": findings,
            "summary": summary_of([f["status"] for f in findings]),
        }

    def _finished(self, path: str, *, failed: bool = False, files: int = 0) -> None:
        self.files += files
        self.done += 1
        self.failed += failed
        if self.show is not None:
            self.show(Progress(self.done, self.total, self.failed, self.reviewed, path, time.monotonic() - self.begun))


def review_batch(
    paths: Sequence[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    library: str | os.PathLike[str] | None = None,
    profile: str | None = None,
    contract_type: str | None = None,
    side: str | None = None,
    attachments: Sequence[str | os.PathLike[str]] = (),
    revisions: str = "final",
    language: str | None = None,
    ocr: bool = False,
    jobs: int | None = None,
    seconds: float = 120.0,
    megabytes: int = 2048,
    retry: bool = False,
    require: Sequence[str] = (),
    executor: Executor | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> BatchResult:
    """Reviews many contracts into a folder: one JSON report each, a register of all, and what could not be read.

    What an earlier run with the same content, options, program and provisions found is not looked for again; a run that was
    killed goes on where it stood.

    Args:
        paths: files, folders, globs, ``@LIST`` files (see ``batch.inputs.gather``).
        output: the folder for reports, register and store; made if it is not there, readable for its owner only.
        library, profile, contract_type, side, attachments, revisions, language, ocr: as for ``review``.
        jobs: worker processes; default: one a processor.
        seconds: time for one file.
        megabytes: memory for one worker (not on Windows).
        retry: review anew what failed in an earlier run.
        require: gates such as ``human_rights=98%``.
        executor: review there instead of in worker processes (a Dask cluster's, for one); it must see the same paths.
        progress: called for every finished file.

    Raises:
        UsageError: an argument names no file, or a gate no provision.
        LibraryError: the library is broken.
    """
    out = Path(output)
    options = Options(
        os.path.abspath(library) if library is not None else None,
        profile if profile is None or not profile.endswith((".yaml", ".yml")) else os.path.abspath(profile),
        contract_type,
        side,
        revisions,
        language,
        tuple(os.path.abspath(a) for a in attachments),
        ocr,
    )
    chosen = load_library(options.library, options.profile)
    gates = [Gate.parse(text, chosen) for text in require]
    if jobs is not None and jobs < 1:
        raise UsageError("jobs must be at least 1")
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        (out / "reports").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: cannot be made ({error.strerror}); choose another folder with -o") from None
    store = Store(out / STORE)
    try:
        if retry:
            store.forget_failures()
        run = _Run(store, out, options, chosen, of_provisions_of(chosen), progress)
        work = run.jobs(paths)
        if executor is None:
            for done in Pool(options, jobs or os.cpu_count() or 1, seconds, megabytes).run(work):
                run.take(done)
        else:
            for done in _elsewhere(executor, work, options):
                run.take(done)
        return _finish(run, gates)
    finally:
        store.close()


def _elsewhere(executor: Executor, jobs: Iterator[Job], options: Options) -> Iterator[Done]:
    """What comes of each job on an executor; as many are under way as keep it busy, so that millions need no memory here."""
    most = 4 * max(getattr(executor, "_max_workers", 0) or 0, (os.cpu_count() or 1), 8)
    pending: dict[Future[Done], Job] = {}
    exhausted = False
    while pending or not exhausted:
        while not exhausted and len(pending) < most:
            job = next(jobs, None)
            if job is None:
                exhausted = True
            else:
                pending[executor.submit(do, replace(job, path=os.path.abspath(job.path)), options)] = job
        if pending:
            finished, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in finished:
                job = pending.pop(future)
                try:
                    yield future.result()
                except Exception as error:  # the worker died with it, or the cluster gave the job up
                    yield Done(job.key, error="Crash", message=f"the executor gave no result ({type(error).__name__})")


def _finish(run: _Run, gates: Sequence[Gate]) -> BatchResult:
    """Writes what a folder says as a whole; nothing is written anew that would be the same."""
    outputs = Outputs(run.out, run.store, run.library, run.options.language)
    portfolio = outputs.portfolio()
    for key, path in outputs.without_report():
        run.write_report(key, path)
    outputs.write(portfolio)
    unmet = tuple(said for gate in gates if (said := gate.unmet(portfolio)))
    return BatchResult(
        portfolio.files,
        portfolio.contents,
        run.reviewed,
        portfolio.failed,
        portfolio.undetermined,
        portfolio,
        unmet,
        run.store.rebuilt,
    )


def private(target: Path, data: bytes) -> None:
    """Writes a file for its owner's eyes, whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
    os.replace(part, target)
