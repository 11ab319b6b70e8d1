"""Random controls: among whom, who was drawn, what was found (C. trav. L5426-1 IV; E29). One person only, never her
household (R5312-42)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q, QuerySet

from cordee.metier.contrats.enums import Engage, EtatEngagement
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.contrats.selectors import contrat_en_vigueur
from cordee.metier.devoirs.cycle import OUVERTES
from cordee.metier.devoirs.enums import StatutManquement, StatutMesure
from cordee.metier.devoirs.models import ControleAleatoire, TirageControle
from cordee.metier.devoirs.regles.controles import empreinte_univers, verifier
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.cycle import PARENTHESES
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import q_visibles
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier

EXCLUSIONS: Final[dict[str, str]] = {
    "operateur": "Accompagnées par l'opérateur de l'emploi ou une mission locale, qui contrôlent elles-mêmes",
    "procedure": "Un manquement est signalé ou une procédure est ouverte",
    "mesure": "Une mesure est en cours",
    "suspendue": "L'accompagnement est interrompu ou dans une situation particulière",
    "deja_tiree": "Déjà tirées au sort récemment",
    "reserve": "Dossier réservé à des lecteurs désignés",
}
"""Why somebody with a contract is not in the draw: code → words. The first that applies counts."""
_A_EXAMINER: Final = (StatutManquement.SIGNALE, StatutManquement.EXAMINE)
_UNIVERS: Final = """
WITH reunies AS (SELECT id, canonique_id AS qui FROM personnes_personne WHERE canonique_id IS NOT NULL), contrats AS (
    SELECT DISTINCT coalesce(r.qui, c.personne_id) AS qui FROM contrats_contrat c
    LEFT JOIN reunies r ON r.id = c.personne_id
    WHERE c.genre = 'contrat_engagement' AND c.signe_personne_le IS NOT NULL AND c.debut <= %(au)s
      AND (c.fin IS NULL OR c.fin > %(au)s)
), en_procedure AS (
    SELECT personne_id AS id FROM devoirs_procedure WHERE etat = ANY(%(ouvertes)s)
    UNION SELECT personne_id FROM devoirs_manquement WHERE statut = ANY(%(signales)s)
), sous_mesure AS (
    SELECT personne_id AS id FROM devoirs_mesuredecidee WHERE statut = %(decidee)s AND (fin IS NULL OR fin > %(au)s)
), tirees AS (
    SELECT k.personne_id AS id FROM devoirs_controlealeatoire k JOIN devoirs_tiragecontrole t ON t.id = k.tirage_id
    WHERE t.tire_le >= %(depuis)s
)
SELECT c.qui, CASE
    WHEN st.type = ANY(%(externes)s) THEN 'operateur'
    WHEN c.qui IN (SELECT coalesce(r.qui, x.id) FROM en_procedure x LEFT JOIN reunies r USING (id)) THEN 'procedure'
    WHEN c.qui IN (SELECT coalesce(r.qui, x.id) FROM sous_mesure x LEFT JOIN reunies r USING (id)) THEN 'mesure'
    WHEN s.etat = ANY(%(suspendues)s) THEN 'suspendue'
    WHEN c.qui IN (SELECT coalesce(r.qui, x.id) FROM tirees x LEFT JOIN reunies r USING (id)) THEN 'deja_tiree'
    WHEN c.qui IN (SELECT id FROM personnes_personne WHERE dossier_sensible) THEN 'reserve'
    ELSE '' END
FROM contrats c JOIN parcours_situation s ON s.personne_id = c.qui AND s.soumis
LEFT JOIN organismes_structure st ON st.id = s.referent_structure_id
"""


@dataclass(frozen=True, slots=True)
class Univers:
    """Among whom a draw is made, and how many people each reason leaves out."""

    personnes: tuple[int, ...]
    exclusions: dict[str, int]


def univers(*, au: date) -> Univers:
    """People with a contract in force and no open procedure, soumises on that day, less the documented exclusions."""
    depuis = ajouter_mois(au, -entier("controle_aleatoire_intervalle_mois", au=au))
    parametres: dict[str, Any] = {
        "au": au, "depuis": depuis, "decidee": StatutMesure.DECIDEE.value,
        "externes": [TypeStructure.OPERATEUR_EMPLOI.value, TypeStructure.MISSION_LOCALE.value],
        "ouvertes": [etat.value for etat in OUVERTES], "signales": [statut.value for statut in _A_EXAMINER],
        "suspendues": [etat.value for etat in PARENTHESES],
    }  # fmt: skip
    with connection.cursor() as curseur:
        curseur.execute(_UNIVERS, parametres)
        lignes = curseur.fetchall()
    exclusions = dict.fromkeys(EXCLUSIONS, 0)
    for _, raison in lignes:
        if raison:
            exclusions[raison] += 1
    return Univers(tuple(sorted(qui for qui, raison in lignes if not raison)), exclusions)


def tirages() -> QuerySet[TirageControle]:
    """Every draw, latest first, with how many controls are over and how many found nothing. Without the universe."""
    fini = ~Q(controles__resultat="")
    return (
        TirageControle.objects.defer("univers", "graine_chiffree")
        .select_related("annonce_par", "tire_par")
        .annotate(
            tires=Count("controles"), conclus=Count("controles", filter=Q(controles__isnull=False) & fini),
            rien=Count("controles", filter=Q(controles__resultat="rien_a_signaler")),
        )
        .order_by("-annonce_le", "-pk")
    )  # fmt: skip


def controles_de(
    tirage: TirageControle, *, pour: Agent, au: date, droits: Habilitation | None = None
) -> QuerySet[ControleAleatoire]:
    """The people drawn whom this agent may see, in the order of the draw."""
    visibles = q_visibles("personne", pour=pour, au=au, droits=droits)
    return tirage.controles.filter(visibles).select_related("personne", "conclu_par").order_by("rang")


def tirage_verifie(tirage: TirageControle) -> bool | None:
    """Done again from the published seed and the list: the same people, the seed announced. ``None``: not drawn yet."""
    if not tirage.graine:
        return None
    tires = list(tirage.controles.order_by("rang").values_list("personne", flat=True))
    return empreinte_univers(tirage.univers) == tirage.empreinte_univers and verifier(
        tires, personnes=tirage.univers, graine=tirage.graine, empreinte=tirage.empreinte
    )


@dataclass(frozen=True, slots=True)
class AControler:
    """What a control looks at: the promises of both sides in the contract in force, nothing else."""

    contrat: Contrat | None
    siens: list[Engagement]
    notres: list[Engagement]
    nos_retards: int


def a_controler(personne: Personne, *, au: date) -> AControler:
    """Her commitments, and ours as plainly (REQ-41). The caller has checked her perimeter."""
    contrat = contrat_en_vigueur(personne, au=au)
    if contrat is None:
        return AControler(None, [], [], 0)
    tous = list(contrat.engagements.select_related("responsable", "structure").order_by("ordre", "pk"))
    notres = [e for e in tous if e.engage == Engage.ORGANISME]
    retards = sum(e.etat == EtatEngagement.EN_COURS and e.avant_le is not None and e.avant_le < au for e in notres)
    return AControler(contrat, [e for e in tous if e.engage == Engage.PERSONNE], notres, retards)
