from django.apps import AppConfig


class ContratsConfig(AppConfig):
    name = "cordee.metier.contrats"
    label = "contrats"

    def ready(self) -> None:
        from cordee.metier.contrats.selectors import signaux as des_contrats  # noqa: PLC0415 - models are loaded by now
        from cordee.metier.contrats.selectors.ore import q_ore_a_definir  # noqa: PLC0415
        from cordee.metier.contrats.services.accord import accorder  # noqa: PLC0415
        from cordee.metier.orientation.selectors import signaux  # noqa: PLC0415
        from cordee.metier.parcours.reactions import enregistrer  # noqa: PLC0415

        enregistrer("contrats.accorder", accorder)
        signaux.enregistrer(signaux.Signal.HEURES, des_contrats.q_heures_absentes)
        signaux.enregistrer(signaux.Signal.HEURES_A_REVOIR, des_contrats.q_heures_a_revoir)
        signaux.enregistrer(signaux.Signal.PROMESSE, des_contrats.q_promesses)
        signaux.enregistrer(signaux.Signal.ORE, q_ore_a_definir)
