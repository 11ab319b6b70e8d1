"""An équipe pluridisciplinaire with a file to prepare and another to put on an agenda: its pages full."""

from __future__ import annotations

from django.urls import reverse

from cordee.metier.devoirs.models import PassageEP
from cordee.metier.organismes.models import Structure
from cordee.metier.personnes.models import LienAgent
from tests.metier.devoirs import ep as g

EMPLOYEUR = "Elle travaillait au restaurant Fictif, 12 rue des Essais, et vit à Créteil. "


def une_equipe_pluri(eds: Structure) -> None:
    """Two files on an agenda, one of which names the person and whose member is a relative; one that waits."""
    faite = g.equipe(structure=eds)
    posee = g.seance(faite)
    passage = g.inscrit(posee, faite)
    LienAgent.objects.create(personne=passage.personne, agent=faite.presidente.agent, soi_meme=False)
    PassageEP.objects.filter(pk=passage.pk).update(expose=EMPLOYEUR * 3, interprete="a_reserver", langue="soninké")
    g.inscrit(posee, faite, complet=False)
    g.procedure(faite)


def pages_de_l_equipe_pluri() -> list[tuple[str, str]]:
    """(role, address) of the pages about one thing that no journey opens."""
    passage = PassageEP.objects.order_by("pk")[0]
    return [
        ("devo", reverse("ep_seance", args=[passage.seance_id])),
        ("devo", reverse("ep_inscrire", args=[passage.seance_id])),
        ("devo", reverse("ep_dossier", args=[passage.pk])),
        ("devo", reverse("ep_retirer", args=[passage.pk])),
    ]
