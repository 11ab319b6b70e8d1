"""What a convocation says. It proposes: no duty, no consequence, no service target is cited (E07, E08)."""

from __future__ import annotations

from typing import Any

from cordee.metier.courriers.expediteurs import adresse_de, expediteur
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import LienPersonnel, RendezVous
from cordee.socle.horloge import jour

POURQUOI = {
    GenreRendezVous.ORIENTATION: (
        "Faire connaissance, parler de votre situation et de vos projets, et choisir avec vous l'accompagnement qui "
        "vous convient."
    ),
    GenreRendezVous.ACCOMPAGNEMENT: "Faire le point avec vous sur vos démarches et sur l'aide dont vous avez besoin.",
    GenreRendezVous.CONTRAT: (
        "Préparer ensemble votre contrat d'engagement : ce que vous voulez atteindre, et ce que nous ferons pour vous "
        "y aider."
    ),
    GenreRendezVous.COLLECTIF: "Vous présenter l'accompagnement et répondre à vos questions, avec d'autres personnes.",
}
_APPORTER = {
    GenreRendezVous.ORIENTATION: ["une pièce d'identité", "votre CV, si vous en avez un"],
    GenreRendezVous.CONTRAT: ["votre CV, si vous en avez un"],
}
_MODE = {
    ModaliteRendezVous.PHYSIQUE: "sur_place",
    ModaliteRendezVous.DOMICILE: "domicile",
    ModaliteRendezVous.TELEPHONE: "telephone",
    ModaliteRendezVous.VISIO: "visio",
}


def donnees_convocation(
    rdv: RendezVous, *, deplace: bool = False, lien: str = "", tete: dict[str, Any] | None = None,
    introduction: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The data of the letter. ``deplace``: it replaces an earlier appointment; ``lien``: her personal link.

    ``tete``: the head of the letters of this structure (``expediteur``), when many are written at once.
    ``introduction``: what the letter of a moved appointment says first (an apology).
    """
    genre, modalite = GenreRendezVous(rdv.genre), ModaliteRendezVous(rdv.modalite)
    minutes = int((rdv.fin - rdv.debut).total_seconds() // 60)
    contenu: dict[str, Any] = {
        "departement": tete or expediteur(rdv.structure),
        "rdv": {
            "quand": rdv.debut,
            "duree": f"{minutes} minutes",
            "mode": _MODE[modalite],
            "lieu": _lieu(rdv, modalite),
            "pourquoi": POURQUOI[genre],
            "apporter": _APPORTER.get(genre, []) if modalite is ModaliteRendezVous.PHYSIQUE else [],
        },
        "deplacer": _deplacer(rdv),
    }
    if lien:
        contenu["deplacer"]["lien"] = lien
    if rdv.agent is not None:
        contenu["rdv"]["avec"] = {"nom": str(rdv.agent)}
    if deplace:
        change = "Votre rendez-vous a changé de date. En voici une nouvelle ; l'ancienne ne compte plus."
        contenu["introduction"] = f"{introduction.strip()} {change}".strip()
    return contenu


def donnees_invitation(lien: LienPersonnel, *, adresse: str = "") -> dict[str, Any]:
    """What an invitation says: where, why, until when, and whom to talk with. ``adresse``: that of her link."""
    assert lien.structure is not None  # noqa: S101 - the database holds it (``lien_d_un_rendez_vous_ou_invitation``)
    genre, modalite = GenreRendezVous(lien.genre), ModaliteRendezVous(lien.modalite)
    fictif = RendezVous(structure=lien.structure, genre=genre, modalite=modalite)
    sur_place = modalite is ModaliteRendezVous.PHYSIQUE
    return {
        "departement": expediteur(lien.structure),
        "invitation": {"jusquau": jour(lien.expire_le)},
        "rdv": {
            "mode": _MODE[modalite], "lieu": _lieu(fictif, modalite), "pourquoi": POURQUOI[genre],
            "apporter": _APPORTER.get(genre, []) if sur_place else [],
        },
        "deplacer": _deplacer(fictif) | ({"lien": adresse} if adresse else {}),
    }  # fmt: skip


def _lieu(rdv: RendezVous, modalite: ModaliteRendezVous) -> dict[str, Any]:
    if modalite is ModaliteRendezVous.TELEPHONE:
        return {"nom": "Nous vous appelons"}
    if modalite is ModaliteRendezVous.DOMICILE:
        return {"nom": "Nous venons chez vous"}
    if modalite is ModaliteRendezVous.VISIO:
        return {"nom": rdv.lieu or "Le lien vous sera communiqué"}
    return {"nom": rdv.structure.nom, "adresse": [rdv.lieu] if rdv.lieu else adresse_de(rdv.structure)}


def _deplacer(rdv: RendezVous) -> dict[str, str]:
    moyens = {"telephone": rdv.structure.telephone, "courriel": rdv.structure.courriel}
    connus = {cle: valeur for cle, valeur in moyens.items() if valeur}
    return connus or {"sur_place": f"en passant à l'accueil : {rdv.structure.nom}"}
