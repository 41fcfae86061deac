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
