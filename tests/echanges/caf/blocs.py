"""Household blocks of the payers, written by hand so that reading is not tested with our own writer only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Flux = Callable[..., Path]


ENTETE = """<IdentificationFlux><APPLIEME>CRI</APPLIEME><NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME>
<TYPEFLUX>M</TYPEFLUX><NATFLUX>D</NATFLUX><DTCREAFLUX>2026-01-05</DTCREAFLUX><HEUCREAFLUX>01:18:36.0000</HEUCREAFLUX>
<DTREF>2025-12-31</DTREF></IdentificationFlux>"""

PERSONNE = """<Personne><Identification><QUAL>MME</QUAL><NOM>TIREVENT</NOM><NOMNAI>ABELUNE</NOMNAI><PRENOM>NORA</PRENOM>
<NOMCOMNAI>VALFICTIF</NOMCOMNAI><DTNAI>1988-06-21</DTNAI><NIR>2880699023456</NIR><TOPVALIEC>1</TOPVALIEC>
<SEXE>2</SEXE></Identification>
<DossierCAF><TOPRESPDOS>1</TOPRESPDOS><DDRATDOS>2023-02-14</DDRATDOS></DossierCAF>
<Prestations><NATPREST>PFA</NATPREST><ROLEPERS>RDO</ROLEPERS><TOPCHAPERS>0</TOPCHAPERS></Prestations>
<Prestations><NATPREST>RSA</NATPREST><ROLEPERS>DEM</ROLEPERS><TOPCHAPERS>1</TOPCHAPERS></Prestations>
<MontantCalculDroitRSAPersonne><TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA>
<MTPERSRESSMENRSA>0000120.00</MTPERSRESSMENRSA></MontantCalculDroitRSAPersonne></Personne>"""

FOYER = f"""<InfosFoyerRSA>
<IdentificationRSA><Organisme><FONORG>CAF</FONORG><NUMORG>941</NUMORG><MATRICULE>912345600000000</MATRICULE></Organisme>
<Partenaire><TYPEPARTE>CG </TYPEPARTE><IDEPARTE>094</IDEPARTE></Partenaire>
<DemandeRSA><DTDEMRSA>2023-02-14</DTDEMRSA><NUMDEMRSA>00000010094</NUMDEMRSA></DemandeRSA></IdentificationRSA>
{PERSONNE}
<DonneesAdministratives><SituationFamille><SITFAM>CEL</SITFAM><DDSITFAM>2010-01-01</DDSITFAM></SituationFamille>
<Adresse><TroncCommunAdresse><RGADR>01</RGADR><DTEMM>2021-05-26</DTEMM><PAYS>FRA</PAYS><TYPEADR>D</TYPEADR>
<ETATADR>CO</ETATADR></TroncCommunAdresse><AdresseDetailleeFrance><COMPLIDEADR/><COMPLADR> </COMPLADR>
<NUMVOIE>25</NUMVOIE><LIBTYPEVOIE>RUE</LIBTYPEVOIE><NOMVOIE>DU PITON</NOMVOIE><LIEUDIST> </LIEUDIST>
<NUMCOM>94028</NUMCOM><CODEPOS>94000</CODEPOS><NOMCOM>CRETEIL</NOMCOM></AdresseDetailleeFrance></Adresse>
</DonneesAdministratives>
<PrestationRSA><SituationDossierRSA><EtatDossierRSA><ETATDOSRSA>2</ETATDOSRSA></EtatDossierRSA></SituationDossierRSA>
<DetailDroitRSA><TroncCommunDroitRSA><TOPSANSDOMFIXE>0</TOPSANSDOMFIXE><NBENFAUTCHA>00</NBENFAUTCHA>
<ORIDEMRSA>DEM</ORIDEMRSA></TroncCommunDroitRSA></DetailDroitRSA></PrestationRSA>
</InfosFoyerRSA>"""


def foyer(numero: str = "00000010094", *remplacements: tuple[str, str]) -> str:
    """The household of reference, under another number, with some of its text replaced."""
    texte = FOYER.replace("00000010094", numero)
    for avant, apres in remplacements:
        assert avant in texte, avant
        texte = texte.replace(avant, apres)
    return texte
