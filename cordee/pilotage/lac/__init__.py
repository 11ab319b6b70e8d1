"""The lake: dated facts copied from the database into Parquet files, with nobody's name in them."""
