"""The calendar's tab: the month or week, and beside it what is chosen."""
