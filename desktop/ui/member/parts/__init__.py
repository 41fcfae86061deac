"""The parts of the member page: fields, tags, orders, note, reach, steps."""
