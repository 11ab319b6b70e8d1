"""Steering: the lake, the indicators in SQL, their values. Reads the domain, writes only its own tables."""
