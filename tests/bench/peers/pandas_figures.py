"""A rival for the figures: funnel, NASL and a break-down by store, in pandas from the same SQLite file."""

from __future__ import annotations

from typing import Any

from tests.bench.measure import Bench
from tests.bench.plain_database import connect
from tests.bench.sizes import LAST_DAY


def figures(bench: Bench) -> None:
    """Reads members and orders, and works everything out, cold."""
    source = bench.copy("plain.sqlite")
    with bench.measured():
        import pandas

        db = connect(source)
        members = _frame(pandas, db, "SELECT id, line_user_id, store FROM member")
        orders = _frame(pandas, db, "SELECT member_id, day, amount FROM orders WHERE counts")
        db.close()
        orders["day"] = pandas.to_datetime(orders["day"])
        days = orders.drop_duplicates(["member_id", "day"]).sort_values(["member_id", "day"])
        gaps = days.groupby("member_id")["day"].diff().dropna().dt.days
        window = 3 * gaps.median()
        people = days.groupby("member_id")["day"].agg(["count", "max"])
        people["total"] = orders.groupby("member_id")["amount"].sum()
        recent = (pandas.Timestamp(LAST_DAY) - people["max"]).dt.days <= window
        people["class"] = "L"
        people.loc[recent & (people["count"] == 1), "class"] = "N"
        people.loc[recent & (people["count"] > 1), "class"] = "A"
        people.loc[~recent & (people["count"] > 1), "class"] = "S"
        classes = people.groupby("class")["total"].agg(["count", "sum"])
        members["bound"] = members["line_user_id"] != ""
        by_store = members.groupby("store")["bound"].mean()
    bench.notes.update(cycle=float(gaps.median()), classes=classes["count"].to_dict(), stores=len(by_store))


def _frame(pandas: Any, db: Any, question: str) -> Any:
    answer = db.execute(question)
    return pandas.DataFrame(answer.fetchall(), columns=[column[0] for column in answer.description])
