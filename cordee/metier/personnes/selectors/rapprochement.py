"""Finding the stored rows an identity may be, for one person at the counter or 45,000 households of a file.

The rules are pure (``regles.rapprochement``); here, a constant number of queries brings the rows worth comparing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat

from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.enums import (
    Confiance,
    GenreIdentifiant,
    PrecisionNaissance,
    RoleFoyer,
    Sexe,
)
from cordee.metier.personnes.models import Appartenance, Contact, Identifiant, Personne
from cordee.metier.personnes.regles import (
    CONTEXTE_NIR,
    Appariement,
    EtatCivil,
    IdentiteConnue,
    IdentiteRecherchee,
    Verdict,
    choisir,
    cle_nom,
    comparer,
    contact_normalise,
    nir_provisoire,
)
from cordee.metier.personnes.selectors.perimetre import personnes_visibles
from cordee.socle.chiffrement import dechiffrer, empreinte

# Candidate pairs: (index of the identity in the list given, id of the row).
Paires = set[tuple[int, int]]

_PAR_ETAT_CIVIL = """
SELECT c.rang, p.id
FROM unnest(%s::int[], %s::date[], %s::text[], %s::text[], %s::text[]) AS c(rang, naissance, nom, nom_naissance, prenom)
JOIN personnes_personne p ON p.date_naissance = c.naissance
WHERE cle_recherche(p.nom_naissance) IN (c.nom, c.nom_naissance)
   OR cle_recherche(p.nom) IN (c.nom, c.nom_naissance)
   OR cle_recherche(p.prenom) = c.prenom
"""


def empreinte_nir(nir13: str) -> bytes:
    """The keyed hash under which a NIR is stored and searched."""
    return empreinte(nir13, contexte=CONTEXTE_NIR)


def apparier(candidats: Sequence[IdentiteRecherchee]) -> dict[int, Appariement]:
    """The best match of each identity, by its ``cle``; identities that match nobody are absent.

    At most thirteen queries for any number of identities. Only ``appariement.sure`` rows may be reused; for the
    others the caller creates a row and opens an arbitration (``services.ouvrir_arbitrages``).
    """
    connues: dict[int, IdentiteConnue] = {}
    verdicts: defaultdict[int, dict[int, Verdict]] = defaultdict(dict)
    _comparer_paires(candidats, _paires_par_cle(candidats), connues, verdicts)
    restants = [
        rang
        for rang in range(len(candidats))
        if all(v.confiance is not Confiance.CERTAINE for v in verdicts[rang].values())
    ]
    _comparer_paires(candidats, _paires_par_etat_civil(candidats, restants), connues, verdicts)
    appariements = {}
    for rang, candidat in enumerate(candidats):
        trouve = choisir((connues[fiche], verdict) for fiche, verdict in verdicts[rang].items())
        if trouve is not None:
            appariements[candidat.cle] = trouve
    return appariements


def doublons_possibles(
    *, pour: Agent, au: date, etat_civil: EtatCivil, numdemrsa: str = "", contacts: Iterable[str] = (),
    nir13: str = "",
) -> list[tuple[Personne, Appariement]]:  # fmt: skip
    """Rows of the agent's perimeter that may be the person at the counter, surest first: look before creating.

    What stands outside her perimeter is not shown: the creation opens an arbitration for the data desk instead.
    """
    trouves = correspondances(
        etat_civil=etat_civil, numdemrsa=numdemrsa, contacts=contacts, nir13=nir13, sans=frozenset()
    )
    visibles = {p.pk: p for p in personnes_visibles(pour=pour, au=au).filter(pk__in=[a.personne_id for a in trouves])}
    return [(visibles[a.personne_id], a) for a in trouves if a.personne_id in visibles]


def correspondances(
    *,
    etat_civil: EtatCivil,
    numdemrsa: str = "",
    contacts: Iterable[str] = (),
    nir13: str = "",
    sans: frozenset[int] = frozenset(),
) -> list[Appariement]:  # fmt: skip
    """Every person an identity may be (but those of ``sans``), surest first. No perimeter: for services."""
    roles = (RoleFoyer.DEM, RoleFoyer.CJT) if numdemrsa else (None,)
    connus = tuple(contact for contact in map(contact_normalise, contacts) if contact)
    candidats = [
        IdentiteRecherchee(
            cle=rang, etat_civil=etat_civil, numdemrsa=numdemrsa.strip().upper(), role=role, contacts=connus,
            empreinte_nir=empreinte_nir(nir13) if nir13 else None, nir_provisoire=nir_provisoire(nir13),
        )
        for rang, role in enumerate(roles)
    ]  # fmt: skip
    connues: dict[int, IdentiteConnue] = {}
    verdicts: defaultdict[int, dict[int, Verdict]] = defaultdict(dict)
    tous = list(range(len(candidats)))
    paires = _paires_par_cle(candidats) | _paires_par_etat_civil(candidats, tous)
    _comparer_paires(candidats, paires, connues, verdicts)
    meilleurs: dict[int, tuple[Verdict, IdentiteConnue]] = {}
    for par_fiche in verdicts.values():
        for fiche, verdict in par_fiche.items():
            connue = connues[fiche]
            if verdict.confiance is Confiance.AUCUNE or connue.personne in sans:
                continue
            tenant = meilleurs.get(connue.personne)
            if tenant is None or verdict.rang > tenant[0].rang:
                meilleurs[connue.personne] = (verdict, connue)
    classement = sorted(meilleurs.values(), key=lambda v: (*v[0].rang, -v[1].personne), reverse=True)
    return [Appariement(c.personne, c.fiche, v.confiance, v.raisons) for v, c in classement]


# Bringing the rows worth comparing ----------------------------------------------------------------------------------
def _comparer_paires(
    candidats: Sequence[IdentiteRecherchee],
    paires: Paires,
    connues: dict[int, IdentiteConnue],
    verdicts: defaultdict[int, dict[int, Verdict]],
) -> None:
    connues.update(_charger({fiche for _, fiche in paires} - connues.keys()))
    for rang, fiche in paires:
        if fiche not in verdicts[rang]:
            verdicts[rang][fiche] = comparer(candidats[rang], connues[fiche])


def _paires_par_cle(candidats: Sequence[IdentiteRecherchee]) -> Paires:
    """Rows that share a NIR or a dossier and role: three queries."""
    par_nir: defaultdict[bytes, list[int]] = defaultdict(list)
    par_demande: defaultdict[str, list[int]] = defaultdict(list)
    par_matricule: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for rang, c in enumerate(candidats):
        if c.empreinte_nir is not None:
            par_nir[c.empreinte_nir].append(rang)
        if c.role is not None and c.numdemrsa:
            par_demande[valeur_numdemrsa(c.numdemrsa, c.role)].append(rang)
        if c.role is not None and c.organisme and c.matricule:
            par_matricule[c.organisme, c.matricule, c.role.value].append(rang)
    paires: Paires = set()
    if par_nir:
        lignes = Identifiant.objects.filter(genre=GenreIdentifiant.NIR, empreinte__in=list(par_nir))
        for cle, fiche in lignes.values_list("empreinte", "personne_id"):
            paires |= {(rang, fiche) for rang in par_nir[bytes(cle)]}  # type: ignore[arg-type]
    if par_demande:
        lignes = Identifiant.objects.filter(genre=GenreIdentifiant.NUMDEMRSA, valeur__in=list(par_demande))
        for valeur, fiche in lignes.values_list("valeur", "personne_id"):
            paires |= {(rang, fiche) for rang in par_demande[valeur]}
    if par_matricule:
        membres = Appartenance.objects.filter(foyer__matricule__in=[m for _, m, _ in par_matricule])
        for organisme, matricule, role, fiche in membres.values_list(
            "foyer__organisme__code", "foyer__matricule", "role", "personne_id"
        ):
            paires |= {(rang, fiche) for rang in par_matricule.get((organisme or "", matricule, role), ())}
    return paires


def _paires_par_etat_civil(candidats: Sequence[IdentiteRecherchee], rangs: Sequence[int]) -> Paires:
    """Rows with the same birth date and one name in common, or a phone or an e-mail in common: two queries."""
    paires: Paires = set()
    dates = [rang for rang in rangs if candidats[rang].etat_civil.date_naissance]
    if dates:
        civils = [candidats[rang].etat_civil for rang in dates]
        colonnes: list[Any] = [
            dates,
            [e.date_naissance for e in civils],
            [cle_nom(e.nom) or None for e in civils],
            [cle_nom(e.nom_naissance) or None for e in civils],
            [cle_nom(e.prenom) or None for e in civils],
        ]
        with connection.cursor() as curseur:
            curseur.execute(_PAR_ETAT_CIVIL, colonnes)
            paires |= set(curseur.fetchall())
    par_contact: defaultdict[str, list[int]] = defaultdict(list)
    for rang in rangs:
        for valeur in candidats[rang].contacts:
            par_contact[valeur].append(rang)
    if par_contact:
        contacts = Contact.objects.filter(valeur__in=list(par_contact))
        for valeur, fiche in contacts.values_list("valeur", "personne_id"):
            paires |= {(rang, fiche) for rang in par_contact[valeur]}
    return paires


def valeur_numdemrsa(numdemrsa: str, role: RoleFoyer) -> str:
    """How a NUMDEMRSA is stored as an identifier.

    >>> valeur_numdemrsa("00012345678", RoleFoyer.CJT)
    '00012345678:CJT'
    """
    return f"{numdemrsa}:{role.value.upper()}"


def _charger(fiches: set[int]) -> dict[int, IdentiteConnue]:
    """What is known of these rows: four queries."""
    if not fiches:
        return {}
    ids = list(fiches)
    nirs, dossiers = _identifiants(ids)
    membres = Appartenance.objects.filter(personne__in=ids).exclude(foyer__matricule="")
    for fiche, numero, role in membres.values_list(
        "personne_id", Concat("foyer__organisme__code", Value(":"), "foyer__matricule"), "role"
    ):
        dossiers[fiche].add((numero, RoleFoyer(role)))
    contacts: defaultdict[int, set[str]] = defaultdict(set)
    for fiche, valeur in Contact.objects.filter(personne__in=ids).values_list("personne_id", "valeur"):
        contacts[fiche].add(valeur)
    lignes = Personne.objects.filter(pk__in=ids).values_list(
        "pk", "canonique_id", "nom", "nom_naissance", "prenom", "autres_prenoms", "date_naissance",
        "precision_naissance", "rang_naissance", "commune_naissance", "sexe",
    )  # fmt: skip
    return {
        pk: IdentiteConnue(
            fiche=pk,
            personne=canonique or pk,
            etat_civil=EtatCivil(
                nom=nom, nom_naissance=naissance, prenom=prenom, autres_prenoms=autres, date_naissance=jour,
                precision=PrecisionNaissance(precision), rang_naissance=rang, commune_naissance=commune,
                sexe=Sexe(sexe),
            ),
            empreintes_nir=frozenset(nirs[pk]),
            nir_provisoire=all(nirs[pk].values()),
            dossiers=frozenset(dossiers[pk]),
            contacts=frozenset(contacts[pk]),
        )
        for pk, canonique, nom, naissance, prenom, autres, jour, precision, rang, commune, sexe in lignes
    }  # fmt: skip


def _identifiants(
    ids: list[int],
) -> tuple[defaultdict[int, dict[bytes, bool]], defaultdict[int, set[tuple[str, RoleFoyer]]]]:
    """NIR hashes (with: is it provisional?) and dossiers of these rows."""
    nirs: defaultdict[int, dict[bytes, bool]] = defaultdict(dict)
    dossiers: defaultdict[int, set[tuple[str, RoleFoyer]]] = defaultdict(set)
    lignes = Identifiant.objects.filter(personne__in=ids, genre__in=(GenreIdentifiant.NIR, GenreIdentifiant.NUMDEMRSA))
    for fiche, genre, valeur, cle, chiffre in lignes.values_list(
        "personne_id", "genre", "valeur", "empreinte", "valeur_chiffree"
    ):
        if genre == GenreIdentifiant.NIR:
            clair = dechiffrer(chiffre, contexte=CONTEXTE_NIR) if chiffre else ""
            nirs[fiche][bytes(cle)] = nir_provisoire(clair)  # type: ignore[arg-type]
        else:
            numero, _, role = valeur.partition(":")
            if role.lower() in set(RoleFoyer):
                dossiers[fiche].add((numero, RoleFoyer(role.lower())))
    return nirs, dossiers
