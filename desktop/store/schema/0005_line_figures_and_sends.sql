-- The account's figures by day, kept for ever: `source` is line (read by API) or hand (typed in).
CREATE TABLE line_day (
    day          TEXT NOT NULL,
    source       TEXT NOT NULL CHECK (source IN ('line', 'hand')),
    followers    INTEGER,
    target_reach INTEGER,
    blocks       INTEGER,
    PRIMARY KEY (day, source)
) WITHOUT ROWID;
-- What the owner does by hand in LINE's manager with an uploaded audience: the page was opened, it was asked once whether the message
-- went out, and the shop's local day on which it did.
CREATE TABLE manager_send (
    upload_id INTEGER PRIMARY KEY REFERENCES upload (id) ON DELETE CASCADE,
    opened_at TEXT NOT NULL,
    asked_at  TEXT,
    sent_on   TEXT
);
