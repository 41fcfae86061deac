"""Reads what a greeting says, in Chinese first, in English and Japanese a little: prices, times, dates, phone numbers, addresses,
benefits, verbs of action. It reads words, not meaning; where it is unsure it finds nothing rather than something wrong."""
