"""How a person may be reached by phone or e-mail: one answer for every sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cordee.metier.organismes.models import Agent, en_cours
from cordee.metier.personnes.enums import Autorisation, GenreContact, StatutProposition
from cordee.metier.personnes.models import Contact, ContactPropose, Personne
from cordee.metier.personnes.regles import telephone_mobile
from cordee.metier.personnes.selectors.groupes import ids_du_groupe
from cordee.metier.personnes.selectors.perimetre import personnes_visibles


@dataclass(frozen=True, slots=True)
class ContactUtilisable:
    """The contact to use, or why there is none (a sentence of the product)."""

    contact: Contact | None
    empechement: str = ""


def contact_utilisable(
    personne: Personne, *, genre: GenreContact, au: date, mobile: bool = False, par_quoi: str = ""
) -> ContactUtilisable:
    """The phone or e-mail to use, over the rows merged into her: verified first, then a mobile, then the latest (E37).

    Left out: what the person opposes, the number of a third party, what no longer answers (R45).

    Args:
        mobile: a text message is to be sent: only a number in 06 or 07 will do.
        par_quoi: the way, as the sentence on an opposition names it.
    """
    tous = list(Contact.objects.filter(en_cours(au), personne__in=ids_du_groupe(personne), genre=genre))
    quoi = "numéro de téléphone" if genre is GenreContact.TELEPHONE else "courriel"
    if not tous:
        return ContactUtilisable(None, f"Aucun {quoi} n'est connu.")
    autorises = [c for c in tous if c.autorisation != Autorisation.REFUS]
    if not autorises:
        return ContactUtilisable(None, f"La personne s'oppose à être jointe par {par_quoi or genre.libelle.lower()}.")
    joignables = [c for c in autorises if not c.numero_de_tiers and not c.en_echec]
    if not joignables:
        return ContactUtilisable(None, f"Le {quoi} connu ne répond plus ou appartient à un tiers.")
    if mobile and not any(telephone_mobile(c.valeur) for c in joignables):
        return ContactUtilisable(None, "Aucun numéro de mobile n'est connu.")
    if mobile:
        joignables = [c for c in joignables if telephone_mobile(c.valeur)]
    if personne.contact_discret:
        joignables = [c for c in joignables if c.verifie]
        if not joignables:
            return ContactUtilisable(
                None, f"Contact discret demandé : le {quoi} n'a pas été vérifié avec la personne."
            )  # fmt: skip
    return ContactUtilisable(max(joignables, key=lambda c: (c.verifie, telephone_mobile(c.valeur), c.debut, c.pk)))


def contacts_courants(personne: Personne, *, au: date) -> QuerySet[Contact]:
    """Contacts of a person (and of the rows merged into her), with ``autres``: how many other people have the same one,
    a couple or a third party (R44).
    """
    canonique = personne.canonique_id or personne.pk
    ids = Personne.objects.filter(Q(pk=canonique) | Q(canonique=canonique)).values("pk")
    memes = Contact.objects.filter(en_cours(au), valeur=OuterRef("valeur")).exclude(personne__in=ids)
    nombre = (
        memes.order_by().values("valeur").annotate(n=Count(Coalesce("personne__canonique", "personne"), distinct=True))
    )
    return Contact.objects.filter(en_cours(au), personne__in=ids).annotate(
        autres=Coalesce(Subquery(nombre.values("n")), 0)
    )


def contacts_proposes(*, pour: Agent, au: date) -> QuerySet[ContactPropose]:
    """Contacts of files that wait for a decision, about the persons of the agent's perimeter, oldest first (R66)."""
    visibles = personnes_visibles(pour=pour, au=au).values("pk")
    return (
        ContactPropose.objects.filter(statut=StatutProposition.EN_ATTENTE)
        .filter(Q(personne__in=visibles) | Q(personne__canonique__in=visibles))
        .select_related("personne", "personne__canonique")
        .order_by("propose_le", "pk")
    )
