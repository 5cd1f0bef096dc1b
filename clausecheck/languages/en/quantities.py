"""Numerals, durations and dates (being written)."""

from __future__ import annotations

from clausecheck.languages.base import DateMention, Duration


def number(text: str) -> float | None:
    return None


def durations(text: str) -> list[Duration]:
    return []


def dates(text: str) -> list[DateMention]:
    return []
