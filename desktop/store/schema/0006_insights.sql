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
