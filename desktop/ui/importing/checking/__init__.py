"""What importing the table would do: four numbers, the rows behind each, and what could not be used."""
