"""Everything about repurchase: the cycle, the classes, how they moved, who falls next."""
