"""Before anything: the legitimate reason, the rights not used; then open a procedure or close the report."""

from __future__ import annotations

from django import forms

from cordee.metier.devoirs.enums import MotifLegitime, MotifSansSuite
from cordee.metier.devoirs.services import classer_manquement, examiner_motif, verifier_droits
from cordee.reglementation.autres_droits import PublicDroit, SuiteDroit, autres_droits
from cordee.web.composants.saisies import SaisieDate
from cordee.web.devoirs.formulaires.base import FormulaireDevoirs, texte
from cordee.web.parcours.formulaires.base import ChoixLong

RETENU, ECARTE = "oui", "non"


class ExaminerMotif(FormulaireDevoirs):
    """``devoirs.services.examiner_motif``: asked again after she could answer (silence is no admission)."""

    cote_a_cote = (("justificatif_vu", "vu_le"),)
    motif = forms.ChoiceField(label="Ce qui peut expliquer les faits", choices=MotifLegitime.choices())
    constat = texte(
        "Ce que vous avez recherché et ce que la personne a dit", "Aucun détail de santé : le motif suffit."
    )
    echange = forms.BooleanField(label="Vous avez parlé avec la personne", required=False)
    justificatif_vu = forms.CharField(
        label="Justificatif vu", required=False, max_length=80, help_text="Sa nature seulement ; il n'est pas gardé."
    )
    vu_le = forms.DateField(label="Vu le", required=False, widget=SaisieDate)
    retenu = ChoixLong(
        label="Conclusion",
        choices=[
            (RETENU, "Un motif légitime est retenu : rien ne sera reproché, le dossier se ferme"),
            (ECARTE, "Aucun motif légitime à ce jour : l'examen sera refait si la personne en donne un"),
        ],
    )

    def executer(self) -> str:
        d = self.cleaned_data
        retenu = d["retenu"] == RETENU
        examiner_motif(
            manquement=self.manquement(), motif=MotifLegitime(d["motif"]), retenu=retenu, elements=d["constat"],
            echange=d["echange"], justificatif_vu=d["justificatif_vu"], vu_le=d["vu_le"], **self.contexte.commun,
        )  # fmt: skip
        if retenu:
            return "Un motif légitime est retenu : ces faits ne seront pas reprochés."
        return "L'examen est noté. Aucun motif légitime n'a été trouvé à ce jour."


class VerifierDroits(FormulaireDevoirs):
    """``devoirs.services.verifier_droits``: one answer per right, found with the person."""

    orientee_vers = forms.CharField(
        label="Qui l'aide à faire la démarche", required=False, max_length=160,
        help_text="Par exemple : espace France services de Créteil, rendez-vous le 12.",
    )  # fmt: skip

    def preparer(self) -> None:
        self.order_fields([])
        for droit in autres_droits():
            pour_tous = PublicDroit.TOUS in droit.pour
            self.fields[f"droit_{droit.id}"] = forms.ChoiceField(
                label=droit.libelle, required=pour_tous, help_text=droit.question,
                choices=[("", "À demander à la personne"), *SuiteDroit.choices()],
            )  # fmt: skip
        noms = sorted((n for n in self.fields if n != "orientee_vers"), key=lambda n: not self.fields[n].required)
        self.order_fields([*noms, "orientee_vers"])
        self.paires = tuple(zip(noms[::2], noms[1::2], strict=False))

    def executer(self) -> str:
        d = self.cleaned_data
        constats = {
            nom.removeprefix("droit_"): SuiteDroit(valeur)
            for nom, valeur in d.items() if nom.startswith("droit_") and valeur
        }  # fmt: skip
        verifier_droits(
            manquement=self.manquement(), constats=constats, orientee_vers=d["orientee_vers"], **self.contexte.commun
        )
        a_faire = sum(suite in (SuiteDroit.A_DEMANDER, SuiteDroit.AIDE) for suite in constats.values())
        if not a_faire:
            return "C'est noté : aucun droit n'attend d'être demandé."
        return (
            f"C'est noté : {a_faire} droit{'s' if a_faire > 1 else ''} à demander, avec une aide si elle le souhaite."
        )


class Classer(FormulaireDevoirs):
    """``devoirs.services.classer_manquement``."""

    motif = ChoixLong(
        label="Pourquoi",
        choices=[
            (m.value, m.libelle)
            for m in MotifSansSuite
            if m not in (MotifSansSuite.DECES, MotifSansSuite.MOTIF_LEGITIME)
        ],
    )  # fmt: skip
    explication = texte("En quelques mots", requis=False, lignes=2)

    def executer(self) -> str:
        d = self.cleaned_data
        classer_manquement(
            manquement=self.manquement(), motif=MotifSansSuite(d["motif"]), explication=d["explication"],
            **self.contexte.commun,
        )  # fmt: skip
        return "Le signalement est classé sans suite."
