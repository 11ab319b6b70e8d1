"""A partner's table through the counter, with a saved mapping."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cordee.echanges.fichiers.depot import FichierIncomplet
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.echanges.guichet import services as guichet
from cordee.echanges.partenaires.champs import GenreCorrespondance
from cordee.echanges.partenaires.models import Correspondance
from cordee.echanges.partenaires.selectors import correspondances, versions_de
from cordee.echanges.partenaires.services import CorrespondanceInvalide, associer, enregistrer, retirer
from cordee.echanges.tableurs.services import A_DIRE
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Personne
from cordee.metier.suivi.models import InformationPartenaire
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as G
from tests import fabriques as f
from tests.echanges.partenaires.scenes import LE, Monde, csv_de, etape, identite, monde, situation, xlsx_de

pytestmark = pytest.mark.django_db(transaction=True)
TITRES = ["Nom", "Prénom", "Date de naissance", "Contrat signé le", "Dernier contact", "Conseillère"]
COLONNES = {"nom": "Nom", "prenom": "Prénom", "naissance": "Date de naissance", "contrat": "Contrat signé le",
            "contact": "Dernier contact", "referent": "Conseillère"}  # fmt: skip


@pytest.fixture
def scene() -> Monde:
    monde_ = monde()
    monde_.agence = f.structure(TypeStructure.MISSION_LOCALE, G.MISSION_LOCALE, nom="Mission locale")
    return monde_


def correspondance(scene: Monde, **champs: Any) -> Correspondance:
    base = {"nom": "Mission locale", "genre": GenreCorrespondance.TABLEAU, "emetteur": scene.agence,
            "colonnes": COLONNES, "par": scene.thomas, "le": LE}  # fmt: skip
    return enregistrer(**{**base, **champs})


def recevoir(scene: Monde, chemin: Path, **champs: Any) -> FichierRecu:
    return guichet.recevoir(chemin=chemin, nom=chemin.name, recu_le=None, par=scene.thomas, le=LE, **champs)


def charger(scene: Monde, fichier: FichierRecu) -> RapportLignes:
    rapport = guichet.charger(fichier=fichier, par=scene.thomas, le=LE)
    assert isinstance(rapport, RapportLignes)
    assert rapport.lus == rapport.pris + rapport.inchanges + rapport.introuvables + len(rapport.rejets)
    return rapport


def test_a_workbook_is_recognised_by_its_titles_and_loaded(scene: Monde, tmp_path: Path) -> None:
    choisie = correspondance(scene)
    lea, zoe = scene.suivie(0), scene.suivie(1)
    chemin = xlsx_de(
        tmp_path / "suivi.xlsx", ["Suivi de janvier"], [*TITRES, "Remarques"],
        [*identite(lea)[:2], lea.date_naissance, date(2025, 12, 30), date(2026, 1, 20), "Mme Exemple", "="],
        [*identite(zoe), "2025", None, None], ["Inconnu", "Jean", "01/02/1980", "2025"], [None],
    )  # fmt: skip
    fichier = recevoir(scene, chemin, date_du_fichier=date(2026, 1, 31))
    assert (fichier.type, fichier.emetteur, fichier.reference_le) == (
        TypeFichier.PARTENAIRE, scene.agence, date(2026, 1, 31),
    )  # fmt: skip
    rapport = charger(scene, fichier)
    assert (rapport.lus, rapport.pris, rapport.introuvables, rapport.rejets) == (3, 2, 1, [])
    assert rapport.compteurs["suivies_sans_attente"] == 1  # of Zoé it says nothing new: her contract is an older one
    assert [(etape(p).genre, etape(p).attendu) for p in (lea, zoe)] == [
        ("attendre_partenaire", "recue"), ("nommer_referent", ""),
    ]  # fmt: skip
    info = InformationPartenaire.objects.get(personne=lea)
    assert (info.dernier_contact_le, info.referent, info.appliquee) == (date(2026, 1, 20), "Mme Exemple", True)
    fichier.refresh_from_db()
    assert (fichier.statut, fichier.usage.correspondance) == (StatutFichier.CHARGE, choisie)  # type: ignore[attr-defined]


def test_an_unknown_table_waits_until_somebody_says_what_its_columns_are(scene: Monde, tmp_path: Path) -> None:
    lea = scene.suivie()
    fichier = recevoir(scene, csv_de(tmp_path / "f.csv", TITRES, [*identite(lea), "30/12/2025", "", ""]))
    assert (fichier.statut, fichier.erreur, fichier.emetteur) == (StatutFichier.RECU, A_DIRE, None)
    assert guichet.noter_apercu(fichier=fichier) is None
    with pytest.raises(FichierIncomplet, match="correspondance"):
        guichet.charger(fichier=fichier, par=scene.thomas, le=LE)
    associer(fichier=fichier, correspondance=correspondance(scene))
    fichier.refresh_from_db()
    assert charger(scene, fichier).pris == 1
    with pytest.raises(CorrespondanceInvalide, match="n'attend plus"):
        associer(fichier=fichier, correspondance=Correspondance.objects.get())


def test_a_table_received_before_its_mapping_finds_it_when_loaded(scene: Monde, tmp_path: Path) -> None:
    lea = scene.suivie()
    fichier = recevoir(scene, csv_de(tmp_path / "f.csv", TITRES, [*identite(lea), "30/12/2025", "", ""]))
    correspondance(scene)
    assert charger(scene, fichier).pris == 1


def test_matricule_and_role_with_a_first_name(scene: Monde, tmp_path: Path) -> None:
    foyer = f.foyer(matricule="0012345")
    lea = scene.suivie(0, foyer=foyer, prenom="Léa")
    conjoint = f.personne(foyer=foyer, role=RoleFoyer.CJT, prenom="Paul")
    assert lea.date_naissance
    colonnes = {
        "matricule": "N° allocataire",
        "role": "Rôle",
        "prenom": "Prénom",
        "naissance": "Né le",
        "contact": "Vu",
    }
    with pytest.raises(CorrespondanceInvalide, match="numéro allocataire"):
        correspondance(scene, colonnes=colonnes)
    correspondance(scene, colonnes=colonnes, organisme=f.organisme_payeur())
    chemin = csv_de(
        tmp_path / "f.csv", ["N° allocataire", "Rôle", "Prénom", "Né le", "Vu"],
        ["12345", "Demandeur", "Léa", f"{lea.date_naissance:%d/%m/%Y}", "20/01/2026"],
        ["12345", "Conjoint", "Autre", "01/02/1990", "20/01/2026"],
    )  # fmt: skip
    rapport = charger(scene, recevoir(scene, chemin))
    assert (rapport.pris, rapport.introuvables) == (1, 1)
    assert not InformationPartenaire.objects.filter(personne=conjoint).exists()


def test_a_changed_mapping_is_a_new_version_and_files_keep_theirs(scene: Monde, tmp_path: Path) -> None:
    lea = scene.suivie()
    premiere = correspondance(scene)
    fichier = recevoir(scene, csv_de(tmp_path / "f.csv", TITRES, [*identite(lea), "30/12/2025", "", ""]))
    charger(scene, fichier)
    assert correspondance(scene, remplace=premiere, nom="") == premiere
    sans_referent = {cle: nom for cle, nom in COLONNES.items() if cle != "referent"}
    seconde = correspondance(scene, remplace=premiere, colonnes=sans_referent)
    premiere.refresh_from_db()
    assert (seconde.nom, seconde.version, seconde.precedente, premiere.active) == ("Mission locale", 2, premiere, False)
    fichier.refresh_from_db()
    assert fichier.usage.correspondance == premiere  # type: ignore[attr-defined]
    assert [c.pk for c in correspondances()] == [seconde.pk]
    assert [(c.version, c.fichiers) for c in versions_de(seconde)] == [(2, 0), (1, 1)]  # type: ignore[attr-defined]
    with pytest.raises(CorrespondanceInvalide, match="plus récente"):
        correspondance(scene, remplace=premiere, colonnes=sans_referent)
    retirer(correspondance=seconde, par=scene.thomas, le=LE)
    autre = recevoir(scene, csv_de(tmp_path / "g.csv", TITRES, [*identite(lea), "31/12/2025", "", ""]))
    assert autre.erreur == A_DIRE


def test_a_name_is_taken_once(scene: Monde) -> None:
    correspondance(scene)
    with pytest.raises(CorrespondanceInvalide, match="déjà pris"):
        correspondance(scene, nom="mission  LOCALE")
    with pytest.raises(CorrespondanceInvalide, match="Donnez un nom"):
        correspondance(scene, nom=" ")


def test_a_column_gone_is_named_and_the_file_waits_for_another_mapping(scene: Monde, tmp_path: Path) -> None:
    choisie = correspondance(scene)
    chemin = csv_de(tmp_path / "f.csv", TITRES[:5], ["A", "B", "01/02/1980", "2025", ""])
    fichier = recevoir(scene, chemin, correspondance=choisie)
    guichet.noter_apercu(fichier=fichier)
    fichier.refresh_from_db()
    assert (fichier.statut, fichier.emetteur) == (StatutFichier.RECU, None)
    assert "« Conseillère »" in fichier.erreur
    associer(fichier=fichier, correspondance=choisie)
    with pytest.raises(FichierIncomplet, match="Conseillère"):
        guichet.charger(fichier=fichier, par=scene.thomas, le=LE)
    fichier.refresh_from_db()
    assert (fichier.statut, fichier.emetteur) == (StatutFichier.RECU, None)


def test_a_table_about_nobody_known_waits_and_is_not_spent(scene: Monde, tmp_path: Path) -> None:
    """The same bytes load once only: a table that comes before the people it speaks of is kept for later."""
    correspondance(scene)
    lea = scene.suivie(0)
    chemin = xlsx_de(tmp_path / "tot.xlsx", TITRES, ["Inconnue", "Ana", "01/02/1980", "2025", None, None])
    fichier = recevoir(scene, chemin)
    retenu = charger(scene, fichier)
    fichier.refresh_from_db()
    assert (retenu.statut, fichier.statut, retenu.introuvables) == ("a_confirmer", StatutFichier.A_CONFIRMER, 1)
    assert not InformationPartenaire.objects.exists()
    lea.nom = lea.nom_naissance = "Inconnue"
    lea.prenom, lea.date_naissance = "Ana", date(1980, 2, 1)
    lea.save()
    assert (charger(scene, fichier).pris, InformationPartenaire.objects.count()) == (1, 1)


def test_a_table_about_nobody_known_is_filed_when_confirmed(scene: Monde, tmp_path: Path) -> None:
    correspondance(scene)
    fichier = recevoir(
        scene, xlsx_de(tmp_path / "x.xlsx", TITRES, ["Inconnue", "Ana", "01/02/1980", "2025", None, None])
    )
    rapport = guichet.charger(fichier=fichier, par=scene.thomas, le=LE, confirmer=True)
    assert (rapport.statut, FichierRecu.objects.get(pk=fichier.pk).statut) == ("charge", StatutFichier.CHARGE)


SIGNE = date(2026, 1, 20)


def un_tableau(scene: Monde, tmp_path: Path, *lignes: list[str]) -> RapportLignes:
    """A CSV of the mission locale, loaded through the counter."""
    correspondance(scene)
    return charger(scene, recevoir(scene, csv_de(tmp_path / "suivi.csv", TITRES, *lignes)))


def au_contrat(scene: Monde, rang: int = 0) -> Personne:
    """Her référent is named here, her contract is being written."""
    personne = scene.suivie(rang)
    referente = f.agent(RoleAgent.REFERENT, structure=scene.agence)
    f.evenement(
        personne, f.GenreEvenement.REFERENT_NOMME, le=LE - timedelta(days=30), structure=scene.agence.pk,
        agent=referente.pk,
    )  # fmt: skip
    return personne


def test_a_contract_signed_in_the_tool_of_the_referent_body_ends_what_was_waited_for_here(
    scene: Monde, tmp_path: Path
) -> None:
    """E05: « nommer le référent » and « élaborer le contrat » become « attendre le partenaire », already heard of."""
    lea, zoe = scene.suivie(0), au_contrat(scene, 1)
    assert [etape(p).genre for p in (lea, zoe)] == ["nommer_referent", "elaborer_contrat"]
    dit = f"{SIGNE:%d/%m/%Y}"
    rapport = un_tableau(scene, tmp_path, [*identite(lea), dit, "", ""], [*identite(zoe), dit, "", ""])
    assert rapport.compteurs["premieres_informations"] == 2
    for personne in (lea, zoe):
        assert (etape(personne).genre, etape(personne).attendu) == ("attendre_partenaire", "recue")
        assert (situation(personne).etat, situation(personne).contrat_le) == (Etat.SUIVIE_PAR_PARTENAIRE, SIGNE)
    assert not reconstruire(verifier=True)


def test_a_late_contract_signed_elsewhere_is_no_longer_chased(scene: Monde, tmp_path: Path) -> None:
    lea = au_contrat(scene)
    f.evenement(lea, f.GenreEvenement.DELAI_CONTRAT_DEPASSE, le=LE - timedelta(days=1))
    assert etape(lea).genre == "relancer_contrat"
    un_tableau(scene, tmp_path, [*identite(lea), "15/02/2026", "", ""])
    assert etape(lea).genre == "attendre_partenaire"


def test_a_referent_named_there_does_not_make_a_contract(scene: Monde, tmp_path: Path) -> None:
    lea, zoe = scene.suivie(0), au_contrat(scene, 1)
    un_tableau(scene, tmp_path, *([*identite(p), "", "20/01/2026", "Mme Exemple"] for p in (lea, zoe)))
    assert [etape(p).genre for p in (lea, zoe)] == ["attendre_partenaire", "elaborer_contrat"]


def test_the_contract_of_an_earlier_accompaniment_moves_nothing(scene: Monde, tmp_path: Path) -> None:
    lea = au_contrat(scene)
    un_tableau(scene, tmp_path, [*identite(lea), "20/01/2025", "", ""])
    assert etape(lea).genre == "elaborer_contrat"


def test_a_body_that_is_not_the_referent_body_moves_nothing(scene: Monde, tmp_path: Path) -> None:
    autre = f.structure(TypeStructure.CAP_EMPLOI, G.PLACEMENT_HANDICAP, nom="Cap emploi")
    lea = scene.suivie(0, structure=autre)
    rapport = un_tableau(scene, tmp_path, [*identite(lea), f"{SIGNE:%d/%m/%Y}", "", "Mme Exemple"])
    assert rapport.compteurs["suivies_ailleurs"] == 1
    assert etape(lea).genre == "nommer_referent"


def test_our_own_services_sign_here(scene: Monde, tmp_path: Path) -> None:
    """A table of one of our structures is no contract: it signs in this tool."""
    scene.agence = scene.eds
    lea = scene.suivie()
    rapport = un_tableau(scene, tmp_path, [*identite(lea), f"{SIGNE:%d/%m/%Y}", "", "Mme Exemple"])
    assert rapport.compteurs["suivies_sans_attente"] == 1
    assert etape(lea).genre == "nommer_referent"
