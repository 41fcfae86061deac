"""The members page: the list, its search, and the panel for tagging."""
