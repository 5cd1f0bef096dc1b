"""What a pattern cannot match without: literals that let one pass over a text rule out most patterns.

A small reader of the RE2 syntax that vocabulary terms use. Choices and optional words are multiplied out as long as that
gives few strings: "end (this|the) (contract|agreement)" is known by its four wordings, not by "contract" alone. Where it
meets something it does not know it answers "nothing is known", and the pattern is simply tried everywhere: never too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

MAX_SET = 150  # literals kept for one pattern; a wider choice is no filter
_MAX_PRODUCT = 64  # strings that one run of a sequence is multiplied out to
_MAX_WAYS = 60  # branches of a pattern that are told apart
_MAX_BESIDE = 3  # sets kept of a branch beside its rarest
_RARE = 0.003  # rate (see ``_rate``) above which a set beside the rarest rules too little out
_CLASS = re.compile(r"\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]")
_SMALL_CLASS = re.compile(r"\[((?:[^\^\\\[\]-]|\\\W|\[(?!:)){1,12})\]")
_REPEAT = re.compile(r"(?:[?*+]|\{\d+(?:,\d*)?\})\??")
_EMPTY = frozenset({""})

Needs = tuple[frozenset[str], ...]  # of each set one literal must be there; the rarest set first


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a part of a pattern."""

    exact: frozenset[str] | None  # all strings it can match; None: too many to tell
    needed: frozenset[str] | None  # one of these stands in every match; None: nothing is known
    ways: tuple[Needs, ...] = ()  # its branches, each with the sets of which one literal each stands in a match; (): nothing is known


_NOTHING = _Known(None, None)


@dataclass
class _Reader:
    pattern: str
    frequent: str = ""  # words, a line each
    at: int = 0

    def choice(self) -> _Known:
        """An alternation: every branch must give some literals."""
        exact: set[str] | None = set()
        needed: set[str] | None = set()
        ways: list[Needs] | None = []
        while True:
            branch = self.sequence()
            ways = [*ways, *branch.ways] if ways is not None and branch.ways else None
            exact = exact | branch.exact if exact is not None and branch.exact is not None else None
            needed = needed | branch.needed if needed is not None and branch.needed is not None else None
            if self.at < len(self.pattern) and self.pattern[self.at] == "|":
                self.at += 1
                continue
            literals = frozenset(needed) if needed is not None and len(needed) <= MAX_SET else None
            if ways is None or len(ways) > _MAX_WAYS:
                ways = [(literals,)] if literals else []
            return _Known(frozenset(exact) if exact is not None and len(exact) <= _MAX_PRODUCT else None, literals, tuple(ways))

    def sequence(self) -> _Known:
        """The strings of a sequence if they are few; and of its runs of known strings, or its groups, what is rarest in a text."""
        offers: dict[frozenset[str], None] = {}
        run = _EMPTY  # what the known strings up to here come to
        whole = True
        atoms = 0
        only = _NOTHING  # the only part of it, if it stands in every match once

        def offer(candidate: frozenset[str] | None) -> None:
            if candidate and all(candidate):
                offers[candidate] = None

        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            atoms += 1
            if plain := _PLAIN.match(self.pattern, self.at):
                self.at = plain.end()
                run = frozenset(x + plain[0] for x in run)
                continue
            atom = self.atom()
            optional, repeated = self.repeat()
            only = atom if not optional and not repeated else _NOTHING
            exact, needed = atom.exact, atom.needed
            if optional:
                needed = None
                exact = exact | _EMPTY if exact is not None and not repeated else None
            if exact is not None and len(run) * len(exact) <= _MAX_PRODUCT:
                run = frozenset(a + b for a in run for b in exact)
                if repeated:  # what follows comes after the last of them
                    offer(run)
                    run, whole = exact, False
                continue
            offer(run)
            if needed is not None and len(atom.ways) == 1:
                for literals in atom.ways[0]:
                    offer(literals)
            else:
                offer(needed)
            run, whole = exact if exact is not None else _EMPTY, False
        offer(run)
        if not offers:
            return _Known(run if whole else None, None)
        if len(offers) == 1:
            (rarest,) = offers
            return _Known(run if whole else None, rarest, only.ways if atoms == 1 and only.ways else ((rarest,),))
        rates = {literals: _rate(literals, self.frequent) for literals in offers}
        rarest, *others = sorted(rates, key=lambda literals: rates[literals])  # stable: of two alike the first
        beside = [literals for literals in others if rates[literals] <= _RARE][:_MAX_BESIDE]
        ways = only.ways if atoms == 1 and only.ways else ((rarest, *beside),)
        return _Known(run if whole else None, rarest, ways)

    def atom(self) -> _Known:
        """One character, class, assertion or group."""
        sign = self.pattern[self.at]
        if sign == "(":
            self.at += 1
            head = re.compile(r"\?(?:P<\w+>|:|[a-z]+:|<?[=!])").match(self.pattern, self.at)
            if head:
                self.at = head.end()
            elif self.pattern.startswith("?", self.at):
                raise ValueError("unknown group")
            inner = self.choice()
            if not self.pattern.startswith(")", self.at):
                raise ValueError("open group")
            self.at += 1
            if head and head[0].endswith(("=", "!")):  # looks around and takes nothing
                return _Known(_EMPTY, None)
            return inner
        if sign == "[":
            match = _CLASS.match(self.pattern, self.at)
            if match is None:
                raise ValueError("open class")
            self.at = match.end()
            small = _SMALL_CLASS.fullmatch(match[0])
            if small is None:
                return _NOTHING
            members = frozenset(small[1].replace("\\", ""))
            return _Known(members, members)
        if sign == "\\":
            following = self.pattern[self.at + 1 : self.at + 2]
            self.at += 2
            if following in "bBAz":
                return _Known(_EMPTY, None)
            if following.isalnum():
                if following in "pP" and self.pattern.startswith("{", self.at):
                    self.at = self.pattern.index("}", self.at) + 1
                return _NOTHING
            return _Known(frozenset({following}), frozenset({following}))
        self.at += 1
        if sign == ".":
            return _NOTHING
        if sign in "^$":
            return _Known(_EMPTY, None)
        return _Known(frozenset({sign}), frozenset({sign}))

    def repeat(self) -> tuple[bool, bool]:
        """(may be absent, may come more than once) of the atom just read."""
        match = _REPEAT.match(self.pattern, self.at)
        if match is None:
            return False, False
        self.at = match.end()
        sign = match[0]
        return sign[0] in "?*" or sign.startswith("{0"), sign[0] != "?"


def _rate(literals: Iterable[str], frequent: str) -> float:
    """How often one of them stands in a text, roughly."""
    return sum(_rate_of(literal, frequent) for literal in literals)


@lru_cache(maxsize=1 << 15)
def _rate_of(literal: str, frequent: str) -> float:
    """How often it stands in a text, roughly: frequent words and blanks tell little, letters more, signs and kanji most."""
    bare = literal.strip()
    if bare in frequent:
        return 0.3 if bare else 1.0
    rate = 1.0
    for character in literal:
        rate *= 0.5 if character == " " else 0.12 if character.isascii() and character.isalnum() else 0.02
    return rate


@lru_cache(maxsize=1 << 13)  # what shared concepts lend comes again and again
def _least(literals: frozenset[str]) -> frozenset[str]:
    """The set without those that hold another one of it."""
    if len(literals) == 1:
        return literals
    kept: list[str] = []
    for literal in sorted(literals, key=len):
        if not any(short in literal for short in kept):
            kept.append(literal)
    return frozenset(kept)


@dataclass(frozen=True, slots=True)
class Wording:
    """One string that a term can be, and where it must begin and end."""

    literal: str
    head: bool  # it begins at a word's edge
    tail: bool  # it ends at one
    order: int  # of its term within the concept


_EDGED = re.compile(r"(\\b)?\(\?:(.*)\)(\\b)?", re.S)
_PLAIN = re.compile(r"[^\\.\[\](){}|?*+^$]+(?![?*+{])")
_SIGNS = re.compile(r"[\\.\[\](){}|?*+^$]")
_LOOKS = re.compile(r"\\[bBAz]|(?<!\\)[\^$]|\(\?(?!:)")  # what looks around, inside a term


@dataclass(frozen=True, slots=True)
class Announced:
    """What a term is known by."""

    literals: frozenset[str] | None  # every match holds one of them; None: nothing is known
    exact: bool  # they are all that it can be, edges aside
    head: bool  # it begins at a word's edge
    tail: bool  # it ends at one
    ways: tuple[Needs, ...] = ()  # where not exact: the ways to match, each with the sets of which every one lends a literal


def announced(pattern: str, frequent: tuple[str, ...] = ()) -> Announced:
    """What a term's pattern is known by; ``frequent`` words, and pieces of them, are taken only where there is nothing else.

    >>> sorted(announced(r"\\b(?:(?:terminat(?:e|ion)|cancel)s?)\\b").literals or ())
    ['cancel', 'cancels', 'terminate', 'terminates', 'termination', 'terminations']
    >>> announced(r"(?:end.{0,20}?agreement)").exact
    False
    >>> [[sorted(literals) for literals in way] for way in announced(r"(?:stop(?:s|ping).{0,20}?work|strike[^.]*)").ways]
    [[['stopping', 'stops'], ['work']], [['strike']]]
    """
    whole = _EDGED.fullmatch(pattern)
    inner, head, tail = (whole[2], bool(whole[1]), bool(whole[3])) if whole else (pattern, False, False)
    if not _SIGNS.search(inner):
        return Announced(frozenset((inner,)), True, head, tail) if inner else Announced(None, False, head, tail)
    reader = _Reader(f"(?:{inner})", "\n".join(frequent))
    try:
        known = reader.choice()
    except (ValueError, IndexError, RecursionError):
        return Announced(None, False, head, tail)
    if reader.at != len(inner) + 4:
        return Announced(None, False, head, tail)
    if known.exact and all(known.exact) and not _LOOKS.search(inner):
        return Announced(known.exact, True, head, tail)
    if known.needed is None:
        return Announced(None, False, head, tail)
    ways = tuple(dict.fromkeys(tuple(_least(literals) for literals in way) for way in known.ways))
    return Announced(_least(known.needed), False, head, tail, ways)


def required(pattern: str) -> frozenset[str] | None:
    """Literals of which every match of the pattern holds at least one; None if that cannot be told.

    >>> sorted(required("(?:terminat(?:e|ion)|cancel)s?"))
    ['cancel', 'terminate', 'termination']
    >>> sorted(required("end (this|the) agreements?"))
    ['end the agreement', 'end this agreement']
    >>> required("[0-9]+") is None
    True
    """
    reader = _Reader(pattern)
    try:
        found = reader.choice().needed
    except (ValueError, IndexError, RecursionError):
        return None
    return _least(found) if found is not None and reader.at == len(pattern) else None
