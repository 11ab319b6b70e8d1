"""Convening several people at once: who, when and where, what will happen, then the sending with what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.selectors import empechement
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import structures_ouvertes
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services import convoquer
from cordee.reglementation.calendrier import ajouter_jours_ouvres, est_jour_ouvre
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.saisies import SaisieDate, SaisieHeure
from cordee.web.parcours.formulaires.base import ChoixLong, instant
from cordee.web.parcours.formulaires.rencontres import adresse_de
from cordee.web.personnes import liste
from cordee.web.personnes.filtres import Filtres
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import nom_court

MAXIMUM = 200
REFUS_CITES = 8
PAUSE = (time(12, 0), time(13, 30))
ETAPES = [
    {"cle": "qui", "libelle": "Qui"}, {"cle": "quand", "libelle": "Quand et où"},
    {"cle": "verifier", "libelle": "Vérifier"}, {"cle": "envoyer", "libelle": "Envoyer"},
]  # fmt: skip
# The first way that is open to each person is taken.
CANAUX = {
    "courrier": (Canal.COURRIER, Canal.SMS, Canal.COURRIEL),
    "sms": (Canal.SMS, Canal.COURRIER, Canal.COURRIEL),
    "courriel": (Canal.COURRIEL, Canal.COURRIER, Canal.SMS),
}


class FormulaireCampagne(forms.Form):
    """When, where, how."""

    debut = forms.DateField(label="Premier jour", widget=SaisieDate)
    de = forms.TimeField(label="De", widget=SaisieHeure, initial=time(9, 0))
    a = forms.TimeField(label="À", widget=SaisieHeure, initial=time(17, 0))
    duree = forms.IntegerField(label="Minutes par rendez-vous", min_value=10, max_value=240, initial=45)
    places = forms.IntegerField(
        label="Personnes reçues en même temps", min_value=1, max_value=50, initial=1,
        help_text="Une par professionnel ; davantage pour une information collective.",
    )  # fmt: skip
    pause = forms.BooleanField(label="Personne entre 12 h et 13 h 30", required=False, initial=True)
    genre = forms.ChoiceField(label="Objet", choices=GenreRendezVous.choices())
    structure = forms.ChoiceField(label="Structure qui reçoit")
    canal = ChoixLong(
        label="Comment les prévenir", initial="courrier",
        choices=[("courrier", "Par courrier ; à défaut d'adresse, par SMS ou courriel"),
                 ("sms", "Par SMS ; à défaut de numéro, par courrier"),
                 ("courriel", "Par courriel ; à défaut, par courrier")],
    )  # fmt: skip

    def __init__(self, *args: Any, structures: list[Structure], au: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par_pk = {str(s.pk): s for s in structures}
        self.fields["structure"].choices = [(pk, s.nom) for pk, s in self.par_pk.items()]  # type: ignore[attr-defined]
        self.initial.setdefault("debut", ajouter_jours_ouvres(au, 6))

    @staticmethod
    def _tient(d: dict[str, Any]) -> bool:
        """Whether one appointment at least fits before or after lunch."""

        def minutes(debut: time, fin: time) -> int:
            return (fin.hour - debut.hour) * 60 + fin.minute - debut.minute

        avant, apres = minutes(d["de"], min(d["a"], PAUSE[0])), minutes(max(d["de"], PAUSE[1]), d["a"])
        return max(avant, apres) >= d["duree"]

    def clean(self) -> dict[str, Any]:
        d = super().clean() or self.cleaned_data
        if d.get("de") and d.get("a") and d.get("duree"):
            minutes = (d["a"].hour - d["de"].hour) * 60 + d["a"].minute - d["de"].minute
            if minutes < d["duree"] or (d.get("pause") and not self._tient(d)):
                self.add_error("a", "La journée est plus courte qu'un rendez-vous.")
        return d


@dataclass(frozen=True, slots=True)
class Prevision:
    """What would happen to one person: an hour and a way, or the reason why not."""

    personne: Personne
    qui: str
    debut: datetime | None = None
    canal: Canal | None = None
    refus: str = ""


@acces(Permission.CONVOQUER)
def convoquer_plusieurs(request: HttpRequest) -> HttpResponse:
    """The stepper. Each person is convened by the same service as alone; nobody is convened twice."""
    retour = f"{reverse('personnes')}?{request.GET.urlencode()}"
    if request.method != "POST":
        return redirect(retour)
    maintenant = horloge.maintenant()
    personnes = list(_choisies(request, maintenant)[: MAXIMUM + 1])
    if not personnes:
        messages.warning(request, "Cochez au moins une personne que vous pouvez convoquer.")
        return redirect(retour)
    trop, personnes = len(personnes) > MAXIMUM, personnes[:MAXIMUM]
    action = request.POST.get("action", "preparer")
    au = horloge.jour(maintenant)
    formulaire = FormulaireCampagne(
        None if action == "preparer" else request.POST, structures=_structures(request, au), au=au
    )
    contexte: dict[str, Any] = {
        "form": formulaire, "personnes": personnes, "total": len(personnes), "trop": trop, "maximum": MAXIMUM,
        "retour": retour, "etapes": ETAPES, "etape": "quand",
        "fil": [("Personnes", retour), ("Préparer les convocations", "")],
    }  # fmt: skip
    if action in ("preparer", "modifier") or not formulaire.is_valid():
        return render(request, "personnes/campagne.html", contexte, status=422 if formulaire.errors else 200)
    previsions = prevoir(personnes, formulaire.cleaned_data, maintenant)
    if action == "envoyer":
        _envoyer(request, previsions, formulaire, maintenant)
        return redirect(retour)
    contexte |= {
        "etape": "verifier", "previsions": previsions,
        "possibles": [p for p in previsions if not p.refus], "refusees": [p for p in previsions if p.refus],
    }  # fmt: skip
    return render(request, "personnes/campagne.html", contexte)


def prevoir(personnes: list[Personne], d: dict[str, Any], maintenant: datetime) -> list[Prevision]:
    """Who would be received when, by which way, and who cannot be convened."""
    au = horloge.jour(maintenant)
    prevus = RendezVous.objects.filter(
        personne__in=personnes, statut=StatutRendezVous.PREVU, debut__gte=maintenant
    ).values_list("personne_id", "debut")
    deja = dict(prevus)
    heures = creneaux(d["debut"], d["de"], d["a"], d["duree"], d["places"], pause=d["pause"])
    lignes = []
    for p in personnes:
        qui = nom_court(p.prenom, p.nom)
        if p.pk in deja:
            quand = deja[p.pk].astimezone(horloge.PARIS)
            lignes.append(Prevision(p, qui, refus=f"Elle a déjà un rendez-vous le {quand:%d/%m/%Y à %H:%M}."))
            continue
        canal, raison = _canal(p, CANAUX[d["canal"]], au)
        if canal is None:
            lignes.append(Prevision(p, qui, refus=raison))
        else:
            lignes.append(Prevision(p, qui, debut=next(heures), canal=canal))
    return lignes


def creneaux(debut: date, de: time, a: time, duree: int, places: int, *, pause: bool = False) -> Iterator[datetime]:
    """Hours to give, one after the other: ``places`` at each hour, working days only, none over lunch with ``pause``.

    >>> heures = creneaux(date(2026, 2, 20), time(11, 15), time(14, 15), 45, 1, pause=True)
    >>> [f"{next(heures):%d/%m %H:%M}" for _ in range(3)]
    ['20/02 11:15', '20/02 13:30', '23/02 11:15']
    """
    pas = timedelta(minutes=duree)
    jour = debut
    while True:
        heure, midi, reprise = instant(jour, de), instant(jour, PAUSE[0]), instant(jour, PAUSE[1])
        while est_jour_ouvre(jour) and heure + pas <= instant(jour, a):
            if pause and heure < reprise and heure + pas > midi:
                heure = reprise
                continue
            for _ in range(places):
                yield heure
            heure += pas
        jour += timedelta(days=1)


def _canal(p: Personne, ordre: tuple[Canal, ...], au: date) -> tuple[Canal | None, str]:
    raisons = []
    for canal in ordre:
        raison = empechement(personne=p, genre=GenreCourrier.CONVOCATION, canal=canal, au=au)
        if not raison:
            return canal, ""
        raisons.append(raison)
    return None, raisons[0]


def _envoyer(
    request: HttpRequest, previsions: list[Prevision], formulaire: FormulaireCampagne, maintenant: datetime
) -> None:
    d = formulaire.cleaned_data
    structure = formulaire.par_pk[d["structure"]]
    faites, refus = 0, [(p.qui, p.refus) for p in previsions if p.refus]
    for p in previsions:
        if p.debut is None or p.canal is None:
            continue
        try:
            convoquer(
                personne=p.personne, genre=GenreRendezVous(d["genre"]), modalite=ModaliteRendezVous.PHYSIQUE,
                structure=structure, agent=None, lieu=adresse_de(structure), debut=p.debut, duree_minutes=d["duree"],
                canal=p.canal, par=agent_courant(request), le=maintenant,
            )  # fmt: skip
            faites += 1
        except ErreurMetier as erreur:
            refus.append((p.qui, str(erreur)))
    if faites:
        messages.success(request, f"{faites} convocation{'s' if faites > 1 else ''} prête{'s' if faites > 1 else ''}.")
    if refus:
        debut = " ".join(f"{qui} : {raison}" for qui, raison in refus[:REFUS_CITES])
        suite = f" Et {len(refus) - REFUS_CITES} autres." if len(refus) > REFUS_CITES else ""
        messages.warning(request, f"{len(refus)} impossible{'s' if len(refus) > 1 else ''}. {debut}{suite}")


def _choisies(request: HttpRequest, maintenant: datetime) -> QuerySet[Personne]:
    """The ticked people, or all those of the list, among those on whom the agent may do this."""
    agent, droits = agent_courant(request), habilitation_de(request)
    au = horloge.jour(maintenant)
    portee = personnes_visibles(pour=agent, au=au, permission=Permission.CONVOQUER, droits=droits)
    if request.POST.get("tout") == "1":
        lus = Filtres(request.GET, droits=droits, au=au).lus
        toutes = liste.choisir(lus, pour=agent, droits=droits, maintenant=maintenant)
        return toutes.filter(pk__in=portee.values("pk")).order_by("situation__echeance", "pk")
    ids = [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal()]
    return portee.filter(pk__in=ids).order_by("situation__echeance", "pk")


def _structures(request: HttpRequest, au: date) -> list[Structure]:
    """Her structures first."""
    siennes = habilitation_de(request).structures
    ouvertes = structures_ouvertes(au=au).select_related("commune")
    return sorted(ouvertes, key=lambda s: (s.pk not in siennes, s.nom))
