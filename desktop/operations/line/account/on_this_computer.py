"""Which shop files of this computer are connected to which account, so that one account in two shops is noticed. Kept in the
program's settings: file and the account's own ID, no key and no member."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.settings import Settings

KEY = "line_accounts"


def remember(settings: Settings, file: Path, account: str) -> None:
    """``file`` is connected to the account with this user ID."""
    settings.put(KEY, {**_kept(settings), str(file): account})


def forget(settings: Settings, file: Path) -> None:
    """``file`` is connected to no account any more."""
    settings.put(KEY, {path: account for path, account in _kept(settings).items() if path != str(file)})


def others(settings: Settings, file: Path, account: str) -> tuple[Path, ...]:
    """Other shop files connected to this account that are still there."""
    found = (Path(path) for path, used in _kept(settings).items() if used == account and path != str(file))
    return tuple(path for path in found if path.exists())


def _kept(settings: Settings) -> dict[str, str]:
    kept: Any = settings.get(KEY)
    if not isinstance(kept, dict):
        return {}
    return {path: used for path, used in kept.items() if isinstance(path, str) and isinstance(used, str)}
