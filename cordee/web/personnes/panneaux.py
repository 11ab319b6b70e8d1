"""The panels of a person's page: each is one small read, absent for those whom it does not concern."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cordee.echanges.caf.selectors import evenements_transmis
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.regles.anciens import validite
from cordee.metier.contrats.selectors import intensite_de
from cordee.metier.courriers.selectors import courriers_de, date_certaine_de
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.enums import Impact, MotifOrientation, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.models import DemandeChangement, DemandeReorientation, Orientation, Relais
from cordee.metier.orientation.selectors.diagnostic import details_fermes, details_lisibles, diagnostics_de
from cordee.metier.orientation.selectors.referents import referents_de
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.selectors import SituationDe, histoire_de
from cordee.metier.parcours.selectors.phrases import SUR_LES_DROITS
from cordee.metier.participation.selectors import acces_de
from cordee.metier.personnes.enums import EtatDroit, RoleFoyer, SourceDonnee
from cordee.metier.personnes.models import DroitFoyer, DroitPersonne, OuvertureDroit
from cordee.metier.personnes.selectors.contacts import contacts_courants
from cordee.metier.personnes.selectors.fiche import (
    adresse_courante,
    foyer_courant,
    membres_du_foyer,
    representants_courants,
)
from cordee.metier.personnes.selectors.perimetre import ids_du_groupe
from cordee.metier.personnes.selectors.provenance import provenance
from cordee.metier.personnes.services import journaliser_lecture
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.suivi.selectors import contacts_de, informations_de
from cordee.reglementation.parametres import entier
from cordee.socle import horloge
from cordee.web.heures.fiche import resume_des_heures
from cordee.web.parcours import apparences
from cordee.web.personnes import devoirs, suivi
from cordee.web.personnes.adresses import lignes_d_adresse
from cordee.web.personnes.entete import VOIENT_L_ETAT_DU_DROIT
from cordee.web.personnes.provenance import fichiers_de, rubriques
from cordee.web.socle.acces import Dossier
from cordee.web.socle.identites import age, nom_complet

P = Permission
_SUIVRE = (P.SUIVRE, P.VOIR_DROITS, P.CONTRACTUALISER)


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a panel is drawn from."""

    dossier: Dossier
    situation: SituationDe
    agent: Agent
    droits: Habilitation
    maintenant: datetime

    @property
    def au(self) -> date:
        return horloge.jour(self.maintenant)

    @property
    def ids(self) -> list[int]:
        """The rows of the person: hers, and those merged into her."""
        return ids_du_groupe(self.dossier.personne)


@dataclass(frozen=True, slots=True)
class Panneau:
    """One panel: who sees it (one of the permissions), why its read is logged, what it shows."""

    cle: str
    libelle: str
    icone: str
    finalite: Finalite
    permissions: tuple[Permission, ...]
    contexte: Callable[[Lecture], dict[str, Any]]

    @property
    def gabarit(self) -> str:
        return f"personnes/panneaux/{self.cle}.html"


def _coordonnees(lecture: Lecture) -> dict[str, Any]:
    personne, au = lecture.dossier.personne, lecture.au
    adresse = adresse_courante(personne, au)
    contacts = contacts_courants(personne, au=au).order_by("genre", "-verifie", "-debut")
    foyer = foyer_courant(personne)
    membres = [
        {
            "role": m.role.libelle if m.role in (RoleFoyer.DEM, RoleFoyer.CJT) else "Enfant ou autre personne",
            "nom": nom_complet(m.personne) if m.personne and m.visible else "",
            "prenom": m.personne.prenom.title() if m.personne and not m.visible else "",
            "age": age(m.personne.date_naissance, au) if m.personne else None,
            "pk": m.personne.pk if m.personne and m.visible and m.role in (RoleFoyer.DEM, RoleFoyer.CJT) else None,
        }
        for m in membres_du_foyer(personne=personne, pour=lecture.agent, au=au, droits=lecture.droits)
    ]
    return {
        "adresse": adresse,
        "adresse_lignes": lignes_d_adresse(adresse) if adresse else [],
        "adresse_source": _source(adresse.source, adresse.debut) if adresse else "",
        "contacts": [
            {"contact": c, "source": _source(c.source, c.debut), "partage": _partage(c.autres)}  # type: ignore[attr-defined]
            for c in contacts
        ],
        "foyer": foyer,
        "membres": membres,
        "representants": list(representants_courants(personne, au)),
    }


def _diagnostic(lecture: Lecture) -> dict[str, Any]:
    """Theme and impact for the accompaniment; the notes open to the référent body only (R5312-42, V3)."""
    s = lecture.situation.situation
    referente = bool(s and s.referent_structure_id in lecture.droits.structures)
    detail = lecture.dossier.peut(P.VOIR_DIAGNOSTIC_DETAIL) and referente
    faits = []
    poids = [Impact.FORT, Impact.FAIBLE, Impact.AUCUN]
    diagnostics = list(diagnostics_de(lecture.ids)[:10])
    details = details_lisibles(diagnostics, pour=lecture.agent, ouvert=detail)
    fermes = details_fermes(diagnostics, pour=lecture.agent, ouvert=detail)
    corriges = {d.remplace_id for d in diagnostics if not d.brouillon}
    if any(x.par_id != lecture.agent.pk for lus in details.values() for x in lus):
        journaliser_lecture(
            personne_id=lecture.dossier.personne.pk, par=lecture.agent, finalite=Finalite.DIAGNOSTIC,
            page="diagnostic/detail", le=lecture.maintenant,
        )  # fmt: skip
    for d in diagnostics:
        themes = [(ThemeDiagnostic(t), Impact(i)) for t, i in d.themes.items() if i in poids]
        faits.append(
            {
                "diagnostic": d,
                "situation_pro": SituationPro(d.situation_pro).libelle if d.situation_pro else "",
                "niveau": NiveauFormation(d.niveau).libelle if d.niveau else "",
                "themes": sorted(themes, key=lambda t: poids.index(t[1])),
                "details": details.get(d.pk, []),
                "notes_fermees": d.pk in fermes,
                "corrige": d.pk in corriges,
            }
        )
    orientation = (
        Orientation.objects.filter(personne__in=lecture.ids, fin__isnull=True).select_related("structure").first()
    )
    motifs = [MotifOrientation(m).libelle for m in orientation.motifs] if orientation else []
    explicable = bool(orientation and orientation.voie_proposee) and lecture.dossier.peut(
        P.ORIENTER, P.NOTIFIER, P.SUIVRE
    )
    return {
        "diagnostics": faits, "orientation": orientation, "motifs": motifs, "explicable": explicable,
        "personne_pk": lecture.dossier.personne.pk,
        "versions_ouvertes": lecture.dossier.peut(P.DIAGNOSTIQUER, P.ORIENTER),
    }  # fmt: skip


def _contrat(lecture: Lecture) -> dict[str, Any]:
    contrats = (
        Contrat.objects.filter(personne__in=lecture.ids)
        .select_related("structure", "referent", "personne")
        .prefetch_related("engagements")
        .order_by("-cree_le")
    )
    lus = [c for c in contrats if c.debut is not None or c.fin is None]  # drafts given up are left to their history
    for c in lus:
        c.validite = validite(genre=c.genre_connu, debut=c.debut, fin=c.fin, au=lecture.au)  # type: ignore[attr-defined]
    return {
        "contrats": lus,
        "au": lecture.au,
        "ouvre_l_espace": lecture.dossier.peut(P.CONTRACTUALISER, P.SUIVRE),
        "acces_espace": acces_de(lecture.dossier.personne),
        "heures_visibles": lecture.dossier.peut(*_SUIVRE),
        **resume_des_heures(lecture.dossier, lecture.au),
        "informations": list(informations_de(lecture.dossier.personne)),
    }


def _rendez_vous(lecture: Lecture) -> dict[str, Any]:
    lignes = RendezVous.objects.filter(personne__in=lecture.ids).select_related("structure", "agent")
    return {"rendez_vous": list(lignes.order_by("-debut")[:50])}


def _echanges(lecture: Lecture) -> dict[str, Any]:
    contacts = contacts_de(lecture.dossier.personne)
    notes = lecture.dossier.peut(P.VOIR_DIAGNOSTIC_DETAIL)
    return {
        "contacts": [
            {"contact": c, "note": c.note if notes or c.par_id == lecture.agent.pk else ""} for c in contacts[:50]
        ]
    }


def _accompagnement(lecture: Lecture) -> dict[str, Any]:
    """Who accompanied her, from when to when; hand-overs; what she asked for; how intensive it really is."""
    personne, parole = lecture.dossier.personne, lecture.dossier.peut(P.VOIR_DIAGNOSTIC_DETAIL, P.ENCADRER)
    relais = Relais.objects.filter(personne__in=lecture.ids).select_related("de_structure", "vers_structure")
    changements = DemandeChangement.objects.filter(personne__in=lecture.ids).select_related("agent", "nouvel_agent")
    demandes = DemandeReorientation.objects.filter(personne__in=lecture.ids).select_related("orientation__structure")
    return {
        "referents": referents_de(personne),
        "relais": list(relais.order_by("-propose_le")[:20]),
        "reorientations": list(demandes.order_by("-demandee_le")[:20]),
        "changements": list(changements.order_by("-demandee_le")[:20]),
        "lit_parole": parole,
        "intensite": intensite_de(personne, au=lecture.au) if lecture.dossier.peut(*_SUIVRE) else None,
        "alerte_jours": entier("intensif_alerte_jours", au=lecture.au),
        **suivi.accompagnement(lecture),
    }


def _droits(lecture: Lecture) -> dict[str, Any]:
    """The rights as the files told them, period by period. Amounts exist only for those who may see them (V2)."""
    montants = lecture.dossier.peut(P.VOIR_DROITS)
    foyer = foyer_courant(lecture.dossier.personne)
    du_foyer = DroitFoyer.objects.filter(foyer=foyer).order_by("-debut") if foyer else DroitFoyer.objects.none()
    siens = DroitPersonne.objects.filter(personne__in=lecture.ids).order_by("-debut")
    return {
        "foyer": foyer,
        "periodes": [
            {
                "etat": EtatDroit(d.etat).libelle,
                "debut": d.debut,
                "fin": d.fin,
                "montant": d.montant if montants else None,
            }
            for d in du_foyer[:24]
        ],
        "sdd": [
            {"soumise": d.sdd, "debut": d.debut, "fin": d.fin, "ressources": d.ressources if montants else None}
            for d in siens[:24]
        ],
        "ouvertures": list(OuvertureDroit.objects.filter(personne__in=lecture.ids).order_by("-recue_le")[:10]),
        "montants": montants,
        "droits_a_voir": lecture.dossier.peut(P.SUIVRE, P.INSTRUIRE, P.DIAGNOSTIQUER),
        "personne_pk": lecture.dossier.personne.pk,
    }


def _devoirs(lecture: Lecture) -> dict[str, Any]:
    """Where a procedure stands, for who accompanies her and for who instructs or decides."""
    return {**devoirs.lire(lecture.ids, au=lecture.au), "ouvrir": lecture.dossier.peut(P.INSTRUIRE, P.DECIDER)}


def _documents(lecture: Lecture) -> dict[str, Any]:
    courriers = [{"courrier": c, "certaine": date_certaine_de(c)} for c in courriers_de(lecture.dossier.personne)[:50]]
    return {"courriers": courriers, **suivi.documents(lecture)}


def _historique(lecture: Lecture) -> dict[str, Any]:
    souvenirs = [s for s in histoire_de(lecture.dossier.personne) if visible(s.genre, lecture.dossier)]
    return {
        "souvenirs": [{"s": s, "icone": apparences.icone_evenement(s.genre)} for s in reversed(souvenirs)],
        "peut_corriger": lecture.dossier.peut(P.SUIVRE),
    }


def _sources(lecture: Lecture) -> dict[str, Any]:
    """Where each fact comes from, since when; the file opens for the data desk only."""
    dossier = lecture.dossier
    faits = provenance(dossier.personne)
    detail_visible = dossier.peut(P.VOIR_DROITS)
    traites = evenements_transmis(faits.appartenances) if detail_visible else []
    fichiers = faits.fichiers | {fait.fichier_id for fait in traites}
    return {
        "rubriques": rubriques(
            dossier.personne, faits, fichiers_de(fichiers, ouvrir=lecture.droits.peut(P.IMPORTER)), traites=traites,
            etat_visible=dossier.peut(*VOIENT_L_ETAT_DU_DROIT), detail_visible=detail_visible,
        )
    }  # fmt: skip


def visible(genre: GenreEvenement, dossier: Dossier) -> bool:
    """Whether an event may be told to this agent: what the payer says of the right is not for everybody."""
    return genre not in SUR_LES_DROITS or dossier.peut(*VOIENT_L_ETAT_DU_DROIT)


def _partage(autres: int) -> str:
    """How many others have the same number (R44).

    >>> _partage(0), _partage(1), _partage(2)
    ('', 'partagé avec une autre personne', 'partagé avec 2 autres personnes')
    """
    if not autres:
        return ""
    return "partagé avec une autre personne" if autres == 1 else f"partagé avec {autres} autres personnes"


def _source(source: str, depuis: date) -> str:
    return f"{SourceDonnee(source).libelle}, depuis le {depuis:%d/%m/%Y}"


_DEVOIRS = (P.CONTRACTUALISER, P.INSTRUIRE, P.DECIDER)
_PAR_ORIENTATION = (P.ORIENTER, P.DIAGNOSTIQUER, P.CONTRACTUALISER, P.VOIR_DIAGNOSTIC_DETAIL)
PANNEAUX: dict[str, Panneau] = {
    p.cle: p
    for p in (
        Panneau("coordonnees", "Coordonnées", "foyer", Finalite.IDENTIFICATION, (P.VOIR_PERSONNES,),
                 _coordonnees),
        Panneau("diagnostic", "Diagnostic", "diagnostic", Finalite.DIAGNOSTIC, _PAR_ORIENTATION, _diagnostic),
        Panneau("contrat", "Contrat et heures", "contrat", Finalite.CONTRAT, _SUIVRE, _contrat),
        Panneau("accompagnement", "Accompagnement", "referent", Finalite.SUIVI, _SUIVRE, _accompagnement),
        Panneau("rendezvous", "Rendez-vous", "rendezvous", Finalite.SUIVI, (P.VOIR_PERSONNES,), _rendez_vous),
        Panneau("notes", "Notes", "commentaire", Finalite.SUIVI, (P.SUIVRE, P.CONTRACTUALISER), suivi.notes),
        Panneau("echanges", "Échanges", "entretien", Finalite.SUIVI, _SUIVRE, _echanges),
        Panneau("droits", "Droits", "droits", Finalite.SUIVI, VOIENT_L_ETAT_DU_DROIT, _droits),
        Panneau("devoirs", "Droits et devoirs", "decision", Finalite.SANCTION, _DEVOIRS, _devoirs),
        Panneau("documents", "Documents", "document", Finalite.SUIVI, (P.NOTIFIER, *_SUIVRE), _documents),
        Panneau("sources", "Sources", "info", Finalite.SUIVI, (P.VOIR_PERSONNES,), _sources),
        Panneau("historique", "Historique", "historique", Finalite.SUIVI, (P.VOIR_PERSONNES,), _historique),
    )
}  # fmt: skip
PAR_DEFAUT = "coordonnees"


def ouverts(dossier: Dossier) -> list[Panneau]:
    """The panels this agent may open on this person."""
    return [p for p in PANNEAUX.values() if dossier.peut(*p.permissions)]
