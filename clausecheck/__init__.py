"""Contract clause review: what a draft is missing, what is weak in it, and why. Offline and deterministic.

>>> import clausecheck
>>> report = clausecheck.review("samples/supply_en_poor.docx")  # doctest: +SKIP
>>> [f.provision for f in report.findings if f.status == "missing"]  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "check_library",
    "compare",
    "deadlines",
    "library_schema",
    "load_library",
    "parse_contract",
    "read_contract",
    "render",
    "review",
    "review_batch",
    "review_files",
    "test_library",
]

if TYPE_CHECKING:
    from clausecheck.batch.run import review_batch
    from clausecheck.changes import compare
    from clausecheck.checks import check_library, test_library
    from clausecheck.dates import deadlines
    from clausecheck.library import library_schema, load_library
    from clausecheck.pipeline import parse_contract, read_contract, review, review_files
    from clausecheck.reports import render

_HOME = {
    "deadlines": "clausecheck.dates",
    "check_library": "clausecheck.checks",
    "compare": "clausecheck.changes",
    "library_schema": "clausecheck.library",
    "load_library": "clausecheck.library",
    "parse_contract": "clausecheck.pipeline",
    "read_contract": "clausecheck.pipeline",
    "render": "clausecheck.reports",
    "review": "clausecheck.pipeline",
    "review_batch": "clausecheck.batch.run",
    "review_files": "clausecheck.pipeline",
    "test_library": "clausecheck.checks",
}


def __getattr__(name: str) -> Any:
    """Public functions are loaded when first used, so that ``import clausecheck`` stays light."""
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'clausecheck' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
