-- What the owner plans here: greetings, rich menus, the operating plan and what hangs on it. `content` is the JSON of the kind's own
-- model; `key` is what no two of a kind may share (their name), NULL where names may repeat; `place` orders them.
CREATE TABLE plan (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT NOT NULL CHECK (kind IN
        ('greeting', 'rich_menu', 'sheet', 'entry', 'task', 'journey', 'recruiting')),
    name         TEXT NOT NULL,
    key          TEXT UNIQUE,
    place        REAL NOT NULL DEFAULT 0,
    content      TEXT NOT NULL,
    saved_at     TEXT NOT NULL,
    created_step INTEGER REFERENCES step (id)
);
CREATE INDEX plan_by_kind ON plan (kind, place, id);
CREATE INDEX plan_created_step ON plan (created_step);

-- Pictures that plans show, as files; a plan names them by number. They are kept once, and never change.
CREATE TABLE picture (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256     TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    bytes      BLOB NOT NULL,
    name       TEXT NOT NULL,
    added_at   TEXT NOT NULL
);

-- Publishing rich menus to LINE.
