"""What « Ma journée » shows: the appointments of the day, what to do first, the state of my file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Etendue, Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.cycle import OUVERTS
from cordee.metier.orientation.models import Relais
from cordee.metier.orientation.selectors.diagnostic import mes_brouillons
from cordee.metier.orientation.selectors.equipe import q_recus
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape
from cordee.metier.parcours.models import Situation
from cordee.metier.parcours.selectors import CompteDeFile, GroupeDeTaches, LigneDeFile, Urgence, file_de_travail
from cordee.metier.personnes.selectors import q_visibles
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.socle import horloge
from cordee.web.parcours import apparences, table
from cordee.web.socle.identites import communes_de, nom_court

SEUIL_DE_GROUPE = 6
UNE_PAR_UNE = 10
PAR_GROUPE = 3
LUES = 80
JOURS_SANS_CONTACT = 90
JOURS_CONTRAT = 30
_AVANT = (Etat.ENTRANTE, Etat.CONVOQUEE, Etat.RENCONTREE, Etat.INJOIGNABLE, Etat.A_ORIENTER_PAR_DEFAUT)


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """One thing to do, ready to draw."""

    tache: LigneDeFile
    qui: str
    commune: str
    icone: str
    url_personne: str
    url_acte: str
    bouton: str


@dataclass(frozen=True, slots=True)
class GroupeAffiche:
    """Many people waiting for the same act."""

    groupe: GroupeDeTaches
    icone: str
    url: str
    url_retard: str
    bouton: str
    url_acte: str


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One figure of my file, and the list behind it."""

    valeur: int
    libelle: str
    url: str
    icone: str
    ton: str = ""


def url_liste(**filtres: str) -> str:
    """The list of people with these filters."""
    return f"{reverse('personnes')}?{urlencode(filtres)}"


def groupes(compte: CompteDeFile) -> list[GroupeAffiche]:
    """The kinds that many people wait for: shown as one line, with the act that serves them all."""
    return [
        GroupeAffiche(
            g,
            apparences.icone_tache(g.genre),
            url_liste(moi="on", **{g.source: g.genre}),
            url_liste(moi="on", urgence=Urgence.RETARD, **{g.source: g.genre}),
            *_acte(g),
        )
        for g in compte.groupes
        if _est_groupe(g)
    ]


def _acte(g: GroupeDeTaches) -> tuple[str, str]:
    """What serves them all: the words of the button, and where it leads."""
    filtres = {"moi": "on", g.source: g.genre}
    if g.genre is GenreEtape.CONVOQUER:
        return "Préparer une campagne", f"{reverse('campagne_nouvelle')}?{urlencode(filtres)}"
    return "Voir la liste", url_liste(**filtres)


def lignes(*, pour: Agent, maintenant: datetime, droits: Habilitation, compte: CompteDeFile) -> list[LigneAffichee]:
    """The most urgent things to do one by one: a few of each kind that is also shown as a group."""
    au = horloge.jour(maintenant)
    groupees = {g.genre for g in compte.groupes if _est_groupe(g)}
    vues: Counter[GenreEtape | GenreEcheance] = Counter()
    taches = []
    for tache in file_de_travail(pour=pour, au=au, droits=droits, limite=LUES):
        vues[tache.genre] += 1
        if tache.genre not in groupees or vues[tache.genre] <= PAR_GROUPE:
            taches.append(tache)
    taches = taches[:UNE_PAR_UNE]
    communes = communes_de({t.personne_id for t in taches})
    return [_affichee(tache, communes, droits) for tache in taches]


def _affichee(tache: LigneDeFile, communes: dict[int, str], droits: Habilitation) -> LigneAffichee:
    acte = table.acte_pour(tache.genre, tache.etat)
    personne = reverse("personne", args=[tache.personne_id])
    possible = acte is not None and bool(droits.permissions.intersection(acte.permissions))
    return LigneAffichee(
        tache,
        nom_court(tache.prenom, tache.nom),
        communes.get(tache.personne_id, ""),
        apparences.icone_tache(tache.genre),
        personne,
        table.url(acte, tache.personne_id) if acte and possible else personne,
        acte.bouton if acte and possible else "Ouvrir",
    )


def rendez_vous_du_jour(*, pour: Agent, maintenant: datetime, droits: Habilitation) -> QuerySet[RendezVous]:
    """The appointments of the day: hers, and those of her structures that bear no name."""
    jour = horloge.jour(maintenant)
    debut = datetime(jour.year, jour.month, jour.day, tzinfo=horloge.PARIS)
    return (
        RendezVous.objects.filter(debut__gte=debut, debut__lt=debut + timedelta(days=1))
        .exclude(statut=StatutRendezVous.ANNULE)
        .filter(Q(agent=pour) | Q(agent__isnull=True, structure__in=droits.structures))
        .filter(q_visibles("personne", pour=pour, au=jour, droits=droits))
        .select_related("personne", "structure")
        .order_by("debut", "pk")
    )


def mes_chiffres(*, pour: Agent, maintenant: datetime, droits: Habilitation) -> list[Chiffre]:
    """The state of the file she answers for: three queries, each figure opens its list."""
    au = horloge.jour(maintenant)
    base, filtre = _mon_perimetre(pour, au, droits)
    attendues = RendezVous.objects.filter(statut=StatutRendezVous.PREVU, debut__gte=maintenant).values("personne")
    avant = Q(etat__in=_AVANT)
    ancien = Q(dernier_contact_le__lt=au - timedelta(days=JOURS_SANS_CONTACT)) | Q(dernier_contact_le__isnull=True)
    suivies = Q(referent_structure__isnull=False)
    n = base.aggregate(
        total=Count("pk"),
        a_orienter=Count("pk", filter=avant),
        sans_rdv=Count("pk", filter=~Q(personne__in=attendues)),
        contrats=Count("pk", filter=Q(actualisation_le__lte=au + timedelta(days=JOURS_CONTRAT))),
        sans_contact=Count("pk", filter=suivies & ancien),
    )
    chiffres = [Chiffre(n["total"], "personnes soumises aux droits et devoirs", url_liste(**filtre), "personnes")]
    if droits.etendue is Etendue.DEPARTEMENT:
        chiffres.append(Chiffre(n["a_orienter"], "à orienter", url_liste(phase="avant", **filtre), "orientation"))
    chiffres += [
        Chiffre(n["sans_rdv"], "sans rendez-vous prévu", url_liste(rdv="sans", **filtre), "rendezvous"),
        Chiffre(n["contrats"], f"contrats à actualiser sous {JOURS_CONTRAT} jours",
                url_liste(contrat="a_actualiser", **filtre), "contrat"),
        Chiffre(n["sans_contact"], f"suivies sans contact depuis {JOURS_SANS_CONTACT} jours",
                url_liste(contact="ancien", **filtre), "entretien", "accent" if n["sans_contact"] else ""),
    ]  # fmt: skip
    return [*_a_finir(pour, droits), *_relais(pour, droits), *chiffres]


def _a_finir(agent: Agent, droits: Habilitation) -> list[Chiffre]:
    """Her interviews begun and not finished, when there are (R7)."""
    a_finir = mes_brouillons(pour=agent).count() if droits.peut(Permission.DIAGNOSTIQUER) else 0
    accord = "entretien à finir" if a_finir == 1 else "entretiens à finir"
    return [Chiffre(a_finir, accord, reverse("entretiens_en_cours"), "diagnostic", "accent")] if a_finir else []


def _relais(agent: Agent, droits: Habilitation) -> list[Chiffre]:
    """Hand-overs that wait for her answer, when there are: their people are not in her perimeter yet (REQ-114)."""
    ouverts = Relais.objects.filter(q_recus(agent, droits), statut__in=[str(s) for s in OUVERTS])
    n = ouverts.count() if droits.peut(Permission.SUIVRE) else 0
    return [Chiffre(n, "relais à accepter ou refuser", reverse("relais"), "binome", "accent")] if n else []


def titre_du_fichier(droits: Habilitation) -> str:
    """What the figures are about."""
    return {
        Etendue.DEPARTEMENT: "Tout le département",
        Etendue.STRUCTURE: "Mon équipe",
        Etendue.AGENT: "Mes personnes",
    }.get(droits.etendue, "")


def premiers_pas(droits: Habilitation) -> list[str]:
    """Three sentences for a first day, by role."""
    communs = ["Chaque ligne de « À faire » dit qui, quoi, avant quand et pourquoi ; le bouton ouvre l'acte à faire."]
    par_role = {
        RoleAgent.AGENT_PLATEFORME: "Commencez par les lignes en retard, puis convoquez les nouveaux entrants.",
        RoleAgent.REFERENT: "Commencez par les contrats à signer : le délai est légal.",
        RoleAgent.TRAVAILLEUR_SOCIAL: "Commencez par les contrats à signer, puis les points sur les droits.",
        RoleAgent.OPERATEUR: "Vous voyez les personnes qui vous sont confiées, et elles seules.",
        RoleAgent.CHEF_STRUCTURE: "Acceptez les dossiers reçus, puis nommez un référent pour chacun.",
        RoleAgent.ENCADRANT: "Regardez d'abord ce qui est en retard et ce qui n'a pas de structure.",
        RoleAgent.GESTIONNAIRE_DONNEES: "Chargez le fichier du mois, puis réglez un à un les désaccords.",
        RoleAgent.LIAISON: "Suivez ce qui est attendu des partenaires : sans nouvelle n'est pas en retard.",
    }
    propres = [phrase for role, phrase in par_role.items() if role in droits.roles]
    fin = "Tapez « / » pour chercher une personne par son nom, sa date de naissance ou son numéro."
    return [*propres, *communs, fin]


def _mon_perimetre(pour: Agent, au: date, droits: Habilitation) -> tuple[QuerySet[Situation], dict[str, str]]:
    base = Situation.objects.filter(q_visibles("personne", pour=pour, au=au, droits=droits), soumis=True)
    if droits.etendue is Etendue.AGENT:
        return base.filter(referent_agent=pour), {"referent": str(pour.pk)}
    if droits.etendue is Etendue.STRUCTURE and droits.peut(Permission.ENCADRER):
        return base.filter(referent_structure__in=droits.structures_encadrees), {"equipe": "on"}
    return base, {}


def _est_groupe(g: GroupeDeTaches) -> bool:
    return g.total >= SEUIL_DE_GROUPE
