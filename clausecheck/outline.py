"""Which number marks are clauses, and how deep: sequence, restarts and place decide, never the mark alone.

Knows no language. Top-level numbers are found by one pass of dynamic programming that looks for the chain(s)
1, 2, 3, ... with the most weight; marks below them are sorted into nested lists.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from clausecheck.languages.marks import Candidate, Frame, FrameKind
from clausecheck.model import ClauseKind, Level


@dataclass(slots=True)
class Node:
    """A clause to be. ``depth``: 0 parts of the frame, 1 annexes, 2 to 5 chapters by rank, 6 clauses, 7 and more what lies below."""

    start: int
    depth: int
    level: Level
    kind: ClauseKind
    number: str = ""
    form: str = ""
    heading: str = ""
    body_start: int = 0
    deleted: bool = False
    mark_end: int = 0
    until: int = 0  # fixed end (notes, tables of contents); 0 = up to the next node that is not deeper


CLAUSE_DEPTH = 6
_CLOSED_KINDS = (ClauseKind.PREAMBLE, ClauseKind.RECITAL, ClauseKind.TOC, ClauseKind.SIGNATURE)


def holds(outer: Node, inner: Node) -> bool:
    """Whether a later node lies inside an earlier one that is still open."""
    if inner.kind is ClauseKind.NOTE:
        return outer.kind is not ClauseKind.NOTE
    if outer.kind is ClauseKind.NOTE:
        return False
    return outer.depth < inner.depth and not (outer.depth == 0 and outer.kind in _CLOSED_KINDS)


# --- chains --------------------------------------------------------------------------------------------------------
_SKIP_COST = 2.5  # a number left out
_RESTART_COST = 12.0  # numbering begins anew though nothing announces it
_NEW_PART_COST = 1.5  # numbering begins anew behind an annex title or a signature
_CROSS_COST = 6.0  # numbering runs on across such a place
_MAX_SKIP = 4


@dataclass(slots=True)
class Top:
    candidate: Candidate
    first: bool  # begins a chain
    weight: float = 0.0


def top_value(c: Candidate) -> tuple[int, int] | None:
    """The value a mark has as a top-level number, with its branch; None if it cannot be one."""
    v = c.mark.value
    if c.mark.form == "decimal":
        if len(v) == 2 and v[1] in (0, 1):
            return v[0], 0
        return None
    return v[0], (v[1] if len(v) > 1 else 0)


def chains(candidates: Sequence[tuple[Candidate, tuple[int, int], float]], borders: Sequence[int]) -> list[Top]:
    """The weightiest way to read marks as chains 1, 2, 3, ...; ``borders`` are places where a new part may begin.

    Each entry is a mark, its (value, branch) and its weight. Linear in the number of marks.
    """
    best_value: dict[int, tuple[float, int]] = {}  # best total that ends on this whole value (or a branch of it)
    best_branch: dict[tuple[int, int], tuple[float, int]] = {}
    total: list[float] = []
    back: list[int] = []
    first: list[bool] = []
    part: list[int] = []
    any_total, any_at = 0.0, -1
    old_total, old_at = 0.0, -1  # best when the present part began
    now = 0
    for i, (c, (value, branch), weight) in enumerate(candidates):
        p = bisect_right(borders, c.start)
        if p != now:
            now, old_total, old_at = p, any_total, any_at
        start_cost = min(4.0 * (value - 1), 14.0) + (4.0 if branch else 0.0) if value > 1 or branch else 0.0
        if any_at < 0:
            gain, at, begins = -start_cost, -1, True
        else:
            gain, at, begins = any_total - _RESTART_COST - start_cost, any_at, True
            if old_at >= 0 or p:
                renewed = old_total - _NEW_PART_COST - start_cost * 3
                if renewed > gain:
                    gain, at = renewed, old_at
            if -start_cost > gain:
                gain, at = -start_cost, -1
        steps = [(best_branch.get((value, branch - 1)), 0.0)] if branch else [(best_value.get(value - 1), 0.0)]
        if not branch and (c.line_start or max(weight, c.strength) >= 1.5):
            steps += [(best_value.get(value - 1 - k), _SKIP_COST * k) for k in range(1, _MAX_SKIP + 1)]
        for found, cost in steps:
            if found is None:
                continue
            t, j = found
            t -= cost + (_CROSS_COST if part[j] != p else 0.0)
            if t > gain:
                gain, at, begins = t, j, False
        t = gain + weight
        total.append(t)
        back.append(at)
        first.append(begins)
        part.append(p)
        if value not in best_value or t >= best_value[value][0]:
            best_value[value] = (t, i)
        if (value, branch) not in best_branch or t >= best_branch[value, branch][0]:
            best_branch[value, branch] = (t, i)
        if t > any_total or any_at < 0:
            any_total, any_at = t, i
    out: list[Top] = []
    i = any_at
    while i >= 0:
        out.append(Top(candidates[i][0], first[i], candidates[i][2]))
        i = back[i]
    out.reverse()
    return out


def with_child_bonus(found: Sequence[Candidate]) -> list[float]:
    """The weight of each mark, higher where its own N.1 follows shortly."""
    weights = [c.strength + (4.0 if c.level == 0 else 1.0 if c.level is not None else 0.0) for c in found]
    for i, c in enumerate(found):
        if c.mark.form == "decimal" and not (len(c.mark.value) == 2 and c.mark.value[1] == 0):
            weights[i] = 0.4 + (0.4 if c.line_start else 0.0)
            continue
        if c.mark.form not in ("bare", "section", "article", "branch", "decimal"):
            continue
        for d in found[i + 1 : i + 4]:
            if d.start - c.start > 500:
                break
            if d.mark.form == "decimal" and d.mark.value[0] == c.mark.value[0] and d.mark.value[1] in (0, 1):
                weights[i] += 3.0
                break
    return weights


# --- tables of contents --------------------------------------------------------------------------------------------
_TOC_TAIL = re.compile(r"(?:\.{3,}|…|\u30fb{3,}|[ \t\u3000]{2,}|\t|\s)[ \t\u3000.]*(?:[0-9]{1,3}|[ivx]{1,4})\s*\Z")
_TOC_GAP = 500
_LIST_FORMS = frozenset(("article", "section", "bare", "decimal", "branch", "part", "chapter", "upper_roman"))


def contents_spans(text: str, found: Sequence[Candidate], frames: Sequence[Frame]) -> list[tuple[int, int]]:
    """Stretches that are tables of contents, titled or not: dense runs of marks all of which come again later."""
    marks = [c for c in found if c.mark.form in _LIST_FORMS and c.strength >= 0]
    titles = [f.start for f in frames if f.kind is FrameKind.TOC]
    keys = [(c.mark.form, c.mark.value) for c in marks]
    last: dict[tuple[str, tuple[int, ...]], int] = {}
    first: dict[tuple[str, tuple[int, ...]], int] = {}
    places: dict[tuple[str, tuple[int, ...]], list[int]] = {}
    for n, key in enumerate(keys):
        last[key] = n
        first.setdefault(key, n)
        places.setdefault(key, []).append(n)
    out: list[tuple[int, int]] = []
    i = 0
    while i < len(marks):
        if first[keys[i]] != i or last[keys[i]] == i:
            i += 1
            continue
        j, n, odd = i, i + 1, 0
        while n < len(marks) and marks[n].start - marks[j].start <= _TOC_GAP * (1 + n - j) and odd <= 2:
            if first[keys[n]] == n and last[keys[n]] > n:
                j, odd = n, 0
            elif i <= first[keys[n]] < n:
                break  # the numbers begin again
            else:
                odd += 1
            n += 1
        run = j - i + 1
        titled = _nearest(titles, marks[i].start)
        begins_again = last[keys[i]] > j
        spread = (marks[j].start - marks[i].start) / run
        if begins_again and run >= 3 and spread <= 450:
            pages = sum(
                bool(_TOC_TAIL.search(text[max(marks[k].mark.end, marks[k + 1].start - 40) : marks[k + 1].start])) for k in range(i, j)
            )
            same = sum(any(_same_words(text, marks[k], marks[n]) for n in places[keys[k]][-_MOST_AGAIN:] if n > j) for k in range(i, j + 1))
            if titled is not None or pages * 2 >= run or ((same == run or (run >= 4 and same * 10 >= run * 7)) and spread <= 160):
                end = _contents_end(text, marks, j)
                begin = titled if titled is not None else marks[i].start
                if out and begin - out[-1][1] < 400:
                    begin = out.pop()[0]
                out.append((begin, end))
        i = j + 1
    return out


_MOST_AGAIN = 12  # of the later marks with the same number, how many are looked at: lists have theirs too


def _same_words(text: str, a: Candidate, b: Candidate) -> bool:
    """Whether an entry of a table of contents and a later mark are followed by the same heading."""
    here, there, heading = (
        re.sub(r"\W+", "", t).casefold()[:8]
        for t in (text[a.mark.end : a.mark.end + 24], text[b.mark.end : b.mark.end + 24], b.mark.heading)
    )
    return bool(here) and (here == there or (bool(heading) and here.startswith(heading)))


def _nearest(titles: Sequence[int], at: int) -> int | None:
    """The title of contents that stands shortly before ``at``."""
    k = bisect_right(titles, at) - 1
    return titles[k] if k >= 0 and at - titles[k] < 400 else None


def _contents_end(text: str, marks: Sequence[Candidate], j: int) -> int:
    """The end of the run's last entry and of the unnumbered entries (exhibits, page numbers) behind it."""
    c = marks[j]
    at = max(c.mark.end, c.mark.heading_end)
    nl = text.find("\n", at)
    end = nl if 0 <= nl - at < 160 else at
    for _ in range(60):
        nl = text.find("\n", end + 1)
        if nl < 0 or (j + 1 < len(marks) and marks[j + 1].start < nl):
            break
        line = text[max(end + 1, nl - 200) : nl]
        if line.strip() and not _TOC_TAIL.search("\n" + line) and len(line.strip()) > 4:
            break
        end = nl
    return end


# --- below the clause ----------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _List:
    form: str
    last: int
    depth: int
    indent: int
    level: int | None
    left: float | None = None
    count: int = 1


class Lists:
    """The lists open at a place inside one clause, outermost first."""

    def __init__(self, top: int | None, base: int, first_unnumbered: bool) -> None:
        self._top = top
        self._base = base
        self._first_unnumbered = first_unnumbered
        self.implied = False  # the list just opened begins with 2
        self._path: list[int] = []  # numbers below the top of the last dotted mark
        self._counters: dict[tuple[int, ...], int] = {}
        self._open: list[_List] = []

    def place(self, c: Candidate, following: Candidate | None, announced: Callable[[], bool]) -> tuple[int, str, int] | None:
        """Depth, form and ordinal of a mark, or None: no clause. ``announced``: the text before it calls what follows items."""
        if c.mark.form == "decimal":
            return self._dotted(c)
        return self._listed(c, following, announced)

    def _dotted(self, c: Candidate) -> tuple[int, str, int] | None:
        value = c.mark.value
        if self._top is None:
            return self._dotted_in_list(c)
        if value[0] != self._top:
            return None
        prefix, k = value[:-1], value[-1]
        if len(value) > 2 and tuple(self._path[: len(value) - 2]) != value[1:-1]:
            near = self._counters.get(value[:-2], 0)
            if not (c.line_start and k == 1 and 0 <= value[-2] - near <= 1):
                return None
            self._counters[value[:-2]] = value[-2]
        last = self._counters.get(prefix, 0)
        step = k - last
        if not (step == 1 or (k == 0 and last == 0) or (c.line_start and 0 <= step <= 4) or (c.strength >= 0.5 and 1 < step <= 2)):
            return None
        self._counters[prefix] = k
        self._path = list(value[1:])
        self._open.clear()
        return self._base + len(value) - 1, "decimal", k

    def _dotted_in_list(self, c: Candidate) -> tuple[int, str, int] | None:
        """2.1 below entry 2 of an annex whose numbers are a list."""
        value = c.mark.value
        n = next((n for n, lst in enumerate(self._open) if lst.form == "bare" and lst.last == value[0]), None)
        if n is None or not c.line_start or not 0 <= value[-1] - self._counters.get(value[:-1], 0) <= 2:
            return None
        del self._open[n + 1 :]
        self._counters[value[:-1]] = value[-1]
        self._path = list(value[1:])
        return self._open[n].depth + len(self._path), "decimal", value[-1]

    def _listed(self, c: Candidate, following: Candidate | None, announced: Callable[[], bool]) -> tuple[int, str, int] | None:
        readings = c.alternatives or ((c.mark.form, c.mark.value[0]),)
        best: tuple[int, str, int] | None = None  # index of the list, form, value
        for form, value in readings:
            for n in range(len(self._open) - 1, -1, -1):
                lst = self._open[n]
                if lst.form != form or (lst.level is not None and c.level is not None and lst.level != c.level):
                    continue
                if value == lst.last + 1 and (c.line_start or c.strength > 0):
                    if len(readings) > 1 and following is not None and _opens(readings, following, form):
                        continue
                    if best is None:
                        best = (n, form, value)
                    break
        if best is None:
            for form, value in readings:
                if value == 1 and (c.line_start or c.strength > 0.1):
                    if form in ("bare", "digit_paren") and not c.line_start:
                        continue
                    repeated = self._same_ones(c, form)
                    if repeated is not None and not announced():
                        del self._open[repeated + 1 :]
                        self._open[repeated].count += 1
                        return self._open[repeated].depth, form, self._open[repeated].count
                    self._close_for(c, form)
                    depth = self._base + len(self._path) + len(self._open) + 1
                    self._open.append(_List(form, 1, depth, c.indent, c.level, c.left))
                    return depth, form, 1
            if c.line_start:
                for form, value in readings:
                    for n in range(len(self._open) - 1, -1, -1):
                        lst = self._open[n]
                        if lst.form == form and 0 <= value - lst.last <= 3:
                            best = (n, form, value)
                            break
                    if best:
                        break
        if best is None and self._first_unnumbered:
            for form, value in readings:
                if value == 2 and form in ("bare", "circled") and not any(lst.form == form for lst in self._open):
                    self._open.clear()
                    depth = self._base + len(self._path) + 1
                    self._open.append(_List(form, 2, depth, c.indent, c.level, c.left, 2))
                    self.implied = depth == self._base + 1
                    return depth, form, 2
        if best is None:
            return None
        n, form, value = best
        if self._top is None and form == "bare":
            self._path = []
        del self._open[n + 1 :]
        self._open[n].last = value
        self._open[n].count += 1
        return self._open[n].depth, form, value

    def _same_ones(self, c: Candidate, form: str) -> int | None:
        """Markdown lists may number every item 1: the same mark again at the same column goes on."""
        if form != "bare" or not c.line_start:
            return None
        for n in range(len(self._open) - 1, -1, -1):
            lst = self._open[n]
            if lst.form == form and lst.last == 1 and lst.indent == c.indent and lst.level == c.level:
                return n
        return None

    def _close_for(self, c: Candidate, form: str) -> None:
        """Close lists that stand further in than a new one, and a list of the same form that it follows."""
        while self._open and c.level is not None and self._open[-1].level is not None and self._open[-1].level >= c.level:
            if (c.left or 0) > (self._open[-1].left or 0):
                break  # of another list, whose levels say nothing beside this one's
            self._open.pop()
        same = [n for n, lst in enumerate(self._open) if lst.form == form]
        if same and c.indent <= self._open[same[-1]].indent and form != "bare":
            del self._open[same[-1] :]


def _opens(readings: Sequence[tuple[str, int]], following: Candidate, form: str) -> bool:
    """Whether the next mark shows that another reading, not ``form``, begins a list here: (i) before (ii)."""
    nexts = following.alternatives or ((following.mark.form, following.mark.value[0]),)
    mine = dict(readings)
    if any(f == form and v == mine[form] + 1 for f, v in nexts):
        return False
    return any(f != form and mine.get(f) == 1 and v == 2 for f, v in nexts)


_LEVELS = {CLAUSE_DEPTH: Level.CLAUSE, CLAUSE_DEPTH + 1: Level.PARAGRAPH, CLAUSE_DEPTH + 2: Level.ITEM}
_ITEM_FORMS = frozenset(
    ("paren_lower_alpha", "paren_lower_roman", "paren_upper_alpha", "lower_alpha", "lower_roman", "kanji", "kana", "iroha", "paren_kana")
)


def level_of(depth: int, form: str, items: bool) -> Level:
    """The level a depth stands for; lettered marks right under a clause, and what a list announces, are items."""
    if depth == CLAUSE_DEPTH + 1 and (items or form in _ITEM_FORMS):
        return Level.ITEM
    return _LEVELS.get(depth, Level.SUBITEM)


def node_of(c: Candidate, depth: int, form: str, kind: ClauseKind, number: str | None = None, items: bool = False) -> Node:
    """The node of a mark."""
    body = max(c.mark.end, c.mark.heading_end)
    number = c.mark.printed if number is None else number
    return Node(c.start, depth, level_of(depth, form, items), kind, number, form, c.mark.heading, body, c.deleted, c.mark.end)


def inner_nodes(
    found: Sequence[Candidate], top: int | None, holder: Node, announces: Callable[[int, int], bool], first_unnumbered: bool
) -> list[Node]:
    """The nodes below one clause, from the marks inside it in order. ``announces(start, end)``: the text before a list calls it items."""
    base = CLAUSE_DEPTH - 1 if holder.kind is ClauseKind.ANNEX and holder.depth < CLAUSE_DEPTH else CLAUSE_DEPTH
    lists = Lists(top, base, first_unnumbered)
    out: list[Node] = []
    items = False
    alone: dict[int, int] = {}  # lists that have one entry only so far, by depth: where it is in ``out``
    lone: list[int] = []  # of those, the ones that will get no second
    for i, c in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        before = out[-1].body_start if out else holder.body_start
        place = lists.place(c, following, partial(announces, before, c.start))
        if place is None:
            continue
        depth, form, ordinal = place
        if lists.implied:
            # the clause's first paragraph bears no number; lists that stood before belong to it
            lists.implied, items = False, False
            if holder.depth == CLAUSE_DEPTH and c.start > holder.body_start:
                for n in out:
                    n.depth += 1
                    n.level = level_of(n.depth, n.form, False)
                out.insert(0, Node(holder.body_start, depth, Level.PARAGRAPH, holder.kind, "", "implied", "", holder.body_start))
                alone = {d + 1: k + 1 for d, k in alone.items()}
                lone = [k + 1 for k in lone]
        elif depth == base + 1 and ordinal == 1:
            items = form != "decimal" and announces(before, c.start)
        number = str(ordinal) if form == "bare" and c.mark.value[0] == 1 and ordinal > 1 else None
        out.append(node_of(c, depth, form, holder.kind, number, items and depth == base + 1))
        if form == "decimal":
            continue
        lone += [alone.pop(d) for d in list(alone) if d > depth]
        if ordinal == 1 and not c.line_start:
            alone[depth] = len(out) - 1
        else:
            alone.pop(depth, None)
    for k in sorted((*lone, *alone.values()), reverse=True):
        # a lone "(1)" in running text whose list goes on within the sentence is no list of clauses
        if k + 1 == len(out) or out[k + 1].depth <= out[k].depth:
            del out[k]
    return out
