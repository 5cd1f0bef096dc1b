"""Where a provision was looked for, what wording to add, and where it best goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache

from rapidfuzz import fuzz, process

from clausecheck import languages
from clausecheck.messages import PLACES, WHY_NOT, fill
from clausecheck.model import Clause, ClauseKind, ElementResult, Evidence, Replacement, Result, Searched, Status, Suggestion, Text
from clausecheck.provision import Both, Element, Provision
from clausecheck.reach import named_by_heading
from clausecheck.view import View

SHOWN = 3


def nearest(view: View, provision: Provision, mentions: Sequence[Evidence], misses: Mapping[str, Text]) -> tuple[Searched, ...]:
    """The clauses that come nearest to a missing provision, best first, with why each does not count.

    ``misses`` says of clauses (by id) that hold a near miss what they hold.
    """
    passages = view.passages
    named = set(named_by_heading(view, provision))
    mentioned: dict[str, list[str]] = {}
    for mention in mentions:
        top = passages.top(passages.clauses[mention.clause_id])
        mentioned.setdefault(top.id, []).append(mention.pattern.removeprefix("mention:"))
    finds = [f for e in provision.elements if e.core for f in e.find]
    words = {name for f in finds for name in (*f.all, *f.any, *f.also, *(f.count.of if f.count else ())) if name in view.concepts}
    columns = [bits for name in words if (bits := view.may_hold([name]))]
    acts = view.may_hold({f.act for f in finds if f.act})
    tops = passages.tops
    alike = _likeness(view)[provision.id]
    scored: list[tuple[float, int]] = []
    for number, clause in enumerate(tops):
        own = passages.deep_bits(clause.id)
        heading = clause.id in named
        score = 2.0 * sum(1 for bits in columns if bits & own) / (len(words) or 1)
        if own & acts:
            score += 0.2
        if clause.id in mentioned:
            score += 2.0
        if clause.id in misses:
            score += 2.5
        if heading:
            score += 3.0
        elif clause.heading:
            score += alike[number] / 200
        scored.append((-score, number))
    scored.sort()

    def why(clause: Clause) -> Text:
        own = passages.deep_bits(clause.id)
        if clause.deleted:
            return WHY_NOT["deleted"]
        if clause.id in mentioned:
            return WHY_NOT.get(mentioned[clause.id][0], WHY_NOT["operative"])
        if clause.id in misses:
            return misses[clause.id]
        if clause.id in named:
            return WHY_NOT["heading_only"]
        if own & acts or any(bits & own for bits in columns):
            return WHY_NOT["other_subject"]
        return WHY_NOT["no_words"]

    shown = [tops[number] for score, number in scored[:SHOWN] if score < -0.3 or score == scored[0][0]]
    return tuple(Searched(c.citation or "-", c.heading, why(c)) for c in shown)


def _likeness(view: View) -> dict[str, list[float]]:
    """By provision: how like each clause's heading is to its title (0 to 100), in the order of the clauses; reckoned once a contract."""
    if not view.likeness:
        provisions = view.library.provisions
        titles = [title.lower() for p in provisions for title in (p.title.ja, p.title.en)]
        headings = [clause.heading.lower() for clause in view.passages.tops]
        ratios = process.cdist(titles, headings, scorer=fuzz.ratio) if headings else None
        for n, p in enumerate(provisions):
            view.likeness[p.id] = ratios[2 * n : 2 * n + 2].max(axis=0).tolist() if ratios is not None else []
    return view.likeness


def suggestion(
    view: View, provision: Provision, status: Status, elements: Iterable[ElementResult], needed_ids: Set[str]
) -> Suggestion | None:
    """Wording that would make the finding ``present``: the whole clause where it is missing, the lacking sentences where it is weak."""
    language = view.passages.language.code
    names = names_in_wording(view)
    lacking = [r.id for r in elements if r.id in needed_ids and r.result is not Result.SATISFIED]
    heading = ""
    parts: list[str] = []
    if status is Status.WEAK and lacking:
        parts = [_wording(provision.element(name), language) for name in lacking]
    if not any(parts):
        exemplar = next((e for e in provision.exemplars if e.language == language), None)
        if exemplar is None:
            return None
        heading = exemplar.heading if status is not Status.WEAK else ""
        parts = [exemplar.text.strip()]
    lines = [line.strip() for part in dict.fromkeys(parts) for line in put_names(part, names).splitlines() if line.strip()]
    text = "\n".join([heading, *lines] if heading else lines)
    action, clause, where = _where(view, provision, status, elements)
    return Suggestion(language, text, where, action, clause.id if clause else "", heading, tuple(lines))


def replacement(view: View, wording: Both, keeps: Iterable[str] = ()) -> Replacement:
    """Wording to put in the place of a sentence, with the parties as the contract calls them."""
    text = wording.ja if view.passages.language.code == "ja" else wording.en
    return Replacement(put_names(text.strip(), names_in_wording(view)), frozenset(keeps))


def put_names(text: str, names: Mapping[str, str]) -> str:
    """The wording with {buyer} and {supplier} replaced by the parties as the contract calls them."""
    for role, name in names.items():
        text = text.replace("{" + role + "}", name)
    return text


def names_in_wording(view: View) -> dict[str, str]:
    """How the contract calls buyer and supplier; where it names only one, the other has the customary name that is still free."""
    customary = view.passages.language.customary_names
    names: dict[str, str] = {}
    for role, name in customary.items():
        taken = {label for other, label in view.names.items() if other != role}
        free = next((n for n in (name, *customary.values()) if n not in taken), name)
        names[role] = view.names.get(role) or free
    return names


def _wording(element: Element, language: str) -> str:
    return (element.suggest.ja if language == "ja" else element.suggest.en).strip() if element.suggest else ""


@lru_cache(maxsize=1024)
def _folded(code: str, term: str) -> str:
    """A term of the library, folded: each is looked for in every contract."""
    return languages.get(code).fold(term).text


_Where = tuple[str, Clause | None, Text]  # action, the clause it speaks of, and both in words


def _after(clause: Clause) -> _Where:
    if not clause.citation:
        return "end", clause, PLACES["end"]
    if not clause.heading or clause.heading == clause.citation:
        return "after", clause, fill(PLACES["after_plain"], clause=clause.citation)
    return "after", clause, fill(PLACES["after"], clause=clause.citation, heading=clause.heading)


def _where(view: View, provision: Provision, status: Status, elements: Iterable[ElementResult]) -> _Where:
    if status in (Status.WEAK, Status.CONFLICTING):
        homes = [e for r in elements if r.core for e in r.evidence]
        if homes:
            action = "in" if status is Status.WEAK else "instead"
            said = fill(PLACES[action], clause=homes[0].clause) if homes[0].clause else PLACES[f"{action}_plain"]
            return action, view.passages.clauses[homes[0].clause_id], said
    language = view.passages.language
    tops = [c for c in view.passages.tops if c.kind is not ClauseKind.ANNEX]
    headings = view.passages.folded_headings
    for term in provision.place_in(language.code):
        folded = _folded(language.code, term)
        for clause in reversed(tops):
            if folded in headings.get(clause.id, ""):
                return _after(clause)
    if tops:
        return _after(tops[-1])
    return "end", None, PLACES["end"]
