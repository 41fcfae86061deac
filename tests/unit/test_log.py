"""No secret and no member's data ever reaches a log file, whoever logs it and however."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import log
from desktop.log import FILE_NAME, masked, never_show, start_logging, stop_logging
from tests.guards.logs import ExpectedLogs

TOKEN = "eyJhbGciOiJIUzI1NiJ9.UnB9n_1a+/kq" + "aZ09+/" * 25 + "="
CHANNEL_SECRET = "9f86d081884c7d659a2feaa0c55ad015"
PRIVATE = [
    f"Bearer {TOKEN}",
    f"Authorization: bearer {TOKEN}",
    TOKEN,
    CHANNEL_SECRET,
    f"client_secret={CHANNEL_SECRET}&client_id=1",
    '{"access_token": "short-one", "expires_in": 900}',
    "U8189cf6745fc0d808977bdb0b9f22995",
    "u8189CF6745FC0D808977BDB0B9F22995",
    "0912345678",
    "0912-345-678",
    "+886 912 345 678",
    "+886912345678",
    "886912345678",
    "912345678",
    "(02)2345-6789",
    "０９１２３４５６７８",
    "+81-90-1234-5678",
    "mei.ling+vip@example.com.tw",
    "美玲@example.tw",
]
GONE = [
    TOKEN, CHANNEL_SECRET, "short-one", "8189cf6745", "8189CF6745", "912345678", "912-345", "912 345", "2345-6789",
    "１２３４", "90-1234", "mei.ling", "example",
]  # fmt: skip


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Path]:
    handler = start_logging(tmp_path, logging.DEBUG)
    yield tmp_path / FILE_NAME
    stop_logging(handler)


@pytest.fixture(autouse=True)
def _known_secret() -> None:
    never_show(CHANNEL_SECRET)


def test_secrets_pushed_through_every_logger(logged: Path, expected_logs: ExpectedLogs) -> None:
    expected_logs.allow("")
    names = [
        "",
        "tagline",
        "tagline.line",
        "desktop.line_api",
        "urllib3",
        "urllib3.connectionpool",
        "requests",
        "keyring",
        "x.y",
    ]
    for private in PRIVATE:
        for name in names:
            logger = logging.getLogger(name)
            logger.debug(private)
            logger.info("sent %s to %r", private, {"to": private})
            logger.warning("list %s", [private])
            logger.error("with stack %s", private, stack_info=True)
            try:
                raise ValueError(private)
            except ValueError as error:
                logger.exception("failed: %s", error)
    files = logged.parent.glob(f"{logged.name}*")
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    assert text.count("\n") > 1_000
    assert [one for one in GONE if one in text] == []


@given(st.uuids())
def test_request_ids_stay_whole(made: uuid.UUID) -> None:
    line = f"{made} GET /v2/bot/audienceGroup/list 200"
    assert masked(line) == line


@pytest.mark.parametrize(
    "line",
    [
        "00000912-3456-7890-9123-456789012345 POST /v2/bot/audienceGroup/upload 202",
        "09123456-0912-0912-0912-091234567890 GET /v2/bot/info 200",
        "opened 日日咖啡.tagline, schema 1, 5214 people, 3486 bound",
        "- GET /v2/bot/audienceGroup/{audienceGroupId} timeout",
        "audience 4389303728991 is ready with 3486 IDs",
        "backup 2026-11-20T101500.tagline, 12345678 bytes, verified in 0.45 s",
        "import of 5214 rows: 5000 new, 200 updated, 14 skipped",
    ],
)
def test_what_a_fault_report_needs_stays(line: str) -> None:
    assert masked(line) == line


def test_a_line_has_time_level_and_name(logged: Path) -> None:
    logging.getLogger("tagline.line").info("%s %s %s %s", "r-1", "GET", "/v2/bot/info", "200")
    line = logged.read_text(encoding="utf-8").splitlines()[-1]
    time, level, name, *rest = line.split(" ")
    assert (level, name, rest) == ("INFO", "tagline.line:", ["r-1", "GET", "/v2/bot/info", "200"])
    assert len(time) == len("2026-11-20T10:15:00.123")


def test_chatter_of_libraries_is_left_out(logged: Path) -> None:
    logging.getLogger("urllib3.connectionpool").debug("GET /v2/bot/audienceGroup/list?description=熟客 200")
    assert "熟客" not in logged.read_text(encoding="utf-8")


def test_files_rotate_and_old_ones_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 2_000)
    handler = start_logging(tmp_path)
    for number in range(500):
        logging.getLogger("tagline").info("line %s", number)
    stop_logging(handler)
    assert len(list(tmp_path.iterdir())) == log.FILES_KEPT + 1
    assert "line 499" in (tmp_path / FILE_NAME).read_text(encoding="utf-8")


def test_a_file_another_process_holds_grows_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 500)

    def held(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr("os.rename", held)
    handler = start_logging(tmp_path)
    for number in range(50):
        logging.getLogger("tagline").info("line %s", number)
    stop_logging(handler)
    text = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert all(f"line {number}" in text for number in range(50))


def test_half_characters_do_not_stop_the_log(tmp_path: Path) -> None:
    handler = start_logging(tmp_path)
    # Straight to the handler: pytest collects what goes through a logger, and cannot pass half a character on.
    handler.handle(
        logging.makeLogRecord({"name": "tagline", "msg": "half \ud800 of one", "levelname": "INFO"})
    )
    stop_logging(handler)
    assert "of one" in (tmp_path / FILE_NAME).read_text(encoding="utf-8")
