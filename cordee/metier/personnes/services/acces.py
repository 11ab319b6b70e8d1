"""Who may open a file, and who did."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent, Structure, en_cours
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Lecture, Personne, Rattachement
from cordee.socle.erreurs import ErreurMetier

# One structure at a time for these purposes: a new row ends the former one.
_UNIQUES = frozenset({
    FinaliteRattachement.REFERENT, FinaliteRattachement.COREFERENT, FinaliteRattachement.SECTEUR,
})  # fmt: skip
CONSERVATION_LECTURES = timedelta(days=365)


class AccesRefuse(ErreurMetier):
    """An access that cannot be given."""


@transaction.atomic
def rattacher(
    *, personne: Personne, structure: Structure, agent: Agent | None, finalite: FinaliteRattachement, depuis: date,
    par: Agent, le: datetime,
) -> Rattachement:  # fmt: skip
    """Give a structure (or an agent of it) access to a file for a purpose, from a day on.

    The same access twice is one row. Référent, co-référent and sector are held by one structure at a time: the former
    one ends that day and keeps reading ``acces_apres_remise_jours`` (V7).

    Raises:
        AccesRefuse: the agent does not work in that structure on that day.
    """
    if agent is not None and not agent.affectations.filter(en_cours(depuis), structure=structure).exists():
        raise AccesRefuse(f"{agent} ne travaille pas dans « {structure} » à cette date.")
    Personne.objects.select_for_update(no_key=True).get(pk=personne.pk)
    ouverts = Rattachement.objects.filter(
        Q(fin__isnull=True) | Q(fin__gt=depuis), personne=personne, finalite=finalite
    ).order_by("debut")
    for ligne in ouverts:
        meme = (ligne.structure_id, ligne.agent_id) == (structure.pk, agent.pk if agent else None)
        if meme and ligne.debut <= depuis and ligne.fin is None:
            return ligne
        if meme or finalite in _UNIQUES:
            mettre_fin_rattachement(rattachement=ligne, fin=depuis, par=par, le=le)
    return Rattachement.objects.create(
        personne=personne, structure=structure, agent=agent, finalite=finalite, debut=depuis
    )


@transaction.atomic
def mettre_fin_rattachement(*, rattachement: Rattachement, fin: date, par: Agent, le: datetime) -> None:
    """End an access on a day (excluded). An access that had not begun by then is withdrawn."""
    if rattachement.debut >= fin:
        rattachement.delete()
    elif rattachement.fin is None or rattachement.fin > fin:
        rattachement.fin = fin
        rattachement.save(update_fields=["fin"])


def journaliser_lecture(
    *, personne_id: int, par: Agent, finalite: Finalite, page: str, le: datetime, pour_id: int | None = None
) -> None:
    """Log the read of a file with its purpose (C. trav. R5312-38-1 II, CASF R262-107).

    ``pour_id``: the absent colleague the reader covers for (R20).
    """
    Lecture.objects.create(
        personne_id=personne_id, agent_id=par.pk, finalite=finalite, page=page[:80], lue_le=le, pour_id=pour_id
    )


def purger_lectures(*, le: datetime) -> int:
    """Erase the log of reads older than a year (CASF R262-107). Returns the number of lines erased."""
    return Lecture.objects.filter(lue_le__lt=le - CONSERVATION_LECTURES).delete()[0]
