"""The only way to an end of right: a suspension, four months of total suppression, a decision of its own (E26)."""

from __future__ import annotations

from datetime import date

import pytest

from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.devoirs import services
from cordee.metier.devoirs.enums import NatureMesure, StatutMesure, TypeManquement
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure
from cordee.metier.devoirs.services import ActeDevoirsRefuse, ProcedureIrreguliere
from cordee.metier.parcours.enums import Etat, GenreEcheance
from cordee.metier.personnes.enums import RoleFoyer
from tests import fabriques as f
from tests.metier.devoirs.affaire import MOTIFS, Affaire, affaire
from tests.metier.equipe import Equipe, echeances, etape, situation


@pytest.fixture
def a(equipe: Equipe) -> Affaire:
    return affaire(equipe, depuis=270)


def mesure_passee(a: Affaire, nature: NatureMesure, debut: date, fin: date, *, taux: int) -> MesureDecidee:
    mois = (fin.year - debut.year) * 12 + fin.month - debut.month
    return MesureDecidee.objects.create(
        personne=a.personne, nature=nature, motif="contrat_non_respecte", taux=taux, mois=mois, decidee_le=debut,
        type=TypeManquement.NON_RESPECT_CONTRAT, regime="NAT-2025", debut=debut, fin=fin, preuve=f"Arrêté {debut}",
        saisie_le=a.le, saisie_par=a.sophie,
    )  # fmt: skip


def apres_quatre_mois(a: Affaire) -> Procedure:
    """A suspension, then four months without anything, over: nothing has changed, and she was heard again."""
    suspension = mesure_passee(a, NatureMesure.SUSPENSION, date(2025, 7, 1), date(2025, 8, 1), taux=50)
    services.constater_terme(mesure=suspension, persistance=False, **a.par_sophie)
    suppression = mesure_passee(a, NatureMesure.SUPPRESSION, date(2025, 10, 1), date(2026, 2, 1), taux=100)
    services.constater_terme(mesure=suppression, persistance=True, elements="Aucune suite.", **a.par_sophie)
    procedure = a.ouvrir(Manquement.objects.get(persistance_de=suppression), fin_de_droit=True)
    return a.entendre(procedure)


def test_the_right_ends_only_by_its_path_and_the_file_alone_ends_the_path(a: Affaire) -> None:
    procedure = apres_quatre_mois(a)
    with pytest.raises(ProcedureIrreguliere) as erreur:
        a.decider(procedure)  # this procedure was opened for one thing
    assert "objet" in {m.code for m in erreur.value.manques}
    fin = services.mettre_fin_au_droit(procedure=procedure, motifs=MOTIFS, par=a.helene, le=a.le)
    a.notifier(fin)
    assert GenreEcheance.TRANSMETTRE_MESURE in echeances(a.personne)
    assert situation(a.personne).soumis  # E02: as long as no file says so
    assert etape(a.personne).fermee_le is None
    lettre = Courrier.objects.get(genre=GenreCourrier.DECISION_FIN_DE_DROIT)
    assert "six mois" in " ".join(lettre.donnees["sections"][1]["textes"])


def test_a_member_of_the_household_under_contract_may_have_it_postponed(a: Affaire) -> None:
    fin = a.notifier(services.mettre_fin_au_droit(procedure=apres_quatre_mois(a), motifs=MOTIFS, par=a.helene, le=a.le))
    debut = fin.debut
    with pytest.raises(ActeDevoirsRefuse, match="même foyer"):
        services.reporter_fin_de_droit(mesure=fin, membre=f.personne(), demandee_le=a.le.date(), **a.par_sophie)
    membre = a.equipe.accompagnee()
    f.membre(membre, a.personne.appartenances.get().foyer, RoleFoyer.AUT)
    services.reporter_fin_de_droit(mesure=fin, membre=membre, demandee_le=a.le.date(), **a.par_sophie)
    fin.refresh_from_db()
    assert (fin.reportee_jusquau.year * 12 + fin.reportee_jusquau.month) - (debut.year * 12 + debut.month) == 6


def test_half_then_half_never_leads_there(a: Affaire) -> None:
    """The former local scale (CD94-2023: 50 % two months, twice, then out) is refused, with the article."""
    for debut, fin in ((date(2025, 7, 1), date(2025, 9, 1)), (date(2025, 10, 1), date(2025, 12, 1))):
        mesure = mesure_passee(a, NatureMesure.SUSPENSION, debut, fin, taux=50)
        services.constater_terme(mesure=mesure, persistance=fin.month == 12, elements="Rien.", **a.par_sophie)
    with pytest.raises(ProcedureIrreguliere, match="suppression totale") as erreur:
        a.ouvrir(Manquement.objects.get(), fin_de_droit=True)
    assert any("R262-40" in m.article for m in erreur.value.manques)
    assert MesureDecidee.objects.filter(statut=StatutMesure.TERMINEE).count() == 2
    assert situation(a.personne).etat == Etat.ACCOMPAGNEE
