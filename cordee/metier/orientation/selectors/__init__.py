"""Reads of the orientation room."""
