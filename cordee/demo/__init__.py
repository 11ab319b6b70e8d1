"""The synthetic département: invented people, deterministic for a seed, and the files payers would send about them."""
