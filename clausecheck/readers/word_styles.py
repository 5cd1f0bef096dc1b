"""Knows what a paragraph or a run of a Word document inherits from its styles: list, outline level, indents, hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from clausecheck.readers.word_numbering import LEVELS, Numbering, W, indents, is_on, whole_number
from clausecheck.readers.word_unseen import has_ground, unseen

_VAL = W + "val"
_HEADING = re.compile(r"heading ([1-9])", re.I)
_CONTENTS = re.compile(r"(?:toc [1-9]|toc heading|table of figures|table of authorities|toa heading)", re.I)
_CONTENTS_ID = re.compile(r"TOC[1-9]")
_LONGEST_CHAIN = 12  # styles based on each other; Word makes shorter ones
_TITLES = ("title", "subtitle")

# Properties that a character style switches over rather than on (17.7.3): hidden, struck out.
HIDDEN = 1
STRUCK = 2
_TOGGLES = {W + "vanish": HIDDEN, W + "strike": STRUCK, W + "dstrike": STRUCK}


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph gets from its style and the styles that one is based on."""

    list_id: str = "0"  # "0": not numbered
    list_level: int = 0
    outline: int | None = None  # 0 = outermost; None = body text
    title: bool = False
    contents: bool = False  # a line of a table of contents
    left: int | None = None  # twentieths of a point
    first: int | None = None
    own_indent: bool = False  # the indents come from where the list does, or from a style above it, and win over the list's
    toggles: int = 0
    unseen: bool = False  # text in the colour of paper, or too small to see
    ground: bool = False  # lays a colour under the text


_PLAIN = ParagraphStyle()


class Styles:
    """The styles of one document, resolved when they are first asked for."""

    def __init__(self, root: Any | None, numbering: Numbering) -> None:
        self._numbering = numbering
        self._elements: dict[str, Any] = {}
        self._based: dict[str, str] = {}
        self._default = ""
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._runs: dict[str, int] = {}
        self._everywhere = 0
        if root is None:
            return
        for element in root.iterchildren(W + "style"):
            identity = element.get(W + "styleId", "")
            self._elements[identity] = element
            based = element.find(W + "basedOn")
            self._based[identity] = based.get(_VAL, "") if based is not None else ""
            if element.get(W + "type") == "paragraph" and element.get(W + "default", "0") not in ("0", "false", "off"):
                self._default = identity
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._everywhere = _toggles(defaults)[0]

    def paragraph(self, identity: str | None) -> ParagraphStyle:
        """The paragraph style of this id; of the default style for None or an unknown id."""
        key = identity if identity is not None and identity in self._elements else self._default
        if (known := self._paragraphs.get(key)) is None:
            known = self._paragraphs[key] = self._resolve(key)
        return known

    def run(self, identity: str) -> int:
        """The toggles (HIDDEN, STRUCK) of this character style."""
        if (known := self._runs.get(identity)) is None:
            known = self._runs[identity] = self._inherited_toggles(self._chain(identity))
        return known

    def hide_nothing(self) -> bool:
        """Whether no style hides or strikes text, so that runs need looking at only for their own properties."""
        return not self._everywhere and not any(next(element.iter(*_TOGGLES), None) is not None for element in self._elements.values())

    def _chain(self, identity: str) -> list[Any]:
        """The style and those it is based on, nearest first."""
        chain: list[Any] = []
        seen: set[str] = set()
        while identity in self._elements and identity not in seen and len(chain) < _LONGEST_CHAIN:
            seen.add(identity)
            chain.append(self._elements[identity])
            identity = self._based[identity]
        return chain

    def _inherited_toggles(self, chain: list[Any]) -> int:
        on = decided = 0
        for element in chain if self._toggling else ():
            own, said = self._toggling.get(element.get(W + "styleId", ""), (0, 0))
            on |= own & ~decided
            decided |= said
        return on

    def _resolve(self, identity: str) -> ParagraphStyle:
        chain = self._chain(identity)
        if not chain:
            return _PLAIN
        list_id: str | None = None
        levels: list[tuple[str, int | None]] = []  # of each style down to the one that names the list: id, level it gives
        outline: int | None = None
        left = first = None
        own_indent = False
        for element in chain:
            properties = element.find(W + "pPr")
            if properties is None:
                if list_id is None:
                    levels.append((element.get(W + "styleId", ""), None))
                continue
            indent = properties.find(W + "ind")
            here_left, here_first = indents(indent) if indent is not None else (None, None)
            if list_id is None and (here_left is not None or here_first is not None):
                own_indent = True
            left = here_left if left is None else left
            first = here_first if first is None else first
            if outline is None and (level := properties.find(W + "outlineLvl")) is not None:
                outline = whole_number(level.get(_VAL))
            if list_id is None:
                numbered = properties.find(W + "numPr")
                named, at = list_of(numbered) if numbered is not None else (None, None)
                levels.append((element.get(W + "styleId", ""), at))
                list_id = named
        name = _name(chain[0])
        heading = _HEADING.fullmatch(name)
        if outline is None and heading:
            outline = int(heading[1]) - 1
        return ParagraphStyle(
            list_id=list_id or "0",
            list_level=self._level(list_id or "0", levels),
            outline=outline if outline is not None and 0 <= outline < LEVELS else None,
            title=name in _TITLES,
            contents=_CONTENTS.fullmatch(name) is not None or _CONTENTS_ID.fullmatch(identity) is not None,
            left=left,
            first=first,
            own_indent=own_indent,
            toggles=self._inherited_toggles(chain) | self._everywhere,
            unseen=self._unseen(chain) or False,
            ground=self._has_ground(chain),
        )

    def unseen(self, identity: str) -> bool | None:
        """Whether this character style draws text so that it is not seen; None where it says nothing about it."""
        return self._unseen(self._chain(identity))

    def ground(self, identity: str) -> bool:
        """Whether this table style lays a colour under any text."""
        return any(next(element.iter(W + "shd"), None) is not None for element in self._chain(identity))

    @cached_property
    def _toggling(self) -> dict[str, tuple[int, int]]:
        """Of the styles that switch HIDDEN or STRUCK: what they switch on, and what they speak of."""
        said = {identity: _toggles(element.find(W + "rPr")) for identity, element in self._elements.items()}
        return {identity: switched for identity, switched in said.items() if switched[1]}

    @cached_property
    def _saying(self) -> dict[str, bool]:
        """Of the styles that say so: whether their text is drawn so that it is not seen."""
        said = {identity: unseen(element.find(W + "rPr")) for identity, element in self._elements.items()}
        return {identity: value for identity, value in said.items() if value is not None}

    @cached_property
    def _grounded(self) -> frozenset[str]:
        """The styles that lay a colour under their paragraphs."""
        return frozenset(identity for identity, element in self._elements.items() if has_ground(element.find(W + "pPr")))

    def _unseen(self, chain: list[Any]) -> bool | None:
        if not self._saying:
            return None
        return next((said for element in chain if (said := self._saying.get(element.get(W + "styleId", ""))) is not None), None)

    def _has_ground(self, chain: list[Any]) -> bool:
        return bool(self._grounded) and any(element.get(W + "styleId", "") in self._grounded for element in chain)

    def _level(self, list_id: str, levels: list[tuple[str, int | None]]) -> int:
        # A list level bound to the style decides; the w:ilvl of a style is for the programs that do not look there.
        for style, at in levels:
            bound = self._numbering.level_of_style(list_id, style)
            if bound is not None:
                return bound
            if at is not None:
                return at
        return 0


def list_of(element: Any) -> tuple[str | None, int | None]:
    """The list id and level that a w:numPr names; None for what it leaves open."""
    identity, level = element.find(W + "numId"), element.find(W + "ilvl")
    at = whole_number(level.get(_VAL)) if level is not None else None
    return (
        identity.get(_VAL) if identity is not None else None,
        at if at is not None and 0 <= at < LEVELS else None,
    )


def run_toggles(properties: Any, styles: Styles, above: int) -> int:
    """HIDDEN and STRUCK of a run with these w:rPr in a paragraph whose style gives ``above``."""
    on, said = _toggles(properties)
    style = properties.find(W + "rStyle")
    inherited = above ^ styles.run(style.get(_VAL, "")) if style is not None else above
    return on | inherited & ~said


def _toggles(properties: Any | None) -> tuple[int, int]:
    """What the w:rPr switches on, and what it says anything about."""
    on = said = 0
    if properties is not None:
        for element in properties.iterchildren(*_TOGGLES):
            kind = _TOGGLES[element.tag]
            said |= kind
            if is_on(element):
                on |= kind
    return on, said


def _name(element: Any) -> str:
    name = element.find(W + "name")
    return str(name.get(_VAL, "")).strip().lower() if name is not None else ""
