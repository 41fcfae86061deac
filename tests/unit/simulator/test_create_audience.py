"""Creating audiences by JSON and by file: what LINE answers, and what it refuses with which code."""

from __future__ import annotations

import pytest

from desktop.core.limits import AUDIENCE, REQUEST
from desktop.simulator import Simulator
from tests.unit.simulator.shop import BY_FILE, UPLOAD, Shop, code, user_ids

PATHS = ["json", "file"]


def create(shop: Shop, how: str, name: str, ids: list[str], **fields: str):
    if how == "json":
        return shop.create(name, ids, **fields)
    return shop.send_file("POST", "\n".join(ids).encode(), description=name, **fields)


@pytest.mark.parametrize("how", PATHS)
def test_a_new_audience_is_accepted_and_holds_exactly_its_ids(line: Simulator, shop: Shop, how: str) -> None:
    ids = user_ids(30)
    answer = create(shop, how, "熟客 2026", ids)
    body = answer.json()
    assert answer.status_code == 202
    assert body["createRoute"] == "MESSAGING_API"
    assert body["type"] == "UPLOAD"
    assert body["description"] == "熟客 2026"
    assert body["permission"] == "READ_WRITE"
    assert body["isIfaAudience"] is False
    assert body["expireTimestamp"] - body["created"] == 15_552_000
    assert line.ids_of(body["audienceGroupId"]) == set(ids)


@pytest.mark.parametrize("how", PATHS)
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "AUDIENCE_GROUP_NAME_EMPTY"),
        ("   ", "AUDIENCE_GROUP_NAME_EMPTY"),
        ("\u3000", "AUDIENCE_GROUP_NAME_EMPTY"),
        ("熟客\n名單", "AUDIENCE_GROUP_NAME_WRONG"),
        ("tab\there", "AUDIENCE_GROUP_NAME_WRONG"),
        ("字" * 121, "AUDIENCE_GROUP_NAME_SIZE_OVER"),
        ("🍎" * 61, "AUDIENCE_GROUP_NAME_SIZE_OVER"),
    ],
)
def test_a_bad_name_is_refused(line: Simulator, shop: Shop, how: str, name: str, expected: str) -> None:
    answer = create(shop, how, name, user_ids(1))
    assert (answer.status_code, code(answer)) == (400, expected)
    assert line.audiences() == []


@pytest.mark.parametrize("how", PATHS)
@pytest.mark.parametrize("name", ["字" * 120, "🍎" * 60, " x "])
def test_a_name_of_exactly_the_limit_is_taken(shop: Shop, how: str, name: str) -> None:
    answer = create(shop, how, name, user_ids(1))
    assert (answer.status_code, answer.json()["description"]) == (202, name)


def test_a_missing_name_is_refused(shop: Shop) -> None:
    answer = shop.call("POST", UPLOAD, json={"audiences": [{"id": user_ids(1)[0]}]})
    assert (answer.status_code, code(answer)) == (400, "AUDIENCE_GROUP_NAME_EMPTY")


@pytest.mark.parametrize("how", PATHS)
@pytest.mark.parametrize(
    "bad",
    [
        "u" + "0" * 32,
        "U" + "0" * 31,
        "U" + "0" * 33,
        "U" + "G" * 32,
        "U" + "A" * 32,
        " U" + "0" * 32,
        "@daydaycoffee",
    ],
)
def test_one_malformed_id_refuses_the_whole_batch(line: Simulator, shop: Shop, how: str, bad: str) -> None:
    answer = create(shop, how, "熟客", [*user_ids(5), bad, *user_ids(5, 10)])
    assert (answer.status_code, code(answer)) == (400, "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT")
    assert answer.json()["details"][0]["property"] == ("audiences" if how == "json" else "file")
    assert line.audiences() == []


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + user_ids(1)[0].encode(),
        b"userId\n" + user_ids(1)[0].encode(),
        "Ｕ".encode() + b"0" * 32,
    ],
    ids=["byte order mark", "header line", "full-width letter"],
)
def test_a_file_with_anything_but_ids_is_refused(shop: Shop, content: bytes) -> None:
    answer = shop.send_file("POST", content, description="熟客")
    assert (answer.status_code, code(answer)) == (400, "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_line_endings_of_a_file_do_not_matter(line: Simulator, shop: Shop, ending: str, last: bool) -> None:
    ids = user_ids(3)
    content = ending.join(ids) + (ending if last else "")
    answer = shop.send_file("POST", content.encode(), description="熟客")
    assert line.ids_of(answer.json()["audienceGroupId"]) == set(ids)


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_a_file_without_ids_is_refused(shop: Shop, content: bytes) -> None:
    answer = shop.send_file("POST", content, description="熟客")
    assert (answer.status_code, code(answer)) == (400, "UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS")


def test_an_id_that_is_no_text_is_refused(shop: Shop) -> None:
    for wrong in (None, 5, {"id": "U"}):
        answer = shop.create("熟客", [wrong])
        assert (answer.status_code, code(answer)) == (400, "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT")


def test_ten_thousand_ids_by_json_are_taken_and_one_more_is_not(line: Simulator, shop: Shop) -> None:
    full = shop.create("滿", user_ids(AUDIENCE.ids_per_json))
    over = shop.create("超過", user_ids(AUDIENCE.ids_per_json + 1))
    assert len(line.ids_of(full.json()["audienceGroupId"])) == 10_000
    assert (over.status_code, code(over)) == (400, "UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS")


def test_a_file_above_one_and_a_half_million_lines_is_refused(line: Simulator, shop: Shop) -> None:
    one = user_ids(1)[0].encode() + b"\n"
    answer = shop.send_file("POST", one * (AUDIENCE.ids_per_file + 1), description="超過")
    assert (answer.status_code, code(answer)) == (400, "UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS")
    assert line.audiences() == []


def test_a_full_file_of_duplicates_counts_each_id_once(line: Simulator, shop: Shop) -> None:
    one = user_ids(1)[0].encode() + b"\n"
    answer = shop.send_file("POST", one * AUDIENCE.ids_per_file, description="重複")
    assert answer.status_code == 202
    assert line.ids_of(answer.json()["audienceGroupId"]) == set(user_ids(1))


def test_json_over_two_megabytes_is_refused_before_it_is_read(shop: Shop) -> None:
    at_limit = b'{"description":"x"}'.ljust(REQUEST.json_body_bytes)
    headers = {"Content-Type": "application/json"}
    assert shop.call("POST", UPLOAD, data=at_limit, headers=headers).status_code == 202
    assert shop.call("POST", UPLOAD, data=at_limit + b" ", headers=headers).status_code == 413


@pytest.mark.parametrize("fields", [{}, {"audiences": []}, {"audiences": None}])
def test_an_empty_audience_is_made_and_never_becomes_ready(shop: Shop, fields: dict[str, object]) -> None:
    answer = shop.call("POST", UPLOAD, json={"description": "空", **fields})
    assert answer.status_code == 202
    looks = [shop.get(answer.json()["audienceGroupId"]) for _ in range(6)]
    assert {look["audienceGroup"]["status"] for look in looks} == {"IN_PROGRESS"}
    assert looks[-1]["jobs"] == []


@pytest.mark.parametrize("how", PATHS)
def test_the_upload_description_names_the_job(shop: Shop, how: str) -> None:
    answer = create(shop, how, "熟客", user_ids(1), uploadDescription="op-17-0")
    shown = shop.get(answer.json()["audienceGroupId"])
    assert [job["description"] for job in shown["jobs"]] == ["op-17-0"]
    over = create(shop, how, "熟客", user_ids(1), uploadDescription="x" * 301)
    assert (over.status_code, code(over)) == (400, "AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER")


def test_users_who_never_agreed_are_left_out_without_a_word(line: Simulator, shop: Shop) -> None:
    ids = user_ids(4)
    line.configure(not_agreed={ids[0]})
    line.seed(
        {ids[1]: {"display_name": "小美", "agreed": False}, ids[2]: {"display_name": "阿明", "blocked": True}}
    )
    audience = shop.created("熟客", ids)
    # Who blocked the account, or never was a friend, is added all the same.
    assert line.ids_of(audience) == set(ids[2:])


@pytest.mark.parametrize("kind", ["text/csv", "application/octet-stream", ""])
def test_a_file_part_that_is_not_plain_text_earns_415(shop: Shop, kind: str) -> None:
    assert shop.send_file("POST", user_ids(1)[0].encode(), kind, description="熟客").status_code == 415


def test_wrong_content_types_of_the_request_earn_415(shop: Shop) -> None:
    assert shop.call("POST", UPLOAD, data="{}", headers={"Content-Type": "text/plain"}).status_code == 415
    assert shop.call("POST", BY_FILE, json={"description": "x"}).status_code == 415


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(shop: Shop, body: bytes) -> None:
    answer = shop.call("POST", UPLOAD, data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "fields",
    [{"description": 7}, {"isIfaAudience": "yes"}, {"audiences": "U"}, {"uploadDescription": 7}],
)
def test_fields_of_the_wrong_type_are_refused(line: Simulator, shop: Shop, fields: dict[str, object]) -> None:
    answer = shop.call("POST", UPLOAD, json={"description": "熟客", **fields})
    assert answer.status_code == 400
    assert line.audiences() == []


def test_a_form_needs_exactly_one_file(shop: Shop) -> None:
    part = ("ids.txt", user_ids(1)[0], "text/plain")
    assert shop.call("POST", BY_FILE, files=[("description", (None, "x"))]).status_code == 400
    assert shop.call("POST", BY_FILE, files=[("file", part), ("file", part)]).status_code == 400


def test_a_thousand_audiences_are_the_most(line: Simulator, shop: Shop) -> None:
    for number in range(AUDIENCE.audiences_per_channel):
        line.state.create(f"名單 {number}")
    line.add_foreign_audience("後台的不算在這個頻道裡")
    answer = shop.create("再一個", user_ids(1))
    assert (answer.status_code, code(answer)) == (400, "AUDIENCE_GROUP_COUNT_MAX_OVER")


def test_equal_names_are_refused_only_if_the_switch_says_so(line: Simulator, shop: Shop) -> None:
    assert shop.create("Vip 熟客", user_ids(1)).status_code == 202
    assert shop.create("VIP 熟客", user_ids(1)).status_code == 202
    line.configure(refuse_duplicate_names=True)
    answer = shop.create("vip 熟客", user_ids(1))
    assert (answer.status_code, code(answer)) == (400, "AUDIENCE_GROUP_NAME_WRONG")


def test_the_retry_key_is_not_for_audiences(line: Simulator, shop: Shop) -> None:
    headers = {"X-Line-Retry-Key": "123e4567-e89b-12d3-a456-426614174000"}
    answer = shop.call("POST", UPLOAD, json={"description": "熟客"}, headers=headers)
    assert answer.status_code == 400
    assert line.audiences() == []


def test_an_audience_of_advertising_ids_takes_no_user_ids(line: Simulator, shop: Shop) -> None:
    advertising = "123e4567-e89b-12d3-a456-426614174000"
    audience = shop.create("IFA", [advertising], isIfaAudience=True).json()["audienceGroupId"]
    assert line.ids_of(audience) == {advertising}
    answer = shop.add(audience, user_ids(1))
    assert (answer.status_code, code(answer)) == (400, "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT")
