"""Writes tests/data/shop_v<N>.tagline: a small shop in the present layout, kept for ever once that layout is released.

    python tests/data/make_shop_file.py

Run it when a migration is added; never again for a released one.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.store.database import Database
from desktop.store.safety.migrations import current_version
from desktop.store.shop_file import ShopFile

HERE = Path(__file__).resolve().parent

ROWS = """
INSERT INTO step (id, at, kind, title, changed) VALUES (1, '2026-03-01T02:00:00.000000Z', 'import', '{"key":"x","params":{}}', 3);
INSERT INTO person (id, member_no, line_user_id, phone, name, birthday, extra, by_hand, orders, total, created_step) VALUES
  (1, 'M1', 'U0123456789abcdef0123456789abcdef', '+886912345678', '陳美玲', '1990-02-03', '{"最愛口味":"拿鐵"}', '["name"]', 2, 360, 1),
  (2, 'M2', NULL, '+886922333444', '𡍼大明', '--12-24', NULL, NULL, 0, 0, 1),
  (3, NULL, 'Uffffffffffffffffffffffffffffffff', NULL, 'はなこ 🍎', NULL, NULL, NULL, 0, 0, 1);
INSERT INTO tag (id, name, key, pinned) VALUES (1, 'ＶＩＰ', 'vip', 1), (2, '拿鐵', '拿鐵', NULL);
INSERT INTO person_tag (person_id, tag_id, origin, step_id) VALUES (1, 1, 'hand', 1), (1, 2, 'import', 1), (3, 1, 'rule', 1);
INSERT INTO shop_order (id, order_no, person_id, ordered_at, amount) VALUES (1, 'A1', 1, '2026-02-01', 120), (2, 'A2', 1, '2026-02-09T10:00:00', 240);
INSERT INTO order_item (order_id, line, item, quantity, amount) VALUES (1, 1, '拿鐵', 1, 120);
INSERT INTO row_change (step_id, tbl, row_id, before, after) VALUES (1, 'person', 1, '{"name":"陳"}', '{"name":"陳美玲"}');
INSERT INTO deleted_person (step_id, person_id, name, phone) VALUES (1, 9, '離店客', '+886955000111');
INSERT INTO other_identity (key, value, person_id, step_id) VALUES ('phone', '+886955000222', 1, 1);
INSERT INTO different_people (low, high, step_id) VALUES (1, 2, 1);
INSERT INTO merged_person (step_id, person_id, keep, apart, joined) VALUES (1, 8, 1, '[]', '[]'), (1, 1, 1, '[]', '[]');
INSERT INTO rule (id, name, key, query, tag_id) VALUES (1, '常來', '常來', 'orders:>=2', 2);
INSERT INTO audience (id, name, key, query, saved_at, created_step) VALUES (1, '常客', '常客', 'tag:VIP', '2026-03-01T02:00:00.000000Z', 1);
INSERT INTO upload (id, key, audience_id, audience_name, line_name, query, state, members, ids, pressed_at, changed_at)
  VALUES (1, 'k1', 1, '常客', '常客 1', 'tag:VIP', 'ready', 2, 2, '2026-03-01T02:00:00.000000Z', '2026-03-01T02:00:00.000000Z');
INSERT INTO upload_person (upload_id, line_user_id, person_id) VALUES (1, 'U0123456789abcdef0123456789abcdef', 1);
INSERT INTO plan (id, kind, name, key, place, content, saved_at, created_step)
  VALUES (1, 'greeting', '秋季版', 'greeting:秋季版', 1, '{"balloons":[]}', '2026-03-01T02:00:00.000000Z', 1);
INSERT INTO picture (id, sha256, media_type, width, height, bytes, name, added_at)
  VALUES (1, 'ab12', 'image/png', 1, 1, x'89504e47', '圖.png', '2026-03-01T02:00:00.000000Z');
INSERT INTO publishing (id, kind, state, account, menus, people, day, pressed_at, changed_at)
  VALUES (1, 'publish', 'done', 'U1', 1, 1, '2026-03-01', '2026-03-01T02:00:00.000000Z', '2026-03-01T02:00:00.000000Z');
INSERT INTO published_menu (id, key, account, plan_id, name, alias, digest, object, media_type, rich_menu_id)
  VALUES (1, 'k1', 'U1', 1, '選單', 'menu-1', 'd', '{}', 'image/png', 'richmenu-1');
INSERT INTO publishing_menu (publishing_id, place, menu_id, role, query) VALUES (1, 1, 1, 'people', 'tag:VIP');
INSERT INTO menu_account (account, default_menu, live_id) VALUES ('U1', 1, 1);
INSERT INTO menu_link (account, line_user_id, person_id, menu_id, linked_at)
  VALUES ('U1', 'U0123456789abcdef0123456789abcdef', 1, 1, '2026-03-01T02:00:00.000000Z');
"""


def write(db: Database) -> None:
    """Put the rows in."""
    with db.transaction():
        for sql in ROWS.strip().split(";\n"):
            db.run(sql)


def main() -> None:
    """Write the file."""
    path = HERE / f"shop_v{current_version()}.tagline"
    path.unlink(missing_ok=True)
    with ShopFile.create(path, name="舊店") as shop:
        write(shop.writer())


if __name__ == "__main__":
    main()
