"""Clauses against provisions: where a library's concepts stand together as its finds ask, and how they are put.

The one place where modality, negation, direction and guards are applied to a match. Results are values; nothing is
decided here about a status.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from clausecheck.languages.base import Duration, Modality, Passage, Statement
from clausecheck.model import Result
from clausecheck.passages import Sentence
from clausecheck.provision import Count, Element, Find, Measure
from clausecheck.reach import Reach, term_used
from clausecheck.view import Match, View

MAX_ALMOST = 2  # sentences shown of a find that holds nowhere


def matches(view: View, finds: Iterable[tuple[str, Find]], element: Element | None, within: Reach | None) -> list[Match]:
    """Every match and near match of these finds, in document order.

    Args:
        view: the contract under the library.
        finds: (pattern id, find) pairs.
        element: whose modality and holder rules apply; None: none do (flags, guards).
        within: where matches count; None: anywhere in the contract.
    """
    found: list[Match] = []
    for pattern, find in finds:
        where = find.where or (element.where if element else "home")
        says = find.says or (element.says if element else "fact")
        before = len(found)
        if within is None or where == "contract":
            found += _anywhere(view, pattern, find, element)
        elif view.explain:
            for match in _anywhere(view, pattern, find, element):
                if match.result is not None and not within.holds(match.sentence, where, says):
                    match = replace(match, result=None, code="outside", message=None)
                found.append(match)
        else:
            for sentence in _candidates(view, find, within.bits(where, says)):
                match_ = _try(view, find, pattern, sentence, element)
                if match_ is not None:
                    found.append(match_)
        if find.scope != "sentence" and find.act is None and len(found) > before + 1:
            found[before:] = _fullest(view, find, found[before:])
    if len(found) > 1:
        found.sort(key=lambda m: (m.sentence.index, m.start))
    return found


def _fullest(view: View, find: Find, found: list[Match]) -> list[Match]:
    """Of the sentences that together meet a find, in each clause those that hold the most of it themselves: the words to show."""
    groups = view.concepts.plan(find).groups
    counted = [(name,) for name in find.count.of] if find.count else []

    def own(match: Match) -> int:
        return sum(1 for group in (*groups, *counted) if any(view.places(name, match.sentence) for name in group))

    best: dict[tuple[str, Result | None], int] = {}
    held = [(own(match), (match.sentence.unit.clause.id, match.result), match) for match in found]
    for number, place, _ in held:
        best[place] = max(best.get(place, 0), number)
    return [match for number, place, match in held if match.result is None or number == best[place]]


def _anywhere(view: View, pattern: str, find: Find, element: Element | None) -> list[Match]:
    """Every match of one find in the whole contract; remembered, since core elements are asked for twice."""
    known = view._found.get(pattern)
    if known is None:
        tried = (_try(view, find, pattern, s, element) for s in _candidates(view, find, view.everywhere))
        known = view._found[pattern] = [m for m in tried if m is not None]
    return known


def almost(view: View, pattern: str, find: Find) -> list[Match]:
    """Sentences that hold the act of a find and not the rest: the nearest thing to show where nothing else is."""
    if find.act is None:
        return []
    rest = [[name] for name in find.all] + [group for group in (find.any, find.also) if group]
    found: list[Match] = []
    for sentence in view.passages.chosen(view.may_have((find.act,))):
        places = view.places(find.act, sentence)
        lacking = next((group for group in rest if not any(view.places(name, sentence) for name in group)), None)
        if places and lacking is not None and sentence.passage is Passage.OPERATIVE:
            found.append(Match(pattern, sentence, *places[0], None, f"lacks:{'|'.join(lacking[:3])}"))
            if len(found) == MAX_ALMOST:
                break
    return found


def holds(view: View, find: Find, sentence: Sentence) -> bool:
    """The find's concepts stand with this sentence or the opening of its list, whatever is said of them (for guards and weakenings)."""
    return _meets(view, find, sentence, lent=True) is not None


def _candidates(view: View, find: Find, within: int) -> Iterator[Sentence]:
    """The sentences of a set in which a find may hold: they, their list's opening or their surroundings may have all it asks."""
    plan = view.concepts.plan(find)
    bits = view.may_have(plan.first) & within
    if not bits:
        return
    wide = find.follow or find.scope != "sentence"
    for group in plan.rest:
        have = view.may_have(group)
        if wide:
            if not have:
                return  # nowhere in this contract (or this language has no words for it)
            continue
        if find.act and bits & ~have:
            have |= view.may_borrow(group)
        bits &= have
        if not bits:
            return
    if find.count is None:
        yield from view.passages.chosen(bits)
        return
    needed = _needed(view, find.count)
    counted = [view.may_have((name,)) | (view.may_borrow((name,)) if find.act else 0) for name in plan.counted]
    for sentence in view.passages.chosen(bits):
        if wide or sentence.lead is not None or sum(1 for have in counted if have >> sentence.index & 1) >= needed:
            yield sentence


def _needed(view: View, count: Count) -> int:
    """How many different concepts a count asks for."""
    return count.at_least if isinstance(count.at_least, int) else int(view.library.value(count.at_least) or 1)


def _listed(view: View, count: Count, item: Sentence) -> int:
    """How many concepts of a count stand in the list that holds this item, its opening included."""
    if item.lead is None:
        return 0
    lead = item.lead
    below = view.passages.children.get(lead.unit.clause.id, ())
    items = [lead, *(s for child in below for u in view.passages.units_of(child.id) for s in u.sentences if s.lead is lead)]
    return sum(1 for name in count.of if any(view.places(name, s) for s in items))


Place = tuple[Sentence, int, int]


def _meets(view: View, find: Find, sentence: Sentence, *, lent: bool = False) -> Place | None:
    """Where the act (or first concept) stands, if all concepts of the find are there; None otherwise.

    Something must stand in the sentence itself, not all in its list's opening or its surroundings, unless ``lent``.
    """
    if find.act is None or find.near is None:
        return _meets_at(view, find, sentence, None, lent)
    # with a distance from the act each place of it is tried: "shall supply samples, and ... supply all that is ordered"
    tried = (_meets_at(view, find, sentence, place, lent) for place in _act_places(view, find, sentence))
    return next((place for place in tried if place is not None), None)


def _meets_at(view: View, find: Find, sentence: Sentence, anchor: Place | None, lent: bool) -> Place | None:
    """The same for one place of the act, where a distance from it is asked for; else (None) for any."""
    own = anchor is not None and anchor[0] is sentence  # something stands in the sentence itself, not only in its list's opening
    # The act is mostly the commoner word: unless a distance from it is asked for, the rarer ones are looked for first.
    plan = view.concepts.plan(find)
    for names in plan.groups:
        place = _locate(view, find, sentence, names, anchor)
        if place is None or (names is plan.first and place[0] is not sentence and place[0] is not sentence.lead):
            return None
        anchor = anchor or place
        own = own or place[0] is sentence
    if find.count:
        places = [p for name in find.count.of if (p := _locate(view, find, sentence, (name,), anchor)) is not None]
        needed = _needed(view, find.count)
        if len(places) < needed and not (places and _listed(view, find.count, sentence) >= needed):
            return None
        anchor = anchor or places[0]
        own = own or any(p[0] is sentence for p in places)
    if find.act is not None and find.near is None:
        anchor = next(_act_places(view, find, sentence), None)
        own = own or (anchor is not None and anchor[0] is sentence)
    return anchor if own or lent else None


def _locate(view: View, find: Find, sentence: Sentence, names: tuple[str, ...], anchor: Place | None) -> Place | None:
    """Where one of these concepts stands: in the sentence, its list's opening, a definition it uses, or its surroundings."""
    own = sentence.index
    columns = view.columns
    for name in names:
        if columns.get(name, 0) >> own & 1:
            places = view.places(name, sentence)
            if find.near is not None and anchor is not None and anchor[0] is sentence:
                places = [p for p in places if p[0] - anchor[2] <= find.near and anchor[1] - p[1] <= find.near]
            if places:
                return (sentence, *places[0])
    lead = sentence.lead
    if lead is not None:
        for name in names:
            places = view.places(name, lead)
            if places:
                return (lead, *places[0])
    if find.act is not None and view.may_borrow(names) >> own & 1:  # the definition of a term that it uses lends its words
        for definition in view.defined(sentence):
            for name in names:
                places = view.places(name, definition)
                if places and not any(view.places(barred, definition) for barred in find.without):
                    return (definition, *places[0])
    if find.scope != "sentence" or find.follow:
        held = view.may_hold(names)
        for area in _around(view, find, sentence) if held else ():
            for other in view.passages.chosen(area & held):
                places = next((p for name in names if (p := view.places(name, other))), ())
                if not places or other.passage in _SILENT:
                    continue
                elsewhere = find.follow and other.unit.clause.id != sentence.unit.clause.id
                if elsewhere and any(view.places(barred, other) for barred in find.without):
                    continue  # the clause referred to speaks of something that the find leaves out
                return (other, *places[0])
    return None


_SILENT = frozenset({Passage.DELETED, Passage.NOTE, Passage.QUESTION, Passage.RECITAL, Passage.TOC, Passage.SIGNATURE, Passage.HEADING})


def _act_places(view: View, find: Find, sentence: Sentence) -> Iterator[Place]:
    """Where the act stands in the sentence, unless something bars it there; if nowhere, in its list's opening."""
    assert find.act is not None
    barred = [p for name in find.without_near for p in view.places(name, sentence)] if find.without_near else ()
    own = [(a, b) for a, b in view.places(find.act, sentence) if not any(a - 12 < y and x < b + 12 for x, y in barred)]
    if own or sentence.lead is None:
        yield from ((sentence, a, b) for a, b in own)
    else:
        yield from ((sentence.lead, a, b) for a, b in view.places(find.act, sentence.lead))


def _around(view: View, find: Find, sentence: Sentence) -> Iterator[int]:
    """The sentences that count as the sentence's surroundings for this find, nearest first, as sets of bits."""
    clause = sentence.unit.clause
    if find.scope == "paragraph":
        yield sentence.unit.bits
        yield view.passages.deep_bits(clause.id) & ~sentence.unit.bits
    elif find.scope == "clause":
        yield view.passages.deep_bits(view.passages.top(clause).id)
    if find.follow:
        for referred in view.passages.referred(sentence):
            if referred.id != clause.id:
                yield view.passages.deep_bits(referred.id)


def _try(view: View, find: Find, pattern: str, sentence: Sentence, element: Element | None) -> Match | None:
    if find.types and view.kind not in find.types:
        return None
    if find.fact is not None and not _states(view, find.fact, sentence):
        return None
    if find.not_fact is not None and _states(view, find.not_fact, sentence):
        return None
    if find.dangling and not view.passages.dangling(sentence):
        return None
    if find.mistitled and not view.passages.mistitled(sentence):
        return None
    place = _meets(view, find, sentence)
    if place is None:
        return None
    source, start, end = place
    in_own = source is sentence
    at = (start, end) if in_own else (0, len(sentence.text))

    def refused(code: str, statement: Statement | None = None) -> Match:
        return Match(pattern, sentence, *at, None, code, None, (), statement)

    for name in find.without:
        if view.places(name, sentence) or (sentence.lead is not None and view.places(name, sentence.lead)):
            return refused(f"guard:{name}")
    for name in find.not_under:
        if view.under(sentence.unit.clause, name):
            return refused(f"guard:{name}")
    if find.any_passage and sentence.passage in _SILENT:
        return refused(f"passage:{sentence.passage.value}")
    if not find.any_passage:
        passage = sentence.passage
        says = find.says or (element.says if element else "fact")
        # a definition names things for who uses its term; it states a fact only where a core sentence is the one that uses it
        counts = says == "list" or (says == "fact" and (find.where or (element.where if element else "")) == "core")
        lent = passage is Passage.DEFINITION and counts and term_used(view, sentence)
        if passage is not Passage.OPERATIVE and not lent:
            return refused(f"passage:{passage.value}")
    if element is None and find.says is None and not find.negated:
        return Match(pattern, sentence, *at, Result.SATISFIED)
    judged = _judge(view, find, pattern, sentence, source, start, end, at, element)
    if judged is not None and judged.code in _ELSEWHERE and find.act and in_own:
        barred = [p for name in find.without_near for p in view.places(name, sentence)]
        for a, b in view.places(find.act, sentence):  # "shall procure that its suppliers shall not commit": the second act is denied
            if (a, b) != (start, end) and not any(a - 12 < y and x < b + 12 for x, y in barred):
                other = _judge(view, find, pattern, sentence, source, a, b, (a, b), element)
                if other is not None and other.result is not None:
                    return other
    return judged


_ELSEWHERE = ("not_negated", "put_otherwise", "subordinate")  # refused here: the act may stand once more in the sentence, put as asked


def _states(view: View, fact: str, sentence: Sentence) -> bool:
    """The sentence is one of those from which the fact was read."""
    spans = view.stated.get(fact, ())
    if not spans:
        return False
    start, end = sentence.source()
    return any(a < end and start < b for a, b in spans)


def _judge(
    view: View,
    find: Find,
    pattern: str,
    sentence: Sentence,
    source: Sentence,
    start: int,
    end: int,
    at: tuple[int, int],
    element: Element | None,
) -> Match | None:
    """Modality, polarity, holder and measure of the act."""
    says = find.says or (element.says if element else "fact")
    text, shift = sentence.text, 0
    if source is not sentence:
        text = source.text + view.passages.language.blank + sentence.text
    elif sentence.lead is not None:
        joint = sentence.lead.text + view.passages.language.blank
        text, shift = joint + sentence.text, len(joint)
    key = (source.index, sentence.index, start, end)
    known = view._statements.get(key)
    if known is None:
        known = view._statements[key] = view.passages.language.statement(text, start + shift, end + shift, view.labels)
    statement = known
    if source is sentence and sentence.lead is not None and not statement.negated:
        named = view.passages.language.place_of_items(sentence.lead.text, sentence.text)
        if named is not None:  # 「次の行為をしてはならない」 denies what its items name
            opening = view.passages.language.statement(sentence.lead.text, *named, view.labels)
            if opening.negated:
                statement = opening
    result, code, message = Result.SATISFIED, "", None
    values: tuple[tuple[str, object], ...] = ()

    def match(result: Result | None, code: str) -> Match:
        opening = (start, end) if source is sentence.lead else None
        return Match(pattern, sentence, *at, result, code, message, values, statement, holder, find.follow, find.scope, opening)

    holder = view.side_of(statement)
    barred = find.negated and statement.on_consent and not statement.negated
    if find.put_as and (Modality.DUTY if barred else statement.modality).value not in find.put_as:
        return match(None, "put_otherwise")
    alone = find.holder is not None and find.holder.startswith("only_")
    if find.holder is not None and (alone or holder in ("us", "them")) and holder != find.holder.removeprefix("only_"):
        return match(None, "other_side")
    if find.negated:
        if not statement.negated and not barred:
            return match(None, "not_negated")
        if statement.subordinate and not barred:
            return match(None, "subordinate")
        if says == "duty" and statement.modality is Modality.SOFT and not barred and not (element and element.efforts):
            result, code = Result.WEAK, "soft_modality"
    elif says in ("duty", "right"):
        if statement.subordinate and statement.modality is not Modality.RIGHT:
            return match(None, "subordinate")
        if statement.negated:
            if find.weak or not find.denies:  # what would only be weak denies nothing ("shall not request or accept money")
                return match(None, "negated")
            return match(None, "excepted") if says == "right" and statement.excepted else match(Result.NEGATED, "negated")
        if says == "duty":
            if statement.modality is Modality.SOFT and not (element and element.efforts):
                result, code = Result.WEAK, "soft_modality"
            elif statement.modality is Modality.RIGHT:
                result, code = Result.WEAK, "permissive"
            elif statement.modality is Modality.CONSENT:
                result, code = Result.WEAK, "needs_consent"
        else:
            if statement.modality is Modality.CONSENT:
                result, code = Result.WEAK, "needs_consent"
            elif statement.modality is Modality.SOFT:
                result, code = Result.WEAK, "soft_modality"
    elif says == "list" and statement.excluded:
        return match(Result.NEGATED, "excluded")
    # a right to demand is held by the one who is owed, and a ban binds the other side than the one it protects
    turned = element is not None and {element.says, find.says} == {"duty", "right"}
    if element is not None and element.holder != "any" and holder in ("us", "them") and (holder != element.holder) is not turned:
        result, code = Result.WEAK, "one_sided" if element.holder == "us" else "wrong_side"
    if find.weak and result is Result.SATISFIED:
        result, code = Result.WEAK, find.weak
        message = find.weak_message.text if find.weak_message else None
    if find.external and not view.attached and result is Result.SATISFIED:
        result, code = Result.WEAK, "external_reference"
    if find.measure and result is Result.SATISFIED:
        broken = _measure(view, find, sentence, start if source is sentence else 0)
        if find.measure.beyond:
            if broken is None or broken[0] in ("no_period", "placeholder"):
                return match(None, "within_limit")
        elif broken:
            if find.measure.refuse:
                return match(None, broken[0])
            code, values = broken
            result = Result.WEAK
            message = find.measure.message.text if find.measure.message and code == find.measure.code else None
    if element is not None and result is Result.SATISFIED:
        for weaken in element.weaken:
            if holds(view, weaken.when, sentence) and not any(holds(view, find_, sentence) for find_ in weaken.unless):
                result, code, message = Result.WEAK, weaken.code, weaken.message.text
                break
    return match(result, code)


# The longest and the shortest count of days of a unit: 24 months are no more than 2 years, and 36 months no less than 3.
_DAYS = {"days": (1.0, 1.0), "hours": (1 / 24, 1 / 24), "months": (365 / 12, 30.0), "years": (365.0, 360.0)}


def _measure(view: View, find: Find, sentence: Sentence, start: int) -> tuple[str, tuple[tuple[str, object], ...]] | None:
    """(code, values) if the duration beside the match breaks its limit; None if it holds."""
    measure = find.measure
    assert measure is not None
    if measure.unit == "percent":
        return _percentage(view, measure, sentence, start)
    sentences = [sentence] if measure.scope == "sentence" else sentence.unit.sentences
    best: tuple[int, Duration] | None = None
    for s in sentences:
        spots = [p[0] for name in measure.near for p in view.places(name, s)] or ([start] if not measure.near else [])
        for duration in s.durations:
            distance = min((_distance(s.text, duration, spot) for spot in spots), default=10_000) + (0 if s is sentence else 5_000)
            if measure.near and not spots:
                continue
            if best is None or distance < best[0]:
                best = (distance, duration)
    if best is None:
        return ("no_period", ()) if measure.needed else None
    days = best[1].days
    if days is None:
        return ("placeholder", ())
    longest, shortest = _DAYS[measure.unit]
    limits = ((measure.at_most, longest, operator.gt), (measure.at_least, shortest, operator.lt))
    for of, unit, broken in limits:
        limit = view.library.value(of)
        if limit is not None and broken(days, limit * unit):
            return measure.code, (("days", _plain(days)), ("limit", _plain(limit)))
    return None


def _distance(text: str, duration: Duration, spot: int) -> int:
    """How far a period stands from a word; one that stands before it, in a part of the sentence that a comma closed, is farther."""
    if duration.end <= spot and any(sign in text[duration.end : spot] for sign in ",、;"):
        return spot - duration.start + _CLOSED_PART
    return abs(duration.start - spot)


_CLOSED_PART = 40


def _percentage(view: View, measure: Measure, sentence: Sentence, start: int) -> tuple[str, tuple[tuple[str, object], ...]] | None:
    """The same for the percentage nearest to the match, in its sentence."""
    spots = [p[0] for name in measure.near for p in view.places(name, sentence)] or [start]
    stated = [(min(abs(at - spot) for spot in spots), percent) for at, percent in sentence.unit.language.percentages(sentence.text)]
    if not stated:
        return ("no_period", ()) if measure.needed else None
    percent = min(stated)[1]
    for of, broken in ((measure.at_most, operator.gt), (measure.at_least, operator.lt)):
        limit = view.library.value(of)
        if limit is not None and broken(percent, limit):
            return measure.code, (("percent", _plain(percent)), ("limit", _plain(limit)))
    return None


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number


def families(view: View, count: Count, core: Sequence[Match]) -> tuple[set[str], list[Match]]:
    """The concepts of ``count`` in the sentences that hold the core (their lists and the clauses they name too), a match for each."""
    seen: set[str] = set()
    found: list[Match] = []
    spots: list[Sentence] = []
    for match in core:
        spots.append(match.sentence)
        if match.sentence.lead is not None:
            spots.append(match.sentence.lead)
        for clause in view.passages.referred(match.sentence) if match.followed else ():
            if clause.id != match.sentence.unit.clause.id:
                spots.extend(s for u in view.passages.units_of(clause.id) for s in u.sentences)
        if match.scope != "sentence":
            clause = match.sentence.unit.clause
            around = view.passages.units_of(clause.id if match.scope == "paragraph" else view.passages.top(clause).id)
            spots.extend(s for u in around for s in u.sentences if s.passage not in _SILENT)
        spots.extend(view.defined(match.sentence))
        for child in view.passages.children.get(match.sentence.unit.clause.id, ()):
            spots.extend(s for u in view.passages.units_of(child.id) for s in u.sentences if s.lead is match.sentence)
    for sentence in spots:
        for name in count.of:
            if name not in seen:
                places = view.places(name, sentence)
                if places:
                    seen.add(name)
                    found.append(Match(f"family:{name}", sentence, *places[0], Result.SATISFIED))
    return seen, found
