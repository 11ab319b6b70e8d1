"""Letters as proofs: what was written, what left, what became of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import (
    a_envoyer,
    canaux_possibles,
    courriers_de,
    date_certaine_de,
    destinataire,
)
from cordee.metier.courriers.services import (
    EnvoiImpossible,
    RemiseImpossible,
    marquer_envoye,
    noter_remise,
    pdf,
)
from cordee.metier.courriers.services.emission import CourrierAltere
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.enums import NatureAdresse, Sexe
from cordee.metier.personnes.models import Adresse
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, situation

JOUR = LE.date()


@pytest.fixture
def lettre(equipe: Equipe) -> Courrier:
    """A convocation waiting to be sent."""
    personne = equipe.entrante()
    equipe.convoquer(personne)
    return Courrier.objects.get(personne=personne)


def noter(equipe: Equipe, lettre: Courrier, etat: EtatRemise, jours: int = 0) -> Courrier:
    le = LE + timedelta(days=jours)
    return noter_remise(courrier=lettre, etat=etat, le_jour=le.date(), par=equipe.samia, le=le)


class TestPreuve:
    def test_the_same_letter_is_printed_again_byte_for_byte(self, lettre: Courrier) -> None:
        document = pdf(lettre)
        assert document.startswith(b"%PDF")
        assert pdf(Courrier.objects.get(pk=lettre.pk)) == document

    def test_altered_data_are_found_out(self, lettre: Courrier) -> None:
        lettre.donnees["rdv"]["quand"] = "jeudi 26 février 2026 à 9 h"
        lettre.save()
        with pytest.raises(CourrierAltere):
            pdf(lettre)

    def test_a_later_template_still_prints_what_was_said(self, lettre: Courrier) -> None:
        lettre.version_modele = "ancienne"
        lettre.save()
        assert pdf(lettre).startswith(b"%PDF")

    def test_the_head_names_the_departement_of_the_installation(self, equipe: Equipe, lettre: Courrier) -> None:
        assert lettre.donnees["departement"]["nom"] == "Département du Val-de-Marne"
        assert lettre.donnees["departement"]["service"] == "EDS de démonstration"
        f.structure(TypeStructure.DEPARTEMENT, "", nom="Services centraux", code_postal="75004", telephone="0199")
        autre = equipe.entrante()
        equipe.convoquer(autre)
        assert Courrier.objects.get(personne=autre).donnees["departement"]["nom"] == "Services centraux"


class TestEnvoi:
    def test_a_letter_waits_then_leaves_once(self, equipe: Equipe, lettre: Courrier) -> None:
        assert list(a_envoyer(genre=GenreCourrier.CONVOCATION)) == [lettre]
        assert lettre.libelle_etat == "À envoyer"
        partie = marquer_envoye(courrier=lettre, le_jour=JOUR, par=equipe.samia, le=LE)
        assert partie.libelle_etat == "Envoyée"
        assert not a_envoyer().exists()
        with pytest.raises(EnvoiImpossible, match="déjà parti"):
            marquer_envoye(courrier=lettre, le_jour=JOUR, par=equipe.samia, le=LE)

    def test_it_does_not_leave_tomorrow(self, equipe: Equipe, lettre: Courrier) -> None:
        with pytest.raises(EnvoiImpossible, match="à venir"):
            marquer_envoye(courrier=lettre, le_jour=JOUR + timedelta(days=1), par=equipe.samia, le=LE)

    def test_each_way_says_what_prevents_it(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        f.contact(personne, "prenom@exemple.invalid")
        possibles = {c.canal: c for c in canaux_possibles(personne=personne, genre=GenreCourrier.CONVOCATION, au=JOUR)}
        assert {canal for canal, c in possibles.items() if c.possible} == {
            Canal.COURRIER, Canal.COURRIEL, Canal.ESPACE_PERSONNEL, Canal.GUICHET,
        }  # fmt: skip
        assert possibles[Canal.SMS].empechement == "Aucun numéro de téléphone n'est connu."

    def test_a_decision_is_never_sent_by_text_message(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        f.contact(personne)
        possibles = canaux_possibles(personne=personne, genre=GenreCourrier.NOTIFICATION_ORIENTATION, au=JOUR)
        assert not next(c for c in possibles if c.canal is Canal.SMS).possible


class TestDestinataire:
    @pytest.mark.parametrize(
        ("sexe", "appel", "nom"),
        [(Sexe.FEMME, "Madame", "Mme Ana DUPONT"), (Sexe.HOMME, "Monsieur", "M. Ana DUPONT"),
         (Sexe.INCONNU, "Madame, Monsieur", "Ana DUPONT")],
    )  # fmt: skip
    def test_how_she_is_addressed(self, db: None, sexe: Sexe, appel: str, nom: str) -> None:
        personne = f.personne(nom="Dupont", prenom="Ana", sexe=sexe)
        qui = destinataire(personne, au=JOUR, postal=False)
        assert (qui.appel, qui.nom, qui.adresse) == (appel, nom, [nom])

    def test_abroad(self, db: None) -> None:
        personne = f.personne(nom="Dupont", prenom="Ana")
        f.adresse(personne=personne, nature=NatureAdresse.HORS_FRANCE, lignes_etranger=["Calle Mayor 5", "MADRID"])
        lignes = destinataire(personne, au=JOUR, postal=True).adresse
        assert lignes == ["Mme Ana DUPONT", "Calle Mayor 5", "MADRID"]


class TestRemise:
    def test_a_registered_letter_presented_then_claimed(self, equipe: Equipe, lettre: Courrier) -> None:
        Courrier.objects.update(moyen=MoyenRemise.LRAR)
        for jours, etat in enumerate((EtatRemise.ENVOYEE, EtatRemise.PRESENTEE, EtatRemise.RECUE)):
            noter(equipe, lettre, etat, jours)
        assert [s.etat for s in courriers_de(lettre.personne)[0].suivis.order_by("pk")] == [
            "envoyee", "presentee", "recue",
        ]  # fmt: skip
        assert date_certaine_de(Courrier.objects.get(pk=lettre.pk)) == JOUR + timedelta(days=2)

    def test_nothing_follows_the_end(self, equipe: Equipe, lettre: Courrier) -> None:
        noter(equipe, lettre, EtatRemise.RECUE)
        with pytest.raises(RemiseImpossible, match="« reçue »"):
            noter(equipe, lettre, EtatRemise.NPAI, 1)

    @pytest.mark.parametrize("jour", [JOUR - timedelta(days=1), JOUR + timedelta(days=1)])
    def test_not_before_the_letter_nor_tomorrow(self, equipe: Equipe, lettre: Courrier, jour: date) -> None:
        with pytest.raises(RemiseImpossible, match="entre celle du courrier et aujourd'hui"):
            noter_remise(courrier=lettre, etat=EtatRemise.ENVOYEE, le_jour=jour, par=equipe.samia, le=LE)

    def test_states_come_in_order_of_dates(self, equipe: Equipe, lettre: Courrier) -> None:
        noter(equipe, lettre, EtatRemise.ENVOYEE, 3)
        with pytest.raises(RemiseImpossible, match="précède"):
            noter_remise(
                courrier=lettre, etat=EtatRemise.RECUE, le_jour=JOUR + timedelta(days=1), par=equipe.samia,
                le=LE + timedelta(days=5),
            )  # fmt: skip

    def test_a_returned_letter_flags_the_address_and_calls_for_outreach(self, equipe: Equipe, lettre: Courrier) -> None:
        noter(equipe, lettre, EtatRemise.ENVOYEE)
        noter(equipe, lettre, EtatRemise.NPAI, 4)
        assert Adresse.objects.get().npai
        assert situation(lettre.personne).etat == Etat.INJOIGNABLE
        evenement = Evenement.objects.get(genre=GenreEvenement.COURRIER_REVENU)
        assert evenement.donnees == {"courrier": lettre.pk}

    def test_the_address_she_moved_to_since_is_not_flagged(self, equipe: Equipe, lettre: Courrier) -> None:
        noter(equipe, lettre, EtatRemise.ENVOYEE)
        nouvelle = f.adresse(personne=lettre.personne, debut=JOUR + timedelta(days=2))
        noter(equipe, lettre, EtatRemise.NPAI, 4)
        nouvelle.refresh_from_db()
        assert not nouvelle.npai
