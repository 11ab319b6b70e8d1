"""« Évaluations »: experiments registered before their results, and what may be concluded from each."""
