"""Pages of published states."""
