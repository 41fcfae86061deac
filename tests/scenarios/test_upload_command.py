"""The command ``upload`` keeps an audience in step, as the button does: never a second list of the same people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.simulator.simulator import Simulator
from tests.scenarios.shop_by_commands import Shop
from tests.scenarios.upload_world import user_id

NAME = "熟客"


@pytest.fixture
def line() -> Iterator[Simulator]:
    with Simulator() as simulator:
        simulator.configure(processing_polls=0)
        yield simulator


class ConnectedShop(Shop):
    """A shop whose commands are given the token each time, for each takes it out of its environment."""

    line: Simulator
    patch: pytest.MonkeyPatch

    def run(self, *words: str) -> dict[str, Any]:
        self.patch.setenv("TAGLINE_LINE_TOKEN", self.line.token)
        self.patch.setenv("TAGLINE_LINE_API", self.line.url)
        self.patch.setenv("TAGLINE_LINE_API_DATA", self.line.url)
        return super().run(*words)


@pytest.fixture
def shop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: Simulator
) -> Shop:
    made = ConnectedShop(tmp_path, capsys)
    made.line, made.patch = line, monkeypatch
    made.take("會員編號,LINE UID\n" + "".join(f"M{n},{user_id(n)}\n" for n in range(1, 7)))
    made.run("tag", NAME, "-member_no:M6")
    made.run("audience", "save", NAME, f"tag:{NAME}")
    return made


def at_line(line: Simulator) -> dict[str, frozenset[str]]:
    assert len({one.description for one in line.audiences()}) == len(line.audiences())
    return {one.description: line.ids_of(one.id) for one in line.audiences()}


def people(*numbers: int) -> frozenset[str]:
    return frozenset(map(user_id, numbers))


def test_the_same_people_are_not_uploaded_twice(shop: Shop, line: Simulator) -> None:
    first = shop.run("upload", NAME, "--wait")
    assert shop.run("upload", NAME, "--wait") == first
    assert at_line(line) == {NAME: people(1, 2, 3, 4, 5)}


def test_who_joined_is_added(shop: Shop, line: Simulator) -> None:
    first = shop.run("upload", NAME, "--wait")
    shop.run("tag", NAME, "member_no:M6")
    second = shop.run("upload", NAME, "--wait")
    assert (second["audience_group_id"], second["ids"]) == (first["audience_group_id"], 6)
    assert at_line(line) == {NAME: people(1, 2, 3, 4, 5, 6)}
    assert shop.run("upload", NAME) == second


def test_where_somebody_left_it_is_replaced(shop: Shop, line: Simulator) -> None:
    shop.run("upload", NAME, "--wait")
    shop.run("untag", NAME, "member_no:M1")
    assert shop.run("upload", NAME, "--wait")["ids"] == 4
    found = at_line(line)
    assert found.pop(NAME) == people(2, 3, 4, 5)
    assert list(found.values()) == [people(1, 2, 3, 4, 5)]


def test_what_somebody_deleted_there_is_made_anew(shop: Shop, line: Simulator) -> None:
    first = shop.run("upload", NAME, "--wait")
    line.delete_audience(first["audience_group_id"])
    assert shop.run("upload", NAME, "--wait")["ids"] == 5
    assert at_line(line) == {NAME: people(1, 2, 3, 4, 5)}
