"""Yes and no, gender, states of orders, identifiers, tags of a cell, free texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importer.values import text as texts
from desktop.importer.values.flags import order_counts, read_gender, read_yes_no
from desktop.importer.values.identifiers import read_email, read_key, read_user_id
from desktop.importer.values.tag_cells import TagEvidence, read_tags
from desktop.importer.values.text import read_note, read_text, read_whole, squash, tidy
from tests.unit.importer.reading import USER_ID


@pytest.mark.parametrize(
    "text",
    [
        "Y",
        "yes",
        "是",
        "TRUE",
        "1",
        "1.0",
        "V",
        "ｖ",
        "✓",
        "○",
        "已綁定",
        "同意",
        "願意",
        "同意，請寄給我",
        "はい",
        "已封鎖",
    ],
)
def test_yes(text: str) -> None:
    assert read_yes_no(text).value is True


@pytest.mark.parametrize(
    "text", ["N", "no", "否", "FALSE", "0", "×", "未綁定", "不同意", "不願意", "未訂閱", "いいえ", "好友"]
)
def test_no(text: str) -> None:
    assert read_yes_no(text).value is False


@pytest.mark.parametrize("text", ["", " ", "N/A", "待確認", "unknown"])
def test_blank_is_unknown_and_never_no(text: str) -> None:
    assert (read_yes_no(text).value, read_yes_no(text).problem) == (None, None)


def test_neither_yes_nor_no() -> None:
    assert read_yes_no("也許").problem == "not_yes_or_no"


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("男", "male"),
        ("M", "male"),
        ("先生", "male"),
        ("1", "male"),
        ("女性", "female"),
        ("Female", "female"),
        ("小姐", "female"),
        ("2", "female"),
        ("女 (Female)", "female"),
        ("其他", "other"),
        ("保密", None),
        ("0", None),
        ("", None),
    ],
)
def test_gender(text: str, gender: str | None) -> None:
    outcome = read_gender(text)
    assert (outcome.value, outcome.problem) == (gender, None)


def test_no_gender() -> None:
    assert read_gender("台北").problem == "not_a_gender"


@pytest.mark.parametrize(
    "status",
    ["已取消", "取消", "Cancelled", "voided", "已退款", "全額退款", "refunded", "已退貨", "キャンセル"],
)
def test_orders_that_do_not_count(status: str) -> None:
    assert not order_counts(status)


@pytest.mark.parametrize(
    "status",
    ["", "完成", "處理中", "已出貨", "部分退款", "partially_refunded", "退款處理中", "paid", "待付款", None],
)
def test_orders_that_count(status: str | None) -> None:
    assert order_counts(status)


@pytest.mark.parametrize(
    "text",
    [
        USER_ID,
        f" {USER_ID}\r",
        USER_ID.upper(),
        USER_ID.lower(),
        "Ｕ" + USER_ID[1:],
        f"\ufeff{USER_ID}",
        f'"{USER_ID}"',
    ],
)
def test_one_user_id_in_many_writings(text: str) -> None:
    assert read_user_id(text).value == USER_ID


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("u123", "user_id_length"),
        (USER_ID + "0", "user_id_length"),
        (USER_ID[:-1], "user_id_length"),
        (USER_ID[:-1] + "g", "user_id_characters"),
        ("C" + USER_ID[1:], "group_id"),
        ("0912345678", "phone_not_user_id"),
        ("a@b.com", "email_not_user_id"),
        ("@daydaycoffee", "line_id_not_user_id"),
    ],
)
def test_wrong_user_ids_have_their_reason(text: str, reason: str) -> None:
    assert read_user_id(text).problem == reason


@pytest.mark.parametrize("text", ["", "無", "未綁定", "N/A"])
def test_people_who_are_not_bound_have_no_user_id(text: str) -> None:
    assert (read_user_id(text).value, read_user_id(text).problem) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "a@b.com",
        "A@B.COM",
        " a@b.com ",
        "ａ@b.com",
        "mailto:a@b.com",
        "a@b.com;",
        "Amy <a@b.com>",
        "a@ b.com",
    ],
)
def test_one_address_in_many_writings(text: str) -> None:
    assert read_email(text).value == "a@b.com"


@pytest.mark.parametrize("text", ["abc", "a@b", "@b.com", "a..b@c.com", "a b c", "0912345678"])
def test_wrong_addresses(text: str) -> None:
    assert read_email(text).problem == "not_an_email"


@pytest.mark.parametrize("text", ["no@no.com", "test@test.com", "none@gmail.com"])
def test_placeholders_never_become_addresses(text: str) -> None:
    assert read_email(text).problem == "email_junk"


def test_of_two_addresses_the_second_is_reported() -> None:
    assert read_email("amy@b.com, tom@d.com") == ("amy@b.com", ("second_email",), "second_email")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("W00231", "W00231"),
        ("00231", "00231"),
        ("231.0", "231"),
        ("'7210448301122", "7210448301122"),
        ("Ｗ００２３１", "W00231"),
        ("#1001", "#1001"),
    ],
)
def test_member_numbers_keep_their_zeros(text: str, key: str) -> None:
    assert read_key(text).value == key


@pytest.mark.parametrize("text", ["1.23456789012346e+18", "1.23E+15", "7.21045E+12"])
def test_numbers_whose_digits_excel_lost_are_refused(text: str) -> None:
    assert read_key(text).problem == "number_digits_lost"


@pytest.mark.parametrize("text", ["\u202a", "\u2066 \u2069", "\u061c", "\u1680"])
def test_marks_that_do_not_show_are_no_member_number(text: str) -> None:
    assert read_key(text).value is None
    assert read_key(text).problem is None


def tags(*texts: str, answers: bool = False) -> list[tuple[str, ...]]:
    evidence = TagEvidence()
    evidence.add(texts)
    signs = evidence.decide(answers=answers)
    return [read_tags(text, signs).value for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "熟客,VIP",
        "熟客，VIP",
        "熟客、VIP",
        "熟客|VIP",
        "熟客;VIP",
        "熟客／VIP",
        '["熟客","VIP"]',
        "#熟客 #VIP",
        "熟客\nVIP",
        "熟客, VIP,",
        "熟客,,VIP,熟客",
    ],
)
def test_two_tags_in_many_writings(text: str) -> None:
    assert tags(text) == [("熟客", "VIP")]


def test_writings_may_differ_from_cell_to_cell() -> None:
    assert set(
        tags("熟客,VIP", "熟客、VIP", "熟客|VIP", "熟客;VIP", "熟客／VIP", '["熟客","VIP"]', "#熟客 #VIP")
    ) == {("熟客", "VIP")}


def test_a_sign_inside_a_tag_does_not_split_it() -> None:
    assert tags("咖啡,茶|甜點", "甜點") == [("咖啡,茶", "甜點"), ("甜點",)]
    assert tags("24/7 會員", "飲料/甜點") == [("24/7 會員",), ("飲料/甜點",)]


def test_a_slash_or_a_space_splits_where_its_parts_stand_alone() -> None:
    assert tags("熟客/VIP", "VIP", "熟客") == [("熟客", "VIP"), ("VIP",), ("熟客",)]
    assert tags("熟客 VIP", "VIP", "熟客") == [("熟客", "VIP"), ("VIP",), ("熟客",)]


def test_one_tag_in_two_widths_is_one_tag() -> None:
    assert tags("VIP,ＶＩＰ,vip ") == [("VIP",)]


def test_answers_are_joined_by_commas_and_semicolons_only() -> None:
    assert tags("甜點、麵包, 咖啡", answers=True) == [("甜點、麵包", "咖啡")]


def test_eleven_tags_stay_in_their_order() -> None:
    names = [f"標籤{n}" for n in range(11)]
    assert tags("、".join(names)) == [tuple(names)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" 王 小明\u00a0", "王 小明"),
        ("王小明 小姐", "王小明 小姐"),
        ("小明(王)", "小明(王)"),
        ("\u200b陳𡍼\ufeff", "陳𡍼"),
        ("ＶＩＰ王", "ＶＩＰ王"),
        ("王\n小明", "王 小明"),
        ("e\u0301mile", "e\u0301mile"),
        ("👩\u200d🍳小美", "👩\u200d🍳小美"),
        ("\u202eabc", "\u202eabc"),
        ("O'Brien", "O'Brien"),
        ("'s-Gravenhage", "'s-Gravenhage"),
        ("a\x00b", "ab"),
    ],
)
def test_names_stay_whole(text: str, name: str) -> None:
    assert read_text(text).value == name


def test_a_cell_that_could_not_be_decoded_is_a_problem() -> None:
    assert read_text("王\ufffd明").problem == "unreadable_characters"


def test_notes_keep_their_lines_and_answers_their_words() -> None:
    assert read_note("a\r\nb").value == "a\nb"
    assert read_whole("無").value == "無"
    assert read_text("無").value is None


@given(st.text(max_size=40))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy(tidy(text)[0])[0]
    assert tidy(once)[0] == once


@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(text: str) -> None:
    for read in (
        read_yes_no,
        read_gender,
        read_user_id,
        read_email,
        read_key,
        read_text,
        read_note,
        read_whole,
    ):
        outcome = read(text)
        assert outcome.value is None or outcome.problem in (None, "second_email")
        assert outcome.value != ""
    value = read_tags(text, ",、;|\n／").value
    assert value is None or all(name.strip() == name and name for name in value)


def test_most_texts_are_tidied_by_one_look_with_the_same_result() -> None:
    for char in map(chr, [*range(0x3100), *range(0xFDD0, 0x10000)]):
        for text in (char, f"A{char}", f"{char}A", f"甲{char}乙", f"={char}"):
            assert tidy(text) == texts._unwrapped(text)
            assert squash(text) == texts._folded_width(text)
