"""The SQL behind the figures: set-based questions over people, their orders and LINE's daily figures."""
