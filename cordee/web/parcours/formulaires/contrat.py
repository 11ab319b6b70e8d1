"""The contract: what both sides write, then the two signatures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q

from cordee.metier.contrats.enums import (
    Engage,
    EtatEngagement,
    FamilleActivite,
    MotifMinoration,
    MotifProlongation,
)
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.regles import Ligne
from cordee.metier.contrats.regles.amorce import ORGANISME, PERSONNE, Amorce, objectif_de
from cordee.metier.contrats.selectors import brouillon_de, contenu_de, contrat_en_vigueur, representant_qui_assiste
from cordee.metier.contrats.selectors.amorce import amorce_de
from cordee.metier.contrats.selectors.contrat import lignes_de, objectifs_de
from cordee.metier.contrats.services import ContratRefuse, actualiser, modifier, preparer, signer
from cordee.metier.organismes.models import Agent, en_cours
from cordee.metier.orientation.regles.vocabulaire import vocabulaire
from cordee.metier.parcours.enums import Intensite, Voie
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.contrat_engagement import MotifDispense
from cordee.web.composants.saisies import SaisieDate
from cordee.web.parcours.formulaires.base import ContexteActe, FormulaireActe

LIGNES_DU_PLAN = 3
PROMESSES_DATEES = 2
MOIS_AVANT_ACTUALISATION = 6
_MOTIFS = [
    ("", "Quinze heures ou plus : aucune raison à donner"),
    ("Moins de quinze heures", MotifMinoration.choices()),
    ("Zéro heure, à la demande de la personne", MotifDispense.choices()),
]


class Redaction(FormulaireActe):
    """``contrats.services.preparer`` the first time, then ``modifier`` on the version that was on the screen."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    projet = forms.CharField(
        label="Son projet et ses objectifs", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Un objectif par ligne, avec ses mots.",
    )  # fmt: skip
    engagements_personne = forms.CharField(
        label="La personne s'engage à", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Un engagement par ligne.",
    )  # fmt: skip
    engagements_organisme = forms.CharField(
        label="Nous nous engageons à", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Un engagement par ligne. Nos promesses comptent autant que les siennes.",
    )  # fmt: skip
    heures = forms.DecimalField(
        label="Heures d'activité par semaine", required=False, min_value=0, max_value=35, decimal_places=1
    )
    motif_heures = forms.ChoiceField(label="Raison d'une durée réduite", required=False, choices=_MOTIFS)
    precision_heures = forms.CharField(label="Précision", required=False, max_length=200)
    demande_dispense_le = forms.DateField(
        label="Zéro heure demandé par la personne le", required=False, widget=SaisieDate
    )
    enfant_ne_le = forms.DateField(label="Naissance du plus jeune enfant", required=False, widget=SaisieDate)
    revue_heures_le = forms.DateField(label="Heures à revoir le", required=False, widget=SaisieDate)
    intensite = forms.ChoiceField(label="Rythme des échanges", choices=Intensite.choices())
    prochaine_actualisation = forms.DateField(
        label="Actualisation convenue le", required=False, widget=SaisieDate,
        help_text="Une date choisie avec la personne.",
    )  # fmt: skip
    objectifs = forms.MultipleChoiceField(
        label="Objectifs tirés de l'entretien", required=False, widget=forms.CheckboxSelectMultiple
    )
    autre_objectif = forms.ChoiceField(label="Ajouter un objectif", required=False)
    interprete = forms.CharField(
        label="Écrit avec un interprète, en", required=False, max_length=40, help_text="La langue. Jamais un enfant."
    )
    ore_emploi = forms.CharField(label="Emploi recherché", required=False, max_length=150)
    ore_zone = forms.CharField(label="Zone privilégiée", required=False, max_length=150)
    ore_salaire = forms.CharField(
        label="Salaire attendu", required=False, max_length=80, help_text="Brut, par heure ou par mois."
    )
    ORE = ("ore_emploi", "ore_zone", "ore_salaire")
    SIMPLES = ("projet", "interprete", *ORE, "heures", "motif_heures", "precision_heures", "demande_dispense_le",
               "enfant_ne_le", "revue_heures_le", "intensite", "prochaine_actualisation")  # fmt: skip
    ENGAGEMENTS = ("engagements_personne", "engagements_organisme")

    def preparer(self) -> None:
        c = self.contexte
        self.contrat = brouillon_de(c.personne)
        modele = self.contrat or contrat_en_vigueur(c.personne, au=c.au)
        self.amorce = self._amorce() if modele is None else None
        lignes = self._lignes(modele)
        plan = [ligne for ligne in lignes if ligne.famille]
        self.nombre = max(len(plan) + 1, LIGNES_DU_PLAN, self._postees("action_texte_"))
        for rang in range(self.nombre):
            self._ajouter_ligne(rang, plan[rang] if rang < len(plan) else None)
        datees = [x for x in lignes if x.engage is Engage.ORGANISME and not x.famille and x.avant_le]
        self.nombre_nous = max(len(datees) + 1, PROMESSES_DATEES, self._postees("nous_texte_"))
        agents = self._agents(datees)
        for rang in range(self.nombre_nous):
            self._ajouter_promesse(rang, datees[rang] if rang < len(datees) else None, agents)
        self._preparer_objectifs(modele)
        if c.orientation is None or c.orientation.voie == Voie.SOCIAL:
            for champ in self.ORE:  # E14: never in the social path
                del self.fields[champ]
        self.simples = [champ for champ in self.SIMPLES if champ in self.fields]
        if modele is not None:
            self.initial = {**self.initial} | {champ: getattr(modele, champ) for champ in self.simples}
            self.initial = {**self.initial} | {"version": self.contrat.version if self.contrat else None}
            for champ, qui in zip(self.ENGAGEMENTS, (Engage.PERSONNE, Engage.ORGANISME), strict=True):
                self.initial[champ] = "\n".join(
                    x.texte for x in lignes if x.engage is qui and not x.famille and not _datee(x)
                )
        elif self.amorce is not None:
            self.initial = {**self.initial} | {
                "projet": self.amorce.projet, "engagements_personne": "\n".join(PERSONNE),
                "engagements_organisme": "\n".join(ORGANISME), "heures": 15, "intensite": str(Intensite.REGULIERE),
                "prochaine_actualisation": ajouter_mois(c.au, MOIS_AVANT_ACTUALISATION),
                "interprete": c.personne.langue if c.personne.interprete else "",
            }  # fmt: skip
        if self.contrat is None and modele is not None:
            self.initial["prochaine_actualisation"] = ajouter_mois(c.au, MOIS_AVANT_ACTUALISATION)

    def _amorce(self) -> Amorce:
        """The lines to begin with, from the last diagnosis."""
        c, s = self.contexte, self.contexte.situation.situation
        return amorce_de(
            c.personne, structure=s.referent_structure_id if s else None, referent=s.referent_agent_id if s else None,
            pour=c.agent, au=c.au,
        )  # fmt: skip

    def _lignes(self, modele: Contrat | None) -> list[Ligne]:
        """What is written already: all of the draft, what still stands of the contract in force, else the beginning."""
        if modele is None:
            return list(self.amorce.lignes) if self.amorce else []
        return lignes_de(modele, etats=None if modele.debut is None else [EtatEngagement.EN_COURS])

    def _postees(self, prefixe: str) -> int:
        return sum(1 for cle in self.data if cle.startswith(prefixe)) if self.is_bound else 0

    def _agents(self, datees: list[Ligne]) -> list[tuple[str, str]]:
        """Who may keep a promise of ours: the agents of the référent body, and whoever keeps one already."""
        s = self.contexte.situation.situation
        de_la_structure = Q(
            en_cours(self.contexte.au, prefixe="affectations__"),
            affectations__structure=s.referent_structure_id if s else None,
        )
        qui = Agent.objects.filter(de_la_structure | Q(pk__in=[x.responsable for x in datees if x.responsable]))
        return [("", "Le référent"), *((str(a.pk), str(a)) for a in qui.distinct().order_by("nom", "prenom")[:200])]

    def _ajouter_promesse(self, rang: int, ligne: Ligne | None, agents: list[tuple[str, str]]) -> None:
        n = rang + 1
        self.fields[f"nous_texte_{rang}"] = forms.CharField(
            label=f"Engagement daté {n}", required=False, max_length=300, initial=ligne.texte if ligne else ""
        )
        self.fields[f"nous_avant_{rang}"] = forms.DateField(
            label=f"Avant le, engagement {n}", required=False, widget=SaisieDate,
            initial=ligne.avant_le if ligne else None,
        )  # fmt: skip
        self.fields[f"nous_responsable_{rang}"] = forms.ChoiceField(
            label=f"Qui s'en charge, engagement {n}", required=False, choices=agents,
            initial=str(ligne.responsable) if ligne and ligne.responsable else "",
        )  # fmt: skip
        self.fields[f"nous_code_{rang}"] = forms.CharField(
            required=False, max_length=60, widget=forms.HiddenInput, initial=ligne.code if ligne else ""
        )

    def _preparer_objectifs(self, modele: Contrat | None) -> None:
        vocab = vocabulaire()
        ecrits = (
            [o.code for o in objectifs_de(modele) if o.code]
            if modele
            else list(self.amorce.objectifs if self.amorce else ())
        )
        poses = self.data.getlist("objectifs") if self.is_bound and hasattr(self.data, "getlist") else []
        codes = [c for c in dict.fromkeys([*ecrits, *poses]) if c in vocab.objectifs]
        self.fields["objectifs"].choices = [(c, vocab.objectifs[c].libelle) for c in codes]  # type: ignore[attr-defined]
        self.initial = {**self.initial} | {"objectifs": ecrits}
        if not codes:
            del self.fields["objectifs"]
        reste = [
            (theme.libelle, [(o.code, o.libelle) for o in theme.objectifs if o.code not in codes])
            for theme in vocab.themes.values()
        ]
        self.fields["autre_objectif"].choices = [("", "Choisir"), *reste]  # type: ignore[attr-defined]

    def _ajouter_ligne(self, rang: int, ligne: Ligne | None) -> None:
        n = rang + 1
        self.fields[f"action_texte_{rang}"] = forms.CharField(
            label=f"Action {n}", required=False, max_length=300, initial=ligne.texte if ligne else ""
        )
        self.fields[f"action_famille_{rang}"] = forms.ChoiceField(
            label=f"Genre de l'action {n}", required=False, choices=[("", "Choisir"), *FamilleActivite.choices()],
            initial=str(ligne.famille) if ligne and ligne.famille else "",
        )  # fmt: skip
        self.fields[f"action_heures_{rang}"] = forms.DecimalField(
            label=f"Heures par semaine, action {n}", required=False, min_value=0, max_value=35, decimal_places=1,
            initial=ligne.heures if ligne else None,
        )  # fmt: skip
        self.fields[f"action_avant_{rang}"] = forms.DateField(
            label=f"Avant le, action {n}", required=False, widget=SaisieDate, initial=ligne.avant_le if ligne else None
        )
        self.fields[f"action_code_{rang}"] = forms.CharField(
            required=False, max_length=60, widget=forms.HiddenInput, initial=ligne.code if ligne else ""
        )

    @property
    def plan(self) -> list[dict[str, forms.BoundField]]:
        """The fields of each action."""
        noms = ("texte", "famille", "heures", "avant", "code")
        return [{nom: self[f"action_{nom}_{rang}"] for nom in noms} for rang in range(self.nombre)]

    @property
    def promesses(self) -> list[dict[str, forms.BoundField]]:
        """The fields of each dated promise of ours."""
        noms = ("texte", "avant", "responsable", "code")
        return [{nom: self[f"nous_{nom}_{rang}"] for nom in noms} for rang in range(self.nombre_nous)]

    def clean(self) -> dict[str, Any]:
        d = super().clean() or self.cleaned_data
        for rang in range(self.nombre):
            if d.get(f"action_texte_{rang}") and not d.get(f"action_famille_{rang}"):
                self.add_error(f"action_famille_{rang}", "Choisissez le genre de cette action.")
        for rang in range(self.nombre_nous):
            if d.get(f"nous_texte_{rang}") and not d.get(f"nous_avant_{rang}"):
                self.add_error(f"nous_avant_{rang}", "Dites avant quel jour.")
        return d

    def lignes(self) -> list[Ligne]:
        """Promises of both sides, then the plan."""
        d = self.cleaned_data
        promesses = [
            Ligne(engage=qui, texte=texte.strip())
            for champ, qui in zip(self.ENGAGEMENTS, (Engage.PERSONNE, Engage.ORGANISME), strict=True)
            for texte in d[champ].splitlines()
            if texte.strip()
        ]
        datees = [
            Ligne(
                engage=Engage.ORGANISME, texte=d[f"nous_texte_{r}"], avant_le=d[f"nous_avant_{r}"],
                responsable=int(d[f"nous_responsable_{r}"]) if d[f"nous_responsable_{r}"] else None,
                code=d[f"nous_code_{r}"], objectif=objectif_de(d[f"nous_code_{r}"]),
            )
            for r in range(self.nombre_nous)
            if d.get(f"nous_texte_{r}")
        ]  # fmt: skip
        actions = [
            Ligne(
                engage=Engage.PERSONNE, texte=d[f"action_texte_{r}"],
                famille=FamilleActivite(d[f"action_famille_{r}"]), heures=d[f"action_heures_{r}"],
                avant_le=d[f"action_avant_{r}"], code=d[f"action_code_{r}"],
                objectif=objectif_de(d[f"action_code_{r}"]),
            )
            for r in range(self.nombre)
            if d.get(f"action_texte_{r}")
        ]  # fmt: skip
        return promesses + datees + actions

    def objectifs_choisis(self) -> list[str]:
        """Those kept, then the one that is added."""
        d = self.cleaned_data
        return [*d.get("objectifs", []), *([d["autre_objectif"]] if d["autre_objectif"] else [])]

    def executer(self) -> str:
        champs: dict[str, Any] = {champ: self.cleaned_data[champ] for champ in self.simples}
        champs |= {"engagements": self.lignes(), "objectifs": self.objectifs_choisis()}
        if self.contrat is None:
            preparer(personne=self.contexte.personne, **champs, **self.commun)
            return "Le brouillon du contrat est prêt."
        modifier(contrat=self.contrat, version=self.cleaned_data["version"] or 0, **champs, **self.commun)
        return "Le brouillon du contrat est enregistré."

    def differences(self) -> list[tuple[str, str, str]]:
        """What another agent saved meanwhile, beside what was typed."""
        autre = type(self)(contexte=self.contexte)
        lignes = []
        for champ in (*self.simples, *self.ENGAGEMENTS):
            enregistre, saisi = autre.initial.get(champ), self.cleaned_data.get(champ)
            if _mot(enregistre) != _mot(saisi):
                lignes.append((str(self.fields[champ].label), _mot(enregistre), _mot(saisi)))
        enregistre, saisi = _plan(contenu_de(autre.contrat).lignes if autre.contrat else ()), _plan(self.lignes())
        if enregistre != saisi:
            lignes.append(("Le plan d'action", enregistre, saisi))
        return lignes

    @property
    def version_enregistree(self) -> int:
        """That of the draft, whoever saved it last."""
        return _version_du_brouillon(self.contexte)


class Signature(FormulaireActe):
    """``contrats.services.signer``, or ``actualiser`` where a contract is in force."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    signe_personne_le = forms.DateField(label="Signé par la personne le", widget=SaisieDate)
    signe_referent_le = forms.DateField(label="Signé par le référent le", widget=SaisieDate)
    lu_a_voix_haute = forms.BooleanField(label="Le contrat a été lu à voix haute", required=False)
    assistance_representant = forms.BooleanField(label="Signé avec l'assistance du représentant", required=False)
    prochain_contact_le = forms.DateField(
        label="Prochain contact convenu", required=False, widget=SaisieDate, help_text="Vide : selon le rythme choisi."
    )
    prolongation = forms.ChoiceField(
        label="Diagnostic conjoint à douze mois plutôt que six", required=False,
        choices=[("", "Non, à six mois"), *MotifProlongation.choices()],
    )  # fmt: skip

    def preparer(self) -> None:
        c = self.contexte
        self.contrat: Contrat | None = brouillon_de(c.personne)
        self.en_vigueur = contrat_en_vigueur(c.personne, au=c.au)
        self.initial = {**self.initial} | {"signe_personne_le": c.au, "signe_referent_le": c.au}
        self.initial["version"] = self.contrat.version if self.contrat else None
        if representant_qui_assiste(c.personne, au=c.au) is None:
            del self.fields["assistance_representant"]
        if c.orientation is None or c.orientation.voie != Voie.SOCIAL:
            del self.fields["prolongation"]

    def executer(self) -> str:
        d = self.cleaned_data
        if self.contrat is None:
            raise ContratRefuse("Aucun contrat n'est préparé : écrivez-le d'abord avec la personne.")
        geste = actualiser if self.en_vigueur else signer
        prolongation = d.get("prolongation")
        geste(
            contrat=self.contrat, version=d["version"] or 0, signe_personne_le=d["signe_personne_le"],
            signe_referent_le=d["signe_referent_le"], lu_a_voix_haute=d["lu_a_voix_haute"],
            assistance_representant=bool(d.get("assistance_representant")),
            prochain_contact_le=d["prochain_contact_le"],
            prolongation=MotifProlongation(prolongation) if prolongation else None, **self.commun,
        )  # fmt: skip
        return "Le contrat est actualisé." if self.en_vigueur else "Le contrat est signé. Il engage les deux parties."

    @property
    def version_enregistree(self) -> int:
        """That of the draft: what is signed is what was read."""
        return _version_du_brouillon(self.contexte)


def _datee(ligne: Ligne) -> bool:
    """A promise of ours with its day, told apart from the general ones."""
    return ligne.engage is Engage.ORGANISME and ligne.avant_le is not None


def _version_du_brouillon(contexte: ContexteActe) -> int:
    contrat = brouillon_de(contexte.personne)
    return contrat.version if contrat else 0


def _plan(lignes: Iterable[Ligne]) -> str:
    """The actions of a plan, in one line."""
    actions = []
    for ligne in lignes:
        if ligne.famille:
            heures = f", {ligne.heures.normalize():f} h par semaine" if ligne.heures else ""
            avant = f", avant le {ligne.avant_le:%d/%m/%Y}" if ligne.avant_le else ""
            actions.append(f"{ligne.texte} ({ligne.famille.libelle}{heures}{avant})")
    return _mot(" ; ".join(actions))


def _mot(valeur: Any) -> str:
    if valeur in (None, ""):
        return "(vide)"
    return f"{valeur:%d/%m/%Y}" if hasattr(valeur, "strftime") else f"{valeur}".replace("\r\n", "\n")
