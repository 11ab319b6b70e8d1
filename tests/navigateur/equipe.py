"""A team with hand-overs to give and to receive, an absence and its cover, requests of people: its pages full."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.services import couvrir
from cordee.metier.orientation.enums import Demandeur, MotifRelais, MotifReorientation
from cordee.metier.orientation.models import Relais
from cordee.metier.orientation.services import demander_reorientation
from cordee.metier.orientation.services.demandes import demander_changement
from cordee.metier.orientation.services.relais import proposer_relais
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from tests import fabriques as f

LE = f.MAINTENANT
LONG = "Elle a déménagé la semaine dernière. Elle préfère être appelée l'après-midi, jamais le mercredi. " * 3


def une_equipe(suivies: list[Personne], eds: Structure, *, cheffe: Agent, referente: Agent) -> None:
    """One person handed over elsewhere, one proposed here, one who asks for something else, a colleague who covers."""
    voisin = f.structure(nom="Espace départemental des solidarités de Villeneuve-Saint-Essai", telephone="0199000009")
    nora = f.agent(RoleAgent.REFERENT, structure=voisin, prenom="Nora")
    noe = f.agent(RoleAgent.REFERENT, structure=eds, prenom="Noé")
    commun = {"motif": MotifRelais.DEMENAGEMENT, "note": LONG, "le": LE}
    proposer_relais(personne=suivies[0], vers=voisin, agent=nora, par=referente, **commun)  # type: ignore[arg-type]
    venue = f.soumise(voisin)
    f.accompagnee(venue, voisin, nora)
    proposer_relais(personne=venue, vers=eds, agent=referente, par=nora, **commun)  # type: ignore[arg-type]
    demander_changement(personne=suivies[-1], parole=LONG, par=referente, le=LE)
    demander_reorientation(
        personne=suivies[-1], demandeur=Demandeur.PERSONNE, motif=MotifReorientation.SOUHAIT, parole=LONG,
        souhait="La mission locale", par=referente, le=LE,
    )  # fmt: skip
    couvrir(absent=noe, remplacant=referente, debut=LE.date(), fin=LE.date() + timedelta(days=9), par=cheffe, le=LE)


def pages_de_l_equipe(eds: Structure, referente: Agent) -> list[tuple[str, str]]:
    """(role, address) of the pages about one thing."""
    de_l_eds = f"?structure={eds.pk}"
    return [
        ("enca", reverse("equipe") + de_l_eds),
        ("ref", reverse("ma_file")),
        ("ref", reverse("ma_file") + "?signal=sans_rdv"),
        *(
            ("ref", reverse(nom, args=[Situation.objects.filter(referent_agent=referente).values_list("pk")[0][0]]))
            for nom in ("heures", "appel")
        ),
        ("ref", reverse("relais") + "?vue=envoyes"),
        *(("ref", reverse("relais_detail", args=[r.pk])) for r in Relais.objects.order_by("pk")),
        ("chef", reverse("equipe_absence", args=[referente.pk]) + de_l_eds),
        ("chef", reverse("equipe_remplacement", args=[referente.pk]) + de_l_eds),
        ("chef", reverse("equipe_transferer", args=[eds.pk]) + f"?agent={referente.pk}"),
        ("chef", reverse("equipe_ailleurs", args=[eds.pk])),
    ]
