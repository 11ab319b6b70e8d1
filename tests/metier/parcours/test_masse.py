"""Events recorded for thousands of people: the same rows as one by one, with a constant number of statements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.parcours import reactions
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Echeance, Etape, Evenement, Situation
from cordee.metier.parcours.services import NouvelEvenement, consigner, reconstruire
from cordee.metier.parcours.services.consignation import DossierReuni
from cordee.metier.parcours.services.masse import consigner_en_masse
from cordee.metier.personnes.models import Personne
from tests import fabriques as f

pytestmark = pytest.mark.django_db
E = GenreEvenement
LIEU = {"structure": None, "localisation": "secteur", "domiciliee": False}
# What files and time say, in any order.
FAITS = st.lists(
    st.sampled_from([
        (E.ENTREE_SDD, {**LIEU, "recu_le": "2026-02-02"}),
        (E.ENTREE_SDD, {**LIEU, "recu_le": "2026-02-02", "mutation": True}),
        (E.RETOUR_SDD, {**LIEU, "recu_le": "2026-02-10"}),
        (E.FIN_SDD, {}),
        (E.DROIT_SUSPENDU, {"motif": "06", "etat": "4"}),
        (E.DROIT_RETABLI, {}),
        (E.DROIT_CLOS, {"motif_sortie": "pieces_manquantes"}),
        (E.NON_TRANSMISE, {}),
        (E.RETRANSMISE, {}),
        (E.ADRESSE_CHANGEE, {**LIEU, "localisation": "hors_departement"}),
        (E.SDD_INCONNU, {**LIEU, "recu_le": "2026-02-02"}),
        (E.DELAI_ORIENTATION_DEPASSE, {}),
    ]),
    min_size=1,
    max_size=4,
)  # fmt: skip


def nouveaux(personne: Personne, faits: list[tuple[GenreEvenement, dict[str, object]]]) -> list[NouvelEvenement]:
    return [NouvelEvenement(genre=genre, personne_id=personne.pk, donnees=donnees) for genre, donnees in faits]


def lignes(personne: Personne) -> list[tuple[object, ...]]:
    """Everything derived of a person, whatever the numbers of the rows and of the events."""
    rang = {
        pk: n
        for n, pk in enumerate(Evenement.objects.filter(personne=personne).order_by("pk").values_list("pk", flat=True))
    }
    taches = [
        (t.genre, t.unite, t.structure_id, t.agent_id, t.ouverte_le, t.echeance, t.terme, t.regle, t.nature,
         rang[t.evenement_id], t.fermee_le, rang.get(t.fermee_par_id or 0))
        for modele in (Etape, Echeance)
        for t in modele.objects.filter(personne=personne)
    ]  # fmt: skip
    s = Situation.objects.get(personne=personne)
    etape = s.etape.genre if s.etape else None
    return [(s.etat, s.depuis, s.soumis, s.recu_le, etape, rang[s.dernier_evenement]), *sorted(taches, key=str)]


@given(st.lists(st.tuples(FAITS, FAITS), min_size=1, max_size=4))
@settings(max_examples=15)
def test_the_same_as_one_by_one(vies: list[tuple[list[object], list[object]]]) -> None:
    """The first events find people without a path, the second ones people who stand somewhere."""
    par = f.systeme()
    masse, un_a_un = [[f.personne() for _ in vies] for _ in range(2)]
    for moment in (0, 1):
        le = f.MAINTENANT + timedelta(days=moment)
        consigner_en_masse(
            evenements=[e for p, vie in zip(masse, vies, strict=True) for e in nouveaux(p, vie[moment])],  # type: ignore[arg-type]
            par=par,
            le=le,
        )
        for personne, vie in zip(un_a_un, vies, strict=True):
            consigner(evenements=nouveaux(personne, vie[moment]), par=par, le=le, controler=False)  # type: ignore[arg-type]
    assert [lignes(p) for p in masse] == [lignes(p) for p in un_a_un]
    assert not reconstruire(verifier=True, personnes=[p.pk for p in masse])


def test_as_many_statements_for_one_as_for_a_hundred() -> None:
    def requetes(nombre: int) -> int:
        evenements = [e for _ in range(nombre) for e in nouveaux(f.personne(), [(E.ENTREE_SDD, dict(LIEU))])]
        with CaptureQueriesContext(connection) as capture:
            assert consigner_en_masse(evenements=evenements, par=par, le=f.MAINTENANT) == nombre
        return len(capture)

    par = f.systeme()
    requetes(1)
    assert requetes(1) == requetes(100)


def test_a_merged_row_is_refused() -> None:
    absorbee = f.personne()
    Personne.objects.filter(pk=absorbee.pk).update(canonique=f.personne())
    with pytest.raises(DossierReuni):
        consigner_en_masse(evenements=nouveaux(absorbee, [(E.FIN_SDD, {})]), par=f.systeme(), le=f.MAINTENANT)
    assert not Evenement.objects.exists()


def test_upper_rooms_are_told_but_of_brand_new_entrants(monkeypatch: pytest.MonkeyPatch) -> None:
    vus: list[str] = []
    monkeypatch.setattr(
        reactions, "reagir", lambda evenements, *, par, le: vus.extend(str(e.genre) for e in evenements)
    )
    connue, nouvelle = f.personne(), f.personne()
    f.entree_sdd(connue)
    vus.clear()
    evenements = [*nouveaux(connue, [(E.DROIT_CLOS, {})]), *nouveaux(nouvelle, [(E.ENTREE_SDD, dict(LIEU))])]
    consigner_en_masse(evenements=evenements, par=f.systeme(), le=f.MAINTENANT)
    assert vus == ["droit_clos"]
