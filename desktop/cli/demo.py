"""``demo``: the whole job on the sample shop. Files an owner would have go in at one end, a LINE audience comes out at the
other, in practice mode."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.cli import answers
from desktop.cli.line import send
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.importer.recipe import Answers
from desktop.operations.audiences import audiences
from desktop.operations.importing import importing
from desktop.operations.shop import sample_shop
from desktop.operations.tagging import tagging
from desktop.paths import shops_folder
from desktop.practice import PracticeLine
from desktop.settings import Settings
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile, open_reader
from desktop.text import t

TAG = "60天未回購"
QUERY = "(tag:熟客 OR tag:VIP) last_order:>60d -tag:市集"


def demo(arguments: argparse.Namespace) -> dict[str, Any]:
    """Make the practice shop anew, import the sample files, tag, save an audience and upload it to the simulated LINE.

    Raises:
        UserError: if ``--shop`` names a shop that is not a practice shop, or anything on the way fails.
    """
    path = _practice_path(arguments.shop)
    _make_room(path)
    with ShopFile.create(path, name=t("cli.practice_shop"), practice=True) as practice:
        db = practice.writer()
        imports = _import_sample(db)
        condition = audiences.condition_of(db, QUERY)
        tagged = tagging.tag(db, Selection.matching(condition), TAG)
        saved = audiences.save(db, t("cli.demo_audience_name"), QUERY)
        now = audiences.now(db, saved.audience)
        with PracticeLine.start(path) as line:
            done = send(db, line.client(), saved.audience.name, until_ready=True)
            held = 0 if done.audience_group_id is None else len(line.ids_of(done.audience_group_id))
    if arguments.shop is None:
        Settings().shop_opened(path)
    return {
        "imports": imports,
        "tagged": tagged.changed,
        "audience": {
            "name": saved.audience.name,
            "members": now.reach.people,
            "uploadable": now.reach.reachable,
        },
        "upload": {"state": done.state, "audience_group_id": done.audience_group_id, "ids": held},
    }


def _import_sample(db: Database) -> list[dict[str, Any]]:
    return [
        answers.import_answer(outcome.report)
        for file in sample_shop.sample_files()
        for outcome in importing.run(db, file, Answers())
    ]


def _practice_path(named: str | None) -> Path:
    return (
        Path(named).expanduser().absolute() if named else shops_folder() / f"{t('cli.practice_shop')}.tagline"
    )


def _make_room(path: Path) -> None:
    """An earlier practice shop makes room; any other shop is left alone."""
    if not path.exists():
        return
    db = open_reader(path)
    try:
        practice = shop.is_practice(db)
    finally:
        db.close()
    if not practice:
        raise UserError(message("cli.demo_not_practice", file=path.name))
    with ShopFile.open(path):
        pass
    sample_shop.remove(path)
