"""Nobody is forgotten, through the doors themselves: random acts of agents, files and time, on a real database.

After each step, accepted or refused: the promise of the life cycle holds in the stored rows, rows of the upper rooms
agree with the path, and the rebuild from events equals what is stored.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import connection

from cordee.metier.contrats import services as contrats
from cordee.metier.contrats.enums import FormeRefus, GenreContrat
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.selectors import brouillon_de
from cordee.metier.courriers.enums import EtatRemise, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.devoirs.enums import MotifMesure, NatureMesure
from cordee.metier.devoirs.services import reprendre_decision
from cordee.metier.organismes.enums import Unite
from cordee.metier.orientation import services as orientation
from cordee.metier.orientation.enums import (
    Demandeur,
    MotifOrientation,
    MotifRefusAccueil,
    MotifRefusReorientation,
    MotifReorientation,
    NiveauFormation,
    SituationPro,
)
from cordee.metier.orientation.models import Orientation
from cordee.metier.parcours import services as parcours
from cordee.metier.parcours.cycle import ECHEANCES, ETAPES, ETATS, QUITTENT, SITUATIONS_PARTICULIERES
from cordee.metier.parcours.enums import (
    Etat,
    GenreEcheance,
    GenreEtape,
    GenreEvenement,
    MotifSortie,
    ReponseCaisse,
    ReponseSanction,
    SuiteCloture,
    Voie,
)
from cordee.metier.parcours.models import Echeance, Etape, Evenement, Situation
from cordee.metier.parcours.services import ResultatVerification
from cordee.metier.personnes.enums import FinaliteRattachement, Localisation, Protection
from cordee.metier.personnes.models import Arbitrage, Rattachement
from cordee.metier.rendezvous import services as rendezvous
from cordee.metier.rendezvous.enums import GenreRendezVous, MotifAnnulation, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.suivi import services as suivi
from cordee.metier.suivi.enums import GenreContactSuivi, MotifInterruption, ResultatContact
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.erreurs import ErreurMetier
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe
from tests.metier.equipe import equipe as monter

pytestmark = pytest.mark.django_db
E, G = GenreEvenement, GenreEtape


class SansObjet(ErreurMetier):
    """Nothing to act upon: no appointment, no draft, no letter."""


class Vie:
    """One person, her team, and a clock that only goes forward."""

    def __init__(self, equipe: Equipe) -> None:
        self.equipe, self.le = equipe, LE
        foyer = f.foyer()
        f.adresse(foyer=foyer)
        self.personne = f.personne(foyer=foyer)
        self.sosie = f.personne()
        self.systeme = f.systeme()

    # What an act needs -----------------------------------------------------------------------------------------------
    @property
    def par_samia(self) -> dict[str, Any]:
        return {"personne": self.personne, "par": self.equipe.samia, "le": self.le}

    @property
    def decision(self) -> Orientation:
        return self._un(Orientation.objects.filter(personne=self.personne, fin__isnull=True))

    def _un(self, lignes: Any) -> Any:
        trouve = lignes.order_by("-pk").first()
        if trouve is None:
            raise SansObjet("Rien à faire.")
        return trouve

    @property
    def situation(self) -> Situation | None:
        return Situation.objects.filter(personne=self.personne).first()

    # The acts --------------------------------------------------------------------------------------------------------
    def fait(self, genre: GenreEvenement, **donnees: Any) -> None:
        if genre in (E.ENTREE_SDD, E.RETOUR_SDD):
            donnees |= {"recu_le": (self.le - timedelta(days=2)).date().isoformat(), "localisation": "secteur",
                        "structure": self.equipe.eds.pk}  # fmt: skip
        f.evenement(self.personne, genre, le=self.le, **donnees)

    def temps(self) -> None:
        parcours.faire_passer_le_temps(par=self.systeme, le=self.le)

    def convoquer(self, genre: GenreRendezVous) -> None:
        agent = self.equipe.lea if genre is GenreRendezVous.CONTRAT else None
        self.equipe.convoquer(self.personne, le=self.le, genre=genre, agent=agent, debut=self.le + timedelta(days=1))

    def constater(self, statut: StatutRendezVous) -> None:
        rdv = self._un(RendezVous.objects.filter(personne=self.personne))
        rendezvous.constater(rendez_vous=rdv, statut=statut, par=self.equipe.samia, le=max(self.le, rdv.debut))

    def annuler_rendez_vous(self) -> None:
        rdv = self._un(RendezVous.objects.filter(personne=self.personne))
        rendezvous.annuler(rendez_vous=rdv, motif=MotifAnnulation.SERVICE, par=self.equipe.samia, le=self.le)

    def decider(self, categorie: GenreOrganismeReferent, voie: Voie, par_defaut: bool = False) -> None:
        structure = {
            GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL: self.equipe.eds,
            GenreOrganismeReferent.DELEGATAIRE: self.equipe.ccas,
            GenreOrganismeReferent.OPERATEUR_EMPLOI: self.equipe.agence,
        }[categorie]
        self.equipe.decider(
            self.personne, le=self.le, categorie=categorie, structure=structure, voie=voie, par_defaut=par_defaut,
            motifs=[MotifOrientation.SOUHAIT],
        )  # fmt: skip

    def operateur(self) -> None:
        orientation.enregistrer_orientation_operateur(
            **self.par_samia, voie=Voie.SOCIAL, categorie=GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL,
            structure=self.equipe.eds, decidee_le=self.le.date(),
        )  # fmt: skip

    def constater_remise(self, etat: EtatRemise) -> None:
        lettre = self._un(Courrier.objects.filter(personne=self.personne, objet_type="orientation"))
        orientation.constater_remise(
            courrier=lettre, etat=etat, le_jour=self.le.date(), par=self.equipe.samia, le=self.le
        )

    def nommer(self) -> None:
        agent = self.equipe.malik if self.decision.structure == self.equipe.ccas else self.equipe.lea
        orientation.nommer_referent(**self.par_samia, agent=agent)

    def preparer(self) -> None:
        self.equipe.brouillon(self.personne, le=self.le, heures=Decimal(15))

    def signer(self, acte: Callable[..., Contrat]) -> None:
        contrat = brouillon_de(self.personne)
        if contrat is None:
            raise SansObjet("Rien à signer.")
        jour = self.le.date()
        acte(contrat=contrat, signe_personne_le=jour, signe_referent_le=jour, par=self.equipe.lea, le=self.le)

    def doute(self) -> None:
        parcours.signaler_doublon(
            personne=self.personne, autre=self.sosie, raisons=["Même nom"], par=self.equipe.samia, le=self.le
        )

    def arbitrer(self) -> None:
        arbitrage = self._un(Arbitrage.objects.filter(personne=self.personne))
        parcours.arbitrer(arbitrage=arbitrage, meme_personne=False, par=self.equipe.samia, le=self.le)

    def annuler(self, rang: int) -> None:
        derniers = list(Evenement.objects.filter(personne=self.personne).order_by("-pk")[:4])
        if rang >= len(derniers):
            raise SansObjet("Rien à annuler.")
        parcours.annuler_evenement(evenement=derniers[rang], par=self.equipe.samia, le=self.le)


def _faits() -> dict[str, Callable[[Vie], Any]]:
    """What files, identity and time say, by name."""
    return {
        "entree": partial(Vie.fait, genre=E.ENTREE_SDD),
        "mutation entrante": partial(Vie.fait, genre=E.ENTREE_SDD, mutation=True),
        "retour": partial(Vie.fait, genre=E.RETOUR_SDD),
        "inconnue": partial(Vie.fait, genre=E.SDD_INCONNU),
        "droit clos": partial(Vie.fait, genre=E.DROIT_CLOS, motif_sortie="emploi"),
        "déménagement": partial(Vie.fait, genre=E.ADRESSE_CHANGEE, structure=None, localisation="inconnue"),
        **{str(g): partial(Vie.fait, genre=g) for g in (
            E.FIN_SDD, E.DROIT_SUSPENDU, E.DROIT_RETABLI, E.NON_TRANSMISE, E.RETRANSMISE, E.MUTATION_SORTANTE,
            E.DECES_PRESUME, E.PERSONNE_CREEE,
        )},
        "décision attendue": partial(Vie.fait, genre=E.DECISION_ATTENDUE, objets=["etat_0"]),
        "sanction vue": partial(Vie.fait, genre=E.SANCTION_CONSTATEE, objets=["versement_CG"], sens="vue"),
        "enfant parti": partial(Vie.fait, genre=E.MAJORATION_EN_DOUTE, enfant=1),
        **{f"{g} levé": partial(Vie.fait, genre=E.ECART_LEVE, echeance=str(g)) for g in (
            GenreEcheance.DECISION_ATTENDUE_CAF, GenreEcheance.SANCTION_A_RAPPROCHER,
        )},
        "temps": Vie.temps,
        "doute": Vie.doute,
        "arbitrer": Vie.arbitrer,
    }  # fmt: skip


def _accueil() -> dict[str, Callable[[Vie], Any]]:
    """Acts up to the référent, by name."""
    organisme = GenreOrganismeReferent
    return {
        **{f"convoquer {g}": partial(Vie.convoquer, genre=g) for g in (
            GenreRendezVous.ORIENTATION, GenreRendezVous.CONTRAT,
        )},
        **{f"constater {s}": partial(Vie.constater, statut=s) for s in (
            StatutRendezVous.HONORE, StatutRendezVous.ABSENT, StatutRendezVous.EXCUSE,
        )},
        "annuler rdv": Vie.annuler_rendez_vous,
        "guichet": lambda v: rendezvous.recevoir_sans_rendez_vous(structure=v.equipe.eds, **v.par_samia),
        **{f"aller vers {r}": lambda v, r=r: suivi.noter_aller_vers(resultat=r, **v.par_samia) for r in (
            ResultatContact.JOINTE, ResultatContact.SANS_REPONSE,
        )},
        "diagnostic": lambda v: orientation.enregistrer_diagnostic(
            situation_pro=SituationPro.JAMAIS, niveau=NiveauFormation.SANS, **v.par_samia
        ),
        **{f"decider {c} {voie}": partial(Vie.decider, categorie=c, voie=voie) for c, voie in (
            (organisme.CONSEIL_DEPARTEMENTAL, Voie.SOCIAL), (organisme.CONSEIL_DEPARTEMENTAL, Voie.SOCIO_PRO),
            (organisme.DELEGATAIRE, Voie.SOCIO_PRO), (organisme.OPERATEUR_EMPLOI, Voie.EMPLOI),
        )},
        "par defaut": partial(
            Vie.decider, categorie=organisme.CONSEIL_DEPARTEMENTAL, voie=Voie.SOCIAL, par_defaut=True
        ),
        "operateur": Vie.operateur,
        "accuser": lambda v: orientation.accuser_reception(orientation=v.decision, par=v.equipe.samia, le=v.le),
        "remettre": lambda v: orientation.remettre_en_main_propre(
            orientation=v.decision, par=v.equipe.samia, le=v.le
        ),
        "envoyer": lambda v: orientation.envoyer_notification(
            orientation=v.decision, moyen=MoyenRemise.LRAR, par=v.equipe.samia, le=v.le
        ),
        **{f"remise {e}": partial(Vie.constater_remise, etat=e) for e in (EtatRemise.RECUE, EtatRemise.NPAI)},
        "accepter": lambda v: orientation.accepter_dossier(**v.par_samia),
        "refuser": lambda v: orientation.refuser_dossier(motif=MotifRefusAccueil.CAPACITE, **v.par_samia),
        "nommer": Vie.nommer,
        "conommer": lambda v: orientation.nommer_coreferent(structure=v.equipe.mission, **v.par_samia),
    }  # fmt: skip


def _suite() -> dict[str, Callable[[Vie], Any]]:
    """Acts of the accompaniment and of the data desk, by name."""
    return {
        "preparer": Vie.preparer,
        "signer": partial(Vie.signer, acte=contrats.signer),
        "actualiser": partial(Vie.signer, acte=contrats.actualiser),
        "refus": lambda v: contrats.refuser(forme=FormeRefus.ORAL, **v.par_samia),
        **{f"contact {r}": lambda v, r=r: suivi.noter_contact(
            genre=GenreContactSuivi.APPEL, resultat=r, **v.par_samia
        ) for r in (ResultatContact.JOINTE, ResultatContact.SANS_REPONSE)},
        "interrompre": lambda v: suivi.interrompre(
            motif=MotifInterruption.SANTE, revue_le=v.le.date() + timedelta(days=90), **v.par_samia
        ),
        **{f"situation {e}": lambda v, e=e: suivi.constater_situation(etat=e, **v.par_samia)
           for e in SITUATIONS_PARTICULIERES},
        "reprendre": lambda v: suivi.reprendre(**v.par_samia),
        "réorienter": lambda v: orientation.demander_reorientation(
            demandeur=Demandeur.PERSONNE, motif=MotifReorientation.SOUHAIT, **v.par_samia
        ),
        "ne pas réorienter": lambda v: orientation.refuser_reorientation(
            motif=MotifRefusReorientation.ADAPTEE, **v.par_samia
        ),
        "partenaire": lambda v: suivi.noter_information_partenaire(contrat_le=v.le.date(), **v.par_samia),
        "volontaire": lambda v: suivi.ouvrir_accompagnement_volontaire(**v.par_samia),
        "fin volontaire": lambda v: suivi.clore_accompagnement_volontaire(**v.par_samia),
        "localiser": lambda v: parcours.localiser(
            structure=v.equipe.ccas, localisation=Localisation.SECTEUR, **v.par_samia
        ),
        "soumise": lambda v: parcours.constater_sdd(soumise=True, structure=v.equipe.eds, **v.par_samia),
        "non soumise": lambda v: parcours.constater_sdd(soumise=False, **v.par_samia),
        "confirmer": lambda v: parcours.confirmer_droit(confirme=True, structure=v.equipe.eds, **v.par_samia),
        "sans suite": lambda v: parcours.confirmer_droit(confirme=False, **v.par_samia),
        **{f"disparition {r}": lambda v, r=r: parcours.verifier_disparition(
            resultat=r, motif_sortie=MotifSortie.AUTRE if r is ResultatVerification.SORTIE else None, **v.par_samia
        ) for r in ResultatVerification},
        "transmettre": lambda v: parcours.transmettre_dossier(**v.par_samia),
        **{f"traiter {g}": lambda v, g=g: parcours.traiter_echeance(echeance=g, **v.par_samia) for g in GenreEcheance},
        **{f"suite {s}": lambda v, s=s: parcours.decider_cloture(suite=s, **v.par_samia) for s in SuiteCloture},
        "répondre": lambda v: parcours.transmettre_decision(
            personnes=[v.personne.pk], reponse=ReponseCaisse.ACCORD, decidee_le=v.le.date(), par=v.equipe.samia, le=v.le
        ),
        "rapprocher": lambda v: parcours.rapprocher_sanction(
            personnes=[v.personne.pk], reponse=ReponseSanction.CAISSE_SAISIE, par=v.equipe.samia, le=v.le
        ),
        "attendre encore": lambda v: parcours.prolonger_attente(
            personnes=[v.personne.pk], echeance=GenreEcheance.DECISION_ATTENDUE_CAF, par=v.equipe.samia, le=v.le
        ),
        "mesure": lambda v: reprendre_decision(
            nature=NatureMesure.SUSPENSION, motif=MotifMesure.INDETERMINE, decidee_le=v.le.date(), debut=v.le.date(),
            preuve="Arrêté 1", **v.par_samia
        ),
        "vivante": lambda v: rendezvous.constater_en_vie(**v.par_samia),
        "protection": lambda v: parcours.signaler_protection(protection=Protection.TUTELLE, **v.par_samia),
        "représentant": lambda v: parcours.identifier_representant(nom="Mme Curatrice", **v.par_samia),
        "décès": lambda v: parcours.constater_deces(deces_le=v.le.date(), **v.par_samia),
        **{f"annuler {n}": partial(Vie.annuler, rang=n) for n in range(4)},
    }  # fmt: skip


ACTES = {**_faits(), **_accueil(), **_suite()}
# Which acts each étape waits for: drawn more often, so that lives go far.
ATTENDUS: dict[str | None, tuple[str, ...]] = {
    None: ("entree", "retour", "volontaire"),
    G.CONVOQUER: ("convoquer orientation", "guichet", "diagnostic"),
    G.ORIENTER: ("constater honore", "constater absent", "decider conseil_departemental social",
                 "decider delegataire socio_pro", "decider operateur_emploi emploi"),
    G.ALLER_VERS: ("aller vers jointe", "aller vers sans_reponse"),
    G.ORIENTER_PAR_DEFAUT: ("par defaut",),
    G.SUIVRE_ORIENTATION_FT: ("operateur",),
    G.ACCUSER_ORIENTATION_FT: ("accuser",),
    G.NOTIFIER: ("remettre", "envoyer"),
    G.ETABLIR_DATE_CERTAINE: ("remise recue", "remettre"),
    G.ACCEPTER_DOSSIER: ("accepter", "refuser"),
    G.REAFFECTER: ("decider conseil_departemental socio_pro",),
    G.NOMMER_REFERENT: ("nommer",),
    G.ELABORER_CONTRAT: ("preparer", "signer", "temps"),
    G.RELANCER_CONTRAT: ("preparer", "signer"),
    G.PROCHAIN_CONTACT: ("contact jointe", "preparer", "actualiser", "conommer"),
    G.VERIFIER_SDD: ("soumise", "non soumise"),
    G.LOCALISER: ("localiser",),
    G.ARBITRER_IDENTITE: ("arbitrer",),
    G.CONFIRMER_DROIT: ("confirmer", "sans suite"),
    G.VERIFIER_DISPARITION: ("disparition presente", "disparition sortie", "retransmise"),
    G.TRANSMETTRE_DOSSIER: ("transmettre",),
}  # fmt: skip
TOUS = sorted(ACTES)
UNITES_DE_STRUCTURE = {Unite.REFERENT, Unite.CHEF_STRUCTURE, Unite.STRUCTURE_RECEVANTE}


# The promise, read in the stored rows -----------------------------------------------------------------------------
def verifier_promesse(vie: Vie) -> None:
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    s = vie.situation
    ouvertes = list(Etape.objects.filter(personne=vie.personne, fermee_le__isnull=True))
    if s is None:
        assert not ouvertes
        return
    attendue = ETATS[Etat(s.etat)]
    assert [e.genre for e in ouvertes] == ([attendue] if attendue else [])
    assert not s.soumis or ouvertes, "une personne soumise n'a pas d'étape"
    for tache in ouvertes:
        assert tache.unite in ETAPES[GenreEtape(tache.genre)].unites
        assert tache.structure_id or tache.unite not in UNITES_DE_STRUCTURE
        assert s.etape_id == tache.pk
    for tache in Echeance.objects.filter(personne=vie.personne, fermee_le__isnull=True):
        assert tache.unite in ECHEANCES[GenreEcheance(tache.genre)].unites
    verifier_passages(vie)
    verifier_accord(vie, s)
    assert parcours.reconstruire(verifier=True, personnes=[vie.personne.pk]) == []


def verifier_passages(vie: Vie) -> None:
    """Every étape ever closed was closed by an act its definition names, and led to a kind it allows."""
    etapes = list(Etape.objects.filter(personne=vie.personne).select_related("fermee_par"))
    par_ouverture = {e.evenement_id: e for e in etapes}
    for fermee in etapes:
        if fermee.fermee_par is None:
            continue
        definition = ETAPES[GenreEtape(fermee.genre)]
        suivante = par_ouverture.get(fermee.fermee_par_id)
        par = GenreEvenement(fermee.fermee_par.genre)
        assert par in definition.clot_par or (suivante is None and par in QUITTENT), (fermee.genre, par)
        assert (GenreEtape(suivante.genre) if suivante else None) in definition.suites, (fermee.genre, suivante)


def verifier_accord(vie: Vie, s: Situation) -> None:
    """Rows of the upper rooms say what the path says: decision, contract, référent's access."""
    calcul, vivante = s.calcul, s.etat != Etat.DECEDEE
    decision = calcul.get("orientation") if vivante else None
    ouvertes = Orientation.objects.filter(personne=vie.personne, fin__isnull=True)
    assert list(ouvertes.values_list("pk", flat=True)) == ([decision["id"]] if decision else [])
    if decision:
        assert str(ouvertes.get().notifiee_le or "") == (decision["certaine_le"] or "")
    contrat = calcul.get("contrat") if vivante else None
    en_vigueur = Contrat.objects.filter(
        personne=vie.personne, genre=GenreContrat.CONTRAT_ENGAGEMENT, debut__isnull=False, fin__isnull=True
    )
    assert list(en_vigueur.values_list("pk", flat=True)) == ([contrat] if contrat else [])
    acces = Rattachement.objects.filter(personne=vie.personne, finalite=FinaliteRattachement.REFERENT, fin__isnull=True)
    voulu = (calcul.get("referent_structure"), calcul.get("referent_agent"))
    assert list(acces.values_list("structure", "agent")) == ([voulu] if vivante and voulu[0] else [])
    prevus = RendezVous.objects.filter(personne=vie.personne, statut=StatutRendezVous.PREVU, debut__gt=vie.le)
    assert not prevus.exists() or s.etat not in (Etat.DECEDEE, Etat.INTERROMPUE)


def photographier(vie: Vie) -> tuple[Any, ...]:
    """All that a refused act must leave as it was."""
    modeles = (Evenement, Etape, Echeance, Orientation, Contrat, RendezVous, Courrier, Rattachement)
    s = vie.situation
    return tuple(m.objects.count() for m in modeles), s.calcul if s else None


def vivre(graine: int, longueur: int) -> list[str]:
    """One life; the acts accepted, by name."""
    alea = random.Random(graine)  # noqa: S311 - lives, not secrets
    vie, acceptes = Vie(monter()), []
    for _ in range(longueur):
        vie.le += timedelta(days=alea.randint(0, 12), minutes=7)
        s = vie.situation
        etape = s.etape.genre if s and s.etape else None
        nom = alea.choice(ATTENDUS.get(etape, ("reprendre", "contact jointe")) if alea.random() < 0.6 else TOUS)
        if nom == "décès" and alea.random() < 0.8:
            continue
        avant = photographier(vie)
        try:
            ACTES[nom](vie)
        except ErreurMetier:
            assert photographier(vie) == avant, f"« {nom} » refusé a laissé une trace"
            continue
        acceptes.append(nom)
        try:
            verifier_promesse(vie)
        except AssertionError as erreur:
            raise AssertionError(f"après {', '.join(acceptes)} : {erreur}") from erreur
    return acceptes


@pytest.mark.parametrize("graine", range(8))
def test_nobody_is_forgotten_whatever_agents_files_and_time_do(graine: int) -> None:
    assert len(vivre(graine, 45)) >= 8
