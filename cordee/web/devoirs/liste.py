"""« Droits et devoirs »: what is to be examined, the procedures, the measures that run, the appeals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import DateField, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.devoirs.enums import EtatProcedure, NatureMesure, StatutManquement, StatutMesure, TypeManquement
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure, Recours
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.enums import GenreEcheance as H
from cordee.metier.parcours.models import Echeance
from cordee.metier.personnes.selectors import q_visibles
from cordee.socle import horloge
from cordee.socle.enums import EnumLibelle
from cordee.web.composants.formulaires import FormulaireFiltres
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.socle.acces import acces, agent_courant, exiger, habilitation_de, journaliser_export
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_court

P = Permission
PAR_PAGE = 25
OUVERTES = ("ouverte", "griefs_envoyes", "contradictoire", "decidee")


class Onglet(EnumLibelle):
    """The four parts of the page, in the order of the work."""

    EXAMINER = "examiner", "À examiner", "Des faits signalés : chercher d'abord s'il y a un motif légitime."
    PROCEDURES = "procedures", "Procédures", "La personne sait ce qui lui est reproché et peut répondre."
    MESURES = "mesures", "Mesures", "Ce qui est décidé et court encore : tout doit pouvoir être levé."
    RECOURS = "recours", "Recours", "La personne conteste : une réponse lui est due."


@dataclass(frozen=True, slots=True)
class Demande:
    """Who asks, on which day, with which filters."""

    pour: Agent
    au: date
    droits: Habilitation
    lus: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Partie:
    """One part: its rows, its columns, how one row is read and written out."""

    rangees: Callable[[Demande], QuerySet[Any]]
    colonnes: tuple[Colonne, ...]
    tri: str
    entetes: tuple[str, ...]
    exporter: Callable[[Any], Sequence[Any]]


class Filtres(FormulaireFiltres):
    """What the address keeps. Unknown values are ignored."""

    onglet = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label="Nom", required=False, max_length=80)
    type = forms.ChoiceField(label="Manquement", required=False, choices=[("", "Tous"), *TypeManquement.choices()])
    etat = forms.ChoiceField(label="Où en est le dossier", required=False)
    prets = forms.BooleanField(label="Prêts pour une décision", required=False)
    miens = forms.BooleanField(label="Les miens seulement", required=False)
    clos = forms.BooleanField(label="Aussi ce qui est terminé", required=False)

    def __init__(self, *args: Any, onglet: Onglet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choix = {
            Onglet.EXAMINER: StatutManquement.choices(),
            Onglet.PROCEDURES: EtatProcedure.choices(),
            Onglet.MESURES: NatureMesure.choices(),
        }.get(onglet)
        if choix is None:
            del self.fields["etat"]
        else:
            self.fields["etat"].choices = [("", "Tous"), *choix]  # type: ignore[attr-defined]
        if onglet is not Onglet.PROCEDURES:
            del self.fields["miens"], self.fields["prets"]
        if onglet is Onglet.MESURES:
            self.fields["etat"].label = "Mesure"

    @property
    def lus(self) -> dict[str, Any]:
        return {cle: valeur for cle, valeur in super().lus.items() if cle != "onglet"}


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def liste(request: HttpRequest) -> HttpResponse:
    """One part at a time; the counts of the others stand in their tabs."""
    onglet = onglet_de(request)
    filtres = Filtres(request.GET, onglet=onglet)
    demande = _demande(request, filtres)
    partie = PARTIES[onglet]
    tri = lire_tri(request.GET, partie.colonnes, partie.tri)
    rangees = partie.rangees(demande).order_by(*champs_de_tri(tri, partie.colonnes))
    page = Paginator(rangees, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "au": demande.au, "onglet": onglet, "filtres": filtres, "colonnes": list(partie.colonnes), "tri": tri,
        "page": page, "onglets": _onglets(demande, onglet), "parametres": request.GET.urlencode(),
        "lignes": [{"o": o, "qui": nom_court(*_qui(o))} for o in page],
        "ailleurs": _ailleurs(demande.droits), "prets": _prets(demande),
        "gabarit_ligne": f"devoirs/lignes/{onglet.value}.html", "peut_exporter": demande.droits.peut(P.EXPORTER),
    }  # fmt: skip
    return render(request, "devoirs/liste.html", contexte)


@acces(P.INSTRUIRE, P.DECIDER, finalite=Finalite.SANCTION)
def exporter(request: HttpRequest) -> HttpResponse:
    """The same lines as a file; each person who leaves in it is a read."""
    exiger(request, P.EXPORTER)
    onglet = onglet_de(request)
    filtres = Filtres(request.GET, onglet=onglet)
    demande = _demande(request, filtres)
    partie = PARTIES[onglet]
    tri = lire_tri(request.GET, partie.colonnes, partie.tri)
    rangees = list(partie.rangees(demande).order_by(*champs_de_tri(tri, partie.colonnes)))
    journaliser_export(
        request, sorted({_personne_id(o) for o in rangees}), finalite=Finalite.SANCTION,
        page=f"export des droits et devoirs ({onglet.libelle.lower()})",
    )  # fmt: skip
    return en_csv(
        f"droits-et-devoirs-{onglet.value}-{demande.au:%Y-%m-%d}", partie.entetes,
        [partie.exporter(o) for o in rangees],
    )  # fmt: skip


def onglet_de(request: HttpRequest) -> Onglet:
    """The part asked for; the first for whoever instructs, the procedures for whoever decides."""
    demande = request.GET.get("onglet", "")
    if demande in [o.value for o in Onglet]:
        return Onglet(demande)
    return Onglet.EXAMINER if habilitation_de(request).peut(P.INSTRUIRE) else Onglet.PROCEDURES


# Rows ----------------------------------------------------------------------------------------------------------------
def _demande(request: HttpRequest, filtres: Filtres) -> Demande:
    return Demande(agent_courant(request), horloge.aujourdhui(), habilitation_de(request), filtres.lus)


def _visibles(rangees: QuerySet[Any], d: Demande, personne: str = "personne") -> QuerySet[Any]:
    """Rows on people of the perimeter, whose name begins as asked."""
    rangees = rangees.filter(q_visibles(f"{personne}_id", pour=d.pour, au=d.au, droits=d.droits))
    for mot in d.lus.get("q", "").split():
        rangees = rangees.filter(
            Q(**{f"{personne}__nom__istartswith": mot}) | Q(**{f"{personne}__prenom__istartswith": mot})
        )
    return rangees


def _echeance(*genres: H, personne: str = "personne_id") -> Subquery:
    """The nearest open date of these kinds, from the path: the page has no clock of its own."""
    ouvertes = Echeance.objects.filter(
        personne=OuterRef(personne), genre__in=[g.value for g in genres], fermee_le__isnull=True
    )
    return Subquery(ouvertes.order_by("echeance").values("echeance")[:1], output_field=DateField())


def _manquements(d: Demande) -> QuerySet[Manquement]:
    rangees = Manquement.objects.select_related("personne", "structure", "signale_par")
    if d.lus.get("etat"):
        rangees = rangees.filter(statut=d.lus["etat"])
    elif not d.lus.get("clos"):
        rangees = rangees.filter(statut__in=(StatutManquement.SIGNALE, StatutManquement.EXAMINE))
    if d.lus.get("type"):
        rangees = rangees.filter(type=d.lus["type"])
    return _visibles(rangees, d).annotate(echeance=_echeance(H.INSTRUIRE_MANQUEMENT, H.PROCEDURE_REFUS))


def _procedures(d: Demande) -> QuerySet[Procedure]:
    rangees = Procedure.objects.select_related("personne", "responsable")
    if d.lus.get("etat"):
        rangees = rangees.filter(etat=d.lus["etat"])
    elif not d.lus.get("clos"):
        rangees = rangees.filter(etat__in=OUVERTES)
    if d.lus.get("type"):
        rangees = rangees.filter(type=d.lus["type"])
    if d.lus.get("prets"):
        rangees = rangees.filter(
            etat=EtatProcedure.CONTRADICTOIRE, contradictoire_jusquau__lt=d.au, projet__isnull=False
        )
    if d.lus.get("miens"):
        rangees = rangees.filter(responsable=d.pour)
    return _visibles(rangees, d).annotate(
        echeance=_echeance(H.CONDUIRE_CONTRADICTOIRE, H.DECIDER_MESURE, H.NOTIFIER_MESURE)
    )


def _mesures(d: Demande) -> QuerySet[MesureDecidee]:
    rangees = MesureDecidee.objects.select_related("personne", "procedure")
    if d.lus.get("etat"):
        rangees = rangees.filter(nature=d.lus["etat"])
    if not d.lus.get("clos"):
        rangees = rangees.filter(Q(fin__isnull=True) | Q(fin__gt=d.au), statut=StatutMesure.DECIDEE)
    if d.lus.get("type"):
        rangees = rangees.filter(type=d.lus["type"])
    return _visibles(rangees, d).annotate(
        echeance=_echeance(H.NOTIFIER_MESURE, H.LEVER_MESURE, H.SUIVRE_TERME_MESURE, H.TRANSMETTRE_MESURE)
    )


def _recours(d: Demande) -> QuerySet[Recours]:
    rangees = Recours.objects.select_related("mesure__personne", "mesure__procedure")
    if not d.lus.get("clos"):
        rangees = rangees.filter(issue="")
    if d.lus.get("type"):
        rangees = rangees.filter(mesure__type=d.lus["type"])
    return _visibles(rangees, d, "mesure__personne")


def _prets(d: Demande) -> int:
    """How many files wait for whoever decides: a decision prepared, the days to answer over."""
    if not d.droits.peut(P.DECIDER):
        return 0
    return _procedures(Demande(d.pour, d.au, d.droits, {"prets": True})).count()


def _ailleurs(droits: Habilitation) -> list[dict[str, str]]:
    """Pages of the same unit, for who may open them."""
    pages = (
        ("caisse", "Caisse", "echange", (P.INSTRUIRE, P.DECIDER)),
        ("controles", "Contrôles", "recherche", (P.INSTRUIRE,)),
        ("neutralite", "Neutralité", "indicateur", (P.PILOTER, P.DECIDER)),
    )  # fmt: skip
    return [
        {"url": reverse(nom), "libelle": libelle, "icone": icone}
        for nom, libelle, icone, permissions in pages
        if any(droits.peut(p) for p in permissions)
    ]


def _personne_id(o: Any) -> int:
    return int(o.mesure.personne_id if isinstance(o, Recours) else o.personne_id)


def _qui(o: Any) -> tuple[str, str]:
    personne = o.mesure.personne if isinstance(o, Recours) else o.personne
    return personne.prenom, personne.nom


def _onglets(d: Demande, actif: Onglet) -> list[dict[str, Any]]:
    """Each part with what waits there, whatever the filters."""
    nu = Demande(d.pour, d.au, d.droits, {})
    return [
        {"cle": o.value, "libelle": o.libelle, "compteur": PARTIES[o].rangees(nu).count(),
         "url": f"{reverse('devoirs')}?{urlencode({'onglet': o.value})}"}
        for o in Onglet
    ]  # fmt: skip


_PERSONNE = Colonne("nom", "Personne", champs=("personne__nom", "personne__prenom"))
_ACTES = Colonne("actes", "Actions", triable=False, cachee=True)
PARTIES: dict[Onglet, Partie] = {
    Onglet.EXAMINER: Partie(
        _manquements,
        (_PERSONNE, Colonne("type", "Manquement", champs=("type",)), Colonne("faits", "Faits", champs=("faits_du",)),
         Colonne("signale", "Signalé", champs=("signale_le",)), Colonne("echeance", "À examiner"), _ACTES),
        "echeance",
        ("Nom", "Prénom", "Manquement", "Faits du", "Signalé le", "Structure", "État", "À examiner avant"),
        lambda m: (m.personne.nom, m.personne.prenom, TypeManquement(m.type).libelle, m.faits_du, m.signale_le,
                   m.structure.nom if m.structure else "", StatutManquement(m.statut).libelle, m.echeance),
    ),
    Onglet.PROCEDURES: Partie(
        _procedures,
        (_PERSONNE, Colonne("type", "Manquement", champs=("type",)), Colonne("etat", "Où elle en est"),
         Colonne("responsable", "Instruite par", champs=("responsable__nom",)),
         Colonne("echeance", "Prochaine date"), _ACTES),
        "echeance",
        ("Nom", "Prénom", "Manquement", "Où elle en est", "Ouverte le", "Lettre reçue le", "Réponse jusqu'au",
         "Instruite par", "Prochaine date"),
        lambda p: (p.personne.nom, p.personne.prenom, TypeManquement(p.type).libelle, EtatProcedure(p.etat).libelle,
                   p.ouverte_le, p.griefs_recus_le, p.contradictoire_jusquau, str(p.responsable), p.echeance),
    ),
    Onglet.MESURES: Partie(
        _mesures,
        (_PERSONNE, Colonne("mesure", "Mesure", champs=("nature", "taux")), Colonne("debut", "Mois"),
         Colonne("notifiee", "Notifiée", champs=("notifiee_le",)), Colonne("echeance", "À faire"), _ACTES),
        "echeance",
        ("Nom", "Prénom", "Mesure", "Part (%)", "Mois", "À compter du", "Jusqu'au (exclu)", "Notifiée le", "État",
         "Référence"),
        lambda m: (m.personne.nom, m.personne.prenom, NatureMesure(m.nature).libelle, m.taux, m.mois, m.debut, m.fin,
                   m.notifiee_le, StatutMesure(m.statut).libelle, m.preuve),
    ),
    Onglet.RECOURS: Partie(
        _recours,
        (Colonne("nom", "Personne", champs=("mesure__personne__nom", "mesure__personne__prenom")),
         Colonne("genre", "Recours"), Colonne("recu", "Reçu", champs=("recu_le",)),
         Colonne("repondre", "Réponse", champs=("repondre_avant",)), _ACTES),
        "repondre",
        ("Nom", "Prénom", "Recours", "Reçu le", "Répondre avant", "Réponse", "Mesure contestée"),
        lambda r: (r.mesure.personne.nom, r.mesure.personne.prenom, r.get_genre_display(), r.recu_le, r.repondre_avant,
                   r.get_issue_display() if r.issue else "", r.mesure.get_nature_display()),
    ),
}  # fmt: skip
