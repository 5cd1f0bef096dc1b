"""Knows which lines of a PDF run through its pages: heads, feet, page numbers and the numbers of lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from clausecheck.readers.pdf_lines import Line
from clausecheck.readers.text import BARE_NUMBER, PAGE_NUMBER, PAGE_OF_PAGES, counting_pages

_SAME_PLACE = 3.0  # points within which two lines of different pages stand at the same height
_SHARE = 0.6  # share of the pages a running line stands on
_COUNTING = 0.75  # share of the repeats whose number must stay the same or count with the pages
_FEW_PAGES = 3  # fewer repeats prove nothing

_DIGITS = re.compile(r"\d+")
_COUNTED_NUMBER = re.compile(r"\s*(\d{1,4})\s*[^\W\d_a-zA-Z]{1,3}\s*")  # the number and the word for page in another script


def mark_running(pages: list[list[Line]]) -> None:
    """Mark what stands at the same height on most pages, and page numbers; split off a foot glued to the last line."""
    edges = [_edge_lines(lines) for lines in pages]
    with_text = [index for index, lines in enumerate(pages) if lines]
    feet: set[str] = set()
    by_key: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for index in with_text:
        for line in edges[index]:
            by_key[_DIGITS.sub("#", " ".join(line.text.split()))].append((index, line))
    for found in by_key.values():
        if len(found) >= _FEW_PAGES:
            cluster = _same_height(found)
            if _on_most_pages({index for index, _ in cluster}, with_text) and _counts_or_stays(cluster):
                for _, line in cluster:
                    line.running = True
                feet.update(line.text.strip() for _, line in cluster if not line.text.strip().isdigit())
    for index, lines in enumerate(pages):
        _split_glued(lines, feet)
        for line in lines:
            if len(line.text) <= 24 and PAGE_NUMBER.fullmatch(line.text.strip()):
                line.running = True  # not only at the edge: a PDF made from another print has that print's numbers inside
        for line in _edge_lines(lines):
            counted = _COUNTED_NUMBER.fullmatch(line.text)
            if PAGE_OF_PAGES.fullmatch(line.text.strip()) or (counted and int(counted[1]) == index + 1):
                line.running = True
    _mark_bare_numbers(pages)


def _edge_lines(lines: list[Line]) -> list[Line]:
    """The first and last two lines, by order and by height: some programs write heads and feet before the text."""
    if len(lines) <= 4:
        return list(lines)
    by_height = sorted(range(len(lines)), key=lambda i: lines[i].y)
    at = {0, 1, len(lines) - 2, len(lines) - 1, *by_height[:2], *by_height[-2:]}
    return [lines[i] for i in sorted(at)]


def _same_height(found: list[tuple[int, Line]]) -> list[tuple[int, Line]]:
    """The largest group whose heights on the page lie within the tolerance."""
    ordered = sorted(found, key=lambda item: item[1].y)
    best = (0, 0)
    start = 0
    for end in range(len(ordered)):
        while ordered[end][1].y - ordered[start][1].y > _SAME_PLACE:
            start += 1
        if end + 1 - start > best[1] - best[0]:
            best = (start, end + 1)
    return ordered[slice(*best)]


def _on_most_pages(on: set[int], pages: list[int]) -> bool:
    """Whether that is most pages, or most of the left or right hand ones (heads often alternate)."""
    for sample in (pages, pages[0::2], pages[1::2]):
        hits = sum(index in on for index in sample)
        if hits >= max(_FEW_PAGES, _SHARE * len(sample)):
            return True
    return False


def _counts_or_stays(cluster: list[tuple[int, Line]]) -> bool:
    """Whether each number in the line stays the same or goes up with the page: a date or a page number, not a clause number."""
    rows = [(index, [int(number[:9]) for number in _DIGITS.findall(line.text)]) for index, line in cluster]
    for slot in range(len(rows[0][1])):
        same = Counter(numbers[slot] for _, numbers in rows).most_common(1)[0][1]
        counting = Counter(numbers[slot] - index for index, numbers in rows).most_common(1)[0][1]
        if max(same, counting) < _COUNTING * len(rows):
            return False
    return True


def _split_glued(lines: list[Line], feet: set[str]) -> None:
    if not lines or not feet or any(line.running and line.text.strip() in feet for line in lines[-2:]):
        return
    last = lines[-1]
    for foot in feet:
        if len(foot) > 8 and last.text.endswith(" " + foot):
            last.text = last.text[: -len(foot)].rstrip()
            lines.append(Line(foot, last.x, last.y, running=True))
            return


def _mark_bare_numbers(pages: list[list[Line]]) -> None:
    """Mark bare numbers as page numbers where something else says so too: the page has that number and it is at its foot,
    or another page has its own at the same height, or such numbers count the pages of the print this PDF was made from.
    """
    bare: dict[int | None, list[tuple[float, int, Line]]] = defaultdict(list)  # by number less page; None: roman, A-3
    for index, lines in enumerate(pages):
        # Below or above the heads and feet already found.
        for line in [line for line in lines if line.running] + _edge_lines([line for line in lines if not line.running]):
            text = line.text.strip()
            if BARE_NUMBER.fullmatch(text):
                bare[int(text) - index if text.isdecimal() else None].append((line.y, index, line))
    for found in bare.values():
        found.sort(key=lambda item: item[:2])
        for (low, one, first), (high, other, second) in pairwise(found):
            if one != other and high - low <= _SAME_PLACE:
                first.running = second.running = True
    for _, index, line in bare[1]:
        if any(line is last for last in [line for line in pages[index] if not line.running][-2:]):
            line.running = True
    _mark_counting(pages)
    for shift, found in bare.items():
        if shift is not None and sum(line.running for _, _, line in found) >= _FEW_PAGES:
            for _, _, line in found:
                line.running = True


def _mark_counting(pages: list[list[Line]]) -> None:
    at = 0
    numbers: list[tuple[int, int]] = []
    lines_at: dict[int, Line] = {}
    for lines in pages:
        for line in lines:
            text = line.text.strip()
            if len(text) <= 4 and text.isdecimal() and text.isascii():
                numbers.append((at, int(text)))
                lines_at[at] = line
            at += len(line.text) + 1
    for offset in counting_pages(numbers):
        lines_at[offset].running = True


# --- numbers of lines ------------------------------------------------------------------------------------------------


_NUMBERED = re.compile(r"\s*(\d{1,4})\s+(?=\S)")
_ALONE = 10  # bare numbers in a row that count: no list has its numbers so far from its text
_FEW_NUMBERS = 12
_ENDED = tuple(".;:,。、；：，）)")


def line_numbers_apart(pages: list[list[Line]]) -> list[list[Line]]:
    """The lines with the numbers that count them as running lines of their own."""
    for lines in pages:
        _mark_lone_numbers(lines)
    numbered = {index: found for index, lines in enumerate(pages) if (found := _numbered(lines))}
    with_text = sum(bool(lines) for lines in pages)
    if len(numbered) < _SHARE * with_text or sum(map(len, numbered.values())) < _FEW_NUMBERS:
        return pages
    whole = [line for index, found in numbered.items() for at, line in enumerate(pages[index]) if at in found]
    if sum(line.text.rstrip().endswith(_ENDED) for line in whole) > 0.75 * len(whole):
        return pages  # each ends a sentence: entries of a list
    return [_split_numbers(lines, numbered.get(index, {})) for index, lines in enumerate(pages)]


def _mark_lone_numbers(lines: list[Line]) -> None:
    run: list[Line] = []
    last: int | None = None
    for line in [*lines, Line("", 0, 0)]:
        text = line.text.strip()
        number = int(text) if text.isdecimal() and len(text) <= 4 else None
        if number is not None and last is not None and number == last + 1:
            run.append(line)
        else:
            if len(run) >= _ALONE:
                for found in run:
                    found.running = True
            run = [line] if number is not None else []
        last = number


def _numbered(lines: list[Line]) -> dict[int, int]:
    """Lines, by index, that begin with a number that counts them, with the end of the number; {} if it is not so on this page."""
    body = [at for at, line in enumerate(lines) if not line.running]
    found: dict[int, int] = {}
    values: dict[int, int] = {}
    shifts: Counter[int] = Counter()
    for place, at in enumerate(body):
        if number := _NUMBERED.match(lines[at].text):
            found[at] = number.end()
            values[at] = int(number[1])
            shifts[values[at] - place] += 1
    if len(found) < max(4, len(body) / 6):
        return {}
    every = len(found) * 3 > len(body) * 2  # each line bears one, else every fifth or so
    if every:
        steps = [values[b] - values[a] for a, b in pairwise(sorted(found))]
        return found if sum(step == 1 for step in steps) >= 0.9 * len(steps) and len(found) >= 0.85 * (len(body) - 3) else {}
    (shift, count), *_ = shifts.most_common(1)
    if count < 0.8 * len(found) or len({values[at] % 5 for at in found}) > 1:
        return {}
    return {at: end for place, at in enumerate(body) if (end := found.get(at)) is not None and values[at] - place == shift}


def _split_numbers(lines: list[Line], numbered: dict[int, int]) -> list[Line]:
    out: list[Line] = []
    for at, line in enumerate(lines):
        end = numbered.get(at)
        if end is not None:
            out.append(Line(line.text[:end].rstrip(), line.x, line.y, running=True))
            line.text, line.cut = line.text[end:], True
        out.append(line)
    return out
