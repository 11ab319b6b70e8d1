"""Households that change around people: regrouped, split, succeeded; mutations; dailies; who moved, and why."""

from __future__ import annotations

from datetime import date

import pytest

from cordee.echanges.caf.selectors import evenements_du_foyer, personnes_du_mouvement
from cordee.echanges.fichiers.models import FichierRecu
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.parcours.enums import Etat, GenreEcheance
from cordee.metier.parcours.models import Echeance, Etape, Situation
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.models import Appartenance, Arbitrage, Foyer, OuvertureDroit, Personne
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import (
    AILLEURS,
    ARRIVANTE,
    AVRIL,
    CONJOINT,
    ENFANT,
    FEVRIER,
    FLAG_A_ZERO,
    JANVIER,
    MARS,
    PARTANTE,
    autre_personne,
    avec,
    clos,
    entete,
    etat_de,
    genres,
    importer,
    quotidien,
    suspendu,
)

pytestmark = pytest.mark.django_db
NUMERO, NOUVEAU = "00000010094", "00000077777"
AUTRES = [foyer(f"0000009999{n}", *autre_personne(10 + n)) for n in range(3)]
AU_NOM_D_ILYAS = (
    ("NORA", "ILYAS"), ("ABELUNE", "ROCHEVERT"), ("2880699023456", "1851199123002"), ("1988-06-21", "1985-11-02"),
    ("912345600000000", "765432100000000"),
)  # fmt: skip


def precede(numero: str) -> tuple[str, str]:
    """The demandeur names the request before."""
    return (
        "<DDRATDOS>2023-02-14</DDRATDOS>",
        f"<DDRATDOS>2023-02-14</DDRATDOS><NUMDEMRSAPRECE>{numero}</NUMDEMRSAPRECE>",
    )


@pytest.fixture(autouse=True)
def secteur() -> None:
    f.regle_secteur(f.structure(), f.commune())


def charger(flux: Flux, reference: date, *blocs: str) -> None:
    importer(flux(*blocs, *AUTRES, entete=entete(reference), nom=f"{reference}.xml"), confirmer=True)
    assert not reconstruire(verifier=True)


def nora() -> Personne:
    return Personne.objects.get(prenom="NORA")


def test_dossiers_put_together_make_neither_exit_nor_entry(flux: Flux) -> None:
    """R41: closed RGD, found in the other dossier the month after; closed RGD again, nothing more is said."""
    charger(flux, JANVIER, foyer(NUMERO))
    charger(flux, FEVRIER, foyer(NUMERO, *clos("RGD")))
    assert genres(nora()) == ["entree_sdd", "non_transmise"]
    assert Etape.objects.get(personne=nora(), fermee_le=None).genre == "verifier_disparition"
    charger(flux, MARS, foyer(NUMERO, *clos("RGD")), foyer(NOUVEAU, precede(NUMERO)))
    charger(flux, AVRIL, foyer(NOUVEAU, precede(NUMERO)))
    assert genres(nora()) == ["entree_sdd", "non_transmise", "retransmise"]
    assert etat_de(nora()) == Etat.ENTRANTE
    assert Foyer.objects.get(numdemrsa=NOUVEAU).precedent == Foyer.objects.get(numdemrsa=NUMERO)


def test_dossiers_put_together_in_one_file_say_nothing(flux: Flux) -> None:
    charger(flux, JANVIER, foyer(NUMERO))
    charger(flux, FEVRIER, foyer(NUMERO, *clos("RGD")), foyer(NOUVEAU, precede(NUMERO)))
    assert genres(nora()) == ["entree_sdd"]


def test_a_separation_keeps_both_paths_and_ties_the_households(flux: Flux) -> None:
    """R37."""
    charger(flux, JANVIER, foyer(NUMERO, avec(CONJOINT)))
    ilyas = Personne.objects.get(prenom="ILYAS")
    etapes = {e.personne_id: e.pk for e in Etape.objects.filter(personne__in=[ilyas, nora()])}
    charger(flux, FEVRIER, foyer(NUMERO), foyer(NOUVEAU, *AU_NOM_D_ILYAS, precede(NUMERO)))
    assert genres(nora()) == genres(ilyas) == ["entree_sdd"]
    assert {e.personne_id: e.pk for e in Etape.objects.filter(personne__in=[ilyas, nora()])} == etapes
    ouvertes = Appartenance.objects.filter(fin=None, personne__in=[ilyas, nora()]).order_by("personne__prenom")
    assert list(ouvertes.values_list("foyer__numdemrsa", "role")) == [(NOUVEAU, "dem"), (NUMERO, "dem")]
    assert Foyer.objects.get(precedent__numdemrsa=NUMERO).numdemrsa == NOUVEAU


def test_who_separates_and_moves_follows_her_new_sector(flux: Flux) -> None:
    choisy = f.structure()
    f.regle_secteur(choisy, f.commune("94022", "Choisy-le-Roi"))
    charger(flux, JANVIER, foyer(NUMERO, avec(CONJOINT)))
    ilyas = Personne.objects.get(prenom="ILYAS")
    charger(flux, FEVRIER, foyer(NUMERO), foyer(NOUVEAU, *AU_NOM_D_ILYAS, ("<NUMCOM>94028<", "<NUMCOM>94022<")))
    assert genres(ilyas) == ["entree_sdd", "adresse_changee"]
    assert Situation.objects.get(personne=ilyas).structure_secteur == choisy


def test_an_adult_child_becomes_demandeur(flux: Flux) -> None:
    """R40: no NIR in the household of her parents, the number of their request in her own: one row, one entry."""
    enfant = ENFANT.replace("<NIR>2150699023457</NIR>", "").replace("2015-06-21", "2001-03-15")
    elle = (
        ("NORA", "LOU"), ("1988-06-21", "2001-03-15"), ("2880699023456", "2010399023457"), precede(NUMERO),
        ("<NOM>TIREVENT<", "<NOM>AUTRENOM<"), ("<NOMNAI>ABELUNE<", "<NOMNAI>ABELUNES<"),
        ("912345600000000", "765432100000000"),
    )  # fmt: skip
    charger(flux, JANVIER, foyer(NUMERO, avec(enfant)))
    lou = Personne.objects.get(prenom="LOU")
    assert genres(lou) == []
    charger(flux, FEVRIER, foyer(NUMERO), foyer(NOUVEAU, *elle))
    assert Personne.objects.get(prenom="LOU") == lou
    assert genres(lou) == ["entree_sdd"]
    assert not Arbitrage.objects.exists()
    assert Appartenance.objects.get(personne=lou, fin=None).role == "dem"


def test_a_former_request_loaded_after_the_one_that_names_it(flux: Flux) -> None:
    charger(flux, FEVRIER, foyer(NOUVEAU, precede(NUMERO)))
    charger(flux, JANVIER, foyer(NUMERO))
    assert Foyer.objects.get(precedent__numdemrsa=NUMERO).numdemrsa == NOUVEAU
    assert Personne.objects.filter(prenom="NORA").count() == 1


def test_mutation_out_then_absent_is_one_step(flux: Flux) -> None:
    charger(flux, JANVIER, foyer(NUMERO))
    charger(flux, FEVRIER, foyer(NUMERO, PARTANTE))
    charger(flux, MARS)
    assert genres(nora()) == ["entree_sdd", "mutation_sortante"]
    assert Etape.objects.get(personne=nora(), fermee_le=None).genre == "transmettre_dossier"


def test_mutation_in_starts_six_weeks_at_reception(flux: Flux) -> None:
    rapport = importer(flux(foyer(NUMERO, ARRIVANTE), entete=entete(JANVIER)), recu_le=date(2026, 2, 20))
    assert Situation.objects.get(personne=nora()).recu_le == date(2026, 2, 20)
    assert Echeance.objects.get(personne=nora()).genre == GenreEcheance.RECUPERER_HISTORIQUE
    assert [(m.sens, m.motif, m.nombre) for m in rapport.mouvements] == [("entree", "mutation", 1)]


def test_what_a_daily_dealt_with_is_kept_once(flux: Flux) -> None:
    faits = "".join(
        f"<Evenement><DTLIQ>{jour}</DTLIQ><HEULIQ>10:00:00.0000</HEULIQ><FG>{code}</FG></Evenement>"
        for jour, code in (("2026-02-08", "ADR"), ("2026-02-09", "SITFAM"), ("illisible", "ZZZ"))
    )
    bloc = foyer(NUMERO, ("</InfosFoyerRSA>", f"{faits}</InfosFoyerRSA>"))
    importer(flux(bloc, entete=quotidien(date(2026, 2, 10)), nom="q1.xml"))
    importer(flux(bloc, entete=quotidien(date(2026, 2, 11)), nom="q2.xml"))
    lus = evenements_du_foyer(Foyer.objects.get().pk)
    assert [(fait.le, fait.code, fait.libelle) for fait in lus] == [
        (date(2026, 2, 9), "SITFAM", "Situation de famille"),
        (date(2026, 2, 8), "ADR", "Adresse"),
        (None, "ZZZ", "code inconnu « ZZZ »"),
    ]
    assert {fait.fichier_id for fait in lus} == {FichierRecu.objects.get(nom="q1.xml").pk}


def test_an_exceptional_file_counts_nobody_absent(flux: Flux) -> None:
    charger(flux, JANVIER, foyer(NUMERO))
    reprise = entete(FEVRIER, genre="R")
    rapport = importer(flux(foyer(NUMERO, AILLEURS), entete=reprise, nom="r.xml"))
    assert (rapport.type, rapport.non_transmis) == ("beneficiaires_exceptionnel", 0)
    assert genres(nora()) == ["entree_sdd", "adresse_changee"]


def test_the_first_transmission_is_that_of_the_earliest_file(flux: Flux) -> None:
    """E06: whenever it is loaded; a right that had ended meanwhile had another first transmission."""
    charger(flux, MARS, foyer(NUMERO))
    charger(flux, JANVIER, foyer(NUMERO))
    assert OuvertureDroit.objects.get(personne=nora()).transmise_le == date(2026, 2, 2)
    autre = foyer("00000055555", *autre_personne(30))
    importer(flux(autre, *AUTRES, entete=entete(AVRIL), nom="a"), confirmer=True)
    importer(flux(autre.replace(*FLAG_A_ZERO), entete=entete(FEVRIER), nom="b"), confirmer=True)
    elle = Personne.objects.get(prenom="PRENOMEB")
    assert OuvertureDroit.objects.get(personne=elle).transmise_le == date(2026, 5, 3)


def test_why_people_moved_and_who_they_are(flux: Flux) -> None:
    """R34: each figure of the report, and exactly the people behind it."""
    charger(flux, JANVIER, foyer(NUMERO), *(foyer(f"00000000{n}", *autre_personne(n)) for n in range(30, 36)))
    fevrier = [
        foyer(NUMERO, *clos("ECH")),
        foyer("0000000030", *autre_personne(30), *clos("PCG")),
        foyer("0000000031", *autre_personne(31), FLAG_A_ZERO),
        foyer("0000000032", *autre_personne(32), *suspendu("06")),
        foyer("0000000033", *autre_personne(33), PARTANTE),
        foyer("0000000040", *autre_personne(40)),
        foyer("0000000041", *autre_personne(41), ARRIVANTE),
    ]
    chemin = flux(*fevrier, *AUTRES, entete=entete(FEVRIER), nom="fevrier.xml")
    rapport = importer(chemin, confirmer=True)
    attendus = {
        ("entree", "nouvelle_demande"): {"PRENOMOB"},
        ("entree", "mutation"): {"PRENOMPB"},
        ("sortie", "clos_ECH"): {"NORA"},
        ("sortie", "clos_PCG"): {"PRENOMEB"},
        ("sortie", "drapeau"): {"PRENOMFB"},
        ("depart", "mutation"): {"PRENOMHB"},
        ("suspension", "versement_06"): {"PRENOMGB"},
        ("absence", "absent"): {"PRENOMIB", "PRENOMJB"},
    }
    assert {(m.sens, m.motif): m.nombre for m in rapport.mouvements} == {
        cle: len(noms) for cle, noms in attendus.items()
    }
    assert "Clos par décision du Département" in {m.libelle for m in rapport.mouvements}
    gestionnaire = f.agent(RoleAgent.GESTIONNAIRE_DONNEES)
    fichier = FichierRecu.objects.get(nom="fevrier.xml")
    for (sens, motif), noms in attendus.items():
        gens = personnes_du_mouvement(fichier=fichier, sens=sens, motif=motif, pour=gestionnaire, au=date(2026, 6, 1))
        assert {personne.prenom for personne in gens} == noms, motif
    loin = f.agent(structure=f.structure())
    assert not personnes_du_mouvement(
        fichier=fichier, sens="sortie", motif="clos_ECH", pour=loin, au=date(2026, 6, 1)
    ).exists()
