"""What an owner may decide about an import, one decision a test, through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.shop_by_commands import Shop, counts

UID = "U" + "ab" * 16
OTHER_UID = "U" + "cd" * 16
CHAT = (
    "\ufeff帳號名稱,好日咖啡\n時區,UTC+09:00\n下載時間,2026/05/01 12:00\n"
    "傳送者類型,傳送者名稱,傳送日期,傳送時間,內容\n"
)


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    return Shop(tmp_path, capsys)


def reasons(report: dict[str, object]) -> list[str]:
    skipped = report["skipped"]
    assert isinstance(skipped, list)
    return [row["reason"] for row in skipped]


def test_only_new_people(shop: Shop) -> None:
    shop.take("會員編號,姓名,標籤\nA1,王小明,熟客\n")
    report = shop.take(
        "會員編號,姓名,標籤\nA1,王大明,VIP\nA2,陳美玲,VIP\n", "--policy", "create", "--tag", "五月"
    )
    assert counts(report) == (1, 0, 1, 0)
    assert (shop.member("member_no:=A1")["name"], shop.member("member_no:=A1")["tags"]) == (
        "王小明",
        ["熟客"],
    )
    assert set(shop.member("member_no:=A2")["tags"]) == {"VIP", "五月"}


def test_only_people_who_are_there(shop: Shop) -> None:
    shop.take("會員編號,姓名\nA1,王小明\n")
    report = shop.take("會員編號,姓名\nA1,王大明\nA2,陳美玲\nA2,陳美玲\n", "--policy", "update")
    assert counts(report) == (0, 1, 0, 2)
    assert [row["row"] for row in report["skipped"]] == [3, 4]
    assert [member["name"] for member in shop.members()] == ["王大明"]


def test_only_people_who_are_there_in_an_empty_shop(shop: Shop) -> None:
    assert counts(shop.take("會員編號,姓名\nA1,王小明\n", "--policy", "update")) == (0, 0, 0, 1)
    assert shop.members() == []


def test_a_column_only_fills_what_is_empty(shop: Shop) -> None:
    shop.take("會員編號,姓名,門市,口味\nA1,王小明,,拿鐵\nA2,陳美玲,中山店,\n")
    report = shop.take(
        "會員編號,姓名,門市,口味\nA1,王大明,信義店,美式\nA2,陳玲,信義店,美式\n",
        "--overwrite", "門市=fill", "--overwrite", "口味=fill",
    )  # fmt: skip
    assert counts(report) == (0, 2, 0, 0)
    first, second = shop.member("member_no:=A1"), shop.member("member_no:=A2")
    assert (first["name"], first["store"], first["口味"]) == ("王大明", "信義店", "拿鐵")
    assert (second["name"], second["store"], second["口味"]) == ("陳玲", "中山店", "美式")


def test_a_column_clears_where_it_is_blank_but_not_where_it_is_unusable(shop: Shop) -> None:
    text = "會員編號,手機,Email,口味,接受 LINE 優惠宣傳\n"
    shop.take(text + "A1,0912345678,a@example.com,拿鐵,N\nA2,0922345678,b@example.com,拿鐵,N\n")
    clearing = [
        word
        for column in ("手機", "口味", "接受 LINE 優惠宣傳")
        for word in ("--overwrite", f"{column}=clear")
    ]
    report = shop.take(text + "A1,,,,\nA2,0912-34,,美式,\n", *clearing)
    assert counts(report) == (0, 2, 0, 0)
    first, second = shop.member("member_no:=A1"), shop.member("member_no:=A2")
    assert (first["phone"], first["email"], first["口味"], first["consent"]) == (
        None,
        "a@example.com",
        None,
        False,
    )
    assert (second["phone"], second["口味"]) == ("+886922345678", "美式")
    shop.run("undo")
    assert (shop.member("member_no:=A1")["phone"], shop.member("member_no:=A1")["口味"]) == (
        "+886912345678",
        "拿鐵",
    )


def test_tags_replace_only_those_that_imports_put_on(shop: Shop) -> None:
    shop.take("會員編號,標籤\nA1,熟客、外帶\nA2,熟客\nA3,熟客\n")
    shop.run("tag", "手貼", "member_no:any")
    text = "會員編號,標籤\nA1,外帶、VIP\nA2,\nA3,熟客\n"
    report = shop.take(text, "--tag-mode", "replace")
    assert counts(report) == (0, 1, 2, 0)
    assert set(shop.member("member_no:=A1")["tags"]) == {"外帶", "VIP", "手貼"}
    assert set(shop.member("member_no:=A2")["tags"]) == {"熟客", "手貼"}
    assert counts(shop.take(text, "--tag-mode", "replace", "--overwrite", "標籤=clear")) == (0, 1, 2, 0)
    assert shop.member("member_no:=A2")["tags"] == ["手貼"]
    shop.run("undo")
    shop.run("undo")
    assert set(shop.member("member_no:=A1")["tags"]) == {"熟客", "外帶", "手貼"}
    assert set(shop.member("member_no:=A2")["tags"]) == {"熟客", "手貼"}


def test_replaced_tags_make_room(shop: Shop) -> None:
    shop.take("會員編號,標籤\nA1,一、二、三、四、五、六、七、八、九、十\n")
    report = shop.take("會員編號,標籤\nA1,甲、乙、十\nA1,丙\n", "--tag-mode", "replace")
    assert (counts(report), report["problems"]) == ((0, 2, 0, 0), [])
    assert set(shop.member("A1")["tags"]) == {"甲", "乙", "丙", "十"}


def test_a_tag_for_the_import_is_really_there(shop: Shop) -> None:
    full = "、".join("一二三四五六七八九十")
    report = shop.take(f"會員編號,標籤\nA1,{full}\nA2,熟客\n", "--tag", "五月名單")
    assert [problem["value"] for problem in report["problems"]] == ["十"]
    assert {"五月名單"} <= set(shop.member("member_no:=A1")["tags"]) & set(
        shop.member("member_no:=A2")["tags"]
    )
    report = shop.take("會員編號\nA1\nA2\nA3\n", "--tag", "六月名單")
    assert counts(report) == (1, 1, 1, 0)
    assert [(problem["row"], problem["value"]) for problem in report["problems"]] == [(2, "六月名單")]
    assert {"tag": "六月名單", "people": 2, "is_new": True} in report["tags"]
    assert shop.run("count", "tag:六月名單")["count"] == 2


def test_a_tag_for_the_buyers_of_an_orders_file(shop: Shop) -> None:
    shop.take("會員編號,姓名\nA1,王小明\n")
    text = "訂單編號,訂單日期,會員編號,金額\nN1,2026/05/01,A1,100\nN2,2026/05/02,A9,100\n"
    shop.take(text)
    assert counts(shop.take(text, "--tag", "五月買過")) == (0, 1, 1, 0)
    assert shop.member("A1")["tags"] == ["五月買過"]
    assert counts(shop.take(text, "--tag", "五月買過")) == (0, 0, 2, 0)
    shop.run("undo")
    assert shop.member("A1")["tags"] == []


def test_an_orders_file_may_only_bring_new_orders_or_only_change_known_ones(shop: Shop) -> None:
    head = "訂單編號,訂單日期,會員編號,金額,狀態\n"
    shop.take(head + "N1,2026/05/01,A1,100,處理中\n")
    text = head + "N1,2026/05/01,A1,100,已取消\nN2,2026/05/02,A1,100,完成\n"
    assert counts(shop.take(text, "--policy", "create", "--dry-run")) == (1, 0, 1, 0)
    report = shop.take(text, "--policy", "update")
    assert counts(report) == (0, 1, 0, 1)
    assert report["skipped"][0]["row"] == 3


def test_words_that_are_none_are_told(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "名單.csv"
    file.write_text("會員編號,姓名\nA1,王小明\n", encoding="utf-8")
    assert "沒有這欄" in shop.refused("import", str(file), "--overwrite", "沒有這欄=fill")


def test_what_was_decided_is_kept_for_the_next_file_of_the_same_shape(shop: Shop) -> None:
    head = "會員編號,姓名,門市\n"
    shop.take(head + "A1,王小明,中山店\n", "--overwrite", "門市=fill", "--policy", "update", "--tag", "五月")
    shop.take(head + "A1,王小明,中山店\n", "--policy", "both")
    assert counts(shop.take(head + "A1,王大明,信義店\nA2,陳美玲,\n")) == (1, 1, 0, 0)
    first = shop.member("member_no:=A1")
    assert (first["name"], first["store"], first["tags"]) == ("王大明", "中山店", [])


def test_form_answers_become_the_tags_the_owner_chose(shop: Shop) -> None:
    shop.take("會員編號,姓名\nA1,王小明\nA2,陳美玲\n")
    head = "時間戳記,會員編號,喜歡什麼口味?,想對我們說的話\n"
    rows = "2026/5/1 上午 10:00:00,A1,拿鐵,下次想喝燕麥奶\n2026/5/1 上午 10:05:00,A2,都可以,謝謝\n"
    report = shop.take(
        head + rows, "--map", "喜歡什麼口味?=tags",
        "--answer-tag", "喜歡什麼口味?:拿鐵=拿鐵控", "--answer-tag", "喜歡什麼口味?:都可以=",
        "--keyword", "燕麥=燕麥奶派",
    )  # fmt: skip
    assert report["kind"] == "form_answers"
    assert set(shop.member("member_no:=A1")["tags"]) == {"拿鐵控", "燕麥奶派"}
    assert shop.member("member_no:=A2")["tags"] == []
    assert {"tag": "拿鐵控", "people": 1, "is_new": True} in report["tags"]


def test_an_answer_that_tells_nothing_but_a_name_finds_whoever_alone_is_called_so(shop: Shop) -> None:
    shop.take("會員編號,姓名\nA1,王小明\nA2,陳美玲\nA3,陳美玲\n")
    head = "時間戳記,姓名,喜歡什麼口味?\n"
    rows = (
        "2026/5/1 10:00:00,王 小明,拿鐵\n2026/5/1 10:01:00,陳美玲,拿鐵\n"
        "2026/5/1 10:02:00,沒有人,拿鐵\n2026/5/1 10:03:00,,拿鐵\n"
    )
    report = shop.take(head + rows, "--map", "喜歡什麼口味?=tags")
    assert counts(report) == (0, 1, 0, 3)
    assert [row["row"] for row in report["skipped"]] == [3, 4, 5]
    assert [member["member_no"] for member in shop.members("tag:拿鐵")] == ["A1"]
    assert shop.member("member_no:=A1")["name"] == "王小明"


def test_words_in_chats_put_tags_on_friends(shop: Shop) -> None:
    shop.take("會員編號,姓名\nA1,小明\nA2,美玲\nA3,美玲\n")
    chats = {
        "小明.csv": CHAT
        + "User,小明,2026/05/01,10:00:00,請問有ＬＡＴＴＥ嗎\nAccount,好日咖啡,2026/05/01,10:01:00,蛋糕要嗎\n"
        + 'User,小明,2026/05/01,10:02:00,"再一杯latte,\n謝謝"\n',
        "美玲.csv": CHAT + "User,美玲,2026/05/01,10:00:00,latte 一杯\n",
        "路人.csv": CHAT + "User,路人,2026/05/01,10:00:00,latte\n",
    }
    options = ("--keyword", "latte=拿鐵控", "--keyword", "蛋糕=甜點控")
    report = shop.take_zip(chats, *options)
    assert (report["kind"], counts(report)) == ("chat_log", (0, 1, 2, 2))
    assert report["tags"] == [{"tag": "拿鐵控", "people": 1, "is_new": True}]
    assert [member["member_no"] for member in shop.members("tag:拿鐵控")] == ["A1"]
    assert any("美玲" in reason for reason in reasons(report))
    assert any("路人" in reason for reason in reasons(report))
    # Remembered by the shape of the file; nobody gains anything twice.
    assert counts(shop.take_zip(chats)) == (0, 0, 3, 2)
    shop.run("undo")
    assert shop.run("count", "tag:拿鐵控")["count"] == 0


def test_nothing_that_was_written_in_a_chat_is_kept(shop: Shop) -> None:
    shop.take("會員編號,姓名\nA1,小明\n")
    secret = "我的秘密地址"
    shop.take(
        CHAT + f"User,小明,2026/05/01,10:00:00,latte {secret}\n", "--keyword", "latte=拿鐵控", name="小明.csv"
    )
    assert shop.run("count", "tag:拿鐵控")["count"] == 1
    for file in shop.folder.rglob("*"):
        if file.is_file() and file.suffix != ".csv":
            assert secret.encode() not in file.read_bytes(), file


def test_a_chat_without_keywords_says_so(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    shop.take("會員編號,姓名\nA1,小明\n")
    report = shop.take(CHAT + "User,小明,2026/05/01,10:00:00,latte\n", name="小明.csv")
    assert counts(report) == (0, 0, 1, 0)


def test_numbers_of_another_system_are_asked_about_and_kept_apart(shop: Shop) -> None:
    names = "王小明 陳美玲 林志豪 張雅婷 黃建國".split()
    head = "會員編號,姓名,手機\n"
    shop.take(head + "".join(f"{1001 + n},{name},091234500{n}\n" for n, name in enumerate(names)))
    other = head + "".join(
        f"{1001 + n},{name},091234500{n}\n" for n, name in enumerate([*reversed(names)][:4], start=0)
    ).replace("091234500", "092234500")
    other += "1005,黃建國,0912345004\n"
    file = shop.folder / "門市.csv"
    file.write_text(other, encoding="utf-8")
    assert "--number-series" in shop.refused("import", str(file))
    report = shop.take_file(file, "--number-series", "POS")
    assert counts(report) == (4, 1, 0, 0)
    assert shop.member("member_no:=1001")["name"] == "王小明"
    assert shop.run("count", "")["count"] == 9
    assert counts(shop.take_file(file)) == (0, 0, 5, 0)
    orders = "訂單編號,訂單日期,會員編號,金額\nN1,2026/05/01,1002,100\n"
    shop.take(orders, "--number-series", "POS")
    assert shop.member("orders:1")["member_no"] is None
    shop.run("undo")
    shop.run("undo")
    assert shop.run("count", "")["count"] == 5


def test_the_same_numbers_may_be_said_to_be_the_shops_own(shop: Shop) -> None:
    names = "王小明 陳美玲 林志豪 張雅婷".split()
    head = "會員編號,姓名,手機\n"
    shop.take(head + "".join(f"{1001 + n},{name},091234500{n}\n" for n, name in enumerate(names)))
    changed = head + "".join(f"{1001 + n},新{name},092234500{n}\n" for n, name in enumerate(names))
    assert counts(shop.take(changed, "--number-series", "")) == (0, 4, 0, 0)
    assert shop.member("member_no:=1001")["name"] == "新王小明"


def test_two_user_ids_of_one_person_in_a_file_are_both_hers(shop: Shop) -> None:
    text = f"會員編號,LINE UID,手機\nA1,{UID},0912345678\nA1,{OTHER_UID},\n"
    assert counts(shop.take(text)) == (1, 1, 0, 0)
    assert shop.member("")["line_user_id"] == UID
    assert counts(shop.take(text)) == (0, 0, 2, 0)
    assert counts(shop.take(f"LINE UID,姓名\n{OTHER_UID},王小明\n")) == (0, 1, 0, 0)
    assert shop.member("")["name"] == "王小明"


def test_two_user_ids_without_a_number_are_two_people_who_may_be_one(shop: Shop) -> None:
    report = shop.take(f"姓名,LINE UID,手機\n王小明,{UID},0912345678\n王小明,{OTHER_UID},0912345678\n")
    assert counts(report) == (2, 0, 0, 0)
    assert len(report["possible_duplicates"]) == 1


def test_a_last_order_keeps_its_day_whatever_is_undone_and_done_again(shop: Shop) -> None:
    shop.take("會員編號,姓名,最後購買日,首次購買日\nA1,小明,2026/01/03 09:30,2025/12/01 10:00\n")
    told = shop.members()
    assert (told[0]["first_order"], told[0]["last_order"]) == ("2025-12-01", "2026-01-03")
    shop.run("undo")
    shop.run("redo")
    assert shop.members() == told


def test_a_form_answered_mostly_by_phone_hears_the_numbers_too(shop: Shop) -> None:
    shop.take("會員編號,姓名,手機\nA0001,小明,0912345671\nA0002,美玲,0912345672\n")
    report = shop.take(
        "時間戳記,您的會員編號或電話,最想要的優惠\n2026/01/01 09:00:00,0912-345-672,免運\n"
        "2026/01/01 10:00:00,a0001,贈品\n2026/01/01 11:00:00,０９１２３４５６７２,折價券\n"
        '2026/01/01 12:00:00,0912345671,"免運, 試飲"\n',
        "--map",
        "最想要的優惠=tags",
    )
    assert counts(report) == (0, 4, 0, 0)
    told = {member["member_no"]: set(member["tags"]) for member in shop.members()}
    assert told == {"A0001": {"贈品", "免運", "試飲"}, "A0002": {"免運", "折價券"}}
