"""Validating an allocation: one act for everybody, a constant number of queries; what no longer fits is left out alone.

The rules are those of ``nommer_referent`` (the référent works today in the body the decision designates) and of
``decider`` (another structure is a new decision, to be notified: D5411-8-2, V14), in set-based form.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from cordee.metier.organismes.models import Affectation, Agent, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.orientation.affectation.enums import ResultatLigne, StatutProposition
from cordee.metier.orientation.models import LigneAffectation, PropositionAffectation
from cordee.metier.orientation.selectors.capacites import ACCOMPAGNENT, lire_maisons
from cordee.metier.orientation.selectors.postulantes import ATTENDENT
from cordee.metier.orientation.services.affectation.ecriture import Retenue, ecrire
from cordee.metier.orientation.services.affectation.propositions import AffectationRefusee, ouvrir
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Fait, Situation, verifier
from cordee.metier.parcours.regles.conditions import TransitionInterdite
from cordee.metier.parcours.services import NouvelEvenement, consigner
from cordee.metier.personnes.models import Personne
from cordee.socle.horloge import jour

E = GenreEvenement
DELAI_D_ANNULATION: Final = timedelta(minutes=30)
"""How long a validation may be undone: the time to see one's mistake, before letters leave."""


@dataclass(slots=True)
class Bilan:
    """What a validation did. ``refusees``: line → the sentence that says why she was left out."""

    acte: uuid.UUID
    nommees: int = 0
    decisions: int = 0
    refusees: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def valider(*, proposition: PropositionAffectation, version: int, par: Agent, le: datetime) -> Bilan:
    """Name the référents of every line that has one and still fits. Lines that no longer fit are refused one by one,
    with their reason: those people keep waiting, nothing is lost.

    Raises:
        AffectationRefusee: not a draft, no line to validate. DonneesPerimees: changed by somebody else meanwhile.
    """
    courante = ouvrir(proposition, version=version, par=par, le=le)
    lignes = list(
        courante.lignes.filter(agent__isnull=False)
        .exclude(resultat=ResultatLigne.ECARTEE)
        .select_related("structure", "agent")
        .order_by("personne_id")
    )
    if not lignes:
        raise AffectationRefusee("Aucune personne de cette affectation n'a de référent : il n'y a rien à valider.")
    bilan = Bilan(uuid.uuid4())
    retenues = _retenir(lignes, bilan, par=par, le=le)
    bilan.decisions = ecrire(retenues, acte=bilan.acte, par=par, le=le)
    bilan.nommees = len(retenues)
    _noter(lignes, bilan)
    courante.statut, courante.validee_le, courante.validee_par = StatutProposition.VALIDEE, le, par
    courante.acte = bilan.acte
    courante.bilan = {**courante.bilan, "nommees": bilan.nommees, "refusees": len(bilan.refusees),
                      "decisions": bilan.decisions}  # fmt: skip
    courante.save()
    return bilan


@transaction.atomic
def annuler_validation(*, proposition: PropositionAffectation, par: Agent, le: datetime) -> Bilan:
    """Undo the namings of a validation to whom nothing happened since; the others, and new decisions, stay.

    The trace of both stays (corrections are events). Those people wait again.

    Raises:
        AffectationRefusee: not validated, or more than half an hour ago.
    """
    courante = PropositionAffectation.objects.select_for_update(of=("self",)).get(pk=proposition.pk)
    if courante.statut != StatutProposition.VALIDEE or courante.validee_le is None or courante.acte is None:
        raise AffectationRefusee("Cette affectation n'est pas validée : il n'y a rien à annuler.")
    if le - courante.validee_le > DELAI_D_ANNULATION:
        raise AffectationRefusee("Plus d'une demi-heure a passé : changez les référents un à un.")
    nommees = dict(
        Evenement.objects.filter(acte=courante.acte, genre=E.REFERENT_NOMME).values_list("personne_id", "pk")
    )
    Personne.objects.select_for_update(no_key=True).filter(pk__in=nommees).order_by("pk").count()
    intactes = dict(
        SituationStockee.objects.filter(personne__in=nommees).values_list("personne_id", "dernier_evenement")
    )
    decidees = set(
        Evenement.objects.filter(acte=courante.acte, genre=E.ORIENTATION_DECIDEE).values_list("personne_id", flat=True)
    )
    rendues = sorted(pk for pk, e in nommees.items() if intactes.get(pk) == e and pk not in decidees)
    bilan = Bilan(uuid.uuid4(), nommees=len(rendues))
    consigner(
        evenements=[
            NouvelEvenement(
                genre=E.ANNULATION, personne_id=pk, donnees={"evenement": nommees[pk]}, objet_type="evenement",
                objet_id=nommees[pk],
            )
            for pk in rendues
        ],
        par=par, le=le, acte=bilan.acte,
    )  # fmt: skip
    faites = courante.lignes.filter(resultat=ResultatLigne.NOMMEE)
    faites.filter(personne__in=rendues).update(resultat=ResultatLigne.ANNULEE)
    suivies = faites.exclude(personne__in=rendues).values_list("pk", flat=True)
    bilan.refusees = dict.fromkeys(suivies, "Un acte a suivi la nomination.")
    return bilan


# What still fits ----------------------------------------------------------------------------------------------------
def _retenir(lignes: Sequence[LigneAffectation], bilan: Bilan, *, par: Agent, le: datetime) -> list[Retenue]:
    au = jour(le)
    ids = [ligne.personne_id for ligne in lignes]
    Personne.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").count()
    situations = {s.personne_id: s for s in SituationStockee.objects.filter(personne__in=ids)}
    reunies = set(Personne.objects.filter(pk__in=ids, canonique__isnull=False).values_list("pk", flat=True))
    postes, fermees = _postes_tenus(lignes, au), _fermees(au)
    decide = habilitation(par, au=au).departement(Permission.ORIENTER)
    retenues = []
    for ligne in lignes:
        stockee = situations.get(ligne.personne_id)
        if stockee is None or ligne.personne_id in reunies:
            bilan.refusees[ligne.pk] = "Cette fiche a été réunie à une autre depuis."
            continue
        s = Situation.de_json(stockee.calcul)
        change = s.orientation is None or s.orientation.structure != ligne.structure_id or s.chemin is Etat.A_REAFFECTER
        refus = (
            _perimee(s, stockee, ligne)
            or _pas_en_poste(ligne, postes, fermees)
            or ("Changer de structure demande une décision de l'encadrement de la plateforme." if change and not decide
                else "")
            or _interdite(s, ligne, change, le)
        )  # fmt: skip
        if refus or ligne.structure is None or ligne.agent_id is None:
            bilan.refusees[ligne.pk] = refus
        else:
            retenues.append(Retenue(ligne.personne_id, ligne.voie, ligne.structure, ligne.agent_id, change))
    return retenues


def _perimee(s: Situation, stockee: SituationStockee, ligne: LigneAffectation) -> str:
    """The person changed since the calculation, in a way that counts; a mere contact does not."""
    if stockee.dernier_evenement == ligne.repere:
        return ""
    if s.etat not in ATTENDENT or s.orientation is None:
        if s.referent_agent is not None:
            return "Un référent a été nommé depuis le calcul."
        return f"Elle n'attend plus de référent : {s.etat.libelle.lower()}."
    obstacles = (
        (s.orientation.structure != ligne.structure_decidee_id, "La décision d'orientation a changé depuis le calcul."),
        (s.orientation.voie != ligne.voie, "Le parcours décidé a changé depuis le calcul."),
        (s.chemin is Etat.A_REAFFECTER and s.orientation.structure == ligne.structure_id,
         "La structure a dit depuis qu'elle ne peut pas la recevoir."),
    )  # fmt: skip
    return next((phrase for vrai, phrase in obstacles if vrai), "")


def _postes_tenus(lignes: Iterable[LigneAffectation], au: date) -> set[tuple[int, int]]:
    agents = {ligne.agent_id for ligne in lignes}
    tenus = Affectation.objects.filter(
        en_cours(au), agent__in=agents, role__in=ACCOMPAGNENT, agent__actif=True, agent__systeme=False
    )
    return set(tenus.values_list("structure_id", "agent_id"))


def _fermees(au: date) -> dict[int, str]:
    """V14: bodies that may receive nobody new today."""
    return {m.id: m.empechement for m in lire_maisons(au=au, charges={}) if m.empechement}


def _pas_en_poste(ligne: LigneAffectation, postes: set[tuple[int, int]], fermees: Mapping[int, str]) -> str:
    if ligne.structure_id is not None and ligne.structure_id in fermees:
        return f"« {ligne.structure} » {fermees[ligne.structure_id]}."
    if (ligne.structure_id, ligne.agent_id) not in postes:
        return f"{ligne.agent} ne travaille plus dans « {ligne.structure} »."
    return ""


def _interdite(s: Situation, ligne: LigneAffectation, change: bool, le: datetime) -> str:
    """What the life cycle says, before anything is written: nobody else's line waits for it."""
    orientation: dict[str, Any] = {"voie": ligne.voie, "categorie": "", "structure": ligne.structure_id}
    nommer = {"structure": ligne.structure_id, "agent": ligne.agent_id}
    try:
        if change:
            verifier(s, Fait(0, E.ORIENTATION_DECIDEE, le, orientation))
        else:
            verifier(s, Fait(0, E.REFERENT_NOMME, le, nommer))
    except TransitionInterdite as refus:
        return str(refus)
    return ""


def _noter(lignes: Sequence[LigneAffectation], bilan: Bilan) -> None:
    for ligne in lignes:
        ligne.refus = bilan.refusees.get(ligne.pk, "")[:300]
        ligne.resultat = ResultatLigne.REFUSEE if ligne.refus else ResultatLigne.NOMMEE
    LigneAffectation.objects.bulk_update(lignes, ["resultat", "refus"], batch_size=1000)
