"""A messy file from the first screen to the shop and back, by mouse and keyboard: a question answered in place, a column given
another field by typing, the cells before and after looked at, a wrong row decided, everything taken back from the result."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.text import t
from tests.journeys.conftest import Start
from tests.journeys.outcomes import rows, value
from tests.journeys.test_new_shop import choose_file
from tests.journeys.window import Window, middle_of

PEOPLE = 300
SHORT = 5
"""Rows whose phone is too short."""


def messy_file(path: Path) -> Path:
    """An export as shops have it: a title, phones that lost their zero, dates that can be read in two ways, a sum below."""
    lines = ["日日咖啡 會員名冊,,,,,", "會員編號,姓名,手機,生日,標籤,備註2"]
    for n in range(1, PEOPLE + 1):
        phone = f"9{n:08}" if n > SHORT else f"0912-{n:02}"
        lines.append(f"N{n:05},客人{n},{phone},{1 + n % 12:02}/{1 + n % 11:02}/1990,VIP、熟客,無")
    lines += [",沒有人,,,,", f"合計,{PEOPLE},,,,"]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="cp950")
    return path


def answer_dates(window: Window) -> None:
    """Open the question in the column's line and choose day, month, year."""
    window.click(t("import_page.order_of", column="生日"))
    words = t("importing.order.dmy")

    def offered() -> object:
        return [row for row in window.rows("View") if words in row["cells"]]

    (row, *_) = window.wait("the orders to choose", offered)  # type: ignore[misc]
    window.screen.click(*middle_of(row["rect"]))


def test_a_messy_file_in_and_out(start: Start, tmp_path: Path) -> None:
    window = start()
    window.wait_for_page("welcome")
    window.click_text("welcome.export")
    choose_file(window, messy_file(tmp_path / "waca.csv"))
    window.wait_for_page("import")
    (shop,) = (Path(os.environ["TAGLINE_DATA_DIR"]) / "shops").glob("*.tagline")
    commit = t("import_page.commit", n=PEOPLE)
    window.step("the check after the answer", lambda: answer_dates(window), lambda: window.find(commit), 20)
    assert value(shop, "SELECT count(*) FROM person") == 0

    button = t("import_page.field_of", column="備註2", field=t("importing.field.note"))
    left_out = t("import_page.field_of", column="備註2", field=t("importing.field.ignore"))
    window.click(button)
    window.wait(
        "the list of fields", lambda: window.find(t("import_page.field_choice", column="備註2"), kind="Field")
    )
    window.type("ignore")
    window.press("Return")
    window.wait("the column left out", lambda: window.find(left_out))
    window.wait("the check after it", lambda: window.find(commit))

    short = t("import_page.column_problems", n=SHORT)
    window.click(t("import_page.state_of", column="手機", state=short))
    window.wait(
        "the cells before and after", lambda: any("0900-000-006" in row["cells"] for row in window.rows())
    )
    window.press("Escape")
    window.wait("the page again", lambda: len(window.seen()["windows"]) == 1)

    def everybody() -> bool:
        return bool(value(shop, "SELECT count(*) FROM person") == PEOPLE)

    window.step("everybody in the file", lambda: window.press("ctrl+Return"), everybody, 20)
    assert value(shop, "SELECT count(*) FROM person WHERE phone IS NULL") == SHORT
    assert value(shop, "SELECT phone FROM person WHERE member_no = 'N00300'") == "+886900000300"
    assert rows(shop, "SELECT birthday FROM person WHERE member_no = 'N00012'") == [("1990-02-01",)]
    assert value(shop, "SELECT count(*) FROM person WHERE note IS NOT NULL") == 0
    window.wait("the result in words", lambda: window.says(t("import_page.result_done", file="waca.csv")))

    window.click_text("import_page.result_undo")
    window.wait("nobody in the file", lambda: value(shop, "SELECT count(*) FROM person") == 0)
    window.wait("the way back in words", lambda: window.says(t("import_page.result_undone", file="waca.csv")))
    assert window.close() == 0
