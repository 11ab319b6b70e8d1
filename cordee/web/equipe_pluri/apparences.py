"""How the states of sessions and files look."""

from cordee.web.composants import etats

etats.declarer(
    {
        "planifiee": ("neutre", "agenda"),
        "convoquee": ("info", "courrier"),
        "ouverte": ("accent", "reprendre"),
        "close": ("succes", "cocher"),
        "sans_quorum": ("attention", "alerte"),
        "annulee": ("neutre", "abandon"),
        "viendra": ("succes", "cocher"),
        "ne_viendra_pas": ("attention", "refus"),
        "inscrit": ("info", "file"),
        "en_examen": ("accent", "reprendre"),
        "examine": ("succes", "cocher"),
        "ajourne": ("attention", "attente"),
        "acquis": ("succes", "cocher"),
        "possible": ("attention", "attente"),
        "compromis": ("danger", "alerte"),
        "favorable": ("primaire", "decision"),
        "defavorable": ("primaire", "decision"),
        "autre_mesure": ("info", "decision"),
        "sans_avis": ("attention", "decision"),
    }
)
