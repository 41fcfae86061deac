"""A phone with a LINE chat, drawn as LINE draws it from the message objects LINE would be given."""
