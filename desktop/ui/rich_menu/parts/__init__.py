"""Small widgets of the page that stand on their own."""
