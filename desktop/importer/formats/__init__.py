"""One module per way of storing a table: delimited text, workbooks, HTML, zip archives; and what tells them apart."""
