"""Inviting her to choose her date: offered only where it works, and the clock goes on until she has one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import EnvoiImpossible
from cordee.metier.organismes.models import Structure
from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MomentRappel
from cordee.metier.rendezvous.models import Creneau, DemandeRappel, LienPersonnel, RendezVous
from cordee.metier.rendezvous.selectors.liens import creneaux_proposables
from cordee.metier.rendezvous.services import InvitationRefusee, reponses
from cordee.metier.rendezvous.services.liens import adresse, code_de
from cordee.socle.erreurs import ErreurMetier
from tests import fabriques as f

LE = f.MAINTENANT
J = timedelta(days=1)


@pytest.fixture
def eds(settings: Any, db: None) -> Structure:
    settings.URL_PUBLIQUE = "https://cordee.exemple.invalid"
    f.systeme()
    eds = f.structure(commune=f.commune(), telephone="01 99 00 00 01")
    f.agent(f.RoleAgent.AGENT_PLATEFORME, structure=eds)
    return eds


@pytest.fixture
def personne(eds: Structure) -> Personne:
    personne = f.soumise(eds, le=LE - 3 * J)
    f.adresse(personne=personne)
    return personne


@pytest.fixture
def libre(eds: Structure) -> Creneau:
    return f.creneau(eds, debut=LE + 7 * J)


def inviter(personne: Personne, eds: Structure, *, canal: Canal = Canal.COURRIER, le: Any = LE) -> Courrier:
    return services.inviter(
        personne=personne, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE, structure=eds,
        canal=canal, par=f.systeme(), le=le,
    )  # fmt: skip


def ouvrir(lien: LienPersonnel, *, le: Any = LE) -> reponses.Ouverture:
    return reponses.ouvrir(code=code_de(lien), naissance=lien.personne.date_naissance, le=le)


def test_the_letter_says_where_why_and_until_when_and_the_clock_goes_on(
    personne: Personne, eds: Structure, libre: Creneau
) -> None:
    avant = Situation.objects.get(personne=personne).calcul
    courrier = inviter(personne, eds)
    lien, corps = LienPersonnel.objects.get(), courrier.donnees["textes"]["corps"]
    assert (courrier.genre, courrier.etat, lien.rendez_vous) == (GenreCourrier.INVITATION, "", None)
    assert LE + 20 * J < lien.expire_le <= LE + 21 * J
    for mot in (adresse(lien), eds.nom, "01 99 00 00 01", courrier.donnees["invitation"]["jusquau"]):
        assert mot in corps
    assert Situation.objects.get(personne=personne).calcul == avant
    assert not RendezVous.objects.exists()


def test_handed_over_at_the_counter_or_sent_as_a_message(personne: Personne, eds: Structure, libre: Creneau) -> None:
    assert inviter(personne, eds, canal=Canal.GUICHET).etat == EtatRemise.RECUE
    autre = f.soumise(eds, le=LE - J)
    f.contact(autre)
    texte = inviter(autre, eds, canal=Canal.SMS).donnees["message_court"]["texte"]
    assert adresse(LienPersonnel.objects.get(personne=autre)) in texte


@pytest.mark.parametrize(
    ("cas", "phrase"),
    [
        ("rendez_vous", "déjà un rendez-vous"), ("naissance", "date de naissance"), ("site", "CORDEE_URL"),
        ("creneau", "aucun créneau"), ("parcours", "interrompu"), ("canal", "porte un lien"),
        ("deux_fois", "déjà invitée"),
        ("adresse", "adresse postale"),
    ],
)  # fmt: skip
def test_each_refusal_changes_nothing(cas: str, phrase: str, personne: Personne, libre: Creneau, settings: Any) -> None:
    canal, eds = Canal.COURRIER, libre.structure
    match cas:
        case "rendez_vous":
            services.reserver(creneau=f.creneau(eds, debut=LE + 8 * J), personne=personne, canal=canal,
                              par=f.systeme(), le=LE)  # fmt: skip
        case "naissance":
            Personne.objects.update(date_naissance=None)
        case "site":
            settings.URL_PUBLIQUE = ""
        case "creneau":
            Creneau.objects.update(prises=1)
        case "parcours":
            f.evenement(personne, GenreEvenement.INTERRUPTION, motif="sante", revue_le=str((LE + 90 * J).date()))
        case "canal":
            canal = Canal.TELEPHONE
        case "deux_fois":
            inviter(personne, eds)
        case "adresse":
            personne = f.soumise(eds, le=LE - J)
    avant = [m.objects.count() for m in (LienPersonnel, Courrier, Evenement, RendezVous)]
    with pytest.raises((InvitationRefusee, EnvoiImpossible), match=phrase):
        inviter(personne, eds, canal=canal)
    assert [m.objects.count() for m in (LienPersonnel, Courrier, Evenement, RendezVous)] == avant


def test_she_chooses_and_the_link_follows(personne: Personne, eds: Structure, libre: Creneau) -> None:
    inviter(personne, eds)
    lien = ouvrir(LienPersonnel.objects.get()).lien
    assert lien is not None
    ailleurs = f.creneau(f.structure(), debut=LE + 8 * J)
    assert list(creneaux_proposables(lien, le=LE)) == [libre]
    with pytest.raises(reponses.LienRefuse, match="Choisissez"):
        reponses.confirmer(lien=lien, le=LE)
    with pytest.raises(reponses.LienRefuse, match="plus libre"):
        reponses.choisir_date(lien=lien, creneau=ailleurs, le=LE)
    rdv = reponses.choisir_date(lien=lien, creneau=libre, le=LE)
    suivi = LienPersonnel.objects.get()
    libre.refresh_from_db()
    assert (suivi.pk, suivi.rendez_vous, suivi.expire_le >= rdv.fin + 14 * J, libre.prises) == (lien.pk, rdv, True, 1)
    assert Situation.objects.get(personne=personne).etat == Etat.CONVOQUEE
    assert Courrier.objects.get(objet_type="rendez_vous").canal == Canal.ESPACE_PERSONNEL
    deplace = reponses.choisir_date(lien=suivi, creneau=f.creneau(eds, debut=LE + 9 * J), le=LE)
    assert LienPersonnel.objects.get().rendez_vous == deplace


def test_a_date_given_meanwhile_is_what_her_link_opens(personne: Personne, eds: Structure, libre: Creneau) -> None:
    invitation = inviter(personne, eds)
    rdv = services.reserver(creneau=libre, personne=personne, canal=Canal.COURRIER, par=f.systeme(), le=LE)
    assert LienPersonnel.objects.get().rendez_vous == rdv
    invitation.refresh_from_db()
    assert invitation.annule_le == LE  # it does not leave any more


def test_an_expired_invitation_opens_nothing_and_another_may_follow(
    personne: Personne, eds: Structure, libre: Creneau
) -> None:
    inviter(personne, eds)
    ancien, tard = LienPersonnel.objects.get(), LE + 21 * J
    assert ouvrir(ancien, le=tard).refus == reponses.LIEN_INCONNU
    suivant = f.creneau(eds, debut=tard + 5 * J)
    with pytest.raises(reponses.LienRefuse):
        reponses.choisir_date(lien=ancien, creneau=suivant, le=tard)
    inviter(personne, eds, le=tard)
    ancien.refresh_from_db()
    assert (ancien.revoque_le, LienPersonnel.objects.count()) == (tard, 2)


def test_she_asks_to_be_called_and_may_still_choose(personne: Personne, eds: Structure, libre: Creneau) -> None:
    inviter(personne, eds)
    lien = LienPersonnel.objects.get()
    demande = reponses.dire_empechement(lien=lien, moment=MomentRappel.MATIN, le=LE)
    assert (demande.rendez_vous, demande.structure) == (None, eds)
    assert Situation.objects.get(personne=personne).etape.genre == GenreEtape.CONVOQUER
    reponses.choisir_date(lien=lien, creneau=libre, le=LE)
    assert DemandeRappel.objects.get().traitee_le == LE


def test_the_place_goes_to_the_first(personne: Personne, eds: Structure, libre: Creneau) -> None:
    inviter(personne, eds)
    Creneau.objects.update(prises=1)
    with pytest.raises(ErreurMetier, match="plus libre"):
        reponses.choisir_date(lien=LienPersonnel.objects.get(), creneau=libre, le=LE)
    assert not RendezVous.objects.exists()


def test_the_database_holds_one_open_invitation_and_what_it_needs(
    personne: Personne, eds: Structure, libre: Creneau
) -> None:
    inviter(personne, eds)
    lien = LienPersonnel.objects.get()
    with pytest.raises(IntegrityError, match="lien_d_un_rendez_vous"), transaction.atomic():
        LienPersonnel.objects.update(modalite="")
    lien.pk = None
    with pytest.raises(IntegrityError, match="lien_une_invitation"), transaction.atomic():
        lien.save()
