"""A household set aside, played again: what the file would have given had it been right."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from cordee.echanges.caf import fiche
from cordee.echanges.caf.rejeu import EncoreIllisible, ResultatRejeu, rejouer
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, StatutElement
from cordee.echanges.fichiers.rejets import ouvrir
from cordee.echanges.fichiers.services import ElementFige, contenu
from cordee.metier.parcours.enums import GenreEtape
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.enums import GenreIdentifiant, Presence
from cordee.metier.personnes.models import Foyer, Identifiant, OuvertureDroit, Personne
from cordee.socle.nir import cle_nir
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import (
    AILLEURS,
    CONJOINT,
    ENFANT,
    FEVRIER,
    JANVIER,
    MARS,
    autre_personne,
    avec,
    entete,
    genres,
    importer,
    suspendu,
)

pytestmark = pytest.mark.django_db

FAUSSE = ("<DTNAI>1988-06-21<", "<DTNAI>1988-02-31<")
CORRIGER = ("1988-02-31", "1988-06-21")
AUTRE = foyer("00000020094", *autre_personne(1))
TROISIEME = foyer("00000030094", *autre_personne(2))
PLUS_TARD = f.MAINTENANT.replace(month=6) + timedelta(days=2)

#: Table → what is compared: everything but ids and the moments at which rows were written.
TABLES = {
    "personnes_foyer": "to_jsonb(t) - 'id' - 'empreinte' - 'empreinte_brute' - 'organisme_id'",
    "personnes_personne": "to_jsonb(t) - 'id' - 'cree_le'",
    "personnes_identifiant": "to_jsonb(t) - 'id' - 'valeur_chiffree'",
    "personnes_appartenance": "to_jsonb(t) - 'id'",
    "personnes_droitfoyer": "to_jsonb(t) - 'id'",
    "personnes_droitpersonne": "to_jsonb(t) - 'id'",
    "personnes_adresse": "to_jsonb(t) - 'id'",
    "personnes_ouverturedroit": "to_jsonb(t) - 'id'",
    "personnes_rattachement": "to_jsonb(t) - 'id'",
    "personnes_arbitrage": "to_jsonb(t) - 'id' - 'ouvert_le'",
    "parcours_evenement": "to_jsonb(t) - 'id' - 'enregistre_le' - 'acte' - 'transaction_id' - 'par_id' - 'objet_id'",
    "parcours_etape": "to_jsonb(t) - 'id'",
    "parcours_situation": "to_jsonb(t) - 'id' - 'calculee_le'",
}


def photographier() -> dict[str, list[str]]:
    """Every row of the tables the import fills, ids replaced by who they are."""
    photo = {}
    with connection.cursor() as curseur:
        curseur.execute("SELECT id, nom || prenom FROM personnes_personne")
        qui = dict(curseur.fetchall())
        curseur.execute("SELECT id, numdemrsa FROM personnes_foyer")
        ou = dict(curseur.fetchall())
        for table, colonnes in TABLES.items():
            curseur.execute(f"SELECT {colonnes} FROM {table} t")
            photo[table] = sorted(
                re.sub(r"evenement': \d+", "evenement': …", str(nommer(ligne, qui, ou)))
                for (ligne,) in curseur.fetchall()
            )
    return photo


def nommer(ligne: Any, qui: dict[int, str], ou: dict[int, str]) -> dict[str, Any]:
    valeurs: dict[str, Any] = json.loads(ligne) if isinstance(ligne, str) else ligne
    for cle, table in (("personne_id", qui), ("candidate_id", qui), ("canonique_id", qui), ("foyer_id", ou)):
        if valeurs.get(cle):
            valeurs[cle] = table[valeurs[cle]]
    for cle in ("etape_id", "fichier_id", "dernier_evenement_id", "evenement_id", "ouverture_id"):
        if valeurs.get(cle):
            valeurs[cle] = "…"
    return valeurs


def rejete() -> ElementRejete:
    return ElementRejete.objects.get(statut=StatutElement.EN_ATTENTE)


def rejouer_corrige(element: ElementRejete, *remplacements: tuple[str, str], le: datetime = PLUS_TARD) -> ResultatRejeu:
    texte = contenu(element)
    for avant, apres in remplacements:
        assert avant in texte, avant
        texte = texte.replace(avant, apres)
    return rejouer(element=element, par=f.systeme(), le=le, texte=texte)


@pytest.mark.parametrize("membres", [(), (CONJOINT, ENFANT)], ids=["alone", "a couple and a child"])
def test_corrected_and_replayed_is_what_the_right_file_would_have_given(flux: Flux, membres: tuple[str, ...]) -> None:
    famille = [avec(*membres)] if membres else []
    with transaction.atomic():
        importer(flux(foyer("00000010094", *famille), AUTRE, entete=entete(JANVIER), nom="juste.xml"))
        attendu = photographier()
        transaction.set_rollback(True)
    assert not Personne.objects.exists()

    rapport = importer(flux(foyer("00000010094", *famille, FAUSSE), AUTRE, entete=entete(JANVIER)))
    assert len(rapport.rejets) == 1
    element = rejete()
    resultat = rejouer_corrige(element, CORRIGER)

    obtenu = photographier()
    for table, lignes in attendu.items():
        assert obtenu[table] == lignes, table
    assert len(resultat.personnes) == 1 + len(membres)
    assert "1 entrée" in resultat.phrase or membres
    element.refresh_from_db()
    assert (element.statut, element.suites["personnes"]) == (StatutElement.REJOUE, list(resultat.personnes))
    assert not reconstruire(verifier=True)
    assert FichierRecu.objects.get().rapport["rejets_suites"] == {
        "en_attente": 0, "rejoues": 1, "ecartes": 0, "effaces": 0
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fautes", "corrections"),
    [
        ([FAUSSE], [CORRIGER]),
        ([("<NOM>TIREVENT</NOM>", "<NOM>TIRE&VENT</NOM>")], [("TIRE&VENT", "TIREVENT")]),
        ([("</NOM>", "<NOM>")], [("<NOM>TIREVENT<NOM>", "<NOM>TIREVENT</NOM>")]),
        ([("<ROLEPERS>DEM<", "<ROLEPERS>ENF<")], [("<ROLEPERS>ENF<", "<ROLEPERS>DEM<")]),
    ],
    ids=["date of birth", "ampersand", "tag left open", "no adult"],
)
def test_a_household_known_before_is_as_if_its_file_had_been_right(
    flux: Flux, fautes: list[tuple[str, str]], corrections: list[tuple[str, str]]
) -> None:
    """It moved and its right was suspended meanwhile: the replay says it, with no false absence."""
    change = [AILLEURS, *suspendu("01"), ("<NIR>2880699023456<", f"<NIR>2880699023456{cle_nir('2880699023456')}<")]

    def charger(*remplacements: tuple[str, str]) -> None:
        importer(flux(foyer(), AUTRE, entete=entete(JANVIER), nom="janvier.xml"))
        bloc = foyer("00000010094", *change, *remplacements)
        importer(flux(bloc, AUTRE, entete=entete(FEVRIER), nom="fevrier.xml"))

    with transaction.atomic():
        charger()
        attendu = photographier()
        transaction.set_rollback(True)
    charger(*fautes)
    rejouer_corrige(rejete(), *corrections)
    obtenu = photographier()
    for table, lignes in attendu.items():
        assert obtenu[table] == lignes, table
    assert not reconstruire(verifier=True)


def test_clocks_start_at_the_original_reception(flux: Flux) -> None:
    recu = JANVIER + timedelta(days=8)
    importer(flux(foyer("00000010094", FAUSSE), AUTRE, entete=entete(JANVIER)), recu_le=recu)
    rejouer_corrige(rejete(), CORRIGER)
    assert list(OuvertureDroit.objects.values_list("recue_le", flat=True)) == [recu, recu]
    entree = Evenement.objects.filter(genre="entree_sdd").latest("id")
    assert entree.donnees["recu_le"] == recu.isoformat()
    assert entree.survenu_le.date() == recu


def test_nobody_else_becomes_absent(flux: Flux) -> None:
    importer(flux(AUTRE, TROISIEME, entete=entete(JANVIER), nom="1"))
    importer(flux(foyer("00000010094", FAUSSE), AUTRE, TROISIEME, entete=entete(FEVRIER), nom="2"))
    rejouer_corrige(rejete(), CORRIGER)
    assert set(Foyer.objects.values_list("presence", "absences")) == {(Presence.TRANSMIS, 0)}


def test_replayed_twice_is_refused(flux: Flux) -> None:
    importer(flux(foyer("00000010094", FAUSSE), AUTRE, entete=entete(JANVIER)))
    element = rejete()
    rejouer_corrige(element, CORRIGER)
    avant = photographier()
    with pytest.raises(ElementFige, match="rejoué"):
        rejouer_corrige(element, ("1988-06-21", "1988-06-21"))
    assert photographier() == avant


def test_after_a_later_monthly_only_history_is_completed(flux: Flux) -> None:
    importer(flux(foyer("00000010094", FAUSSE), AUTRE, entete=entete(JANVIER), nom="1"))
    importer(flux(foyer("00000010094", ("<ETATDOSRSA>2<", "<ETATDOSRSA>4<")), AUTRE, entete=entete(FEVRIER), nom="2"))
    evenements, situation = genres(), Foyer.objects.get(numdemrsa="00000010094")
    resultat = rejouer_corrige(rejete(), CORRIGER)
    assert resultat.historique
    assert "seul l'historique" in resultat.phrase
    assert genres() == evenements
    apres = Foyer.objects.get(pk=situation.pk)
    assert (apres.reference_le, apres.presence) == (FEVRIER, Presence.TRANSMIS)
    droits = apres.droits.order_by("debut").values_list("debut", "fin", "etat")
    assert list(droits) == [(JANVIER, FEVRIER, "2"), (FEVRIER, None, "4")]


def test_the_absence_that_the_reject_caused_is_lifted(flux: Flux) -> None:
    """Without its number nobody could tell which household was in the file: it was taken for absent."""
    importer(flux(foyer(), AUTRE, entete=entete(JANVIER), nom="1"))
    importer(flux(foyer("00000010094", ("<NUMDEMRSA>00000010094<", "<NUMDEMRSA><")), AUTRE, entete=entete(FEVRIER)))
    personne = Personne.objects.get(prenom="NORA")
    ouverte = personne.etapes.filter(genre=GenreEtape.VERIFIER_DISPARITION, fermee_le__isnull=True)
    assert genres(personne)[-1] == "non_transmise"
    assert ouverte.exists()
    resultat = rejouer_corrige(rejete(), ("<NUMDEMRSA></NUMDEMRSA>", "<NUMDEMRSA>00000010094</NUMDEMRSA>"))
    assert resultat.phrase == "1 absence levée."
    connu = Foyer.objects.get(numdemrsa="00000010094")
    assert (connu.presence, connu.absences, connu.reference_le) == (Presence.TRANSMIS, 0, FEVRIER)
    assert genres(personne)[-2:] == ["non_transmise", "retransmise"]
    assert not ouverte.exists()
    assert not reconstruire(verifier=True)


def test_a_masked_nir_still_recognises_its_person(flux: Flux) -> None:
    importer(flux(foyer(), AUTRE, entete=entete(JANVIER), nom="1"))
    connue = Personne.objects.get(prenom="NORA")
    # the same woman arrives under another request, married, first name spelled otherwise: only her NIR tells
    nouvelle = foyer("00000090094", FAUSSE, ("912345600000000", "777777700000000"), ("<PRENOM>NORA<", "<PRENOM>NORAH<"))
    importer(flux(foyer(), nouvelle, AUTRE, entete=entete(FEVRIER), nom="2"))
    element = rejete()
    assert "2880699023456" not in ouvrir(bytes(element.bloc_chiffre))
    resultat = rejouer_corrige(element, CORRIGER)
    assert resultat.personnes == (connue.pk,)
    assert Identifiant.objects.filter(personne=connue, genre=GenreIdentifiant.NIR).count() == 1


def test_the_next_monthly_brings_the_number_itself(flux: Flux) -> None:
    importer(flux(foyer("00000010094", FAUSSE), AUTRE, entete=entete(JANVIER), nom="1"))
    rejouer_corrige(rejete(), CORRIGER)
    nirs = Identifiant.objects.filter(personne__prenom="NORA", genre=GenreIdentifiant.NIR)
    assert nirs.get().valeur_chiffree is None
    evenements = genres()
    importer(flux(foyer(), AUTRE, entete=entete(MARS), nom="2"))
    assert genres() == evenements
    assert nirs.get().valeur_chiffree is not None
    assert Personne.objects.filter(prenom="NORA").count() == 1


def test_a_nir_typed_by_the_agent_is_hashed_at_once(flux: Flux) -> None:
    importer(flux(foyer("00000010094", FAUSSE, ("<NIR>2880699023456</NIR>", "")), AUTRE, entete=entete(JANVIER)))
    element = rejete()
    rejouer_corrige(element, CORRIGER, ("</DTNAI>", "</DTNAI><NIR>2880699023456</NIR>"))
    element.refresh_from_db()
    assert "2880699023456" not in contenu(element)
    nir = Identifiant.objects.get(personne__prenom="NORA", genre=GenreIdentifiant.NIR)
    assert nir.valeur_chiffree is not None


def test_still_wrong_changes_nothing_and_keeps_what_was_typed(flux: Flux) -> None:
    importer(flux(foyer("00000010094", FAUSSE), AUTRE, entete=entete(JANVIER)))
    element, avant = rejete(), photographier()
    with pytest.raises(EncoreIllisible, match=r"Personne 1 \(.*\) : La date de naissance \(DTNAI\)"):
        rejouer_corrige(element, ("1988-02-31", "1988-13-01"), ("DU PITON", "DES CIMES"))
    assert photographier() == avant
    element.refresh_from_db()
    assert element.statut == StatutElement.EN_ATTENTE
    assert "DES CIMES" in contenu(element)
    assert "DTNAI" in element.echec


def test_a_household_of_another_departement_is_ours_only_if_somebody_says_so(flux: Flux) -> None:
    f.commune()
    ailleurs = foyer("00000010094", ("<IDEPARTE>094<", "<IDEPARTE>052<"))
    importer(flux(ailleurs, AUTRE, TROISIEME, entete=entete(JANVIER)))
    element = rejete()
    assert element.code == "autre_departement"
    with pytest.raises(EncoreIllisible, match="destiné au département 052"):
        rejouer(element=element, par=f.systeme(), le=PLUS_TARD)
    assert not Personne.objects.filter(prenom="NORA").exists()
    rejouer_corrige(element, ("<IDEPARTE>052<", "<IDEPARTE>094<"))
    assert Personne.objects.filter(prenom="NORA").count() == 1


def test_another_part_of_the_same_month_is_no_later_word(flux: Flux) -> None:
    un = entete(JANVIER)
    deux = un.replace("01:18:00", "05:18:00")
    importer(flux(foyer("00000010094", FAUSSE), AUTRE, entete=un, nom="1"))
    quatrieme = foyer("00000040094", *autre_personne(3))
    importer(flux(TROISIEME, quatrieme, entete=deux, nom="2"), confirmer=True)
    assert deux != un
    resultat = rejouer_corrige(rejete(), CORRIGER)
    assert not resultat.historique
    assert genres(Personne.objects.get(prenom="NORA")) == ["entree_sdd"]


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ("<InfosFoyerRSA><NOM>A</NON></InfosFoyerRSA>", r"<NOM>.* est fermée par </NON>"),
        ("<InfosFoyerRSA>R & D</InfosFoyerRSA>", "&amp;"),
        ("<InfosFoyerRSA><NOM>", "avant la fin de la balise <NOM>"),
        ("<Autre/>", "un seul foyer"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><InfosFoyerRSA>&b;</InfosFoyerRSA>', "DOCTYPE"),
        ("<InfosFoyerRSA/>", r"NUMDEMRSA\) manque"),
        (foyer("00000010094", ("<NUMORG>941<", "<NUMORG>131<")), "CAF131"),
    ],
)
def test_what_is_wrong_is_said_in_french_and_where(flux: Flux, texte: str, raison: str) -> None:
    importer(flux(foyer("00000010094", FAUSSE), AUTRE, entete=entete(JANVIER)))
    with pytest.raises(EncoreIllisible, match=raison) as refus:
        rejouer(element=rejete(), par=f.systeme(), le=PLUS_TARD, texte=texte)
    assert "TIREVENT" not in str(refus.value)


def test_letters_of_a_broken_block_are_kept(flux: Flux) -> None:
    casse = foyer("00000010094", ("<NOM>TIREVENT</NOM>", "<NOM>CŒUR D’ÉTÉ & FILS</NOM>"))
    importer(flux(casse, AUTRE, entete=entete(JANVIER), encodage="ISO-8859-1", python="cp1252"))
    element = rejete()
    texte = contenu(element)
    assert "CŒUR D’ÉTÉ & FILS" in texte
    assert "2880699023456" not in texte
    assert element.code == "xml_incorrect"
    propose = fiche.reparer(texte)
    assert propose is not None
    assert "CŒUR D’ÉTÉ &amp; FILS" in propose
    rejouer(element=element, par=f.systeme(), le=PLUS_TARD, texte=propose)
    assert Personne.objects.get(prenom="NORA").nom == "CŒUR D’ÉTÉ & FILS"


@pytest.mark.parametrize("encodage", ["ISO-8859-1", "UTF-8", "windows-1252"])
def test_nothing_of_a_person_shows_outside_the_sealed_block(flux: Flux, encodage: str) -> None:
    casse = foyer(
        "00000010094", ("<NIR>2880699023456</NIR>", "<NIR>2880699023456<NIR>"), ("VALFICTIF", "2 88 06 99 023 456")
    )
    importer(flux(casse, AUTRE, entete=entete(JANVIER), encodage=encodage))
    element = rejete()
    visibles = f"{element.motif} {element.repere} {element.echec} {FichierRecu.objects.get().rapport}"
    for secret in ("TIREVENT", "NORA", "2880699023456"):
        assert secret not in visibles
    assert not re.search(r"2 ?88 ?06 ?99", contenu(element))


def test_played_as_it_stands_once_our_software_is_mended(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    vieille = ("<DTNAI>1988-06-21<", "<DTNAI>1897-06-21<")
    importer(flux(foyer("00000010094", vieille), AUTRE, entete=entete(JANVIER)))
    element = rejete()
    with pytest.raises(EncoreIllisible, match="impossible"):
        rejouer(element=element, par=f.systeme(), le=PLUS_TARD)
    monkeypatch.setattr("cordee.echanges.caf.assemblage.PREMIERE_ANNEE", 1890)
    rejouer(element=element, par=f.systeme(), le=PLUS_TARD)
    assert Personne.objects.get(prenom="NORA").date_naissance.year == 1897
