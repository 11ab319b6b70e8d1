"""What is printed for an assembly: one page, the report of a year, charts in a file."""
