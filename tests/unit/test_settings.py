"""The program's settings survive what happens to files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.settings import RECENT_SHOPS, Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "新 folder" / "settings.json"


def test_what_is_put_is_there_next_time(file: Path) -> None:
    Settings(file).put("language", "ja")
    assert Settings(file).language == "ja"
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_nothing_is_written_when_nothing_changes(file: Path) -> None:
    settings = Settings(file)
    settings.put("theme", "dark")
    before = file.stat().st_mtime_ns
    settings.put("theme", "dark")
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("content", [b"{half", b"\xff\xfe\x00", b"[1, 2]"])
def test_an_unreadable_file_is_put_aside_or_ignored(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    settings = Settings(file)
    assert settings.language == ""
    settings.put("language", "en")
    assert json.loads(file.read_text("utf-8")) == {"language": "en"}


def test_values_of_another_kind_count_as_absent(file: Path) -> None:
    settings = Settings(file)
    settings.put("text_size", "large")
    settings.put("theme", 7)
    assert settings.number("text_size", 100) == 100
    assert settings.text("theme", "system") == "system"


def test_the_shop_opened_last_comes_first(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    shops = [tmp_path / f"{n}.tagline" for n in range(RECENT_SHOPS + 2)]
    for shop in [*shops, shops[3]]:
        settings.shop_opened(shop)
    again = Settings(file)
    assert again.last_shop == shops[3]
    assert again.recent_shops[:2] == [shops[3], shops[-1]]
    assert len(again.recent_shops) == RECENT_SHOPS


def test_a_forgotten_shop_is_not_opened_again(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    settings.shop_opened(tmp_path / "a.tagline")
    settings.shop_forgotten(tmp_path / "a.tagline")
    assert settings.last_shop is None
    assert settings.recent_shops == []


def test_a_folder_that_cannot_be_written_costs_only_the_remembering(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of the folder", "utf-8")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.put("theme", "dark")
    settings.shop_opened(tmp_path / "a.tagline")
    assert settings.text("theme") == "dark"
    assert settings.last_shop == tmp_path / "a.tagline"
    assert (tmp_path / "file").is_file()
