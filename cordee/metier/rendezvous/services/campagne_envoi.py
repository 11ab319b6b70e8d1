"""Sending a campaign: short transactions, one lot each. Cut at any moment, nothing is half done and nobody is twice.

A lot locks the campaign, then its people in order of their ids, then their slots: appointments, letters, events and the
rows of the campaign are written together or not at all. What happened meanwhile (convened by hand or by another
campaign, slot taken, path changed, way closed) is read under those locks.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.courriers.selectors import ChoixCanal, canaux_ouverts
from cordee.metier.courriers.services import LettreAEcrire, emettre_lot
from cordee.metier.organismes.models import Affectation, Agent, en_cours
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.services import NouvelEvenement, consigner
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Personne, Rattachement
from cordee.metier.personnes.selectors.ensembles import Ids
from cordee.metier.rendezvous.enums import (
    EtatCampagne,
    EtatLigne,
    GenreRendezVous,
    OrdreCampagne,
    RefusCampagne,
    StatutRendezVous,
)
from cordee.metier.rendezvous.models import Campagne, CampagneLigne, Creneau, LienPersonnel, RendezVous
from cordee.metier.rendezvous.regles.campagne import ordonner, planifier
from cordee.metier.rendezvous.regles.campagne_etats import CampagneImpossible
from cordee.metier.rendezvous.selectors.campagne_besoins import (
    ORDRES,
    Prevus,
    deja_convoquees,
    etudier,
    places_libres,
    prevus_de,
    refus_du_parcours,
    structures_communes,
    voisines,
)
from cordee.metier.rendezvous.services.agenda import OBJET
from cordee.metier.rendezvous.services.annexes import apres_offres
from cordee.metier.rendezvous.services.campagne import changer_etat, verrouiller_campagne
from cordee.metier.rendezvous.services.lettres import donnees_convocation
from cordee.metier.rendezvous.services.liens import ouvrir_liens
from cordee.metier.rendezvous.services.occupation import adresse_du_creneau
from cordee.metier.rendezvous.services.places import prendre_lot, rendre_lot
from cordee.reglementation.calendrier import ajouter_jours_ouvres
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.socle.horloge import jour

TAILLE_LOT = 200
L = EtatLigne


@dataclass(frozen=True, slots=True)
class Lot:
    """What one lot did. ``fini``: nothing is left to send, or the sending was stopped."""

    convoquees: int = 0
    refusees: int = 0
    fini: bool = False


@transaction.atomic
def lancer_campagne(*, campagne: Campagne, version: int, par: Agent, le: datetime) -> Campagne:
    """Begin to send, in the name of the agent who decides it. The lots follow in the background.

    Raises:
        CampagneImpossible: nobody to send to, or slots given another day: letters would come too late.
        DonneesPerimees: somebody changed the campaign meanwhile.
    """
    fraiche = verrouiller_campagne(campagne)
    if fraiche.version != version:
        raise DonneesPerimees("Cette campagne a changé entre-temps : relisez-la avant de l'envoyer.")
    if not fraiche.lignes.filter(etat=L.PLANIFIEE).exists():
        raise CampagneImpossible("Personne n'a de créneau : ouvrez des créneaux, puis préparez de nouveau.")
    if fraiche.preparee_le is None or jour(fraiche.preparee_le) != jour(le):
        raise CampagneImpossible(
            "Cette campagne a été préparée un autre jour : préparez-la de nouveau, les délais ont changé."
        )
    changer_etat(fraiche, EtatCampagne.EN_COURS, lancee_le=le, lancee_par=par, avancee_le=le, incident="")
    return fraiche


@transaction.atomic
def mettre_en_pause(*, campagne: Campagne, par: Agent, le: datetime, incident: str = "") -> Campagne:
    """Stop between two lots. What has been written stays."""
    fraiche = verrouiller_campagne(campagne)
    changer_etat(fraiche, EtatCampagne.EN_PAUSE, incident=incident[:250])
    return fraiche


@transaction.atomic
def reprendre_campagne(*, campagne: Campagne, par: Agent, le: datetime) -> Campagne:
    """Go on where it stopped: people whose slot is too near by now are given another one."""
    fraiche = verrouiller_campagne(campagne)
    changer_etat(fraiche, EtatCampagne.EN_COURS, avancee_le=le, incident="")
    return fraiche


def envoyer_campagne(
    *, campagne: Campagne, maintenant: Callable[[], datetime], taille: int = TAILLE_LOT,
    apres_lot: Callable[[Lot], None] | None = None,
) -> int:  # fmt: skip
    """Send every lot that is left; returns the number of people convened. Asked twice, the second finds nothing to do.

    A lot that cannot be written pauses the campaign, with the reason.
    """
    convoquees = 0
    while True:
        le = maintenant()
        try:
            lot = envoyer_lot(campagne=campagne, le=le, taille=taille)
        except ErreurMetier as erreur:
            par = Campagne.objects.select_related("lancee_par", "cree_par").get(pk=campagne.pk)
            mettre_en_pause(campagne=campagne, par=par.lancee_par or par.cree_par, le=le, incident=str(erreur))
            return convoquees
        convoquees += lot.convoquees
        if apres_lot is not None:
            apres_lot(lot)
        if lot.fini:
            return convoquees


@transaction.atomic
def envoyer_lot(*, campagne: Campagne, le: datetime, taille: int = TAILLE_LOT) -> Lot:
    """The next people of the campaign, all or none. A number of queries that does not grow with them."""
    fraiche = verrouiller_campagne(campagne)
    if fraiche.etat != EtatCampagne.EN_COURS or fraiche.lancee_par is None:
        return Lot(fini=True)
    lignes = list(fraiche.lignes.filter(etat=L.PLANIFIEE).order_by("rang", "pk")[:taille])
    if not lignes:
        changer_etat(fraiche, EtatCampagne.TERMINEE, finie_le=le)
        return Lot(fini=True)
    lot = _EnCours(fraiche, fraiche.lancee_par, le, {ligne.personne_id: ligne for ligne in lignes})
    lot.ecarter()
    rendez_vous = lot.placer()
    lot.ecrire(rendez_vous)
    CampagneLigne.objects.bulk_update(
        lignes, ["etat", "refus", "raison", "structure", "creneau", "suite", "debut", "debordement", "canal",
                 "rendez_vous", "courrier"],
    )  # fmt: skip
    fraiche.avancee_le = le
    fraiche.save(update_fields=["avancee_le"])
    convoquees = sum(ligne.etat == L.CONVOQUEE for ligne in lignes)
    return Lot(convoquees, len(lignes) - convoquees)


@dataclass(slots=True)
class _EnCours:
    """One lot being written. ``lignes``: by person; those refused leave ``restent``."""

    campagne: Campagne
    par: Agent
    le: datetime
    lignes: dict[int, CampagneLigne]
    restent: list[CampagneLigne] = field(default_factory=list)
    personnes: dict[int, Personne] = field(default_factory=dict)
    canaux: Mapping[int, ChoixCanal] = field(default_factory=dict)
    prevus: Prevus = field(default_factory=dict)

    @property
    def au(self) -> date:
        return jour(self.le)

    def ecarter(self) -> None:
        """Lock the people, and leave out whoever cannot be convened any more."""
        ids = sorted(self.lignes)
        verrou = Personne.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
        self.personnes = {p.pk: p for p in verrou}
        self.prevus = prevus_de(ids, depuis=self.le)
        deja = deja_convoquees(self.prevus, GenreRendezVous(self.campagne.genre))
        lus = SituationStockee.objects.filter(personne__parmi=Ids(ids)).values_list("personne_id", "calcul")
        situations = {pk: Situation.de_json(calcul) for pk, calcul in lus}
        self.canaux = canaux_ouverts(
            personnes=ids, genre=GenreCourrier.CONVOCATION, au=self.au, ordre=ORDRES[Canal(self.campagne.canal_prefere)]
        )
        for pk, ligne in self.lignes.items():
            s, choix = situations.get(pk), self.canaux.get(pk)
            if self.personnes[pk].canonique_id is not None or s is None:
                self.refuser(ligne, RefusCampagne.PARCOURS, "Sa fiche a été réunie à une autre.")
            elif refus := deja.get(pk) or refus_du_parcours(s, le=self.le):
                self.refuser(ligne, *refus)
            elif choix is None or choix.canal is None:
                self.refuser(ligne, RefusCampagne.INJOIGNABLE, choix.raison if choix else "")
            else:
                if Canal(ligne.canal) not in choix.ouverts:
                    ligne.canal = choix.canal
                self.restent.append(ligne)

    def refuser(self, ligne: CampagneLigne, refus: RefusCampagne, raison: str) -> None:
        ligne.etat, ligne.refus, ligne.raison = L.REFUSEE, refus, raison[:250]
        ligne.creneau = ligne.suite = None

    def placer(self) -> list[tuple[CampagneLigne, RendezVous]]:
        """Take the places; whoever lost hers is given another one, else refused."""
        prises = self._prendre(self.restent)
        perdues = [ligne for ligne in self.restent if ligne.personne_id not in prises]
        if perdues:
            self._replanifier(perdues)
            prises |= self._prendre([ligne for ligne in perdues if ligne.creneau_id is not None])
        for ligne in perdues:
            if ligne.personne_id not in prises:
                self.refuser(ligne, RefusCampagne.CRENEAU_PRIS, "Son créneau a été pris et aucun autre n'est libre.")
        return [(x, self._rendez_vous(x, prises[x.personne_id])) for x in self.restent if x.personne_id in prises]

    def _prendre(self, lignes: Sequence[CampagneLigne]) -> dict[int, tuple[Creneau, Creneau | None]]:
        """Person → her slot and the one that follows, for those who got their places."""
        ids = {pk for x in lignes for pk in (x.creneau_id, x.suite_id) if pk is not None}
        creneaux = Creneau.objects.select_related("structure__commune", "lieu", "agent").in_bulk(ids)
        voulues = [x for x in lignes if self._encore_possible(x, creneaux)]
        pris_a_la_main = self._agents_pris(creneaux.values())
        voulues = [x for x in voulues if x.creneau_id not in pris_a_la_main and x.suite_id not in pris_a_la_main]
        demandes = Counter(pk for x in voulues for pk in (x.creneau_id, x.suite_id) if pk is not None)
        accordees = Counter(prendre_lot(demandes))
        obtenues: dict[int, tuple[Creneau, Creneau | None]] = {}
        for x in voulues:
            siens = [pk for pk in (x.creneau_id, x.suite_id) if pk is not None]
            if all(accordees[pk] > 0 for pk in siens):
                accordees.subtract(siens)
                obtenues[x.personne_id] = (creneaux[siens[0]], creneaux[siens[1]] if len(siens) > 1 else None)
        rendre_lot({pk: n for pk, n in accordees.items() if n > 0})
        return obtenues

    def _encore_possible(self, x: CampagneLigne, creneaux: Mapping[int, Creneau]) -> bool:
        """The slot is still there, far enough for the letter, at an hour when she is expected nowhere else."""
        premier = creneaux.get(x.creneau_id or 0)
        if premier is None or (x.suite_id is not None and x.suite_id not in creneaux):
            return False
        c = self.campagne
        preavis = c.preavis_courrier if x.canal == Canal.COURRIER else c.preavis_message
        if premier.debut <= self.le or jour(premier.debut) < ajouter_jours_ouvres(self.au, preavis):
            return False
        fin = creneaux[x.suite_id].fin if x.suite_id is not None else premier.fin
        return all(f <= premier.debut or d >= fin for _, d, f in self.prevus.get(x.personne_id, ()))

    @staticmethod
    def _agents_pris(creneaux: Any) -> set[int]:
        """Slots during which their agent has an appointment made by hand: one query."""
        avec_agent = [c for c in creneaux if c.agent_id is not None]
        if not avec_agent:
            return set()
        mains = RendezVous.objects.filter(
            agent__in={c.agent_id for c in avec_agent}, creneau=None, statut=StatutRendezVous.PREVU,
            debut__lt=max(c.fin for c in avec_agent), fin__gt=min(c.debut for c in avec_agent),
        ).values_list("agent_id", "debut", "fin")  # fmt: skip
        pris = list(mains)
        return {c.pk for c in avec_agent if any(a == c.agent_id and d < c.fin and f > c.debut for a, d, f in pris)}

    def _replanifier(self, lignes: Sequence[CampagneLigne]) -> None:
        """Other slots for the few who lost theirs."""
        c = self.campagne
        etude = etudier(campagne=c, personnes=[x.personne_id for x in lignes], le=self.le)
        places = places_libres(campagne=c, besoins=etude.besoins, pour=self.par, le=self.le)
        structures = {p.structure for p in places} | {b.structure for b in etude.besoins if b.structure is not None}
        plan = planifier(
            ordonner(etude.besoins, OrdreCampagne(c.ordre), graine=c.graine), places,
            communes=structures_communes(au=self.au), voisines=voisines(structures) if c.debordement else None,
            par_semaine=c.par_semaine or 0,
        )  # fmt: skip
        poses = {p.personne: p for p in plan.placements}
        for x in lignes:
            pose = poses.get(x.personne_id)
            x.creneau_id, x.suite_id = (pose.place, pose.suite) if pose else (None, None)
            if pose is not None:
                x.structure_id, x.debut, x.debordement = pose.structure, pose.debut, pose.debordement

    def _rendez_vous(self, x: CampagneLigne, creneaux: tuple[Creneau, Creneau | None]) -> RendezVous:
        premier, suite = creneaux
        qui = self.personnes[x.personne_id]
        return RendezVous(
            personne=qui, genre=premier.genre, modalite=premier.modalite, structure=premier.structure,
            agent=premier.agent, lieu=adresse_du_creneau(premier), debut=premier.debut,
            fin=suite.fin if suite else premier.fin, creneau=premier, suite=suite,
            interprete=qui.langue if qui.interprete else "",
        )  # fmt: skip

    def ecrire(self, paires: Sequence[tuple[CampagneLigne, RendezVous]]) -> None:
        """Appointments, letters, events, accesses. A letter that cannot be written takes its appointment with it."""
        RendezVous.objects.bulk_create([rdv for _, rdv in paires])
        receveuses = {rdv.structure_id: rdv.structure for _, rdv in paires}
        tetes = {pk: expediteur(structure) for pk, structure in receveuses.items()}
        liens = ouvrir_liens([rdv for _, rdv in paires], par=self.par, le=self.le)
        emission = emettre_lot(
            lettres=[self._lettre(x, rdv, tetes[rdv.structure_id], liens.get(rdv.pk, "")) for x, rdv in paires],
            genre=GenreCourrier.CONVOCATION, par=self.par, le=self.le,
        )  # fmt: skip
        self._abandonner([(*paires[rang], raison) for rang, raison in emission.refus.items()])
        faites = [paire for rang, paire in enumerate(paires) if rang not in emission.refus]
        lettres = {c.objet_id: c for c in reversed(emission.courriers)}
        for x, rdv in faites:
            x.etat, x.rendez_vous, x.courrier = L.CONVOQUEE, rdv, lettres.get(rdv.pk)
            x.structure, x.debut = rdv.structure, rdv.debut
        consigner(
            evenements=[
                NouvelEvenement(
                    genre=GenreEvenement.CONVOCATION, personne_id=x.personne_id, donnees={"rendez_vous": rdv.pk},
                    objet_type=OBJET, objet_id=rdv.pk,
                )
                for x, rdv in faites
            ],
            par=self.par, le=self.le, acte=uuid.uuid4(), controler=False,
        )  # fmt: skip
        apres_offres([rdv for _, rdv in faites], le=self.le)
        self._rattacher([rdv for _, rdv in faites])

    def _lettre(self, x: CampagneLigne, rdv: RendezVous, tete: dict[str, Any], lien: str) -> LettreAEcrire:
        choix = self.canaux[x.personne_id]
        return LettreAEcrire(
            personne_id=x.personne_id, donnees=donnees_convocation(rdv, tete=tete, lien=lien), canal=Canal(x.canal),
            objet_type=OBJET, objet_id=rdv.pk, par_representant=choix.par_representant,
        )  # fmt: skip

    def _abandonner(self, refusees: Sequence[tuple[CampagneLigne, RendezVous, str]]) -> None:
        rendre_lot(Counter(pk for _, r, _ in refusees for pk in (r.creneau_id, r.suite_id) if pk is not None))
        abandonnes = [r.pk for _, r, _ in refusees]
        LienPersonnel.objects.filter(rendez_vous__in=abandonnes).delete()
        RendezVous.objects.filter(pk__in=abandonnes).delete()
        for x, _, raison in refusees:
            self.refuser(x, RefusCampagne.COURRIER, raison)

    def _rattacher(self, rendez_vous: Sequence[RendezVous]) -> None:
        """The structure that receives reaches the file, its interviewer too where she works there: three queries."""
        F = FinaliteRattachement.ORIENTATION
        postes = set(
            Affectation.objects.filter(en_cours(self.au), agent__in={r.agent_id for r in rendez_vous if r.agent_id})
            .values_list("agent_id", "structure_id")
        )  # fmt: skip
        voulus = {
            (r.personne_id, r.structure_id, r.agent_id if (r.agent_id, r.structure_id) in postes else None)
            for r in rendez_vous
        }
        ouverts = set(
            Rattachement.objects.filter(
                Q(fin__isnull=True), personne__parmi=Ids(pk for pk, _, _ in voulus), finalite=F, debut__lte=self.au
            ).values_list("personne_id", "structure_id", "agent_id")
        )
        Rattachement.objects.bulk_create(
            Rattachement(personne_id=pk, structure_id=s, agent_id=a, finalite=F, debut=self.au)
            for pk, s, a in sorted(voulus - ouverts, key=lambda v: (v[0], v[1]))
        )
