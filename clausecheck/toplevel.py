"""Chooses the top-level numbers of a contract: which family (ARTICLE, roman, plain) divides it, and which marks are real.

Knows no language.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import pairwise

from clausecheck.languages.base import NumberMark
from clausecheck.languages.marks import Candidate, Frame
from clausecheck.outline import Top, chains, top_value, with_child_bonus

_FILLERS = " \t\r\n\u3000*#:\uff1a\u3002"


def sure_tops(text: str, articles: list[Candidate], notes: list[Frame]) -> list[Top]:
    """Marks whose form alone makes them clauses; those inside a line must carry the sequence on.

    ``notes`` are commentaries that go on to the next clause. A clause in one that has the number of the clause before is
    an alternative wording, unless that clause has no other text.
    """
    out: list[Top] = []
    last: tuple[int, ...] = ()
    note_starts = [f.start for f in notes]
    for c in articles:
        value = c.mark.value
        follows = bool(last) and (value == (last[0] + 1,) or (len(value) == 2 and value[:1] == last[:1]))
        if not c.line_start and not (follows or (not last and value == (1,))):
            continue
        if out and value <= last and out[-1].candidate.mark.form == c.mark.form:
            k = out[-1].candidate
            body = max(k.mark.end, k.mark.heading_end)
            note = bisect_left(note_starts, body)
            noted = note < len(notes) and notes[note].start < c.start
            own = text[body : notes[note].start if noted else c.start].strip(_FILLERS)
            if noted and (len(own) > 10 or 1 < value[0] < last[0]):
                continue
            if value != last:
                pass
            elif noted or (k.mark.heading and not c.mark.heading and len(own) <= 30):
                if not own:
                    if noted:
                        for f in notes[note : bisect_left(note_starts, c.start)]:
                            f.until = c.start
                    else:
                        out[-1].candidate = replace(k, mark=replace(k.mark, heading_end=c.mark.end))
                continue
        out.append(Top(c, not out or value < last or value == last == (1,)))
        last = value
    return out


def weighed_tops(found: list[Candidate], borders: list[int], recital: int | None) -> list[Top]:
    """The top-level numbers of a text whose marks prove nothing by their form; ``borders`` are places where a new part may begin."""
    weights = with_child_bonus(found)
    by: dict[str, list[tuple[Candidate, tuple[int, int], float]]] = {
        "article": [],
        "roman": [],
        "number": [],
        "letter": [],
        "other": [],
    }
    for c, w in zip(found, weights, strict=True):
        form = c.mark.form
        if form == "article":
            by["article"].append((c, (c.mark.value[0], 0), w))
        elif form in ("bare", "section", "branch", "decimal", "digit_paren"):
            value = top_value(c)
            if value is not None:
                by["number"].append((c, value, w))
        elif form in ("chapter", "part"):
            continue
        else:
            for f, v in c.alternatives:
                if f == "upper_roman":
                    by["roman"].append((c, (v, 0), w))
                elif f == "upper_alpha" and c.line_start:
                    by["letter"].append((c, (v, 0), w))
            if form in ("paren_digit", "circled") and c.line_start:
                by["other"].append((c, (c.mark.value[0], 0), w))
    results = {k: _settled(chains(v, borders), borders, recital) for k, v in by.items() if v}
    tops = _choose(results, [c for c, _, _ in by["number"] if c.line_start])
    if tops and tops is results.get("number") and not _covers(tops, found):
        # dotted numbers whose own clause headings carry none: 3.1, 3.2, 4.1 outweigh the lists 1, 2, 3 inside them
        dotted = [(c, v, max(w, 2.0)) for c, v, w in by["number"] if c.mark.form == "decimal" or w >= 3.0]
        again = chains(dotted, borders)
        if len(again) >= 3 and _covers(again, found):
            tops = again
    if tops and tops is not results.get("number"):
        tops = _bridged(tops, found)
    return _fill(tops, [v for k, v in results.items() if v is not tops and k in ("article", "roman", "number")], borders)


def _bridged(tops: list[Top], found: list[Candidate]) -> list[Top]:
    """Tops with the clauses whose own heading is unreadable: between Article I and Article III, "2.01" opens the second."""
    out: list[Top] = []
    for top, following in pairwise([*tops, tops[-1]]):
        out.append(top)
        value, start = top.candidate.mark.value[0], top.candidate.start
        if following.first or following.candidate.mark.value[0] != value + 2:
            continue
        inside = (c for c in found if c.line_start and start < c.start < following.candidate.start and c.mark.form == "decimal")
        opener = next((c for c in inside if c.mark.value[0] == value + 1), None)
        if opener and opener.mark.value[1:] in ((0,), (1,)):
            out.append(Top(opener, False))
    return out


def excerpt(found: list[Candidate], tops: list[Top], first: int) -> list[Top]:
    """The clauses of a text that begins inside a contract, at "15.3": clause 15, whose number does not stand in it, and those behind.

    Empty where it does not begin so. A mark of the very clause that it stands in, or of one before, is a mention.
    """
    opening = next((c for c in found if c.line_start), None)
    if opening is None or opening.start != first or opening.mark.form != "decimal" or len(opening.mark.value) != 2:
        return []
    if tops and tops[0].candidate.start <= first:
        return []
    behind = [t for t in tops if t.candidate.mark.value[0] > opening.mark.value[0]]
    following = opening.mark.value[0] + 1
    for c in found if not behind else ():
        if c.line_start and c.mark.form == "bare" and c.mark.value == (following,):
            behind.append(Top(c, False))
            following += 1
    return [Top(opening, True), *behind]


def counted_ones(found: list[Candidate]) -> list[Top]:
    """Markdown lists may number every clause 1: the marks furthest out are counted."""
    ones = [c for c in found if c.mark.form == "bare" and c.mark.value == (1,) and c.line_start]
    if not ones:
        return []
    out_most = min(c.indent for c in ones)
    ones = [c for c in ones if c.indent == out_most]
    out: list[Top] = []
    for n, c in enumerate(ones, 1):
        k = c.mark
        out.append(Top(replace(c, mark=NumberMark(str(n), (n,), "bare", None, k.end, k.heading, k.heading_end)), n == 1))
    return out if len(out) >= 3 else []


def _choose(results: dict[str, list[Top]], digits: list[Candidate]) -> list[Top]:
    """Which family of numbers is the top level: words before digits, romans before digits where they frame them.

    ``digits`` are all lines that begin with a plain number, also those of lists that begin anew under every letter.
    """
    main = {k: _main_chain(v) for k, v in results.items()}
    score = {k: sum(t.weight for t in v) for k, v in main.items()}
    article, roman, number = (main.get(k, []) for k in ("article", "roman", "number"))
    if len(article) >= 2 and (score["article"] * 2 >= score.get("number", 0.0) or _frames(article, number)):
        return results["article"]
    if len(roman) >= 3 and (score["roman"] > score.get("number", 0.0) or _frames(roman, number)):
        return results["roman"]
    letter = main.get("letter", [])
    titled = sum(bool(t.candidate.mark.heading) for t in letter) * 4 >= len(letter) * 3
    if len(letter) >= 4 and titled and (_frames(letter, number) or _lists_inside(letter, digits)):
        return results["letter"]
    if len(number) >= 2 and score["number"] >= 2.0:
        return results["number"]
    for k in ("letter", "other"):
        if len(main.get(k, [])) >= 3 and score[k] > 4:
            return results[k]
    best = max(score, key=lambda k: score[k], default="")
    only = best and len(main[best]) == 1 and main[best][0].candidate.mark.form not in ("article", "section")
    return results[best] if best and score[best] >= 2.0 and best not in ("letter", "other") and not only else []


def _settled(tops: list[Top], borders: list[int], recital: int | None) -> list[Top]:
    """Chains without those that are lists: numbered recitals, and a list inside a clause that swallowed the clauses behind it."""
    runs: list[list[Top]] = []
    for t in tops:
        if t.first or not runs:
            runs.append([])
        runs[-1].append(t)
    out: list[list[Top]] = []
    for run in runs:
        before = out[-1] if out else []
        start, last = run[0].candidate.start, before[-1].candidate.start if before else 0
        if before and bisect_right(borders, start) == bisect_right(borders, last):
            value = before[-1].candidate.mark.value[0]
            rest = [t for t in run if t.candidate.mark.value[0] > value]
            listed = [t for t in run if t.candidate.mark.value[0] <= value]
            if (
                recital is not None
                and len(out) == 1
                and recital - 40 < before[0].candidate.start < recital + 6000
                and len(run) > len(before)
            ):
                out.pop()
            elif (
                rest and listed and rest[0].candidate.mark.value[0] == value + 1 and _mean(listed) + 0.7 <= min(_mean(rest), _mean(before))
            ):
                before.extend(rest)
                continue
        out.append(run)
    return [t for run in out for t in run]


def _mean(tops: list[Top]) -> float:
    return sum(t.weight for t in tops) / len(tops)


def _fill(tops: list[Top], others: list[list[Top]], borders: list[int]) -> list[Top]:
    """Parts of the document in which the chosen family has no clause are divided by the weightiest other family there."""
    if not tops or not borders:
        return tops
    starts = [t.candidate.start for t in tops]
    edges = [0, *borders, 1 << 62]
    out = list(tops)
    for low, high in pairwise(edges):
        i = bisect_left(starts, low)
        if bisect_left(starts, high) > i or (0 < i < len(tops) and not tops[i].first):
            continue  # divided already, or bridged by a chain
        best: list[Top] = []
        for other in others:
            inside = [t for t in other if low <= t.candidate.start < high]
            if len(inside) >= (3 if not i else 5) and inside[0].first and sum(t.weight for t in inside) > sum(t.weight for t in best):
                best = inside
        out.extend(best)
    out.sort(key=lambda t: t.candidate.start)
    return out


def _covers(tops: list[Top], found: list[Candidate]) -> bool:
    """Whether most dotted numbers lie in the clause whose number they begin with."""
    starts = [t.candidate.start for t in tops]
    dotted = [c for c in found if c.mark.form == "decimal" and len(c.mark.value) == 2]
    if len(dotted) < 6:
        return True
    inside = 0
    for c in dotted:
        i = bisect_right(starts, c.start) - 1
        inside += i >= 0 and tops[i].candidate.mark.value[0] == c.mark.value[0]
    return inside * 2 >= len(dotted)


def _main_chain(tops: list[Top]) -> list[Top]:
    """The weightiest single chain."""
    chains_: list[list[Top]] = []
    for t in tops:
        if t.first or not chains_:
            chains_.append([])
        chains_[-1].append(t)
    return max(chains_, key=lambda c: sum(t.weight for t in c), default=[])


def _frames(outer: list[Top], inner: list[Top]) -> bool:
    """Whether the first family begins before the second and reaches into its later half."""
    if not inner:
        return True
    middle = inner[len(inner) // 2].candidate.start
    return outer[0].candidate.start <= inner[0].candidate.start and outer[-1].candidate.start >= middle


def _lists_inside(outer: list[Top], digits: list[Candidate]) -> bool:
    """Whether plain numbers first stand inside the first family, and begin anew in it: lists, however long the last one is."""
    begin, end = outer[0].candidate.start, outer[-1].candidate.start
    anew = sum(c.mark.value == (1,) and begin < c.start < end for c in digits)
    return bool(digits) and begin <= digits[0].start and anew >= 2
