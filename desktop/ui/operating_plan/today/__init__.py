"""What there is to do today, on top of the page."""
