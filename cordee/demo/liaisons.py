"""Partners' files in the demonstration: what they say, on the 20th of each month, of the people entrusted to them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from cordee.demo.organisation import Organisation
from cordee.demo.partenaires import (
    COLONNES,
    JOUR_D_ENVOI,
    REFERENTS,
    Suivie,
    ecrire_operateur,
    ecrire_tableau,
    inconnues,
)
from cordee.echanges.guichet import services as guichet
from cordee.echanges.partenaires.champs import GenreCorrespondance
from cordee.echanges.partenaires.models import Correspondance
from cordee.echanges.partenaires.services import enregistrer
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Structure
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.enums import GenreIdentifiant
from cordee.metier.personnes.models import Identifiant
from cordee.metier.suivi.regles import DateDite
from cordee.socle.horloge import PARIS

PARTENAIRE: Final = "OPE-02"
"""The operator who sends a table; the others type in Cordée, or send the XML."""
_MATIN: Final = timedelta(hours=10)
# Hypotheses: of whom it says nothing, who signed in the month, whose date is not complete, who was not seen.
_PART_TUE: Final = 0.1
_PART_SIGNEE_DU_MOIS: Final = 0.03
_PART_TRONQUEE: Final = 0.06
_PART_SANS_CONTACT: Final = 0.2


def jour_des_partenaires(mois: str) -> date:
    """The day their files come."""
    return date.fromisoformat(f"{mois}-{JOUR_D_ENVOI:02d}")


def recevoir_des_partenaires(organisation: Organisation, mois: str, *, graine: int, dire: Callable[[str], None]) -> int:
    """Receive and load what the operator and one partner send in ``mois``. Returns how many files."""
    envoye = jour_des_partenaires(mois)
    le = datetime.combine(envoye, datetime.min.time(), tzinfo=PARIS) + _MATIN
    reference = envoye.replace(day=1) - timedelta(days=1)
    par = organisation.comptes["donnees"]
    partenaire = organisation.structures[PARTENAIRE]
    agences = [s for s in organisation.structures.values() if s.type == TypeStructure.OPERATEUR_EMPLOI]
    recus = 0
    with tempfile.TemporaryDirectory() as dossier:
        xml, tableau = Path(dossier) / f"PECG.{mois}.xml", Path(dossier) / f"suivi-{mois}.xlsx"
        ecrits = {
            xml: ecrire_operateur(suivies_par(agences, reference=reference, graine=graine), reference=reference,
                                  sortie=xml),
            tableau: ecrire_tableau(suivies_par([partenaire], reference=reference, graine=graine), sortie=tableau),
        }  # fmt: skip
        if ecrits[tableau] and not Correspondance.objects.filter(emetteur=partenaire).exists():
            enregistrer(
                nom=f"{partenaire.nom}, suivi mensuel", genre=GenreCorrespondance.TABLEAU, emetteur=partenaire,
                colonnes=COLONNES, feuille="Suivi", par=par, le=le,
            )  # fmt: skip
        for chemin in (chemin for chemin, nombre in ecrits.items() if nombre):
            dire(f"Le fichier {chemin.name}")
            fichier = guichet.recevoir(
                chemin=chemin, nom=chemin.name, recu_le=envoye, par=par, le=le, deposer=False,
                date_du_fichier=reference,
            )  # fmt: skip
            guichet.charger(fichier=fichier, par=par, le=le, chemin=chemin)
            recus += 1
    return recus


def suivies_par(structures: Sequence[Structure], *, reference: date, graine: int) -> list[Suivie]:
    """The people oriented towards these bodies by ``reference``, as the partner would tell of them then.

    It says nothing of one out of ten. What it said before it says again; a few signed since.
    """
    situations = (
        Situation.objects.filter(referent_structure__in=structures, soumis=True, oriente_le__lte=reference)
        .select_related("personne")
        .order_by("personne_id")
    )
    numeros = dict(
        Identifiant.objects.filter(
            genre=GenreIdentifiant.NUMDEMRSA, personne__in=[s.personne_id for s in situations], fin__isnull=True
        ).values_list("personne_id", "valeur")
    )
    suivies = []
    for situation in situations:
        p = situation.personne
        numero, _, role = numeros.get(p.pk, "").partition(":")
        alea = Random(f"partenaire:{graine}:{numero}:{role}:{reference}")  # noqa: S311 - a story, not a secret
        if alea.random() < _PART_TUE:
            continue
        base = Suivie(nom=p.nom, prenom=p.prenom, naissance=p.date_naissance, numdemrsa=numero, role=role)
        suivies.append(_racontee(base, situation, reference=reference, alea=alea))
    return [*suivies, *inconnues(len(suivies), graine=graine, reference=reference)]


def _racontee(base: Suivie, situation: Situation, *, reference: date, alea: Random) -> Suivie:
    """One person as the partner tells of her: her contract, their last talk, the next one, who follows her there."""
    signature = situation.contrat_le
    nouvelle = signature is None and alea.random() < _PART_SIGNEE_DU_MOIS
    if nouvelle:
        signature = reference - timedelta(days=alea.randrange(3, 26))
    contrat = DateDite(signature) if signature is not None and signature <= reference else DateDite()
    if contrat and nouvelle and alea.random() < _PART_TRONQUEE:
        contrat = DateDite(partielle=f"{signature:%Y-%m}")
    recent = reference - timedelta(days=alea.randrange(2, 40))
    return replace(
        base, contrat=contrat, contact=DateDite() if alea.random() < _PART_SANS_CONTACT else DateDite(recent),
        prochain=reference + timedelta(days=alea.randrange(25, 70)) if contrat else None,
        referent=alea.choice(REFERENTS),
    )  # fmt: skip
