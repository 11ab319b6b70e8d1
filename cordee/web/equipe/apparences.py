"""How the states of hand-overs look."""

from cordee.web.composants import etats

etats.declarer(
    {
        "propose": ("attention", "attente"),
        "expire": ("danger", "retard"),
        "accepte": ("succes", "cocher"),
        "retire": ("neutre", "abandon"),
        "sans_objet": ("neutre", "abandon"),
    }
)
