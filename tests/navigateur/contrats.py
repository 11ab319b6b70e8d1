"""Contracts in each of their states, a space that is open, a batch: their pages full."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from cordee.metier.contrats.enums import MoyenSignature
from cordee.metier.contrats.models import Contrat, LotContrats
from cordee.metier.contrats.regles.signature import trait_de
from cordee.metier.contrats.selectors import brouillon_de
from cordee.metier.contrats.services import preparer, proposition
from cordee.metier.contrats.services.circuit import demander_validation, regler_circuit
from cordee.metier.contrats.services.lots import avancer_lot, ouvrir_lot
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.models import Situation
from cordee.metier.participation import services as participation
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne
from tests import fabriques as f

LE = f.MAINTENANT
TRAIT = trait_de([[[60 + 55 * n, 200 + (n % 4) * 40 - n * 3] for n in range(16)]])


def des_contrats(eds: Structure, *, referente: Agent, contenu: dict[str, object]) -> dict[str, Personne]:
    """One proposed, one signed with a finger then being updated, one that waits for a validation, a batch of two."""
    signee, proposee, relue, *lot = (_suivie(eds, referente, p) for p in ("Aïcha", "Brune", "Carla", "Dina", "Éva"))
    for personne in (signee, proposee):
        redige = preparer(personne=personne, par=referente, le=LE - timedelta(days=3), **contenu)  # type: ignore[arg-type]
        proposition.proposer(contrat=redige, version=redige.version, par=referente, le=LE - timedelta(days=2))
    a_signer = brouillon_de(signee)
    assert a_signer is not None
    signe = proposition.recueillir(
        contrat=a_signer, moyen=MoyenSignature.TRACE, empreinte=a_signer.empreinte, trait=TRAIT, par=referente,
        le=LE - timedelta(days=1), lu_a_voix_haute=True,
    )  # fmt: skip
    preparer(personne=signe.personne, par=referente, le=LE, projet="Devenir aide-soignante")
    contact = f.contact(proposee, "0601020399")
    participation.activer_acces(personne=proposee, contact=contact, en_presence=True, par=referente, le=LE)
    chef = f.agent(RoleAgent.CHEF_STRUCTURE, structure=eds)
    en_relecture = preparer(personne=relue, par=referente, le=LE, **contenu)  # type: ignore[arg-type]
    regler_circuit(structure=eds, etapes=[("Relu par la responsable", RoleAgent.CHEF_STRUCTURE)], par=chef, le=LE)
    demander_validation(contrat=en_relecture, version=en_relecture.version, par=referente, le=LE)
    prepare = ouvrir_lot(
        personnes=[p.pk for p in lot] + [signee.pk], intitule="Stock de 2024", inviter=True, par=referente, le=LE
    )
    avancer_lot(lot=prepare, par=referente, le=LE)
    return {"signee": signee, "proposee": proposee, "relue": relue}


def pages_des_contrats() -> list[tuple[str, str]]:
    """(role, address) of the pages about contracts that are there."""
    signe = Contrat.objects.filter(preuves__moyen=MoyenSignature.TRACE).earliest("pk")
    propose = Contrat.objects.filter(propose_le__isnull=False, debut__isnull=True).earliest("pk")
    relu = Contrat.objects.filter(passages__isnull=False).earliest("pk")
    p = propose.personne_id
    return [
        *(("ref", reverse("contrats") + f"?etat={e}") for e in ("brouillon", "a_valider", "a_signer", "en_vigueur")),
        *(("ref", reverse("contrat", args=[c.pk])) for c in (signe, propose, relu)),
        *(
            ("ref", reverse(nom, args=[p]))
            for nom in ("acte_signer", "contrat_ecran", "contrat_papier", "contrat_code")
        ),
        ("ref", reverse("acces_espace", args=[p])),
        ("chef", reverse("acte_signer", args=[relu.personne_id])),
        ("ref", reverse("acte_contrat", args=[signe.personne_id])),
        ("chef", reverse("contrats_circuit", args=[relu.structure_id])),
        *(("ref", reverse("contrats_lot", args=[x.pk])) for x in LotContrats.objects.order_by("pk")),
    ]


def _suivie(eds: Structure, referente: Agent, prenom: str) -> Personne:
    """Oriented there ten days ago, her référente named."""
    nouvelle = f.soumise(eds, nom="Vandenfictif-Delatestardière", prenom=prenom, le=LE - timedelta(days=20))
    f.adresse(personne=nouvelle)
    f.orientee(nouvelle, eds, le=LE - timedelta(days=10))
    f.rattachement(nouvelle, eds, referente, finalite=FinaliteRattachement.REFERENT)
    f.evenement(nouvelle, f.GenreEvenement.REFERENT_NOMME, structure=eds.pk, agent=referente.pk)
    assert Situation.objects.filter(personne=nouvelle).exists()
    return nouvelle
