"""The right side of the editor: whom an audience reaches, what a send comes to, what changed since the last upload."""
