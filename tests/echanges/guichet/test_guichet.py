"""One counter: any file received, looked at, loaded by the package that knows it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from procrastinate.contrib.django import app

from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.fichiers.depot import FichierIncomplet, ReceptionImpossible, lieu_de
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.echanges.guichet.reconnaissance import Genre
from cordee.echanges.guichet.registre import LECTEURS
from cordee.echanges.guichet.services import (
    charger,
    noter_apercu,
    recevoir,
)
from cordee.echanges.guichet.taches import INTERROMPU, charger_fichier
from cordee.metier.personnes.models import Contact, Foyer
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.echanges.caf.blocs import ENTETE as ENTETE_CAF
from tests.echanges.caf.blocs import foyer
from tests.echanges.contacts.lignes import ENTETE, ligne

pytestmark = pytest.mark.django_db


def beneficiaires(dossier: Path) -> Path:
    fin = "<TransmissionFlux><NBTOTDOSRSATRANSM>1</NBTOTDOSRSATRANSM><NBTOTDOSRSATRANSMANO>0</NBTOTDOSRSATRANSMANO>"
    chemin = dossier / "a"
    corps = f"{ENTETE_CAF}{foyer()}{fin}</TransmissionFlux>"
    chemin.write_text(f'<?xml version="1.0" encoding="ISO-8859-1"?><Racine>{corps}</Racine>', "iso-8859-1")
    return chemin


def contacts(dossier: Path) -> Path:
    chemin = dossier / "b"
    chemin.write_text(f"{ENTETE}\n{ligne('639980001', matricule='', numdemrsa='77')}\n", "cp1252")
    return chemin


def recu(chemin: Path, *, deposer: bool = True, recu_le: date | None = None) -> FichierRecu:
    return recevoir(
        chemin=chemin, nom="sans.importance", recu_le=recu_le, par=f.systeme(), le=f.MAINTENANT, deposer=deposer
    )  # fmt: skip


def test_beneficiaires_puis_contacts(tmp_path: Path) -> None:
    f.personne(foyer=f.foyer(numdemrsa="00000000077"), nom="Exemple")
    for chemin, type_rapport in ((beneficiaires(tmp_path), Rapport), (contacts(tmp_path), RapportLignes)):
        fichier = recu(chemin)
        assert fichier.statut == StatutFichier.RECU
        assert noter_apercu(fichier=fichier) is not None
        assert fichier.rapport["apercu"]
        assert noter_apercu(fichier=fichier) is None  # noted once
        rapport = charger(fichier=fichier, par=f.systeme(), le=f.MAINTENANT)
        assert isinstance(rapport, type_rapport)
        assert rapport.statut == "charge"
        assert charger(fichier=fichier, par=f.systeme(), le=f.MAINTENANT).deja_recu
        assert recu(chemin).pk == fichier.pk
    assert (Foyer.objects.filter(organisme__isnull=False).count(), Contact.objects.count()) == (2, 1)


def test_un_fichier_qui_n_est_pas_pour_nous_est_un_fait(tmp_path: Path) -> None:
    chemin = tmp_path / "facture.csv"
    chemin.write_bytes(b"%PDF-1.7\n")
    fichier = recu(chemin)
    assert (fichier.statut, fichier.type) == (StatutFichier.REFUSE, "")
    assert "PDF" in fichier.erreur
    assert not lieu_de(fichier).exists()
    assert noter_apercu(fichier=fichier) is None
    with pytest.raises(FichierIncomplet, match="PDF"):
        charger(fichier=fichier, par=f.systeme(), le=f.MAINTENANT)
    assert recu(chemin).pk == fichier.pk


@pytest.mark.parametrize(
    ("balise", "dit"),
    [
        ("InfosFinancieresFoyerRSA", "flux financier"),
        ("InfosCreanceFoyerRSA", "flux de créances"),
        ("InfoDemandeRSA", "flux d'instruction"),
    ],
)
def test_les_autres_flux_de_la_caf_sont_nommes(tmp_path: Path, balise: str, dit: str) -> None:
    chemin = tmp_path / "a"
    chemin.write_text(f"<Racine>{ENTETE_CAF}<{balise}/></Racine>")
    assert dit in recu(chemin).erreur


def test_un_tableau_inconnu_attend_sa_correspondance(tmp_path: Path) -> None:
    chemin = tmp_path / "t"
    chemin.write_text("Nom;Né le\nMARTIN;12/03/1988\n")
    fichier = recu(chemin)
    assert (fichier.type, fichier.statut) == (TypeFichier.PARTENAIRE, StatutFichier.RECU)


def test_recu_demain(tmp_path: Path) -> None:
    with pytest.raises(ReceptionImpossible):
        recu(contacts(tmp_path), recu_le=jour(f.MAINTENANT) + timedelta(days=1))


def test_la_tache_charge_et_garde_la_raison_d_un_echec(tmp_path: Path) -> None:
    f.personne(foyer=f.foyer(numdemrsa="00000000077"), nom="Exemple")
    fichier = recu(contacts(tmp_path))
    charger_fichier(fichier_id=fichier.pk, par_id=f.systeme().pk)
    fichier.refresh_from_db()
    assert fichier.statut == StatutFichier.CHARGE
    perdu = recu(beneficiaires(tmp_path))
    lieu_de(perdu).unlink()
    charger_fichier(fichier_id=perdu.pk, par_id=f.systeme().pk)
    perdu.refresh_from_db()
    assert (perdu.statut, perdu.etape_traitement) == (StatutFichier.RECU, INTERROMPU)


def test_les_taches_deja_demandees_gardent_leur_nom() -> None:
    assert app.tasks["caf.charger_fichier"] is app.tasks["guichet.charger_fichier"] is charger_fichier


def test_le_registre_dit_tout_une_seule_fois() -> None:
    types = [t for lecteur in LECTEURS for t in lecteur.types]
    assert len(types) == len(set(types))
    assert len({lecteur.genre for lecteur in LECTEURS}) == len(LECTEURS)
    assert {lecteur.genre for lecteur in LECTEURS} == set(Genre)
    assert set(types) == set(TypeFichier)
