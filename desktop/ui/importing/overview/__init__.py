"""Before and after: the tables that were found, and what came of an import."""
