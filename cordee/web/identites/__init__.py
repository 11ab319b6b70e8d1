"""Pages of the data desk: two files that may be one person, arbitrated; merges, and their undoing."""
