"""How figures are drawn and written: the same in a page and in a file. Pure: no Django here."""
