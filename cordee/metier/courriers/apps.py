from django.apps import AppConfig


class CourriersConfig(AppConfig):
    name = "cordee.metier.courriers"
    label = "courriers"

    def ready(self) -> None:
        from cordee.metier.courriers.services.emission import annuler_ceux_des_evenements  # noqa: PLC0415
        from cordee.metier.parcours.reactions import enregistrer  # noqa: PLC0415 - models are loaded by now

        enregistrer("courriers.annuler_en_attente", annuler_ceux_des_evenements)
