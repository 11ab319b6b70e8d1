"""The interview recorded: drafts, versions, a detail of each author, situations that nobody deletes for another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import NatureConstat, SourceConstat
from cordee.metier.orientation.models import Constat, DetailDiagnostic, Diagnostic
from cordee.metier.orientation.regles.contenu import Competence, Contenu, Detail, Experience, Projet
from cordee.metier.orientation.selectors.diagnostic import (
    constats_ouverts,
    contenu_de,
    details_fermes,
    details_lisibles,
    diagnostic_courant,
    mes_brouillons,
)
from cordee.metier.orientation.services import (
    DiagnosticRefuse,
    abandonner_brouillon,
    enregistrer_entretien,
    recevoir_constats,
)
from cordee.metier.orientation.services.entretien_commun import ouvrir_entretien_commun
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Personne
from cordee.socle.erreurs import DonneesPerimees
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe

PAGE, AUTRE_PAGE = UUID(int=1), UUID(int=2)
PLEIN = Contenu(
    situation_pro="deux_ans", diplome="nv5", projection=True, projet_pro="salariat", travailleur_handicape=False,
    francais_oral="b1", francais_lu="a2", francais_ecrit="a1", numerique="avec_aide", permis=("b", "en_cours"),
    transports=("velo",), disponibilites=("matin",), heures_semaine=20, themes={"sante": "refus", "mobilite": "fort"},
    projets=(Projet(libelle="Cuisinier", rome="G1609", appellation="1", rayon_km=10, contrats=("cdi", "cdd"),
                    salaire_horaire=Decimal("12.50")),),
    experiences=(Experience(libelle="Vendeuse", annee_fin=2023, duree_mois=18),),
    competences=(Competence(code="115131", libelle="Préparer des repas"),),
)  # fmt: skip
DETAIL = Detail(notes="Une piste.", situations=("mobilite.sans_moyen",), objectifs=("mobilite.permis",))


def ecrire(personne: Personne, par: Agent, contenu: Contenu = PLEIN, **plus: object) -> Diagnostic:
    return enregistrer_entretien(personne=personne, contenu=contenu, par=par, **{"le": LE, **plus})  # type: ignore[arg-type]


class TestContenu:
    def test_everything_told_is_read_again(self, equipe: Equipe) -> None:
        ligne = ecrire(equipe.entrante(), equipe.samia, detail=DETAIL)
        lu = contenu_de(Diagnostic.objects.get(pk=ligne.pk))
        assert lu.complet() == PLEIN.complet()
        assert (ligne.niveau, ligne.metier_vise, ligne.themes["logement"]) == ("qualifiant", "Cuisinier", "non_aborde")

    @pytest.mark.parametrize(
        ("contenu", "dit"),
        [
            (replace(PLEIN, diplome="bac+12"), "liste"),
            (replace(PLEIN, permis=("tracteur",)), "liste"),
            (replace(PLEIN, themes={"sante": "grave"}), "liste"),
            (replace(PLEIN, projets=PLEIN.projets * 4), "trop"),
            (replace(PLEIN, situation_pro=""), "brouillon"),
            (replace(PLEIN, diplome="", niveau=""), "brouillon"),
        ],
    )
    def test_a_wrong_answer_changes_nothing(self, equipe: Equipe, contenu: Contenu, dit: str) -> None:
        with pytest.raises(DiagnosticRefuse, match=dit):
            ecrire(equipe.entrante(), equipe.samia, contenu)
        assert not Diagnostic.objects.exists()

    def test_a_code_out_of_the_vocabulary_is_refused(self, equipe: Equipe) -> None:
        with pytest.raises(DiagnosticRefuse, match="situation"):
            ecrire(equipe.entrante(), equipe.samia, detail=Detail(situations=("sante.diabete",)))


class TestBrouillons:
    def test_a_draft_may_be_empty_moves_nothing_and_is_found_again(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        ligne = ecrire(personne, equipe.samia, Contenu(), brouillon=True)
        assert list(mes_brouillons(pour=equipe.samia)) == [ligne]
        assert not Evenement.objects.filter(genre=GenreEvenement.DIAGNOSTIC).exists()

    def test_the_page_whose_answer_was_lost_goes_on(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        commun = {"brouillon": True, "seance": PAGE}
        ligne = ecrire(personne, equipe.samia, Contenu(), **commun)
        suite = ecrire(personne, equipe.samia, **commun)  # it never knew the number of its draft
        assert (suite.pk, suite.version) == (ligne.pk, 2)
        assert ecrire(personne, equipe.samia, **commun).version == 2  # the same again writes nothing
        fin = ecrire(personne, equipe.samia, diagnostic=ligne, version=1, seance=PAGE)
        assert (fin.pk, fin.brouillon, Diagnostic.objects.count()) == (ligne.pk, False, 1)

    def test_two_pages_never_overwrite_each_other(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        ligne = ecrire(personne, equipe.samia, brouillon=True, seance=PAGE)
        with pytest.raises(DonneesPerimees, match="commencé"):
            ecrire(personne, equipe.lea, brouillon=True, seance=AUTRE_PAGE)
        ecrire(personne, equipe.lea, diagnostic=ligne, version=1, brouillon=True, seance=AUTRE_PAGE)
        with pytest.raises(DonneesPerimees, match="modifié"):
            ecrire(personne, equipe.samia, diagnostic=ligne, version=1, brouillon=True, seance=PAGE)
        ancienne = ligne.versions.get()  # what the first agent had written is kept
        assert (ancienne.par, ancienne.version, ancienne.contenu["diplome"]) == (equipe.samia, 1, "nv5")

    def test_another_sitting_keeps_what_the_first_one_said(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        ligne = ecrire(personne, equipe.samia, brouillon=True)
        for minutes, versions in ((5, 0), (50, 1)):
            ligne = ecrire(personne, equipe.samia, diagnostic=ligne, version=ligne.version, brouillon=True,
                           le=LE + timedelta(minutes=minutes))  # fmt: skip
            assert ligne.versions.count() == versions

    def test_a_draft_is_set_aside_a_finished_one_never(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        ligne = ecrire(personne, equipe.samia, brouillon=True, detail=DETAIL)
        with pytest.raises(DiagnosticRefuse, match="collègue"):
            abandonner_brouillon(diagnostic=ligne, version=1, par=equipe.lea, le=LE)
        with pytest.raises(DonneesPerimees):
            abandonner_brouillon(diagnostic=ligne, version=9, par=equipe.samia, le=LE)
        abandonner_brouillon(diagnostic=ligne, version=1, par=equipe.samia, le=LE)
        fini = ecrire(personne, equipe.samia)
        with pytest.raises(DiagnosticRefuse, match="se corrige"):
            abandonner_brouillon(diagnostic=fini, version=1, par=equipe.samia, le=LE)
        assert Diagnostic.objects.get() == fini


class TestVersions:
    def test_a_correction_is_a_new_version_and_the_same_answers_are_none(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        premier = ecrire(personne, equipe.samia, detail=DETAIL)
        assert ecrire(personne, equipe.samia, diagnostic=premier, version=1, detail=DETAIL) == premier
        corrige = ecrire(personne, equipe.samia, replace(PLEIN, diplome="nv3"), diagnostic=premier, version=1)
        assert (corrige.remplace, corrige.version, Diagnostic.objects.count()) == (premier, 2, 2)
        assert diagnostic_courant([personne.pk]) == corrige
        assert Diagnostic.objects.get(pk=premier.pk).diplome == "nv5"
        assert Evenement.objects.filter(genre=GenreEvenement.DIAGNOSTIC).count() == 2
        with pytest.raises(DonneesPerimees):
            ecrire(personne, equipe.lea, replace(PLEIN, diplome="nv1"), diagnostic=premier, version=1)


class TestDetail:
    def test_each_author_keeps_her_own_and_the_platform_does_not_read_it(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        ligne = ecrire(personne, equipe.samia, brouillon=True, detail=DETAIL)
        ligne = ecrire(personne, equipe.lea, diagnostic=ligne, version=1, detail=Detail(notes="Autre chose."))
        assert {d.par: d.notes for d in DetailDiagnostic.objects.all()} == {
            equipe.samia: "Une piste.", equipe.lea: "Autre chose.",
        }  # fmt: skip
        lire = {
            ouvert: details_lisibles([ligne], pour=equipe.samia, ouvert=ouvert)[ligne.pk] for ouvert in (True, False)
        }
        assert [d.par for d in lire[True]] == [equipe.samia, equipe.lea]
        assert [d.par for d in lire[False]] == [equipe.samia]
        assert details_fermes([ligne], pour=equipe.samia, ouvert=False) == {ligne.pk}
        assert details_fermes([ligne], pour=equipe.samia, ouvert=True) == set()


class TestConstats:
    def ouverts(self, personne: Personne) -> set[tuple[str, str]]:
        return {(c.code, c.source) for c in constats_ouverts([personne.pk])}

    def test_what_was_not_on_the_screen_does_not_end(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        premier = ecrire(personne, equipe.samia, detail=DETAIL)
        assert self.ouverts(personne) == {("mobilite.sans_moyen", "agent"), ("mobilite.permis", "agent")}
        autre = Detail(situations=("sante.absences",))
        second = ecrire(
            personne, equipe.lea, replace(PLEIN, diplome="nv4"), detail=autre, diagnostic=premier, version=1
        )
        assert ("mobilite.sans_moyen", "agent") in self.ouverts(personne)
        ecrire(personne, equipe.samia, replace(PLEIN, diplome="nv3"), detail=Detail(objectifs=("mobilite.permis",)),
               diagnostic=second, version=2, vus={"mobilite.sans_moyen", "mobilite.permis"})  # fmt: skip
        assert self.ouverts(personne) == {("mobilite.permis", "agent"), ("sante.absences", "agent")}
        assert Constat.objects.get(code="mobilite.sans_moyen").fin == LE.date()

    def test_a_partner_opens_and_ends_its_own_only(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        ecrire(personne, equipe.samia, detail=DETAIL)
        commun = {"personne": personne, "par": equipe.lea, "le": LE + timedelta(days=1)}
        recu = recevoir_constats(situations=["6", "31", "999"], objectifs=["28"], besoins=["9"], **commun)
        assert (recu.ajoutes, recu.fermes, recu.inconnus) == (4, 0, ("999",))
        recu = recevoir_constats(situations=[], objectifs=["28"], **commun)
        assert (recu.ajoutes, recu.fermes) == (0, 3)
        assert self.ouverts(personne) == {
            ("mobilite.sans_moyen", "agent"), ("mobilite.permis", "agent"), ("mobilite.permis", "operateur_emploi"),
        }  # fmt: skip
        assert constats_ouverts([personne.pk], nature=NatureConstat.SITUATION)[0].source == SourceConstat.AGENT
        with pytest.raises(ValueError, match="professionals"):
            recevoir_constats(situations=[], objectifs=[], source=SourceConstat.AGENT, **commun)


class TestCouple:
    @pytest.fixture
    def couple(self, equipe: Equipe) -> tuple[Personne, Personne]:
        une = equipe.entrante()
        foyer = une.appartenances.get().foyer
        return une, f.personne(foyer=foyer, role=RoleFoyer.CJT)

    def test_two_interviews_one_home_and_no_note_crosses(
        self, equipe: Equipe, couple: tuple[Personne, Personne]
    ) -> None:
        une, autre = couple
        themes = {"logement": "fort", "finances": "faible", "sante": "fort"}
        sien = ecrire(une, equipe.samia, replace(PLEIN, themes=themes), brouillon=True, detail=DETAIL)
        lautre = ouvrir_entretien_commun(diagnostic=sien, conjoint=autre, par=equipe.samia, le=LE)
        sien.refresh_from_db()
        assert sien.entretien_commun == lautre.entretien_commun is not None
        assert (lautre.personne, lautre.brouillon, lautre.situation_pro) == (autre, True, "")
        assert {t: i for t, i in lautre.themes.items() if i != "non_aborde"} == {
            "logement": "fort",
            "finances": "faible",
        }
        assert not lautre.details.exists()
        assert ouvrir_entretien_commun(diagnostic=sien, conjoint=autre, par=equipe.samia, le=LE) == lautre

    def test_never_together_when_one_must_be_met_alone(self, equipe: Equipe, couple: tuple[Personne, Personne]) -> None:
        une, autre = couple
        sien = ecrire(une, equipe.samia, brouillon=True)
        Personne.objects.filter(pk=autre.pk).update(contact_discret=True)
        with pytest.raises(DiagnosticRefuse, match="séparément"):
            ouvrir_entretien_commun(diagnostic=sien, conjoint=autre, par=equipe.samia, le=LE)
        with pytest.raises(DiagnosticRefuse, match="même foyer"):
            ouvrir_entretien_commun(diagnostic=sien, conjoint=equipe.entrante(), par=equipe.samia, le=LE)
