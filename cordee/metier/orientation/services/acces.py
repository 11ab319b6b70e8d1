"""Accesses and decisions in force follow the path: one référent body, then one named agent (V7, L262-27)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

from cordee.metier.organismes.models import Agent, en_cours
from cordee.metier.orientation.models import Diagnostic, Orientation
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.services.appui import situation_courante
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne, Rattachement
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import jour

F = FinaliteRattachement


def accorder_acces(personne: Personne, *, le: datetime) -> None:
    """Make the access rows of the référent and co-référent those of the path.

    Who hands over keeps reading for some days (``acces_apres_remise_jours``), under the purpose of orientation.
    """
    s = situation_courante(personne)
    vivante = s.etat is not Etat.DECEDEE
    _accorder(personne, F.REFERENT, (s.referent_structure, s.referent_agent) if vivante else (None, None), le=le)
    _accorder(personne, F.COREFERENT, (s.coreferent_structure, s.coreferent_agent) if vivante else (None, None), le=le)


def _accorder(
    personne: Personne, finalite: FinaliteRattachement, voulu: tuple[int | None, int | None], *, le: datetime
) -> None:
    au = jour(le)
    deja = False
    for ligne in Rattachement.objects.select_for_update().filter(en_cours(au), personne=personne, finalite=finalite):
        if (ligne.structure_id, ligne.agent_id) == voulu:
            deja = True
            continue
        clore_acces(ligne, au=au)
        if ligne.structure_id != voulu[0]:
            Rattachement.objects.create(
                personne=personne, structure_id=ligne.structure_id, agent_id=ligne.agent_id, finalite=F.ORIENTATION,
                debut=au, fin=au + timedelta(days=max(1, entier("acces_apres_remise_jours", au=au))),
            )  # fmt: skip
    if voulu[0] is not None and not deja:
        Rattachement.objects.create(
            personne=personne, structure_id=voulu[0], agent_id=voulu[1], finalite=finalite, debut=au
        )


def clore_acces(ligne: Rattachement, *, au: date) -> None:
    """End an access today; one that began today leaves no row."""
    if ligne.debut >= au:
        ligne.delete()
    else:
        ligne.fin = au
        ligne.save(update_fields=["fin"])


def terminer_acces_d_orientation(personne: Personne, *, sauf: int, au: date) -> None:
    """Structures that only convened or received keep reading for some days after the decision, then no more (V7)."""
    fin = au + timedelta(days=max(1, entier("acces_apres_remise_jours", au=au)))
    Rattachement.objects.filter(
        Q(fin__isnull=True) | Q(fin__gt=fin), personne=personne, finalite__in=(F.ORIENTATION, F.ACCUEIL),
        debut__lt=fin,
    ).exclude(structure_id=sauf).update(fin=fin)  # fmt: skip


# Reactions ----------------------------------------------------------------------------------------------------------
def accorder(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: after a death, a new entry, a correction, a merge, a référent who leaves, the decision in force and
    the accesses are again those of the path.
    """
    _annuler_diagnostics(evenements)
    situations = {
        s.personne_id: Situation.de_json(s.calcul)
        for s in SituationStockee.objects.filter(personne_id__in={e.personne_id for e in evenements})
    }
    groupes = ids_des_groupes(situations)
    lignes: dict[int, list[Orientation]] = {pk: [] for pk in situations}
    proprietaire = {membre: pk for pk, membres in groupes.items() for membre in membres}
    for ligne in Orientation.objects.select_for_update().filter(personne_id__in=list(proprietaire)).order_by("pk"):
        lignes[proprietaire[ligne.personne_id]].append(ligne)
    for pk, s in situations.items():
        _accorder_orientations(s, lignes[pk], au=jour(le))
    for personne in Personne.objects.filter(pk__in=_acces_a_revoir(situations, jour(le))):
        accorder_acces(personne, le=le)


def _acces_a_revoir(situations: dict[int, Situation], au: date) -> set[int]:
    """People whose référent rows may differ from their path: a file's thousands of entrants have none."""
    avec_lignes = Rattachement.objects.filter(
        en_cours(au), personne_id__in=list(situations), finalite__in=(F.REFERENT, F.COREFERENT)
    )
    suivies = {pk for pk, s in situations.items() if s.referent_structure or s.coreferent_structure}
    return suivies | set(avec_lignes.values_list("personne_id", flat=True))


def _accorder_orientations(s: Situation, lignes: Sequence[Orientation], *, au: date) -> None:
    """Exactly the decision the path knows is open; its certain date is the path's."""
    en_vigueur = s.orientation.id if s.orientation is not None and s.etat is not Etat.DECEDEE else None
    for ligne in lignes:
        if ligne.pk != en_vigueur and ligne.fin is None:
            ligne.fin = max(ligne.debut, au)
            ligne.save(update_fields=["fin"])
    for ligne in lignes:
        certaine = s.orientation.certaine_le if s.orientation else None
        if ligne.pk == en_vigueur and (ligne.fin is not None or ligne.notifiee_le != certaine):
            ligne.fin, ligne.notifiee_le = None, certaine
            ligne.save(update_fields=["fin", "notifiee_le"])


def _annuler_diagnostics(evenements: Sequence[Evenement]) -> None:
    """A diagnosis recorded by mistake becomes a draft again."""
    annules = [e.donnees["evenement"] for e in evenements if e.genre == GenreEvenement.ANNULATION]
    vises = Evenement.objects.filter(pk__in=annules, genre=GenreEvenement.DIAGNOSTIC, objet_type="diagnostic")
    Diagnostic.objects.filter(pk__in=list(vises.values_list("objet_id", flat=True))).update(brouillon=True)
