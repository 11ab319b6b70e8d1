"""``cordee personne NUMDEMRSA[:DEM|CJT]``: where a person stands, for the administrator of the installation."""

from __future__ import annotations

import argparse
from typing import Any

from cordee.configuration.console import imprimer_json, preparer_django
from cordee.socle.erreurs import ErreurMetier

AIDE = "Montre où en est une personne (état, prochaine étape, droits, référent, contrat)."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "numdemrsa", metavar="NUMDEMRSA[:DEM|CJT]", help="numéro de demande RSA et rôle (DEM par défaut)"
    )
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    fiche = decrire(options.numdemrsa)
    if options.json:
        imprimer_json(fiche)
        return 0
    etape = fiche["etape_principale"]
    print(f"{fiche['numdemrsa']} : {fiche['etat_libelle']}")
    if etape:
        regle = etape["regle"]["reference"]
        print(f"Prochaine étape : {etape['libelle']}, avant le {etape['echeance']:%d/%m/%Y} ({regle})")
    return 0


def decrire(cle: str) -> dict[str, Any]:
    """The path of the person a RSA request and a role designate. No name, no NIR, no amount."""
    from cordee.metier.personnes.enums import GenreIdentifiant
    from cordee.metier.personnes.models import Identifiant

    numdemrsa, _, role = cle.partition(":")
    role = role.upper() or "DEM"
    identifiant = (
        Identifiant.objects.filter(genre=GenreIdentifiant.NUMDEMRSA, valeur=f"{numdemrsa}:{role}")
        .select_related("personne")
        .order_by("-debut", "-pk")
        .first()
    )
    if identifiant is None:
        raise ErreurMetier(f"Aucune personne n'est connue sous « {numdemrsa}:{role} ». Vérifiez le numéro et le rôle.")
    personne = identifiant.personne
    while personne.canonique is not None:
        personne = personne.canonique
    return {"numdemrsa": numdemrsa, "role": role, "personne": personne.pk, **_parcours(personne), **_faits(personne)}


def _parcours(personne: Any) -> dict[str, Any]:
    from cordee.metier.parcours.enums import Etat
    from cordee.metier.parcours.models import Situation

    s = Situation.objects.filter(pk=personne.pk).select_related("etape", "referent_structure", "referent_agent").first()
    if s is None:
        return {
            "etat": None,
            "etat_libelle": "Sans parcours",
            "soumis": False,
            "etape_principale": None,
            "echeances": [],
        }
    orientation = s.calcul.get("orientation")
    return {
        "etat": s.etat,
        "etat_libelle": Etat(s.etat).libelle,
        "depuis": s.depuis,
        "soumis": s.soumis,
        "etape_principale": _tache(s.etape) if s.etape else None,
        "echeances": [_tache(e) for e in personne.echeances.filter(fermee_le__isnull=True).order_by("echeance")],
        "referent": {"structure": s.referent_structure.code, "agent": s.referent_agent_id}
        if s.referent_structure
        else None,
        "orientation": {
            "voie": s.voie, "categorie": orientation["categorie"], "decidee_le": s.oriente_le,
            "notifiee_le": s.notifie_le,
        } if orientation else None,
        "contrat": {"signe_le": s.contrat_le, "actualisation_le": s.actualisation_le} if s.contrat_le else None,
    }  # fmt: skip


def _tache(tache: Any) -> dict[str, Any]:
    from cordee.metier.parcours.enums import GenreEcheance, GenreEtape
    from cordee.metier.parcours.models import Etape
    from cordee.reglementation.delais import delai

    genre = GenreEtape(tache.genre) if isinstance(tache, Etape) else GenreEcheance(tache.genre)
    return {
        "genre": tache.genre,
        "libelle": genre.libelle,
        "unite": tache.unite,
        "structure": tache.structure.code if tache.structure else None,
        "agent": tache.agent_id,
        "ouverte_le": tache.ouverte_le,
        "echeance": tache.echeance,
        "regle": {"id": tache.regle, "nature": tache.nature,
                  "reference": delai(tache.regle, au=tache.ouverte_le).reference},
        "attendu": getattr(tache, "attendu", "") or None,
    }  # fmt: skip


def _faits(personne: Any) -> dict[str, Any]:
    from cordee.metier.personnes.models import Adresse

    droit = personne.droits.filter(fin__isnull=True).order_by("-debut").first()
    foyer = droit.foyer if droit else None
    droit_foyer = foyer.droits.filter(fin__isnull=True).first() if foyer else None
    ouverture = personne.ouvertures.order_by("-recue_le").first()
    adresse = None
    if foyer:
        adresse = Adresse.objects.filter(foyer=foyer, fin__isnull=True, rang=1).select_related("commune").first()
    return {
        "droits": {
            "sdd": droit.sdd if droit else None,
            "etat": droit_foyer.etat if droit_foyer else None,
            "motif": (droit_foyer.motif or None) if droit_foyer else None,
            "reference_le": droit_foyer.debut if droit_foyer else None,
            "demande_le": ouverture.demande_le if ouverture else None,
            "effet_le": ouverture.effet_le if ouverture else None,
            "transmise_le": ouverture.transmise_le if ouverture else None,
            "recue_le": ouverture.recue_le if ouverture else None,
            "presence": foyer.presence if foyer else None,
        },
        "adresse": {
            "code_insee": adresse.code_insee, "commune": adresse.commune.nom if adresse.commune else adresse.ville,
            "code_postal": adresse.code_postal, "nature": adresse.nature, "localisation": adresse.localisation,
            "depuis": adresse.debut,
        } if adresse else None,
    }  # fmt: skip
