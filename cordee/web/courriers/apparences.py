"""How the states of letters and batches are shown."""

from cordee.web.composants import etats

etats.declarer(
    {
        "envoyee": ("info", "envoyer"),
        "presentee": ("info", "courrier"),
        "recue": ("succes", "succes"),
        "refusee": ("attention", "refus"),
        "non_reclamee": ("attention", "attente"),
        "npai": ("danger", "reprendre"),
        "echec": ("danger", "echec"),
        "remis": ("succes", "envoyer"),
        "abandonne": ("danger", "abandon"),
        "a_composer": ("info", "attente"),
        "compose": ("attention", "imprimer"),
        "poste": ("succes", "envoyer"),
    }
)
