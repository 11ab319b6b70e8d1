"""The texts a Département words itself: written as drafts, checked, seen, put in force at a date, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from cordee.metier.courriers import rendu
from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.exemple import CONTENU, PERSONNE
from cordee.metier.courriers.models import ModeleCourrier
from cordee.metier.courriers.regles import KIND_COURRIER, delais_du_courrier
from cordee.metier.courriers.regles.textes import FRANCAIS, verifier_texte
from cordee.metier.courriers.selectors.modeles import Texte, TextesEnVigueur
from cordee.metier.courriers.services.redaction import rediger
from cordee.metier.organismes.models import Agent
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour


class TexteRefuse(ErreurMetier):
    """The text cannot be used. ``fautes``: by block, the sentences that say why."""

    def __init__(self, fautes: Mapping[str, list[str]]) -> None:
        super().__init__(" ".join(phrase for phrases in fautes.values() for phrase in phrases))
        self.fautes = dict(fautes)


class ModeleFige(ErreurMetier):
    """This version was put in force: it is part of the proof of letters, the next one is written instead."""


@transaction.atomic
def enregistrer_modele(
    *, genre: GenreCourrier, canal: Canal, langue: str, blocs: Mapping[str, str], motif: str, par: Agent, le: datetime,
    brouillon: ModeleCourrier | None = None,
) -> ModeleCourrier:  # fmt: skip
    """Keep a draft: a new version, or ``brouillon`` written again.

    Raises:
        TexteRefuse: unknown variable, missing legal notice, obligation where none exists, word that betrays…
        ModeleFige: ``brouillon`` has been put in force meanwhile.
    """
    gardes = {cle: texte.replace("\r\n", "\n").strip() for cle, texte in blocs.items()}
    if fautes := verifier_texte(genre=genre, canal=canal, langue=langue, blocs=gardes, au=jour(le)):
        raise TexteRefuse(fautes)
    gardes = {cle: texte for cle, texte in gardes.items() if texte}
    if brouillon is not None:
        frais = _brouillon(brouillon)
        frais.blocs, frais.motif = gardes, motif.strip()
        frais.save(update_fields=["blocs", "motif"])
        return frais
    memes = ModeleCourrier.objects.filter(genre=genre, canal=canal, langue=langue)
    derniere = memes.aggregate(n=Max("version"))["n"] or 0
    return ModeleCourrier.objects.create(
        genre=genre, canal=canal, langue=langue, version=derniere + 1, blocs=gardes, motif=motif.strip(), cree_le=le,
        cree_par=par,
    )  # fmt: skip


@transaction.atomic
def activer_modele(*, modele: ModeleCourrier, du: date, par: Agent, le: datetime) -> ModeleCourrier:
    """Put a draft in force from a day on. Letters written before keep the text they were made with.

    Raises:
        ModeleFige: already in force.
        TexteRefuse: the law changed since it was written, or the day is past.
    """
    frais = _brouillon(modele)
    if du < jour(le):
        raise TexteRefuse({"du": ["Un texte ne peut pas entrer en vigueur dans le passé."]})
    fautes = verifier_texte(
        genre=GenreCourrier(frais.genre), canal=Canal(frais.canal), langue=frais.langue, blocs=frais.blocs, au=du
    )
    if fautes:
        raise TexteRefuse(fautes)
    frais.actif_du, frais.active_le, frais.active_par = du, le, par
    frais.save(update_fields=["actif_du", "active_le", "active_par"])
    return frais


@transaction.atomic
def retirer_brouillon(*, modele: ModeleCourrier, par: Agent, le: datetime) -> None:
    """A draft that nobody wants any more.

    Raises:
        ModeleFige: it was put in force.
    """
    _brouillon(modele).delete()


def _brouillon(modele: ModeleCourrier) -> ModeleCourrier:
    frais = ModeleCourrier.objects.select_for_update(of=("self",)).get(pk=modele.pk)
    if frais.actif_du is not None:
        raise ModeleFige("Cette version a été mise en vigueur : écrivez-en une nouvelle.")
    return frais


# Seeing it ----------------------------------------------------------------------------------------------------------
class _Essai(TextesEnVigueur):
    """One text tried in the place of the one in force."""

    def __init__(self, au: date, cle: tuple[str, str, str], texte: Texte) -> None:
        super().__init__(au)
        self._propres[cle] = texte


def apercu(
    *, genre: GenreCourrier, canal: Canal, langue: str, blocs: Mapping[str, str], le: datetime
) -> tuple[dict[str, Any], bytes]:
    """What a letter would be with this text, for a person who does not exist: its content, and its document."""
    au = jour(le)
    preference = None
    if langue != FRANCAIS:
        preference = PERSONNE.preference(langue)
    contenu = {
        **CONTENU, "delais": delais_du_courrier(genre, au=au, avec=KIND_COURRIER[genre].delais_facultatifs),
    }  # fmt: skip
    redige, _ = rediger(
        contenu, genre=genre, canal=canal, textes=_Essai(au, (genre, canal, langue), Texte(blocs)),
        appel=PERSONNE.appel, reference=PERSONNE.reference, preference=preference,
    )  # fmt: skip
    donnees = rendu.en_francais(
        {**redige, "destinataire": PERSONNE.destinataire, "reference": PERSONNE.reference}
    )  # fmt: skip
    return donnees, rendu.rendre_pdf(genre, donnees, le=le)
