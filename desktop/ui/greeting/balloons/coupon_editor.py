"""Editor of a coupon: what it gives and until when, as the preview shows it; LINE's own number for it, where it is known."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.core.planning.greeting.balloons import Balloon, Coupon
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.greeting.balloons.editors import BalloonEditor, kind_title, labelled
from desktop.ui.greeting.balloons.picture_field import PictureField
from desktop.ui.greeting.date_field import DateField
from desktop.ui.greeting.tools import Tools
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import small


class CouponEditor(BalloonEditor):
    """See the module."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.balloon = Coupon()
        self.title = TextField(t("greeting_page.coupon_title"))
        self.title.textEdited.connect(lambda text: self._change(title=text))
        self.until = DateField(t("greeting_page.coupon_until"))
        self.until.chosen.connect(lambda day: self._change(until=day))
        self.picture = PictureField(kind_title("coupon"), tools, height=84)
        self.picture.chosen.connect(lambda number, _w, _h: self._change(picture=number))
        self.number = TextField("01H…", t("greeting_page.coupon_number"))
        self.number.textEdited.connect(lambda text: self._change(coupon_id=text.strip()))
        self.column.addWidget(labelled(self.title, t("greeting_page.coupon_gives")))
        self.column.addWidget(labelled(self.until, t("greeting_page.coupon_valid")))
        self.column.addWidget(self.picture)
        self.column.addWidget(labelled(self.number, t("greeting_page.coupon_number")))
        self.column.addWidget(small(t("greeting_page.coupon_hint"), wrap=True))

    def show_balloon(self, balloon: Balloon) -> None:
        assert isinstance(balloon, Coupon)
        self.balloon = balloon
        for field, text in ((self.title, balloon.title), (self.number, balloon.coupon_id)):
            if field.text() != text:
                field.setText(text)
        self.until.show_day(balloon.until)
        self.picture.show_picture(balloon.picture)

    def status(self) -> tuple[str, bool]:
        if not self.balloon.title.strip():
            return t("greeting_page.no_coupon_title"), True
        until = self.balloon.until
        return (t("greeting_page.until", day=i18n.date(until)), False) if until else ("", False)

    def first_field(self) -> QWidget:
        return self.title

    def _change(self, **fields: object) -> None:
        self.balloon = replace(self.balloon, **fields)  # type: ignore[arg-type]
        self.edited.emit(self.balloon)
