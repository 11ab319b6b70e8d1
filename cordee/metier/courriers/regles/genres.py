"""What each kind of letter requires: means, certain date, deadlines it states.

A decision whose date of reception is not certain starts no clock (C. trav. R5411-8-1): text messages, e-mails and
ordinary letters inform, they do not notify.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from cordee.metier.courriers.enums import GenreCourrier, MoyenRemise
from cordee.reglementation.delais import delai

M = MoyenRemise

MOYENS_A_DATE_CERTAINE = frozenset({M.LRAR, M.LRE, M.REMISE_MAIN_PROPRE, M.ESPACE_PERSONNEL})
MOYENS_POSTAUX = frozenset({M.LETTRE_SIMPLE, M.LRAR})
MOYENS_RECOMMANDES = frozenset({M.LRAR, M.LRE})
_SANS_SMS = frozenset(MoyenRemise) - {M.SMS}
_SANS_RECOMMANDE = frozenset(MoyenRemise) - MOYENS_RECOMMANDES


@dataclass(frozen=True, slots=True)
class RegleCourrier:
    """What one kind of letter requires.

    ``titre`` is the subject line and the title of the document: it must stay readable over a shoulder, so it names
    no benefit and no measure. ``delais`` are the ids of the deadlines the letter states, as `cordee.reglementation`
    knows them: the template receives their wording and never holds a duration of its own.
    """

    genre: GenreCourrier
    titre: str
    exige_date_certaine: bool
    moyens: frozenset[MoyenRemise]
    reference: str
    delais: tuple[str, ...] = ()
    delais_facultatifs: tuple[str, ...] = ()


_RECOURS = ("recours_prealable", "statuer_rapo", "recours_contentieux")

KIND_COURRIER: Mapping[GenreCourrier, RegleCourrier] = MappingProxyType(
    {
        regle.genre: regle
        for regle in (
            RegleCourrier(
                genre=GenreCourrier.CONVOCATION,
                titre="Votre rendez-vous",
                exige_date_certaine=False,
                moyens=frozenset(MoyenRemise),
                reference="Mission d'intérêt public d'accompagnement, CASF L262-27",
            ),
            RegleCourrier(
                genre=GenreCourrier.NOTIFICATION_ORIENTATION,
                titre="Votre accompagnement : décision d’orientation",
                exige_date_certaine=True,
                moyens=MOYENS_A_DATE_CERTAINE,
                reference="C. trav. R5411-8-1",
                delais=_RECOURS,
                delais_facultatifs=("contrat_engagement",),
            ),
            RegleCourrier(
                genre=GenreCourrier.NOMINATION_REFERENT,
                titre="La personne qui vous accompagne",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="CASF L262-27 ; C. trav. L5411-6 II 1°",
            ),
            RegleCourrier(
                genre=GenreCourrier.CONTRAT_ENGAGEMENT,
                titre="Contrat d’engagement",
                exige_date_certaine=True,
                moyens=frozenset({M.REMISE_MAIN_PROPRE, M.ESPACE_PERSONNEL}),
                reference="C. trav. L5411-6",
                delais=(*_RECOURS, "contradictoire"),
            ),
            RegleCourrier(
                genre=GenreCourrier.FEUILLE_DE_ROUTE,
                titre="Votre prochaine étape",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="Règle de service",
                delais_facultatifs=("recours_prealable",),
            ),
            RegleCourrier(
                genre=GenreCourrier.ATTESTATION_ACCOMPAGNEMENT,
                titre="Attestation d’accompagnement",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="Règle de service",
            ),
            RegleCourrier(
                genre=GenreCourrier.INVITATION,
                titre="Choisissez votre rendez-vous",
                exige_date_certaine=False,
                moyens=frozenset({M.LETTRE_SIMPLE, M.REMISE_MAIN_PROPRE, M.COURRIEL, M.SMS}),
                reference="Règle de service",
            ),
            RegleCourrier(
                genre=GenreCourrier.RAPPEL,
                titre="Votre rendez-vous approche",
                exige_date_certaine=False,
                moyens=frozenset({M.SMS, M.COURRIEL, M.ESPACE_PERSONNEL}),
                reference="Règle de service",
            ),
            RegleCourrier(
                genre=GenreCourrier.RENDEZ_VOUS_DEPLACE,
                titre="Votre rendez-vous change de date",
                exige_date_certaine=False,
                moyens=_SANS_RECOMMANDE,
                reference="Règle de service",
            ),
            RegleCourrier(
                genre=GenreCourrier.RENDEZ_VOUS_ANNULE,
                titre="Votre rendez-vous est annulé",
                exige_date_certaine=False,
                moyens=_SANS_RECOMMANDE,
                reference="Règle de service",
            ),
            RegleCourrier(
                genre=GenreCourrier.EXCUSES,
                titre="Nos excuses",
                exige_date_certaine=False,
                moyens=_SANS_RECOMMANDE,
                reference="Règle de service",
            ),
            RegleCourrier(
                genre=GenreCourrier.PRISE_DE_NOUVELLES,
                titre="Prenons des nouvelles",
                exige_date_certaine=False,
                moyens=_SANS_RECOMMANDE,
                reference="Règle de service",
            ),
            RegleCourrier(
                genre=GenreCourrier.REFUS_REORIENTATION,
                titre="Votre accompagnement : réponse à votre demande",
                exige_date_certaine=True,
                moyens=MOYENS_A_DATE_CERTAINE,
                reference="C. trav. D5411-8-2",
                delais=_RECOURS,
            ),
            RegleCourrier(
                genre=GenreCourrier.CONVOCATION_EP,
                titre="Vous pouvez être entendu",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="CASF L262-37 III et L262-39",
            ),
            RegleCourrier(
                genre=GenreCourrier.SUITE_EP,
                titre="Votre situation a été examinée",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="CASF L262-39",
            ),
            RegleCourrier(
                genre=GenreCourrier.EXPLICATION_PROPOSITION,
                titre="Comment votre orientation a été proposée",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="CRPA L311-3-1 et R311-3-1-2",
                delais=(*_RECOURS, "saisir_cada"),
            ),
            RegleCourrier(
                genre=GenreCourrier.GRIEFS,
                titre="Votre accompagnement : nous voulons vous entendre",
                exige_date_certaine=True,
                moyens=MOYENS_A_DATE_CERTAINE,
                reference="CASF L262-37 III ; CRPA L122-1 et L122-2",
            ),
            RegleCourrier(
                genre=GenreCourrier.AUDITION,
                titre="Votre rendez-vous",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="CASF L262-37 III ; CRPA L122-1",
            ),
            RegleCourrier(
                genre=GenreCourrier.COMMUNICATION_DOSSIER,
                titre="Votre dossier",
                exige_date_certaine=False,
                moyens=_SANS_SMS - {M.COURRIEL},
                reference="CRPA L122-2",
            ),
            RegleCourrier(
                genre=GenreCourrier.CLASSEMENT,
                titre="Votre accompagnement continue",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="CASF L262-37",
            ),
            *(
                RegleCourrier(
                    genre=genre,
                    titre="Une décision vous concernant",
                    exige_date_certaine=True,
                    moyens=MOYENS_A_DATE_CERTAINE,
                    reference=reference,
                    delais=_RECOURS,
                )
                for genre, reference in (
                    (GenreCourrier.DECISION_SUSPENSION, "CASF L262-37, R262-68 et R262-68-1 ; CRPA L211-2"),
                    (GenreCourrier.DECISION_SUPPRESSION, "CASF L262-37 II et III ; CRPA L211-2"),
                    (GenreCourrier.DECISION_FIN_DE_DROIT, "CASF L262-38 et R262-40 3° ; CRPA L211-2"),
                )
            ),
            RegleCourrier(
                genre=GenreCourrier.LEVEE_MESURE,
                titre="Votre situation est rétablie",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="CASF R262-68 et R262-68-1",
            ),
            RegleCourrier(
                genre=GenreCourrier.ACCUSE_RECOURS,
                titre="Votre demande de réexamen est bien arrivée",
                exige_date_certaine=False,
                moyens=_SANS_SMS,
                reference="CRPA L112-3 et R112-5 ; CASF L262-47",
                delais=("statuer_rapo", "recours_contentieux"),
            ),
            RegleCourrier(
                genre=GenreCourrier.REPONSE_RECOURS,
                titre="Réponse à votre demande de réexamen",
                exige_date_certaine=True,
                moyens=MOYENS_A_DATE_CERTAINE,
                reference="CASF L262-47 ; CRPA L411-7",
                delais=("recours_contentieux",),
            ),
        )
    }
)


def moyens_admis(genre: GenreCourrier, *, contact_discret: bool = False) -> frozenset[MoyenRemise]:
    """The means by which this kind of letter may go out.

    ``contact_discret`` (violence at home): nothing reaches the home, neither by post nor on a phone others read.

    >>> sorted(m.value for m in moyens_admis(GenreCourrier.NOTIFICATION_ORIENTATION, contact_discret=True))
    ['espace_personnel', 'remise_main_propre']
    """
    moyens = KIND_COURRIER[genre].moyens
    return moyens & {M.REMISE_MAIN_PROPRE, M.ESPACE_PERSONNEL} if contact_discret else moyens


def delais_du_courrier(genre: GenreCourrier, *, au: date, avec: Iterable[str] = ()) -> dict[str, str]:
    """The deadlines a letter states, worded in figures, as the rules in force on that day set them.

    Args:
        avec: ids among the optional ones of the kind (``contrat_engagement`` only for the bodies it binds, 1° to 4° of
            C. trav. L5411-5-1 IV).

    Raises:
        ValueError: an id the kind does not know, or a mere objective: no letter may cite one as an obligation.
        DelaiInconnu: no such rule on that day.

    >>> delais_du_courrier(GenreCourrier.FEUILLE_DE_ROUTE, au=date(2026, 2, 17), avec=["recours_prealable"])
    {'recours_prealable': '2 mois'}
    """
    regle = KIND_COURRIER[genre]
    choisis = tuple(avec)
    if inconnus := set(choisis) - set(regle.delais_facultatifs):
        raise ValueError(f"{genre} does not state {sorted(inconnus)}")
    enonces = {}
    for nom in (*regle.delais, *choisis):
        version = delai(nom, au=au)
        if not version.nature.opposable:
            raise ValueError(f"{nom} is an objective: a letter cannot state it")
        enonces[nom] = f"{version.valeur} {version.unite.libelle}"
    return enonces
