"""From a household as read to the rows of the staging tables. Pure: no database.

Order of the values: ``COLONNES_FOYER``, ``COLONNES_PERSONNE``, ``COLONNES_ADRESSE`` (see ``transit``). What the columns
hold is left out of ``detail``; everything else stays there, so that nothing is lost. No NIR goes further than this
module: rows carry its keyed hash and its cipher.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

from cordee.echanges.caf.foyer import CONJOINT, DEMANDEUR, ENFANT, AdresseLu, Detail, FoyerLu, PersonneLu
from cordee.metier.organismes.enums import PublicSecteur
from cordee.metier.organismes.selectors import CarteSecteurs
from cordee.metier.personnes.enums import EtatDroit, Localisation, NatureAdresse, PrecisionNaissance, RoleFoyer, Sexe
from cordee.metier.personnes.regles import CONTEXTE_NIR, nir_provisoire
from cordee.socle.chiffrement import chiffreur, empreinteur
from cordee.socle.nir import cle_juste

Ligne: TypeAlias = tuple[Any, ...]

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
NUL: Final = "\\N"
"""No value, as COPY takes it in text form."""
_VIDE: Final = "{}"
_MONTANT_MAX: Final = Decimal(10_000_000)
ENTIER_MAX: Final = 32_767
_ROLES: Final = {str(role).upper(): str(role) for role in RoleFoyer}
ETATS: Final = {str(etat): str(etat) for etat in EtatDroit}
SEXES: Final = {"1": str(Sexe.HOMME), "2": str(Sexe.FEMME)}
PRECISIONS: Final = {"J": str(PrecisionNaissance.MOIS), "O": str(PrecisionNaissance.ANNEE)}
MOTIFS_DECES: Final = {"DG": str(Sexe.FEMME), "DH": str(Sexe.HOMME)}
REFUS_DECES: Final = "F85"
DECES_DEMANDEUR: Final = "demandeur"
DANS_COLONNES: Final = frozenset({"Identification", "DossierCAF", "Prestations"})


@dataclass(frozen=True, slots=True)
class Carte:
    """What an address is read against: the sectors in force and the communes of the Département."""

    secteurs: CarteSecteurs
    communes: frozenset[str]

    def situer(self, adresse: AdresseLu, public: PublicSecteur) -> tuple[Localisation, int | None]:
        """Where an address puts a household, and the structure of its sector.

        A Département without any sector rule is one single sector.
        """
        if adresse.hors_france:
            return Localisation.ETRANGER, None
        if not adresse.insee:
            return Localisation.INCONNUE, None
        if adresse.insee not in self.communes:
            return Localisation.HORS_DEPARTEMENT, None
        structure = self.secteurs.structure(adresse.insee, public)
        dedans = structure is not None or not self.secteurs.regles
        return (Localisation.SECTEUR if dedans else Localisation.HORS_SECTEUR), structure


class Sceau:
    """What the NIR of a file go through: the keyed hash that matches them, the cipher that keeps them.

    ``sceller``: the cipher of those that stand in a ``detail``, the same each month: details are compared.
    """

    def __init__(self) -> None:
        self.marquer = empreinteur(contexte=CONTEXTE_NIR)
        self.chiffrer = chiffreur(contexte=CONTEXTE_NIR)
        self.sceller = chiffreur(contexte=CONTEXTE_NIR, stable=True)


@dataclass(slots=True)
class Lignes:
    """Rows of one household, or of many put together."""

    foyers: list[Ligne] = field(default_factory=list)
    personnes: list[Ligne] = field(default_factory=list)
    adresses: list[Ligne] = field(default_factory=list)


def decomposer(foyer: FoyerLu, *, organisme: str, carte: Carte, sceau: Sceau, lignes: Lignes) -> None:
    """Append the rows of a household. ``organisme``: the body of the file, for a household that names none."""
    public = public_de(foyer)
    localisation, structure = Localisation.INCONNUE, None
    for ordre, adresse in enumerate(sorted(foyer.adresses, key=lambda a: a.rang or ENTIER_MAX), start=1):
        lieu, structure_lieu = carte.situer(adresse, public)
        if ordre == 1:
            localisation, structure = lieu, structure_lieu
        lignes.adresses.append(_adresse(foyer, adresse, ordre, lieu, connue=adresse.insee in carte.communes))
    lignes.foyers.append(_foyer(foyer, organisme, localisation, structure))
    for ordre, personne in enumerate(foyer.personnes, start=1):
        lignes.personnes.append(_personne(foyer.rang, ordre, personne, sceau))


def public_de(foyer: FoyerLu) -> PublicSecteur:
    """The public a household is for the sector rules: children, couple, or alone."""
    roles = {personne.role for personne in foyer.personnes if personne.a_charge is not False}
    if ENFANT in roles or foyer.personnes_a_charge:
        return PublicSecteur.AVEC_ENFANT
    if {DEMANDEUR, CONJOINT} <= roles:
        return PublicSecteur.COUPLES_SANS_ENFANT
    return PublicSecteur.ISOLES


COLONNES_FOYER: Final = (
    "rang", "ligne", "organisme", "numdemrsa", "matricule", "demande_le", "effet_le", "situation_familiale",
    "situation_depuis", "nb_enfants_autres", "etat", "motif", "motif_le", "montant", "droit_detail", "detail",
    "empreinte", "empreinte_brute", "cedant", "prenant", "deces", "domiciliee", "localisation", "structure_id",
)  # fmt: skip


def _foyer(foyer: FoyerLu, organisme: str, localisation: Localisation, structure: int | None) -> Ligne:
    motif, motif_le = motif_de(foyer)
    detail = foyer.detail
    droit = detail.get("PrestationRSA")
    return (
        foyer.rang, foyer.ligne, (foyer.fonction_organisme + foyer.numero_organisme)[:8] or organisme, foyer.numdemrsa,
        foyer.matricule, foyer.date_demande, effet_de(foyer), foyer.situation_familiale,
        foyer.situation_familiale_depuis, _petit(foyer.personnes_a_charge),
        ETATS.get(foyer.etat, str(EtatDroit.INCONNU)), motif, motif_le,
        _montant(foyer.montants.total) if foyer.montants else None,
        _JSON(droit) if droit else _VIDE, _JSON(_detail_foyer(detail)), foyer.empreinte,
        foyer.empreinte_brute or None, foyer.cedant is not None,
        foyer.prenant is not None, deces_de(foyer), foyer.sans_domicile_fixe is True, str(localisation), structure,
    )  # fmt: skip


def motif_de(foyer: FoyerLu) -> tuple[str, date | None]:
    """The motive of the household's state and its date: the latest one where several are sent."""
    match foyer.etat:
        case "1" if foyer.refus:
            return foyer.refus.motif, foyer.refus.le
        case "3" if foyer.suspensions_droit:
            droit = max(foyer.suspensions_droit, key=lambda s: s.debut or date.min)
            return droit.motif, droit.debut
        case "4" if foyer.suspensions_versement:
            versement = max(foyer.suspensions_versement, key=lambda s: s.debut or date.min)
            return versement.motif, versement.debut
        case "5" if foyer.fin_droit:
            return foyer.fin_droit.motif, foyer.fin_droit.le
        case "6" if foyer.fin_mois_anterieur:
            return foyer.fin_mois_anterieur.motif, foyer.fin_mois_anterieur.le
    return "", None


def deces_de(foyer: FoyerLu) -> str:
    """Whose death the file lets suppose (E32): ``"femme"`` (DG), ``"homme"`` (DH), ``"demandeur"`` (F85), or nobody."""
    for suspension in foyer.suspensions_droit:
        if suspension.motif in MOTIFS_DECES:
            return MOTIFS_DECES[suspension.motif]
    return DECES_DEMANDEUR if foyer.etat == "1" and foyer.refus and foyer.refus.motif == REFUS_DECES else ""


def effet_de(foyer: FoyerLu) -> date | None:
    """When the right takes effect: what the calculation says, else the first day of the month of the request (E06)."""
    debuts = [calcul.debut for calcul in foyer.calculs if calcul.debut]
    if debuts:
        return min(debuts)
    return foyer.date_demande.replace(day=1) if foyer.date_demande else None


def _detail_foyer(detail: Detail) -> Detail:
    """What neither the columns of the household, nor its right, nor its addresses hold."""
    reste = {cle: valeur for cle, valeur in detail.items() if cle != "PrestationRSA"}
    donnees = reste.get("DonneesAdministratives")
    if donnees and not any("hors_schema" in str(adresse) for adresse in donnees.get("Adresse", ())):
        reste["DonneesAdministratives"] = {cle: valeur for cle, valeur in donnees.items() if cle != "Adresse"}
    return reste


COLONNES_PERSONNE: Final = (
    "rang", "ordre", "role", "role_famille", "responsable", "a_charge", "rattache_le", "rattache_fin", "membre_detail",
    "civilite", "nom", "nom_naissance", "prenom", "autres_prenoms", "naissance", "precision_naissance",
    "rang_naissance", "commune_naissance", "sexe", "etat_civil_valide", "nir", "nir_chiffre",
    "nir_provisoire", "cle_valide", "operateur_emploi", "sdd", "entrante", "ressources", "droit", "detail",
)  # fmt: skip


def _personne(rang: int, ordre: int, p: PersonneLu, sceau: Sceau) -> Ligne:
    reste = {cle: valeur for cle, valeur in p.detail.items() if cle not in DANS_COLONNES}
    _garder_les_nir(p, reste, sceau)
    return (
        rang, ordre, _ROLES.get(p.role, str(RoleFoyer.AUT)), p.role_pfa[:3].lower(), p.responsable_dossier is True,
        p.a_charge, p.rattache_depuis, p.rattache_jusqu_au, _JSON(_detail_membre(p, sceau)), p.civilite,
        p.nom or p.nom_naissance, p.nom_naissance, p.prenom, " ".join(x for x in (p.prenom2, p.prenom3) if x),
        p.naissance, PRECISIONS.get(p.precision_naissance, str(PrecisionNaissance.JOUR)), _petit(p.rang_naissance),
        p.commune_naissance, SEXES.get(p.sexe, str(Sexe.INCONNU)), p.etat_civil_valide,
        sceau.marquer(p.nir) if p.nir else None,
        sceau.chiffrer(p.nir) if p.nir else None, nir_provisoire(p.nir),
        cle_juste(p.nir_brut) if p.nir else None,
        p.identifiant_operateur_emploi, p.soumis, p.entrant_soumis,
        _montant(p.montant_ressources), bool(reste), _JSON(reste) if reste else _VIDE,
    )  # fmt: skip


def _detail_membre(p: PersonneLu, sceau: Sceau) -> Detail:
    """What the file says of the membership, and what of the identity has no column (a NIR that is not one, sealed)."""
    reste: Detail = {cle: p.detail[cle] for cle in ("DossierCAF", "Prestations") if cle in p.detail}
    if p.nir_brut and not p.nir:
        reste["NIR_CHIFFRE"] = sceller(p.nir_brut, sceau)
    identification = p.detail.get("Identification", {})
    if "hors_schema" in identification:
        reste["Identification"] = identification
    return reste


def _garder_les_nir(personne: PersonneLu, reste: Detail, sceau: Sceau) -> None:
    """The NIR of the parent a child is tied to, encrypted: the reader takes it out of ``detail``."""
    rattachements = reste.get("Rattachement")
    if not rattachements or not any(rattachement.nir for rattachement in personne.rattachements):
        return
    reste["Rattachement"] = [
        {**bloc, "NIR_CHIFFRE": sceller(lu.nir, sceau)} if lu.nir else bloc
        for bloc, lu in zip(rattachements, personne.rattachements, strict=True)
    ]


def hexadecimal(octets: bytes) -> str:
    """Bytes as COPY takes them in text form."""
    return f"\\\\x{octets.hex()}"


def sceller(texte: str, sceau: Sceau) -> str:
    return base64.b64encode(sceau.sceller(texte)).decode()


COLONNES_ADRESSE: Final = (
    "rang", "rang_adresse", "nature", "localisation", "commune_id", "code_insee", "complement_identification",
    "complement", "numero", "type_voie", "voie", "lieu_dit", "code_postal", "ville", "pays", "lignes_etranger",
    "type_caf", "etat_caf", "emmenagement_le",
)  # fmt: skip


def _adresse(foyer: FoyerLu, a: AdresseLu, ordre: int, localisation: Localisation, *, connue: bool) -> Ligne:
    nature = NatureAdresse.DOMICILE
    if a.hors_france:
        nature = NatureAdresse.HORS_FRANCE
    elif foyer.sans_domicile_fixe:
        nature = NatureAdresse.SANS_DOMICILE
    etranger = _lignes_etranger(a)
    return (
        foyer.rang, ordre, str(nature), str(localisation), a.insee if connue else None, a.insee,
        a.complement_identification, a.complement, a.numero_voie, a.type_voie, a.nom_voie, a.lieu_distribution,
        a.code_postal, a.commune, a.pays, _JSON(etranger) if etranger else "[]", a.nature, a.etat, a.emmenagement,
    )  # fmt: skip


def _lignes_etranger(a: AdresseLu) -> list[str]:
    """The six lines in their place, without the blank ones of the end."""
    lignes = [a.etranger_ligne2, a.etranger_ligne3, a.etranger_ligne4,
              a.etranger_ligne5, a.etranger_ligne6, a.etranger_ligne7]  # fmt: skip
    while lignes and not lignes[-1]:
        lignes.pop()
    return lignes


def _montant(valeur: Decimal | None) -> Decimal | None:
    """An amount that the column can hold; another one stays in ``detail`` only."""
    return valeur if valeur is not None and abs(valeur) < _MONTANT_MAX else None


def _petit(valeur: int | None) -> int | None:
    return valeur if valeur is not None and valeur <= ENTIER_MAX else None
