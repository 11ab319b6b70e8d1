"""Files of droits et devoirs for the judgement of pages: one to examine, one where the person may answer."""

from __future__ import annotations

from django.urls import reverse

from cordee.metier.contrats.enums import Engage
from cordee.metier.contrats.models import Engagement
from cordee.metier.courriers.enums import MoyenRemise
from cordee.metier.devoirs import services
from cordee.metier.devoirs.enums import FormeObservation, MotifLegitime, TypeManquement
from cordee.metier.devoirs.models import Manquement, Procedure
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from cordee.reglementation.autres_droits import SuiteDroit, autres_droits
from tests.fabriques import MAINTENANT


def des_dossiers(suivie: Personne, *, referente: Agent, instruit: Agent) -> None:
    """The person under contract: a report in a procedure, and a second one that nobody has looked at."""
    engagement = Engagement.objects.filter(contrat__personne=suivie, engage=Engage.PERSONNE).first()
    signales = [
        services.signaler_manquement(
            personne=suivie, type=TypeManquement.NON_RESPECT_CONTRAT, faits_du=MAINTENANT.date(), engagement=engagement,
            description="Absente à deux ateliers.", demarches_accomplies="Trois appels, une autre date proposée.",
            par=referente, le=MAINTENANT,
        )
        for _ in range(2)
    ]  # fmt: skip
    sien = {"par": instruit, "le": MAINTENANT}
    services.examiner_motif(
        manquement=signales[0], motif=MotifLegitime.AUCUN, retenu=False, elements="Deux appels, une lettre.", **sien
    )
    droits = {droit.id: SuiteDroit.A_DEMANDER for droit in autres_droits()}
    services.verifier_droits(manquement=signales[0], constats=droits, **sien)
    procedure = services.ouvrir_procedure(personne=suivie, manquements=[signales[0]], **sien)
    services.notifier_griefs(procedure=procedure, moyen=MoyenRemise.REMISE_MAIN_PROPRE, **sien)
    services.recevoir_observation(
        procedure=procedure, forme=FormeObservation.ECRITE, texte="Mon fils était malade.", recue_le=MAINTENANT.date(),
        **sien,
    )  # fmt: skip


def pages_des_devoirs() -> list[tuple[str, str]]:
    """(role, address): the lists, both kinds of file, one form of each shape."""
    procedure = Procedure.objects.filter(observations__isnull=False).latest("pk")
    manquement = Manquement.objects.filter(procedure__isnull=True).latest("pk")
    return [
        ("devo", reverse("devoirs") + "?onglet=procedures"),
        ("devo", reverse("devoirs_simulateur") + "?faits=2026-02-02&decision=2026-02-17&foyer=3&rang=2"),
        ("devo", reverse("manquement", args=[manquement.pk])),
        ("devo", reverse("procedure", args=[procedure.pk])),
        ("devo", reverse("manquement_acte", args=[manquement.pk, "droits"])),
        ("devo", reverse("procedure_acte", args=[procedure.pk, "projet"])),
    ]
