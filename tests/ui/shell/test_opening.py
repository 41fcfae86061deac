"""How shops are opened, made and left, and what stands in the way of it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.errors import Cancelled
from desktop.core.job import QUIET
from desktop.operations.shop import sample_shop
from desktop.paths import shops_folder
from desktop.store import shop as shop_rows
from desktop.store.database import connect
from desktop.store.recovery import backups
from desktop.store.safety.shop_errors import DiskFull
from desktop.store.shop_file import ShopFile
from desktop.text import t
from desktop.ui.opening.program import Program
from desktop.ui.opening.shop_places import file_stem, make_practice_shop
from desktop.ui.opening.single_instance import ring
from desktop.ui.page import Page
from desktop.ui.shell.frame import Shell
from desktop.ui.shop_problem.page import ShopProblemPage
from desktop.ui.welcome.page import WelcomePage
from tests.ui.shop_window import FakeDialogs, settle

ROOT = Path(__file__).resolve().parents[3]


def shown(program: Program) -> Page:
    """The page the window shows."""
    shell = program.window.shell
    assert shell is not None
    page = shell.stack.current
    assert page is not None
    return page


def wait_for(program: Program, page_id: str, qtbot: QtBot) -> Page:
    """Wait until the window shows a page and is at rest."""
    qtbot.waitUntil(
        lambda: program.is_idle and program.window.shell is not None and shown(program).page_id == page_id,
        timeout=30_000,
    )
    settle(program.window, qtbot)
    return shown(program)


def front(program: Program) -> WelcomePage:
    """The program started without a shop."""
    program.start()
    page = shown(program)
    assert isinstance(page, WelcomePage)
    return page


def problem(program: Program, path: Path) -> ShopProblemPage:
    """The program started on a shop that does not open."""
    program.start(path)
    page = shown(program)
    assert isinstance(page, ShopProblemPage)
    return page


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_first_screen_asks_where_the_data_is(program: Program) -> None:
    page = front(program)
    assert list(page.choices) == ["export", "line", "paper", "practice"]
    assert all(choice.accessibleDescription() for choice in page.choices.values())


def test_an_export_makes_a_shop_and_goes_to_the_import(
    program: Program, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    export = tmp_path / "會員.csv"
    export.write_text("會員編號,姓名\nA1,王小明\n", "utf-8")
    dialogs.answers["open_files"] = [export]
    page = front(program)
    page.name.setText("我的/店")
    page.choices["export"].click()
    wait_for(program, "import", qtbot)
    assert program.shop is not None
    assert program.shop.path == shops_folder() / "我的_店.tagline"
    assert program.shop.name == "我的/店"


def test_only_line_friends_goes_to_the_user_ids(program: Program, qtbot: QtBot) -> None:
    front(program).choices["line"].click()
    wait_for(program, "line_ids", qtbot)
    assert program.shop is not None
    assert program.shop.name == "我的店"


def test_the_template_can_be_filled_in_and_imported(
    program: Program, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    from openpyxl import load_workbook

    target = tmp_path / "名單.xlsx"
    dialogs.answers["save_file"] = target
    page = front(program)
    page.choices["paper"].click()
    sheet = load_workbook(target).worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["會員編號", "姓名", "電話"]
    assert sheet["C2"].number_format == "@"
    page.bar.press()
    wait_for(program, "import", qtbot)


@pytest.mark.parametrize(
    ("name", "stem"),
    [("日日咖啡", "日日咖啡"), ("a/b:c", "a_b_c"), (" .. ", "shop"), ("CON", "CON_"), ("☕" * 90, "☕" * 60)],
)
def test_shop_names_become_file_names_every_platform_takes(name: str, stem: str) -> None:
    assert file_stem(name) == stem


def test_two_shops_of_one_name_get_two_files(program: Program, qtbot: QtBot) -> None:
    front(program)
    for _ in range(2):
        program.create_shop("同名", then_page="settings")
    assert {path.name for path in shops_folder().glob("*.tagline")} == {"同名.tagline", "同名 2.tagline"}


def test_the_shop_opened_last_comes_back_with_its_page(
    program: Program, shop_path: Path, qtbot: QtBot
) -> None:
    program.start(shop_path)
    assert program.window.shell is not None
    program.window.shell.go("settings")
    program.close_shop()
    assert isinstance(shown(program), WelcomePage)
    program.open_shop(shop_path)
    assert shown(program).page_id == "settings"
    assert program.settings.last_shop == shop_path


def test_a_closed_shop_is_one_single_file(program: Program, shop_path: Path, qtbot: QtBot) -> None:
    program.start(shop_path)
    settle(program.window, qtbot)
    program.close_shop()
    assert [path.name for path in shop_path.parent.iterdir() if path.name.startswith(shop_path.name)] in (
        [shop_path.name],
        [shop_path.name, f"{shop_path.name}.lock"],
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"not a database at all, but long enough to have a header of sixteen bytes"],
    ids=["empty", "garbled"],
)
def test_a_damaged_shop_is_shown_with_its_ways_out(program: Program, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "壞掉.tagline"
    path.write_bytes(content)
    page = problem(program, path)
    assert set(page.buttons) == {"salvage", "other", "front"}
    assert path.read_bytes() == content


def test_a_backup_is_put_in_the_place_of_a_damaged_shop(
    program: Program, shop_path: Path, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    backups.take(shop_path, "hand")
    shop_path.write_bytes(b"trash" * 4096)
    page = problem(program, shop_path)
    assert page.backups is not None
    qtbot.waitUntil(lambda: page.backups is not None and len(page.backups.backups) == 1)
    assert page.backups.backups[0].people == 12
    dialogs.answers["confirm"] = True
    page._restore(page.backups.backups[0])
    wait_for(program, "members", qtbot)
    assert program.shop is not None
    assert program.shop.jobs.page_reader.value("SELECT count(*) FROM person") == 12
    assert "12" in dialogs.asked[-1][2]
    assert shop_rows.get(program.shop.jobs.page_reader, "uploads_paused") == "1"


def test_what_can_be_read_is_saved_into_a_new_shop(
    program: Program, shop_path: Path, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    whole = shop_path.read_bytes()
    shop_path.write_bytes(whole[: len(whole) - 8192])
    page = problem(program, shop_path)
    dialogs.answers["save_file"] = tmp_path / "救回.tagline"
    page.buttons["salvage"].click()  # type: ignore[attr-defined]
    wait_for(program, "members", qtbot)
    assert program.shop is not None
    assert program.shop.path.name == "救回.tagline"


def test_a_newer_shop_is_refused_and_left_as_it_is(program: Program, shop_path: Path) -> None:
    db = connect(shop_path)
    db.run("PRAGMA user_version = 99")
    db.close()
    before = fingerprint(shop_path)
    page = problem(program, shop_path)
    assert set(page.buttons) == {"other", "front"}
    assert fingerprint(shop_path) == before


def test_a_shop_in_a_synced_folder_is_moved_on_a_click(
    program: Program, shop_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    synced = tmp_path / "OneDrive" / "店"
    synced.mkdir(parents=True)
    monkeypatch.setenv("OneDrive", str(tmp_path / "OneDrive"))
    path = shop_path.rename(synced / shop_path.name)
    program.start(path)
    page = shown(program)
    if not isinstance(page, ShopProblemPage):
        pytest.skip("this platform knows other synced folders")
    page.buttons["move"].click()  # type: ignore[attr-defined]
    wait_for(program, "members", qtbot)
    assert program.shop is not None
    assert program.shop.path == shops_folder() / path.name
    assert not path.exists()


def test_a_missing_shop_says_so(program: Program, tmp_path: Path) -> None:
    page = problem(program, tmp_path / "不見了.tagline")
    assert "other" in page.buttons


def test_another_file_can_be_chosen(
    program: Program, shop_path: Path, tmp_path: Path, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    page = problem(program, tmp_path / "不見了.tagline")
    dialogs.answers["open_files"] = [shop_path]
    page.buttons["other"].click()  # type: ignore[attr-defined]
    wait_for(program, "members", qtbot)
    assert program.shop is not None
    assert program.shop.path == shop_path


def test_a_shop_that_does_not_open_leaves_the_open_one_alone(
    program: Program, shop_path: Path, tmp_path: Path
) -> None:
    program.start(shop_path)
    program.open_shop(tmp_path / "不見了.tagline")
    assert isinstance(shown(program), ShopProblemPage)
    assert program.shop is not None
    assert program.shop.path == shop_path


def test_a_shop_another_program_has_open_can_be_tried_again(
    program: Program, shop_path: Path, qtbot: QtBot
) -> None:
    with ShopFile.open(shop_path):
        page = problem(program, shop_path)
        assert set(page.buttons) == {"again", "front"}
    page.buttons["again"].click()  # type: ignore[attr-defined]
    wait_for(program, "members", qtbot)


def test_a_second_start_brings_the_window_to_the_front(
    program: Program, shop_path: Path, qtbot: QtBot
) -> None:
    program.start(shop_path)
    qtbot.waitUntil(lambda: program._bell is not None)
    program.window.hide()
    code = f"import sys, pathlib; from {ring.__module__} import ring; sys.exit(not ring(pathlib.Path(sys.argv[1])))"
    with subprocess.Popen([sys.executable, "-c", code, str(shop_path)], cwd=ROOT) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    assert program.window.isVisible()


def test_nobody_answers_at_the_door_of_a_shop_that_is_not_open(shop_path: Path) -> None:
    assert ring(shop_path) is False


def let_go(shell: Shell, url: QUrl) -> None:
    """Drag something over the window and let it go."""
    data = QMimeData()
    data.setUrls([url])
    middle = shell.rect().center()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(shell, enter)
    assert enter.isAccepted()
    assert shell._drop.isVisible()
    drop = QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(shell, drop)
    assert not shell._drop.isVisible()


def test_files_dropped_anywhere_are_imported(
    program: Program, shop_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program.start(shop_path)
    shell = program.window.shell
    assert shell is not None
    shell.go("settings")
    export = tmp_path / "會員.csv"
    export.write_text("會員編號,姓名\nA1,王小明\n", "utf-8")
    let_go(shell, QUrl.fromLocalFile(str(export)))
    wait_for(program, "import", qtbot)


def test_a_link_to_the_web_is_answered_in_words(program: Program, shop_path: Path, qtbot: QtBot) -> None:
    program.start(shop_path)
    shell = program.window.shell
    assert shell is not None
    let_go(shell, QUrl("https://example.com/members.xlsx"))
    page = wait_for(program, "import", qtbot)
    qtbot.waitUntil(lambda: t("importing.error.is_address") in page.bar.text)


def test_the_practice_shop_is_made_marked_and_removed(
    program: Program, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    front(program).choices["practice"].click()
    wait_for(program, "members", qtbot)
    assert program.shop is not None
    assert program.shop.practice
    path = program.shop.path
    assert program.shop.jobs.page_reader.value("SELECT count(*) FROM person") > 5000
    qtbot.waitUntil(
        lambda: program.window.shell is not None and "6,020" in program.window.shell.status.figures.text()
    )
    dialogs.answers["confirm"] = True
    assert program.window.shell is not None
    program.window.shell.go("settings")
    page = shown(program)
    page.sections["practice"].remove.click()
    wait_for(program, "welcome", qtbot)
    assert not path.exists()
    assert [
        left.name for left in path.parent.iterdir() if left.name != ".lock" and path.stem in left.name
    ] == []
    assert path not in program.settings.recent_shops


def test_a_folder_that_cannot_be_written_still_shows_the_shop(
    program: Program, shop_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from desktop.store.safety.shop_errors import FolderNotWritable

    def refuse(path: Path, **_: object) -> ShopFile:
        raise FolderNotWritable(path.parent)

    monkeypatch.setattr(ShopFile, "open", refuse)
    page = problem(program, shop_path)
    page.buttons["look"].click()  # type: ignore[attr-defined]
    wait_for(program, "members", qtbot)
    assert program.shop is not None
    assert program.shop.file.cannot_write is not None
    qtbot.waitUntil(lambda: bool(shown(program).bar.text))


KILLED_WHILE_IT_LOADS = """
import os
from desktop.core.job import QUIET
from desktop.operations.shop import sample_shop
from desktop.ui.opening.shop_places import make_practice_shop
sample_shop.fill = lambda db, job: os._exit(9)
make_practice_shop(QUIET)
"""


def test_a_kill_while_the_practice_shop_loads_leaves_no_half_shop(monkeypatch: pytest.MonkeyPatch) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_IT_LOADS], cwd=ROOT, check=False, timeout=60)
    assert killed.returncode == 9
    assert list(shops_folder().glob("*.tagline")) == []
    monkeypatch.setattr(sample_shop, "fill", lambda db, job: None)
    made = make_practice_shop(QUIET)
    assert made.parent == shops_folder()
    assert not made.stem.endswith(" 2")
    with ShopFile.open(made) as shop:
        assert shop_rows.is_practice(shop.writer())


def test_a_cancelled_practice_shop_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def cancel(db: object, job: object) -> None:
        raise Cancelled

    monkeypatch.setattr(sample_shop, "fill", cancel)
    with pytest.raises(Cancelled):
        make_practice_shop(QUIET)
    assert list(shops_folder().iterdir()) == []


def test_a_full_disk_is_told_and_tried_again(
    program: Program, shop_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    full = DiskFull(shop_path.parent, 20_000_000)
    with monkeypatch.context() as patch:
        patch.setattr("desktop.store.shop_file._full_disk", lambda path: full)
        program.start(shop_path)
        settle(program.window, qtbot)
        qtbot.waitUntil(lambda: "20 MB" in shown(program).bar.text)
        assert program.shop is not None
        assert program.shop.jobs.page_reader.value("SELECT count(*) FROM person") == 12
    shown(program).bar.press()
    qtbot.waitUntil(lambda: program.shop is not None and program.shop.file.cannot_write is None)
    wait_for(program, "members", qtbot)
