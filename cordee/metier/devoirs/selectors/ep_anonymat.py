"""What may be told of people without naming them: traits counted over everybody, words a text may not say (V6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from cordee.metier.devoirs.models import PassageEP
from cordee.metier.devoirs.regles.ep_anonymat import Traits, apparence, composition, tranche_d_age
from cordee.metier.organismes.models import Affectation
from cordee.metier.parcours.enums import Voie
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Appartenance, Contact, Personne
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.territoires.models import Commune

# One row per person subject to rights and duties: band of age, group of communes of her sector, household, path.
_LIGNES = """
SELECT DISTINCT ON (s.personne_id) s.personne_id, p.date_naissance,
       coalesce(e.nom, '') AS secteur, coalesce(f.situation_familiale, '') AS sitfam,
       coalesce(f.nb_enfants_autres, 0) > 0 AS enfants, s.voie
FROM parcours_situation s
JOIN personnes_personne p ON p.id = s.personne_id
LEFT JOIN organismes_structure st ON st.id = s.structure_secteur_id
LEFT JOIN territoires_commune c ON c.code_insee = st.commune_id
LEFT JOIN territoires_ept e ON e.code = c.ept_id
LEFT JOIN personnes_appartenance a ON a.personne_id = s.personne_id AND a.fin IS NULL AND a.role IN ('dem', 'cjt')
LEFT JOIN personnes_foyer f ON f.id = a.foyer_id
"""


# Traits shown -------------------------------------------------------------------------------------------------------
def effectifs(au: date) -> dict[Traits, int]:
    """How many people subject to rights and duties share each description, in one query."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT date_part('year', age(%s, l.date_naissance))::int, l.secteur, l.sitfam, l.enfants, l.voie, "
            f"count(*) FROM ({_LIGNES} WHERE s.soumis ORDER BY s.personne_id) l GROUP BY 1, 2, 3, 4, 5",
            [au],
        )
        lignes = curseur.fetchall()
    comptes: defaultdict[Traits, int] = defaultdict(int)
    for ans, secteur, sitfam, enfants, voie, nombre in lignes:
        comptes[_traits((_ne_il_y_a(ans, au), secteur, sitfam, enfants, voie), au)] += nombre
    return dict(comptes)


def traits_montres(passages: Sequence[PassageEP], *, au: date) -> dict[int, dict[str, Any]]:
    """What members may read of the people of these files: bands that enough people share, file by file (V6)."""
    comptes, leurs = effectifs(au), traits_de([p.personne_id for p in passages], au=au)
    montres: dict[int, dict[str, Any]] = {}
    for p in passages:
        if p.personne_id not in leurs:
            montres[p.pk] = {}
            continue
        vue = apparence(leurs[p.personne_id], comptes, k=p.seance.reglement.k_anonymat)
        t = vue.traits
        montres[p.pk] = {
            "age": t.age, "secteur": t.secteur, "foyer": t.foyer, "voie": t.voie, "reduits": vue.reduits,
            "effectif": vue.effectif,
        }  # fmt: skip
    return montres


def traits_de(personnes: Iterable[int], *, au: date) -> dict[int, Traits]:
    """The full description of some people, before anything is hidden."""
    with connection.cursor() as curseur:
        curseur.execute(f"{_LIGNES} WHERE s.personne_id = ANY(%s) ORDER BY s.personne_id", [list(personnes)])
        lignes = curseur.fetchall()
    return {pk: _traits((naissance, *reste), au) for pk, naissance, *reste in lignes}


def _traits(ligne: tuple[date | None, str, str, bool, str], au: date) -> Traits:
    naissance, secteur, sitfam, enfants, voie = ligne
    return Traits(
        age=tranche_d_age(naissance, au), secteur=secteur, foyer=composition(sitfam, int(enfants)),
        voie=Voie(voie).libelle if voie else "",
    )  # fmt: skip


def _ne_il_y_a(ans: int | None, au: date) -> date | None:
    """A birth date of somebody of that age on that day."""
    if ans is None:
        return None
    return au.replace(year=au.year - ans, day=min(au.day, 28))


def noms_interdits(passages: Iterable[PassageEP]) -> dict[int, list[str]]:
    """What an exposé may not say, file by file: names of the household, communes, contacts, référent.

    Employers stand in no list of ours: ``regles.ep_anonymat.fuites`` looks for the words that announce one."""
    lus = list(passages)
    groupes = ids_des_groupes({p.personne_id for p in lus})
    qui = {pk: cle for cle, groupe in groupes.items() for pk in groupe}
    mots: defaultdict[int, set[str]] = defaultdict(set)
    foyers = Appartenance.objects.filter(personne__in=qui, fin__isnull=True).values_list("personne_id", "foyer_id")
    par_foyer: defaultdict[int, set[int]] = defaultdict(set)
    for personne, foyer in foyers:
        par_foyer[foyer].add(qui[personne])
    membres = Appartenance.objects.filter(foyer__in=list(par_foyer)).values_list(
        "foyer_id", "personne__nom", "personne__nom_naissance", "personne__prenom"
    )
    for foyer, *noms in membres:
        for cle in par_foyer[foyer]:
            mots[cle].update(noms)
    for p in Personne.objects.filter(pk__in=qui):
        mots[qui[p.pk]].update((p.nom, p.nom_naissance, p.prenom))
    for personne, valeur in Contact.objects.filter(personne__in=qui).values_list("personne_id", "valeur"):
        mots[qui[personne]].add(valeur)
    situations = Situation.objects.filter(personne__in=groupes).select_related("referent_agent", "referent_structure")
    for s in situations:
        if s.referent_agent:
            mots[s.personne_id].add(s.referent_agent.nom)
        if s.referent_structure:
            mots[s.personne_id].add(s.referent_structure.nom)
    communes = set(Commune.objects.filter(departement__in=_departements()).values_list("nom", flat=True))
    return {p.pk: sorted(mots[p.personne_id] | communes) for p in lus}


def _departements() -> list[str]:
    """The département of the installation: that of the communes its structures stand in."""
    return list(
        Commune.objects.filter(pk__in=Affectation.objects.values("structure__commune"))
        .values_list("departement", flat=True)
        .distinct()
    )
