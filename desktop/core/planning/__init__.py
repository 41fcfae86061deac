"""What a shop plans: greeting, rich menus, operating plan."""
