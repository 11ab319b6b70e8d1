"""The decision of orientation (CASF L262-29, C. trav. L5411-5-1): a human one, with coded reasons."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import structures_orientables
from cordee.metier.orientation.enums import MotifEcart, MotifOrientation
from cordee.metier.orientation.models import Diagnostic, Orientation
from cordee.metier.orientation.regles import Proposition
from cordee.metier.orientation.services.acces import accorder_acces, terminer_acces_d_orientation
from cordee.metier.parcours.enums import Etat, GenreEvenement, Voie
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.reglementation.delais import echeance
from cordee.reglementation.organismes_referents import GenreOrganismeReferent, convention_exigee
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour

OBJET = "orientation"
PRECISION_MAX = 200
G = GenreOrganismeReferent


class OrientationRefusee(ErreurMetier):
    """The decision cannot be taken this way; the sentence says why."""


@transaction.atomic
def decider(
    *, personne: Personne, voie: Voie, categorie: GenreOrganismeReferent, structure: Structure,
    motifs: Sequence[MotifOrientation], proposition: Proposition | Mapping[str, Any] | None = None,
    motif_ecart: MotifEcart | None = None, precision_ecart: str = "", par_defaut: bool = False,
    diagnostic: Diagnostic | None = None, acte: uuid.UUID | None = None, par: Agent, le: datetime,
) -> Orientation:  # fmt: skip
    """Decide the path and the référent body. The former decision, if any, ends today; a new one is to be notified.

    Args:
        motifs: at least one coded reason; they are cited in the notification.
        proposition: what the rule proposed, kept with the decision; to decide otherwise needs ``motif_ecart``, and
            ``AUTRE`` a few words (``precision_ecart``: kept with the decision, never in an event).
        par_defaut: CASF R262-65-3, when the information is missing through the person: towards the Département or a
            délégataire (or the body that accompanies her already), signed by a human.
        acte: groups the decisions that one signature takes (``defaut.prononcer_par_defaut``).

    After the six weeks (CASF D262-65-2) the decision can still be recorded: it is flagged ``tardive``.

    Raises:
        OrientationRefusee: no reason, body of another category, convention expired (L5411-5-1 IV 3°), default
            orientation not due.
        TransitionInterdite: right not known yet, identity to arbitrate, person gone.

    """
    personne = verrouiller(personne)
    au = jour(le)
    voie, categorie = Voie(voie), G(categorie)
    s = situation_courante(personne)
    codes = [MotifOrientation(m) for m in dict.fromkeys(motifs)]
    if par_defaut:
        _exiger_defaut(s, categorie, structure, au=au)
        codes = list(dict.fromkeys([*codes, MotifOrientation.INFORMATIONS_MANQUANTES]))
    if not codes:
        raise OrientationRefusee("Indiquez au moins une raison : elle est écrite dans la décision.")
    _exiger_organisme(categorie, structure, au=au)
    orientation = Orientation(
        personne=personne, diagnostic=diagnostic or dernier_diagnostic(personne), voie=voie, categorie=categorie,
        structure=structure, motifs=[str(m) for m in codes], par_defaut=par_defaut,
        **_a_conserver(proposition, voie, categorie, motif_ecart, precision_ecart),
        tardive=s.orientation is None and _six_semaines_passees(s, au), decidee_le=le, decidee_par=par, debut=au,
    )  # fmt: skip
    return _poser(orientation, GenreEvenement.ORIENTATION_DECIDEE, par=par, le=le, survenu_le=le, acte=acte)


@transaction.atomic
def enregistrer_orientation_operateur(
    *, personne: Personne, voie: Voie, categorie: GenreOrganismeReferent, structure: Structure, decidee_le: date,
    par: Agent, le: datetime,
) -> Orientation:  # fmt: skip
    """Record the decision the employment operator took after the six weeks (D262-65-2): towards itself or us.

    Raises:
        OrientationRefusee: body of another category, date to come.
        TransitionInterdite: the decision still belongs to the Département.

    """
    personne = verrouiller(personne)
    au = jour(le)
    if decidee_le > au:
        raise OrientationRefusee("La date de la décision ne peut pas être à venir.")
    categorie = G(categorie)
    _exiger_organisme(categorie, structure, au=decidee_le)
    instant = le if decidee_le == au else datetime.combine(decidee_le, time(12), tzinfo=PARIS)
    orientation = Orientation(
        personne=personne, diagnostic=dernier_diagnostic(personne), voie=Voie(voie), categorie=categorie,
        structure=structure, motifs=[], par_operateur=True, decidee_le=instant, decidee_par=par, debut=au,
    )  # fmt: skip
    return _poser(orientation, GenreEvenement.ORIENTATION_OPERATEUR, par=par, le=le, survenu_le=instant)


@transaction.atomic
def accuser_reception(
    *, orientation: Orientation, notifiee_le: date | None = None, par: Agent, le: datetime
) -> Orientation:
    """We received the operator's decision towards one of our bodies; ``notifiee_le``: its own date of notification.

    Raises:
        OrientationRefusee: date to come.
        TransitionInterdite: no such decision is waiting.

    """
    personne = verrouiller(orientation.personne)
    au = jour(le)
    certaine = notifiee_le or au
    if certaine > au:
        raise OrientationRefusee("La date de notification ne peut pas être à venir.")
    consigner_un(
        genre=GenreEvenement.ORIENTATION_ACCUSEE, personne=personne, par=par, le=le,
        donnees={"notifiee_le": certaine.isoformat()}, objet_type=OBJET, objet_id=orientation.pk,
    )  # fmt: skip
    orientation.notifiee_le = certaine
    orientation.save(update_fields=["notifiee_le"])
    return orientation


def dernier_diagnostic(personne: Personne) -> Diagnostic | None:
    """The last finished diagnosis of a person."""
    finis = Diagnostic.objects.filter(personne__in=ids_du_groupe(personne), brouillon=False)
    return finis.order_by("-mene_le", "-pk").first()


# Parts --------------------------------------------------------------------------------------------------------------
def _poser(
    orientation: Orientation, genre: GenreEvenement, *, par: Agent, le: datetime, survenu_le: datetime,
    acte: uuid.UUID | None = None,
) -> Orientation:  # fmt: skip
    """Close the former decision, write the new one, move the path, then the accesses."""
    personne = orientation.personne
    for ancienne in Orientation.objects.filter(personne__in=ids_du_groupe(personne), fin__isnull=True):
        ancienne.fin = max(ancienne.debut, orientation.debut)
        ancienne.save(update_fields=["fin"])
    enregistrer(orientation)
    categorie = G(orientation.categorie)
    consigner_un(
        genre=genre, personne=personne, par=par, le=le, survenu_le=survenu_le, objet_type=OBJET,
        objet_id=orientation.pk, acte=acte,
        donnees={
            "orientation": orientation.pk, "voie": str(orientation.voie), "categorie": str(categorie),
            "structure": orientation.structure_id, "acceptation": categorie is not G.CONSEIL_DEPARTEMENTAL,
        },
    )  # fmt: skip
    terminer_acces_d_orientation(personne, sauf=orientation.structure_id, au=orientation.debut)
    accorder_acces(personne, par=par, le=le)
    return orientation


def _exiger_organisme(categorie: GenreOrganismeReferent, structure: Structure, *, au: date) -> None:
    """V14, L5411-5-1 IV: an open body of that category; a délégataire under a convention in force."""
    if structure.categorie != categorie:
        raise OrientationRefusee(f"« {structure.nom} » n'est pas un organisme de la catégorie « {categorie.libelle} ».")
    if structures_orientables(categorie=categorie, au=au).filter(pk=structure.pk).exists():
        return
    if convention_exigee(categorie):
        raise OrientationRefusee(
            f"« {structure.nom} » n'a pas de convention en cours : aucune nouvelle orientation n'est possible."
        )
    raise OrientationRefusee(f"« {structure.nom} » n'est pas ouverte à cette date.")


def _exiger_defaut(s: Situation, categorie: GenreOrganismeReferent, structure: Structure, *, au: date) -> None:
    """R262-65-3 and E07: only after a convocation left without answer, from the fourth week on or after outreach."""
    if categorie not in (G.CONSEIL_DEPARTEMENTAL, G.DELEGATAIRE) and s.referent_structure != structure.pk:
        raise OrientationRefusee(
            "L'orientation par défaut va vers le Département, un délégataire ou l'organisme qui accompagne déjà."
        )
    if s.rencontree_le is not None:
        raise OrientationRefusee("La personne a été reçue : sa situation est connue, décidez sans le défaut.")
    if not s.convocations:
        raise OrientationRefusee("Aucune convocation n'a été envoyée : proposez d'abord un rendez-vous.")
    file = echeance("file_orientation_par_defaut", depuis=s.recu_le).terme if s.recu_le else au
    if s.chemin is not Etat.A_ORIENTER_PAR_DEFAUT and au < file:
        raise OrientationRefusee(
            f"L'orientation par défaut n'est pas possible avant le {file:%d/%m/%Y} : relancez d'abord la personne."
        )


def _six_semaines_passees(s: Situation, au: date) -> bool:
    return s.recu_le is not None and au > echeance("orienter", depuis=s.recu_le).terme


def _a_conserver(
    proposition: Proposition | Mapping[str, Any] | None, voie: Voie, categorie: GenreOrganismeReferent,
    motif_ecart: MotifEcart | None, precision: str,
) -> dict[str, Any]:  # fmt: skip
    """The columns that keep the proposal with the decision: followed, or not and why (CRPA R311-3-1-2)."""
    if not proposition:
        return {}
    contenu = proposition.vers_json() if isinstance(proposition, Proposition) else dict(proposition)
    suivie = contenu.get("voie") == voie and _meme_destination(contenu.get("categorie"), categorie)
    if not suivie and motif_ecart is None:
        raise OrientationRefusee("Vous décidez autrement que la proposition : choisissez la raison qui l'explique.")
    ecart = "" if suivie or motif_ecart is None else MotifEcart(motif_ecart)
    texte = precision.strip() if ecart is MotifEcart.AUTRE else ""
    if ecart is MotifEcart.AUTRE and not texte:
        raise OrientationRefusee("« Une autre raison » : dites laquelle en quelques mots.")
    if len(texte) > PRECISION_MAX:
        raise OrientationRefusee(f"Dites l'autre raison en {PRECISION_MAX} caractères au plus.")
    return {
        "proposition": contenu, "voie_proposee": str(contenu.get("voie") or ""),
        "categorie_proposee": str(contenu.get("categorie") or ""), "version_regle": str(contenu.get("version") or ""),
        "suivie": suivie, "motif_ecart": str(ecart), "precision_ecart": texte,
    }  # fmt: skip


def _meme_destination(proposee: object, choisie: GenreOrganismeReferent) -> bool:
    """A proposal towards the Département covers its délégataires: the sector says which of them receives whom."""
    departement = {str(G.CONSEIL_DEPARTEMENTAL), str(G.DELEGATAIRE)}
    return proposee == choisie or {str(proposee), str(choisie)} <= departement
