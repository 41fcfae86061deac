"""Publishing the rich menus: the press and its sheet, what is live, what there is to say at the start and after imports."""
