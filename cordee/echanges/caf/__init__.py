"""The files of the benefit payers (CAF, MSA): structure, codes, reading and writing. Pure Python, no database."""
