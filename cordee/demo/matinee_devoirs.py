"""Droits et devoirs of the demonstration: some thirty files at every stage, lived through the services on past days.

Facts, words and outcomes are invented; the shares are round numbers, chosen here by nobody real. Whoever signs is never
who instructs, as in the product.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction

from cordee.demo.matinee_atelier import Atelier
from cordee.metier.contrats.enums import Engage
from cordee.metier.contrats.models import Engagement
from cordee.metier.courriers.enums import EtatRemise, MoyenRemise
from cordee.metier.devoirs import services
from cordee.metier.devoirs.enums import (
    FormeObservation,
    GenreRecours,
    IssueRecours,
    MotifLegitime,
    MotifLevee,
    MotifMesure,
    MotifSansSuite,
    NatureMesure,
    TypeManquement,
)
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.parcours.services import faire_passer_le_temps
from cordee.reglementation.autres_droits import SuiteDroit, autres_droits

QUOI: Final = "dossiers de droits et devoirs"
ANCIENNETE: Final = timedelta(days=150)
_DROITS: Final = {d.id: SuiteDroit.NON_CONCERNEE for d in autres_droits()} | {
    "complementaire_sante": SuiteDroit.DEJA, "prime_activite": SuiteDroit.A_DEMANDER,
}  # fmt: skip
_FAITS: Final = (
    "Absences à deux ateliers prévus au contrat, sans nouvelle.",
    "Démarches convenues non commencées après trois points.",
    "Abandon de la formation inscrite au plan, sans autre proposition.",
)
_AIDE: Final = "Trois appels, un message, une lettre, deux autres dates proposées."
_MOTIFS: Final = (
    "Vous n'avez pas tenu l'engagement inscrit dans votre contrat, malgré les rendez-vous et les appels de la personne "
    "qui vous accompagne. Vous avez pu présenter vos observations et aucun motif légitime n'a été recueilli. La durée "
    "et la part tiennent compte de votre situation et de votre foyer."
)


@dataclass(slots=True)
class _Affaire:
    """One file that goes on from a day of facts; ``jour`` counts from it."""

    a: Atelier
    situation: Situation
    engagement: Engagement
    faits: date
    instruit: Agent
    signe: Agent

    def le(self, jours: int) -> datetime:
        return min(self.a.instant(self.faits + timedelta(days=jours), time(10, 20)), self.a.le - timedelta(minutes=5))

    def qui(self, jours: int) -> dict[str, Any]:
        return {"par": self.instruit, "le": self.le(jours)}

    def signaler(self) -> Manquement:
        rang = self.situation.personne_id % len(_FAITS)
        return services.signaler_manquement(
            personne=self.situation.personne, type=TypeManquement.NON_RESPECT_CONTRAT, faits_du=self.faits,
            engagement=self.engagement, description=_FAITS[rang], demarches_accomplies=_AIDE,
            par=self.situation.referent_agent or self.instruit, le=self.le(3),
        )  # fmt: skip

    def examiner(self, manquement: Manquement, jours: int, motif: MotifLegitime = MotifLegitime.AUCUN) -> None:
        retenu = motif is not MotifLegitime.AUCUN
        services.examiner_motif(
            manquement=manquement, motif=motif, retenu=retenu, echange=retenu,
            elements="Au téléphone : une raison sérieuse, justifiée." if retenu else "Appels et lettre sans suite.",
            justificatif_vu="attestation" if retenu else "", vu_le=self.le(jours).date() if retenu else None,
            **self.qui(jours),
        )  # fmt: skip

    def ouvrir(self) -> Procedure:
        manquement = self.signaler()
        self.examiner(manquement, 6)
        services.verifier_droits(manquement=manquement, constats=_DROITS, **self.qui(7))
        return services.ouvrir_procedure(personne=self.situation.personne, manquements=[manquement], **self.qui(8))

    def ecrire(self) -> Procedure:
        procedure = self.ouvrir()
        services.notifier_griefs(procedure=procedure, moyen=MoyenRemise.LRAR, **self.qui(9))
        procedure.refresh_from_db()
        return procedure

    def recevoir(self) -> Procedure:
        procedure = self.ecrire()
        assert procedure.griefs is not None  # noqa: S101 - it has just been written
        return services.constater_reception_griefs(
            courrier=procedure.griefs, etat=EtatRemise.RECUE, le_jour=self.le(12).date(), **self.qui(13)
        )

    def repondre(self) -> Procedure:
        procedure = self.recevoir()
        services.recevoir_observation(
            procedure=procedure, forme=FormeObservation.ECRITE, recue_le=self.le(17).date(),
            texte="J'avais perdu mon mode de garde. Je veux reprendre l'atelier.", **self.qui(17),
        )  # fmt: skip
        return procedure

    def preparer(self, *, nature: NatureMesure = NatureMesure.SUSPENSION, taux: int = 50) -> Procedure:
        procedure = self.recevoir()
        for manquement in procedure.manquements.all():
            self.examiner(manquement, 26)
        debut = (self.le(34).date().replace(day=28) + timedelta(days=4)).replace(day=1)
        services.preparer_decision(
            procedure=procedure, nature=nature, taux=taux, mois=2, debut=debut, motifs=_MOTIFS, **self.qui(27)
        )
        return procedure

    def decider(self) -> MesureDecidee:
        return services.decider_mesure(
            procedure=self.preparer(), nature=NatureMesure.SUSPENSION, taux=50, mois=2, motifs=_MOTIFS, par=self.signe,
            le=self.le(30),
        )  # fmt: skip

    def notifier(self) -> MesureDecidee:
        mesure = self.decider()
        lettre = services.notifier_decision(mesure=mesure, moyen=MoyenRemise.LRAR, **self.qui(31))
        return services.constater_reception_decision(
            courrier=lettre, etat=EtatRemise.RECUE, le_jour=self.le(34).date(), **self.qui(35)
        )


# What becomes of them ------------------------------------------------------------------------------------------------
def _motif_retenu(f: _Affaire) -> None:
    f.examiner(f.signaler(), 6, MotifLegitime.GARDE)


def _a_ouvrir(f: _Affaire) -> None:
    manquement = f.signaler()
    f.examiner(manquement, 6)
    services.verifier_droits(manquement=manquement, constats=_DROITS, **f.qui(7))


def _revenue(f: _Affaire) -> None:
    """The letter came back: the address is to be checked, nothing runs."""
    procedure = f.ecrire()
    assert procedure.griefs is not None  # noqa: S101
    services.constater_reception_griefs(
        courrier=procedure.griefs, etat=EtatRemise.NPAI, le_jour=f.le(14).date(), **f.qui(14)
    )


def _a_entendre(f: _Affaire) -> None:
    procedure = f.repondre()
    services.demander_audition(procedure=procedure, demandee_le=f.le(18).date(), **f.qui(18))
    services.convier_audition(
        procedure=procedure, quand=f.a.instant(f.a.ouvre(4), time(14, 30)), lieu="Direction de l'insertion, Créteil",
        moyen=MoyenRemise.LETTRE_SIMPLE, **f.qui(18),
    )  # fmt: skip


def _vers_l_equipe(f: _Affaire) -> None:
    """A second breach of the same nature: a suppression is considered, the équipe is asked first."""
    avant = f.faits - timedelta(days=200)
    services.reprendre_decision(
        personne=f.situation.personne, nature=NatureMesure.SUSPENSION, motif=MotifMesure.CONTRAT_NON_RESPECTE,
        decidee_le=avant, debut=avant + timedelta(days=10), fin=avant + timedelta(days=70), taux=30,
        preuve=f"Arrêté {avant:%Y}-{f.situation.personne_id}", par=f.instruit, le=f.le(1),
    )  # fmt: skip
    f.preparer(nature=NatureMesure.SUPPRESSION, taux=40)


def _a_lever(f: _Affaire) -> None:
    services.constater_conformite(
        mesure=f.notifier(), le_jour=f.a.ouvre(-1), par=f.situation.referent_agent or f.instruit, le=f.a.il_y_a(1)
    )


def _levee(f: _Affaire) -> None:
    mesure = f.notifier()
    services.constater_conformite(mesure=mesure, le_jour=f.le(45).date(), **f.qui(45))
    services.lever_suspension(mesure=mesure, motif=MotifLevee.CONFORMITE, **f.qui(46))


def _classee(f: _Affaire) -> None:
    services.clore_sans_suite(
        procedure=f.repondre(), motif=MotifSansSuite.OPPORTUNITE, explication="Vous avez repris l'atelier.", **f.qui(20)
    )


def _recours(f: _Affaire) -> None:
    services.deposer_recours(
        mesure=f.notifier(), genre=GenreRecours.RAPO, recu_le=f.le(50).date(),
        arguments="Je n'ai pas reçu les dates des ateliers.", **f.qui(50),
    )  # fmt: skip


def _recours_gagne(f: _Affaire) -> None:
    mesure = f.notifier()
    recours = services.deposer_recours(
        mesure=mesure, genre=GenreRecours.RAPO, recu_le=f.le(45).date(), arguments="Je travaillais.", **f.qui(45)
    )
    services.statuer_recours(
        recours=recours, issue=IssueRecours.ACCUEILLI, moyen=MoyenRemise.LRAR,
        motifs="Un emploi tenu pendant ces semaines est établi. La décision est annulée.", **f.qui(60),
    )  # fmt: skip


# Stage: how many, how many days since the facts, what was lived.
_STADES: Final[tuple[tuple[int, int, Callable[[_Affaire], object]], ...]] = (
    (4, 8, _Affaire.signaler), (3, 15, _motif_retenu), (2, 11, _a_ouvrir), (2, 10, _Affaire.ouvrir),
    (2, 16, _Affaire.ecrire), (1, 22, _revenue), (2, 18, _Affaire.recevoir), (1, 20, _Affaire.repondre),
    (1, 21, _a_entendre), (2, 30, _Affaire.preparer), (2, 33, _vers_l_equipe), (2, 32, _Affaire.decider),
    (3, 42, _Affaire.notifier), (1, 60, _a_lever), (2, 80, _levee), (1, 30, _classee), (1, 62, _recours),
    (1, 90, _recours_gagne),
)  # fmt: skip


def instruire_des_dossiers(atelier: Atelier) -> None:
    """Live these files; what the product refuses (no address, protected person…) is only counted."""
    organisation = atelier.organisation
    instruit, signe = organisation.comptes.get("devoirs"), organisation.comptes.get("signataire")
    if instruit is None or signe is None:
        return
    services.rattraper_refus(par=instruit, le=atelier.ce_matin())
    voulues = sum(n for n, *_ in _STADES)
    candidates = _candidates(atelier, voulues * 6)
    if len(candidates) < len(_STADES):
        return
    stades = [s for s in _STADES for _ in range(1 if len(candidates) < voulues else s[0])]
    reste = iter(candidates)
    for _, jours, vivre in stades:
        for situation, engagement in reste:
            affaire = _Affaire(
                a=atelier, situation=situation, engagement=engagement, faits=atelier.au - timedelta(days=jours),
                instruit=instruit, signe=signe,
            )  # fmt: skip
            if _tenter(affaire, vivre):
                break
    faire_passer_le_temps(par=instruit, le=atelier.ce_matin())


def _tenter(affaire: _Affaire, vivre: Callable[[_Affaire], object]) -> bool:
    return affaire.a.tenter(QUOI, _vivre, affaire=affaire, vivre=vivre) is not None


def _vivre(*, affaire: _Affaire, vivre: Callable[[_Affaire], object]) -> bool:
    with transaction.atomic():  # a file that cannot go to its stage leaves nothing behind
        vivre(affaire)
    return True


def _candidates(a: Atelier, combien: int) -> list[tuple[Situation, Engagement]]:
    """People under contract for months, with a written promise, half of them followed by the named référente."""
    commun: dict[str, Any] = {
        "contrat_le__lte": a.au - ANCIENNETE, "soumis": True, "referent_agent__isnull": False,
        "personne__dossier_sensible": False,
    }  # fmt: skip
    siennes = a.personnes(8, etats=[Etat.ACCOMPAGNEE], referent_agent=a.organisation.comptes["referente"],
                          **{k: v for k, v in commun.items() if k != "referent_agent__isnull"})  # fmt: skip
    autres = a.personnes(combien, etats=[Etat.ACCOMPAGNEE], ordre="-contrat_le", **commun)
    situations = {s.personne_id: s for s in (*siennes, *autres)}
    promesses: dict[int, Engagement] = {}
    lignes = Engagement.objects.filter(
        engage=Engage.PERSONNE, contrat__personne__in=list(situations), contrat__fin__isnull=True,
        contrat__debut__lte=a.au - ANCIENNETE,
    ).select_related("contrat")  # fmt: skip
    for engagement in lignes.order_by("contrat", "ordre", "pk"):
        promesses.setdefault(engagement.contrat.personne_id, engagement)
    return [(s, promesses[pk]) for pk, s in situations.items() if pk in promesses]
