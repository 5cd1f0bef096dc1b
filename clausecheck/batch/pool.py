"""Worker processes that may hang, crash or run out of memory without harm to the rest.

Each worker is a Python of its own that takes one job at a time; the parent gives it a time to finish, and starts another
in its place when it dies or has to be stopped.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO

from clausecheck.batch.jobs import Done, Job, Options
from clausecheck.errors import ClausecheckError

_HEAD = struct.Struct(">I")
STARTUP = 120.0  # seconds a worker may take until it is ready


def _send(stream: IO[bytes], value: object) -> None:
    data = pickle.dumps(value)
    stream.write(_HEAD.pack(len(data)) + data)
    stream.flush()


def _receive(stream: IO[bytes]) -> object | None:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (length,) = _HEAD.unpack(head)
    data = stream.read(length)
    return pickle.loads(data) if len(data) == length else None


@dataclass(eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    job: Job | None = None
    deadline: float = 0.0
    ready: bool = False
    stopped: str = ""  # why the parent killed it
    inbox: threading.Thread | None = field(default=None, repr=False)


class Pool:
    """Reviews jobs in worker processes.

    Args:
        options: how files are reviewed.
        jobs: workers.
        seconds: time for one file; a worker that takes longer is killed and replaced.
        megabytes: memory that a worker may use for its data; enforced by the system where it can (not on Windows).
    """

    def __init__(self, options: Options, jobs: int, seconds: float, megabytes: int) -> None:
        self._options, self._jobs, self._seconds, self._megabytes = options, jobs, seconds, megabytes
        self._events: queue.Queue[tuple[_Worker, object | None]] = queue.Queue()
        self._workers: list[_Worker] = []

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """What comes of each job, as it comes; jobs are taken from the iterable only as workers get free."""
        source = iter(jobs)
        exhausted = False
        waiting: Job | None = None
        try:
            while True:
                if waiting is None and not exhausted:
                    waiting = next(source, None)
                    exhausted = waiting is None
                if waiting is not None:
                    free = next((w for w in self._workers if w.ready and w.job is None), None)
                    if free is None and len(self._workers) < self._jobs:
                        self._start()
                    elif free is not None:
                        if self._give(free, waiting):
                            waiting = None
                        continue
                elif exhausted and all(w.job is None for w in self._workers):
                    return
                done = self._wait()
                if done is not None:
                    yield done
        finally:
            self.close()

    def close(self) -> None:
        """Ends all workers."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            _bury(worker)
        self._workers.clear()

    # -- workers
    def _start(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONHASHSEED": "0"}
        process = subprocess.Popen(
            [sys.executable, "-c", "from clausecheck.batch.pool import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        worker = _Worker(process, deadline=time.monotonic() + STARTUP)
        worker.inbox = threading.Thread(target=self._listen, args=(worker,), daemon=True)
        self._workers.append(worker)
        with contextlib.suppress(OSError):
            assert process.stdin is not None
            _send(process.stdin, (self._options, self._megabytes))
        worker.inbox.start()

    def _listen(self, worker: _Worker) -> None:
        assert worker.process.stdout is not None
        while True:
            try:
                value = _receive(worker.process.stdout)
            except Exception:  # a torn message, a closed pipe: the worker is gone
                value = None
            self._events.put((worker, value))
            if value is None:
                return

    def _give(self, worker: _Worker, job: Job) -> bool:
        assert worker.process.stdin is not None
        worker.job, worker.deadline = job, time.monotonic() + self._seconds
        try:
            _send(worker.process.stdin, job)
        except OSError:  # it died while idle: its end is in the queue
            worker.job, worker.ready, worker.stopped = None, False, "gone"
            return False
        return True

    def _wait(self) -> Done | None:
        """The next thing that happens: a result, or the end of a worker."""
        now = time.monotonic()
        for worker in self._workers:
            if (worker.job is not None or not worker.ready) and now > worker.deadline and not worker.stopped:
                worker.stopped = "time"
                worker.process.kill()
        pause = min((w.deadline - now for w in self._workers if (w.job is not None or not w.ready) and not w.stopped), default=1.0)
        try:
            worker, value = self._events.get(timeout=min(max(pause, 0.01), 1.0))
        except queue.Empty:
            return None
        if isinstance(value, Done):
            worker.job = None
            if value.error == "MemoryError":  # a process that ran full is not trusted with the next file
                worker.ready, worker.stopped = False, "gone"
                worker.process.kill()
            return value
        if value == "ready":
            worker.ready = True
            return None
        return self._buried(worker)

    def _buried(self, worker: _Worker) -> Done | None:
        code = _bury(worker)
        self._workers.remove(worker)
        job = worker.job
        if job is None:
            if not worker.ready and worker.stopped != "gone":
                raise ClausecheckError("a worker process cannot start; is clausecheck installed for this Python, and is there memory?")
            return None
        if worker.stopped:
            return Done(job.key, error="TimeLimit", message=f"not finished within {self._seconds:g} s; see --timeout")
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return Done(job.key, error="Crash", message=f"the worker process died on this file ({how}); perhaps too little memory")


def _bury(worker: _Worker) -> int:
    """Waits for the end of a worker and closes its pipes; its exit code."""
    code = worker.process.wait()
    if worker.inbox is not None and worker.inbox is not threading.current_thread():
        worker.inbox.join(timeout=5)
    for stream in (worker.process.stdin, worker.process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    return code


def serve() -> None:
    """The life of a worker: takes jobs from standard input, gives results to standard output, until the pipe closes."""
    inbox = os.fdopen(os.dup(0), "rb")
    outbox = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # nothing that a reader prints may get between the messages
        os.dup2(null, standard)
    first = _receive(inbox)
    if not isinstance(first, tuple):
        return
    from clausecheck.batch.work import do  # the engine: only workers need it

    options, megabytes = first
    _warm(options)
    _bound(megabytes)
    _send(outbox, "ready")
    while True:
        job = _receive(inbox)
        if not isinstance(job, Job):
            return
        done = do(job, options)
        with contextlib.suppress(BrokenPipeError):
            _send(outbox, done)


def _warm(options: Options) -> None:
    """Loads what every review needs, before the clock of a file runs."""
    from clausecheck.concepts import concepts_of
    from clausecheck.library import load_library
    from clausecheck.provision import LANGUAGES

    with contextlib.suppress(Exception):  # what is wrong with the library is told by the job
        library = load_library(options.library, options.profile)
        for language in LANGUAGES:
            concepts_of(library, language)


def _bound(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limit = megabytes << 20
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
