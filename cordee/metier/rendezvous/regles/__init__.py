"""Pure rules of the appointments room."""
