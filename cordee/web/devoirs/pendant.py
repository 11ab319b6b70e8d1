"""The steps of a procedure once it is open: the letter, the answer, the opinion, the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import courriers_de_l_objet
from cordee.metier.devoirs.enums import EtatProcedure, FormeObservation, NatureMesure
from cordee.metier.devoirs.enums_ep import SensAvis, StatutPassage
from cordee.metier.devoirs.models import Manquement, PassageEP, Procedure, ProjetDecision
from cordee.metier.devoirs.regles.manques import Manque
from cordee.metier.devoirs.selectors.contexte import Qualification, quotite
from cordee.metier.devoirs.selectors.ep import avis_utilisable
from cordee.metier.devoirs.services import manques_de_decision
from cordee.metier.organismes.models import Agent
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.regimes import CleEtape, ProjetMesure, premier_du_mois, premier_jour_de_decision, regime
from cordee.socle.horloge import jour
from cordee.web.devoirs.etapes import ActeOffert, EtapeDossier, Horloge, Moment, articles_de

E = EtatProcedure
AVANT_LETTRE, EN_COURS = (E.OUVERTE,), (E.OUVERTE, E.GRIEFS_ENVOYES, E.CONTRADICTOIRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vue:
    """What the steps are drawn from."""

    procedure: Procedure
    manquements: Sequence[Manquement]
    question: Qualification | None
    projet: ProjetDecision | None
    manques: tuple[Manque, ...]
    lettres: Sequence[Courrier]
    agent: Agent
    instruit: bool
    decide: bool
    au: date

    @property
    def etat(self) -> EtatProcedure:
        return EtatProcedure(self.procedure.etat)

    def acte(self, cle: str, libelle: str, icone: str, *, principal: bool = False) -> ActeOffert:
        url = reverse("procedure_acte", args=[self.procedure.pk, cle])
        return ActeOffert(libelle=libelle, url=url, icone=icone, principal=principal)


def voir(
    procedure: Procedure, manquements: Sequence[Manquement], question: Qualification | None, *, agent: Agent,
    instruit: bool, decide: bool, au: date,
) -> Vue:  # fmt: skip
    """Gather what the page needs, with everything that is missing before a decision."""
    projet = ProjetDecision.objects.filter(procedure=procedure).select_related("prepare_par").first()
    manques: tuple[Manque, ...] = ()
    if E(procedure.etat) is E.CONTRADICTOIRE and question is not None:
        vise = projet_vise(procedure, projet, question, au)
        if vise is not None:
            manques = manques_de_decision(
                procedure, vise, motifs=projet.motifs if projet else "", au=au, par=agent if decide else None
            )
            if projet is None:
                manques = tuple(m for m in manques if m.etape is not CleEtape.DECISION)
    return Vue(
        procedure=procedure, manquements=manquements, question=question, projet=projet, manques=manques,
        lettres=list(courriers_de_l_objet("procedure", procedure.pk)), agent=agent, instruit=instruit, decide=decide,
        au=au,
    )  # fmt: skip


def projet_vise(
    procedure: Procedure, projet: ProjetDecision | None, question: Qualification, au: date
) -> ProjetMesure | None:
    """The measure prepared; before one is, the first kind the law knows, to tell which *steps* are missing: it is
    never shown.
    """
    if projet is not None:
        return ProjetMesure(
            nature=NatureMesure(projet.nature), quotite=quotite(projet.taux), montant=projet.montant,
            mois=projet.mois or 0, debut=projet.debut,
        )  # fmt: skip
    debut = ajouter_mois(premier_du_mois(au), 1)
    if procedure.fin_de_droit:
        return ProjetMesure(nature=NatureMesure.FIN_DE_DROIT, debut=debut)
    if question.cadre is None or not question.cadre.niveaux:
        return None
    niveau = question.cadre.niveaux[0]
    return ProjetMesure(nature=niveau.type, quotite=niveau.quotite_max, montant=niveau.montant_max,
                        mois=niveau.duree_min_mois, debut=debut)  # fmt: skip


def etapes(vue: Vue) -> list[EtapeDossier]:
    """Letter, answer, opinion, decision, in the order of the law."""
    lignes = [_griefs(vue), _contradictoire(vue)]
    avis = _avis(vue)
    return [*lignes, *([avis] if avis else []), _decision(vue)]


def _griefs(v: Vue) -> EtapeDossier:
    p = v.procedure
    regle = regime(p.regime).contradictoire if p.regime else None
    etape = EtapeDossier(
        cle="griefs", titre="Les faits sont exposés à la personne",
        moment=Moment.FAIT if p.griefs_recus_le else Moment.A_VENIR,
        phrase="La lettre dit les faits, ce que la loi permet, et comment répondre. Seule sa réception compte.",
        articles=articles_de(regle.article if regle else "", "CRPA L122-2"),
        lettres=[c for c in v.lettres if c.genre == "griefs"],
    )  # fmt: skip
    if p.griefs_envoyes_le:
        etape.faits.append(("Envoyée ou remise", f"{p.griefs_envoyes_le:%d/%m/%Y}"))
    if p.griefs_recus_le:
        etape.faits.append(("Reçue à date certaine", f"{p.griefs_recus_le:%d/%m/%Y}"))
        etape.resume = f"Lettre reçue le {p.griefs_recus_le:%d/%m/%Y}."
    if p.griefs_representant_recus_le:
        etape.faits.append(("Reçue par le représentant", f"{p.griefs_representant_recus_le:%d/%m/%Y}"))
    if v.etat not in EN_COURS:
        etape.moment = Moment.FAIT if p.griefs_recus_le else Moment.SANS_OBJET
    elif v.instruit and v.etat is E.OUVERTE:
        etape.actes = [v.acte("griefs", "Préparer la lettre", "courrier", principal=True)]
    elif v.instruit and v.etat is E.GRIEFS_ENVOYES:
        etape.actes = [
            v.acte("reception", "Noter la réception", "courrier", principal=True),
            v.acte("griefs", "Envoyer de nouveau", "relance"),
        ]
    return etape


def _contradictoire(v: Vue) -> EtapeDossier:
    p, ouverte = v.procedure, v.etat in (E.GRIEFS_ENVOYES, E.CONTRADICTOIRE)
    close = p.contradictoire_jusquau is not None and p.contradictoire_jusquau < v.au
    etape = EtapeDossier(
        cle="contradictoire", titre="La personne peut répondre",
        moment=Moment.FAIT if (close and not _a_faire(v)) or v.etat in (E.DECIDEE, E.NOTIFIEE, E.ANNULEE)
        else Moment.SANS_OBJET if v.etat is E.CLOSE else Moment.A_VENIR,
        phrase="Par écrit ou de vive voix, avec qui elle veut. Se taire n'est pas reconnaître les faits : le motif "
        "légitime se recherche de nouveau avant de décider.",
        articles=articles_de("CRPA L122-1", "CRPA L122-2"),
        lettres=[c for c in v.lettres if c.genre in ("audition", "communication_dossier")],
    )  # fmt: skip
    if p.contradictoire_jusquau:
        if close:
            etape.faits.append(("Réponse possible jusqu'au", f"{p.contradictoire_jusquau:%d/%m/%Y} (passé)"))
        else:
            etape.horloge = Horloge(libelle="Réponse possible", date=p.contradictoire_jusquau)
    etape.faits += [(terme, valeur) for terme, valeur in _echanges(p) if valeur]
    for o in p.observations.select_related("notee_par").order_by("recue_le", "pk"):
        forme = FormeObservation(o.forme).libelle
        etape.textes.append((f"Sa réponse, {forme[0].lower()}{forme[1:]} ({o.recue_le:%d/%m/%Y})", o.texte, "reponse"))
    nombre = len(etape.textes)
    etape.resume = f"{nombre} réponse{'s' if nombre > 1 else ''} de la personne." if nombre else "Elle n'a pas répondu."
    if ouverte and not nombre:
        etape.faits.append(("Réponse", "aucune à ce jour"))
    etape.manques = tuple(m for m in v.manques if m.etape in _ICI and m.code != "contradictoire")
    if ouverte and v.instruit:
        etape.actes = _repondre(v, close=close)
    return etape


_ICI = (CleEtape.MOTIF, CleEtape.CONTRADICTOIRE, CleEtape.GRIEFS, CleEtape.DROITS)


def _a_faire(v: Vue) -> bool:
    return any(m.etape in _ICI for m in v.manques)


def _echanges(p: Procedure) -> list[tuple[str, str]]:
    prevue = f"{p.audition_prevue_le:%d/%m/%Y à %H:%M}, {p.audition_lieu}" if p.audition_prevue_le else ""
    entendue = f"le {p.entendue_le:%d/%m/%Y}" if p.entendue_le else ""
    if entendue and p.assistee_par:
        entendue += f", assistée par {p.assistee_par}"
    return [
        ("Entretien demandé", f"{p.audition_demandee_le:%d/%m/%Y}" if p.audition_demandee_le else ""),
        ("Entretien prévu", prevue), ("Entendue", entendue),
        ("Absente à l'entretien", f"{p.absente_le:%d/%m/%Y}" if p.absente_le else ""),
        ("Dossier demandé", f"{p.communication_demandee_le:%d/%m/%Y}" if p.communication_demandee_le else ""),
        ("Dossier communiqué", f"{p.communiquee_le:%d/%m/%Y}" if p.communiquee_le else ""),
    ]  # fmt: skip


def _repondre(v: Vue, *, close: bool) -> list[ActeOffert]:
    p = v.procedure
    actes = [v.acte("observation", "Noter sa réponse", "commentaire", principal=not close)]
    if p.audition_prevue_le and not p.entendue_le and not p.absente_le:
        actes.append(v.acte("entendre", "Noter l'entretien", "entretien"))
    else:
        actes.append(v.acte("audition", "Fixer un entretien", "rendezvous"))
    actes.append(v.acte("communiquer", "Communiquer le dossier", "document"))
    if v.etat is E.CONTRADICTOIRE:
        for m in v.manquements:
            if m.statut == "en_procedure":
                url = reverse("manquement_acte", args=[m.pk, "motif"])
                a_refaire = close and any(x.code == "motif_non_examine" for x in v.manques)
                actes.append(
                    ActeOffert(libelle="Examiner le motif légitime", url=url, icone="recherche", principal=a_refaire)
                )
    return actes


def _avis(v: Vue) -> EtapeDossier | None:
    """Only where the law asks for it, or where an opinion was given."""
    avis = avis_utilisable(procedure=v.procedure, au=v.au) if v.etat in EN_COURS else None
    permis = v.question.cadre if v.question else None
    niveaux = permis.niveaux if permis else ()
    requise = [n for n in niveaux if n.ep_requise]
    nature = NatureMesure(v.projet.nature) if v.projet else None
    if nature is not None:
        requise = [n for n in requise if n.type is nature]
    if avis is None and not requise and nature is not NatureMesure.SUPPRESSION:
        return None
    selon = "" if nature or len(requise) == len(niveaux) else " Seulement si une suppression est envisagée."
    etape = EtapeDossier(
        cle="avis", titre="Avis de l'équipe pluridisciplinaire", articles=articles_de("CASF L262-37"),
        moment=Moment.FAIT if avis else Moment.A_VENIR if nature or not selon else Moment.SANS_OBJET,
        phrase=f"La personne y est invitée et peut être assistée. Un avis ne décide pas.{selon}",
        manques=tuple(m for m in v.manques if m.etape is CleEtape.AVIS),
    )  # fmt: skip
    if avis is not None:
        etape.faits = [("Avis rendu", f"{avis.rendu_le:%d/%m/%Y}"), ("Sens", SensAvis(avis.sens).libelle)]
        etape.resume = f"{SensAvis(avis.sens).libelle}, le {avis.rendu_le:%d/%m/%Y}."
    elif v.etat in EN_COURS:
        _inscription(v, etape)
    if v.etat not in EN_COURS and avis is None:
        etape.moment = Moment.SANS_OBJET
    return etape


def _inscription(v: Vue, etape: EtapeDossier) -> None:
    """On which session the question stands, or the act that puts it there."""
    retires = (StatutPassage.RETIRE,)
    passage = (
        PassageEP.objects.filter(procedure=v.procedure).exclude(statut__in=retires).select_related("seance").last()
    )
    if passage is not None:
        etape.faits = [("Inscrit à la séance du", f"{jour(passage.seance.debut):%d/%m/%Y}, {passage.seance.lieu}")]
        url = reverse("ep_seance", args=[passage.seance_id])
        etape.actes = (
            [ActeOffert(libelle="Voir la séance", url=url, icone="equipe", tiroir=False)] if v.instruit else []
        )
    elif v.instruit and v.etat is E.CONTRADICTOIRE:
        etape.actes = [v.acte("inscrire", "Inscrire à une séance", "equipe", principal=True)]


def _decision(v: Vue) -> EtapeDossier:
    p = v.procedure
    fait = v.etat in (E.DECIDEE, E.NOTIFIEE, E.ANNULEE)
    etape = EtapeDossier(
        cle="decision", titre="Décision", articles=articles_de("CASF L262-37", "CRPA L211-2"),
        moment=Moment.FAIT if fait else Moment.SANS_OBJET if v.etat is E.CLOSE else Moment.A_VENIR,
        phrase="Une personne décide, pas un calcul, et ce n'est pas celle qui a instruit.",
    )  # fmt: skip
    if fait or v.etat is E.CLOSE:
        return etape
    if v.projet is not None:
        etape.faits = [("Projet", decrire_projet(v.projet)), ("Préparé par", str(v.projet.prepare_par))]
        etape.textes = [("Motifs du projet", v.projet.motifs, "motifs")]
    if v.etat is not E.CONTRADICTOIRE:
        return etape
    if p.contradictoire_jusquau and p.contradictoire_jusquau >= v.au:
        premier = premier_jour_de_decision(p.contradictoire_jusquau, jours=0)
        etape.faits.append(("Pas avant le", f"{premier:%d/%m/%Y}"))
    if v.instruit:
        libelle = "Modifier le projet" if v.projet else "Préparer la décision"
        etape.actes.append(v.acte("projet", libelle, "modifier", principal=not v.manques and v.projet is None))
    ailleurs = (*_ICI, CleEtape.AVIS)
    etape.manques = tuple(m for m in v.manques if m.etape not in ailleurs or m.code == "contradictoire")
    if len(etape.manques) < len(v.manques):
        etape.faits.append(("Avant de décider", "terminer les étapes ci-dessus"))
    if v.decide and v.projet is not None and not v.manques:
        etape.actes.append(v.acte("decider", "Décider", "decision", principal=True))
    elif v.projet is not None and not v.manques:
        etape.faits.append(("Prêt", "Toutes les étapes sont faites : un signataire peut décider."))
    return etape


def decrire_projet(projet: ProjetDecision) -> str:
    """A measure in mind, in words."""
    nature = NatureMesure(projet.nature)
    if nature is NatureMesure.FIN_DE_DROIT:
        return f"{nature.libelle}, à compter du {projet.debut:%d/%m/%Y}"
    part = f"{projet.taux} % de l'allocation" if projet.taux else f"{projet.montant} € par mois"
    return f"{nature.libelle} : {part}, {projet.mois} mois à compter du {projet.debut:%d/%m/%Y}"
