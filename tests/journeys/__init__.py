"""The program as its owner meets it: started as a process of its own, driven with mouse and keys on a screen of its own."""
