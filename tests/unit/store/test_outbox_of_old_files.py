"""A shop of an older layout keeps its uploads: their requests become plans, and the audiences they made are known."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from desktop.store import outbox
from desktop.store.outbox import at_line
from desktop.store.shop_file import ShopFile
from tests.unit.store.test_migrations import frozen_files

OLD = (
    (11, "a", "VIP", "ready", 101, "done"),
    (12, "b", "VIP 1121", "processing", 102, "done"),
    (13, "c", "VIP 1121-2", "waiting", None, "pending"),
)


def test_uploads_of_the_second_layout(tmp_path: Path) -> None:
    path = tmp_path / "店.tagline"
    shutil.copy(next(file for file in frozen_files() if file.name == "shop_v2.tagline"), path)
    connection = sqlite.connect(str(path))
    for number, key, name, state, group, sent in OLD:
        connection.execute(
            "INSERT INTO upload (id, key, audience_id, audience_name, line_name, query, state, members, ids, audience_group_id,"
            " pressed_at, changed_at) VALUES (?, ?, 1, 'VIP', ?, '', ?, 1, 1, ?, '2026-01-01', '2026-01-01')",
            (number, key, name, state, group),
        )
        connection.execute(
            "INSERT INTO upload_request (upload_id, seq, op, method, first, count, state)"
            " VALUES (?, 0, ?, 'create_json', 0, 1, ?)",
            (number, f"{key}-0", sent),
        )
    connection.commit()
    connection.close()
    with ShopFile.open(path) as shop:
        db = shop.writer()
        found = {one.id: one for one in outbox.jobs(db)}
        assert {*found} == {11, 12, 13}
        assert [(found[one].op, found[one].kind, found[one].ids_done) for one in (11, 12, 13)] == [
            ("a-0", "new", 1),
            ("b-0", "new", 1),
            ("c-0", "new", 0),
        ]
        assert [(one.group_id, one.role) for one in at_line.all_known(db)] == [(102, "current"), (101, "old")]
        current = at_line.current(db, 1)
        assert current is not None
        assert (current.group_id, current.name, current.upload_id) == (102, "VIP 1121", 12)
