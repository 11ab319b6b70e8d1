"""« D'où viennent ces informations » : each fact of a person, its source, its date, what it was before.

Identity and numbers stay masked here: they open by the gesture of the header, which is logged. The state of the right
is for those who may know it, its reason and its amounts for those who may see the rights (V2). The NIR is never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from django.urls import reverse

from cordee.echanges.caf.codes import libelle
from cordee.echanges.caf.selectors import FaitTransmis
from cordee.echanges.fichiers.models import FichierRecu
from cordee.metier.personnes.enums import (
    Autorisation,
    EtatDroit,
    GenreContact,
    GenreIdentifiant,
    RoleFoyer,
    SourceDonnee,
)
from cordee.metier.personnes.models import Adresse, Contact, DroitFoyer, DroitPersonne, Personne
from cordee.metier.personnes.selectors.provenance import Provenance
from cordee.socle import horloge
from cordee.web.personnes.adresses import lignes_d_adresse
from cordee.web.socle.fichiers import titre

MASQUEE: Final = "masqué : « Afficher l'identité », en haut de la page"
_BALISES: Final = {
    EtatDroit.REFUSE: "MOTIREFURSA",
    EtatDroit.OUVERT_SUSPENDU: "MOTISUSDRORSA",
    EtatDroit.VERSEMENT_SUSPENDU: "MOTISUSVERSRSA",
    EtatDroit.CLOS: "MOTICLORSA",
    EtatDroit.CLOS_ANTERIEUR: "MOTICLORSA",
}


@dataclass(frozen=True, slots=True)
class Fichier:
    """The file a fact comes from: named for everybody, opened by the data desk."""

    nom: str
    recu_le: date
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fait:
    """One fact. ``anciens``: what it was before, the latest first."""

    libelle: str
    valeur: str
    source: str
    depuis: date | None
    jusqu_a: date | None = None
    fichier: Fichier | None = None
    note: str = ""
    anciens: tuple[Fait, ...] = ()


@dataclass(frozen=True, slots=True)
class Rubrique:
    """The facts of one kind."""

    titre: str
    icone: str
    faits: tuple[Fait, ...]


def fichiers_de(ids: Iterable[int], *, ouvrir: bool) -> dict[int, Fichier]:
    """The files of some rows. One query; ``ouvrir``: with a link."""
    connus = FichierRecu.objects.select_related("organisme", "emetteur").defer("rapport").in_bulk(list(ids))
    return {
        pk: Fichier(titre(f), f.recu_le, reverse("import", args=[pk]) if ouvrir else "") for pk, f in connus.items()
    }


def rubriques(
    personne: Personne, p: Provenance, fichiers: dict[int, Fichier], *, traites: Sequence[FaitTransmis] = (),
    etat_visible: bool, detail_visible: bool,
) -> list[Rubrique]:  # fmt: skip
    """What the panel shows, by kind; a kind without any fact is left out.

    ``traites``: what dailies say the body dealt with, for those who may see the rights.
    """
    toutes = [
        Rubrique("Identité", "personne", tuple(_identite(personne, p))),
        Rubrique("Adresse", "lieu", _suite("Adresse", [_adresse(a, fichiers) for a in p.adresses])),
        Rubrique("Téléphones et courriels", "appel", tuple(_contacts(p, fichiers))),
        Rubrique("Foyer", "foyer", tuple(_foyer(p))),
    ]
    if etat_visible:
        du_foyer = [_droit(d, fichiers, detail=detail_visible) for d in p.droits_foyer]
        siens = [_sdd(d, fichiers, detail=detail_visible) for d in p.droits_personne]
        toutes += [
            Rubrique("Droit au RSA", "droits", _suite("État du droit", du_foyer)),
            Rubrique("Droits et devoirs", "regle", (*_suite("Indicateur du fichier", siens), *_entrees(p))),
        ]
    if detail_visible:
        toutes.append(Rubrique("Traité par l'organisme payeur", "echange", tuple(_traites(traites, fichiers))))
    toutes.append(Rubrique("Numéros", "cle", tuple(_numeros(p))))
    return [r for r in toutes if r.faits]


def _source(source: str) -> str:
    return SourceDonnee(source).libelle


def _suite(nom: str, faits: list[Fait]) -> tuple[Fait, ...]:
    """Facts in force, each one alone; those that ended go under the first."""
    courants = [f for f in faits if f.jusqu_a is None]
    anciens = tuple(f for f in faits if f.jusqu_a is not None)
    if not courants:
        if not anciens:
            return ()
        courants = [Fait(libelle=nom, valeur="rien en cours", source="", depuis=None)]
    return (replace(courants[0], anciens=anciens), *courants[1:])


def _identite(personne: Personne, p: Provenance) -> Iterable[Fait]:
    modifiee = horloge.jour(p.identite_modifiee) if p.identite_modifiee else None
    note = f"Modifiée pour la dernière fois le {modifiee:%d/%m/%Y}." if modifiee else ""
    for fiche in p.fiches:
        elle = fiche.pk == (personne.canonique_id or personne.pk)
        yield Fait(
            libelle="Nom, prénom, naissance" if elle else "Fiche réunie à celle-ci",
            valeur=MASQUEE,
            source=_source(fiche.source),
            depuis=horloge.jour(fiche.cree_le),
            note=note if elle else "",
        )


def _adresse(a: Adresse, fichiers: dict[int, Fichier]) -> Fait:
    return Fait(
        libelle="Adresse du foyer" if a.foyer_id else "Adresse notée pour elle",
        valeur=", ".join(lignes_d_adresse(a)) or a.get_localisation_display(),
        source=_source(a.source), depuis=a.debut, jusqu_a=a.fin, fichier=fichiers.get(a.fichier_id or 0),
        note="Un courrier en est revenu." if a.npai else "",
    )  # fmt: skip


def _contacts(p: Provenance, fichiers: dict[int, Fichier]) -> Iterable[Fait]:
    for genre, lignes in groupby(p.contacts, key=lambda c: c.genre):
        yield from _suite(GenreContact(genre).libelle, [_contact(c, fichiers) for c in lignes])


def _contact(c: Contact, fichiers: dict[int, Fichier]) -> Fait:
    notes = [
        "vérifié avec elle" if c.verifie else "",
        "numéro d'un tiers" if c.numero_de_tiers else "",
        "ne répond plus" if c.en_echec else "",
        "elle s'oppose à ce moyen" if c.autorisation == Autorisation.REFUS else "",
        f"donné encore par le fichier du {c.confirme_le:%d/%m/%Y}" if (c.confirme_le or c.debut) > c.debut else "",
    ]
    note = ", ".join(n for n in notes if n)
    return Fait(
        libelle=GenreContact(c.genre).libelle, valeur=c.valeur, source=_source(c.source), depuis=c.debut,
        jusqu_a=c.fin, fichier=fichiers.get(c.fichier_id or 0), note=f"{note[0].upper()}{note[1:]}." if note else "",
    )  # fmt: skip


def _foyer(p: Provenance) -> Iterable[Fait]:
    faits = []
    for a in p.appartenances:
        qui = f"la {a.foyer.organisme.nom}" if a.foyer.organisme else "l'organisme payeur"
        photo = f", situation au {a.foyer.reference_le:%d/%m/%Y}" if a.foyer.reference_le else ""
        faits.append(
            Fait(
                libelle="Sa place dans le foyer",
                valeur=RoleFoyer(a.role).libelle,
                source=f"Fichiers de {qui}{photo}",
                depuis=a.debut,
                jusqu_a=a.fin,
            )
        )
    yield from _suite("Sa place dans le foyer", faits)
    for m in p.membres:
        yield Fait(libelle="Autre membre", valeur=RoleFoyer(m.role).libelle, source="Fichiers de l'organisme payeur",
                   depuis=m.debut)  # fmt: skip


def _droit(d: DroitFoyer, fichiers: dict[int, Fichier], *, detail: bool) -> Fait:
    etat = EtatDroit(d.etat)
    notes = []
    if detail and d.motif:
        depuis = f" (depuis le {d.motif_le:%d/%m/%Y})" if d.motif_le else ""
        notes.append(f"Motif : {libelle(_BALISES.get(etat, 'MOTICLORSA'), d.motif).lower()}{depuis}.")
    if detail and d.montant is not None:
        notes.append(f"Montant : {str(d.montant).replace('.', ',')} €.")
    return Fait(
        libelle="État du droit", valeur=etat.libelle, source="Fichier de l'organisme payeur", depuis=d.debut,
        jusqu_a=d.fin, fichier=fichiers.get(d.fichier_id or 0), note=" ".join(notes),
    )  # fmt: skip


def _sdd(d: DroitPersonne, fichiers: dict[int, Fichier], *, detail: bool) -> Fait:
    valeurs = {True: "Soumise aux droits et devoirs", False: "Non soumise", None: "Non transmis"}
    ressources = f"Ressources : {str(d.ressources).replace('.', ',')} €." if detail and d.ressources is not None else ""
    return Fait(
        libelle="Indicateur du fichier", valeur=valeurs[d.sdd], source="Fichier de l'organisme payeur", depuis=d.debut,
        jusqu_a=d.fin, fichier=fichiers.get(d.fichier_id or 0), note=ressources,
    )  # fmt: skip


def _traites(traites: Sequence[FaitTransmis], fichiers: dict[int, Fichier]) -> Iterable[Fait]:
    """Why dailies carried her household, the latest in sight, the others under it."""
    faits = [
        Fait(
            libelle="Dernier motif d'envoi" if not rang else "Motif d'envoi", valeur=t.libelle,
            source="Fichier quotidien de l'organisme payeur", depuis=t.le or t.recu_le, jusqu_a=t.le or t.recu_le,
            fichier=fichiers.get(t.fichier_id), note="" if t.le else "Jour du traitement illisible : date du fichier.",
        )
        for rang, t in enumerate(traites)
    ]  # fmt: skip
    if faits:
        yield replace(faits[0], jusqu_a=None, anciens=tuple(faits[1:]))


def _entrees(p: Provenance) -> Iterable[Fait]:
    for o in p.ouvertures:
        note = f"Demande du {o.demande_le:%d/%m/%Y}. " if o.demande_le else ""
        yield Fait(
            libelle="Retour" if o.retour else "Entrée",
            valeur=f"information transmise le {o.transmise_le:%d/%m/%Y}",
            source="Fichier de l'organisme payeur",
            depuis=o.recue_le,
            note=f"{note}Les délais partent de la réception.",
        )


def _numeros(p: Provenance) -> Iterable[Fait]:
    for genre, lignes in groupby(p.numeros, key=lambda i: i.genre):
        nir = genre == GenreIdentifiant.NIR
        faits = [
            Fait(
                libelle=GenreIdentifiant(genre).libelle, valeur="connu, jamais affiché" if nir else MASQUEE,
                source=_source(i.source), depuis=i.debut, jusqu_a=i.fin,
            )
            for i in lignes
        ]  # fmt: skip
        yield from _suite(GenreIdentifiant(genre).libelle, faits)
