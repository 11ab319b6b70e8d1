"""Plain functions that make real rows for tests. Every argument has a sensible default; names are invented.

For instance ``eds = f.structure()``, ``f.agent(RoleAgent.REFERENT, structure=eds)``, ``f.soumise(structure=eds)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import connection, transaction

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.organismes.models import Affectation, Agent, Convention, RegleSecteur, Structure
from cordee.metier.parcours.enums import GenreEvenement, Voie
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.personnes.enums import (
    EtatDroit,
    FinaliteRattachement,
    GenreContact,
    GenreIdentifiant,
    Localisation,
    RoleFoyer,
    Sexe,
    SourceDonnee,
)
from cordee.metier.personnes.models import (
    Adresse,
    Appartenance,
    Contact,
    DroitFoyer,
    DroitPersonne,
    Foyer,
    Identifiant,
    OrganismePayeur,
    Personne,
    Rattachement,
)
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import Creneau
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle import horloge
from cordee.socle.chiffrement import chiffrer, empreinte
from cordee.socle.horloge import PARIS, jour
from cordee.territoires.models import Commune

MAINTENANT = datetime(2026, 2, 17, 9, tzinfo=PARIS)
OUVERTURE = date(2020, 1, 1)
_numero = count(1)
_NEES_VERS = horloge.aujourdhui().year - 38


@contextmanager
def sans_trace() -> Iterator[None]:
    """Run one example of a property test, check the deferred constraints, then leave the database as it was."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


# Organisations ------------------------------------------------------------------------------------------------------
def commune(code_insee: str = "94028", nom: str = "Créteil", departement: str = "94") -> Commune:
    """A commune of the map; the same row when called again."""
    return Commune.objects.get_or_create(
        code_insee=code_insee, defaults={"nom": nom, "departement": departement, "codes_postaux": ["94000"]}
    )[0]


def structure(
    type: TypeStructure = TypeStructure.EDS,
    categorie: GenreOrganismeReferent | str = GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL,
    **champs: Any,
) -> Structure:
    """A body open since 2020."""
    n = next(_numero)
    return Structure.objects.create(
        **{"code": f"S{n}", "nom": f"Structure {n}", "type": type, "categorie": categorie, "debut": OUVERTURE, **champs}
    )


def regle_secteur(
    structure: Structure, commune: Commune, public: PublicSecteur = PublicSecteur.TOUS, debut: date = OUVERTURE,
    fin: date | None = None,
) -> RegleSecteur:  # fmt: skip
    """The structure receives that public of that commune."""
    return RegleSecteur.objects.create(structure=structure, commune=commune, public=public, debut=debut, fin=fin)


def convention(structure: Structure, debut: date = OUVERTURE, fin: date | None = None) -> Convention:
    """A convention that entitles a body to be référent."""
    return Convention.objects.create(
        structure=structure, reference=f"C{next(_numero)}", objet="Accompagnement", debut=debut, fin=fin
    )


def agent(
    *roles: RoleAgent, structure: Structure | None = None, debut: date = OUVERTURE, fin: date | None = None,
    **champs: Any,
) -> Agent:  # fmt: skip
    """An agent with these roles in a structure (one is made when roles are given without it). Password "secret"."""
    n = next(_numero)
    base = {"courriel": f"agent{n}@exemple.invalid", "nom": f"Agent{n}", "prenom": "Camille", "cree_le": MAINTENANT}
    nouvel = Agent.objects.create_user(**{"password": "secret", **base, **champs})
    if roles and structure is None:
        structure = globals()["structure"]()
    for role in roles:
        affecter(nouvel, role, structure, debut=debut, fin=fin)  # type: ignore[arg-type]
    return nouvel


def affecter(
    agent: Agent, role: RoleAgent, structure: Structure, debut: date = OUVERTURE, fin: date | None = None
) -> Affectation:
    """One more role."""
    return Affectation.objects.create(agent=agent, structure=structure, role=role, debut=debut, fin=fin)


def systeme() -> Agent:
    """The agent who acts for the system."""
    return Agent.objects.get_or_create(
        courriel="systeme@cordee.invalid", defaults={"nom": "Cordée", "systeme": True, "cree_le": MAINTENANT}
    )[0]


# Persons and households ---------------------------------------------------------------------------------------------
def organisme_payeur(code: str = "CAF941") -> OrganismePayeur:
    return OrganismePayeur.objects.get_or_create(code=code, defaults={"nom": code})[0]


def foyer(*, organisme: OrganismePayeur | None = None, **champs: Any) -> Foyer:
    """A household of the CAF, without members."""
    n = next(_numero)
    base = {"numdemrsa": f"{n:011d}", "matricule": f"{n:07d}", "reference_le": jour(MAINTENANT)}
    return Foyer.objects.create(organisme=organisme or organisme_payeur(), **{**base, **champs})


def personne(
    *, foyer: Foyer | None = None, role: RoleFoyer = RoleFoyer.DEM, depuis: date = date(2024, 1, 1),
    nir: str = "", **champs: Any,
) -> Personne:  # fmt: skip
    """A person; with ``foyer``, its member with the identifiers a file gives (NUMDEMRSA and matricule)."""
    n = next(_numero)
    base = {
        "nom": f"Nomfictif{n}", "nom_naissance": f"Nomfictif{n}", "prenom": "Prénomfictif", "sexe": Sexe.FEMME,
        "date_naissance": _naissance(n), "source": SourceDonnee.FLUX, "cree_le": MAINTENANT,
    }  # fmt: skip
    nouvelle = Personne.objects.create(**{**base, **champs})
    if foyer is not None:
        membre(nouvelle, foyer, role, depuis)
    if nir:
        identifiant_nir(nouvelle, nir, depuis)
    return nouvelle


def _naissance(n: int) -> date:
    """A birth date that tells something: never a first or last day of a year, which people are given (R65).

    Someone between thirty and thirty-eight on the day of the run, however many people the tests before this one have
    made: the numbers go on across a whole run, and the years go on too.
    """
    le = date(_NEES_VERS, 3, 12) + timedelta(days=n % 2500)
    return le.replace(day=15) if (le.month, le.day) in ((1, 1), (12, 31)) else le


def membre(personne: Personne, foyer: Foyer, role: RoleFoyer = RoleFoyer.DEM, depuis: date = date(2024, 1, 1)) -> None:
    """Put a person in a household, as a file does."""
    Appartenance.objects.create(
        personne=personne, foyer=foyer, role=role, responsable=role is RoleFoyer.DEM, debut=depuis
    )
    identifiant(personne, GenreIdentifiant.NUMDEMRSA, f"{foyer.numdemrsa}:{role.upper()}", depuis)
    if foyer.matricule and foyer.organisme:
        identifiant(personne, GenreIdentifiant.MATRICULE, f"{foyer.organisme.code}:{foyer.matricule}", depuis)


def identifiant(
    personne: Personne, genre: GenreIdentifiant, valeur: str, depuis: date = date(2024, 1, 1)
) -> Identifiant:
    return Identifiant.objects.create(
        personne=personne, genre=genre, valeur=valeur, source=SourceDonnee.FLUX, debut=depuis
    )


def identifiant_nir(personne: Personne, nir13: str, depuis: date = date(2024, 1, 1)) -> Identifiant:
    """A NIR as it is stored: encrypted, with its keyed hash."""
    return Identifiant.objects.create(
        personne=personne, genre=GenreIdentifiant.NIR, source=SourceDonnee.FLUX, debut=depuis,
        valeur_chiffree=chiffrer(nir13, contexte="personnes.nir"), empreinte=empreinte(nir13, contexte="personnes.nir"),
    )  # fmt: skip


def adresse(*, foyer: Foyer | None = None, personne: Personne | None = None, **champs: Any) -> Adresse:
    """An address in Créteil."""
    base = {
        "localisation": Localisation.SECTEUR, "numero": "5", "type_voie": "RUE", "voie": "DES LILAS FICTIFS",
        "code_postal": "94000", "ville": "CRETEIL", "source": SourceDonnee.FLUX, "debut": date(2024, 1, 1),
    }  # fmt: skip
    if "commune" not in champs:
        champs = {"commune": commune(), "code_insee": "94028", **champs}
    return Adresse.objects.create(foyer=foyer, personne=personne, **{**base, **champs})


def contact(personne: Personne, valeur: str = "0601020304", **champs: Any) -> Contact:
    """A mobile phone, or an e-mail when the value holds an @."""
    genre = GenreContact.COURRIEL if "@" in valeur else GenreContact.TELEPHONE
    base = {"genre": genre, "valeur": valeur, "source": SourceDonnee.AGENT, "debut": date(2024, 1, 1)}
    return Contact.objects.create(personne=personne, **{**base, **champs})


def rattachement(
    personne: Personne, structure: Structure, agent: Agent | None = None, *,
    finalite: FinaliteRattachement = FinaliteRattachement.SECTEUR, debut: date = date(2024, 1, 1),
    fin: date | None = None,
) -> Rattachement:  # fmt: skip
    """The row that gives a structure, or an agent, access to a person."""
    return Rattachement.objects.create(
        personne=personne, structure=structure, agent=agent, finalite=finalite, debut=debut, fin=fin
    )


def droit(
    personne: Personne, foyer: Foyer, etat: EtatDroit = EtatDroit.OUVERT_VERSABLE, sdd: bool | None = True,
    debut: date = date(2026, 1, 31),
) -> tuple[DroitFoyer, DroitPersonne]:  # fmt: skip
    """What the last file says of the household's right and of the person's droits et devoirs."""
    return (
        DroitFoyer.objects.get_or_create(foyer=foyer, debut=debut, defaults={"etat": etat, "montant": "646.52"})[0],
        DroitPersonne.objects.create(personne=personne, foyer=foyer, sdd=sdd, debut=debut),
    )


# The path -----------------------------------------------------------------------------------------------------------
def evenement(
    personne: Personne, genre: GenreEvenement, *, par: Agent | None = None, le: datetime = MAINTENANT, **donnees: Any
) -> Evenement:
    """Any event, through the only door."""
    return consigner_un(genre=genre, personne=personne, par=par or systeme(), le=le, donnees=donnees)


def entree_sdd(
    personne: Personne, structure: Structure | None = None, *, le: datetime = MAINTENANT, recu_le: date | None = None,
    localisation: Localisation = Localisation.SECTEUR,
) -> Evenement:  # fmt: skip
    """New entrant: she is to be convened (état « entrante »)."""
    return evenement(
        personne, GenreEvenement.ENTREE_SDD, le=le, recu_le=(recu_le or jour(le)).isoformat(),
        structure=structure.pk if structure else None, localisation=localisation.value,
    )  # fmt: skip


def soumise(structure: Structure | None = None, *, le: datetime = MAINTENANT, **champs: Any) -> Personne:
    """A new entrant with her household, and her sector's structure when given."""
    nouvelle = personne(**{"foyer": foyer(), **champs})
    if structure is not None:
        rattachement(nouvelle, structure, debut=jour(le))
    entree_sdd(nouvelle, structure, le=le)
    return nouvelle


def orientee(
    personne: Personne, structure: Structure, *, voie: Voie = Voie.SOCIO_PRO, le: datetime = MAINTENANT,
    notifiee: bool = True, acceptation: bool = False,
) -> None:  # fmt: skip
    """Events only: an orientation towards a structure, handed over. (No ``Orientation`` row: see its services.)"""
    evenement(
        personne, GenreEvenement.ORIENTATION_DECIDEE, le=le, orientation=0, voie=voie.value,
        categorie=structure.categorie, structure=structure.pk, acceptation=acceptation,
    )  # fmt: skip
    if notifiee:
        consigner_un(
            genre=GenreEvenement.DATE_CERTAINE,
            personne=personne,
            par=systeme(),
            le=le,
            donnees={"le": jour(le).isoformat()},
        )


def accompagnee(personne: Personne, structure: Structure, agent: Agent, *, le: datetime = MAINTENANT) -> None:
    """Events and access: oriented, référent named, contract signed."""
    orientee(personne, structure, le=le)
    rattachement(personne, structure, agent, finalite=FinaliteRattachement.REFERENT, debut=jour(le))
    evenement(personne, GenreEvenement.REFERENT_NOMME, le=le, structure=structure.pk, agent=agent.pk)
    prochain = (jour(le) + timedelta(days=30)).isoformat()
    evenement(personne, GenreEvenement.CONTRAT_SIGNE, le=le, contrat=0, prochain_contact_le=prochain)


# Agenda -------------------------------------------------------------------------------------------------------------
def creneau(structure: Structure, *, debut: datetime | None = None, minutes: int = 45, **champs: Any) -> Creneau:
    """An open slot of one place for an orientation interview, in a week at nine, unless told otherwise."""
    debut = debut or MAINTENANT + timedelta(days=7)
    base: dict[str, Any] = {"genre": GenreRendezVous.ORIENTATION, "modalite": ModaliteRendezVous.PHYSIQUE}
    return Creneau.objects.create(
        structure=structure, debut=debut, fin=debut + timedelta(minutes=minutes), **{**base, **champs}
    )
