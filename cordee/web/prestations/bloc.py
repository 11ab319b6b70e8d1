"""The euros of a measure, before, during and after: a block for the page of a procedure, and a page of its own.

What is at stake is shown; nothing here decides, proposes a share or compares people (design §4).

``{% panneau url %}`` with ``url_du_bloc(…)`` is all that another page needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.models import Personne
from cordee.metier.prestations.regles import Hypotheses, apres_mesure, rsa_exact
from cordee.metier.prestations.regles.version import version
from cordee.metier.prestations.selectors import Estimation, FoyerSuppose, hypotheses_du_foyer, trouver_simulation
from cordee.metier.prestations.services import demander_simulation
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.prestations import MoisDu, MoisRetenu, Phase, retenues
from cordee.reglementation.regimes import NatureMesure, ProjetMesure, RegimeInconnu, mois_de, regime, regime_au, regimes
from cordee.socle import horloge
from cordee.web.composants import htmx
from cordee.web.composants.saisies import SaisieDate
from cordee.web.prestations import mots
from cordee.web.prestations.personne import dossier_des_droits, fil_de
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.identites import nom_court

P = Permission
AVANT: Final = 2
"""Months shown before a measure: the last month of the quarter of reference is among them (E22)."""
APRES: Final = 2
ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One month: what is due, withheld, paid; ``total`` and ``prime`` once the model has answered."""

    retenu: MoisRetenu
    prime: Decimal | None = None
    total: Decimal | None = None

    @property
    def mois(self) -> date:
        return self.retenu.mois


@dataclass(frozen=True, slots=True, kw_only=True)
class EurosDeLaMesure:
    """Before, during and after. ``complet``: total resources are known, not the RSA alone."""

    foyer: FoyerSuppose
    hypotheses: Hypotheses
    projet: ProjetMesure
    regime: str
    lignes: tuple[Ligne, ...]
    complet: bool
    attend: bool

    def phase(self, phase: Phase) -> Ligne | None:
        """The first month of a phase."""
        return next((ligne for ligne in self.lignes if ligne.retenu.phase is phase), None)

    @property
    def avant(self) -> Ligne | None:
        return self.phase(Phase.AVANT)

    @property
    def pendant(self) -> Ligne | None:
        return self.phase(Phase.PENDANT)

    @property
    def apres(self) -> Ligne | None:
        return self.phase(Phase.APRES)

    @property
    def retenu(self) -> Decimal:
        return sum((ligne.retenu.retenue for ligne in self.lignes), ZERO)

    @property
    def plafonnee(self) -> bool:
        return any(ligne.retenu.plafonnee for ligne in self.lignes)

    @property
    def assiette(self) -> str:
        return regime(self.regime).assiette.libelle

    @property
    def a_verifier(self) -> list[mots.AVerifier]:
        """Figures of the law that were not read in their text (E40)."""
        return mots.parametres_a_verifier([self.hypotheses])

    @property
    def limites(self) -> Sequence[str]:
        return (*mots.LIMITES[:2], "La prime d'activité n'est pas touchée : la mesure porte sur le RSA seul.")


def euros_de_la_mesure(
    *, personne: Personne, projet: ProjetMesure, au: date, regime_retenu: str | None = None
) -> EurosDeLaMesure:
    """What a measure means for the person's household. Reads only; the RSA at once, the rest when it is computed.

    Raises:
        RegimeInconnu: no such regime, or none on that day.
    """
    foyer = hypotheses_du_foyer(personne, au)
    return _euros(foyer, projet, regime_retenu or regime_au(projet.debut).id)


def _euros(foyer: FoyerSuppose, projet: ProjetMesure, nom: str) -> EurosDeLaMesure:
    premier = ajouter_mois(mois_de(projet.debut, 1)[0], -AVANT)
    h = replace(foyer.hypotheses, premier_mois=premier, mois=min(AVANT + projet.mois + APRES, 12))
    estimation = trouver_simulation(h.empreinte(version()))
    lignes = _lignes(h, estimation, projet, nom)
    return EurosDeLaMesure(
        foyer=foyer, hypotheses=h, projet=projet, regime=nom, lignes=lignes,
        complet=estimation is not None and estimation.resultat is not None,
        attend=estimation is None or estimation.attend,
    )  # fmt: skip


def _lignes(h: Hypotheses, estimation: Estimation | None, projet: ProjetMesure, nom: str) -> tuple[Ligne, ...]:
    if estimation is not None and estimation.resultat is not None:
        return tuple(
            Ligne(retenu=m.retenu, prime=m.estime.prime_activite, total=m.total)
            for m in apres_mesure(estimation.resultat, projet, regime=nom)
        )
    exacts = [(mois, rsa_exact(h, mois)) for mois in h.mois_montres]
    if any(du is None for _, du in exacts):
        return ()
    dus = [MoisDu(mois=mois, du=du or ZERO, foyer=h.foyer(mois)) for mois, du in exacts]
    return tuple(Ligne(retenu=m) for m in retenues(projet, dus, regime_retenu=nom))


def url_du_bloc(personne: Personne, projet: ProjetMesure, *, regime_retenu: str) -> str:
    """Address of the block of a measure, for ``{% panneau %}``."""
    part = None if projet.quotite is None else f"{projet.quotite * 100:f}"
    champs = {
        "debut": projet.debut.isoformat(), "mois": projet.mois, "nature": projet.nature.value, "regime": regime_retenu,
        "part": part, "montant": projet.montant,
    }  # fmt: skip
    parametres = urlencode({nom: valeur for nom, valeur in champs.items() if valeur is not None})
    return f"{reverse('personne_mesure_euros', args=[personne.pk])}?{parametres}"


class FormMesure(forms.Form):
    """A measure somebody means to decide, as its address keeps it."""

    nature = forms.ChoiceField(
        label="Mesure", initial="suspension",
        choices=[(n.value, n.libelle) for n in NatureMesure if n is not NatureMesure.FIN_DE_DROIT],
    )  # fmt: skip
    part = forms.DecimalField(
        label="Part de l'allocation (%)", required=False, min_value=0, max_value=100, decimal_places=2
    )
    montant = forms.DecimalField(
        label="Ou montant par mois (€)", required=False, min_value=0, max_value=100, decimal_places=2,
        help_text="Régime de 2009 seulement.",
    )  # fmt: skip
    mois = forms.IntegerField(label="Nombre de mois", min_value=1, max_value=4, initial=1)
    debut = forms.DateField(label="Premier mois", widget=SaisieDate, help_text="N'importe quel jour de ce mois.")
    regime = forms.ChoiceField(label="Régime", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        noms = [(un.id, f"{un.libelle} ({un.id})") for un in regimes()]
        self.fields["regime"].choices = [("", "Celui du premier mois"), *noms]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        lus = super().clean() or {}
        if (lus.get("part") is None) == (lus.get("montant") is None) and "part" not in self.errors:
            self.add_error("part", "Indiquez une part, ou un montant pour le régime de 2009.")
        if lus.get("debut"):
            try:
                self.retenu = lus.get("regime") or regime_au(lus["debut"]).id
            except RegimeInconnu as erreur:
                self.add_error("debut", str(erreur))
        return lus

    def projet(self) -> ProjetMesure:
        lus = self.cleaned_data
        part = None if lus["part"] is None else lus["part"] / 100
        return ProjetMesure(
            nature=NatureMesure(lus["nature"]),
            quotite=part,
            montant=lus["montant"],
            mois=lus["mois"],
            debut=lus["debut"],
        )


@acces(P.VOIR_DROITS, finalite=Finalite.SANCTION)
def mesure(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, or the block alone when htmx asks for it. A POST asks for what is not computed yet."""
    dossier = dossier_des_droits(
        request, pk, page="euros d'une mesure", finalite=Finalite.SANCTION, journal=not htmx.est_htmx(request)
    )
    au = horloge.aujourdhui()
    donnees = request.GET if request.GET.get("debut") else None
    form = FormMesure(donnees, initial={"debut": ajouter_mois(au.replace(day=1), 1)})
    euros = None
    if form.is_bound and form.is_valid():
        euros = euros_de_la_mesure(personne=dossier.personne, projet=form.projet(), au=au, regime_retenu=form.retenu)
    if request.method == "POST" and euros is not None:
        demander_simulation(hypotheses=euros.hypotheses, par=agent_courant(request), le=horloge.maintenant())
        euros = _euros(euros.foyer, euros.projet, euros.regime)
    contexte = {
        "euros": euros, "form": form, "personne": dossier.personne, "demandee": request.method == "POST",
        "qui": nom_court(dossier.personne.prenom, dossier.personne.nom), "adresse": request.get_full_path(),
        "fil": fil_de(dossier, ("Les euros d'une mesure", "")),
    }  # fmt: skip
    if htmx.est_htmx(request):
        return render(request, "prestations/_mesure.html", contexte)
    return render(request, "prestations/mesure.html", contexte, status=422 if form.errors else 200)
