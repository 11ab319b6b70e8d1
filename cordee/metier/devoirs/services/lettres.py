"""What the letters of a procedure say: plain French, facts and rules in full sentences, the article under each.

Subjects and envelopes name no benefit and no measure (V12, ``courriers.regles.genres``); the letter itself says
everything, to her alone and to her representative (E28). No share is suggested, no threat is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.courriers.regles import date_fr
from cordee.metier.devoirs.enums import GenreRecours, IssueRecours, MotifSansSuite, NatureMesure, TypeManquement
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure, Recours
from cordee.metier.devoirs.selectors.contexte import Qualification
from cordee.metier.organismes.models import Agent
from cordee.reglementation.enums import Unite
from cordee.reglementation.redaction import date_en_toutes_lettres, duree_en_mots
from cordee.reglementation.regimes import Niveau, pour_cent, regime
from cordee.socle.horloge import jour

VERSION: Final = "2026-11"
"""Version of these sentences, printed beside the rule they cite."""
_FAITS: Final = {
    TypeManquement.REFUS_CONTRAT: "Vous avez refusé d’élaborer ou d’actualiser votre contrat d’engagement.",
    TypeManquement.NON_RESPECT_CONTRAT: "Un engagement écrit dans votre contrat n’a pas été tenu.",
    TypeManquement.REFUS_CONTROLE: "Vous avez refusé un contrôle prévu par la loi.",
    TypeManquement.CONTRAT_NON_ETABLI: "Votre contrat n’a pas été établi dans le délai prévu.",
    TypeManquement.RADIATION_OPERATEUR: "Vous avez été radié de la liste des demandeurs d’emploi.",
}
_REPONDRE: Final = (
    "répondre par écrit, par lettre ou courriel, ou en remettant votre réponse à l’accueil ;",
    "demander un rendez-vous pour vous expliquer de vive voix ;",
    "être assisté par la personne de votre choix, un avocat, une association, ou vous faire représenter ;",
    "demander à voir votre dossier, gratuitement.",
)


def donnees_griefs(
    procedure: Procedure, manquements: Iterable[Manquement], question: Qualification, *, jours: int, par: Agent,
    remise_le: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The facts, what the law allows, and everything she may do before anything is decided (CRPA L122-1, L122-2)."""
    lus = list(manquements)
    permis = question.cadre
    sections: list[dict[str, Any]] = [
        {"titre": "Ce que nous avons noté", "points": [_fait(m) for m in lus]},
        {
            "titre": "Ce que vous pouvez faire",
            "textes": [
                f"Vous avez {duree_en_mots(jours, Unite.JOURS)} à partir du jour où vous recevez cette lettre. Vous "
                "pouvez :"
            ],
            "points": list(_REPONDRE),
        },
        {
            "titre": "S’il y a une raison, dites-la nous",
            "textes": [
                "Santé, garde d’un enfant ou d’un proche, logement, transport, emploi, courrier non reçu, situation de "
                "danger : une raison légitime arrête tout. Nous vous aiderons à en apporter la preuve. Aucun détail "
                "médical ne vous est demandé.",
                "Si vous ne répondez pas, cela ne veut pas dire que vous reconnaissez les faits : nous examinerons "
                "quand même votre situation.",
            ],
        },
        {"titre": "Ce qui peut être décidé", "textes": [_possible(permis.niveaux) if permis else "", _REPARER]},
    ]  # fmt: skip
    contenu = _commun(
        par, ouverture=[
            "Nous avons besoin de votre réponse avant de décider quoi que ce soit. Rien n’est décidé aujourd’hui, et "
            "votre accompagnement continue.",
        ], sections=sections, textes=_articles(procedure, question.regime.retenu), main_propre=remise_le is not None,
        contact=procedure.responsable, reponse=True,
    )  # fmt: skip
    if remise_le is not None:
        contenu["remise_le"] = remise_le
    return contenu


_REPARER: Final = (
    "Il est encore temps : si vous faites ce qui manquait, la procédure s’arrête ou la décision en tient compte."
)


def donnees_audition(procedure: Procedure, *, quand: datetime, lieu: str, par: Agent) -> dict[str, Any]:
    """When and where she is heard, with whom she wants."""
    return _commun(
        par, ouverture=["Vous pouvez venir vous expliquer de vive voix avant toute décision."],
        fiche=[
            {"icone": "quand", "libelle": "Quand", "valeur": quand},
            {"icone": "ou", "libelle": "Où", "valeur": lieu},
        ],
        sections=[
            {
                "titre": "Comment cela se passe",
                "textes": [
                    "Vous parlez de votre situation avec la personne qui suit votre dossier. Ce que vous dites est "
                    "noté et relu avec vous. Vous pouvez venir avec la personne de votre choix, ou demander un "
                    "interprète.",
                    "Si cette date ne vous convient pas, prévenez-nous : une autre vous sera proposée.",
                ],
            },
        ],
        textes=_articles(procedure, procedure.regime),
    )  # fmt: skip


def donnees_communication(procedure: Procedure, *, pieces: Iterable[str], par: Agent) -> dict[str, Any]:
    """Her file, handed over (CRPA L122-2)."""
    return _commun(
        par, ouverture=["Vous avez demandé à voir votre dossier. En voici une copie."],
        sections=[{"titre": "Ce que contient l’envoi", "points": list(pieces)}],
        textes="Texte : article L. 122-2 du code des relations entre le public et l’administration.",
    )  # fmt: skip


def donnees_classement(procedure: Procedure, *, motif: MotifSansSuite, explication: str, par: Agent) -> dict[str, Any]:
    """Nothing is held against her, and the accompaniment goes on."""
    raisons = {
        MotifSansSuite.MOTIF_LEGITIME: "La raison que vous avez donnée est légitime.",
        MotifSansSuite.REGULARISATION: "Ce qui manquait est fait.",
        MotifSansSuite.FAITS_NON_ETABLIS: "Les faits ne sont pas établis.",
        MotifSansSuite.PROCEDURE_IRREGULIERE: "Nous n’avons pas respecté la procédure.",
        MotifSansSuite.OPPORTUNITE: "Aucune mesure n’est prise : nous préférons avancer avec vous.",
        MotifSansSuite.SANS_OBJET: "La procédure n’a plus d’objet.",
    }
    textes = [raisons.get(motif, "La procédure est close."), *([explication] if explication else [])]
    return _commun(
        par, ouverture=["Nous vous avons écrit au sujet de votre accompagnement. Rien n’est retenu contre vous."],
        sections=[
            {"titre": "Pourquoi", "textes": textes},
            {"titre": "Et maintenant", "textes": ["Votre accompagnement continue. Vous n’avez rien à faire."]},
        ],
        textes=_articles(procedure, procedure.regime),
    )  # fmt: skip


def donnees_decision(mesure: MesureDecidee, *, par: Agent, remise_le: date | None = None) -> dict[str, Any]:
    """The decision: what, from when, why in full, how it ends, and the remedies (CRPA L211-2 and L211-5)."""
    nature = NatureMesure(mesure.nature)
    contenu = _commun(
        par, ouverture=[_ce_qui_est_decide(mesure)], fiche=_points_de_la_mesure(mesure),
        contact=mesure.procedure.responsable if mesure.procedure else None,
        sections=[
            {"titre": "Pourquoi", "textes": [p for p in mesure.motifs.split("\n") if p.strip()]},
            {"titre": "Comment cela se termine", "textes": _fin(mesure)},
            {"titre": "Votre accompagnement continue", "textes": [_ACCOMPAGNEMENT]},
        ],
        textes=_articles(mesure.procedure, mesure.regime), main_propre=remise_le is not None, recours=True,
        decision={"le": mesure.decidee_le, "nature": str(nature), "rang": mesure.rang, "preuve": mesure.preuve},
    )  # fmt: skip
    if remise_le is not None:
        contenu["remise_le"] = remise_le
    return contenu


_ACCOMPAGNEMENT: Final = (
    "La personne qui vous accompagne reste la vôtre. Elle va vous proposer de vous voir dans les quinze jours pour "
    "chercher avec vous comment repartir. Vous pouvez l’appeler sans attendre."
)


def donnees_levee(mesure: MesureDecidee, *, par: Agent) -> dict[str, Any]:
    """The suspension ends: since when, and what is paid back."""
    effet = mesure.levee_le or mesure.debut
    rembourse = "Aucune somme n’avait encore été suspendue."
    if mesure.retroactif_mois:
        limite = duree_en_mots(mesure.retroactif_mois, Unite.MOIS)
        rembourse = f"Les sommes suspendues vous sont versées, dans la limite de {limite}."
    return _commun(
        par, ouverture=[f"Vous avez fait ce qui manquait : la suspension prend fin à compter du {date_fr(effet)}."],
        sections=[
            {
                "titre": "Ce qui change",
                "textes": [
                    "Nous le disons à l’organisme qui vous paie. Votre allocation est versée en entier.",
                    rembourse,
                ],
            },
        ],
        textes=_articles(mesure.procedure, mesure.regime),
    )  # fmt: skip


def donnees_accuse(recours: Recours, *, par: Agent) -> dict[str, Any]:
    """That her appeal has arrived, who answers and by when (CRPA L112-3, R112-5)."""
    devant = GenreRecours(recours.genre)
    return _commun(
        par, ouverture=[
            f"Votre demande de réexamen est arrivée le {date_fr(recours.recu_le)}. Nous vous répondrons au plus tard "
            f"le {date_fr(recours.repondre_avant)}.",
        ],
        sections=[
            {
                "titre": "Ce qui se passe pendant ce temps",
                "textes": [
                    "Une personne qui n’a pas pris la décision relit votre dossier. La décision s’applique en "
                    "attendant. Si elle est annulée, l’argent retiré vous est rendu en entier.",
                ],
            },
        ],
        textes=f"{devant.libelle} : articles L. 262-47 du code de l’action sociale et des familles, L. 112-3 et "
        "L. 411-7 du code des relations entre le public et l’administration.",
    )  # fmt: skip


def donnees_reponse(recours: Recours, *, par: Agent) -> dict[str, Any]:
    """What is decided of her appeal, why, and the court."""
    oui = recours.issue == IssueRecours.ACCUEILLI
    phrase = (
        "Votre demande est acceptée : la décision est annulée. L’argent retiré vous est rendu en entier, et cette "
        "décision ne compte plus."
        if oui else "Votre demande n’est pas acceptée : la décision est maintenue."
    )  # fmt: skip
    sections: list[dict[str, Any]] = [
        {"titre": "Pourquoi", "textes": [p for p in recours.motifs.split("\n") if p.strip()]},
    ]
    return _commun(
        par,
        ouverture=[f"Vous avez demandé le {date_fr(recours.recu_le)} que votre situation soit réexaminée.", phrase],
        sections=sections, favorable=oui,
        textes="Textes : articles L. 262-47 du code de l’action sociale et des familles, R. 421-1 du code de justice "
        "administrative.",
    )  # fmt: skip


# Parts ---------------------------------------------------------------------------------------------------------------
def _commun(
    par: Agent, *, ouverture: list[str], sections: list[dict[str, Any]], textes: str,
    fiche: list[dict[str, Any]] | None = None, contact: Agent | None = None, **autres: Any,
) -> dict[str, Any]:  # fmt: skip
    """``contact``: who answers questions, when it is not who signs."""
    tete = expediteur()
    qui = contact or par
    coordonnees = {cle: getattr(qui, cle) or tete.get(cle, "") for cle in ("telephone", "courriel")}
    joindre = {cle: valeur for cle, valeur in coordonnees.items() if valeur}
    contenu: dict[str, Any] = {
        "departement": tete, "ouverture": ouverture,
        "sections": [
            {"titre": s["titre"], "textes": [t for t in s.get("textes", ()) if t], "points": s.get("points", [])}
            for s in sections
        ],
        "joindre": joindre, "regle": {"textes": textes, "version": VERSION},
        "signataire": {"pour": f"Pour {tete.get('decideur', '')}, par délégation", "nom": str(par)},
    }  # fmt: skip
    if fiche:
        contenu["fiche"] = fiche
    return contenu | {cle: valeur for cle, valeur in autres.items() if valeur}


def _articles(procedure: Procedure | None, code: str) -> str:
    """The rule that applies, by name and article: the letter keeps what it cited on its day."""
    regle = regime(code) if code else None
    articles: list[str] = []
    if regle is not None and procedure is not None:
        connu = regle.manquement(TypeManquement(procedure.type))
        articles = [regle.reference, *(connu.articles if connu else ())]
    cites = ", ".join(dict.fromkeys(articles)) or "CASF L262-37"
    return f"Textes : {cites} ; CRPA L121-1, L122-1, L122-2 et L211-2."


def _fait(m: Manquement) -> str:
    quand = date_en_toutes_lettres(m.faits_du)
    if m.faits_au and m.faits_au != m.faits_du:
        quand = f"{quand} au {date_en_toutes_lettres(m.faits_au)}"
        quand = f"Du {quand}"
    else:
        quand = f"Le {quand}"
    engagement = f" L’engagement concerné : « {m.engagement.texte} »." if m.engagement else ""
    detail = f" {m.description.strip()}" if m.description.strip() else ""
    return f"{quand}. {_FAITS[TypeManquement(m.type)]}{engagement}{detail}"


def _possible(niveaux: Iterable[Niveau]) -> str:
    """What the law allows for this household: the interval, never a choice inside it."""
    morceaux = []
    for n in niveaux:
        duree = (
            f"{n.duree_min_mois} à {n.duree_max_mois} mois" if n.duree_min_mois != n.duree_max_mois
            else f"{n.duree_max_mois} mois"
        )  # fmt: skip
        part = f"jusqu’à {n.montant_max} € par mois" if n.montant_max is not None else (
            f"de {pour_cent(n.quotite_min)} à {pour_cent(n.quotite_max)} de l’allocation"
            if n.quotite_min and n.quotite_max else "d’une part de l’allocation"
        )  # fmt: skip
        morceaux.append(f"une {n.type.libelle.lower()} {part}, pendant {duree}")
    if not morceaux:
        return ""
    return f"Pour ces faits, la loi permet {', ou '.join(morceaux)}. Elle ne l’impose pas."


def _ce_qui_est_decide(m: MesureDecidee) -> str:
    nature = NatureMesure(m.nature)
    if nature is NatureMesure.FIN_DE_DROIT:
        return f"Après avoir examiné votre situation, il est mis fin à votre droit à compter du {date_fr(m.debut)}."
    verbe = {
        NatureMesure.SUSPENSION: "suspendue", NatureMesure.REDUCTION: "réduite", NatureMesure.SUPPRESSION: "supprimée",
    }[nature]  # fmt: skip
    part = f"{m.taux} % de votre allocation" if m.taux is not None else f"une somme de {m.montant} € par mois"
    part = "votre allocation" if m.taux == 100 else part
    return (
        f"Après avoir examiné votre situation et ce que vous avez pu en dire, il est décidé que {part} est {verbe} "
        f"pendant {duree_en_mots(m.mois or 1, Unite.MOIS)}, à compter du {date_fr(m.debut)}."
    )


def _points_de_la_mesure(m: MesureDecidee) -> list[dict[str, Any]]:
    points: list[dict[str, Any]] = [{"icone": "quand", "libelle": "À compter du", "valeur": m.debut}]
    if m.fin is not None and m.nature != NatureMesure.FIN_DE_DROIT:
        points.append({"icone": "quand", "libelle": "Reprise du versement au plus tard le", "valeur": m.fin})
    return points


def _fin(m: MesureDecidee) -> list[str]:
    nature = NatureMesure(m.nature)
    if nature is NatureMesure.SUSPENSION:
        conditions = m.conditions.strip() or (
            "Dès que vous élaborez ou actualisez votre contrat, la suspension s’arrête."
            if m.type == TypeManquement.REFUS_CONTRAT
            else "Dès que vous reprenez, en tout ou partie, ce qui était convenu avec votre référent, elle s’arrête."
        )
        return [
            f"{conditions} Ce n’est pas une faveur : la loi l’impose. Les sommes suspendues vous sont alors versées "
            "dans les limites prévues.",
        ]  # fmt: skip
    if nature is NatureMesure.FIN_DE_DROIT:
        return [
            "Un membre de votre foyer qui a signé un contrat peut demander que cette fin soit reportée de six mois. "
            "Vous pouvez aussi déposer une nouvelle demande à tout moment : un nouvel accompagnement commencera.",
        ]  # fmt: skip
    fin = f"Le versement reprend au plus tard le {date_fr(m.fin)}." if m.fin else "Le versement reprend au terme fixé."
    radiation = (
        ["Il est aussi proposé à l’opérateur de l’emploi de vous radier de sa liste pendant ce temps."]
        if m.radiation_proposee else []
    )  # fmt: skip
    return [fin, *radiation]


def preuve(procedure: Procedure, le: datetime) -> str:
    """Reference of a decision: the year, the procedure."""
    return f"DD-{jour(le):%Y}-{procedure.pk:06d}"
