"""How long a contract binds: its start, end, renewal, refusal, exits, and the arithmetic between them.

``hearing`` (what is said, sentence by sentence) -> ``span`` (from when to when) and ``rights`` (who may renew, refuse, leave)
-> ``reading`` (the term as a value, and facts with the evidence for each). A month counts as 30 days where months and days
meet; calendar arithmetic is done on the calendar.
"""

from clausecheck.term.arithmetic import add_duration, add_months
from clausecheck.term.facts import Fact, TermFacts
from clausecheck.term.reading import read_term

__all__ = ["Fact", "TermFacts", "add_duration", "add_months", "read_term"]
