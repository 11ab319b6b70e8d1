"""Files of a session as the secretary prepares them and as members read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Q, QuerySet

from cordee.metier.courriers.models import SuiviRemise
from cordee.metier.devoirs.enums import EtatProcedure, NatureMesure
from cordee.metier.devoirs.enums_ep import ObjetPassage, StatutPassage, StatutSeance
from cordee.metier.devoirs.models import ParticipationEP, PassageEP, Procedure, SeanceEP
from cordee.metier.devoirs.regles.ep_anonymat import Traits, fuites
from cordee.metier.devoirs.regles.ep_completude import Etat, ManqueEP, manques
from cordee.metier.devoirs.selectors.ep import avis_utilisable
from cordee.metier.devoirs.selectors.ep_anonymat import noms_interdits
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.enums import IssueReorientation
from cordee.metier.orientation.models import DemandeReorientation
from cordee.metier.parcours.enums import GenreEcheance
from cordee.metier.parcours.models import Echeance
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Appartenance, Personne
from cordee.metier.personnes.selectors import q_visibles
from cordee.metier.personnes.selectors.ensembles import Ids
from cordee.metier.rendezvous.enums import StatutInterprete
from cordee.socle.horloge import jour

_AU_JOUR = [s for s in StatutPassage if s.au_jour]


def passages_de(seance: SeanceEP) -> QuerySet[PassageEP]:
    """The files of a session in their order, withdrawn ones last."""
    lignes = PassageEP.objects.filter(seance=seance).select_related(
        "personne", "procedure", "demande", "convocation", "avis", "seance__reglement"
    )
    return lignes.order_by("numero", "rang", "pk")


def au_jour(seance: SeanceEP) -> QuerySet[PassageEP]:
    """The files on the agenda."""
    return passages_de(seance).filter(statut__in=_AU_JOUR)


# What may be put on an agenda ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Candidat:
    """One question that waits for an opinion: a procedure, or a request for another orientation."""

    personne: Personne
    objet: ObjetPassage
    depuis: date
    procedure: Procedure | None = None
    demande: DemandeReorientation | None = None

    @property
    def cle(self) -> str:
        """Its name in a form."""
        return f"p{self.procedure.pk}" if self.procedure else f"d{self.demande.pk}" if self.demande else ""


def candidats(*, pour: Agent, au: date, droits: Habilitation | None = None) -> list[Candidat]:
    """Questions open in the perimeter that stand on no session to come and wait for an opinion, the oldest first.

    One that was answered leaves the list, unless its opinion can no longer be used (E24).
    """
    inscrits = PassageEP.objects.filter(
        statut__in=(StatutPassage.INSCRIT, StatutPassage.EN_EXAMEN, StatutPassage.EXAMINE),
        seance__statut__in=(StatutSeance.PLANIFIEE, StatutSeance.CONVOQUEE, StatutSeance.OUVERTE),
    )
    procedures = (
        Procedure.objects.filter(q_visibles("personne", pour=pour, au=au, droits=droits))
        .filter(etat=EtatProcedure.CONTRADICTOIRE)
        .exclude(pk__in=inscrits.filter(procedure__isnull=False).values("procedure"))
        .select_related("personne", "projet")
    )
    demandes = (
        DemandeReorientation.objects.filter(q_visibles("personne", pour=pour, au=au, droits=droits))
        .filter(issue=IssueReorientation.EN_ATTENTE)
        .exclude(pk__in=inscrits.filter(demande__isnull=False).values("demande"))
        .select_related("personne")
    )
    repondues = PassageEP.objects.filter(statut=StatutPassage.EXAMINE)
    deja = set(repondues.filter(procedure__isnull=False).values_list("procedure", flat=True))
    trouves = [
        Candidat(p.personne, objet_de(p), jour(p.ouverte_le), procedure=p)
        for p in procedures
        if p.pk not in deja or avis_utilisable(procedure=p, au=au) is None
    ]
    demandes = demandes.exclude(pk__in=repondues.filter(demande__isnull=False).values("demande"))
    trouves += [Candidat(d.personne, ObjetPassage.REORIENTATION, jour(d.demandee_le), demande=d) for d in demandes]
    return sorted(trouves, key=lambda c: (c.objet is ObjetPassage.REORIENTATION, c.depuis, c.personne.pk))


def objet_de(procedure: Procedure) -> ObjetPassage:
    """What a procedure asks of the équipe: a suppression needs its opinion in any case."""
    projet = getattr(procedure, "projet", None)
    nature = projet.nature if projet is not None else ""
    grave = procedure.fin_de_droit or nature in (NatureMesure.SUPPRESSION, NatureMesure.FIN_DE_DROIT)
    return ObjetPassage.SUPPRESSION if grave else ObjetPassage.SUSPENSION


# Completeness -------------------------------------------------------------------------------------------------------
def manques_des(passages: Sequence[PassageEP], *, au: date) -> dict[int, list[ManqueEP]]:
    """What each file lacks on a day: a number of queries that does not grow with them."""
    if not passages:
        return {}
    interdits = noms_interdits(passages)
    sans_representant = _sans_representant([p.personne_id for p in passages])
    parties = lettres_parties([p.convocation_id for p in passages if p.convocation_id])
    trouves = {}
    for p in passages:
        reglement = p.seance.reglement
        etat = Etat(
            expose=bool(p.expose.strip()), fuites=fuites(p.expose, interdits[p.pk]),
            conflits_controles=p.liens_controles_le is not None,
            invitation_requise=p.procedure_id is not None or p.audition, audition=p.audition,
            invitee_le=p.invitee_le or parties.get(p.convocation_id or 0),
            lettre_en_attente=p.convocation_id is not None,
            interprete_requis=bool(p.interprete) and p.interprete != StatutInterprete.INUTILE,
            interprete_reserve=p.interprete == StatutInterprete.RESERVE,
            protegee_sans_representant=p.personne_id in sans_representant,
            instruction=_instruction(p.procedure, au),
        )  # fmt: skip
        trouves[p.pk] = manques(etat, seance=jour(p.seance.debut), preavis_jours=reglement.preavis_personne_jours)
    return trouves


def lettres_parties(courriers: Iterable[int]) -> dict[int, date]:
    """Letter → the day it left, for those that have."""
    lignes = SuiviRemise.objects.filter(courrier__in=list(courriers)).values_list("courrier_id").annotate(Min("le"))
    return dict(lignes)


def _instruction(procedure: Procedure | None, au: date) -> list[str]:
    """What the procedure itself lacks: the person must have been able to answer first (E27)."""
    if procedure is None:
        return []
    phrases = []
    if procedure.etat in (EtatProcedure.CLOSE, EtatProcedure.ANNULEE):
        phrases.append("La procédure est close : ce dossier n'a plus d'objet.")
    elif procedure.griefs_recus_le is None:
        phrases.append("La lettre qui expose les faits n'a pas de date de réception certaine.")
    elif procedure.contradictoire_jusquau is not None and procedure.contradictoire_jusquau >= au:
        phrases.append(f"La personne peut encore répondre jusqu'au {procedure.contradictoire_jusquau:%d/%m/%Y}.")
    return phrases


def _sans_representant(personnes: list[int]) -> set[int]:
    attente = Echeance.objects.filter(
        genre=GenreEcheance.IDENTIFIER_REPRESENTANT, fermee_le__isnull=True, personne__in=personnes
    )
    return set(attente.values_list("personne_id", flat=True))


def foyers_de(personnes: Iterable[int]) -> dict[int, int]:
    """Person → her household, for those that have one: who must be heard apart (R26)."""
    lignes = Appartenance.objects.filter(
        Q(personne__parmi=Ids(personnes)), fin__isnull=True, role__in=(RoleFoyer.DEM, RoleFoyer.CJT)
    ).values_list("personne_id", "foyer_id")
    return dict(lignes.order_by("debut", "pk"))


# As members read it -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class FicheMembre:
    """A file as a member reads it: no name, no commune, no employer, no date of birth, and no id of the person."""

    code: str
    numero: int | None
    objet: ObjetPassage
    traits: Traits
    reduits: bool
    expose: str
    etapes: tuple[tuple[str, str], ...]
    audition: bool
    heure: datetime | None


def fiche_membre(passage: PassageEP) -> FicheMembre:
    """What may be told of a file to whoever sits on it (V6)."""
    montres = {cle: valeur for cle, valeur in passage.traits.items() if cle in Traits.__slots__}
    return FicheMembre(
        code=passage.code, numero=passage.numero, objet=passage.objet_lu, traits=Traits(**montres),
        reduits=bool(passage.traits.get("reduits")), expose=passage.expose, etapes=tuple(_etapes(passage)),
        audition=passage.audition, heure=passage.heure,
    )  # fmt: skip


def _etapes(passage: PassageEP) -> list[tuple[str, str]]:
    """Where the file comes from, step by step, without a date that could be recognised."""
    procedure = passage.procedure
    if procedure is None:
        demande = passage.demande
        return [("Demande", f"faite par {demande.get_demandeur_display().lower()}"),
                ("Raison donnée", demande.get_motif_display())] if demande else []  # fmt: skip
    observations = procedure.observations.count()
    examines = procedure.examens.filter(retenu=False).exists()
    return [
        ("Manquement signalé", procedure.get_type_display()),
        ("Motif légitime", "recherché, non retenu" if examines else "recherché avant la procédure"),
        ("Faits portés à sa connaissance", "oui, à date certaine" if procedure.griefs_recus_le else "non"),
        ("Ses observations", "présentées" if observations else "aucune ; le silence ne vaut pas aveu"),
        ("Entretien avant la séance", "tenu" if procedure.entendue_le else "non tenu"),
    ]


def participations_de(seance: SeanceEP) -> QuerySet[ParticipationEP]:
    """Members of a session, college by college, titulars first."""
    lignes = ParticipationEP.objects.filter(seance=seance).select_related("membre__agent")
    return lignes.order_by("membre__college", "-membre__titulaire", "membre__agent__nom", "pk")
