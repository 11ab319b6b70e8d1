"""Two signatures make a contract, or its update "dans les mêmes formes" (C. trav. L5411-6 I). One by one (E04)."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q

from cordee.metier.contrats.enums import GenreContrat, MotifProlongation, NatureVersion
from cordee.metier.contrats.models import Contrat, PreuveSignature
from cordee.metier.contrats.selectors import contrat_en_vigueur, donnees_document, manques_du_contrat
from cordee.metier.contrats.selectors.circuit import etat_du_circuit
from cordee.metier.contrats.selectors.preuves import lignes_de_preuve
from cordee.metier.contrats.services.redaction import (
    ContratIncomplet,
    ContratRefuse,
    brouillon_verrouille,
    garder_version,
)
from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.services import emettre
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle.contraintes import enregistrer
from cordee.socle.horloge import PARIS, jour


@transaction.atomic
def signer(
    *, contrat: Contrat, signe_personne_le: date | None, signe_referent_le: date | None, par: Agent, le: datetime,
    version: int | None = None, lu_a_voix_haute: bool = False, assistance_representant: bool = False,
    prochain_contact_le: date | None = None, prolongation: MotifProlongation | None = None, interprete: str = "",
    preuve: PreuveSignature | None = None,
) -> Contrat:  # fmt: skip
    """The first contract after an orientation. In force from the later of the two signatures.

    Args:
        prochain_contact_le: the next contact agreed; by default the rhythm of the contract sets it.
        prolongation: why the joint diagnosis of the social path comes at twelve months (L262-31, D262-65-2-1).
        interprete: the language in which it was explained with an interpreter (R47).
        preuve: the person's signature as it was gathered (means, digest, instant), not saved yet; none for a paper
            whose dates alone are noted.

    Raises:
        ContratIncomplet: with everything that is missing (E35, E36).
        ContratRefuse: a signature is missing or to come; a contract is in force (``actualiser``); the proof is of
            another text than the one proposed.
        TransitionInterdite: no référent named, reorientation pending, representative to identify.
    """
    return _mettre_en_vigueur(
        contrat, signe_personne_le, signe_referent_le, version=version, actualisation=False, par=par, le=le,
        lu_a_voix_haute=lu_a_voix_haute, assistance_representant=assistance_representant,
        prochain_contact_le=prochain_contact_le, prolongation=prolongation, interprete=interprete, preuve=preuve,
    )  # fmt: skip


@transaction.atomic
def actualiser(
    *, contrat: Contrat, signe_personne_le: date | None, signe_referent_le: date | None, par: Agent, le: datetime,
    version: int | None = None, lu_a_voix_haute: bool = False, assistance_representant: bool = False,
    prochain_contact_le: date | None = None, prolongation: MotifProlongation | None = None, interprete: str = "",
    preuve: PreuveSignature | None = None,
) -> Contrat:  # fmt: skip
    """Sign the draft that replaces the contract in force: same forms, same checklist. The former one is kept, ended.

    Raises:
        ContratRefuse: no contract is in force (``signer``).
        ContratIncomplet, TransitionInterdite: as for ``signer``.
    """
    return _mettre_en_vigueur(
        contrat, signe_personne_le, signe_referent_le, version=version, actualisation=True, par=par, le=le,
        lu_a_voix_haute=lu_a_voix_haute, assistance_representant=assistance_representant,
        prochain_contact_le=prochain_contact_le, prolongation=prolongation, interprete=interprete, preuve=preuve,
    )  # fmt: skip


def _mettre_en_vigueur(
    contrat: Contrat, signe_personne_le: date | None, signe_referent_le: date | None, *, version: int | None,
    actualisation: bool, par: Agent, le: datetime, lu_a_voix_haute: bool, assistance_representant: bool,
    prochain_contact_le: date | None, prolongation: MotifProlongation | None, interprete: str,
    preuve: PreuveSignature | None,
) -> Contrat:  # fmt: skip
    verrouiller(contrat.personne)
    frais, au = brouillon_verrouille(contrat, version), jour(le)
    s = situation_courante(frais.personne)
    _exiger_le_texte_propose(frais, s, preuve)
    frais.referent_id, frais.structure_id = s.referent_agent, s.referent_structure or frais.structure_id
    frais.orientation_id = (s.orientation.id or None) if s.orientation else None
    debut = _debut(s, signe_personne_le, signe_referent_le, au=au)
    precedent = contrat_en_vigueur(frais.personne, au=au)
    _exiger_genre(precedent, actualisation=actualisation)
    frais.lu_a_voix_haute, frais.assistance_representant = lu_a_voix_haute, assistance_representant
    frais.interprete = interprete or frais.interprete
    if manques := manques_du_contrat(frais, au=debut, assistance_representant=assistance_representant):
        raise ContratIncomplet(manques)
    if prochain_contact_le is not None and prochain_contact_le <= au:
        raise ContratRefuse("Le prochain contact se fixe à une date à venir.")
    if precedent is not None:
        if debut < (precedent.debut or debut):
            raise ContratRefuse("La signature ne peut pas précéder celle du contrat en vigueur.")
        precedent.fin = debut
        enregistrer(precedent, champs=["fin"])
    _convertir_les_anciens(frais.personne, debut)
    frais.signe_personne_le, frais.signe_referent_le, frais.debut = signe_personne_le, signe_referent_le, debut
    frais.precedent = precedent
    frais.version += 1
    enregistrer(frais)
    if preuve is not None:
        preuve.contrat = frais
        preuve.save()
    garder_version(frais, NatureVersion.SIGNE, par=par, le=le)
    _consigner(frais, actualisation, prochain_contact_le, prolongation, par=par, le=le)
    _remettre_exemplaire(frais, par=par, le=le)
    return frais


def _exiger_le_texte_propose(contrat: Contrat, s: Situation, preuve: PreuveSignature | None) -> None:
    """What is signed is what was proposed and read: same digest, same référent, every step of the circuit passed."""
    if preuve is not None and preuve.empreinte != contrat.empreinte:
        raise ContratRefuse("Le texte a changé depuis qu'il a été lu : relisez-le avant de signer.")
    change = (contrat.referent_id, contrat.structure_id) != (s.referent_agent, s.referent_structure)
    if contrat.propose_le is not None and change:
        raise ContratRefuse("Le référent a changé depuis que ce contrat a été proposé : proposez-le de nouveau.")
    if contrat.propose_le is None and not (etat := etat_du_circuit(contrat)).valide and etat.attend is not None:
        raise ContratRefuse(f"Avant la signature, il manque une étape de votre structure : {etat.attend.libelle}.")


def _debut(s: Situation, personne_le: date | None, referent_le: date | None, *, au: date) -> date:
    """The later of the two signatures, none to come, none before the decision that names the body."""
    if personne_le is None or referent_le is None:
        raise ContratRefuse("Le contrat engage les deux parties : indiquez la date de chaque signature.")
    if max(personne_le, referent_le) > au:
        raise ContratRefuse("Une signature ne peut pas être datée d'un jour à venir.")
    if s.orientation is not None and min(personne_le, referent_le) < s.orientation.decidee_le:
        raise ContratRefuse("Une signature ne peut pas précéder la décision d'orientation.")
    return max(personne_le, referent_le)


def _exiger_genre(precedent: Contrat | None, *, actualisation: bool) -> None:
    if precedent is not None and not actualisation:
        raise ContratRefuse("Un contrat est en vigueur : enregistrez son actualisation.")
    if precedent is None and actualisation:
        raise ContratRefuse("Aucun contrat n'est en vigueur : signez d'abord le premier.")


def _convertir_les_anciens(personne: Personne, debut: date) -> None:
    """A CER or a PPAE of before 2025 ends when the contrat d'engagement begins (décret 2024-1244, E15)."""
    anciens = Contrat.objects.filter(
        Q(fin__isnull=True) | Q(fin__gt=debut), personne__in=ids_du_groupe(personne), debut__lte=debut
    )
    anciens.exclude(genre=GenreContrat.CONTRAT_ENGAGEMENT).update(fin=debut)


def _consigner(
    contrat: Contrat, actualisation: bool, prochain_contact_le: date | None, prolongation: MotifProlongation | None,
    *, par: Agent, le: datetime,
) -> None:  # fmt: skip
    actualisation_le = contrat.prochaine_actualisation
    donnees = {
        "contrat": contrat.pk,
        "actualisation_le": actualisation_le.isoformat() if actualisation_le else None,
        "prochain_contact_le": prochain_contact_le.isoformat() if prochain_contact_le else None,
        "intensite": str(contrat.intensite),
        "prolonge": prolongation is not None,
        "motif_prolongation": str(prolongation) if prolongation else "",
    }
    debut = contrat.debut or jour(le)
    consigner_un(
        genre=GenreEvenement.CONTRAT_ACTUALISE if actualisation else GenreEvenement.CONTRAT_SIGNE,
        personne=contrat.personne, par=par, le=le, donnees=donnees, objet_type="contrat", objet_id=contrat.pk,
        survenu_le=le if debut == jour(le) else datetime.combine(debut, time(12), tzinfo=PARIS),
    )  # fmt: skip


def _remettre_exemplaire(contrat: Contrat, *, par: Agent, le: datetime) -> None:
    """Each side keeps a copy: what was signed is kept as a proof."""
    emettre(
        personne=contrat.personne, genre=GenreCourrier.CONTRAT_ENGAGEMENT, canal=Canal.GUICHET,
        moyen=MoyenRemise.REMISE_MAIN_PROPRE, objet_type="contrat", objet_id=contrat.pk,
        donnees={**donnees_document(contrat, le=le), "preuves": lignes_de_preuve(contrat)},
        etat=EtatRemise.RECUE, etat_le=contrat.signe_personne_le, par=par, le=le,
    )  # fmt: skip
