"""How partners' files are read, and what is still waited for from each partner (E05)."""
