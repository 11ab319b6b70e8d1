"""The draft of an allocation: calculated, changed line by line, calculated again around what humans decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.orientation.affectation.bareme import Bareme
from cordee.metier.orientation.affectation.bareme import bareme as bareme_courant
from cordee.metier.orientation.affectation.enums import (
    Mode,
    MotifDeplacement,
    MotifSansSolution,
    ResultatLigne,
    StatutProposition,
)
from cordee.metier.orientation.models import LigneAffectation, PropositionAffectation
from cordee.metier.orientation.selectors.affectations import charges_lues
from cordee.metier.orientation.services.affectation.calcul import Calcul, calculer, lignes_de
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.socle.horloge import jour

P = Permission.NOMMER_REFERENT


class AffectationRefusee(ErreurMetier):
    """The allocation cannot be made or changed this way; the sentence says why."""


@transaction.atomic
def proposer(
    *, structure: Structure | None = None, mode: Mode = Mode.LOT, bareme: Bareme | None = None, par: Agent, le: datetime
) -> PropositionAffectation:
    """A new draft for the département, or for one structure. Nothing of the path changes until it is validated.

    Raises:
        AffectationRefusee: not hers to allocate, a draft is open already, nobody waits.
    """
    _exiger_perimetre(par, structure, le)
    ouverts = PropositionAffectation.objects.select_for_update().filter(statut=StatutProposition.BROUILLON)
    if ouverts.filter(structure=structure).exists():
        raise AffectationRefusee("Une affectation est déjà à relire : reprenez-la, ou abandonnez-la d'abord.")
    bareme = bareme or bareme_courant()
    calcul = calculer(au=jour(le), bareme=bareme, mode=mode, structure=structure, pour=_pour(par))
    if not calcul.attentes:
        raise AffectationRefusee("Personne n'attend de référent : il n'y a rien à affecter.")
    proposition = PropositionAffectation(
        au=jour(le), mode=mode, structure=structure, bareme=bareme.version, empreinte=bareme.empreinte, cree_le=le,
        cree_par=par,
    )  # fmt: skip
    _poser_totaux(proposition, calcul)
    proposition.save()
    LigneAffectation.objects.bulk_create(lignes_de(proposition, calcul), batch_size=2000)
    return proposition


@transaction.atomic
def recalculer(
    *, proposition: PropositionAffectation, version: int | None = None, par: Agent, le: datetime
) -> PropositionAffectation:
    """The same draft on the day it is: who came, who left, what humans locked, everything else at its best again.

    Raises:
        AffectationRefusee: already validated or abandoned. DonneesPerimees: changed by somebody else meanwhile.
    """
    courante = ouvrir(proposition, version=version, par=par, le=le)
    _recalculer(courante, par=par, le=le)
    return courante


@transaction.atomic
def deplacer(
    *, ligne: LigneAffectation, structure: Structure, agent: Agent, motif: MotifDeplacement, version: int, par: Agent,
    le: datetime,
) -> LigneAffectation:  # fmt: skip
    """A human chooses somebody else: the choice is locked, the rest is calculated again around it.

    It may go beyond the places of the agent (she decides); never against the law or a conflict of interest.

    Raises:
        AffectationRefusee: the agent cannot be her référent; nothing changes. DonneesPerimees.
    """
    proposition = ouvrir(ligne.proposition, version=version, par=par, le=le)
    courante = LigneAffectation.objects.select_for_update().get(pk=ligne.pk)
    origine = (courante.propose_structure_id or courante.structure_id, courante.propose_agent_id or courante.agent_id)
    LigneAffectation.objects.filter(pk=courante.pk).update(
        structure=structure, agent=agent, verrou=True, motif="", motif_deplacement=MotifDeplacement(motif),
        deplacee_par=par, deplacee_le=le, propose_structure_id=origine[0], propose_agent_id=origine[1],
        resultat=ResultatLigne.EN_ATTENTE,
    )  # fmt: skip
    calcul = _recalculer(proposition, par=par, le=le)
    if calcul.resultat.motifs.get(courante.personne_id) is MotifSansSolution.VERROU_IMPOSSIBLE:
        raise AffectationRefusee(_pourquoi_impossible(calcul, courante.personne_id, structure, agent))
    return LigneAffectation.objects.get(proposition=proposition, personne=courante.personne_id)


@transaction.atomic
def verrouiller_ligne(
    *, lignes: Iterable[LigneAffectation], verrou: bool, version: int, proposition: PropositionAffectation, par: Agent,
    le: datetime,
) -> int:  # fmt: skip
    """Keep these choices whatever is calculated next, or give them back to the calculation. Returns how many changed.

    Unlocking forgets the move: what is best is calculated again.
    """
    courante = ouvrir(proposition, version=version, par=par, le=le)
    visees = courante.lignes.filter(pk__in=[ligne.pk for ligne in lignes], agent__isnull=False).exclude(verrou=verrou)
    if verrou:
        return visees.update(verrou=True)
    nombre = visees.update(
        verrou=False, motif_deplacement="", deplacee_par=None, deplacee_le=None, propose_structure=None,
        propose_agent=None,
    )  # fmt: skip
    if nombre:
        _recalculer(courante, par=par, le=le)
    return nombre


@transaction.atomic
def ecarter(
    *, ligne: LigneAffectation, ecarter: bool, version: int, par: Agent, le: datetime
) -> PropositionAffectation:
    """Leave a person out of this allocation (she keeps waiting, her étape stays open), or take her back."""
    proposition = ouvrir(ligne.proposition, version=version, par=par, le=le)
    LigneAffectation.objects.filter(pk=ligne.pk).update(
        resultat=ResultatLigne.ECARTEE if ecarter else ResultatLigne.EN_ATTENTE, verrou=False
    )
    _recalculer(proposition, par=par, le=le)
    return proposition


@transaction.atomic
def abandonner(*, proposition: PropositionAffectation, par: Agent, le: datetime) -> None:
    """Throw the draft away: nobody was named, nobody is."""
    courante = ouvrir(proposition, par=par, le=le)
    courante.statut = StatutProposition.ABANDONNEE
    courante.save(update_fields=["statut"])


def ouvrir(
    proposition: PropositionAffectation, *, version: int | None = None, par: Agent, le: datetime
) -> PropositionAffectation:
    """The draft, locked until the end of the transaction, checked to be hers and as she last saw it.

    Raises:
        AffectationRefusee, DonneesPerimees.
    """
    courante = PropositionAffectation.objects.select_for_update(of=("self",)).get(pk=proposition.pk)
    _exiger_perimetre(par, courante.structure, le)
    if courante.statut != StatutProposition.BROUILLON:
        statut = StatutProposition(courante.statut).libelle.lower()
        raise AffectationRefusee(f"Cette affectation est déjà {statut} : elle ne se modifie plus.")
    if version is not None and version != courante.version:
        raise DonneesPerimees("Quelqu'un a modifié cette affectation entre-temps : relisez-la avant de continuer.")
    return courante


# Parts --------------------------------------------------------------------------------------------------------------
def _pour(par: Agent) -> Agent | None:
    """Whose perimeter: everybody for a calculation started by the system."""
    return None if par.systeme else par


def _exiger_perimetre(par: Agent, structure: Structure | None, le: datetime) -> None:
    if par.systeme:
        return
    droits = habilitation(par, au=jour(le))
    if droits.departement(P):
        return
    if structure is None or structure.pk not in droits.structures_encadrees:
        raise AffectationRefusee("Vous affectez les personnes de votre structure : choisissez-la d'abord.")


def _recalculer(proposition: PropositionAffectation, *, par: Agent, le: datetime) -> Calcul:
    """Rewrites the lines that no human decided; keeps who moved what and why."""
    anciennes = {ligne.personne_id: ligne for ligne in proposition.lignes.all()}
    ecartees = [pk for pk, ligne in anciennes.items() if ligne.resultat == ResultatLigne.ECARTEE]
    verrous = {
        pk: (ligne.structure_id, ligne.agent_id)
        for pk, ligne in anciennes.items()
        if ligne.verrou and ligne.structure_id and ligne.agent_id and pk not in ecartees
    }
    bareme = bareme_courant()
    calcul = calculer(
        au=jour(le), bareme=bareme, mode=Mode(proposition.mode), structure=proposition.structure, pour=_pour(par),
        verrous=verrous, ecartees=ecartees,
    )  # fmt: skip
    neuves = lignes_de(proposition, calcul)
    for ligne in neuves:
        ancienne = anciennes.get(ligne.personne_id)
        if ancienne is not None:
            ligne.pk = ancienne.pk
            for champ in ("deplacee_par_id", "deplacee_le", "motif_deplacement", "propose_structure_id",
                          "propose_agent_id"):  # fmt: skip
                setattr(ligne, champ, getattr(ancienne, champ) if ligne.verrou else _vide(champ))
    gardees = {ligne.personne_id for ligne in neuves} | set(ecartees)
    proposition.lignes.exclude(personne__in=gardees).delete()
    LigneAffectation.objects.bulk_update([n for n in neuves if n.pk], _RECALCULES, batch_size=1000)
    LigneAffectation.objects.bulk_create([n for n in neuves if not n.pk], batch_size=2000)
    proposition.au, proposition.bareme, proposition.empreinte = jour(le), bareme.version, bareme.empreinte
    _poser_totaux(proposition, calcul)
    proposition.version = F("version") + 1
    proposition.save()
    proposition.refresh_from_db(fields=["version"])
    return calcul


_RECALCULES = [
    "voie", "depuis", "structure_decidee", "structure", "agent", "cout", "raisons", "suivant", "motif", "verrou",
    "deplacee_par", "deplacee_le", "motif_deplacement", "propose_structure", "propose_agent", "repere",
]  # fmt: skip


def _vide(champ: str) -> str | None:
    return "" if champ == "motif_deplacement" else None


def _poser_totaux(proposition: PropositionAffectation, calcul: Calcul) -> None:
    proposition.cout, proposition.borne = calcul.resultat.cout, calcul.resultat.borne
    proposition.cout_premier_arrive = calcul.usuel.cout
    proposition.bilan, proposition.charges = calcul.totaux, charges_lues(calcul.resultat.couts.probleme)


def _pourquoi_impossible(calcul: Calcul, personne: int, structure: Structure, agent: Agent) -> str:
    couts = calcul.resultat.couts
    d = next(a.demande for a in calcul.attentes if a.demande.id == personne)
    rang = couts.rang_maison.get(structure.pk)
    maison = None if rang is None else couts.maisons[rang]
    place = couts.rang_poste.get((structure.pk, agent.pk))
    poste = None if place is None else couts.postes[place]
    if maison is None or maison.empechement:
        pourquoi = maison.empechement if maison else "ne peut pas être référente ici"
        return f"« {structure.nom} » {pourquoi} : choisissez une autre structure."
    if poste is None:
        return f"{agent} n'accompagne pas de personnes dans « {structure.nom} » : choisissez quelqu'un d'autre."
    if poste.empechement:
        return f"{agent} {poste.empechement} : choisissez quelqu'un d'autre, ou changez son réglage."
    if structure.pk in d.structures_exclues or agent.pk in d.agents_exclus:
        return "Cette personne est connue d'un agent de cette structure : choisissez-en une autre."
    if d.lecteurs is not None and agent.pk not in d.lecteurs:
        return "Ce dossier est sensible : seul un de ses lecteurs désignés peut être nommé."
    return f"« {structure.nom} » ne reçoit pas ce public, ou pas à cet endroit : choisissez une autre structure."
