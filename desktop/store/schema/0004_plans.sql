-- What the owner plans here: greetings, rich menus, the operating plan and what hangs on it. `content` is the JSON of the kind's own
-- model; `key` is what no two of a kind may share (their name), NULL where names may repeat; `place` orders them.
CREATE TABLE plan (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT NOT NULL CHECK (kind IN
        ('greeting', 'rich_menu', 'sheet', 'entry', 'task', 'journey', 'recruiting')),
    name         TEXT NOT NULL,
    key          TEXT UNIQUE,
    place        REAL NOT NULL DEFAULT 0,
    content      TEXT NOT NULL,
    saved_at     TEXT NOT NULL,
    created_step INTEGER REFERENCES step (id)
);
CREATE INDEX plan_by_kind ON plan (kind, place, id);
CREATE INDEX plan_created_step ON plan (created_step);

-- Pictures that plans show, as files; a plan names them by number. They are kept once, and never change.
CREATE TABLE picture (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256     TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    width      INTEGER NOT NULL,
    height     INTEGER NOT NULL,
    bytes      BLOB NOT NULL,
    name       TEXT NOT NULL,
    added_at   TEXT NOT NULL
);

-- Publishing rich menus to LINE.
-- A job of publishing, listed in the outbox: what was pressed, on which day of the shop, for which account of LINE, and how far it
-- is. `before_id` is the publication that was live when it was pressed; jobs of kind `links` belong to the publication `before_id` names.
CREATE TABLE publishing (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL CHECK (kind IN ('publish', 'restore', 'take_back', 'links')),
    state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
        ('waiting', 'sending', 'unknown', 'done', 'action_needed', 'refused', 'cancelled')),
    confirmed   INTEGER NOT NULL DEFAULT 1,
    account     TEXT NOT NULL,
    before_id   INTEGER REFERENCES publishing (id),
    menus       INTEGER NOT NULL,
    people      INTEGER NOT NULL,
    error       TEXT,
    step_id     INTEGER REFERENCES step (id),
    day         TEXT NOT NULL,
    pressed_at  TEXT NOT NULL,
    finished_at TEXT,
    changed_at  TEXT NOT NULL
);
CREATE INDEX publishing_state ON publishing (state);
CREATE INDEX publishing_before ON publishing (before_id);
CREATE INDEX publishing_step ON publishing (step_id);

-- A menu as it was frozen for LINE. `key` stands in the name LINE keeps, so that it is found there; `rich_menu_id` is LINE's number,
-- `gone_at` is set once the menu is not there any more. `digest` tells whether a plan still looks the same. The picture goes when the
-- program deletes the menu at LINE.
CREATE TABLE published_menu (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    key          TEXT NOT NULL UNIQUE,
    account      TEXT NOT NULL,
    plan_id      INTEGER,
    name         TEXT NOT NULL,
    alias        TEXT NOT NULL,
    digest       TEXT NOT NULL,
    object       TEXT NOT NULL,
    media_type   TEXT NOT NULL,
    image        BLOB,
    rich_menu_id TEXT,
    created_at   TEXT,
    pictured_at  TEXT,
    gone_at      TEXT
);
CREATE INDEX published_menu_account ON published_menu (account, rich_menu_id);

-- Which menus a publication consists of, in the order in which people are given the first that is meant for them (`query`).
CREATE TABLE publishing_menu (
    publishing_id INTEGER NOT NULL REFERENCES publishing (id) ON DELETE CASCADE,
    place         INTEGER NOT NULL,
    menu_id       INTEGER NOT NULL REFERENCES published_menu (id),
    role          TEXT NOT NULL CHECK (role IN ('default', 'people', 'tab')),
    query         TEXT NOT NULL,
    PRIMARY KEY (publishing_id, place)
) WITHOUT ROWID;
CREATE INDEX publishing_menu_menu ON publishing_menu (menu_id);

-- The requests of a job in their order. Blocks of people are `count` rows of publishing_person from `first` on.
CREATE TABLE publishing_request (
    publishing_id INTEGER NOT NULL REFERENCES publishing (id) ON DELETE CASCADE,
    seq           INTEGER NOT NULL,
    method        TEXT NOT NULL CHECK (method IN ('validate', 'create', 'image', 'alias', 'default', 'clear_default',
        'link', 'unlink', 'delete_alias', 'delete')),
    menu_id       INTEGER REFERENCES published_menu (id),
    alias         TEXT,
    first         INTEGER,
    count         INTEGER,
    state         TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'unknown', 'done')),
    attempts      INTEGER NOT NULL DEFAULT 0,
    request_id    TEXT,
    PRIMARY KEY (publishing_id, seq)
) WITHOUT ROWID;
CREATE INDEX publishing_request_menu ON publishing_request (menu_id);

-- The people a job gives another menu, or (menu_id NULL) takes one from.
CREATE TABLE publishing_person (
    publishing_id INTEGER NOT NULL REFERENCES publishing (id) ON DELETE CASCADE,
    place         INTEGER NOT NULL,
    person_id     INTEGER,
    line_user_id  TEXT NOT NULL,
    menu_id       INTEGER REFERENCES published_menu (id),
    PRIMARY KEY (publishing_id, place)
) WITHOUT ROWID;
CREATE INDEX publishing_person_menu ON publishing_person (menu_id);
CREATE INDEX publishing_person_person ON publishing_person (person_id);
CREATE INDEX publishing_person_user ON publishing_person (line_user_id);

-- What stands at LINE as far as is known: the default menu of each account (`others_default`: another program has set one by the
-- API), aliases, and who has which menu of her own. A row of menu_link without a menu: she may have one that nobody remembers (a
-- backup was restored).
CREATE TABLE menu_account (
    account        TEXT PRIMARY KEY,
    default_menu   INTEGER REFERENCES published_menu (id),
    others_default INTEGER NOT NULL DEFAULT 0,
    live_id        INTEGER REFERENCES publishing (id),
    doubtful       INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX menu_account_default ON menu_account (default_menu);
CREATE INDEX menu_account_live ON menu_account (live_id);

CREATE TABLE menu_alias (
    account TEXT NOT NULL,
    alias   TEXT NOT NULL,
    menu_id INTEGER NOT NULL REFERENCES published_menu (id),
    PRIMARY KEY (account, alias)
) WITHOUT ROWID;
CREATE INDEX menu_alias_menu ON menu_alias (menu_id);

CREATE TABLE menu_link (
    account      TEXT NOT NULL,
    line_user_id TEXT NOT NULL,
    person_id    INTEGER,
    menu_id      INTEGER REFERENCES published_menu (id),
    linked_at    TEXT NOT NULL,
    PRIMARY KEY (account, line_user_id)
) WITHOUT ROWID;
CREATE INDEX menu_link_menu ON menu_link (menu_id);
CREATE INDEX menu_link_person ON menu_link (person_id);
CREATE INDEX menu_link_user ON menu_link (line_user_id);

-- What LINE counted of a menu so far; NULL where it shows nothing because fewer than 20 people tapped.
CREATE TABLE menu_insight (
    menu_id     INTEGER PRIMARY KEY REFERENCES published_menu (id),
    read_at     TEXT NOT NULL,
    since       TEXT,
    until       TEXT,
    impressions INTEGER,
    viewers     INTEGER,
    clicks      TEXT NOT NULL
);
