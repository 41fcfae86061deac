"""What the program remembers between two starts about itself, not about a shop: language, theme, text size, the shops opened
last, where the window was. One small JSON file, written whole and put in place at once; it holds no secret and no member."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from desktop.paths import create_private_folder, settings_file

RECENT_SHOPS = 8


class Settings:
    """The settings file as a dictionary that is saved with each change.

    Args:
        file: where it lies; by default the platform's place for this program.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or settings_file()
        self._values = _read(self.file)

    def get(self, key: str, default: Any = None) -> Any:
        """The value under ``key``."""
        return self._values.get(key, default)

    def text(self, key: str, default: str = "") -> str:
        """The text under ``key``; anything but a text counts as absent."""
        value = self._values.get(key)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int) -> int:
        """The whole number under ``key``; anything else counts as absent."""
        value = self._values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def put(self, key: str, value: Any) -> None:
        """Keep a JSON-able value and save it, if the folder can be written now."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        self._save()

    @property
    def language(self) -> str:
        """The language the owner chose, or "" for the computer's."""
        return self.text("language")

    @property
    def recent_shops(self) -> list[Path]:
        """Shop files opened last, newest first; they need not be there any more."""
        paths = self._values.get("recent_shops")
        return [Path(path) for path in paths if isinstance(path, str)] if isinstance(paths, list) else []

    @property
    def last_shop(self) -> Path | None:
        """The shop file to open when none is named, if one was opened before and not closed since."""
        path = self.text("last_shop")
        return Path(path) if path else None

    def shop_opened(self, path: Path) -> None:
        """Remember ``path`` as the shop to open next time."""
        others = [str(recent) for recent in self.recent_shops if recent != path]
        self._values["recent_shops"] = [str(path), *others][:RECENT_SHOPS]
        self._values["last_shop"] = str(path)
        self._save()

    def shop_forgotten(self, path: Path) -> None:
        """Take ``path`` off the list of shops (the file stays where it is)."""
        self._values["recent_shops"] = [str(recent) for recent in self.recent_shops if recent != path]
        if self.last_shop == path:
            self._values["last_shop"] = ""
        self._save()

    def _save(self) -> None:
        text = json.dumps(self._values, ensure_ascii=False, indent=1)
        temporary = self.file.with_name(self.file.name + ".new")
        # A folder that cannot be written, or a full disk, costs remembering these things until the program ends, no more;
        # that it is so is told where the shop is opened.
        with contextlib.suppress(OSError):
            create_private_folder(self.file.parent)
            temporary.write_text(text, "utf-8")
            temporary.replace(self.file)


def _read(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text("utf-8"))
    except OSError:
        return {}
    except (json.JSONDecodeError, UnicodeDecodeError):
        # Settings are not worth refusing to start for: begin anew, and keep what was there for whoever wants to look.
        with contextlib.suppress(OSError):
            file.replace(file.with_name(file.name + ".unreadable"))
        return {}
    return values if isinstance(values, dict) else {}
