"""Decisions told to the CAF, answered, seen otherwise; a draw announced and one done: their pages full."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from cordee.metier.devoirs.enums import ConstatCaisse, EtatTransmission, MotifRejetCaisse
from cordee.metier.devoirs.models import ControleAleatoire, ListeCaisse, TirageControle
from cordee.metier.devoirs.regles.transmission import Ecart
from cordee.metier.devoirs.services.constats import ConstatLu, noter_constats
from cordee.metier.devoirs.services.controles import annoncer_tirage, tirer_au_sort
from cordee.metier.devoirs.services.transmission import (
    accuser_liste,
    envoyer_liste,
    preparer_liste,
    preparer_urgente,
    rattacher_convention,
)
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.metier.devoirs.decisions import decision

LE = f.MAINTENANT
J = timedelta(days=1)


def une_caisse(gens: list[Personne], eds: Structure, *, par: Agent) -> None:
    """Three decisions on a list that left, one seen otherwise, one rejected; a cancellation on an urgent list."""
    caf = f.organisme_payeur()
    rattacher_convention(organisme=caf, convention=f.convention(eds), par=par, le=LE)
    passees = {"decidee_le": date(2026, 1, 5), "notifiee_le": date(2026, 1, 12), "debut": date(2026, 1, 1)}
    mesures = [decision(qui, preuve=f"2026-DD-{n}", **passees) for n, qui in enumerate(gens[:3])]
    avant = LE - 30 * J
    liste = envoyer_liste(liste=preparer_liste(organisme=caf, par=par, le=avant), par=par, le=avant)
    vue, _, refusee = liste.lignes.order_by("pk")
    accuser_liste(
        liste=liste, accusee_le=avant.date(), reference="AR 2026-118", par=par, le=avant,
        rejets={refusee.pk: MotifRejetCaisse.DOSSIER_INCONNU},
    )  # fmt: skip
    ecarts = (Ecart("montant", "284.46", "400.00"), Ecart("fin", "2026-03-01", "2026-05-01"))
    lu = ConstatLu(
        vue.mesure_id, vue.foyer_id, ConstatCaisse.DIFFERENTE, ecarts, vue, EtatTransmission.PARTIELLEMENT
    )  # fmt: skip
    noter_constats(constats=[lu], reference=date(2026, 1, 31), flux_id=1)
    mesures[1].statut, mesures[1].annulee_le = "annulee", date(2026, 2, 10)
    mesures[1].save(update_fields=["statut", "annulee_le"])
    preparer_urgente(organisme=caf, motif="Recours accueilli", par=par, le=LE)
    annoncer_tirage(libelle="1er trimestre 2026", nombre=2, par=par, le=LE)
    tirer_au_sort(
        tirage=annoncer_tirage(libelle="4e trimestre 2025", nombre=2, par=par, le=LE - 9 * J), par=par, le=LE
    )  # fmt: skip


def pages_de_la_caisse() -> list[tuple[str, str]]:
    """(role, address) of the pages about one thing."""
    listes = list(ListeCaisse.objects.order_by("pk"))
    partie = listes[0]
    return [
        *(("devo", reverse("caisse_liste", args=[liste.pk])) for liste in listes),
        *(("devo", reverse(nom, args=[partie.pk])) for nom in ("caisse_accuse", "caisse_rejet")),
        *(("devo", reverse(nom, args=[partie.organisme_id])) for nom in ("caisse_urgente", "caisse_convention")),
        ("devo", reverse("caisse_suivi") + "?constat=differente"),
        *(("devo", reverse("controles_tirage", args=[t.pk])) for t in TirageControle.objects.order_by("pk")),
        *(("devo", reverse("controles_conclure", args=[c.pk])) for c in ControleAleatoire.objects.order_by("pk")[:1]),
        ("pilo", reverse("neutralite") + "?par=structure&mois=36"),
    ]
