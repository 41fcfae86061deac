"""What a column is: by its name, by its values, and which field it fills; what kind of file a set of columns makes."""
