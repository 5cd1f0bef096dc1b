"""What the README says is so: its commands, its output, its Python, its lists.

The excerpt of a report is cut from real output by a rule. When the output has changed, ``python tests/test_readme.py`` writes it anew.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def marked(name: str) -> str:
    """The fenced text between ``<!-- name -->`` and its closing mark."""
    match = re.search(rf"<!-- {re.escape(name)} -->\n```\w*\n(.*?)```\n<!-- /", README, re.DOTALL)
    assert match, f"README.md has no <!-- {name} --> block"
    return match[1]


def clausecheck(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "clausecheck.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120)


SHOWN = "force_majeure"
COMMAND = ("review", "samples/supply_en_poor.docx", "--fail-on", "never")
EXCERPT = f"output: {' '.join(COMMAND[:2])}"


def excerpt(output: str) -> str:
    """The head of a report, one finding up to the first lines of its suggestion, and the closing words; ``…`` for the rest."""
    lines = output.splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith("Result:")) + 1
    first = next(i for i, line in enumerate(lines) if re.match(rf"\d+\. \[.*\({SHOWN}\)", line))
    last = next(i for i in range(first, len(lines)) if re.match(r"[-=]{20}", lines[i]))
    finding = lines[first:last]
    added = next((i for i, line in enumerate(finding) if line.startswith("   To add")), len(finding))
    rule = max(i for i, line in enumerate(lines) if re.match(r"[-=]{20}", line))
    parts = [*lines[:head], "", "…", "", *finding[: added + 7], "", "…", "", *lines[rule + 1 :]]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


def test_the_excerpt_is_real_output() -> None:
    run = clausecheck(*COMMAND)
    assert run.returncode == 0, run.stderr
    assert marked(EXCERPT) == excerpt(run.stdout), "run `python tests/test_readme.py` to take the excerpt anew"


def test_the_python_lines_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(marked("python"), "README.md", "exec"), {})
    assert printed.getvalue() == marked("python output")


def test_the_command_table_names_every_command() -> None:
    listed = set(re.findall(r"^\| `clausecheck (\w+)", README, re.MULTILINE))
    helped = clausecheck("--help").stdout.split("Commands:")[1].split("\n\n")[0]
    assert listed == set(re.findall(r"^  (\w+)  ", helped, re.MULTILINE))
    library = re.search(r"^\| `clausecheck library ([^`]*)`", README, re.MULTILINE)
    assert library
    helped = clausecheck("library", "--help").stdout.split("Commands:")[1].split("\n\n")[0]
    assert set(library[1].split("\\|")) == set(re.findall(r"^  (\w+)  ", helped, re.MULTILINE))


def test_options_named_exist() -> None:
    row = next(line for line in README.splitlines() if line.startswith("| `clausecheck review"))
    helped = clausecheck("review", "--help").stdout
    for option in re.findall(r"`(--[a-z-]+)", row):
        assert option in helped, option


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("review", "samples/supply_en_poor.docx"), 1),
        (("review", "samples/supply_en_poor.docx", "--fail-on", "never"), 0),
        (("review", "--no-such-option"), 2),
        (("review", "samples"), 3),  # a folder holds no text of a contract
    ],
)
def test_exit_codes_are_as_listed(arguments: tuple[str, ...], code: int) -> None:
    assert f"| {code} | " in README
    assert clausecheck(*arguments).returncode == code


def test_files_named_exist() -> None:
    for name in set(re.findall(r"(?:samples|tests|clause_library|\.ci)/[\w./]*\w", README)):
        assert (ROOT / name).exists(), name


def test_commands_install_into_a_new_environment() -> None:
    for name in ("install", "test"):
        line = marked(name)
        assert line.startswith("python3 -m venv .venv && .venv/bin/pip install -q ") and line.count("\n") == 1
    assert "clausecheck review samples/" in marked("install") and "-m pytest" in marked("test")


def main() -> None:
    """Writes the excerpt anew."""
    text = README.replace(marked(EXCERPT), excerpt(clausecheck(*COMMAND).stdout))
    (ROOT / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
