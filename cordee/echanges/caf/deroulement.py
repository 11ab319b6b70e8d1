"""From staged households to the paths of people: the same acts for a whole file and for one household played again.

Called inside one transaction, once the staging tables are filled (``transit``).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Final

from cordee.echanges.caf import chronologie, corrections, differences, fusion, points, rapprochement
from cordee.echanges.caf.fusion import Contexte
from cordee.echanges.caf.lignes import Carte
from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.caf.selectors import MENSUEL, acte_de, deja_charge
from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.models import FichierRecu, Portee
from cordee.metier.organismes.selectors import agent_systeme, carte_des_secteurs
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner
from cordee.metier.parcours.services.garanties import UNE_ETAPE_OUVERTE
from cordee.metier.parcours.services.masse import consigner_en_masse
from cordee.socle.chargement import analyser, verifiees_a_la_fin
from cordee.socle.horloge import jour
from cordee.territoires.models import Commune

E = GenreEvenement
_DROITS: Final = tuple(
    f"personnes_{nom}"
    for nom in ("foyer", "personne", "identifiant", "appartenance", "droitfoyer", "droitpersonne", "adresse")
)
_PARCOURS: Final = (
    "personnes_ouverturedroit", "personnes_rattachement", "parcours_evenement", "parcours_etape", "parcours_echeance",
    "parcours_situation",
)  # fmt: skip
_REGLAGES: Final = """
SET LOCAL lock_timeout = '2min'; SET LOCAL jit = off; SET LOCAL work_mem = '64MB';
SET LOCAL default_statistics_target = 20
"""
"""For the transaction of the merge. Compiling a query costs more than running it once; some thousands of rows say
enough of a table for the plans of the merge, until the daemon of PostgreSQL looks at more of them."""
Dire = Callable[[str], None]


def carte_au(au: date) -> Carte:
    """What addresses are read against, on the day of reception."""
    return Carte(carte_des_secteurs(au), frozenset(Commune.objects.values_list("code_insee", flat=True)))


def contexte_de(
    fichier: FichierRecu, *, portee: str, le: datetime, rejeu: bool = False, partie: bool = False
) -> Contexte:
    """What the merge must know of a file. Clocks start at its reception (E06).

    Raises:
        FichierRefuse: no household says which body the file comes from.
    """
    f = fichier
    if f.organisme_id is None or f.reference_le is None or f.cree_le is None:
        raise FichierRefuse("Aucun foyer lisible ne dit de quel organisme vient ce fichier : il est refusé.")
    recu = min(f.recu_le, jour(le))
    midi = datetime.combine(recu, datetime.min.time().replace(hour=12), tzinfo=le.tzinfo)
    return Contexte(
        fichier_id=f.pk, organisme_id=f.organisme_id, reference=f.reference_le, transmis_le=f.cree_le,
        recu_le=recu, courant=portee == Portee.COURANT, corrige=deja_charge(f), mensuel=f.type == MENSUEL,
        le=le, survenu_le=min(midi, le), rejeu=rejeu, partie=partie or (rejeu and bool(f.rapport.get("partie"))),
    )  # fmt: skip


def derouler(contexte: Contexte, rapport: Rapport, dire: Dire = lambda etape: None) -> None:
    """Merge what is staged, then tell the paths. Fills the figures of ``rapport``."""
    fusion.executer(_REGLAGES, contexte)
    fusion.fusionner_foyers(contexte)
    points.noter(contexte)
    points.compter_absents(contexte)
    rapprochement.rapprocher(contexte)
    dire("Écriture des personnes et des droits")
    premier = fusion.premier_chargement(contexte)
    with verifiees_a_la_fin(_DROITS if premier else ()) as droits:
        rapport.personnes_creees = fusion.fusionner_personnes(contexte)
        rapport.arbitrages = rapprochement.ouvrir_arbitrages(contexte)
        chronologie.poser(contexte)
        chronologie.rattacher_membres(contexte)
        if premier:
            droits.indexer()
            analyser(_DROITS)
        points.dater_ouvertures(contexte)
        dire("Parcours : entrées, sorties, changements")
        if contexte.courant and premier:
            with verifiees_a_la_fin(_PARCOURS, declencheurs=UNE_ETAPE_OUVERTE):
                _dire_les_parcours(contexte, pendant=droits.en_parallele())
        elif contexte.courant:
            _dire_les_parcours(contexte)
    if rapport.personnes_creees > fusion.BEAUCOUP:  # pages are read right after
        analyser(_PARCOURS if premier else _DROITS + _PARCOURS)
    _compter(contexte, rapport)


def _dire_les_parcours(contexte: Contexte, pendant: AbstractContextManager[None] | None = None) -> None:
    """``pendant``: what PostgreSQL does while the paths are computed."""
    differences.detecter(contexte)
    par, acte = agent_systeme(), acte_de(contexte.fichier_id)
    consigner(evenements=corrections.annulations(contexte), par=par, le=contexte.le, acte=acte, controler=False)
    consigner_en_masse(evenements=differences.evenements(contexte), par=par, le=contexte.le, acte=acte, pendant=pendant)


def _compter(contexte: Contexte, rapport: Rapport) -> None:
    for cle, valeur in differences.compter(contexte).items():
        setattr(rapport, cle, valeur)
    genres = rapport.evenements
    rapport.nouveaux_entrants = genres.get(E.ENTREE_SDD, 0)
    rapport.retours = genres.get(E.RETOUR_SDD, 0)
    rapport.sortants = genres.get(E.FIN_SDD, 0) + genres.get(E.DROIT_CLOS, 0)
    rapport.jours_entames = max((jour(contexte.le) - contexte.recu_le).days, 0)
