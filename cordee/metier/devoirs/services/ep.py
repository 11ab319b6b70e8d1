"""The équipe pluridisciplinaire, act by act: règlement, sessions, agenda, holding, minutes, letters."""

from cordee.metier.devoirs.services.ep_agenda import (
    InscriptionRefusee,
    annuler_seance,
    changer_audition,
    changer_rang,
    inscrire_dossier,
    rediger_expose,
    reserver_interprete,
    retirer_dossier,
    retirer_incomplets,
    retirer_incomplets_du_jour,
)
from cordee.metier.devoirs.services.ep_lettres import (
    BilanLettres,
    LettresRefusees,
    envoyer_suites,
    inviter_personnes,
    noter_invitation,
)
from cordee.metier.devoirs.services.ep_proces_verbal import (
    ProcesVerbalRefuse,
    etablir_proces_verbal,
    signer_proces_verbal,
)
from cordee.metier.devoirs.services.ep_reglement import (
    College,
    ReglementRefuse,
    adopter_reglement,
    finir_mandat,
    nommer_membre,
    preparer_reglement,
)
from cordee.metier.devoirs.services.ep_seances import (
    SeanceRefusee,
    appeler_suppleants,
    inviter_membres,
    planifier_seances,
    proposer_dates,
    repondre,
)
from cordee.metier.devoirs.services.ep_tenue import (
    TenueRefusee,
    appeler,
    clore_seance,
    constater_sans_quorum,
    controler_liens,
    ecarter_membre,
    noter_audition,
    noter_observations,
    noter_presence,
    ouvrir_seance,
    quorum_de,
    rendre_avis,
    reprendre_avis,
    se_retirer,
    votants_de,
)

__all__ = [
    "BilanLettres", "College", "InscriptionRefusee", "LettresRefusees", "ProcesVerbalRefuse", "ReglementRefuse",
    "SeanceRefusee", "TenueRefusee", "adopter_reglement", "annuler_seance", "appeler", "appeler_suppleants",
    "changer_audition", "changer_rang", "clore_seance", "constater_sans_quorum", "controler_liens", "ecarter_membre",
    "envoyer_suites", "etablir_proces_verbal", "finir_mandat", "inscrire_dossier", "inviter_membres",
    "inviter_personnes", "nommer_membre", "noter_audition", "noter_invitation", "noter_observations", "noter_presence",
    "ouvrir_seance", "planifier_seances", "preparer_reglement", "proposer_dates", "quorum_de", "rediger_expose",
    "rendre_avis", "repondre", "reprendre_avis", "reserver_interprete", "retirer_dossier", "retirer_incomplets",
    "retirer_incomplets_du_jour", "se_retirer", "signer_proces_verbal", "votants_de",
]  # fmt: skip
