"""Disagreements with the paying body, one scenario per kind, through real files (E31, E32, R67).

They open once, and close by themselves.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cordee.metier.devoirs.enums import MotifMesure, NatureMesure
from cordee.metier.devoirs.models import MesureDecidee
from cordee.metier.devoirs.services import reprendre_decision
from cordee.metier.organismes.models import Structure
from cordee.metier.parcours import services as parcours
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement, ReponseCaisse, ReponseSanction
from cordee.metier.parcours.models import Echeance, Evenement, Situation
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.socle.horloge import PARIS
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import (
    AVRIL,
    CONJOINT,
    ENFANT,
    FEVRIER,
    FLAG_A_ZERO,
    JANVIER,
    MARS,
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
E, H = GenreEvenement, GenreEcheance
LE = datetime(2026, 3, 10, 9, tzinfo=PARIS)
DROIT = "</DetailDroitRSA>"
PERSONNE = "</MontantCalculDroitRSAPersonne>"
ETI = (PERSONNE, f"{PERSONNE}<AvisPCGPersonne><ConditionETI><AVISEVARESSNONSAL>D</AVISEVARESSNONSAL>"
       "<DTSOURESSNONSAL>2026-01-05</DTSOURESSNONSAL></ConditionETI></AvisPCGPersonne>")  # fmt: skip
AGE = (PERSONNE, f"{PERSONNE}<AvisPCGPersonne><Derogation><TYPEDERO>AGE</TYPEDERO><AVISDERO>D</AVISDERO>"
       "<DDAVISDERO>2026-01-02</DDAVISDERO></Derogation></AvisPCGPersonne>")  # fmt: skip
MAJORE = (DROIT, "<DetailCalculDroitRSA><NATPF>RSI</NATPF><SOUSNATPF>RSIN1</SOUSNATPF><DDNATDRO>2025-12-01</DDNATDRO>"
          f"</DetailCalculDroitRSA>{DROIT}")  # fmt: skip


def avis(bloc: str) -> tuple[str, str]:
    """A block of opinions on the household's right."""
    return DROIT, f"<AvisPCGDroitRSA>{bloc}</AvisPCGDroitRSA>{DROIT}"


def condition(code: str, motif: str) -> tuple[str, str]:
    return avis(
        f"<ConditionAdministrative><AVISCONDADMRSA>{code}</AVISCONDADMRSA><MOTICONDADMRSA>{motif}</MOTICONDADMRSA>"
        "<DTEFFAVISCONDADMRSA>2026-01-03</DTEFFAVISCONDADMRSA></ConditionAdministrative>"
    )


def retenue(montant: str) -> tuple[str, str]:
    """The calculation of the right, with what is withheld on a decision of the Département."""
    return DROIT, (
        "<MontantsCalculDroitRSA><DDELECAL>2026-01-01</DDELECAL><MTREVMINIGARARSA>0000635.00</MTREVMINIGARARSA>"
        f"<MTREVGARARSA>0000635.00</MTREVGARARSA><MTRESSMENRSA>0000000.00</MTRESSMENRSA><MTREDCGRSA>{montant}"
        f"</MTREDCGRSA><MTTOTDRORSA>0000535.00</MTTOTDRORSA></MontantsCalculDroitRSA>{DROIT}"
    )


REDUCTION = avis("<ReductionRSA><MTREDRSA>0000100.00</MTREDRSA><DDREDRSA>2026-01-01</DDREDRSA></ReductionRSA>")
REDUCTION_FINIE = avis(
    "<ReductionRSA><MTREDRSA>0000100.00</MTREDRSA><DDREDRSA>2025-10-01</DDREDRSA><DFREDRSA>2025-12-31</DFREDRSA>"
    "</ReductionRSA>"
)


@pytest.fixture(autouse=True)
def departement() -> Structure:
    f.systeme()
    eds = f.structure()
    f.regle_secteur(eds, f.commune())
    return eds


def mois(flux: Flux, reference: date, *foyers: str, nom: str = "") -> None:
    importer(flux(*foyers, entete=entete(reference), nom=nom or f"{reference:%m}.xml"))


def ouverte(genre: GenreEcheance, personne: Personne | None = None) -> Echeance | None:
    lignes = Echeance.objects.filter(genre=genre, fermee_le__isnull=True)
    return (lignes.filter(personne=personne) if personne else lignes).first()


def demande() -> dict[str, object] | None:
    """What the body asks, as the open échéance holds it."""
    echeance = ouverte(H.DECISION_ATTENDUE_CAF)
    return echeance.evenement.donnees if echeance else None


# Decisions the body waits for ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("remplacements", "objets", "depuis"),
    [
        ((("<ETATDOSRSA>2<", "<ETATDOSRSA>0<"),), ["etat_0"], None),
        (suspendu("CV"), ["versement_CV"], "2026-01-01"),
        ((ETI,), ["ressources_non_salarie"], "2026-01-05"),
        ((AGE,), ["derogation_AGE"], "2026-01-02"),
        ((condition("D", "EU"),), ["condition_EU"], "2026-01-03"),
        ((condition("S", "NS"),), ["condition_NS"], "2026-01-03"),
        ((*suspendu("CV"), ETI), ["ressources_non_salarie", "versement_CV"], "2026-01-01"),
        (
            (avis("<PaiementTiers><AVISDESTPAIRSA>D</AVISDESTPAIRSA><DTAVISDESTPAIRSA>2026-01-09</DTAVISDESTPAIRSA>"
                  "<NOMTIE>UDAF</NOMTIE><TYPEPERSTIE>M</TYPEPERSTIE></PaiementTiers>"),),
            ["paiement_tiers"], "2026-01-09",
        ),
    ],
)  # fmt: skip
def test_a_decision_the_body_waits_for_has_its_echeance(
    flux: Flux, remplacements: tuple[tuple[str, str], ...], objets: list[str], depuis: str | None
) -> None:
    mois(flux, JANVIER, foyer("00000010094", *remplacements))
    donnees = demande()
    assert donnees is not None
    assert (donnees["objets"], donnees.get("depuis")) == (objets, depuis)
    echeance = ouverte(H.DECISION_ATTENDUE_CAF)
    assert echeance is not None
    assert (echeance.unite, echeance.ouverte_le) == ("juridique", date(2026, 2, 2))
    assert echeance.echeance == date(2026, 3, 4)
    mois(flux, FEVRIER, foyer("00000010094", *remplacements))
    assert genres().count(E.DECISION_ATTENDUE) == 1
    mois(flux, MARS, foyer())
    assert ouverte(H.DECISION_ATTENDUE_CAF) is None
    assert genres().count(E.ECART_LEVE) == 1


@pytest.mark.parametrize("avis_rendu", [condition("A", "EU"), condition("R", "AU"), FLAG_A_ZERO])
def test_an_answer_already_given_is_not_awaited(flux: Flux, avis_rendu: tuple[str, str]) -> None:
    mois(flux, JANVIER, foyer("00000010094", avis_rendu))
    assert demande() is None


def test_what_is_asked_changes(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", ETI))
    mois(flux, FEVRIER, foyer("00000010094", AGE))
    assert demande() == {"objets": ["derogation_AGE"], "depuis": "2026-01-02"}
    assert Echeance.objects.filter(genre=H.DECISION_ATTENDUE_CAF).count() == 2


def test_each_of_a_couple_has_her_own(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", *suspendu("CV"), avec(CONJOINT.replace(*AGE))))
    lignes = Echeance.objects.filter(genre=H.DECISION_ATTENDUE_CAF).order_by("personne__prenom")
    assert [(e.personne.prenom, e.evenement.donnees["objets"]) for e in lignes] == [
        ("ILYAS", ["derogation_AGE"]), ("NORA", ["versement_CV"]),
    ]  # fmt: skip


def test_an_answer_has_time_to_reach_the_body(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", ETI))
    nora = Personne.objects.get()
    parcours.transmettre_decision(
        personnes=[nora.pk], reponse=ReponseCaisse.ACCORD, decidee_le=LE.date(), par=f.systeme(), le=LE
    )
    assert ouverte(H.DECISION_ATTENDUE_CAF) is None
    for reference in (FEVRIER, MARS, AVRIL):
        mois(flux, reference, foyer("00000010094", ETI))
        assert ouverte(H.DECISION_ATTENDUE_CAF) is None, reference
    mois(flux, date(2026, 5, 28), foyer("00000010094", ETI))
    assert ouverte(H.DECISION_ATTENDUE_CAF) is not None


def test_another_question_after_an_answer_opens_at_once(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", ETI))
    parcours.transmettre_decision(
        personnes=[Personne.objects.get().pk], reponse=ReponseCaisse.ACCORD, decidee_le=LE.date(), par=f.systeme(),
        le=LE,
    )  # fmt: skip
    mois(flux, MARS, foyer("00000010094", AGE))
    assert demande() == {"objets": ["derogation_AGE"], "depuis": "2026-01-02"}


def test_still_waiting_moves_the_date_and_keeps_the_age(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", ETI))
    avant = ouverte(H.DECISION_ATTENDUE_CAF)
    assert avant is not None
    parcours.prolonger_attente(personnes=[avant.personne_id], echeance=H.DECISION_ATTENDUE_CAF, par=f.systeme(), le=LE)
    apres = ouverte(H.DECISION_ATTENDUE_CAF)
    assert apres is not None
    assert (apres.pk, apres.ouverte_le, apres.echeance) == (avant.pk, avant.ouverte_le, date(2026, 4, 9))
    mois(flux, FEVRIER, foyer("00000010094", ETI))
    assert genres().count(E.DECISION_ATTENDUE) == 1


# Sanctions ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("remplacements", "objets"),
    [
        (suspendu("CG"), ["versement_CG"]),
        (suspendu("GJ", "3"), ["droit_GJ"]),
        (suspendu("GK", "3"), ["droit_GK"]),
        (suspendu("GL", "3"), ["droit_GL"]),
        ((retenue("0000100.00"),), ["reduction"]),
        ((REDUCTION,), ["reduction"]),
        ((condition("R", "NR"),), ["condition_NR"]),
        (clos("PCG"), ["cloture_PCG"]),
    ],
)
def test_a_sanction_seen_there_and_not_decided_here(
    flux: Flux, remplacements: tuple[tuple[str, str], ...], objets: list[str]
) -> None:
    mois(flux, JANVIER, foyer())
    mois(flux, FEVRIER, foyer("00000010094", *remplacements))
    echeance = ouverte(H.SANCTION_A_RAPPROCHER)
    assert echeance is not None
    assert (echeance.unite, echeance.evenement.donnees) == ("devoirs", {"objets": objets, "sens": "vue"})
    mois(flux, MARS, foyer("00000010094", *remplacements))
    assert genres().count(E.SANCTION_CONSTATEE) == 1
    mois(flux, AVRIL, foyer())
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None


@pytest.mark.parametrize("rien", [retenue("0000000.00"), REDUCTION_FINIE, *suspendu("06")[:1]])
def test_no_sanction_where_there_is_none(flux: Flux, rien: tuple[str, str]) -> None:
    mois(flux, JANVIER, foyer("00000010094", rien))
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None


def mesure(personne: Personne, *, debut: date, fin: date | None = None, taux: int = 100) -> MesureDecidee:
    return reprendre_decision(
        personne=personne, nature=NatureMesure.SUSPENSION, motif=MotifMesure.CONTRAT_NON_RESPECTE, taux=taux,
        decidee_le=date(2026, 1, 15), debut=debut, fin=fin, preuve="Arrêté 2026-12", par=f.systeme(),
        le=datetime(2026, 3, 1, tzinfo=PARIS),
    )  # fmt: skip


def test_a_sanction_decided_here_and_seen_there_agree(flux: Flux) -> None:
    mois(flux, JANVIER, foyer())
    decidee = mesure(Personne.objects.get(), debut=date(2026, 2, 1))
    mois(flux, FEVRIER, foyer("00000010094", *suspendu("CG")))
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None
    decidee.refresh_from_db()
    assert decidee.vue_le == FEVRIER
    mois(flux, MARS, foyer())
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None  # it was applied: that it ended is no disagreement


def test_recording_the_decision_settles_the_disagreement(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", *suspendu("CG")))
    assert ouverte(H.SANCTION_A_RAPPROCHER) is not None
    mesure(Personne.objects.get(), debut=date(2026, 1, 20))
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None
    mois(flux, FEVRIER, foyer("00000010094", *suspendu("CG")))
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None


def test_a_sanction_decided_here_and_not_seen_there(flux: Flux) -> None:
    """Even when the household has not changed at all: time alone makes the disagreement."""
    mois(flux, JANVIER, foyer())
    decidee = mesure(Personne.objects.get(), debut=date(2026, 2, 1))
    mois(flux, FEVRIER, foyer())
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None  # its month of effect is not over
    mois(flux, MARS, foyer())
    echeance = ouverte(H.SANCTION_A_RAPPROCHER)
    assert echeance is not None
    assert echeance.evenement.donnees == {
        "objets": ["suspension"], "sens": "absente", "mesure": decidee.pk, "depuis": "2026-02-01",
    }  # fmt: skip
    mois(flux, AVRIL, foyer("00000010094", *suspendu("CG")))
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None


def test_a_daily_says_nothing_of_a_sanction_not_applied(flux: Flux) -> None:
    mois(flux, JANVIER, foyer())
    mesure(Personne.objects.get(), debut=date(2026, 2, 1))
    importer(
        flux(foyer("00000010094", ("<NOMVOIE>DU PITON<", "<NOMVOIE>DES CIMES<")), entete=quotidien(date(2026, 3, 9)))
    )
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None


def test_the_measure_of_the_spouse_explains_the_household(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", avec(CONJOINT)))
    mesure(Personne.objects.get(prenom="ILYAS"), debut=date(2026, 1, 20), taux=50)
    mois(flux, FEVRIER, foyer("00000010094", avec(CONJOINT), REDUCTION))
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None


def test_a_sanction_answered_is_not_asked_again_at_once(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", *suspendu("CG")))
    nora = Personne.objects.get()
    parcours.rapprocher_sanction(personnes=[nora.pk], reponse=ReponseSanction.CAISSE_SAISIE, par=f.systeme(), le=LE)
    mois(flux, FEVRIER, foyer("00000010094", *suspendu("CG")))
    assert ouverte(H.SANCTION_A_RAPPROCHER) is None
    mois(flux, date(2026, 5, 28), foyer("00000010094", *suspendu("CG")))
    assert ouverte(H.SANCTION_A_RAPPROCHER) is not None


# A right that ends, a child that leaves ------------------------------------------------------------------------------
def accompagnee(eds: Structure) -> Personne:
    nora = Personne.objects.get(prenom="NORA")
    f.accompagnee(nora, eds, f.agent(structure=eds))
    return nora


@pytest.mark.parametrize("fin", [clos("RFD"), (FLAG_A_ZERO,)])
def test_a_right_that_ends_with_a_contract_asks_what_follows(
    flux: Flux, departement: Structure, fin: tuple[tuple[str, str], ...]
) -> None:
    mois(flux, JANVIER, foyer())
    nora = accompagnee(departement)
    mois(flux, FEVRIER, foyer("00000010094", *fin))
    echeance = ouverte(H.CLOTURE_AVEC_CONTRAT, nora)
    assert echeance is not None
    assert (echeance.unite, echeance.structure_id) == ("referent", departement.pk)
    mois(flux, MARS, foyer())
    assert ouverte(H.CLOTURE_AVEC_CONTRAT) is None


def test_a_right_that_ends_with_an_appointment_asks_what_follows(flux: Flux, departement: Structure) -> None:
    mois(flux, JANVIER, foyer())
    nora = Personne.objects.get()
    debut = datetime(2026, 7, 1, 9, tzinfo=PARIS)
    RendezVous.objects.create(
        personne=nora, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE,
        structure=departement, debut=debut, fin=debut.replace(hour=10), statut=StatutRendezVous.PREVU,
    )  # fmt: skip
    mois(flux, FEVRIER, foyer("00000010094", FLAG_A_ZERO))
    assert ouverte(H.CLOTURE_AVEC_CONTRAT, nora) is not None


@pytest.mark.parametrize("motif", ["MUT"])
def test_a_move_says_by_itself_what_follows(flux: Flux, departement: Structure, motif: str) -> None:
    mois(flux, JANVIER, foyer())
    accompagnee(departement)
    mois(flux, FEVRIER, foyer("00000010094", *clos(motif)))
    assert ouverte(H.CLOTURE_AVEC_CONTRAT) is None


def test_the_child_that_gave_the_majoration(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", MAJORE, avec(ENFANT)))
    mois(flux, FEVRIER, foyer("00000010094", MAJORE))
    echeance = ouverte(H.MAJORATION_A_REVOIR)
    assert echeance is not None
    assert (echeance.personne.prenom, echeance.objet_id) == ("NORA", Personne.objects.get(prenom="LOU").pk)
    mois(flux, MARS, foyer())
    assert genres().count(E.MAJORATION_EN_DOUTE) == 1
    mois(flux, AVRIL, foyer("00000010094", avec(ENFANT)))
    assert ouverte(H.MAJORATION_A_REVOIR) is None


def test_a_child_of_an_ordinary_household_changes_no_majoration(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", avec(ENFANT)))
    mois(flux, FEVRIER, foyer())
    assert ouverte(H.MAJORATION_A_REVOIR) is None


# Deaths -------------------------------------------------------------------------------------------------------------
def test_the_spouse_of_a_dead_person_keeps_her_path(flux: Flux, departement: Structure) -> None:
    """E32: the demandeur died; later files name the spouse in her place: no exit, no entry, the same référent."""
    couple = foyer("00000010094", avec(CONJOINT))
    mois(flux, JANVIER, couple)
    nora, ilyas = Personne.objects.get(prenom="NORA"), Personne.objects.get(prenom="ILYAS")
    agent = f.agent(structure=departement)
    f.accompagnee(ilyas, departement, agent)
    mois(flux, FEVRIER, foyer("00000010094", avec(CONJOINT), *suspendu("DG", "3")))
    assert (etat_de(nora), etat_de(ilyas)) == (Etat.DECES_PRESUME, Etat.ACCOMPAGNEE)
    parcours.constater_deces(personne=nora, deces_le=date(2026, 2, 20), par=f.systeme(), le=LE)
    avant = genres(ilyas)
    seul = foyer().replace(foyer().split("<Personne>")[1].split("</Personne>")[0],
                           CONJOINT.replace(">CJT<", ">DEM<")[len("<Personne>"):-len("</Personne>")])  # fmt: skip
    mois(flux, MARS, seul)
    assert etat_de(nora) == Etat.DECEDEE
    situation = Situation.objects.get(personne=ilyas)
    assert (situation.etat, situation.referent_agent_id) == (Etat.ACCOMPAGNEE, agent.pk)
    nouveaux = set(genres(ilyas)[len(avant) :])
    assert not nouveaux & {E.ENTREE_SDD, E.RETOUR_SDD, E.FIN_SDD, E.DROIT_CLOS, E.NON_TRANSMISE}
    assert ilyas.appartenances.get(fin=None).role == RoleFoyer.DEM


def test_the_refusal_for_a_death_is_not_the_death_of_the_others(flux: Flux) -> None:
    mois(flux, JANVIER, foyer("00000010094", avec(CONJOINT)))
    refus = "</EtatDossierRSA><Refus><DTREFURSA>2026-02-01</DTREFURSA><MOTIREFURSA>F85</MOTIREFURSA></Refus>"
    refusee = (("<ETATDOSRSA>2<", "<ETATDOSRSA>1<"), ("</EtatDossierRSA>", refus))
    mois(flux, FEVRIER, foyer("00000010094", avec(CONJOINT), *refusee))
    assert etat_de(Personne.objects.get(prenom="NORA")) == Etat.DECES_PRESUME
    sortie = Evenement.objects.get(genre=E.DROIT_CLOS)
    assert (sortie.personne.prenom, sortie.donnees["motif_sortie"]) == ("ILYAS", "autre")
