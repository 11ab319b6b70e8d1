"""Addresses, phones, e-mails, numbers: what is added never erases what was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from cordee.metier.organismes.enums import PublicSecteur
from cordee.metier.organismes.models import Agent, Structure, en_cours
from cordee.metier.personnes.enums import (
    Autorisation,
    GenreContact,
    GenreIdentifiant,
    NatureAdresse,
    SourceDonnee,
    StatutProposition,
)
from cordee.metier.personnes.models import Adresse, Contact, ContactPropose, Identifiant, Personne
from cordee.metier.personnes.regles import CONTEXTE_NIR, contact_normalise
from cordee.metier.personnes.selectors import empreinte_nir
from cordee.metier.personnes.selectors.lieux import situer
from cordee.socle.chiffrement import chiffrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour
from cordee.socle.nir import cle_juste, nir13
from cordee.territoires.models import Commune


class CoordonneeInvalide(ErreurMetier):
    """A phone, an e-mail, an address or a number that cannot be kept as typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdresseSaisie:
    """An address as an agent types it. ``domiciliataire``: the body that receives the mail of a domiciled person."""

    nature: NatureAdresse = NatureAdresse.DOMICILE
    commune: Commune | None = None
    numero: str = ""
    type_voie: str = ""
    voie: str = ""
    complement: str = ""
    lieu_dit: str = ""
    code_postal: str = ""
    ville: str = ""
    pays: str = "FRA"
    domiciliataire: Structure | None = None
    domiciliation_echeance: date | None = None

    @property
    def domiciliee(self) -> bool:
        return self.nature is NatureAdresse.DOMICILIATION


@transaction.atomic
def ajouter_adresse(
    *, personne: Personne, adresse: AdresseSaisie, par: Agent, le: datetime, depuis: date | None = None,
    public: PublicSecteur | None = None, source: SourceDonnee = SourceDonnee.AGENT,
) -> Adresse:  # fmt: skip
    """Where she lives from a day on (today by default). The address typed before ends that day; the files' stay.

    Moving her to another sector writes an event: ``parcours.services.changer_adresse``.

    Raises:
        CoordonneeInvalide: domiciled without the body that receives her mail.
    """
    depuis = depuis or jour(le)
    if adresse.domiciliee and adresse.domiciliataire is None:
        raise CoordonneeInvalide("Indiquez l'organisme qui domicilie la personne.")
    commune = adresse.commune
    if commune is None and adresse.domiciliataire is not None:
        commune = adresse.domiciliataire.commune
    for ancienne in Adresse.objects.filter(en_cours(depuis), personne=personne):
        if ancienne.debut == depuis:
            ancienne.delete()
        else:
            ancienne.fin = depuis
            ancienne.save(update_fields=["fin"])
    return Adresse.objects.create(
        personne=personne, nature=adresse.nature, commune=commune, code_insee=commune.pk if commune else "",
        localisation=situer(commune=commune, pays=adresse.pays, public=public, au=depuis).localisation,
        numero=adresse.numero, type_voie=adresse.type_voie, voie=adresse.voie, complement=adresse.complement,
        lieu_dit=adresse.lieu_dit, code_postal=adresse.code_postal,
        ville=adresse.ville or (commune.nom if commune else ""), pays=adresse.pays,
        domiciliataire=adresse.domiciliataire, domiciliation_echeance=adresse.domiciliation_echeance,
        chez=adresse.domiciliataire.nom[:80] if adresse.domiciliataire else "", source=source, debut=depuis,
    )  # fmt: skip


@transaction.atomic
def marquer_npai(*, adresse: Adresse, par: Agent, le: datetime) -> None:
    """A letter came back from this address (R9): nothing is sent there until another one is known."""
    Adresse.objects.filter(pk=adresse.pk).update(npai=True)


@transaction.atomic
def ajouter_contact(
    *, personne: Personne, valeur: str, par: Agent, le: datetime, autorisation: Autorisation = Autorisation.INCONNU,
    verifie: bool = False, numero_de_tiers: bool = False, source: SourceDonnee = SourceDonnee.AGENT,
    remplace: Contact | None = None,
) -> Contact:  # fmt: skip
    """A phone or an e-mail, with what the person allows. The one it replaces is kept, ended (R45).

    Known already: its flags are brought up to date, no second row. A file's proposal of the same value is answered.

    Raises:
        CoordonneeInvalide: neither a French phone number nor an e-mail.
    """
    lue = contact_normalise(valeur)
    genre = GenreContact.COURRIEL if "@" in lue else GenreContact.TELEPHONE
    if not lue or (genre is GenreContact.COURRIEL and not _courriel(lue)):
        raise CoordonneeInvalide("Ce n'est ni un numéro de téléphone à dix chiffres, ni un courriel.")
    if remplace is not None and remplace.valeur != lue:
        clore_contact(contact=remplace, par=par, le=le)
    ContactPropose.objects.filter(personne=personne, valeur=lue, statut=StatutProposition.EN_ATTENTE).update(
        statut=StatutProposition.RETENU, decide_par=par, decide_le=le
    )
    flags = {"autorisation": autorisation, "verifie": verifie, "numero_de_tiers": numero_de_tiers, "source": source}
    connu = Contact.objects.filter(en_cours(jour(le)), personne=personne, valeur=lue).first()
    if connu is None:
        return Contact.objects.create(personne=personne, genre=genre, valeur=lue, debut=jour(le), **flags)
    for champ, nouvelle in {**flags, "en_echec": False}.items():
        setattr(connu, champ, nouvelle)
    connu.save(update_fields=[*flags, "en_echec"])
    return connu


@transaction.atomic
def clore_contact(*, contact: Contact, par: Agent, le: datetime, en_echec: bool = False) -> None:
    """This number or e-mail is no longer hers (or no longer answers: ``en_echec``). The row stays."""
    contact.en_echec = en_echec
    if contact.debut < jour(le):
        contact.fin = jour(le)
    else:
        contact.en_echec = True  # known today, wrong today: a row cannot end before it begins
    contact.save(update_fields=["fin", "en_echec"])


@transaction.atomic
def ajouter_identifiant(
    *, personne: Personne, genre: GenreIdentifiant, valeur: str, par: Agent, le: datetime, depuis: date | None = None,
    source: SourceDonnee = SourceDonnee.AGENT,
) -> Identifiant:  # fmt: skip
    """A number under which a body knows her; the same row when it is known already.

    The NIR is encrypted, matched through a keyed hash of its 13 characters; whether its key is right is kept, the key
    itself is not (law_and_practice: it is never shown nor searched in clear).

    Raises:
        CoordonneeInvalide: empty, or a NIR without the shape of one. The message never repeats what was typed.
    """
    depuis = depuis or jour(le)
    if genre is GenreIdentifiant.NIR:
        return _ajouter_nir(personne, valeur, depuis=depuis, source=source)
    valeur = valeur.strip().upper()
    if not valeur:
        raise CoordonneeInvalide("Ce numéro est vide.")
    connu = Identifiant.objects.filter(personne=personne, genre=genre, valeur=valeur, fin__isnull=True).first()
    return connu or Identifiant.objects.create(
        personne=personne, genre=genre, valeur=valeur, source=source, debut=depuis
    )


def _ajouter_nir(personne: Personne, brut: str, *, depuis: date, source: SourceDonnee) -> Identifiant:
    nir = nir13(brut)
    if nir is None:
        raise CoordonneeInvalide("Ce numéro n'a pas la forme d'un numéro de sécurité sociale (13 ou 15 caractères).")
    cle_valide = cle_juste(brut)
    if cle_valide is False:
        raise CoordonneeInvalide("La clé de ce numéro de sécurité sociale est fausse : vérifiez la saisie.")
    empreinte = empreinte_nir(nir)
    siens = Identifiant.objects.filter(personne=personne, genre=GenreIdentifiant.NIR, fin__isnull=True)
    connu = siens.filter(empreinte=empreinte).first()
    if connu is not None:
        if cle_valide and not connu.cle_valide:
            connu.cle_valide = True
            connu.save(update_fields=["cle_valide"])
        return connu
    for ancien in siens:  # provisional before definitive, or a correction: the former one is kept, ended
        if ancien.debut < depuis:
            ancien.fin = depuis
            ancien.save(update_fields=["fin"])
        else:
            ancien.delete()
    return Identifiant.objects.create(
        personne=personne, genre=GenreIdentifiant.NIR, source=source, debut=depuis, cle_valide=cle_valide,
        valeur_chiffree=chiffrer(nir, contexte=CONTEXTE_NIR), empreinte=empreinte,
    )  # fmt: skip


def _courriel(valeur: str) -> bool:
    try:
        validate_email(valeur)
    except ValidationError:
        return False
    return True
