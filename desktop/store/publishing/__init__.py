"""Publishing rich menus: frozen menus, the jobs that bring them to LINE, and what stands at LINE as far as is known."""
