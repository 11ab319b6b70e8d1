"""The data desk's acts, and the corrections anybody who follows a person may make."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.selectors import structures_ouvertes
from cordee.metier.parcours.enums import GenreEcheance, MotifSortie
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.selectors import histoire_de
from cordee.metier.parcours.services import (
    actes,
    changer_adresse,
    constater_deces,
    identifier_representant,
    signaler_protection,
)
from cordee.metier.personnes.enums import Autorisation, Localisation, NatureAdresse, Protection, Sexe
from cordee.metier.personnes.services import AdresseSaisie, ajouter_contact, marquer_contact_discret, modifier_identite
from cordee.territoires.models import Commune
from cordee.web.composants.saisies import SaisieDate
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe
from cordee.web.parcours.table import ETAPES

_NATURES = tuple(n for n in NatureAdresse if n is not NatureAdresse.HORS_FRANCE)
_OUI_NON = [("oui", "Oui"), ("non", "Non")]
_LIEUX = (Localisation.SECTEUR, Localisation.HORS_SECTEUR, Localisation.HORS_DEPARTEMENT, Localisation.ETRANGER)


class _AvecLieu(FormulaireActe):
    """Where she lives: a structure when a sector receives her."""

    structure = forms.ChoiceField(label="Structure qui la reçoit", required=False)

    def preparer(self) -> None:
        self.choisir_structure("structure", self.contexte.structures(), vide="Aucune structure")


class Localiser(_AvecLieu):
    """``parcours.services.actes.localiser``."""

    succes = "Le lieu de vie est établi."
    localisation = ChoixLong(label="Où elle vit", choices=[(v.value, v.libelle) for v in _LIEUX])
    domiciliee = forms.BooleanField(label="Elle est domiciliée auprès d'un organisme", required=False)
    field_order = ("localisation", "structure", "domiciliee")

    def executer(self) -> str:
        d = self.cleaned_data
        actes.localiser(
            personne=self.contexte.personne, structure=self.par_pk.get(d["structure"]),
            localisation=Localisation(d["localisation"]), domiciliee=d["domiciliee"], **self.commun,
        )  # fmt: skip
        return self.succes


class ConfirmerDroit(_AvecLieu):
    """``parcours.services.actes.confirmer_droit``."""

    confirme = ChoixLong(
        label="La demande est-elle confirmée ?",
        choices=[("oui", "Oui, le droit est ouvert"), ("non", "Non, sans suite")],
    )
    recu_le = forms.DateField(
        label="Information reçue le", widget=SaisieDate, help_text="Le délai d'orientation court de ce jour."
    )
    field_order = ("confirme", "recu_le", "structure")

    def preparer(self) -> None:
        super().preparer()
        self.initial.setdefault("recu_le", self.contexte.au)

    def executer(self) -> str:
        d = self.cleaned_data
        actes.confirmer_droit(
            personne=self.contexte.personne, confirme=d["confirme"] == "oui", recu_le=d["recu_le"],
            structure=self.par_pk.get(d["structure"]), **self.commun,
        )  # fmt: skip
        return "Le droit est confirmé." if d["confirme"] == "oui" else "La demande est classée sans suite."


class ConstaterSdd(_AvecLieu):
    """``parcours.services.actes.constater_sdd``."""

    succes = "La vérification est enregistrée."
    soumise = ChoixLong(label="Est-elle soumise aux droits et devoirs ?", choices=_OUI_NON)
    recu_le = forms.DateField(label="Information reçue le", widget=SaisieDate)
    field_order = ("soumise", "recu_le", "structure")

    def preparer(self) -> None:
        super().preparer()
        self.initial.setdefault("recu_le", self.contexte.au)

    def executer(self) -> str:
        d = self.cleaned_data
        actes.constater_sdd(
            personne=self.contexte.personne, soumise=d["soumise"] == "oui", recu_le=d["recu_le"],
            structure=self.par_pk.get(d["structure"]), **self.commun,
        )  # fmt: skip
        return self.succes


class Disparition(FormulaireActe):
    """``parcours.services.actes.verifier_disparition``."""

    succes = "La vérification est enregistrée."
    resultat = ChoixLong(label="Ce que vous avez trouvé", choices=actes.ResultatVerification.choices())
    motif_sortie = forms.ChoiceField(
        label="Raison de la sortie", required=False,
        choices=[("", "Pas de sortie"), *((m.value, m.libelle) for m in MotifSortie if m is not MotifSortie.DECES)],
    )  # fmt: skip

    def executer(self) -> str:
        d = self.cleaned_data
        actes.verifier_disparition(
            personne=self.contexte.personne, resultat=actes.ResultatVerification(d["resultat"]),
            motif_sortie=MotifSortie(d["motif_sortie"]) if d["motif_sortie"] else None, **self.commun,
        )  # fmt: skip
        return self.succes


class Transmettre(FormulaireActe):
    """``parcours.services.actes.transmettre_dossier``."""

    succes = "Le dossier est transmis ; il est clos ici."

    def executer(self) -> str:
        actes.transmettre_dossier(personne=self.contexte.personne, **self.commun)
        return self.succes


class Deces(FormulaireActe):
    """``parcours.services.constater_deces``: everything to come is cancelled."""

    succes = "Le décès est enregistré : rendez-vous, envois et étapes à venir sont annulés."
    deces_le = forms.DateField(label="Date du décès", widget=SaisieDate)

    def executer(self) -> str:
        constater_deces(personne=self.contexte.personne, deces_le=self.cleaned_data["deces_le"], **self.commun)
        return self.succes


class _Representation(FormulaireActe):
    nom = forms.CharField(label="Nom du représentant", required=False, max_length=120)
    adresse = forms.CharField(label="Son adresse", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    telephone = forms.CharField(label="Son téléphone", required=False, max_length=20)
    courriel = forms.EmailField(label="Son courriel", required=False)
    assiste_signature = forms.BooleanField(
        label="Son assistance est nécessaire pour signer", required=False, initial=True
    )
    cote_a_cote = (("telephone", "courriel"),)

    @property
    def coordonnees(self) -> dict[str, Any]:
        noms = ("nom", "adresse", "telephone", "courriel", "assiste_signature")
        return {nom: self.cleaned_data[nom] for nom in noms}


class ProtectionSignalee(_Representation):
    """``parcours.services.signaler_protection`` (E28)."""

    succes = "La mesure de protection est signalée."
    protection = ChoixLong(label="Mesure", choices=Protection.choices())
    field_order = ("protection", "nom", "adresse", "telephone", "courriel", "assiste_signature")

    def preparer(self) -> None:
        self.fields["nom"].help_text = "S'il n'est pas connu, le service social aura quinze jours pour l'identifier."

    def executer(self) -> str:
        signaler_protection(
            personne=self.contexte.personne, protection=Protection(self.cleaned_data["protection"]),
            **self.coordonnees, **self.commun,
        )  # fmt: skip
        return self.succes


class RepresentantIdentifie(_Representation):
    """``parcours.services.identifier_representant``."""

    succes = "Le représentant est connu : les décisions lui seront aussi adressées."

    def preparer(self) -> None:
        self.fields["nom"].required = True

    def executer(self) -> str:
        identifier_representant(personne=self.contexte.personne, **self.coordonnees, **self.commun)
        return self.succes


class Demenagement(FormulaireActe):
    """``parcours.services.changer_adresse``: what she says goes before the next file; her référent stays (R51)."""

    succes = "La nouvelle adresse est notée."
    cote_a_cote = (("numero", "type_voie", "voie"), ("code_postal", "commune"))
    nature = ChoixLong(
        label="Où vit-elle ?", choices=[(n.value, n.libelle) for n in _NATURES],
        initial=NatureAdresse.DOMICILE.value,
    )  # fmt: skip
    numero = forms.CharField(label="Numéro", required=False, max_length=8)
    type_voie = forms.CharField(label="Type de voie", required=False, max_length=32, help_text="Rue, avenue…")
    voie = forms.CharField(label="Nom de la voie", required=False, max_length=80)
    complement = forms.CharField(label="Bâtiment, escalier, chez…", required=False, max_length=80)
    code_postal = forms.CharField(label="Code postal", required=False, max_length=5)
    commune = forms.ChoiceField(label="Commune", required=False)
    domiciliataire = forms.ChoiceField(
        label="Organisme qui la domicilie", required=False, help_text="Seulement pour une domiciliation."
    )
    depuis = forms.DateField(label="Depuis le", widget=SaisieDate)

    def preparer(self) -> None:
        structures = structures_ouvertes(au=self.contexte.au)
        self.organismes = {
            str(s.pk): s for s in structures.filter(type__in=(TypeStructure.CCAS, TypeStructure.ASSOCIATION))
        }
        self.choisir("commune", Commune.objects.order_by("nom").values_list("pk", "nom"), vide="Choisir")
        self.choisir("domiciliataire", [(pk, s.nom) for pk, s in self.organismes.items()], vide="Aucun")
        self.initial.setdefault("depuis", self.contexte.au)

    def executer(self) -> str:
        d = self.cleaned_data
        textes = {nom: d[nom] for nom in ("numero", "type_voie", "voie", "complement", "code_postal")}
        saisie = AdresseSaisie(
            nature=NatureAdresse(d["nature"]), domiciliataire=self.organismes.get(d["domiciliataire"]),
            commune=Commune.objects.get(pk=d["commune"]) if d["commune"] else None, **textes,
        )  # fmt: skip
        changer_adresse(personne=self.contexte.personne, adresse=saisie, depuis=d["depuis"], **self.commun)
        return self.succes


class Discretion(FormulaireActe):
    """``personnes.services.marquer_contact_discret`` (R38, V12)."""

    discret = ChoixLong(
        label="Faut-il être discret ?",
        choices=[("oui", "Oui : rien au domicile, aucun message"), ("non", "Non : contact ordinaire")],
    )  # fmt: skip

    def preparer(self) -> None:
        self.initial.setdefault("discret", "oui" if self.contexte.personne.contact_discret else "")

    def executer(self) -> str:
        discret = self.cleaned_data["discret"] == "oui"
        marquer_contact_discret(personne=self.contexte.personne, discret=discret, **self.commun)
        return "Le contact discret est demandé." if discret else "Le contact redevient ordinaire."


class TraiterEcheance(FormulaireActe):
    """``parcours.services.actes.traiter_echeance``."""

    succes = "L'échéance est traitée."
    echeance = ChoixLong(label="Échéance traitée")

    def preparer(self) -> None:
        ouvertes = [GenreEcheance(e.genre) for e in self.contexte.situation.echeances]
        self.traitables = [g for g in ouvertes if ETAPES.get(g) == "echeance"]
        self.choisir("echeance", [(g, g.libelle) for g in self.traitables])
        demandee = self.contexte.parametres.get("genre", "")
        premiere = str(self.traitables[0]) if self.traitables else ""
        self.initial.setdefault("echeance", demandee if demandee in self.traitables else premiere)

    def empechement(self) -> str:
        return "" if self.traitables else "Aucune échéance ouverte ne se traite ici."

    def executer(self) -> str:
        genre = GenreEcheance(self.cleaned_data["echeance"])
        actes.traiter_echeance(personne=self.contexte.personne, echeance=genre, **self.commun)
        return self.succes


class Identite(FormulaireActe):
    """``personnes.services.modifier_identite``, on the version that was on the screen."""

    succes = "L'identité est corrigée."
    version = forms.IntegerField(widget=forms.HiddenInput)
    nom = forms.CharField(label="Nom d'usage", max_length=80)
    nom_naissance = forms.CharField(label="Nom de naissance", max_length=80, required=False)
    prenom = forms.CharField(label="Prénom", max_length=80)
    date_naissance = forms.DateField(label="Date de naissance", required=False, widget=SaisieDate)
    sexe = forms.ChoiceField(label="Sexe", choices=Sexe.choices())
    langue = forms.CharField(label="Langue parlée", max_length=40, required=False)
    interprete = forms.BooleanField(label="Un interprète est nécessaire", required=False)
    CHAMPS = ("nom", "nom_naissance", "prenom", "date_naissance", "sexe", "langue", "interprete")

    def preparer(self) -> None:
        p = self.contexte.personne
        self.initial = {**self.initial} | {champ: getattr(p, champ) for champ in self.CHAMPS} | {"version": p.version}

    def executer(self) -> str:
        champs = {champ: self.cleaned_data[champ] for champ in self.CHAMPS}
        modifier_identite(
            personne=self.contexte.personne, version=self.cleaned_data["version"], champs=champs, **self.commun
        )
        return self.succes

    def differences(self) -> list[tuple[str, str, str]]:
        """What another agent saved meanwhile, beside what was typed: (field, saved, typed)."""
        lignes = []
        for champ in self.CHAMPS:
            enregistre, saisi = getattr(self.contexte.personne, champ), self.cleaned_data.get(champ)
            if (enregistre or "") != (saisi or ""):
                lignes.append((str(self.fields[champ].label), _mot(enregistre), _mot(saisi)))
        return lignes


class Joindre(FormulaireActe):
    """``personnes.services.ajouter_contact``."""

    succes = "Le moyen de joindre est ajouté. L'ancien reste dans l'historique."
    valeur = forms.CharField(label="Téléphone ou courriel", max_length=254)
    verifie = forms.BooleanField(label="Vérifié avec la personne", required=False)
    numero_de_tiers = forms.BooleanField(label="Appartient à quelqu'un d'autre", required=False)
    autorisation = forms.ChoiceField(
        label="Accepte-t-elle d'être jointe ainsi ?", choices=Autorisation.choices(), initial=Autorisation.INCONNU.value
    )

    def executer(self) -> str:
        d = self.cleaned_data
        ajouter_contact(
            personne=self.contexte.personne, valeur=d["valeur"], autorisation=Autorisation(d["autorisation"]),
            verifie=d["verifie"], numero_de_tiers=d["numero_de_tiers"], **self.commun,
        )  # fmt: skip
        return self.succes


class AnnulerEvenement(FormulaireActe):
    """``parcours.services.actes.annuler_evenement``: a correction is an event too."""

    succes = "La correction est enregistrée : le parcours a été recalculé."
    evenement = forms.ChoiceField(label="Acte enregistré par erreur")

    def preparer(self) -> None:
        souvenirs = [s for s in histoire_de(self.contexte.personne) if s.genre in actes.ANNULABLES and not s.annule]
        self.choisir("evenement", [(s.pk, f"{s.titre}, le {s.survenu_le:%d/%m/%Y}") for s in reversed(souvenirs[-15:])])
        self.initial.setdefault("evenement", self.contexte.parametres.get("evenement", ""))

    def empechement(self) -> str:
        return "" if self.fields["evenement"].choices else "Aucun acte de cette personne ne peut être corrigé ici."  # type: ignore[attr-defined]

    def executer(self) -> str:
        evenement = Evenement.objects.get(pk=self.cleaned_data["evenement"])
        actes.annuler_evenement(evenement=evenement, **self.commun)
        return self.succes


def _mot(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return str(valeur) if valeur else "(vide)"
