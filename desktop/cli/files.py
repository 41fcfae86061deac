"""``import FILE…``: each file's sheets with data, checked and committed; with --dry-run nothing is saved."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from desktop.cli import answers
from desktop.cli.shops import changing, shop_path
from desktop.core.errors import UserError, WrongUsage
from desktop.core.message import message
from desktop.importer.decisions import OVERWRITES
from desktop.importer.recipe import Answers
from desktop.operations.importing import importing
from desktop.store.database import Database
from desktop.text import render, t

_DOUBTS = 20
"""Rows whose answer is told to people who read; ``--json`` has all."""


def import_files(arguments: argparse.Namespace) -> dict[str, Any]:
    """``import FILE…``: each file's sheets with data; with --dry-run nothing is saved."""
    given = _answers(arguments)
    path = shop_path(arguments.shop)
    imported: list[dict[str, Any]] = []
    with changing(path, create=True) as db:
        for place, file in enumerate(arguments.files):
            try:
                outcomes = _import_one(db, file, given, arguments)
            except UserError:
                if place and not arguments.dry_run:
                    _tell_what_is_saved(arguments.files[:place])
                raise
            if not arguments.json:
                _tell_notes(outcomes)
                _tell_doubts(outcomes)
            imported += [answers.import_answer(outcome.report) for outcome in outcomes]
    return {"imports": imported}


def _import_one(
    db: Database, file: str, given: Answers, arguments: argparse.Namespace
) -> list[importing.ImportOutcome]:
    return importing.run(
        db,
        Path(file).expanduser(),
        given,
        sheet=arguments.sheet,
        dry_run=arguments.dry_run,
        encoding=arguments.encoding,
        password=arguments.password,
    )


def _tell_what_is_saved(files: list[str]) -> None:
    """The files before the one that failed are in the shop; that has to be known."""
    print(t("cli.imported_before", files=[Path(file).name for file in files]), file=sys.stderr)


def _tell_notes(outcomes: list[importing.ImportOutcome]) -> None:
    """What there is to know of the reading goes beside the answer, once a file."""
    notes = ((one.report.file, note) for one in outcomes for note in one.report.details.get("notes", ()))
    for file, note in dict.fromkeys(notes):
        print(f"{file}: {render(note)}", file=sys.stderr)


def _tell_doubts(outcomes: list[importing.ImportOutcome]) -> None:
    """How a row that may be about several people is answered goes beside the answer."""
    for row in (row for outcome in outcomes for row in outcome.report.ambiguous[:_DOUBTS]):
        ids = [str(one.id) for one in row.candidates if one.id is not None]
        option = f"--row {row.row}={'|'.join([*ids, 'new', 'skip'])}"
        print(t("cli.answer_with", option=option), file=sys.stderr)


def _answers(arguments: argparse.Namespace) -> Answers:
    """What the options decide.

    Raises:
        WrongUsage: if one is not of its form.
    """
    overwrite = _pairs("--overwrite", arguments.overwrite)
    if not set(overwrite.values()) <= set(OVERWRITES):
        raise WrongUsage(message("cli.pair_expected", option="--overwrite", text=arguments.overwrite[0]))
    return Answers(
        _pairs("--map", arguments.map),
        _pairs("--dates", arguments.dates),
        policy=arguments.policy,
        overwrite=overwrite,
        tag_mode=arguments.tag_mode,
        import_tag=arguments.tag,
        keywords=_pairs("--keyword", arguments.keyword),
        answer_tags=_answer_tags(arguments.answer_tag),
        number_series=arguments.number_series,
        decisions=_rows(arguments),
    )


def _rows(arguments: argparse.Namespace) -> dict[int, str]:
    """``ROW=WHO`` as the row the spreadsheet shows → ``person:<id>``, ``new`` or ``skip``.

    Raises:
        WrongUsage: if one is not of this form, or rows of several files would be meant.
    """
    found = {}
    for text in arguments.row:
        row, equals, who = (part.strip() for part in text.partition("="))
        if not (equals and row.isdecimal() and (who.isdecimal() or who in ("new", "skip"))):
            raise WrongUsage(message("cli.pair_expected", option="--row", text=text))
        if len(arguments.files) > 1:
            raise WrongUsage(message("importing.decided.one_file"))
        found[int(row)] = f"person:{int(who)}" if who.isdecimal() else who
    return found


def _answer_tags(given: list[str]) -> dict[str, dict[str, str]]:
    """``COLUMN:ANSWER=TAG`` as column → answer → tag; a question may hold ":" itself, and a tag may be empty.

    Raises:
        WrongUsage: if one is not of this form.
    """
    found: dict[str, dict[str, str]] = {}
    for text in given:
        place, equals, tag = text.rpartition("=")
        column, colon, answer = place.rpartition(":")
        if not equals or not colon or not column.strip() or not answer.strip():
            raise WrongUsage(message("cli.pair_expected", option="--answer-tag", text=text))
        found.setdefault(column.strip(), {})[answer.strip()] = tag.strip()
    return found


def _pairs(option: str, given: list[str]) -> dict[str, str]:
    """``COLUMN=WORD`` as a dictionary; a column's name may hold "=" itself.

    Raises:
        WrongUsage: if one is not of this form.
    """
    pairs = {}
    for text in given:
        column, equals, word = text.rpartition("=")
        if not equals or not column.strip() or not word.strip():
            raise WrongUsage(message("cli.pair_expected", option=option, text=text))
        pairs[column.strip()] = word.strip()
    return pairs
