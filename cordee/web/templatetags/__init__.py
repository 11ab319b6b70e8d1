"""Filters of pages that belong to one area."""
