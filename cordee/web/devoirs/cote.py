"""The right-hand column of a file: what the law allows this household, and its euros before, during and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cordee.metier.devoirs.enums import NatureMesure
from cordee.metier.devoirs.models import MesureDecidee
from cordee.metier.devoirs.selectors.contexte import Qualification
from cordee.metier.devoirs.selectors.foyers import foyers_par_mois, mesures_du_foyer
from cordee.metier.personnes.models import DroitFoyer, Personne
from cordee.metier.personnes.selectors import foyer_courant
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.prestations import MoisDu, MoisRetenu, retenues
from cordee.reglementation.redaction import MOIS
from cordee.reglementation.regimes import (
    Foyer,
    MesureDuFoyer,
    PlafondDuMois,
    ProjetMesure,
    article,
    mois_de,
    plafonds_par_mois,
    pour_cent,
    premier_du_mois,
    regime,
)
from cordee.web.devoirs.simulateur import foyer_en_mots, montrer
from cordee.web.prestations.bloc import url_du_bloc


@dataclass(frozen=True, slots=True, kw_only=True)
class Cote:
    """What stands beside the procedure. ``allocation``: last amount a file gave, for those who may see it (V2)."""

    question: Qualification | None
    qui: str
    niveaux: list[Any]
    allocation: Decimal | None
    allocation_du: date | None
    mois: tuple[MoisRetenu, ...]
    perte: Decimal
    plafonds: list[str]
    autre: Any
    article_fin: list[Any]
    estimation: str
    assiette: str


def composer(
    personne: Personne, question: Qualification | None, *, au: date, montants: bool,
    projet: ProjetMesure | None = None, mesure: MesureDecidee | None = None,
) -> Cote:  # fmt: skip
    """The column, for a file with or without a measure in mind."""
    droit = _dernier_droit(personne) if montants else None
    allocation = droit.montant if droit else None
    permis = question.cadre if question else None
    code = question.regime.retenu if question else (mesure.regime if mesure else "")
    visee = projet or (_projet_de(mesure) if mesure else None)
    lignes = _lignes(personne, visee, allocation, code)
    return Cote(
        question=question, qui=foyer_en_mots(question.foyer) if question and question.foyer else "",
        niveaux=[montrer(n, allocation) for n in permis.niveaux] if permis else [],
        allocation=allocation, allocation_du=droit.debut if droit else None, mois=lignes,
        perte=sum((m.retenue for m in lignes), Decimal(0)),
        plafonds=[
            _plafond_dit(p)
            for p in _plafonds(personne, visee, code, sauf=mesure.pk if mesure else None)
            if p.mois >= min(premier_du_mois(au), premier_du_mois(visee.debut) if visee else premier_du_mois(au))
        ],
        estimation=url_du_bloc(personne, visee, regime_retenu=code) if lignes and visee else "",
        autre=_autre(question), assiette=regime(code).assiette.libelle if code else "",
        article_fin=[article(r) for r in _refs(permis.fin_de_droit.article)] if permis else [],
    )  # fmt: skip


def _plafond_dit(p: PlafondDuMois) -> str:
    """One month of the ceiling, in words."""
    mois = f"{MOIS[p.mois.month - 1].capitalize()} {p.mois.year}"
    retire = f"{pour_cent(p.cumul)} retirés"
    if p.plafond is None:
        return f"{mois} : {retire}, pas de plafond pour une personne seule."
    suite = "" if p.respecte else " : plafond dépassé, la part doit baisser"
    return f"{mois} : {retire}, {pour_cent(p.plafond)} au plus{suite}."


def _refs(texte: str) -> list[str]:
    premier, *suite = texte.split(" et ")
    return [premier, *(f"CASF {ref}" for ref in suite)]


def _autre(question: Qualification | None) -> Any:
    """The regime set aside, when the law changed between the facts and today."""
    if question is None or not question.regime.different:
        return None
    choix = question.regime
    return regime(choix.de_la_decision if choix.retenu == choix.des_faits else choix.des_faits)


def _dernier_droit(personne: Personne) -> DroitFoyer | None:
    foyer = foyer_courant(personne)
    if foyer is None:
        return None
    return DroitFoyer.objects.filter(foyer=foyer, montant__isnull=False).order_by("-debut", "-pk").first()


def _projet_de(mesure: MesureDecidee) -> ProjetMesure | None:
    if mesure.mois is None or (mesure.taux is None and mesure.montant is None):
        return None
    return ProjetMesure(
        nature=NatureMesure(mesure.nature), quotite=None if mesure.taux is None else Decimal(mesure.taux) / 100,
        montant=mesure.montant, mois=mesure.mois, debut=mesure.debut,
    )  # fmt: skip


def _lignes(
    personne: Personne, projet: ProjetMesure | None, allocation: Decimal | None, code: str
) -> tuple[MoisRetenu, ...]:
    """The month before, those of the measure, the month after, on the last amount known (E22)."""
    if projet is None or allocation is None or not code or projet.mois < 1:
        return ()
    if projet.quotite is None and projet.montant is None:
        return ()
    premier = ajouter_mois(premier_du_mois(projet.debut), -1)
    foyers = foyers_par_mois(personne, du=premier, mois=projet.mois + 2)
    dus = [MoisDu(mois=m, du=allocation, foyer=foyers.get(m, Foyer(1))) for m in mois_de(premier, projet.mois + 2)]
    return retenues(projet, dus, regime_retenu=code)


def _plafonds(
    personne: Personne, projet: ProjetMesure | None, code: str, *, sauf: int | None
) -> tuple[PlafondDuMois, ...]:
    """What the household bears each month, this measure and the others together."""
    if not code:
        return ()
    mesures = list(mesures_du_foyer(personne, sauf=sauf))
    if projet is not None and projet.quotite is not None and projet.mois:
        mesures.append(MesureDuFoyer(quotite=projet.quotite, debut=projet.debut, mois=projet.mois))
    if not mesures:
        return ()
    debut = min(m.debut for m in mesures)
    foyers = foyers_par_mois(personne, du=debut, mois=1)
    if not foyers:
        return ()
    fin = max(mois_de(m.debut, m.mois)[-1] for m in mesures)
    nombre = (fin.year - debut.year) * 12 + fin.month - debut.month + 1
    return plafonds_par_mois(foyers_par_mois(personne, du=debut, mois=nombre), mesures, regime=code)
