"""The synthetic département, told by its rows and events, gives the figures that the sources publish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from cordee.configuration.commandes.installer import installer
from cordee.demo.constat import PERSONNES_PUBLIEES, Chiffre, absentes, chiffres
from cordee.demo.histoire.chantier import batir, preparer
from cordee.demo.organisation import construire_organisation
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.pilotage.calcul import Cellule, calculer
from cordee.pilotage.carte import carte
from cordee.pilotage.entetes import definition
from cordee.pilotage.enums import Unite
from cordee.pilotage.lac.ecriture import rafraichir_le_lac
from tests.fabriques import MAINTENANT

# The mark is what makes pytest-django prepare a database of its own for a fixture of the whole module.
pytestmark = pytest.mark.django_db
PERSONNES = 4_727
PHOTO = date(2026, 1, 31)
Valeurs = dict[tuple[str, date, str], Cellule]


@pytest.fixture(scope="module")
def valeurs(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Valeurs]:
    """One tenth of the département, five years of it, and every figure on the days of the table."""
    with pytest.MonkeyPatch.context() as retouche, django_db_blocker.unblock():  # type: ignore[attr-defined]
        assert str(connection.settings_dict["NAME"]).startswith("test_"), "never on a database that holds anything"
        retouche.setattr(settings, "CORDEE_HOME", Path(tmp_path_factory.mktemp("cordee")))
        retouche.setenv("CORDEE_MAINTENANT", MAINTENANT.isoformat())
        installer(departement="94", le=MAINTENANT)
        systeme = agent_systeme()
        organisation = construire_organisation(par=systeme, le=MAINTENANT)
        batir(
            preparer(organisation, personnes=PERSONNES, graine=94, photo=PHOTO, par=systeme), dire=lambda _: None, a=2
        )
        manifeste = rafraichir_le_lac(le=MAINTENANT).manifeste
        codes = sorted({c.indicateur for c in chiffres()})
        lots = calculer(manifeste, sorted({c.au for c in chiffres()}), carte=carte(), codes=codes)
        yield {(c.code, c.au, c.territoire): c for lot in lots for c in lot}
        connections.close_all()
        call_command("flush", verbosity=0, interactive=False)
        connection.close()


def test_published_figures_come_from_facts(valeurs: Valeurs) -> None:
    """One test, so that one process builds the département once. Every figure out of its bounds is told."""
    ecarts = [phrase for chiffre in chiffres() if (phrase := _ecart(valeurs, chiffre))]
    assert not ecarts, "\n".join(ecarts)
    entrees = Evenement.objects.filter(genre=GenreEvenement.ENTREE_SDD).values("personne").distinct().count()
    assert entrees >= (valeurs["personnes_sdd", date(2021, 12, 31), "94"].valeur or 0) * 0.99


def _ecart(valeurs: Valeurs, chiffre: Chiffre) -> str:
    """What is wrong with a figure, or nothing."""
    trouves = [valeurs[chiffre.indicateur, chiffre.au, t] for t in chiffre.territoires or ("94",)]
    if definition(chiffre.indicateur).unite is Unite.POUR_CENT:
        valeur = 100 * sum(c.numerateur or 0 for c in trouves) / sum(c.denominateur or 0 for c in trouves)
    else:
        valeur = sum(c.valeur or 0 for c in trouves)
    bas, haut = chiffre.bornes(part=PERSONNES / PERSONNES_PUBLIEES)
    dit = f"{chiffre.indicateur} au {chiffre.au} ({chiffre.figure}) : {valeur:.1f}, attendu de {bas:.1f} à {haut:.1f}"
    return "" if bas <= valeur <= haut else dit


def test_every_published_figure_of_the_room_is_held_or_told_apart() -> None:
    tenues = {c.figure for c in chiffres()} | set(absentes())
    assert tenues >= {"F001", "F002", "F003", "F004", "F005", "F007", "F008", "F009", "F010", "F011", "F012", "F013",
                      "F014", "F018", "F019", "F027", "F028", "F029", "F030", "F032", "F033", "F034", "F035", "F036",
                      "F037", "F038", "F040", "F043", "F044", "F045"}  # fmt: skip


def test_numbers_of_people_are_scaled_and_shares_are_not() -> None:
    """E10: the unit of the indicator is that of the figure it is compared with."""
    for chiffre in chiffres():
        unite = definition(chiffre.indicateur).unite
        assert chiffre.echelle == (unite in {Unite.PERSONNES, Unite.FOYERS})
        assert (unite is Unite.FOYERS) == (chiffre.indicateur == "foyers_allocataires")


@pytest.mark.parametrize("part", [1.0, 0.1, 0.04])
def test_a_smaller_departement_may_differ_more_by_chance_never_by_its_quotas(part: float) -> None:
    for chiffre in chiffres():
        bas, haut = chiffre.bornes(part=part)
        milieu = chiffre.valeur * (part if chiffre.echelle else 1)
        assert bas <= milieu <= haut
        large = (haut - milieu - 1) / milieu if chiffre.echelle else haut - milieu
        assert large == pytest.approx(chiffre.tolerance) if chiffre.quota or part == 1 else large > chiffre.tolerance
        if chiffre.au_moins and part == 1:
            assert bas >= milieu - 1
