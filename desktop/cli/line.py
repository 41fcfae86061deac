"""Commands that speak with LINE: upload and outbox. A practice shop speaks with its simulated LINE, which runs as long as the
command does."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from desktop.cli.shops import changing, reading, shop_path
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.line_api.client import LineClient
from desktop.line_api.errors import LineProblem
from desktop.line_api.uploading.uploader import Uploader
from desktop.operations.audiences import audiences
from desktop.operations.line import audiences_at_line, connecting, keeping_in_step, uploading
from desktop.operations.planning import publishing
from desktop.practice import PracticeLine
from desktop.store import outbox, shop
from desktop.store.database import Database
from desktop.store.outbox import UploadJob, at_line
from desktop.store.publishing import PublishingJob
from desktop.text import render

T = TypeVar("T")

_NOT_TAKEN = ("waiting", "unknown", "action_needed", "refused")
"""States in which an upload has not reached LINE for certain; it stays in the outbox with the reason."""


def upload(arguments: argparse.Namespace) -> dict[str, Any]:
    """``upload NAME [--wait]``."""
    with changing(shop_path(arguments.shop)) as db:
        audience = audiences.existing(db, arguments.name)
        with line_of(db) as client:
            return upload_answer(db, send(db, client, audience.name, until_ready=arguments.wait))


def jobs(arguments: argparse.Namespace) -> dict[str, Any]:
    """``outbox``: uploads of audiences, publications of rich menus, and what is ready to be changed there by a press."""
    with reading(shop_path(arguments.shop)) as db:
        return {
            "jobs": [
                {
                    "id": job.id,
                    "audience": job.audience,
                    "state": job.state,
                    "ids": job.ids,
                    "audience_group_id": job.audience_group_id,
                    "request_id": job.request_id,
                    "error": None if job.error is None else render(job.error),
                }
                for job in outbox.jobs(db)
            ],
            "publications": [_publication(job) for job in publishing.jobs(db)],
            "prepared": [
                {
                    "what": one.what,
                    "menu": one.name or None,
                    "people": one.people,
                    "day": None if one.day is None else one.day.isoformat(),
                }
                for one in publishing.prepared(db)
            ],
        }


def _publication(job: PublishingJob) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "confirmed": job.confirmed,
        "menus": job.menus,
        "people": job.people,
        "done": job.done,
        "requests": job.requests,
        "error": None if job.error is None else render(job.error),
    }


def send(db: Database, client: LineClient, name: str, *, until_ready: bool) -> UploadJob:
    """Press the button for a saved audience and carry it out in this thread: upload it, add who joined, or replace it where
    somebody left. Where LINE holds exactly who is meant, nothing is sent, and the upload that brought them is the answer.

    Raises:
        UserError: if it cannot be sent, or LINE did not take it.
    """
    outbox.after_restart(db)
    audience = audiences.existing(db, name)

    def in_database(work: Callable[[Database], T]) -> T:
        return work(db)

    unasked: LineProblem | None = None
    try:
        audiences_at_line.ask_about(client, in_database, audience.id)
    except LineProblem as problem:
        unasked = problem
    pressed = keeping_in_step.refresh(db, audience)
    if pressed.job is None:
        if unasked is not None:
            raise unasked
        known = at_line.current(db, audience.id)
        return uploading.existing(db, at_line.held_uploads(db, known.group_id)[-1] if known else 0)
    done = Uploader(client, in_database).run(pressed.job.id, until_ready=until_ready) or pressed.job
    if done.state in _NOT_TAKEN and done.error is not None:
        raise UserError(done.error)
    return done


def upload_answer(db: Database, job: UploadJob) -> dict[str, Any]:
    """An upload as the command answers it; ``ids`` is how many LINE was given for that audience, by whatever uploads."""
    ids = job.ids
    if job.kind == "add" and job.audience_group_id is not None and job.state in ("processing", "ready"):
        ids = at_line.given(db, job.audience_group_id)
    return {"id": job.id, "state": job.state, "audience_group_id": job.audience_group_id, "ids": ids}


@contextmanager
def line_of(db: Database) -> Iterator[LineClient]:
    """LINE for this shop: the simulated one of a practice shop, else the account the owner connected.

    Raises:
        UserError: if no account is connected.
    """
    if shop.is_practice(db):
        with PracticeLine.start(db.path) as line:
            yield line.client()
        return
    given = connecting.from_environment()
    if given is not None:
        secret, hosts = given
        yield connecting.client_for(secret, practice=False, hosts=hosts)
        return
    from desktop.credentials import KeychainCredentials

    saved = connecting.saved_secret(db, KeychainCredentials())
    if saved is None:
        raise UserError(message("cli.not_connected"))
    yield connecting.client_for(saved, practice=False)
