"""Words and rules of the shop, its people and LINE: no I/O, no SQL, no Qt, no pandas."""
