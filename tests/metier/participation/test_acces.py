"""The strong access: opened in her presence, a contact of hers alone, codes that serve once and are never readable."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.participation import services
from cordee.metier.participation.enums import MoyenAcces
from cordee.metier.participation.models import AccesEspace, CodeUnique
from cordee.metier.participation.selectors import acces_de, numero_de
from cordee.metier.personnes.models import Contact, Personne
from tests import fabriques as f

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT


@pytest.fixture
def lea() -> Agent:
    f.systeme()
    return f.agent(RoleAgent.REFERENT)


@pytest.fixture
def amina() -> Personne:
    return f.soumise()


@pytest.fixture
def contact(amina: Personne) -> Contact:
    return f.contact(amina, "0601020304")


@pytest.fixture
def acces(amina: Personne, contact: Contact, lea: Agent) -> AccesEspace:
    return services.activer_acces(personne=amina, contact=contact, en_presence=True, par=lea, le=LE)


def demander(acces: AccesEspace, le: datetime = LE) -> CodeUnique | None:
    return services.demander_code(numero=numero_de(acces), le=le)


def test_opened_only_in_her_presence(amina: Personne, contact: Contact, lea: Agent) -> None:
    with pytest.raises(services.AccesRefuse, match="en présence"):
        services.activer_acces(personne=amina, contact=contact, en_presence=False, par=lea, le=LE)
    assert not AccesEspace.objects.exists()


def test_a_phone_shared_by_the_couple_is_refused(amina: Personne, contact: Contact, lea: Agent) -> None:
    f.contact(f.personne(), contact.valeur)
    with pytest.raises(services.AccesRefuse, match="conjoint"):
        services.activer_acces(personne=amina, contact=contact, en_presence=True, par=lea, le=LE)


def test_activation_verifies_the_contact(acces: AccesEspace, amina: Personne, contact: Contact) -> None:
    contact.refresh_from_db()
    assert contact.verifie
    assert acces_de(amina) == acces


def test_the_code_opens_once_and_is_nowhere_in_clear(acces: AccesEspace) -> None:
    code = demander(acces)
    assert code is not None
    clair = services.texte_a_envoyer(code)
    assert len(clair) == 6
    stocke = CodeUnique.objects.values().get()
    assert all(clair.encode() not in bytes(v) for v in stocke.values() if isinstance(v, memoryview | bytes))
    numero = numero_de(acces)
    assert services.ouvrir_session(numero=numero, code=f"{clair[:3]} {clair[3:]}", le=LE).acces == acces
    assert services.ouvrir_session(numero=numero, code=clair, le=LE).refus
    assert CodeUnique.objects.get().a_envoyer is None


def test_the_code_expires(acces: AccesEspace) -> None:
    code = demander(acces)
    assert code is not None
    apres = LE + timedelta(minutes=16)
    assert services.ouvrir_session(numero=numero_de(acces), code=services.texte_a_envoyer(code), le=apres).refus


def test_five_wrong_tries_close_the_space_for_an_hour(acces: AccesEspace) -> None:
    code = demander(acces)
    assert code is not None
    clair = services.texte_a_envoyer(code)
    faux = "000000" if clair != "000000" else "111111"
    numero = numero_de(acces)
    refus = [services.ouvrir_session(numero=numero, code=faux, le=LE).refus for _ in range(5)]
    assert (refus[0], refus[-1]) == (services.REFUS, services.TROP)
    assert services.ouvrir_session(numero=numero, code=clair, le=LE).refus == services.TROP
    assert demander(acces, LE + timedelta(minutes=30)) is None
    plus_tard = LE + timedelta(minutes=61)
    nouveau = demander(acces, plus_tard)
    assert nouveau is not None
    lu = services.ouvrir_session(numero=numero, code=services.texte_a_envoyer(nouveau), le=plus_tard)
    assert lu.acces == acces


def test_an_unknown_number_gets_the_same_answer(acces: AccesEspace) -> None:
    demander(acces)
    inconnu = services.ouvrir_session(numero="0000-0000-0000-0000", code="000001", le=LE)
    assert inconnu.refus == services.ouvrir_session(numero=numero_de(acces), code="x", le=LE).refus
    assert services.demander_code(numero="0000-0000-0000-0000", le=LE) is None


def test_messages_are_counted(acces: AccesEspace) -> None:
    assert demander(acces) is not None
    assert demander(acces, LE + timedelta(seconds=20)) is None
    partis = [demander(acces, LE + timedelta(minutes=2 * n)) for n in range(1, 8)]
    assert sum(code is not None for code in partis) == 3


def test_nothing_leaves_to_a_contact_that_became_shared_dead_or_another_s(acces: AccesEspace, contact: Contact) -> None:
    for champs in ({"en_echec": True}, {"numero_de_tiers": True}, {"verifie": False}):
        Contact.objects.update(**{"en_echec": False, "numero_de_tiers": False, "verifie": True, **champs})
        assert demander(acces) is None, champs
    Contact.objects.update(en_echec=False, numero_de_tiers=False, verifie=True)
    f.contact(f.personne(), contact.valeur)
    assert demander(acces) is None


def test_a_code_on_paper_for_a_person_without_a_phone(amina: Personne, lea: Agent) -> None:
    remis = services.remettre_code(personne=amina, en_presence=True, par=lea, le=LE)
    assert (len(remis.code), remis.acces.contact) == (12, None)
    assert CodeUnique.objects.get().moyen == MoyenAcces.PAPIER
    assert demander(remis.acces) is None
    dans_trois_jours = LE + timedelta(days=3)
    ouvert = services.ouvrir_session(numero=numero_de(remis.acces), code=remis.code.lower(), le=dans_trois_jours)
    assert ouvert.acces == remis.acces


def test_a_withdrawn_access_opens_nothing_and_keeps_its_number(
    acces: AccesEspace, amina: Personne, contact: Contact, lea: Agent
) -> None:
    code = demander(acces)
    assert code is not None
    services.retirer_acces(acces=acces, par=lea, le=LE)
    numero = numero_de(acces)
    assert services.ouvrir_session(numero=numero, code=services.texte_a_envoyer(code), le=LE).acces is None
    de_nouveau = services.activer_acces(personne=amina, contact=contact, en_presence=True, par=lea, le=LE)
    assert numero_de(de_nouveau) == numero


def test_a_code_signs_the_document_it_was_drawn_for_alone(acces: AccesEspace, lea: Agent) -> None:
    objet = {"objet_type": "contrat", "objet_id": 7}
    code = services.demander_code_pour_signer(acces=acces, **objet, empreinte="a" * 64, par=lea, le=LE)
    clair = services.texte_a_envoyer(code)
    autre = services.verifier_signature(acces=acces, code=clair, **objet, empreinte="b" * 64, le=LE)
    assert autre.acces is None
    assert services.ouvrir_session(numero=numero_de(acces), code=clair, le=LE).acces is None
    assert services.verifier_signature(acces=acces, code=clair, **objet, empreinte="a" * 64, le=LE).code == code
    with pytest.raises(services.AccesRefuse):
        services.demander_code_pour_signer(acces=acces, **objet, empreinte="a" * 64, par=lea, le=LE)


def test_codes_are_forgotten_but_those_that_signed(acces: AccesEspace, lea: Agent) -> None:
    demander(acces)
    objet = {"objet_type": "contrat", "objet_id": 7, "empreinte": "a" * 64}
    code = services.demander_code_pour_signer(acces=acces, **objet, par=lea, le=LE + timedelta(minutes=2))
    services.verifier_signature(
        acces=acces, code=services.texte_a_envoyer(code), **objet, le=LE + timedelta(minutes=3)
    )  # fmt: skip
    assert services.purger_codes(le=LE + timedelta(days=20)) == 0
    assert services.purger_codes(le=LE + timedelta(days=40)) == 1
    assert CodeUnique.objects.get() == code
