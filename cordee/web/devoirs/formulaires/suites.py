"""After the decision: what will lift it, its lifting, its term, its undoing, the end of right postponed."""

from __future__ import annotations

from django import forms

from cordee.metier.courriers.enums import GenreCourrier, MoyenRemise
from cordee.metier.devoirs import services
from cordee.metier.devoirs.enums import MotifAnnulation, MotifLevee
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import foyer_courant
from cordee.web.composants.saisies import SaisieDate
from cordee.web.devoirs.formulaires.base import FormulaireDevoirs, texte
from cordee.web.devoirs.formulaires.lettres import moyens_de
from cordee.web.parcours.formulaires.base import ChoixLong


class Conditions(FormulaireDevoirs):
    """``devoirs.services.fixer_conditions``."""

    conditions = texte(
        "Ce qui suffira pour lever la suspension", "Fixé avec le référent ; une partie suffit (CASF R262-68-1)."
    )

    def preparer(self) -> None:
        self.initial = {"conditions": self.mesure().conditions, **self.initial}

    def executer(self) -> str:
        services.fixer_conditions(
            mesure=self.mesure(), conditions=self.cleaned_data["conditions"], **self.contexte.commun
        )
        return "Les conditions sont notées : les remplir lève la suspension."


class Conformite(FormulaireDevoirs):
    """``devoirs.services.constater_conformite``."""

    le_jour = forms.DateField(label="La personne s'est mise en règle le", widget=SaisieDate)

    def preparer(self) -> None:
        self.initial = {"le_jour": self.contexte.au, **self.initial}

    def executer(self) -> str:
        services.constater_conformite(
            mesure=self.mesure(), le_jour=self.cleaned_data["le_jour"], **self.contexte.commun
        )
        return "C'est noté : la suspension doit être levée au plus tard le prochain jour ouvré."


class Lever(FormulaireDevoirs):
    """``devoirs.services.lever_suspension``: an obligation, never a favour."""

    motif = ChoixLong(label="Pourquoi", choices=[(m.value, m.libelle) for m in MotifLevee if m is not MotifLevee.DECES])
    effet = forms.DateField(label="À compter du", widget=SaisieDate)
    moyen = ChoixLong(label="Comment la personne l'apprend", required=False)

    def preparer(self) -> None:
        mesure = self.mesure()
        self.choisir("moyen", moyens_de(GenreCourrier.LEVEE_MESURE))
        self.initial = {"effet": mesure.conforme_le or self.contexte.au, **self.initial}

    def executer(self) -> str:
        d = self.cleaned_data
        mesure = services.lever_suspension(
            mesure=self.mesure(), motif=MotifLevee(d["motif"]), effet=d["effet"],
            moyen=MoyenRemise(d["moyen"]) if d["moyen"] else None, **self.contexte.commun,
        )  # fmt: skip
        rendus = mesure.retroactif_mois or 0
        suite = f" {rendus} mois à rembourser." if rendus else " Aucune somme n'avait encore été retirée."
        return f"La suspension est levée.{suite} La caisse doit en être informée sans attendre."


class Terme(FormulaireDevoirs):
    """``devoirs.services.constater_terme``."""

    persistance = ChoixLong(
        label="Au terme de la mesure",
        choices=[
            ("non", "Le versement reprend, rien d'autre n'est à faire"),
            ("oui", "Rien n'a changé : un nouveau signalement sera examiné depuis le début"),
        ],
    )
    constat = texte("Ce qui a été proposé à la personne, et ce qui n'a pas changé", requis=False)

    def executer(self) -> str:
        d = self.cleaned_data
        persiste = d["persistance"] == "oui"
        services.constater_terme(
            mesure=self.mesure(), persistance=persiste, elements=d["constat"], **self.contexte.commun
        )
        if persiste:
            return "Le terme est constaté. Un signalement est à examiner : le motif légitime d'abord."
        return "Le terme est constaté : le versement reprend."


class Annuler(FormulaireDevoirs):
    """``devoirs.services.annuler_mesure``."""

    motif = ChoixLong(
        label="Pourquoi", choices=[(m.value, m.libelle) for m in MotifAnnulation if m is not MotifAnnulation.DECES]
    )

    def executer(self) -> str:
        services.annuler_mesure(
            mesure=self.mesure(), motif=MotifAnnulation(self.cleaned_data["motif"]), **self.contexte.commun
        )
        return "La décision est annulée : tout ce qui a été retiré est rendu, et elle ne compte plus."


class Reporter(FormulaireDevoirs):
    """``devoirs.services.reporter_fin_de_droit``."""

    membre = forms.ChoiceField(label="Qui le demande", help_text="Un membre du foyer qui a signé un contrat.")
    demandee_le = forms.DateField(label="Demandé le", widget=SaisieDate)

    def preparer(self) -> None:
        foyer = foyer_courant(self.contexte.personne)
        adultes = Personne.objects.filter(
            appartenances__foyer=foyer, appartenances__fin__isnull=True,
            appartenances__role__in=(RoleFoyer.DEM, RoleFoyer.CJT),
        ).distinct() if foyer else Personne.objects.none()  # fmt: skip
        self.membres = {str(p.pk): p for p in adultes}
        self.choisir("membre", [(pk, f"{p.prenom.title()} {p.nom}") for pk, p in self.membres.items()])
        self.initial = {"demandee_le": self.contexte.au, **self.initial}

    def executer(self) -> str:
        d = self.cleaned_data
        mesure = services.reporter_fin_de_droit(
            mesure=self.mesure(), membre=self.membres[d["membre"]], demandee_le=d["demandee_le"], **self.contexte.commun
        )
        return f"La fin de droit est reportée au {mesure.reportee_jusquau:%d/%m/%Y}."
