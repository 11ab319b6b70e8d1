# What one does here. Each target first makes the checkout ready (outils/amorcer), which costs nothing when
# it is. Two are enough to begin: make demo, make test.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo serve stop reset test check format bench fuzz cluster

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r cible sens; do \
		printf '%-12s %s\n' "$$cible" "$$sens"; done

demo: ## install everything, invent a département, serve it on http://127.0.0.1:8000 (PERSONNES=N, GRAINE=N, EFFET=POINTS)
	@outils/amorcer
	@exec .venv/bin/cordee demo $(if $(PERSONNES),--personnes $(PERSONNES)) $(if $(GRAINE),--graine $(GRAINE)) \
		$(if $(EFFET),--effet $(EFFET))

serve: ## serve the site and its worker on the existing data (PORT=N)
	@outils/amorcer
	@exec .venv/bin/cordee serveur $(if $(PORT),--port $(PORT))

stop: ## stop the embedded PostgreSQL servers of this checkout
	@outils/amorcer
	@.venv/bin/cordee arreter --tests

reset: ## destroy the data of this checkout: embedded database, files, secrets
	@outils/amorcer
	@.venv/bin/cordee arreter --tests --effacer

test: ## run the tests (ARGS='tests/socle -k nom')
	@outils/amorcer
	@outils/tester $(ARGS)

check: export CORDEE_HOME := $(CURDIR)/.cordee/tests
check: export CORDEE_TESTS := 1
check: ## lint, format, layers, types, missing migrations
	@outils/amorcer
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/mypy
	.venv/bin/cordee gerer makemigrations --check --dry-run

format: ## rewrite the code in the house's form
	@outils/amorcer
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: ## measure the budgets (benchmarks/README.md)
	@outils/amorcer
	.venv/bin/python -m benchmarks $(ARGS)

fuzz: ## attack the reader of the payers' files, guided by coverage (ARGS="--secondes 60")
	uv run --frozen --isolated --group fuzz python -m outils.fuzz_lecture $(ARGS)

cluster: ## the same figures on Spark (extra « cluster », Java 17 or later): docs/scale.md
	@outils/amorcer
	uv run --frozen --extra cluster python -m pytest tests/cluster $(ARGS)
