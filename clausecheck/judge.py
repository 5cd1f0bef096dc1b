"""Matches to findings: the status of every provision, exactly by the order of decision.

not_applicable, conflicting, missing, weak, present; elements are judged over the union of all operative passages. No
text is searched here: match.py is asked for matches, and the facts of the contract come in as values.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from clausecheck.library import Library
from clausecheck.match import almost, families, holds, matches
from clausecheck.messages import LABELS, reason
from clausecheck.model import ElementResult, Evidence, Finding, FlagResult, Need, Reason, Result, Severity, Status, Text
from clausecheck.place import nearest, replacement, suggestion
from clausecheck.provision import Both, Condition, Element, Find, Provision, RedFlag, Where
from clausecheck.reach import Reach
from clausecheck.term import Fact
from clausecheck.view import Match, View

MAX_EVIDENCE = 6
MAX_NEAR = 4
_LOWER = {
    Severity.CRITICAL: Severity.HIGH,
    Severity.HIGH: Severity.MEDIUM,
    Severity.MEDIUM: Severity.LOW,
    Severity.LOW: Severity.LOW,
    Severity.NONE: Severity.NONE,
}
_RANK = {s: i for i, s in enumerate((Severity.NONE, Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL))}


@dataclass
class Facts:
    """What is known of the contract beside its text: type, side, term, other findings."""

    contract_type: str
    our_side: str
    values: Mapping[str, Fact]
    attached: bool = False
    unreadable: bool = False  # part of the file could not be read: nothing may be called missing
    explain: bool = False  # keep near matches too
    findings: dict[str, Finding] = field(default_factory=dict)


@dataclass
class _State:
    """What has been judged of one provision so far; conditions look at it."""

    library: Library
    facts: Facts
    elements: dict[str, ElementResult] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=dict)
    flags: dict[str, FlagResult] = field(default_factory=dict)

    def met(self, conditions: Iterable[Condition]) -> bool:
        return all(self._met(c) for c in conditions)

    def _met(self, c: Condition) -> bool:
        if c.fact is not None and not self._fact(c):
            return False
        if c.element is not None:
            known = self.elements.get(c.element)
            if c.result and (known is None or known.result.value not in [r.value for r in c.result]):
                return False
            if c.reason is not None and c.reason not in self.codes.get(c.element, set()):
                return False
        if c.provision is not None:
            finding = self.facts.findings.get(c.provision)
            if finding is None or (c.result and finding.status.value not in [r.value for r in c.result]):
                return False
            if c.families and not any(e.families.intersection(c.families) for e in finding.elements):
                return False
        if c.flag is not None and c.flag not in self.flags:
            return False
        if c.side is not None and self.facts.our_side != c.side:
            return False
        if c.attached is not None and self.facts.attached != c.attached:
            return False
        if c.type and self.facts.contract_type not in c.type:
            return False
        if c.any and not any(self._met(x) for x in c.any):
            return False
        return not any(self._met(x) for x in c.no)

    def _fact(self, c: Condition) -> bool:
        fact = self.facts.values.get(c.fact or "")
        value = fact.value if fact else None
        if c.stated is not None and (value is not None) != c.stated:
            return False
        if c.yes is not None and bool(value) != c.yes:
            return False
        if c.result and (fact is None or fact.result.value not in [r.value for r in c.result]):
            return False
        if c.reason is not None and (fact is None or c.reason not in fact.reasons):
            return False
        for limit, compare in ((c.above, operator.gt), (c.below, operator.lt), (c.at_least, operator.ge), (c.at_most, operator.le)):
            if limit is not None:
                bound = self.library.value(limit)
                if value is None or bound is None or not compare(float(value), bound):
                    return False
        return True


def judge(view: View, provision: Provision, facts: Facts) -> Finding:
    """The finding of one provision."""
    state = _State(view.library, facts)
    gate = _gate(provision, state)
    core = _core(view, provision)
    reach = Reach(view, provision, core)
    for element in provision.elements:
        if not element.core:
            continue
        _put(state, element, _element(view, element, reach, core, state))
    found = any(state.elements[e.id].result in (Result.SATISFIED, Result.WEAK) for e in provision.elements if e.core)
    negated_core = any(state.elements[e.id].result is Result.NEGATED for e in provision.elements if e.core)
    found = found or any("granted" in state.codes[e.id] for e in provision.elements if e.core)
    if not found:
        _incorporate(view, provision, state)
        found = any(state.elements[e.id].result in (Result.SATISFIED, Result.WEAK) for e in provision.elements if e.core)
    for element in provision.elements:
        if element.core:
            continue
        if found:
            _put(state, element, _element(view, element, reach, core, state))
        elif element.id not in state.elements:
            _put(state, element, _absent(element))
    if found:
        _incorporate(view, provision, state)
        for element in provision.elements:
            _cross_links(element, state)
    if found or negated_core:
        _flags(view, provision, reach, state)
    else:
        _conflict_flags(view, provision, reach, state)
        negated_core = any(state.elements[e.id].result is Result.NEGATED for e in provision.elements if e.core)
    return _finding(view, provision, facts, state, gate, found, negated_core)


# --- elements ------------------------------------------------------------------------------------------------------
def _core(view: View, provision: Provision) -> list[Match]:
    """Every match of the core elements, wherever it stands."""
    found: list[Match] = []
    for element in provision.elements:
        if element.core:
            found += [m for m in matches(view, _ids(element), element, None) if m.result in (Result.SATISFIED, Result.WEAK)]
    return found


def _ids(element: Element) -> list[tuple[str, Find]]:
    return [(f"{element.id}.{i}", find) for i, find in enumerate(element.find, 1)]


def _absent(element: Element) -> ElementResult:
    return ElementResult(element.id, element.title.text, element.need, element.core, Result.ABSENT)


def _put(state: _State, element: Element, judged: tuple[ElementResult, set[str]] | ElementResult) -> None:
    result, codes = judged if isinstance(judged, tuple) else (judged, set())
    state.elements[element.id] = result
    state.codes[element.id] = codes


def _element(view: View, element: Element, reach: Reach, core: Sequence[Match], state: _State) -> tuple[ElementResult, set[str]]:
    if element.fact is not None:
        return _from_fact(element, state)
    if element.families is not None:
        return _from_families(view, element, core)
    within = None if element.core else reach
    found = matches(view, _ids(element), element, within)
    negating = [
        m
        for m in matches(
            view, [(f"{element.id}.negated_by.{i}", f) for i, f in enumerate(element.negated_by, 1)], None, None if element.core else reach
        )
        if m.result is not None
    ]
    negated = negating + [m for m in found if m.result is Result.NEGATED]
    good = [m for m in found if m.result is Result.SATISFIED]
    weak = [m for m in found if m.result is Result.WEAK]
    refused = [m for m in found if m.result is None] if state.facts.explain else []
    if state.facts.explain and not found:
        refused = [m for pattern, find in _ids(element) for m in almost(view, pattern, find)]
    near = tuple(_near(m) for m in refused[:MAX_NEAR])
    if negated:
        denied = {m.sentence.index for m in negated}
        granted = any(m.sentence.index not in denied for m in good + weak)  # in another place: it is there, and in conflict
        return _result(element, Result.NEGATED, negated + good, [reason("negated")], near), {"negated", *(["granted"] if granted else ())}
    if good:
        return _result(element, Result.SATISFIED, good, [], near), set()
    if weak:
        reasons = _distinct(reason(m.code, m.message, code_as=None, **dict(m.values)) for m in weak)
        result = _result(element, Result.WEAK, weak, reasons, near)
        if element.suggest and all(m.values for m in weak):
            result = replace(result, instead=replacement(view, element.suggest))
        return result, {m.code for m in weak}
    return _result(element, Result.ABSENT, [], [], near), set()


def _result(
    element: Element, result: Result, found: Sequence[Match], reasons: Sequence[Reason], near: tuple[Evidence, ...] = ()
) -> ElementResult:
    return ElementResult(element.id, element.title.text, element.need, element.core, result, _evidence(found), tuple(reasons), near)


def _listed(places: Iterable[str]) -> Text:
    names = list(places)
    return Text(LABELS["comma"].ja.join(names), LABELS["comma"].en.join(names))


def _near(match: Match) -> Evidence:
    """A near match as evidence whose ``pattern`` names the guard that refused it."""
    e = match.evidence
    return Evidence(e.clause, e.clause_id, e.quote, e.start, e.end, e.page, f"{e.pattern} ({match.code})", e.focus)


def _evidence(found: Iterable[Match]) -> tuple[Evidence, ...]:
    seen: set[tuple[int, int]] = set()
    kept: list[Evidence] = []
    found = list(found)
    alone = {id(m.sentence) for m in found if m.opening is None}  # sentences that say it by themselves
    for match in found:
        if match.opening is not None and id(match.sentence.lead) in alone:
            continue  # the items add nothing to what the opening of their list says
        for evidence in (match.opened, match.evidence):
            if evidence is not None and (evidence.start, evidence.end) not in seen:
                seen.add((evidence.start, evidence.end))
                kept.append(evidence)
        if len(kept) >= MAX_EVIDENCE:
            break
    return tuple(kept[:MAX_EVIDENCE])


def _distinct(reasons: Iterable[Reason]) -> list[Reason]:
    return list({(r.code, r.message.en): r for r in reasons}.values())


def _from_fact(element: Element, state: _State) -> tuple[ElementResult, set[str]]:
    fact = state.facts.values.get(element.fact or "")
    if fact is None:
        return _absent(element), set()
    reasons = tuple(reason(code) for code in fact.reasons) if fact.result is not Result.SATISFIED else ()
    return ElementResult(
        element.id, element.title.text, element.need, element.core, fact.result, fact.evidence[:MAX_EVIDENCE], reasons
    ), set(fact.reasons)


def _from_families(view: View, element: Element, core: Sequence[Match]) -> tuple[ElementResult, set[str]]:
    assert element.families is not None
    seen, found = families(view, element.families, core)
    limit = element.families.at_least
    needed = limit if isinstance(limit, int) else int(view.library.value(limit) or 1)
    if len(seen) >= needed:
        return replace(_result(element, Result.SATISFIED, found, []), families=frozenset(seen)), set()
    if seen:
        few = _result(element, Result.WEAK, found, [reason("too_few_families", count=len(seen), limit=needed)])
        return replace(few, families=frozenset(seen)), {"too_few_families"}
    return _absent(element), set()


def _cross_links(element: Element, state: _State) -> None:
    """What other provisions and facts add to an element, or take from it."""
    known = state.elements[element.id]
    if known.result in (Result.ABSENT, Result.WEAK) and element.satisfied_when and state.met(element.satisfied_when):
        linked = [c.provision for c in element.satisfied_when if c.provision] or [
            p.provision for c in element.satisfied_when for p in c.any if p.provision
        ]
        evidence = tuple(e for p in linked if p in state.facts.findings for r in state.facts.findings[p].elements for e in r.evidence)[:2]
        known = ElementResult(
            known.id, known.title, known.need, known.core, Result.SATISFIED, evidence, (reason("cross_link"),), known.near
        )
    for rule in element.weak_when:
        if known.result is not Result.NEGATED and state.met(rule.when):
            added = reason(rule.code, rule.message.text)
            evidence = (
                known.evidence
                or tuple(e for c in rule.when for name in _named(c) if name[0] == "fact" for e in _of(state, name))[:MAX_EVIDENCE]
            )
            known = ElementResult(known.id, known.title, known.need, known.core, Result.WEAK, evidence, (*known.reasons, added), known.near)
            state.codes[element.id].add(rule.code)
    state.elements[element.id] = known


def _incorporate(view: View, provision: Provision, state: _State) -> None:
    """A known public clause incorporated by reference satisfies the elements it is known to hold."""
    for incorporation in provision.incorporation:
        hits = [
            m
            for m in matches(view, [(f"incorporation.{i}", f) for i, f in enumerate(incorporation.find, 1)], None, None)
            if m.result is not None
        ]
        if not hits:
            continue
        for name in incorporation.elements:
            element = provision.element(name)
            known = state.elements.get(name)
            if known is None or known.result in (Result.ABSENT, Result.WEAK):
                _put(state, element, _result(element, Result.SATISFIED, hits, [reason("incorporated")]))
        state.flags["external_reference"] = FlagResult("external_reference", "note", incorporation.message.text, _evidence(hits))


# --- flags ---------------------------------------------------------------------------------------------------------
def _flags(view: View, provision: Provision, reach: Reach, state: _State) -> None:
    for flag in provision.red_flags:
        _raise(view, flag, reach, state)
    for element in provision.elements:
        known = state.elements[element.id]
        if "placeholder" in state.codes.get(element.id, ()) and "placeholder" not in state.flags:
            message = reason("placeholder").message
            state.flags["placeholder"] = FlagResult("placeholder", "note", message, known.evidence)
        if known.result is Result.NEGATED and element.need is Need.RECOMMENDED and f"{element.id}_negated" not in state.flags:
            state.flags[f"{element.id}_negated"] = FlagResult(
                f"{element.id}_negated", "note", reason("recommended_negated", title=element.title.text).message, known.evidence
            )


def _conflict_flags(view: View, provision: Provision, reach: Reach, state: _State) -> None:
    """Where nothing was found, only text that excludes the provision speaks, and a sentence that would spoil it once it is added."""
    for flag in provision.red_flags:
        if flag.find and ((flag.effect == "conflict" and flag.where == "contract") or (flag.instead and flag.instead.if_missing)):
            _raise(view, flag, reach, state, "contract")


def _raise(view: View, flag: RedFlag, reach: Reach, state: _State, where: Where | None = None) -> None:
    if not state.met(flag.when):
        return
    evidence: tuple[Evidence, ...] = ()
    if flag.find:
        ids = [(f"{flag.id}.{i}", f) for i, f in enumerate(flag.find, 1)]
        carrier = _carrier(flag.id, where or flag.where)
        hits = [m for m in matches(view, ids, carrier, reach) if m.result is not None and m.result is not Result.NEGATED]
        hits = [m for m in hits if not any(holds(view, f, m.sentence) for f in flag.unless)]
        if not hits:
            return
        if flag.beside:
            ids = [(f"{flag.id}.beside.{i}", f) for i, f in enumerate(flag.beside, 1)]
            others = [m for m in matches(view, ids, carrier, reach) if m.result is not None and m.result is not Result.NEGATED]
            others = [m for m in others if any(m.sentence is not h.sentence for h in hits)]
            if not others:
                return
            hits += others
        evidence = _evidence(hits)
    elif not flag.when:
        return
    else:
        evidence = tuple(e for c in flag.when for name in _named(c) for e in _of(state, name))[:MAX_EVIDENCE]
    effect = next((e.effect for e in flag.effect_when if state.met(e.when)), flag.effect)
    instead = replacement(view, flag.instead.text, flag.instead.keeps) if flag.instead and effect != "note" else None
    state.flags[flag.id] = FlagResult(flag.id, effect, flag.message.text, evidence, instead)
    for name in flag.negates:
        known = state.elements[name]
        state.elements[name] = ElementResult(
            known.id, known.title, known.need, known.core, Result.NEGATED, evidence + known.evidence, (reason("negated"),), known.near
        )


@lru_cache(maxsize=512)
def _carrier(name: str, where: Where) -> Element:
    """An element without rules of its own, so that a flag's finds are judged as plain facts in its reach."""
    return Element(id=name, title=Both(ja=name, en=name), need=Need.RECOMMENDED, says="fact", where=where, efforts=True)


def _named(c: Condition) -> list[tuple[str, str]]:
    names = [("element", c.element)] if c.element else [("fact", c.fact)] if c.fact else []
    return [(k, v) for k, v in names if v] + [n for x in c.any for n in _named(x)]


def _of(state: _State, name: tuple[str, str]) -> tuple[Evidence, ...]:
    kind, key = name
    if kind == "element":
        return state.elements[key].evidence if key in state.elements else ()
    return state.facts.values[key].evidence if key in state.facts.values else ()


# --- status --------------------------------------------------------------------------------------------------------
def _gate(provision: Provision, state: _State) -> Reason | None:
    """Why the provision does not apply to this contract; None where it does."""
    if provision.applies.get(state.facts.contract_type, "required") == "not_applicable":
        return reason("not_for_type", type=state.facts.contract_type)
    for gate in provision.gates:
        if state.met(gate.not_applicable_when):
            return Reason("gate", gate.reason.text)
    return None


def _finding(
    view: View, provision: Provision, facts: Facts, state: _State, gate: Reason | None, found: bool, negated_core: bool
) -> Finding:
    lifted = {e.id for e in provision.elements if e.need is Need.CONDITIONAL and not state.met(e.condition)}
    elements = tuple(replace(state.elements[e.id], needed=False) if e.id in lifted else state.elements[e.id] for e in provision.elements)
    flags = tuple(state.flags.values())
    needed = [
        (e, state.elements[e.id])
        for e in provision.elements
        if e.need is Need.REQUIRED or (e.need is Need.CONDITIONAL and e.id not in lifted)
    ]
    reasons: list[Reason] = []
    misses: dict[str, Text] = {}
    mentions: tuple[Evidence, ...] = ()
    excluded = [r for _, r in needed if r.result is Result.NEGATED]
    conflicts = [f for f in flags if f.effect == "conflict"]
    if gate is not None:
        status = Status.NOT_APPLICABLE
        reasons.append(gate)
    elif excluded or conflicts:
        status = Status.CONFLICTING
        reasons += [reason("excluded", title=r.title) for r in excluded] + [Reason(f.id, f.message) for f in conflicts]
    elif not found:
        status = Status.UNDETERMINED if facts.unreadable else Status.MISSING
        reasons.append(reason("unreadable" if facts.unreadable else "not_found"))
        for miss in provision.near_misses:
            hits = [
                m for m in matches(view, [(f"{miss.code}.{i}", f) for i, f in enumerate(miss.find, 1)], None, None) if m.result is not None
            ]
            hits = [m for m in hits if not any(holds(view, f, m.sentence) for f in miss.unless)]
            if hits:
                tops = [view.passages.top(m.sentence.unit.clause).id for m in hits]
                misses.update(dict.fromkeys((t for t in tops if t not in misses), miss.message.text))
                reasons.append(
                    reason(
                        "near_miss",
                        miss.message.text,
                        code_as=miss.code,
                        clauses=_listed(dict.fromkeys(m.evidence.clause for m in hits[:4])),
                    )
                )
    else:
        lacking = [(e, r) for e, r in needed if r.result in (Result.ABSENT, Result.WEAK)]
        degrading = [f for f in flags if f.effect == "degrade"]
        status = Status.WEAK if lacking or degrading else Status.PRESENT
        for _, r in lacking:
            if r.result is Result.ABSENT:
                reasons.append(reason("element_absent", title=r.title))
            else:
                reasons += [reason("element_weak", title=r.title, why=w.message, code_as=w.code) for w in r.reasons] or [
                    reason("element_weak", title=r.title, why="")
                ]
        reasons += [Reason(f.id, f.message) for f in degrading]
    if status is Status.MISSING:
        mentions = _mentions(view, provision)
        if mentions:
            reasons.append(reason("mention_only"))
    searched = nearest(view, provision, mentions, misses) if status in (Status.MISSING, Status.UNDETERMINED) else ()
    severity, lowered_by = _severity(provision, state, status)
    reasons += [Reason("lowered", text) for text in lowered_by]
    proposal = (
        suggestion(view, provision, status, elements, needed_ids={e.id for e, _ in needed})
        if status in (Status.MISSING, Status.WEAK, Status.CONFLICTING)
        else None
    )
    clauses = tuple(dict.fromkeys(e.clause for r in elements if r.result is not Result.ABSENT for e in r.evidence))
    return Finding(
        provision=provision.id,
        title=provision.title.text,
        status=status,
        found=found,
        mention_only=mentions,
        severity=severity,
        clauses=clauses,
        elements=elements,
        red_flags=flags,
        reasons=tuple(_distinct(reasons)),
        searched=searched,
        suggestion=proposal,
        cautions=tuple(c.text for c in provision.cautions) if proposal else (),
        sources=tuple(Text(s.ja or s.id, s.id) for s in provision.sources),
        theme=provision.theme,
    )


def _severity(provision: Provision, state: _State, status: Status) -> tuple[Severity, list[Text]]:
    """Of a missing or conflicting provision the table's severity; recommended or weak: one step lower each; else none.

    With it the reasons, in words, of the facts that lowered it.
    """
    if status not in (Status.MISSING, Status.WEAK, Status.CONFLICTING):
        return Severity.NONE, []
    severity, recommended = provision.severity, provision.applies.get(state.facts.contract_type, "required") == "recommended"
    reasons: list[Text] = []
    for lowered in provision.lowered:
        if not state.met(lowered.when):
            continue
        if lowered.to == "recommended":
            if not recommended:
                recommended = True
                reasons.append(lowered.reason.text)
        elif _RANK[severity] > _RANK[Severity(lowered.to)]:
            severity = Severity(lowered.to)
            reasons.append(lowered.reason.text)
    if recommended:
        severity = _LOWER[severity]
    return (_LOWER[severity] if status is Status.WEAK else severity), reasons


def _mentions(view: View, provision: Provision) -> tuple[Evidence, ...]:
    """Words of the provision in text that never counts: headings, definitions, recitals, references, deleted text, notes."""
    found: list[Evidence] = []
    for sentence in view.passages.chosen(view.may_hold(provision.mentions)):
        for name in provision.mentions:
            places = view.places(name, sentence)
            if places:
                found.append(sentence.evidence(f"mention:{sentence.passage.value}", *places[0]))
    for clause in view.headings_holding(provision.mentions):
        start = view.passages.text.find(clause.heading, clause.start, clause.end)
        if start >= 0:
            found.append(
                Evidence(clause.citation, clause.id, clause.heading, start, start + len(clause.heading), clause.page, "mention:heading")
            )
    unique = {(e.start, e.end): e for e in sorted(found, key=lambda e: e.start)}
    return tuple(unique.values())[:MAX_EVIDENCE]
