"""A file through the whole pipeline: received, staged, merged, told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cordee.echanges.caf.lecture import FichierRefuse
from cordee.echanges.caf.reception import recevoir
from cordee.echanges.caf.services import FichierIncomplet, charger
from cordee.echanges.fichiers.depot import ReceptionImpossible, lieu_de
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, StatutFichier
from cordee.echanges.fichiers.rejets import ouvrir
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.models import DroitPersonne, Foyer, Identifiant, OuvertureDroit, Personne, Rattachement
from cordee.socle.chiffrement import dechiffrer
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import FEVRIER, JANVIER, autre_personne, entete, importer

pytestmark = pytest.mark.django_db


def test_a_new_entrant_has_her_path(flux: Flux) -> None:
    f.regle_secteur(eds := f.structure(), f.commune())
    rapport = importer(flux(foyer()), le=f.MAINTENANT)
    assert (rapport.foyers_lus, rapport.nouveaux_entrants, rapport.personnes_creees) == (1, 1, 1)
    assert (rapport.statut, rapport.portee, rapport.organisme) == ("charge", "courant", "CAF941")
    situation = Situation.objects.get()
    assert (situation.etat, situation.recu_le) == (Etat.ENTRANTE, date(2026, 1, 5))
    assert situation.structure_secteur == eds
    assert DroitPersonne.objects.get().debut == date(2025, 12, 31)
    ouverture = OuvertureDroit.objects.get()
    assert (ouverture.demande_le, ouverture.effet_le) == (date(2023, 2, 14), date(2023, 2, 1))
    assert (ouverture.transmise_le, ouverture.recue_le, ouverture.retour) == (
        date(2026, 1, 5),
        date(2026, 1, 5),
        False,
    )
    assert Rattachement.objects.get().structure == eds
    assert not reconstruire(verifier=True)


def test_clocks_start_at_reception(flux: Flux) -> None:
    rapport = importer(flux(foyer()), le=f.MAINTENANT, recu_le=date(2026, 2, 2))
    assert Situation.objects.get().recu_le == date(2026, 2, 2)
    assert rapport.jours_entames == 15
    assert "1 échéance déjà entamée de 15 j." in rapport.phrases


def test_a_reception_to_come_is_refused(flux: Flux) -> None:
    with pytest.raises(ReceptionImpossible):
        importer(flux(foyer()), le=f.MAINTENANT, recu_le=date(2026, 2, 18))


def test_the_same_bytes_change_nothing(flux: Flux) -> None:
    chemin = flux(foyer())
    importer(chemin)
    avant = (Evenement.objects.count(), Personne.objects.count())
    rapport = importer(chemin)
    assert rapport.deja_recu
    assert (Evenement.objects.count(), Personne.objects.count()) == avant
    assert FichierRecu.objects.get().statut == StatutFichier.CHARGE


def test_the_copy_is_kept_until_loaded(flux: Flux) -> None:
    chemin = flux(foyer())
    fichier = recevoir(chemin=chemin, nom="a.xml", recu_le=None, par=f.systeme(), le=f.MAINTENANT)
    assert lieu_de(fichier).read_bytes() == chemin.read_bytes()
    assert lieu_de(fichier).stat().st_mode & 0o077 == 0
    charger(fichier=fichier, par=f.systeme(), le=f.MAINTENANT)
    assert not lieu_de(fichier).exists()


def test_another_kind_of_file_is_a_fact_and_says_why(tmp_path: Path) -> None:
    (chemin := tmp_path / "x.xml").write_text("<Autre/>")
    fichier = recevoir(chemin=chemin, nom="x.xml", recu_le=None, par=f.systeme(), le=f.MAINTENANT)
    assert fichier.statut == StatutFichier.REFUSE
    assert "n'est pas un flux de bénéficiaires" in fichier.erreur
    with pytest.raises(FichierIncomplet, match="n'est pas un flux"):
        charger(fichier=fichier, par=f.systeme(), le=f.MAINTENANT)


def test_a_truncated_file_writes_nothing(flux: Flux) -> None:
    chemin = flux(foyer(), foyer("00000010095", *autre_personne(1)))
    chemin.write_bytes(chemin.read_bytes()[:-300])
    with pytest.raises(FichierRefuse, match="incomplet"):
        importer(chemin)
    assert not Personne.objects.exists()
    assert not Foyer.objects.exists()
    assert FichierRecu.objects.get().statut == StatutFichier.REFUSE


def test_one_unreadable_household_is_set_aside_without_its_nir(flux: Flux) -> None:
    illisible = foyer("00000010095", *autre_personne(1), ("<DTNAI>", "<DTNAI>x"))
    rapport = importer(flux(foyer(), illisible))
    assert (rapport.foyers_lus, rapport.personnes_creees) == (2, 1)
    [rejet] = rapport.rejets
    assert rejet.numdemrsa == "00000010095"
    stocke = ElementRejete.objects.get()
    clair = ouvrir(stocke.bloc_chiffre)
    assert "NOMBA" in clair
    assert "jeton-" in clair
    assert "2880699000001" not in clair
    assert "NOMBA" not in str(rapport.vers_json())


def test_totals_that_disagree_are_said(flux: Flux) -> None:
    rapport = importer(flux(foyer(), annonces=7))
    assert (rapport.foyers_annonces, rapport.foyers_lus) == (7, 1)
    assert rapport.avertissements["total_incoherent"] == 1
    assert any("annonce 7 foyers et en contient 1" in phrase for phrase in rapport.phrases)


def test_the_nir_is_never_stored_in_clear(flux: Flux) -> None:
    importer(flux(foyer()))
    identifiant = Identifiant.objects.get(genre="nir")
    assert identifiant.valeur == ""
    assert dechiffrer(identifiant.valeur_chiffree, contexte="personnes.nir") == "2880699023456"
    with connection.cursor() as curseur:
        for table in ("personnes_foyer", "personnes_appartenance", "personnes_droitpersonne", "fichiers_fichierrecu"):
            curseur.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%%2880699023456%%'")
            assert curseur.fetchone() == (0,), table


def test_identifiers_under_which_bodies_know_her(flux: Flux) -> None:
    importer(flux(foyer()))
    valeurs = set(Identifiant.objects.exclude(genre="nir").values_list("genre", "valeur"))
    assert valeurs == {("numdemrsa", "00000010094:DEM"), ("matricule", "CAF941:9123456")}


def _foyers(n: int, *remplacements: tuple[str, str]) -> list[str]:
    return [foyer(f"{i:011d}", *autre_personne(i), *remplacements) for i in range(n)]


def test_a_file_much_smaller_waits_for_confirmation(flux: Flux) -> None:
    importer(flux(*_foyers(20), entete=entete(JANVIER), nom="1.xml"))
    chemin = flux(*_foyers(18), entete=entete(FEVRIER), nom="2.xml")
    rapport = importer(chemin)
    assert rapport.statut == StatutFichier.A_CONFIRMER
    assert "10 % de moins" in rapport.message
    assert not Foyer.objects.exclude(presence="transmis").exists()
    rapport = importer(chemin, confirmer=True)
    assert (rapport.statut, rapport.non_transmis) == (StatutFichier.CHARGE, 2)


def test_a_small_fall_does_not_wait(flux: Flux) -> None:
    importer(flux(*_foyers(20), entete=entete(JANVIER), nom="1.xml"))
    assert importer(flux(*_foyers(19), entete=entete(FEVRIER), nom="2.xml")).statut == StatutFichier.CHARGE


@pytest.mark.parametrize("mois", [JANVIER, FEVRIER], ids=["first load", "next month"])
def test_as_many_statements_for_one_household_as_for_forty(flux: Flux, mois: date) -> None:
    def requetes(nombre: int, graine: int) -> int:
        caisse = ("<NUMORG>941<", f"<NUMORG>{graine}<")
        blocs = [foyer(f"{graine + i:011d}", *autre_personne(graine + i), caisse) for i in range(nombre)]
        if mois == FEVRIER:
            importer(flux(*blocs, entete=entete(JANVIER), nom=f"a{graine}.xml"))
            blocs = [bloc.replace("<NOMVOIE>DU PITON<", "<NOMVOIE>DES CIMES<") for bloc in blocs]
        chemin = flux(*blocs, entete=entete(mois), nom=f"b{graine}.xml")
        with CaptureQueriesContext(connection) as capture:
            assert importer(chemin).foyers_lus == nombre
        return len([q for q in capture.captured_queries if not q["sql"].startswith("SAVEPOINT")])

    petit = requetes(1, 100)
    assert requetes(40, 200) <= petit
