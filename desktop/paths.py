"""Where things lie on this computer: the program's own resources, and the owner's data, settings and logs
in the platform's usual folders. TAGLINE_DATA_DIR puts all of the owner's data below one folder instead."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP_NAME = "Tagline"


def resources_folder() -> Path:
    """The program's own files: catalogues, themes, the sample shop."""
    bundled = getattr(sys, "_MEIPASS", None)
    root = Path(bundled) if bundled else Path(__file__).resolve().parent.parent
    return root / "resources"


def data_folder() -> Path:
    """The owner's data, local to this computer (never a roaming or synced folder); not created here."""
    override = os.environ.get("TAGLINE_DATA_DIR")
    if override:
        return Path(override)
    from platformdirs import user_data_path

    return user_data_path(APP_NAME, appauthor=False, roaming=False)


def shops_folder() -> Path:
    """Where shop files (.tagline) are kept."""
    return data_folder() / "shops"


def backups_folder() -> Path:
    """Where verified backups are kept, one folder a shop."""
    return data_folder() / "backups"


def logs_folder() -> Path:
    """Where the logs are kept; they hold no member's data."""
    return data_folder() / "logs"


def settings_file() -> Path:
    """The program's settings (language, theme, last shop, window)."""
    return data_folder() / "settings.json"


def create_private_folder(folder: Path) -> Path:
    """Create ``folder`` and what is missing above it, for this user only where the platform knows such modes.

    Raises:
        OSError: if the folder cannot be created.
    """
    if not folder.is_dir():
        create_private_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)
    return folder
