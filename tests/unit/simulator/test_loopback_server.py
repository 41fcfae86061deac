"""The HTTP side: keep-alive, headers, unreadable requests, web pages kept out, the log, and a clean end."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import uuid
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import requests

from desktop.simulator import Simulator
from desktop.simulator.calls import account
from tests.guards.logs import ExpectedLogs
from tests.unit.simulator.shop import UPLOAD, Shop, user_ids

INFO = "/v2/bot/info"


def raw(line: Simulator, request: bytes) -> bytes:
    """Everything the server answers to these bytes before it ends the connection."""
    with socket.create_connection(("127.0.0.1", line.port), timeout=20) as connection:
        connection.sendall(request)
        received = b""
        while piece := connection.recv(65_536):
            received += piece
        return received


def test_one_connection_serves_many_requests(line: Simulator) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=20)
    headers = {"Authorization": f"Bearer {line.token}"}
    connection.connect()
    own_port = connection.sock.getsockname()[1]
    for _ in range(5):
        connection.request("GET", INFO, headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.version == 11
        assert connection.sock.getsockname()[1] == own_port
    connection.close()


def test_every_answer_carries_its_own_request_id_and_lines_time(line: Simulator, shop: Shop) -> None:
    line.advance(86_400)
    answers = [shop.call("GET", path) for path in (INFO, "/nowhere", "/v2/bot/audienceGroup/1")]
    ids = [answer.headers["X-Line-Request-Id"] for answer in answers]
    assert len({uuid.UUID(one) for one in ids}) == 3
    assert [one.request_id for one in line.requests] == ids
    date = parsedate_to_datetime(answers[0].headers["Date"]).timestamp()
    assert abs(date - line.state.clock.now()) < 3600


def test_unknown_paths_and_methods(shop: Shop) -> None:
    assert shop.call("GET", "/v2/bot/nothing").status_code == 404
    assert shop.call("DELETE", INFO).status_code == 405
    assert shop.call("GET", f"{INFO}/more").status_code == 404


@pytest.mark.parametrize(
    "head",
    [
        b"POST /v2/bot/audienceGroup/upload HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /v2/bot/audienceGroup/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ids=["no length", "chunked"],
)
def test_a_body_of_unknown_length_is_411(line: Simulator, head: bytes) -> None:
    with socket.create_connection(("127.0.0.1", line.port), timeout=20) as connection:
        connection.sendall(head)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 411 ")


@pytest.mark.parametrize(("length", "status"), [(b"x", b"400"), (b"-5", b"400"), (b"999999999999", b"413")])
def test_impossible_lengths_are_refused(line: Simulator, length: bytes, status: bytes) -> None:
    head = b"POST /v2/bot/audienceGroup/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + length
    with socket.create_connection(("127.0.0.1", line.port), timeout=20) as connection:
        connection.sendall(head + b"\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 " + status)


def test_a_client_that_leaves_in_mid_request_changes_nothing(line: Simulator, shop: Shop) -> None:
    head = b"POST /v2/bot/audienceGroup/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{"
    with socket.create_connection(("127.0.0.1", line.port), timeout=20) as connection:
        connection.sendall(head)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65_536) == b""
    assert line.requests == ()
    assert line.audiences() == []


@pytest.mark.parametrize("header", ["Origin: https://evil.example", "Host: evil.example"])
def test_web_pages_are_kept_out(line: Simulator, header: str) -> None:
    host = "" if header.startswith("Host") else "Host: 127.0.0.1\r\n"
    for path in (INFO, "/__simulator__/"):
        answer = raw(line, f"GET {path} HTTP/1.1\r\n{host}{header}\r\nConnection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 403 ")
        assert line.token.encode() not in answer


def test_a_taken_port_is_an_os_error(line: Simulator) -> None:
    with pytest.raises(OSError, match=r"\d+"):
        Simulator(port=line.port)


def test_a_port_can_be_used_again_after_closing() -> None:
    with Simulator() as first:
        port = first.port
        requests.get(f"{first.url}{INFO}", timeout=20)
    with Simulator(port=port) as second:
        assert requests.get(f"{second.url}{INFO}", timeout=20).status_code == 401


def test_closing_ends_idle_connections_and_every_thread() -> None:
    before = set(threading.enumerate())
    simulator = Simulator().start()
    idle = [socket.create_connection(("127.0.0.1", simulator.port), timeout=20) for _ in range(3)]
    kept_alive = http.client.HTTPConnection("127.0.0.1", simulator.port, timeout=20)
    kept_alive.request("GET", INFO)
    kept_alive.getresponse().read()
    simulator.close()
    simulator.close()
    assert set(threading.enumerate()) == before
    for connection in idle:
        with connection:
            assert connection.recv(1) == b""
    kept_alive.close()
    with pytest.raises(requests.ConnectionError):
        requests.get(simulator.url, timeout=20)


def test_a_simulator_that_never_started_closes_too(tmp_path: Path) -> None:
    simulator = Simulator()
    port = simulator.port
    simulator.close()
    with pytest.raises(FileNotFoundError):
        Simulator(port=port, journal=tmp_path / "missing" / "journal.jsonl")
    with Simulator(port=port) as again:
        assert again.port == port


def test_the_log_and_the_journal_hold_no_user_id_query_or_body(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    someone = user_ids(1)[0]
    with Simulator(journal=journal) as simulator:
        shop = Shop(simulator)
        shop.create("機密名單", [someone])
        shop.call("GET", f"/v2/bot/profile/{someone}")
        shop.listed(description="機密")
        shop.close()
        entries = [(one.method, one.path, one.status) for one in simulator.requests]
    assert entries == [
        ("POST", UPLOAD, 202),
        ("GET", "/v2/bot/profile/{userId}", 404),
        ("GET", "/v2/bot/audienceGroup/list", 200),
    ]
    text = journal.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(one["method"], one["path"], one["status"]) for one in lines] == entries
    assert someone not in text
    assert "機密" not in text
    assert simulator.token not in text


def test_a_bug_of_the_simulator_is_a_500_and_is_logged(
    line: Simulator, shop: Shop, expected_logs: ExpectedLogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "_day", lambda *_: 1 / 0)
    expected_logs.expect("the simulator failed to answer GET /v2/bot/insight/followers")
    assert shop.call("GET", "/v2/bot/insight/followers").status_code == 500
