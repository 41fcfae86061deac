"""The page of rich menus: plan them, see them, check them, publish them."""
