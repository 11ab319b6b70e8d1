"""The report of a contacts file, in sentences. Nobody's number is in it."""

from __future__ import annotations

from typing import Final

from cordee.echanges.fichiers.rapport import RapportLignes, accorder

_COMPTES: Final = (
    ("telephones_ajoutes", "personne a un premier numéro de téléphone", "personnes ont un premier numéro de téléphone"),
    ("telephones_changes", "personne a changé de numéro : l'ancien est gardé, daté",
     "personnes ont changé de numéro : les anciens sont gardés, datés"),
    ("courriels_ajoutes", "personne a un premier courriel", "personnes ont un premier courriel"),
    ("courriels_changes", "personne a changé de courriel", "personnes ont changé de courriel"),
    ("refus", "personne refuse d'être jointe par un des moyens transmis",
     "personnes refusent d'être jointes par un des moyens transmis"),
    ("numeros_de_tiers", "numéro ou courriel est partagé par plus de trois personnes : il n'est pas utilisé",
     "numéros ou courriels sont partagés par plus de trois personnes : ils ne sont pas utilisés"),
    ("propositions", "contact est proposé sans remplacer ce qu'un agent a saisi depuis : à décider",
     "contacts sont proposés sans remplacer ce que des agents ont saisi depuis : à décider"),
    ("plus_recents_connus", "ligne parle d'une personne dont un fichier plus récent a déjà parlé : rien n'a changé",
     "lignes parlent de personnes dont un fichier plus récent a déjà parlé : rien n'a changé"),
    ("sans_contact", "ligne ne donne ni téléphone ni courriel", "lignes ne donnent ni téléphone ni courriel"),
)  # fmt: skip


def rediger(rapport: RapportLignes, *, colonnes_inconnues: tuple[str, ...] = ()) -> None:
    """Write the sentences of the report from its figures."""
    phrases = [
        f"{accorder(rapport.lus, 'ligne lue', 'lignes lues')} : {rapport.pris} avec du nouveau, "
        f"{accorder(rapport.inchanges, 'inchangée', 'inchangées')}."
    ]
    phrases += [
        f"{accorder(rapport.compteurs[cle], singulier, pluriel)}."
        for cle, singulier, pluriel in _COMPTES
        if rapport.compteurs.get(cle)
    ]
    if rapport.introuvables:
        phrases.append(
            f"{accorder(rapport.introuvables, 'ligne parle', 'lignes parlent')} d'une personne inconnue ici : un "
            "fichier de contacts ne crée personne."
        )
    if rapport.rejets:
        phrases.append(f"{accorder(len(rapport.rejets), 'ligne est mise', 'lignes sont mises')} de côté, à corriger.")
    if colonnes_inconnues:
        noms = ", ".join(f"« {nom} »" for nom in colonnes_inconnues)
        phrases.append(f"Colonnes dont rien n'est fait : {noms}.")
    rapport.phrases = phrases
