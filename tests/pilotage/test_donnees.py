"""Who is accompanied, who is represented, what files are worth: hand-counted; the three perimeters told apart."""

from __future__ import annotations

from datetime import date

import pytest

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.parcours.models import Etape, Evenement
from cordee.metier.personnes.enums import EtatDroit, Sexe
from cordee.metier.personnes.models import DroitFoyer, OuvertureDroit, Personne
from cordee.metier.suivi.models import Reclamation
from cordee.pilotage.contradictions import CONTRADICTIONS
from cordee.pilotage.couverture import ATTENDUS, exigences
from cordee.pilotage.entetes import Definition, definitions
from cordee.pilotage.enums import Unite
from cordee.reglementation.sdd import PerimetreSdd, sdd_drees, sdd_operationnel, sdd_payes
from tests import fabriques as f
from tests.pilotage import gens, gens_actes
from tests.pilotage.conftest import Lac

AU = date(2026, 1, 31)
LE = date(2025, 3, 3)
TOUS = list(definitions().values())


# Perimeters and units ------------------------------------------------------------------------------------------------
def test_the_three_perimeters_are_those_of_the_rules(lac: Lac) -> None:
    """E30: every state and reason of the files, counted by SQL and by the rules of ``reglementation.sdd``."""
    cas = [("2", ""), ("3", "DB"), ("4", "05"), ("4", "44"), ("4", "70"), ("4", "06"), ("4", "01"), ("5", "RFD"),
           ("0", "")]  # fmt: skip
    for etat, motif in cas:
        personne = gens.soumise(etat=EtatDroit(etat))
        DroitFoyer.objects.filter(foyer=personne.appartenances.get().foyer).update(motif=motif)
    gens.soumise(sdd=False)
    m = lac.mesures("personnes_sdd", "personnes_sdd_drees", "personnes_sdd_payes", au=AU)
    attendus = [
        sum(sdd_operationnel(drapeau=True, etat=e) for e, _ in cas),
        sum(sdd_drees(drapeau=True, etat=e) for e, _ in cas),
        sum(sdd_payes(drapeau=True, etat=e, motif=motif) for e, motif in cas),
    ]
    assert attendus == [7, 1, 5]
    assert [m[c][0] for c in ("personnes_sdd", "personnes_sdd_drees", "personnes_sdd_payes")] == attendus


def test_absent_from_the_files_she_counts_verified_gone_she_does_not(lac: Lac) -> None:
    """E02: absence is no exit. Gone on 10 June, back in a file on 6 September; another waits for the next file."""
    partie, attendue, _ = gens.soumise(), gens.soumise(), gens.soumise()
    gens.soumise(depuis=date(2026, 5, 31))  # files go on until then
    for personne, resultat in ((partie, "sortie"), (attendue, "attendre")):
        gens.fait(personne, E.NON_TRANSMISE, date(2025, 5, 6))
        gens.fait(personne, E.DISPARITION_VERIFIEE, date(2025, 6, 10), resultat=resultat, motif_sortie="demenagement")
    gens.fait(partie, E.RETRANSMISE, date(2025, 9, 6))
    codes = ("personnes_sdd", "foyers_allocataires", "sorties", "retours")
    juin, juillet, septembre = (lac.mesures(*codes, au=date(2025, mois, 30)) for mois in (5, 6, 9))
    assert [juin[c][0] for c in codes] == [3, 3, None, None]
    assert [juillet[c][0] for c in codes] == [2, 2, 1, None]
    assert [septembre[c][0] for c in codes] == [3, 3, None, 1]
    m = lac.mesures("sorties_douze_mois", "sorties_demenagement_an", "retours_6_mois", au=date(2026, 5, 31))
    assert (m["sorties_douze_mois"][0], m["sorties_demenagement_an"][0]) == (1, 1)
    assert m["retours_6_mois"][1:] == (1, 1, 0)


def test_the_contract_rate_of_the_national_survey(lac: Lac) -> None:
    """Right payable, oriented outside the employment operator: two, one under contract. Not: suspended, not oriented,
    or with the operator."""
    eds, operateur = f.structure(), f.structure(categorie="operateur_emploi")
    sous_contrat, sans, suspendue, chez_lui = (
        gens.soumise(),
        gens.soumise(),
        gens.soumise(etat=EtatDroit("3")),
        gens.soumise(),
    )
    for personne, ou in ((sous_contrat, eds), (sans, eds), (suspendue, eds), (chez_lui, operateur)):
        gens.orientation(personne, ou, LE)
    for personne in (sous_contrat, suspendue, chez_lui, gens.soumise()):
        gens.contrat(personne, eds, LE)
    assert lac.mesure("taux_contrat_drees", AU)[1:] == (1, 2, 0)


@pytest.mark.parametrize("perimetre", list(PerimetreSdd))
def test_each_perimeter_has_a_figure_that_prints_it(perimetre: PerimetreSdd) -> None:
    trouves = [d for d in TOUS if d.perimetre == perimetre]
    assert any(d.unite is Unite.PERSONNES for d in trouves)
    assert all(d.libelle_perimetre == perimetre.libelle for d in trouves)


@pytest.mark.parametrize("d", TOUS, ids=lambda d: d.code)
def test_persons_and_households_are_never_mixed(d: Definition) -> None:
    """E10: who counts households says so everywhere it says what it counts; nobody else does, nor divides by them."""
    foyers = {d.unite is Unite.FOYERS or d.unite is Unite.EUROS}
    compte = f"{d.numerateur} {d.denominateur}".replace("dont le foyer", "").replace("le foyer", "")
    assert ("foyers" in d.perimetre.lower()) in foyers
    assert foyers == {True} or "foyers" not in compte
    assert d.unite is not Unite.FOYERS or "foyers" in d.numerateur


@pytest.mark.parametrize("d", [d for d in TOUS if d.partition], ids=lambda d: d.code)
def test_a_part_reads_the_same_people_as_its_whole(d: Definition) -> None:
    """A part and its whole have one perimeter, one way to place people, and lie on the same maps: only then does a
    subtraction give a small number back, and only then is it prevented."""
    assert d.partition is not None
    tout = definitions()[d.partition[0]]
    assert set(d.niveaux) <= set(tout.niveaux)
    if tout.code not in ("personnes_sdd", "personnes_sdd_payes"):  # the three perimeters are parts of one another
        assert (d.perimetre, d.recul) == (tout.perimetre, tout.recul)
        assert d.structure is tout.structure


def test_what_is_asked_is_answered_or_said_to_be_missing() -> None:
    assert [a.code for a in ATTENDUS] == [f"K{n:02}" for n in range(1, 26)]
    sans = {a.code for a in ATTENDUS if not a.indicateurs}
    assert sans == {"K10", "K16", "K17", "K18", "K19", "K20", "K22", "K23"}
    assert all(a.manque for a in ATTENDUS if a.code in sans)
    assert set(exigences()) >= {"REQ-14", "REQ-53", "REQ-57", "REQ-99", "REQ-100", "REQ-101", "REQ-102", "REQ-103"}
    assert all(d.repond for d in TOUS)
    assert {code for d in TOUS for code in d.repond if code.startswith("K")} <= {a.code for a in ATTENDUS}


@pytest.mark.parametrize(
    "mots",
    [("16,4 %",), ("2,7",), ("22 072", "24 000"), ("cinq ans", "majorité"), ("2,99",), ("47 265", "47 500"),
     ("4 513", "4 000"), ("2008-1249", "RMI"), ("11 %", "9 %", "dénominateur"), ("20,7 %", "choix")],
    ids=range(1, 11),
)  # fmt: skip
def test_the_ten_contradictions_of_the_sources_are_told_with_the_reading_kept(mots: tuple[str, ...]) -> None:
    textes = [(f"{c.titre} {c.constat} {c.retenu}", c.retenu) for c in CONTRADICTIONS]
    assert any(all(mot in texte for mot in mots) and retenu for texte, retenu in textes)


# Accompaniment -------------------------------------------------------------------------------------------------------
def test_active_accompaniment_and_those_never_accompanied_a_year_ago(lac: Lac) -> None:
    """Ninety days before 31 January is 2 November. Spoken with on the 3rd: active; on 2 November: no more. A message
    is no exchange. At the operator: one told of a contact of December, one never told of."""
    eds, operateur = f.structure(), f.structure(categorie="operateur_emploi")
    active, ancienne, message, dite, muette = (gens.soumise() for _ in range(5))
    gens.fait(active, E.CONTACT, date(2025, 11, 3), resultat="jointe")
    gens.fait(ancienne, E.CONTACT, date(2025, 11, 2), resultat="jointe")
    gens.fait(message, E.CONTACT, date(2026, 1, 5), resultat="message")
    gens.orientation(message, eds, LE)
    for personne in (dite, muette):
        gens.orientation(personne, operateur, date(2024, 3, 4))
    gens.fait(dite, E.INFORMATION_PARTENAIRE, date(2026, 1, 5), pour=operateur.pk, dernier_contact_le="2025-12-20")
    m = lac.mesures("couverture_active", "jamais_accompagnees_orientees", au=AU)
    assert m["couverture_active"][1:] == (2, 4, 1)
    assert lac.qui("couverture_active", AU) == {active.pk, dite.pk}
    # never accompanied a year ago: all five; since: two contacts, one orientation, one contact told; one unknown
    assert m["jamais_accompagnees_orientees"][1:] == (4, 4, 1)
    # in October: contacts not yet; « message » oriented in March; « dite » not yet told of: unknown then, as « muette »
    assert lac.mesure("jamais_accompagnees_orientees", date(2025, 10, 31))[1:] == (1, 3, 2)


def test_intensive_with_a_dated_meaning_and_who_is_in_it(lac: Lac) -> None:
    """Three women of four and one man of two are in it: 4 of 6; women 3 for 4 × 2/3. One of the contracts has 8 hours,
    one is a CER of 2023, before the word had a meaning."""
    eds = f.structure()
    femmes, hommes = [gens.soumise() for _ in range(4)], [gens.soumise(sexe=Sexe.HOMME) for _ in range(2)]
    for personne, heures, le in zip(
        (*femmes[:3], hommes[0]), (15, 20, 8, None), (LE, LE, LE, date(2023, 6, 1)), strict=True
    ):
        contrat = gens_actes.contrat_d_heures(personne, eds, le, heures)
        type(contrat).objects.filter(pk=contrat.pk).update(intensite="intensive")
    m = lac.mesures("accompagnement_intensif", "accompagnement_intensif_15_heures", "representation_femmes", au=AU)
    assert m["accompagnement_intensif"][0] == 4
    assert m["accompagnement_intensif_15_heures"][0] == 2
    assert m["representation_femmes"][0] == pytest.approx(3 / (4 * 4 / 6), abs=1e-3)


@pytest.mark.parametrize(
    ("code", "ages", "attendu"),
    [("representation_moins_30_ans", (25, 40, 40, 60), 2.0), ("representation_50_ans_et_plus", (25, 29, 40, 60), 0.0)],
)
def test_ages_are_represented_or_not(lac: Lac, code: str, ages: tuple[int, ...], attendu: float) -> None:
    """Two of four are accompanied: the first two."""
    eds = f.structure()
    for rang, age in enumerate(ages):
        personne = gens.soumise(date_naissance=date(2025 - age, 6, 1))
        if rang < 2:
            gens.contrat(personne, eds, LE, intensite="intensive")
    assert lac.mesure(code, AU)[0] == pytest.approx(attendu)


def test_households_with_children_are_represented_or_not(lac: Lac) -> None:
    eds, avec, _ = f.structure(), gens.soumise(), gens.soumise()
    gens.enfant(avec.appartenances.get().foyer)
    gens.contrat(avec, eds, LE, intensite="intensive")
    assert lac.mesure("representation_avec_enfant", AU)[0] == pytest.approx(2)


# Data ----------------------------------------------------------------------------------------------------------------
def test_points_of_a_file_are_those_awaited_of_it(lac: Lac) -> None:
    """Nothing but where she lives and who she is: 20 of 70. Everything, with hours: 100 of 100. Oriented to the
    operator, reachable: 35 of 50; diagnosis, référent and hours are not awaited from us."""
    eds, operateur = f.structure(), f.structure(categorie="operateur_emploi")
    agent = f.agent(RoleAgent.REFERENT, structure=eds)
    _, complete, ailleurs = gens.soumise(), gens.soumise(), gens.soumise()
    gens.orientation(complete, eds, LE)
    gens.referent(complete, eds, agent, LE)
    gens_actes.contrat_d_heures(complete, eds, LE, 15)
    gens_actes.diagnostic(complete, LE, sante="aucun")
    _etape(complete)
    for personne in (complete, ailleurs):
        f.contact(personne, debut=LE)
    f.contact(gens.soumise(fin=date(2025, 6, 30)), "0602030405", debut=LE)  # left since
    gens.orientation(ailleurs, operateur, LE)
    m = lac.mesures("remplissage_dossiers", "personnes_joignables", au=AU)
    assert m["remplissage_dossiers"][0] == pytest.approx((100 * 20 / 70 + 100 + 100 * 35 / 50) / 3, abs=1e-3)
    assert m["personnes_joignables"][1:] == (2, 3, 0)


def test_how_old_what_we_are_told_is(lac: Lac) -> None:
    """The payer: 1, 5 and 9 days. The operator: 12 days. Another partner: 3. An exchange noted two days later."""
    operateur, ccas = f.structure(categorie="operateur_emploi"), f.structure(TypeStructure.CCAS)
    for recue in (2, 6, 10):
        personne = gens.soumise(depuis=date(2025, 11, 30))
        OuvertureDroit.objects.filter(personne=personne).update(
            transmise_le=date(2025, 12, 1), recue_le=date(2025, 12, recue)
        )
    quelqu_une = gens.soumise()
    gens.fait(quelqu_une, E.INFORMATION_PARTENAIRE, date(2026, 1, 15), pour=operateur.pk, au="2026-01-03")
    gens.fait(quelqu_une, E.INFORMATION_PARTENAIRE, date(2026, 1, 15), pour=ccas.pk, au="2026-01-12")
    Evenement.objects.create(
        genre=E.CONTACT, personne=quelqu_une, survenu_le=gens.a(date(2026, 1, 7)), par=f.systeme(),
        enregistre_le=gens.a(date(2026, 1, 9)), acte="00000000-0000-0000-0000-000000000002",
    )  # fmt: skip
    m = lac.mesures("latence_caisse", "latence_operateur", "latence_partenaires", "latence_saisie", au=AU)
    assert m["latence_caisse"] == (5, None, 3, 0)
    assert m["latence_operateur"][0] == 12
    assert m["latence_partenaires"][0] == 3
    assert m["latence_saisie"][0] == 2


def test_complaints_answered_in_time(lac: Lac) -> None:
    """In time, late, forgotten; one may still be answered."""
    for recue, avant, repondue in ((date(2025, 9, 1), date(2025, 10, 1), date(2025, 9, 20)),
                                   (date(2025, 9, 1), date(2025, 10, 1), date(2025, 10, 2)),
                                   (date(2025, 9, 1), date(2025, 10, 1), None),
                                   (date(2026, 1, 20), date(2026, 2, 20), None)):  # fmt: skip
        Reclamation.objects.create(
            personne=gens.soumise(), genre="reclamation", objet="delai", canal="courrier", parole="…", recue_le=recue,
            repondre_avant=avant, saisie_par=f.systeme(), saisie_le=gens.a(recue), repondue_le=repondue,
            issue="fondee" if repondue else "",
        )  # fmt: skip
    assert lac.mesure("reclamations_a_temps", AU)[1:] == (1, 3, 1)


def _etape(personne: Personne) -> None:
    Etape.objects.create(
        personne=personne, genre="prochain_contact", unite="referent", ouverte_le=LE, echeance=date(2026, 3, 1),
        terme=date(2026, 3, 1), regle="prochain_contact", nature="objectif",
        evenement=gens.fait(personne, E.CONTACT, LE, resultat="jointe"), fermee_le=date(2026, 2, 10),
        fermee_par=gens.fait(personne, E.CONTACT, date(2026, 2, 10), resultat="jointe"),
    )  # fmt: skip
