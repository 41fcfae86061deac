"""How the table is read: its columns with the fields they fill, and the choices of sheet, encoding, separator and header."""
