"""The files of the sample shop, written the way an owner's systems would write them."""
