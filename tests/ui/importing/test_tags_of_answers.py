"""Answers of a form and words of a chat become tags, as the owner says, before anything is stored."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.importing.deciding.answers_dialog import AnswersDialog
from desktop.ui.importing.deciding.keywords_dialog import KeywordsDialog
from desktop.ui.importing.page import ImportPage
from desktop.ui.main_window import MainWindow
from tests.ui.importing.importing_window import import_page, press, shown, written
from tests.ui.shop_window import FakeDialogs, settle

FORM = """時間戳記,您的會員編號,喜歡的口味（可複選）,想對我們說的話
2026/10/01 上午 09:00:00,W00231,"拿鐵, 手沖",燕麥奶很棒
2026/10/01 上午 09:05:00,W00322,拿鐵,謝謝
2026/10/01 上午 09:07:00,W00270,"美式, 手沖",希望有燕麥奶
"""

CHAT = """帳號名稱,日日咖啡
時區,+08:00
下載時間,2026/11/20 10:00
傳送者類型,傳送者名稱,傳送日期,傳送時間,內容
User,王怡君,2026/11/18,10:02,請問有燕麥奶嗎
Account,日日咖啡,2026/11/18,10:05,有的
User,王怡君,2026/11/18,10:06,太好了
"""


def holders(desk: Desk, tag: str) -> list[str]:
    return desk.jobs.page_reader.column(
        "SELECT p.name FROM person p JOIN person_tag h ON h.person_id = p.id JOIN tag t ON t.id = h.tag_id"
        " WHERE t.name = ? ORDER BY p.id",
        (tag,),
    )


def answers_of(page: ImportPage, window: MainWindow, qtbot: QtBot, dialogs: FakeDialogs) -> AnswersDialog:
    page.view.cards.tags.answers.click()
    settle(window, qtbot)
    dialog = shown(dialogs, AnswersDialog)
    assert isinstance(dialog, AnswersDialog)
    return dialog


def test_answers_are_listed_with_how_often_they_were_given(
    window: MainWindow, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page = import_page(window, qtbot, written(tmp_path, "問卷.csv", FORM))
    dialog = answers_of(page, window, qtbot, dialogs)
    found = {(line.answer, line.tag) for line in dialog.lines}
    assert found == {("拿鐵", "拿鐵"), ("手沖", "手沖"), ("美式", "美式")}
    assert "會有 3 個標籤：拿鐵 2、手沖 2、美式 1" in dialog.preview.text()


def test_two_answers_become_one_tag_and_one_none(
    window: MainWindow, desk: Desk, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page = import_page(window, qtbot, written(tmp_path, "問卷.csv", FORM))
    dialog = answers_of(page, window, qtbot, dialogs)
    lines = {line.answer: line for line in dialog.lines}
    lines["美式"].field.setText("黑咖啡")
    lines["美式"].field.editingFinished.emit()
    lines["手沖"].field.setText("黑咖啡")
    lines["手沖"].field.editingFinished.emit()
    lines["拿鐵"].box.setChecked(False)
    assert "會有 1 個標籤：黑咖啡 3" in dialog.preview.text()
    dialog.apply.click()
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.plan is not None
    assert [(one.tag, one.people) for one in page.entry.plan.report.tag_preview] == [("黑咖啡", 2)]
    assert holders(desk, "黑咖啡") == []
    press(page, window, qtbot)
    assert holders(desk, "黑咖啡") == ["王怡君", "李佳穎"]
    assert holders(desk, "拿鐵") == []


def test_a_name_that_cannot_be_a_tag_is_marked_and_not_taken(
    window: MainWindow, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page = import_page(window, qtbot, written(tmp_path, "問卷.csv", FORM))
    dialog = answers_of(page, window, qtbot, dialogs)
    line = dialog.lines[0]
    line.field.setText("   ")
    line.field.editingFinished.emit()
    assert line.field.property("wrong")
    dialog.apply.click()
    assert page.entry is not None
    assert page.entry.answers.answer_tags == {}


def test_words_of_free_answers_become_tags(
    window: MainWindow, desk: Desk, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page = import_page(window, qtbot, written(tmp_path, "問卷.csv", FORM))
    page.view.cards.tags.keywords.click()
    dialog = shown(dialogs, KeywordsDialog)
    assert isinstance(dialog, KeywordsDialog)
    dialog.lines[0].word.setText("燕麥")
    dialog.lines[0].tag.setText("燕麥奶")
    dialog.apply.click()
    settle(window, qtbot)
    press(page, window, qtbot)
    assert holders(desk, "燕麥奶") == ["王怡君", "李佳穎"]


def test_words_of_a_chat_become_tags(
    window: MainWindow, desk: Desk, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page = import_page(window, qtbot, written(tmp_path, "[LINE]王怡君.csv", CHAT))
    assert page.entry is not None
    assert page.entry.recipe.kind == "chat_log"
    assert not page.commit.isEnabled()
    assert "先說哪些字詞" in page.view.cards.tags.nothing.text()
    page.view.cards.tags.keywords.click()
    dialog = shown(dialogs, KeywordsDialog)
    assert isinstance(dialog, KeywordsDialog)
    dialog.lines[0].word.setText("燕麥")
    dialog.apply.click()
    assert dialog.wrong.text()
    dialog.lines[0].tag.setText("燕麥奶")
    dialog.apply.click()
    settle(window, qtbot)
    assert page.entry.plan is not None
    assert [(one.tag, one.people) for one in page.entry.plan.report.tag_preview] == [("燕麥奶", 1)]
    press(page, window, qtbot)
    assert holders(desk, "燕麥奶") == ["王怡君"]


def test_a_word_taken_away_does_not_come_back(
    window: MainWindow, desk: Desk, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    file = written(tmp_path, "[LINE]王怡君.csv", CHAT)
    page = import_page(window, qtbot, file)
    page.answering.decide(keywords={"燕麥": "燕麥奶", "太好": "開心"})
    settle(window, qtbot)
    press(page, window, qtbot)
    page.session.clear()
    page = import_page(window, qtbot, file)
    page.view.cards.tags.keywords.click()
    dialog = shown(dialogs, KeywordsDialog)
    assert isinstance(dialog, KeywordsDialog)
    assert [line.word.text() for line in dialog.lines] == ["燕麥", "太好", ""]
    dialog._remove(dialog.lines[1])
    dialog.apply.click()
    settle(window, qtbot)
    assert page.answering.answers.keywords == {"燕麥": "燕麥奶"}
    kept = desk.jobs.page_reader.value("SELECT answers FROM recipe")
    assert "太好" not in str(kept)


def test_the_chats_of_an_archive_are_one_table(
    window: MainWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    import zipfile

    archive = tmp_path / "聊天.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for name in ("王怡君", "吳雅婷"):
            made.writestr(f"[LINE]{name}.csv", CHAT.replace("王怡君", name).encode("utf-8-sig"))
    page = import_page(window, qtbot, archive)
    assert len(page.session.entries) == 1
    assert "2 個聊天" in page.header.subtitle.text()
    page.answering.decide(keywords={"燕麥": "燕麥奶"})
    settle(window, qtbot)
    press(page, window, qtbot)
    assert holders(desk, "燕麥奶") == ["王怡君", "吳雅婷"]
