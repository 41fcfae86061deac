-- The account's figures by day, kept for ever: `source` is line (read by API) or hand (typed in).
CREATE TABLE line_day (
    day          TEXT NOT NULL,
    source       TEXT NOT NULL CHECK (source IN ('line', 'hand')),
    followers    INTEGER,
    target_reach INTEGER,
    blocks       INTEGER,
    PRIMARY KEY (day, source)
) WITHOUT ROWID;
