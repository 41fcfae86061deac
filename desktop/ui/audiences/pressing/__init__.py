"""The press of 一鍵上傳到 LINE: what is looked at before, and the sheet that speaks up only where something is to be said."""
