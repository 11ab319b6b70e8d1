"""Months of files in a few words, and their loading through the real pipeline."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.caf.services import charger, recevoir
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.echanges.caf.blocs import ENTETE, PERSONNE

JANVIER, FEVRIER, MARS, AVRIL = (date(2026, mois, 28) for mois in (1, 2, 3, 4))
"""Reference dates of four monthlies (created five days later)."""

CONJOINT = (
    PERSONNE.replace("NORA", "ILYAS")
    .replace("ABELUNE", "ROCHEVERT")
    .replace("2880699023456", "1851199123002")
    .replace("1988-06-21", "1985-11-02")
    .replace(">DEM<", ">CJT<")
    .replace(">RDO<", ">CJT<")
    .replace("<SEXE>2<", "<SEXE>1<")
)
ENFANT = (
    PERSONNE.replace("NORA", "LOU")
    .replace("2880699023456", "2150699023457")
    .replace("1988-06-21", "2015-06-21")
    .replace(">DEM<", ">ENF<")
    .replace(">RDO<", ">ENF<")
    .split("<MontantCalculDroitRSAPersonne>")[0]
    + "</Personne>"
)
CLOS = ("<ETATDOSRSA>2<", "<ETATDOSRSA>5<")
FLAG_A_ZERO = ("<TOPPERSDRODEVORSA>1<", "<TOPPERSDRODEVORSA>0<")
SANS_FLAG = ("<TOPPERSDRODEVORSA>1</TOPPERSDRODEVORSA>", "")
AILLEURS = ("<NOMVOIE>DU PITON<", "<NOMVOIE>DES CIMES<")
PARTANTE = (
    "</DemandeRSA>",
    "</DemandeRSA><OrganismePrenant><FONORGPRENMUT>CAF</FONORGPRENMUT><NUMORGPRENMUT>131</NUMORGPRENMUT>"
    "<DDDEPAMUT>2026-02-01</DDDEPAMUT></OrganismePrenant>",
)
ARRIVANTE = (
    "</DemandeRSA>",
    "</DemandeRSA><OrganismeCedant><FONORGCEDMUT>CAF</FONORGCEDMUT><NUMORGCEDMUT>131</NUMORGCEDMUT>"
    "<DDARRMUT>2026-01-01</DDARRMUT></OrganismeCedant>",
)


def clos(motif: str) -> tuple[tuple[str, str], ...]:
    """The household's right is closed for that motive."""
    fin = f"</EtatDossierRSA><FinDroit><MOTICLORSA>{motif}</MOTICLORSA><DTCLORSA>2026-01-31</DTCLORSA></FinDroit>"
    return CLOS, ("</EtatDossierRSA>", fin)


def suspendu(motif: str, etat: str = "4") -> tuple[tuple[str, str], ...]:
    """The right (état 3) or its payment (état 4) is suspended for that motive."""
    bloc = {
        "4": f"<SuspensionVersement><MOTISUSVERSRSA>{motif}</MOTISUSVERSRSA>"
        "<DDSUSVERSRSA>2026-01-01</DDSUSVERSRSA></SuspensionVersement>",
        "3": f"<SuspensionDroit><MOTISUSDRORSA>{motif}</MOTISUSDRORSA>"
        "<DDSUSDRORSA>2026-01-01</DDSUSDRORSA></SuspensionDroit>",
    }[etat]
    return ("<ETATDOSRSA>2<", f"<ETATDOSRSA>{etat}<"), ("</EtatDossierRSA>", f"</EtatDossierRSA>{bloc}")


def avec(*personnes: str) -> tuple[str, str]:
    """More people in the household, after the demandeur."""
    return "</Personne>", "</Personne>" + "".join(personnes)


def autre_personne(n: int) -> tuple[tuple[str, str], ...]:
    """The household of somebody else: identity, NIR and beneficiary number of her own."""
    return (
        ("NORA", f"PRENOM{chr(65 + n % 26)}{chr(65 + n // 26)}"),
        ("ABELUNE", f"NOM{chr(65 + n % 26)}{chr(65 + n // 26)}"),
        ("2880699023456", f"28806990{n:05d}"),
        ("1988-06-21", (date(1960, 1, 2) + timedelta(days=37 * n)).isoformat()),
        ("912345600000000", f"{n:07d}00000000"),
    )


def entete(reference: date, *, cree: datetime | None = None, genre: str = "M") -> str:
    """The header of a file; a monthly is created five days after its reference date, at 1:18."""
    cree = cree or datetime.combine(reference + timedelta(days=5), datetime.min.time()).replace(hour=1, minute=18)
    return (
        ENTETE.replace("<TYPEFLUX>M<", f"<TYPEFLUX>{genre}<")
        .replace("<DTCREAFLUX>2026-01-05<", f"<DTCREAFLUX>{cree:%Y-%m-%d}<")
        .replace("01:18:36.0000", f"{cree:%H:%M:%S}.0000")
        .replace("<DTREF>2025-12-31<", f"<DTREF>{reference.isoformat()}<")
    )


def quotidien(jour: date) -> str:
    """The header of a daily file created that day at 3:00."""
    return entete(jour, cree=datetime.combine(jour, datetime.min.time()).replace(hour=3), genre="I")


def importer(
    chemin: Path, *, le: datetime | None = None, recu_le: date | None = None, confirmer: bool = False
) -> Rapport:
    """Receive and load a file, long after its creation unless said."""
    par, le = f.systeme(), le or f.MAINTENANT.replace(month=6)
    fichier = recevoir(chemin=chemin, nom=chemin.name, recu_le=recu_le, par=par, le=le)
    return charger(fichier=fichier, par=par, le=le, confirmer=confirmer)


def genres(personne: Personne | None = None) -> list[str]:
    """Kinds of the events recorded, in order."""
    evenements = Evenement.objects.order_by("id")
    if personne is not None:
        evenements = evenements.filter(personne=personne)
    return list(evenements.values_list("genre", flat=True))


def etat_de(personne: Personne) -> str:
    return Situation.objects.get(personne=personne).etat
