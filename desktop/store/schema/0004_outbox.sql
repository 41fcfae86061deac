-- What an upload is to the audience at LINE: a new one, more people for one that is there, one in place of another, or the end of one.
ALTER TABLE upload ADD COLUMN kind TEXT NOT NULL DEFAULT 'new' CHECK (kind IN ('new', 'add', 'replace', 'delete'));
-- The audience at LINE in whose place a replacement comes.
ALTER TABLE upload ADD COLUMN old_group_id INTEGER;
-- The owner cancelled while a request was under way: what becomes of it decides.
ALTER TABLE upload ADD COLUMN cancel_wanted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX upload_by_group ON upload (audience_group_id);
CREATE INDEX upload_by_audience ON upload (audience_id);

-- `place` counts a frozen list once it has to be sent in parts; `refused` marks an ID for which LINE refused every list it was in.
ALTER TABLE upload_person ADD COLUMN place INTEGER;
ALTER TABLE upload_person ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;

-- The plan of an upload: its requests in the order they are sent. `group_id` and `name` are what a request is about and calls it,
-- `expected` what it was called when that was planned: a name that somebody changed meanwhile is left alone. `state` is pending, sending (committed before the request leaves), done, or skipped where nothing was left to do. `tries` counts how
-- often it left.
CREATE TABLE upload_plan (
    upload_id  INTEGER NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    op         TEXT NOT NULL,
    method     TEXT NOT NULL CHECK (method IN ('create_json', 'create_file', 'add_json', 'add_file', 'rename_old', 'rename_new', 'delete')),
    first      INTEGER NOT NULL DEFAULT 0,
    count      INTEGER NOT NULL DEFAULT 0,
    group_id   INTEGER,
    name       TEXT,
    expected   TEXT,
    state      TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'done', 'skipped')),
    tries      INTEGER NOT NULL DEFAULT 0,
    at         TEXT,
    PRIMARY KEY (upload_id, seq)
) WITHOUT ROWID;
INSERT INTO upload_plan (upload_id, seq, op, method, first, count, state)
    SELECT upload_id, seq, op, method, first, count, state FROM upload_request;
DROP TABLE upload_request;
ALTER TABLE upload_plan RENAME TO upload_request;

-- Audiences at LINE as last seen. `role`: current (the one of our audience), old (it was, before another took its place), other.
-- `audience_id` has no reference: a deletion of ours may be undone. `left_alone_until`: the owner keeps an old one and is asked again then.
CREATE TABLE line_audience (
    group_id         INTEGER PRIMARY KEY,
    account          TEXT,
    audience_id      INTEGER,
    role             TEXT NOT NULL DEFAULT 'other' CHECK (role IN ('current', 'old', 'other')),
    adopted          INTEGER NOT NULL DEFAULT 0,
    name             TEXT NOT NULL,
    status           TEXT NOT NULL DEFAULT '',
    type             TEXT NOT NULL DEFAULT '',
    create_route     TEXT NOT NULL DEFAULT '',
    permission       TEXT NOT NULL DEFAULT '',
    line_count       INTEGER,
    created_at       TEXT,
    expires_at       TEXT,
    seen_at          TEXT,
    gone_at          TEXT,
    left_alone_until TEXT
);
CREATE INDEX line_audience_by_audience ON line_audience (audience_id);
INSERT INTO line_audience (group_id, account, audience_id, role, name, line_count, expires_at, seen_at)
    SELECT u.audience_group_id, u.account, u.audience_id,
           CASE WHEN u.audience_id IS NULL THEN 'other'
                WHEN u.id = (SELECT max(n.id) FROM upload n WHERE n.audience_id = u.audience_id AND n.audience_group_id IS NOT NULL)
                THEN 'current' ELSE 'old' END,
           u.line_name, u.line_count, u.expires_at, u.ready_at
    FROM upload u WHERE u.audience_group_id IS NOT NULL GROUP BY u.audience_group_id;
