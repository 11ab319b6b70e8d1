"""Acts on organisations: open a structure, name an agent, give and end a role, rule a sector, sign a convention.

No person is touched: no event. Closing an agent's access moves people: ``parcours.services.fermer_acces``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.organismes.models import (
    Affectation,
    Agent,
    Convention,
    RegleSecteur,
    Structure,
    Suppleance,
    en_cours,
)
from cordee.metier.organismes.selectors import COURRIEL_SYSTEME
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour
from cordee.territoires.models import Commune

_M = TypeVar("_M", bound=models.Model)
CHAMPS_STRUCTURE = frozenset({"nom", "type", "categorie", "parent", "commune", "adresse", "code_postal", "telephone",
                              "courriel", "capacite"})  # fmt: skip
CHAMPS_AGENT = frozenset({"nom", "prenom", "telephone", "courriel"})


class OrganisationRefusee(ErreurMetier):
    """A structure, an agent, a role, a sector or a convention that cannot be recorded as asked."""


@transaction.atomic
def installer_agent_systeme(*, le: datetime) -> Agent:
    """The agent who acts for files and for time; the same row when called again. Nobody can sign in as it."""
    agent, nouveau = Agent.objects.get_or_create(
        courriel=COURRIEL_SYSTEME, defaults={"nom": "Cordée", "systeme": True, "cree_le": le}
    )
    if nouveau:
        agent.set_unusable_password()
        agent.save(update_fields=["password"])
    return agent


@transaction.atomic
def creer_structure(
    *, code: str, nom: str, type: TypeStructure, debut: date, par: Agent, le: datetime,
    categorie: GenreOrganismeReferent | None = None, parent: Structure | None = None, commune: Commune | None = None,
    adresse: str = "", code_postal: str = "", telephone: str = "", courriel: str = "", capacite: int | None = None,
    fin: date | None = None,
) -> Structure:  # fmt: skip
    """Open a structure. ``categorie``: the kind of référent body it may be (C. trav. L5411-5-1 IV), none otherwise.

    Raises:
        OrganisationRefusee: code already used, dates out of order.
    """
    structure = Structure(
        code=code, nom=nom, type=type, categorie=categorie or "", parent=parent, commune=commune, adresse=adresse,
        code_postal=code_postal, telephone=telephone, courriel=courriel, capacite=capacite, debut=debut, fin=fin,
    )  # fmt: skip
    return _enregistrer(structure)


@transaction.atomic
def modifier_structure(*, structure: Structure, champs: Mapping[str, Any], par: Agent, le: datetime) -> Structure:
    """Correct what identifies a structure (name, address, capacity…). Closing it: ``parcours.services.structures``.

    Raises:
        OrganisationRefusee: a value that cannot be recorded.
    """
    courante = Structure.objects.select_for_update().get(pk=structure.pk)
    for champ in CHAMPS_STRUCTURE & champs.keys():
        setattr(courante, champ, champs[champ])
    return _enregistrer(courante)


@transaction.atomic
def creer_agent(
    *, courriel: str, nom: str, prenom: str = "", telephone: str = "", mot_de_passe: str | None = None, par: Agent,
    le: datetime,
) -> Agent:  # fmt: skip
    """Open an account. Without a role (``affecter``) it sees nothing; without a password nobody signs in with it.

    Raises:
        OrganisationRefusee: an account has this e-mail already.
    """
    if Agent.objects.filter(courriel__iexact=courriel.strip()).exists():
        raise OrganisationRefusee("Un compte existe déjà avec ce courriel : affectez-le plutôt à la structure.")
    agent = Agent(courriel=courriel.strip().lower(), nom=nom, prenom=prenom, telephone=telephone, cree_le=le)
    agent.set_password(mot_de_passe)
    return _enregistrer(agent)


@transaction.atomic
def ouvrir_compte(
    *, courriel: str, nom: str, prenom: str, telephone: str, role: RoleAgent, structure: Structure, debut: date,
    fin: date | None, par: Agent, le: datetime,
) -> Agent:  # fmt: skip
    """An account with its first role, both or neither. Nobody signs in before choosing a password.

    Raises:
        OrganisationRefusee: what ``creer_agent`` or ``affecter`` refuses.
    """
    agent = creer_agent(courriel=courriel, nom=nom, prenom=prenom, telephone=telephone, par=par, le=le)
    affecter(agent=agent, structure=structure, role=role, debut=debut, fin=fin, par=par, le=le)
    return agent


@transaction.atomic
def modifier_agent(*, agent: Agent, champs: Mapping[str, Any], par: Agent, le: datetime) -> Agent:
    """Correct an agent's name or phone. The e-mail is her sign-in name: it changes only while nobody else has it.

    Raises:
        OrganisationRefusee: another account has this e-mail.
    """
    courant = Agent.objects.select_for_update().get(pk=agent.pk)
    for champ in CHAMPS_AGENT & champs.keys():
        setattr(courant, champ, champs[champ].strip())
    courant.courriel = courant.courriel.lower()
    if Agent.objects.filter(courriel__iexact=courant.courriel).exclude(pk=courant.pk).exists():
        raise OrganisationRefusee("Un autre compte porte déjà ce courriel.")
    return _enregistrer(courant)


@transaction.atomic
def affecter(
    *, agent: Agent, structure: Structure, role: RoleAgent, debut: date, par: Agent, le: datetime,
    fin: date | None = None,
) -> Affectation:  # fmt: skip
    """Give an agent a role in a structure over a period (``fin`` excluded). Several at once are ordinary (R58).

    Nobody gives a role to herself: it takes two to open files to an administrator, who sees none.

    Raises:
        OrganisationRefusee: account closed, role already held at these dates, dates out of order, one's own account.
    """
    if agent.pk == par.pk:
        raise OrganisationRefusee("Vous ne pouvez pas vous donner un rôle : demandez-le à un autre administrateur.")
    if not agent.is_active:
        raise OrganisationRefusee("L'accès de cet agent est fermé : aucun rôle ne peut lui être donné.")
    return _enregistrer(Affectation(agent=agent, structure=structure, role=role, debut=debut, fin=fin))


@transaction.atomic
def mettre_fin_affectation(*, affectation: Affectation, fin: date, par: Agent, le: datetime) -> Affectation | None:
    """End a role on a day (excluded). A role that had not begun is withdrawn: ``None``.

    The people she followed there are not moved: use ``parcours.services.quitter_structure`` when she leaves for good.
    """
    courante = Affectation.objects.select_for_update().get(pk=affectation.pk)
    if courante.debut >= fin:
        courante.delete()
        return None
    if courante.fin is None or courante.fin > fin:
        courante.fin = fin
        courante.save(update_fields=["fin"])
    return courante


@transaction.atomic
def creer_convention(
    *, structure: Structure, reference: str, objet: str, debut: date, fin: date | None = None, signataires: str = "",
    volume: int | None = None, par: Agent, le: datetime,
) -> Convention:  # fmt: skip
    """Record what entitles a body to be référent (L5411-5-1 IV 3°). ``volume``: number of people agreed.

    Raises:
        OrganisationRefusee: reference already used, dates out of order.
    """
    convention = Convention(
        structure=structure, reference=reference, objet=objet, debut=debut, fin=fin, signataires=signataires,
        volume=volume,
    )  # fmt: skip
    return _enregistrer(convention)


@transaction.atomic
def terminer_convention(*, convention: Convention, fin: date | None, par: Agent, le: datetime) -> Convention:
    """Move the end of a convention (``fin`` excluded, ``None``: no end agreed). People already oriented stay.

    After it no new orientation towards the body is possible (V14): ``selectors.structures_orientables``.

    Raises:
        OrganisationRefusee: the end does not follow the beginning.
    """
    courante = Convention.objects.select_for_update().get(pk=convention.pk)
    courante.fin = fin
    return _enregistrer(courante)


@transaction.atomic
def regler_secteur(
    *, structure: Structure, commune: Commune, public: PublicSecteur = PublicSecteur.TOUS, debut: date, par: Agent,
    le: datetime, fin: date | None = None,
) -> RegleSecteur:  # fmt: skip
    """From ``debut`` on, this structure receives this public of this commune; the rule before it ends that day.

    Raises:
        OrganisationRefusee: another rule of the same public begins later in the period.
    """
    precedentes = RegleSecteur.objects.select_for_update().filter(
        models.Q(fin__isnull=True) | models.Q(fin__gt=debut), commune=commune, public=public, debut__lte=debut
    )
    for precedente in precedentes:
        if precedente.debut == debut:
            precedente.delete()
        else:
            precedente.fin = debut
            precedente.save(update_fields=["fin"])
    return _enregistrer(RegleSecteur(structure=structure, commune=commune, public=public, debut=debut, fin=fin))


@transaction.atomic
def retirer_secteur(*, regle: RegleSecteur, fin: date, par: Agent, le: datetime) -> None:
    """From ``fin`` on, the structure no longer receives this public of this commune. People already there stay."""
    courante = RegleSecteur.objects.select_for_update().get(pk=regle.pk)
    if courante.debut >= fin:
        courante.delete()
    elif courante.fin is None or courante.fin > fin:
        courante.fin = fin
        courante.save(update_fields=["fin"])


@transaction.atomic
def couvrir(*, absent: Agent, remplacant: Agent, debut: date, fin: date, par: Agent, le: datetime) -> Suppleance:
    """A colleague of the same structure covers for an agent from ``debut`` to ``fin`` excluded (R20).

    Raises:
        OrganisationRefusee: they share no structure over the whole period, the period is past or out of order, another
            colleague covers already, or the agent gives herself the people of somebody else.
    """
    if remplacant.pk == par.pk and absent.pk != par.pk and not _encadre(par, absent, au=jour(le)):
        raise OrganisationRefusee("Vous ne pouvez pas vous confier les personnes d'un autre : voyez le responsable.")
    if fin <= jour(le):
        raise OrganisationRefusee("Choisissez une date de fin à venir.")
    dernier_jour = fin - timedelta(days=1)
    communes = set.intersection(
        *(
            set(Affectation.objects.filter(en_cours(au), agent=agent).values_list("structure_id", flat=True))
            for agent in (absent, remplacant)
            for au in (max(debut, jour(le)), dernier_jour)
        )
    )
    if not communes:
        raise OrganisationRefusee(f"{remplacant} ne travaille pas dans la même structure que {absent} à ces dates.")
    return _enregistrer(
        Suppleance(absent=absent, remplacant=remplacant, debut=debut, fin=fin, creee_le=le, creee_par=par)
    )


@transaction.atomic
def finir_suppleance(*, suppleance: Suppleance, fin: date, par: Agent, le: datetime) -> Suppleance | None:
    """The absent agent is back: the cover ends on a day (excluded). One that had not begun is withdrawn: ``None``."""
    courante = Suppleance.objects.select_for_update().get(pk=suppleance.pk)
    if courante.debut >= fin:
        courante.delete()
        return None
    if courante.fin > fin:
        courante.fin = fin
        courante.save(update_fields=["fin"])
    return courante


def _encadre(par: Agent, agent: Agent, *, au: date) -> bool:
    """Whether ``par`` heads a structure of the agent."""
    chez_lui = Affectation.objects.filter(en_cours(au), agent=agent).values("structure")
    return Affectation.objects.filter(
        en_cours(au), agent=par, structure__in=chez_lui, role=RoleAgent.CHEF_STRUCTURE
    ).exists()


@transaction.atomic
def fermer_compte(*, agent: Agent, le: datetime) -> None:
    """Cut an account at once: no sign-in any more, open sessions end, roles end today. People first: ``fermer_acces``.

    Lowest step of ``parcours.services.fermer_acces``; call that one.
    """
    aujourdhui = jour(le)
    Affectation.objects.filter(agent=agent, debut__gte=aujourdhui).delete()
    Affectation.objects.filter(models.Q(fin__isnull=True) | models.Q(fin__gt=aujourdhui), agent=agent).update(
        fin=aujourdhui
    )
    agent.actif = False
    agent.parti_le = le
    agent.set_unusable_password()  # the session hash changes: every open session ends with the next request
    agent.save(update_fields=["actif", "parti_le", "password"])


def _enregistrer(objet: _M) -> _M:
    """Save after validation; what the model or the database refuses becomes a sentence for the user."""
    try:
        objet.full_clean(validate_constraints=False)
        # Dates in order first: an exclusion cannot even be asked otherwise.
        for contrainte in objet._meta.constraints:  # noqa: SLF001
            if isinstance(contrainte, models.CheckConstraint):
                contrainte.validate(type(objet), objet)
        objet.validate_constraints()
        with transaction.atomic():
            objet.save()
    except ValidationError as erreur:
        raise OrganisationRefusee(" ".join(erreur.messages)) from erreur
    except IntegrityError as erreur:  # a concurrent write passed between the check and the insert
        raise OrganisationRefusee("Un autre agent vient d'enregistrer la même chose : rechargez la page.") from erreur
    return objet
