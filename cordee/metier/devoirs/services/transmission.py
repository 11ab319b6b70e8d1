"""Telling the paying bodies what was decided: the list of the month, the urgent ones, what they answer (E23).

Nothing is typed but what the body said: months, parts and grounds are computed from the decisions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models.functions import Coalesce

from cordee.metier.devoirs.enums import EtatTransmission, GenreLigne, MotifRejetCaisse, StatutMesure
from cordee.metier.devoirs.models import FluxConventionne, LigneCaisse, ListeCaisse, MesureDecidee
from cordee.metier.devoirs.regles.transmission import EN_COURS, PARTIES, SUITES, arret, etat_de_la_liste
from cordee.metier.devoirs.selectors.transmission import (
    POUR_LA_PERSONNE,
    ATransmettre,
    a_transmettre,
    convention_du_flux,
    mois_a_preparer,
)
from cordee.metier.organismes.models import Agent, Convention
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement
from cordee.metier.parcours.models import Echeance
from cordee.metier.parcours.services import NouvelEvenement, consigner
from cordee.metier.personnes.models import OrganismePayeur
from cordee.reglementation.parametres import entier
from cordee.reglementation.regimes import RegimeInconnu, regime
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

S = EtatTransmission
LONGUEUR_BASE: Final = 120
_LOI: Final = "CASF L262-37"
_FIN: Final = "CASF R262-40"
_PLAFOND: Final = "CASF R262-68-6"


class TransmissionRefusee(ErreurMetier):
    """The list cannot be prepared, sent or answered as asked."""


# Preparing -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def preparer_liste(*, organisme: OrganismePayeur, par: Agent, le: datetime) -> ListeCaisse:
    """The list of the month for one body, made or made again: what is to be told changes until it is sent.

    The month is computed: this one's until the cut-off day, the next one's afterwards.

    Raises:
        TransmissionRefusee: that list has left already.
    """
    organisme = OrganismePayeur.objects.select_for_update().get(pk=organisme.pk)
    mois = mois_a_preparer(au=jour(le))
    _oublier_les_depassees(organisme, mois)
    liste = _liste(organisme, mois, 0, par=par, le=le)
    if liste.etat != S.PREPAREE:
        raise TransmissionRefusee(
            f"La liste de {mois:%m/%Y} est déjà partie : ce qui reste ira sur la suivante, ou sur une liste urgente si "
            "cela rend de l'argent à la personne."
        )
    _garnir(liste, a_transmettre(organisme=organisme, liste=mois, au=jour(le)), le=le)
    return liste


def _oublier_les_depassees(organisme: OrganismePayeur, mois: date) -> None:
    """Lists whose cut-off went by unsent: their lines go on the next one, with another month of effect."""
    depassees = ListeCaisse.objects.filter(organisme=organisme, etat=S.PREPAREE, mois__lt=mois)
    lignes = LigneCaisse.objects.filter(liste__in=depassees)
    lignes.filter(genre=GenreLigne.PLAFONNER).update(liste=None)
    lignes.exclude(genre=GenreLigne.PLAFONNER).delete()
    depassees.delete()


@transaction.atomic
def preparer_urgente(
    *, organisme: OrganismePayeur, mesures: Collection[int] | None = None, motif: str, par: Agent, le: datetime
) -> ListeCaisse:
    """What cannot wait for the next list: liftings, cancellations and caps, with the months to pay back (E23).

    Args:
        mesures: decisions to tell; all those that wait when ``None``.
        motif: why it does not wait.

    Raises:
        TransmissionRefusee: no reason, or nothing that gives back.
    """
    if not motif.strip():
        raise TransmissionRefusee("Dites pourquoi la caisse ne doit pas attendre la prochaine liste.")
    organisme = OrganismePayeur.objects.select_for_update().get(pk=organisme.pk)
    mois = mois_a_preparer(au=jour(le))
    attendues = [
        ligne
        for ligne in a_transmettre(organisme=organisme, liste=mois, au=jour(le))
        if ligne.genre in POUR_LA_PERSONNE and (mesures is None or ligne.mesure.pk in mesures)
    ]
    en_attente = LigneCaisse.objects.filter(liste__isnull=True, foyer__organisme=organisme)
    if mesures is not None:
        en_attente = en_attente.filter(mesure__in=mesures)
    if not attendues and not en_attente.exists():
        raise TransmissionRefusee("Aucune levée, annulation ni baisse n'attend d'être dite à cet organisme.")
    numeros = ListeCaisse.objects.filter(organisme=organisme, mois=mois).values_list("numero", flat=True)
    liste = _liste(organisme, mois, max(numeros, default=0) + 1, par=par, le=le, motif=motif.strip())
    _garnir(liste, attendues, le=le, seulement=mesures)
    return liste


def _liste(
    organisme: OrganismePayeur, mois: date, numero: int, *, par: Agent, le: datetime, motif: str = ""
) -> ListeCaisse:
    au = jour(le)
    liste, _ = ListeCaisse.objects.select_for_update().get_or_create(
        organisme=organisme, mois=mois, numero=numero,
        defaults={
            "arret_le": arret(mois, jour=entier("liste_caisse_jour", au=au)) if not numero else au,
            "convention": convention_du_flux(organisme, au=au), "motif_urgence": motif, "preparee_le": le,
            "preparee_par": par,
        },
    )  # fmt: skip
    return liste


def _garnir(
    liste: ListeCaisse, attendues: Sequence[ATransmettre], *, le: datetime, seulement: Collection[int] | None = None
) -> None:
    """Lines made anew from the decisions; those that wait for a household that changed are taken as they are."""
    faites = LigneCaisse.objects.filter(liste=liste, etat=S.PREPAREE)
    faites.exclude(genre=GenreLigne.PLAFONNER, mesure__statut=StatutMesure.DECIDEE).delete()
    if not liste.urgente:
        autres = LigneCaisse.objects.filter(etat=S.PREPAREE, liste__organisme=liste.organisme_id).exclude(liste=liste)
        deja = set(autres.values_list("mesure_id", "genre"))
    else:
        deja = set()
        doublons = [(x.mesure.pk, str(x.genre)) for x in attendues]
        for pk, genre in doublons:  # an urgent list takes it from the one of the month
            LigneCaisse.objects.filter(mesure=pk, genre=genre, etat=S.PREPAREE).delete()
    en_attente = LigneCaisse.objects.filter(
        liste__isnull=True,
        etat=S.PREPAREE,
        foyer__organisme=liste.organisme_id,
        mesure__statut=StatutMesure.DECIDEE,
    )
    if seulement is not None:
        en_attente = en_attente.filter(mesure__in=seulement)
    en_attente.update(liste=liste)
    deja |= set(LigneCaisse.objects.filter(liste=liste, etat=S.PREPAREE).values_list("mesure_id", "genre"))
    LigneCaisse.objects.bulk_create(
        [ligne_de(x, liste=liste, le=le) for x in attendues if (x.mesure.pk, str(x.genre)) not in deja]
    )


def ligne_de(x: ATransmettre, *, liste: ListeCaisse | None, le: datetime) -> LigneCaisse:
    """The row of a line, not saved."""
    return LigneCaisse(
        liste=liste, mesure=x.mesure, genre=x.genre, foyer=x.foyer, numdemrsa=x.foyer.numdemrsa,
        matricule=x.foyer.matricule, part=x.part, montant=x.montant, effet=x.effet.debut, jusquau=x.effet.fin,
        rappel_du=x.rappel_du, base_legale=base_legale(x.mesure, x.genre), decision=x.mesure.preuve,
        radiation=x.genre is GenreLigne.FIN_DE_DROIT and x.mesure.radiation_proposee, creee_le=le,
    )  # fmt: skip


def base_legale(mesure: MesureDecidee, genre: GenreLigne) -> str:
    """The ground of a line: the article of the breach under the regime of the decision."""
    if genre is GenreLigne.PLAFONNER:
        return _PLAFOND
    if genre is GenreLigne.FIN_DE_DROIT:
        return _FIN
    try:
        manquements = regime(mesure.regime).manquements if mesure.regime else ()
    except RegimeInconnu:
        manquements = ()
    textes = next(((m.article, *m.articles) for m in manquements if m.type == mesure.type), (_LOI,))
    return " ; ".join(dict.fromkeys(textes))[:LONGUEUR_BASE]


# Sending -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def envoyer_liste(*, liste: ListeCaisse, par: Agent, le: datetime) -> ListeCaisse:
    """The list has been handed to the body as it stands: nothing moves on it any more.

    Raises:
        TransmissionRefusee: empty, sent already, past its cut-off day, or no longer what the decisions say.
    """
    liste = _verrouiller(liste, S.ENVOYEE)
    lignes = list(liste.lignes.order_by("pk"))
    if not lignes:
        raise TransmissionRefusee("Cette liste est vide : il n'y a rien à envoyer.")
    _exiger_a_jour(liste, lignes, au=jour(le))
    liste.etat, liste.envoyee_le, liste.envoyee_par = S.ENVOYEE, le, par
    liste.empreinte = empreinte_des_lignes(lignes)
    liste.save(update_fields=["etat", "envoyee_le", "envoyee_par", "empreinte"])
    liste.lignes.update(etat=S.ENVOYEE)
    MesureDecidee.objects.filter(
        pk__in=[ligne.mesure_id for ligne in lignes if ligne.genre in (GenreLigne.APPLIQUER, GenreLigne.FIN_DE_DROIT)],
        transmise_le__isnull=True,
    ).update(transmise_le=jour(le))  # fmt: skip
    _dire_au_parcours(liste, par=par, le=le)
    return liste


def _dire_au_parcours(liste: ListeCaisse, *, par: Agent, le: datetime) -> None:
    """Whoever waited for it to be told has it told: one event per person, one act."""
    lignes = liste.lignes.annotate(qui=Coalesce("mesure__personne__canonique_id", "mesure__personne_id"))
    dites = {qui: (mesure, genre) for qui, mesure, genre in lignes.values_list("qui", "mesure", "genre")}
    attendues = Echeance.objects.filter(
        personne__in=list(dites), genre=GenreEcheance.TRANSMETTRE_MESURE, fermee_le__isnull=True
    ).values_list("personne_id", flat=True)
    consigner(
        evenements=[
            NouvelEvenement(
                genre=GenreEvenement.MESURE_TRANSMISE, personne_id=qui, objet_type="liste_caisse", objet_id=liste.pk,
                donnees={"mesure": dites[qui][0], "genre": dites[qui][1], "liste": liste.pk},
            )
            for qui in sorted(attendues)
        ],
        par=par, le=le,
    )  # fmt: skip


def _exiger_a_jour(liste: ListeCaisse, lignes: Sequence[LigneCaisse], *, au: date) -> None:
    """A lifting of this morning is not sent as a suspension."""
    if mois_a_preparer(au=au) != liste.mois:
        raise TransmissionRefusee(
            f"La date limite du {liste.arret_le:%d/%m/%Y} est passée : préparez la liste du mois suivant."
        )
    attendues = {
        (x.mesure.pk, str(x.genre), x.part, x.effet.debut, x.effet.fin)
        for x in a_transmettre(organisme=liste.organisme, liste=liste.mois, au=au)
    }
    ici = {
        (x.mesure_id, x.genre, x.part, x.effet, x.jusquau) for x in lignes if x.genre != GenreLigne.PLAFONNER
    }  # fmt: skip
    if not ici <= attendues:
        raise TransmissionRefusee("Des décisions ont changé depuis la préparation : préparez la liste de nouveau.")


def empreinte_des_lignes(lignes: Sequence[LigneCaisse]) -> str:
    """What proves which list was sent: the same lines give the same fingerprint."""
    texte = "\n".join(
        f"{x.numdemrsa};{x.genre};{x.part};{x.montant};{x.effet};{x.jusquau};{x.rappel_du};{x.decision}" for x in lignes
    )
    return hashlib.sha256(texte.encode()).hexdigest()


@transaction.atomic
def accuser_liste(
    *, liste: ListeCaisse, accusee_le: date, reference: str, rejets: Mapping[int, MotifRejetCaisse] | None = None,
    par: Agent, le: datetime,
) -> ListeCaisse:  # fmt: skip
    """The body says that it has the list, and which lines it does not take. A rejected line goes out again.

    Args:
        rejets: id of the line → why.

    Raises:
        TransmissionRefusee: not sent, answered before it was sent, or lines of another list.
    """
    liste, rejets = _verrouiller(liste, S.ACCUSEE), rejets or {}
    if liste.envoyee_le is None or not jour(liste.envoyee_le) <= accusee_le <= jour(le):
        raise TransmissionRefusee("L'accusé de réception ne peut être ni antérieur à l'envoi, ni à venir.")
    siennes = set(liste.lignes.values_list("pk", flat=True))
    if not set(rejets) <= siennes:
        raise TransmissionRefusee("Une des lignes rejetées n'est pas sur cette liste : vérifiez le fichier de retour.")
    for motif in set(rejets.values()):
        visees = [pk for pk, raison in rejets.items() if raison == motif]
        _rejeter(visees, MotifRejetCaisse(motif), par=par, le=le)
    liste.lignes.filter(etat=S.ENVOYEE).update(etat=S.ACCUSEE)
    liste.accusee_le, liste.reference_accuse = accusee_le, reference.strip()
    liste.etat = etat_de_la_liste(_etats(liste), sinon=S.ACCUSEE)
    liste.save(update_fields=["etat", "accusee_le", "reference_accuse"])
    return liste


@transaction.atomic
def rejeter_liste(
    *, liste: ListeCaisse, motif: MotifRejetCaisse, accusee_le: date, par: Agent, le: datetime
) -> ListeCaisse:
    """The body refuses the whole list: each of its lines goes out again on another one.

    Raises:
        TransmissionRefusee: not sent, or answered already by a file.
    """
    liste = _verrouiller(liste, S.REJETEE)
    if liste.envoyee_le is None or not jour(liste.envoyee_le) <= accusee_le <= jour(le):
        raise TransmissionRefusee("Le rejet ne peut être ni antérieur à l'envoi, ni à venir.")
    _rejeter(list(liste.lignes.values_list("pk", flat=True)), MotifRejetCaisse(motif), par=par, le=le)
    liste.etat, liste.motif_rejet, liste.accusee_le = S.REJETEE, MotifRejetCaisse(motif), accusee_le
    liste.save(update_fields=["etat", "motif_rejet", "accusee_le"])
    return liste


def _rejeter(lignes: Collection[int], motif: MotifRejetCaisse, *, par: Agent, le: datetime) -> None:
    """Rejected lines, and the decisions they carried: these are to be told again, and somebody owns it."""
    visees = LigneCaisse.objects.filter(pk__in=lignes)
    demandees = visees.filter(genre__in=(GenreLigne.APPLIQUER, GenreLigne.FIN_DE_DROIT))
    MesureDecidee.objects.filter(pk__in=demandees.values("mesure_id")).update(transmise_le=None)
    visees.update(etat=S.REJETEE, motif_rejet=motif)
    instruites = visees.filter(mesure__procedure__isnull=False).annotate(
        qui=Coalesce("mesure__personne__canonique_id", "mesure__personne_id")
    )
    dites = {qui: (mesure, liste) for qui, mesure, liste in instruites.values_list("qui", "mesure", "liste")}
    consigner(
        evenements=[
            NouvelEvenement(
                genre=GenreEvenement.MESURE_TRANSMISE, personne_id=qui, objet_type="liste_caisse", objet_id=liste,
                donnees={"mesure": mesure, "liste": liste, "rejetee": True},
            )
            for qui, (mesure, liste) in sorted(dites.items())
        ],
        par=par, le=le,
    )  # fmt: skip


def mettre_a_jour_les_listes(listes: Collection[int]) -> None:
    """After a file was read: where each list stands from its lines."""
    for liste in ListeCaisse.objects.filter(pk__in=listes, etat__in=[str(e) for e in EN_COURS]):
        etat = etat_de_la_liste(_etats(liste), sinon=S(liste.etat))
        if etat != liste.etat:
            ListeCaisse.objects.filter(pk=liste.pk).update(etat=etat)


def _etats(liste: ListeCaisse) -> list[EtatTransmission]:
    return [S(etat) for etat in liste.lignes.values_list("etat", flat=True)]


def _verrouiller(liste: ListeCaisse, vers: EtatTransmission) -> ListeCaisse:
    """The list, locked, if it may become ``vers``."""
    liste = ListeCaisse.objects.select_for_update().get(pk=liste.pk)
    if vers not in SUITES[S(liste.etat)]:
        if vers is S.ENVOYEE:
            raise TransmissionRefusee("Cette liste est déjà partie : préparez-en une autre.")
        raise TransmissionRefusee(
            "Cette liste n'a pas encore été envoyée." if S(liste.etat) not in PARTIES else
            "La caisse a déjà répondu sur cette liste, ou le fichier l'a déjà montrée."
        )  # fmt: skip
    return liste


# Conventions ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def rattacher_convention(
    *, organisme: OrganismePayeur, convention: Convention, par: Agent, le: datetime
) -> FluxConventionne:
    """Say which convention authorises the exchange with a body (REQ-24): its own dates say until when."""
    return FluxConventionne.objects.get_or_create(
        organisme=organisme, convention=convention, defaults={"ajoute_le": le, "ajoute_par": par}
    )[0]
