"""The sample shop 日日咖啡: invented people, their orders and answers, and the files an owner would have of them."""
