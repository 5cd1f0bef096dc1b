"""The command line: arguments in, exit code out; every command is a few lines over one public function.

Exit codes: 0 nothing at or above ``--fail-on``; 1 findings at or above it; 2 wrong use or a broken library; 3 an input
could not be read or understood. Errors are one line on stderr; CLAUSECHECK_DEBUG=1 shows where an internal one arose.
Nothing but typer is imported before a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from clausecheck.errors import ClausecheckError, ContractReadError, LibraryError, UsageError

if TYPE_CHECKING:
    from clausecheck.model import Report

CLEAN, FINDINGS, WRONG_USE, UNREADABLE = 0, 1, 2, 3
INTERRUPTED, UNREAD_OUTPUT = 130, 141  # as a shell reports Ctrl-C and a closed pipe


class Language(StrEnum):
    JA = "ja"
    EN = "en"


class Side(StrEnum):
    BUYER = "buyer"
    SUPPLIER = "supplier"
    EITHER = "either"


class Revisions(StrEnum):
    FINAL = "final"
    ORIGINAL = "original"


class FailOn(StrEnum):
    MISSING = "missing"
    WEAK = "weak"
    NEVER = "never"


class DataFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


app = typer.Typer(
    name="clausecheck",
    help="Checks draft contracts (Word, PDF, text; Japanese and English) against a library of required provisions. Works offline.",
    epilog="Exit codes: 0 nothing to report; 1 findings at or above --fail-on; 2 wrong use or a broken library; "
    "3 an input could not be read or understood.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
library_app = typer.Typer(
    help="The provision library: what is in it, its linter, its tests, its schema.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(library_app, name="library")

# --- options shared by commands ------------------------------------------------------------------------------------

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The contract: .docx, .pdf, .txt, .md, .html.")]
FilesArgument = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Contracts: .docx, .pdf, .txt, .md, .html.")]
LanguageOption = Annotated[Language | None, typer.Option("--lang", help="Language of the report. Default: the contract's.")]
TypeOption = Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Contract type (supply, nda, ...). Default: detected.")]
SideOption = Annotated[Side | None, typer.Option("--side", help="Whose side the review is for. Default: the profile's.")]
ProfileOption = Annotated[str | None, typer.Option("--profile", metavar="NAME|FILE", help="A selection of provisions with overrides.")]
LibraryOption = Annotated[Path | None, typer.Option("--library", metavar="DIR", help="Another provision library.")]
AttachOption = Annotated[
    list[Path] | None, typer.Option("--attach", metavar="FILE", help="A code or annex the contract refers to; may be repeated.")
]
RevisionsOption = Annotated[Revisions, typer.Option("--revisions", help="Tracked changes accepted (final) or rejected (original).")]
OcrOption = Annotated[bool, typer.Option("--ocr", help="Read the scanned pages of a PDF by OCR (extra: ocr; Tesseract).")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write here (a folder: one file a contract).")]
DataFormatOption = Annotated[DataFormat, typer.Option("--format", "-f", help="Form of the output.")]


def _version(wanted: bool) -> None:
    if wanted:
        import clausecheck

        typer.echo(f"clausecheck {clausecheck.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False,
) -> None:
    pass


# --- commands ------------------------------------------------------------------------------------------------------


@app.command()
def review(
    files: FilesArgument,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="Form of the report: text, json, md, html, docx, xlsx, sarif, junit.")
    ] = "text",
    output: OutputOption = None,
    lang: LanguageOption = None,
    type: TypeOption = None,
    side: SideOption = None,
    profile: ProfileOption = None,
    library: LibraryOption = None,
    attach: AttachOption = None,
    revisions: RevisionsOption = Revisions.FINAL,
    ocr: OcrOption = False,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Exit with 1 for findings at or above this.")] = FailOn.MISSING,
    author: Annotated[str, typer.Option("--author", help="Name on comments and tracked insertions (docx).")] = "clausecheck",
    date: Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Their date (docx). Default: none.")] = None,
) -> None:
    """Review contracts: which provisions are present, weak, not found or conflicting, with the words that say so."""
    import clausecheck
    from clausecheck.model import Failure
    from clausecheck.reports import FORMATS, render

    if format not in FORMATS:
        raise UsageError(f"no format {format!r}; there are: {', '.join(FORMATS)}")
    if output is not None and any(_same(output, file) for file in (*files, *(attach or ()))):
        raise UsageError(f"{output} is an input; the report would replace it, choose another place with -o")
    when = _date(date)
    chosen = clausecheck.load_library(library, profile)
    color = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    written: list[tuple[Path, str | bytes]] = []
    together: list[Report] | None = [] if format == "xlsx" and len(files) > 1 and not (output and output.is_dir()) else None
    failures: list[Failure] = []
    worst = CLEAN
    for file in files:
        try:
            with _naming(file):
                report = clausecheck.review(
                    file, chosen, contract_type=type, side=_value(side), attachments=tuple(attach or ()), revisions=revisions.value, ocr=ocr
                )
            if together is None:
                written.append((file, render(report, format, _value(lang), color=color, source=file, author=author, date=when)))
            else:
                together.append(report)
            worst = max(worst, exit_code(report, fail_on.value))
        except (UsageError, LibraryError):  # would meet every file alike
            raise
        except Exception as error:  # one bad file never keeps the others from being reviewed
            worst = max(worst, _failed(error))
            failures.append(Failure(file.name, error.__class__.__name__, str(error) if isinstance(error, ClausecheckError) else ""))
    if together:
        from clausecheck.reports.excel import workbook

        written = [(files[0], workbook(together, _value(lang) or together[0].language, failures))]
    _deliver(written, format, output, several=len(files) > 1 and not together)
    raise typer.Exit(worst)


@app.command()
def batch(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Folders, globs, files, or @LIST (a text file with one of these a line).")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for reports, register and the store of results.")],
    lang: LanguageOption = None,
    type: TypeOption = None,
    side: SideOption = None,
    profile: ProfileOption = None,
    library: LibraryOption = None,
    attach: AttachOption = None,
    revisions: RevisionsOption = Revisions.FINAL,
    ocr: OcrOption = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", metavar="N", help="Worker processes. Default: one a processor.")] = None,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", help="Time for one file.")] = 120.0,
    memory: Annotated[int, typer.Option("--memory", metavar="MB", help="Memory of one worker (not on Windows).")] = 2048,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what failed in an earlier run.")] = False,
    require: Annotated[
        list[str] | None,
        typer.Option("--require", metavar="ID=PCT%", help="Exit with 1 unless that share of agreements has it; may be repeated."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Dates from this day (2026-04-01) on lie ahead. Default: today.")
    ] = None,
    dask: Annotated[str | None, typer.Option("--dask", metavar="ADDRESS", help="Review on this Dask cluster (extra: cluster).")] = None,
) -> None:
    """Review thousands of contracts: one report each, one register of all; goes on where it was stopped."""
    import clausecheck
    from clausecheck.batch.progress import closing, showing

    day = _day(as_of)
    with showing() as progress, _cluster(dask) as executor:
        result = clausecheck.review_batch(
            paths,
            output,
            library=library,
            profile=profile,
            contract_type=type,
            side=_value(side),
            attachments=tuple(attach or ()),
            revisions=revisions.value,
            ocr=ocr,
            language=_value(lang),
            jobs=jobs,
            seconds=timeout,
            megabytes=memory,
            retry=retry,
            require=tuple(require or ()),
            as_of=day,
            executor=executor,
            progress=progress,
        )
    _print(closing(result, output))
    raise typer.Exit(result.exit_code)


@app.command()
def deadlines(
    files: FilesArgument,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Dates from this day (2026-04-01) on. Default: today.")
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table, json, csv or ics (a calendar).")] = "table",
    output: OutputOption = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the table.")] = Language.EN,
    side: SideOption = None,
    revisions: RevisionsOption = Revisions.FINAL,
    ocr: OcrOption = False,
) -> None:
    """Show the next dates of contracts: last day to refuse a renewal, end, with the arithmetic; and what is missing."""
    import clausecheck
    from clausecheck.model import Failure
    from clausecheck.reports.deadlines import render_deadlines

    day = _day(as_of)
    found = list(clausecheck.deadlines(files, as_of=day, side=_value(side) or "either", revisions=revisions.value, ocr=ocr))
    text = render_deadlines(found, format, day, lang.value)
    if output is not None:
        write_atomically(output, text)
    else:
        _print(text)
    for one in found:
        if isinstance(one, Failure):
            _complain(one.message)
    raise typer.Exit(UNREADABLE if any(isinstance(one, Failure) for one in found) else CLEAN)


@app.command()
def clauses(
    file: FileArgument,
    format: DataFormatOption = DataFormat.TEXT,
    lang: LanguageOption = None,
    revisions: RevisionsOption = Revisions.FINAL,
    ocr: OcrOption = False,
) -> None:
    """Show the clause tree as read, with numbers and pages: the first thing to look at when a result surprises."""
    import clausecheck
    from clausecheck.report import contract_to_dict, dump
    from clausecheck.reports import render_clauses

    with _naming(file):
        contract = clausecheck.read_contract(file, revisions=revisions.value, ocr=ocr)
    as_json = format is DataFormat.JSON
    _print(dump(contract_to_dict(contract, _value(lang))) if as_json else render_clauses(contract, _value(lang)))


@app.command()
def explain(
    file: FileArgument,
    provision: Annotated[str, typer.Argument(metavar="PROVISION", help="Id of a provision; see 'clausecheck library list'.")],
    lang: LanguageOption = None,
    type: TypeOption = None,
    side: SideOption = None,
    profile: ProfileOption = None,
    library: LibraryOption = None,
    attach: AttachOption = None,
    revisions: RevisionsOption = Revisions.FINAL,
    ocr: OcrOption = False,
) -> None:
    """Show how one provision was judged: what matched, what nearly matched, and which guard refused it."""
    import clausecheck
    from clausecheck.reports import render_explanation

    chosen = clausecheck.load_library(library, profile)
    chosen.provision(provision)  # a wrong id is told before the file is read
    with _naming(file):
        report = clausecheck.review(
            file,
            chosen,
            contract_type=type,
            side=_value(side),
            attachments=tuple(attach or ()),
            revisions=revisions.value,
            ocr=ocr,
            explain=True,
        )
    _print(render_explanation(report, provision, _value(lang)))


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier draft; alone, a Word file with tracked changes.")],
    new: Annotated[Path | None, typer.Argument(metavar="[NEW]", help="The later draft.")] = None,
    format: DataFormatOption = DataFormat.TEXT,
    lang: LanguageOption = None,
    type: TypeOption = None,
    side: SideOption = None,
    profile: ProfileOption = None,
    library: LibraryOption = None,
    ocr: OcrOption = False,
) -> None:
    """Show which findings a new draft changed, and by which edit; exit code 1 if any became worse."""
    import clausecheck
    from clausecheck.report import dump
    from clausecheck.reports import render_comparison

    chosen = clausecheck.load_library(library, profile)
    with _naming(old):
        before = old if new is None else clausecheck.read_contract(old, ocr=ocr)
    with _naming(new or old):
        after = None if new is None else clausecheck.read_contract(new, ocr=ocr)
        found = clausecheck.compare(before, after, chosen, contract_type=type, side=_value(side), ocr=ocr)
    _print(dump(found.to_dict(_value(lang))) if format is DataFormat.JSON else render_comparison(found, _value(lang)))
    raise typer.Exit(FINDINGS if found.worse else CLEAN)


@library_app.command("list")
def library_list(
    lang: Annotated[Language, typer.Option("--lang", help="Language of titles.")] = Language.EN,
    profile: ProfileOption = None,
    library: LibraryOption = None,
) -> None:
    """List the provisions: id, severity, title."""
    import clausecheck

    provisions = clausecheck.load_library(library, profile).provisions
    width = max((len(p.id) for p in provisions), default=0)
    _print("".join(f"{p.id:<{width}}  {p.severity.value:<8}  {p.title.text.get(lang.value)}\n" for p in provisions))


@library_app.command("show")
def library_show(
    provision: Annotated[str, typer.Argument(metavar="ID", help="Id of a provision.")],
    lang: Annotated[Language, typer.Option("--lang", help="Language of the page.")] = Language.EN,
    profile: ProfileOption = None,
    library: LibraryOption = None,
) -> None:
    """Show one provision: what it requires, its elements and red flags, wording to use, limits, sources."""
    import clausecheck
    from clausecheck.reports import render_provision

    _print(render_provision(clausecheck.load_library(library, profile).provision(provision), lang.value))


@library_app.command("coverage")
def library_coverage(
    lang: Annotated[Language, typer.Option("--lang", help="Language of the table.")] = Language.EN,
    profile: ProfileOption = None,
    library: LibraryOption = None,
) -> None:
    """METI's items and the provisions that answer each; exit code 2 if the library lacks one that an item names."""
    import clausecheck
    from clausecheck.items import coverage
    from clausecheck.reports import render_coverage

    chosen = clausecheck.load_library(library, profile)
    rows = coverage(chosen)
    _print(render_coverage(rows, chosen, lang.value))
    raise typer.Exit(WRONG_USE if any(row.lacking for row in rows) else CLEAN)


@library_app.command("check")
def library_check(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="The library's folder. Default: the one that ships.")] = None,
) -> None:
    """Check a library for faults; exit code 2 if there is an error."""
    import clausecheck

    issues = list(clausecheck.check_library(folder))
    _print("".join(f"{issue.format()}\n" for issue in issues) or "no issues\n")
    raise typer.Exit(WRONG_USE if any(issue.severity == "error" for issue in issues) else CLEAN)


@library_app.command("test")
def library_test(
    provisions: Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help="Provisions to test. Default: all.")] = None,
    library: LibraryOption = None,
) -> None:
    """Run the tests that stand in the provisions; exit code 2 if one fails."""
    import clausecheck

    results = list(clausecheck.test_library(library, tuple(provisions or ())))
    failed = [r for r in results if not r.ok]
    _print("".join(f"FAIL {r.name}: {r.message}\n" for r in failed) + f"{len(results) - len(failed)} passed, {len(failed)} failed\n")
    raise typer.Exit(WRONG_USE if failed else CLEAN)


@library_app.command("schema")
def library_schema(
    report: Annotated[bool, typer.Option("--report", help="The schema of the JSON report instead.")] = False,
) -> None:
    """Print the JSON Schema of a provision file (or of the report)."""
    import clausecheck
    from clausecheck.report import dump, report_schema

    _print(dump(report_schema() if report else clausecheck.library_schema()))


@contextlib.contextmanager
def _cluster(address: str | None) -> Iterator[Any]:
    """The executor of a running Dask cluster; None where none is asked for."""
    if address is None:
        yield None
        return
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise UsageError("--dask needs the extra 'cluster': pip install 'clausecheck[cluster]'") from None
    try:
        client = distributed.Client(address, timeout=20)
    except (OSError, ValueError) as error:
        raise UsageError(f"{address}: no Dask scheduler answers there ({type(error).__name__})") from None
    with client:
        yield client.get_executor()


# --- exit codes ----------------------------------------------------------------------------------------------------


def exit_code(report: Report, fail_on: str) -> int:
    """0, 1 or 3 for one report; what could not be judged is 3 even where findings are never to fail."""
    from clausecheck.model import UNDERSTOOD_FLOOR

    statuses = {f.status.value for f in report.findings}
    if "undetermined" in statuses or report.contract.coverage.understood < UNDERSTOOD_FLOOR:
        return UNREADABLE
    failing = {"missing": {"missing", "conflicting"}, "weak": {"missing", "conflicting", "weak"}, "never": set[str]()}[fail_on]
    return FINDINGS if statuses & failing else CLEAN


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _date(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        raise UsageError(f"--date {text!r} is no date; write YYYY-MM-DD") from None


def _day(text: str | None) -> dt.date:
    """The day that a user names; today if none."""
    try:
        return dt.date.fromisoformat(text) if text else dt.date.today()
    except ValueError:
        raise UsageError(f"{text!r} is no date; write it as 2026-04-01") from None


def _value(choice: StrEnum | None) -> str | None:
    return None if choice is None else choice.value


# --- writing -------------------------------------------------------------------------------------------------------


def _deliver(written: Sequence[tuple[Path, str | bytes]], format: str, output: Path | None, *, several: bool) -> None:
    from clausecheck.reports import SUFFIXES, join

    if output is not None and output.is_dir():
        names = [f"{file.name}{SUFFIXES.get(format, f'.{format}')}" for file, _ in written]
        for name in names:
            if names.count(name) > 1:
                raise UsageError(f"two inputs would be written to {name}; review them one by one")
        for name, (_, content) in zip(names, written, strict=True):
            write_atomically(output / name, content)
        return
    contents = [content for _, content in written]
    if not contents:
        return
    joined = join(contents, format) if several else contents[0]
    if output is not None:
        write_atomically(output, joined)
    elif isinstance(joined, bytes):
        if sys.stdout.isatty():
            raise UsageError(f"a {format} report is no text for a terminal; give -o PATH")
        _put(lambda: sys.stdout.buffer.write(joined))
    else:
        _print(joined)


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write the file so that a reader sees the old content or the new, never a part; UsageError if it cannot be written."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    target = Path(os.path.realpath(path))  # a link keeps pointing where it does
    try:
        if target.exists() and not target.is_file():  # a device, a pipe: nothing to replace
            target.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); choose another place with -o") from None


def _replace(target: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _print(text: str) -> None:
    _put(lambda: sys.stdout.write(text))


def _put(write: Callable[[], object]) -> None:
    """Writes to standard output now, so that a full disk or a closed pipe is met here and not when Python ends."""
    try:
        write()
        sys.stdout.flush()
    except OSError as error:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # the reader has gone (`| head`): no fault, and nobody to tell
            raise typer.Exit(UNREAD_OUTPUT) from None
        raise UsageError(f"standard output cannot be written ({error.strerror}); choose another place with -o") from None


# --- errors --------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Puts the file's name before the message of a reading error that does not name it."""
    try:
        yield
    except ContractReadError as error:
        raise type(error)(_named(file, error)) from None


def _named(file: Path, error: BaseException) -> str:
    message = str(error)
    return message if file.name in message else f"{file}: {message}"


def _complain(message: str) -> None:
    """One line on stderr, whatever the message holds."""
    line = " ".join("".join(c if c.isprintable() or c.isspace() else "?" for c in message).split())
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"clausecheck: {line}\n")


def _utf8(streams: Iterable[Any]) -> None:
    """Write UTF-8 whatever the locale says: a report in Japanese must survive LANG=C."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(encoding="utf-8", errors="replace")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; errors are printed, never raised."""
    _utf8((sys.stdout, sys.stderr))
    try:
        command = typer.main.get_command(app)
        code = command(args=None if arguments is None else list(arguments), prog_name="clausecheck", standalone_mode=False)
        return code if isinstance(code, int) else CLEAN
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    """Prints the error as one line and returns its exit code; with CLAUSECHECK_DEBUG=1 an unforeseen one is raised."""
    if isinstance(error, ClausecheckError):
        _complain(str(error) or type(error).__name__)
        return error.exit_code
    name = type(error).__name__
    if name == "Abort":  # what the argument parser makes of Ctrl-C
        _complain("interrupted")
        return INTERRUPTED
    format_message = getattr(error, "format_message", None)
    if callable(format_message):  # errors of the argument parser
        if name == "NoArgsIsHelpError":
            _print(format_message() + "\n")
        else:
            _complain(f"{format_message().replace('Value error, ', '')} See 'clausecheck --help'.")
        return WRONG_USE
    if os.environ.get("CLAUSECHECK_DEBUG") == "1":
        raise error
    _complain(f"internal error ({name}); set CLAUSECHECK_DEBUG=1 to see where it arose, and please report it")
    return UNREADABLE


def main() -> NoReturn:
    """Entry point of the ``clausecheck`` command."""
    raise SystemExit(run())


if __name__ == "__main__":
    main()
