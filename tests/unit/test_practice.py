"""LINE for a practice shop: the sample shop's account on this computer, and nothing beyond it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desktop.line_api.account import account, friend_figures, quota
from desktop.line_api.audience_groups import create_from_json
from desktop.line_api.friends import follower_ids
from desktop.practice import PracticeLine
from tests.scenarios.upload_world import user_id


def test_the_sample_shops_account(tmp_path: Path) -> None:
    with PracticeLine.start(tmp_path / "練習.tagline") as line:
        client = line.client()
        assert client.local
        assert account(client).name == "日日咖啡"
        assert quota(client).left == 3_000 - 786
        figures = friend_figures(client, datetime.now(UTC))
        assert figures is not None
        assert (figures.followers, figures.blocks) == (6_020, 790)
        assert sum(len(page) for page in follower_ids(client)) == 5_230
        client.close()


def test_its_state_lies_beside_the_shop_and_outlives_it(tmp_path: Path) -> None:
    with PracticeLine.start(tmp_path / "練習.tagline") as line:
        made = create_from_json(line.client(), "熟客", "op-0", [user_id(1)])
        assert line.ids_of(made.id) == {user_id(1)}
    assert [one.name for one in tmp_path.iterdir()] == ["練習.line"]
    with PracticeLine.start(tmp_path / "練習.tagline") as again:
        assert again.ids_of(made.id) == {user_id(1)}
        assert account(again.client()).name == "日日咖啡"
