"""Editors of a picture and of a video."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.core.planning.greeting.balloons import Balloon, Picture, Video
from desktop.text import t
from desktop.ui.greeting.balloons.address_row import AddressRow
from desktop.ui.greeting.balloons.editors import BalloonEditor, kind_title, labelled
from desktop.ui.greeting.balloons.picture_field import PictureField
from desktop.ui.greeting.tools import Tools
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import small


class PictureEditor(BalloonEditor):
    """One picture."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.balloon = Picture()
        self.picture = PictureField(kind_title("picture"), tools, height=150)
        self.picture.chosen.connect(lambda number, _w, _h: self._change(picture=number))
        self.address = AddressRow("https://example.com/hello.jpg", t("greeting_page.address_hint"))
        self.address.edited.connect(lambda address: self._change(url=address))
        self.column.addWidget(self.picture)
        self.column.addWidget(self.address)

    def show_balloon(self, balloon: Balloon) -> None:
        assert isinstance(balloon, Picture)
        self.balloon = balloon
        self.picture.show_picture(balloon.picture)
        self.address.show_address(balloon.url)

    def status(self) -> tuple[str, bool]:
        missing = self.balloon.picture is None and not self.balloon.url
        return (t("greeting_page.no_picture"), True) if missing else ("", False)

    def first_field(self) -> QWidget:
        return self.picture

    def _change(self, **fields: object) -> None:
        self.balloon = replace(self.balloon, **fields)  # type: ignore[arg-type]
        self.edited.emit(self.balloon)


class VideoEditor(BalloonEditor):
    """A video: where it lies, and the picture shown before it plays."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.balloon = Video()
        self.picture = PictureField(t("greeting_page.video_picture"), tools, height=120)
        self.picture.chosen.connect(lambda number, _w, _h: self._change(picture=number))
        self.address = TextField("https://example.com/hello.mp4", t("greeting_page.video_address"))
        self.address.textEdited.connect(lambda text: self._change(url=text.strip()))
        self.preview_address = AddressRow("https://example.com/hello.jpg", t("greeting_page.address_hint"))
        self.preview_address.edited.connect(lambda address: self._change(preview_url=address))
        self.column.addWidget(self.picture)
        self.column.addWidget(labelled(self.address, t("greeting_page.video_address")))
        self.column.addWidget(small(t("greeting_page.video_hint"), wrap=True))
        self.column.addWidget(self.preview_address)

    def show_balloon(self, balloon: Balloon) -> None:
        assert isinstance(balloon, Video)
        self.balloon = balloon
        self.picture.show_picture(balloon.picture)
        if self.address.text().strip() != balloon.url:
            self.address.setText(balloon.url)
        self.preview_address.show_address(balloon.preview_url)

    def status(self) -> tuple[str, bool]:
        return (t("greeting_page.no_picture"), True) if self.balloon.picture is None else ("", False)

    def first_field(self) -> QWidget:
        return self.picture

    def _change(self, **fields: object) -> None:
        self.balloon = replace(self.balloon, **fields)  # type: ignore[arg-type]
        self.edited.emit(self.balloon)
