"""``import FILE…``: each file's sheets with data, checked and committed; with --dry-run nothing is saved."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.cli import answers
from desktop.cli.shops import changing, shop_path
from desktop.importer.recipe import Answers
from desktop.operations import importing


def import_files(arguments: argparse.Namespace) -> dict[str, Any]:
    """``import FILE…``: each file's sheets with data; with --dry-run nothing is saved."""
    given = Answers.from_options(arguments.map, arguments.dates)
    path = shop_path(arguments.shop)
    imported: list[dict[str, Any]] = []
    with changing(path, create=True) as db:
        for file in arguments.files:
            outcomes = importing.run(
                db,
                Path(file).expanduser(),
                given,
                sheet=arguments.sheet,
                dry_run=arguments.dry_run,
                encoding=arguments.encoding,
                password=arguments.password,
            )
            imported += [answers.import_answer(outcome.report) for outcome in outcomes]
    return {"imports": imported}
