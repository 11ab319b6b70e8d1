"""The draft: prefilled, changed by several hands without overwriting, printed before it is signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from cordee.metier.contrats import regles
from cordee.metier.contrats.enums import GenreContrat
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.contrats.regles import Ligne
from cordee.metier.contrats.selectors import (
    brouillon_de,
    contenu_de,
    contrat_en_vigueur,
    donnees_document,
    manques_du_contrat,
)
from cordee.metier.courriers import rendu
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.regles import delais_du_courrier
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.reglementation.contrat_engagement import Manque
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.socle.horloge import jour

# What an agent writes; the rest (référent, structure, dates of signature) comes from the path or the signature.
CHAMPS = frozenset({
    "projet", "heures", "motif_heures", "precision_heures", "demande_dispense_le", "enfant_ne_le", "revue_heures_le",
    "intensite", "prochaine_actualisation",
})  # fmt: skip
_REPRIS = ("projet", "heures", "motif_heures", "precision_heures", "demande_dispense_le", "enfant_ne_le",
           "revue_heures_le", "intensite")  # fmt: skip


Lignes = Sequence[Ligne | Mapping[str, Any]]


class ContratRefuse(ErreurMetier):
    """The contract cannot be prepared or changed this way."""


class ContratIncomplet(ContratRefuse):
    """Something the law requires is missing. ``manques`` lists it, each with its sentence and its text."""

    def __init__(self, manques: Sequence[Manque]) -> None:
        self.manques = list(manques)
        super().__init__("Le contrat n'est pas complet. " + " ".join(m.explication for m in manques))


class BrouillonExistant(ContratRefuse):
    """A draft is being prepared already."""


@transaction.atomic
def preparer(
    *, personne: Personne, par: Agent, le: datetime, engagements: Lignes | None = None, **champs: Any
) -> Contrat:
    """Open a draft, prefilled from the contract in force (to update it), else from the last diagnosis.

    Args:
        engagements: promises and plan; by default those of the contract in force, not kept yet.
        champs: any of ``CHAMPS``.

    Preparing moves nothing in the path: drafts can be prepared in number, each is signed one by one (E04).

    Raises:
        BrouillonExistant: resume it instead.
        ContratRefuse: no decision of orientation yet, or unknown field.
        ContrainteViolee: hours outside 0 to 35.
    """
    personne = verrouiller(personne)
    deja = brouillon_de(personne)
    if deja is not None:
        raise BrouillonExistant(
            f"Un brouillon est déjà en préparation depuis le {jour(deja.cree_le):%d/%m/%Y} : reprenez-le."
        )
    s = situation_courante(personne)
    if s.orientation is None or s.referent_structure is None:
        raise ContratRefuse("Prenez d'abord la décision d'orientation : elle désigne l'organisme qui signe.")
    precedent = contrat_en_vigueur(personne, au=jour(le))
    contrat = Contrat(
        personne=personne, genre=GenreContrat.CONTRAT_ENGAGEMENT, orientation_id=s.orientation.id or None,
        structure_id=s.referent_structure, referent_id=s.referent_agent, cree_le=le, cree_par=par,
        **{**_prerempli(personne, precedent), **_permis(champs)},
    )  # fmt: skip
    enregistrer(contrat)
    reprises = contenu_de(precedent).lignes if precedent and engagements is None else (engagements or ())
    _remplacer(contrat, reprises)
    return contrat


@transaction.atomic
def modifier(
    *, contrat: Contrat, version: int, par: Agent, le: datetime, engagements: Lignes | None = None,
    **champs: Any,
) -> Contrat:  # fmt: skip
    """Change a draft. What was signed does not change: it is updated (``actualiser``).

    Raises:
        DonneesPerimees: somebody saved it since the agent opened it: nothing is written, she keeps what she typed.
        ContratRefuse: already signed or abandoned.
    """
    verrouiller(contrat.personne)
    frais = brouillon_verrouille(contrat, version)
    for nom, valeur in _permis(champs).items():
        setattr(frais, nom, valeur)
    s = situation_courante(frais.personne)
    frais.referent_id, frais.structure_id = s.referent_agent, s.referent_structure or frais.structure_id
    frais.version += 1
    enregistrer(frais)
    if engagements is not None:
        _remplacer(frais, engagements)
    return frais


@transaction.atomic
def abandonner(*, contrat: Contrat, version: int, par: Agent, le: datetime) -> Contrat:
    """Give a draft up: it is kept, closed, and another one may be prepared.

    Raises:
        DonneesPerimees, ContratRefuse: as for ``modifier``.
    """
    verrouiller(contrat.personne)
    frais = brouillon_verrouille(contrat, version)
    frais.fin, frais.version = jour(le), frais.version + 1
    enregistrer(frais, champs=["fin", "version"])
    return frais


def apercu_pdf(*, contrat: Contrat, le: datetime) -> bytes:
    """The document to read together and to sign. Nothing is recorded.

    Raises:
        ContratIncomplet: something is still missing (only the assistance may wait until the signature).
    """
    manques = [m for m in manques_du_contrat(contrat, au=jour(le)) if m.champ != "assistant"]
    if manques and contrat.debut is None:
        raise ContratIncomplet(manques)
    donnees = {
        **donnees_document(contrat, le=le),
        "reference": f"Contrat {contrat.pk}",
        "delais": delais_du_courrier(GenreCourrier.CONTRAT_ENGAGEMENT, au=jour(le)),
    }
    return rendu.rendre_pdf(GenreCourrier.CONTRAT_ENGAGEMENT, donnees, le=le)


def brouillon_verrouille(contrat: Contrat, version: int | None) -> Contrat:
    """The draft as stored now, locked. ``version`` ``None``: whatever it is."""
    frais = (
        Contrat.objects.select_for_update(of=("self",))
        .select_related("personne", "structure", "structure__commune", "referent")
        .get(pk=contrat.pk)
    )
    if version is not None and frais.version != version:
        raise DonneesPerimees("Ce contrat a été modifié entre-temps : comparez avant d'enregistrer.")
    if frais.debut is not None:
        raise ContratRefuse("Ce contrat est signé : préparez son actualisation.")
    if frais.fin is not None:
        raise ContratRefuse("Ce brouillon a été abandonné : préparez-en un nouveau.")
    return frais


def _permis(champs: dict[str, Any]) -> dict[str, Any]:
    if inconnus := set(champs) - CHAMPS:
        raise ContratRefuse(f"Ces éléments ne se modifient pas ici : {', '.join(sorted(inconnus))}.")
    return champs


def _prerempli(personne: Personne, precedent: Contrat | None) -> dict[str, Any]:
    if precedent is not None:
        return {nom: getattr(precedent, nom) for nom in _REPRIS}
    diagnostic = (
        Diagnostic.objects.filter(personne__in=ids_du_groupe(personne), brouillon=False)
        .order_by("-mene_le", "-pk")
        .first()
    )
    vise = diagnostic.metier_vise if diagnostic else ""
    return {"projet": f"Travailler comme : {vise}"} if vise else {}


def _remplacer(contrat: Contrat, lignes: Lignes) -> None:
    """Write the promises and the plan again, in the order given."""
    contrat.engagements.all().delete()
    Engagement.objects.bulk_create(
        Engagement(
            contrat=contrat, engage=ligne.engage, texte=ligne.texte.strip()[:300], famille=ligne.famille or "",
            heures=ligne.heures, avant_le=ligne.avant_le, ordre=rang,
        )
        for rang, ligne in enumerate(map(regles.ligne, lignes))
        if ligne.texte.strip()
    )  # fmt: skip
