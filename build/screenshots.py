"""Writes every page of the window in light and dark and in all languages into .out/screenshots, filled from the sample shop:
python build/screenshots.py [--page members] [--language zh_TW] [--theme light] [--scale 100] [--size 1280x800] [--states]"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.ui.opening.program import Program

PATIENCE_SECONDS = 120.0
THEMES = ("light", "dark")
LANGUAGES = ("zh_TW", "en", "ja")
NOT_ALONE = ("import", "shop_problem", "busy")
"""Pages that say nothing without what led to them; their pictures come from states of their own."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; returns the exit code."""
    options = _options(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="tagline-pictures-") as folder:
        os.environ["TAGLINE_DATA_DIR"] = folder
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
        count = _take_all(options)
    print(f"{count} pictures in {options.out}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", action="append", help="only this page (may be repeated)")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--scale", type=int, default=100, choices=(100, 115, 130, 150))
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--states", action="store_true", help="also the pages' states of their own")
    parser.add_argument("--shop", type=Path, help="a shop file instead of the sample shop; it is copied")
    parser.add_argument("--out", type=Path, default=ROOT / ".out" / "screenshots")
    return parser.parse_args(arguments)


def _take_all(options: argparse.Namespace) -> int:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(["tagline"])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    application.setQuitOnLastWindowClosed(False)
    # A caret that blinks makes two pictures of one window differ.
    application.setCursorFlashTime(0)
    options.out.mkdir(parents=True, exist_ok=True)
    count = 0
    with _program(application, options) as program:
        shop = _sample(application, program, options.shop)
        whole = shop.read_bytes()
        for language in options.language or LANGUAGES:
            for theme in options.theme or THEMES:
                program.settings.put("language", language)
                program.settings.put("theme", theme)
                program.rebuild()
                count += _take(application, program, options, f"{language}.{theme}", front=True)
                # Each round begins with the same shop, whatever the states of the round before did to it.
                shop.write_bytes(whole)
                shutil.rmtree(shop.with_suffix(".line"), ignore_errors=True)
                program.open_shop(shop)
                count += _take(application, program, options, f"{language}.{theme}", front=False)
                program.close_shop()
    return count


@contextmanager
def _program(application: QApplication, options: argparse.Namespace) -> Iterator[Program]:
    from desktop.credentials import SessionCredentials
    from desktop.settings import Settings
    from desktop.ui.opening.program import Program

    settings = Settings()
    settings.put("language", "zh_TW")
    settings.put("theme", "light")
    settings.put("text_size", options.scale)
    program = Program(application, settings, credentials=SessionCredentials())
    program.window.resize(*(int(part) for part in options.size.split("x")))
    program.start()
    yield program
    program.window.close_now()


def _sample(application: QApplication, program: Program, named: Path | None) -> Path:
    """The shop of the pictures, closed: a copy of the one named, else the sample shop."""
    if named is None:
        program.open_practice()
        _settle(application, program)
        assert program.shop is not None
        path = program.shop.path
        program.close_shop()
        return path
    path = Path(os.environ["TAGLINE_DATA_DIR"]) / "shops" / named.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(named.read_bytes())
    return path


def _take(
    application: QApplication, program: Program, options: argparse.Namespace, look: str, *, front: bool
) -> int:
    """Pictures of the pages of an open shop, or (front) of those shown without one."""
    from desktop.ui.shell.pages import installed

    _settle(application, program)
    shell = program.window.shell
    assert shell is not None
    ending = f"{look}{f'.{options.scale}' if options.scale != 100 else ''}.png"
    count = 0
    wanted = [name for name in shell.stack.page_ids if installed()[name].needs_shop != front]
    for page_id in [name for name in wanted if not options.page or name in options.page]:
        shell.notices.clear()
        shell.go(page_id)
        if page_id not in NOT_ALONE:
            count += _grab(application, program, options.out / f"{page_id}.{ending}")
        if options.states or page_id in NOT_ALONE:
            for name, bring in shell.stack.page(page_id).pictures().items():
                shell.go(page_id)
                bring()
                count += _grab(application, program, options.out / f"{page_id}-{name}.{ending}")
    return count


def _grab(application: QApplication, program: Program, file: Path) -> int:
    _settle(application, program)
    if not program.window.grab().save(str(file)):
        raise OSError(f"cannot write {file}")
    return 1


def _settle(application: QApplication, program: Program) -> None:
    """Let the window work until nothing runs any more."""
    end = time.monotonic() + PATIENCE_SECONDS
    quiet = 0
    while quiet < 10:
        application.processEvents()
        quiet = quiet + 1 if program.is_idle else 0
        if time.monotonic() > end:
            raise TimeoutError("the window does not come to rest")
        time.sleep(0.005)


if __name__ == "__main__":
    raise SystemExit(main())
