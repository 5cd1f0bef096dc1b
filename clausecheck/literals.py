"""What a pattern cannot match without: literals that let one pass over a text rule out most patterns.

A small reader of the RE2 syntax that vocabulary terms use. Where it meets something it does not know it answers "nothing
is known", and the pattern is simply tried everywhere: never too little.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_SET = 60  # literals kept for one pattern; a wider choice is no filter
_CLASS = re.compile(r"\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]")
_REPEAT = re.compile(r"(?:[?*+]|\{\d+(?:,\d*)?\})\??")


@dataclass
class _Reader:
    pattern: str
    at: int = 0

    def choice(self) -> frozenset[str] | None:
        """The literals of an alternation: every branch must give some."""
        found: set[str] = set()
        known = True
        while True:
            branch = self.sequence()
            known = known and branch is not None
            found |= branch or set()
            if self.at < len(self.pattern) and self.pattern[self.at] == "|":
                self.at += 1
                continue
            return frozenset(found) if known and len(found) <= MAX_SET else None

    def sequence(self) -> frozenset[str] | None:
        """The best literals of a sequence: the longest run of plain characters, or a group's choice."""
        best: frozenset[str] | None = None
        run = ""

        def offer(candidate: frozenset[str] | None) -> None:
            nonlocal best
            if candidate and all(candidate) and (best is None or _worth(candidate) > _worth(best)):
                best = candidate

        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            literal, inner = self.atom()
            optional, repeated = self.repeat()
            if literal is not None and not optional and not repeated:
                run += literal
                continue
            if literal is not None and repeated and not optional:
                run += literal
            offer(frozenset({run}) if run else None)
            run = ""
            if inner is not None and not optional:
                offer(inner)
        offer(frozenset({run}) if run else None)
        return best

    def atom(self) -> tuple[str | None, frozenset[str] | None]:
        """One atom: (its plain character, or None; the literals of a group, or None)."""
        sign = self.pattern[self.at]
        if sign == "(":
            self.at += 1
            head = re.compile(r"\?(?:P<\w+>|:|[a-z]+:)").match(self.pattern, self.at)
            if head:
                self.at = head.end()
            elif self.pattern.startswith("?", self.at):
                raise ValueError("unknown group")
            inner = self.choice()
            if not self.pattern.startswith(")", self.at):
                raise ValueError("open group")
            self.at += 1
            return None, inner
        if sign == "[":
            match = _CLASS.match(self.pattern, self.at)
            if match is None:
                raise ValueError("open class")
            self.at = match.end()
            return None, None
        if sign == "\\":
            following = self.pattern[self.at + 1 : self.at + 2]
            self.at += 2
            if following in "bBAz":
                return "", None
            if following.isalnum():
                if following in "pP" and self.pattern.startswith("{", self.at):
                    self.at = self.pattern.index("}", self.at) + 1
                return None, None
            return following, None
        self.at += 1
        if sign in ".":
            return None, None
        if sign in "^$":
            return "", None
        return sign, None

    def repeat(self) -> tuple[bool, bool]:
        """(may be absent, may come more than once) of the atom just read."""
        match = _REPEAT.match(self.pattern, self.at)
        if match is None:
            return False, False
        self.at = match.end()
        sign = match[0]
        return sign[0] in "?*" or sign.startswith("{0"), sign[0] != "?"


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    """Longer literals filter better, and fewer of them."""
    return min(len(x) for x in literals), -len(literals)


def required(pattern: str) -> frozenset[str] | None:
    """Literals of which every match of the pattern holds at least one; None if that cannot be told.

    >>> sorted(required("(?:terminat(?:e|ion)|cancel)s?"))
    ['cancel', 'terminat']
    >>> required("[0-9]+") is None
    True
    """
    reader = _Reader(pattern)
    try:
        found = reader.choice()
    except (ValueError, IndexError, RecursionError):
        return None
    return found if reader.at == len(pattern) else None
