"""Lists of a Word file for what is inserted: paragraphs of a new clause begin with 1 again, and no number of the draft changes.

Lists made from one definition count on together. A new clause whose paragraphs are counted apart from its heading gets a list of
its own, made from a copy of the definition, so that neither counts the other's paragraphs.
"""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from clausecheck.readers.word_numbering import Numbering, W, whole_number
from clausecheck.readers.word_package import WordPackage
from clausecheck.readers.word_styles import Styles, list_of

_NUM, _ABSTRACT = W + "num", W + "abstractNum"
_NUM_ID, _ABSTRACT_ID, _VAL = W + "numId", W + "abstractNumId", W + "val"
# What ties a definition to one place in the file, and what must stand once.
_TIES = (W + "nsid", W + "tmpl", W + "name", W + "styleLink", W + "numStyleLink")


class Lists:
    """The list definitions of one file, with those added."""

    def __init__(self, data: bytes, name: str) -> None:
        package = WordPackage(data, name)
        self.root: Any = package.part("numbering")  # None: the file has no lists
        self._numbering = Numbering(self.root)
        self._styles = Styles(package.part("styles"), self._numbering)
        self._copies: dict[str, str] = {}  # definition -> its copy
        self.changed = False

    def of(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level that number this w:p; None where none does."""
        properties = paragraph.find(W + "pPr")
        named = properties.find(W + "pStyle") if properties is not None else None
        style = self._styles.paragraph(named.get(_VAL) if named is not None else None)
        own = properties.find(W + "numPr") if properties is not None else None
        number, level = list_of(own) if own is not None else (None, None)
        number = style.list_id if number is None else number
        return (number, style.list_level if level is None else level) if self._numbering.has(number) else None

    def begins_anew(self, head: Any, paragraph: Any) -> bool:
        """Whether Word numbers this w:p from its first number again behind a new w:p like ``head``."""
        above, here = self.of(head), self.of(paragraph)
        if above is None or here is None:
            return False
        same = self._numbering.instance(above[0]).abstract == self._numbering.instance(here[0]).abstract
        level = self._numbering.level(*here)
        return same and above[1] < here[1] and (level is None or level.restart is None or level.restart > above[1])

    def anew(self, paragraph: Any) -> tuple[str, int] | None:
        """A new list like that of the w:p, which begins at its start, and its level; None where it has none that can be copied."""
        here = self.of(paragraph)
        if here is None or self.root is None:
            return None
        number, level = here
        definition = self._copy_of(self._numbering.instance(number).abstract)
        if not definition:
            return None
        made = etree.Element(_NUM, {_NUM_ID: self._free(_NUM, _NUM_ID)})
        etree.SubElement(made, _ABSTRACT_ID, {_VAL: definition})
        known = self._numbering.level(number, level)
        for override in self.root.xpath(f"w:num[@w:numId='{number}']/w:lvlOverride[w:lvl]", namespaces={"w": W[1:-1]}):
            if whole_number(override.get(W + "ilvl")) != level:
                made.append(copy.deepcopy(override))
        own = etree.SubElement(made, W + "lvlOverride", {W + "ilvl": str(level)})
        etree.SubElement(own, W + "startOverride", {_VAL: str(known.start if known else 1)})
        for kept in self.root.xpath(f"w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='{level}']/w:lvl", namespaces={"w": W[1:-1]}):
            own.append(copy.deepcopy(kept))
        self._put_behind(made, _NUM)
        return made.get(_NUM_ID, ""), level

    def _copy_of(self, definition: str) -> str:
        if definition not in self._copies:
            old = self._definition(definition)
            if old is None:
                return ""
            new = copy.deepcopy(old)
            new.attrib.pop(W + "restartNumberingAfterBreak", None)
            new.set(_ABSTRACT_ID, self._free(_ABSTRACT, _ABSTRACT_ID))
            for tie in [child for child in new if child.tag in _TIES]:
                new.remove(tie)
            for bound in list(new.iter(W + "pStyle")):
                bound.getparent().remove(bound)
            self._put_behind(new, _ABSTRACT)
            self._copies[definition] = new.get(_ABSTRACT_ID, "")
        return self._copies[definition]

    def _definition(self, number: str) -> Any | None:
        """The definition of this number that has levels; it may only name a numbering style, which another one defines."""
        known = {e.get(_ABSTRACT_ID): e for e in self.root.iterchildren(_ABSTRACT)}
        element = known.get(number)
        if element is not None and element.find(W + "lvl") is None and (link := element.find(W + "numStyleLink")) is not None:
            style = link.get(_VAL)
            element = next((e for e in known.values() if (own := e.find(W + "styleLink")) is not None and own.get(_VAL) == style), None)
        return element if element is not None and element.find(W + "lvl") is not None else None

    def _free(self, tag: str, attribute: str) -> str:
        return str(1 + max((whole_number(e.get(attribute)) or 0 for e in self.root.iterchildren(tag)), default=0))

    def _put_behind(self, new: Any, tag: str) -> None:
        """The schema has definitions first, then lists."""
        last = list(self.root.iterchildren(tag))[-1]
        last.addnext(new)
        self.changed = True
