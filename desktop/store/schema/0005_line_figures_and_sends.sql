-- The account's figures by day (UTC+9), kept for ever: `source` is line (read by API) or hand (typed in); `account` is the user ID of
-- the official account LINE told them about, empty for those typed in.
CREATE TABLE line_day (
    day          TEXT NOT NULL,
    source       TEXT NOT NULL CHECK (source IN ('line', 'hand')),
    account      TEXT NOT NULL DEFAULT '',
    followers    INTEGER,
    target_reach INTEGER,
    blocks       INTEGER,
    noted_at     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (day, source, account)
) WITHOUT ROWID;
-- When calls were made that LINE only allows a few times an hour, so that a restart does not forget them.
CREATE TABLE line_call (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    endpoint TEXT NOT NULL,
    at       TEXT NOT NULL
);
CREATE INDEX line_call_endpoint ON line_call (endpoint, at);
-- One sending of messages: to an uploaded audience (narrowcast), or a test to one person (push). `retry_key` is fixed before the
-- first request leaves and never changes; `left_at` is when a request first left, by LINE's clock. No recipient stands here.
CREATE TABLE send (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    kind              TEXT NOT NULL CHECK (kind IN ('narrowcast', 'test')),
    upload_id         INTEGER REFERENCES upload (id) ON DELETE SET NULL,
    audience_id       INTEGER REFERENCES audience (id) ON DELETE SET NULL,
    audience_name     TEXT NOT NULL,
    line_name         TEXT NOT NULL,
    audience_group_id INTEGER,
    account           TEXT,
    messages          TEXT NOT NULL,
    people            INTEGER NOT NULL,
    up_to_quota       INTEGER NOT NULL DEFAULT 0,
    silent            INTEGER NOT NULL DEFAULT 0,
    state             TEXT NOT NULL DEFAULT 'draft' CHECK (state IN
        ('draft', 'waiting', 'sending', 'processing', 'sent', 'unknown', 'action_needed', 'failed', 'refused', 'lost', 'cancelled')),
    confirmed         INTEGER NOT NULL DEFAULT 0,
    retry_key         TEXT UNIQUE,
    request_id        TEXT,
    attempts          INTEGER NOT NULL DEFAULT 0,
    error             TEXT,
    phase             TEXT,
    target_count      INTEGER,
    success_count     INTEGER,
    failure_count     INTEGER,
    step_id           INTEGER REFERENCES step (id),
    drafted_at        TEXT NOT NULL,
    pressed_at        TEXT,
    left_at           TEXT,
    accepted_at       TEXT,
    completed_at      TEXT,
    changed_at        TEXT NOT NULL
);
CREATE INDEX send_upload ON send (upload_id);
CREATE INDEX send_audience ON send (audience_id);
CREATE INDEX send_step ON send (step_id);
-- What became of a sending, as LINE counts it for 14 days; a count is NULL where LINE shows none because it is fewer than 20 people.
CREATE TABLE send_result (
    send_id   INTEGER PRIMARY KEY REFERENCES send (id) ON DELETE CASCADE,
    read_at   TEXT NOT NULL,
    delivered INTEGER,
    opened    INTEGER,
    clicked   INTEGER,
    played    INTEGER,
    final     INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE send_click (
    send_id INTEGER NOT NULL REFERENCES send (id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    url     TEXT NOT NULL,
    clicks  INTEGER,
    people  INTEGER,
    PRIMARY KEY (send_id, seq, url)
) WITHOUT ROWID;
-- What the owner does by hand in LINE's manager with an uploaded audience: the page was opened, it was asked once whether the message
-- went out, and the shop's local day on which it did.
CREATE TABLE manager_send (
    upload_id INTEGER PRIMARY KEY REFERENCES upload (id) ON DELETE CASCADE,
    opened_at TEXT NOT NULL,
    asked_at  TEXT,
    sent_on   TEXT
);
