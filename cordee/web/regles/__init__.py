"""« Règles en vigueur »: what to do, by whom, by when, under which text; read from the life cycle and the law."""
