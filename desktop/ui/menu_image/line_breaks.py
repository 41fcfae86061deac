"""Where a line of a menu's text may end: at spaces, between Chinese and Japanese characters, but not inside words that every
reader of a shop's menu knows, nor inside a word in katakana."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from desktop.core.planning.graphemes import graphemes

_KATAKANA = re.compile("[\u30a1-\u30ff]")
_HIRAGANA = re.compile("[\u3041-\u309f]")
_NO_END = "（「『【〈《([{“‘$＄"
_NO_START = "、。，．・：；？！）」』】〉》)]}”’…,.!?:;%％〜～ー々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"

# Other Chinese may break anywhere.
_WHOLE = """
    會員 綁定 加入 好友 註冊 專屬 專區 禮遇 禮物 好禮 優惠 折價券 優惠券 兌換券 折扣 特價 活動 限定 集點
    點數 生日 回饋 抽獎 贈品 免運 門市 分店 據點 營業 時間 資訊 地址 地圖 交通 導航 停車 查詢 商品 產品
    購物 商城 官方 線上 網站 菜單 訂購 訂位 預約 預訂 課程 服務 項目 新品 上市 新款 熱銷 推薦 精選 最新
    消息 公告 動態 真人 客服 即時 回覆 聯絡 我們 諮詢 問題 常見 電話 立即 馬上 領取 完成 搶先 本月 本週
    季節 春季 夏季 秋季 冬季 全台 外送 外帶 咖啡 餐點 甜點 蛋糕 麵包 美髮 美甲 寵物 健身 體驗 買一送一
    会員 連携 登録 特典 限定 期間 割引 無料 送料 予約 注文 店舗 営業 時間 一覧 検索 案内 商品 新商品
    新作 お知らせ お問い合わせ 問い合わせ 最新 情報 春夏 秋冬 完了 数量 いつも ありがとうございます
    よくある質問 すぐに 使えます
""".split()
# A number stays with what it counts, also where a space stands between them.
_KEPT_WHOLE = re.compile("|".join([r"[0-9.,]+ ?[\u3400-\u9fff]", *sorted(_WHOLE, key=len, reverse=True)]))


@lru_cache(maxsize=512)
def words_of(part: str) -> tuple[str, ...]:
    """The pieces between which a line may end."""
    inside = {at for word in _KEPT_WHOLE.finditer(part) for at in range(word.start() + 1, word.end())}
    found = [""]
    at = 0
    for letter in graphemes(part):
        if found[-1] and at not in inside and _may_break(found[-1][-1], letter[0]):
            found.append("")
        found[-1] += letter
        at += len(letter)
    return tuple(found)


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters: at spaces, and between Chinese or Japanese ones except before a mark
    that closes and behind one that opens. A word in katakana is not broken; Japanese phrases rarely begin with hiragana."""
    if after == " " or after in _NO_START or before in _NO_END:
        return False
    if before in " -/・＋":
        return True
    if _KATAKANA.match(before) and _KATAKANA.match(after):
        return False
    if _HIRAGANA.match(after) and _is_wide(before):
        return False
    return _is_wide(before) or _is_wide(after)


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
