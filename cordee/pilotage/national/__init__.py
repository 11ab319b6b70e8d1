"""The national scale: the union of the lakes of several départements, read by DuckDB or by Spark with the same SQL."""
