"""The batch on one page: a self-contained HTML file that a manager reads and prints; no script, nothing from the network."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from clausecheck.batch.portfolio import DIMENSIONS, Portfolio
from clausecheck.library import Library
from clausecheck.messages import BATCH, DEADLINES
from clausecheck.report import WORST_FIRST
from clausecheck.reports.words import Words

STATUSES = tuple(s.value for s in WORST_FIRST)
MOST = 50  # rows of a table on the page; the register holds all
MONTHS = 24  # whose dates are counted
DEPARTURES = 8  # of one draft from its supplier's others
LACKED = 5  # provisions named of a supplier


def summary_page(portfolio: Portfolio, words: Words, library: Library, failures: Sequence[tuple[str, str]]) -> str:
    """The page as HTML; names and paths in it are escaped."""
    from jinja2 import Environment

    from clausecheck import __version__

    def say(name: str, **values: object) -> str:
        return words.say(BATCH[name], **values)

    titles = {p.id: p.title.text.get(words.language) for p in library.provisions}
    shares = portfolio.shares
    rows = []
    for name in portfolio.worst_first:
        share = shares[name]
        total = sum(share.counts.values()) or 1
        rows.append(
            {
                "title": titles[name],
                "counts": share.counts,
                "held": f"{100 * share.held():.0f}%" if share.applicable else "-",
                "shares": [(s, round(100 * share.counts[s] / total, 2)) for s in STATUSES if share.counts[s]],
                "said": ", ".join(f"{words.name('status', s)} {share.counts[s]}" for s in STATUSES if share.counts[s]),
            }
        )
    dimensions = []
    for dimension in DIMENSIONS:
        groups = [
            (
                (words.name("type", value) if dimension == "type" else value) or say("unknown"),
                size,
                ", ".join(f"{titles[p]} ({s.lacking})" for p, s in lacking[:LACKED]),
            )
            for value, size, lacking in portfolio.groups(dimension)
        ]
        if dimension == "year":
            groups.sort(key=lambda g: g[0])
        dimensions.append((dimension, groups[:MOST], say("more", count=len(groups) - MOST) if len(groups) > MOST else ""))
    outliers = [
        (
            o.row.path,
            o.row.supplier,
            [
                say(
                    "usual",
                    title=titles[p],
                    here=words.name("status", here),
                    usual=words.name("status", usual),
                )
                for p, here, usual in o.departures[:DEPARTURES]
            ]
            + ([say("more", count=len(o.departures) - DEPARTURES)] if len(o.departures) > DEPARTURES else []),
        )
        for o in portfolio.outliers[:MOST]
    ]
    copies = [(paths, say("more", count=len(paths) - 6) if len(paths) > 6 else "") for paths in portfolio.near_copies[:MOST]]
    template = Environment(autoescape=True, trim_blocks=False).from_string(
        (files("clausecheck.batch") / "summary.html.j2").read_text(encoding="utf-8")
    )
    return template.render(
        words=words,
        say=say,
        statuses=STATUSES,
        lead=say("lead", files=portfolio.files, contents=portfolio.contents, failed=portfolio.failed),
        partly=say("partly", count=portfolio.undetermined) if portfolio.undetermined else "",
        provisions=rows,
        dimensions=dimensions,
        outliers=outliers,
        copies=copies,
        failures=failures[:MOST],
        more_failures=say("more", count=len(failures) - MOST) if len(failures) > MOST else "",
        due_from=say("due", date=portfolio.as_of),
        due=[(d.date, words.say(DEADLINES[d.kind]), d.supplier, d.path) for d in portfolio.due[:MOST]],
        due_in=list(portfolio.due_in.items())[:MONTHS],
        provenance=f"clausecheck {__version__} · {library.name} {library.version} {library.sha256[:12]} · {library.profile.name}",
    )
