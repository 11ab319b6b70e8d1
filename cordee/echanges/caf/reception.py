"""A file arrives: it becomes a fact, before anybody believes it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from cordee.echanges.caf.codes import VOISINS, libelle
from cordee.echanges.caf.lecture import FoyerLu, entete, lire
from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.models import FichierRecu, TypeFichier
from cordee.echanges.fichiers.reception import recevoir_fait
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import OrganismePayeur

_TYPES: Final = {
    "M": TypeFichier.BENEFICIAIRES_MENSUEL,
    "I": TypeFichier.BENEFICIAIRES_QUOTIDIEN,
    "R": TypeFichier.BENEFICIAIRES_EXCEPTIONNEL,
}
_ECHANTILLON: Final = 50
"""Households read at reception to know the body."""


def recevoir(
    *, chemin: Path, nom: str, recu_le: date | None, par: Agent, le: datetime, deposer: bool = True
) -> FichierRecu:
    """Record a file received: who it is, from whom, for which day. Nothing of its content is written yet.

    The same bytes twice are the same fact: the first row is returned unchanged. A file that cannot be taken is kept as
    a fact too, with the reason in ``erreur`` (statut ``refuse``).

    Args:
        recu_le: day of *reception*, from which the legal clocks run (E06); the file's creation day by default.
        deposer: keep a copy until it is loaded (``lieu_de``); false when the caller loads from ``chemin`` at once.

    Raises:
        FichierRefuse: the file cannot even be opened.
        ReceptionImpossible: the day of reception is to come.
    """
    return recevoir_fait(
        chemin=chemin, nom=nom, identifier=lambda fichier: _identifier(fichier, chemin, recu_le), recu_le=recu_le,
        par=par, le=le, deposer=deposer,
    )  # fmt: skip


def _identifier(fichier: FichierRecu, chemin: Path, recu_le: date | None) -> None:
    tete = entete(chemin)
    fichier.type = _TYPES[tete.type_flux]
    fichier.cree_le = tete.cree_le
    fichier.reference_le = tete.reference if tete.mensuel else tete.cree_le.date()
    fichier.recu_le = recu_le or tete.cree_le.date()
    fichier.organisme = _organisme(chemin)


def _organisme(chemin: Path) -> OrganismePayeur | None:
    """The body that most of the first households name: the header does not say it. Bounded whatever the size.

    A fault met after some households is the loading's to tell, with what precedes it.
    """
    comptes: Counter[tuple[str, str]] = Counter()
    try:
        for lu in islice(lire(chemin), _ECHANTILLON):
            if isinstance(lu, FoyerLu) and lu.numero_organisme:
                comptes[(lu.fonction_organisme, lu.numero_organisme)] += 1
    except FichierRefuse:
        if not comptes:
            raise
    if not comptes:
        return None
    fonction, numero = comptes.most_common(1)[0][0]
    code, nom = (fonction + numero)[:8], nom_d_organisme(fonction, numero)
    return OrganismePayeur.objects.get_or_create(code=code, defaults={"nom": nom})[0]


def nom_d_organisme(fonction: str, numero: str) -> str:
    """How people call a paying body: its name when it is a known CAF, else what the file says.

    >>> nom_d_organisme("CAF", "941"), nom_d_organisme("CAF", "000"), nom_d_organisme("MSA", "940")
    ('CAF de Créteil', 'CAF 000', 'MSA 940')
    """
    connue = fonction == "CAF" and numero in VOISINS["NUMORG"]
    return (libelle("NUMORG", numero) if connue else f"{fonction} {numero}")[:80]
