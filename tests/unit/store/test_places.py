"""Where shops and backups are kept, as the store is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import paths
from desktop.store.recovery import backups
from desktop.store.safety import places
from tests.shops import make_shop, setting


def test_told_the_folders_are_asked_for_each_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("a", "b"):
        monkeypatch.setenv("TAGLINE_DATA_DIR", str(tmp_path / name))
        assert (
            places.backups_root(tmp_path / "x.tagline")
            == paths.backups_folder()
            == tmp_path / name / "backups"
        )
        assert places.shops_folder() == paths.shops_folder()


def test_untold_backups_lie_beside_the_shop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "_told", {})
    shop = make_shop(tmp_path / "好店.tagline", 2)
    taken = backups.take(shop, "hand")
    assert taken.path.parent == tmp_path / "backups" / setting(shop, "key")
    assert backups.list_backups(shop) == (taken,)
