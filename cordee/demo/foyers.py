"""A household of the synthetic population as its payer sends it."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

from cordee.demo import identites
from cordee.demo.modele import Adresse, Individu, Menage, fin_de_mois, numdemrsa
from cordee.echanges.caf.foyer import (
    ActiviteLu,
    AdresseLu,
    AvisNonSalarieLu,
    CalculLu,
    ConditionAdministrativeLu,
    FinDroitLu,
    FoyerLu,
    GrossesseLu,
    MoisRessourcesLu,
    MontantsLu,
    OrganismeCedantLu,
    OrganismePrenantLu,
    PersonneLu,
    RattachementLu,
    RefusLu,
    RessourceLu,
    SuspensionDroitLu,
    SuspensionVersementLu,
)
from cordee.reglementation.montants import montant_forfaitaire
from cordee.socle.nir import cle_nir

ORGANISMES: Final = {"CAF": ("CRI", "941"), "MSA": ("AGO", "940")}
"""Payer → sending application and number. 941 is the CAF of Créteil; the MSA's is invented."""
PREMIER_MATRICULE: Final = 9_000_000
"""Beneficiary number of the household before the first."""
AUTRE_CAF: Final = "751"
_FORFAIT_LOGEMENT: Final = {1: Decimal("0.12"), 2: Decimal("0.16"), 3: Decimal("0.165")}
_ZERO: Final = Decimal(0)
OUVERTS: Final = frozenset("234")


def foyer_lu(menage: Menage, au: date, calculs_au: date) -> FoyerLu:
    """One household as its payer sends it."""
    matricule = matricule_de(menage)
    cedant = OrganismeCedantLu(fonction="CAF", numero=AUTRE_CAF, arrivee=menage.date_demande) if menage.cedant else None
    prenant = (
        OrganismePrenantLu(fonction=menage.prenant, numero=AUTRE_CAF, depart=menage.motif_depuis)
        if menage.prenant
        else None
    )
    montants = _montants(menage, calculs_au)
    return FoyerLu(
        fonction_organisme=menage.organisme,
        numero_organisme=ORGANISMES[menage.organisme][1],
        matricule_brut=matricule.ljust(15, "0"),
        matricule=matricule,
        type_partenaire="CG",
        partenaire="094",
        date_demande=menage.date_demande,
        numdemrsa=menage.numdemrsa,
        cedant=cedant,
        prenant=prenant,
        personnes=_personnes(menage, au, calculs_au),
        situation_familiale=menage.situation,
        situation_familiale_depuis=menage.situation_depuis,
        adresses=adresses_lues(menage),
        etat=menage.etat,
        sans_domicile_fixe=menage.domicilie,
        personnes_a_charge=len(menage.enfants),
        origine_demande="DEM",
        foyer_soumis=any(adulte.soumis for adulte in menage.adultes),
        montants=montants,
        calculs=_calculs(menage, montants, calculs_au),
        **_motifs(menage),
    )


def matricule_de(menage: Menage) -> str:
    """Its beneficiary number, as it is stored."""
    return f"{PREMIER_MATRICULE + menage.numero:07d}"


def _motifs(menage: Menage) -> dict[str, Any]:
    """The block that goes with the état, and the opinions asked of the Département."""
    motif, depuis = menage.motif, menage.motif_depuis
    blocs: dict[str, dict[str, Any]] = {
        "1": {"refus": RefusLu(motif=motif, le=depuis)},
        "3": {"suspensions_droit": (SuspensionDroitLu(motif=motif, debut=depuis, groupe="RSA"),)},
        "4": {"suspensions_versement": (SuspensionVersementLu(motif=motif, debut=depuis),)},
        "5": {"fin_droit": FinDroitLu(motif=motif, le=depuis)},
        "6": {"fin_mois_anterieur": FinDroitLu(motif=motif, le=depuis)},
    }
    bloc = blocs.get(menage.etat, {})
    if motif in {"CV", "CG"}:
        sanction = motif == "CG"
        avis = ConditionAdministrativeLu(avis="A" if sanction else "D", motif="NR" if sanction else "AU", effet=depuis)
        bloc = {**bloc, "conditions_administratives": (avis,)}
    return bloc


def _personnes(menage: Menage, au: date, calculs_au: date) -> tuple[PersonneLu, ...]:
    parent = menage.adultes[0]
    lien = RattachementLu(
        nom_naissance=parent.nom_naissance, prenom=parent.prenom, naissance=parent.naissance,
        nir=nir_envoye(menage, parent), parente="LEG",
    )  # fmt: skip
    adultes = tuple(_adulte(menage, adulte, au, calculs_au) for adulte in menage.adultes)
    return adultes + tuple(_enfant(menage, enfant, lien, au) for enfant in menage.enfants)


def _adulte(menage: Menage, adulte: Individu, au: date, calculs_au: date) -> PersonneLu:
    demandeur = adulte.role == "DEM"
    ressources = menage.etat not in {"0", "1", "5"}
    debut, fin, mois = trimestre(menage, calculs_au)
    connu = adulte.soumis is not None
    return PersonneLu(
        role=adulte.role,
        a_charge=True,
        role_pfa="RDO" if demandeur else "CJT",
        a_charge_pfa=False,
        civilite="MME" if adulte.sexe == "2" else "MR",
        nir_brut=nir_envoye(menage, adulte),
        responsable_dossier=demandeur,
        identifiant_operateur_emploi=(
            identites.identifiant_operateur_emploi(adulte.ordre) if adulte.inscrit_emploi else ""
        ),
        ressources_nulles=adulte.revenu == 0 if ressources else None,
        ressources_debut=debut if ressources else None,
        ressources_fin=fin if ressources else None,
        mois_ressources=_ressources(adulte, mois) if ressources and adulte.revenu else (),
        soumis=adulte.soumis,
        entrant_soumis=menage.entre_le == au if connu else None,
        montant_ressources=Decimal(adulte.revenu) if connu and ressources else None,
        activites=(
            ActiviteLu(regime="GE", activite=adulte.activite, debut=adulte.activite_depuis, contrat=adulte.contrat),
        ),
        grossesse=_grossesse(menage, adulte),
        avis_non_salarie=(
            AvisNonSalarieLu(avis="D", soumis_le=menage.motif_depuis)
            if menage.motif == "CV" and adulte.activite in {"ETI", "AEN"}
            else None
        ),
        **_identite(menage, adulte),
    )  # fmt: skip


def _grossesse(menage: Menage, adulte: Individu) -> GrossesseLu | None:
    if menage.grossesse is None or adulte.sexe != "2":
        return None
    return GrossesseLu(debut=menage.grossesse, declaree_le=menage.grossesse + timedelta(days=70))


def _enfant(menage: Menage, enfant: Individu, lien: RattachementLu, au: date) -> PersonneLu:
    return PersonneLu(
        role="ENF",
        a_charge=True,
        role_pfa="ENF",
        a_charge_pfa=True,
        responsable_dossier=False,
        rattachements=(lien,),
        soumis=False,
        entrant_soumis=False,
        activites=(ActiviteLu(activite="SCO", debut=date(enfant.naissance.year + 6, 9, 1)),)
        if enfant.age(au) > 6
        else (),
        **_identite(menage, enfant),
    )


def _identite(menage: Menage, individu: Individu) -> dict[str, Any]:
    return {
        "nom": individu.nom,
        "nom_naissance": individu.nom_naissance,
        "prenom": individu.prenom,
        "commune_naissance": commune_naissance(individu),
        "naissance": individu.naissance,
        "precision_naissance": "N",
        "etat_civil_valide": individu.role != "ENF",
        "sexe": individu.sexe,
        "rattache_depuis": max(menage.date_demande, individu.naissance),
        "numdemrsa_precedent": numdemrsa(menage.numero_precedent) if menage.numero_precedent else "",
    }


def commune_naissance(individu: Individu) -> str:
    return identites.COMMUNES_NAISSANCE[individu.ordre % len(identites.COMMUNES_NAISSANCE)]


def nir_envoye(menage: Menage, individu: Individu) -> str:
    """13 characters from a CAF, 15 with the key from the MSA."""
    return individu.nir + (cle_nir(individu.nir) if menage.organisme == "MSA" else "")


def adresses_lues(menage: Menage) -> tuple[AdresseLu, ...]:
    """Where it lives, then where it lived."""
    suite = (menage.adresse_precedente,) if menage.adresse_precedente else ()
    return tuple(_adresse(adresse, rang) for rang, adresse in enumerate((menage.adresse, *suite), start=1))


def _adresse(adresse: Adresse, rang: int) -> AdresseLu:
    if adresse.commune is None:
        rue, pays = adresse.etranger
        return AdresseLu(
            rang=rang, emmenagement=adresse.depuis, pays="HOR", nature="D", etat="NC",
            etranger_ligne4=rue, etranger_ligne7=pays,
        )  # fmt: skip
    return AdresseLu(
        rang=rang,
        emmenagement=adresse.depuis,
        pays="FRA",
        nature="D",
        etat="CO",
        complement=adresse.complement,
        numero_voie=adresse.numero,
        type_voie=adresse.type_voie,
        nom_voie=adresse.voie,
        insee=adresse.commune.insee,
        code_postal=adresse.commune.code_postal,
        commune=commune_en_majuscules(adresse.commune.nom),
    )


@cache
def commune_en_majuscules(nom: str) -> str:
    """As payers write a commune: capitals, no accent.

    >>> commune_en_majuscules("L'Haÿ-les-Roses")
    "L'HAY-LES-ROSES"
    """
    return unicodedata.normalize("NFKD", nom).encode("ascii", "ignore").decode().upper()


def trimestre(menage: Menage, calculs_au: date) -> tuple[date, date, tuple[date, ...]]:
    """First day, last day and months of the quarter declared last (one household in three renews each month)."""
    rang = calculs_au.year * 12 + calculs_au.month - 1
    return _trimestre_avant(rang - (rang - menage.numero) % 3)


@cache
def _trimestre_avant(renouvellement: int) -> tuple[date, date, tuple[date, ...]]:
    mois = tuple(date(r // 12, r % 12 + 1, 1) for r in range(renouvellement - 3, renouvellement))
    return mois[0], fin_de_mois(mois[-1]), mois


def _ressources(adulte: Individu, mois: tuple[date, ...]) -> tuple[MoisRessourcesLu, ...]:
    """Earnings by month, around the average of the quarter."""
    nature = "030" if adulte.activite in {"ETI", "AEN"} else "001"
    ecarts = (-1, 0, 1)
    return tuple(
        MoisRessourcesLu(
            mois=jour,
            heures=0,
            ressources=(RessourceLu(nature=nature, montant=Decimal(adulte.revenu + ecart * (adulte.ordre % 20))),),
        )
        for jour, ecart in zip(mois, ecarts, strict=True)
    )


def majore(menage: Menage, au: date) -> bool:
    """Lone parent of a child under three, or lone pregnant woman (CASF L262-9)."""
    if menage.en_couple:
        return False
    return menage.grossesse is not None or any(enfant.age(au) < 3 for enfant in menage.enfants)


@cache
def _forfait(adultes: int, enfants: int, majore: bool, au: date) -> Decimal:
    return montant_forfaitaire(adultes=adultes, enfants=enfants, au=au, majore=majore)


class Montants(NamedTuple):
    """The right of a month: what is guaranteed, less housing and resources."""

    garanti: Decimal
    logement: Decimal
    ressources: Decimal
    total: Decimal


def montants_de(menage: Menage, calculs_au: date) -> Montants | None:
    """What the household is entitled to that month (CASF L262-2, R262-9); ``None`` when no right is open."""
    if menage.etat not in OUVERTS:
        return None
    mois = calculs_au.replace(day=1)
    adultes, enfants = len(menage.adultes), len(menage.enfants)
    garanti = _forfait(adultes, enfants, majore(menage, calculs_au), mois)
    logement = _ZERO if menage.domicilie else _forfait_logement(min(adultes + enfants, 3), mois)
    ressources = Decimal(sum(adulte.revenu for adulte in menage.adultes))
    return Montants(garanti, logement, ressources, max(garanti - logement - ressources, _ZERO))


@cache
def _forfait_logement(personnes: int, mois: date) -> Decimal:
    base = _forfait(1, personnes - 1, False, mois)
    return (base * _FORFAIT_LOGEMENT[personnes]).quantize(Decimal("0.01"))


def _montants(menage: Menage, calculs_au: date) -> MontantsLu | None:
    montants = montants_de(menage, calculs_au)
    if montants is None:
        return None
    return MontantsLu(
        debut=calculs_au.replace(day=1),
        revenu_minimum_garanti=montants.garanti,
        pente=_ZERO,
        revenu_garanti=montants.garanti,
        prestations_familiales=_ZERO,
        forfait_logement=montants.logement,
        ressources=montants.ressources,
        total=montants.total,
    )


def nature_du_droit(menage: Menage, au: date) -> tuple[str, str]:
    """NATPF and SOUSNATPF."""
    jeune = menage.adultes[0].age(au) < 25
    if jeune and not menage.enfants and menage.grossesse is None:
        return "RSJ", "RSJN1"
    return ("RSI", "RSIN1") if majore(menage, au) else ("RSD", "RSDN1" if jeune else "RSDN2")


def _calculs(menage: Menage, montants: MontantsLu | None, calculs_au: date) -> tuple[CalculLu, ...]:
    if montants is None:
        return ()
    nature, sous_nature = nature_du_droit(menage, calculs_au)
    verse = menage.etat == "2"
    return (
        CalculLu(
            nature=nature,
            sous_nature=sous_nature,
            debut=menage.date_demande.replace(day=1),
            montant=montants.total if verse else None,
            dernier_mois=calculs_au.replace(day=1) if verse else None,
        ),
    )
