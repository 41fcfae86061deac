"""The owner's own file: a new shop from the first screen, checked, taken in, and taken back from the result."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.text import t
from tests.journeys.conftest import Start
from tests.journeys.outcomes import value
from tests.journeys.window import Window

PEOPLE = 1_200


def members_file(path: Path, people: int) -> Path:
    """An export with invented members."""
    lines = (f"N{n:06},客人{n},09{n:08},熟客\r\n" for n in range(1, people + 1))
    path.write_text("會員編號,姓名,手機,標籤\r\n" + "".join(lines), encoding="utf-8-sig")
    return path


def choose_file(window: Window, file: Path) -> None:
    """Type a file's name into the dialog that is open."""
    dialog = window.wait(
        "the file dialog",
        lambda: next((w for w in window.seen()["windows"] if w["kind"] == "QFileDialog"), None),
    )
    field = window.wait("its field", lambda: window.find("fileNameEdit"))
    window.screen.click(*field.middle)
    window.press("ctrl+a")
    window.type(str(file))
    window.press("Return")
    window.wait("the dialog to close", lambda: all(w["id"] != dialog["id"] for w in window.seen()["windows"]))


def test_import_and_undo_from_the_result(start: Start, tmp_path: Path) -> None:
    file = members_file(tmp_path / "members.csv", PEOPLE)
    window = start()
    window.wait_for_page("welcome")
    window.click_text("welcome.export")
    choose_file(window, file)
    window.wait_for_page("import")
    (shop,) = (Path(os.environ["TAGLINE_DATA_DIR"]) / "shops").glob("*.tagline")
    assert value(shop, "SELECT count(*) FROM person") == 0
    window.click_text("import_page.commit", n=PEOPLE)
    window.wait("everybody in the file", lambda: value(shop, "SELECT count(*) FROM person") == PEOPLE)
    window.wait("the result", lambda: window.says(t("import_page.result_done", file=file.name)))
    window.click_text("import_page.result_undo")
    window.wait("nobody in the file", lambda: value(shop, "SELECT count(*) FROM person") == 0)
    assert value(shop, "SELECT count(*) FROM tag") == 0
    window.click_text("import_page.finish")
    window.wait("the empty list in words", lambda: window.says(t("members.empty.title")))
    assert window.close() == 0
