"""The pictures of the menus that LINE is to get, drawn as they are planned now, beside the work: a press whose plan was edited
meanwhile is told so, and draws again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QImage

from desktop.core.job import JobContext
from desktop.core.planning.rich_menu.menu import from_content
from desktop.operations.planning.publishing.models import MenuImage
from desktop.store.database import Database
from desktop.store.planning import pictures, plans


@dataclass(frozen=True)
class Drawn:
    """Pictures by plan, and what each plan held when it was drawn."""

    images: Mapping[int, MenuImage]
    contents: Mapping[int, object]

    def is_current(self, db: Database) -> bool:
        """Whether no plan changed since."""
        return all(_content(db, plan_id) == content for plan_id, content in self.contents.items())


def drawn(db: Database, plan_ids: Iterable[int], ctx: JobContext) -> Drawn:
    """Draw the pictures of some plans; one that is gone has none.

    Raises:
        UserError: a picture the owner chose cannot be made to fit.
        Cancelled: if the owner cancelled.
    """
    from desktop.ui.menu_image.picture_file import image_bytes

    images: dict[int, MenuImage] = {}
    contents: dict[int, object] = {}
    wanted = list(plan_ids)
    for number, plan_id in enumerate(wanted):
        ctx.report(number, len(wanted))
        ctx.raise_if_cancelled()
        plan = plans.by_id(db, plan_id)
        if plan is None:
            continue
        menu = from_content(plan.content, plan.name)
        kept = {picture: _image(db, picture) for picture in menu.pictures()}
        file = image_bytes(menu, kept.get)
        images[plan_id] = MenuImage(file.data, file.media_type)
        contents[plan_id] = plan.content
    return Drawn(images, contents)


def _image(db: Database, picture_id: int) -> QImage | None:
    from desktop.ui.pictures.loading import load_bytes

    kept = pictures.picture(db, picture_id)
    return None if kept is None else load_bytes(kept.bytes, kept.name)


def _content(db: Database, plan_id: int) -> object:
    plan = plans.by_id(db, plan_id)
    return None if plan is None else plan.content
