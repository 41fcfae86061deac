"""Tags as a whole: changing, joining and taking them away, what names them, how they fare, and the rules that put them on."""
