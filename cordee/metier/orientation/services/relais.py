"""Handing over an accompaniment: proposed, acknowledged, accepted or given back (REQ-114, R51, R59, V7, V14).

The référent in charge stays until the hand-over is accepted. Who receives reads the note, not the file, until then.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation, agents_de, habilitation, structures_orientables
from cordee.metier.orientation.cycle import OUVERTS, suite
from cordee.metier.orientation.enums import ActeRelais, MotifOrientation, MotifRefusRelais, MotifRelais, StatutRelais
from cordee.metier.orientation.models import Relais
from cordee.metier.orientation.services.acces import accorder_acces
from cordee.metier.orientation.services.decision import decider
from cordee.metier.orientation.services.referents import nommer_referent
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement, Voie
from cordee.metier.parcours.models import Echeance
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Fait, Situation, TransitionInterdite, verifier
from cordee.metier.parcours.services import NouvelEvenement, consigner, consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import LecteurSensible, Personne
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

OBJET = "relais"
A, E, S = ActeRelais, GenreEvenement, StatutRelais
RECOIVENT = frozenset({
    RoleAgent.REFERENT, RoleAgent.TRAVAILLEUR_SOCIAL, RoleAgent.OPERATEUR, RoleAgent.CHEF_STRUCTURE,
})  # fmt: skip


class RelaisRefuse(ErreurMetier):
    """The hand-over cannot be done this way; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Towards whom, checked once for any number of people."""

    structure: Structure
    agent: Agent | None
    motif: MotifRelais
    note: str = ""
    avant_le: date | None = None


@dataclass(frozen=True, slots=True)
class Propositions:
    """What a mass transfer gave: the hand-overs, and the people who could not be proposed, with the sentence."""

    relais: tuple[Relais, ...]
    refus: dict[int, str]


def demande_une_decision(s: Situation, vers: Structure) -> bool:
    """Whether going there changes the référent *body* of the law, and so needs a new decision (L5411-5-1 IV).

    The Département is one body, whatever its teams: a move from one EDS to another needs none (R51).
    """
    if s.orientation is None or s.orientation.structure == vers.pk:
        return False
    departement = str(GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL)
    return {str(s.orientation.categorie), str(vers.categorie)} != {departement}


@transaction.atomic
def proposer_relais(
    *, personne: Personne, vers: Structure, agent: Agent | None = None, motif: MotifRelais, note: str = "",
    avant_le: date | None = None, par: Agent, le: datetime,
) -> Relais:  # fmt: skip
    """Propose to hand a person over to a structure, or to a named agent of it. Nothing moves until it is accepted.

    Raises:
        RelaisRefuse: closed body or convention expired (V14), the agent does not work there, another legal body without
            the right to decide an orientation.
        TransitionInterdite: nobody accompanies her yet, already there, or a hand-over is already open.
    """
    personne = verrouiller(personne)
    destination = Destination(vers, agent, MotifRelais(motif), note.strip(), avant_le)
    resultat = _proposer([personne.pk], destination, par=par, le=le, lot=None)
    if resultat.refus:
        raise TransitionInterdite(resultat.refus[personne.pk])
    return resultat.relais[0]


@transaction.atomic
def proposer_en_masse(
    *, personnes: Iterable[int], vers: Structure, agent: Agent | None = None, motif: MotifRelais, note: str = "",
    avant_le: date | None = None, par: Agent, le: datetime,
) -> Propositions:  # fmt: skip
    """The same for many people at once (R59): one act, a constant number of queries; who cannot be is told apart.

    Raises:
        RelaisRefuse: as for ``proposer_relais``; nothing is written.
    """
    destination = Destination(vers, agent, MotifRelais(motif), note.strip(), avant_le)
    ids = sorted(
        Personne.objects.select_for_update(no_key=True)
        .filter(pk__in=list(personnes), canonique__isnull=True)
        .values_list("pk", flat=True)
    )
    return _proposer(ids, destination, par=par, le=le, lot=uuid.uuid4())


@transaction.atomic
def accuser_relais(*, relais: Relais, par: Agent, le: datetime) -> Relais:
    """« Bien reçu »: the answer is now due by its own date.

    Raises:
        RelaisRefuse: not hers to answer, or already acknowledged.
    """
    relais, _ = _ouvrir(relais, A.ACCUSER)
    _exiger_receveur(relais, par, le=le)
    consigner_un(
        genre=E.RELAIS_RECU, personne=relais.personne, par=par, le=le, objet_type=OBJET, objet_id=relais.pk,
        donnees={"relais": relais.pk, "agent": relais.vers_agent_id},
    )  # fmt: skip
    relais.statut, relais.recu_le, relais.recu_par = S.RECU, le, par
    relais.save(update_fields=["statut", "recu_le", "recu_par"])
    return relais


@transaction.atomic
def accepter_relais(*, relais: Relais, agent: Agent | None = None, par: Agent, le: datetime) -> Relais:
    """The receiver takes the person: from now on she answers for her; the former one reads fifteen days more (V7).

    Another legal body: the acceptance makes the new decision of orientation, taken by who proposed it; it is then to
    be notified, and its clocks start (D5411-8-2). The receiving référent is named at once.

    Args:
        agent: who will be the référent; by default the one the hand-over names, or nobody yet.

    Raises:
        RelaisRefuse: not hers to answer, the agent does not work there, or nobody is named when a decision is needed.
        OrientationRefusee: the convention has expired meanwhile (V14).
    """
    relais, s = _ouvrir(relais, A.ACCEPTER)
    _exiger_receveur(relais, par, le=le)
    agent = agent or relais.vers_agent
    if agent is not None:
        _exiger_poste(agent, relais.vers_structure, au=jour(le))
    if relais.decision:
        _decider(relais, s, agent, par=par, le=le)
    else:
        consigner_un(
            genre=E.RELAIS_ACCEPTE, personne=relais.personne, par=par, le=le, objet_type=OBJET, objet_id=relais.pk,
            donnees={
                "relais": relais.pk, "structure": relais.vers_structure_id, "agent": agent.pk if agent else None,
            },
        )  # fmt: skip
    _clore(relais, S.ACCEPTE, par=par, le=le, vers_agent=agent)
    accorder_acces(relais.personne, par=par, le=le)
    return relais


@transaction.atomic
def refuser_relais(*, relais: Relais, motif: MotifRefusRelais, par: Agent, le: datetime) -> Relais:
    """The receiver cannot: the person stays with her référent, who knows why.

    Raises:
        RelaisRefuse: not hers to answer, or already answered.
    """
    relais, _ = _ouvrir(relais, A.REFUSER)
    _exiger_receveur(relais, par, le=le)
    consigner_un(
        genre=E.RELAIS_REFUSE, personne=relais.personne, par=par, le=le, objet_type=OBJET, objet_id=relais.pk,
        donnees={"relais": relais.pk, "motif": str(MotifRefusRelais(motif))},
    )  # fmt: skip
    _clore(relais, S.REFUSE, par=par, le=le, motif_refus=str(MotifRefusRelais(motif)))
    return relais


@transaction.atomic
def retirer_relais(*, relais: Relais, par: Agent, le: datetime) -> Relais:
    """Who proposed it, or her head, takes it back.

    Raises:
        RelaisRefuse: not hers, or already answered.
    """
    relais, _ = _ouvrir(relais, A.RETIRER)
    droits = habilitation(par, au=jour(le))
    if not (relais.propose_par_id == par.pk or _encadre(droits, relais.de_structure_id)):
        raise RelaisRefuse("Seul l'agent qui a proposé ce relais, ou son responsable, peut le retirer.")
    consigner_un(
        genre=E.RELAIS_RETIRE, personne=relais.personne, par=par, le=le, objet_type=OBJET, objet_id=relais.pk,
        donnees={"relais": relais.pk},
    )  # fmt: skip
    _clore(relais, S.RETIRE, par=par, le=le)
    return relais


@transaction.atomic
def expirer_relais(*, par: Agent, le: datetime) -> dict[str, int]:
    """Once a day: unanswered ones go to the manager; those whose person has left the path are closed. Any number of
    times.

    Returns the number of hand-overs expired and closed.
    """
    au = jour(le)
    ouverts = Relais.objects.select_for_update().filter(statut__in=[str(s) for s in OUVERTS])
    vivants = dict(
        SituationStockee.objects.filter(personne__in=ouverts.values("personne"), calcul__has_key="relais").values_list(
            "personne_id", "calcul__relais"
        )
    )
    perimes = [r for r in ouverts.order_by("pk") if vivants.get(r.personne_id) != r.pk]
    Relais.objects.filter(pk__in=[r.pk for r in perimes]).update(statut=S.SANS_OBJET, clos_le=le, clos_par=par)
    tardifs = Echeance.objects.filter(genre=GenreEcheance.REPONDRE_RELAIS, fermee_le__isnull=True, terme__lt=au)
    attendus = ouverts.filter(statut__in=(S.PROPOSE, S.RECU), personne__in=tardifs.values("personne"))
    expires = {r.personne_id: r for r in attendus}
    consigner(
        evenements=[
            NouvelEvenement(
                genre=E.RELAIS_EXPIRE, personne_id=pk, objet_type=OBJET, objet_id=r.pk, donnees={"relais": r.pk}
            )
            for pk, r in sorted(expires.items())
        ],
        par=par, le=le, controler=False,
    )  # fmt: skip
    Relais.objects.filter(pk__in=[r.pk for r in expires.values()]).update(statut=S.EXPIRE)
    return {"expires": len(expires), "sans_objet": len(perimes)}


def peut_repondre(relais: Relais, par: Agent, droits: Habilitation) -> bool:
    """Whether she is the named receiver, heads the receiving structure, or manages the département."""
    if relais.vers_agent_id == par.pk and relais.vers_structure_id in droits.structures:
        return True
    return _encadre(droits, relais.vers_structure_id)


# Parts --------------------------------------------------------------------------------------------------------------
def _proposer(ids: list[int], d: Destination, *, par: Agent, le: datetime, lot: uuid.UUID | None) -> Propositions:
    au = jour(le)
    categorie = GenreOrganismeReferent(d.structure.categorie) if d.structure.categorie else None
    if categorie is None or not structures_orientables(categorie=categorie, au=au).filter(pk=d.structure.pk).exists():
        raise RelaisRefuse(f"« {d.structure.nom} » ne peut recevoir personne aujourd'hui : fermée, ou sans convention.")
    if d.agent is not None:
        _exiger_poste(d.agent, d.structure, au=au)
    if d.avant_le is not None and d.avant_le <= au:
        raise RelaisRefuse("La date avant laquelle recevoir les personnes doit être à venir.")
    peut_decider = habilitation(par, au=au).peut(Permission.ORIENTER)
    situations = {
        pk: Situation.de_json(calcul)
        for pk, calcul in SituationStockee.objects.filter(personne__in=ids).values_list("personne_id", "calcul")
    }
    fermes = _fermes_au_receveur(ids, d.agent, au=au)
    refus: dict[int, str] = {}
    lignes: list[Relais] = []
    for pk in ids:
        s = situations.get(pk, Situation())
        try:
            if pk in fermes:
                raise RelaisRefuse("Dossier sensible : le relais se propose, par son nom, à un lecteur désigné.")
            verifier(s, Fait(0, E.RELAIS_PROPOSE, le, _donnees(d, None)))
            decision = demande_une_decision(s, d.structure)
            if decision and not peut_decider:
                raise RelaisRefuse(
                    f"Confier la personne à « {d.structure.nom} » change d'organisme référent : c'est une décision "
                    "d'orientation. Demandez une réorientation."
                )
        except ErreurMetier as erreur:
            refus[pk] = str(erreur)
            continue
        de = s.referent_structure or (s.orientation.structure if s.orientation else d.structure.pk)
        lignes.append(
            Relais(
                personne_id=pk, de_structure_id=de, de_agent_id=s.referent_agent, vers_structure=d.structure,
                vers_agent=d.agent, motif=d.motif, note=d.note, decision=decision, avant_le=d.avant_le, lot=lot,
                propose_le=le, propose_par=par,
            )
        )  # fmt: skip
    if len(lignes) == 1:
        enregistrer(lignes[0])
    else:
        Relais.objects.bulk_create(lignes, batch_size=1000)
    consigner(
        evenements=[
            NouvelEvenement(
                genre=E.RELAIS_PROPOSE, personne_id=r.personne_id, objet_type=OBJET, objet_id=r.pk,
                donnees=_donnees(d, r.pk),
            )
            for r in lignes
        ],
        par=par, le=le, acte=lot,
    )  # fmt: skip
    return Propositions(tuple(lignes), refus)


def _fermes_au_receveur(ids: list[int], agent: Agent | None, *, au: date) -> set[int]:
    """Sensitive files the receiver may not read (V13): even their note is for a listed reader."""
    sensibles = set(Personne.objects.filter(pk__in=ids, dossier_sensible=True).values_list("pk", flat=True))
    lues = LecteurSensible.objects.filter(en_cours(au), personne__in=sensibles, agent=agent) if agent else ()
    return sensibles - {ligne.personne_id for ligne in lues}


def _donnees(d: Destination, relais: int | None) -> dict[str, object]:
    return {"relais": relais, "structure": d.structure.pk, "agent": d.agent.pk if d.agent else None}


def _decider(relais: Relais, s: Situation, agent: Agent | None, *, par: Agent, le: datetime) -> None:
    if agent is None:
        raise RelaisRefuse("Choisissez le référent : la décision le nomme en même temps que l'organisme.")
    if s.orientation is None:
        raise RelaisRefuse("Aucune décision d'orientation n'est en vigueur pour cette personne.")
    faute_de_place = relais.motif in (MotifRelais.CONVENTION, MotifRelais.FERMETURE, MotifRelais.CHARGE)
    decider(
        personne=relais.personne, voie=Voie(s.orientation.voie),
        categorie=GenreOrganismeReferent(relais.vers_structure.categorie), structure=relais.vers_structure,
        motifs=[MotifOrientation.CAPACITE if faute_de_place else MotifOrientation.CONTINUITE],
        par=relais.propose_par, le=le,
    )  # fmt: skip
    nommer_referent(personne=relais.personne, agent=agent, par=par, le=le)


def _ouvrir(relais: Relais, acte: ActeRelais) -> tuple[Relais, Situation]:
    """The hand-over, its person locked, when the table allows the act."""
    personne = verrouiller(relais.personne)
    frais = Relais.objects.select_related("vers_structure", "vers_agent", "propose_par").get(pk=relais.pk)
    frais.personne = personne
    statut = StatutRelais(frais.statut)
    s = situation_courante(personne)
    if suite(statut, acte) is None:
        raise RelaisRefuse(f"Ce relais est déjà {statut.libelle.lower()}." if statut not in OUVERTS else
                           f"Ce relais ne peut pas être modifié ainsi : {statut.libelle.lower()}.")  # fmt: skip
    if s.relais != frais.pk:
        raise RelaisRefuse("Ce relais n'a plus d'objet : la situation de la personne a changé.")
    return frais, s


def _clore(relais: Relais, statut: StatutRelais, *, par: Agent, le: datetime, **champs: object) -> None:
    relais.statut, relais.clos_le, relais.clos_par = statut, le, par
    for nom, valeur in champs.items():
        setattr(relais, nom, valeur)
    relais.save(update_fields=["statut", "clos_le", "clos_par", *champs])


def _exiger_receveur(relais: Relais, par: Agent, *, le: datetime) -> None:
    if not peut_repondre(relais, par, habilitation(par, au=jour(le))):
        raise RelaisRefuse("Ce relais ne vous est pas adressé : c'est la structure qui reçoit qui répond.")


def _exiger_poste(agent: Agent, structure: Structure, *, au: date) -> None:
    if not agents_de(structure, au=au, roles=RECOIVENT).filter(pk=agent.pk).exists():
        raise RelaisRefuse(f"{agent} n'accompagne personne dans « {structure.nom} » aujourd'hui.")


def _encadre(droits: Habilitation, structure_id: int) -> bool:
    encadrees = (s for role, s in droits.postes if role is RoleAgent.CHEF_STRUCTURE)
    return structure_id in encadrees or droits.departement(Permission.ENCADRER)
