"""One-time codes leave at once, at any hour: the person asked for it and waits in front of her page.

They are not letters: nothing of them is kept but a hash, and no agent can read one (V4).
"""

from __future__ import annotations

from datetime import datetime

from cordee.echanges.messagerie.transporteurs import Issue, Message, transporteur_de
from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import Agent
from cordee.metier.participation.enums import UsageCode
from cordee.metier.participation.models import CodeUnique
from cordee.metier.participation.regles import ecrire
from cordee.metier.participation.services import noter_envoi, texte_a_envoyer
from cordee.metier.personnes.enums import GenreContact

SANS_PRESTATAIRE = "sans_prestataire"
_TEXTES = {
    UsageCode.OUVRIR: "Votre code : {code}. Il ouvre votre espace pendant 15 minutes. Ne le donnez à personne.",
    UsageCode.SIGNER: "Votre code : {code}. Il vaut signature du document que vous lisez. "
                      "Ne le tapez que si vous êtes d'accord.",
}  # fmt: skip


def envoyer_code(*, code: CodeUnique, par: Agent, le: datetime) -> bool:
    """Hand one code to its provider, once: a failure is told by asking for another. Neutral words only (V12)."""
    clair = texte_a_envoyer(code)
    perime = code.annule_le is not None or code.utilise_le is not None or code.expire_le <= le
    if not clair or code.contact is None or perime:
        return False
    transporteur = transporteur_de(Canal.COURRIEL if code.contact.genre == GenreContact.COURRIEL else Canal.SMS)
    if transporteur is None:
        noter_envoi(code=code, reponse=SANS_PRESTATAIRE, parti=False, par=par, le=le)
        return False
    message = Message(
        reference=f"code-{code.pk}", a=code.contact.valeur, objet="Votre code",
        texte=_TEXTES[UsageCode(code.usage)].format(code=ecrire(clair)),
    )  # fmt: skip
    with transporteur.ouvrir():
        reponse = transporteur.envoyer(message)
    parti = reponse.issue is Issue.PARTI
    noter_envoi(code=code, reponse=reponse.code, parti=parti, par=par, le=le)
    return parti
