"""Acts on who a person is: opened at the counter, protected, dead. Merging and its undoing: ``fusion``.

Each writes rows in ``personnes`` and, where the path is concerned, one event.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

import pghistory
from django.db import transaction
from django.db.models import F

from cordee.metier.organismes.enums import PublicSecteur
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.parcours.services.consignation import consigner_un
from cordee.metier.parcours.services.fusion import ActeIdentiteRefuse, annoncer_doutes
from cordee.metier.personnes.enums import FinaliteRattachement, GenreIdentifiant, Localisation, Protection, RoleFoyer
from cordee.metier.personnes.models import Adresse, Arbitrage, Personne, Representant
from cordee.metier.personnes.regles import EtatCivil
from cordee.metier.personnes.selectors import Lieu, correspondances, representants_courants, situer, valeur_numdemrsa
from cordee.metier.personnes.services import (
    AdresseSaisie,
    PaireDouteuse,
    ajouter_adresse,
    ajouter_contact,
    ajouter_identifiant,
    creer_personne,
    enregistrer_representant,
    lever_sensible,
    marquer_contact_discret,
    marquer_sensible,
    ouvrir_arbitrages,
    rattacher,
)
from cordee.socle.horloge import jour
from cordee.socle.nir import nir13

E = GenreEvenement
__all__ = [
    "changer_adresse", "constater_deces", "identifier_representant", "lever_sensible", "marquer_contact_discret",
    "marquer_sensible", "ouvrir_au_guichet", "signaler_doublon", "signaler_protection",
]  # fmt: skip


@transaction.atomic
def ouvrir_au_guichet(
    *, etat_civil: EtatCivil, structure: Structure, par: Agent, le: datetime, adresse: AdresseSaisie | None = None,
    public: PublicSecteur | None = None, contacts: Sequence[str] = (), numdemrsa: str = "", nir: str = "",
    role: RoleFoyer = RoleFoyer.DEM, civilite: str = "", langue: str = "", interprete: bool = False,
    ecartees: Collection[int] = (),
) -> Personne:  # fmt: skip
    """Open a provisional file for someone whom no file knows yet (R3): étape « confirmer le droit ».

    Look first: ``personnes.selectors.doublons_possibles``. Rows that resemble her and that the agent has not set aside
    (``ecartees``: ids she was shown and judged different), or could not see, are put before the data desk; sendings
    wait for its answer.

    Args:
        structure: where she is received; it gets access to the file.
        numdemrsa: number of her RSA demand, when she has it in hand; ``role``: hers in it. The first file that holds
            it finds her row.
        nir: never shown again afterwards.

    Raises:
        IdentiteRefusee, CoordonneeInvalide: what was typed cannot be kept.
    """
    personne = creer_personne(
        etat_civil=etat_civil, civilite=civilite, langue=langue, interprete=interprete, par=par, le=le
    )
    for valeur in contacts:
        ajouter_contact(personne=personne, valeur=valeur, par=par, le=le)
    if nir:
        ajouter_identifiant(personne=personne, genre=GenreIdentifiant.NIR, valeur=nir, par=par, le=le)
    if numdemrsa.strip():
        valeur = valeur_numdemrsa(numdemrsa.strip(), role)
        ajouter_identifiant(personne=personne, genre=GenreIdentifiant.NUMDEMRSA, valeur=valeur, par=par, le=le)
    lieu = Lieu(Localisation.INCONNUE)
    if adresse is not None:
        lieu = _loger(personne, adresse, public=public, par=par, le=le)
    acces = [(structure.pk, FinaliteRattachement.ACCUEIL)]
    if lieu.structure_id is not None:
        acces.append((lieu.structure_id, FinaliteRattachement.SECTEUR))
    for structure_id, finalite in acces:
        rattacher(
            personne=personne, structure=Structure.objects.get(pk=structure_id), agent=None, finalite=finalite,
            depuis=jour(le), par=par, le=le,
        )  # fmt: skip
    consigner_un(
        genre=E.PERSONNE_CREEE, personne=personne, par=par, le=le, objet_type="personne", objet_id=personne.pk,
        donnees=_ou(lieu, adresse) | {"accueil": structure.pk},
    )  # fmt: skip
    _mettre_en_doute(
        personne, etat_civil=etat_civil, contacts=contacts, numdemrsa=numdemrsa, nir=nir, ecartees=ecartees, par=par,
        le=le,
    )  # fmt: skip
    return personne


@transaction.atomic
def signaler_doublon(
    *, personne: Personne, autre: Personne, raisons: Sequence[str], par: Agent, le: datetime
) -> Arbitrage:
    """These two rows may be one person: the data desk is asked, sendings to both wait (life cycle: arbitrer_identite).

    Raises:
        ActeIdentiteRefuse: one row, or a pair already open or judged.
        DossierReuni: a row merged already.
    """
    personne, autre = verrouiller(personne), verrouiller(autre)
    paire = PaireDouteuse(personne_id=personne.pk, candidate_id=autre.pk, raisons=tuple(raisons))
    ouverts = ouvrir_arbitrages([paire], le)
    if not ouverts:
        raise ActeIdentiteRefuse("Ces deux fiches ont déjà été signalées : leur arbitrage est ouvert ou rendu.")
    annoncer_doutes(ouverts, par=par, le=le)
    return ouverts[0]


@transaction.atomic
def changer_adresse(
    *, personne: Personne, adresse: AdresseSaisie, par: Agent, le: datetime, depuis: date | None = None,
    public: PublicSecteur | None = None,
) -> Adresse:  # fmt: skip
    """She moved, and says so before any file: her sector follows; her référent stays until a hand-over (R51)."""
    personne = verrouiller(personne)
    lieu = _loger(personne, adresse, public=public, par=par, le=le, depuis=depuis)
    if lieu.structure_id is not None:
        rattacher(
            personne=personne, structure=Structure.objects.get(pk=lieu.structure_id), agent=None,
            finalite=FinaliteRattachement.SECTEUR, depuis=jour(le), par=par, le=le,
        )  # fmt: skip
    consigner_un(genre=E.ADRESSE_CHANGEE, personne=personne, par=par, le=le, donnees=_ou(lieu, adresse))
    return Adresse.objects.filter(personne=personne, fin=None).latest("debut", "pk")


@transaction.atomic
def signaler_protection(
    *, personne: Personne, protection: Protection, par: Agent, le: datetime, nom: str = "", adresse: str = "",
    telephone: str = "", courriel: str = "", assiste_signature: bool = True,
) -> Representant:  # fmt: skip
    """A guardianship, a curatorship, a mandate, or a minor (E28). Without a known representative, an échéance asks the
    social worker to find who it is, and no contract can be signed meanwhile.
    """
    personne = verrouiller(personne)
    representant = enregistrer_representant(
        personne=personne, protection=protection, nom=nom, adresse=adresse, telephone=telephone, courriel=courriel,
        assiste_signature=assiste_signature, par=par, le=le,
    )  # fmt: skip
    consigner_un(
        genre=E.PROTECTION_SIGNALEE, personne=personne, par=par, le=le, objet_type="representant",
        objet_id=representant.pk, donnees={"representant": representant.pk if representant.nom else None},
    )  # fmt: skip
    return representant


@transaction.atomic
def identifier_representant(
    *, personne: Personne, nom: str, par: Agent, le: datetime, adresse: str = "", telephone: str = "",
    courriel: str = "", assiste_signature: bool = True,
) -> Representant:  # fmt: skip
    """Who the representative is: the échéance « identifier le représentant » closes.

    Raises:
        ActeIdentiteRefuse: no protection was recorded, or no name.
    """
    personne = verrouiller(personne)
    representant = representants_courants(personne, jour(le)).last()
    if representant is None:
        raise ActeIdentiteRefuse("Aucune mesure de protection n'est enregistrée : signalez-la d'abord.")
    if not nom.strip():
        raise ActeIdentiteRefuse("Indiquez le nom du représentant.")
    representant.nom, representant.adresse = nom.strip(), adresse.strip()
    representant.telephone, representant.courriel = telephone.strip(), courriel.strip()
    representant.assiste_signature = assiste_signature
    representant.save(update_fields=["nom", "adresse", "telephone", "courriel", "assiste_signature"])
    consigner_un(
        genre=E.REPRESENTANT_IDENTIFIE, personne=personne, par=par, le=le, objet_type="representant",
        objet_id=representant.pk, donnees={"representant": representant.pk},
    )  # fmt: skip
    return representant


@transaction.atomic
def constater_deces(*, personne: Personne, deces_le: date, par: Agent, le: datetime) -> Personne:
    """She died: every étape and échéance closes, what was to be sent is cancelled (E32, reactions of the path).

    Raises:
        ActeIdentiteRefuse: a date to come.
        TransitionInterdite: her death is recorded already.
    """
    if deces_le > jour(le):
        raise ActeIdentiteRefuse("La date du décès est à venir : vérifiez-la.")
    personne = verrouiller(personne)
    with pghistory.context(agent=par.pk, acte="constater_deces"):
        Personne.objects.filter(pk=personne.pk).update(deces_le=deces_le, version=F("version") + 1)
    consigner_un(
        genre=E.DECES, personne=personne, par=par, le=le, donnees={"le": deces_le.isoformat()},
        objet_type="personne", objet_id=personne.pk,
    )  # fmt: skip
    personne.refresh_from_db()
    return personne


# Parts --------------------------------------------------------------------------------------------------------------
def _loger(
    personne: Personne, adresse: AdresseSaisie, *, public: PublicSecteur | None, par: Agent, le: datetime,
    depuis: date | None = None,
) -> Lieu:  # fmt: skip
    """Write the address; a domiciled person belongs to the sector of the body that receives her mail (R43)."""
    posee = ajouter_adresse(personne=personne, adresse=adresse, public=public, par=par, le=le, depuis=depuis)
    if adresse.domiciliataire is not None:
        rattacher(
            personne=personne, structure=adresse.domiciliataire, agent=None,
            finalite=FinaliteRattachement.DOMICILIATION, depuis=jour(le), par=par, le=le,
        )  # fmt: skip
    return situer(commune=posee.commune, pays=posee.pays, public=public, au=posee.debut)


def _ou(lieu: Lieu, adresse: AdresseSaisie | None) -> dict[str, object]:
    """What the engine reads of an address. None typed yet: nothing is said of where she lives."""
    if adresse is None:
        return {}
    return {
        "structure": lieu.structure_id,
        "localisation": lieu.localisation.value,
        "domiciliee": adresse.domiciliee,
    }


def _mettre_en_doute(
    personne: Personne, *, etat_civil: EtatCivil, contacts: Sequence[str], numdemrsa: str, nir: str,
    ecartees: Collection[int], par: Agent, le: datetime,
) -> None:  # fmt: skip
    """Open the arbitrations of a new row. A sure match is asked even when the agent judged otherwise."""
    proches = correspondances(
        etat_civil=etat_civil, contacts=contacts, numdemrsa=numdemrsa,
        nir13=nir13(nir) or "", sans=frozenset({personne.pk}),
    )  # fmt: skip
    paires = [
        PaireDouteuse(personne_id=personne.pk, candidate_id=proche.personne_id, raisons=proche.raisons)
        for proche in proches
        if proche.sure or proche.personne_id not in ecartees
    ]
    annoncer_doutes(ouvrir_arbitrages(paires, le), par=par, le=le)
