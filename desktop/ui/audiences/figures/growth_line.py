"""A small quiet line: how many people an audience held and reached, day by day, with a dot where it was uploaded. Pointing at it,
or the arrow keys, tell a day's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.store.audience_history.days import AudienceDay
from desktop.text import t
from desktop.ui import i18n, theme


class GrowthLine(QWidget):
    """Draws the days given to it; the reachable stand in front, everybody behind."""

    def __init__(self) -> None:
        super().__init__()
        self._days: list[AudienceDay] = []
        self._at: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("audience_figures.growth"))

    def set_days(self, days: Sequence[AudienceDay]) -> None:
        """Show other days, oldest first."""
        self._days = list(days)
        self._at = None
        self.setAccessibleDescription(self.told())
        self.update()

    def told(self) -> str:
        """What the line says, in words."""
        if not self._days:
            return ""
        first, last = self._days[0], self._days[-1]
        return t(
            "audience_figures.growth_told",
            first=i18n.date(first.day),
            before=first.reachable,
            last=i18n.date(last.day),
            after=last.reachable,
        )

    def day_text(self, place: int) -> str:
        """A day's numbers in words."""
        day = self._days[place]
        words = t(
            "audience_figures.growth_day", day=i18n.date(day.day), people=day.people, reachable=day.reachable
        )
        if day.uploaded is None:
            return words
        return words + t("audience_figures.growth_uploaded", n=day.uploaded)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(64))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        places = [self._point(place, 0).x() for place in range(len(self._days))]
        if places:
            near = min(range(len(places)), key=lambda place: abs(places[place] - event.position().x()))
            self._point_at(near)
            QToolTip.showText(event.globalPosition().toPoint(), self.day_text(near), self)

    def leaveEvent(self, event: QEvent) -> None:
        self._at = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._days:
            super().keyPressEvent(event)
            return
        last = len(self._days) - 1
        self._point_at(last if self._at is None else max(0, min(last, self._at + step)))
        if self._at is not None:
            self.setAccessibleDescription(self.day_text(self._at))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            QToolTip.showText(
                self.mapToGlobal(self._point(self._at, 0).toPoint()), self.day_text(self._at), self
            )

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(5), theme.px(5)
            )
        area = self._area()
        painter.setPen(theme.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._draw(painter, [day.people for day in self._days], "muted", 1.2)
        self._draw(painter, [day.reachable for day in self._days], "accent", 2.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        for place, day in enumerate(self._days):
            if day.uploaded is not None or place == self._at:
                radius = theme.px(3.5 if place == self._at else 2.5)
                painter.drawEllipse(self._point(place, day.reachable), radius, radius)
        painter.end()

    def _draw(self, painter: QPainter, values: Sequence[int], role: str, width: float) -> None:
        painter.setPen(QPen(theme.colour(role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF([self._point(place, value) for place, value in enumerate(values)]))

    def _area(self) -> QRectF:
        edge = theme.px(6)
        return QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)

    def _point(self, place: int, value: int) -> QPointF:
        area = self._area()
        days = [date.fromisoformat(day.day).toordinal() for day in self._days]
        width = max(1, days[-1] - days[0])
        most = max(1, *(max(day.people, day.reachable) for day in self._days))
        across = (days[place] - days[0]) / width
        return QPointF(area.left() + across * area.width(), area.bottom() - value / most * area.height())

    def _point_at(self, place: int) -> None:
        if place != self._at:
            self._at = place
            self.update()
