"""A collective session: the sheet, its numbers, its entry in one act."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.rendezvous.emargement import contenu, feuille_pdf
from cordee.metier.rendezvous.enums import GenreRendezVous, MotifExcuse, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.regles.code_barres import numero_de_ligne
from cordee.metier.rendezvous.selectors.journee import inscrites, seances
from cordee.metier.rendezvous.services import RendezVousImpossible
from cordee.metier.rendezvous.services.seance import noter_seance
from cordee.socle.horloge import jour
from tests.metier.equipe import LE, Equipe, etape, situation

DEBUT = LE + timedelta(days=7)
APRES = DEBUT + timedelta(hours=2)
S = StatutRendezVous


def inviter(equipe: Equipe, combien: int, **champs: Any) -> list[RendezVous]:
    valeurs = {"genre": GenreRendezVous.COLLECTIF, "debut": DEBUT, "duree_minutes": 90, **champs}
    return [equipe.convoquer(equipe.entrante(prenom=f"Prénom{n}"), **valeurs) for n in range(combien)]


class TestSaisie:
    def test_fifteen_follow_ups_opened_in_one_act(self, equipe: Equipe, django_assert_max_num_queries: Any) -> None:
        feuille = inviter(equipe, 15)
        absents, excusee = [feuille[0].pk, feuille[1].pk], feuille[2]
        with django_assert_max_num_queries(40):
            bilan = noter_seance(
                rendez_vous=[r.pk for r in feuille], absents=absents, excuses={excusee.pk: MotifExcuse.TRAVAIL},
                par=equipe.samia, le=APRES,
            )  # fmt: skip
        assert (bilan.venues, bilan.absentes, bilan.excusees, bilan.deja) == (12, 2, 1, 0)
        faits = Evenement.objects.filter(acte=bilan.acte)
        assert faits.count() == faits.values("personne").distinct().count() == 15
        assert {e.survenu_le for e in faits} == {DEBUT}
        etapes = {r.pk: etape(r.personne).genre for r in feuille}
        assert etapes[feuille[5].pk] == GenreEtape.ORIENTER
        assert etapes[absents[0]] == GenreEtape.ALLER_VERS
        assert (etapes[excusee.pk], situation(excusee.personne).etat) == (GenreEtape.CONVOQUER, Etat.ENTRANTE)
        excusee.refresh_from_db()
        assert (excusee.statut, excusee.motif_excuse) == (S.EXCUSE, "travail")

    def test_the_number_of_queries_does_not_depend_on_the_room(
        self, equipe: Equipe, django_assert_max_num_queries: Any
    ) -> None:
        petite, grande = inviter(equipe, 2), inviter(equipe, 12, debut=DEBUT + timedelta(hours=3))
        with django_assert_max_num_queries(30):
            noter_seance(rendez_vous=[r.pk for r in petite], par=equipe.samia, le=APRES)
        with django_assert_max_num_queries(30):
            noter_seance(rendez_vous=[r.pk for r in grande], par=equipe.samia, le=APRES + timedelta(hours=3))

    def test_entered_twice_it_changes_nothing(self, equipe: Equipe) -> None:
        feuille = [r.pk for r in inviter(equipe, 3)]
        noter_seance(rendez_vous=feuille, absents=feuille[:1], par=equipe.samia, le=APRES)
        avant = Evenement.objects.filter(genre__in=(GenreEvenement.PRESENCE, GenreEvenement.ABSENCE)).count()
        bilan = noter_seance(rendez_vous=feuille, par=equipe.samia, le=APRES)
        apres = Evenement.objects.filter(genre__in=(GenreEvenement.PRESENCE, GenreEvenement.ABSENCE)).count()
        assert (bilan.venues, bilan.deja, apres) == (0, 3, avant)

    def test_what_is_refused_writes_nothing(self, equipe: Equipe) -> None:
        feuille = inviter(equipe, 2)
        ailleurs = equipe.convoquer(equipe.entrante())
        for champs, phrase in (
            ({"rendez_vous": [r.pk for r in feuille], "le": DEBUT - timedelta(hours=1)}, "pas commencé"),
            ({"rendez_vous": [feuille[0].pk, ailleurs.pk], "le": APRES}, "même séance"),
            ({"rendez_vous": [feuille[0].pk], "absents": [feuille[1].pk], "le": APRES}, "pas sur cette feuille"),
            ({"rendez_vous": [], "le": APRES}, "plus personne"),
        ):
            with pytest.raises(RendezVousImpossible, match=phrase):
                noter_seance(par=equipe.samia, **champs)  # type: ignore[arg-type]
        assert set(RendezVous.objects.values_list("statut", flat=True)) == {S.PREVU}


class TestFeuille:
    def test_numbers_and_first_names_only(self, equipe: Equipe) -> None:
        feuille = inviter(equipe, 2)
        dit = contenu(feuille)
        assert [ligne["nom"] for ligne in dit["lignes"]] == [f"Prénom{n} N." for n in range(2)]
        assert dit["lignes"][0]["numero"].replace(" ", "") == numero_de_ligne(feuille[0].pk)
        assert "rsa" not in str(dit).lower()

    def test_a_tagged_pdf(self, equipe: Equipe) -> None:
        pdf = feuille_pdf(inviter(equipe, 3), le=LE)
        assert pdf.startswith(b"%PDF")
        assert b"/StructTreeRoot" in pdf

    def test_the_sessions_of_an_agent(self, equipe: Equipe, django_assert_num_queries: Any) -> None:
        feuille = inviter(equipe, 4)
        noter_seance(rendez_vous=[r.pk for r in feuille], par=equipe.samia, le=APRES)
        inviter(equipe, 2, debut=DEBUT + timedelta(days=1))
        vues: dict[str, Any] = {"structures": [equipe.eds.pk], "du": jour(DEBUT), "au": jour(DEBUT) + timedelta(days=2)}
        with django_assert_num_queries(2):
            trouvees = seances(pour=equipe.samia, **vues)
        assert [(s.inscrites, s.a_noter, s.passee) for s in trouvees] == [(4, 0, True), (2, 2, False)]
        assert seances(pour=equipe.malik, **vues) == []
        qui = inscrites(pour=equipe.samia, au=jour(LE), structure=equipe.eds.pk, debut=DEBUT, creneau=None)
        assert {r.pk for r in qui} == {r.pk for r in feuille}
