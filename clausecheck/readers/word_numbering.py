"""Knows how Word numbers paragraphs: the number formats, the list definitions of numbering.xml and their counters.

The glyph tables here belong to the file format (ECMA-376 part 1, 17.18.59 ST_NumberFormat), not to a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_VAL = W + "val"
_ILVL = W + "ilvl"

LEVELS = 9
BULLET = "\u30fb"  # stands for bullets drawn with a symbol font, whose codes mean nothing elsewhere
_SYMBOL_FONTS = re.compile(r"symbol|wingdings|webdings|dingbats|marlett", re.I)
_PLACEHOLDER = re.compile(r"%([1-9])")
_LINKS = 4  # hops from list to numbering style to list; Word makes one
_LARGEST = 1_000_000  # no honest counter gets there; larger values are written in digits

# --- number formats ------------------------------------------------------------------------------------------------

_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_KANA_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_IROHA_HALF = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"

_ENDLESS = {  # these begin again after the last
    "aiueo": _KANA_HALF,
    "aiueoFullWidth": _KANA,
    "iroha": _IROHA_HALF,
    "irohaFullWidth": _IROHA,
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
}
_ENCLOSED = {  # after the last of these Word writes plain digits
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
}
_POSITIONAL = {  # one glyph for each decimal digit
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    "koreanDigital": "영일이삼사오육칠팔구",
    "koreanDigital2": "零一二三四五六七八九",
    "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙",
    "hindiNumbers": "०१२३४५६७८९",
}


@dataclass(frozen=True, slots=True)
class _Counting:
    """Numbers with place names: digits 0-9, names of 10, 100, 1000 and 10000, and when a one before them is written."""

    digits: str
    places: str
    one_before: str = ""  # the places a leading one is written before
    zero: str = ""  # written for a gap (101)


_COUNTING = {
    "japaneseCounting": _Counting("〇一二三四五六七八九", "十百千万", "万"),
    "japaneseLegal": _Counting("零壱弐参四伍六七八九", "拾百阡萬", "拾百阡萬"),
    "chineseCounting": _Counting("○一二三四五六七八九", "十百千万", "百千万"),
    "chineseCountingThousand": _Counting("○一二三四五六七八九", "十百千万", "百千万", "○"),
    "chineseLegalSimplified": _Counting("零壹贰叁肆伍陆柒捌玖", "拾佰仟萬", "拾佰仟萬", "零"),
    "taiwaneseCounting": _Counting("○一二三四五六七八九", "十百千萬", "百千萬"),
    "taiwaneseCountingThousand": _Counting("○一二三四五六七八九", "十百千萬", "百千萬", "零"),
    "ideographLegalTraditional": _Counting("零壹貳參肆伍陸柒捌玖", "拾佰仟萬", "拾佰仟萬", "零"),
    "koreanCounting": _Counting("영일이삼사오육칠팔구", "십백천만"),
    "koreanLegal": _Counting("영일이삼사오육칠팔구", "십백천만"),
}

_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
# fmt: off
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}


def format_number(value: int, number_format: str) -> str:
    """The number as Word draws it in this ST_NumberFormat; plain digits where the format has no sign for it.

    >>> format_number(28, "upperLetter"), format_number(21, "japaneseCounting"), format_number(3, "aiueoFullWidth")
    ('BB', '二十一', 'ウ')
    """
    if number_format in ("none", "bullet"):
        return ""
    if number_format == "decimal" or not 0 <= value <= _LARGEST:
        return str(value)
    if number_format in _POSITIONAL:
        glyphs = _POSITIONAL[number_format]
        return "".join(glyphs[int(digit)] for digit in str(value))
    if number_format in _COUNTING:
        return _count(value, _COUNTING[number_format])
    if value == 0:
        return "0"
    if number_format in _ENDLESS:
        glyphs = _ENDLESS[number_format]
        return glyphs[(value - 1) % len(glyphs)]
    if number_format in _ENCLOSED:
        glyphs = _ENCLOSED[number_format]
        return glyphs[value - 1] if value <= len(glyphs) else str(value)
    draw = _DRAWN.get(number_format)
    return draw(value) if draw else str(value)


def _count(value: int, system: _Counting) -> str:
    if value == 0:
        return system.digits[0]
    myriads, rest = divmod(value, 10_000)
    out = ""
    if myriads:
        name = system.places[3]
        out = name if myriads == 1 and name not in system.one_before else _count(myriads, system) + name
        if rest and rest < 1_000:
            out += system.zero
    gap = False
    for place in (3, 2, 1, 0):
        digit = rest // 10**place % 10
        if not digit:
            gap = bool(out)
            continue
        if gap and (value < 10_000 or out[-1:] != system.zero):
            out += system.zero
        gap = False
        name = system.places[place - 1] if place else ""
        # "ten" alone is written without its one, but "one hundred and one-ten" with it where the system says so
        out += name if place and digit == 1 and name not in system.one_before else system.digits[digit] + name
    return out


def _roman(value: int) -> str:
    if value > 32_767:
        return str(value)
    out = ""
    for size, sign in _ROMAN.items():
        times, value = divmod(value, size)
        out += sign * times
    return out


def _letters(value: int) -> str:
    times, letter = divmod(value - 1, 26)
    return chr(97 + letter) * (times + 1) if times < 30 else str(value)


def _ordinal(value: int) -> str:
    ending = "th" if value // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _words(value: int) -> str:
    for size, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = value % size
            return f"{_words(value // size)} {name}" + (f" {_words(rest)}" if rest else "")
    if value < 20:
        return _ONES[value]
    return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")


def _ordinal_words(value: int) -> str:
    head, last = re.fullmatch(r"(.*?)([a-z]+)", _words(value)).groups()  # type: ignore[union-attr]  # words end in letters
    return head + _IRREGULAR.get(last, last[:-1] + "ieth" if last.endswith("y") else last + "th")


def _zodiac_pair(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]


_CHICAGO = "*\u2020\u2021\u00a7"
_DRAWN: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "ordinal": _ordinal,
    "cardinalText": lambda n: _words(n).capitalize(),
    "ordinalText": lambda n: _ordinal_words(n).capitalize(),
    "hex": lambda n: f"{n:X}",
    "chicago": lambda n: _CHICAGO[(n - 1) % 4] * min((n - 1) // 4 + 1, 30),
    "numberInDash": lambda n: f"- {n} -",
    "ideographZodiacTraditional": _zodiac_pair,
}


# --- list definitions ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list as defined: what it draws, and how it counts."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""  # "第%1条", "%1.%2", or a bullet
    suffix: str = "tab"  # tab | space | nothing
    restart: int | None = None  # None: after any level above; 0: never; k: only after level k (counted from 1) or above
    legal: bool = False  # all numbers of the levels above as digits
    left: int | None = None  # indents in twentieths of a point
    first: int | None = None  # of the first line, relative to left
    width: int = 0  # least number of digits (custom format "001, 002, 003, ...")
    hidden: bool = False  # the number itself is set as hidden text


@dataclass(slots=True)
class _Instance:
    """A w:num: the list a paragraph names, with what it changes in its definition."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Any]  # the w:lvl elements that replace those of the definition


class Numbering:
    """The list definitions of one document. An absent numbering.xml (None) defines none.

    Files carry hundreds of levels and use few: a level is read when it is first asked for.
    """

    def __init__(self, root: Any | None) -> None:
        self._abstract: dict[str, Any] = {}
        self._by_style: dict[str, str] = {}  # numbering style -> abstract list that defines it
        self._nums: dict[str, Any] = {}
        self._instances: dict[str, _Instance] = {}
        self._elements: dict[str, dict[int, Any]] = {}
        self._levels: dict[tuple[str, int], ListLevel | None] = {}
        self._bound: dict[str, dict[str, int]] = {}  # list -> paragraph style -> level
        if root is None:
            return
        for element in root.iterchildren(W + "abstractNum", W + "num"):
            if element.tag == W + "num":
                self._nums[element.get(W + "numId", "")] = element
                continue
            number = element.get(W + "abstractNumId", "")
            self._abstract[number] = element
            for link in element.iterchildren(W + "styleLink"):
                self._by_style.setdefault(link.get(_VAL, ""), number)

    def has(self, list_id: str) -> bool:
        """Whether paragraphs that name this list are numbered ("0" and unknown lists are not)."""
        return list_id != "0" and list_id in self._nums

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level of the list that is bound to this paragraph style."""
        if (bound := self._bound.get(list_id)) is None:
            bound = self._bound[list_id] = {}
            for at, element in self._levels_of(list_id).items():
                if (name := _child_value(element, "pStyle")) is not None:
                    bound.setdefault(name, at)
        return bound.get(style)

    def level(self, list_id: str, at: int) -> ListLevel | None:
        """The definition in force for this level of the list; None if it has none."""
        key = (list_id, at)
        if key not in self._levels:
            element = self._levels_of(list_id).get(at)
            self._levels[key] = _read_level(element) if element is not None else None
        return self._levels[key]

    def _levels_of(self, list_id: str) -> dict[int, Any]:
        if (known := self._elements.get(list_id)) is not None:
            return known
        levels: dict[int, Any] = {}
        if list_id in self._nums:
            instance = self.instance(list_id)
            levels = {**self._defined(instance.abstract), **instance.levels}
        self._elements[list_id] = levels
        return levels

    def _defined(self, abstract: str) -> dict[int, Any]:
        """The levels of an abstract list, which may stand in another one that a numbering style leads to."""
        for _ in range(_LINKS):  # styles may name each other in a ring
            element = self._abstract.get(abstract)
            if element is None:
                break
            levels = dict(_level_elements(element))
            link = _child_value(element, "numStyleLink")
            if levels or link is None:
                return levels
            abstract = self._by_style.get(link, "")
        return {}

    def instance(self, list_id: str) -> _Instance:
        """What the list that ``has`` knows is made from and changes."""
        if (known := self._instances.get(list_id)) is not None:
            return known
        element = self._nums[list_id]
        made = self._instances[list_id] = _Instance(_child_value(element, "abstractNumId") or "", {}, {})
        for override in element.iterchildren(W + "lvlOverride"):
            at = whole_number(override.get(_ILVL))
            if at is None or not 0 <= at < LEVELS:
                continue
            for _, definition in _level_elements(override):
                made.levels[at] = definition
            start = whole_number(_child_value(override, "startOverride"))
            if start is not None:
                made.starts[at] = start
        return made


class Counters:
    """The running numbers of one story (the body, or the notes)."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._values: dict[str, list[int | None]] = {}  # by abstract list: lists made from one definition count on together
        self._restarted: set[tuple[str, int]] = set()

    def advance(self, list_id: str, at: int) -> str:
        """Counts one paragraph and gives the number drawn before it; "" where nothing is drawn."""
        level = self._numbering.level(list_id, at)
        if level is None:
            return ""
        instance = self._numbering.instance(list_id)
        values = self._values.setdefault(instance.abstract, [None] * LEVELS)
        # Levels above that never occurred count as begun: "1.1" is drawn, not ".1".
        for above in range(at):
            if values[above] is None:
                values[above] = self._first(list_id, above, instance)
        value = values[at]
        if at in instance.starts and (list_id, at) not in self._restarted:
            values[at] = self._first(list_id, at, instance)
        else:
            values[at] = level.start if value is None else value + 1
        for below in range(at + 1, LEVELS):
            if values[below] is not None:
                lower = self._numbering.level(list_id, below)
                restart = lower.restart if lower else None
                if restart is None or at < restart:
                    values[below] = None
        return self._draw(list_id, level, values)

    def _first(self, list_id: str, at: int, instance: _Instance) -> int:
        if at in instance.starts and (list_id, at) not in self._restarted:
            self._restarted.add((list_id, at))
            return instance.starts[at]
        level = self._numbering.level(list_id, at)
        return level.start if level else 1

    def _draw(self, list_id: str, level: ListLevel, values: list[int | None]) -> str:
        if level.hidden:
            return ""
        if level.number_format == "bullet":
            return level.text

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            value = values[at]
            other = self._numbering.level(list_id, at)
            if value is None or other is None:
                return ""
            drawn = format_number(value, "decimal" if level.legal and other.number_format != "none" else other.number_format)
            return drawn.zfill(other.width) if other.width else drawn

        return _PLACEHOLDER.sub(number, level.text).strip(" \t\u3000")


def whole_number(value: str | None) -> int | None:
    """The attribute as an integer; None where it is absent or no sensible number."""
    if value is None or len(value) > 12:
        return None
    try:
        return int(float(value)) if "." in value else int(value)
    except (ValueError, OverflowError):
        return None


def is_on(element: Any) -> bool:
    """The value of an on/off property that is present: on, unless it says otherwise."""
    return element.get(_VAL, "1") not in ("0", "false", "off", "none")


def indents(element: Any) -> tuple[int | None, int | None]:
    """Left and first-line indent of a w:ind, twentieths of a point; None for what it leaves open."""
    left = whole_number(element.get(W + "left", element.get(W + "start")))
    hanging, first = whole_number(element.get(W + "hanging")), whole_number(element.get(W + "firstLine"))
    return left, -hanging if hanging is not None else first


def _level_elements(parent: Any) -> Iterator[tuple[int, Any]]:
    for element in parent.iterchildren(W + "lvl"):
        at = whole_number(element.get(_ILVL))
        if at is not None and 0 <= at < LEVELS:
            yield at, element


def _child_value(parent: Any, name: str) -> str | None:
    child = parent.find(W + name)
    value = child.get(_VAL) if child is not None else None
    return str(value) if value is not None else None


def _read_level(element: Any) -> ListLevel:
    parts = {child.tag: child for child in element}
    values = {tag: child.get(_VAL) for tag, child in parts.items()}
    number_format, width = values.get(W + "numFmt") or "decimal", 0
    if _ALTERNATE in parts:  # a custom format, and a plain one for programs that do not know it
        custom = next(parts[_ALTERNATE].iter(W + "numFmt"), None)
        if custom is not None:
            sample = custom.get(W + "format", "").split(",")[0].strip()
            number_format = "decimal"
            width = len(sample) if sample.isdecimal() and len(sample) <= 8 else 0
    text = values.get(W + "lvlText") or ""
    run = parts.get(W + "rPr")
    vanish = run.find(W + "vanish") if run is not None else None
    if number_format == "bullet":
        text = _bullet(text, run)
    legal = parts.get(W + "isLgl")
    properties = parts.get(W + "pPr")
    indent = properties.find(W + "ind") if properties is not None else None
    left, first = indents(indent) if indent is not None else (None, None)
    start = whole_number(values.get(W + "start"))
    return ListLevel(
        start=1 if start is None else start,
        number_format=number_format,
        text=text[:200],
        suffix=values.get(W + "suff") or "tab",
        restart=whole_number(values.get(W + "lvlRestart")),
        legal=legal is not None and is_on(legal),
        left=left,
        first=first,
        width=width,
        hidden=vanish is not None and is_on(vanish),
    )


def _bullet(text: str, run: Any | None) -> str:
    fonts = run.find(W + "rFonts") if run is not None else None
    symbol = fonts is not None and any(_SYMBOL_FONTS.search(name) for name in fonts.attrib.values())
    text = text.strip()
    if not text:
        return ""
    if symbol or text == "o" or any("\ue000" <= c <= "\uf8ff" for c in text):  # "o": the hollow bullet of Courier New
        return BULLET
    return text
