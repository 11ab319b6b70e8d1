"""The personal link: impossible to forge, opened with a second fact, for one appointment and a while (V4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.metier.courriers.enums import Canal
from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.models import Structure
from cordee.metier.parcours.enums import Etat, GenreEtape
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import MomentRappel, MotifAnnulation, StatutRendezVous
from cordee.metier.rendezvous.models import DemandeRappel, LienPersonnel, RendezVous
from cordee.metier.rendezvous.regles import codes
from cordee.metier.rendezvous.selectors.liens import creneaux_proposables, lien_valable
from cordee.metier.rendezvous.services import reponses
from cordee.metier.rendezvous.services.liens import code_de, revoquer
from tests import fabriques as f

LE = f.MAINTENANT
J = timedelta(days=1)


@given(numero=st.integers(0, 2**32 - 1), autre=st.text(max_size=24), cle=st.binary(min_size=8, max_size=8))
def test_only_our_codes_are_read(numero: int, autre: str, cle: bytes) -> None:
    code = codes.ecrire(numero, cle=cle)
    assert codes.lire(code.lower().replace("-", " "), cle=cle) == numero
    assert codes.lire(code, cle=cle + b"!") is None
    assert codes.lire(autre, cle=cle) is None
    for rang, lettre in enumerate(code):
        if lettre != "-":
            faux = code[:rang] + ("1" if lettre == "0" else "0") + code[rang + 1 :]
            assert codes.lire(faux, cle=cle) is None


@pytest.fixture
def eds(settings: Any, db: None) -> Structure:
    settings.URL_PUBLIQUE = "https://cordee.exemple.invalid"
    f.systeme()
    eds = f.structure(commune=f.commune())
    f.agent(f.RoleAgent.AGENT_PLATEFORME, structure=eds)
    return eds


@pytest.fixture
def lien(eds: Structure) -> LienPersonnel:
    """Somebody convened in a week, on a slot, by letter."""
    personne = f.soumise(eds, le=LE - 3 * J)
    f.adresse(personne=personne)
    services.reserver(
        creneau=f.creneau(eds, debut=LE + 7 * J), personne=personne, canal=Canal.COURRIER, par=f.systeme(), le=LE
    )  # fmt: skip
    return LienPersonnel.objects.get()


def entrer(lien: LienPersonnel, *, le: Any = LE, jours: int = 0) -> reponses.Ouverture:
    return reponses.ouvrir(code=code_de(lien), naissance=lien.personne.date_naissance + jours * J, le=le)


def test_the_letter_prints_the_link(lien: LienPersonnel) -> None:
    donnees = Courrier.objects.get().donnees
    assert donnees["deplacer"]["lien"] == f"https://cordee.exemple.invalid/rdv/{code_de(lien)}/"


def test_no_link_without_a_second_fact_or_an_address_of_the_site(eds: Structure, settings: Any) -> None:
    sans_date = f.soumise(eds, le=LE - J, date_naissance=None)
    f.adresse(personne=sans_date)
    services.reserver(
        creneau=f.creneau(eds), personne=sans_date, canal=Canal.COURRIER, par=f.systeme(), le=LE
    )  # fmt: skip
    settings.URL_PUBLIQUE = ""
    autre = f.soumise(eds, le=LE - J)
    f.adresse(personne=autre)
    services.reserver(
        creneau=f.creneau(eds), personne=autre, canal=Canal.COURRIER, par=f.systeme(), le=LE
    )  # fmt: skip
    assert not LienPersonnel.objects.exists()
    assert not [c for c in Courrier.objects.all() if "lien" in c.donnees["deplacer"]]


def test_the_right_date_opens_and_a_wrong_one_is_counted(lien: LienPersonnel) -> None:
    assert entrer(lien, jours=1).lien is None
    assert entrer(lien).lien == lien
    lien.refresh_from_db()
    assert (lien.essais, lien.ouvert_le) == (0, LE)


def test_five_failures_close_for_an_hour_and_fifteen_for_good(lien: LienPersonnel) -> None:
    for _ in range(5):
        entrer(lien, jours=1)
    assert "une heure" in entrer(lien).refus
    for tour in range(1, 3):
        for _ in range(5):
            entrer(lien, jours=1, le=LE + tour * timedelta(hours=2))
    assert entrer(lien, le=LE + J).refus == reponses.LIEN_INCONNU
    lien.refresh_from_db()
    assert lien.revoque_le is not None


def test_expired_withdrawn_or_blocked_says_the_same(lien: LienPersonnel) -> None:
    assert entrer(lien, le=LE + 22 * J).refus == reponses.LIEN_INCONNU
    assert entrer(lien).lien == lien
    assert revoquer(rendez_vous=[lien.rendez_vous_id], le=LE) == 1
    assert entrer(lien).refus == reponses.LIEN_INCONNU
    assert lien_valable(code_de(lien), le=LE) is None


def test_she_chooses_another_date_and_her_link_follows(lien: LienPersonnel, eds: Structure) -> None:
    ailleurs = f.creneau(f.structure(), debut=LE + 8 * J)
    demain = f.creneau(eds, debut=LE + timedelta(hours=5))
    plein = f.creneau(eds, debut=LE + 9 * J, prises=1)
    libre = f.creneau(eds, debut=LE + 10 * J)
    assert list(creneaux_proposables(lien, le=LE)) == [libre]
    for refuse in (ailleurs, demain, plein):
        with pytest.raises(reponses.LienRefuse, match="plus libre"):
            reponses.choisir_date(lien=lien, creneau=refuse, le=LE)
    ancien = lien.rendez_vous
    nouveau = reponses.choisir_date(lien=lien, creneau=libre, le=LE)
    lien.refresh_from_db()
    ancien.refresh_from_db()
    libre.refresh_from_db()
    assert (lien.rendez_vous, lien.deplacements, ancien.statut) == (nouveau, 1, StatutRendezVous.ANNULE)
    assert (libre.prises, ancien.creneau.prises) == (1, 0)
    assert not [c for c in Courrier.objects.filter(objet_id=nouveau.pk) if not c.etat]  # nothing left to send
    assert Situation.objects.get(personne=lien.personne).etat == Etat.CONVOQUEE


def test_three_dates_at_most(lien: LienPersonnel, eds: Structure) -> None:
    for rang in range(3):
        reponses.choisir_date(lien=lien, creneau=f.creneau(eds, debut=LE + (10 + rang) * J), le=LE)
        lien.refresh_from_db()
    with pytest.raises(reponses.LienRefuse, match="plusieurs fois"):
        reponses.choisir_date(lien=lien, creneau=f.creneau(eds, debut=LE + 20 * J), le=LE)


def test_declining_is_not_an_absence_and_somebody_calls(lien: LienPersonnel, eds: Structure) -> None:
    demande = reponses.dire_empechement(lien=lien, moment=MomentRappel.MATIN, le=LE)
    rdv = RendezVous.objects.get()
    assert (rdv.statut, rdv.creneau.prises) == (StatutRendezVous.ANNULE, 0)
    dernier = Evenement.objects.order_by("pk").last()
    assert dernier is not None
    assert dernier.donnees["motif"] == MotifAnnulation.PERSONNE
    assert Situation.objects.get(personne=lien.personne).etape.genre == GenreEtape.CONVOQUER
    reponses.dire_empechement(lien=lien, moment=MomentRappel.INDIFFERENT, le=LE)
    assert DemandeRappel.objects.get().moment == MomentRappel.INDIFFERENT
    nouveau = reponses.choisir_date(lien=lien, creneau=f.creneau(eds, debut=LE + 9 * J), le=LE)
    demande.refresh_from_db()
    lien.refresh_from_db()
    assert (demande.traitee_le, lien.rendez_vous) == (LE, nouveau)


def test_a_call_is_done_once(lien: LienPersonnel) -> None:
    demande = reponses.dire_empechement(lien=lien, moment=MomentRappel.MATIN, le=LE)
    reponses.traiter_demande(demande=demande, par=f.systeme(), le=LE)
    with pytest.raises(reponses.LienRefuse, match="déjà"):
        reponses.traiter_demande(demande=demande, par=f.systeme(), le=LE)


def test_nothing_is_confirmed_after_the_hour(lien: LienPersonnel) -> None:
    assert reponses.confirmer(lien=lien, le=LE).confirme_le == LE
    with pytest.raises(reponses.LienRefuse):
        reponses.confirmer(lien=lien, le=LE + 8 * J)
