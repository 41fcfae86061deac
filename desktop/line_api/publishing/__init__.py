"""Brings planned rich menus to LINE: one menu each, the right default, aliases and links, whatever happens in between."""
