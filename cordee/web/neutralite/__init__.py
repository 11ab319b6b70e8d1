"""« Neutralité »: the whole procedure seen from above, group by group, and our own lateness beside (REQ-43)."""
