"""« Caisse »: what is told to the paying bodies of our decisions, and what their files answer (E23)."""
