"""The lists told to the paying bodies: what goes on them, when they may leave, what is answered (E21, E23)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.devoirs.enums import (
    ConstatCaisse,
    EtatTransmission,
    GenreLigne,
    MotifLevee,
    MotifRejetCaisse,
    NatureMesure,
    StatutMesure,
)
from cordee.metier.devoirs.models import LigneCaisse, ListeCaisse, MesureDecidee
from cordee.metier.devoirs.regles.transmission import (
    Attendu,
    Effet,
    Reduction,
    Vu,
    comparer,
    effet,
    mois_de_liste,
    parts_plafonnees,
)
from cordee.metier.devoirs.selectors.transmission import a_transmettre, convention_du_flux
from cordee.metier.devoirs.services import lever_suspension
from cordee.metier.devoirs.services.transmission import (
    TransmissionRefusee,
    accuser_liste,
    envoyer_liste,
    preparer_liste,
    preparer_urgente,
    rattacher_convention,
    rejeter_liste,
)
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEcheance
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Foyer, OrganismePayeur, Personne
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle.horloge import PARIS
from tests import fabriques as f
from tests.metier.devoirs.affaire import affaire
from tests.metier.devoirs.decisions import decision
from tests.metier.equipe import Equipe, echeances

pytestmark = pytest.mark.django_db
S = EtatTransmission
LE = datetime(2026, 2, 17, 9, tzinfo=PARIS)
APRES = datetime(2026, 2, 24, 9, tzinfo=PARIS)  # the cut-off of the 20th is over


@pytest.fixture
def samia() -> Agent:
    return f.systeme()


@pytest.fixture
def caf() -> OrganismePayeur:
    return f.organisme_payeur()


def personne() -> tuple[Personne, Foyer]:
    foyer = f.foyer()
    return f.personne(foyer=foyer), foyer


def liste_envoyee(caf: OrganismePayeur, par: Agent, le: datetime = LE) -> ListeCaisse:
    return envoyer_liste(liste=preparer_liste(organisme=caf, par=par, le=le), par=par, le=le)


def test_a_notified_decision_goes_on_the_list_of_its_month(caf: OrganismePayeur, samia: Agent) -> None:
    qui, foyer = personne()
    mesure = decision(qui)
    decision(personne()[0], debut=date(2026, 2, 1), transmise_le=date(2026, 2, 2))  # told by the former tool
    f.organisme_payeur("MSA940")
    liste = preparer_liste(organisme=caf, par=samia, le=LE)
    assert (liste.mois, liste.arret_le, liste.numero) == (date(2026, 2, 1), date(2026, 2, 20), 0)
    ligne = liste.lignes.get()
    assert (ligne.mesure, ligne.numdemrsa, ligne.matricule) == (mesure, foyer.numdemrsa, foyer.matricule)
    assert (ligne.genre, ligne.part, ligne.effet, ligne.jusquau) == (
        GenreLigne.APPLIQUER, 50, date(2026, 2, 1), date(2026, 4, 1),
    )  # fmt: skip
    assert (ligne.base_legale, ligne.decision) == ("CASF L262-37 I 2° ; CASF R262-68-1", "2026-DD-12")
    assert preparer_liste(organisme=f.organisme_payeur("MSA940"), par=samia, le=LE).lignes.count() == 0


def test_after_the_cut_off_the_month_is_the_next_and_the_end_is_the_one_decided(
    caf: OrganismePayeur, samia: Agent
) -> None:
    decision(personne()[0])
    ancienne = preparer_liste(organisme=caf, par=samia, le=LE)
    with pytest.raises(TransmissionRefusee, match="20/02/2026"):
        envoyer_liste(liste=ancienne, par=samia, le=APRES)
    liste = preparer_liste(organisme=caf, par=samia, le=APRES)
    ligne = liste.lignes.get()
    assert (liste.mois, ligne.effet, ligne.jusquau) == (date(2026, 3, 1), date(2026, 3, 1), date(2026, 4, 1))
    assert not ListeCaisse.objects.filter(pk=ancienne.pk).exists()  # a list that never left is forgotten


def test_not_before_it_is_notified_and_only_once(caf: OrganismePayeur, samia: Agent) -> None:
    mesure = decision(personne()[0])
    assert liste_envoyee(caf, samia).lignes.count() == 1
    mesure.refresh_from_db()
    assert mesure.transmise_le == date(2026, 2, 17)
    assert a_transmettre(organisme=caf, liste=date(2026, 3, 1)) == []
    with pytest.raises(TransmissionRefusee, match="déjà partie"):
        preparer_liste(organisme=caf, par=samia, le=LE)


def test_what_changed_since_the_preparation_is_not_sent(caf: OrganismePayeur, samia: Agent) -> None:
    mesure = decision(personne()[0])
    liste = preparer_liste(organisme=caf, par=samia, le=LE)
    with pytest.raises(TransmissionRefusee, match="vide"):
        envoyer_liste(liste=preparer_liste(organisme=f.organisme_payeur("MSA940"), par=samia, le=LE), par=samia, le=LE)
    MesureDecidee.objects.filter(pk=mesure.pk).update(statut=StatutMesure.LEVEE, levee_le=date(2026, 2, 17))
    with pytest.raises(TransmissionRefusee, match="de nouveau"):
        envoyer_liste(liste=liste, par=samia, le=LE)
    assert preparer_liste(organisme=caf, par=samia, le=LE).lignes.count() == 0  # nothing to undo: it was never told


def test_a_lifting_after_the_cut_off_goes_urgently_with_the_months_to_pay_back(
    caf: OrganismePayeur, samia: Agent
) -> None:
    mesure = decision(personne()[0], taux=100)
    liste_envoyee(caf, samia)
    decision(personne()[0], debut=date(2026, 3, 1), fin=date(2026, 5, 1))  # what withholds waits for the month's list
    MesureDecidee.objects.filter(pk=mesure.pk).update(statut=StatutMesure.LEVEE, levee_le=date(2026, 2, 23))
    with pytest.raises(TransmissionRefusee, match="pourquoi"):
        preparer_urgente(organisme=caf, motif=" ", par=samia, le=APRES)
    urgente = preparer_urgente(organisme=caf, motif="Contrat signé", par=samia, le=APRES)
    ligne = urgente.lignes.get()
    assert (urgente.numero, urgente.urgente, ligne.genre, ligne.part) == (1, True, GenreLigne.LEVER, 0)
    assert (ligne.effet, ligne.jusquau, ligne.rappel_du) == (date(2026, 2, 1), None, date(2026, 2, 1))
    assert preparer_liste(organisme=caf, par=samia, le=APRES).lignes.filter(genre=GenreLigne.LEVER).count() == 0
    envoyer_liste(liste=urgente, par=samia, le=APRES)
    assert [x.genre for x in a_transmettre(organisme=caf, liste=date(2026, 3, 1))] == [GenreLigne.APPLIQUER]
    with pytest.raises(TransmissionRefusee, match="Aucune levée"):
        preparer_urgente(organisme=caf, motif="Encore", par=samia, le=APRES)


def test_a_cancellation_gives_back_from_the_first_month(caf: OrganismePayeur, samia: Agent) -> None:
    mesure = decision(personne()[0], debut=date(2026, 1, 1), decidee_le=date(2026, 1, 2), notifiee_le=date(2026, 1, 9))
    janvier = LE - timedelta(days=30)
    envoyer_liste(liste=preparer_liste(organisme=caf, par=samia, le=janvier), par=samia, le=janvier)
    MesureDecidee.objects.filter(pk=mesure.pk).update(statut=StatutMesure.ANNULEE, annulee_le=date(2026, 2, 16))
    ligne = preparer_liste(organisme=caf, par=samia, le=LE).lignes.get()
    assert (ligne.genre, ligne.effet, ligne.rappel_du) == (GenreLigne.ANNULER, date(2026, 1, 1), date(2026, 1, 1))


def test_the_household_is_never_asked_more_than_its_cap(caf: OrganismePayeur, samia: Agent) -> None:
    """E21: a birth during a total suspension brings it down to half, from that month; a separation raises nothing."""
    qui, foyer = personne()
    mesure = decision(qui, taux=100)
    liste_envoyee(caf, samia)
    bebe = f.personne(foyer=foyer, role=RoleFoyer.ENF, depuis=date(2026, 2, 28), date_naissance=date(2026, 2, 20))
    plafond = a_transmettre(organisme=caf, liste=date(2026, 3, 1))
    assert [(x.genre, x.part, x.effet, x.rappel_du) for x in plafond] == [
        (GenreLigne.PLAFONNER, 50, Effet(date(2026, 2, 1), date(2026, 4, 1)), date(2026, 2, 1))
    ]
    envoyer_liste(liste=preparer_liste(organisme=caf, par=samia, le=APRES), par=samia, le=APRES)
    assert LigneCaisse.objects.get(genre=GenreLigne.PLAFONNER).base_legale == "CASF R262-68-6"
    bebe.appartenances.update(fin=date(2026, 3, 1))
    assert a_transmettre(organisme=caf, liste=date(2026, 4, 1)) == []
    mesure.refresh_from_db()
    assert mesure.taux == 100  # the decision is what it was


def test_a_couple_never_bears_more_than_the_cap(caf: OrganismePayeur, samia: Agent) -> None:
    elle, foyer = personne()
    lui = f.personne(foyer=foyer, role=RoleFoyer.CJT)
    decision(elle, taux=40)
    decision(lui, taux=40, decidee_le=date(2026, 2, 3))
    liste = preparer_liste(organisme=caf, par=samia, le=LE)
    assert list(liste.lignes.order_by("pk").values_list("part", flat=True)) == [40, 10]


def test_the_end_of_the_right_says_the_radiation_proposed(caf: OrganismePayeur, samia: Agent) -> None:
    decision(personne()[0], nature=NatureMesure.FIN_DE_DROIT, taux=None, fin=None, radiation_proposee=True)
    ligne = preparer_liste(organisme=caf, par=samia, le=LE).lignes.get()
    assert (ligne.genre, ligne.radiation, ligne.base_legale) == (GenreLigne.FIN_DE_DROIT, True, "CASF R262-40")


def test_what_the_body_rejects_goes_out_again(caf: OrganismePayeur, samia: Agent) -> None:
    for n in range(3):
        decision(personne()[0], preuve=f"2026-DD-{n}")
    liste = preparer_liste(organisme=caf, par=samia, le=LE)
    with pytest.raises(TransmissionRefusee, match="pas encore"):
        accuser_liste(liste=liste, accusee_le=date(2026, 2, 17), reference="", par=samia, le=LE)
    liste = envoyer_liste(liste=liste, par=samia, le=LE)
    refusee = liste.lignes.order_by("pk")[1]
    with pytest.raises(TransmissionRefusee, match="à venir"):
        accuser_liste(liste=liste, accusee_le=date(2026, 2, 25), reference="", par=samia, le=LE)
    with pytest.raises(TransmissionRefusee, match="pas sur cette liste"):
        accuser_liste(
            liste=liste, accusee_le=date(2026, 2, 17), reference="", rejets={0: MotifRejetCaisse.AUTRE}, par=samia,
            le=LE,
        )  # fmt: skip
    liste = accuser_liste(
        liste=liste, accusee_le=date(2026, 2, 18), reference=" AR 7 ", par=samia, le=APRES,
        rejets={refusee.pk: MotifRejetCaisse.DOSSIER_INCONNU},
    )  # fmt: skip
    assert (liste.etat, liste.reference_accuse) == (S.ACCUSEE, "AR 7")
    assert sorted(liste.lignes.values_list("etat", flat=True)) == ["accusee", "accusee", "rejetee"]
    assert [x.mesure for x in a_transmettre(organisme=caf, liste=date(2026, 3, 1))] == [refusee.mesure]


def test_a_whole_list_may_be_rejected(caf: OrganismePayeur, samia: Agent) -> None:
    mesure = decision(personne()[0])
    liste = liste_envoyee(caf, samia)
    rejeter_liste(liste=liste, motif=MotifRejetCaisse.HORS_DELAI, accusee_le=date(2026, 2, 20), par=samia, le=APRES)
    assert [x.mesure for x in a_transmettre(organisme=caf, liste=date(2026, 3, 1))] == [mesure]
    with pytest.raises(TransmissionRefusee, match="déjà répondu"):
        accuser_liste(liste=liste, accusee_le=date(2026, 2, 20), reference="", par=samia, le=APRES)


def test_the_convention_that_authorises_the_flow(caf: OrganismePayeur, samia: Agent) -> None:
    departement = f.structure()
    passee = f.convention(departement, fin=date(2026, 1, 1))
    rattacher_convention(organisme=caf, convention=passee, par=samia, le=LE)
    assert convention_du_flux(caf, au=LE.date()) is None
    assert convention_du_flux(caf, au=date(2025, 6, 1)) == passee
    valable = f.convention(departement)
    rattacher_convention(organisme=caf, convention=valable, par=samia, le=LE)
    assert preparer_liste(organisme=caf, par=samia, le=LE).convention == valable


def test_the_number_of_queries_does_not_depend_on_the_number_of_decisions(
    caf: OrganismePayeur, samia: Agent, django_assert_max_num_queries: object
) -> None:
    for n in range(5):
        decision(personne()[0], preuve=f"2026-DD-{n}")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert len(a_transmettre(organisme=caf, liste=date(2026, 2, 1))) == 5


JOUR = timedelta(days=1)
JOURS = st.dates(date(2025, 6, 1), date(2027, 12, 31))


@given(notifiee=JOURS, mois=st.integers(1, 4), jour=st.integers(1, 28))
@settings(max_examples=100)
def test_a_measure_told_late_begins_late_and_never_lasts_longer(notifiee: date, mois: int, jour: int) -> None:
    debut = notifiee.replace(day=1)
    fin = ajouter_mois(debut, mois)
    liste = mois_de_liste(notifiee, jour=jour)
    demandee = effet(debut=debut, fin=fin, liste=liste)
    assert liste >= debut
    if demandee is not None:
        assert (demandee.debut >= debut, demandee.fin) == (True, fin)
        assert demandee.mois in range(1, mois + 1)


@given(parts=st.lists(st.integers(30, 100), max_size=4), plafond=st.none() | st.just(50))
@settings(max_examples=50)
def test_parts_of_a_household_stay_under_its_cap(parts: list[int], plafond: int | None) -> None:
    rendues = parts_plafonnees(parts, plafond=plafond)
    assert all(rendue <= part for rendue, part in zip(rendues, parts, strict=True))
    assert plafond is None or sum(rendues) <= plafond


def test_from_the_procedure_to_the_list_and_the_money_given_back(equipe: Equipe, caf: OrganismePayeur) -> None:
    """« Transmettre » opens at the notification, closes with the list; the lifting opens it again, with the months."""
    a = affaire(equipe, depuis=60)
    mesure = a.suspendue()
    assert GenreEcheance.TRANSMETTRE_MESURE in echeances(a.personne)
    liste = envoyer_liste(liste=preparer_liste(organisme=caf, **a.par_sophie), **a.par_sophie)
    assert liste.lignes.get().mesure == mesure
    assert GenreEcheance.TRANSMETTRE_MESURE not in echeances(a.personne)
    a.attendre(50)  # past the cut-off of its month
    mesure.refresh_from_db()
    levee = lever_suspension(mesure=mesure, motif=MotifLevee.CONFORMITE, **a.par_sophie)
    assert GenreEcheance.TRANSMETTRE_MESURE in echeances(a.personne)
    ligne = preparer_urgente(organisme=caf, motif="Conditions remplies", **a.par_sophie).lignes.get()
    assert (ligne.genre, levee.retroactif_mois) == (GenreLigne.LEVER, 1)
    assert ligne.rappel_du == liste.lignes.get().effet
    urgente = envoyer_liste(liste=ligne.liste or liste, **a.par_sophie)
    assert GenreEcheance.TRANSMETTRE_MESURE not in echeances(a.personne)
    rejeter_liste(liste=urgente, motif=MotifRejetCaisse.INCOMPLETE, accusee_le=a.le.date(), **a.par_sophie)
    assert GenreEcheance.TRANSMETTRE_MESURE in echeances(a.personne)  # what came back is somebody's to send again
    assert [x.genre for x in a_transmettre(organisme=caf, liste=urgente.mois)] == [GenreLigne.LEVER]


def test_lifted_before_it_was_told_leaves_nothing_to_tell(equipe: Equipe, caf: OrganismePayeur) -> None:
    a = affaire(equipe, depuis=60)
    lever_suspension(mesure=a.suspendue(), motif=MotifLevee.CONFORMITE, **a.par_sophie)
    assert GenreEcheance.TRANSMETTRE_MESURE not in echeances(a.personne)
    assert preparer_liste(organisme=caf, **a.par_sophie).lignes.count() == 0


@given(debut=JOURS, mois=st.integers(1, 4), part=st.integers(30, 100), droit=st.decimals(50, 1200, places=2))
@settings(max_examples=100)
def test_a_body_that_does_as_it_was_asked_is_never_blamed(debut: date, mois: int, part: int, droit: Decimal) -> None:
    premier = debut.replace(day=1)
    attendu = Attendu(premier, ajouter_mois(premier, mois), part=part)
    fait = Reduction((droit * part / 100).quantize(Decimal("0.01")), premier, ajouter_mois(premier, mois) - JOUR)
    constats = [
        comparer(attendu, Vu(ajouter_mois(premier, n), (fait,), droit=droit), tolerance=Decimal(1)).constat
        for n in range(-1, mois)
    ]
    assert constats == [None, *[ConstatCaisse.APPLIQUEE] * mois]
    apres = Vu(ajouter_mois(premier, mois), (fait,), droit=droit)
    assert comparer(attendu, apres, tolerance=Decimal(1), finie=True).constat is ConstatCaisse.APPLIQUEE
    ouverte = Vu(apres.mois, (Reduction(fait.montant, premier),), droit=droit)
    assert comparer(attendu, ouverte, tolerance=Decimal(1), finie=True).constat is ConstatCaisse.MAINTENUE


@given(ecart=st.decimals(-200, 200, places=2), decalage=st.integers(-2, 2))
@settings(max_examples=100)
def test_another_amount_or_another_month_is_always_seen(ecart: Decimal, decalage: int) -> None:
    droit, premier = Decimal(600), date(2026, 11, 1)
    vu = Vu(
        date(2027, 1, 1), (Reduction(Decimal(300) + ecart, ajouter_mois(premier, decalage), date(2027, 1, 31)),),
        droit=droit,
    )  # fmt: skip
    verdict = comparer(Attendu(premier, date(2027, 2, 1), part=50), vu, tolerance=Decimal(1))
    assert {e.quoi for e in verdict.ecarts} == {
        quoi for quoi, autre in (("montant", abs(ecart) > 1), ("debut", decalage != 0)) if autre
    }
