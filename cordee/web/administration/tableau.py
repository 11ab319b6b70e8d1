"""First page of the administrator: what needs her, each figure opening its list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.selectors.charge import suivies_par_structure
from cordee.socle import horloge
from cordee.web.administration import lectures
from cordee.web.administration.onglets import cadre
from cordee.web.socle.acces import acces

VISIBLES = 8


@acces(Permission.ADMINISTRER)
def tableau(request: HttpRequest) -> HttpResponse:
    """Communes nobody serves, conventions about to end, structures without anyone, agents without a role."""
    au = horloge.aujourdhui()
    communes = lectures.communes_servies(au=au, manque=True)
    bientot = list(lectures.conventions(au=au, etat="bientot").order_by("fin"))
    sans_convention = list(lectures.delegataires_sans_convention(au))
    ferment = list(lectures.structures(au=au, etat="ferment").order_by("fin"))
    suivies = suivies_par_structure([s.pk for s in (*sans_convention, *ferment)] + [c.structure_id for c in bientot])
    contexte = {
        **cadre("tableau"),
        "au": au,
        "chiffres": [
            _chiffre(len(communes), "commune a un public sans structure", "communes ont un public sans structure",
                     "admin_secteurs", "manque", "territoire", "danger"),
            _chiffre(len(bientot), "convention finit dans les 90 jours", "conventions finissent dans les 90 jours",
                     "admin_conventions", "bientot", "document"),
            _chiffre(lectures.structures(au=au, etat="sans_agent").count(), "structure n'a aucun agent",
                     "structures n'ont aucun agent", "admin_structures", "sans_agent", "structure"),
            _chiffre(lectures.agents(au=au, etat="sans_role").count(), "agent n'a aucun rôle en cours",
                     "agents n'ont aucun rôle en cours", "admin_agents", "sans_role", "equipe"),
            _chiffre(lectures.agents(au=au, etat="jamais").count(), "agent ne s'est jamais connecté",
                     "agents ne se sont jamais connectés", "admin_agents", "jamais", "cle", ""),
        ],
        "communes": communes[:VISIBLES],
        "autres_communes": max(len(communes) - VISIBLES, 0),
        "conventions": [(c, suivies.get(c.structure_id, 0)) for c in bientot],
        "sans_convention": [(s, suivies.get(s.pk, 0)) for s in sans_convention],
        "ferment": [(s, suivies.get(s.pk, 0)) for s in ferment],
    }  # fmt: skip
    contexte["calme"] = not (sans_convention or ferment or any(c["valeur"] and c["ton"] for c in contexte["chiffres"]))
    return render(request, "administration/tableau.html", contexte)


def _chiffre(  # noqa: PLR0917 - a small table
    valeur: int, un: str, plusieurs: str, url: str, etat: str, icone: str, ton: str = "accent"
) -> dict[str, Any]:
    return {
        "valeur": valeur,
        "libelle": plusieurs if valeur > 1 else un,
        "url": f"{reverse(url)}?etat={etat}",
        "icone": icone,
        "ton": ton if valeur else "succes",
    }
