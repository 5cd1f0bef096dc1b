"""One run of a batch: what is new is reviewed, what is known is taken from the store, and every file ends in a report or a reason."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clausecheck import __version__
from clausecheck.batch.fingerprints import basis_of, key_of, of_provisions
from clausecheck.batch.inputs import gather
from clausecheck.batch.jobs import Done, Job, Options, sha256_of
from clausecheck.batch.names import OUTPUTS, STORE, report_name
from clausecheck.batch.pool import Pool
from clausecheck.batch.portfolio import Gate, Portfolio
from clausecheck.batch.store import Store, state_of
from clausecheck.errors import LibraryError, UsageError

if TYPE_CHECKING:
    from clausecheck.library import Library

MAX_BYTES = 100_000_000  # of a file; as the readers


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


_OF_ALL = {error.__name__: error for error in (UsageError, LibraryError)}


@dataclass
class _Run:
    """A run at work. The library is loaded only when something has to be reviewed or written: most runs find little new."""

    store: Store
    out: Path
    options: Options
    basis: str  # hash of program, library and profile
    as_of: dt.date
    show: Callable[[Progress], None] | None
    begun: float = field(default_factory=time.monotonic)
    files: int = 0
    done: int = 0
    failed: int = 0
    reviewed: int = 0
    total: int | None = None
    waiting: dict[str, tuple[str, ...] | None] = field(default_factory=dict)  # keys in work

    @cached_property
    def library(self) -> Library:
        from clausecheck.library import load_library

        return load_library(self.options.library, self.options.profile)

    @cached_property
    def known(self) -> dict[str, Any]:
        """What a run needs to know of its library: the provisions with their fingerprints, and what reports say of it."""
        noted = self.store.note("library")
        if noted is not None and noted["basis"] == self.basis:
            return dict(noted)
        library = self.library
        said = {"name": library.name, "version": library.version, "sha256": library.sha256, "profile": library.profile.name}
        known = {"basis": self.basis, "marks": of_provisions(library), "said": said}
        self.store.set_note("library", known)
        return known

    @cached_property
    def marks(self) -> dict[str, str]:
        return dict(self.known["marks"])

    @cached_property
    def state(self) -> bytes:
        return state_of(self.marks)

    def jobs(self, named: Iterable[str | os.PathLike[str]]) -> Iterator[Job]:
        """The contents that have to be reviewed; all files are noted in the store on the way."""
        said = self.options.key()
        for path in gather(named, without=self.out):
            shown = os.fspath(path)
            content, reason = _content(path)
            if reason is not None:
                shown = shown.encode("utf-8", "backslashreplace").decode()
                if self.store.add_input(shown, f"unread:{shown}", *reason):
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
            lacking = self.store.lacking(key, self.marks, self.state)
            if lacking == [] and self._reported(key):
                self._finished(shown)
            else:
                self.waiting[key] = wanted = tuple(lacking) if lacking else None
                yield Job(key, shown, content, self.basis, wanted)
        self.total = self.files

    def take(self, done: Done) -> None:
        """Keeps what came of a job, and writes its report; what would meet every file alike is raised.

        Raises:
            UsageError: a wrong option.
            LibraryError: the library is broken.
        """
        if done.error in _OF_ALL:
            raise _OF_ALL[done.error](done.message)
        wanted = self.waiting.pop(done.key)
        self.reviewed += 1
        path = self.store.path_of(done.key)
        if done.findings is None:
            self.store.fail(done.key, done.error or "Crash", done.message)
        else:
            self.store.put(done.key, done.contract if wanted is None else None, done.findings, self.marks)
            self.write_report(done.key, path)
        self._finished(path, failed=done.findings is None)

    def write_report(self, key: str, path: str) -> bool:
        """Writes the JSON report of a known content beside the others; False if the store does not hold all of it."""
        from clausecheck.report import dump

        whole = self.report(key, path)
        if whole is None:
            return False
        private(self.out / "reports" / report_name(path, key), dump(whole).encode("utf-8"))
        return True

    def _reported(self, key: str) -> bool:
        """Whether the report of a known content is in the folder, or could be put there."""
        path = self.store.path_of(key)
        return (self.out / "reports" / report_name(path, key)).exists() or self.write_report(key, path)

    def report(self, key: str, path: str) -> dict[str, Any] | None:
        """The report of a known content as ``clausecheck review --format json`` gives it."""
        from clausecheck.model import SCHEMA_VERSION
        from clausecheck.report import summary_of

        stored = self.store.contract(key)
        if stored is None or any(p not in stored.findings for p in self.marks):
            return None
        findings = [stored.findings[p] for p in self.marks]
        stored.base["contract"]["name"] = Path(path).name  # the content may have had another name in an earlier run
        return {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "clausecheck", "version": __version__},
            "library": self.known["said"],
            **stored.base,
            "findings": findings,
            "summary": summary_of([f["status"] for f in findings]),
        }

    def finish(self) -> Portfolio:
        """Writes what a folder says as a whole, unless all of it would be the same as before; what it comes to."""
        state = self._state_of_outputs()
        noted = self.store.note("outputs")
        if noted is not None and noted["state"] == state and all((self.out / name).exists() for name in OUTPUTS):
            return Portfolio.from_data(noted["portfolio"])
        from clausecheck.batch.outputs import Outputs

        portfolio = Outputs(self.out, self.store, self.library, self.options.language, self.as_of).write()
        self.store.set_note("outputs", {"state": state, "portfolio": portfolio.to_data()})
        return portfolio

    def _state_of_outputs(self) -> str:
        """The hash of all that the files are made of."""
        digest = hashlib.sha256(json.dumps([self.basis, self.options.language, self.as_of.isoformat()]).encode())
        for one in self.store.inputs():
            digest.update(json.dumps([one.path, one.key, one.error, one.message]).encode())
        return digest.hexdigest()

    def _finished(self, path: str, *, failed: bool = False, files: int = 0) -> None:
        self.files += files
        self.done += 1
        self.failed += failed
        if self.show is not None:
            self.show(Progress(self.done, self.total, self.failed, self.reviewed, path, time.monotonic() - self.begun))


def _content(path: Path) -> tuple[str, tuple[str, str] | None]:
    """(hash of a file, None), or why it is not opened: (error, message)."""
    try:
        os.fspath(path).encode("utf-8")
        size = path.stat().st_size
        if not path.is_file():
            raise OSError("it is no regular file")
        if size > MAX_BYTES:
            return "", ("LimitError", f"larger than {MAX_BYTES // 1_000_000} MB")
        return sha256_of(path), None
    except UnicodeEncodeError:
        return "", ("OSError", "its name is no UTF-8 text; rename it")
    except OSError as error:
        return "", ("OSError", f"it cannot be opened ({error.strerror or error})")


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
    as_of: dt.date | None = None,
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
        as_of: the day from which dates lie ahead; default: today.
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
    gates = [Gate.parse(text) for text in require]
    if jobs is not None and jobs < 1:
        raise UsageError("jobs must be at least 1")
    basis = basis_of(options.library, options.profile)
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        (out / "reports").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: cannot be made ({error.strerror}); choose another folder with -o") from None
    store = Store(out / STORE)
    try:
        if retry:
            store.forget_failures()
        run = _Run(store, out, options, basis, as_of or dt.date.today(), progress)
        for gate in gates:
            if gate.provision not in run.marks:
                run.library.provision(gate.provision)  # says which there are
        work = run.jobs(paths)
        if executor is None:
            results = Pool(options, jobs or os.cpu_count() or 1, seconds, megabytes).run(work)
        else:
            results = _elsewhere(executor, work, options)
        for done in results:
            run.take(done)
        portfolio = run.finish()
        unmet = tuple(said for gate in gates if (said := gate.unmet(portfolio)))
        return BatchResult(
            portfolio.files,
            portfolio.contents,
            run.reviewed,
            portfolio.failed,
            portfolio.undetermined,
            portfolio,
            unmet,
            store.rebuilt,
        )
    finally:
        store.close()


def _elsewhere(executor: Executor, jobs: Iterator[Job], options: Options) -> Iterator[Done]:
    """What comes of each job on an executor; as many are under way as keep it busy, so that millions need no memory here."""
    from clausecheck.batch.work import do

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


def private(target: Path, data: bytes) -> None:
    """Writes a file for its owner's eyes, whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
    os.replace(part, target)
