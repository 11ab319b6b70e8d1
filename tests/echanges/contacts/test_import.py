"""A contacts file on the real database: who is recognised, what is kept, what is never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.echanges.contacts.services import (
    LigneEncoreFausse,
    ReceptionImpossible,
    apercu_de,
    charger,
    noter_apercu,
    recevoir,
    rejouer,
)
from cordee.echanges.fichiers.depot import FichierIncomplet, FichierRefuse, lieu_de
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, GenreElement, StatutFichier
from cordee.echanges.fichiers.rejets import ouvrir
from cordee.metier.personnes.enums import GenreContact, RoleFoyer, SourceDonnee
from cordee.metier.personnes.models import Contact, ContactPropose, Personne
from cordee.metier.personnes.selectors import contact_utilisable
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.echanges.contacts.lignes import NIR_CJT, NIR_DEM, Ecrire, Importer, ligne

pytestmark = pytest.mark.django_db
Couple = tuple[Personne, Personne]
JANVIER, FEVRIER = date(2026, 1, 5), date(2026, 2, 5)
A, B, C = "639980001", "639980002", "639980003"


def lignes_de(personne: Personne) -> list[tuple[str, date, date | None]]:
    """(value, from, to) of a person's contacts, oldest first."""
    return list(
        Contact.objects.filter(personne=personne).order_by("debut", "valeur").values_list("valeur", "debut", "fin")
    )


# Who ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "cles",
    [
        {"nir": NIR_DEM, "matricule": "", "numdemrsa": "", "role": ""},
        {"nir": NIR_DEM + "04", "matricule": "7777777", "numdemrsa": "7", "role": "CJT"},
        {"matricule": "9900001", "numdemrsa": ""},
        {"matricule": "", "numdemrsa": "10099"},
    ],
)
def test_reconnue_par_nir_sinon_matricule_sinon_demande(
    couple: Couple, importer: Importer, cles: dict[str, str]
) -> None:
    rapport = importer(ligne(A, **cles))
    assert [valeur for valeur, _, _ in lignes_de(couple[0])] == ["0639980001"]
    assert not lignes_de(couple[1])
    assert (rapport.lus, rapport.pris, rapport.introuvables, rapport.rejets) == (1, 1, 0, [])


def test_le_zero_perdu_du_matricule(importer: Importer) -> None:
    dossier = f.foyer(matricule="0012345")
    personne = f.personne(foyer=dossier, nom="Exemple")
    importer(ligne(A, matricule="12345", numdemrsa=""))
    assert lignes_de(personne)


def test_le_numero_du_dossier_va_aux_deux(couple: Couple, importer: Importer) -> None:
    rapport = importer(ligne(A, "c@exemple.invalid"), ligne(A, "c@exemple.invalid", role="CJT"))
    assert lignes_de(couple[0]) == lignes_de(couple[1])
    assert (rapport.pris, rapport.compteurs["telephones_ajoutes"], rapport.compteurs["courriels_ajoutes"]) == (2, 2, 2)
    assert rapport.compteurs["numeros_de_tiers"] == 0


def test_personne_n_est_creee(importer: Importer) -> None:
    rapport = importer(ligne(A))
    assert (rapport.introuvables, rapport.pris, rapport.rejets) == (1, 0, [])
    assert not Personne.objects.exists()
    assert not Contact.objects.exists()


def test_qui_a_quitte_le_dossier_n_est_pas_prise_pour_qui_y_est(couple: Couple, importer: Importer) -> None:
    couple[1].appartenances.update(fin=date(2025, 6, 1))
    assert importer(ligne(A, role="CJT")).introuvables == 1


def test_deux_personnes_possibles_sont_mises_de_cote(couple: Couple, importer: Importer) -> None:
    f.membre(f.personne(nom="Exemple"), couple[0].appartenances.get().foyer)
    rapport = importer(ligne(A))
    assert rapport.pris == 0
    assert [r.motif for r in rapport.rejets] == [r.motif for r in ElementRejete.objects.all()]
    assert "Deux personnes" in rapport.rejets[0].motif
    assert not Contact.objects.exists()


def test_un_nir_connu_deux_fois_est_departage_par_le_dossier(couple: Couple, importer: Importer) -> None:
    f.personne(nom="Double", nir=NIR_DEM)
    importer(ligne(A, nir=NIR_DEM))
    assert lignes_de(couple[0])


def test_un_nir_dont_le_dossier_est_celui_d_une_autre_est_un_doute(couple: Couple, importer: Importer) -> None:
    f.personne(nom="Ailleurs", nir="2990199123003")
    rapport = importer(ligne(A, nir="2990199123003"))
    assert "Deux personnes" in rapport.rejets[0].motif
    assert not Contact.objects.exists()


def test_un_dossier_connu_sous_un_autre_nom_est_mis_de_cote(couple: Couple, importer: Importer) -> None:
    rapport = importer(ligne(A, nom="INCONNU", prenom="JEAN"), ligne(B, nom="Autre", prenom="JEAN"))
    assert [r.ligne for r in rapport.rejets] == [2]
    assert [valeur for valeur, _, _ in lignes_de(couple[0])] == ["0639980002"]


def test_sur_une_fiche_reunie_le_contact_reste_a_la_fiche_du_fichier(couple: Couple, importer: Importer) -> None:
    canonique = f.personne()
    Personne.objects.filter(pk=couple[0].pk).update(canonique=canonique)
    f.contact(canonique, "0639980001")
    rapport = importer(ligne(A))
    assert (rapport.pris, rapport.inchanges) == (0, 1)  # known on the group already
    importer(ligne(B), au=FEVRIER)
    assert [valeur for valeur, _, _ in lignes_de(couple[0])] == ["0639980002"]


# What ---------------------------------------------------------------------------------------------------------------
def test_un_numero_change_l_ancien_est_garde_date(couple: Couple, importer: Importer) -> None:
    importer(ligne(A), au=JANVIER)
    rapport = importer(ligne(B), au=FEVRIER)
    assert lignes_de(couple[0]) == [("0639980001", JANVIER, FEVRIER), ("0639980002", FEVRIER, None)]
    assert (rapport.compteurs["telephones_changes"], rapport.compteurs["telephones_ajoutes"]) == (1, 0)
    dernier = Contact.objects.get(fin=None)
    assert (dernier.source, dernier.fichier_id) == (SourceDonnee.CONTACTS, FichierRecu.objects.latest("pk").pk)


def test_une_case_vide_ne_dit_rien(couple: Couple, importer: Importer) -> None:
    importer(ligne(A, "c@exemple.invalid"), au=JANVIER)
    rapport = importer(ligne(), au=FEVRIER)
    assert len(lignes_de(couple[0])) == 2
    assert all(fin is None for _, _, fin in lignes_de(couple[0]))
    assert (rapport.pris, rapport.inchanges, rapport.compteurs["sans_contact"]) == (0, 1, 1)


def test_le_meme_fichier_deux_fois_ne_change_rien(couple: Couple, ecrire: Ecrire) -> None:
    chemin, par = ecrire(ligne(A, "c@exemple.invalid")), f.systeme()
    for deja in (False, True):
        fichier = recevoir(chemin=chemin, nom="c", recu_le=None, par=par, le=f.MAINTENANT, deposer=False)
        rapport = charger(fichier=fichier, par=par, le=f.MAINTENANT, chemin=chemin)
        assert rapport.deja_recu is deja
    assert FichierRecu.objects.count() == 1
    assert Contact.objects.count() == 2


def test_un_numero_qui_ne_repond_plus_le_reste(couple: Couple, importer: Importer) -> None:
    importer(ligne(A), au=JANVIER)
    Contact.objects.update(en_echec=True)
    importer(ligne(A), au=FEVRIER)
    contact = Contact.objects.get()
    assert (contact.en_echec, contact.confirme_le) == (True, FEVRIER)


@pytest.mark.parametrize("ordre", list(permutations(range(3))))
def test_fichiers_dans_le_desordre_meme_situation(couple: Couple, importer: Importer, ordre: tuple[int, ...]) -> None:
    """The number of the latest file is the current one, whatever the order of loading; a repetition changes nothing."""
    fichiers = [(ligne(A), date(2026, 1, 5)), (ligne(B), date(2026, 1, 20)), (ligne(A), date(2026, 2, 5))]
    for rang in (*ordre, *ordre):
        importer(fichiers[rang][0], au=fichiers[rang][1])
    assert list(Contact.objects.filter(fin=None).values_list("valeur", flat=True)) == ["0639980001"]
    assert not ContactPropose.objects.exists()


JOURS = [JANVIER + timedelta(days=7 * n) for n in range(5)]
CASES = st.sets(st.sampled_from(["0639980001", "0639980002", "c@exemple.invalid", "d@exemple.invalid"]), max_size=3)


@settings(max_examples=30)
@given(fichiers=st.lists(CASES, min_size=2, max_size=5), alea=st.randoms(use_true_random=False))
def test_ordre_et_repetition_ne_changent_rien(
    couple: Couple, importer: Importer, fichiers: list[set[str]], alea: Random
) -> None:
    """Any files about one person, in any order and repeated: the same current contacts, and nothing to decide."""
    dates = list(zip(fichiers, JOURS, strict=False))
    melange = [*dates, *alea.sample(dates, 1)]
    alea.shuffle(melange)
    situations = []
    for ordre in (dates, melange):
        with f.sans_trace():
            for valeurs, au in ordre:
                telephones = [v for v in sorted(valeurs) if "@" not in v]
                courriels = [v for v in sorted(valeurs) if "@" in v]
                importer(*[ligne(t) for t in telephones], *[ligne("", c) for c in courriels], ligne(), au=au)
            situations.append(set(Contact.objects.filter(fin=None).values_list("valeur", "personne_id")))
            assert not ContactPropose.objects.exists()
    assert situations[0] == situations[1]
    for genre in ("@", ""):
        dernier = next((v for v in reversed(fichiers) if any(("@" in x) == bool(genre) for x in v)), set())
        attendus = {x for x in dernier if ("@" in x) == bool(genre)}
        assert {v for v, _ in situations[0] if ("@" in v) == bool(genre)} == attendus


def test_un_numero_que_les_fichiers_donnent_de_nouveau_revient(couple: Couple, importer: Importer) -> None:
    """A, then A and B, then B, then A: files ended and gave it again, nobody has to decide."""
    for lignes, au in zip(([ligne(A)], [ligne(A, autre=B)], [ligne(B)], [ligne(A)]), JOURS, strict=False):
        importer(*lignes, au=au)
    assert not ContactPropose.objects.exists()
    assert list(Contact.objects.filter(fin=None).values_list("valeur", flat=True)) == ["0639980001"]


def test_un_vieux_fichier_parle_encore_de_ceux_qu_un_recent_ne_nomme_pas(couple: Couple, importer: Importer) -> None:
    importer(ligne(A), au=FEVRIER)
    rapport = importer(ligne(B), ligne(B, role="CJT"), au=JANVIER)
    assert [valeur for valeur, _, _ in lignes_de(couple[0])] == ["0639980001"]
    assert [valeur for valeur, _, _ in lignes_de(couple[1])] == ["0639980002"]
    assert (rapport.portee, rapport.compteurs["plus_recents_connus"]) == ("historique", 1)


def test_le_numero_d_un_tiers(couple: Couple, importer: Importer) -> None:
    autres = [f.personne(foyer=f.foyer(numdemrsa=f"0000009900{n}"), nom="Exemple") for n in range(3)]
    lignes = [ligne(A, matricule="", numdemrsa=f"9900{n}") for n in range(3)]
    rapport = importer(ligne(A), *lignes, au=JANVIER)
    assert rapport.compteurs["numeros_de_tiers"] == 1
    assert Contact.objects.filter(numero_de_tiers=True).count() == 4
    refus = contact_utilisable(couple[0], genre=GenreContact.TELEPHONE, au=jour(f.MAINTENANT))
    assert "tiers" in refus.empechement
    importer(ligne(B), au=FEVRIER)  # three persons are left: a family may share a number
    assert not Contact.objects.filter(personne__in=autres, numero_de_tiers=True).exists()


def test_un_numero_verifie_avec_la_personne_n_est_pas_celui_d_un_tiers(importer: Importer) -> None:
    verifiee = f.personne()
    f.contact(verifiee, "0639980001", verifie=True)
    for n in range(4):
        f.personne(foyer=f.foyer(numdemrsa=f"0000009900{n}"), nom="Exemple")
    importer(*[ligne(A, matricule="", numdemrsa=f"9900{n}") for n in range(4)])
    assert Contact.objects.filter(numero_de_tiers=True).count() == 4
    assert not Contact.objects.get(personne=verifiee).numero_de_tiers


# The file -----------------------------------------------------------------------------------------------------------
def test_depot_apercu_chargement(couple: Couple, ecrire: Ecrire) -> None:
    par, le = f.systeme(), f.MAINTENANT
    chemin = ecrire(ligne(A), ligne("6,12E+08", role="CJT", nir=NIR_CJT))
    fichier = recevoir(chemin=chemin, nom="n'importe.quoi", recu_le=None, par=par, le=le)
    assert (fichier.type, fichier.reference_le) == ("contacts", jour(le))
    apercu = noter_apercu(fichier=fichier)
    assert apercu is not None
    assert (apercu.lignes, apercu.illisibles) == (2, 1)
    assert apercu_de(fichier) == apercu
    rapport = charger(fichier=fichier, par=par, le=le)
    fichier.refresh_from_db()
    assert (fichier.statut, fichier.lus, fichier.charge_le) == (StatutFichier.CHARGE, 2, le)
    assert not lieu_de(fichier).exists()
    assert rapport.lus == rapport.pris + rapport.inchanges + rapport.introuvables + len(rapport.rejets) == 2
    texte = str(fichier.rapport)
    assert not any(secret in texte for secret in ("0639980001", A, NIR_CJT, "Exemple", "EXEMPLE"))


def test_une_ligne_mise_de_cote_corrigee_puis_rejouee(couple: Couple, importer: Importer) -> None:
    importer(ligne("6,12E+08", role="CJT", nir=NIR_CJT))
    mise = ElementRejete.objects.get()
    garde = ouvrir(mise.bloc_chiffre)
    assert mise.genre == GenreElement.LIGNE
    assert NIR_CJT not in garde
    args = {"element": mise, "par": f.systeme(), "le": f.MAINTENANT}
    with pytest.raises(LigneEncoreFausse, match="tableur"):
        rejouer(texte=garde, **args)
    corrigee = garde.replace("6,12E+08", A)
    with pytest.raises(LigneEncoreFausse, match="deux lignes"):
        rejouer(texte=corrigee.splitlines()[1], **args)
    with pytest.raises(LigneEncoreFausse, match="inconnue ici"):
        rejouer(texte=corrigee.replace("jeton-", "x").replace("9900001", "1").replace("00000010099", "2"), **args)
    assert rejouer(texte=corrigee, **args) == "Contacts mis à jour."
    assert rejouer(texte=corrigee, **args).startswith("Rien à changer")
    assert [valeur for valeur, _, _ in lignes_de(couple[1])] == ["0639980001"]


def test_un_fichier_d_inconnus_attend_une_confirmation(couple: Couple, importer: Importer) -> None:
    lignes = [ligne(A), *(ligne(B, matricule=str(n), numdemrsa=str(n)) for n in range(1, 31))]
    retenu = importer(*lignes, confirmer=False)
    assert (retenu.statut, retenu.introuvables) == ("a_confirmer", 30)
    assert "mensuel" in retenu.message
    assert not Contact.objects.exists()
    rapport = importer(*lignes, confirmer=True)
    assert (rapport.statut, rapport.pris) == ("charge", 1)


def test_dates_impossibles(ecrire: Ecrire) -> None:
    args = {"chemin": ecrire(ligne(A)), "nom": "c", "par": f.systeme(), "le": f.MAINTENANT}
    with pytest.raises(ReceptionImpossible, match="futur"):
        recevoir(recu_le=jour(f.MAINTENANT) + timedelta(days=1), **args)
    with pytest.raises(ReceptionImpossible, match="suit sa réception"):
        recevoir(recu_le=JANVIER, date_du_fichier=FEVRIER, **args)


def test_un_fichier_coupe_ne_laisse_rien(couple: Couple, ecrire: Ecrire) -> None:
    chemin, par, le = ecrire(ligne(A), ligne(B)), f.systeme(), f.MAINTENANT
    chemin.write_bytes(chemin.read_bytes()[:-30])
    fichier = recevoir(chemin=chemin, nom="c", recu_le=None, par=par, le=le)
    with pytest.raises(FichierRefuse, match="incomplet"):
        charger(fichier=fichier, par=par, le=le)
    fichier.refresh_from_db()
    assert fichier.statut == StatutFichier.REFUSE
    assert not Contact.objects.exists()
    assert not lieu_de(fichier).exists()
    with pytest.raises(FichierIncomplet, match="incomplet"):
        charger(fichier=fichier, par=par, le=le)


def test_une_panne_ne_laisse_rien_et_se_relance(
    couple: Couple, ecrire: Ecrire, monkeypatch: pytest.MonkeyPatch
) -> None:
    par, le = f.systeme(), f.MAINTENANT
    fichier = recevoir(chemin=ecrire(ligne(A)), nom="c", recu_le=None, par=par, le=le)
    with monkeypatch.context() as panne:
        panne.setattr("cordee.echanges.contacts.services.rediger", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            charger(fichier=fichier, par=par, le=le)
    assert not Contact.objects.exists()
    fichier.refresh_from_db()
    assert (fichier.statut, fichier.etape_traitement) == (StatutFichier.RECU, "Interrompu : à relancer")
    assert charger(fichier=fichier, par=par, le=le).pris == 1


def test_autant_de_requetes_pour_une_ligne_que_pour_cent(importer: Importer) -> None:
    importer(ligne(A))  # the system's agent, known from then on
    comptes = []
    for n in (1, 100):
        for i in range(n):
            f.personne(foyer=f.foyer(numdemrsa=f"{n:04d}{i:07d}"), nom="Exemple")
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            importer(*[ligne(A, matricule="", numdemrsa=f"{n:04d}{i:07d}") for i in range(n)])
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]


@pytest.mark.reference
def test_echantillon(couple: Couple, fichier_reference: Callable[[str], Path]) -> None:
    """Golden: the sample, about a couple known by NIR and a man known by his dossier."""
    yanis = f.personne(foyer=f.foyer(numdemrsa="00000020099", matricule="9900002"), nom="Modele", prenom="Yanis")
    chemin, par = fichier_reference("caf/samples/contacts_invente.csv"), f.systeme()
    fichier = recevoir(chemin=chemin, nom="c", recu_le=None, par=par, le=f.MAINTENANT, deposer=False)
    rapport = charger(fichier=fichier, par=par, le=f.MAINTENANT, chemin=chemin)
    assert (rapport.lus, rapport.pris, rapport.rejets) == (3, 3, [])
    for personne in couple:
        assert {v for v, _, _ in lignes_de(personne)} == {"0612345678", "camille.exemple@example.org"}
    assert [v for v, _, _ in lignes_de(yanis)] == ["0145000000"]
    sms = contact_utilisable(yanis, genre=GenreContact.TELEPHONE, au=jour(f.MAINTENANT), mobile=True)
    assert sms.empechement == "Aucun numéro de mobile n'est connu."


def test_role_enfant_jamais_pris_pour_le_demandeur(couple: Couple, importer: Importer) -> None:
    enfant = f.personne(foyer=couple[0].appartenances.get().foyer, role=RoleFoyer.ENF, nom="Exemple", prenom="Alix")
    importer(ligne(A, role="ENF"))
    assert lignes_de(enfant)
    assert not lignes_de(couple[0])


def test_aucune_ligne_connue_meme_d_un_petit_fichier_attend(couple: Couple, importer: Importer) -> None:
    """The same bytes load once only: three lines before the first monthly must not be spent for nothing."""
    lignes = [ligne(B, matricule=str(n), numdemrsa=str(n)) for n in range(1, 4)]
    retenu = importer(*lignes, confirmer=False)
    assert (retenu.statut, retenu.introuvables) == ("a_confirmer", 3)
    assert importer(*lignes, confirmer=True).statut == "charge"
