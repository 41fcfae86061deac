"""What numbers mean: costs and, later, rates and classes. Pure functions over values."""
