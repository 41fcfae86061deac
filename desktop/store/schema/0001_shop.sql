CREATE TABLE shop (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- The layouts this file went through, and the version of the program that applied each.
CREATE TABLE migration (
    version     INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    applied_at  TEXT NOT NULL,
    app_version TEXT NOT NULL
);

-- One named action of the owner. `title` is a message in JSON; `state` is done, undone or listed (listed: shown, never undone).
CREATE TABLE step (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      TEXT NOT NULL,
    kind    TEXT NOT NULL,
    title   TEXT NOT NULL,
    changed INTEGER NOT NULL DEFAULT 0,
    state   TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'listed')),
    undoes  INTEGER REFERENCES step (id),
    images  INTEGER NOT NULL DEFAULT 1
);

-- Before and after of one row: JSON objects of the fields that changed; a whole row where it was created or deleted.
-- Rows created by a step and still there need no entry: they carry its number in created_step.
CREATE TABLE row_change (
    step_id INTEGER NOT NULL REFERENCES step (id) ON DELETE CASCADE,
    tbl     TEXT NOT NULL,
    row_id  INTEGER NOT NULL,
    before  TEXT,
    after   TEXT,
    PRIMARY KEY (step_id, tbl, row_id)
) WITHOUT ROWID;
CREATE INDEX row_change_by_row ON row_change (tbl, row_id);

-- A tag put on (added = 1) or taken from (added = 0) a person by a step; origin and tag_step are those of the tag itself.
CREATE TABLE tag_change (
    step_id   INTEGER NOT NULL REFERENCES step (id) ON DELETE CASCADE,
    tag_id    INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    added     INTEGER NOT NULL,
    origin    TEXT NOT NULL,
    tag_step  INTEGER,
    PRIMARY KEY (step_id, tag_id, person_id)
) WITHOUT ROWID;

CREATE TABLE person (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    member_no          TEXT,
    line_user_id       TEXT,
    phone              TEXT,
    email              TEXT,
    name               TEXT,
    line_name          TEXT,
    gender             TEXT,
    birthday           TEXT,
    level              TEXT,
    store              TEXT,
    source             TEXT,
    points             NUMERIC,
    consent            INTEGER,
    blocked            INTEGER,
    do_not_send        INTEGER NOT NULL DEFAULT 0,
    friend_at          TEXT,
    joined_at          TEXT,
    bound_at           TEXT,
    friend             INTEGER,
    friend_checked_at  TEXT,
    note               TEXT,
    extra              TEXT,
    folded             TEXT,
    by_hand            TEXT,
    stated_orders      INTEGER,
    stated_total       NUMERIC,
    stated_first_order TEXT,
    stated_last_order  TEXT,
    orders             INTEGER,
    order_days         INTEGER,
    total              NUMERIC,
    first_order        TEXT,
    last_order         TEXT,
    created_step       INTEGER,
    changed_step       INTEGER
);
CREATE UNIQUE INDEX person_by_member_no ON person (member_no) WHERE member_no IS NOT NULL;
CREATE UNIQUE INDEX person_by_line_user_id ON person (line_user_id) WHERE line_user_id IS NOT NULL;
CREATE INDEX person_by_phone ON person (phone) WHERE phone IS NOT NULL;
CREATE INDEX person_by_email ON person (email) WHERE email IS NOT NULL;
CREATE INDEX person_by_last_order ON person (last_order);
CREATE INDEX person_by_created_step ON person (created_step);

CREATE TABLE tag (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    key          TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL DEFAULT 'attribute' CHECK (kind IN ('attribute', 'behaviour')),
    meaning      TEXT NOT NULL DEFAULT '',
    colour       TEXT NOT NULL DEFAULT '',
    grp          TEXT NOT NULL DEFAULT '',
    pinned       INTEGER UNIQUE CHECK (pinned BETWEEN 1 AND 10),
    used_at      TEXT,
    created_step INTEGER
);

CREATE TABLE person_tag (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    tag_id    INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    origin    TEXT NOT NULL CHECK (origin IN ('hand', 'import', 'rule')),
    step_id   INTEGER,
    PRIMARY KEY (person_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX person_tag_by_tag ON person_tag (tag_id, person_id);

CREATE TRIGGER person_tag_limit BEFORE INSERT ON person_tag
WHEN (SELECT count(*) FROM person_tag WHERE person_id = NEW.person_id AND tag_id <> NEW.tag_id)
     >= (SELECT CAST(value AS INTEGER) FROM shop WHERE key = 'tag_limit')
BEGIN
    SELECT RAISE(ABORT, 'tag limit');
END;
CREATE TRIGGER person_tag_limit_move BEFORE UPDATE OF person_id ON person_tag
WHEN NEW.person_id <> OLD.person_id
     AND (SELECT count(*) FROM person_tag WHERE person_id = NEW.person_id AND tag_id <> NEW.tag_id)
     >= (SELECT CAST(value AS INTEGER) FROM shop WHERE key = 'tag_limit')
BEGIN
    SELECT RAISE(ABORT, 'tag limit');
END;

-- An order or a visit pressed at the counter. `counts` is 0 for cancelled and fully refunded ones. Orders of unknown buyers keep the
-- buyer's keys and attach when the person arrives.
CREATE TABLE shop_order (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    kind               TEXT NOT NULL DEFAULT 'order' CHECK (kind IN ('order', 'visit')),
    order_no           TEXT,
    person_id          INTEGER REFERENCES person (id) ON DELETE SET NULL,
    ordered_at         TEXT,
    amount             NUMERIC,
    status             TEXT,
    counts             INTEGER NOT NULL DEFAULT 1,
    store              TEXT,
    buyer_member_no    TEXT,
    buyer_line_user_id TEXT,
    buyer_phone        TEXT,
    buyer_email        TEXT,
    buyer_name         TEXT,
    row_hash           TEXT,
    created_step       INTEGER,
    changed_step       INTEGER
);
CREATE UNIQUE INDEX shop_order_by_no ON shop_order (order_no) WHERE order_no IS NOT NULL;
CREATE INDEX shop_order_by_person ON shop_order (person_id, ordered_at);
CREATE INDEX shop_order_orphans ON shop_order (id) WHERE person_id IS NULL;
CREATE INDEX shop_order_by_created_step ON shop_order (created_step);

CREATE TABLE order_item (
    order_id INTEGER NOT NULL REFERENCES shop_order (id) ON DELETE CASCADE,
    line     INTEGER NOT NULL,
    item     TEXT,
    quantity NUMERIC,
    amount   NUMERIC,
    PRIMARY KEY (order_id, line)
) WITHOUT ROWID;

CREATE TABLE recipe (
    fingerprint TEXT PRIMARY KEY,
    answers     TEXT NOT NULL,
    used_at     TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE import_file (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    step_id   INTEGER NOT NULL REFERENCES step (id),
    file      TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    report    TEXT NOT NULL
);

CREATE TABLE audience (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    key          TEXT NOT NULL UNIQUE,
    query        TEXT NOT NULL,
    saved_at     TEXT NOT NULL,
    created_step INTEGER
);

-- One upload of an audience: the ids are frozen with the press of the button and never change afterwards. `line_name` is the
-- audience's name at LINE; `account` is the account's own user ID from the first request on, so that a job never continues at another.
CREATE TABLE upload (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    key               TEXT NOT NULL UNIQUE,
    audience_id       INTEGER REFERENCES audience (id) ON DELETE SET NULL,
    audience_name     TEXT NOT NULL,
    line_name         TEXT NOT NULL,
    account           TEXT,
    query             TEXT NOT NULL,
    state             TEXT NOT NULL DEFAULT 'waiting',
    members           INTEGER NOT NULL,
    ids               INTEGER NOT NULL,
    audience_group_id INTEGER,
    request_id        TEXT,
    line_count        INTEGER,
    error             TEXT,
    attempts          INTEGER NOT NULL DEFAULT 0,
    confirmed         INTEGER NOT NULL DEFAULT 1,
    step_id           INTEGER REFERENCES step (id),
    pressed_at        TEXT NOT NULL,
    changed_at        TEXT NOT NULL,
    next_try_at       TEXT,
    ready_at          TEXT,
    expires_at        TEXT,
    CHECK (state IN ('waiting', 'sending', 'processing', 'ready', 'unknown', 'action_needed', 'refused', 'cancelled'))
);
CREATE TABLE upload_person (
    upload_id    INTEGER NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    line_user_id TEXT NOT NULL,
    person_id    INTEGER,
    PRIMARY KEY (upload_id, line_user_id)
) WITHOUT ROWID;
-- The requests an upload is made of, in order; `state` is pending, sending (committed before the request leaves) or done.
CREATE TABLE upload_request (
    upload_id  INTEGER NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    op         TEXT NOT NULL,
    method     TEXT NOT NULL CHECK (method IN ('create_json', 'create_file', 'add_json', 'add_file')),
    first      INTEGER NOT NULL,
    count      INTEGER NOT NULL,
    state      TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'done')),
    PRIMARY KEY (upload_id, seq)
) WITHOUT ROWID;
