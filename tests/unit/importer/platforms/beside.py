"""Names of columns that are none of the fields, though they sound like some: beside the real ones they stay the shop's own in a
file of members, and are left out of a file of orders."""

from __future__ import annotations

CELLS = {
    "days": ("2026/01/02", "2026/02/03", "2025/12/05", "2024/05/06"),
    "numbers": ("120", "0", "3500", "88"),
    "yes_no": ("Y", "N", "Y", "N"),
    "phones": ("0955666777", "0955666778", "0955666779", "0955666770"),
    "names": ("林心怡", "陳大同", "黃美美", "王小華"),
    "codes": ("A001", "A002", "A003", "A004"),
    "words": ("信用卡", "現金", "轉帳", "信用卡"),
}

MEMBERS = {
    "days": (
        "上次生日禮發送日 生日禮到期日 最近一次退貨日 最後開信日 最近點擊日 下次預約日 最近預約日 合約到期日 升級日期 降級日期 等級生效日 會員效期 首次登入日 LINE "
        "最後互動日 最近推播日期 最近客服日期 黑名單日期 取消訂閱日期 退訂時間 解除綁定日期 刪除日期 資料更新日 最後異動日 結婚紀念日 配偶生日 子女生日 發票日期 "
        "匯出日期 點數異動日 末次出貨日 收件日 交貨日 簽約日 離職日 到職日 email_verified_at deleted_at subscribed_at "
        "unsubscribed_at birthday_gift_sent_at last_email_sent last_login_at expires_at next_visit "
        "updated_on exported_at period_start trial_end"
    ),
    "numbers": (
        "平均客單價 平均消費金額 最高單筆金額 最近消費金額 最後一筆金額 上次消費金額 首次消費金額 今年消費金額 近30天消費金額 退款金額 退貨次數 取消次數 退貨金額 折扣金額 "
        "運費 購物金 儲值金 儲值餘額 點數使用 已兌換點數 即將到期點數 點數價值 贈點 未到帳點數 開信次數 點擊次數 登入次數 分享次數 推薦人數 好友數 好友人數 未讀訊息數 "
        "訊息數 問卷分數 滿意度 評分 RFM分數 R F M 折扣率 信用額度 應收帳款 欠款 押金 家庭人數 子女數 年收入 身高 體重 年齡 瀏覽次數 加入購物車次數 距今天數 "
        "coupon_count avg_order_value aov last_order_amount order_total_this_year referral_count "
        "cart_value refund_total store_credit wallet_balance days_since_last_order age nps score "
        "open_rate household_size"
    ),
    "yes_no": (
        "是否為會員 是否綁定LINE 已綁定LINE LINE已綁定 是否消費 是否首購 已驗證手機 接受電郵 接受電話行銷 接受簡訊 同意隱私權政策 同意個資條款 是否開發票 "
        "是否VIP 有無小孩 啟用 停用 是否公司戶 員工 是否為好友 email_verified phone_verified is_active is_vip "
        "agree_terms accepts_sms newsletter has_app is_friend is_member 黑名單"
    ),
    "phones": (
        "推薦人手機 公司電話 傳真 緊急聯絡人手機 配偶電話 業務電話 門市電話 店家電話 客服電話 快遞電話 代領人電話 referrer_phone "
        "emergency_contact_phone store_phone office_tel fax spouse_phone"
    ),
    "names": (
        "推薦人 介紹人姓名 業務 業務姓名 服務人員 建檔人 建立者 修改者 操作人員 設計師 美容師 教練 老師 醫師 店長 家長姓名 小孩姓名 配偶姓名 緊急聯絡人 公司聯絡人 "
        "收件人姓名 代領人 發票抬頭 created_by updated_by owner sales_rep referrer_name emergency_contact "
        "staff stylist company child_name 寵物名字 暱稱 LINE暱稱 英文名 匯款人 帳戶名稱"
    ),
    "codes": (
        "門市編號 店代號 店員編號 推薦碼 邀請碼 邀請人會員編號 推薦人會員編號 優惠碼 序號 流水號 票號 桌號 車牌 商品編號 訂單編號 最近訂單編號 最後訂單號碼 發票號碼 載具 "
        "統一編號 郵遞區號 晶片號碼 設備ID campaign_id store_id referral_code coupon_code last_order_id "
        "device_id session_id utm_id group_id external_id tracking_no invoice_no tax_id"
    ),
    "words": (
        "訂單備註 出貨備註 最近訂單備註 客訴紀錄 意見 職業 興趣 星座 血型 地址 縣市 學歷 公司名稱 職稱 產業 喜好 膚質 過敏 utm_source 付款方式 最常購買商品 "
        "最近購買商品 最後購買門市 登入方式 裝置 瀏覽器 語言 國籍 標籤數 等級到期日 會員等級到期 上次等級 下一等級"
    ),
}

ORDERS = {
    "days": (
        "出貨日期 到貨日 預計出貨日 付款期限 發票開立日 取貨日期 更新時間 退款日期 鑑賞期到期日 shipped_at delivered_at updated_at "
        "estimated_delivery due_date refunded_at fulfilled_at 発送日 お届け予定日 列印日期 會員生日 入會日 最後修改日 預約日期"
    ),
    "numbers": (
        "運費 折扣 折扣金額 優惠金額 折價券折抵 購物金折抵 點數折抵 稅額 營業稅 服務費 手續費 金流手續費 平台抽成 成本 毛利 定價 原價 訂單小計 未稅金額 贈送點數 "
        "獲得點數 使用點數 重量 shipping shipping_fee discount_amount tax tax_amount tip fee fees commission "
        "cost profit weight points_earned subtotal_price total_discounts total_tax 送料 消費税 値引き額 "
        "ポイント利用 手数料 找零 實付現金 信用卡金額 現金 儲值扣款 來客數 人數 桌數 庫存 稅率"
    ),
    "names": (
        "收件人 收件人姓名 店員 經手人 結帳人員 設計師 服務人員 外送員 業務 開單人員 點餐人員 ship_name recipient_name cashier staff "
        "server salesperson 配送先氏名 担当者 送貨人 代收人 取貨人"
    ),
    "phones": (
        "收件人電話 收件人手機 門市電話 外送員電話 ship_phone recipient_phone store_phone 配送先電話番号 取貨人電話 司機電話 公司電話"
    ),
    "codes": (
        "商品編號 商品貨號 SKU 條碼 規格編號 物流單號 追蹤碼 託運單號 發票號碼 統一編號 載具 優惠碼 桌號 機號 店代號 出貨單號 退貨單號 付款交易序號 "
        "tracking_number coupon_code product_id variant_id store_id terminal_id payment_id barcode "
        "商品コード 追跡番号 員工編號 折扣碼 群組編號"
    ),
    "words": (
        "付款方式 送貨方式 取貨方式 訂單來源 訂單類型 發票類型 訂單備註 商家備註 配送地址 幣別 通路 規格 商品分類 會員等級 payment_method currency "
        "shipping_method source channel 支払方法 配送方法 用餐方式 超商門市 取貨門市 收件地址 買家備註 標籤"
    ),
}
