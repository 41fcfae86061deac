"""Planning: greetings, rich menus, the operating plan."""
