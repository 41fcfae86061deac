"""Conditions as SQL, part by part; `condition_sql` is the door."""
