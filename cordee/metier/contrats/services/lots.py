"""Drafts prepared in number, with an invitation for each to come and sign hers; no contract is signed in number (E04).

Set-based: a number of queries that does not grow with the people of a part. Each part is one transaction; what is left
to do stands in the row of the batch, so that an interruption is resumed where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from cordee.metier.contrats.enums import Engage, GenreContrat, NatureVersion, StatutLotContrats
from cordee.metier.contrats.models import Contrat, Engagement, LotContrats, Objectif, VersionContrat
from cordee.metier.contrats.regles.amorce import Amorce, amorcer, libelles
from cordee.metier.contrats.regles.contenu import objectifs as lignes_du_projet
from cordee.metier.contrats.regles.versions import photographier
from cordee.metier.contrats.services.redaction import ContratRefuse
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.selectors import canaux_ouverts
from cordee.metier.courriers.services import LettreAEcrire, emettre_lot
from cordee.metier.organismes.models import Agent, Structure, en_cours
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.orientation.enums import NatureConstat
from cordee.metier.orientation.models import Constat, Diagnostic, Orientation, ProjetEmploi
from cordee.metier.parcours.enums import Intensite
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import LienPersonnel, RendezVous
from cordee.metier.rendezvous.selectors.creneaux import creneaux_libres
from cordee.metier.rendezvous.selectors.liens import HORIZON, PREAVIS
from cordee.metier.rendezvous.services.invitations import CANAUX, VALIDITE
from cordee.metier.rendezvous.services.lettres import donnees_invitation
from cordee.metier.rendezvous.services.liens import OBJET_INVITATION, adresse
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle.horloge import PARIS, jour

AU_PLUS = 5000
PARTIE = 500
MOIS_AVANT_ACTUALISATION = 6
DEJA = "Un brouillon est déjà en préparation"
SIGNE = "Un contrat est en vigueur : il s'actualise avec la personne"
SANS_ORIENTATION = "Pas encore orientée, ou sans référent nommé"
DECEDEE = "Décès connu"
SANS_CRENEAU = "Brouillon prêt, sans invitation : aucun créneau libre pour un contrat"
SANS_VOIE = "Brouillon prêt, sans invitation : personne injoignable par écrit"
DEJA_INVITEE = "Brouillon prêt, sans invitation : un rendez-vous ou une invitation existe"


@transaction.atomic
def ouvrir_lot(*, personnes: Sequence[int], intitule: str, inviter: bool, par: Agent, le: datetime) -> LotContrats:
    """Note who is to be prepared. The work is done by ``avancer_lot``, part after part.

    Raises:
        ContratRefuse: nobody, or more than five thousand people.
    """
    uniques = list(dict.fromkeys(personnes))
    if not uniques:
        raise ContratRefuse("Personne n'est à préparer dans cette sélection.")
    if len(uniques) > AU_PLUS:
        raise ContratRefuse(f"{AU_PLUS} personnes au plus à la fois : resserrez les filtres.")
    return LotContrats.objects.create(
        cree_le=le, cree_par=par, intitule=intitule.strip()[:120], inviter=inviter, total=len(uniques),
        a_faire=uniques,
    )  # fmt: skip


@transaction.atomic
def avancer_lot(*, lot: LotContrats, par: Agent, le: datetime, taille: int = PARTIE) -> LotContrats:
    """Prepare the next part. Returns the batch as it then stands; nothing is done when it is finished."""
    frais = LotContrats.objects.select_for_update(of=("self",)).select_related("cree_par").get(pk=lot.pk)
    partie, reste = frais.a_faire[:taille], frais.a_faire[taille:]
    ecartees = Counter(frais.ecartees)
    if partie:
        faits, raisons = _preparer(partie, lot=frais, par=par, le=le)
        ecartees.update(raisons)
        frais.prepares += len(faits)
        if frais.inviter:
            invites, refus = _inviter(faits, par=par, le=le)
            frais.invites += invites
            ecartees.update(refus)
    frais.a_faire, frais.ecartees = reste, dict(ecartees)
    if not reste and frais.statut != StatutLotContrats.FAIT:
        frais.statut, frais.fini_le = StatutLotContrats.FAIT, le
    frais.save()
    return frais


# Drafts -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Lectures:
    """What the drafts of one part are made from, by person."""

    situations: Mapping[int, Any]
    orientations: Mapping[int, int]
    projets: Mapping[int, list[str]]
    objectifs: Mapping[int, list[str]] = field(default_factory=dict)
    situations_dites: Mapping[int, list[str]] = field(default_factory=dict)


def _preparer(ids: Sequence[int], *, lot: LotContrats, par: Agent, le: datetime) -> tuple[list[Contrat], Counter[str]]:
    au = jour(le)
    personnes = {
        p.pk: p for p in Personne.objects.select_for_update(no_key=True).filter(
            pk__in=ids, canonique__isnull=True
        ).only("pk", "deces_le").order_by("pk")
    }  # fmt: skip
    groupes = ids_des_groupes(personnes)
    de = {rangee: pk for pk, groupe in groupes.items() for rangee in groupe}
    lues = _lire(groupes, de, ouvertes=habilitation(lot.cree_par, au=au).structures, par=lot.cree_par)
    ecrits = _deja(de, au)
    raisons: Counter[str] = Counter()
    contrats, amorces = [], []
    for pk in ids:
        raison = _refus(personnes.get(pk), lues, ecrits)
        if raison:
            raisons[raison] += 1
            continue
        s = lues.situations[pk]
        amorce = amorcer(
            projets=lues.projets.get(pk, ()), objectifs=lues.objectifs.get(pk, ()),
            situations=lues.situations_dites.get(pk, ()), referent=s["referent_agent"], au=au,
        )  # fmt: skip
        contrats.append(
            Contrat(
                personne_id=pk,
                genre=GenreContrat.CONTRAT_ENGAGEMENT,
                orientation_id=lues.orientations.get(pk),
                structure_id=s["referent_structure"],
                referent_id=s["referent_agent"],
                projet=amorce.projet,
                intensite=Intensite.REGULIERE,
                prochaine_actualisation=ajouter_mois(au, MOIS_AVANT_ACTUALISATION),
                cree_le=le,
                cree_par=par,
                lot=lot,
            )
        )
        amorces.append(amorce)
    Contrat.objects.bulk_create(contrats, batch_size=2000)
    _ecrire(contrats, amorces, par=par, le=le)
    return contrats, raisons


def _refus(personne: Personne | None, lues: _Lectures, ecrits: Mapping[int, str]) -> str:
    if personne is None or personne.deces_le is not None:
        return DECEDEE
    if personne.pk in ecrits:
        return ecrits[personne.pk]
    s = lues.situations.get(personne.pk)
    if s is None or s["referent_structure"] is None or s["referent_agent"] is None:
        return SANS_ORIENTATION
    return ""


def _lire(
    groupes: Mapping[int, list[int]], de: Mapping[int, int], *, ouvertes: frozenset[int], par: Agent
) -> _Lectures:
    champs = ("personne_id", "referent_structure", "referent_agent")
    situations = {s["personne_id"]: s for s in Situation.objects.filter(personne__in=groupes).values(*champs)}
    orientations = dict(
        Orientation.objects.filter(personne__in=list(de), fin__isnull=True).order_by("debut", "pk")
        .values_list("personne_id", "pk")
    )  # fmt: skip
    derniers = list(
        Diagnostic.objects.filter(personne__in=list(de), brouillon=False)
        .order_by("personne_id", "-mene_le", "-pk").distinct("personne_id")
        .values_list("pk", "personne_id", "metier_vise", "mene_le")
    )  # fmt: skip
    projets = _projets(derniers, de)
    # Findings open to the référent body alone (V3): whoever asked for the batch reads those of her structures.
    lisibles = {
        rangee for rangee, pk in de.items()
        if par.systeme or (pk in situations and situations[pk]["referent_structure"] in ouvertes)
    }  # fmt: skip
    dits: dict[str, dict[int, list[str]]] = {str(n): {} for n in NatureConstat}
    constats = Constat.objects.filter(personne__in=lisibles, fin__isnull=True).order_by("debut", "pk")
    for rangee, nature, code in constats.values_list("personne_id", "nature", "code"):
        dits[nature].setdefault(de[rangee], []).append(code)
    return _Lectures(
        situations, {de[pk]: o for pk, o in orientations.items()}, projets, dits[NatureConstat.OBJECTIF],
        dits[NatureConstat.SITUATION],
    )  # fmt: skip


def _projets(derniers: Sequence[tuple[int, int, str, datetime]], de: Mapping[int, int]) -> dict[int, list[str]]:
    """The jobs looked for, from the last diagnosis of each person."""
    par_diagnostic: dict[int, list[str]] = {}
    lignes = ProjetEmploi.objects.filter(diagnostic__in=[pk for pk, *_ in derniers], rang__lte=2).order_by("rang")
    for diagnostic, libelle in lignes.values_list("diagnostic_id", "libelle"):
        par_diagnostic.setdefault(diagnostic, []).append(libelle)
    projets: dict[int, list[str]] = {}
    for pk, rangee, vise, _ in sorted(derniers, key=lambda d: d[3]):
        projets[de[rangee]] = par_diagnostic.get(pk) or [p for p in [vise] if p]
    return projets


def _deja(de: Mapping[int, int], au: date) -> dict[int, str]:
    """People who have a draft or a contract in force, and which."""
    sienne = Contrat.objects.filter(personne__in=list(de), genre=GenreContrat.CONTRAT_ENGAGEMENT)
    signes = {de[pk]: SIGNE for pk in sienne.filter(en_cours(au)).values_list("personne_id", flat=True)}
    brouillons = sienne.filter(debut__isnull=True, fin__isnull=True).values_list("personne_id", flat=True)
    return signes | {de[pk]: DEJA for pk in brouillons}


def _ecrire(contrats: Sequence[Contrat], amorces: Sequence[Amorce], *, par: Agent, le: datetime) -> None:
    buts = Objectif.objects.bulk_create(
        [
            Objectif(contrat=c, code=code, texte=texte, ordre=rang)
            for c, a in zip(contrats, amorces, strict=True)
            for rang, (code, texte) in enumerate(zip(a.objectifs, libelles(a.objectifs), strict=True))
        ],
        batch_size=5000,
    )
    par_code = {(b.contrat_id, b.code): b for b in buts}
    Engagement.objects.bulk_create(
        [
            Engagement(
                contrat=c, engage=x.engage, texte=x.texte, famille=x.famille or "", avant_le=x.avant_le, ordre=rang,
                code=x.code, objectif=par_code.get((c.pk, x.objectif)),
                responsable_id=c.referent_id if x.engage is Engage.ORGANISME else None,
                structure_id=c.structure_id if x.engage is Engage.ORGANISME else None,
            )
            for c, a in zip(contrats, amorces, strict=True)
            for rang, x in enumerate(a.lignes)
        ],
        batch_size=5000,
    )  # fmt: skip
    agents = Agent.objects.in_bulk({c.referent_id for c in contrats if c.referent_id})
    VersionContrat.objects.bulk_create(
        [
            VersionContrat(
                contrat=c, version=1, nature=NatureVersion.BROUILLON, le=le, par=par,
                contenu=photographier(
                    projet=lignes_du_projet(a.projet), objectifs=libelles(a.objectifs), lignes=a.lignes, heures=None,
                    motif="", precision="", intensite=c.intensite, actualisation=c.prochaine_actualisation,
                    referent=str(agents[c.referent_id]) if c.referent_id else "", ore=(),
                ),
            )
            for c, a in zip(contrats, amorces, strict=True)
        ],
        batch_size=2000,
    )  # fmt: skip


# Invitations --------------------------------------------------------------------------------------------------------
def _inviter(contrats: Sequence[Contrat], *, par: Agent, le: datetime) -> tuple[int, Counter[str]]:
    """A personal link each, behind which she chooses her date, and its letter by the best way open to her."""
    raisons: Counter[str] = Counter()
    if not contrats:
        return 0, raisons
    if not settings.URL_PUBLIQUE:
        raisons[SANS_CRENEAU] += len(contrats)
        return 0, raisons
    ids = [c.personne_id for c in contrats]
    choix = canaux_ouverts(
        personnes=ids, genre=GenreCourrier.INVITATION, au=jour(le), ordre=[c for c in CANAUX if c != "guichet"]
    )  # fmt: skip
    avec_place = _structures_avec_places(le)
    pris = _deja_attendues(ids, le)
    nes = set(Personne.objects.filter(pk__in=ids, date_naissance__isnull=False).values_list("pk", flat=True))
    retenus = []
    for c in contrats:
        canal = choix[c.personne_id].canal if c.personne_id in choix else None
        if c.structure_id not in avec_place:
            raisons[SANS_CRENEAU] += 1
        elif c.personne_id in pris:
            raisons[DEJA_INVITEE] += 1
        elif canal is None or canal not in CANAUX or c.personne_id not in nes:
            raisons[SANS_VOIE] += 1
        else:
            retenus.append((c, canal, choix[c.personne_id]))
    return _ecrire_invitations(retenus, par=par, le=le, raisons=raisons), raisons


def _ecrire_invitations(
    retenus: Sequence[tuple[Contrat, Any, Any]], *, par: Agent, le: datetime, raisons: Counter[str]
) -> int:
    structures = Structure.objects.select_related("commune").in_bulk({c.structure_id for c, _, _ in retenus})
    fin = datetime.combine(jour(le + VALIDITE) - timedelta(days=1), time(23, 59, 59), tzinfo=PARIS)
    # A former invitation that nobody answered in time is closed: one at a time stands.
    LienPersonnel.objects.filter(
        personne__in=[c.personne_id for c, _, _ in retenus], genre=GenreRendezVous.CONTRAT, rendez_vous__isnull=True,
        revoque_le__isnull=True,
    ).update(revoque_le=le)  # fmt: skip
    liens = LienPersonnel.objects.bulk_create(
        [
            LienPersonnel(
                personne_id=c.personne_id, structure=structures[c.structure_id], genre=GenreRendezVous.CONTRAT,
                modalite=ModaliteRendezVous.PHYSIQUE, cree_le=le, expire_le=fin,
            )
            for c, _, _ in retenus
        ],
        batch_size=2000,
    )  # fmt: skip
    modeles: dict[int, dict[str, Any]] = {}
    lettres = []
    for (c, canal, choisi), lien in zip(retenus, liens, strict=True):
        if c.structure_id not in modeles:
            modeles[c.structure_id] = donnees_invitation(lien)
        commun = modeles[c.structure_id]
        donnees = {**commun, "deplacer": {**commun["deplacer"], "lien": adresse(lien)}}
        lettres.append(
            LettreAEcrire(
                personne_id=c.personne_id,
                donnees=donnees,
                canal=canal,
                moyen=choisi.moyen,
                objet_type=OBJET_INVITATION,
                objet_id=lien.pk,
                par_representant=choisi.par_representant,
            )
        )
    emission = emettre_lot(lettres=lettres, genre=GenreCourrier.INVITATION, par=par, le=le)
    if emission.refus:
        raisons[SANS_VOIE] += len(emission.refus)
        LienPersonnel.objects.filter(pk__in=[liens[rang].pk for rang in emission.refus]).update(revoque_le=le)
    return len(lettres) - len(emission.refus)


def _structures_avec_places(le: datetime) -> set[int]:
    """Structures that have a free slot for a contract in the coming weeks. One query."""
    libres = creneaux_libres(
        du=le + PREAVIS, au=le + HORIZON, genre=GenreRendezVous.CONTRAT, modalite=ModaliteRendezVous.PHYSIQUE
    ).filter(places__gt=F("prises"))  # fmt: skip
    return set(libres.order_by().values_list("structure_id", flat=True).distinct())


def _deja_attendues(ids: Iterable[int], le: datetime) -> set[int]:
    rdv = RendezVous.objects.filter(
        personne__in=list(ids), genre=GenreRendezVous.CONTRAT, statut=StatutRendezVous.PREVU, fin__gt=le
    ).values_list("personne_id", flat=True)  # fmt: skip
    liens = LienPersonnel.objects.filter(
        personne__in=list(ids), genre=GenreRendezVous.CONTRAT, rendez_vous__isnull=True, revoque_le__isnull=True,
        expire_le__gt=le,
    ).values_list("personne_id", flat=True)  # fmt: skip
    return set(rdv) | set(liens)
