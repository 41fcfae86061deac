"""Where menus begin: ready sets by kind of shop."""
