"""What the import stores of the last photo beside its columns, written straight from the household.

The same as ``foyers.foyer_lu``, written to a file, read and decomposed (``caf.lignes``) would give, ten times sooner:
``tests/demo/histoire/test_versement.py`` holds both equal, down to the last element of each ``detail``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cordee.demo import identites
from cordee.demo.foyers import (
    AUTRE_CAF,
    ORGANISMES,
    Montants,
    commune_en_majuscules,
    matricule_de,
    montants_de,
    nature_du_droit,
    nir_envoye,
    trimestre,
)
from cordee.demo.histoire.lieux import public_de
from cordee.demo.modele import Adresse, Individu, Menage
from cordee.echanges.caf.foyer import AdresseLu
from cordee.echanges.caf.lignes import NUL, Carte, Sceau, sceller
from cordee.metier.personnes.enums import NatureAdresse

_SANS_RESSOURCES = frozenset("015")


def _montant(valeur: Decimal | int) -> str:
    """As files write amounts.

    >>> _montant(Decimal("607.75"))
    '0000607.75'
    """
    return f"{valeur:010.2f}"


# The household -----------------------------------------------------------------------------------------------------
def detail_du_foyer(menage: Menage) -> str:
    """``personnes_foyer.detail``."""
    blocs = [
        f'"Organisme":{{"FONORG":"{menage.organisme}","NUMORG":"{ORGANISMES[menage.organisme][1]}",'
        f'"MATRICULE":"{matricule_de(menage).ljust(15, "0")}"}}',
        '"Partenaire":{"TYPEPARTE":"CG","IDEPARTE":"094"}',
        f'"DemandeRSA":{{"DTDEMRSA":"{menage.date_demande}","NUMDEMRSA":"{menage.numdemrsa}"}}',
    ]
    if menage.cedant:
        blocs.append(
            f'"OrganismeCedant":{{"FONORGCEDMUT":"CAF","NUMORGCEDMUT":"{AUTRE_CAF}","DDARRMUT":"{menage.date_demande}"}}'
        )
    if menage.prenant:
        blocs.append(
            f'"OrganismePrenant":{{"FONORGPRENMUT":"{menage.prenant}","NUMORGPRENMUT":"{AUTRE_CAF}",'
            f'"DDDEPAMUT":"{menage.motif_depuis or ""}"}}'
        )
    return (
        f'{{"IdentificationRSA":{{{",".join(blocs)}}},"DonneesAdministratives":{{"SituationFamille":'
        f'{{"SITFAM":"{menage.situation}","DDSITFAM":"{menage.situation_depuis}"}}}}}}'
    )


_MOTIFS = {
    "1": '"Refus":{{"DTREFURSA":"{depuis}","MOTIREFURSA":"{motif}"}}',
    "3": '"SuspensionDroit":[{{"MOTISUSDRORSA":"{motif}","DDSUSDRORSA":"{depuis}","NATGROUPFSUS":"RSA"}}]',
    "4": '"SuspensionVersement":[{{"MOTISUSVERSRSA":"{motif}","DDSUSVERSRSA":"{depuis}"}}]',
    "5": '"FinDroit":{{"MOTICLORSA":"{motif}","DTCLORSA":"{depuis}"}}',
    "6": '"FinDroitMoisAnterieur":{{"MOTICLORSA":"{motif}","DTCLORSA":"{depuis}"}}',
}


def droit_complet(menage: Menage, photo: date) -> str:
    """State, motive, its date, amount and detail of a right."""
    motif, depuis = menage.motif, menage.motif_depuis
    modele = _MOTIFS.get(menage.etat)
    bloc = f",{modele.format(motif=motif, depuis=depuis or '')}" if modele else ""
    montants = montants_de(menage, photo)
    soumis = int(any(adulte.soumis for adulte in menage.adultes))
    detail = (
        f'{{"SituationDossierRSA":{{"EtatDossierRSA":{{"ETATDOSRSA":"{menage.etat}"}}{bloc}}},"DetailDroitRSA":{{'
        f'"TroncCommunDroitRSA":{{"TOPSANSDOMFIXE":"{int(menage.domicilie)}","NBENFAUTCHA":"{len(menage.enfants):02d}",'
        f'"ORIDEMRSA":"DEM","TOPFOYDRODEVORSA":"{soumis}"}}{_calcul(menage, montants, photo)}{_avis(menage)}}}}}'
    )
    return (
        f"{menage.etat}\t{motif if modele else ''}\t{depuis if modele and depuis else NUL}\t"
        f"{montants.total if montants else NUL}\t{detail}"
    )


def _calcul(menage: Menage, montants: Montants | None, photo: date) -> str:
    if montants is None:
        return ""
    mois = photo.replace(day=1)
    nature, sous_nature = nature_du_droit(menage, photo)
    verse = f',"MTRSAVERS":"{_montant(montants.total)}","DTDERRSAVERS":"{mois}"' if menage.etat == "2" else ""
    garanti, zero = _montant(montants.garanti), _montant(0)
    return (
        f',"MontantsCalculDroitRSA":{{"DDELECAL":"{mois}","MTREVMINIGARARSA":"{garanti}","MTPENTRSA":"{zero}",'
        f'"MTREVGARARSA":"{garanti}","MTPFRSA":"{zero}","MTALRSA":"{_montant(montants.logement)}",'
        f'"MTRESSMENRSA":"{_montant(montants.ressources)}","MTTOTDRORSA":"{_montant(montants.total)}"}},'
        f'"DetailCalculDroitRSA":[{{"NATPF":"{nature}","SOUSNATPF":"{sous_nature}",'
        f'"DDNATDRO":"{menage.date_demande.replace(day=1)}"{verse}}}]'
    )


def _avis(menage: Menage) -> str:
    if menage.motif not in {"CV", "CG"}:
        return ""
    avis, motif = ("A", "NR") if menage.motif == "CG" else ("D", "AU")
    return (
        f',"AvisPCGDroitRSA":{{"ConditionAdministrative":[{{"AVISCONDADMRSA":"{avis}","MOTICONDADMRSA":"{motif}",'
        f'"DTEFFAVISCONDADMRSA":"{menage.motif_depuis or ""}"}}]}}'
    )


# People --------------------------------------------------------------------------------------------------------------
def personne_complete(menage: Menage, individu: Individu, photo: date, sceau: Sceau) -> str:
    """Flag, « entrante », resources and detail of the right of a person."""
    if individu.role == "ENF":
        return f"f\tf\t{NUL}\t{_enfant(menage, individu, photo, sceau)}"
    connu, avec_ressources = individu.soumis is not None, menage.etat not in _SANS_RESSOURCES
    entre = menage.entre_le == photo
    blocs = []
    if individu.inscrit_emploi:
        numero = identites.identifiant_operateur_emploi(individu.ordre)
        blocs.append(f'"DossierPoleEmploi":{{"IDASSEDIC":"{numero}"}}')
    if avec_ressources:
        blocs.append(_ressources(menage, individu, photo))
    if connu:
        montant = f',"MTPERSRESSMENRSA":"{_montant(individu.revenu)}"' if avec_ressources else ""
        blocs.append(
            f'"MontantCalculDroitRSAPersonne":{{"TOPPERSDRODEVORSA":"{int(individu.soumis or False)}",'
            f'"TOPPERSENTDRODEVORSA":"{int(entre)}"{montant}}}'
        )
    contrat = f',"NATCONTRTRA":"{individu.contrat}"' if individu.contrat else ""
    blocs.append(
        f'"Activite":[{{"REG":"GE","ACT":"{individu.activite}","DDACT":"{individu.activite_depuis or ""}"{contrat}}}]'
    )
    if menage.grossesse is not None and individu.sexe == "2":
        declaree = menage.grossesse.fromordinal(menage.grossesse.toordinal() + 70)
        blocs.append(f'"Grossesse":{{"DDGRO":"{menage.grossesse}","DTDECLGRO":"{declaree}"}}')
    if menage.motif == "CV" and individu.activite in {"ETI", "AEN"}:
        blocs.append(
            f'"AvisPCGPersonne":{{"ConditionETI":{{"AVISEVARESSNONSAL":"D",'
            f'"DTSOURESSNONSAL":"{menage.motif_depuis or ""}"}}}}'
        )
    drapeau = ("t" if individu.soumis else "f") if connu else NUL
    entrante = ("t" if entre else "f") if connu else NUL
    ressources = str(individu.revenu) if connu and avec_ressources else NUL
    return f"{drapeau}\t{entrante}\t{ressources}\t{{{','.join(blocs)}}}"


def _ressources(menage: Menage, adulte: Individu, photo: date) -> str:
    debut, fin, mois = trimestre(menage, photo)
    declarees = ""
    if adulte.revenu:
        nature = "030" if adulte.activite in {"ETI", "AEN"} else "001"
        declarees = ",".join(
            f'{{"GeneraliteRessourcesMensuelles":{{"MOISRESS":"{jour}","NBHEUMENTRA":"000"}},'
            f'"DetailRessourcesMensuelles":[{{"NATRESS":"{nature}",'
            f'"MTNATRESSMEN":"{_montant(adulte.revenu + ecart * (adulte.ordre % 20))}"}}]}}'
            for jour, ecart in zip(mois, (-1, 0, 1), strict=True)
        )
        declarees = f',"RessourcesMensuelles":[{declarees}]'
    return (
        f'"Ressources":{{"GeneraliteRessourcesTrimestre":{{"TOPRESSNUL":"{int(adulte.revenu == 0)}","DDRESS":"{debut}",'
        f'"DFRESS":"{fin}"}}{declarees}}}'
    )


def _enfant(menage: Menage, enfant: Individu, photo: date, sceau: Sceau) -> str:
    parent = menage.adultes[0]
    scelle = sceller(nir_envoye(menage, parent), sceau)
    activite = ""
    if enfant.age(photo) > 6:
        activite = f',"Activite":[{{"ACT":"SCO","DDACT":"{enfant.naissance.year + 6}-09-01"}}]'
    return (
        f'{{"Rattachement":[{{"NOMNAI":"{parent.nom_naissance}","PRENOM":"{parent.prenom}",'
        f'"DTNAI":"{parent.naissance}","TYPEPAR":"LEG","NIR_CHIFFRE":"{scelle}"}}],'
        f'"MontantCalculDroitRSAPersonne":{{"TOPPERSDRODEVORSA":"0","TOPPERSENTDRODEVORSA":"0"}}{activite}}}'
    )


# Addresses -----------------------------------------------------------------------------------------------------------
def adresses(menage: Menage, carte: Carte) -> list[str]:
    """What the rows of the addresses hold, by rank from 1, source included."""
    suite = (menage.adresse_precedente,) if menage.adresse_precedente else ()
    return [_adresse(menage, adresse, carte) for adresse in (menage.adresse, *suite)]


def _adresse(menage: Menage, a: Adresse, carte: Carte) -> str:
    if a.commune is None:
        localisation, _ = carte.situer(AdresseLu(pays="HOR"), public_de(menage))
        rue, pays = a.etranger
        return (
            f"{NatureAdresse.HORS_FRANCE}\t{localisation}\t{NUL}\t\t\t\t\t\t\t\t\t\tHOR\t"
            f'["","","{rue}","","","{pays}"]\tD\tNC\t{a.depuis}\tflux\t\tf'
        )
    insee = a.commune.insee
    connue = insee if insee in carte.communes else NUL
    localisation, _ = carte.situer(AdresseLu(insee=insee, pays="FRA"), public_de(menage))
    nature = NatureAdresse.SANS_DOMICILE if menage.domicilie else NatureAdresse.DOMICILE
    return (
        f"{nature}\t{localisation}\t{connue}\t{insee}\t\t{a.complement}\t{a.numero}\t"
        f"{a.type_voie}\t{a.voie}\t\t{a.commune.code_postal}\t{commune_en_majuscules(a.commune.nom)}\tFRA\t[]\tD\tCO\t"
        f"{a.depuis}\tflux\t\tf"
    )
