-- A fixed share of an audience that gets nothing, so that what a send does can be seen.
ALTER TABLE audience ADD COLUMN hold_out_percent INTEGER NOT NULL DEFAULT 0;
