"""Many people change référent at once: a leaver, a long leave, a structure that closes (R56, R57, R59, V14)."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.services import LettreAEcrire, emettre_lot
from cordee.metier.organismes.models import Agent, Convention, Structure, en_cours
from cordee.metier.organismes.selectors import agents_de
from cordee.metier.orientation.services.demandes import accorder_demandes
from cordee.metier.orientation.services.lettres import donnees_nomination
from cordee.metier.orientation.services.relais import RECOIVENT
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Situation
from cordee.metier.parcours.services import NouvelEvenement, consigner
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne, Rattachement
from cordee.reglementation.organismes_referents import GenreOrganismeReferent, convention_exigee
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

E = GenreEvenement


class TransfertRefuse(ErreurMetier):
    """The people cannot be moved this way; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Transfert:
    """What was done: people moved by agent, letters written, and letters that cannot leave by person."""

    personnes: int
    par_agent: Mapping[int, int]
    lettres: int
    sans_lettre: Mapping[int, str]


@transaction.atomic
def transferer(
    *, structure: Structure, repartition: Mapping[int, int], lettre: bool = True, par: Agent, le: datetime
) -> Transfert:
    """Give people of a structure to référents of it, all at once: events, accesses, then a letter with the new name.

    Set-based: a constant number of queries for any number of people. The former référent reads fifteen days more (V7).

    Args:
        repartition: person → agent.
        lettre: write to each person who accompanies her now; who cannot be written to is told in the answer.

    Raises:
        TransfertRefuse: somebody is not of this structure any more, or an agent does not accompany people there.
        TransitionInterdite: no decision of orientation yet.
    """
    au = jour(le)
    agents = {a.pk: a for a in agents_de(structure, au=au, roles=RECOIVENT)}
    if inconnus := set(repartition.values()) - set(agents):
        raise TransfertRefuse(f"{len(inconnus)} agent(s) n'accompagnent personne dans « {structure.nom} » aujourd'hui.")
    list(Personne.objects.select_for_update(no_key=True).filter(pk__in=repartition).order_by("pk").values_list("pk"))
    siennes = dict(
        Situation.objects.filter(personne__in=repartition, referent_structure=structure, soumis=True)
        .exclude(etat=Etat.DECEDEE)
        .values_list("personne_id", "referent_agent_id")
    )
    if len(siennes) < len(repartition):
        raise TransfertRefuse("Des personnes ont quitté la structure entre-temps : rechargez la page.")
    a_bouger = {pk: agent for pk, agent in sorted(repartition.items()) if siennes[pk] != agent}
    consigner(
        evenements=[
            NouvelEvenement(
                genre=E.REFERENT_NOMME, personne_id=pk, objet_type="agent", objet_id=agent,
                donnees={"structure": structure.pk, "agent": agent},
            )
            for pk, agent in a_bouger.items()
        ],
        par=par, le=le, acte=uuid.uuid4(),
    )  # fmt: skip
    accorder_acces_en_masse(list(a_bouger), le=le)
    accorder_demandes(list(a_bouger), par=par, le=le)
    lettres, sans = _ecrire(structure, a_bouger, agents, par=par, le=le) if lettre and a_bouger else (0, {})
    return Transfert(len(a_bouger), Counter(a_bouger.values()), lettres, sans)


@transaction.atomic
def terminer_accueil(*, structure: Structure, par: Agent, le: datetime) -> int:
    """Nobody stays in a house whose convention has expired or that closes (V14, R59): each gets « trouver une autre
    structure », owned by the manager. Returns the number of people.
    """
    ids = sorted(
        Situation.objects.filter(
            Q(referent_structure=structure) | Q(calcul__coreferent_structure=structure.pk),
            personne__canonique__isnull=True,
        )
        .exclude(etat=Etat.DECEDEE)
        .values_list("personne_id", flat=True)
    )
    consigner(
        evenements=[
            NouvelEvenement(genre=E.ACCUEIL_TERMINE, personne_id=pk, donnees={"structure": structure.pk}) for pk in ids
        ],
        par=par, le=le, controler=False,
    )  # fmt: skip
    accorder_acces_en_masse(ids, le=le)
    accorder_demandes(ids, par=par, le=le)
    return len(ids)


@transaction.atomic
def appliquer_fins(*, par: Agent, le: datetime) -> dict[str, int]:
    """Once a day: structures closed by now, and délégataires whose convention has expired, give their people back.

    A body that never had a convention is left alone: its people were taken over as they were. Any number of times.
    """
    au = jour(le)
    suivies = Situation.objects.filter(referent_structure=OuterRef("pk"), personne__canonique__isnull=True).exclude(
        etat=Etat.DECEDEE
    )
    siennes = Convention.objects.filter(structure=OuterRef("pk"))
    expiree = Q(Exists(siennes.filter(debut__lte=au)), ~Exists(siennes.filter(en_cours(au))))
    finies = Structure.objects.filter(Exists(suivies)).filter(
        Q(fin__lte=au) | Q(expiree, categorie__in=_delegataires())
    )
    return {s.code: terminer_accueil(structure=s, par=par, le=le) for s in finies.order_by("pk")}


def structures_finissantes(*, au: date, avant: date) -> list[tuple[Structure, date, str]]:
    """(structure, day, why) of those that close, or whose last convention ends, in a period: to transfer before."""
    lignes: list[tuple[Structure, date, str]] = [
        (s, s.fin, "fermeture") for s in Structure.objects.filter(fin__gt=au, fin__lte=avant) if s.fin
    ]
    conventions = Convention.objects.filter(en_cours(au), structure__categorie__in=_delegataires())
    conventions = conventions.select_related("structure")
    fins: dict[int, tuple[Structure, date | None]] = {}
    for c in conventions:
        _, connue = fins.get(c.structure_id, (c.structure, c.fin))
        fins[c.structure_id] = (c.structure, None if connue is None or c.fin is None else max(connue, c.fin))
    suites = set(Convention.objects.filter(debut__gt=au, debut__lte=avant).values_list("structure_id", flat=True))
    lignes += [(s, f, "convention") for pk, (s, f) in fins.items() if f and f <= avant and pk not in suites]
    return sorted(lignes, key=lambda ligne: (ligne[1], ligne[0].nom))


def accorder_acces_en_masse(ids: Sequence[int], *, le: datetime) -> None:
    """The référent's access rows of many people made those of the path, in four queries (V7: the former ones keep
    reading some days)."""
    au, finalite = jour(le), FinaliteRattachement.REFERENT
    voulus = {
        pk: (structure, agent)
        for pk, structure, agent in Situation.objects.filter(personne__in=ids).values_list(
            "personne_id", "referent_structure_id", "referent_agent_id"
        )
    }
    en_vigueur = Rattachement.objects.select_for_update().filter(en_cours(au), personne__in=ids, finalite=finalite)
    a_finir, a_retirer, justes = [], [], set()
    for ligne in en_vigueur:
        if (ligne.structure_id, ligne.agent_id) == voulus.get(ligne.personne_id):
            justes.add(ligne.personne_id)
        elif ligne.debut >= au:
            a_retirer.append(ligne.pk)
        else:
            ligne.fin = au
            a_finir.append(ligne)
    Rattachement.objects.filter(pk__in=a_retirer).delete()
    Rattachement.objects.bulk_update(a_finir, ["fin"], batch_size=1000)
    Rattachement.objects.bulk_create(
        [
            Rattachement(personne_id=pk, structure_id=structure, agent_id=agent, finalite=finalite, debut=au)
            for pk, (structure, agent) in voulus.items()
            if structure is not None and pk not in justes
        ],
        batch_size=1000,
    )


def _delegataires() -> list[str]:
    return [str(c) for c in GenreOrganismeReferent if convention_exigee(c)]


def _ecrire(
    structure: Structure, repartition: Mapping[int, int], agents: Mapping[int, Agent], *, par: Agent, le: datetime
) -> tuple[int, dict[int, str]]:
    structure = Structure.objects.select_related("commune").get(pk=structure.pk)
    au = jour(le)
    nommes = set(repartition.values())
    contenus = {pk: donnees_nomination(agent=agents[pk], structure=structure, depuis=au) for pk in nommes}
    muets = {pk for pk, contenu in contenus.items() if not contenu["referent"]["telephone"]}
    a_ecrire = [(pk, agent) for pk, agent in repartition.items() if agent not in muets]
    emission = emettre_lot(
        lettres=[
            LettreAEcrire(
                personne_id=pk, canal=Canal.COURRIER, donnees=contenus[agent], objet_type="agent", objet_id=agent
            )
            for pk, agent in a_ecrire
        ],
        genre=GenreCourrier.NOMINATION_REFERENT, par=par, le=le,
    )  # fmt: skip
    sans = {pk: f"{agents[agent]} n'a pas de téléphone connu." for pk, agent in repartition.items() if agent in muets}
    sans |= {a_ecrire[rang][0]: phrase for rang, phrase in emission.refus.items()}
    return len(a_ecrire) - len(emission.refus), sans
