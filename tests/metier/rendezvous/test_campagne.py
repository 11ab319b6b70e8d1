"""A campaign from the choice of whom to the report: slots, refusals, sending, pause, cancellation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from cordee.metier.courriers.enums import Canal, GenreCourrier, MotifExcuses
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import marquer_envoye
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Structure
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.personnes.models import Personne, Rattachement
from cordee.metier.rendezvous.enums import (
    EtatCampagne,
    EtatLigne,
    GenreRendezVous,
    ModaliteRendezVous,
    RefusCampagne,
    StatutRendezVous,
)
from cordee.metier.rendezvous.models import Campagne, Creneau, RendezVous
from cordee.metier.rendezvous.regles.campagne_etats import CampagneImpossible
from cordee.metier.rendezvous.services.campagne import (
    Reglages,
    creer_campagne,
    ouvrir_demi_journees,
    preparer_campagne,
    regler_campagne,
    retirer_de_campagne,
)
from cordee.metier.rendezvous.services.campagne_annulation import annuler_campagne, defaire_campagne
from cordee.metier.rendezvous.services.campagne_envoi import (
    envoyer_campagne,
    envoyer_lot,
    lancer_campagne,
    mettre_en_pause,
    reprendre_campagne,
)
from cordee.metier.rendezvous.services.campagne_excuses import excuser_campagne
from cordee.metier.rendezvous.services.plages import ouvrir_plage
from cordee.socle.erreurs import DonneesPerimees
from cordee.socle.horloge import PARIS
from tests import fabriques as f
from tests.metier.equipe import Equipe

LE = f.MAINTENANT  # Tuesday 17 February 2026
G = GenreRendezVous


def ouvrir(
    structure: Structure, equipe: Equipe, *, jours: int = 10, places: int = 1, des: date = date(2026, 2, 18)
) -> None:
    """Every morning for that many days, four slots of 45 minutes."""
    for n in range(jours):
        le_jour = des + timedelta(days=n)
        ouvrir_plage(
            structure=structure, genre=G.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE,
            jour_semaine=le_jour.weekday(), de=time(9), a=time(12), duree_minutes=45, places=places, debut=le_jour,
            fin=le_jour + timedelta(days=1), par=equipe.samia, le=LE,
        )  # fmt: skip


@pytest.fixture
def secteur(equipe: Equipe) -> Structure:
    """The EDS receives Créteil and has four slots each working morning from tomorrow."""
    f.regle_secteur(equipe.eds, f.commune())
    ouvrir(equipe.eds, equipe, jours=15)
    return equipe.eds


def campagne_de(equipe: Equipe, personnes: list[Personne], **reglages: object) -> Campagne:
    return creer_campagne(
        libelle="Nouveaux entrants", personnes=[p.pk for p in personnes], criteres={"etape": "convoquer"},
        par=equipe.samia, le=LE, reglages=Reglages(**reglages),  # type: ignore[arg-type]
    )  # fmt: skip


def lancer(campagne: Campagne, equipe: Equipe, *, le: datetime = LE) -> int:
    campagne.refresh_from_db()
    lancer_campagne(campagne=campagne, version=campagne.version, par=equipe.samia, le=le)
    return envoyer_campagne(campagne=campagne, maintenant=lambda: le, taille=3)


def etats(campagne: Campagne) -> dict[int, EtatLigne]:
    return {pk: EtatLigne(e) for pk, e in campagne.lignes.values_list("personne_id", "etat")}


def jour_paris(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def convoquees(personne: Personne) -> tuple[int, int, int]:
    """Expected appointments, letters that still count, convocations recorded."""
    return (
        RendezVous.objects.filter(personne=personne, statut=StatutRendezVous.PREVU).count(),
        Courrier.objects.filter(personne=personne, annule_le=None).count(),
        Evenement.objects.filter(personne=personne, genre=GenreEvenement.CONVOCATION).count(),
    )


class TestPreparer:
    def test_each_person_has_a_slot_of_her_sector_once_the_letter_has_come(
        self, equipe: Equipe, secteur: Structure
    ) -> None:
        gens = [equipe.entrante() for _ in range(6)]
        campagne = campagne_de(equipe, gens)
        lignes = list(campagne.lignes.all())
        assert campagne.etat == EtatCampagne.PRETE
        assert {x.structure_id for x in lignes} == {secteur.pk}
        # five working days after Tuesday the 17th is Tuesday the 24th: four slots that day, two the next
        assert Counter(jour_paris(x.debut) for x in lignes) == {date(2026, 2, 24): 4, date(2026, 2, 25): 2}  # type: ignore[arg-type]
        assert all(max(Counter(x.creneau_id for x in lignes).values()) == 1 for _ in lignes)
        assert RendezVous.objects.count() == 0
        assert Courrier.objects.count() == 0

    def test_who_the_law_makes_wait_least_comes_first(self, equipe: Equipe, secteur: Structure) -> None:
        tard, tot = equipe.entrante(), equipe.entrante(le=LE - timedelta(days=20))
        assert [x.personne_id for x in campagne_de(equipe, [tard, tot]).lignes.order_by("debut")] == [tot.pk, tard.pk]

    def test_a_message_arrives_sooner_than_a_letter_and_mail_is_fetched_once_a_week(
        self, equipe: Equipe, secteur: Structure
    ) -> None:
        par_sms, domiciliee = equipe.entrante(), f.soumise(equipe.eds)
        f.contact(par_sms)
        f.adresse(personne=domiciliee, nature="domiciliation", chez="CCAS de Créteil")
        campagne = campagne_de(equipe, [par_sms, domiciliee], canal_prefere=Canal.SMS)
        dates = {x.personne_id: (x.canal, jour_paris(x.debut)) for x in campagne.lignes.all()}  # type: ignore[arg-type]
        assert dates == {
            par_sms.pk: (Canal.SMS, date(2026, 2, 19)),
            domiciliee.pk: (Canal.COURRIER, date(2026, 3, 3)),  # the 24th, and a week
        }

    def test_who_cannot_be_convened_is_told_with_the_reason(self, equipe: Equipe, secteur: Structure) -> None:
        deja, interrompue, injoignable = equipe.entrante(), equipe.entrante(), f.soumise(equipe.eds)
        equipe.convoquer(deja)
        f.evenement(interrompue, GenreEvenement.INTERRUPTION, motif="sante", revue_le="2026-05-17")
        campagne = campagne_de(equipe, [deja, interrompue, injoignable, equipe.entrante()])
        refus = {x.personne_id: x.refus for x in campagne.lignes.filter(etat=EtatLigne.REFUSEE)}
        assert refus == {
            deja.pk: RefusCampagne.DEJA_CONVOQUEE, interrompue.pk: RefusCampagne.PARCOURS,
            injoignable.pk: RefusCampagne.INJOIGNABLE,
        }  # fmt: skip
        assert campagne.lignes.get(personne=deja).raison == "A déjà un rendez-vous le 24/02/2026 à 09:00."

    def test_a_commune_outside_every_sector_is_refused(self, equipe: Equipe, secteur: Structure) -> None:
        perdue = f.soumise(foyer=(foyer := f.foyer()))
        f.adresse(foyer=foyer, commune=f.commune("94999", "Ailleurs"))
        ligne = campagne_de(equipe, [perdue]).lignes.get()
        assert (ligne.refus, ligne.raison) == (
            RefusCampagne.HORS_SECTEUR, "Sa commune n'est dans aucun secteur : établissez d'abord son lieu de vie."
        )  # fmt: skip

    def test_a_lack_is_told_in_half_days_and_opening_them_fills_it(self, equipe: Equipe) -> None:
        f.regle_secteur(equipe.eds, f.commune())
        campagne = campagne_de(equipe, [equipe.entrante() for _ in range(5)])
        (offre,) = campagne.offre["structures"]
        assert (campagne.etat, offre["besoin"], offre["manque"], offre["demi_journees"]) == ("brouillon", 5, 5, 2)
        ouvrir_demi_journees(
            campagne=campagne, structure=equipe.eds, nombre=2, premier_jour=date(2026, 2, 24), par=equipe.samia, le=LE
        )
        campagne.refresh_from_db()
        assert set(etats(campagne).values()) == {EtatLigne.PLANIFIEE}
        assert campagne.etat == EtatCampagne.PRETE

    @pytest.mark.parametrize(
        ("jour", "nombre", "dit"),
        [
            (date(2026, 2, 17), 1, "jour à venir"),
            (date(2026, 4, 1), 1, "après la fin"),
            (date(2026, 2, 24), 0, "au moins"),
        ],
    )
    def test_half_days_in_the_past_or_too_late_are_refused(
        self, equipe: Equipe, secteur: Structure, jour: date, nombre: int, dit: str
    ) -> None:
        campagne = campagne_de(equipe, [equipe.entrante()])
        avant = Creneau.objects.count()
        with pytest.raises(CampagneImpossible, match=dit):
            ouvrir_demi_journees(
                campagne=campagne, structure=secteur, nombre=nombre, premier_jour=jour, par=equipe.samia, le=LE
            )
        assert Creneau.objects.count() == avant

    def test_the_platform_receives_the_whole_departement(self, equipe: Equipe) -> None:
        f.regle_secteur(equipe.eds, f.commune())
        plateforme = f.structure(TypeStructure.PLATEFORME, "")
        ouvrir(plateforme, equipe)
        ligne = campagne_de(equipe, [equipe.entrante()]).lignes.get()
        assert (ligne.structure_id, ligne.secteur_id, ligne.debordement) == (plateforme.pk, equipe.eds.pk, False)

    def test_overflow_goes_to_a_neighbour_only_when_asked(self, equipe: Equipe) -> None:
        creteil, choisy = f.commune(), f.commune("94022", "Choisy-le-Roi")
        for commune, point in ((creteil, (48.79, 2.46)), (choisy, (48.77, 2.41))):
            commune.latitude, commune.longitude = point
            commune.save()
        Structure.objects.filter(pk=equipe.eds.pk).update(commune=creteil)
        voisine = f.structure(commune=choisy)
        f.regle_secteur(equipe.eds, creteil)
        f.regle_secteur(voisine, choisy)
        ouvrir(voisine, equipe)
        campagne = campagne_de(equipe, [equipe.entrante()])
        assert set(etats(campagne).values()) == {EtatLigne.SANS_PLACE}
        regler_campagne(
            campagne=campagne, version=campagne.version, reglages=Reglages(debordement=True), par=equipe.samia, le=LE
        )
        ligne = campagne.lignes.get()
        assert (ligne.structure_id, ligne.debordement) == (voisine.pk, True)

    def test_what_another_campaign_planned_is_left_to_it(self, equipe: Equipe) -> None:
        f.regle_secteur(equipe.eds, f.commune())
        ouvrir(equipe.eds, equipe, jours=1, des=date(2026, 2, 24))
        gens = [equipe.entrante() for _ in range(6)]
        premiere = campagne_de(equipe, gens[:3])
        seconde = campagne_de(equipe, gens)
        assert set(etats(premiere).values()) == {EtatLigne.PLANIFIEE}
        assert Counter(seconde.lignes.values_list("etat", "refus")) == {
            ("refusee", "autre_campagne"): 3, ("planifiee", ""): 1, ("sans_place", ""): 2,
        }  # fmt: skip

    def test_a_plan_forgotten_holds_nobody_the_next_day(self, equipe: Equipe, secteur: Structure) -> None:
        gens = [equipe.entrante() for _ in range(2)]
        campagne_de(equipe, gens)
        demain = LE + timedelta(days=1)
        seconde = creer_campagne(
            libelle="Le lendemain", personnes=[p.pk for p in gens], criteres={}, par=equipe.samia, le=demain
        )
        assert set(etats(seconde).values()) == {EtatLigne.PLANIFIEE}

    def test_nobody_chosen_or_no_day_left_changes_nothing(self, equipe: Equipe) -> None:
        with pytest.raises(CampagneImpossible, match="Aucune personne"):
            campagne_de(equipe, [])
        with pytest.raises(CampagneImpossible, match="plus court que le préavis"):
            campagne_de(equipe, [equipe.entrante()], delai_ouvres=3)
        assert not Campagne.objects.exists()

    def test_settings_typed_on_an_old_page_are_refused(self, equipe: Equipe, secteur: Structure) -> None:
        campagne = campagne_de(equipe, [equipe.entrante()])
        ancienne = campagne.version
        preparer_campagne(campagne=campagne, par=equipe.samia, le=LE)
        with pytest.raises(DonneesPerimees):
            regler_campagne(campagne=campagne, version=ancienne, reglages=Reglages(), par=equipe.samia, le=LE)

    def test_who_is_taken_out_stays_out(self, equipe: Equipe, secteur: Structure) -> None:
        gens = [equipe.entrante(), equipe.entrante()]
        campagne = campagne_de(equipe, gens)
        assert retirer_de_campagne(campagne=campagne, personnes=[gens[0].pk], par=equipe.samia, le=LE) == 1
        preparer_campagne(campagne=campagne, par=equipe.samia, le=LE)
        assert etats(campagne) == {gens[0].pk: EtatLigne.RETIREE, gens[1].pk: EtatLigne.PLANIFIEE}

    def test_as_many_queries_for_ten_times_as_many_people(
        self, equipe: Equipe, secteur: Structure, django_assert_max_num_queries: Callable[[int], object]
    ) -> None:
        peu, beaucoup = [equipe.entrante() for _ in range(2)], [equipe.entrante() for _ in range(20)]
        with django_assert_max_num_queries(45):  # type: ignore[attr-defined]
            campagne_de(equipe, peu)
        with django_assert_max_num_queries(45):  # type: ignore[attr-defined]
            campagne_de(equipe, beaucoup)


class TestEnvoyer:
    def test_each_is_convened_once_with_one_letter_and_one_event(self, equipe: Equipe, secteur: Structure) -> None:
        gens = [equipe.entrante() for _ in range(7)]
        campagne = campagne_de(equipe, gens)
        assert lancer(campagne, equipe) == 7
        campagne.refresh_from_db()
        assert campagne.etat == EtatCampagne.TERMINEE
        assert {convoquees(p) for p in gens} == {(1, 1, 1)}
        assert set(Situation.objects.values_list("etat", flat=True)) == {Etat.CONVOQUEE}
        assert sum(Creneau.objects.values_list("prises", flat=True)) == 7
        assert not RendezVous.objects.filter(creneau=None).exists()
        assert Rattachement.objects.filter(structure=secteur, finalite="orientation").count() == 7
        assert all(x.courrier and x.courrier.objet_id == x.rendez_vous_id for x in campagne.lignes.all())
        assert envoyer_campagne(campagne=campagne, maintenant=lambda: LE) == 0

    def test_convened_by_hand_meanwhile_is_not_convened_again(self, equipe: Equipe, secteur: Structure) -> None:
        gens = [equipe.entrante() for _ in range(3)]
        campagne = campagne_de(equipe, gens)
        equipe.convoquer(gens[1])
        assert lancer(campagne, equipe) == 2
        assert {convoquees(p) for p in gens} == {(1, 1, 1)}
        assert campagne.lignes.get(personne=gens[1]).refus == RefusCampagne.DEJA_CONVOQUEE

    def test_a_slot_taken_meanwhile_gives_another_one(self, equipe: Equipe, secteur: Structure) -> None:
        personne = equipe.entrante()
        campagne = campagne_de(equipe, [personne])
        prevu = campagne.lignes.get().creneau
        Creneau.objects.filter(pk=prevu.pk).update(prises=1)  # type: ignore[union-attr]
        assert lancer(campagne, equipe) == 1
        assert campagne.lignes.get().creneau_id != prevu.pk  # type: ignore[union-attr]
        assert Creneau.objects.get(pk=prevu.pk).prises == 1  # type: ignore[union-attr]

    def test_without_another_slot_she_is_told_apart(self, equipe: Equipe) -> None:
        f.regle_secteur(equipe.eds, f.commune())
        ouvrir(equipe.eds, equipe, jours=1, des=date(2026, 2, 24))
        personne = equipe.entrante()
        campagne = campagne_de(equipe, [personne])
        Creneau.objects.update(prises=1)
        assert lancer(campagne, equipe) == 0
        ligne = campagne.lignes.get()
        assert (ligne.etat, ligne.refus) == (EtatLigne.REFUSEE, RefusCampagne.CRENEAU_PRIS)
        assert convoquees(personne) == (0, 0, 0)

    def test_pause_stops_between_two_lots_and_the_rest_follows(self, equipe: Equipe, secteur: Structure) -> None:
        gens = [equipe.entrante() for _ in range(5)]
        campagne = campagne_de(equipe, gens)
        lancer_campagne(campagne=campagne, version=campagne.version, par=equipe.samia, le=LE)
        assert envoyer_lot(campagne=campagne, le=LE, taille=2).convoquees == 2
        mettre_en_pause(campagne=campagne, par=equipe.samia, le=LE)
        assert envoyer_lot(campagne=campagne, le=LE, taille=2).fini
        assert Counter(etats(campagne).values()) == {EtatLigne.CONVOQUEE: 2, EtatLigne.PLANIFIEE: 3}
        plus_tard = LE + timedelta(days=2)  # the slots planned are too near by then
        reprendre_campagne(campagne=campagne, par=equipe.samia, le=plus_tard)
        assert envoyer_campagne(campagne=campagne, maintenant=lambda: plus_tard) == 3
        recents = campagne.lignes.order_by("-rang")[:3]
        assert all(jour_paris(x.debut) >= date(2026, 2, 26) for x in recents)  # type: ignore[arg-type]

    def test_prepared_another_day_it_must_be_prepared_again(self, equipe: Equipe, secteur: Structure) -> None:
        campagne = campagne_de(equipe, [equipe.entrante()])
        with pytest.raises(CampagneImpossible, match="un autre jour"):
            lancer_campagne(campagne=campagne, version=campagne.version, par=equipe.samia, le=LE + timedelta(days=1))
        assert Courrier.objects.count() == 0

    def test_a_couple_comes_together_unless_one_asked_for_discretion(self, equipe: Equipe, secteur: Structure) -> None:
        uni, separe = f.foyer(), f.foyer()
        for foyer in (uni, separe):
            f.adresse(foyer=foyer)
        a, c = (f.soumise(equipe.eds, foyer=foyer) for foyer in (uni, separe))
        b, d = (f.soumise(equipe.eds, foyer=foyer, role=f.RoleFoyer.CJT) for foyer in (uni, separe))
        Personne.objects.filter(pk=d.pk).update(contact_discret=True)
        f.contact(d, verifie=True)
        campagne = campagne_de(equipe, [a, c, b, d])
        debuts = {x.personne_id: x.debut for x in campagne.lignes.all()}
        assert abs(debuts[a.pk] - debuts[b.pk]) <= timedelta(hours=2)  # type: ignore[operator]
        assert jour_paris(debuts[c.pk]) != jour_paris(debuts[d.pk])  # type: ignore[arg-type]

    def test_an_interpreter_takes_two_slots_that_follow(self, equipe: Equipe, secteur: Structure) -> None:
        personne = equipe.entrante(langue="soninké", interprete=True)
        campagne = campagne_de(equipe, [personne])
        assert lancer(campagne, equipe) == 1
        rdv = RendezVous.objects.get()
        assert (rdv.fin - rdv.debut, rdv.suite_id is not None, rdv.interprete) == (
            timedelta(minutes=90), True, "soninké",
        )  # fmt: skip
        assert sum(Creneau.objects.values_list("prises", flat=True)) == 2

    def test_the_number_of_queries_does_not_grow_with_the_lot(
        self, equipe: Equipe, secteur: Structure, django_assert_max_num_queries: Callable[[int], object]
    ) -> None:
        campagne = campagne_de(equipe, [equipe.entrante() for _ in range(20)])
        lancer_campagne(campagne=campagne, version=campagne.version, par=equipe.samia, le=LE)
        with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
            assert envoyer_lot(campagne=campagne, le=LE, taille=20).convoquees == 20


class TestAnnuler:
    def test_before_anything_left_everything_is_undone(self, equipe: Equipe, secteur: Structure) -> None:
        gens = [equipe.entrante() for _ in range(4)]
        campagne = campagne_de(equipe, gens)
        lancer(campagne, equipe)
        annuler_campagne(campagne=campagne, par=equipe.samia, le=LE)
        assert defaire_campagne(campagne=campagne, par=equipe.samia, maintenant=lambda: LE, taille=3) == 4
        assert {convoquees(p)[:2] for p in gens} == {(0, 0)}
        assert set(Situation.objects.values_list("etat", flat=True)) == {Etat.ENTRANTE}
        assert sum(Creneau.objects.values_list("prises", flat=True)) == 0
        assert set(etats(campagne).values()) == {EtatLigne.ANNULEE}

    def test_what_has_left_stays(self, equipe: Equipe, secteur: Structure) -> None:
        gens = [equipe.entrante() for _ in range(3)]
        campagne = campagne_de(equipe, gens)
        lancer(campagne, equipe)
        partie = Courrier.objects.get(personne=gens[0])
        marquer_envoye(courrier=partie, le_jour=LE.date(), par=equipe.samia, le=LE)
        annuler_campagne(campagne=campagne, par=equipe.samia, le=LE)
        assert defaire_campagne(campagne=campagne, par=equipe.samia, maintenant=lambda: LE) == 2
        assert convoquees(gens[0]) == (1, 1, 1)
        assert etats(campagne)[gens[0].pk] is EtatLigne.CONVOQUEE

    def test_what_had_left_by_mistake_is_withdrawn_with_apologies(self, equipe: Equipe, secteur: Structure) -> None:
        """R68: apologise, void, trace; by the way that arrives first."""
        gens = [equipe.entrante() for _ in range(4)]
        f.contact(gens[1])
        campagne = campagne_de(equipe, gens)
        lancer(campagne, equipe)
        for lettre in Courrier.objects.filter(personne__in=gens[:3]):
            marquer_envoye(courrier=lettre, le_jour=LE.date(), par=equipe.samia, le=LE)
        demande = {"campagne": campagne, "motif": MotifExcuses.SANS_OBJET, "par": equipe.samia}
        with pytest.raises(CampagneImpossible, match="encore valables"):
            excuser_campagne(maintenant=lambda: LE, **demande)  # type: ignore[arg-type]
        annuler_campagne(campagne=campagne, par=equipe.samia, le=LE)
        defaire_campagne(campagne=campagne, par=equipe.samia, maintenant=lambda: LE)
        assert excuser_campagne(maintenant=lambda: LE, taille=2, **demande) == 3  # type: ignore[arg-type]
        excuses = Courrier.objects.filter(genre=GenreCourrier.EXCUSES)
        assert {c.personne_id: Canal(c.canal) for c in excuses} == {
            gens[0].pk: Canal.COURRIER, gens[1].pk: Canal.SMS, gens[2].pk: Canal.COURRIER,
        }  # fmt: skip
        assert not RendezVous.objects.filter(statut=StatutRendezVous.PREVU).exists()
        assert sum(Creneau.objects.values_list("prises", flat=True)) == 0
        assert excuser_campagne(maintenant=lambda: LE, **demande) == 0  # type: ignore[arg-type]
