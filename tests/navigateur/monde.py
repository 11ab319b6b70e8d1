"""People in many states of the life cycle, with letters, appointments and contracts: what the pages look like full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse

from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, GenreElement, StatutFichier, TypeFichier
from cordee.echanges.fichiers.rejets import element, sans_nir
from cordee.echanges.messagerie.impression import preparer_fichiers
from cordee.metier.contrats.enums import Engage, FamilleActivite
from cordee.metier.contrats.regles import Ligne
from cordee.metier.contrats.services import preparer, signer
from cordee.metier.courriers.enums import Canal, MoyenRemise
from cordee.metier.courriers.models import LotImpression
from cordee.metier.courriers.selectors import a_envoyer
from cordee.metier.courriers.services import preparer_lot
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation import services as orientation
from cordee.metier.orientation.enums import Impact, MotifOrientation, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.models import ArreteCriteres, Orientation, PropositionAffectation
from cordee.metier.orientation.regles import Reponses
from cordee.metier.orientation.selectors.criteres import proposition_pour
from cordee.metier.orientation.selectors.decisions import Periode
from cordee.metier.orientation.services.affectation import proposer
from cordee.metier.orientation.services.arretes import TexteArrete, preparer_arrete, simuler_arrete
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.parcours.enums import Voie
from cordee.metier.personnes.enums import (
    EtatDroit,
    FinaliteRattachement,
    GenreContact,
    Localisation,
    MotifProposition,
)
from cordee.metier.personnes.models import ContactPropose, DroitFoyer, Personne
from cordee.metier.prestations.enums import Logement
from cordee.metier.prestations.services import calculer_en_attente, demander_simulation
from cordee.metier.rendezvous import services as rendezvous
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MotifExcuse, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services import presence
from cordee.metier.suivi.regles import DateDite, InformationDite
from cordee.metier.suivi.services import noter_informations
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.reglementation.regimes import NatureMesure, ProjetMesure
from cordee.web.prestations.bloc import euros_de_la_mesure, url_du_bloc
from tests import fabriques as f
from tests.echanges.caf.blocs import FOYER
from tests.metier.prestations.foyers import emploi, moteur_exact, seule
from tests.navigateur import courrier

LONG = "Vandenfictif-Delatestardière"
J = timedelta(days=1)
PREPARE = {
    "projet": "Devenir aide à domicile\nPasser le permis", "heures": 15, "prochaine_actualisation": date(2026, 8, 17),
    "engagements": [
        Ligne(engage=Engage.ORGANISME, texte="Vous recevoir et répondre à vos messages"),
        Ligne(engage=Engage.PERSONNE, texte="Venir aux rendez-vous ou prévenir"),
        Ligne(
            engage=Engage.PERSONNE, texte="Passer le code", famille=FamilleActivite.ACCES_DROITS, heures=Decimal(15),
            avant_le=date(2026, 6, 30),
        ),
    ],
}  # fmt: skip


def personne(structure: Structure, prenom: str, *, depuis: int = 40) -> Personne:
    """A new entrant, ``depuis`` days ago, with her address, her phone and her right."""
    foyer = f.foyer(situation_familiale="CEL")
    nouvelle = f.personne(foyer=foyer, nom=LONG, nom_naissance="Testard", prenom=prenom)
    f.adresse(foyer=foyer, voie="DU GENERAL FICTIF DE LA TESTARDIERE")
    f.contact(nouvelle)
    f.droit(nouvelle, foyer)
    f.rattachement(nouvelle, structure)
    f.entree_sdd(nouvelle, structure, le=f.MAINTENANT - depuis * J)
    return nouvelle


def convoquee(qui: Personne, structure: Structure, par: Agent, rang: int, *, le: int) -> RendezVous:
    """Convened ``le`` days ago for the day after."""
    quand = f.MAINTENANT - le * J
    return rendezvous.convoquer(
        personne=qui, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE, structure=structure,
        agent=None, lieu="", debut=quand + J + rang * timedelta(hours=1), duree_minutes=45, canal=Canal.COURRIER,
        par=par, le=quand,
    )  # fmt: skip


def decidee(qui: Personne, structure: Structure, par: Agent) -> Orientation:
    """Interviewed and oriented, twenty days ago."""
    le = f.MAINTENANT - 20 * J
    diagnostic = orientation.enregistrer_diagnostic(
        personne=qui, situation_pro=SituationPro.PLUS_DEUX_ANS, niveau=NiveauFormation.QUALIFIANT, projection=True,
        themes={ThemeDiagnostic.LOGEMENT: Impact.FAIBLE, ThemeDiagnostic.MOBILITE: Impact.FORT},
        metier_vise="Aide à domicile", notes="Disponible le matin.", par=par, le=le,
    )  # fmt: skip
    proposition = proposition_pour(
        Reponses(
            situation_pro=SituationPro.PLUS_DEUX_ANS, niveau=NiveauFormation.QUALIFIANT, projection=True,
            themes={ThemeDiagnostic.LOGEMENT: Impact.FAIBLE, ThemeDiagnostic.MOBILITE: Impact.FORT},
        ),
        au=le.date(),
    )  # fmt: skip
    return orientation.decider(
        personne=qui, voie=Voie.SOCIO_PRO, categorie=GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL,
        structure=structure, motifs=[MotifOrientation.FREINS_A_TRAITER], diagnostic=diagnostic, par=par, le=le,
        proposition=proposition,
    )  # fmt: skip


def une_comparaison(par: Agent) -> str:
    """A household with and without a job, computed: the address of its result."""
    sans = seule(logement=Logement.SANS_AIDE, mois=7)
    voulues = [sans, replace(sans, emploi=emploi()), replace(sans, emploi=emploi(salaire_net=Decimal("1400")))]
    noms = [demander_simulation(hypotheses=h, par=par, le=f.MAINTENANT).empreinte for h in voulues]
    calculer_en_attente(moteur=moteur_exact, maintenant=lambda: f.MAINTENANT)
    return reverse("estimation_resultat") + "?" + "&".join(f"e={nom}" for nom in noms)


def une_mesure_en_euros(qui: Personne, par: Agent) -> str:
    """What two months at a half would take from her household, computed: the address of its page."""
    projet = ProjetMesure(nature=NatureMesure.SUSPENSION, quotite=Decimal("0.5"), mois=2, debut=date(2026, 3, 1))
    euros = euros_de_la_mesure(personne=qui, projet=projet, au=f.MAINTENANT.date())
    demander_simulation(hypotheses=euros.hypotheses, par=par, le=f.MAINTENANT)
    calculer_en_attente(moteur=moteur_exact, maintenant=lambda: f.MAINTENANT)
    return url_du_bloc(qui, projet, regime_retenu=euros.regime)


def arrete_a_l_essai(par: Agent) -> ArreteCriteres:
    """A joint arrêté in preparation, tried over the decisions of the year."""
    au = f.MAINTENANT.date()
    arrete = preparer_arrete(
        texte=TexteArrete(
            reference="2026-118", objet="Préciser les critères d'orientation", debut=au + 10 * J,
            precisions={"themes_bloquants": ["mobilite"]}, circonstances="Un plateau sans transport le soir.",
        ),
        par=par, le=f.MAINTENANT,
    )  # fmt: skip
    simuler_arrete(arrete=arrete, periode=Periode(du=au - 365 * J, au=au + J), par=par, le=f.MAINTENANT)
    return arrete


def lot_a_poster(par: Agent) -> LotImpression:
    """One waiting letter, in a batch whose file is ready."""
    attend = a_envoyer().filter(personne__prenom="Bérénice")
    lot = preparer_lot(courriers=attend, moyen=MoyenRemise.LETTRE_SIMPLE, par=par, le=f.MAINTENANT)
    preparer_fichiers(lot=lot, le=f.MAINTENANT)
    return lot


def peupler(*, eds: Structure, plateforme: Agent, referente: Agent, cheffe: Agent) -> list[Personne]:
    """One person or more per usual state, the fullest file last."""
    siege = Structure.objects.filter(type=TypeStructure.PLATEFORME).first() or eds
    par, le = plateforme, f.MAINTENANT
    gens = [personne(eds, prenom) for prenom in ("Ada", "Bérénice", "Chloé", "Djamila", "Élise", "Fanta", "Gaëlle")]
    _, a_venir, absente, rencontree, orientee, envoyee, suivie = gens
    convoquee(a_venir, siege, par, 0, le=0)
    absent = convoquee(absente, siege, par, 1, le=5)
    rendezvous.constater(rendez_vous=absent, statut=StatutRendezVous.ABSENT, par=par, le=le - 3 * J)
    rendezvous.recevoir_sans_rendez_vous(personne=rencontree, structure=siege, par=par, le=le - 2 * J)
    decidee(orientee, eds, par)
    decision = decidee(envoyee, eds, par)
    orientation.envoyer_notification(orientation=decision, moyen=MoyenRemise.LRAR, par=par, le=le - 15 * J)
    venue = convoquee(suivie, siege, par, 2, le=25)
    rendezvous.constater(rendez_vous=venue, statut=StatutRendezVous.HONORE, par=par, le=le - 24 * J + 3 * J / 24)
    orientation.remettre_en_main_propre(orientation=decidee(suivie, eds, par), par=par, le=le - 20 * J)
    orientation.nommer_referent(personne=suivie, agent=referente, par=cheffe, le=le - 18 * J)
    contrat = preparer(personne=suivie, par=referente, le=le - 10 * J, **PREPARE)
    signer(
        contrat=contrat, signe_personne_le=date(2026, 2, 9), signe_referent_le=date(2026, 2, 9), par=referente,
        le=le - 8 * J,
    )  # fmt: skip
    courrier.recevoir(par)
    mis_de_cote(par)
    return [*_rares(eds, referente), *gens]


def _rares(eds: Structure, referente: Agent) -> list[Personne]:
    """The less usual states, from their events alone."""
    prenoms = ("Hawa", "Inaya", "Jeanne", "Kenza", "Lina", "Maïa", "Nour")
    attente, redige, retard, pause, absente, volontaire, discrete = (personne(eds, p, depuis=90) for p in prenoms)
    f.orientee(attente, eds, acceptation=True)
    for suivie, jours in ((redige, 10), (retard, 60)):
        f.orientee(suivie, eds, le=f.MAINTENANT - jours * J)
        f.rattachement(suivie, eds, referente, finalite=FinaliteRattachement.REFERENT)
        f.evenement(suivie, E.REFERENT_NOMME, structure=eds.pk, agent=referente.pk, le=f.MAINTENANT - jours * J)
    preparer(personne=redige, par=referente, le=f.MAINTENANT - 2 * J, **PREPARE)
    f.accompagnee(pause, eds, referente)
    f.evenement(pause, E.INTERRUPTION, motif="sante", revue_le="2026-05-17")
    f.evenement(absente, E.NON_TRANSMISE)
    f.evenement(volontaire, E.FIN_SDD)
    f.evenement(volontaire, E.ACCOMPAGNEMENT_VOLONTAIRE, structure=eds.pk, agent=referente.pk)
    Personne.objects.filter(pk=discrete.pk).update(contact_discret=True, interprete=True, langue="soninké")
    _chez_le_partenaire(eds, referente)
    perdue = personne(eds, "Oumou")
    f.evenement(perdue, E.ADRESSE_CHANGEE, structure=None, localisation=Localisation.INCONNUE.value, domiciliee=False)
    return [attente, redige, retard, pause, absente, volontaire, discrete, perdue, *_desaccords(eds, referente)]


def _desaccords(eds: Structure, referente: Agent) -> list[Personne]:
    """People on whom the file and the records disagree: the reconciliation queue, full."""
    prenoms = ("Paula", "Rokia", "Salomé", "Tina", "Ursule", "Véra")
    morte, attendue, punie, suspendue, close, mere = (personne(eds, p, depuis=30) for p in prenoms)
    le = f.MAINTENANT - 12 * J
    f.evenement(morte, E.DECES_PRESUME, le=le)
    f.evenement(attendue, E.DECISION_ATTENDUE, le=le, objets=["derogation_AGE", "versement_CV"], depuis="2026-01-05")
    f.evenement(punie, E.SANCTION_CONSTATEE, le=le, objets=["versement_CG"], sens="vue")
    DroitFoyer.objects.filter(foyer__appartenances__personne=suspendue).update(
        etat=EtatDroit.VERSEMENT_SUSPENDU, motif="06", motif_le=date(2026, 1, 1)
    )
    f.evenement(suspendue, E.DROIT_SUSPENDU, le=le, motif="06", etat="4")
    f.accompagnee(close, eds, referente, le=le - 5 * J)
    f.evenement(close, E.DROIT_CLOS, le=le, motif_sortie="autre")
    f.evenement(mere, E.MAJORATION_EN_DOUTE, le=le, enfant=mere.pk)
    f.contact(mere, "0611111111")
    ContactPropose.objects.create(
        personne=mere, genre=GenreContact.TELEPHONE, valeur="0622222222", motif=MotifProposition.PLUS_RECENT,
        date_du_fichier=date(2026, 2, 1), propose_le=le,
    )  # fmt: skip
    ContactPropose.objects.create(  # a word without a break, wider than a telephone
        personne=mere, genre=GenreContact.COURRIEL, valeur="maia.vandenfictif-delatestardiere.0042@exemple.invalid",
        motif=MotifProposition.PLUS_RECENT, date_du_fichier=date(2026, 2, 1), propose_le=le,
    )  # fmt: skip
    return [morte, attendue, punie, suspendue, close, mere]


def une_matinee(gens: list[Personne], structure: Structure, par: Agent) -> RendezVous:
    """A day at the desk: one waits, one is late, one was excused, a session of two. Returns a line of the session."""
    le, session = f.MAINTENANT, []
    for rang, qui in enumerate(gens):
        genre = GenreRendezVous.COLLECTIF if rang > 2 else GenreRendezVous.ORIENTATION
        debut = le.replace(hour=8) + rang * J / 96 if rang <= 2 else le.replace(hour=8)
        rdv = RendezVous.objects.create(
            personne=qui, genre=genre, modalite=ModaliteRendezVous.PHYSIQUE, structure=structure, debut=debut,
            fin=debut + J / 32,
        )  # fmt: skip
        session.append(rdv)
    presence.noter_arrivee(rendez_vous=session[0], par=par, le=le)
    presence.annoncer_retard(rendez_vous=session[1], minutes=20, par=par, le=le)
    presence.noter_absence(rendez_vous=session[2], motif=MotifExcuse.TRANSPORT, par=par, le=le)
    return session[-1]


def une_affectation(par: Agent) -> PropositionAffectation:
    """The week's allocation, to read again: one line to change."""
    return proposer(par=par, le=f.MAINTENANT)


def mis_de_cote(par: Agent) -> list[ElementRejete]:
    """A file some households of which could not be read: to correct, broken, played, dropped, erased."""
    fichier = FichierRecu.objects.create(
        empreinte="d" * 64, nom="VRSB0801-exemple.xml", type=TypeFichier.BENEFICIAIRES_MENSUEL,
        statut=StatutFichier.CHARGE, recu_le=f.MAINTENANT.date() - 9 * J, reference_le=date(2026, 1, 31),
        cree_le=f.MAINTENANT - 9 * J, depose_le=f.MAINTENANT - 9 * J, depose_par=par, charge_le=f.MAINTENANT,
        taille=1, organisme=f.organisme_payeur(),
    )  # fmt: skip
    faux, casse = FOYER.replace("1988-06-21", "1988-02-31"), FOYER.replace("<NOM>TIREVENT<", "<NOM>R & D<")
    poses = [
        element(
            fichier=fichier, genre=GenreElement.FOYER, rang=rang, ligne=120 * rang, repere=f"0000001{rang}094",
            code=code, motif=motif, texte=sans_nir(texte), le=f.MAINTENANT - 9 * J,
        )
        for rang, (code, motif, texte) in enumerate(
            [
                ("naissance_impossible", "Une date de naissance (DTNAI) manque ou est impossible.", faux),
                ("xml_incorrect", "Le XML de ce foyer est incorrect (ligne 243).", casse),
                *[("numdemrsa_absent", "Le numéro de demande RSA (NUMDEMRSA) manque.", faux)] * 3,
            ],
            start=1,
        )
    ]  # fmt: skip
    *_, joue, ecarte, efface = poses
    joue.statut, joue.resultat, joue.traite_le, joue.traite_par = "rejoue", "1 personne ajoutée.", f.MAINTENANT, par
    ecarte.statut, ecarte.raison_ecart, ecarte.traite_le, ecarte.traite_par = "ecarte", "deja_pris", f.MAINTENANT, par
    efface.statut, efface.bloc_chiffre, efface.purge_le = "purge", b"", f.MAINTENANT
    return ElementRejete.objects.bulk_create(poses)


def _chez_le_partenaire(eds: Structure, par: Agent) -> None:
    """One heard of, one not, one whom the partner says it follows while we say otherwise."""
    agence = f.structure(
        TypeStructure.OPERATEUR_EMPLOI, GenreOrganismeReferent.OPERATEUR_EMPLOI, nom="Agence fictive de l'emploi"
    )
    connue, muette, ailleurs = (personne(eds, p, depuis=90) for p in ("Pélagie", "Quitterie", "Rokia"))
    for suivie in (connue, muette):
        f.orientee(suivie, agence, voie=Voie.EMPLOI, le=f.MAINTENANT - 40 * J)
        f.rattachement(suivie, eds)
    noter_informations(
        informations=[
            InformationDite(personne=connue.pk, contrat=DateDite(partielle="2025-11"), referent="Mme Exemple"),
            InformationDite(personne=ailleurs.pk, contrat=DateDite(date(2025, 12, 3))),
        ],
        partenaire=agence, au=date(2026, 1, 31), recue_le=date(2026, 2, 10), par=par, le=f.MAINTENANT,
    )  # fmt: skip
