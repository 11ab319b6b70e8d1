"""Forms of experiments: the protocol of a draft, amendments, explorations, designs, random orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Structure
from cordee.metier.parcours.enums import Voie
from cordee.pilotage.enums_evaluation import Comparateur, Covariable, Critere, Devis, EtatExperience, GenreUnite
from cordee.pilotage.evaluation.regles.protocole import PAR_DEFAUT, Protocole, Traite
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.territoires.models import Commune
from cordee.web.composants.formulaires import FormulaireFiltres, FormulaireRange
from cordee.web.composants.saisies import SaisieDate

RESULTATS: Final = [(c.value, c.libelle) for c in Critere if not c.temoin]
TEMOINS: Final = [(c.value, c.libelle) for c in Critere if c.temoin]
DEVIS: Final = [(d.value, d.libelle) for d in Devis if d is not Devis.ORDRE]
ORIENTATIONS: Final = [
    ("", "Aucune"), *((v.value, f"Parcours : {v.libelle}") for v in Voie),
    *((g.value, f"Organisme : {g.libelle}") for g in GenreOrganismeReferent),
]  # fmt: skip


def communes() -> list[tuple[str, str]]:
    """Code and name of the communes of the département."""
    return list(Commune.objects.order_by("nom").values_list("code_insee", "nom"))


class FiltresExperiences(FormulaireFiltres):
    """What may be looked for among experiments."""

    q = forms.CharField(label="Mots du titre", required=False, max_length=60)
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *EtatExperience.choices()])


class FormulaireProtocole(FormulaireRange):
    """Everything that must be said before looking."""

    cote_a_cote = (("devis", "critere"), ("entrees_du", "debut", "fin"), ("comparateur", "effet_minimal"))

    titre = forms.CharField(label="Titre", max_length=120)
    hypothese = forms.CharField(
        label="Hypothèse, en une phrase", max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ce que vous pensez que l'expérimentation change, et pour qui.",
    )  # fmt: skip
    devis = forms.ChoiceField(label="Qui est concerné", choices=DEVIS)
    critere = forms.ChoiceField(label="Ce qui est mesuré", choices=RESULTATS)
    traites = forms.MultipleChoiceField(
        label="Communes concernées", required=False, help_text="Pour un devis de territoires.",
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    orientation = forms.ChoiceField(
        label="Parcours ou organisme étudié", required=False, choices=ORIENTATIONS,
        help_text="Pour un devis de parcours ou d'organisme.",
    )  # fmt: skip
    entrees_du = forms.DateField(label="Entrées regardées depuis le", widget=SaisieDate)
    debut = forms.DateField(label="Début", widget=SaisieDate)
    fin = forms.DateField(label="Fin déclarée", widget=SaisieDate, help_text="Dernière entrée qui compte.")
    comparateur = forms.ChoiceField(label="Comparées à", choices=Comparateur.choices())
    effet_minimal = forms.FloatField(
        label="Plus petit effet qui compterait (points)", min_value=0.1, max_value=100, localize=True,
        help_text="En dessous, l'expérimentation ne vaudrait pas d'être étendue.",
    )  # fmt: skip
    exclues = forms.MultipleChoiceField(
        label="Communes laissées de côté", required=False, widget=forms.SelectMultiple(attrs={"size": 4}),
        help_text="Les voisines, si elles peuvent perdre ce que les autres gagnent.",
    )  # fmt: skip
    covariables = forms.MultipleChoiceField(
        label="Ce qui rend comparable", required=False, choices=Covariable.choices(),
        widget=forms.CheckboxSelectMultiple, initial=[c.value for c in Covariable],
        help_text="Pour un devis de personnes, de parcours ou d'organisme.",
    )  # fmt: skip
    temoins = forms.MultipleChoiceField(
        label="Témoins, que rien ne peut changer", required=False, choices=TEMOINS,
        widget=forms.CheckboxSelectMultiple, initial=[t for t, _ in TEMOINS],
    )  # fmt: skip
    placebo = forms.DateField(
        label="Date fictive de vérification", required=False, widget=SaisieDate,
        help_text="Un jour d'avant le début, où rien n'a commencé.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lieux = communes()
        self.choisir("traites", lieux)
        self.choisir("exclues", lieux)

    def protocole(self) -> Protocole:
        """The protocol as typed; the rules check it."""
        d = self.cleaned_data
        return Protocole(
            devis=d["devis"], critere=d["critere"], entrees_du=d["entrees_du"].isoformat(),
            debut=d["debut"].isoformat(), fin=d["fin"].isoformat(), effet_minimal=d["effet_minimal"],
            comparateur=d["comparateur"],
            traites=tuple(Traite(u, d["debut"].isoformat()) for u in d["traites"])
            if d["devis"] == Devis.TERRITOIRES else (),
            orientation=d["orientation"] if d["devis"] == Devis.ORIENTATION else "",
            exclues=tuple(d["exclues"]), estimateurs=tuple(e.value for e in PAR_DEFAUT[Devis(d["devis"])]),
            covariables=() if d["devis"] == Devis.TERRITOIRES else tuple(d["covariables"]),
            temoins=tuple(d["temoins"]), placebo_dates=(d["placebo"].isoformat(),) if d["placebo"] else (),
        )  # fmt: skip

    @staticmethod
    def valeurs(p: Protocole) -> dict[str, Any]:
        """A protocol as the form shows it."""
        return {
            "devis": p.devis, "critere": p.critere, "entrees_du": date.fromisoformat(p.entrees_du), "debut": p.debut_le,
            "fin": p.fin_le, "effet_minimal": p.effet_minimal, "comparateur": p.comparateur,
            "traites": [t.unite for t in p.traites], "orientation": p.orientation, "exclues": list(p.exclues),
            "covariables": list(p.covariables), "temoins": list(p.temoins),
            "placebo": date.fromisoformat(p.placebo_dates[0]) if p.placebo_dates else None,
        }  # fmt: skip


class FormulaireAmendement(FormulaireRange):
    """What may change once sealed, and why."""

    cote_a_cote = (("fin", "effet_minimal"),)

    fin = forms.DateField(label="Fin déclarée", widget=SaisieDate)
    effet_minimal = forms.FloatField(label="Plus petit effet qui compterait (points)", min_value=0.1, localize=True)
    exclues = forms.MultipleChoiceField(
        label="Communes laissées de côté", required=False, widget=forms.SelectMultiple(attrs={"size": 4})
    )
    temoins = forms.MultipleChoiceField(
        label="Témoins", required=False, choices=TEMOINS, widget=forms.CheckboxSelectMultiple
    )
    motif = forms.CharField(
        label="Pourquoi", max_length=400, help_text="Cette raison, l'avant et l'après restent au registre."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choisir("exclues", communes())

    def amende(self, p: Protocole) -> Protocole:
        d = self.cleaned_data
        return replace(p, fin=d["fin"].isoformat(), effet_minimal=d["effet_minimal"], exclues=tuple(d["exclues"]),
                       temoins=tuple(d["temoins"]))  # fmt: skip


class FormulaireExploration(FormulaireRange):
    """Another look than the one registered."""

    cote_a_cote = (("critere", "fin"),)

    critere = forms.ChoiceField(label="Ce qui est mesuré", choices=RESULTATS)
    fin = forms.DateField(label="Dernière entrée regardée", widget=SaisieDate)
    exclues = forms.MultipleChoiceField(
        label="Communes laissées de côté", required=False, widget=forms.SelectMultiple(attrs={"size": 4})
    )
    motif = forms.CharField(label="Ce que vous cherchez", max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choisir("exclues", communes())

    def explore(self, p: Protocole) -> Protocole:
        d = self.cleaned_data
        return replace(p, critere=d["critere"], fin=d["fin"].isoformat(), exclues=tuple(d["exclues"]))


class FormulaireMotif(FormulaireRange):
    """A reason that stays in the register."""

    motif = forms.CharField(label="Pourquoi", max_length=400, help_text="Cette raison reste au registre.")


class FormulairePuissance(FormulaireFiltres):
    """How many people, and what is expected, before anything is registered."""

    taux = forms.FloatField(label="Part attendue (%)", min_value=0.5, max_value=99.5, initial=10, localize=True)
    traites = forms.IntegerField(label="Personnes concernées", min_value=10, max_value=1_000_000, initial=3000)
    temoins = forms.IntegerField(label="Personnes de comparaison", min_value=10, max_value=1_000_000, initial=12000)
    traites_avant = forms.IntegerField(label="Concernées, avant", min_value=0, initial=3500, required=False)
    temoins_avant = forms.IntegerField(label="Comparaison, avant", min_value=0, initial=15000, required=False)


class FormulaireOrdre(FormulaireRange):
    """A roll-out to be put in random order."""

    cote_a_cote = (("debut", "vagues", "ecart_jours"),)

    titre = forms.CharField(label="Nom du déploiement", max_length=120)
    genre = forms.ChoiceField(label="Ce qui est mis en ordre", choices=GenreUnite.choices())
    structures = forms.MultipleChoiceField(
        label="Structures", required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    communes = forms.MultipleChoiceField(
        label="Communes", required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    lots = forms.IntegerField(
        label="Nombre de lots", required=False, min_value=4, max_value=104,
        help_text="Pour des convocations du stock : un lot par semaine.",
    )  # fmt: skip
    debut = forms.DateField(label="Première vague le", widget=SaisieDate)
    vagues = forms.IntegerField(label="Vagues", min_value=2, max_value=104, initial=4)
    ecart_jours = forms.IntegerField(label="Jours entre deux vagues", min_value=1, max_value=365, initial=28)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ouvertes = Structure.objects.filter(fin=None).exclude(type=TypeStructure.OPERATEUR_EMPLOI)
        self.choisir("structures", ouvertes.order_by("nom").values_list("code", "nom"))
        self.choisir("communes", communes())

    def unites(self) -> dict[str, str]:
        """Code → name of what is put in order."""
        genre, d = self.cleaned_data["genre"], self.cleaned_data
        if genre == GenreUnite.SEMAINES:
            return {f"lot-{i:02d}": f"Lot {i}" for i in range(1, (d["lots"] or 0) + 1)}
        champ = "structures" if genre == GenreUnite.STRUCTURES else "communes"
        noms = dict(self.fields[champ].choices)  # type: ignore[attr-defined]
        return {code: str(noms[code]) for code in d[champ]}


class FormulaireOrdreExperience(FormulaireRange):
    """What an order is to show."""

    cote_a_cote = (("critere", "effet_minimal"), ("entrees_du", "fin"))

    hypothese = forms.CharField(label="Hypothèse, en une phrase", max_length=400)
    critere = forms.ChoiceField(label="Ce qui est mesuré", choices=RESULTATS)
    effet_minimal = forms.FloatField(label="Plus petit effet qui compterait (points)", min_value=0.1, localize=True)
    entrees_du = forms.DateField(label="Entrées regardées depuis le", widget=SaisieDate)
    fin = forms.DateField(label="Fin déclarée", widget=SaisieDate)
