"""Who the parties are and which of them gives; what kind of contract it is, a single sale or not, across a border or not."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from typing import Any

from clausecheck.model import ClauseKind, Party
from clausecheck.passages import Passages

_OPENING = 5000  # characters of the text in which the parties are named
_SHORT = 80  # characters before the first clause in which no two parties can be named
_TITLE = 400  # characters of the text in which the title stands
_OFTEN = 8  # times that a word stands in the text that names a party without saying so
_BODY_UNITS = 400  # units of the body that are read for who supplies whom
_ENOUGH_ACTS = 6  # acts on one side after which reading on changes nothing


def _roles(code: str) -> Any:
    """The language's module on parties and titles (it knows the words; here is what follows from them)."""
    return importlib.import_module(f"clausecheck.languages.{code}.roles")


_REMARK_BEFORE = re.compile(r"^[(（][^()（）]{2,12}[)）]\s*[:：]\s*")
_REMARK = re.compile(r"[(\[（【][^()（）\[\]【】]*[)\]）】]")


def find_parties(passages: Passages) -> tuple[Party, ...]:
    """The parties in the order the opening names them, each with its role; none where the text names none."""
    words = _roles(passages.language.code)
    text = passages.text
    opening = _opening(passages)
    found = words.parties(opening)
    if len(found) < 2:
        opening = text[:_OPENING]
        more = words.parties(opening)
        found = more if len(more) > len(found) else found
    if len(found) < 2:
        tail = [c for c in passages.of.clauses if c.kind is ClauseKind.SIGNATURE]
        if tail:
            known = {label for label, *_ in found}
            found += [p for p in words.parties(text[tail[-1].start : tail[-1].start + 3000]) if p[0] not in known]
    if len(found) < 2:  # 「当社」 is named, 「利用者」 is only used
        used = words.used_labels(text)
        if not found or found[0][0] in used:
            found += [(label, "", 0, 0) for label in used if all(label != known for known, *_ in found)]
        elif len(used) == 1 and text.count(used[0]) >= _OFTEN:  # between Acme Inc. ("Acme") and an address; "Distributor shall ..."
            found.append((used[0], "", 0, 0))
    fold = passages.language.fold
    lasting = [p for p in found if fold(p[0]).text.lower() not in words.IN_TURN]
    if len(lasting) > 1:  # the one that discloses and the one that receives are the same two parties in turn
        found = lasting
    labels = [folded.text for folded in passages.language.fold_all([label for label, *_ in found])]
    roles: list[str] = []
    for folded, (_, name, start, end) in zip(labels, found, strict=True):
        said = words.role(folded)
        if not said:
            said = words.role_beside(fold(opening[max(0, start - 60) : start]).text, fold(name).text)
        if not said:
            said = words.role_after(fold(opening[end : end + 20]).text)
        roles.append(said)
    opposite = {"buyer": "supplier", "supplier": "buyer"}
    if len(roles) == 2 and bool(roles[0]) != bool(roles[1]):  # what one is called says what the other is
        roles = [roles[0] or opposite[roles[1]], roles[1] or opposite[roles[0]]]
    if found and not all(roles):
        scores = [0 if role else _acts(words, passages, label) for label, role in zip(labels, roles, strict=True)]
        open_ = [i for i, role in enumerate(roles) if not role]
        if len(open_) == 2 and not any(roles):  # who gives more than the other is the one that gives
            first, second = open_
            if scores[first] != scores[second]:
                giver, taker = (first, second) if scores[first] > scores[second] else (second, first)
                roles[giver], roles[taker] = "supplier", "buyer"
        elif len(roles) != 2:  # of two, the other one is what the named one is not
            for i in open_:
                roles[i] = "" if not scores[i] else "supplier" if scores[i] > 0 else "buyer"
    if len(roles) == 2 and bool(roles[0]) != bool(roles[1]):
        roles = [roles[0] or opposite[roles[1]], roles[1] or opposite[roles[0]]]
    return tuple(Party(label, _own_name(name), said) for (label, name, _, _), said in zip(found, roles, strict=True))


def _opening(passages: Passages) -> str:
    """The text before the first clause; of a contract without an opening its first lines."""
    first = next((c.start for c in passages.of.clauses if c.kind in (ClauseKind.BODY, ClauseKind.DEFINITIONS)), 0)
    return passages.text[: min(first if first > _SHORT else max(first, 600), _OPENING)]


def roles_in_turn(passages: Passages, parties: Sequence[Party]) -> tuple[str, ...]:
    """The folded role labels that either party bears in turn (receiving party, 受領者); none where one party bears one alone."""
    words = _roles(passages.language.code)
    fold = passages.language.fold
    labels = [fold(p.label).text for p in parties]
    opening = fold(_opening(passages)).text
    if not labels:  # nobody is named: who discloses and who receives are either party, where the text has both
        text = fold(passages.text).text.lower()
        quoted = any(f'"{role}"' in opening.lower() for role in words.IN_TURN)
        pair = sum(any(role in text for role in group) for group in (words.IN_TURN[:2], words.IN_TURN[2:]))
        return tuple(words.IN_TURN) if words.NOBODY_IN_TURN and pair == 2 and not quoted else ()
    if any(label.lower() in words.IN_TURN for label in labels):
        return ()
    if any(role in opening.lower() and words.given_to(opening, role, label) for role in words.IN_TURN for label in labels):
        return ()
    return tuple(words.IN_TURN)


def _own_name(name: str) -> str:
    """The name, without a remark in brackets on the party's part before it; nothing where that is all."""
    bare = _REMARK_BEFORE.sub("", name.strip())
    return "" if _REMARK.fullmatch(bare) else bare


def _acts(words: Any, passages: Passages, label: str) -> int:
    """How often the party gives (supplies, delivers) less how often it takes (orders, pays), by the acts right after its label."""
    balance = 0
    if not label:
        return balance
    for unit in passages.units[:_BODY_UNITS]:
        text = unit.folded.text
        at = text.find(label)
        while at >= 0:
            act = words.act_after(text, at, at + len(label))
            balance += (act == "gives") - (act == "takes")
            at = text.find(label, at + len(label))
        if abs(balance) >= _ENOUGH_ACTS:
            break
    return balance


def contract_type(passages: Passages, parties: Sequence[Party] = ()) -> tuple[str, bool]:
    """The type (one of ``library.CONTRACT_TYPES``), and whether the text shows it; an unknown one counts as supply."""
    words = _roles(passages.language.code)
    title = _title(passages)
    for text in (title, _purpose(passages)):
        found = [(m.start(), i, name) for i, (name, pattern) in enumerate(words.TITLES) if (m := pattern.search(text))]
        if found:
            return words.best_type(text, [name for _, _, name in sorted(found, key=lambda f: f[1])]), True
    return "supply", False


def one_off_sale(passages: Passages, type: str) -> bool:
    """One order or sale with its price and delivery, and no wording of a lasting relation."""
    if type not in ("supply", "manufacturing", "services"):
        return False
    words = _roles(passages.language.code)
    title = _title(passages)
    if words.single_order(title):
        return True
    if any(words.framework(u.folded.text) for u in passages.units) or words.framework(title):
        return False
    return bool(words.one_off("\n".join(u.folded.text for u in passages.units)))


def cross_border(passages: Passages) -> bool:
    """The opening or the signatures place the parties in two countries (states of one federation are one)."""
    words = importlib.import_module(f"clausecheck.languages.{passages.language.code}.countries")
    text = passages.text
    first = next((c.start for c in passages.of.clauses if c.kind is ClauseKind.BODY), 0)
    places = [text[: min(max(first, 1500), _OPENING)]]
    places += [text[c.start : c.start + 1500] for c in passages.of.clauses if c.kind is ClauseKind.SIGNATURE][-2:]
    return len(set().union(*(words.countries(folded.text) for folded in passages.language.fold_all(places)))) > 1


def domestic(passages: Passages, parties: Sequence[Party]) -> bool:
    """The opening places all parties in Japan (ask ``cross_border`` for the signatures); unknown names or places: no."""
    words = importlib.import_module(f"clausecheck.languages.{passages.language.code}.countries")
    first = next((c.start for c in passages.of.clauses if c.kind is ClauseKind.BODY), 0)
    opening = passages.language.fold(passages.text[: min(max(first, 1500), _OPENING)]).text
    return bool(words.domestic(opening, [p.name for p in parties]))


def public_counterparty(passages: Passages, parties: Sequence[Party], our_side: str) -> bool:
    """A party that is not known to be our side is the state, a local authority or a body of either."""
    words = _roles(passages.language.code)
    return any(words.public_body(p.name) for p in parties if p.name and (p.role or "unknown") != our_side)


def plain_goods(passages: Passages, type: str) -> bool:
    """Goods or services in whose contract no word speaks of drawings, know-how, samples, software or other technology."""
    if type not in ("supply", "distribution", "services"):
        return False
    words = _roles(passages.language.code)
    return bool(passages.units) and not any(words.technology(u.folded.text) for u in passages.units)


def _title(passages: Passages) -> str:
    """The folded first lines, up to the first clause or the parties."""
    text = passages.text
    start = len(text) - len(text.lstrip())
    first = next((c.start for c in passages.of.clauses if c.kind in (ClauseKind.BODY, ClauseKind.DEFINITIONS)), len(text))
    head = text[start : max(start + 30, min(first, start + _TITLE))]
    return passages.language.fold(_roles(passages.language.code).title_of(head)).text


def _purpose(passages: Passages) -> str:
    """The folded opening and the first clause: what the contract says it is for."""
    text = passages.text
    return passages.language.fold(text[:2500]).text
