"""Euros of a household: what it is entitled to before and after a measure or a job, and rights to look at with her.

Shown to people as an estimate (the paying body decides). It never decides a measure nor opens a control.
"""
