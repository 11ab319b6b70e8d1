"""What is read of each piece of a household, once for each of its shapes (see ``formes``): see ``express``."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Final, NamedTuple

from cordee.echanges.caf.formes import ABSENTE, Forme, Modele, PasDeForme, marquer, modele_json, modele_membres, place
from cordee.echanges.caf.lignes import DANS_COLONNES


class RecettePersonne(NamedTuple):
    """How a shape of ``Personne`` is read (see :func:`preparer_personne`)."""

    champs: itemgetter[Any]
    prestations: list[tuple[int, int, int]]
    scelles: list[int]
    membre: Modele
    reste: Modele | None


_CHAMPS_PERSONNE: Final = (
    "civilite", "nom", "nom_naissance", "prenom", "prenom2", "prenom3", "commune_naissance", "naissance",
    "rang_naissance", "precision_naissance", "nir_brut", "etat_civil_valide", "sexe", "responsable_dossier",
    "rattache_depuis", "rattache_jusqu_au", "identifiant_operateur_emploi", "soumis", "entrant_soumis",
    "montant_ressources",
)  # fmt: skip
_CHAMPS_TETE: Final = ("fonction_organisme", "numero_organisme", "matricule_brut", "date_demande", "numdemrsa")
_CHAMPS_SITUATION: Final = ("situation_familiale", "situation_familiale_depuis")
_CHAMPS_ETAT: Final = ("etat", "personnes_a_charge", "sans_domicile_fixe")
_CHAMPS_ADRESSE: Final = (
    "rang", "insee", "complement_identification", "complement", "numero_voie", "type_voie", "nom_voie",
    "lieu_distribution", "code_postal", "commune", "pays", "nature", "etat", "emmenagement", "etranger_ligne2",
    "etranger_ligne3", "etranger_ligne4", "etranger_ligne5", "etranger_ligne6", "etranger_ligne7",
)  # fmt: skip


def _prendre(champs: dict[str, Any], noms: tuple[str, ...]) -> itemgetter[Any]:
    return itemgetter(*(champs.get(nom, ABSENTE) for nom in noms))


def preparer_personne(forme: Forme) -> RecettePersonne:
    detail = dict(forme.detail)
    if "naissance" not in forme.champs or not {"nom", "nom_naissance"} & forme.champs.keys():
        raise PasDeForme
    prestations = [
        (place(bloc.get("NATPREST", "")), place(bloc.get("ROLEPERS", "")), place(bloc.get("TOPCHAPERS", "")))
        for bloc in detail.get("Prestations", ())
    ]
    scelles: list[int] = []
    if "Rattachement" in detail:
        detail["Rattachement"] = [_sans_nir(bloc, forme, scelles) for bloc in detail["Rattachement"]]
    reste = {cle: valeur for cle, valeur in detail.items() if cle not in DANS_COLONNES}
    membre = {cle: detail[cle] for cle in ("DossierCAF", "Prestations") if cle in detail}
    return RecettePersonne(
        champs=_prendre(forme.champs, _CHAMPS_PERSONNE),
        prestations=prestations,
        scelles=scelles,
        membre=modele_json(membre),
        reste=modele_json(reste) if reste else None,
    )


def _sans_nir(bloc: dict[str, str], forme: Forme, scelles: list[int]) -> dict[str, str]:
    """A ``Rattachement`` whose NIR gives way to its cipher, put after the values."""
    reste = {cle: valeur for cle, valeur in bloc.items() if cle != "NIR"}
    if bloc.get("NIR"):
        scelles.append(place(bloc["NIR"]))
        reste["NIR_CHIFFRE"] = marquer(forme.nombre + len(scelles))
    return reste


class RecettePiece(NamedTuple):
    """How a piece of a household outside its persons is read. ``membres``: what of it stays in ``detail``."""

    membres: Modele
    noms: frozenset[str]
    droit: Modele | None
    adresses: list[itemgetter[Any]]
    tete: itemgetter[Any]
    situation: itemgetter[Any]
    etat: itemgetter[Any]


def preparer_piece(forme: Forme) -> RecettePiece:
    detail = dict(forme.detail)
    if "Personne" in detail:
        raise PasDeForme
    noms = frozenset(detail)
    droit = detail.pop("PrestationRSA", None)
    if "DonneesAdministratives" in detail:
        donnees = detail["DonneesAdministratives"]
        detail["DonneesAdministratives"] = {cle: valeur for cle, valeur in donnees.items() if cle != "Adresse"}
    return RecettePiece(
        membres=modele_membres(detail),
        noms=noms,
        droit=modele_json(droit) if droit else None,
        adresses=[_prendre(adresse, _CHAMPS_ADRESSE) for adresse in forme.champs.get("adresses", ())],
        tete=_prendre(forme.champs, _CHAMPS_TETE),
        situation=_prendre(forme.champs, _CHAMPS_SITUATION),
        etat=_prendre(forme.champs, _CHAMPS_ETAT),
    )
