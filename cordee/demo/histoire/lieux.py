"""Which structure serves a household on a day: what files, read on that day, would have said."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cordee.demo.fichiers import recu_le
from cordee.demo.modele import Menage
from cordee.echanges.caf.deroulement import carte_au
from cordee.echanges.caf.foyer import AdresseLu
from cordee.echanges.caf.lignes import Carte
from cordee.metier.organismes.enums import PublicSecteur
from cordee.metier.organismes.models import RegleSecteur, Structure


@dataclass(slots=True)
class Cartes:
    """The sectors in force, day after day: one map for each day on which they changed."""

    jours: tuple[date, ...]
    cartes: tuple[Carte, ...]
    _lieux: dict[tuple[int, str, PublicSecteur], tuple[str, int | None]] = field(default_factory=dict)

    def au(self, jour: date) -> Carte:
        """The map of a day."""
        return self.cartes[self._rang(jour)]

    def secteur(self, menage: Menage, photo: date) -> dict[str, Any]:
        """What the file of a photo says of where a household lives (``faits.Secteur``)."""
        rang, commune, public = self._rang(recu_le(photo)), menage.adresse.commune, public_de(menage)
        cle = (rang, commune.insee if commune else "", public)
        lieu = self._lieux.get(cle)
        if lieu is None:
            adresse = AdresseLu(insee=cle[1], pays="FRA" if commune else "HOR")
            localisation, structure = self.cartes[rang].situer(adresse, public)
            lieu = self._lieux[cle] = (str(localisation), structure)
        return {"structure": lieu[1], "localisation": lieu[0], "domiciliee": menage.domicilie}

    def _rang(self, jour: date) -> int:
        return max(bisect_right(self.jours, jour) - 1, 0)


def lire_cartes(du: date, au: date) -> Cartes:
    """Every map between two days."""
    jours = {du}
    for debut, fin in (
        *RegleSecteur.objects.values_list("debut", "fin").distinct(),
        *Structure.objects.values_list("debut", "fin").distinct(),
    ):
        jours.update(jour for jour in (debut, fin) if jour is not None and du < jour <= au)
    dates = tuple(sorted(jours))
    return Cartes(dates, tuple(carte_au(jour) for jour in dates))


def public_de(menage: Menage) -> PublicSecteur:
    """The public of the sector rules (``caf.lignes.public_de``)."""
    if menage.enfants:
        return PublicSecteur.AVEC_ENFANT
    return PublicSecteur.COUPLES_SANS_ENFANT if menage.en_couple else PublicSecteur.ISOLES
