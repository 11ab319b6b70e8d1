"""The body signs first and proposes; the person then signs the very text she has read, by a means that is hers (V4)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from cordee.metier.contrats.enums import MotifProlongation, MoyenSignature, NatureVersion, PartieSignature
from cordee.metier.contrats.models import Contrat, PreuveSignature
from cordee.metier.contrats.regles.signature import Trait
from cordee.metier.contrats.selectors import contrat_en_vigueur, representant_qui_assiste
from cordee.metier.contrats.selectors.circuit import etat_du_circuit
from cordee.metier.contrats.services.pieces import garder_piece
from cordee.metier.contrats.services.redaction import (
    ContratRefuse,
    brouillon_verrouille,
    garder_version,
    retirer_proposition,
    texte_complet,
)
from cordee.metier.contrats.services.signature import actualiser, signer
from cordee.metier.courriers import rendu
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.selectors import nom_complet
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.socle.contraintes import enregistrer
from cordee.socle.horloge import jour

_GENRE = GenreCourrier.CONTRAT_ENGAGEMENT


@transaction.atomic
def proposer(*, contrat: Contrat, version: int, par: Agent, le: datetime) -> Contrat:
    """Sign for the body and propose: the text is frozen with its digests; a change of the draft withdraws it.

    Raises:
        ContratIncomplet: something is missing (E35, E36).
        ContratRefuse: a step of the circuit is missing, nobody is named référent, or already proposed.
        DonneesPerimees: the draft changed since the agent read it.
    """
    verrouiller(contrat.personne)
    frais = brouillon_verrouille(contrat, version)
    if frais.propose_le is not None:
        raise ContratRefuse("Ce contrat est déjà proposé : il ne manque que la signature de la personne.")
    etat = etat_du_circuit(frais)
    if etat.attend is not None:
        raise ContratRefuse(f"Avant de le proposer, il manque une étape de votre structure : {etat.attend.libelle}.")
    s = situation_courante(frais.personne)
    frais.referent_id, frais.structure_id = s.referent_agent, s.referent_structure or frais.structure_id
    enregistrer(frais, champs=["referent", "structure"])
    frais.refresh_from_db(fields=["referent", "structure"])
    texte = rendu.en_francais(texte_complet(frais, le=le))
    frais.texte_propose, frais.propose_le, frais.propose_par = texte, le, par
    frais.version_modele = rendu.version_modele(_GENRE)
    frais.empreinte = rendu.empreinte(_GENRE, texte, le=le, version=frais.version_modele)
    frais.empreinte_pdf = hashlib.sha256(rendu.rendre_pdf(_GENRE, texte, le=le)).hexdigest()
    frais.signe_referent_le = jour(le)
    enregistrer(frais)
    PreuveSignature.objects.create(
        contrat=frais, partie=PartieSignature.ORGANISME, nom=str(par), moyen=MoyenSignature.SESSION,
        empreinte=frais.empreinte, version=frais.version, recueillie_le=le, recueillie_par=par,
    )  # fmt: skip
    garder_version(frais, NatureVersion.PROPOSE, par=par, le=le)
    return frais


@transaction.atomic
def retirer(*, contrat: Contrat, version: int, par: Agent, le: datetime) -> Contrat:
    """Take back what was proposed, to change it. The body's signature goes with it.

    Raises:
        ContratRefuse: nothing is proposed, or it is signed.
    """
    verrouiller(contrat.personne)
    frais = brouillon_verrouille(contrat, version)
    if frais.propose_le is None:
        raise ContratRefuse("Ce contrat n'est pas proposé à la signature.")
    retirer_proposition(frais, le=le)
    frais.version += 1
    enregistrer(frais)
    return frais


@transaction.atomic
def recueillir(
    *, contrat: Contrat, moyen: MoyenSignature, empreinte: str, par: Agent, le: datetime, trait: Trait | None = None,
    numerisation: bytes | None = None, code: Mapping[str, int | str] | None = None, signe_le: date | None = None,
    lu_a_voix_haute: bool = False, interprete: str = "", representant_present: bool = False,
    prochain_contact_le: date | None = None, prolongation: MotifProlongation | None = None,
) -> Contrat:  # fmt: skip
    """The person's signature on the proposed text: the contract, or its update, is in force.

    Args:
        empreinte: the digest of what was on the screen in front of her.
        trait: her drawn signature (``MoyenSignature.TRACE``).
        numerisation: the scan of the signed paper, if there is one (``MoyenSignature.PAPIER``).
        code: ``{"id", "contact"}`` of the one-time code that she typed (``MoyenSignature.CODE``), already verified.
        signe_le: the day written on the paper; today otherwise.
        representant_present: her representative assists her and signs too, where required (E28).

    Raises:
        ContratRefuse: not proposed, another text, or the proof its means asks for is missing.
        SignatureRefusee: the scan is no scan.
        ContratIncomplet, TransitionInterdite: as for ``signer``.
    """
    verrouiller(contrat.personne)
    frais = brouillon_verrouille(contrat, None)
    if frais.propose_le is None:
        raise ContratRefuse("Ce contrat n'est plus proposé à la signature : il a été repris pour être modifié.")
    preuve = PreuveSignature(
        contrat=frais, partie=PartieSignature.PERSONNE, nom=nom_complet(frais.personne), moyen=MoyenSignature(moyen),
        empreinte=empreinte, version=frais.version, recueillie_le=le, recueillie_par=par,
    )  # fmt: skip
    _joindre(preuve, trait, numerisation, code, par=par, le=le)
    geste = signer if contrat_en_vigueur(frais.personne, au=jour(le)) is None else actualiser
    signe = geste(
        contrat=frais, signe_personne_le=signe_le or jour(le), signe_referent_le=frais.signe_referent_le, par=par,
        le=le, lu_a_voix_haute=lu_a_voix_haute, assistance_representant=representant_present, interprete=interprete,
        prochain_contact_le=prochain_contact_le, prolongation=prolongation, preuve=preuve,
    )  # fmt: skip
    representant = representant_qui_assiste(signe.personne, au=jour(le))
    if representant is not None and representant_present:
        PreuveSignature.objects.create(
            contrat=signe, partie=PartieSignature.REPRESENTANT, nom=representant.nom, moyen=MoyenSignature.PAPIER,
            empreinte=empreinte, version=preuve.version, recueillie_le=le, recueillie_par=par,
        )  # fmt: skip
    return signe


def _joindre(
    preuve: PreuveSignature, trait: Trait | None, numerisation: bytes | None, code: Mapping[str, int | str] | None,
    *, par: Agent, le: datetime,
) -> None:  # fmt: skip
    """What the means asks for, checked."""
    if preuve.moyen == MoyenSignature.TRACE:
        if trait is None:
            raise ContratRefuse("La signature est vide : signez dans le cadre.")
        preuve.trait = trait.json()
    elif preuve.moyen == MoyenSignature.CODE:
        if code is None:
            raise ContratRefuse("Le code qui signe manque.")
        preuve.code_id, preuve.contact_masque = int(code["id"]), str(code["contact"])
    elif preuve.moyen == MoyenSignature.PAPIER and numerisation is not None:
        preuve.piece = garder_piece(numerisation, par=par, le=le)
    elif preuve.moyen == MoyenSignature.SESSION:
        raise ContratRefuse("La personne ne signe pas depuis le compte d'un agent.")
