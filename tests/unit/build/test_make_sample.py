"""The sample shop: making it again gives the same files, and the files say the figures that are promised of them."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from make_sample import SAMPLE, make_sample
from python_calamine import CalamineWorkbook

Row = dict[str, Any]
USER_ID = re.compile(r"U[0-9a-f]{32}")


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(path)
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[call-arg]
        for name in book.sheet_names
    }


def read_csv(path: Path, encoding: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


def mobile(cell: Any) -> str | None:
    """A phone cell as E.164 if it is a whole Taiwan mobile, in the plainest way that works for this file."""
    text = str(int(cell)) if isinstance(cell, float) else unicodedata.normalize("NFKC", cell or "")
    digits = re.sub(r"\D", "", text).removeprefix("886").removeprefix("0")
    return f"+886{digits}" if len(digits) == 9 and digits[0] == "9" else None


def money(cell: Any) -> int:
    return int(str(cell).replace("$", "").replace(",", "").removesuffix(".0"))


@dataclass(frozen=True)
class Sample:
    """The committed files, read plainly, and what is expected of them."""

    expected: dict[str, Any]
    members: list[Row]
    orders: list[Row]
    answers: list[Row]
    account: dict[str, Any]

    @property
    def people(self) -> list[Row]:
        return [row for row in self.members if row["姓名"]]


@pytest.fixture(scope="module")
def sample() -> Sample:
    expected = json.loads((SAMPLE / "expected.json").read_text(encoding="utf-8"))
    table = sheets(SAMPLE / expected["members_file"]["file"])["會員"]
    header = table[expected["members_file"]["header_row"] - 1]
    end = expected["members_file"]["header_row"] + expected["members_file"]["rows"]
    return Sample(
        expected,
        [dict(zip(header, row, strict=True)) for row in table[expected["members_file"]["header_row"] : end]],
        read_csv(SAMPLE / expected["orders_file"]["file"], "cp950"),
        read_csv(SAMPLE / expected["form_answers_file"]["file"], "utf-8-sig"),
        json.loads((SAMPLE / "line_account.json").read_text(encoding="utf-8")),
    )


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder)
    return folder


def order_heads(sample: Sample) -> list[Row]:
    return [row for row in sample.orders if row["訂單合計"] != ""]


def owners_by_phone(sample: Sample) -> dict[str, list[Row]]:
    owners: dict[str, list[Row]] = {}
    for person in sample.people:
        phone = mobile(person["手機"])
        if phone:
            owners.setdefault(phone, []).append(person)
    return owners


def buyers(sample: Sample) -> list[Row | None]:
    """The buyer of each order (in the order of `order_heads`): by member number, else by phone."""
    by_number = {person["會員編號"]: person for person in sample.people if person["會員編號"]}
    by_phone = owners_by_phone(sample)
    found: list[Row | None] = []
    for head in order_heads(sample):
        phone = mobile(head["電話"])
        if head["會員編號"]:
            found.append(by_number[head["會員編號"]])
        elif phone:
            (owner,) = by_phone[phone]
            found.append(owner)
        else:
            found.append(None)
    return found


def order_days(sample: Sample) -> dict[int, list[date]]:
    """Days with a counting order of each buyer (by `id` of the member's row)."""
    days: dict[int, set[date]] = {}
    for head, buyer in zip(order_heads(sample), buyers(sample), strict=True):
        if buyer and head["訂單狀態"] == "完成":
            day = date.fromisoformat(head["訂單日期"][:10].replace("/", "-"))
            days.setdefault(id(buyer), set()).add(day)
    return {buyer: sorted(found) for buyer, found in days.items()}


def test_making_it_again_gives_the_same_text_files(made_again: Path) -> None:
    for path in SAMPLE.iterdir():
        if path.suffix in (".csv", ".json"):
            assert (made_again / path.name).read_bytes() == path.read_bytes(), path.name


def test_making_it_again_gives_the_same_cells(made_again: Path, sample: Sample) -> None:
    name = sample.expected["members_file"]["file"]
    assert sheets(made_again / name) == sheets(SAMPLE / name)


def test_the_files_stay_small() -> None:
    sizes = {path.name: path.stat().st_size for path in SAMPLE.iterdir()}
    assert max(sizes.values()) < 6_000_000
    assert sizes["line_account.json"] < 1_000_000


def test_every_row_is_a_person_but_three(sample: Sample) -> None:
    assert len(sample.members) == 5_217
    assert len(sample.people) == sample.expected["people"]["all"] == 5_214
    nobody = [place for place, row in enumerate(sample.members, start=4) if not row["姓名"]]
    assert nobody == sample.expected["members_file"]["skipped_rows"] == [640, 2310, 4870]
    for place in nobody:
        row = sample.members[place - 4]
        assert not any(row[key] for key in ("會員編號", "手機", "Email", "LINE UID"))


def test_keys_that_must_be_unique_are(sample: Sample) -> None:
    numbers = [person["會員編號"] for person in sample.people if person["會員編號"]]
    assert len(numbers) == len(set(numbers)) == 5_214 - 24
    ids = [person["LINE UID"] for person in sample.people if USER_ID.fullmatch(person["LINE UID"])]
    assert len(ids) == len(set(ids))
    shared = [owners for owners in owners_by_phone(sample).values() if len(owners) > 1]
    assert sum(len(owners) for owners in shared) == sample.expected["people"]["shared_phone"]
    assert all(owner["會員編號"] for owners in shared for owner in owners)


def test_two_thirds_of_the_friends_are_bound(sample: Sample) -> None:
    bound = [person for person in sample.people if USER_ID.fullmatch(person["LINE UID"])]
    assert len(bound) == 3_486
    assert all(person["加入好友日期"] for person in bound)
    insight = sample.account["insight"]
    assert insight["followers"] - insight["blocks"] == insight["targetedReaches"] == 5_230
    assert round(100 * len(bound) / insight["targetedReaches"], 1) == 66.7


def test_65_percent_of_this_years_friends_are_bound(sample: Sample) -> None:
    new = [
        person for person in sample.people if person["加入好友日期"] and person["加入好友日期"].year == 2026
    ]
    bound = [person for person in new if USER_ID.fullmatch(person["LINE UID"])]
    assert (len(new), len(bound)) == (1_180, 767)
    by_store = sample.expected["funnel"]["new_friends_by_store"]
    assert {s: n["friends"] for s, n in by_store.items()} == Counter(person["門市"] for person in new)
    assert {s: n["bound"] for s, n in by_store.items()} == Counter(person["門市"] for person in bound)


def test_the_traps_are_there(sample: Sample) -> None:
    problems = sample.expected["members_file"]["problems"]
    kinds = Counter(problem["column"] for problem in problems)
    assert kinds == {"LINE UID": 31, "手機": 4, "標籤": 11}
    assert len({problem["row"] for problem in problems}) == 46
    for problem in problems:
        row = sample.members[problem["row"] - 4]
        if "value" in problem:
            assert row[problem["column"]] == problem["value"]
        if problem["column"] == "LINE UID":
            assert not USER_ID.fullmatch(
                unicodedata.normalize("NFKC", row["LINE UID"]).strip().lower().title()
            )
    assert sum(isinstance(person["手機"], float) for person in sample.people) == 1_204
    assert any("ＶＩＰ" in person["標籤"] for person in sample.people)
    assert any(re.fullmatch(r"[０-９－]+", str(person["手機"])) for person in sample.people)


def test_every_whole_phone_is_a_taiwan_mobile(sample: Sample) -> None:
    broken = {p["row"] for p in sample.expected["members_file"]["problems"] if p["column"] == "手機"}
    for place, row in enumerate(sample.members, start=4):
        phone = mobile(row["手機"])
        assert (phone is None) == (row["手機"] == "" or place in broken)
        if phone:
            assert phonenumbers.is_valid_number(phonenumbers.parse(phone))
        elif place in broken:
            assert not phonenumbers.is_valid_number(phonenumbers.parse(row["手機"], "TW"))
    assert all(
        re.fullmatch(r"[a-z.0-9]+@example\.(com|net|org)", p["Email"].lower() or "a@example.com")
        for p in sample.people
    )


def test_tags_hold_the_limit_but_in_eleven_rows(sample: Sample) -> None:
    def keys(person: Row) -> list[str]:
        cell = unicodedata.normalize("NFKC", person["標籤"]).casefold()
        return list(dict.fromkeys(tag.strip() for tag in cell.split("、") if tag.strip()))

    assert sum(len(keys(person)) > 10 for person in sample.people) == 11
    kept = Counter(tag for person in sample.people for tag in keys(person)[:10])
    assert len(kept) == 36
    assert kept == {tag.casefold(): n for tag, n in sample.expected["tags"].items()}


def test_totals_row_and_spending_agree_with_the_orders(sample: Sample) -> None:
    spent: Counter[int] = Counter()
    for head, buyer in zip(order_heads(sample), buyers(sample), strict=True):
        if buyer and head["訂單狀態"] == "完成":
            spent[id(buyer)] += money(head["訂單合計"])
    assert all(money(person["累積消費"]) == spent[id(person)] for person in sample.people)
    assert spent.total() == sample.expected["orders_file"]["revenue_of_people"]


def test_orders_add_up(sample: Sample) -> None:
    figures = sample.expected["orders_file"]
    assert len(sample.orders) == figures["rows"] <= 60_000
    heads = order_heads(sample)
    assert len({head["訂單編號"] for head in heads}) == len(heads) == figures["orders"]
    items: Counter[str] = Counter()
    for row in sample.orders:
        items[row["訂單編號"]] += money(row["小計"])
    assert all(items[head["訂單編號"]] == money(head["訂單合計"]) for head in heads)
    assert sum(buyer is None for buyer in buyers(sample)) == figures["unknown_buyer"] == 640
    assert Counter(head["訂單狀態"] for head in heads) == {
        "完成": figures["counting"],
        "已取消": figures["cancelled"],
        "已退款": figures["refunded"],
    }


def test_big5_needs_the_code_page_of_windows() -> None:
    raw = next(SAMPLE.glob("orders_*.csv")).read_bytes()
    assert "恒" in raw.decode("cp950")
    with pytest.raises(UnicodeDecodeError):
        raw.decode("big5")
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


def test_cycle_and_classes(sample: Sample) -> None:
    days = order_days(sample)
    gaps = sorted((b - a).days for one in days.values() for a, b in pairwise(one))
    assert gaps[len(gaps) // 2] == gaps[(len(gaps) - 1) // 2] == 21
    reference = max(one[-1] for one in days.values())
    assert reference == date(2026, 11, 20)
    bound = {id(person) for person in sample.people if USER_ID.fullmatch(person["LINE UID"])}
    for who, everybody in (("all", set(days)), ("bound", bound)):
        found = Counter(
            ("N" if len(one) == 1 else "A")
            if reference - one[-1] <= timedelta(days=63)
            else ("L" if len(one) == 1 else "S")
            for person, one in days.items()
            if person in everybody
        )
        assert found == {
            name: part["people"] for name, part in sample.expected["nasl"][who]["classes"].items()
        }
    assert len([person for person in days if person in bound]) == 2_277
    assert len([person for person, one in days.items() if person in bound and len(one) >= 2]) == 1_161


def test_revenue_is_concentrated(sample: Sample) -> None:
    share = sample.expected["concentration"]
    totals = sorted((money(person["累積消費"]) for person in sample.people), reverse=True)[: share["buyers"]]
    assert round(100 * sum(totals[: len(totals) // 10]) / sum(totals), 1) == share["top_10_percent"]
    assert 45 <= share["top_10_percent"] <= 55
    assert 8 <= share["top_1_percent"] <= 20


def test_queries_that_can_be_asked_of_the_file_alone(sample: Sample) -> None:
    days = order_days(sample)
    tags = {id(person): person["標籤"].split("、")[:10] for person in sample.people}
    limit = date(2026, 11, 20) - timedelta(days=60)
    asked = {
        "tag:熟客": lambda person: "熟客" in tags[id(person)],
        "last_order:>60d": lambda person: id(person) in days and days[id(person)][-1] < limit,
        "last_order:none": lambda person: id(person) not in days,
        "store:中山店": lambda person: person["門市"] == "中山店",
        "line_user_id:any": lambda person: bool(USER_ID.fullmatch(person["LINE UID"])),
        "total:>=10000": lambda person: money(person["累積消費"]) >= 10_000,
        "consent:no": lambda person: person["接受 LINE 優惠宣傳"] == "N",
    }
    for query, test in asked.items():
        assert sum(map(test, sample.people)) == sample.expected["queries"][query]["count"], query
    assert sample.expected["queries"]["(tag:熟客 OR tag:VIP) last_order:>60d -tag:市集"]["count"] == 486


def test_answers_name_members(sample: Sample) -> None:
    numbers = {person["會員編號"] for person in sample.people}
    phones = owners_by_phone(sample)
    found = []
    for answer in sample.answers:
        key = answer["您的會員編號或手機"]
        number = key.strip().upper()
        found.append(number if number in numbers and number else mobile(key))
        if not number.startswith("W") and found[-1]:
            assert len(phones[found[-1]]) == 1
    assert len(found) == 400
    assert sum(key is None for key in found) == sample.expected["form_answers_file"]["nobody"]


def test_the_practice_account_knows_the_bound_people(sample: Sample) -> None:
    followers = {follower["user_id"]: follower for follower in sample.account["followers"]}
    assert len(followers) == len(sample.account["followers"]) == 6_020
    assert sum(follower["blocked"] for follower in followers.values()) == 790
    bound = [person["LINE UID"] for person in sample.people if USER_ID.fullmatch(person["LINE UID"])]
    assert sum(followers[user_id]["blocked"] for user_id in bound) == 0
    assert all(USER_ID.fullmatch(user_id) for user_id in followers)
