-- A fixed share of an audience that gets nothing, so that what a send does can be seen.
ALTER TABLE audience ADD COLUMN hold_out_percent INTEGER NOT NULL DEFAULT 0;

-- Whom an upload left out for that reason, as it was frozen.
CREATE TABLE held_out_person (
    upload_id INTEGER NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL,
    PRIMARY KEY (upload_id, person_id)
) WITHOUT ROWID;
CREATE INDEX held_out_person_by_person ON held_out_person (person_id);

-- How many people an audience held and reached on a day of the shop; the day's newest count stays. No reference: the days
-- outlive a deletion, which may be undone.
CREATE TABLE audience_day (
    audience_id INTEGER NOT NULL,
    day         TEXT NOT NULL,
    people      INTEGER NOT NULL,
    reachable   INTEGER NOT NULL,
    PRIMARY KEY (audience_id, day)
) WITHOUT ROWID;

-- An audience that was deleted and comes back finds its uploads again.
ALTER TABLE upload ADD COLUMN of_audience INTEGER;
CREATE TRIGGER audience_leaves_uploads BEFORE DELETE ON audience
BEGIN
    UPDATE upload SET of_audience = OLD.id WHERE audience_id = OLD.id;
END;
CREATE TRIGGER audience_finds_uploads AFTER INSERT ON audience
BEGIN
    UPDATE upload SET audience_id = NEW.id WHERE of_audience = NEW.id AND audience_id IS NULL;
END;

-- Messages billed in a month (of LINE's clock) as an account told last, and the day it did: so that plans can be compared.
CREATE TABLE message_month (
    account TEXT NOT NULL,
    month   TEXT NOT NULL,
    used    INTEGER NOT NULL,
    told_on TEXT NOT NULL,
    PRIMARY KEY (account, month)
) WITHOUT ROWID;

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

-- What the owner wants a figure to reach, and by when.
CREATE TABLE target (
    figure TEXT PRIMARY KEY,
    value  REAL NOT NULL,
    due    TEXT
) WITHOUT ROWID;

-- Saved audiences that stand for something valuable people do (有價行為). No reference: a deletion may be undone.
CREATE TABLE valuable_action (
    audience_id INTEGER PRIMARY KEY,
    term        TEXT NOT NULL CHECK (term IN ('short', 'long'))
);

-- What the owner counted after a send: how many received, answered and redeemed. Sums without names.
CREATE TABLE campaign_count (
    upload_id INTEGER NOT NULL REFERENCES upload (id) ON DELETE CASCADE,
    figure    TEXT NOT NULL CHECK (figure IN ('received', 'answered', 'redeemed')),
    value     INTEGER NOT NULL,
    PRIMARY KEY (upload_id, figure)
) WITHOUT ROWID;

-- Days between the consecutive order days of each person who has two or more, as a JSON list, kept with her other figures; and how
-- often each number of days comes over all people.
CREATE TABLE order_gap (
    person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    days      TEXT NOT NULL
);
CREATE TABLE gap_count (
    days INTEGER PRIMARY KEY,
    n    INTEGER NOT NULL
);
CREATE TRIGGER person_takes_gaps BEFORE DELETE ON person
WHEN EXISTS (SELECT 1 FROM order_gap WHERE person_id = OLD.id)
BEGIN
    UPDATE gap_count SET n = n - (SELECT count(*) FROM order_gap g, json_each(g.days) j WHERE g.person_id = OLD.id
                                  AND j.value = gap_count.days)
    WHERE days IN (SELECT j.value FROM order_gap g, json_each(g.days) j WHERE g.person_id = OLD.id);
    DELETE FROM order_gap WHERE person_id = OLD.id;
END;
INSERT INTO order_gap (person_id, days)
SELECT person_id, '[' || group_concat(gap) || ']' FROM (
    SELECT person_id, CAST(day - lag(day) OVER (PARTITION BY person_id ORDER BY ordered_at) AS INTEGER) AS gap FROM (
        SELECT person_id, ordered_at, julianday(substr(ordered_at, 1, 10)) AS day FROM shop_order
        WHERE counts = 1 AND person_id IS NOT NULL AND ordered_at IS NOT NULL))
WHERE gap > 0 GROUP BY person_id;
INSERT INTO gap_count (days, n) SELECT j.value, count(*) FROM order_gap g, json_each(g.days) j GROUP BY j.value;

-- With what the figures ask of an order in it, they need not fetch the order itself, which lies anywhere.
DROP INDEX shop_order_by_person;
CREATE INDEX shop_order_by_person ON shop_order (person_id, ordered_at, counts, amount);
