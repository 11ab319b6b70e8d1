"""An équipe, its règlement and its sessions, made through the product's own services: shared by tests and pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from cordee.metier.devoirs.enums import EtatProcedure, TypeManquement
from cordee.metier.devoirs.enums_ep import GenreCollege, ReponseMembre
from cordee.metier.devoirs.models import Manquement, MembreEP, PassageEP, Procedure, ReglementEP, SeanceEP
from cordee.metier.devoirs.services import ep
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.models import Personne
from cordee.socle.horloge import PARIS, jour
from tests import fabriques as f

LE = f.MAINTENANT
SEANCE = date(2026, 3, 26)
EXPOSE = "Deux ateliers manqués depuis l'automne. Le contrat prévoyait quinze heures. Un rendez-vous honoré depuis."
C = GenreCollege
COLLEGES = (ep.College(C.DEPARTEMENT, 2), ep.College(C.INSERTION_PRO, 1), ep.College(C.BENEFICIAIRES, 1, requis=True))


def a(le_jour: date, heure: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(le_jour, time(heure, minute), tzinfo=PARIS)


@dataclass
class Equipe:
    """A secretary, five members (one substitute of the beneficiaries), the règlement in force."""

    secretaire: Agent
    structure: Structure
    membres: dict[str, MembreEP] = field(default_factory=dict)
    reglement: ReglementEP | None = None

    @property
    def presidente(self) -> MembreEP:
        return self.membres["presidente"]


def equipe(structure: Structure | None = None, **reglages: object) -> Equipe:
    """An équipe that may sit: four seats, two needed, beneficiaries needed among them."""
    structure = structure or f.structure(commune=f.commune())
    siege = f.structure(type=TypeStructure.DEPARTEMENT, categorie="", commune=f.commune(), telephone="01 99 00 00 01")
    faite = Equipe(f.agent(RoleAgent.DEVOIRS, structure=siege), structure)
    faite.reglement = reglement(faite, **reglages)
    for nom, college, titulaire in (
        ("presidente", C.DEPARTEMENT, True), ("elue", C.DEPARTEMENT, True), ("emploi", C.INSERTION_PRO, True),
        ("beneficiaire", C.BENEFICIAIRES, True), ("suppleante", C.BENEFICIAIRES, False),
    ):  # fmt: skip
        agent = f.agent(RoleAgent.MEMBRE_EP, structure=structure, nom=nom.capitalize())
        faite.membres[nom] = ep.nommer_membre(
            agent=agent, college=college, titulaire=titulaire, preside=nom == "presidente", debut=date(2026, 1, 1),
            par=faite.secretaire, le=LE,
        )  # fmt: skip
    return faite


def reglement(faite: Equipe, *, debut: date = date(2026, 1, 1), **reglages: object) -> ReglementEP:
    prepare = ep.preparer_reglement(
        debut=debut, colleges=COLLEGES, reglages=dict(reglages), par=faite.secretaire, le=LE
    )
    return ep.adopter_reglement(
        reglement=prepare, reference="Délibération 2026-12", adopte_le=jour(LE), par=faite.secretaire, le=LE
    )


def seance(faite: Equipe, le_jour: date = SEANCE, *, invitee: bool = True) -> SeanceEP:
    """A session of three hours, its titulars invited."""
    posee = ep.planifier_seances(
        dates=[le_jour], heure=time(9), minutes=180, lieu="Salle du conseil", par=faite.secretaire, le=LE
    )[0]
    if invitee:
        ep.inviter_membres(seance=posee, par=faite.secretaire, le=LE)
    posee.refresh_from_db()
    return posee


def viennent(posee: SeanceEP, faite: Equipe, *noms: str) -> None:
    """These members say that they will come."""
    for nom in noms:
        ligne = posee.participations.get(membre=faite.membres[nom])
        ep.repondre(participation=ligne, reponse=ReponseMembre.VIENDRA, par=faite.membres[nom].agent, le=LE)


def personne(faite: Equipe, **champs: object) -> Personne:
    """Somebody accompanied in the house of the équipe, with an address where she can be written to."""
    nouvelle = f.soumise(faite.structure, **champs)
    f.adresse(personne=nouvelle)
    return nouvelle


def procedure(faite: Equipe, qui: Personne | None = None, *, par: Agent | None = None) -> Procedure:
    """A procedure whose person has had her days to answer."""
    qui = qui or personne(faite)
    par = par or f.agent(RoleAgent.DEVOIRS, structure=faite.structure)
    posee = Procedure.objects.create(
        personne=qui, type=TypeManquement.NON_RESPECT_CONTRAT, etat=EtatProcedure.CONTRADICTOIRE, responsable=par,
        ouverte_par=par, ouverte_le=LE - timedelta(days=40), griefs_envoyes_le=jour(LE) - timedelta(days=30),
        griefs_recus_le=jour(LE) - timedelta(days=28), contradictoire_jusquau=jour(LE) - timedelta(days=14),
    )  # fmt: skip
    Manquement.objects.create(
        personne=qui, type=TypeManquement.NON_RESPECT_CONTRAT, faits_du=date(2026, 1, 5), procedure=posee,
        signale_par=par, signale_le=LE - timedelta(days=45),
    )  # fmt: skip
    return posee


def inscrit(posee: SeanceEP, faite: Equipe, qui: Personne | None = None, *, complet: bool = True) -> PassageEP:
    """A file on the agenda; complete unless told otherwise (the ties of members are checked apart)."""
    passage = ep.inscrire_dossier(procedure=procedure(faite, qui), seance=posee, par=faite.secretaire, le=LE)
    if complet:
        ep.rediger_expose(passage=passage, expose=EXPOSE, par=faite.secretaire, le=LE)
        ep.noter_invitation(passage=passage, par=faite.secretaire, le=LE)
    passage.refresh_from_db()
    return passage


def preparee(posee: SeanceEP, faite: Equipe) -> None:
    """Ties checked, incomplete files pulled: the agenda stands."""
    ep.controler_liens(seance=posee, par=faite.secretaire, le=LE)
    ep.retirer_incomplets(seance=posee, par=faite.secretaire, le=a(jour(posee.debut) - timedelta(days=5)))


def ouverte(posee: SeanceEP, faite: Equipe, *noms: str) -> None:
    """Opened at nine with these members in the room."""
    matin = a(jour(posee.debut))
    for nom in noms or ("presidente", "elue", "emploi", "beneficiaire"):
        ep.noter_presence(seance=posee, membre=faite.membres[nom], present=True, par=faite.secretaire, le=matin)
    ep.ouvrir_seance(seance=posee, presidence=faite.presidente, par=faite.secretaire, le=matin)
    posee.refresh_from_db()
