"""The shape of the project: who imports whom, what stays light, which words stay where, and that nothing goes out."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import clausecheck

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "clausecheck"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Imports point to the left only; modules of one row may import each other.
ROWS = (
    ("errors", "model", "messages", "literals"),
    ("languages",),
    ("readers", "coverage", "segment", "toplevel", "outline", "library", "library_files", "provision"),
    ("passages",),
    ("parties", "term", "concepts", "view", "reach", "match", "tokens"),
    ("place", "judge", "bilingual"),
    ("report",),
    ("pipeline",),
    ("changes", "checks", "dates", "items"),
    ("reports",),
    ("batch",),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, row in enumerate(ROWS) for name in row}
# A report is a value that others read back: it must not drag the engine in.
ONLY = {"report": {"errors", "model", "messages"}}


def top(path: Path) -> str:
    """``clausecheck/readers/pdf.py`` -> ``readers``; the package itself -> ``""``."""
    first = path.relative_to(PACKAGE).parts[0]
    return "" if first == "__init__.py" else first.removesuffix(".py")


def own_imports(path: Path) -> set[str]:
    """The top-level modules of clausecheck that this file imports, also inside functions and under TYPE_CHECKING."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: imports are absolute"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "clausecheck" else [module]
        found |= {name.split(".")[1] for name in names if name.startswith("clausecheck.")}
    return found


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_imports_point_one_way(path: Path) -> None:
    here = top(path)
    if here == "":
        pytest.skip("the package's own page names every module, lazily")
    assert here in RANK, f"{label(path)} has no row: give it one in ROWS"
    for name in own_imports(path) & RANK.keys():
        assert RANK[name] <= RANK[here], f"{label(path)} imports {name}, which stands to its right"
        assert name in ONLY.get(here, RANK.keys() - {here}) | {here}, f"{label(path)} may import {sorted(ONLY[here])} only, not {name}"


def test_the_rows_know_an_import_that_points_back(tmp_path: Path) -> None:
    """The walk itself: plain, from, lazy and TYPE_CHECKING imports are all seen."""
    page = tmp_path / "page.py"
    page.write_text(
        "import clausecheck.cli\nfrom clausecheck import judge\nfrom clausecheck.readers.pdf import x\n"
        "def f():\n    from clausecheck.match import y\nif TYPE_CHECKING:\n    from clausecheck.report import z\n",
        encoding="utf-8",
    )
    assert own_imports(page) == {"cli", "judge", "readers", "match", "report"}


@pytest.mark.parametrize("path", [*MODULES, *sorted((ROOT / "clause_library").rglob("*.py"))], ids=label)
def test_every_module_says_what_it_knows(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, f"{label(path)} has no docstring"


JAPANESE_WORD = re.compile("[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff\uff66-\uff9d]")  # kana, kanji
HOMES_OF_JAPANESE = ("clausecheck/languages/", "clausecheck/messages.py", "clausecheck/readers/word_numbering.py")


def code_only(source: str) -> str:
    """The source without comments, docstrings and ``description=`` texts, line numbers kept: these may quote what they explain."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant() as text) | ast.keyword(arg="description", value=ast.Constant() as text):
                for i in range(text.lineno - 1, text.end_lineno or text.lineno):
                    lines[i] = ""
    return "\n".join(re.sub(r"(^|\s)#.*", "", line) for line in lines)


@pytest.mark.parametrize("path", [p for p in MODULES if not label(p).startswith(HOMES_OF_JAPANESE)], ids=label)
def test_japanese_words_stay_in_their_homes(path: Path) -> None:
    for number, line in enumerate(code_only(path.read_text(encoding="utf-8")).splitlines(), 1):
        assert not JAPANESE_WORD.search(line), f"{label(path)}:{number} holds Japanese: words belong in clausecheck/languages"


def third_party_imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"clausecheck", "clause_library"}


def distribution(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_every_import_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = {distribution(r) for r in [*project["dependencies"], *extras["cluster"], *extras["ocr"], *extras["pandas"]]}
    homes = {"docx": "python-docx", "re2": "google-re2", "ruamel": "ruamel-yaml"}
    homes |= {name.replace("-", "_"): name for name in declared}
    for path in MODULES:
        for name in third_party_imports(path):
            assert homes.get(name.lower(), name) in declared, f"{label(path)} imports {name}: name it in pyproject.toml"


def test_the_package_is_marked_as_typed() -> None:
    assert (PACKAGE / "py.typed").exists()


def test_public_names_exist_and_are_documented() -> None:
    for name in clausecheck.__all__:
        assert getattr(clausecheck, name) is not None
        assert name == "__version__" or getattr(clausecheck, name).__doc__, f"clausecheck.{name} has no docstring"


def test_the_installed_version_is_the_one_in_the_source() -> None:
    try:
        installed = importlib.metadata.version("clausecheck")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("run from a checkout that is not installed")
    assert installed == clausecheck.__version__


HEAVY = {"distributed", "docx", "jinja2", "lxml", "pandas", "pdfplumber", "pydantic", "pypdfium2", "ruamel", "spacy", "sudachipy"}


def loaded_after(code: str) -> set[str]:
    """Top-level names in ``sys.modules`` of a fresh interpreter after this code."""
    tail = "\nimport sys; print('\\n' + ' '.join(sorted({m.partition('.')[0] for m in sys.modules})))"
    run = subprocess.run([sys.executable, "-c", code + tail], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.splitlines()[-1].split())


def test_import_is_light() -> None:
    assert not loaded_after("import clausecheck") & (HEAVY | {"typer", "rich", "re2", "rapidfuzz"})


def test_help_is_light() -> None:
    code = (
        "import sys; sys.argv = ['clausecheck', '--help']\nfrom clausecheck.cli import main\n"
        "try:\n    main()\nexcept SystemExit as e:\n    assert not e.code, e.code"
    )
    assert not loaded_after(code) & HEAVY


CONTRACTS = {
    "ja": "売買基本契約書\n\n第1条（目的）\n甲は乙から部品を購入する。\n\n第2条（契約期間）\n本契約の有効期間は、締結日から1年間とする。\n",
    "en": "SUPPLY AGREEMENT\n\n1. Purpose\nBuyer buys parts from Supplier.\n\n2. Term\nThis Agreement runs for one year from signature.\n",
}


@pytest.mark.parametrize("language", CONTRACTS)
def test_a_review_opens_no_socket(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a review went to the network")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    path = tmp_path / "draft.txt"
    path.write_text(CONTRACTS[language], encoding="utf-8")
    assert clausecheck.review(path).findings
