"""The inner parts of the query language; `query_text` is its door."""
