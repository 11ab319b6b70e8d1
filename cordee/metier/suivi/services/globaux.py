"""Accompagnement global: a social référent and a co-référent of the employment operator, on one plan (REQ-31, 93)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import agents_de
from cordee.metier.orientation.services.acces import accorder_acces
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.services import confirmer_droit, consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.enums import EtatDroit
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.personnes.selectors.fiche import droit_courant
from cordee.metier.suivi.enums import IssueGlobale
from cordee.metier.suivi.models import AccompagnementGlobal, ObjectifGlobal
from cordee.metier.suivi.services.accompagnement import ouvrir_accompagnement_volontaire
from cordee.metier.suivi.services.appui import SuiviRefuse, exiger_passee
from cordee.socle.horloge import jour

OBJET = "accompagnement_global"
E = GenreEvenement
_OUVERTS = (EtatDroit.OUVERT_VERSABLE, EtatDroit.OUVERT_SUSPENDU, EtatDroit.VERSEMENT_SUSPENDU)
_HORS_DEVOIRS = (Etat.HORS_SDD, Etat.SORTIE)


@transaction.atomic
def ouvrir_global(
    *, personne: Personne, coreferent_structure: Structure, coreferent: Agent | None = None, coreferent_nom: str = "",
    structure: Structure | None = None, referent: Agent | None = None, debut: date, par: Agent, le: datetime,
) -> AccompagnementGlobal:  # fmt: skip
    """Enter the accompagnement global: her référent body stays, the co-référent joins it on the same plan (E09).

    Somebody without RSA (never in a file, or no longer soumise) is accompanied at her own request first (L262-27): a
    file opened at the counter is closed as a demand, it was not one.

    Args:
        structure, referent: who accompanies somebody who has no référent body yet.
        coreferent_nom: the adviser's name, when she has no account here.

    Raises:
        SuiviRefuse: already in it, nobody of the operator, no référent body, a date to come.
    """
    personne = verrouiller(personne)
    exiger_passee(debut, le)
    if AccompagnementGlobal.objects.filter(personne__in=ids_du_groupe(personne), fin=None).exists():
        raise SuiviRefuse("Cette personne est déjà en accompagnement global.")
    sans_rsa = not situation_courante(personne).soumis and not _foyer_au_rsa(personne)
    _accueillir(personne, structure, referent, par=par, le=le)
    s = situation_courante(personne)
    if s.referent_structure is None:
        raise SuiviRefuse("Nommez d'abord l'organisme référent : le co-référent le complète, il ne le remplace pas.")
    _verifier_binome(s.referent_structure, coreferent_structure, coreferent, le)
    ligne = AccompagnementGlobal.objects.create(
        personne=personne, structure_id=s.referent_structure, referent_id=s.referent_agent, debut=debut,
        coreferent_structure=coreferent_structure, coreferent=coreferent, coreferent_nom=coreferent_nom.strip(),
        sans_rsa=sans_rsa, ouvert_par=par, ouvert_le=le,
    )  # fmt: skip
    consigner_un(
        genre=E.GLOBAL_OUVERT, personne=personne, par=par, le=le, objet_type=OBJET, objet_id=ligne.pk,
        donnees={"structure": coreferent_structure.pk, "agent": coreferent.pk if coreferent else None},
    )  # fmt: skip
    accorder_acces(personne, par=par, le=le)
    return ligne


@transaction.atomic
def clore_global(
    *, personne: Personne, fin: date, issue: IssueGlobale, par: Agent, le: datetime
) -> AccompagnementGlobal:
    """Leave it, with an outcome. The référent goes on alone, or closes the voluntary accompaniment by its own act.

    Raises:
        SuiviRefuse: not in it, or dates that cannot be.
    """
    personne = verrouiller(personne)
    exiger_passee(fin, le)
    en_cours = AccompagnementGlobal.objects.select_for_update().filter(personne__in=ids_du_groupe(personne), fin=None)
    ligne = en_cours.first()
    if ligne is None:
        raise SuiviRefuse("Cette personne n'est pas en accompagnement global.")
    if fin < ligne.debut:
        raise SuiviRefuse("La sortie vient après l'entrée : vérifiez la date.")
    ligne.fin, ligne.issue, ligne.clos_par = fin, IssueGlobale(issue), par
    ligne.save(update_fields=["fin", "issue", "clos_par"])
    consigner_un(
        genre=E.GLOBAL_CLOS, personne=personne, par=par, le=le, objet_type=OBJET, objet_id=ligne.pk,
        donnees={"issue": str(ligne.issue)},
    )  # fmt: skip
    accorder_acces(personne, par=par, le=le)
    return ligne


@transaction.atomic
def fixer_objectif_global(
    *, annee: int, entrees: int, en_cours: int, sans_rsa: int, part_emploi: Decimal, par: Agent, le: datetime
) -> ObjectifGlobal:
    """What is aimed at for a year; said again, it replaces what was said.

    Raises:
        SuiviRefuse: more people without RSA than people, a share that is none.
    """
    if sans_rsa > en_cours:
        raise SuiviRefuse("Les personnes sans RSA font partie de celles qui sont accompagnées : réduisez leur nombre.")
    if not 0 <= part_emploi <= 100:
        raise SuiviRefuse("La part des sorties vers l'emploi va de 0 à 100 %.")
    objectif, _ = ObjectifGlobal.objects.update_or_create(
        annee=annee,
        defaults={
            "entrees": entrees, "en_cours": en_cours, "sans_rsa": sans_rsa, "part_emploi": part_emploi,
            "fixe_par": par, "fixe_le": le,
        },
    )  # fmt: skip
    return objectif


def _foyer_au_rsa(personne: Personne) -> bool:
    """Whether the last file gave her household an open right, paid or not."""
    droit = droit_courant(personne)
    return droit is not None and droit.foyer_droit is not None and droit.foyer_droit.etat in _OUVERTS


def _accueillir(
    personne: Personne, structure: Structure | None, referent: Agent | None, *, par: Agent, le: datetime
) -> None:
    """Bring somebody without duties to an accompaniment at her own request, which has a référent body."""
    s = situation_courante(personne)
    if s.etat is Etat.ATTENTE_DROIT and structure is not None:
        confirmer_droit(personne=personne, confirme=False, par=par, le=le)
        s = situation_courante(personne)
    if s.etat not in (*_HORS_DEVOIRS, Etat.VOLONTAIRE) or (s.etat is Etat.VOLONTAIRE and s.referent_structure):
        return
    if structure is None:
        raise SuiviRefuse("Dites quelle structure accompagne cette personne, et avec quel référent.")
    if referent is not None and not agents_de(structure, au=jour(le)).filter(pk=referent.pk).exists():
        raise SuiviRefuse(f"{referent} ne travaille pas aujourd'hui dans « {structure.nom} ».")
    ouvrir_accompagnement_volontaire(personne=personne, structure=structure, agent=referent, par=par, le=le)


def _verifier_binome(referente: int, coreferente: Structure, agent: Agent | None, le: datetime) -> None:
    if coreferente.pk == referente:
        raise SuiviRefuse("Le co-référent appartient à un autre organisme que le référent.")
    types = set(Structure.objects.filter(pk__in=[referente, coreferente.pk]).values_list("type", flat=True))
    if str(TypeStructure.OPERATEUR_EMPLOI) not in types:
        raise SuiviRefuse("L'accompagnement global associe un travailleur social et l'opérateur de l'emploi.")
    if agent is not None and not agents_de(coreferente, au=jour(le)).filter(pk=agent.pk).exists():
        raise SuiviRefuse(f"{agent} ne travaille pas aujourd'hui dans « {coreferente.nom} ».")
