"""The names of what a batch leaves in its folder."""

from __future__ import annotations

import re
from pathlib import Path

STORE = "clausecheck.sqlite3"
REGISTER, TABLE, SUMMARY, DATES, NOT_READ = "register.xlsx", "register.csv", "summary.html", "deadlines.ics", "not_read.csv"
OUTPUTS = (REGISTER, TABLE, SUMMARY, DATES, NOT_READ)
_UNSAFE = re.compile(r"[^\w.()\[\] -]+")


def report_name(path: str, key: str) -> str:
    """The name of a content's report: that of its first file, made safe, and the beginning of its key."""
    return f"{_UNSAFE.sub('_', Path(path).name)[:80]}.{key[:10]}.json"
