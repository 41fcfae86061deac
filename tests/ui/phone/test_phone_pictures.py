"""The phone looks as it was approved: both themes, three languages, both widths, and the cases that break layouts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage

from desktop.ui import i18n
from desktop.ui.phone.chat import Chat
from desktop.ui.phone.look import DEVICES, Look
from desktop.ui.phone.phone import to_image
from desktop.ui.phone.screen import Menu
from tests.ui.approved.compare import Approved
from tests.ui.phone.chats import imagemap, picture, text, whole_chat


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    # The language decides the letter shapes too: what an earlier test left would change the pictures.
    i18n.use("zh_TW")
    yield
    i18n.use("zh_TW")


@pytest.mark.parametrize("device", ["iphone", "android"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["zh_TW", "en", "ja"])
def test_a_chat_with_every_kind_of_message(
    approved: Approved, language: str, dark: bool, device: str
) -> None:
    i18n.use(language)
    image = to_image(whole_chat(language, device=device, dark=dark), scale=1.0)
    approved(image, f"phone/{device}.{language}.{'dark' if dark else 'light'}", width=320)


@pytest.mark.parametrize("opened", [True, False], ids=["opened", "closed"])
def test_the_menu_below_the_chat(approved: Approved, opened: bool) -> None:
    image = QImage(2500, 1686, QImage.Format.Format_RGB32)
    image.fill(QColor("#cfe8dc"))
    chat = replace(whole_chat("zh_TW"), messages=(text("歡迎加入日日咖啡"),), replies=())
    approved(to_image(chat, Menu(image, "會員選單", opened), scale=1.0), f"phone/menu.{opened}", width=320)


def test_names_and_texts_that_are_too_long(approved: Approved) -> None:
    chat = Chat(
        messages=(
            text("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"),
            text("https://example.com/" + "a" * 90),
            text("好"),
            imagemap(1040),
            {"type": "image", "previewImageUrl": "https://example.com/tall.jpg"},
            {"type": "image", "previewImageUrl": "https://example.com/missing.jpg"},
            {"type": "flex", "altText": "替代文字"},
        ),
        account="日日咖啡 信義旗艦店 Day Day Coffee Roasters & Friends",
        pictures=picture,
    )
    approved(to_image(chat, scale=1.0), "phone/long", width=320)


@pytest.mark.parametrize("zoom", [90, 130])
def test_larger_and_smaller_text(approved: Approved, zoom: int) -> None:
    chat = whole_chat("zh_TW", zoom=zoom)
    approved(to_image(chat, scale=1.0), f"phone/zoom.{zoom}", width=320)


def test_both_phones_have_their_own_width() -> None:
    widths = {name: to_image(Chat(look=Look(device)), scale=1.0).width() for name, device in DEVICES.items()}
    assert widths == {"iphone": 414, "android": 436}
