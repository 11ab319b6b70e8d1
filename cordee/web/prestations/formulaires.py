"""Forms of the estimates: a household, corrections to what the files say, jobs to compare."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms

from cordee.metier.prestations.enums import Logement, NatureRevenu
from cordee.metier.prestations.regles import Adulte, Emploi, Hypotheses, Revenu
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import decimale
from cordee.web.composants.saisies import SaisieDate

MONTANT_MAX: Final = 20_000
EMPLOIS: Final = 3
"""Jobs that are compared side by side, beside the present situation."""
REVENUS: Final = (
    ("salaire", NatureRevenu.SALAIRE, "Salaire net du mois"),
    ("non_salarie", NatureRevenu.NON_SALARIE, "Revenu d'activité non salariée"),
    ("chomage", NatureRevenu.CHOMAGE, "Allocation chômage nette"),
    ("autres", NatureRevenu.AUTRE, "Autres ressources (pension, rente…)"),
)
_MOIS: Final = re.compile(r"^(0?[1-9]|1[0-2])/((?:19|20)\d\d)$")


def lire_mois(texte: str) -> date:
    """« 03/2021 » as the first day of the month.

    >>> lire_mois(" 3/2021 ")
    datetime.date(2021, 3, 1)

    Raises:
        ValidationError: something else.
    """
    trouve = _MOIS.match(texte.strip())
    if not trouve:
        raise forms.ValidationError(f"« {texte.strip()} » : écrivez le mois puis l'année, par exemple 03/2021.")
    return date(int(trouve[2]), int(trouve[1]), 1)


class ChampMois(forms.CharField):
    """A month and a year, as people write them."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "placeholder": "MM/AAAA", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=10, **kwargs)

    def clean(self, value: Any) -> Any:
        texte = super().clean(value)
        return lire_mois(texte) if texte else None


class ChampMoisListe(forms.CharField):
    """Several months, separated by commas or spaces."""

    def clean(self, value: Any) -> Any:
        texte = super().clean(value)
        return tuple(lire_mois(morceau) for morceau in re.split(r"[,;\s]+", texte or "") if morceau)


def _montant(libelle: str, aide: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=libelle, help_text=aide, required=False, min_value=0, max_value=MONTANT_MAX, decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01", "min": "0"}),
    )  # fmt: skip


class FormFoyer(forms.Form):
    """A household that nobody names."""

    couple = forms.ChoiceField(
        label="Le foyer",
        choices=[("1", "Une personne seule"), ("2", "Un couple")],
        widget=forms.RadioSelect,
        initial="1",
    )
    naissance_1 = ChampMois(label="Mois de naissance", help_text="De la personne, ou du premier adulte.")
    naissance_2 = ChampMois(label="Mois de naissance du second adulte", required=False)
    enfants = ChampMoisListe(
        label="Mois de naissance des enfants à charge", required=False, max_length=200,
        help_text="Séparés par des virgules : 03/2018, 11/2024.",
    )  # fmt: skip
    naissance_attendue = ChampMois(
        label="Naissance attendue", required=False, help_text="En cas de grossesse : le mois prévu."
    )
    isolement = ChampMois(
        label="Majoration pour isolement jusqu'à", required=False,
        help_text="Après une séparation : le dernier des douze mois. Un enfant de moins de trois ans suffit sans cela.",
    )  # fmt: skip
    logement = forms.ChoiceField(label="Logement", choices=Logement.choices(), initial=Logement.AVEC_AIDE.value)
    aide_logement = _montant("Montant de l'aide au logement", "S'il est connu. Il ne compte que s'il est faible.")

    def __init__(self, *args: Any, au: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.au = au
        for rang, suite in ((1, ""), (2, ", second adulte")):
            for nom, _, libelle in REVENUS:
                self.fields[f"{nom}_{rang}"] = _montant(f"{libelle}{suite}")

    def clean(self) -> dict[str, Any]:
        lus = super().clean() or {}
        premier = self.au.replace(day=1)
        if lus.get("couple") == "2" and not lus.get("naissance_2"):
            self.add_error("naissance_2", "Indiquez le mois de naissance du second adulte.")
        if lus.get("couple") == "2" and lus.get("isolement"):
            self.add_error("isolement", "La majoration pour isolement suppose une personne seule.")
        for nom in ("naissance_1", "naissance_2"):
            if lus.get(nom) and lus[nom] >= premier:
                self.add_error(nom, "Cette date est à venir.")
        if any(n > premier for n in lus.get("enfants") or ()):
            self.add_error("enfants", "Une naissance à venir s'écrit dans « Naissance attendue ».")
        if len(lus.get("enfants") or ()) > 10:
            self.add_error("enfants", "L'estimation s'arrête à dix enfants.")
        attendue = lus.get("naissance_attendue")
        if attendue and not premier < attendue <= ajouter_mois(premier, 9):
            self.add_error("naissance_attendue", "La naissance attendue tombe dans les neuf mois.")
        return lus

    def revenus(self, rang: int) -> tuple[Revenu, ...]:
        lus = self.cleaned_data
        return tuple(
            Revenu(nature=nature, montant=lus[f"{nom}_{rang}"]) for nom, nature, _ in REVENUS if lus[f"{nom}_{rang}"]
        )

    def hypotheses(self) -> Hypotheses:
        """The household of a valid form."""
        lus = self.cleaned_data
        attendue = lus["naissance_attendue"]
        adultes = [Adulte(naissance=lus["naissance_1"], revenus=self.revenus(1), enceinte=attendue is not None)]
        if lus["couple"] == "2":
            adultes.append(Adulte(naissance=lus["naissance_2"], revenus=self.revenus(2)))
        return Hypotheses(
            premier_mois=self.au.replace(day=1),
            adultes=tuple(adultes),
            enfants=tuple(lus["enfants"] or ()) + ((attendue,) if attendue else ()),
            isolement_jusqu_a=lus["isolement"],
            logement=Logement(lus["logement"]),
            aide_logement=lus["aide_logement"],
        )


class FormCorrections(forms.Form):
    """What the agent knows better than the files; an empty field keeps what the files say."""

    logement = forms.ChoiceField(
        label="Logement", required=False, choices=[("", "Comme le dit le fichier"), *Logement.choices()]
    )

    def __init__(self, *args: Any, adultes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adultes = adultes
        for rang in range(1, adultes + 1):
            suite = ["", ", demandeur", ", conjoint"][rang if adultes > 1 else 0]
            for nom, _, libelle in REVENUS:
                self.fields[f"{nom}_{rang}"] = _montant(f"{libelle}{suite}")

    def corriger(self, h: Hypotheses) -> Hypotheses:
        """The hypotheses with what was typed: from the first month on, months already declared stay as they are."""
        lus = self.cleaned_data
        adultes = tuple(
            replace(adulte, revenus=self._revenus(adulte, rang, h.premier_mois))
            for rang, adulte in enumerate(h.adultes, start=1)
        )
        h = replace(h, adultes=adultes)
        if lus.get("logement"):
            h = replace(h, logement=Logement(lus["logement"]), aide_logement=None)
        return h

    def _revenus(self, adulte: Adulte, rang: int, premier: date) -> tuple[Revenu, ...]:
        saisis: dict[NatureRevenu, Decimal] = {
            nature: self.cleaned_data[f"{nom}_{rang}"]
            for nom, nature, _ in REVENUS
            if self.cleaned_data.get(f"{nom}_{rang}") is not None
        }
        veille = ajouter_mois(premier, -1)
        gardes = []
        for r in adulte.revenus:
            if r.nature not in saisis:
                gardes.append(r)
            elif r.depuis is None or r.depuis <= veille:
                gardes.append(replace(r, jusqu_a=min(r.jusqu_a or veille, veille)))
        return (*gardes, *(Revenu(nature=n, montant=m, depuis=premier) for n, m in saisis.items() if m))

    @property
    def saisies(self) -> int:
        """How many hypotheses were typed over those of the files."""
        return sum(valeur not in (None, "") for valeur in self.cleaned_data.values())


class FormEmploi(forms.Form):
    """A job somebody would take. The first is asked for; the others are compared when filled."""

    adulte = forms.ChoiceField(label="Qui le prendrait ?", required=False)
    heures = forms.DecimalField(
        label="Heures par semaine", required=False, min_value=1, max_value=48, decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.5"}),
    )  # fmt: skip
    mode = forms.ChoiceField(
        label="Le salaire est",
        choices=[("brut", "de l'heure, brut"), ("net", "du mois, net")],
        required=False,
        initial="brut",
    )
    salaire = forms.DecimalField(
        label="Montant du salaire", required=False, min_value=1, max_value=MONTANT_MAX, decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )  # fmt: skip
    debut = forms.DateField(label="Premier jour", required=False, widget=SaisieDate)
    fin = forms.DateField(label="Dernier jour", required=False, widget=SaisieDate, help_text="Vide pour un CDI.")
    garde_chomage = forms.BooleanField(label="L'allocation chômage continue à côté", required=False)

    def __init__(self, *args: Any, au: date, adultes: int, rang: int, obligatoire: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.au, self.obligatoire = au, obligatoire
        smic = f"{decimale('smic_horaire_brut', au=au):.2f}".replace(".", ",")
        self.fields["salaire"].help_text = f"Vide : salaire minimum de l'heure, {smic} € brut."
        for nom in ("heures", "debut", "mode") if obligatoire else ():
            self.fields[nom].required = True
        if adultes < 2:
            del self.fields["adulte"]
        else:
            self.fields["adulte"].choices = [("0", "Le demandeur"), ("1", "Le conjoint")]  # type: ignore[attr-defined]
            self.initial.setdefault("adulte", str(rang))
        self.rang = rang

    @property
    def rempli(self) -> bool:
        """Whether this job is to be looked at."""
        lus = getattr(self, "cleaned_data", {})
        return any(lus.get(nom) for nom in ("heures", "salaire", "debut", "fin"))

    def clean(self) -> dict[str, Any]:
        lus = super().clean() or {}
        if not (self.obligatoire or any(lus.get(nom) for nom in ("heures", "salaire", "debut", "fin"))):
            return lus
        if not lus.get("heures") and "heures" not in self.errors:
            self.add_error("heures", "Indiquez le nombre d'heures par semaine.")
        if lus.get("mode") == "net" and not lus.get("salaire") and "salaire" not in self.errors:
            self.add_error("salaire", "Indiquez le salaire net du mois.")
        debut, fin = lus.get("debut"), lus.get("fin")
        if not debut and "debut" not in self.errors:
            self.add_error("debut", "Indiquez le premier jour de travail.")
        premier = self.au.replace(day=1)
        if debut and not premier <= debut < ajouter_mois(premier, 6):
            self.add_error("debut", "Le premier jour tombe ce mois-ci ou dans les cinq mois qui suivent.")
        if debut and fin and fin < debut:
            self.add_error("fin", "Le dernier jour suit le premier.")
        return lus

    def emploi(self) -> Emploi:
        """The job of a valid, filled form."""
        lus = self.cleaned_data
        net = lus["mode"] == "net"
        brut = None if net else (lus["salaire"] or decimale("smic_horaire_brut", au=self.au))
        return Emploi(
            debut=lus["debut"], fin=lus["fin"], heures_hebdo=lus["heures"], salaire_horaire_brut=brut,
            salaire_net=lus["salaire"] if net else None,
            adulte=int(lus.get("adulte") or self.rang if "adulte" in self.fields else self.rang),
            garde_chomage=lus["garde_chomage"],
        )  # fmt: skip


def formulaires_emplois(
    donnees: Any, *, au: date, adultes: int, rang: int = 0, obligatoire: bool = True
) -> list[FormEmploi]:
    """The three jobs of a page, bound or not."""
    return [
        FormEmploi(
            donnees, prefix=f"e{n}", au=au, adultes=adultes, rang=rang, obligatoire=obligatoire and n == 1,
        )
        for n in range(1, EMPLOIS + 1)
    ]  # fmt: skip
