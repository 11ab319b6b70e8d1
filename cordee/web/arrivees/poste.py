"""What the desk is looking at: which structures, today's lines, whose turn it is, and whom else a text may mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import structures_ouvertes
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import rechercher
from cordee.metier.rendezvous.enums import EtatAccueil, MotifVenue
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.selectors.journee import (
    BilanJournee,
    LigneAccueil,
    bilan,
    bornes,
    chercher,
    journee,
    prochains,
    rendez_vous_visibles,
    tour,
)
from cordee.socle import horloge
from cordee.web.composants.etats import declarer
from cordee.web.socle.acces import agent_courant, habilitation_de
from cordee.web.socle.identites import communes_de, naissance_en_mots, nom_complet

P = Permission
E = EtatAccueil
LETTRES = 3
AILLEURS = 8
ASSEZ = 3
TOUTES = "toutes"
A_VENIR, PASSEES = 50, 25

declarer(
    {
        E.ATTENDUE.value: ("neutre", "heure"),
        E.EN_RETARD.value: ("attention", "retard"),
        E.EN_ATTENTE.value: ("accent", "attente"),
        E.RECUE.value: ("succes", "cocher"),
        E.REPARTIE.value: ("attention", "sortie"),
        E.ABSENTE.value: ("danger", "abandon"),
        E.EXCUSEE.value: ("info", "info"),
    }
)


@dataclass(frozen=True, slots=True)
class Trouvee:
    """Somebody of the perimeter who is not on the list: why she may be here, and what to propose."""

    personne: Personne
    nom: str
    naissance: str
    commune: str
    rdv: RendezVous | None
    venue: MotifVenue


class Poste:
    """The desk of one agent, at one moment. Every read is done once."""

    def __init__(self, request: HttpRequest, texte: str = "") -> None:
        self.request = request
        self.agent = agent_courant(request)
        self.droits = habilitation_de(request)
        self.maintenant: datetime = horloge.maintenant()
        self.texte = texte.strip()[:80]
        self.parametre = request.GET.get("structure", "")

    @property
    def au(self) -> date:
        return horloge.jour(self.maintenant)

    # Structures ------------------------------------------------------------------------------------------------------
    @cached_property
    def structures(self) -> list[Structure]:
        """Those this agent may hold the desk of, hers first: where somebody is expected today, and where she works."""
        siennes = self.droits.structures
        ouvertes = structures_ouvertes(au=self.au)
        if self.droits.departement(P.CONVOQUER):
            du_jour = RendezVous.objects.filter(debut__gte=bornes(self.au)[0], debut__lt=bornes(self.au)[1])
            choix = ouvertes.filter(pk__in=[*siennes, *du_jour.values_list("structure", flat=True).distinct()])
        else:
            choix = ouvertes.filter(pk__in=siennes)
        return sorted(choix, key=lambda s: (s.pk not in siennes, s.nom))

    @cached_property
    def structures_toutes(self) -> list[Structure]:
        """Every structure whose appointments she keeps, whatever the day."""
        ouvertes = structures_ouvertes(au=self.au)
        if self.droits.departement(P.CONVOQUER):
            return list(ouvertes)
        return list(ouvertes.filter(pk__in=self.droits.structures))

    @cached_property
    def choisies(self) -> list[Structure]:
        """What the address says; by default hers, or all when nobody is expected there."""
        if self.parametre == TOUTES:
            return self.structures
        nommee = [s for s in self.structures if str(s.pk) == self.parametre]
        if nommee:
            return nommee
        siennes = [s for s in self.structures if s.pk in self.droits.structures]
        return siennes or self.structures

    @property
    def sur_place(self) -> Structure | None:
        """Where a walk-in is received: the one structure of the screen, else the agent's own."""
        if len(self.choisies) == 1:
            return self.choisies[0]
        return next((s for s in self.structures if s.pk in self.droits.structures), None)

    @property
    def requete(self) -> str:
        """What the addresses of the page keep."""
        return f"?{urlencode({'structure': self.parametre})}" if self.parametre else ""

    # Lines -----------------------------------------------------------------------------------------------------------
    @cached_property
    def lignes(self) -> list[LigneAccueil]:
        return journee(
            pour=self.agent, jour=self.au, structures=[s.pk for s in self.choisies], maintenant=self.maintenant,
            droits=self.droits,
        )  # fmt: skip

    @cached_property
    def trouvees(self) -> list[LigneAccueil]:
        return chercher(self.lignes, self.texte) if self.texte else self.lignes

    @property
    def bilan(self) -> BilanJournee:
        return bilan(self.lignes)

    @cached_property
    def attendent(self) -> list[LigneAccueil]:
        """Here and not received, in the order of the interviews; those of a session after."""
        en_ordre = tour(self.trouvees)
        assises = {x.rdv.pk for x in en_ordre}
        return [*en_ordre, *(x for x in self.trouvees if x.etat is E.EN_ATTENTE and x.rdv.pk not in assises)]

    @cached_property
    def attendues(self) -> list[LigneAccueil]:
        return [x for x in self.trouvees if x.etat in (E.ATTENDUE, E.EN_RETARD)]

    @cached_property
    def faites(self) -> list[LigneAccueil]:
        """The latest first."""
        return sorted((x for x in self.trouvees if x.faite), key=lambda x: x.rdv.debut, reverse=True)

    @property
    def premieres(self) -> list[LigneAccueil]:
        """The next ones to come: two hundred lines would be read by nobody, a name or an hour finds the others."""
        return self.attendues[:A_VENIR]

    @property
    def dernieres(self) -> list[LigneAccueil]:
        return self.faites[:PASSEES]

    @property
    def plus_tard(self) -> int:
        return max(0, len(self.attendues) - A_VENIR)

    @property
    def plus_tot(self) -> int:
        return max(0, len(self.faites) - PASSEES)

    @property
    def collegues(self) -> list[tuple[Agent, int]]:
        """Who receives today and how many are still to come: a sick colleague's day is shared out from there (R5)."""
        comptes = Counter(x.rdv.agent for x in self.lignes if x.rdv.agent and x.etat in (E.ATTENDUE, E.EN_RETARD))
        return sorted(comptes.items(), key=lambda c: (c[0].nom, c[0].prenom, c[0].pk))

    @cached_property
    def suivante(self) -> LigneAccueil | None:
        """Whose turn it is, whatever is typed."""
        return next(iter(tour(self.lignes)), None)

    # Others ----------------------------------------------------------------------------------------------------------
    @cached_property
    def ailleurs(self) -> list[Trouvee]:
        """People of the perimeter the text may mean: read only when the list itself does not answer (V5)."""
        if len(self.texte) < LETTRES or len(self.trouvees) >= ASSEZ:
            return []
        personnes = rechercher(pour=self.agent, au=self.au, texte=self.texte, limite=AILLEURS, droits=self.droits)
        deja = {x.rdv.personne.canonique_id or x.rdv.personne_id for x in self.trouvees}
        personnes = [p for p in personnes if p.pk not in deja]
        ids = [p.pk for p in personnes]
        communes, rdv = communes_de(ids), prochains(personnes=ids, depuis=bornes(self.au)[0])
        return [
            Trouvee(p, nom_complet(p), naissance_en_mots(p), communes.get(p.pk, ""), rdv.get(p.pk),
                    self.pourquoi(rdv.get(p.pk)))
            for p in personnes
        ]  # fmt: skip

    def pourquoi(self, rdv: RendezVous | None) -> MotifVenue:
        """Why somebody nobody expects here is here (R2)."""
        if rdv is None:
            return MotifVenue.SANS_RENDEZ_VOUS
        ici = rdv.structure_id in {s.pk for s in self.choisies}
        return MotifVenue.AUTRE_JOUR if ici or horloge.jour(rdv.debut) != self.au else MotifVenue.AUTRE_SITE

    def ligne(self, pk: int) -> QuerySet[RendezVous]:
        """One line of today's list, inside the perimeter."""
        debut, fin = bornes(self.au)
        visibles = rendez_vous_visibles(pour=self.agent, au=self.au, droits=self.droits)
        lignes = visibles.filter(pk=pk, debut__gte=debut, debut__lt=fin, structure__in=[s.pk for s in self.choisies])
        return lignes.select_related("personne__canonique", "structure", "agent")
