"""The map: communes and the établissements publics territoriaux that group them."""
