"""What is expected, what is late, what came: kinds never met are never late (R29, R35)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from cordee.echanges.fichiers import attentes, calendrier
from cordee.echanges.fichiers.attentes import AttenteImpossible, Reglage
from cordee.echanges.fichiers.calendrier import Cle, prochains, retards
from cordee.echanges.fichiers.grille import EtatCellule, grille
from cordee.echanges.fichiers.models import FichierAttendu, FichierRecu, Periodicite, StatutFichier, TypeFichier
from cordee.echanges.fichiers.selectors import droits_au, fichier_precedent, pour_organisme
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import OrganismePayeur
from cordee.socle.horloge import PARIS
from tests import fabriques as f

pytestmark = pytest.mark.django_db
T, C = TypeFichier, EtatCellule
LE = datetime(2026, 11, 9, 9, tzinfo=PARIS)
_suite = count(1)


@pytest.fixture
def caf() -> OrganismePayeur:
    return f.organisme_payeur("CAF941")


@pytest.fixture
def msa() -> OrganismePayeur:
    return OrganismePayeur.objects.create(code="MSA941", nom="MSA")


@pytest.fixture
def bureau() -> Agent:
    return f.agent()


def recu(
    organisme: OrganismePayeur, reference: date, *, le: date, genre: TypeFichier = T.BENEFICIAIRES_MENSUEL,
    statut: StatutFichier = StatutFichier.CHARGE,
) -> FichierRecu:  # fmt: skip
    """A file received on a day."""
    n = next(_suite)
    return FichierRecu.objects.create(
        empreinte=f"{n:064d}", nom=f"{n}.xml", type=genre, organisme=organisme, reference_le=reference, recu_le=le,
        cree_le=datetime(le.year, le.month, le.day, 1, tzinfo=PARIS), statut=statut, taille=1,
        depose_le=LE - timedelta(days=400) + timedelta(minutes=n), depose_par=f.systeme(),
    )  # fmt: skip


def mensuels(organisme: OrganismePayeur, *mois: int, annee: int = 2026, jour: int = 5) -> list[FichierRecu]:
    """The monthlies of these months of arrival, received on a day of each."""
    return [
        recu(organisme, date(annee, m, 1) - timedelta(days=1), le=date(annee, m, jour)) for m in mois
    ]  # fmt: skip


def ligne(au: date, cle: Cle) -> dict[date, tuple[EtatCellule, str]]:
    """State and word of each month of one expectation."""
    (trouvee,) = [x for x in grille(au) if x.attente.cle == cle]
    return {c.mois: (c.etat, c.texte) for c in trouvee.cellules}


def test_nothing_met_nothing_late() -> None:
    assert prochains(date(2026, 11, 9)) == []
    assert grille(date(2026, 11, 9)) == []
    assert droits_au([]) == []


def test_a_monthly_is_announced_from_the_first_day_of_delay(caf: OrganismePayeur) -> None:
    mensuels(caf, 9, 10)
    assert retards(date(2026, 11, 6)) == []  # a Friday: due that day
    (tard,) = retards(date(2026, 11, 9))
    assert tard.jours == 3
    assert tard.phrase == "Fichier mensuel d'octobre (CAF941) attendu le 06/11, non reçu : 3 jours de retard."
    assert not tard.escalade(date(2026, 11, 9))
    (plus_tard,) = retards(date(2026, 11, 11))
    assert plus_tard.escalade(date(2026, 11, 11))
    recu(caf, date(2026, 10, 31), le=date(2026, 11, 9), statut=StatutFichier.RECU)
    assert retards(date(2026, 11, 11)) == []


def test_a_refused_file_is_no_reception(caf: OrganismePayeur) -> None:
    mensuels(caf, 10)
    recu(caf, date(2026, 10, 31), le=date(2026, 11, 5), statut=StatutFichier.REFUSE)
    assert [p.jours for p in retards(date(2026, 11, 9))] == [3]


def test_a_file_looked_at_and_never_loaded_opens_no_expectation(caf: OrganismePayeur) -> None:
    recu(caf, date(2026, 9, 30), le=date(2026, 10, 5), statut=StatutFichier.RECU)
    assert prochains(date(2026, 12, 31)) == []


def test_several_months_late_are_one_announcement(caf: OrganismePayeur) -> None:
    mensuels(caf, 8)
    (tard,) = retards(date(2026, 11, 9))
    assert (tard.pour, tard.attendu_le, tard.autres) == (date(2026, 8, 1), date(2026, 9, 7), 2)


def test_each_body_has_its_own_clock_and_its_own_date(caf: OrganismePayeur, msa: OrganismePayeur) -> None:
    mensuels(caf, 9, 10, 11)
    mensuels(msa, 9, 10)
    au = date(2026, 11, 9)
    connus = droits_au(retards(au))
    assert [d.mention for d in connus] == [
        "CAF941 : droits au 31/10/2026",
        "MSA : droits au 30/09/2026 (fichier suivant en retard)",
    ]
    assert pour_organisme(connus, msa.pk) == connus[1]
    assert pour_organisme(connus, None) is None


def test_dailies_are_counted_in_working_days(caf: OrganismePayeur) -> None:
    recu(caf, date(2026, 11, 6), le=date(2026, 11, 6), genre=T.BENEFICIAIRES_QUOTIDIEN)
    assert retards(date(2026, 11, 10)) == []  # Monday's is due on Tuesday
    (tard,) = retards(date(2026, 11, 13))  # the 11th is a public holiday
    assert (tard.pour, tard.attendu_le, tard.jours) == (date(2026, 11, 9), date(2026, 11, 10), 2)
    assert "2 jours ouvrés de retard" in tard.phrase


def test_an_exceptional_file_is_never_expected(caf: OrganismePayeur) -> None:
    recu(caf, date(2026, 1, 31), le=date(2026, 2, 3), genre=T.BENEFICIAIRES_EXCEPTIONNEL)
    assert prochains(date(2026, 12, 31)) == []


def test_the_months_in_words(caf: OrganismePayeur) -> None:
    mensuels(caf, 5, 7)
    mensuels(caf, 8, jour=12)
    mensuels(caf, 9)
    recu(caf, date(2026, 8, 31), le=date(2026, 9, 20))
    recu(caf, date(2026, 9, 30), le=date(2026, 10, 6), statut=StatutFichier.RECU)
    mois = ligne(date(2026, 11, 9), Cle(T.BENEFICIAIRES_MENSUEL, caf.pk, None))
    assert [mois[date(2026, m, 1)] for m in range(4, 12)] == [
        (C.SANS_OBJET, "—"),
        (C.RECU, "Reçu le 05/05"),
        (C.MANQUANT, "Manquant"),
        (C.RECU, "Reçu le 05/07"),
        (C.RECU_TARD, "Reçu le 12/08 (6 j de retard)"),
        (C.CORRIGE, "Corrigé le 20/09"),
        (C.A_CHARGER, "Reçu, à charger"),
        (C.EN_RETARD, "En retard de 3 j"),
    ]


def test_the_dailies_of_a_month_are_counted(caf: OrganismePayeur) -> None:
    for quantieme in (2, 3, 5):
        jour = date(2026, 11, quantieme)
        recu(caf, jour, le=jour, genre=T.BENEFICIAIRES_QUOTIDIEN)
    mois = ligne(date(2026, 11, 6), Cle(T.BENEFICIAIRES_QUOTIDIEN, caf.pk, None))
    assert mois[date(2026, 11, 1)] == (C.PARTIEL, "3 reçus sur 4")


def test_the_desk_says_otherwise(caf: OrganismePayeur, bureau: Agent) -> None:
    mensuels(caf, 10)
    reglage = Reglage(periodicite=Periodicite.MENSUEL, jour=20, debut=date(2026, 10, 1), note="Écrire à la CAF.")
    commun: dict[str, Any] = {
        "genre": T.BENEFICIAIRES_MENSUEL,
        "organisme": caf,
        "emetteur": None,
        "par": bureau,
        "le": LE,
    }
    attentes.regler_attente(reglage=reglage, **commun)
    assert retards(date(2026, 11, 20)) == []
    assert [p.jours for p in retards(date(2026, 11, 21))] == [1]
    finie = Reglage(periodicite=Periodicite.MENSUEL, jour=20, debut=date(2026, 10, 1), fin=date(2026, 11, 1))
    attentes.regler_attente(reglage=finie, **commun)
    assert prochains(date(2026, 11, 21)) == []
    assert FichierAttendu.objects.count() == 1


def test_a_kind_never_met_can_be_announced(bureau: Agent) -> None:
    partenaire = f.structure(nom="Mission locale fictive")
    reglage = Reglage(periodicite=Periodicite.MENSUEL, jour=10, debut=date(2026, 10, 1))
    attentes.regler_attente(genre=T.PARTENAIRE, organisme=None, emetteur=partenaire, reglage=reglage, par=bureau, le=LE)
    (tard,) = retards(date(2026, 10, 14))
    assert (tard.jours, tard.attente.qui) == (2, "Mission locale fictive")  # the 10th is a Saturday


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"periodicite": Periodicite.MENSUEL, "jour": None}, "jour du mois"),
        ({"periodicite": Periodicite.MENSUEL, "jour": 32}, "jour du mois"),
        ({"periodicite": Periodicite.LIBRE, "jour": None, "fin": date(2025, 1, 1)}, "date de fin"),
    ],
)
def test_what_cannot_be_expected(caf: OrganismePayeur, bureau: Agent, champs: Any, phrase: str) -> None:
    reglage = Reglage(debut=date(2026, 1, 1), **champs)
    with pytest.raises(AttenteImpossible, match=phrase):
        attentes.regler_attente(
            genre=T.BENEFICIAIRES_MENSUEL, organisme=caf, emetteur=None, reglage=reglage, par=bureau, le=LE
        )


def test_a_sender_and_only_one(caf: OrganismePayeur, bureau: Agent) -> None:
    reglage = Reglage(periodicite=Periodicite.LIBRE, jour=None, debut=date(2026, 1, 1))
    with pytest.raises(AttenteImpossible, match="organisme payeur"):
        attentes.regler_attente(
            genre=T.BENEFICIAIRES_MENSUEL, organisme=None, emetteur=None, reglage=reglage, par=bureau, le=LE
        )
    with pytest.raises(AttenteImpossible, match="pas les deux"):
        attentes.regler_attente(
            genre=T.CONTACTS, organisme=caf, emetteur=f.structure(), reglage=reglage, par=bureau, le=LE
        )


def test_a_reminder_leaves_a_trace_and_changes_no_date(caf: OrganismePayeur, bureau: Agent) -> None:
    mensuels(caf, 9, 10)
    cle = Cle(T.BENEFICIAIRES_MENSUEL, caf.pk, None)
    avant = retards(date(2026, 11, 9))[0]
    attentes.noter_relance(cle=cle, par=bureau, le=LE)
    (apres,) = retards(date(2026, 11, 9))
    assert (apres.attendu_le, apres.jours) == (avant.attendu_le, avant.jours)
    assert [(r.par, r.faite_le) for r in apres.relances] == [(bureau, LE)]
    mensuels(caf, 11)
    assert calendrier.retards(date(2026, 11, 9)) == []
    with pytest.raises(AttenteImpossible, match="n'est plus en retard"):
        attentes.noter_relance(cle=cle, par=bureau, le=LE)


def test_queries_do_not_grow(
    caf: OrganismePayeur, msa: OrganismePayeur, bureau: Agent, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mensuels(caf, 9)
    mensuels(msa, 1, 2, 3, 4, 5, 6, 7, 8, 9)
    attentes.noter_relance(cle=Cle(T.BENEFICIAIRES_MENSUEL, msa.pk, None), par=bureau, le=LE)
    with django_assert_max_num_queries(5):
        suivants = prochains(date(2026, 11, 9))
    with django_assert_max_num_queries(2):
        droits_au(suivants)
    with django_assert_max_num_queries(5):
        grille(date(2026, 11, 9))


def test_the_file_before(caf: OrganismePayeur, msa: OrganismePayeur) -> None:
    aout, septembre = mensuels(caf, 8, 9)
    mensuels(msa, 8)
    assert fichier_precedent(septembre) == aout
    assert fichier_precedent(aout) is None
