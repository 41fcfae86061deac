"""Files into the shop: checked, committed, corrected, remembered."""
