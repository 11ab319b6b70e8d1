"""The list of people: its rows, its order, its export."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet, Window
from django.db.models.expressions import OrderBy

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.enums import Etat, GenreEtape, Voie
from cordee.metier.parcours.models import Echeance, Situation
from cordee.metier.personnes.models import CleRecherche, Personne
from cordee.metier.personnes.selectors import personnes_visibles, q_visibles
from cordee.socle import horloge
from cordee.web.composants.tableaux import Colonne, Tri, champs_de_tri
from cordee.web.parcours import apparences
from cordee.web.personnes.filtres import Lignes, filtrer, prefixes
from cordee.web.socle.identites import age, communes_de, nom_complet

PAR_PAGE = 50
TRI_PAR_DEFAUT = "risque"
_NUMERO = re.compile(r"[1-9][0-9]{0,5}")
EN_UNE_FOIS = frozenset({"moi", "urgence", "etape", "echeance", "commune", "rdv", "age"})
"""Filters that look elsewhere than in the situation: working them out costs more than ordering what they keep."""
COLONNES = [
    Colonne("nom", "Personne", champs=("cle_nom", "cle_prenom")),
    Colonne("commune", "Commune", triable=False),
    Colonne("situation", "Situation", champs=("situation__etat", "situation__depuis")),
    Colonne("risque", "À faire", champs=("situation__echeance", "dernier_contact")),
    Colonne("referent", "Référent", champs=("situation__referent_agent__nom", "situation__referent_structure__nom")),
    Colonne("contact", "Dernier contact", champs=("dernier_contact",)),
]
ENTETES_EXPORT = ("Nom", "Prénom", "Date de naissance", "Commune", "Situation", "Étape", "À faire avant le",
                  "Structure référente", "Référent", "Parcours", "Contrat signé le", "Dernier contact")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ligne:
    """One person as the table shows her."""

    personne: Personne
    nom: str
    age: int | None
    commune: str
    etat: Etat | None
    etape: GenreEtape | None
    echeance: date | None
    icone: str
    autres_echeances: int
    referent: str
    structure: str
    dernier_contact: date | None


def choisir(f: dict[str, Any], *, pour: Agent, droits: Habilitation, maintenant: datetime) -> QuerySet[Personne]:
    """The people of the agent's perimeter that these filters keep."""
    visibles = personnes_visibles(pour=pour, au=horloge.jour(maintenant), droits=droits)
    return filtrer(visibles, f, pour=pour, droits=droits, maintenant=maintenant)


def page_de(
    f: dict[str, Any], tri: Tri, numero: str | None, *, pour: Agent, droits: Habilitation, maintenant: datetime
) -> Page[Any]:
    """One page of the same people, in order, as their ids.

    Read from the situations, where all that is asked stands, but when people without any are asked for too.
    """
    dans_le_perimetre = q_visibles("personne", pour=pour, au=horloge.jour(maintenant), droits=droits)
    situations = Situation.objects.filter(dans_le_perimetre)
    if f.get("statut") != "toutes":
        choisies = filtrer(situations, f, pour=pour, droits=droits, maintenant=maintenant)
        if EN_UNE_FOIS & f.keys() and (page := _couper_en_une_fois(ordonner(choisies, tri), numero)):
            return page
        return _couper(choisies, ordonner(choisies, tri), numero)
    toutes = choisir(f, pour=pour, droits=droits, maintenant=maintenant)
    if tri != Tri(TRI_PAR_DEFAUT):
        return _couper(toutes, ordonner(toutes, tri), numero)
    # Those who are soumises come first: as long as a page holds nobody else, the others are only counted.
    devant = filtrer(situations, f | {"statut": ""}, pour=pour, droits=droits, maintenant=maintenant)
    page = _couper(toutes, ordonner(devant, tri), numero)
    if page.end_index() > devant.count():
        soumises_devant = F("situation__soumis").desc(nulls_last=True)
        page = _couper(toutes, toutes.order_by(soumises_devant, *ordonner(toutes, tri).query.order_by), numero)
    return page


def _couper_en_une_fois(triees: QuerySet[Any], numero: str | None) -> Page[Any] | None:
    """The page and how many there are in all, from one reading; ``None`` when it is no page, or past the end."""
    if not _NUMERO.fullmatch(numero or "1"):
        return None
    rang = int(numero or "1")
    debut = (rang - 1) * PAR_PAGE
    comptees = triees.annotate(en_tout=Window(Count("*"))).values_list("pk", "en_tout")
    lues = list(comptees[debut : debut + PAR_PAGE])
    if not lues and rang > 1:
        return None
    pages: Paginator[Any] = Paginator((), PAR_PAGE)
    pages.count = lues[0][1] if lues else 0
    return Page([pk for pk, _ in lues], rang, pages)


def _couper(choisies: QuerySet[Any], triees: QuerySet[Any], numero: str | None) -> Page[Any]:
    """The page of ``triees``, as many as ``choisies``: no order is worked out to count. Read when gone through."""
    pages = Paginator(triees.values_list("pk", flat=True), PAR_PAGE)
    pages.count = choisies.count()
    return pages.get_page(numero)


def ordonner(lignes: QuerySet[Lignes], tri: Tri) -> QuerySet[Lignes]:
    """By default, who risks most to be forgotten: the étape most overdue, then the oldest contact (R11)."""
    s, p = prefixes(lignes)
    expressions = {"cle_nom": CleRecherche(f"{p}nom"), "cle_prenom": CleRecherche(f"{p}prenom")}
    ordre: list[str | OrderBy] = []
    for champ in champs_de_tri(tri, COLONNES):
        nom, decroit = champ.removeprefix("-").replace("situation__", s), champ.startswith("-")
        if nom == "dernier_contact":  # never met: the oldest contact of all
            ordre.append(OrderBy(F(f"{s}dernier_contact_le"), decroit, nulls_first=not decroit or None,
                                 nulls_last=decroit or None))  # fmt: skip
        elif nom in expressions:
            ordre.append(OrderBy(expressions[nom], decroit))
        else:
            ordre.append(OrderBy(F(nom), decroit))
    return lignes.order_by(*ordre)


def lignes(ids: list[int], au: date) -> list[Ligne]:
    """Rows ready to draw, in the order of their ids: a constant number of queries.

    The page is chosen on ids alone: sorting whole files to show fifty would cost ten times more.
    """
    personnes = avec_situation(Personne.objects.all()).in_bulk(ids)
    communes = communes_de(ids)
    ouvertes = Echeance.objects.filter(personne__in=ids, fermee_le__isnull=True)
    echeances = dict(ouvertes.values_list("personne").annotate(n=Count("pk")))
    return [_ligne(personnes[pk], au, communes.get(pk, ""), echeances.get(pk, 0)) for pk in ids if pk in personnes]


def avec_situation(personnes: QuerySet[Personne]) -> QuerySet[Personne]:
    """What a row needs, in the same query."""
    return personnes.select_related(
        "situation", "situation__etape", "situation__referent_agent", "situation__referent_structure"
    ).defer("situation__calcul")


def lignes_export(personnes: QuerySet[Personne]) -> Iterable[tuple[Any, ...]]:
    """What the list shows, and nothing else, for a file."""
    ids = list(personnes.values_list("pk", flat=True))
    trouvees = avec_situation(Personne.objects.all()).in_bulk(ids)
    communes = communes_de(ids)
    for p in (trouvees[pk] for pk in ids):
        s = getattr(p, "situation", None)
        yield (
            p.nom, p.prenom, p.date_naissance, communes.get(p.pk, ""), Etat(s.etat).libelle if s else "",
            GenreEtape(s.etape.genre).libelle if s and s.etape else "", s.etape.echeance if s and s.etape else None,
            s.referent_structure.nom if s and s.referent_structure else "",
            str(s.referent_agent) if s and s.referent_agent else "", Voie(s.voie).libelle if s and s.voie else "",
            s.contrat_le if s else None, s.dernier_contact_le if s else None,
        )  # fmt: skip


def _ligne(p: Personne, au: date, commune: str, echeances: int) -> Ligne:
    s = getattr(p, "situation", None)
    etape = s.etape if s else None
    genre = GenreEtape(etape.genre) if etape else None
    return Ligne(
        personne=p,
        nom=nom_complet(p),
        age=age(p.date_naissance, au),
        commune=commune,
        etat=Etat(s.etat) if s else None,
        etape=genre,
        echeance=etape.echeance if etape else None,
        icone=apparences.icone_tache(genre) if genre else "",
        autres_echeances=echeances,
        referent=str(s.referent_agent) if s and s.referent_agent else "",
        structure=s.referent_structure.nom if s and s.referent_structure else "",
        dernier_contact=s.dernier_contact_le if s else None,
    )
