"""From households in time to rows: what the import of all those photos would have left, written at once.

The rules are those of ``echanges.caf.fusion`` and ``chronologie``: a dated row holds from the photo that says it to the
first that says something else; what is no longer sent stays open as it was last said; members and addresses come and go
with photos. ``tests/demo/histoire/test_versement.py`` holds both equal: the import of the last photo changes nothing.

One thing is told short: of past photos, rights keep amounts, motives, activities and resources, not every element of
the file. The whole is there for the last photo, which the next file is compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from cordee.demo.histoire import personnes
from cordee.demo.histoire.fichiers_passes import Vus
from cordee.demo.histoire.modele import AdulteHistoire, Numeros, Trajectoire, VieVecue
from cordee.demo.histoire.photos import photo_precedente, photo_suivante
from cordee.demo.histoire.versement_foyer import Connue, FoyerVerse, Points, code_du_payeur
from cordee.demo.histoire.versement_lignes import (
    ADRESSE,
    APPARTENANCE,
    DROIT_FOYER,
    DROIT_PERSONNE,
    FOYER,
    OUVERTURE,
)
from cordee.demo.histoire.vies.vie import MAJ, PERSONNE
from cordee.echanges.caf.lignes import Carte, Sceau
from cordee.metier.parcours.enums import GenreEvenement
from cordee.socle.horloge import jour

TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "personnes_foyer": FOYER,
    "personnes_personne": personnes.PERSONNE,
    "personnes_identifiant": personnes.IDENTIFIANT,
    "personnes_appartenance": APPARTENANCE,
    "personnes_droitfoyer": DROIT_FOYER,
    "personnes_droitpersonne": DROIT_PERSONNE,
    "personnes_adresse": ADRESSE,
    "personnes_ouverturedroit": OUVERTURE,
    "personnes_representant": personnes.REPRESENTANT,
}
"""Tables filled here, and their columns in the order of the rows."""
_ENTREES: Final = frozenset({GenreEvenement.ENTREE_SDD, GenreEvenement.RETOUR_SDD})
_LENDEMAIN: Final = timedelta(days=1)
"""A file is made on the 5th and received on the 6th."""


@dataclass(slots=True)
class Versement:
    """The rows of one lot of households, by table, as COPY takes them in text form.

    Args:
        jusqu_au: the last photo imported.
        carte_au: sectors in force on a day (when a file is received).
        organismes: code of a payer (« CAF941 ») → its row. ``fichiers``: (code, photo) → the file that showed it.
    """

    jusqu_au: date
    carte_au: Callable[[date], Carte]
    numeros: Numeros
    organismes: Mapping[str, int]
    fichiers: Mapping[tuple[str, date], int]
    graine: int
    sceau: Sceau = field(default_factory=Sceau)
    lignes: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in TABLES})
    foyers: dict[int, int] = field(default_factory=dict)
    connues: dict[int, Connue] = field(default_factory=dict)
    vus: list[Vus] = field(default_factory=list)
    """Each period in which a household was sent."""
    suites: list[tuple[int, int]] = field(default_factory=list)
    """Household → number of the one it follows (NUMDEMRSAPRECE)."""

    def dynastie(self, trajectoires: Sequence[Trajectoire]) -> dict[int, int]:
        """Write households that share people, in the order in which they appear.

        Returns:
            ``Individu.ordre`` → id of the person.
        """
        connues: dict[int, Connue] = {}
        for trajectoire in trajectoires:
            points, periodes = self._points(trajectoire)
            if points:
                FoyerVerse(self, points, connues).verser()
                numero, code = points[0][1].numero, code_du_payeur(points[0][1])
                self.vus.extend(Vus(self.foyers[numero], code, debut, fin) for debut, fin in periodes)
        self.connues.update((connue.personne_id, connue) for connue in connues.values())
        return {ordre: connue.personne_id for ordre, connue in connues.items()}

    def raconter(self, adulte: AdulteHistoire, vie: VieVecue) -> None:
        """The opening of right of each entry that her life tells (E06), her death if an agent confirmed it."""
        for change in vie.objets.pop(MAJ + PERSONNE, ()):
            self.connues[adulte.personne_id].deces_le = change["deces_le"]
        for evenement in vie.evenements:
            genre, le = evenement.fait.genre, evenement.fait.survenu_le
            if genre not in _ENTREES:
                continue
            recue = date.fromisoformat(str(evenement.fait.donnees.get("recu_le") or jour(le)))
            menage = (adulte.au(jour(le)) or adulte.photos[0][1:])[0]
            pk, demande = self.numeros.suivant("personnes_ouverturedroit"), menage.date_demande
            self.lignes["personnes_ouverturedroit"].append(
                f"{pk}\t{adulte.personne_id}\t{self.foyers[menage.numero]}\t{demande}\t{demande.replace(day=1)}\t"
                f"{recue - _LENDEMAIN}\t{recue}\t{'t' if genre is GenreEvenement.RETOUR_SDD else 'f'}\n"
            )

    def finir(self) -> None:
        """Write the people, once their lives have been told."""
        for connue in self.connues.values():
            self.lignes["personnes_personne"].append(
                personnes.ligne_personne(
                    connue.personne_id, connue.individu, graine=self.graine, cree_le=connue.cree_le,
                    deces_le=connue.deces_le,
                )
            )  # fmt: skip
            self._proteger(connue)

    def _proteger(self, connue: Connue) -> None:
        if connue.individu.role == "ENF":
            return
        protection = personnes.protection_de(connue.individu, self.graine)
        if protection is not None:
            pk = self.numeros.suivant("personnes_representant")
            self.lignes["personnes_representant"].append(
                personnes.ligne_representant(pk, connue.personne_id, protection, connue.cree_le.date())
            )

    def _points(self, trajectoire: Trajectoire) -> tuple[Points, list[tuple[date, date]]]:
        """The photos at which something may change, the last that shows the household included; when it was sent."""
        fin = min(trajectoire.derniere or self.jusqu_au, self.jusqu_au)
        points: Points = []
        periodes: list[tuple[date, date]] = []
        envoye: date | None = None
        for tranche in trajectoire.tranches:
            if tranche.reference > fin:
                break
            if tranche.menage.transmis:
                points.append((tranche.reference, tranche.menage))
                envoye = envoye or tranche.reference
            elif envoye is not None:
                periodes.append((envoye, photo_precedente(tranche.reference)))
                envoye = None
        if envoye is not None:
            periodes.append((envoye, fin))
        if not points:
            return [], []
        premiere, menage = points[0]
        suivante, vu_le = photo_suivante(premiere), periodes[-1][1]
        if menage.entre_le == premiere and suivante <= periodes[0][1] and (len(points) == 1 or points[1][0] > suivante):
            points.insert(1, (suivante, menage))  # entering is said once
        if points[-1][0] < vu_le:
            points.append((vu_le, points[-1][1]))
        return points, periodes
