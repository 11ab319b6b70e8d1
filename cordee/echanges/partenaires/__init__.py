"""What partners say of the people they follow (E05): saved mappings, one way to understand, match and load a line."""
