"""One writing for all writings of a name: width, capitals, spaces, forms of address and variant characters do not count
when people are compared. Only for comparing; what is shown and kept stays as it was written."""

from __future__ import annotations

import re
import unicodedata

_VARIANTS = (
    "台臺 黃黄 峰峯 群羣 啟啓启 雞鷄鸡 恆恒 強强 教敎 清淸 青靑 曉晓暁 國国圀 高髙 崎﨑碕嵜"
    " 柳栁 邊邉辺边 澤沢泽 齋斎 齊斉齐 廣広广 真眞 瀧滝 龍竜龙 郎郞 為爲为 眾衆众 衛衞卫"
    " 俞兪 呂吕 吳呉吴 許许 陳陈 張张 劉刘 楊杨 趙赵 葉叶 鄭郑 謝谢 鍾钟 蕭萧 馬马 孫孙"
    " 羅罗 蔣蒋 賴赖 簡简 盧卢 蘇苏 鄧邓 馮冯 莊庄荘 顏颜顔 溫温 傑杰 偉伟 華华 麗丽 寶宝寳"
    " 瑩莹 穎颖頴 銘铭 鴻鸿 賢贤 儀仪 靜静 禎祯 綺绮 鈴铃 鳳凤 蘭兰 豐豊 島嶋嶌 步歩 德徳"
    " 惠恵 增増 濱浜 櫻桜 巖岩巌 關関关 鐵鉄铁 榮栄荣 藏蔵 條条 壽寿 實実实 應応应 學学 圓円"
    " 會会 戶戸户 曾曽 彥彦 緖緒 橫横"
)


def _table() -> dict[int, str]:
    found: dict[int, str] = {}
    for group in _VARIANTS.split():
        found.update({ord(variant): group[0] for variant in group[1:]})
    return found


_ONE_FORM = _table()
_ADDRESS = re.compile(
    r"(?:小姐|先生|女士|太太|老師|老师|様|さん|さま|ちゃん|くん|殿)$|^(?:mr|mrs|ms|miss|dr)(?=[^a-z])|(?<=[^a-z])(?:mr|mrs|ms|miss)$"
)
_LETTERS = re.compile(r"[^\w]|_", re.UNICODE)


def name_form(name: str | None) -> str:
    """The form by which names are compared; "" where there is nothing to compare (no letters at all)."""
    if not name:
        return ""
    text = unicodedata.normalize("NFKC", name).casefold().strip().strip(".,。")
    bare = _ADDRESS.sub("", text).strip(" .")
    return _LETTERS.sub("", bare or text).translate(_ONE_FORM)
