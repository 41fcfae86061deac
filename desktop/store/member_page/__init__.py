"""What the page of one member reads and writes: her row, her orders, where everything came from."""
