"""Publishing the planned rich menus: what a press would change, the press, what is live, who should have another menu, which periods
begin or end, and how it is taken back or restored."""
