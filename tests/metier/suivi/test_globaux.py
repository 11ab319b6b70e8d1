"""Accompagnement global: two professionals, one plan; people without RSA; the figures of the year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from cordee.metier.orientation import services as orientation
from cordee.metier.parcours.enums import Etat, GenreEtape
from cordee.metier.parcours.services import ouvrir_au_guichet
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.regles import EtatCivil
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.metier.suivi import services
from cordee.metier.suivi.enums import IssueGlobale
from cordee.metier.suivi.models import AccompagnementGlobal, ObjectifGlobal
from cordee.metier.suivi.selectors.accompagnements import bilan_global, global_en_cours, globaux
from cordee.metier.suivi.services import SuiviRefuse
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, etape, situation

J = LE.date()


def dans(jours: int) -> datetime:
    return LE + timedelta(days=jours)


def entrer(equipe: Equipe, personne: Personne, **champs: object) -> AccompagnementGlobal:
    valeurs: dict[str, object] = {
        "coreferent_structure": equipe.agence, "coreferent_nom": "Mme Exemple", "debut": J, "par": equipe.lea, "le": LE,
    }  # fmt: skip
    return services.ouvrir_global(personne=personne, **{**valeurs, **champs})  # type: ignore[arg-type]


def test_the_referent_stays_and_a_coreferent_joins(equipe: Equipe) -> None:
    personne = equipe.accompagnee()
    ligne = entrer(equipe, personne)
    s = situation(personne)
    assert (ligne.structure, ligne.referent, ligne.sans_rsa) == (equipe.eds, equipe.lea, False)
    assert (s.referent_structure, s.calcul["coreferent_structure"]) == (equipe.eds, equipe.agence.pk)
    acces = set(personne.rattachements.filter(fin=None).values_list("finalite", "structure"))
    assert {("referent", equipe.eds.pk), ("coreferent", equipe.agence.pk)} <= acces
    with pytest.raises(SuiviRefuse, match="déjà"):
        entrer(equipe, personne)


def test_the_outcome_is_coded_and_the_coreferent_leaves(equipe: Equipe) -> None:
    personne = equipe.accompagnee()
    entrer(equipe, personne)
    services.clore_global(
        personne=personne, fin=dans(90).date(), issue=IssueGlobale.EMPLOI_DURABLE, par=equipe.lea, le=dans(90)
    )
    assert global_en_cours(personne) is None
    assert "coreferent_structure" not in situation(personne).calcul
    ouverts = personne.rattachements.filter(fin=None, finalite=FinaliteRattachement.COREFERENT)
    assert (situation(personne).referent_agent, ouverts.exists()) == (equipe.lea, False)
    with pytest.raises(SuiviRefuse, match="n'est pas"):
        services.clore_global(
            personne=personne, fin=dans(91).date(), issue=IssueGlobale.SANTE, par=equipe.lea, le=dans(91)
        )


def test_somebody_without_rsa_known_by_no_file(equipe: Equipe) -> None:
    personne = ouvrir_au_guichet(
        etat_civil=EtatCivil(nom="Exemple", prenom="Nadia"), structure=equipe.eds, par=equipe.samia, le=LE
    )
    with pytest.raises(SuiviRefuse, match="référent"):
        entrer(equipe, personne)
    ligne = entrer(equipe, personne, structure=equipe.eds, referent=equipe.lea)
    assert (ligne.sans_rsa, situation(personne).etat) == (True, Etat.VOLONTAIRE)
    assert (etape(personne).genre, etape(personne).agent) == (GenreEtape.ACCOMPAGNEMENT_VOLONTAIRE, equipe.lea)
    assert personnes_visibles(pour=equipe.lea, au=J).filter(pk=personne.pk).exists()


@pytest.mark.parametrize(
    ("champs", "mot"),
    [({"coreferent_structure": "ccas"}, "opérateur"), ({"coreferent_structure": "eds"}, "autre organisme"),
     ({"debut": dans(9).date()}, "à venir")],
)  # fmt: skip
def test_what_it_needs(equipe: Equipe, champs: dict[str, object], mot: str) -> None:
    champs = {nom: getattr(equipe, v) if isinstance(v, str) else v for nom, v in champs.items()}
    with pytest.raises(SuiviRefuse, match=mot):
        entrer(equipe, equipe.accompagnee(), **champs)


def test_nobody_enters_without_a_referent_body(equipe: Equipe) -> None:
    with pytest.raises(SuiviRefuse, match="référent"):
        entrer(equipe, equipe.entrante())


class TestBilan:
    @pytest.fixture
    def lignes(self, equipe: Equipe) -> None:
        gens = f.personne(), f.personne(), f.personne(), f.personne()
        for personne in gens:
            f.rattachement(personne, equipe.eds)
        communs = {"structure": equipe.eds, "coreferent_structure": equipe.agence, "ouvert_par": equipe.lea}
        faits = [
            (gens[0], date(2025, 11, 3), None, "", False), (gens[1], date(2026, 1, 12), None, "", True),
            (gens[2], date(2025, 6, 1), date(2026, 2, 2), "emploi_court", False),
            (gens[3], date(2025, 6, 1), date(2026, 1, 5), "sans_nouvelles", True),
        ]  # fmt: skip
        AccompagnementGlobal.objects.bulk_create(
            AccompagnementGlobal(
                personne=p, debut=d, fin=fin, issue=i, sans_rsa=sans, ouvert_le=LE, **communs
            ) for p, d, fin, i, sans in faits
        )  # fmt: skip

    def test_the_figures_of_the_year(self, equipe: Equipe, lignes: None) -> None:
        b = bilan_global(globaux(pour=equipe.samia, au=J), au=J)
        assert (b.entrees, b.sorties, b.sorties_emploi, b.en_cours, b.sans_rsa) == (1, 2, 1, 2, 1)
        assert (b.part_emploi, b.alertes) == (Decimal("50.0"), [])

    def test_what_is_under_the_objective_is_said(self, equipe: Equipe, lignes: None) -> None:
        services.fixer_objectif_global(
            annee=2026, entrees=2300, en_cours=1414, sans_rsa=400, part_emploi=Decimal(45), par=equipe.lea, le=LE
        )
        b = bilan_global(globaux(pour=equipe.samia, au=J), au=J)
        assert len(b.alertes) == 3
        assert any("sans RSA" in a for a in b.alertes)
        assert ObjectifGlobal.objects.get().sans_rsa == 400

    def test_part_of_a_whole(self, equipe: Equipe) -> None:
        with pytest.raises(SuiviRefuse, match="sans RSA"):
            services.fixer_objectif_global(
                annee=2026, entrees=1, en_cours=1, sans_rsa=2, part_emploi=Decimal(45), par=equipe.lea, le=LE
            )


def test_the_second_professional_is_not_a_second_referent(equipe: Equipe) -> None:
    """E09, DREES: only the référent body counts."""
    personne = equipe.accompagnee()
    orientation.nommer_coreferent(personne=personne, structure=equipe.agence, par=equipe.lea, le=LE)
    entrer(equipe, personne)
    assert personne.rattachements.filter(fin=None, finalite=FinaliteRattachement.REFERENT).count() == 1
