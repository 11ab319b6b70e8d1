"""Reads of the duties room."""

from cordee.metier.devoirs.selectors.mesures import dernieres_mesures, mesures_de, mesures_en_cours

__all__ = ["dernieres_mesures", "mesures_de", "mesures_en_cours"]
