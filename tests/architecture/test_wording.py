"""How the texts are written: Taiwan's Chinese in Taiwan's words, Japanese in Japan's characters, English without a trace of
either, each with its own punctuation, and nobody is shouted at."""

from __future__ import annotations

import re

from tests.architecture.catalogues import every_form
from tests.architecture.source_files import expect_none

HAN = r"\u3400-\u9fff"
KANA = r"\u3041-\u30fa\u30fc-\u30ff"

# Simplified forms that Taiwan's character set knows too; all others it does not know.
SIMPLIFIED = (
    "万与么于价优体儿党划厂后听圣坏复异并庄怀怜惊愿扑扰挂据机极构柜气洁离种确筑网胜腊苹荐虫蚕蜡触适郁里"
)

# Words of the mainland → what Taiwan says.
NOT_TAIWANESE = dict(
    pair.split(":")
    for pair in """
    默認:預設 缺省:預設 文件夾:資料夾 視頻:影片 信息:訊息 短信:簡訊 軟件:軟體 硬件:硬體 屏幕:螢幕 保存:儲存 網絡:網路 鼠標:滑鼠
    打印:列印 程序:程式 服務器:伺服器 數據庫:資料庫 鏈接:連結 粘貼:貼上 剪切:剪下 撤銷:復原 菜單:選單 登錄:登入 註銷:登出
    賬號:帳號 賬戶:帳戶 激活:啟用 支持:支援 導入:匯入 導出:匯出 設置:設定 創建:建立 搜索:搜尋 查找:尋找 加載:載入 刷新:更新
    字段:欄位 字符:字元 內存:記憶體 優化:最佳化 質量:品質 在線:線上 郵箱:信箱 光標:游標 窗口:視窗 界面:介面 線程:執行緒
    進程:處理程序 模板:範本 實時:即時 反饋:意見 高級:進階 自定義:自訂 提交:送出 批量:批次 拷貝:複製 快捷鍵:快速鍵 標簽:標籤
    聯繫人:聯絡人 智能:智慧 交互:互動 卸載:解除安裝 日誌:紀錄 當前:目前 兼容:相容 撕標:移除標籤 撕下:移除 電郵:Email
    """.split()
)
USER_ID_ONLY = re.compile(r"用戶(?! ID)")

# Characters of Taiwan that Japanese writes otherwise, and words that are Chinese in any characters.
NOT_JAPANESE = (
    "國會數號變對單實發學體點圖團從應戶據擇擴歸歷殘氣沒淺滿燈爲獨當禮稱經續總聲聽舊與萬處裝覺觀譯讀證讓豐輕轉辭邊釋錄鐵關隨雜顯驗黑"
    "齊匯籤檔儲您這嗎麼們說還"
)
NOT_JAPANESE_WORDS = ("帳號", "訊息", "復原", "資料夾", "搜尋", "名單", "可以", "電腦")

# One thing has one name in all areas: what it is not to be called → what it is called.
ONE_NAME = {
    "zh_TW": {
        "資料檔": "店家檔案",
        "練習店家": "範例店家",
        "占用": "佔用",
        "更動": "變動",
        "電子信箱|電子郵件|e-mail": "Email",
        "手機號碼": "電話",
        "維持原樣|現在的樣子|保持不變": "保留現在的內容",
        "用戶 ID(?!）)": "LINE UID",
        "連結 LINE": "連接 LINE",
        "替代文字": "通知和聊天列表顯示的文字",
    },
    "en": {
        r"(?<!LINE )\buser IDs?\b|\bUIDs\b": "LINE user ID",
        "LINE’s manager": "LINE Official Account Manager",
        r"\bbound\b|\bBound\b": "linked",
        "[Pp]ractice shop": "sample shop",
        r"\bemail": "e-mail",
        "Revert|revert": "undo",
        r"\b[Cc]olors?\b": "colour",
        "User’s display name|Friend’s name": "User display name",
    },
    "ja": {
        "コンピューター": "パソコン",
        "ユーザー ?ID(?!）)": "LINE UID",
        "プログラム": "アプリ",
        "フォルダ(?!ー)": "フォルダー",
        "エクスポート": "書き出し",
        "(?<!紙の)名簿": "リスト",
        "お店": "店舗",
        "練習用の店舗": "サンプル店舗",
        "トーク(?!ン)": "チャット",
        "領域": "エリア",
        "標準のメニュー": "デフォルトメニュー",
    },
}

# What a shop says to its guests: there 菜單 is what one eats from, and nothing of the program has to keep its name.
FOR_GUESTS = ("greeting_templates.", "rich_menu.sells.", "rich_menu.start.")

# Sentences the owner takes over, said to her guests.
FOR_GUESTS_TO_COPY = ("greeting.sentence.", "operating.suggest.")

PLACEHOLDER = re.compile(r"\{\w+\}")
FULL_WIDTH = re.compile(rf"[{HAN}{KANA}\u3000-\u303f\uff00-\uffef]")
HALF_WIDTH_BESIDE_FULL = re.compile(
    rf"[{HAN}{KANA}」』][,;:!?()]|[,;:!?()][{HAN}{KANA}「『]|[{HAN}{KANA}]\.(?!xlsx|csv)|: "
)
MNEMONIC = re.compile(r"\(&[A-Z]\)")
COUNTS = "n|limit|members|ids|people|most|reachable|uploadable|known|friends|few|row|seconds|days|kept|place"
CROWDED = re.compile(
    rf"[A-Za-z0-9%][{HAN}{KANA}]|[{HAN}{KANA}][A-Za-z0-9]|\{{(?:{COUNTS})\}}[{HAN}{KANA}]|[{HAN}{KANA}]\{{(?:{COUNTS})\}}"
)

# What stands between two parts of a list or a sentence.
JOINERS = {
    "tags_page.clause_separator",
    "tags_page.list_separator",
    "history_page.separator",
    "member.joint",
    "members.chip.or",
    "members.list_separator",
    "members.spoken.separator",
    "audiences_page.and_list",
    "audiences_page.joint",
    "audiences_page.or",
}
# Written as the query language wants it.
QUERY_SAMPLES = {"audiences_page.query_example"}


def is_in(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def han(text: str) -> list[str]:
    return re.findall(rf"[{HAN}]", text)


def of(*languages: str) -> list[tuple[str, str]]:
    """(where, text) of the languages."""
    return [
        (f"{language} {key}", form)
        for language, key, form in every_form()
        if language in languages and key not in QUERY_SAMPLES
    ]


def of_the_program(*languages: str) -> list[tuple[str, str]]:
    """Without what a shop says to its guests."""
    return [(where, text) for where, text in of(*languages) if not where.split()[1].startswith(FOR_GUESTS)]


def test_chinese_is_written_in_traditional_characters() -> None:
    wrong = [
        f"{where}: {one} in {text}"
        for where, text in of("zh_TW")
        for one in han(text)
        if one in SIMPLIFIED or not is_in(one, "cp950")
    ]
    expect_none(wrong)


def test_chinese_speaks_to_the_owner_politely() -> None:
    wrong = [
        f"{where}: {text}"
        for where, text in of_the_program("zh_TW")
        if "你" in text and not where.split()[1].startswith(FOR_GUESTS_TO_COPY)
    ]
    expect_none(wrong)


def test_chinese_uses_the_words_of_taiwan() -> None:
    wrong = [
        f"{where}: {word} is {better} in Taiwan: {text}"
        for where, text in of_the_program("zh_TW")
        for word, better in NOT_TAIWANESE.items()
        if word in text
    ]
    wrong += [
        f"{where}: 用戶 only in 用戶 ID: {text}" for where, text in of("zh_TW") if USER_ID_ONLY.search(text)
    ]
    expect_none(wrong)


def test_japanese_is_written_in_its_own_characters_and_words() -> None:
    wrong = [
        f"{where}: {one} in {text}"
        for where, text in of("ja")
        for one in [*han(text), *(word for word in NOT_JAPANESE_WORDS if word in text)]
        if one in NOT_JAPANESE or one in NOT_JAPANESE_WORDS or not is_in(one, "cp932")
    ]
    expect_none(wrong)


def test_english_has_no_full_width_characters_and_no_typewriter_marks() -> None:
    expect_none([f"{where}: {text}" for where, text in of("en") if FULL_WIDTH.search(text) or "'" in text])


def test_chinese_and_japanese_have_full_width_punctuation() -> None:
    found = [
        (where, text, HALF_WIDTH_BESIDE_FULL.search(MNEMONIC.sub("", text)))
        for where, text in of("zh_TW", "ja")
    ]
    expect_none([f"{where}: {mark.group()} in {text}" for where, text, mark in found if mark])


def test_chinese_and_japanese_quote_with_corner_brackets() -> None:
    wrong = [
        f"{where}: {text}"
        for where, text in of("zh_TW", "ja")
        if re.search("[“”‘’《》]", text) or ("『" in text and "「" not in text.partition("『")[0])
    ]
    expect_none(wrong)


def test_latin_letters_and_numbers_stand_apart_from_chinese_and_japanese() -> None:
    found = [(where, text, CROWDED.search(text)) for where, text in of("zh_TW", "ja")]
    expect_none([f"{where}: {place.group()} in {text}" for where, text, place in found if place])


def test_one_thing_has_one_name() -> None:
    wrong = [
        f"{where}: {found.group()} is called {name}: {text}"
        for language, names in ONE_NAME.items()
        for where, text in of_the_program(language)
        for not_so, name in names.items()
        if (found := re.search(not_so, PLACEHOLDER.sub("", text)))
    ]
    expect_none(wrong)


def test_no_text_names_the_keys_of_one_system() -> None:
    named = [(where, text) for where, text in of("zh_TW", "en", "ja") if re.search(r"Ctrl|Alt\+|⌘|Cmd", text)]
    expect_none([f"{where}: give the shortcut as a value: {text}" for where, text in named])


def test_nobody_is_shouted_at() -> None:
    expect_none(
        [f"{where}: {text}" for where, text in of("zh_TW", "en", "ja") if re.search(r"[!！]|\.\.\.", text)]
    )


def test_no_text_ends_in_blanks_or_is_empty() -> None:
    wrong = [
        f"{language} {key}: {form!r}"
        for language, key, form in every_form()
        if key not in JOINERS and (form != form.rstrip() or not form)
    ]
    expect_none(wrong)
