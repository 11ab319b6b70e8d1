"""What a human said is not overwritten silently by a contacts file, and an opposition stands (R66, E37)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.personnes.enums import Autorisation, GenreContact, MotifProposition, SourceDonnee
from cordee.metier.personnes.models import Contact, ContactPropose, Personne
from cordee.metier.personnes.selectors import contact_utilisable
from cordee.metier.personnes.services import clore_contact, ecarter_contact_propose, retenir_contact_propose
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.echanges.contacts.lignes import ENTETE, Importer, ligne

pytestmark = pytest.mark.django_db
Couple = tuple[Personne, Personne]
JANVIER, FEVRIER = date(2026, 1, 5), date(2026, 2, 5)
A, B = "639980001", "639980002"


def lignes_de(personne: Personne) -> list[tuple[str, date, date | None]]:
    """(value, from, to) of a person's contacts, oldest first."""
    lignes = Contact.objects.filter(personne=personne).order_by("debut", "valeur")
    return list(lignes.values_list("valeur", "debut", "fin"))


def test_une_saisie_plus_recente_n_est_pas_remplacee(couple: Couple, importer: Importer) -> None:
    f.contact(couple[0], "0639980009", debut=date(2026, 2, 10))
    rapport = importer(ligne(A), au=FEVRIER)
    assert [valeur for valeur, _, _ in lignes_de(couple[0])] == ["0639980009"]
    propose = ContactPropose.objects.get()
    assert (propose.valeur, propose.motif, propose.personne) == ("0639980001", MotifProposition.PLUS_RECENT, couple[0])
    assert (rapport.compteurs["propositions"], rapport.pris) == (1, 1)
    assert importer(ligne(A), au=FEVRIER + timedelta(days=2)).compteurs["propositions"] == 0
    contact = retenir_contact_propose(proposition=propose, par=f.systeme(), le=f.MAINTENANT)
    assert (contact.source, contact.valeur) == (SourceDonnee.CONTACTS, "0639980001")


def test_une_proposition_ecartee_ne_revient_pas(couple: Couple, importer: Importer) -> None:
    f.contact(couple[0], "0639980009", debut=date(2026, 1, 2), verifie=True)
    importer(ligne(A), au=JANVIER)
    propose = ContactPropose.objects.get()
    assert propose.motif == MotifProposition.VERIFIE
    ecarter_contact_propose(proposition=propose, par=f.systeme(), le=f.MAINTENANT)
    rapport = importer(ligne(A), au=FEVRIER)
    assert (rapport.inchanges, ContactPropose.objects.count(), Contact.objects.count()) == (1, 1, 1)


def test_un_numero_qu_un_agent_a_clos_ne_revient_pas_seul(couple: Couple, importer: Importer) -> None:
    importer(ligne(A), au=JANVIER)
    clore_contact(contact=Contact.objects.get(), par=f.systeme(), le=f.MAINTENANT)
    importer(ligne(A), au=jour(f.MAINTENANT))
    assert ContactPropose.objects.get().motif == MotifProposition.CLOS
    assert not Contact.objects.filter(fin=None).exists()


def test_une_saisie_plus_ancienne_reste_et_le_fichier_s_ajoute(couple: Couple, importer: Importer) -> None:
    f.contact(couple[0], "0639980009", debut=date(2026, 1, 2))
    importer(ligne(A), au=FEVRIER)
    assert {valeur for valeur, _, fin in lignes_de(couple[0]) if fin is None} == {"0639980009", "0639980001"}
    retenu = contact_utilisable(couple[0], genre=GenreContact.TELEPHONE, au=jour(f.MAINTENANT)).contact
    assert retenu is not None
    assert retenu.valeur == "0639980001"


ENTETE_CODES = ENTETE.replace("TAGS", "AUTORUTITEL")


def test_une_opposition_tient_aussi_sur_le_nouveau_numero(couple: Couple, importer: Importer) -> None:
    f.contact(couple[0], "0639980009", debut=date(2026, 1, 2), autorisation=Autorisation.REFUS)
    importer(ligne(A) + "A", au=FEVRIER, entete=ENTETE_CODES)
    importer(ligne("639980009", autre=A) + "A", au=FEVRIER + timedelta(days=1), entete=ENTETE_CODES)
    assert set(Contact.objects.values_list("autorisation", flat=True)) == {Autorisation.REFUS}
    assert "oppose" in contact_utilisable(couple[0], genre=GenreContact.TELEPHONE, au=jour(f.MAINTENANT)).empechement


def test_les_codes_du_fichier(couple: Couple, importer: Importer) -> None:
    rapport = importer(ligne(A) + "R", au=JANVIER, entete=ENTETE_CODES)
    assert rapport.compteurs["refus"] == 1
    importer(ligne(B) + "I", au=date(2026, 1, 20), entete=ENTETE_CODES)
    nouveau = Contact.objects.get(valeur="0639980002")
    assert nouveau.autorisation == Autorisation.REFUS  # an unknown code lifts nothing
    importer(ligne(B) + "A", au=FEVRIER, entete=ENTETE_CODES)
    nouveau.refresh_from_db()
    assert nouveau.autorisation == Autorisation.ACCORD
