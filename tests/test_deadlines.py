"""The next dates of contracts: which days are said, by which arithmetic, and what is missing where none can be."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path

import pytest

import clausecheck
from clausecheck.dates import Dates, next_dates
from clausecheck.errors import UsageError
from clausecheck.model import Failure, Term
from clausecheck.reports.deadlines import DEADLINE_FORMATS, render_deadlines

SAMPLES = Path(__file__).parents[1] / "samples"
DAY = dt.date(2026, 11, 25)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


END = day("2027-03-31")
CASES = [
    ("a fixed end", Term(end_date=END), "2026-11-25", ["ends 2027-03-31"], []),
    ("the day itself still counts", Term(end_date=END), "2027-03-31", ["ends 2027-03-31"], []),
    ("after the end", Term(end_date=END), "2027-04-01", [], ["ended"]),
    (
        "renewal ahead, in months",
        Term(end_date=END, auto_renewal=True, renewal_months=12, optout_days=90, last_day_to_refuse=day("2026-12-31")),
        "2026-11-25",
        ["refuse 2026-12-31", "renews 2027-03-31"],
        [],
    ),
    (
        "the refusal is past: the period still ends, the next refusal is a year later",
        Term(end_date=END, auto_renewal=True, renewal_months=12, optout_days=90, last_day_to_refuse=day("2026-12-31")),
        "2027-01-01",
        ["renews 2027-03-31", "refuse 2027-12-31"],
        [],
    ),
    (
        "renewed several times; months end where the calendar ends them",
        Term(end_date=day("2020-02-29"), auto_renewal=True, renewal_months=6, optout_days=30, last_day_to_refuse=day("2020-01-29")),
        "2026-11-25",
        ["refuse 2027-01-28", "renews 2027-02-28"],
        [],
    ),
    (
        "counted in days",
        Term(end_date=END, auto_renewal=True, renewal_months=12, optout_days=45),
        "2026-11-25",
        ["refuse 2027-02-14", "renews 2027-03-31"],
        [],
    ),
    (
        "sixty days are days in later periods too, though in the first they come to two months",
        Term(
            end_date=day("2028-03-31"),
            auto_renewal=True,
            renewal_months=12,
            optout_days=60,
            last_day_to_refuse=day("2028-01-31"),
            arithmetic=("2028-03-31 - 60 days = 2028-01-31",),
        ),
        "2029-01-15",
        ["refuse 2029-01-30", "renews 2029-03-31"],
        [],
    ),
    (
        "a year's notice stays on the day",
        Term(
            end_date=END,
            auto_renewal=True,
            renewal_months=12,
            optout_days=365,
            last_day_to_refuse=day("2026-03-31"),
            arithmetic=("2027-03-31 - 1 year = 2026-03-31",),
        ),
        "2027-01-15",
        ["refuse 2027-03-31", "renews 2027-03-31"],
        [],
    ),
    (
        "limited renewals: in a renewed period it is said",
        Term(end_date=END, auto_renewal=True, renewal_months=12, renewal_capped=True, optout_days=45),
        "2028-01-15",
        ["refuse 2028-02-15", "renews 2028-03-31"],
        ["renewal_cap"],
    ),
    ("no notice is stated", Term(end_date=END, auto_renewal=True, renewal_months=12), "2026-11-25", ["renews 2027-03-31"], ["no_refusal"]),
    (
        "renews for an unknown time, and the first period is over",
        Term(end_date=END, auto_renewal=True, optout_days=30),
        "2028-01-01",
        [],
        ["renewal_length"],
    ),
    ("open-ended with notice", Term(indefinite=True, exit_notice_days=60), "2026-11-25", ["leave 2027-01-24"], []),
    ("open-ended, at any time", Term(indefinite=True, exit_notice_days=0), "2026-11-25", [], ["any_time"]),
    ("open-ended without a way out", Term(indefinite=True), "2026-11-25", [], ["open_ended"]),
    ("the start is not known", Term(initial_months=12, start="signature"), "2026-11-25", [], ["start_signature"]),
    ("by an event", Term(end="event", start="date"), "2026-11-25", [], ["ends_by_event"]),
    ("nothing", Term(), "2026-11-25", [], ["no_term"]),
]


@pytest.mark.parametrize(("why", "term", "as_of", "said", "lacking"), CASES, ids=[c[0] for c in CASES])
def test_next_dates(why: str, term: Term, as_of: str, said: list[str], lacking: list[str]) -> None:
    found, missing = next_dates(term, day(as_of))
    assert [f"{d.kind} {d.date}" for d in found] == said and list(missing) == lacking, why
    for deadline in found:
        for line in deadline.arithmetic:
            assert re.search(r"= \d{4}-\d\d-\d\d$", line)
        assert deadline.kind in ("ends", "renews") or deadline.arithmetic[-1].endswith(f"= {deadline.date}")


def test_each_date_names_the_clause_that_gives_it() -> None:
    text = (
        "第3条（料金）\n甲は、3か月前に通知することにより、いつでも本契約を解約することができる。\n第9条（期間）\n本契約の期間は、2026年7月1日から2年間とする。\n"
        "第10条（更新）\n期間満了の6か月前までに双方から申出がないときは、本契約は1年間自動的に更新される。\n"
    )
    said, _ = next_dates(clausecheck.review(clausecheck.parse_contract(text), side="either").term, DAY)
    assert [(d.kind, str(d.date), d.clause) for d in said] == [("refuse", "2027-12-30", "第10条"), ("renews", "2028-06-30", "第9条")]


def test_a_monthly_renewal_of_long_ago_ends_soon() -> None:
    term = Term(end_date=day("1990-01-31"), auto_renewal=True, renewal_months=1, optout_days=10)
    found, _ = next_dates(term, DAY)
    assert [f"{d.kind} {d.date}" for d in found] == ["renews 2026-11-30", "refuse 2026-12-21"]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Dates | Failure]:
    broken = tmp_path_factory.mktemp("x") / "=broken.pdf"
    broken.write_bytes(b"%PDF-1.7")
    files = [SAMPLES / "supply_ja_good.docx", SAMPLES / "supply_en_good.docx", SAMPLES / "supply_en_poor.docx", broken]
    return list(clausecheck.deadlines(files, as_of=DAY))


def test_files_in_order_and_a_broken_one_stops_nothing(found: list[Dates | Failure]) -> None:
    assert [type(one).__name__ for one in found] == ["Dates", "Dates", "Dates", "Failure"]
    good = found[1]
    assert isinstance(good, Dates) and [f"{d.kind} {d.date} {d.clause}" for d in good.deadlines] == [
        "refuse 2027-12-31 24.2",
        "renews 2028-03-31 24.1",
    ]


def test_table_json_and_csv_say_the_same(found: list[Dates | Failure]) -> None:
    table = render_deadlines(found, "table", DAY)
    data = json.loads(render_deadlines(found, "json", DAY))
    rows = list(csv.reader(io.StringIO(render_deadlines(found, "csv", DAY))))
    dates = sorted(d["date"] for one in data["contracts"] for d in one.get("deadlines", ()))
    assert sorted(row[0] for row in rows[1:] if row[0]) == dates == sorted(re.findall(r"(?m)^(\d{4}-\d\d-\d\d)  ", table))
    assert "What cannot be computed, and why" in table and "=broken.pdf" in table
    assert not any(cell.startswith("=") for row in rows for cell in row), "a file's name is no formula"
    japanese = render_deadlines(found, "table", DAY, "ja")
    assert "更新拒絶の期限" in japanese


def test_the_calendar_is_one_that_programs_take(found: list[Dates | Failure]) -> None:
    text = render_deadlines(found, "ics", DAY, "ja")
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""] and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in lines)
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == text.count("BEGIN:VEVENT") == text.count("BEGIN:VALARM") == 5
    assert text == render_deadlines(found, "ics", DAY, "ja"), "the same dates have the same identities"


@pytest.mark.parametrize("format", ["xml", ""])
def test_an_unknown_format(format: str) -> None:
    with pytest.raises(UsageError, match=", ".join(DEADLINE_FORMATS)):
        render_deadlines([], format, DAY)


def test_an_unknown_side() -> None:
    with pytest.raises(UsageError, match="buyer"):
        list(clausecheck.deadlines([], side="ours"))
