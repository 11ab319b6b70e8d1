"""What a validation writes: new decisions, one event per person under one act, accesses. Nothing is checked here."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Greatest

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.enums import MotifOrientation
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.services.demandes import accorder_demandes
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import NouvelEvenement, consigner
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Rattachement
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.horloge import jour

E = GenreEvenement
F_ = FinaliteRattachement


@dataclass(frozen=True, slots=True)
class Retenue:
    """A line that fits. ``change``: her structure changes, so a new decision is written, to be notified."""

    personne: int
    voie: str
    structure: Structure
    agent: int
    change: bool


def ecrire(retenues: Sequence[Retenue], *, acte: uuid.UUID, par: Agent, le: datetime) -> int:
    """Name the référents of these people, whatever their number in the same queries. Returns the new decisions."""
    orientations = _nouvelles_decisions([r for r in retenues if r.change], par=par, le=le)
    evenements = [e for r in retenues for e in _evenements(r, orientations.get(r.personne))]
    consigner(evenements=evenements, par=par, le=le, acte=acte)
    _acces(retenues, au=jour(le))
    accorder_demandes([r.personne for r in retenues], par=par, le=le)
    return len(orientations)


def _nouvelles_decisions(retenues: Collection[Retenue], *, par: Agent, le: datetime) -> dict[int, Orientation]:
    """Person → her new decision: the path stays, the structure changes because the other one has no place for her."""
    if not retenues:
        return {}
    au = jour(le)
    par_groupe = ids_des_groupes([r.personne for r in retenues])
    membres = [pk for groupe in par_groupe.values() for pk in groupe]
    anciennes = Orientation.objects.filter(personne__in=membres, fin__isnull=True)
    diagnostics: dict[int, int | None] = dict(anciennes.values_list("personne_id", "diagnostic_id"))
    anciennes.update(fin=Greatest(F("debut"), au))
    neuves = Orientation.objects.bulk_create(
        [
            Orientation(
                personne_id=r.personne, voie=r.voie, structure=r.structure, categorie=r.structure.categorie,
                motifs=[str(MotifOrientation.CAPACITE)], diagnostic_id=diagnostics.get(r.personne), decidee_le=le,
                decidee_par=par, debut=au,
            )
            for r in retenues
        ]
    )  # fmt: skip
    return {o.personne_id: o for o in neuves}


def _evenements(r: Retenue, orientation: Orientation | None) -> Iterable[NouvelEvenement]:
    if orientation is not None:
        departement = orientation.categorie == GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL
        yield NouvelEvenement(
            genre=E.ORIENTATION_DECIDEE, personne_id=r.personne, objet_type="orientation", objet_id=orientation.pk,
            donnees={
                "orientation": orientation.pk, "voie": str(orientation.voie), "categorie": str(orientation.categorie),
                "structure": orientation.structure_id, "acceptation": not departement,
            },
        )  # fmt: skip
    yield NouvelEvenement(
        genre=E.REFERENT_NOMME, personne_id=r.personne, objet_type="agent", objet_id=r.agent,
        donnees={"structure": r.structure.pk, "agent": r.agent},
    )  # fmt: skip


def _acces(retenues: Sequence[Retenue], *, au: date) -> None:
    """The access rows of the référents, as ``accorder_acces`` makes them for one person (V7)."""
    voulus = {r.personne: (r.structure.pk, r.agent) for r in retenues}
    changees = {r.personne: r.structure.pk for r in retenues if r.change}
    ouvertes = Rattachement.objects.filter(Q(fin__isnull=True) | Q(fin__gt=au), personne__in=list(voulus))
    justes: set[int] = set()
    a_finir: list[int] = []
    a_retirer: list[int] = []
    for ligne in ouvertes.filter(Q(finalite=F_.REFERENT) | Q(finalite=F_.COREFERENT, personne__in=list(changees))):
        voulu = voulus[ligne.personne_id] if ligne.finalite == F_.REFERENT else None
        if (ligne.structure_id, ligne.agent_id) == voulu and ligne.debut <= au and ligne.fin is None:
            justes.add(ligne.personne_id)
        else:
            (a_retirer if ligne.debut >= au else a_finir).append(ligne.pk)
    Rattachement.objects.filter(pk__in=a_retirer).delete()
    Rattachement.objects.filter(pk__in=a_finir).update(fin=au)
    Rattachement.objects.bulk_create(
        [
            Rattachement(personne_id=pk, structure_id=structure, agent_id=agent, finalite=F_.REFERENT, debut=au)
            for pk, (structure, agent) in voulus.items()
            if pk not in justes
        ],
        batch_size=2000,
    )
    _finir_orientation(changees, au)


def _finir_orientation(changees: Mapping[int, int], au: date) -> None:
    """Structures that only convened or received have no more reason to read once the decision is taken (V7)."""
    par_structure: defaultdict[int, list[int]] = defaultdict(list)
    for pk, structure in changees.items():
        par_structure[structure].append(pk)
    demain = au + timedelta(days=1)
    for structure, personnes in par_structure.items():
        Rattachement.objects.filter(
            Q(fin__isnull=True) | Q(fin__gt=demain), personne__in=personnes,
            finalite__in=(F_.ORIENTATION, F_.ACCUEIL), debut__lt=demain,
        ).exclude(structure_id=structure).update(fin=demain)  # fmt: skip
