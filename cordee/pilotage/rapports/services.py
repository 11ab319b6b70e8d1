"""The report of a year: prepared, noted, agreed to by two people, published and sealed, corrected by a new version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from procrastinate.contrib.django import app

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import habilitation
from cordee.pilotage.enums_rapports import Accord, Chapitre, EtatBilan, GenreNote
from cordee.pilotage.models import AccordBilan, Bilan, Instantane, NoteBilan
from cordee.pilotage.rapports import editions
from cordee.pilotage.rapports.anonymat import ce_qui_designe, personnes_nommees
from cordee.pilotage.rapports.blocs import empreinte
from cordee.pilotage.rapports.document import document_du_bilan
from cordee.pilotage.rapports.selectors import accords_manquants
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

PREMIERE_ANNEE: Final = 2009
"""The first year of the RSA."""
PERMISSION: Final = {Accord.RELECTURE: Permission.ANALYSER, Accord.DIRECTION: Permission.PILOTER}


class BilanRefuse(ErreurMetier):
    """What cannot be done to a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parole:
    """A qualitative note to write."""

    chapitre: Chapitre
    genre: GenreNote
    texte: str
    source: str
    recueillie_le: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Jalons:
    """The two milestones of the year (REQ-88): objectives at its start, results at its end."""

    objectifs_valides_le: date | None = None
    objectifs_par: str = ""
    resultats_presentes_le: date | None = None
    resultats_a: str = ""


@transaction.atomic
def ouvrir(*, annee: int, par: Agent, le: datetime, instantane: Instantane | None = None) -> Bilan:
    """Start the report of a year. Its figures are asked of the worker.

    Args:
        instantane: the published state to rest on; by default one is taken by the worker, on the last day of the year.

    Raises:
        BilanRefuse: a report of that year exists already, or the year is not over.
    """
    if not PREMIERE_ANNEE <= annee <= jour(le).year:
        raise BilanRefuse("Choisissez une année depuis la création du RSA, jusqu'à cette année.")
    if Bilan.objects.filter(annee=annee).exists():
        raise BilanRefuse(f"Le bilan {annee} existe déjà : ouvrez-le, ou corrigez-le s'il est publié.")
    au = instantane.au if instantane is not None else min(date(annee, 12, 31), jour(le))
    if au.year != annee:
        raise BilanRefuse(f"Cet instantané n'est pas d'un jour de {annee}.")
    bilan = Bilan.objects.create(annee=annee, au=au, instantane=instantane, cree_par=par, cree_le=le)
    demander_chiffres(bilan=bilan, le=le)
    return bilan


@transaction.atomic
def corriger(*, bilan: Bilan, raison: str, par: Agent, le: datetime, nouvel_etat: bool = False) -> Bilan:
    """A new version of a published report, with its reason; its notes are copied. The old one stays as it was.

    Args:
        nouvel_etat: the figures rest on a new published state (a late file, a method mended), else on the same.
    """
    if not bilan.publie:
        raise BilanRefuse("Ce bilan n'est pas publié : modifiez-le directement.")
    if not raison.strip():
        raise BilanRefuse("Dites ce que la nouvelle version corrige : la raison est imprimée.")
    if Bilan.objects.filter(annee=bilan.annee, version__gt=bilan.version).exists():
        raise BilanRefuse("Une version plus récente existe déjà.")
    nouveau = Bilan.objects.create(
        annee=bilan.annee, version=bilan.version + 1, raison=" ".join(raison.split())[:300], au=bilan.au,
        instantane=None if nouvel_etat else bilan.instantane, cree_par=par, cree_le=le,
        objectifs_valides_le=bilan.objectifs_valides_le, objectifs_par=bilan.objectifs_par,
        resultats_presentes_le=bilan.resultats_presentes_le, resultats_a=bilan.resultats_a,
    )  # fmt: skip
    NoteBilan.objects.bulk_create(
        NoteBilan(bilan=nouveau, chapitre=n.chapitre, genre=n.genre, texte=n.texte, source=n.source,
                  recueillie_le=n.recueillie_le, par=n.par, ecrite_le=n.ecrite_le)
        for n in bilan.notes.filter(retiree_le=None).select_related("par")
    )  # fmt: skip
    demander_chiffres(bilan=nouveau, le=le)
    return nouveau


@transaction.atomic
def demander_chiffres(*, bilan: Bilan, le: datetime) -> None:
    """Ask the worker for the figures, again from the same published state. Agreements fall."""
    tenu = _en_preparation(bilan)
    tenu.demande_le, tenu.erreur = le, ""
    tenu.save(update_fields=["demande_le", "erreur"])
    _faire_tomber(tenu, le=le)
    app.configure_task(editions.TACHE).defer()
    bilan.refresh_from_db()


@transaction.atomic
def noter(*, bilan: Bilan, parole: Parole, par: Agent, le: datetime) -> NoteBilan:
    """Write a qualitative note. It names nobody: neither a person accompanied, nor a professional.

    Raises:
        BilanRefuse: published, or somebody can be recognised in the text.
    """
    tenu = _en_preparation(bilan)
    texte, source = " ".join(parole.texte.split()), " ".join(parole.source.split())
    if not texte or not source:
        raise BilanRefuse("Écrivez la note, puis dites où et auprès de qui elle a été recueillie.")
    if parole.recueillie_le > jour(le):
        raise BilanRefuse("La note a été recueillie au plus tard aujourd'hui.")
    designe = [*ce_qui_designe(texte), *ce_qui_designe(source)]
    if designe:
        raise BilanRefuse(f"Ce texte contient {designe[0]} : personne ne doit pouvoir être reconnu. Retirez-le.")
    if personnes_nommees(f"{texte}. {source}"):
        raise BilanRefuse("Deux mots de ce texte sont le prénom et le nom d'une personne connue ici. Retirez-les.")
    note = NoteBilan.objects.create(
        bilan=tenu, chapitre=parole.chapitre, genre=parole.genre, texte=texte[:1200], source=source[:160],
        recueillie_le=parole.recueillie_le, par=par, ecrite_le=le,
    )  # fmt: skip
    _faire_tomber(tenu, le=le)
    return note


@transaction.atomic
def retirer_note(*, note: NoteBilan, par: Agent, le: datetime) -> None:
    """Take a note out of the report."""
    tenu = _en_preparation(note.bilan)
    if note.retiree_le is None:
        note.retiree_le, note.retiree_par = le, par
        note.save(update_fields=["retiree_le", "retiree_par"])
        _faire_tomber(tenu, le=le)


@transaction.atomic
def accorder(*, bilan: Bilan, accord: Accord, par: Agent, le: datetime) -> Bilan:
    """Agree to the report as it is. With both agreements, by two people, it may be published.

    Raises:
        BilanRefuse: not hers to give, no figures yet, or she gave the other one.
    """
    tenu = _en_preparation(bilan)
    if not habilitation(par, au=jour(le)).peut(PERMISSION[accord]):
        raise BilanRefuse("Cet accord n'est pas de votre rôle.")
    if tenu.chiffres is None or tenu.demande_le is not None:
        raise BilanRefuse("Les chiffres ne sont pas encore là : attendez la fin du calcul.")
    donnes = {a.genre: a.par_id for a in tenu.accords.filter(tombe_le=None)}
    if accord in donnes:
        raise BilanRefuse("Cet accord est déjà donné.")
    if par.pk in donnes.values():
        raise BilanRefuse("Vous avez donné l'autre accord : celui-ci revient à une autre personne.")
    AccordBilan.objects.create(bilan=tenu, genre=accord, par=par, le=le)
    if not accords_manquants(tenu):
        tenu.etat = EtatBilan.VALIDE
        tenu.save(update_fields=["etat"])
    bilan.refresh_from_db()
    return bilan


@transaction.atomic
def publier(*, bilan: Bilan, par: Agent, le: datetime) -> Bilan:
    """Freeze what the report says, seal it, ask for its files. Nothing changes it afterwards.

    Raises:
        BilanRefuse: an agreement is missing.
    """
    tenu = _en_preparation(bilan)
    if accords_manquants(tenu) or tenu.chiffres is None or tenu.instantane is None:
        manquants = ", ".join(a.libelle.lower() for a in accords_manquants(tenu)) or "les chiffres"
        raise BilanRefuse(f"Il manque encore : {manquants}.")
    tenu.etat, tenu.publie_par, tenu.publie_le = EtatBilan.PUBLIE, par, le
    tenu.document = document_du_bilan(tenu)
    tenu.sceau = empreinte(tenu.document)
    tenu.save(update_fields=["etat", "publie_par", "publie_le", "document", "sceau"])
    editions.demander_celles_du_bilan(bilan=tenu, par=par, le=le)
    bilan.refresh_from_db()
    return bilan


@transaction.atomic
def poser_jalons(*, bilan: Bilan, jalons: Jalons) -> Bilan:
    """Note when the objectives were validated and the results presented, even after publication.

    Raises:
        BilanRefuse: results before objectives.
    """
    tenu = Bilan.objects.select_for_update().get(pk=bilan.pk)
    debut, fin = jalons.objectifs_valides_le, jalons.resultats_presentes_le
    if debut is not None and fin is not None and fin < debut:
        raise BilanRefuse("Les résultats se présentent après la validation des objectifs.")
    champs: dict[str, Any] = {
        "objectifs_valides_le": debut, "objectifs_par": jalons.objectifs_par.strip()[:120],
        "resultats_presentes_le": fin, "resultats_a": jalons.resultats_a.strip()[:120],
    }  # fmt: skip
    for nom, valeur in champs.items():
        setattr(tenu, nom, valeur)
    tenu.save(update_fields=list(champs))
    bilan.refresh_from_db()
    return bilan


def _en_preparation(bilan: Bilan) -> Bilan:
    tenu = Bilan.objects.select_for_update().get(pk=bilan.pk)
    if tenu.publie:
        raise BilanRefuse("Ce bilan est publié : il ne change plus. Une correction est une nouvelle version.")
    return tenu


def _faire_tomber(bilan: Bilan, *, le: datetime) -> None:
    """What was agreed to is no more what it was."""
    bilan.accords.filter(tombe_le=None).update(tombe_le=le)
    if bilan.etat != EtatBilan.BROUILLON:
        bilan.etat = EtatBilan.BROUILLON
        bilan.save(update_fields=["etat"])
