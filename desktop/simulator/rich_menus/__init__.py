"""LINE's rich menus: what it takes, what it keeps, and who sees which."""
