"""The circuit of a structure: which steps it asks for before a contract is proposed. None by default."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.contrats.selectors.circuit import circuit_de
from cordee.metier.contrats.services.circuit import ETAPES_AU_PLUS, regler_circuit
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.socle.acces import acces, agent_courant, habilitation_de

P = Permission
VALIDENT = (RoleAgent.CHEF_STRUCTURE, RoleAgent.ENCADRANT, RoleAgent.REFERENT, RoleAgent.TRAVAILLEUR_SOCIAL)


class Circuit(forms.Form):
    """Up to four steps: a name, and who gives it. Empty lines are no step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rang in range(1, ETAPES_AU_PLUS + 1):
            self.fields[f"libelle_{rang}"] = forms.CharField(label=f"Étape {rang}", required=False, max_length=80)
            self.fields[f"role_{rang}"] = forms.ChoiceField(
                label=f"Qui valide l'étape {rang}", required=False,
                choices=[("", "Choisir"), *((str(r), r.libelle) for r in VALIDENT)],
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        d = super().clean() or self.cleaned_data
        for rang in range(1, ETAPES_AU_PLUS + 1):
            nom, role = d.get(f"libelle_{rang}"), d.get(f"role_{rang}")
            if nom and not role:
                self.add_error(f"role_{rang}", "Dites qui valide cette étape.")
            if role and not nom:
                self.add_error(f"libelle_{rang}", "Nommez cette étape.")
        return d

    @property
    def etapes(self) -> list[tuple[str, RoleAgent]]:
        d = self.cleaned_data
        rangs = range(1, ETAPES_AU_PLUS + 1)
        return [(d[f"libelle_{r}"], RoleAgent(d[f"role_{r}"])) for r in rangs if d[f"libelle_{r}"]]

    @property
    def rangees(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"libelle_{r}"], self[f"role_{r}"]) for r in range(1, ETAPES_AU_PLUS + 1)]


@acces(P.ENCADRER)
def circuits(request: HttpRequest) -> HttpResponse:
    """The structures of the head, each with its steps."""
    lignes = [(s, circuit_de(s.pk)) for s in _structures(request)]
    return render(request, "contrats/circuits.html", {
        "lignes": lignes, "fil": [("Contrats", reverse("contrats")), ("Validation des contrats", "")]
    })  # fmt: skip


@acces(P.ENCADRER)
def circuit(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the steps of one structure."""
    structure = next((s for s in _structures(request) if s.pk == pk), None)
    if structure is None:
        raise Http404
    initial: dict[str, Any] = {}
    for etape in circuit_de(pk):
        initial |= {f"libelle_{etape.rang}": etape.libelle, f"role_{etape.rang}": etape.role}
    formulaire = Circuit(request.POST or None, initial=initial)
    if request.method == "POST" and formulaire.is_valid():
        try:
            regler_circuit(
                structure=structure, etapes=formulaire.etapes, par=agent_courant(request), le=horloge.maintenant()
            )
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            messages.success(request, f"Le circuit de {structure.nom} est enregistré.")
            return redirect("contrats_circuits")
    return render(request, "contrats/circuit.html", {
        "structure": structure, "form": formulaire,
        "fil": [("Contrats", reverse("contrats")), ("Validation des contrats", reverse("contrats_circuits")),
                (structure.nom, "")],
    }, status=422 if formulaire.errors else 200)  # fmt: skip


def _structures(request: HttpRequest) -> list[Structure]:
    droits = habilitation_de(request)
    return list(Structure.objects.filter(pk__in=droits.structures).order_by("nom"))
