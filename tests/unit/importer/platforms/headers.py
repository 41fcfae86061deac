"""Headers of further invented systems, one a line: 「name=field@writing」. The writing says what its cells look like; without
one it is the field's own. Kinds: M members, O orders with a row for each order, I orders with a row for each item."""

from __future__ import annotations

MEMBERS = {
    "hair salon app": "客戶編號=member_no|客戶暱稱=extra@name2|真實姓名=name|手機門號=phone|生日(月/日)=birthday@md|客戶來源=source|VIP級別=level|最後光臨日=last_order|光臨次數=orders|總消費額=total|儲值餘額=extra@num|黑名單=extra@yn|服務備註=note@text",
    "nail studio": "客人姓名=name|IG帳號=extra@handle|LINE暱稱=extra@name2|連絡手機=phone|年紀=extra@age|首次來店=first_order|最近來店=last_order|累計施作次數=orders|介紹人=extra@name2|過敏史=extra@text|同意行銷通知=consent",
    "bookshop": "讀者證號=member_no|讀者姓名=name|聯絡市話=phone@landline|聯絡手機=phone|EMAIL信箱=email|申辦日期=joined_at|到期日=extra@date|到館次數=extra@num|購書總額=total|紅利積點=points",
    "drugstore": "卡號=member_no|姓名=name|出生日=birthday|性別=gender|通訊地址=extra@city|手機=phone|簡訊發送=extra@yn|DM寄送=extra@yn|申請門市=store|最近交易日=last_order|近一年消費金額=extra@num|會員狀態=extra@state|可用點數=points",
    "hotel": "Guest ID=member_no|Guest Name=name@en|Nationality=extra@city|Passport No.=ignore@code|Mobile No=phone@intl|Email Add=email|DOB=birthday@iso|Loyalty Tier=level|No. of Stays=orders|Total Revenue=total|Last Stay=last_order@iso|VIP Flag=extra@yn|Remarks=note@text",
    "clinic in English": "Patient No=member_no|Patient Name=name@en|IC No=extra@code|Sex=gender@en|Birth Date=birthday@iso|Contact No=phone@intl|Next of Kin=extra@name2|Kin Contact=extra@phone2|First Visit Date=first_order@iso|Last Visit Date=last_order@iso|Doctor=extra@name2",
    "gym chain": "會員證號=member_no|會員=name|電話(手機)=phone|合約起日=extra@date|合約迄日=extra@date|會籍類型=level|所屬教練=extra@name2|入場次數=extra@num|推播同意=consent|入會日期=joined_at",
    "pet shop": "主人=name|主人電話=phone|毛孩名字=extra@name2|毛孩生日=extra@date|毛孩品種=extra@text|會員編號=member_no|累積消費=total|點數=points|最後來店=last_order|標籤=tags",
    "bakery": "No=extra@row|顧客名稱=name|聯絡方式=phone|常買=extra@text|購買次數=orders|消費總計=total|備註=note@text",
    "car wash": "車牌=extra@plate|車主=name|車主手機=phone|車型=extra@text|首次消費=first_order|最近消費=last_order|累積次數=orders|累積金額=total|卡別=level",
    "messaging tool": "UID=line_user_id|暱稱=name|大頭照=extra@url|狀態消息=extra@text|加入時間=joined_at|最後訊息時間=extra@date|是否封鎖=blocked|標籤=tags|備註=note@text|電話=phone",
    "chat bot": "line_user_id=line_user_id|line_name=name|follow_time=friend_at@iso|unfollow_time=extra@blank|is_follow=extra@yn|tag_list=tags|mobile_phone=phone|real_name=extra@name2|bind_time=bound_at@iso|member_id=member_no",
    "loyalty": "member_code=member_no|member_name=name|mobile=phone@intl|email_addr=email|sex=gender@en|birthday=birthday@iso|member_level=level|point_balance=points|total_spending=total|visit_times=orders|last_purchase_dt=last_order@iso|register_dt=joined_at@iso|register_store=store|line_uid=line_user_id|accept_line=consent@tf",
    "simplified": "会员号=member_no|会员姓名=name|手机号码=phone|性别=gender|生日=birthday|会员等级=level|积分=points|累计消费金额=total|消费次数=orders|最近消费时间=last_order|注册时间=joined_at|备注=note@text",
    "Japanese salon": "お客様番号=member_no|お客様氏名=name@ja|フリガナ=extra@kana|携帯電話=phone@jp|メールアドレス=email|生年月日=birthday@ja|性別=gender@ja|初回来店日=first_order|前回来店日=last_order|来店回数=orders|累計売上=total|担当スタイリスト=extra@name2|DM可否=extra@yn|会員ランク=level|メモ=note@text",
    "Japanese LINE tool": "LINEユーザーID=line_user_id|LINE登録名=name@ja|友だち追加日=friend_at|ブロック=blocked|システム表示名=extra@name2|電話番号=phone@jp|誕生日=birthday@iso|タグ=tags|流入元=source|購入回数=orders",
    "Japanese web shop": "会員ID=member_no|姓=name@jafamily|名=name@jagiven|セイ=extra@kana|メイ=extra@kana|メールアドレス=email|郵便番号=extra@zip|都道府県=extra@city|電話番号=phone@jp|メルマガ=extra@yn|会員登録日=joined_at|最終ログイン=extra@date|ポイント=points|累計購入金額=total|累計購入回数=orders",
    "Hong Kong": "會員編號=member_no|英文姓名=extra@en|中文姓名=name|手提電話=phone|電郵地址=email|出生月份=extra@month|登記日期=joined_at|累積消費=total|推廣訊息=consent",
    "school": "學員編號=member_no|學員姓名=name|英文名=extra@en|性別=gender|出生年月日=birthday@roc|就讀學校=extra@text|家長=extra@name2|聯絡電話=phone|家長LINE=extra@name2|報名日=joined_at|剩餘堂數=extra@num|繳費金額=extra@num",
    "charity": "捐款人編號=member_no|捐款人姓名=name|身分證字號=ignore@twid|聯絡電話=phone|電子郵件=email|首次捐款日=first_order|最近捐款日=last_order|捐款次數=orders|累計捐款金額=total|收據地址=extra@city|寄送會訊=extra@yn",
    "restaurant": "訂位人姓名=name|訂位人電話=phone|訂位次數=orders|No-show次數=extra@num|上次用餐日=last_order|平均消費=extra@num|過敏/禁忌=extra@text|顧客標籤=tags|生日=birthday",
    "e-ticket": "購票人=name|購票人手機=phone|購票人Email=email|票種=extra@text|張數=extra@num|座位=extra@plate|報到狀態=extra@state",
    "ERP card": "客戶編號=member_no|簡稱=extra@name2|客戶全稱=name|聯絡人=extra@name2|TEL=phone@landline|行動電話=phone|FAX=extra@landline|E-MAIL=email|統一編號=extra@taxid|業務代號=extra@code|開戶日=joined_at|最近出貨日=extra@date",
    "excel of a florist": "序=extra@row|購買人=name|手機=phone|生日/紀念日=birthday|喜歡花材=extra@text|收花人=extra@name2|收花人電話=extra@phone2|今年消費=extra@num|備注=note@text",
    "phone only": "電話號碼=phone@cut",
    "English crm": "Account Number=member_no|Contact=name@en|Mobile Telephone=phone@intl|Email Address 1=email|Lead Source=source|Owner=extra@name2|Created On=joined_at@iso|Modified On=extra@iso|Do not allow Emails=extra@yn|Status=extra@state|Birthday=birthday@iso|Total Purchases=total|Number of Orders=orders",
    "app export": "id=extra@row|nick_name=name|phone_number=phone@plus|email=email|avatar=extra@url|gender=gender@12|birth_day=birthday@iso|created_time=joined_at@iso|last_login_time=extra@iso|coupon_count=extra@num|bonus=points|group_name=level|is_line_bind=extra@tf|line_id=line_user_id",
}

ORDERS = {
    "O salon checkouts": "結帳日=ordered_at|單據編號=order_no|顧客=name|手機=phone|消費項目=item|設計師=ignore@name2|原價=ignore@num|折扣=ignore@num|實收=amount|付款方式=ignore@pay|狀態=status",
    "I pos lines": "營業日期=ordered_at|收銀機=ignore@code|交易序號=order_no|商品條碼=ignore@code|商品名稱=item|數量=quantity|定價=ignore@num|售價=ignore@price|小計=item_amount|會員卡號=member_no|發票號碼=ignore@invoice|門市代號=ignore@code|門市名稱=store",
    "O delivery": "Order ID=order_no|Restaurant=store|Order received at=ordered_at@iso|Subtotal=ignore@num|Commission=ignore@num|Total=amount|Order status=status@en|Cancelled reason=status@blank|Customer name=name@en",
    "I marketplace": "訂單編號=order_no|訂單成立日期=ordered_at|買家帳號=member_no@code|商品名稱=item|商品選項名稱=ignore@text|數量=quantity|商品活動價格=ignore|商品總價=item_amount|買家總支付金額=amount|訂單狀態=status|退貨 / 退款狀態=status@blank|收件者姓名=ignore@name2|收件者電話=ignore@phone2|買家付款運費=ignore@num",
    "O woo": "Order Number=order_no|Order Status=status@en|Order Date=ordered_at@iso|Customer Note=ignore@text|First Name (Billing)=name@first|Last Name (Billing)=name@last|Email (Billing)=email|Phone (Billing)=phone@intl|First Name (Shipping)=ignore@en|Cart Discount Amount=ignore@num|Order Subtotal Amount=ignore@num|Order Shipping Amount=ignore@num|Order Refund Amount=refund|Order Total Amount=amount|Payment Method Title=ignore@pay",
    "I Japanese": "受注番号=order_no|受注日時=ordered_at|注文者氏名=name@ja|注文者電話番号=phone@jp|注文者メールアドレス=email|送付先氏名=ignore@ja|送付先電話番号=ignore@jp2|商品名=item|単価=ignore|個数=quantity|小計=item_amount|合計金額=amount|送料=ignore@num|ステータス=status@ja",
    "O Japanese till": "会計日時=ordered_at|伝票番号=order_no|店舗=store|会員番号=member_no|客数=ignore@num|売上金額=amount|値引額=ignore@num|返金額=refund|支払方法=ignore@pay|担当者=ignore@name2",
    "I restaurant": "帳單號碼=order_no|開單時間=ordered_at|桌號=ignore@plate|人數=ignore@num|品名=item|份數=quantity|單價=ignore|金額=item_amount|服務費=ignore@num|會員手機=phone|作廢=status@void",
    "O course": "訂購日期=ordered_at|訂單編號=order_no|課程名稱=item|學員姓名=name|學員Email=email|實付金額=amount|優惠券=ignore@code|付款狀態=status|發票號碼=ignore@invoice",
    "O invoice list": "發票日期=ordered_at|發票號碼=order_no@invoice|買受人統編=ignore@taxid|買受人名稱=ignore@blank|載具類別=ignore@text|載具號碼=ignore@carrier|銷售額=ignore@num|營業稅=ignore@num|總計=amount|會員電話=phone|狀態=status@invoicestate",
    "O database": "ord_no=order_no|ord_dt=ordered_at@iso|mem_no=member_no|ord_amt=amount|dc_amt=ignore@num|pay_type=ignore@pay|ord_stat=status@en|refund_amt=refund|store_nm=store",
    "O app": "orderId=order_no|createdAt=ordered_at@iso|customer.phone=phone@plus|customer.name=name@en|totalPrice=amount|paymentStatus=status@en|shippingAddress=ignore@city|discountTotal=ignore@num",
    "O telephone list": "日期=ordered_at|姓名=name|電話=phone|訂購內容=item|總價=amount|取貨日=ignore@date|取貨=ignore@yn",
    "I simplified": "订单编号=order_no|下单时间=ordered_at|买家姓名=name|手机号=phone|商品名称=item|数量=quantity|单价=ignore|金额=item_amount|订单状态=status",
}
