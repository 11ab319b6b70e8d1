"""The simulator: for a day, a household, a rank and a breach, the steps, terms and amounts the law allows.

The same engine as the procedures (``reglementation.regimes``). Nothing here is about a person, so every agent may open
it; nothing is suggested: intervals, with the article under each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.reglementation.montants import CENTIME, montant_forfaitaire
from cordee.reglementation.parametres import ParametreInconnu
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.reglementation.regimes import (
    Article,
    Cadre,
    ChoixRegime,
    CleEtape,
    EtapeLegale,
    Foyer,
    Niveau,
    RegimeInconnu,
    TypeManquement,
    article,
    cadre,
    choisir_regime,
    etapes_legales,
    pour_cent,
    premier_jour_de_decision,
)
from cordee.socle import horloge
from cordee.web.composants.saisies import SaisieDate
from cordee.web.socle.acces import acces

RANGS = [(1, "Premier manquement"), (2, "Persistance ou réitération")]


class FormulaireSimulateur(forms.Form):
    """What the address keeps: every field has a value, so that the page always answers."""

    faits = forms.DateField(label="Faits du", widget=SaisieDate)
    decision = forms.DateField(label="Décision du", widget=SaisieDate, required=False, help_text="Vide : même jour.")
    foyer = forms.IntegerField(label="Personnes du foyer", min_value=1, max_value=15)
    majore = forms.BooleanField(
        label="RSA majoré", required=False, help_text="Parent isolé, ou femme enceinte sans conjoint."
    )
    rang = forms.TypedChoiceField(label="Rang", coerce=int, choices=RANGS)
    nature = forms.ChoiceField(
        label="Manquement", required=False, choices=[("", "Ceux du contrat"), *TypeManquement.choices()]
    )
    allocation = forms.DecimalField(
        label="Allocation du mois (€)", required=False, min_value=0, max_value=5000, decimal_places=2,
        help_text="Vide : montant forfaitaire du foyer.",
    )  # fmt: skip
    recue = forms.DateField(
        label="Lettre reçue le", widget=SaisieDate, required=False, help_text="Pour connaître le premier jour possible."
    )

    def clean(self) -> dict[str, Any]:
        lus = super().clean() or self.cleaned_data
        if lus.get("faits") and lus.get("decision") and lus["decision"] < lus["faits"]:
            self.add_error("decision", "La décision ne peut pas précéder les faits.")
        return lus


@dataclass(frozen=True, slots=True)
class NiveauAffiche:
    """One kind of measure in words and euros."""

    niveau: Niveau
    part: str
    duree: str
    par_mois: str
    au_plus: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class EtapeAffichee:
    """One step, with the texts it cites and its term where a day is known."""

    etape: EtapeLegale
    articles: tuple[Article, ...]
    terme: str


@acces()
def simulateur(request: HttpRequest) -> HttpResponse:
    """The question in the address, the answer of the law beside it."""
    au = horloge.aujourdhui()
    depart = {"faits": au.isoformat(), "foyer": "1", "rang": "1"}
    form = FormulaireSimulateur({**depart, **{c: v for c, v in request.GET.items() if v}})
    contexte: dict[str, Any] = {"form": form, "au": au}
    if form.is_valid():
        try:
            contexte |= repondre(form.cleaned_data)
        except RegimeInconnu as erreur:
            form.add_error("faits", str(erreur))
    return render(request, "devoirs/simulateur.html", contexte, status=200 if form.is_valid() else 422)


def repondre(lus: dict[str, Any]) -> dict[str, Any]:
    """What the law says, ready to draw.

    Raises:
        RegimeInconnu: facts before the RSA existed.
    """
    faits: date = lus["faits"]
    decision: date = lus.get("decision") or faits
    foyer, rang = Foyer(lus["foyer"], majore=lus["majore"]), lus["rang"]
    nature = TypeManquement(lus["nature"]) if lus.get("nature") else None
    choix = choisir_regime(faits_le=faits, decision_le=decision, foyer=foyer, rang=rang, nature=nature)
    permis = cadre(regime=choix.retenu, au=decision, foyer=foyer, rang=rang, nature=nature, faits_le=faits)
    allocation = lus.get("allocation")
    base = allocation if allocation is not None else forfait(foyer, decision)
    return {
        "choix": choix, "cadre": permis, "autre": _autre(choix, decision, foyer, rang, nature), "base": base,
        "base_saisie": allocation is not None, "qui": foyer_en_mots(foyer),
        "niveaux": [montrer(n, base) for n in permis.niveaux],
        "locaux": [montrer(n, base) for n in permis.bareme_local.niveaux] if permis.bareme_local else [],
        "etapes": _etapes(permis, lus.get("recue")),
        "article_fin": [article(ref) for ref in _refs(permis.fin_de_droit.article)],
    }  # fmt: skip


def montrer(n: Niveau, base: Decimal | None) -> NiveauAffiche:
    """A level in words, and in euros where the allowance is known."""
    bas, haut = _bornes(n)
    euros = base is not None and n.montant_max is None
    return NiveauAffiche(
        niveau=n, part=part_en_mots(n), duree=duree_en_mots(n), articles=tuple(article(ref) for ref in n.articles),
        par_mois=f"{_entre(_euros(base, bas), _euros(base, haut))} par mois" if euros and base is not None else "",
        au_plus=_eur(_euros(base, haut) * n.duree_max_mois) if euros and base is not None else "",
    )  # fmt: skip


def part_en_mots(n: Niveau) -> str:
    """The share, as the text gives it for this household."""
    if n.montant_max is not None:
        return f"{_eur(n.montant_max)} au plus par mois"
    bas, haut = _bornes(n)
    if bas == haut:
        return f"{pour_cent(haut)} de l'allocation"
    return f"{f'de {pour_cent(bas)} à' if bas else 'jusqu’à'} {pour_cent(haut)} de l'allocation"


def duree_en_mots(n: Niveau) -> str:
    if n.duree_min_mois == n.duree_max_mois:
        return f"{n.duree_max_mois} mois"
    return f"{n.duree_min_mois} à {n.duree_max_mois} mois"


def forfait(foyer: Foyer, au: date) -> Decimal | None:
    """The lump sum of a household of that size: a couple and its children, or a lone parent where it is increased."""
    adultes = 1 if foyer.majore or foyer.personnes == 1 else 2
    try:
        return montant_forfaitaire(adultes=adultes, enfants=foyer.personnes - adultes, au=au, majore=foyer.majore)
    except ParametreInconnu:
        return None


def foyer_en_mots(foyer: Foyer) -> str:
    """
    >>> foyer_en_mots(Foyer(1, majore=True)), foyer_en_mots(Foyer(3))
    ('une personne, RSA majoré', '3 personnes')
    """
    texte = "une personne" if foyer.personnes == 1 else f"{foyer.personnes} personnes"
    return f"{texte}, RSA majoré" if foyer.majore else texte


# Parts --------------------------------------------------------------------------------------------------------------
def _autre(
    choix: ChoixRegime, decision: date, foyer: Foyer, rang: int, nature: TypeManquement | None
) -> dict[str, Any] | None:
    """The regime that is not retained, shown beside when the law changed in between (E20)."""
    if not choix.different:
        return None
    id_autre = choix.de_la_decision if choix.retenu == choix.des_faits else choix.des_faits
    ecarte = cadre(regime=id_autre, au=decision, foyer=foyer, rang=rang, nature=nature)
    return {"regime": ecarte.regime, "niveaux": [montrer(n, None) for n in ecarte.niveaux]}


def _etapes(permis: Cadre, recue: date | None) -> list[EtapeAffichee]:
    jours = permis.regime.contradictoire.jours
    lignes = []
    for etape in etapes_legales(permis):
        terme = ""
        if recue and etape.cle is CleEtape.DECISION:
            terme = f"Au plus tôt le {date_en_toutes_lettres(premier_jour_de_decision(recue, jours=jours))}."
        lignes.append(EtapeAffichee(etape, tuple(article(ref) for ref in etape.articles), terme))
    return lignes


def _refs(texte: str) -> list[str]:
    """The texts named by « CASF R262-40 3° et R262-68-6 »."""
    premier, *suite = texte.split(" et ")
    return [premier, *(f"CASF {ref}" for ref in suite)]


def _bornes(n: Niveau) -> tuple[Decimal, Decimal]:
    return n.quotite_min or Decimal(0), Decimal(1) if n.quotite_max is None else n.quotite_max


def _euros(base: Decimal | None, part: Decimal) -> Decimal:
    return ((base or Decimal(0)) * part).quantize(CENTIME, ROUND_HALF_UP)


def _eur(montant: Decimal) -> str:
    return f"{montant.quantize(CENTIME):,.2f}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",") + " €"


def _entre(bas: Decimal, haut: Decimal) -> str:
    if bas == haut:
        return _eur(haut)
    return f"{_eur(bas)} à {_eur(haut)}" if bas else f"jusqu'à {_eur(haut)}"
