"""The words a greeting is read by: benefits, for whom they are, what is going on now, verbs of action. Chinese as Taiwan's shops
write it, a little English and Japanese. Each pattern says what it must not be taken for."""

from __future__ import annotations

import re

_NUMBER = r"[\d一二兩三四五六七八九十百]+"
_MEASURE = r"[份杯張個組包支瓶堂次朵束顆片球盒枚本点]"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


BENEFIT = _any(
    rf"買\s*{_NUMBER}\s*送\s*{_NUMBER}",
    rf"第\s*{_NUMBER}\s*[件杯份個套張人堂組雙]\s*(?:半價|[\d一二三四五六七八九.]+\s*折|\d+\s*元|免費)",
    # 折 behind a number is a discount; in 骨折, 轉折, 摺疊 there is none before it.
    r"(?<![\d.])[\d一二三四五六七八九](?:[\d一二三四五六七八九.]{0,3})\s*折(?![疊返衷磨騰])",
    r"半價|免運|免郵|折抵|折價|折扣|[現再立]折|折\s*[〔«]?(?:NT)?\$?\s*\d+"
    r"|[省減抵]\s*(?:NT)?\$?\s*\d+\s*元?(?!分)|(?:[少折省減抵]|便宜)\s*(?:NT)?\$?\s*(?:\d+"
    r"|[一兩二三四五六七八九十百千]+)\s*[元塊]",
    r"(?:優惠|折價|折扣|抵用|兌換|現金|體驗|飲料|購物)券|購物金|抵用金|回饋|紅利",
    r"優惠|好康|福利(?!社)|特價|特惠|(?:會員|好友|體驗|早鳥|優待|VIP|新客|專屬|團購)價|原價",
    r"可?兌換(?!率)|(?:見面|報到|生日|新朋友|入會|首購|好友|迎新|來店|開卡|加入|歡迎|滿額|新友|新客|會員"
    r"|壽星|綁定|註冊|小|好|贈"
    r"|獻)禮(?![拜貌服堂盒])",
    r"(?:首次|首堂|首購|新客|第一次)[^,，。\n]{0,10}\d+\s*元",
    # 外送, 配送, 寄送 … bring things; what is given away is counted, or comes "at once".
    rf"(?<![外配寄運接放歡發傳宅遞護])送(?:你|您|妳)?\s*(?:NT)?\$?\s*{_NUMBER}(?!\s*[天日號月樓小分秒公里])",
    rf"(?<![外配寄運接放歡發傳宅遞護])送(?=[^,，。、\s\d達到貨出]{{1,8}}(?:{_NUMBER}\s*)?{_MEASURE})",
    r"(?:就|即|加|再|多|滿額)送(?![出達貨到洗修])|(?<!捐)贈(?:送|品|點|你|您|\s*\d)|[附加]贈",
    r"免(?:報名|入場|服務|手續|工本|檢測|開辦|運)費|免費(?!停車|wi-?fi|專線|電話|客服|加入)"
    r"|招待(?![不所])|升級(?:大|特大|成|為)|加大|試[吃喝用](?:包|品|組)?",
    r"(?<![觀優缺特])點數|[累集積兌換]點(?!心)|集章|抽獎|抽(?:出|中)|\+\s*1\s*元|加(?:1|一)元|小驚喜",
    r"\d+\s*%\s*off|\$\s?\d+\s*off|\bdiscounts?\b|\bcoupons?\b|\bvouchers?\b|\bbuy one,? get one\b|\bhalf[- ]price\b",
    r"\bfree (?!parking|wi-?fi|to\b|of\b|from\b|time)\w+|\bcomplimentary (?!parking|wi-?fi)"
    r"|\bon the house\b|\bon us\b",
    r"\b(?:welcome |birthday )?gifts?\b(?! (?:box|shop|wrap|set|card))|\brewards?\b|\btreat\b",
    r"\d+\s*%\s*(?:オフ|引)|\d+\s*円\s*(?:引|OFF|オフ|クーポン|割引)|割引|[半\d]額|クーポン|プレゼント|特典"
    r"|進呈|サービス(?=いたし|し(?:ます|て))|ポイント|チケット(?=を?もらえ)",
    r"無料(?!駐車|Wi-?Fi|の?駐車)|\d\s*割引?|お得|優待",
)
"""Something the guest is given or saves."""

NO_BENEFIT_BEFORE = re.compile(
    r"(?:沒有?|暫無|恕無|恕不|並無|無|不再?提供|不再|停止|取消|不接受|\bno|\bnot|\bwithout)(?:任何|其他|其它"
    r"|額外|提供|贈|享|優惠|折扣|相關)*\s*$",
    re.IGNORECASE,
)
NO_BENEFIT_AFTER = re.compile(
    r"^[^,，]{0,8}(?:已(?:經)?(?:結束|截止|額滿|停止|取消)|恕不|不適用|不再|沒了|ありません|終了|できません"
    r"|has ended|is over)",
    re.IGNORECASE,
)
"""What takes a benefit back."""

VAGUE = re.compile(r"優惠|好康|福利|折扣|(?:小)?驚喜|offers?|deals?|特典|お得", re.IGNORECASE)
"""Benefits that are only announced: with a word of continuing they are a reason to stay, no offer."""

FOR_WHOM = _any(
    r"會員(?!條款)|綁定|入會|註冊|加入(?!購物車|牛|鮮|冰|糖|了|些)",
    # Whom the guest is to bring along is another friend.
    r"(?<![揪約帶找邀給和與])(?<!分享)好友|新朋友|新友|新客|首購|首次|第一次|粉絲|獨享|專屬|VIP|熟客|壽星"
    r"|迎新|見面禮",
    r"LINE(?!\s*(?:Pay|Points|ID|Bank|WEBTOON))(?![A-Za-z])",
    r"首堂|登記|(?:邀請|推薦|優惠|折扣)碼|(?:輸入|回覆|傳送?)\s*[「『\"]|恭喜[你您]?獲得"
    r"|[出憑](?:示)?(?:此|本|這則|這個)|\bmembers?\b|\bfriends?\b(?! of)|\bsign up\b|\bfirst (?:visit|order"
    r"|purchase|cup|time|class)\b",
    r"\bnew (?:customers?|friends?|guests?)\b|\breply [\"“'「]|会員|友だち|友達|お友達|新規|初めて|初回|次回|ご?登録",
)
"""For whom a benefit is: those who join, not everybody who comes by."""

NOW = _any(
    r"本[月週周季]|[到至]?(?:這個?|本)?(?:月底|週末|週日)(?:前|為止|止)|[到至]月底|這個月|這[週周季]"
    r"|當季(?=\s*(?:新[品款]|限|活動|優惠|主打))|即日起|限時|期間限定|季節限定|檔期|[週周]年慶|開幕|今年"
    r"|今[春夏秋冬]",
    r"(?:春|夏|秋|冬)季|母親節|父親節|情人節|聖誕|中秋|端午|過年|春節|新年|雙\s?(?:11|12|十一|十二)|跨年|畢業季|開學",
    r"\bthis (?:month|week|season|spring|summer|autumn|fall|winter)\b|\buntil\b|\blimited[- ]time\b"
    r"|\bthrough the end\b|\btill (?:the end|sun|mon|tue|wed|thu|fri|sat)\w*|\bopening week\b",
    r"今月|今週|期間限定|季節限定|開催中|実施中|まで(?!に)|この(?:春|夏|秋|冬)",
)
"""A time that is now, or ends."""

ONGOING = _any(
    r"上架中|預購中|進行中|熱賣中|開跑|回歸|登場|新菜單上線|報名中|開放(?:訂購|預訂)(?!時)"
    r"|倒數[一二三四五六七八九十\d]|(?<![\d點時分半])開賣",
    r"開催中|実施中|発売中|販売中|公開中",
)
"""As good as a date."""

NOWISH = _any(
    r"最近|近期|目前|現在|最新|本次|主打",
    r"\bnow\b|\bcurrent(?:ly)?\b|\blatest\b|\bis (?:up|out|here)\b",
    r"ただいま|いま|最新|現在",
)
"""The same, too weak to go with a benefit alone (現在加入就送 … is an offer, no campaign)."""

CAMPAIGN = _any(
    r"活動(?!中心)|檔期|企劃|特賣|(?<!最)新(?:品|菜(?!單)|菜單上線|款|課|飲|口味)|上市|上架|開賣|預購"
    r"|快閃|聯名|主打|限定|套餐"
    r"|[週周]年慶|開幕慶?|感謝[祭季]|回歸|出清|比賽|報名中|開放(?:報名|(?:訂購|預訂)(?!時))|[冬夏]令營|[物品]節"
    r"|倒數|滿額|滿千|早鳥",
    r"新上|新開|課(?![本業後表])|禮盒|季節花|開團|體驗課|上檔|派對|課程|推出",
    r"\bcampaigns?\b|\bevents?\b|\bsale\b|\bnew\b|\blaunch\w*|\bcollection\b|\bspecials?\b|\bset menu\b"
    r"|\bworkshops?\b|\bearly bird\b|\bcamps?\b",
    r"キャンペーン|新作|新色|新商品|新メニュー|フェア|セール|イベント|限定|コース|体験",
)
"""What goes on in a shop."""

LINKED = _any(
    r"活動|檔期|特賣|(?<!最)新(?:品|款|課|飲|口味)|上市|預購|快閃|聯名|開團",
    r"\bcampaigns?\b|\bevents?\b|\bsale\b|\blaunch\w*|\bcollection\b|キャンペーン|新作|新色|フェア|セール|イベント",
)
"""What is a campaign with nothing but the page it is told on."""

CONTINUING = _any(
    r"不定[期時]|定期|每個?月|一個月|每[週周季天日]|搶先|第一手|優先|率先|最快|第一時間|不錯過|不漏|持續"
    r"|未來|以後|往後"
    r"|之後|隨時|最新|最早|最先|一年四季|節日|換季|到貨|下次|(?:會|都)在這[裡邊]|[每到]月底|提醒(?:才不會|不)",
    r"\bfirst\b(?! (?:visit|order|purchase|cup|time|class))|\bearly\b(?! bird)|\b(?:once|twice) a (?:week"
    r"|month)\b|\bbefore (?:every|any)one\b|\bevery (?:month|week)\b|\bmonthly\b|\bregularly\b|\bfrom time to time\b"
    r"|\bbefore anyone\b|\bnever miss\b|\bupdates?\b",
    r"いち早く|先行|配信し|定期|毎月|毎週|随時|今後|最新|季節ごと",
)
NEWS = _any(
    r"優惠|新品|活動|消息|資訊|好康|折扣|驚喜|課程|新課|開團|新飲|新款|菜色|甜點|靈感|知識|食譜|名額|空檔|時段"
    r"|穿搭|保養|技巧|出爐|花材|照護|限定|課表|品項|款式|口味|上架|補貨|出清|訂購|直播|展覽|講座|場次"
    r"|試[吃喝用]|選書|福利",
    r"\bnews\b|\boffers?\b|\bdeals?\b|\btips?\b|\bnew (?!friends?\b|customers?\b|guests?\b|members?\b)\w+"
    r"|\bsales?\b|\brecipes?\b|\bslots?\b|\bevents?\b|\bspecials?\b"
    r"|\bbeans?\b|\bupdates?\b",
    r"情報|お知らせ|新作|新商品|特典|クーポン|空き|レシピ|コツ|ご案内|入荷|メニュー",
)
RECEIVE = _any(
    r"通知|告訴|收到|分享|推播|群發|[只會]寄|上新|開團|公布|公告|預告|推出|發送|傳給|送給|知道|更新|提醒|[領享]"
    r"|推薦|搶先|第一手|優先|率先"
    r"|第一時間|不錯過|不漏|掌握|留給|開放|預約",
    r"\bhear\b|\bget\b|\bshare\b|\bsend\b|\bpost\b|\bknow\b|\bnotify\b|\breceive\b|\btell\b|\bannounce\b|\bmiss\b",
    r"お届け|お知らせ|配信|ご?案内|紹介|受け取|ご用意",
)
"""Together: something that will keep coming, and that one gets it."""

KEEPS_COMING = _any(
    r"每[週周月季天][^,。]{0,8}(?:會|將|都)[^,。]{0,4}(?:收到|寄給|傳給|發給|更新)",
    r"(?:每個?|[一兩三]個?)(?:[週周月季天]|禮拜|星期)[^。]{0,10}(?:會|將)(?:傳|寄|公布|分享|推|發|放|更新|選)",
    r"收到每個?[週周月季天]|\bweekly \w+|\bfirst dibs\b|先にお(?:送り|届け|知らせ)",
    r"(?:留著|追蹤|訂閱|開(?:啟)?(?:提醒|通知))[^。]{0,8}才?不會(?:漏|錯過)",
)
"""A reason to stay by itself."""

PROGRAMME = _any(
    r"生日(?:禮|當月|優惠|月|驚喜)|生日[^。]{0,4}當月|壽星|[集累積]點(?!心)|集滿?\s*\d+\s*[點枚章張]"
    r"|累積[^,，。]{0,6}(?:點|消費)"
    r"|點數|紅利|集章|升等|每年",
    r"\bbirthday\b|\bpoints?\b(?! out)|\bstamp card\b|お?誕生日|ポイント|スタンプ",
)
"""A benefit that lasts."""

MENU = _any(
    r"選單|主頁|下方按鈕",
    r"\bmenu (?:below|at the bottom)\b|\bmenu bar\b",
    r"下の?メニュー|リッチメニュー|メニュー(?:から|で|を開)",
)
FUNCTION = _any(
    r"可以?|就能|即可|能夠|查|看|找|預約|訂位|訂購|點餐|點單|下單|功能|都在|裡|價目|地圖",
    r"\bfind\b|\bsee\b|\bcheck\b|\bbook\b|\border\b|\bcan\b|\bopens?\b|\bshows?\b",
    r"でき|見られ|ご覧|確認|予約|注文",
)
HOW = _any(
    r"(?:輸入(?![^,。]{0,4}(?:推薦|優惠|折扣|邀請)碼)|傳送?|回覆|回傳|打|留言|按)\s*(?:關鍵字"
    r"|數字)?\s*[「『\"【]?[^「」『』,，。]{1,8}[」』\"】]?[^。]{0,3}(?:就|即|會|可以|看|查|收到|知道|了解)",
    r"關鍵字|看到(?:訊息|後)[^,，。]{0,8}回覆|(?:跟|和)(?:我們?|小編|店長)說",
    r"(?:真人|小編|店長|老闆娘?|設計師|美甲師|老師|教練|專人|客服(?:人員)?|店員|花藝師|本人|自動|機器人"
    r"|系統)[^,，。]{0,24}(?:回覆|回訊|回你|回您|回答|看訊息)|(?:本人|親自|老闆娘?|小編|輪流)[^,。]{0,6}看(?:的|$|,)",
    r"(?:用|以|透過)\s*LINE\s*(?:提醒|通知|聯絡|聊|回)|[有沒]人(?:會)?看|人工客服|真人客服"
    r"|專人[^,。]{0,4}(?:安排|服務|處理)|(?:推播|群發)\s*[一兩二三四五\d]\s*[次則封]|LINE[^,。]{0,6}(?:慢|快)",
    r"(?:[月週周]|星期|禮拜)[^,。]{0,2}[一兩二三四五\d]\s*[則次封](?:左右)?(?=$|,)|(?:訊息|群發|推播"
    r"|通知)[^,。]{0,3}只",
    r"(?:每個?[月週周]|一個月|一[週周])[^,，。]{0,10}\d?[^,，。]{0,4}(?:則|次|封)(?=[^,，。]{0,8}(?:訊息|通知"
    r"|推播|發|傳|$))|[發傳推]\s*\d?[^,，。]{0,4}則",
    r"關閉提醒|關提醒|靜音|關掉通知|不(?:會)?(?:常|打擾|吵|洗版)|不洗版",
    r"(?:(?:這個|本|此)(?:官方)?(?:帳號|LINE)|官方帳號)[^,，。不]{0,4}(?:(?<!不)會(?!請)|主要|提供|用來"
    r"|可以|是|只|僅)|不會?(?:回覆|有人看)",
    r"自動發送|無法回覆|(?:依序|陸續)回覆",
    r"(?:預約|訂位|訂購|訂蛋糕|訂花|改期|取消|詢問|報名)(?:方式|請(?:先)?(?:留下|提供|告訴|告知|傳))",
    r"(?:預約|訂位|訂購|訂蛋糕|訂花|改期|取消|詢問|報名)[^。]{0,12}(?:這裡|LINE|留言|傳訊|訊息|告訴我們)",
    r"\b(?:type|send|reply with)\b [\"“'「]?\w+[^.]{0,20}\b(?:to|and|for)\b|\bkeywords?\b|\breal (?:person"
    r"|people)\b|\bauto(?:matic)? repl",
    r"\b(?:our|a) (?:staff|team|stylist|coach|barista)\b[^.]{0,20}\b(?:reply|replies|answer)|\b(?:messages?"
    r"|times?|once|twice) a (?:month|week)\b|\bmute\b|\bhow it works\b|\bget back to you\b"
    r"|\bwe usually (?:answer|reply)\b|\brepl(?:y|ies) may take\b",
    r"\bthis account\b[^.]{0,30}\b(?:is|will|sends|can)\b",
    r"キーワード|トーク(?:で|から|に)|スタッフが[^。]{0,12}(?:返信|お答え|返事)|自動(?:返信|応答)"
    r"|[月週]に?\s*\d[^。]{0,6}[回通]|通知(?:を|は)?オフ|このアカウント",
)
"""How the account works: what the menu and keywords do, who answers, how often it writes."""

_BEGINS = r"(?:^\s*|(?<=[,:、)+/|👉👇✅🔸▶→➜②③④])\s*)"
_TARGET = (
    r"(?:這裡|此處|下方|下面|下列|上方|左下|右下|以下|圖|(?:主|圖文)?選單|按鈕|連結|網址|我|入|進"
    r"|開|這[張個]|[👉👇⬇→\s]*[「『])"
)
ACTION = _any(
    # 餐點, 甜點, 地點, 10 點 and 集點 are no taps: 點 needs something to tap behind it.
    rf"(?<![餐甜早茶地重觀優缺據特熱焦起終盲站賣定半\d])點(?:一下|擊|選|開|按)?[👉👇⬇→\ufe0f\s]*{_TARGET}|點[擊選]"
    rf"|(?<!排)按(?:下|一下|下方|這裡|按鈕|「|選單|連結)",
    r"(?:輸入|(?<!自動)(?<!會)(?<!將)(?<!親自)(?<![盡儘]快)回覆|回傳|傳|打|留言)(?:給我們)?(?:關鍵字|數字|你的"
    r"|您的|你想|您想|照片|日期|想|人數|姓名|\s*[「『\"]|\s*\d)",
    r"(?:立即|馬上|立刻|現在就|快來|趕快|請|先|直接|歡迎|只要|就能|就可以|即可|記得|快[到去上]"
    r"|可以?)\s*[^,，。\n]{0,12}?"
    r"(?:綁定|加入會員|註冊|預約|訂位|下單|訂購|選購|報名|領取|領|索取|填寫|填|登入|出示|掃描|留言|回覆|私訊"
    r"|傳訊息|逛|看看|選擇|告訴|告知|留下|提供|撥打|撥|來電|電洽|預訂|附上|跟我們?說|傳|拿|搶(?!先)|把握"
    r"|[私密敲](?:訊|我)|參考|洽|回電|追蹤|約|匯)",
    # 請 and a verb, except of patience, caution and goodwill.
    r"(?<![敬懇邀申聘宴])請(?:您|你|大家)?(?:先|再|直接|記得)?(?=[^\s,。]{2})(?!您|你|勿|別|不|見諒|諒"
    r"|放心|小心|稍|多|期待|注意|留意|安心|包涵|體諒|海涵|提前|提早|假|自備|支持|按鈴|按門鈴|配合"
    r"|看|見|到|店員|服務人員|工作人員|櫃|小編|老師|教|客|問|益|記得|直接|先|再|於|在|至少|保持|愛惜|珍惜"
    r"|耐心|等|準時|洽詢|慢用|準備)",
    r"(?<![搶優])先(?![搶到])[^,。]{1,12}[,]?\s*再[^,。\s]{2}",
    # A verb at the beginning of a clause is said to the guest, if it is none of what shops do themselves.
    rf"{_BEGINS}(?:點(?![心數餐滴綴亮評])|按(?![摩照件時鈴])|填(?![充補])|拍照|打開|開啟|搜尋|留下"
    rf"|登記(?![制證])|快?揪[^,。]{{1,4}}(?:加入|組|一起加)|掃(?![除墓地])|匯|輸入"
    r"|傳(?=[^,。]{0,6}[給照圖])|追蹤|打卡|按讚|分享(?:給|這|出)|留言|私訊|預約請|先(?:說|傳|打|拍|看|逛"
    r"|約|告訴|選|填|按|點|匯))",
    r"(?:私|密|敲|打給)我|私訊\s*(?:[::「我]|粉[專絲])|(?:到|去|傳"
    r"|打)[^,。]{0,4}私訊|再\s*(?:留言|傳"
    r"|打電話)|打電話|[打撥]\s*\ufffc"
    r"|(?:給|讓)(?:店員|櫃[檯台]|服務人員|工作人員|小編|我們)[^,。]{0,4}看|[跟向和](?:店員|櫃[檯台]"
    r"|服務人員|小編)[^,。]{0,2}說"
    r"|把[^,。]{1,14}(?:傳|丟|拍|貼|分享)|分享出去|截圖(?:回傳|給)|留[「下]|(?:撥|來電|去電|洽)\s*\ufffc"
    r"|幫我們[^,。]{0,12}(?:留|按|寫|評)|打\s*[「『][^」』]{1,8}[」』]|打關鍵字|輸入[「『]"
    r"|請[^,。]{0,6}(?:回覆|按「|填)",
    r"出示(?:此|本|這|優惠|畫面|訊息|會員|LINE|折價|手機|給|好友|證件|學生證)|(?:綁定會員|完成綁定)"
    r"|輸入[^,，。\n]{0,6}碼"
    r"|(?<![外宣])傳[^,，。\n]{0,8}(?:照片|圖|款式)|私訊\s*[「我]"
    r"|掃(?:描)?(?:QR|條碼|下方)|填(?:寫|好|一下)?(?:表單|問卷|資料|生日|電話|手機)",
    r"(?:預約|留言|出示|綁定|填寫|輸入|加入)即可",
    r"(?:^\s*|[.:,)\-•・]\s*|\band |\bplease |\bjust |\bthen |\bto [^,.]{3,30}, )"
    r"(?:tap|click|press|reply|type|book|order|shop(?! hours)|sign up|join|show|scan|visit|send|redeem"
    r"|fill|choose|pick"
    r"|link|tell|bring|drop|describe|browse|follow|(?:message|text|call|ring) us)\b",
    r"\bplease (?!note|be\b|do not|don|allow|wait)\w+",
    r"(?:タップ|クリック|入力|送信|返信|予約|登録|提示|注文|記入|選択|チェック|連携)(?:して|ください|下さい"
    r"|する(?:だけ|と)|を(?:お願い|どうぞ)|は(?:こちら|下))"
    r"|(?:見せて|お見せ|お送り|選んで|開いて|押して|お伝え|お尋ね|お知らせ|ご?利用)(?:ください|下さい|いただ)"
    r"|(?:送|見せ|撮|受け取)って(?:いただくだけ|ください)|(?:は|を)こちらから(?:どうぞ)?",
)
"""Something the guest is told to do next."""

NO_ACTION = re.compile(
    r"(?:請勿|切勿|勿|不要|不用|不必|無需|不需要?|(?<![特個分區差])別|無法|不能|不可|不會|已經?|剛剛|上次|昨天"
    r"|謝謝[你您]的?|感謝[你您]的?|\bdon['’]?t|\bdo not|\bnever|\bno need to)[^,，。]{0,4}$",
    re.IGNORECASE,
)
"""Before a verb of action: it is not asked for, or it is past."""

STEP = re.compile(
    r"[①-⑩❶-❿➊-➓]|^\s*[一二三四五六七八九]、|(?:^|(?<=[\s,，]))\d{1,2}[.)、](?!\d)|\d\ufe0f?\u20e3|第[一二三四五\d]步"
    r"|步驟\s*[一二三四五\d]|step\s*\d|ステップ\s*\d",
    re.I | re.M,
)
GUIDE = _any(r"步驟|流程|\bsteps?\b|\bhow it works\b|手順")
"""Says that what is numbered under it are steps."""

STEP_VERB = _any(
    r"(?<![餐甜早茶地重\d])點(?![心數餐])|按|選|填|輸入|出示|完成|領|綁定|登入|掃|傳|回覆|留[下言]|截圖|到店"
    r"|來店|告訴|結帳|預約|付|加入|打開|開啟|下單|收到|帶|享|確認|取|給[我你店櫃]|匯|拍|寄|挑|報|進",
    r"\b(?:tap|click|press|choose|pick|fill|type|show|scan|join|sign|link|reply|send|book|order|visit|tell"
    r"|enter|open|pay|collect|enjoy|drop|bring|come|visit)\b",
    r"タップ|押|入力|選|送|見せ|提示|登録|来店|伝え|開|連携|予約|受け取|お会計",
)
AFTERWARDS = _any(
    r"(?:然後|接著|之後再|再|最後)(?=[點按選填輸出完領綁登掃傳回留到告結預付])",
    r"\bthen\b|\bfinally\b",
    r"そのあと|次に|最後に",
)
"""Steps of a guide."""

SERVICE = _any(
    r"營業|客服|服務時[間段]|服務[::]|回覆|回訊|諮詢|開放時間|門市時間|線上時間|公休|店休|休[息館]"
    r"|上班時間|工作時間|上[班線]|看診|接單|在線|有人接|會回(?![家來])|收件|(?:開門|開店|營業)到",
    r"\bopen\b|\bopening hours\b|\bhours\b|\bwe (?:reply|answer)\b|\bclosed\b",
    r"営業|受付|対応|定休|返信|返事|開店",
)
WEEK = _any(
    r"平日|假日|週[一二三四五六日末]|周[一二三四五六日末]|星期[一二三四五六日天]|禮拜[一二三四五六日天]"
    r"|每[天日]|全年無休|時[間段](?:[::]|\s*$)|[一二三四五六日]到[一二三四五六日]|六日",
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\bdaily\b|\bweekdays?\b|\bweekends?\b|\bevery day\b|毎日"
    r"|[月火水木金土日]曜|年中無休",
)
OTHER_HOURS = _any(
    r"課|講座|活動|市集|直播|下午茶|早鳥|快閃|工作坊|派對|限時|特價|優惠|半價|\d\s*折|買.送|表演|出爐|外送|配送"
    r"|到貨|取貨|宅配|停車|時段供應|供應|出餐|航班|電影|集合|入住|退房|[入離進]場|場次|報到|抵達|等候|排隊",
    r"happy hour|\bworkshop|\bclass\b|\bparty\b|\bsale\b|\bdelivery\b|\bparking\b|セミナー|イベント|レッスン"
    r"|配送|駐車|ワークショップ",
)
"""Hours of something else than the shop or its answers."""

OPENS = _any(r"開門|開店|營業|上[班線]|開賣|開始|[點時]\s*開|:\d\d\s*開|\bopens?\b")
CLOSES = _any(r"打烊|關門|休息|下[班線]|賣到|收[攤店]|[點時]\s*關|:\d\d\s*關|\bcloses?\b")
OPEN_UNTIL = _any(r"(?:營業|開)(?:時間)?(?:到|至)\s*$")
ANSWERED_AFTER = _any(r"\s*(?:以?後|之後)[^,。]{0,3}(?:回覆|回訊|有人接|會回)")
"""From when or until when, in words."""

ROUND_THE_CLOCK = _any(r"24\s*(?:小時|[Hh](?:ours|rs?)?|時間)|全天候|24/7")
ANSWER = _any(r"回覆|回訊|回你|回您|回信|\brepl(?:y|ies)\b|\banswer\b|返信|返事|お答え")
WITHIN = _any(
    rf"(?:{_NUMBER}|半)\s*個?(?:小時|分鐘|工作天|天)(?:之?內|以內|左右)|當[天日](?:內)?|隔[天日]"
    rf"|下一?個?(?:工作天|營業日)",
    r"\bwithin \w+ (?:hours?|minutes?|(?:business )?days?)\b|\bsame day\b|\d+\s*(?:時間|分|営業日|日)以内"
    r"|当日中|翌営業日",
)
"""How soon an answer comes."""
