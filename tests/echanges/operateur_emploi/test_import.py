"""The operator's file through the counter: information received, not received, nobody invented (E05)."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cordee.echanges.fichiers.depot import FichierIncomplet, FichierRefuse, lieu_de
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, StatutElement, StatutFichier, TypeFichier
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.echanges.fichiers.rejets import ouvrir
from cordee.echanges.fichiers.services import contenu
from cordee.echanges.guichet import rejeu as guichet_rejeu
from cordee.echanges.guichet import services as guichet
from cordee.echanges.operateur_emploi import services as operateur
from cordee.echanges.partenaires import chargement, rejeu
from cordee.echanges.partenaires import services as partenaires
from cordee.echanges.partenaires.champs import GenreCorrespondance
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.enums import GenreIdentifiant
from cordee.metier.personnes.models import Identifiant, Personne
from cordee.metier.suivi.models import InformationPartenaire
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as G
from tests import fabriques as f
from tests.echanges.partenaires.scenes import LE, NIRS, Monde, dossier, etape, monde, pecg, situation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Monde:
    return monde()


def importer(scene: Monde, chemin: Path, *, le: datetime = LE, recu_le: date | None = None) -> RapportLignes:
    fichier = guichet.recevoir(chemin=chemin, nom="pecg.xml", recu_le=recu_le, par=scene.thomas, le=le, deposer=False)
    rapport = guichet.charger(fichier=fichier, par=scene.thomas, le=le, chemin=chemin)
    assert isinstance(rapport, RapportLignes)
    assert rapport.lus == rapport.pris + rapport.inchanges + rapport.introuvables + len(rapport.rejets)
    return rapport


def test_half_of_the_people_are_heard_of(scene: Monde, tmp_path: Path) -> None:
    lea, zoe, ada = (scene.suivie(rang) for rang in range(3))
    ailleurs = scene.suivie(3, structure=f.structure(TypeStructure.MISSION_LOCALE, G.MISSION_LOCALE))
    chemin = pecg(
        tmp_path / "f", dossier(nir=NIRS[0], signe="2025-12-30", contact="2026-01-20"),
        dossier(nir=NIRS[1], signe="2020", contact=""), dossier(nir=NIRS[3], signe="2025-11-03"),
        dossier(nir="1900199100099", signe="2025-11-03"), dossier(signe="2025-11-03"),
        dossier(nir=NIRS[2], signe="2026-04-01"),
    )  # fmt: skip
    rapport = importer(scene, chemin)
    fichier = FichierRecu.objects.get()
    assert (fichier.type, fichier.reference_le, fichier.recu_le, fichier.emetteur) == (
        TypeFichier.OPERATEUR_EMPLOI, date(2026, 1, 31), date(2026, 2, 12), scene.agence,
    )  # fmt: skip
    assert (rapport.lus, rapport.pris, rapport.introuvables, len(rapport.rejets)) == (6, 3, 1, 2)
    assert {k: v for k, v in rapport.compteurs.items() if v} == {
        "contrats_connus": 3, "contrats_date_incomplete": 1, "contacts_connus": 1, "suivies": 2,
        "premieres_informations": 2, "suivies_ailleurs": 1,
    }  # fmt: skip
    assert [etape(p).attendu for p in (lea, zoe, ada)] == ["recue", "recue", "non_recue"]
    assert etape(lea).terme == date(2026, 2, 12) + timedelta(days=60)
    assert situation(ailleurs).contrat_le is None
    assert InformationPartenaire.objects.get(personne=ailleurs).appliquee is False
    assert [r.motif for r in rapport.rejets] == [
        "Rien ne dit sûrement de qui il s'agit : numéro, ou nom, prénom et naissance.",
        "« Contrat signé le » : la date est à venir.",
    ]
    assert Personne.objects.count() == 4


def test_the_report_and_what_is_set_aside_hold_no_number(scene: Monde, tmp_path: Path) -> None:
    importer(scene, pecg(tmp_path / "f", dossier(nir=NIRS[0], nom="Exemple", signe="demain")))
    rejet = ElementRejete.objects.get()
    assert "Exemple" in ouvrir(bytes(rejet.bloc_chiffre))
    assert NIRS[0] not in ouvrir(bytes(rejet.bloc_chiffre))
    dits = json.dumps(FichierRecu.objects.get().rapport) + rejet.motif + rejet.repere
    assert NIRS[0] not in dits
    assert "Exemple" not in dits


def test_a_line_corrected_is_played_again(scene: Monde, tmp_path: Path) -> None:
    lea = scene.suivie()
    importer(scene, pecg(tmp_path / "f", dossier(nir=NIRS[0], signe="2026-31-01")))
    rejet = ElementRejete.objects.get()
    texte = ouvrir(bytes(rejet.bloc_chiffre))
    with pytest.raises(rejeu.RejeuImpossible, match="n'est pas une date"):
        rejeu.rejouer(element=rejet, texte=texte, par=scene.thomas, le=LE)
    phrase = rejeu.rejouer(element=rejet, texte=texte.replace("2026-31-01", "31/01/2026"), par=scene.thomas, le=LE)
    assert phrase == "Prise : l'information est portée sur le parcours."
    assert (etape(lea).attendu, situation(lea).contrat_le) == ("recue", date(2026, 1, 31))


def test_a_line_about_nobody_is_filled_in_the_form_of_the_counter(scene: Monde, tmp_path: Path) -> None:
    lea = scene.suivie(0)
    importer(scene, pecg(tmp_path / "f", dossier(signe="2025-12-30")))
    rejet = ElementRejete.objects.get()
    fiche = guichet_rejeu.rejoueur_de(rejet).composer(rejet, contenu(rejet))
    (cle,) = (c.cle for c in fiche.champs if c.libelle == "Numéro de sécurité sociale")
    texte = guichet_rejeu.rejoueur_de(rejet).corriger(rejet, contenu(rejet), {cle: NIRS[0]})
    suites = guichet_rejeu.rejouer(element=rejet, texte=texte, par=scene.thomas, le=LE)
    assert (suites.personnes, suites.evenements) == ((lea.pk,), {"information_partenaire": 1})
    rejet.refresh_from_db()
    assert rejet.statut == StatutElement.REJOUE
    assert NIRS[0] not in contenu(rejet)
    assert etape(lea).attendu == "recue"


def test_the_same_bytes_and_the_same_words_change_nothing(scene: Monde, tmp_path: Path) -> None:
    scene.suivie()
    chemin = pecg(tmp_path / "f", dossier(nir=NIRS[0], signe="2025-12-30"))
    importer(scene, chemin)
    avant = (Evenement.objects.count(), InformationPartenaire.objects.get().notee_le)
    assert importer(scene, chemin).deja_recu
    suivant = pecg(tmp_path / "g", dossier(nir=NIRS[0], signe="2025-12-30"), au="2026-02-10", fabrique="2026-02-15")
    rapport = importer(scene, suivant)
    assert (rapport.pris, rapport.inchanges, rapport.compteurs["deja_connues"]) == (0, 1, 1)
    assert Evenement.objects.count() == avant[0]


def test_files_in_any_order_leave_the_same(scene: Monde, tmp_path: Path) -> None:
    lea, zoe = scene.suivie(0), scene.suivie(1)
    mois = [
        pecg(tmp_path / "a", dossier(nir=NIRS[0], signe="2025-12-01"), dossier(nir=NIRS[1], signe="2025-12-01"),
             au="2025-12-31"),
        pecg(tmp_path / "b", dossier(nir=NIRS[0], signe="2026-01-15"), dossier(nir=NIRS[1], contact="2026-01-20")),
    ]  # fmt: skip
    for chemin in reversed(mois):
        importer(scene, chemin, recu_le=date(2026, 2, 12))
    assert [situation(p).contrat_le for p in (lea, zoe)] == [date(2026, 1, 15), date(2025, 12, 1)]
    assert situation(zoe).dernier_contact_le == date(2026, 1, 20)


def test_the_operator_s_identifier_is_learnt_then_enough(scene: Monde, tmp_path: Path) -> None:
    lea, zoe = scene.suivie(0), scene.suivie(1)
    importer(scene, pecg(tmp_path / "f", dossier(nir=NIRS[0], ide="OPE-1", signe="2025-12-30")))
    assert Identifiant.objects.get(genre=GenreIdentifiant.OPERATEUR_EMPLOI).personne == lea
    importer(scene, pecg(tmp_path / "g", dossier(ide="OPE-1", signe="2026-01-30"), fabrique="2026-02-13"))
    assert situation(lea).contrat_le == date(2026, 1, 30)
    doute = pecg(tmp_path / "h", dossier(ide="OPE-1", nir=NIRS[1], signe="2026-01-30"), fabrique="2026-02-14")
    rapport = importer(scene, doute)
    assert rapport.compteurs["identites_a_preciser"] == 1
    assert "deux personnes différentes" in rapport.rejets[0].motif
    assert etape(zoe).attendu == "non_recue"


def test_a_doubtful_identity_is_set_aside(scene: Monde, tmp_path: Path) -> None:
    scene.suivie(0, nom="Exemple", nom_naissance="Exemple", prenom="Léa", date_naissance=date(1988, 1, 1))
    ligne = dossier(nom="Exemple", prenom="Léa", ne="1988-01-01", signe="2025-12-30")
    rapport = importer(scene, pecg(tmp_path / "f", ligne))
    assert rapport.rejets[0].motif.startswith("Identité à préciser.")
    assert ElementRejete.objects.get().code == "identite_a_preciser"


def test_two_lines_that_disagree_about_one_person(scene: Monde, tmp_path: Path) -> None:
    lea = scene.suivie()
    lignes = [dossier(nir=NIRS[0], signe=signe) for signe in ("2025-12-30", "2025-12-30", "2025-12-31")]
    rapport = importer(scene, pecg(tmp_path / "f", *lignes))
    assert (rapport.pris, rapport.inchanges, len(rapport.rejets)) == (1, 1, 1)
    assert situation(lea).contrat_le == date(2025, 12, 30)


def test_another_departement_and_a_cut_file_are_refused_whole(scene: Monde, tmp_path: Path) -> None:
    scene.suivie()
    chemin = pecg(tmp_path / "f", dossier(nir=NIRS[0], signe="2025"), departement="075")
    fichier = guichet.recevoir(chemin=chemin, nom="f", recu_le=None, par=scene.thomas, le=LE)
    assert (fichier.statut, "département « 075 »" in fichier.erreur) == (StatutFichier.REFUSE, True)
    with pytest.raises(FichierIncomplet):
        guichet.charger(fichier=fichier, par=scene.thomas, le=LE)
    coupe = pecg(tmp_path / "g", *(dossier(nir=nir, signe="2025") for nir in NIRS))
    coupe.write_bytes(coupe.read_bytes()[:-150])
    with pytest.raises(FichierRefuse, match="incomplet"):
        importer(scene, coupe)
    assert FichierRecu.objects.get(nom="pecg.xml").statut == StatutFichier.REFUSE
    assert not InformationPartenaire.objects.exists()


def test_totals_that_disagree_are_told(scene: Monde, tmp_path: Path) -> None:
    scene.suivie()
    rapport = importer(scene, pecg(tmp_path / "f", dossier(nir=NIRS[0], signe="2025"), annonces=12))
    assert rapport.avertissements == {"total_incoherent": 1}
    assert rapport.phrases[-1] == "Le fichier annonce 12 dossiers et en contient 1 : à signaler."


def test_the_look_before_loading_writes_nothing(scene: Monde, tmp_path: Path) -> None:
    scene.suivie(0)
    scene.suivie(1, structure=f.structure(TypeStructure.MISSION_LOCALE, G.MISSION_LOCALE))
    chemin = pecg(
        tmp_path / "f", *(dossier(nir=nir, signe="2025-10") for nir in NIRS[:3]), dossier(signe="2025"),
    )  # fmt: skip
    fichier = guichet.recevoir(chemin=chemin, nom="f", recu_le=None, par=scene.thomas, le=LE)
    guichet.noter_apercu(fichier=fichier)
    fichier.refresh_from_db()
    apercu = fichier.rapport["apercu"]
    vus = ("lignes", "annonces", "suivies", "ailleurs", "inconnues", "contrats_date_incomplete")
    assert [apercu[cle] for cle in vus] == [4, 4, 1, 1, 1, 3]
    assert list(apercu["motifs"].values()) == [1]
    assert not InformationPartenaire.objects.exists()
    guichet.charger(fichier=fichier, par=scene.thomas, le=LE)
    assert not lieu_de(fichier).exists()


def test_paths_saved_by_the_data_desk_are_used_and_kept(scene: Monde, tmp_path: Path) -> None:
    lea = scene.suivie()
    correspondance = partenaires.enregistrer(
        nom="Opérateur", genre=GenreCorrespondance.OPERATEUR, emetteur=scene.agence,
        colonnes={"nir": "qui/@numero", "contrat": "ppae/date-signature"}, par=scene.thomas, le=LE,
    )  # fmt: skip
    corps = f'<dossier><qui numero="{NIRS[0]}"/><ppae><date-signature>2025-12-30</date-signature></ppae></dossier>'
    importer(scene, pecg(tmp_path / "f", corps))
    assert situation(lea).contrat_le == date(2025, 12, 30)
    assert FichierRecu.objects.get().usage.correspondance == correspondance  # type: ignore[attr-defined]


def test_several_agencies_and_no_head_office_someone_must_say(scene: Monde, tmp_path: Path) -> None:
    lea = scene.suivie()
    f.structure(TypeStructure.OPERATEUR_EMPLOI, G.OPERATEUR_EMPLOI)
    chemin = pecg(tmp_path / "f", dossier(nir=NIRS[0], signe="2025-12-30"))
    fichier = guichet.recevoir(chemin=chemin, nom="f", recu_le=None, par=scene.thomas, le=LE)
    with pytest.raises(FichierIncomplet, match="dites laquelle"):
        guichet.charger(fichier=fichier, par=scene.thomas, le=LE)
    siege = f.structure(TypeStructure.OPERATEUR_EMPLOI, "")
    guichet.charger(fichier=fichier, par=scene.thomas, le=LE)
    fichier.refresh_from_db()
    assert (fichier.emetteur, etape(lea).attendu) == (siege, "recue")


@pytest.mark.parametrize("ou", ["reconnaitre", "noter_informations", "retenir_identifiants"])
def test_stopped_anywhere_nothing_is_half_done_and_a_second_run_finishes(
    scene: Monde, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ou: str
) -> None:
    lea = scene.suivie()
    chemin = pecg(tmp_path / "f", dossier(nir=NIRS[0], ide="A", signe="2025-12-30"), dossier(nir=NIRS[1], signe="x"))
    fichier = operateur.recevoir(chemin=chemin, nom="f", recu_le=None, par=scene.thomas, le=LE)
    vraie = getattr(chargement, ou)

    def coupure(*args: Any, **champs: Any) -> Any:
        vraie(*args, **champs)
        raise KeyboardInterrupt

    with monkeypatch.context() as m:
        m.setattr(chargement, ou, coupure)
        with pytest.raises(KeyboardInterrupt):
            operateur.charger(fichier=fichier, par=scene.thomas, le=LE)
    fichier.refresh_from_db()
    assert fichier.statut == StatutFichier.RECU
    assert not InformationPartenaire.objects.exists()
    assert not ElementRejete.objects.exists()
    assert not Identifiant.objects.filter(genre=GenreIdentifiant.OPERATEUR_EMPLOI).exists()
    operateur.charger(fichier=fichier, par=scene.thomas, le=LE)
    assert etape(lea).attendu == "recue"


def test_the_number_of_queries_does_not_follow_the_number_of_lines(
    scene: Monde, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    for rang in range(5):
        scene.suivie(rang)
    chemin = pecg(tmp_path / "f", *(dossier(nir=nir, signe="2025-12-30") for nir in NIRS))
    fichier = operateur.recevoir(chemin=chemin, nom="f", recu_le=None, par=scene.thomas, le=LE)
    with django_assert_max_num_queries(75):
        operateur.charger(fichier=fichier, par=scene.thomas, le=LE)
