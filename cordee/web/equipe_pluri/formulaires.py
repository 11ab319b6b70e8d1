"""Forms of the équipe pluridisciplinaire."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms

from cordee.metier.devoirs.enums_ep import (
    GenreCollege,
    MotifRetrait,
    PresencePersonne,
    SensAvis,
)
from cordee.metier.devoirs.models import MembreEP, ReglementEP
from cordee.metier.devoirs.regles.ep_avis import Vote
from cordee.metier.devoirs.regles.ep_calendrier import DERNIER, Rythme
from cordee.metier.devoirs.services.ep import College
from cordee.metier.organismes.models import Agent
from cordee.metier.rendezvous.enums import TypeInterprete
from cordee.web.composants.saisies import SaisieDate, SaisieHeure

_JOURS = [(n, nom) for n, nom in enumerate(("lundi", "mardi", "mercredi", "jeudi", "vendredi"))]
_RANGS = [(1, "1ᵉʳ du mois"), (2, "2ᵉ du mois"), (3, "3ᵉ du mois"), (4, "4ᵉ du mois"), (DERNIER, "dernier du mois")]
# Reasons an agent gives by hand; the others are written by the acts themselves.
_RETRAITS = [m for m in MotifRetrait if m is not MotifRetrait.INCOMPLET]


class FormulaireRythme(forms.Form):
    """A year of sessions."""

    jour_semaine = forms.TypedChoiceField(label="Jour", choices=_JOURS, coerce=int, initial=3)
    rangs = forms.TypedMultipleChoiceField(
        label="Quelles semaines", choices=_RANGS, coerce=int, widget=forms.CheckboxSelectMultiple, initial=[2, 4]
    )
    du = forms.DateField(label="Du", widget=SaisieDate)
    au = forms.DateField(label="Au", widget=SaisieDate)
    heure = forms.TimeField(label="Heure de début", widget=SaisieHeure, initial=time(9))
    minutes = forms.IntegerField(label="Durée (minutes)", min_value=15, max_value=600, initial=180)
    lieu = forms.CharField(label="Lieu", max_length=160)

    def rythme(self) -> Rythme:
        """The rhythm as its rule reads it."""
        return Rythme(self.cleaned_data["jour_semaine"], tuple(self.cleaned_data["rangs"]))


class FormulaireAnnulation(forms.Form):
    motif = forms.CharField(label="Pourquoi la séance n'a pas lieu", max_length=200)


class FormulaireExpose(forms.Form):
    """What members will read: no name, no place, no employer."""

    expose = forms.CharField(
        label="Exposé pour les membres", widget=forms.Textarea(attrs={"rows": 9}),
        help_text="Les faits, ce que la personne en dit, ce qui a été fait pour l'aider. Aucun nom, aucune ville, "
        "aucun employeur, aucune date complète : ce qui la ferait reconnaître est signalé.",
    )  # fmt: skip


class FormulaireInterprete(forms.Form):
    langue = forms.CharField(label="Langue", max_length=40)
    type = forms.ChoiceField(label="Interprète", choices=TypeInterprete.choices())
    nom = forms.CharField(label="Prestataire ou nom", max_length=120, required=False)


class FormulaireRetrait(forms.Form):
    motif = forms.ChoiceField(
        label="Pourquoi", choices=[(m.value, m.libelle) for m in _RETRAITS], widget=forms.RadioSelect
    )


class FormulaireAudition(forms.Form):
    """How she was heard, and what she said."""

    presence = forms.ChoiceField(
        label="La personne", widget=forms.RadioSelect,
        choices=[(p.value, p.libelle) for p in PresencePersonne if p is not PresencePersonne.ATTENDUE],
    )  # fmt: skip
    assistee_par = forms.CharField(
        label="Assistée ou représentée par", max_length=160, required=False,
        help_text="Une fonction suffit : « une amie », « son avocate », « une association ».",
    )  # fmt: skip
    notes = forms.CharField(
        label="Ce qu'elle a dit", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Gardé avec le dossier ; le procès-verbal ne le reprend pas.",
    )  # fmt: skip


class FormulaireAvis(forms.Form):
    """The opinion on the file on the table."""

    sens = forms.ChoiceField(label="Avis", choices=SensAvis.choices(), widget=forms.RadioSelect)
    motivation = forms.CharField(
        label="Motifs", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="En phrases, sans nommer la personne : la décision s'y référera.",
    )  # fmt: skip
    autre_mesure = forms.CharField(
        label="Ce que l'équipe propose à la place", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    pour = forms.IntegerField(label="Pour cet avis", min_value=0, initial=0)
    contre = forms.IntegerField(label="Contre", min_value=0, initial=0)
    abstentions = forms.IntegerField(label="Abstentions", min_value=0, initial=0)
    divergent = forms.ChoiceField(label="Qui fait noter son désaccord", required=False)
    divergence = forms.CharField(
        label="Ce qu'il demande d'écrire", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, votants: list[MembreEP], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = [("", "Personne"), *((str(m.pk), str(m.agent)) for m in votants)]
        self.fields["divergent"].choices = choix  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        lus = super().clean() or self.cleaned_data
        if bool(lus.get("divergent")) != bool(lus.get("divergence", "").strip()):
            self.add_error("divergence", "Indiquez qui fait noter son désaccord, et ce qu'il demande d'écrire.")
        return lus

    def vote(self) -> Vote:
        d = self.cleaned_data
        return Vote(d["pour"], d["contre"], d["abstentions"])

    def dissentiments(self) -> dict[int, str]:
        d = self.cleaned_data
        return {int(d["divergent"]): d["divergence"]} if d["divergent"] else {}


class FormulaireObservations(forms.Form):
    texte = forms.CharField(
        label="Observations de séance", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Reprises dans le procès-verbal.",
    )  # fmt: skip


class FormulaireReglement(forms.Form):
    """A version of the règlement: its seats, its clocks, its text."""

    debut = forms.DateField(label="Applicable à partir du", widget=SaisieDate)
    quorum_pour_cent = forms.IntegerField(label="Sièges occupés pour délibérer (%)", min_value=1, max_value=100)
    preavis_membres_jours = forms.IntegerField(label="Invitation des membres (jours avant)", min_value=0, max_value=120)
    preavis_personne_jours = forms.IntegerField(
        label="Invitation de la personne (jours avant)", min_value=1, max_value=60,
        help_text="Elle doit pouvoir préparer ce qu'elle dira, et venir accompagnée.",
    )  # fmt: skip
    completude_jours = forms.IntegerField(
        label="Retrait des dossiers incomplets (jours avant)", min_value=0, max_value=30
    )
    mois_validite = forms.IntegerField(label="Un avis vaut (mois)", min_value=1, max_value=24)
    minutes_audition = forms.IntegerField(label="Durée d'une audition (minutes)", min_value=5, max_value=120)
    minutes_dossier = forms.IntegerField(label="Durée d'un dossier sur pièces (minutes)", min_value=1, max_value=120)
    dossiers_maximum = forms.IntegerField(label="Dossiers par séance", min_value=1, max_value=60)
    k_anonymat = forms.IntegerField(
        label="Personnes qui partagent les traits montrés", min_value=3, max_value=500,
        help_text="Un trait partagé par moins de personnes est caché aux membres.",
    )  # fmt: skip
    sans_aout = forms.BooleanField(label="Pas de séance en août", required=False)
    voix_preponderante = forms.BooleanField(
        label="En cas de partage, la voix de la présidence l'emporte", required=False
    )
    texte = forms.CharField(label="Texte du règlement", required=False, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, reglement: ReglementEP | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connus = {c.genre: c for c in reglement.colleges.all()} if reglement else {}
        for genre in GenreCollege:
            college = connus.get(genre.value)
            sieges = forms.IntegerField(label=f"Sièges : {genre.libelle}", min_value=0, max_value=20, required=False)
            sieges.initial = college.sieges if college else 0
            requis = forms.BooleanField(label=f"{genre.libelle} : présence exigée", required=False)
            requis.initial = bool(college and college.requis)
            self.fields[f"sieges_{genre.value}"], self.fields[f"requis_{genre.value}"] = sieges, requis

    def colleges(self) -> list[College]:
        """The colleges that have a seat."""
        d = self.cleaned_data
        return [
            College(genre, d[f"sieges_{genre.value}"], requis=d[f"requis_{genre.value}"])
            for genre in GenreCollege
            if d[f"sieges_{genre.value}"]
        ]

    def paires(self) -> list[tuple[Any, Any]]:
        """(seats, required) of each college, for the page."""
        return [(self[f"sieges_{g.value}"], self[f"requis_{g.value}"]) for g in GenreCollege]


class FormulaireAdoption(forms.Form):
    reference = forms.CharField(label="Délibération ou arrêté", max_length=80)
    adopte_le = forms.DateField(label="Adopté le", widget=SaisieDate)


class FormulaireMembre(forms.Form):
    """A seat given to somebody whose account holds the role of member."""

    agent = forms.ChoiceField(label="Qui", help_text="Les comptes ouverts avec le rôle « Membre de l'équipe ».")
    college = forms.ChoiceField(label="Collège", choices=GenreCollege.choices())
    titulaire = forms.TypedChoiceField(
        label="Siège", choices=[("1", "Titulaire"), ("0", "Suppléant")], coerce=lambda v: v == "1",
        widget=forms.RadioSelect, initial="1",
    )  # fmt: skip
    preside = forms.BooleanField(label="Peut présider la séance", required=False)
    organisme = forms.CharField(label="Au titre de", max_length=120, required=False)
    debut = forms.DateField(label="À partir du", widget=SaisieDate)

    def __init__(self, *args: Any, agents: list[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par_pk = {str(a.pk): a for a in agents}
        self.fields["agent"].choices = [("", "Choisir"), *((pk, str(a)) for pk, a in self.par_pk.items())]  # type: ignore[attr-defined]


class FormulaireFinMandat(forms.Form):
    dernier_jour = forms.DateField(label="Dernier jour du mandat", widget=SaisieDate)
