"""What partners would send about the synthetic population (E05): the operator's monthly XML, a partner's table.

With their true defects: dates empty or cut short, people nobody knows here or who are followed elsewhere, a dossier
that says nobody. Rates are hypotheses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final
from xml.sax.saxutils import escape

from xlsxwriter import Workbook

from cordee.demo import identites
from cordee.demo.fichiers import population_pour, reference_de
from cordee.metier.suivi.regles import DateDite

TITRES: Final = ("Numéro de demande RSA", "Rôle", "Nom", "Prénom", "Date de naissance", "Contrat signé le",
                 "Dernier contact", "Prochain contact", "Référent")  # fmt: skip
COLONNES: Final = {
    "numdemrsa": TITRES[0], "role": TITRES[1], "nom": TITRES[2], "prenom": TITRES[3], "naissance": TITRES[4],
    "contrat": TITRES[5], "contact": TITRES[6], "prochain": TITRES[7], "referent": TITRES[8],
}  # fmt: skip
"""The mapping of :func:`ecrire_tableau`, as the data desk would save it."""
JOUR_D_ENVOI: Final = 20
_VIDE: Final = DateDite()
_PART_SUIVIE: Final = 0.49
"""Share of the people soumis whom the operator follows (RUPE: ~23,000 of 47,265)."""
_PART_SIGNEE: Final = 0.82
_PART_TRONQUEE: Final = 0.06
_PART_SANS_CONTACT: Final = 0.2
_PART_INCONNUE: Final = 0.02
_UN_SANS_IDENTITE: Final = 400
REFERENTS: Final = ("Mme AIGUEMONT", "M. BRUMERIVE", "Mme CHANTELUNE", "M. DORECIME")
_BALISES: Final = (("nir", "nir"), ("identifiant", "identifiant"), ("numero-demande-rsa", "numdemrsa"),
                   ("role", "role"), ("nom", "nom"), ("prenom", "prenom"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Suivie:
    """One person as a partner knows her."""

    nom: str
    prenom: str
    naissance: date | None
    nir: str = ""
    identifiant: str = ""
    numdemrsa: str = ""
    role: str = ""
    contrat: DateDite = _VIDE
    contact: DateDite = _VIDE
    prochain: date | None = None
    referent: str = ""


def generer_operateur(mois: str, *, foyers: int, graine: int, sortie: Path) -> int:
    """Make the operator's file sent in ``mois`` about the population of ``fichiers.generer_mensuel``.

    Returns:
        The number of dossiers written.
    """
    return ecrire_operateur(_de_la_population(mois, foyers, graine), reference=reference_de(mois), sortie=sortie)


def generer_tableau(mois: str, *, foyers: int, graine: int, sortie: Path) -> int:
    """Make a partner's table about the same people: a workbook, or a text file when ``sortie`` ends with ``.csv``.

    Returns:
        The number of lines written.
    """
    return ecrire_tableau(_de_la_population(mois, foyers, graine), sortie=sortie)


def ecrire_operateur(suivies: Iterable[Suivie], *, reference: date, sortie: Path) -> int:
    """Write a « fichier-PE-CG », its people identified as the default paths want. Same people, same bytes."""
    fabrique = reference.replace(day=1) + timedelta(days=32)
    fabrique = fabrique.replace(day=JOUR_D_ENVOI)
    ecrits = 0
    with sortie.open("w", encoding="iso-8859-1", errors="xmlcharrefreplace", newline="\n") as fichier:
        fichier.write(
            '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!-- DONNEES SYNTHETIQUES -->\n<fichier-PE-CG>\n<entete>'
            "<fichier>PECG</fichier><periodicite>M</periodicite><departement>094</departement>"
            f"<date-reference>{reference}</date-reference><date-fabrication>{fabrique}</date-fabrication>"
            "<version>001,0</version></entete>\n"
        )
        for suivie in suivies:
            ecrits += 1
            fichier.write(_dossier(suivie) + "\n")
            if ecrits % _UN_SANS_IDENTITE == 0:
                ecrits += 1
                fichier.write(_dossier(Suivie(nom="", prenom="", naissance=None, contrat=suivie.contrat)) + "\n")
        fichier.write(
            f"<fin><departement>094</departement><date-reference>{reference}</date-reference>"
            f"<nb-dossiers>{ecrits:07d}</nb-dossiers></fin>\n</fichier-PE-CG>\n"
        )
    return ecrits


def ecrire_tableau(suivies: Iterable[Suivie], *, sortie: Path) -> int:
    """Write a partner's table under :data:`TITRES`. Same people, same bytes."""
    lignes = [_ligne(suivie) for suivie in suivies]
    if sortie.suffix == ".csv":
        texte = "\r\n".join(";".join(_en_texte(c) for c in ligne) for ligne in (TITRES, *lignes))
        sortie.write_bytes((texte + "\r\n").encode("cp1252", "replace"))
        return len(lignes)
    classeur = Workbook(sortie, {"strings_to_formulas": False, "strings_to_urls": False})
    classeur.set_properties({"comments": "DONNEES SYNTHETIQUES", "created": datetime(2025, 1, 1)})  # noqa: DTZ001
    page, jour = classeur.add_worksheet("Suivi"), classeur.add_format({"num_format": "dd/mm/yyyy"})
    page.write_row(0, 0, TITRES)
    for rang, ligne in enumerate(lignes, start=1):
        for colonne, valeur in enumerate(ligne):
            if isinstance(valeur, date):
                page.write_datetime(rang, colonne, valeur, jour)
            elif valeur:
                page.write_string(rang, colonne, valeur)
    classeur.close()
    return len(lignes)


# Parts --------------------------------------------------------------------------------------------------------------
def _de_la_population(mois: str, foyers: int, graine: int) -> Iterator[Suivie]:
    reference = reference_de(mois)
    population = population_pour(mois, foyers=foyers, graine=graine)
    nombre = 0
    for menage in population.menages:
        for adulte in menage.adultes if menage.transmis else ():
            cle = f"{graine}:{menage.numdemrsa}:{adulte.role}"
            if adulte.soumis and Random(f"suivie:{cle}").random() < _PART_SUIVIE:  # noqa: S311
                nombre += 1
                base = Suivie(
                    nom=adulte.nom, prenom=adulte.prenom, naissance=adulte.naissance, nir=adulte.nir,
                    identifiant=f"{menage.numero:07d}{adulte.role[0]}", numdemrsa=menage.numdemrsa, role=adulte.role,
                )  # fmt: skip
                yield dater(base, debut=menage.date_demande, reference=reference, cle=cle)
    yield from inconnues(nombre, graine=graine, reference=reference)


def dater(suivie: Suivie, *, debut: date, reference: date, cle: str) -> Suivie:
    """Signature and interviews, the same from one month to the next; the future is not known."""
    alea = Random(f"suivi:{cle}")  # noqa: S311 - a story, not a secret
    signe, tronque = alea.random() < _PART_SIGNEE, alea.random() < _PART_TRONQUEE
    signature = debut + timedelta(days=alea.randrange(6, 28))
    referent = alea.choice(REFERENTS)
    contrat = DateDite(signature) if signe and signature <= reference else DateDite()
    if contrat and tronque:
        contrat = DateDite(partielle=f"{signature:%Y}")
    recent = reference - timedelta(days=alea.randrange(2, 40))
    vu = recent >= debut and Random(f"contact:{cle}:{reference}").random() >= _PART_SANS_CONTACT  # noqa: S311
    prochain = reference + timedelta(days=alea.randrange(25, 70)) if contrat else None
    return replace(
        suivie, contrat=contrat, contact=DateDite(recent) if vu else DateDite(), prochain=prochain, referent=referent
    )


def inconnues(nombre: int, *, graine: int, reference: date) -> Iterator[Suivie]:
    """People the partner follows and whom no file has told us of."""
    alea = Random(f"inconnues:{graine}:{reference}")  # noqa: S311
    for _ in range(max(round(nombre * _PART_INCONNUE), 1) if nombre else 0):
        sexe = alea.choice("12")
        naissance = date(1965, 1, 2) + timedelta(days=alea.randrange(13000))
        yield Suivie(
            nom=identites.nom(alea), prenom=alea.choice(identites.PRENOMS[sexe]), naissance=naissance,
            contrat=DateDite(reference - timedelta(days=alea.randrange(1, 200))),
        )  # fmt: skip


def _dossier(s: Suivie) -> str:
    faits = [(balise, getattr(s, champ)) for balise, champ in _BALISES]
    faits.append(("date-naissance", s.naissance.isoformat() if s.naissance else ""))
    identite = "".join(f"<{balise}>{escape(valeur)}</{balise}>" for balise, valeur in faits if valeur)
    return (
        f"<dossier><identification>{identite}</identification><ppae><date-signature>{s.contrat}</date-signature>"
        f"<date-dernier-ent>{s.contact}</date-dernier-ent></ppae></dossier>"
    )


def _ligne(s: Suivie) -> tuple[str | date, ...]:
    return (s.numdemrsa, s.role, s.nom, s.prenom, s.naissance or "", s.contrat.jour or s.contrat.partielle,
            s.contact.jour or s.contact.partielle, s.prochain or "", s.referent)  # fmt: skip


def _en_texte(valeur: str | date) -> str:
    return f"{valeur:%d/%m/%Y}" if isinstance(valeur, date) else valeur
