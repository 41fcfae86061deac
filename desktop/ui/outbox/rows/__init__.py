"""The rows of the outbox: uploads of audiences, and publications of rich menus among them."""
