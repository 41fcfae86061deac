"""What can be done on the members page: its commands with their keys, and its menus."""
