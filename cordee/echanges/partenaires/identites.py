"""Of whom does each line speak? The operator's own identifier, then the rules every file is matched with.

Nobody is created here, and nobody is guessed: a doubt sets the line aside for a human to say who it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cordee.echanges.partenaires.valeurs import LigneLue
from cordee.metier.personnes.enums import GenreIdentifiant, PrecisionNaissance, SourceDonnee
from cordee.metier.personnes.models import Identifiant
from cordee.metier.personnes.regles import EtatCivil, IdentiteRecherchee, nir_provisoire
from cordee.metier.personnes.regles.identite import Accord, comparer_dates, comparer_prenoms
from cordee.metier.personnes.selectors import apparier, empreinte_nir

_LOT: Final = 10_000
DEUX: Final = "L'identifiant et l'état civil désignent deux personnes différentes."
CONTRAIRE: Final = "L'identifiant est connu ici pour quelqu'un d'un autre prénom ou d'une autre date de naissance."


@dataclass(slots=True)
class Reconnues:
    """Rank of a line → person (``sures``), → why it is not sure (``douteuses``); the others are nobody known here."""

    sures: dict[int, int] = field(default_factory=dict)
    douteuses: dict[int, str] = field(default_factory=dict)


def reconnaitre(lignes: Sequence[LigneLue], *, organisme: str = "") -> Reconnues:
    """The person of each line, in a constant number of queries by ten thousand lines.

    Args:
        organisme: code of the payer whose « matricule » the lines carry.
    """
    reconnues = Reconnues()
    for debut in range(0, len(lignes), _LOT):
        lot = lignes[debut : debut + _LOT]
        par_identifiant, contraires = _par_identifiant(lot)
        trouves = apparier([_candidat(ligne, organisme) for ligne in lot])
        for ligne in lot:
            trouve, connue = trouves.get(ligne.rang), par_identifiant.get(ligne.rang)
            sure = trouve.personne_id if trouve and trouve.sure else None
            if ligne.rang in contraires:
                reconnues.douteuses[ligne.rang] = CONTRAIRE
            elif connue and sure and connue != sure:
                reconnues.douteuses[ligne.rang] = DEUX
            elif connue or sure:
                reconnues.sures[ligne.rang] = connue or sure or 0
            elif trouve:
                reconnues.douteuses[ligne.rang] = " ".join(trouve.raisons)
    return reconnues


def retenir_identifiants(lignes: Sequence[LigneLue], sures: dict[int, int], *, connu_le: date) -> int:
    """Keep the operator's identifier of people recognised otherwise: the next file will find them by it."""
    dits = {ligne.operateur: sures[ligne.rang] for ligne in lignes if ligne.operateur and ligne.rang in sures}
    connus = set(
        Identifiant.objects.filter(genre=GenreIdentifiant.OPERATEUR_EMPLOI, valeur__in=list(dits)).values_list(
            "valeur", flat=True
        )
    )
    nouveaux = [
        Identifiant(
            personne_id=personne, genre=GenreIdentifiant.OPERATEUR_EMPLOI, valeur=valeur,
            source=SourceDonnee.PARTENAIRE, debut=connu_le,
        )
        for valeur, personne in dits.items()
        if valeur not in connus
    ]  # fmt: skip
    Identifiant.objects.bulk_create(nouveaux, batch_size=2000)
    return len(nouveaux)


def _candidat(ligne: LigneLue, organisme: str) -> IdentiteRecherchee:
    return IdentiteRecherchee(
        cle=ligne.rang, etat_civil=ligne.etat_civil,
        empreinte_nir=empreinte_nir(ligne.nir) if ligne.nir else ligne.jeton,
        nir_provisoire=nir_provisoire(ligne.nir) if ligne.nir else ligne.provisoire,
        numdemrsa=ligne.numdemrsa, organisme=organisme if ligne.matricule else "", matricule=ligne.matricule,
        role=ligne.role,
    )  # fmt: skip


def _par_identifiant(lignes: Sequence[LigneLue]) -> tuple[dict[int, int], set[int]]:
    """(rank → person, ranks of lines that say another first name or birth date than the row they point at)."""
    par_valeur: defaultdict[str, list[LigneLue]] = defaultdict(list)
    for ligne in lignes:
        if ligne.operateur:
            par_valeur[ligne.operateur].append(ligne)
    trouvees: dict[int, int] = {}
    contraires: set[int] = set()
    connus = Identifiant.objects.filter(genre=GenreIdentifiant.OPERATEUR_EMPLOI, valeur__in=list(par_valeur))
    for identifiant in connus.select_related("personne"):
        p = identifiant.personne
        connue = EtatCivil(
            nom=p.nom, nom_naissance=p.nom_naissance, prenom=p.prenom, autres_prenoms=p.autres_prenoms,
            date_naissance=p.date_naissance, precision=PrecisionNaissance(p.precision_naissance),
        )  # fmt: skip
        for ligne in par_valeur[identifiant.valeur]:
            personne = p.canonique_id or p.pk
            oppose = Accord.CONTRAIRE in (
                comparer_dates(ligne.etat_civil, connue), comparer_prenoms(ligne.etat_civil, connue)
            )  # fmt: skip
            if oppose or trouvees.setdefault(ligne.rang, personne) != personne:
                contraires.add(ligne.rang)
    return trouvees, contraires
