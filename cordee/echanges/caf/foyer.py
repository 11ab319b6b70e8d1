"""What one household block of the VRSB0801 beneficiaries file says, typed.

Each field names, in its annotation, the element it comes from (``"Bloc/BALISE"``): the reader and the writer are both
derived from these declarations, so that a field is declared once. Conventions:

- text: stripped, ``""`` when absent or blank; codes are kept as sent, even unknown (labels: ``codes.libelle``);
- dates, numbers and flags: ``None`` when absent **or unreadable** (then said in ``avertissements``). A flag that is
  ``None`` is *unknown*, never "no" (``soumis`` above all: a person whose flag is missing is not "non soumise");
- amounts are euros, ``Decimal``, per month unless said;
- ``detail`` holds the complete block as stripped text (JSON-ready, repeated blocks always lists), without any NIR.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from cordee.echanges.caf.resultats import Avertissement

Detail: TypeAlias = dict[str, Any]
DEMANDEUR, CONJOINT, ENFANT, AUTRE = "DEM", "CJT", "ENF", "AUT"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdresseLu:
    """One of the one to three addresses; ``rang`` 1 is the latest."""

    rang: Annotated[int | None, "TroncCommunAdresse/RGADR"] = None
    emmenagement: Annotated[date | None, "TroncCommunAdresse/DTEMM"] = None
    pays: Annotated[str, "TroncCommunAdresse/PAYS"] = ""
    nature: Annotated[str, "TroncCommunAdresse/TYPEADR"] = ""
    etat: Annotated[str, "TroncCommunAdresse/ETATADR"] = ""
    complement_identification: Annotated[str, "AdresseDetailleeFrance/COMPLIDEADR"] = ""
    complement: Annotated[str, "AdresseDetailleeFrance/COMPLADR"] = ""
    numero_voie: Annotated[str, "AdresseDetailleeFrance/NUMVOIE"] = ""
    type_voie: Annotated[str, "AdresseDetailleeFrance/LIBTYPEVOIE"] = ""
    nom_voie: Annotated[str, "AdresseDetailleeFrance/NOMVOIE"] = ""
    lieu_distribution: Annotated[str, "AdresseDetailleeFrance/LIEUDIST"] = ""
    insee: Annotated[str, "AdresseDetailleeFrance/NUMCOM"] = ""
    code_postal: Annotated[str, "AdresseDetailleeFrance/CODEPOS"] = ""
    commune: Annotated[str, "AdresseDetailleeFrance/NOMCOM"] = ""
    etranger_ligne2: Annotated[str, "AdresseHorsFrance/LIBLIG2ADR"] = ""
    etranger_ligne3: Annotated[str, "AdresseHorsFrance/LIBLIG3ADR"] = ""
    etranger_ligne4: Annotated[str, "AdresseHorsFrance/LIBLIG4ADR"] = ""
    etranger_ligne5: Annotated[str, "AdresseHorsFrance/LIBLIG5ADR"] = ""
    etranger_ligne6: Annotated[str, "AdresseHorsFrance/LIBLIG6ADR"] = ""
    etranger_ligne7: Annotated[str, "AdresseHorsFrance/LIBLIG7ADR"] = ""

    @property
    def hors_france(self) -> bool:
        return self.pays == "HOR"

    @property
    def lignes_etranger(self) -> tuple[str, ...]:
        """The non-empty lines of an address abroad, in order; the last one is the country."""
        lignes = (self.etranger_ligne2, self.etranger_ligne3, self.etranger_ligne4)
        suite = (self.etranger_ligne5, self.etranger_ligne6, self.etranger_ligne7)
        return tuple(ligne for ligne in lignes + suite if ligne)


@dataclass(frozen=True, slots=True, kw_only=True)
class RattachementLu:
    """The parent a child or another dependant is tied to. ``nir`` is as sent: never store it in clear."""

    nom_naissance: Annotated[str, "NOMNAI"] = ""
    prenom: Annotated[str, "PRENOM"] = ""
    naissance: Annotated[date | None, "DTNAI"] = None
    nir: Annotated[str, "NIR"] = field(default="", repr=False)
    parente: Annotated[str, "TYPEPAR"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiviteLu:
    regime: Annotated[str, "REG"] = ""
    activite: Annotated[str, "ACT"] = ""
    debut: Annotated[date | None, "DDACT"] = None
    fin: Annotated[date | None, "DFACT"] = None
    contrat: Annotated[str, "NATCONTRTRA"] = ""
    condition_non_salarie: Annotated[bool | None, "TOPCONDADMETI"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RessourceLu:
    nature: Annotated[str, "NATRESS"] = ""
    montant: Annotated[Decimal | None, "MTNATRESSMEN"] = None
    abattement: Annotated[str, "ABANEU"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoisRessourcesLu:
    """Resources declared for one month of the reference quarter."""

    mois: Annotated[date | None, "GeneraliteRessourcesMensuelles/MOISRESS"] = None
    heures: Annotated[int | None, "GeneraliteRessourcesMensuelles/NBHEUMENTRA"] = None
    ressources: Annotated[tuple[RessourceLu, ...], "DetailRessourcesMensuelles"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrossesseLu:
    debut: Annotated[date | None, "DDGRO"] = None
    fin: Annotated[date | None, "DFGRO"] = None
    declaree_le: Annotated[date | None, "DTDECLGRO"] = None
    motif_fin: Annotated[str, "NATFINGRO"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AvisNonSalarieLu:
    """Evaluation of a self-employed person's income, decided by the Département (avis D = we are awaited: E31)."""

    avis: Annotated[str, "AVISEVARESSNONSAL"] = ""
    soumis_le: Annotated[date | None, "DTSOURESSNONSAL"] = None
    evalue_le: Annotated[date | None, "DTEVARESSNONSAL"] = None
    montant: Annotated[Decimal | None, "MTEVARESSNONSAL"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DerogationLu:
    nature: Annotated[str, "TYPEDERO"] = ""
    avis: Annotated[str, "AVISDERO"] = ""
    debut: Annotated[date | None, "DDAVISDERO"] = None
    fin: Annotated[date | None, "DFAVISDERO"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionLu:
    nature: Annotated[str, "EXCL"] = ""
    debut: Annotated[date | None, "DDEXCL"] = None
    fin: Annotated[date | None, "DFEXCL"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiberaliteLu:
    montant: Annotated[Decimal | None, "MTLIBERNONDECL"] = None
    depuis: Annotated[date | None, "DTABSDECLLIBER"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonneLu:
    """One person of the household.

    ``role`` is the one of the ``Prestations`` block whose NATPREST is RSA (the first block met is usually the family
    benefits one, ``role_pfa``). ``nir`` is the 13 characters used for matching, ``""`` when absent or unreadable;
    ``nir_brut`` is what was sent. Neither is printed.
    """

    role: str = ""
    a_charge: bool | None = None
    role_pfa: str = ""
    a_charge_pfa: bool | None = None
    civilite: Annotated[str, "Identification/QUAL"] = ""
    nom: Annotated[str, "Identification/NOM"] = ""
    nom_naissance: Annotated[str, "Identification/NOMNAI"] = ""
    prenom: Annotated[str, "Identification/PRENOM"] = ""
    prenom2: Annotated[str, "Identification/PRENOM2"] = ""
    prenom3: Annotated[str, "Identification/PRENOM3"] = ""
    commune_naissance: Annotated[str, "Identification/NOMCOMNAI"] = ""
    naissance: Annotated[date, "Identification/DTNAI"]
    rang_naissance: Annotated[int | None, "Identification/RGNAI"] = None
    precision_naissance: Annotated[str, "Identification/TYPEDTNAI"] = ""
    nir_brut: Annotated[str, "Identification/NIR"] = field(default="", repr=False)
    nir: str = field(default="", repr=False)
    etat_civil_valide: Annotated[bool | None, "Identification/TOPVALIEC"] = None
    sexe: Annotated[str, "Identification/SEXE"] = ""
    responsable_dossier: Annotated[bool | None, "DossierCAF/TOPRESPDOS"] = None
    rattache_depuis: Annotated[date | None, "DossierCAF/DDRATDOS"] = None
    rattache_jusqu_au: Annotated[date | None, "DossierCAF/DFRATDOS"] = None
    numdemrsa_precedent: Annotated[str, "DossierCAF/NUMDEMRSAPRECE"] = ""
    identifiant_operateur_emploi: Annotated[str, "DossierPoleEmploi/IDASSEDIC"] = ""
    ressources_nulles: Annotated[bool | None, "GeneraliteRessourcesTrimestre/TOPRESSNUL"] = None
    ressources_debut: Annotated[date | None, "GeneraliteRessourcesTrimestre/DDRESS"] = None
    ressources_fin: Annotated[date | None, "GeneraliteRessourcesTrimestre/DFRESS"] = None
    soumis: Annotated[bool | None, "MontantCalculDroitRSAPersonne/TOPPERSDRODEVORSA"] = None
    entrant_soumis: Annotated[bool | None, "MontantCalculDroitRSAPersonne/TOPPERSENTDRODEVORSA"] = None
    montant_ressources: Annotated[Decimal | None, "MontantCalculDroitRSAPersonne/MTPERSRESSMENRSA"] = None
    montant_abattement: Annotated[Decimal | None, "MontantCalculDroitRSAPersonne/MTPERSABANEURSA"] = None
    rattachements: Annotated[tuple[RattachementLu, ...], "Rattachement"] = ()
    mois_ressources: Annotated[tuple[MoisRessourcesLu, ...], "Ressources/RessourcesMensuelles"] = ()
    activites: Annotated[tuple[ActiviteLu, ...], "Activite"] = ()
    grossesse: Annotated[GrossesseLu | None, "Grossesse"] = None
    avis_non_salarie: Annotated[AvisNonSalarieLu | None, "AvisPCGPersonne/ConditionETI"] = None
    derogations: Annotated[tuple[DerogationLu, ...], "AvisPCGPersonne/Derogation"] = ()
    exclusion: Annotated[ExclusionLu | None, "AvisPCGPersonne/ExclueRSA"] = None
    liberalite: Annotated[LiberaliteLu | None, "AvisPCGPersonne/Liberalite"] = None
    detail: Detail = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusLu:
    """État 1."""

    motif: Annotated[str, "MOTIREFURSA"] = ""
    le: Annotated[date | None, "DTREFURSA"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionDroitLu:
    """État 3: the right itself is in question (``groupe``: which benefits are held)."""

    motif: Annotated[str, "MOTISUSDRORSA"] = ""
    debut: Annotated[date | None, "DDSUSDRORSA"] = None
    groupe: Annotated[str, "NATGROUPFSUS"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionVersementLu:
    """État 4: the right stands, nothing is paid."""

    motif: Annotated[str, "MOTISUSVERSRSA"] = ""
    debut: Annotated[date | None, "DDSUSVERSRSA"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinDroitLu:
    """États 5 and 6."""

    motif: Annotated[str, "MOTICLORSA"] = ""
    le: Annotated[date | None, "DTCLORSA"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MontantsLu:
    """The last calculation of the right."""

    debut: Annotated[date | None, "DDELECAL"] = None
    fin: Annotated[date | None, "DFELECAL"] = None
    revenu_minimum_garanti: Annotated[Decimal | None, "MTREVMINIGARARSA"] = None
    pente: Annotated[Decimal | None, "MTPENTRSA"] = None
    local: Annotated[Decimal | None, "MTLOCALRSA"] = None
    revenu_garanti: Annotated[Decimal | None, "MTREVGARARSA"] = None
    prestations_familiales: Annotated[Decimal | None, "MTPFRSA"] = None
    forfait_logement: Annotated[Decimal | None, "MTALRSA"] = None
    ressources: Annotated[Decimal | None, "MTRESSMENRSA"] = None
    sanction_obligation_alimentaire: Annotated[Decimal | None, "MTSANOBLALIMRSA"] = None
    reduction_hospitalisation: Annotated[Decimal | None, "MTREDHOSRSA"] = None
    reduction_departement: Annotated[Decimal | None, "MTREDCGRSA"] = None
    cumul_integral: Annotated[Decimal | None, "MTCUMINTEGRSA"] = None
    abattement_neutralisation: Annotated[Decimal | None, "MTABANEURSA"] = None
    total: Annotated[Decimal | None, "MTTOTDRORSA"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculLu:
    """The right by nature of benefit; ``dernier_mois`` is the last month that can be paid."""

    nature: Annotated[str, "NATPF"] = ""
    sous_nature: Annotated[str, "SOUSNATPF"] = ""
    debut: Annotated[date | None, "DDNATDRO"] = None
    fin: Annotated[date | None, "DFNATDRO"] = None
    montant: Annotated[Decimal | None, "MTRSAVERS"] = None
    dernier_mois: Annotated[date | None, "DTDERRSAVERS"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionAdministrativeLu:
    """An opinion of the Département on the file (motif NR: contract not respected)."""

    avis: Annotated[str, "AVISCONDADMRSA"] = ""
    motif: Annotated[str, "MOTICONDADMRSA"] = ""
    commentaire1: Annotated[str, "COMM1CONDADMRSA"] = ""
    commentaire2: Annotated[str, "COMM2CONDADMRSA"] = ""
    effet: Annotated[date | None, "DTEFFAVISCONDADMRSA"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionLu:
    montant: Annotated[Decimal | None, "MTREDRSA"] = None
    debut: Annotated[date | None, "DDREDRSA"] = None
    fin: Annotated[date | None, "DFREDRSA"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaiementTiersLu:
    avis: Annotated[str, "AVISDESTPAIRSA"] = ""
    le: Annotated[date | None, "DTAVISDESTPAIRSA"] = None
    nom: Annotated[str, "NOMTIE"] = ""
    nature: Annotated[str, "TYPEPERSTIE"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvenementLu:
    """Why a daily file carries this household (daily files only)."""

    le: Annotated[date | None, "DTLIQ"] = None
    heure: Annotated[str, "HEULIQ"] = ""
    fait: Annotated[str, "FG"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganismeCedantLu:
    """The payer the file comes from (arrival)."""

    fonction: Annotated[str, "FONORGCEDMUT"] = ""
    numero: Annotated[str, "NUMORGCEDMUT"] = ""
    matricule: Annotated[str, "MATRICULEORGCEDMUT"] = ""
    arrivee: Annotated[date | None, "DDARRMUT"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganismePrenantLu:
    """The payer the file leaves for."""

    fonction: Annotated[str, "FONORGPRENMUT"] = ""
    numero: Annotated[str, "NUMORGPRENMUT"] = ""
    depart: Annotated[date | None, "DDDEPAMUT"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoyerLu:
    """One ``InfosFoyerRSA`` block.

    ``ligne`` is where it starts in the file, ``rang`` its number (from 1). ``matricule`` is normalised (see
    ``personnes.regles.lire_matricule``), ``matricule_brut`` as sent; neither is ever a NIR. ``empreinte`` (16 bytes)
    depends on the content of the block only: equal prints mean nothing changed in this household.
    """

    ligne: int = field(default=0, compare=False)
    rang: int = field(default=0, compare=False)
    fonction_organisme: Annotated[str, "Organisme/FONORG"] = ""
    numero_organisme: Annotated[str, "Organisme/NUMORG"] = ""
    matricule_brut: Annotated[str, "Organisme/MATRICULE"] = ""
    matricule: str = ""
    type_partenaire: Annotated[str, "Partenaire/TYPEPARTE"] = ""
    partenaire: Annotated[str, "Partenaire/IDEPARTE"] = ""
    date_demande: Annotated[date | None, "DemandeRSA/DTDEMRSA"] = None
    numdemrsa: Annotated[str, "DemandeRSA/NUMDEMRSA"]
    cedant: Annotated[OrganismeCedantLu | None, "OrganismeCedant"] = None
    prenant: Annotated[OrganismePrenantLu | None, "OrganismePrenant"] = None
    personnes: tuple[PersonneLu, ...]
    situation_familiale: Annotated[str, "SituationFamille/SITFAM"] = ""
    situation_familiale_depuis: Annotated[date | None, "SituationFamille/DDSITFAM"] = None
    regime_agricole: Annotated[str, "SituationFamille/REGAGRIFAM"] = ""
    adresses: Annotated[tuple[AdresseLu, ...], "DonneesAdministratives/Adresse"] = ()
    etat: Annotated[str, "EtatDossierRSA/ETATDOSRSA"] = ""
    refus: Annotated[RefusLu | None, "SituationDossierRSA/Refus"] = None
    suspensions_droit: Annotated[tuple[SuspensionDroitLu, ...], "SituationDossierRSA/SuspensionDroit"] = ()
    suspensions_versement: Annotated[tuple[SuspensionVersementLu, ...], "SituationDossierRSA/SuspensionVersement"] = ()
    fin_droit: Annotated[FinDroitLu | None, "SituationDossierRSA/FinDroit"] = None
    fin_mois_anterieur: Annotated[FinDroitLu | None, "SituationDossierRSA/FinDroitMoisAnterieur"] = None
    sans_domicile_fixe: Annotated[bool | None, "TroncCommunDroitRSA/TOPSANSDOMFIXE"] = None
    personnes_a_charge: Annotated[int | None, "TroncCommunDroitRSA/NBENFAUTCHA"] = None
    origine_demande: Annotated[str, "TroncCommunDroitRSA/ORIDEMRSA"] = ""
    date_origine_demande: Annotated[date | None, "TroncCommunDroitRSA/DTORIDEMRSA"] = None
    foyer_soumis: Annotated[bool | None, "TroncCommunDroitRSA/TOPFOYDRODEVORSA"] = None
    montants: Annotated[MontantsLu | None, "DetailDroitRSA/MontantsCalculDroitRSA"] = None
    calculs: Annotated[tuple[CalculLu, ...], "DetailDroitRSA/DetailCalculDroitRSA"] = ()
    conditions_administratives: Annotated[
        tuple[ConditionAdministrativeLu, ...], "AvisPCGDroitRSA/ConditionAdministrative"
    ] = ()
    reductions: Annotated[tuple[ReductionLu, ...], "AvisPCGDroitRSA/ReductionRSA"] = ()
    paiement_tiers: Annotated[PaiementTiersLu | None, "AvisPCGDroitRSA/PaiementTiers"] = None
    evenements: Annotated[tuple[EvenementLu, ...], "Evenement"] = ()
    anomalies: tuple[str, ...] = ()
    avertissements: tuple[Avertissement, ...] = field(default=(), compare=False)
    empreinte: bytes = field(default=b"", compare=False, repr=False)
    empreinte_brute: bytes = field(default=b"", compare=False, repr=False)
    detail: Detail = field(default_factory=dict, compare=False, repr=False)

    @property
    def demandeur(self) -> PersonneLu | None:
        return next((p for p in self.personnes if p.role == DEMANDEUR), None)

    @property
    def conjoint(self) -> PersonneLu | None:
        return next((p for p in self.personnes if p.role == CONJOINT), None)
