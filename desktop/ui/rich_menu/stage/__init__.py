"""The middle of the page: the phone with the menu in it, to edit and to try."""
