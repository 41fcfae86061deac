-- What the owner wants a figure to reach, and by when.
CREATE TABLE target (
    figure TEXT PRIMARY KEY,
    value  REAL NOT NULL,
    due    TEXT
) WITHOUT ROWID;
