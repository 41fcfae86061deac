"""Each fault as a client meets it, and what LINE did or did not do meanwhile."""

from __future__ import annotations

import http.client

import pytest
import requests

from desktop.simulator import Fault, Simulator
from tests.unit.simulator.shop import UPLOAD, Shop, user_ids

INFO = "/v2/bot/info"


def test_cut_before_processing_leaves_no_trace(line: Simulator, shop: Shop) -> None:
    line.faults.add("cut_before", path="/upload$")
    with pytest.raises(requests.ConnectionError):
        shop.create("熟客", user_ids(1))
    assert line.audiences() == []
    assert (line.requests[-1].status, line.requests[-1].processed) == (None, False)
    assert shop.create("熟客", user_ids(1)).status_code == 202


def test_cut_after_processing_loses_only_the_answer(line: Simulator, shop: Shop) -> None:
    line.faults.add("cut_after", path="/upload$")
    with pytest.raises(requests.ConnectionError):
        shop.create("熟客", user_ids(3))
    assert [(one.description, one.ids) for one in line.audiences()] == [("熟客", 3)]
    assert (line.requests[-1].status, line.requests[-1].processed) == (None, True)


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_status_comes_as_often_as_asked(line: Simulator, shop: Shop, status: int) -> None:
    line.faults.add("status", status=status, count=2)
    answers = [shop.call("GET", INFO) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert set(answers[0].json()) == {"message"}
    assert "X-Line-Request-Id" in answers[0].headers


@pytest.mark.parametrize(("after", "made"), [(False, 0), (True, 1)])
def test_a_500_may_hide_that_line_did_it(line: Simulator, shop: Shop, after: bool, made: int) -> None:
    line.faults.add("status", status=500, after_processing=after)
    assert shop.create("熟客", user_ids(1)).status_code == 500
    assert len(line.audiences()) == made


def test_a_captive_portal_answers_200_with_a_page(line: Simulator, shop: Shop) -> None:
    line.faults.add("captive_portal")
    answer = shop.create("熟客", user_ids(1))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.text.startswith("<!DOCTYPE html>")
    assert "X-Line-Request-Id" not in answer.headers
    assert line.audiences() == []


def test_a_redirect_points_to_another_host(line: Simulator, shop: Shop) -> None:
    line.faults.add("redirect", location="https://elsewhere.example/")
    answer = shop.call("GET", INFO)
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://elsewhere.example/")


def test_truncated_json_cannot_be_read(line: Simulator, shop: Shop) -> None:
    line.faults.add("truncated_json")
    answer = shop.create("熟客", user_ids(1))
    assert answer.status_code == 202
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert len(line.audiences()) == 1


def test_a_wrong_content_type(line: Simulator, shop: Shop) -> None:
    line.faults.add("wrong_content_type")
    assert shop.call("GET", INFO).headers["Content-Type"] == "text/html; charset=utf-8"


def test_gzip_garbage_cannot_be_unpacked(line: Simulator, shop: Shop) -> None:
    line.faults.add("gzip_garbage")
    with pytest.raises(requests.exceptions.ContentDecodingError):
        shop.call("GET", INFO)


def test_a_body_that_ends_too_soon(line: Simulator, shop: Shop) -> None:
    line.faults.add("cut_midway")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        shop.create("熟客", user_ids(1))
    assert len(line.audiences()) == 1


def test_what_line_may_add_one_day(line: Simulator, shop: Shop) -> None:
    audience = shop.created("熟客", user_ids(1))
    line.faults.add("unfamiliar_json")
    shown = shop.get(audience)["audienceGroup"]
    assert (shown["createRoute"], shown["type"]) == ("SOMETHING_NEW", "SOMETHING_NEW")
    assert shown["addedLater"] == {"anything": [1, None]}
    assert shown["audienceGroupId"] == audience


@pytest.mark.parametrize(("after", "made"), [(False, 0), (True, 1)])
def test_latency_outlasts_a_clients_patience(line: Simulator, shop: Shop, after: bool, made: int) -> None:
    line.faults.add("latency", seconds=3600, after_processing=after)
    with pytest.raises(requests.ReadTimeout):
        shop.call("POST", UPLOAD, json={"description": "熟客"}, timeout=(5, 0.3))
    assert len(line.audiences()) == made


def test_latency_goes_along_with_another_fault(line: Simulator, shop: Shop) -> None:
    line.faults.add("latency", seconds=0.001, count=None)
    line.faults.add("status", status=503)
    assert [shop.call("GET", INFO).status_code for _ in range(2)] == [503, 200]
    assert line.requests[0].faults == ("latency", "status")


def test_slow_bytes_arrive_one_by_one(line: Simulator, shop: Shop) -> None:
    line.faults.add("slow", bytes_per_second=100_000)
    assert shop.call("GET", INFO).json()["displayName"] == "日日咖啡"
    line.faults.add("slow", bytes_per_second=0.001)
    with pytest.raises(requests.ConnectionError):
        shop.call("GET", INFO, timeout=(5, 0.3))


def test_close_does_not_wait_for_slow_answers(line: Simulator) -> None:
    line.faults.add("latency", seconds=3600)
    connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=20)
    connection.request("GET", INFO)
    line.close()
    with pytest.raises(OSError):  # noqa: PT011 - reset or closed, as the system likes
        connection.getresponse()
    connection.close()


def test_faults_befall_only_what_they_are_meant_for(line: Simulator, shop: Shop) -> None:
    line.faults.add("status", method="PUT", path="/upload$", skip=1, count=1, status=500)
    audience = shop.created("熟客", user_ids(1))
    statuses = [shop.add(audience, user_ids(1, number)).status_code for number in range(3)]
    assert statuses == [202, 500, 202]
    assert line.faults.active() == []


def test_a_fault_without_count_lasts_until_it_is_cleared(line: Simulator, shop: Shop) -> None:
    line.faults.add("status", count=None)
    assert {shop.call("GET", INFO).status_code for _ in range(5)} == {500}
    line.faults.clear()
    assert shop.call("GET", INFO).status_code == 200


def test_of_two_faults_the_one_set_first_comes_first(line: Simulator, shop: Shop) -> None:
    line.faults.add("status", status=500)
    line.faults.add("status", status=503)
    assert [shop.call("GET", INFO).status_code for _ in range(3)] == [500, 503, 200]


@pytest.mark.parametrize(
    ("kind", "limits"), [("gremlins", {}), ("status", {"colour": "red"}), ("status", {"path": "("})]
)
def test_unknown_faults_are_refused(line: Simulator, kind: str, limits: dict) -> None:
    with pytest.raises(ValueError, match=r"unknown|broken"):
        line.faults.add(kind, **limits)


def test_a_fault_says_when_it_happens() -> None:
    assert Fault("status").is_before
    assert not Fault("status", after_processing=True).is_before
    assert not Fault("cut_after").is_before
