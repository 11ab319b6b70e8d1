from django.apps import AppConfig


class DevoirsConfig(AppConfig):
    name = "cordee.metier.devoirs"
    label = "devoirs"

    def ready(self) -> None:
        from cordee.metier.devoirs.services import manquements, reactions  # noqa: PLC0415
        from cordee.metier.parcours.reactions import enregistrer  # noqa: PLC0415

        enregistrer("devoirs.signaler_refus", manquements.signaler_refus)
        enregistrer("devoirs.contrat_signe", reactions.contrat_signe)
        enregistrer("devoirs.clore_hors_champ", reactions.clore_hors_champ)
        enregistrer("devoirs.annuler_au_deces", reactions.annuler_au_deces)
        enregistrer("devoirs.corriger", reactions.corriger)
        from cordee.metier.devoirs.selectors.signaux import q_procedure  # noqa: PLC0415 - models are loaded by now
        from cordee.metier.orientation.selectors import signaux  # noqa: PLC0415

        signaux.enregistrer(signaux.Signal.PROCEDURE, q_procedure)
