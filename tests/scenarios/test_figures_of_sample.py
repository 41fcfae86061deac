"""The figures of the sample shop, reckoned a second time in pandas from the raw files, without any of the program's reading, and as
the maker of the files counted its own people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from desktop.cli import main
from desktop.operations.insights import nasl as views
from desktop.operations.shop.sample_shop import sample_files
from desktop.paths import resources_folder
from desktop.store.shop_file import open_reader

EXPECTED = json.loads((resources_folder() / "sample" / "expected.json").read_text(encoding="utf-8"))
Run = Callable[..., dict[str, Any]]
DAY = pd.Timestamp("2026-11-20")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with the members and the orders of the sample."""
    path = tmp_path_factory.mktemp("figures") / "日日咖啡.tagline"
    for file in sample_files()[:2]:
        assert main(["--shop", str(path), "--json", "import", str(file)]) == 0
    return path


@pytest.fixture
def run(shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the shop while a window has it open, and returns its answer."""
    monkeypatch.setenv("TAGLINE_NOW", EXPECTED["as_of"])

    def run(*words: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["--shop", str(shop), "--json", *words]) == 0
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return run


def _phone(text: Any) -> str | None:
    digits = "".join(str(int(sign)) for sign in str(text) if sign.isdecimal()) if pd.notna(text) else ""
    digits = digits.removeprefix("886").lstrip("0")
    return digits if len(digits) == 9 and digits.startswith("9") else None


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    """The rows of the members file that name somebody."""
    rows = pd.read_excel(sample_files()[0], sheet_name="會員", header=2, dtype=str, engine="openpyxl").dropna(
        how="all"
    )
    rows = rows[rows["會員編號"] != "合計"].copy()
    rows["phone"] = rows["手機"].map(_phone)
    rows["bound"] = rows["LINE UID"].fillna("").str.fullmatch("U[0-9a-f]{32}")
    return rows.dropna(subset=["會員編號", "phone", "Email"], how="all").reset_index(drop=True)


@pytest.fixture(scope="module")
def orders(people: pd.DataFrame) -> pd.DataFrame:
    """One row for each counting order, with the row of its buyer in ``people`` (missing: unknown)."""
    rows = pd.read_csv(sample_files()[1], encoding="cp950", encoding_errors="replace", dtype=str)
    found = rows.groupby("訂單編號").agg(
        at=("訂單日期", "first"),
        status=("訂單狀態", "first"),
        number=("會員編號", "first"),
        phone=("電話", "first"),
        amount=("訂單合計", "first"),
    )
    found = found[found["status"] == "完成"].copy()
    by_number = {number: row for row, number in people["會員編號"].dropna().items()}
    counts = people["phone"].value_counts()
    by_phone = {phone: row for row, phone in people["phone"].dropna().items() if counts[phone] == 1}
    found["buyer"] = [
        by_number.get(number) if pd.notna(number) else by_phone.get(_phone(phone))
        for number, phone in zip(found["number"], found["phone"], strict=True)
    ]
    found["day"] = pd.to_datetime(found["at"]).dt.normalize()
    found["amount"] = pd.to_numeric(found["amount"].str.replace(",", ""))
    return found


def _classes(orders: pd.DataFrame, day: pd.Timestamp) -> tuple[float, pd.DataFrame]:
    known = orders[(orders["day"] <= day) & orders["buyer"].notna()]
    days = known[["buyer", "day"]].drop_duplicates().sort_values(["buyer", "day"])
    cycle = float(days.groupby("buyer")["day"].diff().dropna().dt.days.median())
    buyers = days.groupby("buyer")["day"].agg(["count", "max"])
    buyers["revenue"] = known.groupby("buyer")["amount"].sum()
    inside = (day - buyers["max"]).dt.days <= 3 * cycle
    often = buyers["count"] > 1
    buyers["letter"] = "L"
    buyers.loc[inside & ~often, "letter"] = "N"
    buyers.loc[inside & often, "letter"] = "A"
    buyers.loc[~inside & often, "letter"] = "S"
    return cycle, buyers


@pytest.mark.parametrize("day", ["2026-11-20", "2026-06-30", "2025-12-31"])
def test_nasl(run: Run, people: pd.DataFrame, orders: pd.DataFrame, day: str) -> None:
    cycle, buyers = _classes(orders, pd.Timestamp(day))
    answer = run("insights", "nasl", "--as-of", day)
    assert (answer["cycle_days"], answer["window_days"]) == (cycle, 3 * cycle)
    expected = buyers.groupby("letter")["revenue"].agg(["count", "sum"])
    assert answer["classes"] == {
        letter: {"people": int(expected.loc[letter, "count"]), "revenue": float(expected.loc[letter, "sum"])}
        for letter in "NASL"
    }
    assert answer["never"] == len(people) - len(buyers)


def test_nasl_as_the_maker_counted(run: Run, shop: Path) -> None:
    answer = run("insights", "nasl")
    assert answer == {
        "cycle_days": EXPECTED["repurchase"]["cycle_days"],
        "window_days": EXPECTED["repurchase"]["window_days"],
        "as_of": EXPECTED["as_of"],
        **EXPECTED["nasl"]["all"],
    }
    db = open_reader(shop)
    try:
        bound = views.nasl(db, views.Population.BOUND)
    finally:
        db.close()
    assert {one.letter: {"people": one.people, "revenue": one.revenue} for one in bound.classes} == EXPECTED[
        "nasl"
    ]["bound"]["classes"]
    assert bound.never.people == EXPECTED["nasl"]["bound"]["never"]
    for letter, one in answer["classes"].items():
        assert run("count", f"nasl:{letter}")["count"] == one["people"]


def test_funnel(run: Run, people: pd.DataFrame, orders: pd.DataFrame) -> None:
    _, buyers = _classes(orders, DAY)
    bound = people["bound"]
    bought = people.index.isin(buyers.index)
    again = people.index.isin(buyers.index[buyers["count"] > 1])
    friend_at = pd.to_datetime(people["加入好友日期"], errors="coerce", format="mixed").dt.normalize()
    answer = run("insights", "funnel")
    steps = {step["id"]: step for step in answer["steps"]}
    assert steps["bound"]["people"] == bound.sum() == EXPECTED["funnel"]["bound"]
    assert steps["first_purchase"]["people"] == (bound & bought).sum() == EXPECTED["funnel"]["bound_buyers"]
    assert steps["repeat_purchase"]["people"] == (bound & again).sum()
    assert steps["repeat_purchase"]["people"] == EXPECTED["funnel"]["bound_repeat_buyers"]
    assert steps["friends"]["people"] == EXPECTED["people"]["friends"]
    rates = {rate["id"]: rate for rate in answer["rates"]}
    new = friend_at > DAY - pd.DateOffset(years=1)
    assert (rates["new_friend_binding"]["part"], rates["new_friend_binding"]["whole"]) == (
        (new & bound).sum(),
        new.sum(),
    )
    for one in [*answer["steps"], *answer["rates"]]:
        people_in = one.get("people", one.get("part"))
        assert run("count", one["query"])["count"] == people_in, one


def test_new_friends_by_store_and_month(run: Run, people: pd.DataFrame) -> None:
    friend_at = pd.to_datetime(people["加入好友日期"], errors="coerce", format="mixed")
    this_year = people[friend_at.dt.year == 2026]
    answer = run("insights", "cohorts", "--months", "11")
    by_month = this_year.groupby(friend_at.dt.strftime("%Y-%m"))["bound"].agg(["sum", "count"])
    assert {one["month"]: [one["part"], one["whole"]] for one in answer["cohorts"]} == {
        str(month): [int(row["sum"]), int(row["count"])] for month, row in by_month.iterrows()
    }
    total = answer["total"]
    assert (total["part"], total["whole"]) == (
        EXPECTED["funnel"]["new_friends_bound"],
        EXPECTED["funnel"]["new_friends"],
    )
    assert round(100 * total["rate"], 1) == 65.0
    rows = run("insights", "breakdown", "門市", "--as-of", "2026-12-31")["rows"]
    assert {row["value"]: {"friends": row["whole"], "bound": row["part"]} for row in rows} == EXPECTED[
        "funnel"
    ]["new_friends_by_store"]
    assert [(row["value"], row["to_average"]) for row in rows] == [
        ("快閃店", 35),
        ("中山店", 18),
        ("信義店", 0),
        ("官網", 0),
    ]


def test_concentration_as_the_maker_counted(shop: Path) -> None:
    from desktop.operations.insights.spread import concentration

    db = open_reader(shop)
    try:
        found = concentration(db)
    finally:
        db.close()
    assert found is not None
    shares = {mark.percent: round(100 * mark.share, 1) for mark in found.marks}
    expected = EXPECTED["concentration"]
    assert found.buyers == expected["buyers"]
    assert [shares[part] for part in (1, 10, 20)] == [expected[f"top_{part}_percent"] for part in (1, 10, 20)]


def test_every_row_of_every_break_down_opens_its_people(run: Run) -> None:
    for figure in ("new_friend_binding", "list_binding", "first_purchase", "repeat_purchase", "active"):
        answer = run("insights", "breakdown", "最愛口味", "--figure", figure)
        for row in answer["rows"][:4]:
            assert run("count", row["query"])["count"] == row["part"], row


def test_reading_answers_and_mistakes_of_the_command(
    run: Run, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cost = run("insights", "cost")
    assert [one["id"] for one in cost["choices"]] == ["everybody", "AS", "N", "A", "S", "L"]
    for words, code in (
        (["breakdown", "gender"], 1),
        (["breakdown", "天氣"], 1),
        (["nasl", "--as-of", "20.11."], 2),
        (["nasl", "--cycle", "0"], 1),
        (["funnel", "--months", "0"], 2),
        (["unknown"], 2),
    ):
        assert main(["--shop", str(shop), "insights", *words]) == code
        assert capsys.readouterr().err.strip()
    for view in ("funnel", "cohorts", "nasl", "cost"):
        assert main(["--shop", str(shop), "insights", view]) == 0
        assert "2026-11-20" in capsys.readouterr().out
    (tmp_path / "會員.csv").write_text("會員編號,姓名\nA1,甲\n", encoding="utf-8")
    empty = tmp_path / "空.tagline"
    assert main(["--shop", str(empty), "import", str(tmp_path / "會員.csv")]) == 0
    capsys.readouterr()
    assert main(["--shop", str(empty), "insights", "nasl"]) == 1
    assert "還沒有消費紀錄" in capsys.readouterr().err
    assert main(["--shop", str(empty), "insights", "funnel"]) == 0
    assert "還沒有消費紀錄" in capsys.readouterr().out
    (tmp_path / "訂單.csv").write_text(
        "訂單編號,會員編號,訂單日期,訂單金額\nO1,A1,2026-01-01,100\nO2,A1,2026-01-09,50\n", encoding="utf-8"
    )
    assert main(["--shop", str(empty), "import", str(tmp_path / "訂單.csv")]) == 0
    capsys.readouterr()
    assert main(["--shop", str(empty), "insights", "nasl"]) == 1
    assert "--cycle DAYS" in capsys.readouterr().err
    assert main(["--shop", str(empty), "--json", "insights", "nasl", "--cycle", "7"]) == 0
    assert json.loads(capsys.readouterr().out)["classes"]["A"] == {"people": 1, "revenue": 150}
