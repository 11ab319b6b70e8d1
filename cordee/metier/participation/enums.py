"""Closed lists of the participation room."""

from cordee.socle.enums import EnumLibelle


class MoyenAcces(EnumLibelle):
    """What proves that it is she, and nobody who knows her birth date (V4)."""

    CONTACT = "contact", "Code envoyé à un contact vérifié", "Un téléphone ou un courriel à elle seule."
    PAPIER = "papier", "Code remis sur papier", "Remis de la main à la main, il sert une fois."


class UsageCode(EnumLibelle):
    OUVRIR = "ouvrir", "Ouvrir mon espace"
    SIGNER = "signer", "Signer un document"
