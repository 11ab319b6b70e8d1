"""The draft: prefilled, changed by several hands without overwriting, printed before it is signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from cordee.metier.contrats import regles
from cordee.metier.contrats.enums import Engage, EtatEngagement, GenreContrat, NatureVersion
from cordee.metier.contrats.models import Contrat, Engagement, Objectif, VersionContrat
from cordee.metier.contrats.regles import Ligne
from cordee.metier.contrats.regles.amorce import Amorce, libelles
from cordee.metier.contrats.selectors import (
    brouillon_de,
    contrat_en_vigueur,
    donnees_document,
    manques_du_contrat,
)
from cordee.metier.contrats.selectors.amorce import amorce_de
from cordee.metier.contrats.selectors.contrat import lignes_de, objectifs_de
from cordee.metier.contrats.selectors.versions import photo_de
from cordee.metier.courriers import rendu
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.regles import delais_du_courrier
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Voie
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.reglementation.contrat_engagement import Manque
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.socle.horloge import jour

# What an agent writes; the rest (référent, structure, dates of signature) comes from the path or the signature.
CHAMPS = frozenset({
    "projet", "heures", "motif_heures", "precision_heures", "demande_dispense_le", "enfant_ne_le", "revue_heures_le",
    "intensite", "prochaine_actualisation", "interprete", "ore_emploi", "ore_zone", "ore_salaire",
})  # fmt: skip
_REPRIS = ("projet", "heures", "motif_heures", "precision_heures", "demande_dispense_le", "enfant_ne_le",
           "revue_heures_le", "intensite", "interprete", "ore_emploi", "ore_zone", "ore_salaire")  # fmt: skip


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
    *, personne: Personne, par: Agent, le: datetime, engagements: Lignes | None = None,
    objectifs: Sequence[str] | None = None, **champs: Any,
) -> Contrat:  # fmt: skip
    """Open a draft, prefilled from the contract in force (to update it), else from the last diagnosis.

    Args:
        engagements: promises and plan; by default those of the contract in force that still stand, else those that
            the diagnosis suggests (``regles.amorce``).
        objectifs: whole codes of the vocabulary; by default those of the contract in force, else of the diagnosis.
        champs: any of ``CHAMPS``.

    Preparing moves nothing in the path: drafts can be prepared in number, each is signed one by one (E04).

    Raises:
        BrouillonExistant: resume it instead.
        ContratRefuse: no decision of orientation yet, unknown field, or an offer of employment in the social path.
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
    _exiger_ore_permise(s, champs)
    precedent = contrat_en_vigueur(personne, au=jour(le))
    amorce = None
    if precedent is None:
        amorce = amorce_de(
            personne, structure=s.referent_structure, referent=s.referent_agent, pour=par, au=jour(le)
        )  # fmt: skip
    contrat = Contrat(
        personne=personne, genre=GenreContrat.CONTRAT_ENGAGEMENT, orientation_id=s.orientation.id or None,
        structure_id=s.referent_structure, referent_id=s.referent_agent, cree_le=le, cree_par=par,
        precedent=precedent, **{**_prerempli(precedent, amorce), **_permis(champs)},
    )  # fmt: skip
    enregistrer(contrat)
    buts, lignes = _de_depart(precedent, amorce)
    _remplacer(contrat, lignes if engagements is None else engagements, buts if objectifs is None else objectifs)
    garder_version(contrat, NatureVersion.BROUILLON, par=par, le=le)
    return contrat


@transaction.atomic
def modifier(
    *, contrat: Contrat, version: int, par: Agent, le: datetime, engagements: Lignes | None = None,
    objectifs: Sequence[str] | None = None, **champs: Any,
) -> Contrat:  # fmt: skip
    """Change a draft. What was signed does not change: it is updated (``actualiser``).

    A draft proposed to the person is no longer: what she reads is what she signs, so it is proposed again.

    Raises:
        DonneesPerimees: somebody saved it since the agent opened it: nothing is written, she keeps what she typed.
        ContratRefuse: already signed or abandoned.
    """
    verrouiller(contrat.personne)
    frais = brouillon_verrouille(contrat, version)
    s = situation_courante(frais.personne)
    _exiger_ore_permise(s, champs)
    for nom, valeur in _permis(champs).items():
        setattr(frais, nom, valeur)
    frais.referent_id, frais.structure_id = s.referent_agent, s.referent_structure or frais.structure_id
    frais.version += 1
    retirer_proposition(frais, le=le)
    enregistrer(frais)
    if engagements is not None or objectifs is not None:
        _remplacer(
            frais, lignes_de(frais) if engagements is None else engagements,
            [o.code for o in objectifs_de(frais) if o.code] if objectifs is None else objectifs,
        )  # fmt: skip
    garder_version(frais, NatureVersion.BROUILLON, par=par, le=le)
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
    retirer_proposition(frais, le=le)
    enregistrer(frais)
    return frais


def apercu_pdf(*, contrat: Contrat, le: datetime) -> bytes:
    """The document to read together and to sign. Nothing is recorded. Proposed already: the very text proposed.

    Raises:
        ContratIncomplet: something is still missing (only the assistance may wait until the signature).
    """
    if contrat.propose_le is not None and contrat.texte_propose:
        return rendu.rendre_pdf(GenreCourrier.CONTRAT_ENGAGEMENT, contrat.texte_propose, le=contrat.propose_le)
    return rendu.rendre_pdf(GenreCourrier.CONTRAT_ENGAGEMENT, texte_complet(contrat, le=le), le=le)


def texte_complet(contrat: Contrat, *, le: datetime) -> dict[str, Any]:
    """The data of the document, once nothing is missing.

    Raises:
        ContratIncomplet: something is still missing (only the assistance may wait until the signature).
    """
    manques = [m for m in manques_du_contrat(contrat, au=jour(le)) if m.champ != "assistant"]
    if manques and contrat.debut is None:
        raise ContratIncomplet(manques)
    return {
        **donnees_document(contrat, le=le),
        "reference": f"Contrat {contrat.pk}",
        "delais": delais_du_courrier(GenreCourrier.CONTRAT_ENGAGEMENT, au=jour(le)),
    }


def garder_version(contrat: Contrat, nature: NatureVersion, *, par: Agent, le: datetime) -> None:
    """Keep what the contract says now. The same words are not kept twice."""
    photo = photo_de(contrat)
    derniere = contrat.versions.order_by("-version", "-pk").first()
    if derniere is not None and nature is NatureVersion.BROUILLON and derniere.contenu == photo:
        return
    VersionContrat.objects.update_or_create(
        contrat=contrat, version=contrat.version, nature=nature, defaults={"contenu": photo, "le": le, "par": par}
    )


def retirer_proposition(contrat: Contrat, *, le: datetime) -> None:
    """What was proposed is withdrawn, with the signatures it bears; the caller saves."""
    if contrat.propose_le is None:
        return
    contrat.preuves.filter(retiree_le__isnull=True).update(retiree_le=le)
    contrat.propose_le = contrat.propose_par = contrat.texte_propose = contrat.signe_referent_le = None
    contrat.empreinte = contrat.empreinte_pdf = contrat.version_modele = ""


def brouillon_verrouille(contrat: Contrat, version: int | None) -> Contrat:
    """The draft as stored now, locked. ``version`` ``None``: whatever it is."""
    frais = (
        Contrat.objects.select_for_update(of=("self",))
        .select_related("personne", "structure", "structure__commune", "referent", "precedent")
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


def _exiger_ore_permise(s: Situation, champs: Mapping[str, Any]) -> None:
    """No reasonable offer of employment in the social path (L5411-6-1 II, E14)."""
    sociale = s.orientation is not None and s.orientation.voie == Voie.SOCIAL
    if sociale and any(champs.get(nom) for nom in ("ore_emploi", "ore_zone", "ore_salaire")):
        raise ContratRefuse(
            "Dans le parcours social, le contrat ne définit pas d'offre raisonnable d'emploi (C. trav. L5411-6-1)."
        )


def _prerempli(precedent: Contrat | None, amorce: Amorce | None) -> dict[str, Any]:
    if precedent is not None:
        return {nom: getattr(precedent, nom) for nom in _REPRIS}
    return {"projet": amorce.projet} if amorce else {}


def _de_depart(precedent: Contrat | None, amorce: Amorce | None) -> tuple[Sequence[str], Lignes]:
    """Aims and lines to begin with: what still stands of the contract in force, else what the diagnosis suggests."""
    if precedent is not None:
        debut = lignes_de(precedent, etats=[EtatEngagement.EN_COURS])
        return [o.code for o in objectifs_de(precedent) if o.code], debut
    return (amorce.objectifs, amorce.lignes) if amorce else ((), ())


def _remplacer(contrat: Contrat, lignes: Lignes, objectifs: Sequence[str]) -> None:
    """Write the aims, the promises and the plan again, in the order given."""
    contrat.engagements.all().delete()
    contrat.objectifs.all().delete()
    buts = Objectif.objects.bulk_create(
        Objectif(contrat=contrat, code=code, texte=texte, ordre=rang)
        for rang, code in enumerate(dict.fromkeys(objectifs))
        for texte in libelles([code])
    )
    par_code = {but.code: but for but in buts}
    Engagement.objects.bulk_create(
        Engagement(
            contrat=contrat, engage=ligne.engage, texte=ligne.texte.strip()[:300], famille=ligne.famille or "",
            heures=ligne.heures, avant_le=ligne.avant_le, ordre=rang, code=ligne.code,
            objectif=par_code.get(ligne.objectif), **_gardien(contrat, ligne),
        )
        for rang, ligne in enumerate(map(regles.ligne, lignes))
        if ligne.texte.strip()
    )  # fmt: skip


def _gardien(contrat: Contrat, ligne: Ligne) -> dict[str, Any]:
    """Who keeps a promise of ours: whoever is named, else the référent, in the référent body (R15)."""
    if ligne.engage is not Engage.ORGANISME:
        return {}
    return {"responsable_id": ligne.responsable or contrat.referent_id, "structure_id": contrat.structure_id}
