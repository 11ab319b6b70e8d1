"""Random controls: sealed before, verifiable after, among those only who may be drawn (C. trav. L5426-1 IV; E29)."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.contrats.enums import Engage, GenreContrat
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.devoirs.enums import ResultatControle
from cordee.metier.devoirs.models import ControleAleatoire, Manquement, TirageControle
from cordee.metier.devoirs.regles.controles import tirer
from cordee.metier.devoirs.selectors.controles import a_controler, tirage_verifie, univers
from cordee.metier.devoirs.services.controles import ControleRefuse, annoncer_tirage, conclure_controle, tirer_au_sort
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.metier.devoirs.decisions import decision

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
DEMAIN = LE + timedelta(days=1)


@pytest.fixture
def samia() -> Agent:
    return f.systeme()


@pytest.fixture
def eds() -> Structure:
    return f.structure()


def sous_contrat(eds: Structure, **champs: Any) -> Personne:
    """Accompanied, with a signed contract."""
    qui = f.soumise(eds, **champs)
    f.accompagnee(qui, eds, f.agent())
    contrat_de(qui, eds)
    return qui


def contrat_de(qui: Personne, eds: Structure) -> Contrat:
    return Contrat.objects.create(
        personne=qui, genre=GenreContrat.CONTRAT_ENGAGEMENT, structure=eds, cree_le=LE, cree_par=f.systeme(),
        signe_personne_le=date(2026, 1, 5), signe_referent_le=date(2026, 1, 5), debut=date(2026, 1, 5),
    )  # fmt: skip


def annoncer(par: Agent, nombre: int = 2, le: datetime = LE) -> TirageControle:
    return annoncer_tirage(libelle=" 1er trimestre ", nombre=nombre, par=par, le=le)


def test_the_seed_is_sealed_then_published_and_the_draw_can_be_done_again(samia: Agent, eds: Structure) -> None:
    gens = [sous_contrat(eds) for _ in range(5)]
    tirage = annoncer(samia)
    assert (tirage.libelle, tirage.graine, tirage.univers) == ("1er trimestre", "", [])
    assert tirage_verifie(tirage) is None
    with pytest.raises(ControleRefuse, match="autre jour"):
        tirer_au_sort(tirage=tirage, par=samia, le=LE)
    tires = tirer_au_sort(tirage=tirage, par=samia, le=DEMAIN)
    tirage.refresh_from_db()
    assert hashlib.sha256(tirage.graine.encode()).hexdigest() == tirage.empreinte
    assert tirage.graine.encode() not in bytes(tirage.graine_chiffree)
    assert tirage.univers == sorted(qui.pk for qui in gens)
    assert [c.personne_id for c in tires] == tirer(tirage.univers, graine=tirage.graine, nombre=2)
    assert tirage_verifie(tirage) is True
    with pytest.raises(ControleRefuse, match="déjà eu lieu"):
        tirer_au_sort(tirage=tirage, par=samia, le=DEMAIN)
    autre = next(qui for qui in gens if qui.pk not in {c.personne_id for c in tires})
    ControleAleatoire.objects.filter(pk=tires[0].pk).update(personne=autre)
    assert tirage_verifie(tirage) is False


def test_who_is_left_out_and_why(samia: Agent, eds: Structure) -> None:
    retenue = sous_contrat(eds)
    f.soumise(eds)  # no contract
    signalee = sous_contrat(eds)
    Manquement.objects.create(
        personne=signalee, type="non_respect_contrat", faits_du=date(2026, 2, 1), signale_par=samia, signale_le=LE
    )
    decision(sous_contrat(eds))
    f.evenement(
        sous_contrat(eds), GenreEvenement.SITUATION_PARTICULIERE, etat=Etat.EN_ACTION.value, revue_le="2026-06-01"
    )
    agence = f.structure(TypeStructure.OPERATEUR_EMPLOI, "operateur_emploi")
    sous_contrat(agence)
    sous_contrat(eds, dossier_sensible=True)
    trouvees = univers(au=LE.date())
    assert trouvees.personnes == (retenue.pk,)
    assert trouvees.exclusions == {
        "operateur": 1, "procedure": 1, "mesure": 1, "suspendue": 1, "deja_tiree": 0, "reserve": 1,
    }  # fmt: skip
    tirer_au_sort(tirage=annoncer(samia), par=samia, le=DEMAIN)
    apres = univers(au=DEMAIN.date())
    assert (apres.personnes, apres.exclusions["deja_tiree"]) == ((), 1)
    with pytest.raises(ControleRefuse, match="Personne n'entre"):
        tirer_au_sort(tirage=annoncer(samia), par=samia, le=DEMAIN)


@pytest.mark.parametrize(("libelle", "nombre"), [(" ", 5), ("T1", 0), ("T1", 501)])
def test_an_announcement_needs_a_name_and_a_bearable_number(samia: Agent, libelle: str, nombre: int) -> None:
    with pytest.raises(ControleRefuse):
        annoncer_tirage(libelle=libelle, nombre=nombre, par=samia, le=LE)


def test_a_control_ends_and_opens_nothing(samia: Agent, eds: Structure) -> None:
    qui = sous_contrat(eds)
    contrat = Contrat.objects.get(personne=qui)
    Engagement.objects.create(contrat=contrat, engage=Engage.PERSONNE, texte="Venir")
    Engagement.objects.create(
        contrat=contrat, engage=Engage.ORGANISME, texte="Trouver une place en crèche", avant_le=date(2026, 2, 1)
    )
    vu = a_controler(qui, au=LE.date())
    assert ([e.texte for e in vu.siens], len(vu.notres), vu.nos_retards) == (["Venir"], 1, 1)
    (controle,) = tirer_au_sort(tirage=annoncer(samia), par=samia, le=DEMAIN)
    fait = conclure_controle(controle=controle, resultat=ResultatControle.RIEN_A_SIGNALER, par=samia, le=DEMAIN)
    assert (fait.resultat, fait.conclu_par) == ("rien_a_signaler", samia)
    assert not Manquement.objects.exists()
    with pytest.raises(ControleRefuse, match="déjà conclu"):
        conclure_controle(controle=controle, resultat=ResultatControle.ECHANGE_A_AVOIR, par=samia, le=DEMAIN)


@given(
    gens=st.sets(st.integers(1, 10**6), min_size=1, max_size=60), graine=st.text(min_size=1), nombre=st.integers(1, 60)
)
@settings(max_examples=50)
def test_a_draw_depends_on_the_set_and_the_seed_only(gens: set[int], graine: str, nombre: int) -> None:
    tires = tirer(gens, graine=graine, nombre=nombre)
    assert tires == tirer(sorted(gens, reverse=True), graine=graine, nombre=nombre)
    assert len(tires) == len(set(tires)) == min(nombre, len(gens))
    assert set(tires) <= gens


def test_everybody_has_the_same_chance() -> None:
    """Over four thousand seeds, nobody is drawn more often than chance allows (six standard deviations)."""
    comptes = Counter(qui for n in range(4000) for qui in tirer(range(10), graine=str(n), nombre=2))
    assert all(abs(comptes[qui] - 800) < 6 * (4000 * 0.2 * 0.8) ** 0.5 for qui in range(10))
