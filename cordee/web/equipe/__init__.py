"""The head of a team, her référents, what they hand over to each other."""
