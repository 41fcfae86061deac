"""New friends by the month of their friendship."""
