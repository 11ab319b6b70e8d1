"""Particular situations lived to their end, joint reviews, papers that end, complaints."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cordee.metier.orientation.enums import MotifReorientation
from cordee.metier.orientation.models import DemandeReorientation
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement, Voie
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.parcours.services import annuler_evenement
from cordee.metier.personnes.models import Personne
from cordee.metier.suivi import services
from cordee.metier.suivi.enums import (
    CanalReclamation,
    Constat,
    GenreContactSuivi,
    GenreReclamation,
    IssueReclamation,
    NaturePiece,
    NouvelleEmploi,
    ObjetReclamation,
    ResultatContact,
    ResultatRevue,
)
from cordee.metier.suivi.models import PieceVue, PointSituation, RevueConjointe
from cordee.metier.suivi.regles.situations import POINTS
from cordee.metier.suivi.selectors.accompagnements import chiffres_par_trimestre, points_de, revues_de
from cordee.metier.suivi.selectors.documents import pieces_qui_expirent
from cordee.metier.suivi.services import SuiviRefuse, Valeurs
from cordee.reglementation.calendrier import ajouter_mois
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, echeances, etape, situation

C, H = Constat, GenreEcheance
J = LE.date()


def dans(jours: int) -> datetime:
    return LE + timedelta(days=jours)


def entrer(equipe: Equipe, etat: Etat, **valeurs: Any) -> Personne:
    personne = equipe.accompagnee()
    services.entrer_en_situation(
        personne=personne,
        etat=etat,
        valeurs=Valeurs(**valeurs),
        par=equipe.lea,
        le=dans(1),
    )
    return personne


class TestPoints:
    @pytest.mark.parametrize("etat", POINTS)
    def test_only_its_own_act_closes_its_step(self, equipe: Equipe, etat: Etat) -> None:
        personne = entrer(equipe, etat)
        ouverte = etape(personne)
        services.noter_contact(
            personne=personne, genre=GenreContactSuivi.APPEL, resultat=ResultatContact.JOINTE, par=equipe.lea,
            le=dans(10),
        )  # fmt: skip
        assert etape(personne) == ouverte
        fin = min(POINTS[etat].fins)
        point = services.faire_le_point(personne=personne, etat=etat, constat=fin, par=equipe.lea, le=dans(20))
        assert (point.termine, situation(personne).etat) == (True, Etat.ACCOMPAGNEE)

    def test_a_job_after_a_month_then_every_three(self, equipe: Equipe) -> None:
        personne = entrer(equipe, Etat.EN_EMPLOI_PARTIEL, heures=Decimal("12.5"), horaires="Le matin")
        assert (etape(personne).regle, etape(personne).terme) == ("consolider_emploi", ajouter_mois(dans(1).date(), 1))
        services.faire_le_point(
            personne=personne, etat=Etat.EN_EMPLOI_PARTIEL, constat=C.EMPLOI_TENU, par=equipe.lea, le=dans(30)
        )
        assert (etape(personne).regle, etape(personne).terme) == (
            "consolider_emploi_suite", ajouter_mois(dans(30).date(), 3),
        )  # fmt: skip
        assert list(points_de(personne).values_list("constat", "horaires")) == [("emploi_tenu", ""), ("", "Le matin")]

    def test_an_action_half_way_then_fifteen_days_before_its_end(self, equipe: Equipe) -> None:
        fin = dans(121).date()
        personne = entrer(equipe, Etat.EN_ACTION, debut_le=dans(1).date(), fin_le=fin)
        assert (etape(personne).regle, etape(personne).terme) == ("point_action_mi_parcours", dans(61).date())
        services.faire_le_point(
            personne=personne, etat=Etat.EN_ACTION, constat=C.ACTION_SUIVIE, par=equipe.lea, le=dans(61)
        )
        assert (etape(personne).regle, etape(personne).terme) == ("point_action_fin", fin - timedelta(days=15))

    def test_the_self_employed_quarter_by_quarter(self, equipe: Equipe) -> None:
        personne = entrer(equipe, Etat.INDEPENDANTE)
        for rang, (trimestre, chiffre) in enumerate([(date(2025, 10, 1), 900), (date(2026, 1, 1), 1500)]):
            services.faire_le_point(
                personne=personne, etat=Etat.INDEPENDANTE, constat=C.A_CONSOLIDER, par=equipe.lea,
                le=dans(60 + 90 * rang), valeurs=Valeurs(trimestre=trimestre, chiffre_affaires=Decimal(chiffre)),
            )  # fmt: skip
        assert chiffres_par_trimestre(personne) == [(date(2025, 10, 1), 900), (date(2026, 1, 1), 1500)]
        assert etape(personne).terme == ajouter_mois(dans(150).date(), 3)

    @pytest.mark.parametrize(
        ("valeurs", "mot"),
        [
            ({"chiffre_affaires": Decimal(10)}, "quel trimestre"),
            ({"trimestre": date(2026, 2, 1)}, "commence"),
            ({"heures": Decimal(90)}, "60"),
        ],
    )
    def test_values_that_cannot_be(self, equipe: Equipe, valeurs: dict[str, object], mot: str) -> None:
        personne = entrer(equipe, Etat.INDEPENDANTE)
        with pytest.raises(SuiviRefuse, match=mot):
            services.faire_le_point(
                personne=personne, etat=Etat.INDEPENDANTE, constat=C.VIABLE, par=equipe.lea, le=dans(9),
                valeurs=Valeurs(**valeurs),  # type: ignore[arg-type]
            )  # fmt: skip

    def test_not_the_finding_of_another_situation_nor_of_one_that_is_not(self, equipe: Equipe) -> None:
        personne = entrer(equipe, Etat.INDEPENDANTE)
        with pytest.raises(SuiviRefuse, match="constat"):
            services.faire_le_point(
                personne=personne, etat=Etat.INDEPENDANTE, constat=C.RQTH_OBTENUE, par=equipe.lea, le=dans(9)
            )
        with pytest.raises(TransitionInterdite, match="en cours"):
            services.faire_le_point(
                personne=personne, etat=Etat.BILAN_HANDICAP, constat=C.RQTH_OBTENUE, par=equipe.lea, le=dans(9)
            )

    def test_a_point_recorded_by_mistake_no_longer_counts(self, equipe: Equipe) -> None:
        personne = entrer(equipe, Etat.EN_EMPLOI_PARTIEL)
        services.faire_le_point(
            personne=personne, etat=Etat.EN_EMPLOI_PARTIEL, constat=C.EMPLOI_FINI, par=equipe.lea, le=dans(30)
        )
        fait = Evenement.objects.get(personne=personne, genre=GenreEvenement.POINT_SITUATION)
        annuler_evenement(evenement=fait, par=equipe.lea, le=dans(31))
        assert situation(personne).etat == Etat.EN_EMPLOI_PARTIEL
        assert PointSituation.objects.get(pk=fait.objet_id or 0).annule_le == dans(31)


class TestRevueConjointe:
    def tenir(self, equipe: Equipe, personne: Personne, **champs: object) -> RevueConjointe:
        valeurs: dict[str, object] = {
            "tenue_le": dans(170).date(), "operateur": equipe.agence, "conseiller": "M. Exemple",
            "personne_presente": True, "resultat": ResultatRevue.POURSUITE, "motif": "Le projet avance.",
            "par": equipe.lea, "le": dans(170),
        }  # fmt: skip
        return services.tenir_revue_conjointe(personne=personne, **{**valeurs, **champs})  # type: ignore[arg-type]

    def test_the_clock_starts_again_at_each_review(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee(voie=Voie.SOCIAL)
        assert echeances(personne)[H.DIAGNOSTIC_CONJOINT] <= ajouter_mois(J, 6)
        self.tenir(equipe, personne)
        apres = echeances(personne)[H.DIAGNOSTIC_CONJOINT]
        assert ajouter_mois(J, 11) < apres <= ajouter_mois(dans(170).date(), 6)
        assert [r.resultat for r in revues_de(personne)] == [ResultatRevue.POURSUITE]

    def test_it_may_ask_for_another_orientation(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee(voie=Voie.SOCIAL)
        revue = self.tenir(
            equipe, personne, resultat=ResultatRevue.REORIENTATION, motif_reorientation=MotifReorientation.PROGRES
        )
        assert revue.demande == DemandeReorientation.objects.get(personne=personne)
        assert H.DECIDER_REORIENTATION in echeances(personne)

    def test_it_may_date_the_revision_of_the_contract(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee(voie=Voie.SOCIAL)
        avant = dans(200).date()
        self.tenir(equipe, personne, resultat=ResultatRevue.REVISION, revision_le=avant)
        assert echeances(personne)[H.ACTUALISER_CONTRAT] <= avant

    @pytest.mark.parametrize(
        ("champs", "mot"),
        [
            ({"conseiller": " "}, "conjoint"),
            ({"motif": ""}, "se motive"),
            ({"resultat": ResultatRevue.REVISION, "prolonge": True, "motif": ""}, "pour quelle date|motivent"),
        ],
    )
    def test_what_it_needs(self, equipe: Equipe, champs: dict[str, object], mot: str) -> None:
        with pytest.raises(SuiviRefuse, match=mot):
            self.tenir(equipe, equipe.accompagnee(voie=Voie.SOCIAL), **champs)

    def test_only_in_the_social_path(self, equipe: Equipe) -> None:
        with pytest.raises(TransitionInterdite, match="insertion sociale"):
            self.tenir(equipe, equipe.accompagnee())


class TestPieces:
    def test_a_permit_alerts_three_months_before_its_end(self, equipe: Equipe) -> None:
        personne, fin = equipe.accompagnee(), date(2026, 11, 30)
        f.rattachement(personne, equipe.eds)
        services.noter_piece_vue(
            personne=personne, nature=NaturePiece.TITRE_SEJOUR, vue_le=J, expire_le=fin, par=equipe.lea, le=LE
        )
        assert echeances(personne)[H.RENOUVELER_PIECE] == date(2026, 8, 28)  # the 30th is a Sunday
        assert not pieces_qui_expirent(pour=equipe.samia, au=J).exists()
        assert pieces_qui_expirent(pour=equipe.samia, au=date(2026, 9, 1)).exists()

    def test_the_first_to_end_leads_and_a_renewal_moves_it(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        for nature, fin in ((NaturePiece.TITRE_SEJOUR, date(2027, 6, 1)), (NaturePiece.RQTH, date(2026, 9, 1))):
            services.noter_piece_vue(personne=personne, nature=nature, vue_le=J, expire_le=fin, par=equipe.lea, le=LE)
        assert echeances(personne)[H.RENOUVELER_PIECE] == date(2026, 6, 1)
        services.noter_piece_vue(
            personne=personne, nature=NaturePiece.RQTH, vue_le=J, expire_le=date(2030, 9, 1), par=equipe.lea, le=LE
        )
        assert echeances(personne)[H.RENOUVELER_PIECE] == date(2027, 3, 1)
        for piece in PieceVue.objects.filter(close_le=None):
            services.clore_piece(piece=piece, par=equipe.lea, le=LE)
        assert H.RENOUVELER_PIECE not in echeances(personne)

    def test_a_medical_paper_is_seen_and_nothing_else(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        piece = services.noter_piece_vue(personne=personne, nature=NaturePiece.MEDICAL, vue_le=J, par=equipe.lea, le=LE)
        assert (piece.vue_par, piece.vue_le, piece.expire_le) == (equipe.lea, J, None)
        assert H.RENOUVELER_PIECE not in echeances(personne)
        with pytest.raises(SuiviRefuse, match="indiquez-la"):
            services.noter_piece_vue(personne=personne, nature=NaturePiece.RQTH, vue_le=J, par=equipe.lea, le=LE)


def test_a_complaint_has_an_owner_a_date_and_an_answer(equipe: Equipe) -> None:
    personne = equipe.accompagnee()
    reclamation = services.recevoir_reclamation(
        personne=personne, genre=GenreReclamation.MEDIATION, objet=ObjetReclamation.DELAI,
        canal=CanalReclamation.GUICHET, parole="J'attends depuis trois mois.", recue_le=J, par=equipe.samia, le=LE,
    )  # fmt: skip
    assert echeances(personne)[H.REPONDRE_RECLAMATION] == reclamation.repondre_avant <= dans(30).date()
    with pytest.raises(SuiviRefuse, match="attend déjà"):
        services.recevoir_reclamation(
            personne=personne, genre=GenreReclamation.RECLAMATION, objet=ObjetReclamation.AUTRE,
            canal=CanalReclamation.COURRIEL, parole="Encore", recue_le=J, par=equipe.samia, le=LE,
        )  # fmt: skip
    services.repondre_reclamation(
        personne=personne, issue=IssueReclamation.FONDEE, reponse="Un rendez-vous est fixé.", repondue_le=J,
        par=equipe.lea, le=LE,
    )  # fmt: skip
    assert H.REPONDRE_RECLAMATION not in echeances(personne)
    assert etape(personne).genre == GenreEtape.PROCHAIN_CONTACT


@pytest.mark.parametrize("nouvelle", [NouvelleEmploi.TOUJOURS, NouvelleEmploi.FINI])
def test_news_of_a_job_after_one_month_three_and_six(equipe: Equipe, nouvelle: NouvelleEmploi) -> None:
    personne = equipe.accompagnee()
    f.evenement(personne, GenreEvenement.DROIT_CLOS, le=dans(1), motif_sortie="emploi")
    vues = []
    while H.SUIVI_EMPLOI in echeances(personne):
        vues.append(echeances(personne)[H.SUIVI_EMPLOI])
        services.prendre_des_nouvelles(
            personne=personne, nouvelle=nouvelle, par=equipe.lea, le=dans(30 * len(vues) + 5)
        )
    prises = [ajouter_mois(dans(1).date(), n) for n in (1, 3, 6)][: 3 if nouvelle is NouvelleEmploi.TOUJOURS else 1]
    assert [abs((vue - attendue).days) <= 3 for vue, attendue in zip(vues, prises, strict=True)] == [True] * len(prises)
    with pytest.raises(TransitionInterdite):
        services.prendre_des_nouvelles(personne=personne, nouvelle=nouvelle, par=equipe.lea, le=dans(200))
