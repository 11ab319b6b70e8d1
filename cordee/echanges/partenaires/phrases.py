"""The report of a partner's file in figures and in words. Nobody is named (V1)."""

from __future__ import annotations

from collections.abc import Sequence

from cordee.echanges.fichiers.rapport import RapportLignes, accorder
from cordee.echanges.partenaires.valeurs import LigneEcartee
from cordee.metier.suivi.regles import InformationDite
from cordee.metier.suivi.services import BilanInformations


def compter(
    informations: Sequence[InformationDite], bilan: BilanInformations, *, ecartees: Sequence[LigneEcartee], doute: str
) -> dict[str, int]:
    """What the kind counts besides the lines.

    ``contrats_connus``: people whose contract the file tells (``contrats_date_incomplete``: by a year or a month);
    ``contacts_connus``: whose last contact; ``suivies_ailleurs``: whose référent body is another; ``hors_parcours``:
    not soumises today; ``suivies_sans_attente``: their body types its acts here; ``premieres_informations``: étapes
    that had heard nothing; ``deja_connues``: nothing new;
    ``plus_anciennes``: older than what is known; ``identites_a_preciser``: set aside for a doubt.
    """
    return {
        "contrats_connus": sum(1 for i in informations if i.contrat),
        "contrats_date_incomplete": sum(1 for i in informations if i.contrat.partielle),
        "contacts_connus": sum(1 for i in informations if i.dernier_contact),
        "suivies": len(bilan.portees),
        "premieres_informations": len(bilan.nouvelles),
        "suivies_sans_attente": len(bilan.sans_attente),
        "suivies_ailleurs": len(bilan.ailleurs),
        "hors_parcours": len(bilan.hors_parcours),
        "deja_connues": len(bilan.inchangees),
        "plus_anciennes": len(bilan.anciennes),
        "identites_a_preciser": sum(1 for e in ecartees if e.code == doute),
    }


def rediger(rapport: RapportLignes, *, partenaire: str) -> list[str]:
    """Sentences that a director reads: what arrived, what it changes, what somebody must look at."""
    c = rapport.compteurs
    phrases = [
        f"{accorder(rapport.lus, 'ligne lue', 'lignes lues')} : information nouvelle pour "
        f"{accorder(rapport.pris, 'personne', 'personnes')}, rien de nouveau pour {rapport.inchanges}."
    ]
    if c["contrats_connus"]:
        connus = accorder(c["contrats_connus"], "contrat connu", "contrats connus")
        incomplets = c["contrats_date_incomplete"]
        phrases.append(f"{connus}{f', dont {incomplets} à la date incomplète' if incomplets else ''}.")
    if c["premieres_informations"]:
        nombre = accorder(c["premieres_informations"], "personne", "personnes")
        phrases.append(f"Première information reçue pour {nombre} : {partenaire} n'est plus à relancer pour elles.")
    if c["suivies_ailleurs"]:
        nombre = accorder(c["suivies_ailleurs"], "personne est suivie", "personnes sont suivies")
        phrases.append(f"{nombre} ailleurs d'après nos décisions : rien n'a changé pour elles, à vérifier.")
    if c["hors_parcours"]:
        nombre = accorder(c["hors_parcours"], "personne n'est pas", "personnes ne sont pas")
        phrases.append(f"{nombre} aujourd'hui dans les droits et devoirs : information conservée.")
    if c["identites_a_preciser"]:
        phrases.append(f"{accorder(c['identites_a_preciser'], 'identité', 'identités')} à préciser.")
    autres = len(rapport.rejets) - c["identites_a_preciser"]
    if autres:
        phrases.append(f"{accorder(autres, 'ligne mise', 'lignes mises')} de côté, à corriger ou à renvoyer.")
    if rapport.introuvables:
        nombre = accorder(rapport.introuvables, "ligne ne concerne", "lignes ne concernent")
        phrases.append(f"{nombre} personne que nous connaissions.")
    if rapport.annonces is not None and rapport.annonces != rapport.lus:
        phrases.append(f"Le fichier annonce {rapport.annonces} dossiers et en contient {rapport.lus} : à signaler.")
    return phrases
