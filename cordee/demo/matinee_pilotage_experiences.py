"""Experiments of the demonstration: the three communes of 2024, the seven cities of 2020, a comparison of bodies, a
roll-out in random order.

What is published is the source's (« SPIE : 7 villes », « Créteil, Champigny, Villiers »); dates of registration, the
people inscribed in the seven cities and the targets are hypotheses. The simulator gives the seven cities no effect, and
the three communes the effect chosen when the demonstration is built.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction

from cordee.demo.organisation import Organisation
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.models import DroitPersonne, Foyer
from cordee.pilotage.enums_evaluation import Comparateur, Covariable, Critere, Devis, EtatExperience, GenreUnite
from cordee.pilotage.etudes.services import calculer
from cordee.pilotage.evaluation.regles.protocole import PAR_DEFAUT, Protocole, Traite
from cordee.pilotage.evaluation.services import ordres, participants, registre
from cordee.pilotage.models import Experience
from cordee.socle.horloge import PARIS, jour

TROIS_COMMUNES: Final = ("94028", "94017", "94079")
VOISINES: Final = ("94011", "94004", "94058", "94015", "94060", "94019", "94068", "94002", "94046")
SEPT_VILLES: Final = ("94002", "94011", "94004", "94028", "94044", "94074", "94078")
"""Alfortville, Bonneuil, Boissy, Créteil, Limeil, Valenton, Villeneuve-Saint-Georges (released in October 2020)."""
SUIVIES: Final = 0.30
"""Share of their new people who were inscribed: hypothesis, no source gives it."""
PREMIERE_PHOTO: Final = date(2021, 12, 31)
TEMOINS: Final = ("temoin_femme", "temoin_activite", "temoin_mois")
_A_DIX_HEURES: Final = time(10)


@transaction.atomic
def enregistrer_les_experiences(organisation: Organisation, *, le: datetime) -> list[Experience]:
    """Everything the register holds, each act on its day."""
    par = organisation.comptes["pilotage"]
    faites = [_trois_communes(par, le), _sept_villes(par, le), _operateurs(par, le)]
    _ordre_aleatoire(par, le)
    return [e for e in faites if e is not None]


def publier_les_experiences(*, par: Agent, le: datetime) -> list[Experience]:
    """Compute what is over and publish the three communes: the lake is there."""
    publiees = []
    for experience in Experience.objects.filter(etat=EtatExperience.CLOSE):
        etude = calculer(registre.demander_resultats(experience=experience, par=par, le=le), le=le)
        if experience.code == "trois-communes-2024" and etude.resultat and not etude.resultat.get("trop_petit"):
            publiees.append(registre.publier(experience=experience, par=par, le=le))
    return publiees


def _trois_communes(par: Agent, le: datetime) -> Experience:
    """Registered three weeks before it began, amended once before any result."""
    protocole = Protocole(
        devis=Devis.TERRITOIRES.value, critere=Critere.ACTIVITE_6_MOIS.value, entrees_du="2022-01-01",
        debut="2024-03-01", fin="2025-12-31", effet_minimal=2.0, comparateur=Comparateur.RESTE.value,
        traites=tuple(Traite(commune, "2024-03-01") for commune in TROIS_COMMUNES),
        estimateurs=tuple(e.value for e in PAR_DEFAUT[Devis.TERRITOIRES]), temoins=TEMOINS,
        placebo_dates=("2023-01-01",),
        publies=(
            ("En activité six mois après l'accompagnement, trois communes", "20,7 %"),
            ("En activité six mois après, reste du département", "11 %"),
            ("Accès à l'emploi, avant puis pendant l'expérimentation", "13 % → 35 %"),
            ("Orientées vers un parcours professionnel, avant puis pendant", "24 % → 42,6 %"),
        ),
    )  # fmt: skip
    e = registre.ecrire_brouillon(
        code="trois-communes-2024", titre="Trois communes pilotes, 2024-2025",
        hypothese="Entrer dans le dispositif dans une commune où l'accompagnement est rénové rend plus probable d'être "
        "en activité six mois après.",
        protocole=protocole, par=par, le=_a(date(2024, 1, 30)),
    )  # fmt: skip
    registre.enregistrer(experience=e, par=par, le=_a(date(2024, 2, 12)))
    registre.demarrer(experience=e, par=par, le=_a(date(2024, 3, 1)))
    registre.amender(
        experience=e, protocole=replace(protocole, placebo_dates=("2023-01-01", "2023-07-01")),
        motif="Une seconde date fictive est vérifiée, à la demande de l'instance stratégique. Rien n'a été vu.",
        par=par, le=_a(date(2024, 6, 18)),
    )  # fmt: skip
    if le >= _a(date(2026, 1, 8)):
        registre.clore(experience=e, par=par, le=_a(date(2026, 1, 8)))
    return e


def _sept_villes(par: Agent, le: datetime) -> Experience:
    """Registered once it was over: it says so for ever."""
    e = registre.ecrire_brouillon(
        code="spie-sept-villes-2020", titre="Service public de l'insertion : sept villes, 2020-2021",
        hypothese="Être suivie par l'équipe dédiée des sept villes rend plus probable d'être en activité six mois "
        "après.",
        protocole=Protocole(
            devis=Devis.PERSONNES.value, critere=Critere.ACTIVITE_6_MOIS.value, entrees_du="2020-10-01",
            debut="2020-10-01", fin="2021-12-31", effet_minimal=3.0, comparateur=Comparateur.AUTRES.value,
            estimateurs=tuple(x.value for x in PAR_DEFAUT[Devis.PERSONNES]), temoins=TEMOINS,
            covariables=tuple(c.value for c in Covariable if c is not Covariable.DATE_ENTREE),
        ),
        par=par, le=_a(date(2022, 1, 17)),
    )  # fmt: skip
    registre.enregistrer(experience=e, par=par, le=_a(date(2022, 1, 17)))
    registre.demarrer(experience=e, par=par, le=_a(date(2022, 1, 18)))
    participants.inscrire(
        experience=e, personnes=_suivies(), par=par, le=_a(date(2022, 1, 19)),
        origine="liste de l'équipe dédiée, reprise (hypothèse de la démonstration)",
    )  # fmt: skip
    registre.clore(experience=e, par=par, le=_a(date(2022, 9, 5)))
    return e


def _suivies() -> list[tuple[int, date]]:
    """New people of the seven cities, drawn by their number; those registered for work a little more often."""
    foyers = dict(
        Foyer.objects.filter(
            demande_le__range=(date(2020, 4, 1), date(2021, 11, 30)), adresses__rang=1,
            adresses__commune__code_insee__in=SEPT_VILLES, adresses__debut__lte=PREMIERE_PHOTO,
        ).values_list("pk", "demande_le")
    )  # fmt: skip
    droits = DroitPersonne.objects.filter(foyer__in=foyers, debut__lte=PREMIERE_PHOTO, sdd=True)
    lignes = droits.values_list("personne_id", "foyer_id", "detail__Activite__0__ACT").order_by("personne_id")
    suivies: dict[int, date] = {}
    for personne, foyer, activite in lignes:
        sort = int(hashlib.sha256(f"spie:{personne}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        if sort < SUIVIES * (1.6 if activite == "ANP" else 0.7):
            debut = max(foyers[foyer] or PREMIERE_PHOTO, date(2020, 10, 1)) + timedelta(days=int(sort * 400) % 40)
            suivies[personne] = min(debut, PREMIERE_PHOTO)
    return sorted(suivies.items())


def _operateurs(par: Agent, le: datetime) -> Experience:
    """A comparison of bodies, still looked at while it runs."""
    e = registre.ecrire_brouillon(
        code="operateur-emploi-2024", titre="Orientées vers l'opérateur de l'emploi ou ailleurs",
        hypothese="À situation comparable, être orientée vers l'opérateur de l'emploi change les chances d'être en "
        "activité six mois après.",
        protocole=Protocole(
            devis=Devis.ORIENTATION.value, critere=Critere.ACTIVITE_6_MOIS.value, entrees_du="2024-02-01",
            debut="2024-02-01", fin="2026-12-31", effet_minimal=2.0, comparateur=Comparateur.AUTRES.value,
            orientation="operateur_emploi", estimateurs=tuple(x.value for x in PAR_DEFAUT[Devis.ORIENTATION]),
            temoins=TEMOINS, covariables=tuple(c.value for c in Covariable),
        ),
        par=par, le=_a(date(2024, 1, 8)),
    )  # fmt: skip
    registre.enregistrer(experience=e, par=par, le=_a(date(2024, 1, 9)))
    registre.demarrer(experience=e, par=par, le=_a(date(2024, 2, 1)))
    return e


def _ordre_aleatoire(par: Agent, le: datetime) -> None:
    """The letters to those who wait without a contract: which service begins, drawn by lot."""
    services = Structure.objects.filter(type=TypeStructure.EDS, fin=None).order_by("code").values_list("code", "nom")
    unites = dict(services)
    if len(unites) < ordres.MINIMUM:
        return
    ordre = ordres.annoncer_ordre(
        titre="Nouvelle convocation du stock sans contrat", genre=GenreUnite.STRUCTURES, unites=unites,
        debut=jour(le) + timedelta(days=45), vagues=5, ecart_jours=28, par=par, le=le - timedelta(days=6),
    )  # fmt: skip
    ordre = ordres.tirer_ordre(ordre=ordre, par=par, le=le - timedelta(days=4))
    ordres.en_experience(
        ordre=ordre, hypothese="Recevoir la nouvelle lettre augmente la part de contrats signés dans les trente jours.",
        critere=Critere.CONTRAT_30_JOURS.value, effet_minimal=3.0, entrees_du=jour(le) - timedelta(days=365),
        fin=jour(le) + timedelta(days=45 + 28 * 5), par=par, le=le - timedelta(days=4),
    )  # fmt: skip


def _a(le: date) -> datetime:
    return datetime.combine(le, _A_DIX_HEURES, tzinfo=PARIS)
