"""Knows how much drawing a PDF asks for, so that no page is opened that never ends.

A drawing (form XObject) may draw others, and itself. PDFium follows such calls forty deep, and nothing can stop it once it has
begun. So the calls are counted first, in a copy that PDFium writes: there every object stands by itself, not encrypted, with
its names spelt one way, and it is what PDFium would open.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clausecheck.errors import DamagedFileError, LimitError

MOST_DRAWN = 20_000_000  # bytes of drawing for one page; a dense page has 1,000,000
MOST_DRAWN_IN_ALL = 60_000_000  # a dense page of text has 30,000, and PDFium reads some 5,000,000 a second
MOST_OBJECTS = 2_000_000

_DEEPEST = 40  # PDFium goes no deeper
_CALL = 500  # what one call costs, as bytes of drawing
_LONGEST = 8_000_000  # bytes of a stream that are looked at; longer ones have been refused
_MOST_UNPACKED = 300_000_000
_MOST_TOKENS = 8_000_000  # of all dictionaries looked at
_GUESSED_CALLS = 10  # of each drawing that is at hand, where a stream is packed in a way that is not undone here
_NO_DRAWINGS = frozenset({b"/Image", b"/Type1C", b"/CIDFontType0C", b"/OpenType", b"/XML"})

_ENTRY = re.compile(rb"(\d{10}) \d{5} n")
_TOKEN = re.compile(
    rb"(?P<ref>\d+ \d+ R\b)|(?P<open><<|\[)|(?P<close>>>|\])|(?P<name>/[^\x00\s()<>\[\]{}/%]*)"
    rb"|\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|[^\x00\s()<>\[\]{}/%]+|(?P<odd>[()<>{}%])",
    re.S,
)
_GAP = rb"(?:[\x00\s]|%[^\r\n]*[\r\n])"
_DO = re.compile(
    rb"(?:/([^\x00\s()<>\[\]{}/%]+)" + _GAP + rb"+|\(([^()]{1,127})\)" + _GAP + rb"*)Do(?![^\x00\s()<>\[\]{}/%])",
)  # the name of what is drawn; PDFium takes a string for one, too
_DO_ALONE = re.compile(rb"Do(?![^\x00\s()<>\[\]{}/%])")
_NAME_BEFORE = 160  # bytes in which the name before a call nearly always begins

Resources = Mapping[bytes, int]  # name -> number of the drawing


@dataclass(frozen=True, slots=True)
class _Content:
    """What a stream draws."""

    length: int
    names: Mapping[bytes, int] | None  # how often it draws which; None: packed in a way that is not undone here


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One form XObject, or one page."""

    length: int
    calls: Sequence[tuple[int, int]]  # (number of another, how often it is drawn)


class _TooMuch(Exception):
    """More than this module looks at, or a copy PDFium would not write."""


def refuse_endless(pdf: Any, name: str) -> None:
    """Refuse an open document one of whose pages takes too much drawing."""
    import pypdfium2

    copy = io.BytesIO()
    try:
        pdf.save(copy, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError:
        raise DamagedFileError(f"{name}: the PDF is damaged; get a whole copy or print it to a new PDF") from None
    try:
        _count(_Objects(copy.getvalue()))
    except _TooMuch:
        why = "the pages ask for more drawing than a contract does (drawings that draw themselves?)"
        raise LimitError(f"{name}: {why}; print the file to a new PDF") from None


def _count(objects: _Objects) -> int:
    """Bytes of drawing for all pages."""
    forms: dict[int, tuple[_Content, Resources]] = {}
    pages: list[tuple[list[_Content], Resources]] = []
    at_page: dict[bytes, set[int]] = {}  # what a page has a name for has that name on its drawings, too
    for number in objects.numbers():
        found = objects.value(number)
        if not isinstance(found, dict):
            continue
        if objects.is_stream(number):
            kind = objects.solved(found.get(b"/Subtype"))
            if kind is not None and kind not in _NO_DRAWINGS:
                forms[number] = objects.content(number), objects.drawings(found) or {}
        elif b"/Contents" in found:
            contents = objects.solved(found[b"/Contents"])
            streams = [one for one in (contents if isinstance(contents, list) else [contents]) if isinstance(one, int)]
            if streams:
                resources = objects.inherited(found)
                pages.append(([objects.content(one) for one in streams], resources))
                for key, target in resources.items():
                    at_page.setdefault(key, set()).add(target)
    drawings = {number: _drawing(content, own, at_page, forms) for number, (content, own) in forms.items()}
    costs = {number: one.length for number, one in drawings.items()}
    for _ in range(_DEEPEST):
        deeper = {number: _cost(one, costs) for number, one in drawings.items()}
        if deeper == costs:
            break
        costs = deeper
    whole = max(costs.values(), default=0)
    if whole > MOST_DRAWN:
        raise _TooMuch
    for contents, resources in pages:
        cost = sum(_cost(_drawing(content, resources, {}, forms), costs) for content in contents)
        whole += cost
        if cost > MOST_DRAWN or whole > MOST_DRAWN_IN_ALL:
            raise _TooMuch
    return whole


def _cost(one: _Drawing, costs: Mapping[int, int]) -> int:
    return min(one.length + sum(count * (_CALL + costs[target]) for target, count in one.calls), MOST_DRAWN_IN_ALL)


def _drawing(content: _Content, own: Resources, more: Mapping[bytes, Iterable[int]], forms: Mapping[int, object]) -> _Drawing:
    if content.names is None:
        return _Drawing(8 * content.length, [(target, _GUESSED_CALLS) for target in own.values() if target in forms])
    calls = [
        (target, count)
        for name, count in content.names.items()
        for target in ([own[name]] if name in own else more.get(name, ()))
        if target in forms
    ]
    return _Drawing(content.length, calls)


def _plain(name: bytes) -> bytes:
    """A name without its escapes."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name) if b"#" in name else name


class _Objects:
    """The objects of a PDF as PDFium writes them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._places: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._streams: dict[int, int] = {}  # number -> where its bytes begin
        self._contents: dict[int, _Content] = {}
        self._tokens = self._unpacked = 0
        self._values: dict[int, Any] = {}
        at = int(data[data.rfind(b"startxref") + 9 :].split()[0])
        table = data[at : data.find(b"trailer", at)].split(b"\r\n")
        number = 0
        for line in table[1:]:
            if entry := _ENTRY.match(line):
                self._places[number] = int(entry[1])
            elif line.count(b" ") == 1:
                number = int(line.split()[0]) - 1
            number += 1
        if len(self._places) > MOST_OBJECTS:
            raise _TooMuch
        in_order = sorted(self._places.items(), key=lambda entry: entry[1])
        for (one, _), (_, end) in zip(in_order, [*in_order[1:], (0, at)], strict=True):
            self._ends[one] = end

    def numbers(self) -> Iterator[int]:
        """Those that may be drawings or pages."""
        for number, start in self._places.items():
            end = self._ends[number]
            if self._data.find(b"/Subtype", start, end) >= 0 or self._data.find(b"/Contents", start, end) >= 0:
                yield number

    def is_stream(self, number: int) -> bool:
        return number in self._streams

    def value(self, number: int) -> Any:
        """A dictionary, a list, a name (with its stroke), a reference as int, or None for all else."""
        if number not in self._values:
            self._values[number] = self._parsed(number) if number in self._places else None
        return self._values[number]

    def solved(self, value: Any) -> Any:
        """What a value that may be a reference stands for; a reference to a stream or to nothing known stays one."""
        for _ in range(8):
            if not isinstance(value, int):
                break
            found = self.value(value)
            if found is None or self.is_stream(value):
                break
            value = found
        return value

    def _parsed(self, number: int) -> Any:
        start, end = self._places[number], self._ends[number]
        at = self._data.find(b"obj", start, end) + 3
        stack: list[list[Any]] = [[]]
        while found := _TOKEN.search(self._data, at, end):
            at = found.end()
            self._tokens += 1
            if self._tokens > _MOST_TOKENS or len(stack) > 1000:
                raise _TooMuch
            kind = found.lastgroup
            if kind == "open":
                stack.append([])
            elif kind == "close":
                if len(stack) < 2:
                    break
                inner = stack.pop()
                stack[-1].append(_as_dict(inner) if found[0] == b">>" else inner)
            elif kind == "ref":
                stack[-1].append(int(found[0].split()[0]))
            elif kind == "name":
                stack[-1].append(found[0])
            else:
                stack[-1].append("")
            if len(stack) == 1:
                break
        if not stack[0]:
            return None
        if isinstance(stack[0][0], dict):
            after = self._data[at : at + 20].lstrip()
            if after.startswith(b"stream"):
                self._streams[number] = self._data.find(b"\n", at, end) + 1 or end
                if after.startswith(b"stream\r\n"):
                    self._streams[number] = self._data.find(b"stream\r\n", at, end) + 8
        return stack[0][0]

    def drawings(self, head: dict[bytes, Any]) -> Resources | None:
        """The drawings a page or drawing has names for, without the stroke; None where it has no resources."""
        resources = self.solved(head.get(b"/Resources"))
        if not isinstance(resources, dict):
            return None
        named = self.solved(resources.get(b"/XObject"))
        if not isinstance(named, dict):
            return {}
        return {_plain(key[1:]): self._stream(value) for key, value in named.items() if isinstance(value, int)}

    def _stream(self, number: int) -> int:
        found = self.solved(number)
        return found if isinstance(found, int) else number

    def inherited(self, page: dict[bytes, Any]) -> Resources:
        """The drawings of a page: its own, or those of the page tree above it."""
        node: Any = page
        for _ in range(64):
            if not isinstance(node, dict):
                break
            if (found := self.drawings(node)) is not None:
                return found
            node = self.solved(node.get(b"/Parent"))
        return {}

    def content(self, number: int) -> _Content:
        """What a stream draws; nothing where there is no such stream."""
        if number not in self._contents:
            self._contents[number] = self._counted(number)
        return self._contents[number]

    def _counted(self, number: int) -> _Content:
        head = self.value(number)
        if number not in self._streams:
            return _Content(0, {})
        content = self._data[self._streams[number] : self._ends[number]]
        filters = self.solved(head.get(b"/Filter"))
        for one in filters if isinstance(filters, list) else [filters] if filters else []:
            if self.solved(one) not in (b"/FlateDecode", b"/Fl") or b"/DecodeParms" in head:
                return _Content(len(content), None)
            try:
                content = zlib.decompressobj().decompress(content, _LONGEST)
            except zlib.error:
                return _Content(len(content), None)
        self._unpacked += len(content)
        if self._unpacked > _MOST_UNPACKED:
            raise _TooMuch
        return _Content(len(content), Counter(_called(content)))


def _called(content: bytes) -> Iterator[bytes]:
    """The names of what a stream draws, each as often as it is drawn."""
    calls = []
    for do in _DO_ALONE.finditer(content):  # far faster than to look at every name
        call = _DO.search(content, max(do.start() - _NAME_BEFORE, 0), do.end())
        if call is None or call.end() != do.end():
            calls = list(_DO.finditer(content))  # its name stands further off, behind a comment
            break
        calls.append(call)
    return (_plain(call[1] or call[2]) for call in calls)


def _as_dict(values: Sequence[Any]) -> dict[bytes, Any]:
    """Keys and values in turn; what is no key is passed over."""
    return {key: value for key, value in zip(values[::2], values[1::2], strict=False) if isinstance(key, bytes)}
