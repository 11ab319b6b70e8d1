"""Hand-overs, covers and requests of people: what a team finds on its board in the morning."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from cordee.demo.matinee_atelier import Atelier
from cordee.metier.organismes.models import AbsenceAgent, Agent, Structure
from cordee.metier.organismes.selectors import agents_de
from cordee.metier.organismes.services import couvrir
from cordee.metier.orientation import services as orientation
from cordee.metier.orientation.enums import Demandeur, MotifChangement, MotifRelais, MotifReorientation
from cordee.metier.orientation.selectors.equipe import ACCOMPAGNENT
from cordee.metier.orientation.services.demandes import demander_changement
from cordee.metier.orientation.services.relais import accuser_relais, proposer_relais
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.socle.horloge import jour

_NOTES: Final = (
    "Elle a déménagé ce mois-ci. Elle préfère être appelée l'après-midi.",
    "Rendez-vous possibles le mardi et le jeudi matin. Le contrat est à actualiser au printemps.",
    "Il s'est installé chez sa sœur. Il demande à garder le même rythme de rendez-vous.",
)
_PAROLES: Final = (
    "J'ai trouvé une garde pour ma fille : je veux chercher du travail maintenant.",
    "Je n'arrive plus à suivre, je voudrais d'abord régler mon logement.",
)


def passer_des_relais(atelier: Atelier) -> None:
    """The named référente gives two people over, receives two, covers for a colleague; two people ask for a change."""
    ici = atelier.organisation.comptes["referente"]
    chez_elle = _structure_de(ici)
    if chez_elle is None:  # a département without anybody
        return
    ailleurs = next(
        s for code, s in sorted(atelier.organisation.structures.items())
        if s.type == chez_elle.type and s.pk != chez_elle.pk and s.categorie == chez_elle.categorie
    )  # fmt: skip
    _donner(atelier, ici, ailleurs)
    _recevoir(atelier, ici, chez_elle, ailleurs)
    _demander(atelier, ici)
    _remplacer(atelier, ici, chez_elle)


def _structure_de(agent: Agent) -> Structure | None:
    situation = Situation.objects.filter(referent_agent=agent).select_related("referent_structure").first()
    return situation.referent_structure if situation else None


def _suivies(combien: int, ordre: str, **filtres: object) -> list[Situation]:
    """People under contract, an appointment awaits them or not."""
    lignes = Situation.objects.filter(etat=Etat.ACCOMPAGNEE, soumis=True, personne__canonique__isnull=True, **filtres)
    return list(lignes.select_related("personne", "referent_agent").order_by(ordre, "personne_id")[:combien])


def _donner(a: Atelier, ici: Agent, vers: Structure) -> None:
    siennes = _suivies(2, "-depuis", referent_agent=ici)
    for rang, situation in enumerate(siennes):
        a.tenter(
            "relais proposés", proposer_relais, personne=situation.personne, vers=vers, motif=MotifRelais.DEMENAGEMENT,
            note=_NOTES[rang], par=ici, le=a.il_y_a(3 + rang),
        )  # fmt: skip


def _recevoir(a: Atelier, ici: Agent, chez_elle: Structure, de: Structure) -> None:
    """One by her name, acknowledged; one for her head to answer."""
    autres = _suivies(2, "-depuis", referent_structure=de, referent_agent__isnull=False)
    for rang, situation in enumerate(autres):
        relais = a.tenter(
            "relais proposés", proposer_relais, personne=situation.personne, vers=chez_elle,
            agent=ici if rang == 0 else None, motif=MotifRelais.DEMENAGEMENT, note=_NOTES[2 - rang],
            par=situation.referent_agent, le=a.il_y_a(2),
        )  # fmt: skip
        if relais is not None and rang == 0:
            a.tenter("relais bien reçus", accuser_relais, relais=relais, par=ici, le=a.il_y_a(1))


def _demander(a: Atelier, ici: Agent) -> None:
    siennes = _suivies(3, "depuis", referent_agent=ici)
    for situation, parole in zip(siennes[:2], _PAROLES, strict=False):
        a.tenter(
            "réorientations demandées", orientation.demander_reorientation, personne=situation.personne,
            demandeur=Demandeur.PERSONNE, motif=MotifReorientation.SOUHAIT, parole=parole, par=ici, le=a.ce_matin(),
        )  # fmt: skip
    for situation in siennes[2:3]:
        a.tenter(
            "changements de référent demandés", demander_changement, personne=situation.personne,
            motif=MotifChangement.LIEU, par=ici, le=a.ce_matin(),
        )  # fmt: skip


def _remplacer(a: Atelier, ici: Agent, chez_elle: Structure) -> None:
    """She covers for the first colleague of her team who is away, or will be."""
    collegues = agents_de(chez_elle, au=a.au, roles=frozenset(ACCOMPAGNENT)).exclude(pk=ici.pk)
    absence = AbsenceAgent.objects.filter(agent__in=collegues, fin__gt=a.le).order_by("debut", "pk").first()
    absent, debut, fin = collegues.first(), a.au, a.au + timedelta(days=5)
    if absence is not None and absence.fin is not None:
        absent, debut = absence.agent, jour(absence.debut)
        fin = max(jour(absence.fin), debut + timedelta(days=1))
    chef = a.organisation.comptes["responsable"]
    if absent is not None and fin > a.au:
        a.tenter(
            "remplacements confiés", couvrir, absent=absent, remplacant=ici, debut=debut, fin=fin, par=chef,
            le=a.ce_matin(),
        )  # fmt: skip
