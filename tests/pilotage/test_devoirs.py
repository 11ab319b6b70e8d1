"""Measures considered, decided, lifted, undone, appealed; equal treatment; controls drawn by lot. Hand-counted."""

from __future__ import annotations

from datetime import date

import pytest

from cordee.metier.devoirs.models import PassageEP, Recours
from cordee.metier.personnes.enums import Sexe
from tests import fabriques as f
from tests.metier.devoirs import ep as equipe_pluri
from tests.pilotage import gens, gens_actes
from tests.pilotage.conftest import Lac

AU = date(2026, 1, 31)
LE = date(2025, 10, 1)


def test_from_the_letter_to_the_decision_and_its_end(lac: Lac) -> None:
    """Five letters: one closed for a legitimate reason, one decided, lifted since, one decided and undone on appeal,
    one decided, one under way. An old measure of the former tool, decided eighteen months before, is lifted now."""
    close, levee, annulee, decidee, en_cours, ancienne = (gens.soumise() for _ in range(6))
    gens_actes.procedure(
        close, LE, griefs_envoyes_le=LE, etat="close", close_le=date(2025, 11, 1), motif_cloture="motif_legitime"
    )
    procedures = [gens_actes.procedure(p, LE, griefs_envoyes_le=LE) for p in (levee, annulee, decidee)]
    gens_actes.procedure(en_cours, LE, griefs_envoyes_le=LE)
    gens_actes.mesure(levee, date(2025, 11, 3), procedure=procedures[0], statut="levee", levee_le=date(2025, 12, 1))
    mesure = gens_actes.mesure(
        annulee, date(2025, 11, 3), procedure=procedures[1], statut="annulee", annulee_le=date(2026, 1, 5),
        motif_annulation="rapo",
    )  # fmt: skip
    gens_actes.mesure(decidee, date(2025, 11, 3), procedure=procedures[2])
    gens_actes.mesure(ancienne, date(2024, 6, 3), statut="levee", levee_le=date(2025, 6, 1))
    Recours.objects.create(
        mesure=mesure, genre="rapo", recu_le=date(2025, 12, 1), repondre_avant=date(2026, 2, 1), issue="accueilli",
        statue_le=date(2026, 1, 5), depose_par=f.systeme(), depose_le=gens.a(date(2025, 12, 1)),
    )  # fmt: skip
    m = lac.mesures(
        "sanctions_proposees", "procedures_sans_suite", "sanctions_decidees", "sanctions_levees", "sanctions_annulees",
        "recours_recus", "taux_sanctions", au=AU,
    )  # fmt: skip
    assert [m[c][0] for c in ("sanctions_proposees", "sanctions_decidees", "sanctions_levees", "sanctions_annulees",
                              "recours_recus")] == [5, 3, 2, 1, 1]  # fmt: skip
    assert m["procedures_sans_suite"][1:] == (1, 4, 1)
    assert m["taux_sanctions"][1:] == (2, 6, 0)  # undone: as if it had never been
    avant = lac.mesures("taux_sanctions", "procedures_sans_suite", au=date(2025, 12, 31))
    assert avant["taux_sanctions"][1:] == (3, 6, 0)
    assert lac.mesure("procedures_sans_suite", date(2025, 10, 31))[1:] == (0, 0, 5)


def test_groups_are_compared_when_enough_of_each_were_sanctioned(lac: Lac) -> None:
    """12 men of 24, 11 women of 44: twice as often. With ten women the ratio is not shown."""
    f.commune("94081", "Vitry-sur-Seine")
    hommes = [gens.soumise(sexe=Sexe.HOMME) for _ in range(24)]
    femmes = [gens.soumise(sexe=Sexe.FEMME, commune=f.commune("94081") if n < 11 else None) for n in range(44)]
    for personne in (*hommes[:12], *femmes[:10]):
        gens_actes.mesure(personne, LE)
    assert lac.mesure("rapport_sanctions_sexe", AU)[0] is None
    gens_actes.mesure(femmes[10], LE)
    m = lac.mesures("rapport_sanctions_sexe", "taux_sanctions_femmes", "taux_sanctions_hommes", au=AU)
    assert m["rapport_sanctions_sexe"][0] == pytest.approx(2)
    assert m["taux_sanctions_femmes"][1:] == (11, 44, 0)
    assert m["taux_sanctions_hommes"][1:] == (12, 24, 0)
    lieux = lac.cellules("rapport_sanctions_lieu", AU)
    moyenne = 23 / 68
    assert lieux["94"].valeur == pytest.approx(1)
    assert lieux["94081"].valeur == pytest.approx(11 / (11 * moyenne), abs=1e-3)
    assert lieux["94028"].valeur == pytest.approx(12 / (57 * moyenne), abs=1e-3)


def test_households_with_and_without_children(lac: Lac) -> None:
    avec, sans, inconnue = (gens.soumise() for _ in range(3))
    gens.enfant(avec.appartenances.get().foyer)
    gens.enfant(inconnue.appartenances.get().foyer, a_charge=None)
    gens_actes.mesure(avec, LE)
    m = lac.mesures("taux_sanctions_avec_enfant", "taux_sanctions_sans_enfant", au=AU)
    assert m["taux_sanctions_avec_enfant"][1:] == (1, 1, 0)
    assert m["taux_sanctions_sans_enfant"][1:] == (0, 1, 0)
    assert sans.pk


def test_legitimate_reasons_and_controls_drawn_by_lot(lac: Lac) -> None:
    """Three reports: one excused, one not, one not examined yet. Two controls drawn: two of five are by lot."""
    personnes = [gens.soumise() for _ in range(5)]
    excuse, simple, _ = (gens_actes.manquement(p, LE) for p in personnes[:3])
    gens_actes.examen(excuse, date(2025, 10, 3), retenu=True)
    gens_actes.examen(simple, date(2025, 10, 3), retenu=False)
    for personne in personnes[3:]:
        gens_actes.controle(personne, date(2025, 12, 1))
    m = lac.mesures("motifs_legitimes", "part_controles_aleatoires", au=AU)
    assert m["motifs_legitimes"][1:] == (1, 2, 1)
    assert m["part_controles_aleatoires"][1:] == (2, 5, 0)
    assert lac.mesure("part_controles_aleatoires", date(2025, 11, 30))[1:] == (0, 3, 0)


def test_households_are_compared_when_enough_of_each_were_sanctioned(lac: Lac) -> None:
    """Eleven of eleven without a child, eleven of twenty-two with one: twice as often. Unknown: in neither group."""
    sans, avec = [gens.soumise() for _ in range(11)], [gens.soumise() for _ in range(22)]
    for personne in avec:
        gens.enfant(personne.appartenances.get().foyer)
    inconnue = gens.soumise()
    gens.enfant(inconnue.appartenances.get().foyer, a_charge=None)
    for personne in (*sans, *avec[:11], inconnue):
        gens_actes.mesure(personne, LE)
    assert lac.mesure("rapport_sanctions_famille", AU)[0] == pytest.approx(2)


def test_who_came_before_the_equipe(lac: Lac) -> None:
    """Came, was represented, did not come; one is awaited (unknown), one asked for no hearing, one file was pulled."""
    faite = equipe_pluri.equipe()
    posee = equipe_pluri.seance(faite, invitee=False)
    for n, presence in enumerate(("presente", "representee", "absente", "attendue", "sans_audition", "presente")):
        personne = gens.soumise()
        PassageEP.objects.create(
            seance=posee, personne=personne, objet="suppression", procedure=gens_actes.procedure(personne, LE),
            code=f"A{n}", presence=presence, inscrit_le=gens.a(LE), inscrit_par=f.systeme(),
            **({"statut": "retire", "retire_le": gens.a(LE), "motif_retrait": "incomplet"} if n == 5 else {}),
        )  # fmt: skip
    assert lac.mesure("ep_personnes_entendues", date(2026, 3, 31))[1:] == (2, 3, 1)
    assert lac.mesure("ep_personnes_entendues", date(2026, 3, 25))[2] is None
