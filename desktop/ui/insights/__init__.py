"""The page 經營數據: what the figures say, who is behind each, and what to do about it."""
