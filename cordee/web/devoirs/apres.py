"""The steps after a decision: notification, paying body, lifting or term, appeals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from cordee.metier.courriers.selectors import courriers_de_l_objet
from cordee.metier.devoirs.enums import (
    ConstatCaisse,
    EtatTransmission,
    GenreLigne,
    GenreRecours,
    IssueRecours,
    MotifLevee,
    NatureMesure,
    StatutMesure,
)
from cordee.metier.devoirs.models import MesureDecidee, Recours
from cordee.metier.devoirs.selectors.transmission import echos_des_mesures, lignes_par_mesure
from cordee.reglementation.delais import echeance
from cordee.reglementation.regimes import Manquement, TypeManquement, regime
from cordee.web.devoirs.etapes import ActeOffert, EtapeDossier, Horloge, Moment, articles_de

SUSPENSIVES = (NatureMesure.SUSPENSION, NatureMesure.REDUCTION)


def etapes(mesure: MesureDecidee, *, instruit: bool, decide: bool, au: date) -> list[EtapeDossier]:
    """Everything that follows a decision, in order."""
    recours = list(Recours.objects.filter(mesure=mesure).order_by("recu_le"))
    return [
        _decidee(mesure, decide=decide), _notification(mesure, instruit=instruit), _transmission(mesure),
        _suite(mesure, instruit=instruit, au=au), _recours(mesure, recours, instruit=instruit, decide=decide, au=au),
    ]  # fmt: skip


def _acte(mesure: MesureDecidee, cle: str, libelle: str, icone: str, *, principal: bool = False) -> ActeOffert:
    return ActeOffert(
        libelle=libelle, url=reverse("mesure_acte", args=[mesure.pk, cle]), icone=icone, principal=principal
    )


def decrire(mesure: MesureDecidee) -> str:
    """A decision in words."""
    nature = NatureMesure(mesure.nature)
    if nature is NatureMesure.FIN_DE_DROIT:
        return f"{nature.libelle}, à compter du {mesure.debut:%d/%m/%Y}"
    part = f"{mesure.taux} % de l'allocation" if mesure.taux else f"{mesure.montant} € par mois"
    return f"{nature.libelle} : {part}, {mesure.mois} mois à compter du {mesure.debut:%d/%m/%Y}"


def _decidee(mesure: MesureDecidee, *, decide: bool) -> EtapeDossier:
    etape = EtapeDossier(
        cle="decision", titre="Décision", moment=Moment.FAIT, articles=articles_de("CASF L262-37", "CRPA L211-2"),
        faits=[
            ("Décidé", decrire(mesure)), ("Par", f"{mesure.decideur}, le {mesure.decidee_le:%d/%m/%Y}"),
            ("Référence", mesure.preuve),
        ],
        textes=[("Motifs", mesure.motifs, "motifs")], resume=f"{decrire(mesure)}.",
    )  # fmt: skip
    if mesure.statut == StatutMesure.ANNULEE:
        quand = f"le {mesure.annulee_le:%d/%m/%Y} " if mesure.annulee_le else ""
        etape.faits.append(("Annulée", f"{quand}: elle ne compte plus"))
    elif decide and mesure.statut != StatutMesure.ANNULEE:
        etape.actes = [_acte(mesure, "annuler", "Annuler la décision", "abandon")]
    return etape


def _notification(mesure: MesureDecidee, *, instruit: bool) -> EtapeDossier:
    lettres = [c for c in courriers_de_l_objet("mesure", mesure.pk) if c.genre.startswith("decision")]
    etape = EtapeDossier(
        cle="notification", titre="La décision est notifiée",
        moment=Moment.FAIT if mesure.notifiee_le else Moment.A_VENIR, lettres=lettres,
        articles=articles_de("CASF L262-47"),
        phrase="La décision n'a d'effet qu'à sa réception à une date certaine. Les recours partent de ce jour.",
    )  # fmt: skip
    if mesure.notifiee_le:
        etape.faits = [("Notifiée à date certaine", f"{mesure.notifiee_le:%d/%m/%Y}")]
        etape.resume = f"Notifiée le {mesure.notifiee_le:%d/%m/%Y}."
    elif mesure.statut != StatutMesure.DECIDEE:
        etape.moment = Moment.SANS_OBJET
    elif instruit:
        if mesure.notification_id:
            etape.actes.append(_acte(mesure, "reception", "Noter la réception", "courrier", principal=True))
        etape.actes.append(
            _acte(mesure, "notifier", "Envoyer de nouveau" if mesure.notification_id else "Notifier", "envoyer",
                  principal=not mesure.notification_id)
        )  # fmt: skip
    return etape


def _transmission(mesure: MesureDecidee) -> EtapeDossier:
    etape = EtapeDossier(
        cle="transmission", titre="L'organisme payeur applique", articles=articles_de("CASF L262-16"),
        moment=Moment.FAIT if mesure.transmise_le or mesure.vue_le else Moment.A_VENIR,
        phrase="Transmise par la liste du mois ; les fichiers suivants disent si elle est appliquée.",
    )  # fmt: skip
    if mesure.transmise_le:
        etape.resume = f"Transmise le {mesure.transmise_le:%d/%m/%Y}."
        etape.faits.append(("Transmise", f"{mesure.transmise_le:%d/%m/%Y}"))
    for ligne in lignes_par_mesure([mesure.pk])[mesure.pk]:
        suite = EtatTransmission(ligne.etat).libelle.lower()
        etape.faits.append((GenreLigne(ligne.genre).libelle, f"à partir de {ligne.effet:%m/%Y} : {suite}"))
    echo = echos_des_mesures([mesure.pk]).get(mesure.pk)
    if echo is not None:
        constat = ConstatCaisse(echo.constat)
        etape.faits.append((f"Fichier du {echo.reference_le:%d/%m/%Y}", f"{constat.libelle}. {constat.description}"))
    elif mesure.vue_le:
        etape.faits.append(("Appliquée d'après le fichier du", f"{mesure.vue_le:%d/%m/%Y}"))
    if mesure.statut != StatutMesure.DECIDEE and not mesure.transmise_le:
        etape.moment = Moment.SANS_OBJET
    if mesure.notifiee_le:
        etape.actes = [ActeOffert(libelle="Listes à la caisse", url=reverse("caisse"), icone="echange", tiroir=False)]
    return etape


def _suite(mesure: MesureDecidee, *, instruit: bool, au: date) -> EtapeDossier:
    nature = NatureMesure(mesure.nature)
    if nature is NatureMesure.FIN_DE_DROIT:
        return _fin_de_droit(mesure, instruit=instruit)
    levable = nature in SUSPENSIVES
    etape = EtapeDossier(
        cle="levee", titre="Levée, ou terme" if levable else "Terme", moment=Moment.A_VENIR,
        phrase=_ce_qui_leve(mesure) if levable else "Une suppression ne se lève pas : elle finit à son terme, par un "
        "retrait, un recours ou un juge.",
        articles=articles_de(*_articles(mesure)),
        lettres=[c for c in courriers_de_l_objet("mesure", mesure.pk) if c.genre == "levee_mesure"],
    )  # fmt: skip
    if mesure.conditions:
        etape.textes = [("Ce qui suffit, fixé avec le référent", mesure.conditions, "conditions")]
    if mesure.conforme_le:
        etape.faits.append(("En règle depuis le", f"{mesure.conforme_le:%d/%m/%Y}"))
    statut = StatutMesure(mesure.statut)
    if statut is StatutMesure.DECIDEE:
        if mesure.fin:
            etape.horloge = Horloge(libelle="Terme de la mesure", date=mesure.fin)
        if instruit:
            etape.actes = _actes_de_fin(mesure, levable=levable, au=au)
        return etape
    etape.moment = Moment.SANS_OBJET if statut is StatutMesure.ANNULEE else Moment.FAIT
    if mesure.levee_le:
        etape.resume = f"Levée à compter du {mesure.levee_le:%d/%m/%Y}."
        etape.faits.append(("Levée à compter du", f"{mesure.levee_le:%d/%m/%Y}"))
        etape.faits.append(("Pourquoi", MotifLevee(mesure.motif_levee).libelle))
        rendus = mesure.retroactif_mois or 0
        etape.faits.append(("Remboursé", f"{rendus} mois" if rendus else "rien n'avait encore été retiré"))
    if mesure.terminee_le:
        etape.resume = f"Terme constaté le {mesure.terminee_le:%d/%m/%Y}."
        etape.faits.append(("Terme constaté", f"{mesure.terminee_le:%d/%m/%Y}"))
    return etape


def _actes_de_fin(mesure: MesureDecidee, *, levable: bool, au: date) -> list[ActeOffert]:
    actes = []
    finie = mesure.fin is not None and au >= mesure.fin
    if levable and not finie:
        due = mesure.conforme_le is not None
        actes.append(_acte(mesure, "lever", "Lever la suspension", "reprendre", principal=due))
        if mesure.conforme_le is None:
            actes.append(_acte(mesure, "conformite", "Elle s'est mise en règle", "succes"))
        if mesure.type == TypeManquement.NON_RESPECT_CONTRAT:
            actes.append(_acte(mesure, "conditions", "Fixer ce qui la lèvera", "cocher"))
    if finie:
        actes.append(_acte(mesure, "terme", "Constater le terme", "historique", principal=True))
    return actes


def _fin_de_droit(mesure: MesureDecidee, *, instruit: bool) -> EtapeDossier:
    etape = EtapeDossier(
        cle="fin", titre="Fin du droit", moment=Moment.A_VENIR, articles=articles_de("CASF R262-40 3°"),
        phrase="Un membre du foyer qui a signé un contrat peut demander un report de six mois. Une nouvelle demande "
        "reste possible à tout moment.",
    )  # fmt: skip
    if mesure.reportee_jusquau:
        etape.faits = [("Reportée au", f"{mesure.reportee_jusquau:%d/%m/%Y}")]
    elif instruit and mesure.statut == StatutMesure.DECIDEE:
        etape.actes = [_acte(mesure, "reporter", "Reporter de six mois", "pause")]
    return etape


def _connu(mesure: MesureDecidee) -> Manquement | None:
    """The breach as the regime of the decision knows it."""
    if not (mesure.regime and mesure.type):
        return None
    return regime(mesure.regime).manquement(TypeManquement(mesure.type))


def _ce_qui_leve(mesure: MesureDecidee) -> str:
    manquement = _connu(mesure)
    return manquement.levee if manquement else "La suspension prend fin dès que la personne fait ce qui manquait."


def _articles(mesure: MesureDecidee) -> tuple[str, ...]:
    manquement = _connu(mesure)
    return manquement.articles if manquement else ("CASF L262-37",)


def _recours(
    mesure: MesureDecidee, recours: Sequence[Recours], *, instruit: bool, decide: bool, au: date
) -> EtapeDossier:
    attend = [r for r in recours if not r.issue]
    etape = EtapeDossier(
        cle="recours", titre="Recours", articles=articles_de("CASF L262-47"),
        moment=Moment.COURANTE if attend else Moment.FAIT if recours else Moment.SANS_OBJET,
        mot="En attente de réponse" if attend else "",
        phrase="Deux mois à compter de la notification. Un recours n'arrête pas la mesure ; accueilli, il l'efface.",
        lettres=[c for r in recours for c in courriers_de_l_objet("recours", r.pk)],
    )  # fmt: skip
    for r in recours:
        suite = IssueRecours(r.issue).libelle if r.issue else "en attente de réponse"
        etape.faits.append((GenreRecours(r.genre).libelle, f"reçu le {r.recu_le:%d/%m/%Y} : {suite}"))
        if r.arguments:
            etape.textes.append(("Ce que dit la personne", r.arguments, "recours"))
        if r.motifs:
            etape.textes.append(("Motifs de la réponse", r.motifs, "motifs"))
        if not r.issue:
            etape.horloge = Horloge(libelle="Réponse due", date=r.repondre_avant)
            if decide:
                url = reverse("recours_acte", args=[r.pk, "statuer"])
                etape.actes.append(ActeOffert(libelle="Répondre au recours", url=url, icone="decision", principal=True))
    if mesure.notifiee_le and not recours:
        terme = echeance("recours_prealable", depuis=mesure.notifiee_le).expiration
        etape.faits.append(("Possible jusqu'au", f"{terme:%d/%m/%Y}"))
        etape.mot = "Possible" if terme >= au else "Délai passé"
    if instruit and mesure.notifiee_le and mesure.statut != StatutMesure.ANNULEE and not attend:
        etape.actes.append(_acte(mesure, "recours", "Enregistrer un recours", "commentaire"))
    return etape
