-- What an upload is to the audience at LINE: a new one, more people for one that is there, or one in place of another.
ALTER TABLE upload ADD COLUMN kind TEXT NOT NULL DEFAULT 'new' CHECK (kind IN ('new', 'add', 'replace'));
