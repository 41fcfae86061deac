"""What the shop file keeps of LINE itself: the account's figures by day, and what was sent from here with what became of it."""
