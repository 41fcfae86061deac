"""One editor for each kind of balloon."""
