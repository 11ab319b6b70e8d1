"""The form of each act: which service it calls is said in its ``executer``, and nowhere else."""

from cordee.web.parcours.formulaires import donnees, orientation, rencontres, suivi
from cordee.web.parcours.formulaires.base import FormulaireActe

FORMULAIRES: dict[str, type[FormulaireActe]] = {
    "convoquer": rencontres.Convoquer,
    "presence": rencontres.Presence,
    "deplacer": rencontres.Deplacer,
    "annuler_rendez_vous": rencontres.AnnulerRendezVous,
    "sans_rendez_vous": rencontres.SansRendezVous,
    "aller_vers": rencontres.AllerVers,
    "orienter_par_defaut": orientation.ParDefaut,
    "orientation_operateur": orientation.ParOperateur,
    "accuser": orientation.Accuser,
    "remettre": orientation.Remettre,
    "notifier": orientation.Notifier,
    "date_certaine": orientation.DateCertaine,
    "accepter": orientation.Accepter,
    "refuser_dossier": orientation.RefuserDossier,
    "nommer_referent": orientation.NommerReferent,
    "nommer_coreferent": orientation.NommerCoreferent,
    "demander_reorientation": orientation.DemanderReorientation,
    "refuser_reorientation": orientation.RefuserReorientation,
    "refus_contrat": suivi.RefusContrat,
    "contact": suivi.Contact,
    "interruption": suivi.Interruption,
    "situation": suivi.SituationParticuliere,
    "reprise": suivi.Reprise,
    "partenaire": suivi.Partenaire,
    "volontaire": suivi.Volontaire,
    "fin_volontaire": suivi.FinVolontaire,
    "localiser": donnees.Localiser,
    "confirmer_droit": donnees.ConfirmerDroit,
    "constater_sdd": donnees.ConstaterSdd,
    "disparition": donnees.Disparition,
    "deces": donnees.Deces,
    "protection": donnees.ProtectionSignalee,
    "representant": donnees.RepresentantIdentifie,
    "adresse": donnees.Demenagement,
    "discretion": donnees.Discretion,
    "transmettre": donnees.Transmettre,
    "echeance": donnees.TraiterEcheance,
    "identite": donnees.Identite,
    "joindre": donnees.Joindre,
    "annuler_evenement": donnees.AnnulerEvenement,
}

__all__ = ["FORMULAIRES", "FormulaireActe"]
