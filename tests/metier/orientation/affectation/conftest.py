"""Two structures, four référents and the people who wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.models import LigneAffectation, PropositionAffectation, ReglageReferent
from cordee.metier.orientation.services.affectation import proposer
from cordee.metier.parcours.enums import GenreEvenement, Voie
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as Genre
from cordee.socle.horloge import jour
from cordee.territoires.models import Commune
from tests import fabriques as f

LE = f.MAINTENANT


@dataclass(frozen=True)
class Monde:
    eds: Structure
    ccas: Structure
    encadrante: Agent
    cheffe: Agent
    lea: Agent  # at the EDS
    noa: Agent  # at the EDS
    ines: Agent  # at the CCAS

    def attend(self, structure: Structure | None = None, **champs: Any) -> Personne:
        """A person notified since five days, who waits for a référent."""
        foyer = champs.pop("foyer", None) or f.foyer(nb_enfants_autres=champs.pop("enfants", 0))
        voie, ou = champs.pop("voie", Voie.SOCIO_PRO), structure or self.eds
        depuis = champs.pop("depuis", 5)
        if not foyer.adresses.exists():
            f.adresse(foyer=foyer)
        qui = f.soumise(None, foyer=foyer, **champs)
        le = LE - timedelta(days=depuis)
        f.orientee(qui, ou, voie=voie, le=le, acceptation=ou != self.eds)
        f.rattachement(qui, ou, finalite=FinaliteRattachement.REFERENT, debut=jour(le))
        return qui

    def refusee(self, **champs: Any) -> Personne:
        """The CCAS said it cannot receive her."""
        qui = self.attend(self.ccas, **champs)
        f.evenement(qui, GenreEvenement.DOSSIER_REFUSE, motif="capacite")
        return qui

    def places(self, agent: Agent, structure: Structure, capacite: int, **champs: Any) -> None:
        ReglageReferent.objects.update_or_create(
            agent=agent, structure=structure, defaults={"capacite": capacite, **champs}
        )

    def proposer(self, **champs: Any) -> PropositionAffectation:
        return proposer(**{"par": self.encadrante, "le": LE, **champs})

    def ligne(self, proposition: PropositionAffectation, qui: Personne) -> LigneAffectation:
        return proposition.lignes.select_related("proposition").get(personne=qui)


@pytest.fixture
def monde(db: None) -> Monde:
    creteil = f.commune()
    Commune.objects.filter(pk=creteil.pk).update(latitude=48.78, longitude=2.45)
    eds = f.structure(nom="EDS fictif", commune=creteil)
    ccas = f.structure(TypeStructure.CCAS, Genre.DELEGATAIRE, nom="CCAS fictif", commune=creteil)
    f.regle_secteur(eds, creteil)
    f.regle_secteur(ccas, creteil, PublicSecteur.SANS_ENFANT)
    f.convention(ccas)
    plateforme = f.structure(TypeStructure.PLATEFORME, "", nom="Plateforme fictive")
    return Monde(
        eds=eds, ccas=ccas, encadrante=f.agent(RoleAgent.ENCADRANT, structure=plateforme),
        cheffe=f.agent(RoleAgent.CHEF_STRUCTURE, structure=eds), lea=f.agent(RoleAgent.REFERENT, structure=eds),
        noa=f.agent(RoleAgent.TRAVAILLEUR_SOCIAL, structure=eds), ines=f.agent(RoleAgent.REFERENT, structure=ccas),
    )  # fmt: skip
