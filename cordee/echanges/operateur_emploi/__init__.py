"""The monthly file of the public employment operator, « fichier-PE-CG » (flux_caf.md §9, E05)."""
