"""What a page shows of estimates that are compared: columns, months, words; or how long they still take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from cordee.metier.prestations.enums import Statut
from cordee.metier.prestations.regles import MoisEstime, Resultat
from cordee.metier.prestations.selectors import Estimation, simulations
from cordee.web.prestations import graphique, mots
from cordee.web.socle.export import en_csv

MAXIMUM: Final = 4
LETTRES: Final = "ABC"


@dataclass(frozen=True, slots=True)
class Colonne:
    """One hypothesis: its short name (the chart's), its sentence, its months."""

    nom: str
    titre: str
    estimation: Estimation

    @property
    def court(self) -> str:
        """What stands at the end of a line of the chart."""
        return self.nom.split(" ", 1)[0] if self.nom in ("Sans changement", "Avec l'emploi") else self.nom

    @property
    def resultat(self) -> Resultat:
        if self.estimation.resultat is None:
            raise Http404
        return self.estimation.resultat

    @property
    def mois(self) -> tuple[MoisEstime, ...]:
        return self.resultat.mois

    @property
    def autres(self) -> bool:
        """Whether other resources or family benefits have a column."""
        return any(m.autres_revenus for m in self.mois)

    @property
    def familiales(self) -> bool:
        return any(m.prestations_familiales for m in self.mois)


def lues(request: HttpRequest) -> list[Estimation]:
    """The estimates that the address names, without repetition.

    Raises:
        SimulationIntrouvable: one is not kept any more.
        Http404: none, or too many.
    """
    noms = list(dict.fromkeys(request.GET.getlist("e")))
    if not 0 < len(noms) <= MAXIMUM:
        raise Http404
    return simulations(noms)


def colonnes(estimations: Sequence[Estimation]) -> list[Colonne]:
    """The present situation first, then each job by a letter."""
    sans = [e for e in estimations if e.hypotheses.emploi is None]
    avec = [e for e in estimations if e.hypotheses.emploi is not None]
    lettres = [f"Emploi {lettre}" if len(avec) > 1 else "Avec l'emploi" for lettre in LETTRES]
    return [
        *(Colonne("Sans changement" if avec else "Estimation", mots.emploi_en_mots(None), e) for e in sans),
        *(Colonne(nom, mots.emploi_en_mots(e.hypotheses.emploi), e) for nom, e in zip(lettres, avec, strict=False)),
    ]


def contexte(estimations: Sequence[Estimation]) -> dict[str, Any]:
    """Everything the result template reads; ``attend`` while one of them waits."""
    cols = colonnes(estimations)
    hypotheses = [e.hypotheses for e in estimations]
    parametres = "&".join(f"e={e.empreinte}" for e in estimations)
    commun: dict[str, Any] = {
        "parametres": parametres, "limites": mots.LIMITES, "a_verifier": mots.parametres_a_verifier(hypotheses),
        "version": estimations[0].version, "attend": any(e.attend for e in estimations),
        "echec": any(e.statut is Statut.ECHEC for e in estimations), "titres": [(c.nom, c.titre) for c in cols],
    }  # fmt: skip
    if commun["attend"] or commun["echec"]:
        return {**commun, "pretes": sum(not e.attend for e in estimations), "demandees": len(estimations)}
    sans = next((c for c in cols if c.estimation.hypotheses.emploi is None), None)
    return {
        **commun,
        "colonnes": cols,
        "sans": sans,
        "conclusions": [
            (c, mots.conclusion(sans.resultat, c.resultat, c.estimation.hypotheses.emploi))
            for c in cols
            if sans is not None and c.estimation.hypotheses.emploi is not None
        ],
        "comparaison": [
            (cote[0].mois, [(c.nom, m.total) for c, m in zip(cols, cote, strict=True)])
            for cote in zip(*(c.mois for c in cols), strict=True)
        ],
        "phrase": phrase(cols),
        "calculee_le": max(e.calculee_le for e in estimations if e.calculee_le),
        "plusieurs": len(cols) > 1,
    }


def phrase(cols: Sequence[Colonne]) -> str:
    """The chart in one sentence."""
    fins = ", ".join(f"{c.nom[:1].lower()}{c.nom[1:]} {mots.euros(c.mois[-1].total)}" for c in cols)
    debut, fin = cols[0].mois[0].mois, cols[0].mois[-1].mois
    return f"Ressources du mois, {pour(debut)} à {mots.mois_en_mots(fin)}. Le dernier mois : {fins}."


def pour(mois: Any) -> str:
    return mots.pour_mois(mois)


def dessin(estimations: Sequence[Estimation]) -> HttpResponse:
    """The chart as JSON."""
    cols = colonnes(estimations)
    return JsonResponse(
        graphique.courbes([c.court for c in cols], [c.resultat for c in cols], description=phrase(cols))
    )


def fichier(estimations: Sequence[Estimation]) -> HttpResponse:
    """The months of every hypothesis as a file, without any name."""
    entetes = ["Hypothèse", "Mois", "RSA", "Prime d'activité", "Salaires", "Autres ressources",
               "Prestations familiales", "Total"]  # fmt: skip
    lignes = [
        [
            c.titre,
            f"{m.mois:%m/%Y}",
            m.rsa,
            m.prime_activite,
            m.salaires,
            m.autres_revenus,
            m.prestations_familiales,
            m.total,
        ]
        for c in colonnes(estimations)
        for m in c.mois
    ]
    return en_csv("estimation", entetes, lignes)
