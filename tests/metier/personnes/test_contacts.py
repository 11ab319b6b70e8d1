"""How a person may be reached, and the contacts a file proposes (E37, R44, R45, R66)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.personnes.enums import (
    Autorisation,
    GenreContact,
    MotifProposition,
    SourceDonnee,
    StatutProposition,
)
from cordee.metier.personnes.models import Contact, ContactPropose, Personne
from cordee.metier.personnes.selectors import contact_utilisable, contacts_courants, contacts_proposes
from cordee.metier.personnes.services import (
    PropositionDejaTraitee,
    ajouter_contact,
    ecarter_contact_propose,
    retenir_contact_propose,
)
from cordee.socle.horloge import jour
from tests import fabriques as f

pytestmark = pytest.mark.django_db
AU = jour(f.MAINTENANT)
T = GenreContact.TELEPHONE
MOBILE, FIXE, AUTRE = "0639980001", "0199000001", "0639980002"


def propose(personne: Personne, valeur: str = MOBILE, **champs: Any) -> ContactPropose:
    base = {"genre": T, "motif": MotifProposition.PLUS_RECENT, "date_du_fichier": date(2026, 2, 1), "fichier_id": 7,
            "propose_le": f.MAINTENANT}  # fmt: skip
    return ContactPropose.objects.create(personne=personne, valeur=valeur, **{**base, **champs})


def valeur_pour(personne: Personne, **options: Any) -> str:
    contact = contact_utilisable(personne, genre=T, au=AU, **options).contact
    return contact.valeur if contact else ""


class TestContactUtilisable:
    def test_verified_then_mobile_then_latest(self) -> None:
        personne = f.personne()
        f.contact(personne, FIXE, debut=date(2026, 2, 1))
        assert valeur_pour(personne) == FIXE
        f.contact(personne, MOBILE, debut=date(2025, 1, 1))
        f.contact(personne, AUTRE, debut=date(2025, 6, 1))
        assert valeur_pour(personne) == AUTRE
        Contact.objects.filter(valeur=FIXE).update(verifie=True)
        assert valeur_pour(personne) == FIXE
        assert valeur_pour(personne, mobile=True) == AUTRE

    def test_the_rows_merged_into_her_count(self) -> None:
        personne = f.personne()
        f.contact(f.personne(canonique=personne), MOBILE)
        assert valeur_pour(personne) == MOBILE

    @pytest.mark.parametrize(
        ("champs", "raison"),
        [
            ({"autorisation": Autorisation.REFUS}, "s'oppose à être jointe par SMS"),
            ({"numero_de_tiers": True}, "appartient à un tiers"),
            ({"en_echec": True}, "ne répond plus"),
            ({"valeur": FIXE}, "Aucun numéro de mobile"),
            ({"fin": AU}, "Aucun numéro de téléphone n'est connu"),
        ],
    )
    def test_why_not(self, champs: dict[str, Any], raison: str) -> None:
        personne = f.personne()
        f.contact(personne, **{"valeur": MOBILE, **champs})
        reponse = contact_utilisable(personne, genre=T, au=AU, mobile=True, par_quoi="SMS")
        assert reponse.contact is None
        assert raison in reponse.empechement

    def test_discreet_only_what_was_checked(self) -> None:
        personne = f.personne(contact_discret=True)
        f.contact(personne, MOBILE)
        assert "discret" in contact_utilisable(personne, genre=T, au=AU).empechement
        f.contact(personne, AUTRE, verifie=True)
        assert valeur_pour(personne) == AUTRE


def test_shared_with_how_many_others() -> None:
    personne, conjoint = f.personne(), f.personne()
    f.contact(personne, MOBILE)
    reunie = f.personne(canonique=personne)
    f.contact(reunie, MOBILE)
    f.contact(personne, AUTRE)
    f.contact(conjoint, MOBILE)
    f.contact(f.personne(canonique=conjoint), MOBILE)
    f.contact(f.personne(), AUTRE, fin=AU)
    siens = contacts_courants(personne, au=AU)
    assert sorted(siens.values_list("valeur", "autres")) == [(MOBILE, 1), (MOBILE, 1), (AUTRE, 0)]


class TestPropositions:
    def test_kept_with_its_source_in_the_place_of_another(self) -> None:
        personne, par = f.personne(), f.systeme()
        ancien = f.contact(personne, AUTRE)
        ligne = propose(personne)
        contact = retenir_contact_propose(proposition=ligne, par=par, le=f.MAINTENANT, remplace=ancien, verifie=True)
        ancien.refresh_from_db()
        ligne.refresh_from_db()
        assert ancien.fin == AU
        assert (contact.valeur, contact.source, contact.fichier_id) == (MOBILE, SourceDonnee.CONTACTS, 7)
        assert (contact.confirme_le, contact.verifie) == (date(2026, 2, 1), True)
        assert (ligne.statut, ligne.decide_par, ligne.decide_le) == (StatutProposition.RETENU, par, f.MAINTENANT)

    def test_an_opposition_stands(self) -> None:
        personne = f.personne()
        f.contact(personne, AUTRE, autorisation=Autorisation.REFUS)
        ligne = propose(personne, autorisation=Autorisation.ACCORD)
        contact = retenir_contact_propose(proposition=ligne, par=f.systeme(), le=f.MAINTENANT)
        assert contact.autorisation == Autorisation.REFUS

    def test_decided_once(self) -> None:
        ligne = propose(f.personne())
        ecarter_contact_propose(proposition=ligne, par=f.systeme(), le=f.MAINTENANT)
        with pytest.raises(PropositionDejaTraitee, match="déjà été traité"):
            retenir_contact_propose(proposition=ligne, par=f.systeme(), le=f.MAINTENANT)
        assert not Contact.objects.exists()

    def test_typing_the_same_number_answers_the_proposal(self) -> None:
        personne = f.personne()
        ligne = propose(personne)
        ajouter_contact(personne=personne, valeur="06 39 98 00 01", par=f.systeme(), le=f.MAINTENANT)
        ligne.refresh_from_db()
        assert ligne.statut == StatutProposition.RETENU

    def test_the_queue_shows_only_the_perimeter_oldest_first(self) -> None:
        ici, ailleurs = f.structure(), f.structure()
        agent = f.agent(RoleAgent.CHEF_STRUCTURE, structure=ici)
        proche, lointaine, reunie = f.personne(), f.personne(), f.personne()
        f.rattachement(proche, ici)
        f.rattachement(lointaine, ailleurs)
        Personne.objects.filter(pk=reunie.pk).update(canonique=proche)
        attendues = [propose(proche), propose(reunie, AUTRE)]
        propose(lointaine)
        propose(proche, FIXE, statut=StatutProposition.ECARTE)
        assert list(contacts_proposes(pour=agent, au=AU)) == attendues
