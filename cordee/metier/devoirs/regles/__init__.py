"""Pure rules of the duties room: no framework, no database."""
