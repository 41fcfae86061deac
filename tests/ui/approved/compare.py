"""Compares a picture with the approved one in tests/data/approved.

Ask for the fixture ``approved`` (import it into the conftest.py of your folder) and call ``approved(image, "area/name")``. A picture
that was never approved, or is to look otherwise from now on, is made with ``TAGLINE_APPROVE=1`` — and looked at before it is kept.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.ui import theme
from tests.ui.approved import one_font

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "tests" / "data" / "approved"
OUT = ROOT / ".out" / "approved"
MEAN = 0.5
"""The mean difference of all channels of all pixels stays below this, of 255."""

FAR, FAR_SHARE = 24, 0.002
"""Fewer than this share of the pixels differ by more than FAR in any channel."""

APPROVE = os.environ.get("TAGLINE_APPROVE") == "1"


@dataclass(frozen=True, slots=True)
class Difference:
    """How far two pictures of one size are apart. ``picture``: white where they are alike, the darker the farther."""

    mean: float
    far: float
    picture: QImage

    @property
    def is_small(self) -> bool:
        """Whether nobody would see it."""
        return self.mean < MEAN and self.far < FAR_SHARE


def difference(one: QImage, other: QImage) -> Difference:
    """Compare two pictures of one size; what is transparent is compared as it is."""
    import numpy

    parts = []
    for image in (one, other):
        plain = image.convertToFormat(QImage.Format.Format_RGBA8888_Premultiplied)
        rows = numpy.frombuffer(plain.constBits(), numpy.uint8).reshape(plain.height(), plain.bytesPerLine())
        parts.append(
            rows[:, : plain.width() * 4].reshape(plain.height(), plain.width(), 4).astype(numpy.int16)
        )
    apart = numpy.abs(parts[0] - parts[1])
    most = apart.max(axis=2)
    # Ten times as strong: what the limits refuse is otherwise hard to see.
    shown = numpy.ascontiguousarray(255 - numpy.minimum(255, most * 10)).astype(numpy.uint8)
    picture = QImage(shown.tobytes(), one.width(), one.height(), one.width(), QImage.Format.Format_Grayscale8)
    return Difference(float(apart.mean()), float((most > FAR).mean()), picture.copy())


class Approved:
    """``approved(image, "phone/greeting.light")`` fails the test unless the picture looks like the approved one."""

    def __init__(self, folder: Path = FOLDER, out: Path = OUT, *, approve: bool = APPROVE) -> None:
        self._folder, self._out, self._approve = folder, out, approve

    def __call__(self, image: QImage, name: str, *, width: int | None = None) -> None:
        """Compare.

        Args:
            image: what is drawn now.
            name: "area/what.variant"; its file is <name>.png below tests/data/approved.
            width: pixels to shrink both to beforehand: small files are enough to see that nothing moved.
        """
        if width is not None and image.width() > width:
            image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        file = self._folder / f"{name}.png"
        if self._approve:
            file.parent.mkdir(parents=True, exist_ok=True)
            assert image.save(str(file)), f"{name} could not be written"
            return
        if not file.exists():
            seen = self._keep(image, name, "seen")
            pytest.fail(f"{name} was never approved; look at {seen}", pytrace=False)
        known = QImage(str(file))
        if known.size() != image.size():
            seen = self._keep(image, name, "seen")
            pytest.fail(f"{name} is {_size(image)}, approved was {_size(known)}; see {seen}", pytrace=False)
        found = difference(known, image)
        if not found.is_small:
            self._keep(known, name, "approved")
            seen = self._keep(image, name, "seen")
            self._keep(found.picture, name, "difference")
            pytest.fail(
                f"{name} looks different: mean {found.mean:.2f} of 255 (limit {MEAN}), {found.far:.2%} of the"
                f" pixels far off (limit {FAR_SHARE:.1%}); see {seen} and the pictures beside it",
                pytrace=False,
            )

    def _keep(self, image: QImage, name: str, what: str) -> Path:
        file = self._out / f"{name}.{what}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        image.save(str(file))
        return file.relative_to(ROOT) if file.is_relative_to(ROOT) else file


def _size(image: QImage) -> str:
    return f"{image.width()} × {image.height()}"


@pytest.fixture
def approved(monkeypatch: pytest.MonkeyPatch) -> Approved:
    """What compares; while it is used the window's font is the one font of approved pictures, in all languages."""
    for family in sorted(set(one_font.FAMILIES.values())):
        one_font.load(family)
    families = {language: [family] for language, family in one_font.FAMILIES.items()}
    monkeypatch.setattr(theme, "_FAMILIES", dict.fromkeys(("win32", "darwin", "linux"), families))
    monkeypatch.setattr(theme._Current, "scale", 100)
    return Approved()
