"""Contracts in force follow the path: ended by a reorientation, an exit or a death, never by an overdue update."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cordee.metier.contrats.enums import GenreContrat
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.selectors import brouillon_de
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Situation
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.socle.horloge import jour


def accorder(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: exactly the contract the path knows is in force; drafts of a replaced decision are closed.

    A signature recorded by mistake and cancelled gives a draft back.
    """
    _rendre_au_brouillon(evenements, le=le)
    ids = {e.personne_id for e in evenements if e.objet_type != "fusion"}
    proprietaire = {m: pk for pk, membres in ids_des_groupes(ids).items() for m in membres}
    lignes = list(
        Contrat.objects.select_for_update()
        .filter(personne_id__in=list(proprietaire), genre=GenreContrat.CONTRAT_ENGAGEMENT)
        .order_by("pk")
    )
    concernees = {proprietaire[contrat.personne_id] for contrat in lignes}
    situations = {
        s.personne_id: Situation.de_json(s.calcul) for s in SituationStockee.objects.filter(personne_id__in=concernees)
    }
    a_fermer, a_rouvrir = [], []
    for contrat in lignes:
        s = situations[proprietaire[contrat.personne_id]]
        if _en_cours(contrat, s):
            if contrat.pk == s.contrat and contrat.fin is not None:
                contrat.fin = None
                a_rouvrir.append(contrat)
        elif contrat.fin is None:
            contrat.fin = max(contrat.debut or jour(le), jour(le))
            a_fermer.append(contrat)
    Contrat.objects.bulk_update(a_fermer, ["fin"], batch_size=1000)
    Contrat.objects.bulk_update(a_rouvrir, ["fin"], batch_size=1000)


def _en_cours(contrat: Contrat, s: Situation) -> bool:
    """The contract the path knows; or a draft, as long as the decision it was prepared under stands."""
    if s.etat is Etat.DECEDEE:
        return False
    if contrat.pk == s.contrat:
        return True
    return contrat.debut is None and s.orientation is not None and contrat.orientation_id == (s.orientation.id or None)


def _rendre_au_brouillon(evenements: Sequence[Evenement], *, le: datetime) -> None:
    vises = [e.donnees["evenement"] for e in evenements if e.genre == GenreEvenement.ANNULATION]
    signes = Evenement.objects.filter(
        pk__in=vises, genre__in=(GenreEvenement.CONTRAT_SIGNE, GenreEvenement.CONTRAT_ACTUALISE)
    )
    for contrat in Contrat.objects.select_for_update().filter(pk__in=list(signes.values_list("objet_id", flat=True))):
        autre = brouillon_de(contrat.personne)
        contrat.debut = contrat.signe_personne_le = contrat.signe_referent_le = None
        contrat.fin = jour(le) if autre else None
        contrat.version += 1
        contrat.save(update_fields=["debut", "signe_personne_le", "signe_referent_le", "fin", "version"])
