"""Particular situations, the joint diagnosis, papers seen, complaints, accompagnement global."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.selectors import structures_ouvertes
from cordee.metier.orientation.enums import MotifReorientation
from cordee.metier.parcours.enums import Etat
from cordee.metier.suivi import services
from cordee.metier.suivi.enums import (
    CanalReclamation,
    Constat,
    GenreReclamation,
    IssueReclamation,
    NaturePiece,
    NouvelleEmploi,
    ObjetReclamation,
    ResultatRevue,
)
from cordee.metier.suivi.models import Reclamation
from cordee.metier.suivi.regles.documents import DATEES
from cordee.metier.suivi.regles.situations import ACTES, POINTS, trimestre_de
from cordee.metier.suivi.selectors.accompagnements import chiffres_par_trimestre
from cordee.metier.suivi.selectors.documents import pieces_de
from cordee.metier.suivi.services import Valeurs
from cordee.metier.suivi.services.situations import derniere_fin
from cordee.reglementation.calendrier import ajouter_mois
from cordee.web.composants.saisies import SaisieDate, SaisieNeutre
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe

TRIMESTRES = 8
_VALEURS = ("debut_le", "fin_le", "date_cle", "heures", "horaires", "trimestre", "chiffre_affaires")


def champs_de_situation() -> dict[str, forms.Field]:
    """The values a situation may record; each form keeps its own."""
    return {
        "debut_le": forms.DateField(label="Depuis le", required=False, widget=SaisieDate),
        "fin_le": forms.DateField(
            label="Fin prévue le", required=False, widget=SaisieDate, help_text="Vide si elle n'est pas connue."
        ),
        "date_cle": forms.DateField(label="Date attendue", required=False, widget=SaisieDate),
        "heures": forms.DecimalField(
            label="Heures par semaine", required=False, min_value=0, max_value=60, decimal_places=1
        ),
        "horaires": forms.CharField(
            label="Quand elle travaille", required=False, max_length=120,
            help_text="Par exemple : tous les matins sauf le mercredi. Les rendez-vous s'y adaptent.",
        ),
        "trimestre": forms.ChoiceField(label="Trimestre déclaré", required=False),
        "chiffre_affaires": forms.DecimalField(
            label="Chiffre d'affaires du trimestre (€)", required=False, min_value=0, max_digits=9, decimal_places=2
        ),
    }  # fmt: skip


class PointSituation(FormulaireActe):
    """``suivi.services.faire_le_point``: what is found of the situation, the next point, or its end."""

    acte: ClassVar[str] = ""
    constat = ChoixLong(label="Où en est-elle")
    revue_le = forms.DateField(
        label="Prochain point", required=False, widget=SaisieDate,
        help_text="Vide : la date suit la règle de la situation. Sans effet si la situation prend fin.",
    )  # fmt: skip
    cote_a_cote = (("fin_le", "date_cle"), ("heures", "horaires"), ("trimestre", "chiffre_affaires"))

    @property
    def etat(self) -> Etat:
        return ACTES[self.acte]

    def preparer(self) -> None:
        attendu = POINTS[self.etat]
        self.choisir("constat", [(c, _avec_fin(c, c in attendu.fins)) for c in attendu.constats])
        self.fields["constat"].help_text = attendu.conseil
        if set(attendu.constats) == set(attendu.fins):
            del self.fields["revue_le"]
        for nom, champ in champs_de_situation().items():
            if nom in attendu.champs:
                self.fields[nom] = champ
        if "trimestre" in self.fields:
            _choisir_trimestre(self)
            connus = chiffres_par_trimestre(self.contexte.personne)
            if connus:
                dits = ", ".join(f"{_trimestre(t)} : {c:.0f} €" for t, c in connus[-4:])
                self.fields["chiffre_affaires"].help_text = f"Déjà notés : {dits}."
        if "fin_le" in self.fields:
            self.initial["fin_le"] = derniere_fin(self.contexte.personne, self.etat)
        if "date_cle" in self.fields:
            self.fields["date_cle"].help_text = {
                Etat.BILAN_VIEILLESSE: "Âge du taux plein, selon le relevé de carrière.",
                Etat.BILAN_HANDICAP: "Réponse attendue, ou fin de la reconnaissance.",
            }.get(self.etat, "")
        self.order_fields(["constat", *[n for n in _VALEURS if n in self.fields], "revue_le"])

    def empechement(self) -> str:
        s = self.contexte.situation.situation
        if s is None or str(self.etat) not in s.calcul.get("parentheses", []):
            return f"« {self.etat.libelle} » n'est pas en cours : constatez d'abord cette situation."
        return ""

    def executer(self) -> str:
        d = self.cleaned_data
        point = services.faire_le_point(
            personne=self.contexte.personne, etat=self.etat, constat=Constat(d["constat"]), valeurs=valeurs_de(d),
            revue_le=d.get("revue_le"), **self.commun,
        )  # fmt: skip
        return (
            "Le point est noté, le parcours reprend." if point.termine else "Le point est noté, le prochain est daté."
        )


def point(cle: str) -> type[PointSituation]:
    """The form of one situation."""
    return type(f"Point_{cle}", (PointSituation,), {"acte": cle, "__doc__": PointSituation.__doc__})


def valeurs_de(d: dict[str, Any]) -> Valeurs:
    """What was typed, whatever the form shows."""
    lues = {nom: d.get(nom) or None for nom in _VALEURS if nom != "horaires"}
    trimestre = lues.pop("trimestre")
    if d.get("heures") is not None:
        lues["heures"] = d["heures"]
    if d.get("chiffre_affaires") is not None:
        lues["chiffre_affaires"] = d["chiffre_affaires"]
    return Valeurs(
        **lues, horaires=d.get("horaires") or "", trimestre=date.fromisoformat(trimestre) if trimestre else None
    )  # fmt: skip


def _choisir_trimestre(form: FormulaireActe) -> None:
    dernier = trimestre_de(form.contexte.au)
    jours = [ajouter_mois(dernier, -3 * n) for n in range(TRIMESTRES)]
    form.choisir("trimestre", [(j.isoformat(), _trimestre(j)) for j in jours], vide="Pas de chiffre aujourd'hui")


def _trimestre(jour: date) -> str:
    """In words.

    >>> _trimestre(date(2026, 4, 1))
    '2e trimestre 2026'
    """
    n = (jour.month - 1) // 3 + 1
    return f"{n}{'er' if n == 1 else 'e'} trimestre {jour.year}"


def _avec_fin(constat: Constat, fin: bool) -> str:
    return f"{constat.libelle} (la situation prend fin, le parcours reprend)" if fin else constat.libelle


class NouvellesEmploi(FormulaireActe):
    """``suivi.services.prendre_des_nouvelles``."""

    nouvelle = ChoixLong(
        label="Ce que dit la personne", choices=NouvelleEmploi.choices(),
        help_text="Elle n'a aucune obligation de répondre : sans nouvelle, notez une tentative de contact.",
    )  # fmt: skip

    def executer(self) -> str:
        nouvelle = NouvelleEmploi(self.cleaned_data["nouvelle"])
        services.prendre_des_nouvelles(personne=self.contexte.personne, nouvelle=nouvelle, **self.commun)
        if nouvelle is NouvelleEmploi.FINI:
            return "C'est noté. Un accompagnement à sa demande peut s'ouvrir, si elle le souhaite."
        return "Les nouvelles sont notées."


class DiagnosticConjoint(FormulaireActe):
    """``suivi.services.tenir_revue_conjointe``."""

    tenue_le = forms.DateField(label="Tenu le", widget=SaisieDate)
    operateur = forms.ChoiceField(label="Agence de l'opérateur de l'emploi présente")
    conseiller = forms.CharField(label="Représentée par", max_length=80)
    personne_presente = forms.BooleanField(label="La personne était présente", required=False, initial=True)
    resultat = ChoixLong(label="Résultat", choices=ResultatRevue.choices())
    motif_reorientation = forms.ChoiceField(
        label="Pourquoi une autre orientation", required=False, choices=[("", "Choisir"), *MotifReorientation.choices()]
    )
    revision_le = forms.DateField(label="Contrat à réviser avant le", required=False, widget=SaisieDate)
    motif = forms.CharField(
        label="Motif", required=False, widget=SaisieNeutre(3),
        help_text="Exigé pour poursuivre sans changement, ou pour une prochaine revue dans douze mois.",
    )  # fmt: skip
    prolonge = forms.BooleanField(
        label="Prochaine revue dans douze mois plutôt que six",
        required=False,
        help_text="CASF L262-31, avec son motif.",
    )
    cote_a_cote = (("operateur", "conseiller"),)
    succes = "Le diagnostic conjoint est enregistré. La prochaine revue est datée."

    def preparer(self) -> None:
        self.initial.setdefault("tenue_le", self.contexte.au)
        agences = structures_ouvertes(au=self.contexte.au).filter(type=TypeStructure.OPERATEUR_EMPLOI)
        self.agences = {str(s.pk): s for s in agences}
        s = self.contexte.situation.situation
        co = s.calcul.get("coreferent_structure") if s else None
        self.choisir("operateur", [(pk, a.nom) for pk, a in self.agences.items()], vide="Choisir")
        if str(co) in self.agences:
            self.initial.setdefault("operateur", str(co))

    def executer(self) -> str:
        d = self.cleaned_data
        motif = d["motif_reorientation"]
        services.tenir_revue_conjointe(
            personne=self.contexte.personne, tenue_le=d["tenue_le"], operateur=self.agences[d["operateur"]],
            conseiller=d["conseiller"], personne_presente=d["personne_presente"],
            resultat=ResultatRevue(d["resultat"]), motif=d["motif"], revision_le=d["revision_le"],
            prolonge=d["prolonge"], motif_reorientation=MotifReorientation(motif) if motif else None, **self.commun,
        )  # fmt: skip
        return self.succes


class PieceVue(FormulaireActe):
    """``suivi.services.noter_piece_vue`` or ``clore_piece``: a paper shown and handed back, nothing of it is kept."""

    nature = ChoixLong(label="Pièce vue")
    vue_le = forms.DateField(label="Vue le", widget=SaisieDate)
    expire_le = forms.DateField(
        label="Valable jusqu'au", required=False, widget=SaisieDate,
        help_text="Exigée pour un titre de séjour, une RQTH, un dossier MDPH, une domiciliation.",
    )  # fmt: skip
    sans_objet = forms.BooleanField(
        label="Cette pièce n'est plus à renouveler", required=False,
        help_text="Par exemple : la personne a obtenu la nationalité, ou une adresse à elle.",
    )  # fmt: skip
    cote_a_cote = (("vue_le", "expire_le"),)

    def preparer(self) -> None:
        self.initial.setdefault("vue_le", self.contexte.au)
        self.choisir("nature", NaturePiece.choices())
        self.ouvertes = {p.nature: p for p in pieces_de(self.contexte.personne) if p.close_le is None}
        suivie = next((p for p in self.ouvertes.values() if NaturePiece(p.nature) in DATEES), None)
        if suivie is not None:
            self.initial.setdefault("nature", suivie.nature)
        if not self.ouvertes:
            del self.fields["sans_objet"]

    def executer(self) -> str:
        d = self.cleaned_data
        if d.get("sans_objet") and d["nature"] in self.ouvertes:
            services.clore_piece(piece=self.ouvertes[d["nature"]], **self.commun)
            return "C'est noté : il n'y a plus rien à renouveler."
        services.noter_piece_vue(
            personne=self.contexte.personne, nature=NaturePiece(d["nature"]), vue_le=d["vue_le"],
            expire_le=d["expire_le"], **self.commun,
        )  # fmt: skip
        return "La pièce est notée comme vue. Rendez-la à la personne : rien n'en est gardé."


class Reclamer(FormulaireActe):
    """``suivi.services.recevoir_reclamation``."""

    succes = "La réclamation est enregistrée, avec un responsable et une date de réponse."
    genre = ChoixLong(label="Nature", choices=GenreReclamation.choices(), initial=GenreReclamation.RECLAMATION.value)
    objet = forms.ChoiceField(label="À propos de", choices=ObjetReclamation.choices())
    canal = forms.ChoiceField(label="Reçue", choices=CanalReclamation.choices())
    recue_le = forms.DateField(label="Le", widget=SaisieDate)
    parole = forms.CharField(
        label="Ce que dit la personne", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text="Avec ses mots. Elle n'a pas à prouver ce qu'elle dit.",
    )  # fmt: skip
    cote_a_cote = (("objet", "canal", "recue_le"),)

    def preparer(self) -> None:
        self.initial.setdefault("recue_le", self.contexte.au)

    def executer(self) -> str:
        d = self.cleaned_data
        services.recevoir_reclamation(
            personne=self.contexte.personne, genre=GenreReclamation(d["genre"]), objet=ObjetReclamation(d["objet"]),
            canal=CanalReclamation(d["canal"]), parole=d["parole"], recue_le=d["recue_le"], **self.commun,
        )  # fmt: skip
        return self.succes


class RepondreReclamation(FormulaireActe):
    """``suivi.services.repondre_reclamation``."""

    succes = "La réponse est enregistrée."
    issue = ChoixLong(label="Issue", choices=IssueReclamation.choices())
    repondue_le = forms.DateField(label="Réponse faite le", widget=SaisieDate)
    reponse = forms.CharField(label="Ce qui a été répondu", widget=SaisieNeutre(4), max_length=4000)

    def preparer(self) -> None:
        self.initial.setdefault("repondue_le", self.contexte.au)
        attend = Reclamation.objects.filter(personne__in=self.contexte.ids, repondue_le=None)
        self.reclamation = attend.order_by("recue_le").first()

    @property
    def parole_entendue(self) -> str:
        return self.reclamation.parole if self.reclamation else ""

    def empechement(self) -> str:
        return "" if self.reclamation else "Aucune réclamation n'attend de réponse pour cette personne."

    def executer(self) -> str:
        d = self.cleaned_data
        services.repondre_reclamation(
            personne=self.contexte.personne, issue=IssueReclamation(d["issue"]), reponse=d["reponse"],
            repondue_le=d["repondue_le"], **self.commun,
        )  # fmt: skip
        return self.succes


class Situation(FormulaireActe):
    """``suivi.services.entrer_en_situation`` or ``constater_situation``: the étape of the situation opens."""

    succes = "La situation est constatée : son étape est ouverte, à sa date."
    etat = ChoixLong(label="Situation")
    revue_le = forms.DateField(
        label="À revoir le", required=False, widget=SaisieDate,
        help_text="Vide : la date suit la règle de la situation (un mois pour un emploi, chaque trimestre pour une "
        "activité, le milieu puis la fin d'une action).",
    )  # fmt: skip
    cote_a_cote = (("debut_le", "fin_le"), ("heures", "horaires"))

    def preparer(self) -> None:
        # the file or the procedure tell the others
        self.choisir("etat", [(e, e.libelle) for e in (*POINTS, Etat.DECES_PRESUME)])
        communs = champs_de_situation()
        for nom in ("debut_le", "fin_le", "heures", "horaires"):
            self.fields[nom] = communs[nom]
        self.fields["debut_le"].help_text = "Prise de poste, début de l'action : si cela compte ici."
        self.order_fields(["etat", "debut_le", "fin_le", "heures", "horaires", "revue_le"])

    def executer(self) -> str:
        d = self.cleaned_data
        etat, communs = Etat(d["etat"]), {"personne": self.contexte.personne, **self.commun}
        if etat not in POINTS:
            services.constater_situation(etat=etat, revue_le=d["revue_le"], **communs)
        else:
            services.entrer_en_situation(etat=etat, valeurs=valeurs_de(d), revue_le=d["revue_le"], **communs)
        return self.succes
