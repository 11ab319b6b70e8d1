"""Accesses and decisions in force follow the path: one référent body, then one named agent (V7, L262-27)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

from cordee.metier.organismes.models import Agent, Structure, en_cours
from cordee.metier.orientation.models import Diagnostic, Orientation
from cordee.metier.orientation.services.demandes import accorder_demandes
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.services.appui import situation_courante
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne, Rattachement
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.metier.personnes.services import mettre_fin_rattachement, rattacher
from cordee.socle.horloge import jour

F = FinaliteRattachement
_SIENNES = (F.REFERENT, F.COREFERENT)


def accorder_acces(personne: Personne, *, par: Agent, le: datetime) -> None:
    """Make the access rows of the référent and co-référent those of the path.

    Who hands over keeps reading some days (``acces_apres_remise_jours``, V7): the perimeter counts them.
    """
    accorder_demandes([personne.pk], par=par, le=le)
    s = situation_courante(personne)
    for finalite, structure, agent in (
        (F.REFERENT, s.referent_structure, s.referent_agent),
        (F.COREFERENT, s.coreferent_structure, s.coreferent_agent),
    ):
        voulu = (structure, agent) if s.etat is not Etat.DECEDEE else (None, None)
        lignes = list(Rattachement.objects.filter(en_cours(jour(le)), personne=personne, finalite=finalite))
        justes = [ligne for ligne in lignes if (ligne.structure_id, ligne.agent_id) == voulu]
        for ligne in lignes:
            if ligne not in justes:
                mettre_fin_rattachement(rattachement=ligne, fin=jour(le), par=par, le=le)
        if voulu[0] is not None and not justes:
            rattacher(
                personne=personne, structure=Structure.objects.get(pk=voulu[0]),
                agent=Agent.objects.get(pk=voulu[1]) if voulu[1] else None, finalite=finalite, depuis=jour(le),
                par=par, le=le,
            )  # fmt: skip


def terminer_acces_d_orientation(personne: Personne, *, sauf: int, au: date) -> None:
    """Structures that only convened or received have no more reason to read once the decision is taken (V7)."""
    demain = au + timedelta(days=1)
    Rattachement.objects.filter(
        Q(fin__isnull=True) | Q(fin__gt=demain), personne=personne, finalite__in=(F.ORIENTATION, F.ACCUEIL),
        debut__lt=demain,
    ).exclude(structure_id=sauf).update(fin=demain)  # fmt: skip


# Reactions ----------------------------------------------------------------------------------------------------------
def accorder(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: after a death, a new entry or a correction, the decision in force and the accesses are again those of
    the path. Thousands of new entrants cost a few queries: only people who have such rows are looked at.
    """
    annules = _annules(evenements)
    Diagnostic.objects.filter(pk__in=annules[GenreEvenement.DIAGNOSTIC]).update(brouillon=True)
    sans_effet = annules[GenreEvenement.ORIENTATION_DECIDEE] | annules[GenreEvenement.ORIENTATION_OPERATEUR]
    ids = {e.personne_id for e in evenements if e.objet_type != "fusion"}
    groupes = ids_des_groupes(ids)
    proprietaire = {membre: pk for pk, membres in groupes.items() for membre in membres}
    decisions: defaultdict[int, list[Orientation]] = defaultdict(list)
    for ligne in Orientation.objects.select_for_update().filter(personne_id__in=list(proprietaire)).order_by("pk"):
        decisions[proprietaire[ligne.personne_id]].append(ligne)
    acces = Rattachement.objects.filter(en_cours(jour(le)), personne_id__in=list(ids), finalite__in=_SIENNES)
    concernees = set(decisions) | set(acces.values_list("personne_id", flat=True))
    for personne in Personne.objects.filter(pk__in=concernees).order_by("pk"):
        _accorder_orientations(situation_courante(personne), decisions[personne.pk], sans_effet, au=jour(le))
        accorder_acces(personne, par=par, le=le)
    accorder_demandes(list(ids), par=par, le=le)


def _accorder_orientations(s: Situation, lignes: Sequence[Orientation], sans_effet: set[int], *, au: date) -> None:
    """Exactly the decision the path knows is open, with the path's certain date.

    A decision recorded by mistake never took effect: its period becomes empty, so that the former one finds its own.
    """
    en_vigueur = s.orientation.id if s.orientation is not None and s.etat is not Etat.DECEDEE else None
    for ligne in lignes:
        if ligne.pk in sans_effet:
            ligne.fin, ligne.notifiee_le = ligne.debut, None
            ligne.save(update_fields=["fin", "notifiee_le"])
        elif ligne.pk != en_vigueur and ligne.fin is None:
            ligne.fin = max(ligne.debut, au)
            ligne.save(update_fields=["fin"])
    for ligne in lignes:
        certaine = s.orientation.certaine_le if s.orientation else None
        if ligne.pk == en_vigueur and (ligne.fin is not None or ligne.notifiee_le != certaine):
            ligne.fin, ligne.notifiee_le = None, certaine
            ligne.save(update_fields=["fin", "notifiee_le"])


def _annules(evenements: Sequence[Evenement]) -> defaultdict[str, set[int]]:
    """Objects of the events that these corrections cancel, by kind of event."""
    vises = [e.donnees["evenement"] for e in evenements if e.genre == GenreEvenement.ANNULATION]
    objets: defaultdict[str, set[int]] = defaultdict(set)
    for genre, objet in Evenement.objects.filter(pk__in=vises).values_list("genre", "objet_id"):
        objets[genre].add(objet or 0)
    return objets
