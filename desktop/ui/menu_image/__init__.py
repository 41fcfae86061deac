"""Draws rich menus as the pictures friends see."""
