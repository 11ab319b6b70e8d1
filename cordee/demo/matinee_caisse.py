"""The lists told to the CAF in the demonstration: two that left, with what was answered, and the one being prepared.

The decisions of the unit that the other scenes took go on them by themselves. Some of the former tool, not told when
the département changed tools, are recorded first, so that past lists hold something. The answers of the files are
written as an import writes them. All of it is synthetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from cordee.demo.matinee_atelier import Atelier
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.metier.devoirs.enums import (
    ConstatCaisse,
    EtatTransmission,
    MotifMesure,
    MotifRejetCaisse,
    NatureMesure,
)
from cordee.metier.devoirs.models import LigneCaisse, ListeCaisse
from cordee.metier.devoirs.regles.transmission import Ecart, arret
from cordee.metier.devoirs.selectors.transmission import mois_a_preparer
from cordee.metier.devoirs.services import reprendre_decision
from cordee.metier.devoirs.services.constats import ConstatLu, noter_constats
from cordee.metier.devoirs.services.transmission import (
    accuser_liste,
    envoyer_liste,
    preparer_liste,
    rattacher_convention,
)
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Convention
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import OrganismePayeur, Personne
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier

C, S = ConstatCaisse, EtatTransmission
CAF: Final = "CAF941"
REFERENCE: Final = "CONV-CAF-2022-11"
PAR_LISTE: Final = 7
REPONSES: Final = (
    (C.APPLIQUEE, S.APPLIQUEE, ()), (C.APPLIQUEE, S.APPLIQUEE, ()), (C.APPLIQUEE, S.APPLIQUEE, ()),
    (C.DIFFERENTE, S.PARTIELLEMENT, (Ecart("montant", "193.96", "290.93"),)), (C.APPLIQUEE, S.APPLIQUEE, ()),
    (C.NON_APPLIQUEE, S.NON_APPLIQUEE, ()),
)  # fmt: skip
"""What the file of the month says of the lines of the older list, in their order, over and over."""


def tenir_la_liaison_avec_la_caisse(atelier: Atelier) -> None:
    """The convention, two lists that left, the one to come."""
    caf = OrganismePayeur.objects.filter(code=CAF).first()
    par = atelier.organisation.comptes.get("devoirs")
    if caf is None or par is None:
        return
    conventionner(caf, atelier, par)
    prochain = mois_a_preparer(au=atelier.au)
    anciens = [ajouter_mois(prochain, -2), ajouter_mois(prochain, -1)]
    suivies = iter(_suivies())
    for mois in (*anciens, prochain):
        for qui in [q for q, _ in zip(suivies, range(PAR_LISTE), strict=False)]:
            _reprendre(atelier, par, qui, mois)
    listes = [liste for mois in anciens if (liste := _envoyer(atelier, caf, par, mois)) is not None]
    if len(listes) == len(anciens):
        _lire_les_fichiers(atelier, listes[0])
        _accuser(atelier, par, listes[1])
    atelier.tenter("listes à la caisse", preparer_liste, organisme=caf, par=par, le=atelier.le)


def conventionner(caf: OrganismePayeur, atelier: Atelier, par: Agent) -> None:
    """The convention that authorises the exchange (REQ-24)."""
    siege = next((s for s in atelier.organisation.structures.values() if s.type == TypeStructure.DEPARTEMENT), None)
    if siege is None:
        return
    convention, _ = Convention.objects.get_or_create(
        reference=REFERENCE,
        defaults={
            "structure": siege, "objet": "Gestion du RSA et échange mensuel des décisions", "debut": date(2022, 11, 28),
            "signataires": "Le Département et la caisse d'allocations familiales",
        },
    )  # fmt: skip
    rattacher_convention(organisme=caf, convention=convention, par=par, le=atelier.il_y_a(60))


def _suivies() -> list[Personne]:
    """People accompanied under contract, alone in their household, no measure known: the same ones every time."""
    situations = Situation.objects.filter(
        etat=Etat.ACCOMPAGNEE, soumis=True, personne__canonique__isnull=True, personne__mesures__isnull=True,
        personne__procedures__isnull=True, personne__dossier_sensible=False,
        personne__appartenances__role="dem", personne__appartenances__fin__isnull=True,
        personne__appartenances__foyer__organisme__code=CAF, personne__appartenances__foyer__presence="transmis",
    ).select_related("personne").order_by("-personne_id")  # fmt: skip
    return [s.personne for s in situations[: 3 * PAR_LISTE]]


def _reprendre(atelier: Atelier, par: Agent, qui: Personne, mois: date) -> None:
    """A decision of the former tool, that it did not tell."""
    dernier = ajouter_mois(mois, -1)
    arrete = arret(dernier, jour=entier("liste_caisse_jour", au=dernier))  # what came later waits for this list
    decidee = min(arrete + timedelta(days=1 + atelier.alea.randrange(5)), atelier.au)
    atelier.tenter(
        "décisions reprises de l'ancien outil", reprendre_decision, personne=qui, nature=NatureMesure.SUSPENSION,
        motif=MotifMesure.CONTRAT_NON_RESPECTE, decidee_le=decidee, debut=max(decidee, mois),
        fin=ajouter_mois(mois, 2), taux=30, preuve=f"Arrêté {decidee:%Y}-R{qui.pk}", par=par,
        le=min(atelier.instant(decidee, time(16)) + timedelta(days=1), atelier.le),
    )  # fmt: skip


def _envoyer(atelier: Atelier, caf: OrganismePayeur, par: Agent, mois: date) -> ListeCaisse | None:
    """The list of a month, made and sent on its cut-off day."""
    quand = atelier.instant(arret(mois, jour=entier("liste_caisse_jour", au=mois)), time(15))
    liste = atelier.tenter("listes à la caisse", preparer_liste, organisme=caf, par=par, le=quand)
    if liste is None or not liste.lignes.exists():
        return None
    return atelier.tenter("listes envoyées", envoyer_liste, liste=liste, par=par, le=quand + timedelta(hours=1))


def _accuser(atelier: Atelier, par: Agent, liste: ListeCaisse) -> None:
    """The body has the last list, and knows one household no longer."""
    if liste.envoyee_le is None or liste.envoyee_le >= atelier.le:
        return
    refusee = liste.lignes.order_by("-pk").values_list("pk", flat=True).first()
    atelier.tenter(
        "accusés de la caisse", accuser_liste, liste=liste, accusee_le=liste.arret_le, reference="AR-2",
        rejets={refusee: MotifRejetCaisse.DOSSIER_INCONNU} if refusee else {}, par=par,
        le=min(_apres(liste), atelier.le),
    )  # fmt: skip


def _apres(liste: ListeCaisse) -> datetime:
    return (liste.envoyee_le or liste.preparee_le) + timedelta(hours=1)


def _lire_les_fichiers(atelier: Atelier, liste: ListeCaisse) -> None:
    """What the last monthly shows of the older list."""
    fichier = (
        FichierRecu.objects.filter(
            type=TypeFichier.BENEFICIAIRES_MENSUEL, statut=StatutFichier.CHARGE, organisme=liste.organisme,
            reference_le__gte=liste.mois,
        ).order_by("-reference_le").first()
    )  # fmt: skip
    lignes: Sequence[LigneCaisse] = list(liste.lignes.select_related("foyer").order_by("pk"))
    if fichier is None or fichier.reference_le is None or not lignes:
        return
    constats = []
    for rang, ligne in enumerate(lignes):
        constat, etat, ecarts = REPONSES[rang % len(REPONSES)]
        constats.append(ConstatLu(ligne.mesure_id, ligne.foyer_id, constat, ecarts, ligne, etat))
    noter_constats(constats=constats, reference=fichier.reference_le, flux_id=fichier.pk)
    atelier.actes["décisions lues dans les fichiers"] += len(constats)
