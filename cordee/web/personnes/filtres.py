"""The filters of the list of people: what the address keeps, and the conditions it means."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django import forms
from django.db.models import Q, QuerySet

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Affectation, Agent, RegleSecteur, Structure, en_cours
from cordee.metier.organismes.roles import Etendue
from cordee.metier.organismes.selectors import Habilitation, structures_ouvertes
from cordee.metier.orientation.selectors.signaux import Signal, q_signal
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, Voie
from cordee.metier.parcours.models import Echeance, Etape, Situation
from cordee.metier.parcours.selectors import Urgence, q_repond_de, q_urgence
from cordee.metier.personnes.models import Adresse, Appartenance, Personne
from cordee.metier.personnes.selectors.ensembles import Ids
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.pilotage.selectors import ChiffresAbsents
from cordee.pilotage.stock import Anciennete, Stock, anciennetes_du_stock, personnes_du_stock
from cordee.reglementation.calendrier import ajouter_mois
from cordee.territoires.models import Commune
from cordee.web.composants.formulaires import FormulaireFiltres

AUCUN = "aucun"
Lignes = TypeVar("Lignes", Personne, Situation)
JOURS_SANS_CONTACT = 90
JOURS_CONTRAT = 30
AUCUNE = "aucune"
HORS_OPERATEUR = "hors_operateur"
AVANT_ORIENTATION = (Etat.ENTRANTE, Etat.CONVOQUEE, Etat.RENCONTREE, Etat.INJOIGNABLE, Etat.A_ORIENTER_PAR_DEFAUT,
                     Etat.COMPETENCE_OPERATEUR_EMPLOI)  # fmt: skip
AGES = {"moins_26": (0, 26), "26_39": (26, 40), "40_54": (40, 55), "55_plus": (55, 130)}


def _tous(libelle: str, choix: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", libelle), *choix]


class Filtres(FormulaireFiltres):
    """Everything the list can be narrowed by. Unknown values are ignored, never an error page."""

    moi = forms.BooleanField(label="À faire par moi ou mon équipe", required=False)
    urgence = forms.ChoiceField(label="Échéance", required=False, choices=_tous("Toutes", Urgence.choices()))
    etape = forms.ChoiceField(label="Étape", required=False, choices=_tous("Toutes", GenreEtape.choices()))
    echeance = forms.ChoiceField(
        label="Échéance parallèle", required=False, choices=_tous("Toutes", GenreEcheance.choices())
    )
    phase = forms.ChoiceField(
        label="Phase",
        required=False,
        choices=_tous("Toutes", [("avant", "Avant l'orientation"), ("apres", "Orientées")]),
    )
    etat = forms.ChoiceField(label="Situation", required=False, choices=_tous("Toutes", Etat.choices()))
    statut = forms.ChoiceField(
        label="Droits et devoirs",
        required=False,
        choices=[("", "Soumises"), ("toutes", "Toutes"), ("sorties", "Plus soumises")],
    )
    commune = forms.ChoiceField(label="Commune", required=False)
    structure = forms.ChoiceField(label="Structure référente", required=False)
    secteur = forms.ChoiceField(label="Structure du secteur", required=False)
    referent = forms.ChoiceField(label="Référent", required=False)
    equipe = forms.BooleanField(label="Mes structures", required=False)
    voie = forms.ChoiceField(label="Parcours", required=False, choices=_tous("Tous", Voie.choices()))
    contrat = forms.ChoiceField(
        label="Contrat",
        required=False,
        choices=_tous(
            "Indifférent", [("oui", "Signé"), ("non", "Pas encore"), ("a_actualiser", "À actualiser sous 30 jours")]
        ),
    )
    contact = forms.ChoiceField(
        label="Dernier contact",
        required=False,
        choices=_tous(
            "Indifférent", [("ancien", "Plus de 90 jours"), ("jamais", "Jamais"), ("recent", "Moins de 90 jours")]
        ),
    )
    rdv = forms.ChoiceField(
        label="Rendez-vous", required=False, choices=_tous("Indifférent", [("sans", "Aucun prévu"), ("avec", "Prévu")])
    )
    convocation = forms.ChoiceField(
        label="Convocation", required=False,
        choices=_tous("Indifférent", [("seconde", "À convoquer une nouvelle fois"), ("jamais", "Jamais convoquées")]),
    )  # fmt: skip
    stock = forms.ChoiceField(label="File d'attente", required=False, choices=_tous("Toutes", Stock.choices()))
    anciennete = forms.ChoiceField(
        label="Présentes depuis (dans la file d'attente)", required=False,
        choices=_tous("Indifférent", Anciennete.choices()),
    )  # fmt: skip
    signal = forms.ChoiceField(label="Signal", required=False, choices=_tous("Indifférent", Signal.choices()))
    age = forms.ChoiceField(
        label="Âge",
        required=False,
        choices=_tous("Tous", [("moins_26", "Moins de 26 ans"), ("26_39", "26 à 39 ans"), ("40_54", "40 à 54 ans"),
                               ("55_plus", "55 ans et plus")]),
    )  # fmt: skip

    def __init__(self, *args: Any, droits: Habilitation, au: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choix("commune", "Toutes", _communes())
        ouvertes = [(str(s.pk), s.nom) for s in structures_ouvertes(au=au)]
        hors = (HORS_OPERATEUR, "Toutes sauf l'opérateur de l'emploi")
        self._choix("structure", "Toutes", [(AUCUNE, "Aucune"), hors, *ouvertes])
        self._choix("secteur", "Toutes", [(AUCUNE, "Aucune"), *ouvertes])
        self._choix("referent", "Tous", [(AUCUN, "Aucun"), *_referents(droits, au)])
        if not droits.structures_encadrees:
            del self.fields["equipe"]

    def _choix(self, champ: str, vide: str, choix: list[tuple[str, str]]) -> None:
        self.fields[champ].choices = _tous(vide, choix)  # type: ignore[attr-defined]


def filtrer(
    lignes: QuerySet[Lignes], f: dict[str, Any], *, pour: Agent, droits: Habilitation, maintenant: datetime
) -> QuerySet[Lignes]:
    """The people of the list, as rows of persons or of situations (both are known by the id of the person)."""
    au = maintenant.date()
    statut = f.get("statut", "")
    s, p = prefixes(lignes)
    if statut != "toutes":
        lignes = lignes.filter(**{f"{s}soumis": statut != "sorties"})
    if f.get("referent") == AUCUN:
        lignes = lignes.filter(**{f"{s}referent_agent__isnull": True, f"{s}referent_structure__isnull": False})
        f = {cle: valeur for cle, valeur in f.items() if cle != "referent"}
    if f.get("signal"):
        lignes = lignes.filter(
            q_signal(Signal(f["signal"]), maintenant=maintenant, prefixe=s), **{f"{s}referent_structure__isnull": False}
        )
    simples = {
        "etat": "etat", "voie": "voie", "structure": "referent_structure", "secteur": "structure_secteur",
        "referent": "referent_agent",
    }  # fmt: skip
    if f.get("structure") == HORS_OPERATEUR:
        chez_lui = Structure.objects.filter(type=TypeStructure.OPERATEUR_EMPLOI).values("pk")
        sans = Q(**{f"{s}referent_structure__isnull": True})
        lignes = lignes.filter(sans | ~Q(**{f"{s}referent_structure__in": chez_lui}))
        f = {cle: valeur for cle, valeur in f.items() if cle != "structure"}
    for cle in ("structure", "secteur"):
        if f.get(cle) == AUCUNE:
            lignes = lignes.filter(**{f"{s}{simples[cle]}__isnull": True})
            f = {autre: valeur for autre, valeur in f.items() if autre != cle}
    lignes = lignes.filter(**{f"{s}{champ}": f[cle] for cle, champ in simples.items() if f.get(cle)})
    if f.get("equipe"):
        lignes = lignes.filter(**{f"{s}referent_structure__in": droits.structures_encadrees})
    if f.get("phase"):
        avant = Q(**{f"{s}etat__in": AVANT_ORIENTATION})
        apres = ~avant & Q(**{f"{s}oriente_le__isnull": False})
        lignes = lignes.filter(avant if f["phase"] == "avant" else apres)
    lignes = lignes.filter(_q_taches(f, pour, droits, au), _q_suivi(f, au, s), _q_age(f.get("age", ""), au, p))
    lignes = lignes.filter(_q_convocation(f.get("convocation", ""), s), _q_stock(f))
    if f.get("rdv"):
        prevus = RendezVous.objects.filter(statut=StatutRendezVous.PREVU, debut__gte=maintenant)
        prevu = Q(pk__in=prevus.values("personne"))
        lignes = lignes.filter(prevu if f["rdv"] == "avec" else ~prevu)
    if f.get("commune"):
        lignes = lignes.filter(_habite(f["commune"]))
    return lignes


def prefixes(lignes: QuerySet[Any]) -> tuple[str, str]:
    """How to name, from these rows, the columns of the situation and those of the person."""
    return ("", "personne__") if lignes.model is Situation else ("situation__", "")


def _q_taches(f: dict[str, Any], pour: Agent, droits: Habilitation, au: date) -> Q:
    """People with an open task of these kinds, this urgency, mine when asked: all of it about the same task."""
    if not any(f.get(cle) for cle in ("moi", "urgence", "etape", "echeance")):
        return Q()
    condition = Q(fermee_le__isnull=True)
    if f.get("moi"):
        condition &= q_repond_de(pour, droits)
    if f.get("urgence"):
        condition &= q_urgence(Urgence(f["urgence"]), au)
    trouvees = Q()
    if f.get("etape") or not f.get("echeance"):
        genre = Q(genre=f["etape"]) if f.get("etape") else Q()
        trouvees |= Q(pk__in=Etape.objects.filter(condition & genre).values("personne"))
    if f.get("echeance") or not f.get("etape"):
        genre = Q(genre=f["echeance"]) if f.get("echeance") else Q()
        trouvees |= Q(pk__in=Echeance.objects.filter(condition & genre).values("personne"))
    return trouvees


def _q_suivi(f: dict[str, Any], au: date, s: str) -> Q:
    q = Q()
    contrat, contact = f.get("contrat"), f.get("contact")
    if contrat == "a_actualiser":
        q &= Q(**{f"{s}actualisation_le__lte": au + timedelta(days=JOURS_CONTRAT)})
    elif contrat:
        q &= Q(**{f"{s}contrat_le__isnull": contrat == "non"})
    limite = au - timedelta(days=JOURS_SANS_CONTACT)
    dernier = f"{s}dernier_contact_le"
    if contact == "jamais":
        q &= Q(**{f"{dernier}__isnull": True})
    elif contact == "recent":
        q &= Q(**{f"{dernier}__gte": limite})
    elif contact == "ancien":
        q &= Q(**{f"{s}referent_structure__isnull": False})
        q &= Q(**{f"{dernier}__lt": limite}) | Q(**{f"{dernier}__isnull": True})
    return q


def _q_convocation(choix: str, s: str) -> Q:
    """Second convocations: she was convened, did not come or was excused, and waits to be convened again (E07)."""
    convoquee = Q(**{f"{s}calcul__has_key": "convocations"})  # a number is written once it is not nought
    if choix == "seconde":
        attendent = Etape.objects.filter(genre__in=(GenreEtape.CONVOQUER, GenreEtape.ALLER_VERS), fermee_le=None)
        return convoquee & Q(pk__in=attendent.values("personne"))
    return ~convoquee if choix == "jamais" else Q()


def _q_stock(f: dict[str, Any]) -> Q:
    """The people of a backlog, as the published indicators count them; nobody as long as there are no figures."""
    if not f.get("stock"):
        return Q()
    stock = Stock(f["stock"])
    try:
        if f.get("anciennete"):
            voulue = Anciennete(f["anciennete"])
            ids = Ids(pk for pk, tranche in anciennetes_du_stock(stock).items() if tranche is voulue)
        else:
            ids = Ids(personnes_du_stock(stock))
    except ChiffresAbsents:
        return Q(pk__in=())
    return Q(pk__parmi=ids) if ids else Q(pk__in=())


def _q_age(tranche: str, au: date, p: str) -> Q:
    if tranche not in AGES:
        return Q()
    de, a = AGES[tranche]
    naissance = f"{p}date_naissance"
    return Q(**{f"{naissance}__gt": ajouter_mois(au, -12 * a), f"{naissance}__lte": ajouter_mois(au, -12 * de)})


def _habite(commune: str) -> Q:
    """Who lives there: looked for from the commune, in one set."""
    courantes = Adresse.objects.filter(fin__isnull=True, commune=commune)
    siennes = courantes.filter(personne__isnull=False).values("personne")
    membres = Appartenance.objects.filter(fin__isnull=True, foyer__in=courantes.values("foyer"))
    return Q(pk__in=siennes.union(membres.values("personne")))


def _communes() -> list[tuple[str, str]]:
    """The communes of the département(s) that the sectors serve."""
    servis = RegleSecteur.objects.values("commune__departement").distinct()
    return list(Commune.objects.filter(departement__in=servis).order_by("nom").values_list("code_insee", "nom"))


def _referents(droits: Habilitation, au: date) -> list[tuple[str, str]]:
    """Named référents: of her structures, or of all of them for a role that reaches the département."""
    roles = (RoleAgent.REFERENT, RoleAgent.TRAVAILLEUR_SOCIAL, RoleAgent.OPERATEUR, RoleAgent.CHEF_STRUCTURE)
    postes = Affectation.objects.filter(en_cours(au), role__in=roles, agent__actif=True)
    if not droits.structures_de(Etendue.DEPARTEMENT):
        postes = postes.filter(structure__in=droits.structures)
    vus = {
        str(p.agent_id): str(p.agent) for p in postes.select_related("agent").order_by("agent__nom", "agent__prenom")
    }
    return list(vus.items())
