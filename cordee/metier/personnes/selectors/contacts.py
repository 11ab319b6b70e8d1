"""How a person may be reached by phone or e-mail: one answer for every sending."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
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
    """The phone or e-mail to use, over the rows merged into her (see ``choisir_contact``)."""
    tous = Contact.objects.filter(en_cours(au), personne__in=ids_du_groupe(personne), genre=genre)
    return choisir_contact(
        tous, genre=genre, discret=personne.contact_discret, mobile=mobile, par_quoi=par_quoi
    )  # fmt: skip


def choisir_contact(
    contacts: Iterable[Contact], *, genre: GenreContact, discret: bool, mobile: bool = False, par_quoi: str = "",
    d_un_tiers: Container[str] = (),
) -> ContactUtilisable:  # fmt: skip
    """Among the contacts of one person in force, the one to use: verified first, then a mobile, then the latest (E37).

    Left out: what the person opposes, the number of a third party, what no longer answers (R45).

    Args:
        contacts: of this kind, in force; those of other kinds are passed over.
        discret: only what was verified with the person will do.
        mobile: a text message is to be sent: only a number in 06 or 07 will do.
        par_quoi: the way, as the sentence on an opposition names it.
        d_un_tiers: values that also belong to someone of another household: not used unless verified with her (R44).
    """
    quoi = "numéro de téléphone" if genre is GenreContact.TELEPHONE else "courriel"
    restent = [c for c in contacts if c.genre == genre]
    if not restent:
        return ContactUtilisable(None, f"Aucun {quoi} n'est connu.")
    tamis: list[tuple[Callable[[Contact], bool], str]] = [
        (lambda c: c.autorisation != Autorisation.REFUS,
         f"La personne s'oppose à être jointe par {par_quoi or genre.libelle.lower()}."),
        (lambda c: not c.numero_de_tiers and not c.en_echec,
         f"Le {quoi} connu ne répond plus ou appartient à un tiers."),
        (lambda c: c.verifie or c.valeur not in d_un_tiers,
         f"Le {quoi} connu est aussi celui d'une autre personne : vérifiez-le avec elle."),
        (lambda c: not mobile or telephone_mobile(c.valeur), "Aucun numéro de mobile n'est connu."),
        (lambda c: not discret or c.verifie,
         f"Contact discret demandé : le {quoi} n'a pas été vérifié avec la personne."),
    ]  # fmt: skip
    for convient, sinon in tamis:
        restent = [c for c in restent if convient(c)]
        if not restent:
            return ContactUtilisable(None, sinon)
    return ContactUtilisable(max(restent, key=lambda c: (c.verifie, telephone_mobile(c.valeur), c.debut, c.pk)))


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
