"""After a whole day with LINE — connecting, reading friends, uploads that work and uploads that fail — neither the log nor any file
beside the shop holds a secret, and the log holds nobody's data."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.credentials import KeychainCredentials, LineSecret
from desktop.line_api.transport import LineHosts
from desktop.log import start_logging, stop_logging
from desktop.operations.line import connecting, friends, provider_check
from tests.guards.logs import ExpectedLogs
from tests.scenarios.upload_world import upload_world, user_id


def test_a_day_with_line(tmp_path: Path, expected_logs: ExpectedLogs) -> None:
    expected_logs.allow("a fault")
    (tmp_path / "logs").mkdir()
    (tmp_path / "shop").mkdir()
    handler = start_logging(tmp_path / "logs", logging.DEBUG)
    try:
        with upload_world(tmp_path / "shop") as world:
            line = world.simulator
            line.seed({user_id(number): {"display_name": f"陳美玲{number}"} for number in range(1, 20)})
            channel = LineSecret("", line.channel_id, line.channel_secret)
            hosts = LineHosts.on_this_computer(line.url)
            for secret in (LineSecret(token="wrong-token-of-another"), channel, LineSecret(token=line.token)):
                try:
                    connecting.connect(secret, KeychainCredentials(), world.in_database, hosts=hosts)
                except UserError:
                    logging.getLogger("desktop").exception("a fault with %r", secret)
            friends.read_friends(world.client(), world.in_database, datetime(2026, 11, 21))
            provider_check.check_sample(world.client(), world.in_database, datetime(2026, 11, 21))
            connecting.read_figures(world.client(), world.in_database)
            for kind in ("cut_after", "truncated_json", "captive_portal"):
                line.faults.add(kind, method="POST", path="/upload$")
                world.press(f"秘密名單 {kind}")
            assert {world.insist(upload).state for upload in (1, 2, 3)} == {"ready"}
            with pytest.raises(UserError):
                world.press("秘密名單", "tag:沒有人")
            world.shop.close()
            in_files = [one.read_bytes() for one in (tmp_path / "shop").iterdir()]
    finally:
        stop_logging(handler)
    text = (tmp_path / "logs" / "tagline.log").read_text(encoding="utf-8")
    assert text.count("POST /v2/bot/audienceGroup/upload ") >= 3
    assert "/v2/bot/profile/{userId} 200" in text
    for secret_text in (line.token, line.channel_secret, "wrong-token-of-another"):
        assert secret_text not in text
        assert not [one for one in in_files if secret_text.encode() in one]
    assert not [number for number in range(1, 20) if user_id(number) in text]
    assert "陳美玲" not in text
    assert "秘密名單" not in text
