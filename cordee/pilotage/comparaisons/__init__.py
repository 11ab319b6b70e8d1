"""Structures side by side: adjusted for whom they receive, drifting or not, and how whole their files are (ADR 34)."""
