"""One cell's text → one typed value: phones, dates, money, yes and no, IDs, tags. Pure functions without tables or files."""
