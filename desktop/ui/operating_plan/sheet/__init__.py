"""The sheet's tab: the form of the operating plan."""
