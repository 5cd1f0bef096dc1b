"""How a run tells of itself: a bar with rate and time left on a terminal, plain lines in a log."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from clausecheck.batch.run import BatchResult, Progress

EVERY = 10.0  # seconds between two lines of a log


@contextlib.contextmanager
def showing() -> Iterator[Callable[[Progress], None]]:
    """What ``review_batch`` calls for every file; on standard error, so that standard output stays a result."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f}/s"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}"),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task("reviewing", total=None, rate=0.0, failed="")

        def show(step: Progress) -> None:
            bar.update(task, completed=step.done, total=step.total, rate=step.rate, failed=f"{step.failed} not read" if step.failed else "")

        yield show


def _lines() -> Callable[[Progress], None]:
    last = [0.0]

    def show(step: Progress) -> None:
        if step.seconds - last[0] >= EVERY or step.done == step.total:
            last[0] = step.seconds
            of = f"/{step.total}" if step.total else ""
            left = (step.total - step.done) / step.rate if step.total and step.rate else None
            more = f", about {left:.0f} s left" if left is not None and left > 0 else ""
            sys.stderr.write(f"clausecheck: {step.done}{of} files, {step.failed} not read, {step.rate:.1f}/s{more}\n")

    return show


def closing(result: BatchResult, output: Path) -> str:
    """The lines that end a run."""
    lines = [
        f"{result.files} files, {result.contents} different contents; {result.reviewed} reviewed now, "
        f"{result.failed} not read, {result.undetermined} read only in part",
    ]
    if result.rebuilt:
        lines.append(f"the store of earlier results was put aside ({result.rebuilt}) and begun anew")
    shares = result.portfolio.shares
    for name in result.portfolio.worst_first[:5]:
        share = shares[name]
        if share.lacking:
            lines.append(f"{name}: missing or conflicting in {share.lacking} of {share.applicable}")
    lines += [f"gate not met: {said}" for said in result.unmet]
    lines.append(f"register: {output / 'register.xlsx'}   page: {output / 'summary.html'}   not read: {output / 'not_read.csv'}")
    return "\n".join(lines) + "\n"
