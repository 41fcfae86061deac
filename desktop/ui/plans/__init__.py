"""The owner's message plan and its prices: in words, in the settings, and the trade's example."""
