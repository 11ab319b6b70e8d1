"""Addresses of the administration."""

from django.urls import path

from cordee.web.administration import agents, conventions, departs, secteurs, structures, tableau

urlpatterns = [
    path("", tableau.tableau, name="administration"),
    path("structures/", structures.liste, name="admin_structures"),
    path("structures/nouvelle/", structures.nouvelle, name="admin_structure_nouvelle"),
    path("structures/<int:pk>/", structures.fiche, name="admin_structure"),
    path("structures/<int:pk>/modifier/", structures.modifier, name="admin_structure_modifier"),
    path("structures/<int:pk>/fermer/", structures.fermer, name="admin_structure_fermer"),
    path("secteurs/", secteurs.liste, name="admin_secteurs"),
    path("secteurs/<str:insee>/", secteurs.commune, name="admin_secteur"),
    path("secteurs/regle/<int:pk>/retirer/", secteurs.retirer, name="admin_secteur_retirer"),
    path("conventions/", conventions.liste, name="admin_conventions"),
    path("conventions/nouvelle/", conventions.nouvelle, name="admin_convention_nouvelle"),
    path("conventions/<int:pk>/fin/", conventions.fin, name="admin_convention_fin"),
    path("agents/", agents.liste, name="admin_agents"),
    path("agents/nouveau/", agents.nouveau, name="admin_agent_nouveau"),
    path("agents/<int:pk>/", agents.fiche, name="admin_agent"),
    path("agents/<int:pk>/modifier/", agents.modifier, name="admin_agent_modifier"),
    path("agents/<int:pk>/role/", agents.ajouter_role, name="admin_agent_role"),
    path("agents/role/<int:pk>/fin/", agents.finir_role, name="admin_role_fin"),
    path("agents/<int:pk>/mot-de-passe/", agents.mot_de_passe, name="admin_agent_mot_de_passe"),
    path("agents/<int:pk>/fermer/", departs.fermer, name="admin_agent_fermer"),
]
