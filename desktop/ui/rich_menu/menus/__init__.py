"""The list of menus, and for whom each is."""
