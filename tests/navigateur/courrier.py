"""Files received, one per state and kind: what the pages of the data desk look like full."""

from __future__ import annotations

from datetime import date
from typing import Any

from cordee.echanges.caf.rapport import Mouvement, Rapport, RejetRapporte, Sens
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import OrganismePayeur
from tests import fabriques as f

S, T = StatutFichier, TypeFichier
APERCU = {"foyers": 44_812, "annonces": 44_900, "etats": {"2": 40_000, "3": 4_812}, "partenaires": {"052": 44_812},
          "organismes": {"941": 44_812}}  # fmt: skip
RAPPORT = Rapport(
    type=T.BENEFICIAIRES_MENSUEL, organisme="CAF941", portee="courant", foyers_annonces=44_900, foyers_lus=44_812,
    foyers_nouveaux=398, foyers_inchanges=30_000, rejets=[RejetRapporte(12, "00000000001", "Date de naissance")],
    personnes_creees=1_204, nouveaux_entrants=400, retours=12, sortants=530, non_transmis=31, changements_etat=812,
    changements_adresse=204, arbitrages=3, jours_entames=15, duree_s=71.2, codes_inconnus={"SITFAM=XYZ": 4},
    avertissements={"nir_cle_fausse": 4, "code_inconnu": 1}, evenements={"deces_presume": 2, "droit_suspendu": 40},
    mouvements=[
        Mouvement(Sens.ENTREE, "nouvelle_demande", "Nouvelle demande", 400),
        Mouvement(Sens.ENTREE, "retour", "Retour de moins de douze mois", 12),
        Mouvement(Sens.SORTIE, "clos_ECH", "Clos à l'échéance (quatre mois sans droit)", 530),
        Mouvement(Sens.ABSENCE, "absent", "Absents de ce fichier", 31),
    ],
)  # fmt: skip
LIGNES = RapportLignes(
    type=T.CONTACTS, lus=111, pris=102, inchanges=8, introuvables=1, duree_s=2.0,
    compteurs={"telephones_ajoutes": 100, "refus": 3}, avertissements={"telephone_illisible": 2},
    phrases=["111 lignes lues.", "100 personnes ont un premier numéro de téléphone."],
)  # fmt: skip


def recevoir(par: Agent) -> list[FichierRecu]:
    """The CAF's two months, a file in each other state, contacts, and the MSA whose next file is late."""
    caf, msa = f.organisme_payeur(), OrganismePayeur.objects.get_or_create(code="MSA940", defaults={"nom": "MSA"})[0]
    mensuel = {"type": T.BENEFICIAIRES_MENSUEL, "organisme": caf}
    charge = {"statut": S.CHARGE, "rapport": RAPPORT.vers_json(), "lus": 44_812, "charge_le": f.MAINTENANT}
    lots: list[dict[str, Any]] = [
        {**mensuel, **charge, "reference_le": date(2025, 12, 31)},
        {**mensuel, **charge, "organisme": msa, "reference_le": date(2025, 12, 31)},
        {**mensuel, **charge, "reference_le": date(2026, 1, 31)},
        {**mensuel, "reference_le": date(2026, 1, 31), "rapport": {"apercu": APERCU}},
        {**mensuel, "reference_le": date(2026, 1, 31), "statut": S.EN_COURS, "etape_traitement": "Lecture du fichier",
         "avancement": 20_000, "rapport": {"apercu": APERCU}},
        {**mensuel, "reference_le": date(2026, 1, 31), "statut": S.A_CONFIRMER, "rapport": RAPPORT.vers_json(),
         "erreur": "Ce fichier contient 40 foyers contre 44 812 au précédent (99 % de moins)."},
        {"statut": S.REFUSE, "erreur": "Le fichier est une archive ZIP : extrayez-en le fichier."},
        {"type": T.CONTACTS, "statut": S.CHARGE, "rapport": LIGNES.vers_json(), "lus": 111,
         "reference_le": date(2026, 2, 1)},
        {"type": T.PARTENAIRE, "rapport": {}},
    ]  # fmt: skip
    return [
        FichierRecu.objects.create(
            empreinte=f"{rang:064d}",
            nom=f"VRSB0801-un-nom-de-fichier-bien-long-{rang}.xml",
            recu_le=date(2026, 2, 2),
            cree_le=f.MAINTENANT,
            depose_le=f.MAINTENANT,
            depose_par=par,
            taille=290_000_000,
            **champs,
        )
        for rang, champs in enumerate(lots)
    ]
