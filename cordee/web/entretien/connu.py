"""What is already known before the interview, each fact with its source and its date: asked once, never typed twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cordee.echanges.caf.codes import libelle as libelle_caf
from cordee.metier.orientation.enums import ThemeDiagnostic
from cordee.metier.personnes.enums import NatureAdresse, RoleFoyer, SourceDonnee
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import MembreDuFoyer, adresse_courante, foyer_courant, membres_du_foyer
from cordee.metier.suivi.selectors import informations_de
from cordee.web.parcours.formulaires.base import ContexteActe
from cordee.web.socle.identites import age, nom_court


@dataclass(frozen=True, slots=True)
class Fait:
    """One known fact. ``theme``: the theme of the interview beside which it is recalled."""

    libelle: str
    valeur: str
    source: str
    theme: ThemeDiagnostic | None = None


@dataclass(frozen=True, slots=True)
class Connu:
    """All that is known, and the adult members of the household whose file this agent may open."""

    faits: tuple[Fait, ...]
    conjoints: tuple[MembreDuFoyer, ...]

    def du_theme(self, theme: ThemeDiagnostic) -> tuple[str, ...]:
        """What is recalled beside a theme."""
        return tuple(f"{f.valeur} ({f.source})" for f in self.faits if f.theme is theme)


def connu(contexte: ContexteActe) -> Connu:
    """What the files, the partners and the file itself say. Nothing of the right's amounts; no note (V3)."""
    personne, au = contexte.personne, contexte.au
    foyer = foyer_courant(personne)
    du_fichier = _source("Fichier de la caisse", foyer.reference_le if foyer else None)
    faits: list[Fait] = []
    ans = age(personne.date_naissance, au)
    if ans is not None:
        origine = du_fichier if personne.source == SourceDonnee.FLUX else SourceDonnee(personne.source).libelle
        faits.append(Fait("Âge", f"{ans} ans", origine))
    membres = membres_du_foyer(personne=personne, pour=contexte.agent, au=au, droits=contexte.droits)
    if foyer is not None:
        faits += _famille(foyer.situation_familiale, membres, du_fichier, au)
    faits += _logement(contexte)
    if personne.langue or personne.interprete:
        besoin = " · besoin d'un interprète" if personne.interprete else ""
        faits.append(Fait("Langue", f"{personne.langue or 'non précisée'}{besoin}", "Dossier", ThemeDiagnostic.LANGUE))
    faits += _partenaires(contexte)
    adultes = tuple(m for m in membres if m.role in (RoleFoyer.DEM, RoleFoyer.CJT) and m.personne and m.visible)
    faits += [Fait("Dans le foyer", _adulte(m.personne, au), du_fichier) for m in adultes if m.personne]
    return Connu(tuple(faits), adultes)


def _famille(code: str, membres: Iterable[MembreDuFoyer], source: str, au: date) -> list[Fait]:
    faits = []
    if code:
        faits.append(Fait("Situation familiale", libelle_caf("SITFAM", code), source))
    nes = [m.personne.date_naissance for m in membres if m.role is RoleFoyer.ENF and m.personne]
    ages = sorted(a for a in (age(ne, au) for ne in nes) if a is not None)
    if nes:
        nombre = f"{len(nes)} enfant{'s' if len(nes) > 1 else ''}"
        detail = f" ({', '.join(_ans(a) for a in ages)})" if ages else ""
        faits.append(Fait("Enfants", f"{nombre}{detail}", source, ThemeDiagnostic.FAMILLE))
    return faits


def _adulte(qui: Personne, au: date) -> str:
    ans = age(qui.date_naissance, au)
    return nom_court(qui.prenom, qui.nom) + (f", {_ans(ans)}" if ans is not None else "")


def _ans(ans: int) -> str:
    return "moins d'un an" if ans == 0 else f"{ans} an{'s' if ans > 1 else ''}"


def _logement(contexte: ContexteActe) -> list[Fait]:
    adresse = adresse_courante(contexte.personne, contexte.au)
    if adresse is None:
        return []
    source = _source(SourceDonnee(adresse.source).libelle, adresse.debut)
    if adresse.domiciliataire or adresse.chez or adresse.nature == NatureAdresse.DOMICILIATION:
        return [Fait("Logement", "Domiciliation, pas de logement stable connu", source, ThemeDiagnostic.LOGEMENT)]
    if adresse.nature == NatureAdresse.SANS_DOMICILE:
        return [Fait("Logement", "Sans domicile fixe", source, ThemeDiagnostic.LOGEMENT)]
    commune = adresse.commune.nom if adresse.commune else adresse.ville.title()
    return [Fait("Domicile", commune or "Adresse connue", source)] if commune else []


def _partenaires(contexte: ContexteActe) -> list[Fait]:
    faits = []
    for dite in informations_de(contexte.personne)[:3]:
        dit = [f"contrat signé {dite.contrat}"] if dite.contrat_connu else []
        if dite.dernier_contact:
            dit.append(f"dernier contact {dite.dernier_contact}")
        faits.append(Fait(dite.structure.nom, ", ".join(dit) or "suit cette personne", _source("Partenaire", dite.au)))
    return faits


def _source(nom: str, le: date | None) -> str:
    return f"{nom}, {le:%d/%m/%Y}" if le else nom
