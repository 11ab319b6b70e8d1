"""What référents and teams can take, and what a person needs to be received. Settings, not acts of the path."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent, Structure, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.orientation.affectation.enums import Specialite
from cordee.metier.orientation.models import BesoinAccueil, ReglageReferent, ReglageStructure
from cordee.metier.personnes.models import Personne
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour


class ReglageRefuse(ErreurMetier):
    """The setting cannot be saved; the sentence says why."""


JOURS_OUVRES = 5


@transaction.atomic
def regler_referent(
    *, agent: Agent, structure: Structure, capacite: int | None, quotite: int = 100,
    specialites: Sequence[Specialite] = (), langues: Sequence[str] = (), repos: Sequence[int] = (),
    suspendu: bool = False, par: Agent, le: datetime,
) -> ReglageReferent:  # fmt: skip
    """Say how many people an agent may follow in a structure, her working time and days off, trades, languages.

    Args:
        repos: weekdays on which she never works, Monday is 0: dates proposed to her avoid them (R19).

    Raises:
        ReglageRefuse: not her team, the agent does not work there, no day left. ContrainteViolee: an impossible number.
    """
    if len(set(repos)) >= JOURS_OUVRES or not all(0 <= jour_ < JOURS_OUVRES for jour_ in repos):
        raise ReglageRefuse("Laissez au moins un jour travaillé, du lundi au vendredi.")
    droits = habilitation(par, au=jour(le))
    if not droits.departement(Permission.NOMMER_REFERENT) and structure.pk not in droits.structures_encadrees:
        raise ReglageRefuse("Vous réglez les référents de votre structure seulement.")
    if not agent.affectations.filter(en_cours(jour(le)), structure=structure).exists():
        raise ReglageRefuse(f"{agent} ne travaille pas dans « {structure.nom} ».")
    reglage = ReglageReferent.objects.select_for_update().filter(agent=agent, structure=structure).first()
    reglage = reglage or ReglageReferent(agent=agent, structure=structure)
    reglage.capacite, reglage.quotite, reglage.suspendu = capacite, quotite, suspendu
    reglage.specialites = [str(Specialite(s)) for s in specialites]
    reglage.langues = sorted({langue.strip().lower() for langue in langues if langue.strip()})
    reglage.repos = sorted(set(repos))
    enregistrer(reglage)
    return reglage


@transaction.atomic
def regler_structure(
    *, structure: Structure, specialite: Specialite | None, departementale: bool, par: Agent, le: datetime
) -> ReglageStructure:
    """Say the trade of a team, and whether it serves the whole département.

    Raises:
        ReglageRefuse: only the département's managers do.
    """
    if not habilitation(par, au=jour(le)).departement(Permission.NOMMER_REFERENT):
        raise ReglageRefuse("Seul l'encadrement de la plateforme règle les équipes.")
    reglage, _ = ReglageStructure.objects.update_or_create(
        structure=structure,
        defaults={"specialite": str(specialite) if specialite else "", "departementale": departementale},
    )
    return reglage


@transaction.atomic
def noter_besoin(*, personne: Personne, lieu_accessible: bool, par: Agent, le: datetime) -> BesoinAccueil:
    """A person asks to be received in a place she can enter. Never why (health stays out of the allocation)."""
    besoin, _ = BesoinAccueil.objects.update_or_create(
        personne=personne, defaults={"lieu_accessible": lieu_accessible, "note_le": le, "note_par": par}
    )
    return besoin
