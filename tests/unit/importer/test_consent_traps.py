"""Columns that ask for consent, tell of a refusal or of a block in every way people ask: a refusal never becomes consent, and
what nobody can be sure of says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importer.values.consents import read_blocked, read_consent, read_refusal, read_stop
from tests.unit.importer.reading import USER_ID, clean, write


def told(tmp_path: Path, name: str, cells: list[str], **answers: Any) -> tuple[str, list[Any]]:
    """The field of a column of this name, and what its cells become."""
    lines = [f"姓名,手機,{name}"] + [f"王小{n},09123456{n:02},{cell}" for n, cell in enumerate(cells)]
    read = clean(write(tmp_path, "a.csv", "\n".join(lines) + "\n"), **answers)
    field = read.recipe.columns[2].field
    return field, read.column(field) if field not in ("extra", "ignore") else []


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("要不要收訊息", "要", "不要"), ("願不願意收到優惠", "願意", "不願意"), ("接不接受推播", "接受", "不接受"), ("可不可以傳優惠", "可以", "不可以"),
        ("可否傳訊息", "可", "不可"), ("可否推播", "是", "否"), ("同意/不同意行銷訊息", "同意", "不同意"), ("同意不同意接收課程資訊", "V", "不同意"),
        ("LINE 推播", "開", "關"), ("LINE訊息", "收", "拒收"), ("接收訊息", "接收", "拒收"), ("願意收到訊息", "好", "不用了"), ("要推播嗎", "要", "暫不"),
        ("Marketing Consent", "granted", "withdrawn"), ("Opt-In Status", "opted in", "opted out"), ("LINE Opt-in", "Y", "N"), ("LINE配信", "配信中", "停止中"),
        ("LINE配信可否", "可", "不可"), ("お知らせ希望", "希望する", "希望しない"), ("受信許可", "許可", "拒否"),
    ],
)  # fmt: skip
def test_a_question_for_consent(tmp_path: Path, name: str, yes: str, no: str) -> None:
    assert told(tmp_path, name, [yes, no, "", no]) == ("consent", [True, False, None, False])


@pytest.mark.parametrize(
    "name",
    "是否不接收行銷訊息|是否拒收|是否取消訂閱|不同意行銷|不收訊息|不要通知|不想收廣告|拒絕接收活動訊息|No marketing|Opted Out|hasOptedOut|marketing_opt_out|"
    "OptOutFlag|Opted Out of Marketing|Unsubscribed|配信不要|案内不要|メール不可|Email Opt Out|newsletter_optout".split(
        "|"
    ),
)
def test_a_refusal_refuses_and_its_no_says_nothing(tmp_path: Path, name: str) -> None:
    cells = ["Y", "N", "", "是", "否", "1", "0", "不要", "要"]
    assert told(tmp_path, name, cells) == (
        "consent",
        [False, None, None, False, None, False, None, False, None],
    )


@pytest.mark.parametrize(
    "name", ["請勿聯絡", "勿擾", "Do not contact", "Do Not Disturb", "配信停止", "不要發訊息", "DNC"]
)
def test_who_is_not_to_be_written_to(tmp_path: Path, name: str) -> None:
    cells = ["Y", "N", "", "停止", "不要", "要"]
    assert told(tmp_path, name, cells) == ("do_not_send", [True, False, None, True, True, True])


@pytest.mark.parametrize(
    "name",
    ["未拒收", "不取消訂閱", "不拒收訊息", "未退訂", "not unsubscribed", "Subscribed", "同意/不同意", "有無訂閱", "是否可聯絡", "Opt in / Opt out", "是否接收到貨通知"],
)  # fmt: skip
def test_what_nobody_can_be_sure_of_stays_beside(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, name, ["Y", "N", "", "Y"])[0] == "extra"


def test_the_owners_word_does_not_turn_a_refusal_round(tmp_path: Path) -> None:
    by_hand = {"拒收訊息": "consent"}
    assert told(tmp_path, "拒收訊息", ["是", "否"], fields=by_hand) == ("consent", [False, None])


def test_crosses_alone_are_ticks_in_a_refusal_and_noes_in_a_consent(tmp_path: Path) -> None:
    assert told(tmp_path, "拒收訊息", ["x", "", "", "X"]) == ("consent", [False, None, None, False])
    assert told(tmp_path, "拒收訊息", ["x", "o", "", "o"]) == ("consent", [None, False, None, False])
    assert told(tmp_path, "行銷同意", ["x", "", "", "X"]) == ("consent", [False, None, None, False])


def test_every_refusal_of_another_channel_is_heard(tmp_path: Path) -> None:
    text = "姓名,手機,拒收簡訊,拒收電子報\n王,0912345678,N,Y\n陳,0922333444,N,N\n林,0933444555,Y,N\n"
    assert clean(write(tmp_path, "a.csv", text)).column("consent") == [False, None, False]


REFUSALS = "不要 不願意 不同意 不接受 拒收 拒絕 退訂 取消訂閱 勿擾 unsubscribed opted-out refused declined never 受け取らない 希望しません 配信停止 受信拒否".split()


@given(st.sampled_from(REFUSALS), st.sampled_from(["", " ", "(", "/", "，我", ". "]), st.sampled_from(["", "line", "訊息", "，謝謝", ")"]))  # fmt: skip
def test_a_refusal_in_words_never_reads_as_consent(word: str, between: str, after: str) -> None:
    for read in (read_consent, read_refusal):
        assert read(word + between + after).value is not True
    assert read_stop(word).value is not False


@pytest.mark.parametrize(
    ("said", "blocked"),
    [
        ("following", False), ("followed", False), ("正常", False), ("好友", False), ("未封鎖", False), ("not blocked", False), ("active", False), ("ブロックなし", False), ("N", False),
        ("blocked", True), ("unfollowed", True), ("已封鎖", True), ("封鎖中", True), ("非好友", None), ("未加好友", None), ("ブロック中", True), ("已刪除", True), ("Y", True),
        ("同意", None), ("VIP", None), ("", None),
    ],
)  # fmt: skip
def test_states_of_friends(said: str, blocked: bool | None) -> None:
    assert read_blocked(said).value is blocked


def test_who_left_is_blocked_unless_she_came_back(tmp_path: Path) -> None:
    rows = [
        "following,2026-01-02 12:00:00,2025-12-01 10:00:00", ",2026-01-02 12:00:00,2025-12-01 10:00:00",
        ",2025-03-05 09:00:00,2026-04-04 10:00:00", "blocked,2025-03-05 09:00:00,", ",2025-03-05 09:00:00,",
    ]  # fmt: skip
    lines = ["userId,followStatus,followedAt,unfollowedAt"]
    lines += [f"{USER_ID[:-1]}{n},{row}" for n, row in enumerate(rows)]
    read = clean(write(tmp_path, "a.csv", "\n".join(lines)))
    assert read.recipe.mapping["unfollowedAt"] == "blocked"
    assert read.column("blocked") == [False, None, True, True, None]


def test_a_state_with_blocks_is_heard_only_beside_user_ids(tmp_path: Path) -> None:
    rows = "".join(
        f"{USER_ID[:-1]}{n},09123456{n:02},{word}\n" for n, word in enumerate(("active", "blocked"))
    )
    assert clean(write(tmp_path, "a.csv", f"uid,phone,status\n{rows}")).column("blocked") == [False, True]
    other = clean(write(tmp_path, "b.csv", f"name,phone,status\n{rows.replace(USER_ID[:-1], 'Amy ')}"))
    assert other.recipe.mapping["status"] == "extra"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("學員,教練", "學員"), ("教練,姓名欄", "姓名欄"), ("家長,寵物名", "家長"), ("緊急聯絡人,誰", "誰"), ("介紹人,大家叫他", "大家叫他"), ("Coach,Attendee", "Attendee"),
        ("担当,お客様", "お客様"), ("子どもの名前,保護者", "保護者"), ("收件人,登記的人", "登記的人"),
    ],
)  # fmt: skip
def test_whose_name_it_is(tmp_path: Path, header: str, name: str) -> None:
    text = f"{header},手機\n陳怡君,林大同,0912345678\n王小明,黃美美,0922333444\n李阿姨,吳先生,0933444555\n"
    mapping = clean(write(tmp_path, "a.csv", text)).recipe.mapping
    assert [column for column, field in mapping.items() if field == "name"] == [name]


@pytest.mark.parametrize("name", ["公司電話", "宅電", "Tel", "Work Phone", "辦公室電話"])
def test_the_only_number_is_taken(tmp_path: Path, name: str) -> None:
    text = f"姓名,{name}\n王小明,02-27661234\n陳美玲,02-27661235\n"
    assert clean(write(tmp_path, "a.csv", text)).recipe.mapping[name] == "phone"
    assert (
        clean(write(tmp_path, "b.csv", text.replace(name, "緊急聯絡電話"))).recipe.mapping["緊急聯絡電話"]
        == "extra"
    )


def test_of_two_numbers_alike_the_mobile_one_is_kept(tmp_path: Path) -> None:
    text = "姓名,電話1,電話2\n王小明,02-27661234,0912345678\n陳美玲,0922333444,02-27661235\n林,02-27661236,\n"
    assert clean(write(tmp_path, "a.csv", text)).column("phone") == [
        "+886912345678",
        "+886922333444",
        "+886227661236",
    ]
