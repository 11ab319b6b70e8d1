"""Pages of the reports: the page for the assembly, the report of a year, their files."""
