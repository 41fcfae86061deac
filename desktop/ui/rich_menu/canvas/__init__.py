"""Editing the areas of a menu on its picture, with the mouse and with keys."""
