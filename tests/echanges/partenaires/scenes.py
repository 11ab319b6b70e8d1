"""People followed by the employment operator, and the files it would send about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import Voie
from cordee.metier.parcours.models import Etape, Situation
from cordee.metier.personnes.models import Personne
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as G
from tests import fabriques as f

LE = f.MAINTENANT  # 17 February 2026
NIRS = ("2900199100001", "2900199100002", "2900199100003", "2900199100004", "2900199100005")


@dataclass
class Monde:
    """The département, its operator, the data desk, the people."""

    eds: Structure
    agence: Structure
    thomas: Agent
    gens: list[Personne] = field(default_factory=list)

    def suivie(self, rang: int = 0, *, structure: Structure | None = None, **champs: Any) -> Personne:
        """Oriented towards the operator and notified, forty days ago: we wait to hear of her."""
        le = LE - timedelta(days=40)
        personne = f.soumise(self.eds, le=le, nir=NIRS[rang], **champs)
        f.orientee(personne, structure or self.agence, voie=Voie.EMPLOI, le=le)
        self.gens.append(personne)
        return personne


def monde() -> Monde:
    f.commune()
    eds = f.structure(nom="EDS de Créteil")
    agence = f.structure(TypeStructure.OPERATEUR_EMPLOI, G.OPERATEUR_EMPLOI, nom="Agence de Créteil")
    f.systeme()
    return Monde(
        eds, agence, f.agent(RoleAgent.GESTIONNAIRE_DONNEES, structure=f.structure(TypeStructure.DEPARTEMENT, ""))
    )


def etape(personne: Personne) -> Etape:
    return Etape.objects.get(personne=personne, fermee_le__isnull=True)


def situation(personne: Personne) -> Situation:
    return Situation.objects.get(personne=personne)


def dossier(
    *, nir: str = "", ide: str = "", nom: str = "", prenom: str = "", ne: str = "", signe: str = "", contact: str = "",
    plus: str = "",
) -> str:  # fmt: skip
    """One block of the operator's file, identified as the default paths want it."""
    faits = (("nir", nir), ("identifiant", ide), ("nom", nom), ("prenom", prenom), ("date-naissance", ne))
    identite = "".join(f"<{cle}>{valeur}</{cle}>" for cle, valeur in faits if valeur)
    return (
        f"<dossier><identification>{identite}</identification><ppae><date-signature>{signe}</date-signature>"
        f"<date-dernier-ent>{contact}</date-dernier-ent>{plus}</ppae></dossier>"
    )


def pecg(
    chemin: Path, *dossiers: str, departement: str = "094", au: str = "2026-01-31", fabrique: str = "2026-02-12",
    annonces: int | None = None, genre: str = "PECG", fin: bool = True, encodage: str = "ISO-8859-1",
) -> Path:  # fmt: skip
    """A whole file of the operator."""
    bloc_fin = (
        f"<fin><departement>{departement}</departement><date-reference>{au}</date-reference>"
        f"<nb-dossiers>{len(dossiers) if annonces is None else annonces:07d}</nb-dossiers></fin>\n"
    )
    corps = "\n".join(dossiers)
    texte = (
        f'<?xml version="1.0" encoding="{encodage}"?>\n<fichier-PE-CG>\n<entete><fichier>{genre}</fichier>'
        f"<periodicite>M</periodicite><departement>{departement}</departement><date-reference>{au}</date-reference>"
        f"<date-fabrication>{fabrique}</date-fabrication><version>001,0</version></entete>\n{corps}\n"
        f"{bloc_fin if fin else ''}</fichier-PE-CG>\n"
    )
    chemin.write_bytes(texte.encode(encodage))
    return chemin


def csv_de(chemin: Path, *lignes: list[str], separateur: str = ";", encodage: str = "cp1252") -> Path:
    chemin.write_bytes("\r\n".join(separateur.join(ligne) for ligne in lignes).encode(encodage))
    return chemin


def xlsx_de(chemin: Path, *lignes: list[Any], feuille: str = "Suivi") -> Path:
    classeur = xlsxwriter.Workbook(chemin)
    classeur.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - the same bytes each time
    page = classeur.add_worksheet(feuille)
    jour = classeur.add_format({"num_format": "dd/mm/yyyy"})
    for rang, ligne in enumerate(lignes):
        for colonne, valeur in enumerate(ligne):
            if isinstance(valeur, datetime | date):
                page.write_datetime(rang, colonne, datetime(valeur.year, valeur.month, valeur.day), jour)  # noqa: DTZ001
            elif valeur is not None:
                page.write(rang, colonne, valeur)
    classeur.close()
    return chemin


def identite(p: Personne) -> list[str]:
    """Name, first name and birth date, as a partner writes them."""
    assert p.date_naissance is not None
    return [p.nom, p.prenom, f"{p.date_naissance:%d/%m/%Y}"]
