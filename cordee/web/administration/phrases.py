"""Sentences said after an act."""

from __future__ import annotations


def rendues(nombre: int) -> str:
    """What became of the people an agent followed.

    >>> rendues(0), rendues(1)
    ('Personne ne lui était confié.', 'La personne qui lui était confiée est dans la file de sa structure.')
    """
    if nombre == 0:
        return "Personne ne lui était confié."
    if nombre == 1:
        return "La personne qui lui était confiée est dans la file de sa structure."
    return f"Les {nombre} personnes qui lui étaient confiées sont dans la file de leur structure."
