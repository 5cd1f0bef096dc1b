"""METI's items and what answers them: the best practices, the problems and the guideline's parts, each with its provisions.

The items stand in the library's folder (``items.yaml``); a library without that file has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from clausecheck.library import Library, read_file, validate
from clausecheck.model import Finding, Report
from clausecheck.provision import Both, Identifier

ITEMS_FILE = "items.yaml"


class Item(BaseModel):
    """One item, and the provisions that answer it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    mark: str = Field(description="How the source numbers it.")
    title: Both
    provisions: list[Identifier]
    outside: Both | None = Field(None, description="What lies outside a contract with a business partner.")


class ItemsFile(BaseModel):
    """The file ``items.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    items: list[Item]


@dataclass(frozen=True, slots=True)
class Coverage:
    """One row of the coverage table: an item, the provisions there are for it and the ids that the library lacks."""

    item: Item
    provisions: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemFindings:
    """The findings of a report under one item."""

    item: Item
    findings: tuple[Finding, ...]


def load_items(library: Library) -> tuple[Item, ...]:
    """The items in the order of their file; LibraryError with file:line for a malformed one."""
    path = library.root / ITEMS_FILE
    if not path.is_file():
        return ()
    return tuple(validate(ItemsFile, read_file(path, library.root), ITEMS_FILE).items)


def coverage(library: Library) -> tuple[Coverage, ...]:
    """What of METI's items the library answers. Complete when no row lacks anything."""
    have = library.files.keys()
    return tuple(
        Coverage(item, tuple(p for p in _answering(item, library) if p in have), tuple(p for p in item.provisions if p not in have))
        for item in load_items(library)
    )


def _answering(item: Item, library: Library) -> list[str]:
    """The provisions that the item names, and those that name it as a source."""
    citing = (p.id for p in library.provisions if any(s.id == item.id for s in p.sources))
    return list(dict.fromkeys([*item.provisions, *citing]))


def by_item(report: Report, library: Library) -> Sequence[ItemFindings]:
    """The report's findings under each item they answer; items that no finding answers are left out."""
    found = {f.provision: f for f in report.findings}
    rows = (ItemFindings(item, tuple(found[p] for p in _answering(item, library) if p in found)) for item in load_items(library))
    return [row for row in rows if row.findings]
