"""Reads of contracts: the draft, the one in force, what is missing before the signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from cordee.metier.contrats import regles
from cordee.metier.contrats.enums import Engage, GenreContrat
from cordee.metier.contrats.models import Contrat
from cordee.metier.courriers.expediteurs import adresse_de, expediteur
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.selectors import nom_complet
from cordee.metier.organismes.models import en_cours
from cordee.metier.parcours.enums import Intensite
from cordee.metier.personnes.enums import PrecisionNaissance, Sexe
from cordee.metier.personnes.models import Personne, Representant
from cordee.metier.personnes.selectors import ids_du_groupe, representants_courants
from cordee.metier.suivi.enums import ResultatContact
from cordee.metier.suivi.models import ContactSuivi
from cordee.reglementation.contrat_engagement import Manque
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import jour


def brouillon_de(personne: Personne) -> Contrat | None:
    """The draft being prepared, if any."""
    lignes = Contrat.objects.filter(personne__in=ids_du_groupe(personne), debut__isnull=True, fin__isnull=True)
    return lignes.order_by("-cree_le", "-pk").first()


def contrat_en_vigueur(personne: Personne, *, au: date) -> Contrat | None:
    """The signed contract not ended by a reorientation or an exit (E04: an overdue update does not end it)."""
    lignes = Contrat.objects.filter(
        en_cours(au), personne__in=ids_du_groupe(personne), genre=GenreContrat.CONTRAT_ENGAGEMENT
    )
    return lignes.order_by("-debut", "-pk").first()


def representant_qui_assiste(personne: Personne, *, au: date) -> Representant | None:
    """Who must assist the person to sign, if anybody (E28)."""
    return representants_courants(personne, au).filter(assiste_signature=True).order_by("-nom", "pk").first()


def contenu_de(contrat: Contrat) -> regles.Contenu:
    """The contract as the rules read it."""
    ecrites = contrat.engagements.order_by("ordre", "pk")
    lignes = [regles.ligne(e) for e in ecrites.values("engage", "texte", "famille", "heures", "avant_le")]
    return regles.Contenu(
        referent=str(contrat.referent) if contrat.referent else "", projet=contrat.projet, lignes=lignes,
        heures=contrat.heures, motif_heures=contrat.motif_heures, precision_heures=contrat.precision_heures,
        demande_dispense_le=contrat.demande_dispense_le, revue_heures_le=contrat.revue_heures_le,
        enfant_ne_le=contrat.enfant_ne_le, prochaine_actualisation=contrat.prochaine_actualisation,
    )  # fmt: skip


def manques_du_contrat(contrat: Contrat, *, au: date, assistance_representant: bool = False) -> list[Manque]:
    """What is missing before this contract may be signed (E35, E36). An empty list: it may be."""
    tete = expediteur(concerne=contrat.structure)
    representant = representant_qui_assiste(contrat.personne, au=au)
    return regles.manques(
        contenu_de(contrat),
        droits_rappeles=True,  # the document always states them (template « contrat_engagement »)
        recours_rappeles=bool(tete.get("adresse_recours") and tete.get("tribunal")),
        assistance_requise=representant is not None,
        assistant=representant.nom if representant and assistance_representant else "",
        au=au,
    )


def donnees_document(contrat: Contrat, *, le: datetime) -> dict[str, Any]:
    """The contract as its printed document reads it."""
    contenu = contenu_de(contrat)
    structure, referent, personne = contrat.structure, contrat.referent, contrat.personne
    qui: dict[str, Any] = {"nom": nom_complet(personne)}
    if personne.date_naissance and personne.precision_naissance == PrecisionNaissance.JOUR:
        accord = {Sexe.FEMME: "née", Sexe.HOMME: "né"}.get(Sexe(personne.sexe), "né(e)")
        qui["naissance"] = f"{accord} le {date_fr(personne.date_naissance, avec_jour=False)}"
    representant = representant_qui_assiste(personne, au=jour(le))
    if representant is not None and representant.nom:
        qui["representant"] = representant.nom
    return {
        "departement": expediteur(structure),
        "personne": qui,
        "organisme": {"nom": structure.nom, "adresse": adresse_de(structure)},
        "referent": {
            "nom": contenu.referent,
            "telephone": (referent.telephone if referent else "") or structure.telephone,
            "courriel": referent.courriel if referent else "",
        },
        "objectifs": regles.objectifs(contenu.projet),
        "engagements_organisme": regles.promesses(contenu.lignes, Engage.ORGANISME),
        "engagements_personne": regles.promesses(contenu.lignes, Engage.PERSONNE),
        "actions": [_action(ligne) for ligne in regles.plan(contenu.lignes)],
        "heures": _heures(contrat),
        "prochaine_actualisation": contrat.prochaine_actualisation,
        "signatures": {"personne_le": contrat.signe_personne_le, "organisme_le": contrat.signe_referent_le},
    }


def _action(ligne: regles.Ligne) -> dict[str, str]:
    action = {
        "intitule": ligne.texte,
        "avec": "vous" if ligne.engage is Engage.PERSONNE else "vous et votre référent",
    }
    if ligne.avant_le:
        action["quand"] = f"avant le {date_fr(ligne.avant_le, avec_jour=False)}"
    if ligne.heures:
        action["heures"] = _nombre(ligne.heures)
    return action


def _heures(contrat: Contrat) -> dict[str, Any]:
    motif = regles.motif_heures_en_mots(contrat.motif_heures, contrat.precision_heures)
    if contrat.heures == 0:
        dates = {"demande_le": contrat.demande_dispense_le, "revue_le": contrat.revue_heures_le}
        return {"sans_duree": {**dates, "motif": _en_minuscule(motif)}}
    heures: dict[str, Any] = {"hebdomadaire": f"{_nombre(contrat.heures or Decimal(0))} heures"}
    if motif:
        heures["motif_baisse"] = _en_minuscule(motif)
    return heures


def _nombre(valeur: Decimal) -> str:
    """Without useless zeros, with the French comma."""
    return f"{valeur.normalize():f}".replace(".", ",")


def _en_minuscule(texte: str) -> str:
    return texte[:1].lower() + texte[1:]


# Intensity ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class IntensiteMesuree:
    """What an intensive support is by its dated definition, and what was done of it (REQ-99).

    ``ecart``: the longest time between two conversations over ``periode`` days, in days, today included. ``heures``:
    hours a week of the plan in force, ``None`` without a contract.
    """

    declaree: bool
    ecart: int
    ecart_max: int
    heures: Decimal | None
    heures_min: int
    contacts: int
    periode: int

    @property
    def constatee(self) -> bool:
        """Both parts of the definition are met."""
        return self.ecart <= self.ecart_max and self.heures is not None and self.heures >= self.heures_min


def intensite_de(personne: Personne, *, au: date) -> IntensiteMesuree:
    """Measured on the last six times the interval of the definition in force; attempts do not count (R13)."""
    ecart_max = entier("intensif_contact_jours", au=au)
    periode = 6 * ecart_max
    contrat = contrat_en_vigueur(personne, au=au)
    depuis = au - timedelta(days=periode)
    if contrat is not None and contrat.debut is not None:
        depuis = max(depuis, contrat.debut)
    contacts = ContactSuivi.objects.filter(
        personne__in=ids_du_groupe(personne), annule_le__isnull=True, resultat=ResultatContact.JOINTE
    )
    jours = sorted({jour(quand) for quand in contacts.values_list("le", flat=True) if depuis <= jour(quand) <= au})
    bornes = [depuis, *jours, au]
    ecart = max((b - a).days for a, b in pairwise(bornes))
    return IntensiteMesuree(
        declaree=contrat is not None and contrat.intensite == Intensite.INTENSIVE, ecart=ecart, ecart_max=ecart_max,
        heures=contrat.heures if contrat else None, heures_min=entier("intensif_heures_plan", au=au),
        contacts=len(jours), periode=(au - depuis).days,
    )  # fmt: skip
