"""The forms of the acts of a file, one service each."""
