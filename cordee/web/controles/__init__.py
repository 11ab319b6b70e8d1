"""« Contrôles au hasard »: announced, drawn, concluded; each draw can be done again by whoever doubts it (E29)."""
