"""What only a walk over the orders can tell: classes month by month and on an earlier day. Each walk reads the orders once."""
