"""What ``faits`` tells is what the import of the same photos records, file by file, person by person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from cordee.demo.fichiers import ecrire_mensuel, recu_le
from cordee.demo.histoire.faits import faits
from cordee.demo.histoire.modele import PREMIERE_PHOTO, AdulteHistoire, Trajectoire, Tranche
from cordee.demo.histoire.trajectoires import contexte, dynastie, photo, plan
from cordee.demo.modele import Individu, Menage, Population
from cordee.echanges.caf.services import charger, recevoir
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Personne
from cordee.socle.horloge import PARIS
from cordee.territoires.services import charger_departement
from tests import fabriques as f

E = GenreEvenement
JUSQU_AU = date(2022, 10, 31)
Qui = tuple[str, str, date]
# The payer's files alone move these lives: who leaves for another payer and comes back needs an agent in between.
RACONTES = {
    E.ENTREE_SDD, E.RETRANSMISE, E.ADRESSE_CHANGEE, E.SDD_INCONNU, E.DROIT_CLOS, E.FIN_SDD, E.DROIT_SUSPENDU,
    E.DROIT_RETABLI, E.MUTATION_SORTANTE, E.DECES_PRESUME, E.NON_TRANSMISE, E.DECISION_ATTENDUE, E.ECART_LEVE,
    E.MAJORATION_EN_DOUTE,
}  # fmt: skip


def secteurs(structure: int | None) -> Any:
    def secteur(menage: Menage, _: date) -> Mapping[str, Any]:
        commune = menage.adresse.commune
        ici = commune is not None and commune.insee == "94028"
        return {"structure": structure if ici else None, "domiciliee": menage.domicilie}

    return secteur


def choisir(dynasties: Sequence[Sequence[Trajectoire]], par_genre: int) -> list[Sequence[Trajectoire]]:
    """Some dynasties of each kind of event, the CAF's only."""
    vus: Counter[GenreEvenement] = Counter()
    choisies = []
    for vies in dynasties:
        if vies[0].tranches[0].menage.organisme != "CAF":
            continue
        adultes = faits(vies, personne_id=lambda o: o, secteur=secteurs(1), jusqu_au=JUSQU_AU)
        genres = [[x.genre for x in adulte.faits] for adulte in adultes]
        if any(E.MUTATION_SORTANTE in suite[:-1] for suite in genres):
            continue
        nouveaux = {g for suite in genres for g in suite if vus[g] < par_genre}
        if nouveaux:
            vus.update(nouveaux)
            choisies.append(vies)
    assert set(vus) == RACONTES - {E.MAJORATION_EN_DOUTE}
    return [*choisies, un_enfant_s_en_va(dynasties)]


def un_enfant_s_en_va(dynasties: Sequence[Sequence[Trajectoire]]) -> Sequence[Trajectoire]:
    """A lone parent of a child under three whose eldest leaves the household: rare enough to be made by hand."""
    premier, second = PREMIERE_PHOTO, date(2022, 2, 28)
    menage = next(
        m
        for m in (vies[0].tranches[0].menage for vies in dynasties[::-1] if vies[0].tranches[0].reference == premier)
        if m.parent_isole and m.adultes[0].soumis and m.etat == "2" and len(m.enfants) > 1 and not m.grossesse
        and m.enfants[-1].age(second) < 3 and m.organisme == "CAF"
    )  # fmt: skip
    apres = replace(menage, enfants=menage.enfants[1:])
    return [Trajectoire(tranches=(Tranche(reference=premier, menage=menage), Tranche(reference=second, menage=apres)))]


def importer(population: Population, dossier: Path) -> None:
    recu = recu_le(population.au)
    chemin = dossier / f"{population.au}.xml"
    ecrire_mensuel(population, f"{recu:%Y-%m}", chemin)
    le = datetime.combine(recu, time(12), tzinfo=PARIS)
    fichier = recevoir(chemin=chemin, nom=chemin.name, recu_le=recu, par=f.systeme(), le=le, deposer=False)
    charger(fichier=fichier, par=f.systeme(), le=le, chemin=chemin, confirmer=True)


def qui(personne: Personne | Individu) -> Qui:
    naissance = personne.naissance if isinstance(personne, Individu) else personne.date_naissance
    assert naissance is not None
    return personne.nom_naissance, personne.prenom, naissance


def enregistres() -> dict[Qui, list[Any]]:
    lus: dict[Qui, list[Any]] = defaultdict(list)
    for e in Evenement.objects.select_related("personne").order_by("id"):
        donnees = {c: v for c, v in e.donnees.items() if c not in {"recu_le", "localisation"}}
        lus[qui(e.personne)].append((e.survenu_le, E(e.genre), donnees))
    return dict(lus)


def dits(adultes: Sequence[AdulteHistoire]) -> dict[Qui, list[Any]]:
    """What the history tells, the entries of the stock put at the first file: no file came before."""
    premier = datetime.combine(recu_le(PREMIERE_PHOTO), time(12), tzinfo=PARIS)
    return {
        qui(adulte.individu): [
            (max(x.recu_le, premier), x.genre, {c: v for c, v in x.donnees.items() if c != "recu_le"})
            for x in adulte.faits
            if not x.sous_reserve
        ]
        for adulte in adultes
        if any(not x.sous_reserve for x in adulte.faits)
    }


@pytest.mark.django_db
def test_the_same_as_importing_every_file(tmp_path: Path) -> None:
    charger_departement(code="94")
    structure = f.structure()
    f.regle_secteur(structure, f.commune())
    le_plan = plan(personnes=1800, graine=5, jusqu_au=JUSQU_AU)
    monde = contexte(le_plan)
    choisies = choisir([dynastie(n, graine=5, contexte=monde) for n in le_plan.numeros], par_genre=4)
    for au in le_plan.photos:
        importer(photo(le_plan, [t for vies in choisies for t in vies], au=au, contexte=monde), tmp_path)
    ids = {qui(p): p.pk for p in Personne.objects.all()}
    ordres = {
        i.ordre: ids.get(qui(i), 0)
        for vies in choisies
        for t in vies
        for tranche in t.tranches
        for i in (*tranche.menage.adultes, *tranche.menage.enfants)
    }
    adultes = [
        adulte
        for vies in choisies
        for adulte in faits(
            vies, personne_id=ordres.__getitem__, secteur=secteurs(structure.pk), jusqu_au=le_plan.jusqu_au
        )
    ]
    attendus, vus = enregistres(), dits(adultes)
    assert {genre for suite in attendus.values() for _, genre, _ in suite} == RACONTES
    assert set(vus) == set(attendus)
    for personne, evenements in attendus.items():
        assert vus[personne] == evenements
