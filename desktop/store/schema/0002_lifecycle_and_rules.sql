-- Days after it was put on until a tag has had its time; null: never.
ALTER TABLE tag ADD COLUMN expires_after INTEGER;

-- Keys that a person answers to besides her own: those of somebody merged into her. In force while the step that merged them is done.
CREATE TABLE other_identity (
    key       TEXT NOT NULL CHECK (key IN ('member_no', 'line_user_id', 'phone', 'email')),
    value     TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    step_id   INTEGER NOT NULL REFERENCES step (id),
    PRIMARY KEY (key, value, person_id, step_id)
) WITHOUT ROWID;
CREATE INDEX other_identity_by_person ON other_identity (person_id);

-- Two people of whom the owner said that they are not the same, low < high. In force while the step is done.
CREATE TABLE different_people (
    low     INTEGER NOT NULL,
    high    INTEGER NOT NULL,
    step_id INTEGER NOT NULL REFERENCES step (id),
    PRIMARY KEY (low, high, step_id)
) WITHOUT ROWID;

-- Who took part in a merge and who stayed (herself included: person_id = keep). `apart` and `joined` are marks of the tags and orders
-- each held before and after: as long as they hold, the merge can be taken back.
CREATE TABLE merged_person (
    step_id   INTEGER NOT NULL REFERENCES step (id),
    person_id INTEGER NOT NULL,
    keep      INTEGER NOT NULL,
    apart     TEXT NOT NULL,
    joined    TEXT NOT NULL,
    PRIMARY KEY (step_id, person_id)
) WITHOUT ROWID;
CREATE INDEX merged_person_by_keep ON merged_person (keep);

-- People the owner deleted: imports leave them out while the step is done and they were not allowed back.
CREATE TABLE deleted_person (
    step_id      INTEGER NOT NULL REFERENCES step (id),
    person_id    INTEGER NOT NULL,
    name         TEXT,
    member_no    TEXT,
    line_user_id TEXT,
    phone        TEXT,
    email        TEXT,
    allowed_at   TEXT,
    PRIMARY KEY (step_id, person_id)
) WITHOUT ROWID;

-- Keyed hashes of the identities of people who were erased: all that stays of them, so that imports do not bring them back.
CREATE TABLE erased_key (
    hash      TEXT PRIMARY KEY,
    erased_at TEXT NOT NULL
) WITHOUT ROWID;

-- A condition that puts a behaviour tag on whoever meets it, and with `takes_off` takes it off those it put it on who no longer do.
CREATE TABLE rule (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL,
    key           TEXT NOT NULL UNIQUE,
    query         TEXT NOT NULL,
    tag_id        INTEGER NOT NULL,
    takes_off     INTEGER NOT NULL DEFAULT 1,
    after_imports INTEGER NOT NULL DEFAULT 0,
    ran_at        TEXT,
    error         TEXT,
    created_step  INTEGER
);

-- Visits pressed at the counter, which are few among the orders.
CREATE INDEX shop_order_visits ON shop_order (person_id, ordered_at) WHERE kind = 'visit';
