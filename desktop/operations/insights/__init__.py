"""One function for each view of the figures; each answers with frozen values that a page, a report or the command line shows."""
