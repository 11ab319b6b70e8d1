"""The structure of a VRSB0801 file: which element stands in which, in which order, how values are padded.

Source: the public schema of the CNAF (structure V4200 to V62, in force in the files met so far). Order matters: the
schema is a sequence everywhere. Marks: ``?`` optional, ``*`` repeated (possibly absent), ``+`` repeated, at least one.
"""

from __future__ import annotations

from typing import Final, NamedTuple

_STRUCTURE = """
Racine: IdentificationFlux InfosFoyerRSA* TransmissionFlux
IdentificationFlux: APPLIEME NUMVERSIONAPPLIEME TYPEFLUX NATFLUX DTCREAFLUX HEUCREAFLUX DTREF
TransmissionFlux: NBTOTDOSRSATRANSM NBTOTDOSRSATRANSMANO
InfosFoyerRSA: IdentificationRSA Personne+ DonneesAdministratives PrestationRSA Evenement* Controle? Anomalie*

IdentificationRSA: Organisme Partenaire DemandeRSA DemandeRMI? OrganismeCedant? OrganismePrenant?
Organisme: FONORG NUMORG MATRICULE
Partenaire: TYPEPARTE IDEPARTE
DemandeRSA: DTDEMRSA NUMDEMRSA
DemandeRMI: DateDemandeRMI NumeroInstructionRMI
DateDemandeRMI: DTDEMRMI
NumeroInstructionRMI: NUMDEPINSRMI TYPEINSRMI NUMCOMINSRMI NUMAGRINSRMI NUMDOSINSRMI NUMCLI
OrganismeCedant: FONORGCEDMUT NUMORGCEDMUT MATRICULEORGCEDMUT? DDARRMUT
OrganismePrenant: FONORGPRENMUT NUMORGPRENMUT DDDEPAMUT

Personne: Identification DossierCAF Prestations+ Rattachement* DossierPoleEmploi? Ressources?
    MontantCalculDroitRSAPersonne? Activite* PensionAlimentaire? Grossesse? InformationsAgricoles? AvisPCGPersonne?
    AvisCGSSDOMPersonne?
Identification: QUAL? NOM NOMNAI PRENOM PRENOM2? PRENOM3? NOMCOMNAI DTNAI RGNAI? TYPEDTNAI? NIR? TOPVALIEC? SEXE
DossierCAF: TOPRESPDOS DDRATDOS DFRATDOS? NUMDEMRSAPRECE?
Prestations: NATPREST ROLEPERS TOPCHAPERS
Rattachement: NOMNAI PRENOM DTNAI NIR? TYPEPAR
DossierPoleEmploi: IDASSEDIC
Ressources: GeneraliteRessourcesTrimestre RessourcesMensuelles*
GeneraliteRessourcesTrimestre: TOPRESSNUL DDRESS DFRESS
RessourcesMensuelles: GeneraliteRessourcesMensuelles DetailRessourcesMensuelles+
GeneraliteRessourcesMensuelles: MOISRESS NBHEUMENTRA?
DetailRessourcesMensuelles: NATRESS MTNATRESSMEN ABANEU?
MontantCalculDroitRSAPersonne: TOPPERSDRODEVORSA TOPPERSENTDRODEVORSA? MTPERSRESSMENRSA? MTPERSABANEURSA?
Activite: REG? ACT DDACT DFACT? NATCONTRTRA? TOPCONDADMETI?
PensionAlimentaire: Asf* CreanceAlimentaire*
Asf: SITASF PARASSOASF DDASF DFASF?
CreanceAlimentaire: ETATCREALIM DDCREALIM DFCREALIM? ORIOBLALIM MOTIDISCREALIM? COMMCREALIM? MTSANCREALIM?
Grossesse: DDGRO DFGRO? DTDECLGRO NATFINGRO?
InformationsAgricoles: MTBENAGRI? REGFISAGRI? DTBENAGRI?
AvisPCGPersonne: ConditionETI? Derogation* ExclueRSA? Liberalite?
ConditionETI: AVISEVARESSNONSAL DTSOURESSNONSAL DTEVARESSNONSAL? MTEVARESSNONSAL?
Derogation: TYPEDERO AVISDERO DDAVISDERO DFAVISDERO?
ExclueRSA: EXCL DDEXCL DFEXCL?
Liberalite: MTLIBERNONDECL DTABSDECLLIBER
AvisCGSSDOMPersonne: JUSACTDOM RESUJUSACTDOM

DonneesAdministratives: SituationFamille Adresse+
SituationFamille: SITFAM DDSITFAM REGAGRIFAM?
Adresse: TroncCommunAdresse AdresseDetailleeFrance? AdresseHorsFrance?
TroncCommunAdresse: RGADR DTEMM? PAYS TYPEADR ETATADR
AdresseDetailleeFrance: COMPLIDEADR COMPLADR NUMVOIE LIBTYPEVOIE NOMVOIE LIEUDIST NUMCOM CODEPOS NOMCOM
AdresseHorsFrance: LIBLIG2ADR LIBLIG3ADR LIBLIG4ADR LIBLIG5ADR LIBLIG6ADR LIBLIG7ADR

PrestationRSA: SituationDossierRSA DetailDroitRSA
SituationDossierRSA: EtatDossierRSA Refus? SuspensionDroit* SuspensionVersement* FinDroit? FinDroitMoisAnterieur?
EtatDossierRSA: ETATDOSRSA
Refus: DTREFURSA MOTIREFURSA
SuspensionDroit: MOTISUSDRORSA DDSUSDRORSA NATGROUPFSUS?
SuspensionVersement: MOTISUSVERSRSA DDSUSVERSRSA
FinDroit: MOTICLORSA DTCLORSA
FinDroitMoisAnterieur: MOTICLORSA DTCLORSA
DetailDroitRSA: TroncCommunDroitRSA SpecificiteDOM? MontantsCalculDroitRSA? DetailCalculDroitRSA* AvisPCGDroitRSA?
TroncCommunDroitRSA: TOPSANSDOMFIXE NBENFAUTCHA? ORIDEMRSA DTORIDEMRSA? TOPFOYDRODEVORSA?
SpecificiteDOM: SURFAGRIDOM DDSURFAGRIDOM SURFAGRIDOMPLA? NBTOTAIDEFAMSURFDOM? NBTOTPERSMAJOSURFDOM?
MontantsCalculDroitRSA: DDELECAL DFELECAL? MTREVMINIGARARSA MTPENTRSA? MTLOCALRSA? MTREVGARARSA MTPFRSA? MTALRSA?
    MTRESSMENRSA MTSANOBLALIMRSA? MTREDHOSRSA? MTREDCGRSA? MTCUMINTEGRSA? MTABANEURSA? MTTOTDRORSA
DetailCalculDroitRSA: NATPF SOUSNATPF DDNATDRO DFNATDRO? MTRSAVERS? DTDERRSAVERS?
AvisPCGDroitRSA: ConditionAdministrative* ReductionRSA* PaiementTiers?
ConditionAdministrative: AVISCONDADMRSA MOTICONDADMRSA COMM1CONDADMRSA? COMM2CONDADMRSA? DTEFFAVISCONDADMRSA
ReductionRSA: MTREDRSA DDREDRSA DFREDRSA?
PaiementTiers: AVISDESTPAIRSA DTAVISDESTPAIRSA NOMTIE TYPEPERSTIE

Evenement: DTLIQ HEULIQ FG
Controle: ControleAdministratif*
ControleAdministratif: IdentificationCibleControleAdministratif IdentificationControleAdministratif
    ModaliteControleAdministratif ResultatControleAdministratif
IdentificationCibleControleAdministratif: DTEFFCIBCONTRO CIBCONTRO CIBCONTROMSA?
IdentificationControleAdministratif: DTDETECCONTRO DTCLOCONTRO
ModaliteControleAdministratif: LIBCIBCONTRO FAMCIBCONTRO NATCIBCONTRO COMMACONTRO TYPECONTRO
ResultatControleAdministratif: TYPEIMPACCONTRO MTINDURSACGCONTRO? MTRAPRSACGCONTRO?
Anomalie: LIBANO
"""

FOYER: Final = "InfosFoyerRSA"
IDENTIFICATION: Final = "IdentificationFlux"
TRANSMISSION: Final = "TransmissionFlux"
RACINE: Final = "Racine"


class Enfant(NamedTuple):
    """An element that may stand in a block."""

    balise: str
    obligatoire: bool
    repete: bool


def _structure() -> dict[str, tuple[Enfant, ...]]:
    blocs: dict[str, tuple[Enfant, ...]] = {}
    for ligne in _STRUCTURE.replace("\n    ", " ").splitlines():
        if not ligne:
            continue
        nom, _, enfants = ligne.partition(":")
        blocs[nom] = tuple(Enfant(mot.rstrip("?*+"), mot[-1] not in "?*", mot[-1] in "*+") for mot in enfants.split())
    return blocs


BLOCS: Final = _structure()
"""Block name → its children in order."""
REPETES: Final = frozenset(enfant.balise for enfants in BLOCS.values() for enfant in enfants if enfant.repete)
"""Blocks that may stand several times: always lists in ``detail``."""
PARENTS: Final = {enfant.balise: nom for nom, enfants in BLOCS.items() for enfant in enfants if enfant.balise in BLOCS}
"""Block name → the block it stands in (each block has one place only)."""

ENTIERS: Final = {
    "RGADR": 2,
    "NBENFAUTCHA": 2,
    "NBHEUMENTRA": 3,
    "RGNAI": 1,
    "NBTOTDOSRSATRANSM": 8,
    "NBTOTDOSRSATRANSMANO": 8,
}
"""Whole numbers → digits, padded with zeros on the left."""
LARGEUR_MONTANT: Final = 10
"""Amounts are written ``0001675.00``: seven digits, a point, two digits."""
