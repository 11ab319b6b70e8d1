"""What a file says happened, month against month: entrants, leavers, absents, returns, moves, doubts."""

from __future__ import annotations

from datetime import date

import pytest

from cordee.metier.courriers.selectors import blocage_des_envois
from cordee.metier.parcours.enums import Etat, GenreEcheance, MotifSortie
from cordee.metier.parcours.models import Echeance, Evenement, Situation
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.enums import Presence
from cordee.metier.personnes.models import Adresse, DroitFoyer, Foyer, OuvertureDroit, Personne, Rattachement
from cordee.metier.rendezvous.services import constater_en_vie
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import (
    AILLEURS,
    ARRIVANTE,
    AVRIL,
    CONJOINT,
    FEVRIER,
    FLAG_A_ZERO,
    JANVIER,
    MARS,
    PARTANTE,
    SANS_FLAG,
    autre_personne,
    avec,
    clos,
    entete,
    etat_de,
    genres,
    importer,
    suspendu,
)

pytestmark = pytest.mark.django_db
Remplacements = tuple[tuple[str, str], ...]
NUMERO = "00000010094"


def mois(flux: Flux, *etats: Remplacements | None) -> Personne:
    """Load January, February… for the household of reference (``None``: absent) beside another one."""
    for numero, (reference, remplacements) in enumerate(zip((JANVIER, FEVRIER, MARS, AVRIL), etats, strict=False)):
        blocs = [foyer("00000099999", *autre_personne(9))]
        if remplacements is not None:
            blocs.append(foyer(NUMERO, *remplacements))
        importer(flux(*blocs, entete=entete(reference), nom=f"{numero}.xml"), confirmer=True)
    assert not reconstruire(verifier=True)
    return Personne.objects.get(prenom="NORA")


@pytest.mark.parametrize(
    ("etats", "attendus", "etat"),
    [
        pytest.param([(), ()], ["entree_sdd"], Etat.ENTRANTE, id="nothing changes"),
        pytest.param([(FLAG_A_ZERO,), ()], ["entree_sdd"], Etat.ENTRANTE, id="flag appears"),
        pytest.param([(), (FLAG_A_ZERO,)], ["entree_sdd", "fin_sdd"], Etat.HORS_SDD, id="flag goes"),
        pytest.param([(), clos("ECH")], ["entree_sdd", "droit_clos"], Etat.SORTIE, id="right closed"),
        pytest.param([clos("ECH")], [], None, id="closed from the start"),
        pytest.param([(), clos("ECH"), clos("ECH")], ["entree_sdd", "droit_clos"], Etat.SORTIE, id="closed, again"),
        pytest.param([suspendu("06")], ["entree_sdd", "droit_suspendu"], Etat.ENTRANTE, id="suspended at entry"),
        pytest.param(
            [(), suspendu("06"), suspendu("06"), ()],
            ["entree_sdd", "droit_suspendu", "droit_retabli"],
            Etat.ENTRANTE,
            id="suspended then paid",
        ),
        pytest.param([(), suspendu("05")], ["entree_sdd"], Etat.ENTRANTE, id="below the threshold: a real right"),
        pytest.param([(), (AILLEURS,)], ["entree_sdd", "adresse_changee"], Etat.ENTRANTE, id="moved"),
        pytest.param([(), (PARTANTE,)], ["entree_sdd", "mutation_sortante"], Etat.MUTATION_SORTANTE, id="leaving"),
        pytest.param([(PARTANTE,)], [], None, id="leaving when first known"),
        pytest.param([(), None], ["entree_sdd", "non_transmise"], Etat.NON_TRANSMISE, id="absent"),
        pytest.param([(), None, None], ["entree_sdd", "non_transmise"], Etat.NON_TRANSMISE, id="absent twice"),
        pytest.param(
            [(), None, ()], ["entree_sdd", "non_transmise", "retransmise"], Etat.ENTRANTE, id="absent then back"
        ),
        pytest.param(
            [(), None, clos("MUT")],
            ["entree_sdd", "non_transmise", "droit_clos"],
            Etat.SORTIE,
            id="absent then closed",
        ),
        pytest.param(
            [(), (FLAG_A_ZERO,), ()],
            ["entree_sdd", "fin_sdd", "entree_sdd"],
            Etat.ENTRANTE,
            id="out and in, never oriented",
        ),
        pytest.param([(SANS_FLAG,)], ["sdd_inconnu"], Etat.SDD_INCONNU, id="flag never known"),
        pytest.param([(SANS_FLAG,), ()], ["sdd_inconnu", "entree_sdd"], Etat.ENTRANTE, id="flag known at last: yes"),
        pytest.param(
            [(SANS_FLAG,), (FLAG_A_ZERO,)], ["sdd_inconnu", "fin_sdd"], Etat.HORS_SDD, id="flag known at last: no"
        ),
        pytest.param([(), (SANS_FLAG,), (SANS_FLAG,)], ["entree_sdd"], Etat.ENTRANTE, id="flag unknown two months"),
        pytest.param(
            [(), (SANS_FLAG,), (SANS_FLAG,), (SANS_FLAG,)],
            ["entree_sdd", "sdd_inconnu"],
            Etat.SDD_INCONNU,
            id="flag unknown three months",
        ),
        pytest.param(
            [(), (SANS_FLAG,), (SANS_FLAG, ("120.00", "130.00")), (SANS_FLAG, ("120.00", "140.00"))],
            ["entree_sdd", "sdd_inconnu"],
            Etat.SDD_INCONNU,
            id="flag unknown three months, with other resources each month",
        ),
        pytest.param(
            [(), suspendu("DG", "3")],
            ["entree_sdd", "droit_suspendu", "deces_presume"],
            Etat.DECES_PRESUME,
            id="presumed dead",
        ),
        pytest.param(
            [(), suspendu("06"), suspendu("05")],
            ["entree_sdd", "droit_suspendu", "droit_retabli"],
            Etat.ENTRANTE,
            id="suspended, then unpaid though the right is real",
        ),
        pytest.param(
            [(), suspendu("06"), suspendu("01")],
            ["entree_sdd", "droit_suspendu", "droit_suspendu"],
            Etat.ENTRANTE,
            id="suspended for another motive",
        ),
        pytest.param(
            [(), (FLAG_A_ZERO,), (FLAG_A_ZERO, *suspendu("DG", "3"))],
            ["entree_sdd", "fin_sdd", "deces_presume"],
            Etat.HORS_SDD,
            id="presumed dead once out of the path",
        ),
        pytest.param([(), suspendu("DH", "3")], ["entree_sdd", "droit_suspendu"], Etat.ENTRANTE, id="a man's death"),
    ],
)  # fmt: skip
def test_events_of_a_demandeur(
    flux: Flux, etats: list[Remplacements | None], attendus: list[str], etat: Etat | None
) -> None:
    f.regle_secteur(f.structure(), f.commune())
    nora = mois(flux, *etats)
    assert genres(nora) == attendus
    assert (etat_de(nora) if attendus else None) == etat


@pytest.mark.parametrize(
    ("motif", "attendu"),
    [("ECH", MotifSortie.PIECES_MANQUANTES), ("MUT", MotifSortie.DEMENAGEMENT), ("RAU", MotifSortie.AUTRE)],
)
def test_motive_of_a_closed_right(flux: Flux, motif: str, attendu: MotifSortie) -> None:
    nora = mois(flux, (), clos(motif))
    assert Evenement.objects.get(personne=nora, genre="droit_clos").donnees == {
        "motif_sortie": attendu, "sens": "sortie", "mouvement": f"clos_{motif}",
    }  # fmt: skip
    droits = DroitFoyer.objects.filter(foyer__numdemrsa=NUMERO).order_by("debut")
    assert list(droits.values_list("etat", "debut", "fin")) == [("2", JANVIER, FEVRIER), ("5", FEVRIER, None)]


def test_four_months_without_right_opens_a_check(flux: Flux) -> None:
    nora = mois(flux, (), clos("ECH"))
    assert Echeance.objects.get(personne=nora, fermee_le=None).genre == GenreEcheance.NON_RECOURS


def test_back_with_an_orientation_is_a_return(flux: Flux) -> None:
    f.regle_secteur(eds := f.structure(), f.commune())
    nora = mois(flux, ())
    lea = f.agent(structure=eds)
    f.accompagnee(nora, eds, lea, le=f.MAINTENANT)
    importer(flux(foyer(NUMERO, FLAG_A_ZERO), entete=entete(FEVRIER), nom="f.xml"), confirmer=True)
    rapport = importer(flux(foyer(NUMERO), entete=entete(MARS), nom="m.xml"), confirmer=True)
    assert (rapport.retours, rapport.nouveaux_entrants) == (1, 0)
    situation = Situation.objects.get(personne=nora)
    assert (situation.etat, situation.referent_agent) == (Etat.RETOUR, lea)
    assert list(OuvertureDroit.objects.filter(personne=nora).order_by("pk").values_list("retour", flat=True)) == [
        False,
        True,
    ]


def test_absence_is_counted_in_months_whatever_is_sent_again(flux: Flux) -> None:
    nora = mois(flux, (), None)
    autre = foyer("00000099999", *autre_personne(9))
    corrige = entete(FEVRIER).replace("<HEUCREAFLUX>01", "<HEUCREAFLUX>07")
    importer(flux(autre, entete=corrige, nom="corrige.xml"), confirmer=True)
    absent = Foyer.objects.get(numdemrsa=NUMERO)
    assert (absent.absences, absent.presence) == (1, Presence.NON_TRANSMIS)
    importer(flux(autre, entete=entete(MARS), nom="mars.xml"), confirmer=True)
    absent.refresh_from_db()
    assert (absent.absences, absent.presence) == (2, Presence.SORTANT_PRESUME)
    assert genres(nora) == ["entree_sdd", "non_transmise"]


def test_absence_in_one_body_only(flux: Flux) -> None:
    """The MSA's file says nothing of the CAF's households."""
    nora = mois(flux, ())
    msa = foyer("00000088888", *autre_personne(3), ("<FONORG>CAF<", "<FONORG>MSA<"))
    importer(flux(msa, entete=entete(FEVRIER), nom="msa.xml"))
    assert Foyer.objects.get(numdemrsa=NUMERO).presence == Presence.TRANSMIS
    assert genres(nora) == ["entree_sdd"]


def test_from_one_body_to_the_other_is_one_person_and_no_exit(flux: Flux) -> None:
    nora = mois(flux, ())
    msa = foyer("00000088888", ("<FONORG>CAF<", "<FONORG>MSA<"))
    importer(flux(msa, entete=entete(FEVRIER), nom="msa.xml"))
    importer(flux(foyer("00000099999", *autre_personne(9)), entete=entete(FEVRIER), nom="caf.xml"), confirmer=True)
    assert Personne.objects.filter(prenom="NORA").count() == 1
    assert genres(nora) == ["entree_sdd"]


def test_a_move_changes_sector_and_who_reaches_the_file(flux: Flux) -> None:
    creteil, choisy = f.structure(), f.structure()
    f.regle_secteur(creteil, f.commune())
    f.regle_secteur(choisy, f.commune("94022", "Choisy-le-Roi"))
    nora = mois(flux, (), (("<NUMCOM>94028<", "<NUMCOM>94022<"),))
    assert Situation.objects.get(personne=nora).structure_secteur == choisy
    acces = Rattachement.objects.filter(personne=nora).order_by("debut", "pk")
    assert [(a.structure, a.fin) for a in acces] == [(creteil, date(2026, 3, 5)), (choisy, None)]
    adresses = Adresse.objects.filter(foyer__numdemrsa=NUMERO).order_by("debut")
    assert [(a.code_insee, a.debut, a.fin) for a in adresses] == [("94028", JANVIER, FEVRIER), ("94022", FEVRIER, None)]


def test_homeless_people_are_convened_through_their_body(flux: Flux) -> None:
    f.regle_secteur(eds := f.structure(), f.commune())
    nora = mois(flux, (("<TOPSANSDOMFIXE>0<", "<TOPSANSDOMFIXE>1<"),))
    entree = Evenement.objects.get(personne=nora)
    assert entree.donnees == {
        "recu_le": "2026-02-02", "structure": eds.pk, "localisation": "secteur", "domiciliee": True,
        "sens": "entree", "mouvement": "nouvelle_demande",
    }  # fmt: skip
    assert Adresse.objects.get(foyer__numdemrsa=NUMERO).nature == "sans_domicile"


def test_arriving_from_another_departement(flux: Flux) -> None:
    nora = mois(flux, (ARRIVANTE,))
    assert Evenement.objects.get(personne=nora).donnees["mutation"] is True
    assert Echeance.objects.get(personne=nora).genre == GenreEcheance.RECUPERER_HISTORIQUE


def test_both_members_of_a_couple_have_their_own_path(flux: Flux) -> None:
    mois(flux, (avec(CONJOINT),), (avec(CONJOINT.replace("TOPPERSDRODEVORSA>1", "TOPPERSDRODEVORSA>0")),))
    assert genres(Personne.objects.get(prenom="NORA")) == ["entree_sdd"]
    assert genres(Personne.objects.get(prenom="ILYAS")) == ["entree_sdd", "fin_sdd"]


def test_who_leaves_a_household_without_a_word_is_to_be_found(flux: Flux) -> None:
    nora = mois(flux, (avec(CONJOINT),), ())
    ilyas = Personne.objects.get(prenom="ILYAS")
    assert etat_de(ilyas) == Etat.NON_TRANSMISE
    assert genres(nora) == ["entree_sdd"]
    assert ilyas.appartenances.get().fin == FEVRIER


def test_who_leaves_a_household_for_another_stays_on_her_path(flux: Flux) -> None:
    """Separation (R37): two requests in the same file, one person, no exit and no entry."""
    importer(flux(foyer(NUMERO, avec(CONJOINT)), entete=entete(JANVIER), nom="1.xml"))
    ilyas = Personne.objects.get(prenom="ILYAS")
    seul = foyer(
        "00000077777", ("NORA", "ILYAS"), ("ABELUNE", "ROCHEVERT"), ("2880699023456", "1851199123002"),
        ("1988-06-21", "1985-11-02"), ("912345600000000", "765432100000000"),
    )  # fmt: skip
    importer(flux(foyer(NUMERO), seul, entete=entete(FEVRIER), nom="2.xml"))
    assert genres(ilyas) == ["entree_sdd"]
    assert Personne.objects.count() == 2


def test_a_dead_person_never_comes_back_by_a_file(flux: Flux) -> None:
    nora = mois(flux, ())
    f.evenement(nora, f.GenreEvenement.DECES)
    importer(flux(foyer(NUMERO, AILLEURS), entete=entete(FEVRIER), nom="f.xml"), confirmer=True)
    assert genres(nora) == ["entree_sdd", "deces"]


def test_history_is_not_told_twice_by_a_corrected_file(flux: Flux) -> None:
    """R33: a corrected file for the same month is a difference of differences; nobody is convened again."""
    nora = mois(flux, ())
    corrige = entete(JANVIER).replace("<HEUCREAFLUX>01", "<HEUCREAFLUX>07")
    importer(flux(foyer(NUMERO, AILLEURS), entete=corrige, nom="c.xml"), confirmer=True)
    assert genres(nora) == ["entree_sdd", "adresse_changee"]
    assert list(DroitFoyer.objects.filter(foyer__numdemrsa=NUMERO).values_list("debut", "fin")) == [(JANVIER, None)]
    assert list(Adresse.objects.filter(foyer__numdemrsa=NUMERO).values_list("voie", "fin")) == [("DES CIMES", None)]


def test_a_right_found_real_closes_what_was_asked_of_the_referent(flux: Flux) -> None:
    nora = mois(flux, (), suspendu("06"))
    assert Echeance.objects.get(personne=nora, genre="retablir_droit").fermee_le is None
    importer(flux(foyer(NUMERO, *suspendu("44")), entete=entete(MARS)), confirmer=True)
    assert Echeance.objects.get(personne=nora, genre="retablir_droit").fermee_le is not None


def test_a_death_signalled_of_somebody_accompanied_at_her_request_stops_the_letters(flux: Flux) -> None:
    """E32: whoever a letter may reach."""
    f.regle_secteur(f.structure(), f.commune())
    hors = (FLAG_A_ZERO,)
    nora = mois(flux, (), hors)
    f.evenement(nora, f.GenreEvenement.ACCOMPAGNEMENT_VOLONTAIRE, prochain_contact_le="2026-04-01")
    assert (etat_de(nora), blocage_des_envois(nora)) == (Etat.VOLONTAIRE, "")
    importer(flux(foyer(NUMERO, *hors, *suspendu("DG", "3")), entete=entete(MARS)), confirmer=True)
    assert genres(nora)[-1] == "deces_presume"
    assert etat_de(nora) == Etat.VOLONTAIRE
    assert "décès" in blocage_des_envois(nora)
    assert Echeance.objects.get(personne=nora, genre="deces_a_verifier").fermee_le is None
    importer(flux(foyer(NUMERO, *hors, *suspendu("DG", "3")), entete=entete(AVRIL)), confirmer=True)
    assert genres(nora).count("deces_presume") == 1
    constater_en_vie(personne=nora, par=f.systeme(), le=f.MAINTENANT.replace(month=6))
    assert (etat_de(nora), blocage_des_envois(nora)) == (Etat.VOLONTAIRE, "")
    assert not Echeance.objects.filter(personne=nora, genre="deces_a_verifier", fermee_le=None).exists()
