"""Why a person is in a list, in a few words of her own figures."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.core.message import message
from desktop.core.people.condition import Condition
from desktop.core.people.explaining.facts import PersonFacts
from desktop.core.people.explaining.reasons import MOST_REASONS, alternatives, reasons
from desktop.core.people.query_text import parse
from desktop.text import render, use_language

TODAY = date(2026, 11, 21)
FACTS = PersonFacts(
    {
        "last_order": "2026-08-30",
        "joined_at": "2024-03-01T10:00:00",
        "orders": 1204,
        "total": 18420,
        "level": "金卡",
        "birthday": "--11-03",
        "name": "陳美玲",
    },
    tags=("帶寵物", "ＶＩＰ", "熟客"),
    extra={"最愛口味": "拿鐵、美式"},
)


def why(query: str, holding: tuple[str, ...] = ()) -> list[str]:
    use_language("zh_TW")
    true_parts = {parse(text) for text in holding}
    condition = parse(query, extra_columns=["最愛口味"])
    return [render(reason) for reason in reasons(condition, FACTS, TODAY, lambda part: part in true_parts)]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("tag:熟客 last_order:>60d -tag:市集", ["熟客", "83 天前"]),
        ("tag:vip", ["ＶＩＰ"]),
        ("orders:>=2 total:>1000", ["訂單 1,204 筆", "累計消費 18,420"]),
        ("tag_count:>2", ["標籤 3 個"]),
        ("joined_at:2024-03", ["入會日 2024-03-01"]),
        ("birthday_month:this_month", ["11 月生日"]),
        ("birthday:this_month", ["11 月生日"]),
        ("level:金", ["金卡"]),
        ("bound:yes", ["已綁定"]),
        ("bound:no", ["未綁定"]),
        ("friend:yes", ["好友：是"]),
        ("gender:female", ["女"]),
        ("name:陳", ["姓名：陳美玲"]),
        ("美", ["美"]),
        ("item:拿鐵", ["買過 拿鐵"]),
        ("order_store:中山店", ["在 中山店 消費"]),
        ("phone:none", ["沒有電話"]),
        ("tag:any", ["有標籤"]),
        ('"最愛口味":拿鐵', ["最愛口味：拿鐵、美式"]),
        ("points:>3", ["points:>3"]),
        ("orders@90d:>=2", ["訂單數 至少 2（90 天以內）"]),
        ("item@2026-03:拿鐵", ["買過「拿鐵」（2026-03）"]),
        ("total@90d:none", ["沒有累計消費（90 天以內）"]),
        ("-tag:市集", ["沒有被排除"]),
        ("", ["全部會員"]),
    ],
)
def test_a_reason_is_the_persons_own_figure(query: str, said: list[str]) -> None:
    assert why(query) == said


def test_of_a_group_only_what_holds_is_said() -> None:
    assert why("(tag:熟客 OR tag:VIP) last_order:>60d", ("tag:VIP",)) == ["ＶＩＰ", "83 天前"]
    assert why("tag:熟客 OR (level:金卡 orders:>9)", ("level:金卡 orders:>9",)) == ["金卡", "訂單 1,204 筆"]


def test_today_is_said_in_words() -> None:
    use_language("zh_TW")
    today = reasons(
        parse("last_order:today"), PersonFacts({"last_order": "2026-11-21"}), TODAY, lambda _: True
    )
    assert today == (message("audiences_page.why.today"),)


def test_long_conditions_give_few_reasons_and_none_twice() -> None:
    assert why("tag:熟客 tag:熟客 tag:vip orders:>1 level:金 bound:yes total:>1") == [
        "熟客",
        "ＶＩＰ",
        "訂單 1,204 筆",
        "金卡",
    ]
    assert len(why("tag:a tag:b tag:c tag:d tag:e")) == MOST_REASONS


def test_alternatives_are_the_parts_whose_truth_must_be_found_out() -> None:
    def texts(query: str) -> set[Condition]:
        return set(alternatives(parse(query)))

    assert texts("tag:a -(tag:x OR tag:y)") == set()
    assert texts("tag:a OR (tag:b (tag:c OR tag:d))") == {
        parse("tag:a"),
        parse("tag:b (tag:c OR tag:d)"),
        parse("tag:c"),
        parse("tag:d"),
    }
