"""The contradictory phase: open, expose the facts, receive the answer, hear, hand over the file, close."""

from __future__ import annotations

from django import forms

from cordee.metier.courriers.enums import GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.devoirs import services
from cordee.metier.devoirs.enums import FormeObservation, MotifSansSuite, StatutManquement
from cordee.metier.devoirs.models import Manquement
from cordee.metier.devoirs.selectors.ep import prochaines
from cordee.metier.devoirs.services.ep_agenda import inscrire_dossier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle.horloge import jour
from cordee.web.composants.saisies import SaisieDate, SaisieDateHeure
from cordee.web.devoirs.formulaires.base import FormulaireDevoirs, texte
from cordee.web.devoirs.formulaires.lettres import FormulaireEnvoi, FormulaireReception, en_attente, moyens_de
from cordee.web.parcours.formulaires.base import ChoixLong


class Ouvrir(FormulaireDevoirs):
    """``devoirs.services.ouvrir_procedure``."""

    manquements = forms.MultipleChoiceField(
        label="Faits que la personne pourra contester", widget=forms.CheckboxSelectMultiple
    )
    responsable = forms.ChoiceField(
        label="Qui instruit", help_text="Qui instruit ne décide pas : un signataire décidera sur ce dossier."
    )

    def preparer(self) -> None:
        ce = self.manquement()
        lignes = Manquement.objects.filter(
            personne__in=ids_du_groupe(self.contexte.personne), type=ce.type, procedure__isnull=True,
            statut__in=(StatutManquement.SIGNALE, StatutManquement.EXAMINE),
        ).order_by("faits_du")  # fmt: skip
        self.par_pk = {str(m.pk): m for m in lignes}
        self.choisir(
            "manquements", [(pk, f"{m.get_type_display()}, {m.faits_du:%d/%m/%Y}") for pk, m in self.par_pk.items()]
        )
        self.agents = {str(a.pk): a for a in instructeurs()} | {str(self.contexte.agent.pk): self.contexte.agent}
        self.choisir("responsable", [(pk, str(a)) for pk, a in self.agents.items()])
        self.initial = {"manquements": [str(ce.pk)], "responsable": str(self.contexte.agent.pk), **self.initial}

    def empechement(self) -> str:
        return "" if self.par_pk else "Ces faits sont clos, ou déjà dans une procédure : il n'y a rien à ouvrir."

    def executer(self) -> str:
        d = self.cleaned_data
        procedure = services.ouvrir_procedure(
            personne=self.contexte.personne, manquements=[self.par_pk[pk] for pk in d["manquements"]],
            responsable=self.agents[d["responsable"]], **self.contexte.commun,
        )  # fmt: skip
        self.suite = procedure
        return "La procédure est ouverte. Rien n'est décidé : il faut maintenant exposer les faits à la personne."


class NotifierGriefs(FormulaireEnvoi):
    """``devoirs.services.notifier_griefs``."""

    def genre(self) -> GenreCourrier:
        return GenreCourrier.GRIEFS

    def lettre(self, moyen: MoyenRemise) -> Courrier:
        return services.notifier_griefs(procedure=self.procedure(), moyen=moyen, **self.contexte.commun)

    def executer(self) -> str:
        services.notifier_griefs(
            procedure=self.procedure(), moyen=self.moyen_lu, le_jour=self.cleaned_data["le_jour"],
            **self.contexte.commun,
        )  # fmt: skip
        if self.moyen_lu is MoyenRemise.REMISE_MAIN_PROPRE:
            return "La lettre est remise : le délai pour répondre commence aujourd'hui."
        return "La lettre est partie. Le délai pour répondre commencera à sa réception, dès qu'elle sera certaine."


class ConstaterReception(FormulaireReception):
    """``devoirs.services.constater_reception_griefs``."""

    def attendues(self) -> list[Courrier]:
        return en_attente("procedure", self.procedure().pk, GenreCourrier.GRIEFS)

    def executer(self) -> str:
        procedure = services.constater_reception_griefs(**self.constat)
        if procedure.contradictoire_jusquau:
            return (
                f"C'est noté : la personne peut répondre jusqu'au {procedure.contradictoire_jusquau:%d/%m/%Y} inclus."
            )
        return "C'est noté. La date de réception n'est pas encore certaine : le délai n'a pas commencé."


class Observer(FormulaireDevoirs):
    """``devoirs.services.recevoir_observation``."""

    forme = ChoixLong(label="Comment", choices=FormeObservation.choices())
    recue_le = forms.DateField(label="Reçue le", widget=SaisieDate)
    reponse = texte("Ce que la personne répond", "Avec ses mots. Elle peut les relire et les corriger.", lignes=5)

    def preparer(self) -> None:
        self.initial = {"recue_le": self.contexte.au, **self.initial}

    def executer(self) -> str:
        d = self.cleaned_data
        services.recevoir_observation(
            procedure=self.procedure(), forme=FormeObservation(d["forme"]), texte=d["reponse"], recue_le=d["recue_le"],
            **self.contexte.commun,
        )  # fmt: skip
        return "La réponse est notée. L'examen du motif légitime est à refaire à sa lumière."


class Audition(FormulaireDevoirs):
    """``devoirs.services.demander_audition`` and ``convier_audition``."""

    demandee_le = forms.DateField(
        label="La personne l'a demandé le", required=False, widget=SaisieDate, help_text="Vide : on le lui propose."
    )
    quand = forms.DateTimeField(label="Rendez-vous le", widget=SaisieDateHeure, required=False)
    lieu = forms.CharField(label="Lieu", required=False, max_length=200, help_text="Ou « par téléphone ».")
    moyen = ChoixLong(label="Comment elle est prévenue", required=False)

    def preparer(self) -> None:
        self.choisir("moyen", moyens_de(GenreCourrier.AUDITION))

    def clean(self) -> dict[str, object]:
        lus = super().clean() or self.cleaned_data
        if not lus.get("quand") and not lus.get("demandee_le"):
            self.add_error("quand", "Donnez la date du rendez-vous, ou celle de la demande de la personne.")
        if lus.get("quand") and not (lus.get("lieu") and lus.get("moyen")):
            self.add_error("lieu", "Dites où, et comment la personne est prévenue.")
        return lus

    def executer(self) -> str:
        d = self.cleaned_data
        if d["demandee_le"]:
            services.demander_audition(procedure=self.procedure(), demandee_le=d["demandee_le"], **self.contexte.commun)
        if not d["quand"]:
            return "Sa demande est notée : rien ne se décide avant qu'elle ait été entendue."
        services.convier_audition(
            procedure=self.procedure(), quand=d["quand"], lieu=d["lieu"], moyen=MoyenRemise(d["moyen"]),
            **self.contexte.commun,
        )  # fmt: skip
        return "L'entretien est fixé et la personne est prévenue."


class TenirAudition(FormulaireDevoirs):
    """``devoirs.services.tenir_audition``."""

    tenue_le = forms.DateField(label="Entretien du", widget=SaisieDate)
    presente = ChoixLong(
        label="La personne", choices=[("oui", "Est venue et a été entendue"), ("non", "N'est pas venue")]
    )
    assistee_par = forms.CharField(label="Assistée par", required=False, max_length=160)
    compte_rendu = texte("Ce qu'elle a dit", "Relu avec elle.", requis=False, lignes=5)

    def preparer(self) -> None:
        prevue = self.procedure().audition_prevue_le
        self.initial = {"tenue_le": prevue.date() if prevue else self.contexte.au, **self.initial}

    def executer(self) -> str:
        d = self.cleaned_data
        presente = d["presente"] == "oui"
        services.tenir_audition(
            procedure=self.procedure(), tenue_le=d["tenue_le"], presente=presente, assistee_par=d["assistee_par"],
            compte_rendu=d["compte_rendu"], **self.contexte.commun,
        )  # fmt: skip
        if presente:
            return "L'entretien est noté. L'examen du motif légitime est à refaire à sa lumière."
        return "L'absence est notée. Ne pas venir n'est pas reconnaître les faits."


class Communiquer(FormulaireDevoirs):
    """``devoirs.services.communiquer_dossier``, or her request alone."""

    demandee_le = forms.DateField(label="Demandé le", required=False, widget=SaisieDate)
    pieces = texte(
        "Ce que contient le dossier communiqué", "Une pièce par ligne. Vide : la demande seule est notée.", requis=False
    )
    moyen = ChoixLong(label="Comment il est remis", required=False)

    def preparer(self) -> None:
        self.choisir("moyen", moyens_de(GenreCourrier.COMMUNICATION_DOSSIER))
        self.initial = {"demandee_le": self.procedure().communication_demandee_le or self.contexte.au, **self.initial}

    def clean(self) -> dict[str, object]:
        lus = super().clean() or self.cleaned_data
        if str(lus.get("pieces") or "").strip() and not lus.get("moyen"):
            self.add_error("moyen", "Dites comment le dossier est remis.")
        return lus

    def executer(self) -> str:
        d = self.cleaned_data
        pieces = [ligne.strip() for ligne in d["pieces"].splitlines() if ligne.strip()]
        if d["demandee_le"]:
            services.demander_communication(
                procedure=self.procedure(), demandee_le=d["demandee_le"], **self.contexte.commun
            )
        if not pieces:
            return "Sa demande est notée : rien ne se décide avant que le dossier lui soit remis."
        services.communiquer_dossier(
            procedure=self.procedure(), pieces=pieces, moyen=MoyenRemise(d["moyen"]), **self.contexte.commun
        )
        return "Le dossier est communiqué à la personne."


class Inscrire(FormulaireDevoirs):
    """``devoirs.services.ep_agenda.inscrire_dossier``: the question goes before the équipe pluridisciplinaire."""

    seance = ChoixLong(label="Séance")

    def preparer(self) -> None:
        self.seances = {str(s.pk): s for s in prochaines(au=self.contexte.au)}
        self.choisir("seance", [(pk, f"{jour(s.debut):%d/%m/%Y}, {s.lieu}") for pk, s in self.seances.items()])

    def empechement(self) -> str:
        return "" if self.seances else "Aucune séance n'est prévue : planifiez-en une d'abord."

    def executer(self) -> str:
        seance = self.seances[self.cleaned_data["seance"]]
        inscrire_dossier(seance=seance, procedure=self.procedure(), **self.contexte.commun)
        return f"Le dossier est inscrit à la séance du {jour(seance.debut):%d/%m/%Y}. La personne y sera invitée."


class Clore(FormulaireDevoirs):
    """``devoirs.services.clore_sans_suite``."""

    motif = ChoixLong(
        label="Pourquoi", choices=[(m.value, m.libelle) for m in MotifSansSuite if m is not MotifSansSuite.DECES]
    )
    explication = texte("En quelques mots, pour la personne", requis=False)

    def executer(self) -> str:
        d = self.cleaned_data
        services.clore_sans_suite(
            procedure=self.procedure(), motif=MotifSansSuite(d["motif"]), explication=d["explication"],
            **self.contexte.commun,
        )  # fmt: skip
        return "La procédure est close sans suite. La personne en est informée si elle avait reçu une lettre."


def instructeurs() -> list[Agent]:
    """Who may instruct today."""
    affectes = Agent.objects.filter(affectations__role=RoleAgent.DEVOIRS, affectations__fin__isnull=True, actif=True)
    return list(affectes.distinct().order_by("nom", "prenom"))
