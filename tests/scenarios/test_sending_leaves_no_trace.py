"""After a day of sending and reading — tests to oneself, cuts, refusals, results — the log holds no token, user ID, phone, name nor
message, and no file beside the shop a token."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.log import start_logging, stop_logging
from desktop.operations.line import sending, syncing
from tests.guards.logs import ExpectedLogs
from tests.scenarios.send_world import PEOPLE, send_world
from tests.scenarios.upload_world import user_id

SECRET_TEXT = "只給熟客的優惠碼 A7788"


def test_a_day_of_sending(tmp_path: Path, expected_logs: ExpectedLogs) -> None:
    expected_logs.allow("a fault")
    (tmp_path / "logs").mkdir()
    (tmp_path / "shop").mkdir()
    handler = start_logging(tmp_path / "logs", logging.DEBUG)
    try:
        with send_world(tmp_path / "shop") as world:
            line = world.simulator
            me = world.db.insert(
                "INSERT INTO person (name, line_user_id, phone, orders, total) VALUES ('陳美玲', ?, '+886912345678', 0, 0)",
                (user_id(3),),
            )
            wanted = [sending.text_message(SECRET_TEXT)]
            sending.send_test(world.client(), world.in_database, wanted, me)
            line.configure(foreign_ids={user_id(3)})
            try:
                sending.send_test(world.client(), world.in_database, wanted, me)
            except UserError:
                logging.getLogger("desktop").exception("a fault")
            line.configure(foreign_ids=set())
            for kind in ("cut_after", "truncated_json", "captive_portal"):
                line.faults.add(kind, path="/message/narrowcast$")
                pressed = sending.press(world.db, sending.draft(world.db, 1, wanted).send.id, PEOPLE).send
                assert world.insist(pressed.id).state == "sent"
            line.faults.add("status", path="/validate/narrowcast$", status=400)
            with pytest.raises(UserError):
                sending.validate(world.client(), wanted)
            syncing.sync(world.client(), world.in_database)
            world.shop.close()
            in_files = [one.read_bytes() for one in (tmp_path / "shop").iterdir()]
    finally:
        stop_logging(handler)
    text = (tmp_path / "logs" / "tagline.log").read_text(encoding="utf-8")
    assert text.count("POST /v2/bot/message/narrowcast ") >= 6
    assert "POST /v2/bot/message/push 200" in text
    assert line.token not in text
    assert not [one for one in in_files if line.token.encode() in one]
    assert not [number for number in range(1, PEOPLE + 1) if user_id(number) in text]
    for nobodys in ("陳美玲", "912345678", "熟客", "A7788", line.state.account.user_id):
        assert nobodys not in text, nobodys
