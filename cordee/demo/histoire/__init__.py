"""Five years of a département, drawn household by household and written set-based, then read back by the product."""
