"""Opening a person's own access in her presence, sending her codes, checking what she types (V4).

What she does behind it is hers: the system's agent signs the rows. Nothing ever tells whether a number exists.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from cordee.metier.contrats.enums import MoyenSignature
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.services.proposition import recueillir
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.participation import regles
from cordee.metier.participation.enums import MoyenAcces, UsageCode
from cordee.metier.participation.models import AccesEspace, CodeUnique
from cordee.metier.participation.selectors import (
    acces_de,
    acces_du_numero,
    contact_du_code,
    contacts_a_elle,
    porte_fermee,
)
from cordee.metier.personnes.models import Contact, Personne
from cordee.socle import chiffrement
from cordee.socle.erreurs import ErreurMetier

CONTEXTE = "participation.code"
OBJET_CONTRAT = "contrat"
CONSERVATION_CODES = timedelta(days=30)
REFUS = "Ce code ne va pas avec ce numéro, ou il a déjà servi. Vérifiez-le ou demandez-en un autre."
TROP = "Trop d'essais : votre espace est fermé pour une heure. Vous pouvez aussi appeler votre référent."


class AccesRefuse(ErreurMetier):
    """This access cannot be opened or used this way; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Ouverture:
    """What came of a code: the access, or the sentence to show. A failed try is counted, so nothing is raised."""

    acces: AccesEspace | None = None
    refus: str = ""
    code: CodeUnique | None = None


@dataclass(frozen=True, slots=True)
class CodeRemis:
    """A code to hand over on paper: shown once, to the agent who gives it, never again."""

    acces: AccesEspace
    code: str


# In her presence ----------------------------------------------------------------------------------------------------
@transaction.atomic
def activer_acces(
    *, personne: Personne, contact: Contact | None, en_presence: bool, par: Agent, le: datetime
) -> AccesEspace:
    """Open her access, or change its contact. She is there: the agent has seen who she is (V4).

    Args:
        contact: a phone or an e-mail of hers alone, checked with her now; ``None``: codes on paper only.

    Raises:
        AccesRefuse: she is not there, is dead, or the contact is shared, a third party's, or no longer answers.
    """
    personne = verrouiller(personne)
    _exiger_presence(personne, en_presence)
    if contact is not None:
        if not contacts_a_elle(personne, le=le).filter(pk=contact.pk).exists():
            raise AccesRefuse(
                "Ce contact n'est pas à elle seule (conjoint, tiers), ou ne répond plus : choisissez-en un autre avec "
                "elle, ou remettez-lui un code sur papier."
            )
        Contact.objects.filter(pk=contact.pk).update(verifie=True)
        contact.verifie = True
    acces = acces_de(personne)
    if acces is None:
        # Withdrawn, then asked for again: the same row, so that a person has one number in her life.
        acces = AccesEspace.objects.filter(personne=personne).first() or AccesEspace(personne=personne)
        acces.active_le, acces.active_par = le, par
    acces.contact, acces.contact_le = contact, le if contact else None
    acces.retire_le = acces.retire_par = acces.bloque_jusqua = None
    acces.essais = 0
    acces.save()
    _annuler_codes(acces, le=le)
    return acces


@transaction.atomic
def remettre_code(*, personne: Personne, en_presence: bool, par: Agent, le: datetime) -> CodeRemis:
    """A code on paper for a person without a contact of her own, or without her phone today. It opens once.

    Raises:
        AccesRefuse: she is not there, or is dead.
    """
    personne = verrouiller(personne)
    _exiger_presence(personne, en_presence)
    acces = acces_de(personne) or activer_acces(personne=personne, contact=None, en_presence=True, par=par, le=le)
    _, clair = _creer(acces, UsageCode.OUVRIR, MoyenAcces.PAPIER, None, par=par, le=le)
    return CodeRemis(acces, clair)


@transaction.atomic
def retirer_acces(*, acces: AccesEspace, par: Agent, le: datetime) -> AccesEspace:
    """Close it at once: phone lost, contact that became unsafe. Sessions already open close at their next page."""
    frais = AccesEspace.objects.select_for_update().get(pk=acces.pk)
    if frais.retire_le is None:
        frais.retire_le, frais.retire_par = le, par
        frais.save(update_fields=["retire_le", "retire_par"])
        _annuler_codes(frais, le=le)
    return frais


# At the door --------------------------------------------------------------------------------------------------------
@transaction.atomic
def demander_code(*, numero: str, le: datetime) -> CodeUnique | None:
    """A code to open her space, towards the contact verified with her. The page says the same thing in every case.

    ``None``: unknown number, no contact, closed for now, or too many asked for.
    """
    acces = acces_du_numero(numero, verrou=True)
    if acces is None:
        return None
    return _envoyer(acces, UsageCode.OUVRIR, par=agent_systeme(), le=le)


@transaction.atomic
def demander_code_pour_signer(
    *, acces: AccesEspace, objet_type: str, objet_id: int, empreinte: str, par: Agent, le: datetime
) -> CodeUnique:
    """A code that signs this document as it reads now, and nothing else.

    Raises:
        AccesRefuse: no contact of hers alone, closed for now, or too many asked for.
    """
    frais = AccesEspace.objects.select_for_update(of=("self",)).select_related("contact", "personne__canonique")
    code = _envoyer(
        frais.get(pk=acces.pk), UsageCode.SIGNER, objet_type=objet_type, objet_id=objet_id, empreinte=empreinte,
        par=par, le=le,
    )  # fmt: skip
    if code is None:
        raise AccesRefuse(
            "Aucun code ne peut partir pour l'instant : attendez une minute, ou signez sur papier ou sur l'écran."
        )
    return code


@transaction.atomic
def ouvrir_session(*, numero: str, code: str, le: datetime) -> Ouverture:
    """Try a code at the door. Five failures close the space for an hour. Never says which of the two is wrong."""
    acces = acces_du_numero(numero, verrou=True)
    if acces is None:
        return Ouverture(refus=REFUS)
    lu = _verifier(acces, UsageCode.OUVRIR, code, le=le)
    if lu.acces is not None:
        acces.ouvert_le = le
        acces.save(update_fields=["ouvert_le"])
    return lu


@transaction.atomic
def verifier_signature(
    *, acces: AccesEspace, code: str, objet_type: str, objet_id: int, empreinte: str, le: datetime
) -> Ouverture:
    """Try the code that signs a document. One drawn for another text, or for a former version, signs nothing."""
    frais = AccesEspace.objects.select_for_update(of=("self",)).select_related("personne__canonique").get(pk=acces.pk)
    return _verifier(frais, UsageCode.SIGNER, code, objet=(objet_type, objet_id, empreinte), le=le)


@transaction.atomic
def signer_avec_code(
    *, acces: AccesEspace, contrat: Contrat, code: str, par: Agent, le: datetime, lu_a_voix_haute: bool = False,
    interprete: str = "", representant_present: bool = False,
) -> tuple[Contrat | None, str]:  # fmt: skip
    """Her signature of the proposed contract, by the code drawn for this very text. A wrong code is counted.

    Returns:
        the contract in force, or nothing and the sentence to show.

    Raises:
        ContratRefuse, ContratIncomplet: as for ``contrats.services.proposition.recueillir``; the code is then still
            good.
    """
    lu = verifier_signature(
        acces=acces, code=code, objet_type=OBJET_CONTRAT, objet_id=contrat.pk, empreinte=contrat.empreinte, le=le
    )  # fmt: skip
    if lu.code is None:
        return None, lu.refus
    vers = regles.contact_masque(lu.code.contact.valeur) if lu.code.contact else ""
    signe = recueillir(
        contrat=contrat, moyen=MoyenSignature.CODE, empreinte=contrat.empreinte, par=par, le=le,
        code={"id": lu.code.pk, "contact": vers}, lu_a_voix_haute=lu_a_voix_haute, interprete=interprete,
        representant_present=representant_present,
    )  # fmt: skip
    return signe, ""


# The message --------------------------------------------------------------------------------------------------------
def texte_a_envoyer(code: CodeUnique) -> str:
    """The code in clear, for the provider alone; empty when it has left already."""
    if code.a_envoyer is None:
        return ""
    return chiffrement.dechiffrer(code.a_envoyer, contexte=CONTEXTE)


@transaction.atomic
def noter_envoi(*, code: CodeUnique, reponse: str, parti: bool, par: Agent, le: datetime) -> None:
    """What the provider answered. The code is no longer kept anywhere but as a hash."""
    CodeUnique.objects.filter(pk=code.pk).update(
        a_envoyer=None, envoye_le=le if parti else None, reponse=reponse[:40]
    )  # fmt: skip


@transaction.atomic
def purger_codes(*, le: datetime) -> int:
    """Forget the codes that opened nothing or only a session, a month after: those that signed are proofs."""
    vieux = CodeUnique.objects.filter(expire_le__lt=le - CONSERVATION_CODES)
    return vieux.exclude(usage=UsageCode.SIGNER, utilise_le__isnull=False).delete()[0]


# Parts --------------------------------------------------------------------------------------------------------------
def _exiger_presence(personne: Personne, en_presence: bool) -> None:
    if not en_presence:
        raise AccesRefuse("L'accès s'ouvre en présence de la personne : vérifiez avec elle qui elle est.")
    if personne.deces_le is not None:
        raise AccesRefuse("Cette personne est décédée : aucun accès ne s'ouvre.")


def _envoyer(
    acces: AccesEspace, usage: UsageCode, *, par: Agent, le: datetime, objet_type: str = "",
    objet_id: int | None = None, empreinte: str = "",
) -> CodeUnique | None:  # fmt: skip
    contact = contact_du_code(acces, le=le)
    if contact is None or porte_fermee(acces, le=le) or _trop(acces, le=le):
        return None
    code, _ = _creer(
        acces, usage, MoyenAcces.CONTACT, contact, par=par, le=le, objet_type=objet_type, objet_id=objet_id,
        objet_empreinte=empreinte,
    )  # fmt: skip
    return code


def _trop(acces: AccesEspace, *, le: datetime) -> bool:
    recents = list(
        acces.codes.filter(moyen=MoyenAcces.CONTACT, cree_le__gt=le - timedelta(days=1)).values_list(
            "cree_le", flat=True
        )
    )
    heure = sum(1 for quand in recents if quand > le - timedelta(hours=1))
    presse = any(quand > le - regles.PAUSE_ENTRE_DEUX for quand in recents)
    return presse or heure >= regles.CODES_PAR_HEURE or len(recents) >= regles.CODES_PAR_JOUR


def _creer(
    acces: AccesEspace, usage: UsageCode, moyen: MoyenAcces, contact: Contact | None, *, par: Agent, le: datetime,
    objet_type: str = "", objet_id: int | None = None, objet_empreinte: str = "",
) -> tuple[CodeUnique, str]:  # fmt: skip
    """A new code replaces the one of the same use that was waiting."""
    papier = moyen is MoyenAcces.PAPIER
    clair = regles.tirer(papier=papier)
    acces.codes.filter(usage=usage, utilise_le=None, annule_le=None).update(annule_le=le, a_envoyer=None)
    code = CodeUnique.objects.create(
        acces=acces, usage=usage, moyen=moyen, contact=contact, objet_type=objet_type, objet_id=objet_id,
        objet_empreinte=objet_empreinte, empreinte=_empreinte(acces, usage, clair), cree_le=le, cree_par=par,
        a_envoyer=None if papier else chiffrement.chiffrer(clair, contexte=CONTEXTE),
        expire_le=regles.expiration(le, papier=papier),
    )  # fmt: skip
    return code, clair


def _verifier(
    acces: AccesEspace, usage: UsageCode, saisi: str, *, le: datetime, objet: tuple[str, int, str] | None = None
) -> Ouverture:
    if porte_fermee(acces, le=le):
        return Ouverture(refus=TROP)
    code = acces.codes.select_for_update().filter(
        usage=usage, utilise_le=None, annule_le=None, expire_le__gt=le
    ).first()  # fmt: skip
    bon = (
        code is not None
        and hmac.compare_digest(bytes(code.empreinte), _empreinte(acces, usage, regles.normaliser(saisi)))
        and (objet is None or (code.objet_type, code.objet_id, code.objet_empreinte) == objet)
    )
    if not bon or code is None:
        return _manque(acces, code, le=le)
    code.utilise_le, code.a_envoyer = le, None
    code.save(update_fields=["utilise_le", "a_envoyer"])
    acces.essais, acces.bloque_jusqua = 0, None
    acces.save(update_fields=["essais", "bloque_jusqua"])
    return Ouverture(acces=acces, code=code)


def _manque(acces: AccesEspace, code: CodeUnique | None, *, le: datetime) -> Ouverture:
    acces.essais += 1
    if code is not None:
        code.essais += 1
        if code.essais >= regles.ESSAIS_PAR_CODE:
            code.annule_le, code.a_envoyer = le, None
        code.save(update_fields=["essais", "annule_le", "a_envoyer"])
    if acces.essais % regles.ESSAIS_PAR_CODE == 0:
        acces.bloque_jusqua = le + regles.PAUSE
    acces.save(update_fields=["essais", "bloque_jusqua"])
    return Ouverture(refus=TROP if acces.bloque_jusqua and acces.bloque_jusqua > le else REFUS)


def _annuler_codes(acces: AccesEspace, *, le: datetime) -> None:
    acces.codes.filter(utilise_le=None, annule_le=None).update(annule_le=le, a_envoyer=None)


def _empreinte(acces: AccesEspace, usage: UsageCode, clair: str) -> bytes:
    return chiffrement.empreinte(f"{acces.pk}:{usage}:{clair}", contexte=CONTEXTE)
