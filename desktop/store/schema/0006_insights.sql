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
