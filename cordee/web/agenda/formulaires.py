"""Forms of the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict

from cordee.metier.organismes.enums import MotifAbsence
from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, TypeInterprete
from cordee.metier.rendezvous.models import Interprete, Lieu
from cordee.metier.rendezvous.regles.plages import DUREE_ORDINAIRE
from cordee.socle.horloge import PARIS
from cordee.web.agenda.perimetre import PerimetreAgenda
from cordee.web.composants.saisies import SaisieDate, SaisieHeure

JOURS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
RYTHMES = [
    ("1", "Toutes les semaines"),
    ("2", "Une semaine sur deux"),
    ("3", "Une semaine sur trois"),
    ("4", "Une semaine sur quatre"),
]
_MODALITES = [(m.value, m.libelle) for m in ModaliteRendezVous if m is not ModaliteRendezVous.DOMICILE]


def _structures(structures: list[Structure], vide: str = "") -> list[tuple[str, str]]:
    return [("", vide)] * bool(vide) + [(str(s.pk), s.nom) for s in structures]


def _agents(agents: Any, vide: str) -> list[tuple[str, str]]:
    return [("", vide), *((str(a.pk), str(a)) for a in agents)]


@dataclass(frozen=True, slots=True)
class ChoixSemaine:
    """What the week shows."""

    structure: Structure | None
    agent: Agent | None
    genre: str
    jour: date | None


class FiltresSemaine(forms.Form):
    """Whose week, of what, when."""

    structure = forms.ChoiceField(label="Structure", required=False)
    agent = forms.ChoiceField(label="Avec", required=False)
    genre = forms.ChoiceField(label="Objet", required=False, choices=[("", "Tous"), *GenreRendezVous.choices()])
    semaine = forms.DateField(label="Semaine du", required=False, widget=SaisieDate)

    def __init__(self, donnees: QueryDict, *args: Any, perimetre: PerimetreAgenda, **kwargs: Any) -> None:
        super().__init__(donnees.copy() if donnees else None, *args, **kwargs)
        self.perimetre = perimetre
        self.par_structure = {str(s.pk): s for s in perimetre.structures}
        self.structure_vue = self._structure()
        if self.is_bound and self.structure_vue is not None:
            self.data["structure"] = str(self.structure_vue.pk)  # type: ignore[index]
        self.agents = {str(a.pk): a for a in perimetre.agents([self.structure_vue.pk] if self.structure_vue else [])}
        self.fields["structure"].choices = _structures(perimetre.structures)  # type: ignore[attr-defined]
        self.fields["agent"].choices = _agents(self.agents.values(), "Toute l'équipe")  # type: ignore[attr-defined]
        choix = self.choix()
        self.initial = {
            "structure": choix.structure.pk if choix.structure else "", "agent": choix.agent.pk if choix.agent else "",
        }  # fmt: skip

    def _structure(self) -> Structure | None:
        """The structure asked for, else the one of the agent asked for, else hers, else the first she sees."""
        demandee = self.par_structure.get(self.data.get("structure", "")) if self.is_bound else None
        if demandee is None and self.is_bound and self.data.get("agent", "").isdigit():
            postes = Affectation.objects.filter(en_cours(self.perimetre.au), agent=int(self.data["agent"]))
            siennes = postes.filter(structure__in=self.perimetre.structures).order_by("pk")
            demandee = self.par_structure.get(str(siennes.values_list("structure", flat=True).first()))
        miennes = (s for s in self.perimetre.structures if s.pk in self.perimetre.droits.structures)
        return demandee or next(miennes, None) or next(iter(self.perimetre.structures), None)

    def choix(self) -> ChoixSemaine:
        """The choice; without one, the agent's own week if she keeps only hers, else her structure's."""
        lus = self.cleaned_data if self.is_bound and self.is_valid() else {}
        agent = self.agents.get(lus.get("agent", ""))
        vu = self.perimetre
        if not self.is_bound and not vu.tout and self.structure_vue and not vu.tient_structure(self.structure_vue.pk):
            agent = self.agents.get(str(vu.agent.pk))
        return ChoixSemaine(self.structure_vue, agent, lus.get("genre", ""), lus.get("semaine"))


class FormulairePlage(forms.Form):
    """A recurring opening."""

    structure = forms.ChoiceField(label="Structure")
    agent = forms.ChoiceField(label="Avec qui", required=False, help_text="Sans nom : un guichet, tenu par qui est là.")
    genre = forms.ChoiceField(label="Objet", choices=GenreRendezVous.choices())
    modalite = forms.ChoiceField(label="De quelle façon", choices=_MODALITES)
    lieu = forms.ChoiceField(label="Lieu", required=False, help_text="Vide : l'adresse de la structure.")
    jours = forms.MultipleChoiceField(
        label="Jours", choices=[(str(n), nom.capitalize()) for n, nom in enumerate(JOURS[:6])],
        widget=forms.CheckboxSelectMultiple,
        help_text="Temps partiel : ne cochez que les jours travaillés. Une plage est créée par jour.",
    )  # fmt: skip
    de = forms.TimeField(label="De", widget=SaisieHeure)
    a = forms.TimeField(label="À", widget=SaisieHeure)
    duree_minutes = forms.IntegerField(label="Durée d'un rendez-vous, en minutes", min_value=5, max_value=480)
    places = forms.IntegerField(
        label="Places par créneau", min_value=1, max_value=300,
        help_text="Plus d'une : information collective, ou plusieurs bureaux.",
    )  # fmt: skip
    toutes_les = forms.ChoiceField(label="Rythme", choices=RYTHMES)
    debut = forms.DateField(label="À partir du", widget=SaisieDate)
    fin = forms.DateField(label="Jusqu'au (ce jour exclu)", widget=SaisieDate, required=False)
    langue = forms.CharField(
        label="Réservé à une langue", required=False, max_length=40,
        help_text="Quand un interprète ou l'agent la parle. Vide : tout le monde.",
    )  # fmt: skip
    vu = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, perimetre: PerimetreAgenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.perimetre = perimetre
        self.par_structure = {str(s.pk): s for s in perimetre.structures}
        self.agents = {str(a.pk): a for a in perimetre.agents()}
        lieux = Lieu.objects.filter(actif=True, structure__in=perimetre.structures).select_related("structure")
        self.lieux = {str(x.pk): x for x in lieux.order_by("structure__nom", "nom")}
        seul = len(self.par_structure) == 1
        self.fields["structure"].choices = _structures(perimetre.structures)  # type: ignore[attr-defined]
        self.fields["agent"].choices = _agents(self.agents.values(), "Un guichet, sans nom")  # type: ignore[attr-defined]
        self.fields["lieu"].choices = [  # type: ignore[attr-defined]
            ("", "Adresse de la structure"),
            *((pk, x.nom if seul else f"{x.nom} ({x.structure.nom})") for pk, x in self.lieux.items()),
        ]
        self.initial = {
            "structure": next(iter(perimetre.droits.structures), ""), "genre": "orientation", "modalite": "physique",
            "duree_minutes": DUREE_ORDINAIRE[GenreRendezVous.ORIENTATION], "places": 1, "toutes_les": "1",
            "de": time(9), "a": time(12), "debut": perimetre.au, **self.initial,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        lus = super().clean() or self.cleaned_data
        structure, agent = self.par_structure.get(lus.get("structure", "")), self.agents.get(lus.get("agent", ""))
        if structure is not None and not self.perimetre.tient(
            structure_id=structure.pk, agent_id=agent.pk if agent else None
        ):
            self.add_error("agent", "Vous tenez votre propre agenda : choisissez votre nom.")
        return lus

    def valeurs(self) -> dict[str, Any]:
        """What ``services.ouvrir_plage`` takes, the day of the week apart."""
        lus = self.cleaned_data
        return {
            "structure": self.par_structure[lus["structure"]], "agent": self.agents.get(lus["agent"]),
            "lieu": self.lieux.get(lus["lieu"]), "genre": GenreRendezVous(lus["genre"]),
            "modalite": ModaliteRendezVous(lus["modalite"]), "de": lus["de"], "a": lus["a"],
            "duree_minutes": lus["duree_minutes"], "places": lus["places"], "toutes_les": int(lus["toutes_les"]),
            "debut": lus["debut"], "fin": lus["fin"], "langue": lus["langue"].strip().lower(),
        }  # fmt: skip


class FiltresPlages(forms.Form):
    """Which openings."""

    structure = forms.ChoiceField(label="Structure", required=False)
    genre = forms.ChoiceField(label="Objet", required=False, choices=[("", "Tous"), *GenreRendezVous.choices()])
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "En cours et à venir"), ("finies", "Terminées")]
    )

    def __init__(self, *args: Any, perimetre: PerimetreAgenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["structure"].choices = _structures(perimetre.structures, "Toutes")  # type: ignore[attr-defined]


class FormulaireFin(forms.Form):
    """The first day on which something no longer stands."""

    fin = forms.DateField(label="À compter du", widget=SaisieDate)


class FormulaireAbsence(forms.Form):
    """An agent is away: whole days, or hours of one day."""

    agent = forms.ChoiceField(label="Qui")
    motif = forms.ChoiceField(
        label="Motif", choices=MotifAbsence.choices(), help_text="Rien de médical n'est écrit ici."
    )
    debut = forms.DateField(label="Premier jour d'absence", widget=SaisieDate)
    heure_debut = forms.TimeField(label="À partir de (facultatif)", required=False, widget=SaisieHeure)
    retour = forms.DateField(
        label="Jour du retour", required=False, widget=SaisieDate, help_text="Vide : date de retour inconnue."
    )
    heure_retour = forms.TimeField(label="Retour à (facultatif)", required=False, widget=SaisieHeure)

    def __init__(self, *args: Any, agents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agents = {str(a.pk): a for a in agents}
        self.fields["agent"].choices = [(pk, str(a)) for pk, a in self.agents.items()]  # type: ignore[attr-defined]

    def bornes(self) -> tuple[datetime, datetime | None]:
        """The instants of the absence; the end is ``None`` when the return is unknown."""
        lus = self.cleaned_data
        debut = datetime.combine(lus["debut"], lus["heure_debut"] or time(), tzinfo=PARIS)
        if lus["retour"] is None:
            return debut, None
        return debut, datetime.combine(lus["retour"], lus["heure_retour"] or time(), tzinfo=PARIS)


class FormulaireLieu(forms.ModelForm):
    """A place where people are received."""

    class Meta:
        model = Lieu
        fields = ("nom", "adresse", "code_postal", "accessible", "actif")
        labels = {"nom": "Nom", "adresse": "Adresse", "code_postal": "Code postal",
                  "accessible": "Accessible en fauteuil roulant", "actif": "En service"}  # fmt: skip


class FormulaireFermeture(forms.Form):
    """Days on which nobody is received."""

    structure = forms.ChoiceField(label="Structure")
    lieu = forms.ChoiceField(label="Lieu", required=False)
    debut = forms.DateField(label="Premier jour fermé", widget=SaisieDate)
    fin = forms.DateField(label="Réouverture le", widget=SaisieDate)
    motif = forms.CharField(label="Motif", max_length=120, help_text="Par exemple : travaux, grève, fin d'année.")

    def __init__(self, *args: Any, perimetre: PerimetreAgenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tenues = [s for s in perimetre.structures if perimetre.tient_structure(s.pk)]
        self.par_structure = {str(s.pk): s for s in tenues}
        lieux = Lieu.objects.filter(actif=True, structure__in=tenues).select_related("structure")
        self.lieux = {str(x.pk): x for x in lieux.order_by("structure__nom", "nom")}
        self.fields["structure"].choices = _structures(tenues)  # type: ignore[attr-defined]
        self.fields["lieu"].choices = [  # type: ignore[attr-defined]
            ("", "Toute la structure"), *((pk, f"{x.nom} ({x.structure.nom})") for pk, x in self.lieux.items()),
        ]  # fmt: skip


class FiltresListe(forms.Form):
    """Whose waiting list, or interpreters."""

    structure = forms.ChoiceField(label="Structure", required=False)
    genre = forms.ChoiceField(label="Objet", required=False, choices=[("", "Tous"), *GenreRendezVous.choices()])

    def __init__(self, *args: Any, perimetre: PerimetreAgenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par_structure = {str(s.pk): s for s in perimetre.structures}
        self.fields["structure"].choices = _structures(perimetre.structures, "Toutes")  # type: ignore[attr-defined]


class FiltresRemplissage(FiltresListe):
    """Which structure, for which kind of appointment: one at a time."""

    def __init__(self, donnees: QueryDict, *args: Any, **kwargs: Any) -> None:
        lues = donnees.copy()
        if lues.get("genre") not in set(GenreRendezVous):
            lues["genre"] = GenreRendezVous.ORIENTATION.value
        super().__init__(lues, *args, **kwargs)
        self.fields["genre"].choices = GenreRendezVous.choices()  # type: ignore[attr-defined]


class FiltresReplacer(forms.Form):
    """Whose appointments are to be given another slot: a colleague's day, or all those nobody will receive."""

    agent = forms.ChoiceField(label="Collègue absent", required=False)
    jour = forms.DateField(label="Le", required=False, widget=SaisieDate)
    structure = forms.ChoiceField(label="Structure", required=False)

    def __init__(self, *args: Any, perimetre: PerimetreAgenda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agents = {str(a.pk): a for a in perimetre.agents() if perimetre.tient_agent(a)}
        self.par_structure = {str(s.pk): s for s in perimetre.structures}
        self.fields["agent"].choices = _agents(self.agents.values(), "Tous les rendez-vous à replacer")  # type: ignore[attr-defined]
        self.fields["structure"].choices = _structures(perimetre.structures, "Toutes")  # type: ignore[attr-defined]


class FormulaireInterprete(forms.ModelForm):
    """Who interprets an appointment."""

    type = forms.ChoiceField(
        label="Qui interprète", choices=TypeInterprete.choices(),
        help_text="Jamais un enfant, quelle que soit l'urgence.",
    )  # fmt: skip

    class Meta:
        model = Interprete
        fields = ("type", "prestataire", "cout")
        labels = {"prestataire": "Prestataire ou nom", "cout": "Coût (€), s'il y en a un"}


class FormulairePlafond(forms.Form):
    """The ceiling of overbooking."""

    plafond = forms.IntegerField(
        label="Plafond, en % des places", min_value=0, max_value=50,
        help_text="0 : aucune surréservation. Le nombre réel suit les absences observées, sans dépasser ce plafond.",
    )  # fmt: skip
