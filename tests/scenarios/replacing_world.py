"""A shop whose audience is at LINE and then changes: somebody joins, somebody leaves, and the owner refreshes."""

from __future__ import annotations

from desktop.operations.line import keeping_in_step, uploading
from desktop.operations.line.keeping_in_step import Drift
from desktop.store import audiences, outbox
from desktop.store.audiences import Audience
from desktop.store.outbox import UploadJob
from tests.scenarios.upload_world import ProgramKilled, UploadWorld, user_id
from tests.scenarios.usual_faults import USUAL, Faults

NAME = "熟客"

REQUESTS = {
    "account": ("GET", "/v2/bot/info$"),
    "list": ("GET", "/audienceGroup/list$"),
    "create": ("POST", "/audienceGroup/upload$"),
    "add": ("PUT", "/audienceGroup/upload$"),
    "look": ("GET", r"/audienceGroup/\d+$"),
    "rename": ("PUT", "/updateDescription$"),
    "delete": ("DELETE", r"/audienceGroup/\d+$"),
}
"""Every kind of request that keeping an audience in step is made of."""

FAULTS: Faults = {
    **USUAL,
    "unfamiliar": {"kind": "unfamiliar_json"},
    "500 after": {"kind": "status", "status": 500, "after_processing": True},
    "503 after, twice": {"kind": "status", "status": 503, "after_processing": True, "count": 2},
}


def audience(world: UploadWorld, name: str = NAME) -> Audience:
    """The saved audience as it stands."""
    found = audiences.find(world.db, name)
    assert found is not None
    return found


def drift(world: UploadWorld, name: str = NAME) -> Drift:
    return keeping_in_step.drift(world.db, audience(world, name))


def leave(world: UploadWorld, *numbers: int) -> None:
    """People who may not be sent to any more."""
    with world.db.transaction():
        for number in numbers:
            world.db.run("UPDATE person SET do_not_send = 1 WHERE line_user_id = ?", (user_id(number),))


def at_line(world: UploadWorld) -> dict[str, frozenset[str]]:
    """Who is in which audience at LINE, by name."""
    return {one.description: world.simulator.ids_of(one.id) for one in world.simulator.audiences()}


def start(world: UploadWorld, count: int = 7) -> frozenset[str]:
    """An audience that is at LINE and READY; returns who is in it."""
    people = world.people(count)
    job = world.press(NAME)
    assert world.finish(job.id).state == "ready"
    return people


def insist(world: UploadWorld, upload_id: int) -> UploadJob:
    """A patient owner: waits, presses retry where something asks for it."""
    return world.insist(upload_id)


def survive(world: UploadWorld, upload_id: int, die_at: str, nth: int) -> None:
    """Work on a job until the program is killed at a point, then start it again."""
    try:
        world.uploader(die_at=die_at, nth=nth).run(upload_id, until_ready=True)
    except ProgramKilled:
        world.restart()


def confirm_deletion(world: UploadWorld) -> UploadJob:
    """The owner says that nothing uses the old audience."""
    (old,) = keeping_in_step.old_copies(world.db)
    job = keeping_in_step.confirm_delete_old(world.db, old.group_id).job
    assert job is not None
    return job


def existing(world: UploadWorld, upload_id: int) -> UploadJob:
    return uploading.existing(world.db, upload_id)


def nothing_open(world: UploadWorld) -> bool:
    return outbox.active(world.db) == [] and outbox.open_jobs(world.db) == []
