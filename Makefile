# Tout se commande ici. Il faut Python 3.11 ou plus, avec venv, et make ; le reste s'installe dans .venv/ et node_modules/.
PYTHON ?= python3
PY := .venv/bin/python
export NO_MKDOCS_2_WARNING := 1
export PLAYWRIGHT_BROWSERS_PATH := $(CURDIR)/.cache/navigateurs
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: build serve test fuzz check bench schemas verrous clean

build: .cache/pret ## construit tout le site dans site/
	@$(PY) -m mkdocs --quiet build $(if $(SITE_DIR),--site-dir "$(SITE_DIR)")
	@echo "Le site est dans $(if $(SITE_DIR),$(SITE_DIR),site/)."

serve: .cache/pret ## le site en direct sur http://127.0.0.1:8000
	@$(PY) -m mkdocs serve --dev-addr 127.0.0.1:8000

check: .cache/pret ## vérifie les données, en une seconde
	@$(PY) -m macros check

test: .cache/pret-essais ## tous les essais, navigateur compris
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -m pytest

fuzz: .cache/pret-essais ## 10 000 fiches abîmées au hasard : rien ne plante
	@$(PY) -m tests.fuzz $(or $(COMBIEN),10000)

bench: .cache/pret-banc ## mesure tout, à côté d'autres générateurs, et l'écrit dans docs/projet/mesures.md (N="1000 5000" cas, PARTIES="pages tout")
	@$(PY) -m tests.mesures $(if $(N),--cas "$(N)") $(PARTIES)

# Chaque témoin dit que son étape est faite ; il est refait quand ce dont il dépend change.
.cache/venv: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Il faut Python 3.11 ou plus : lancez make PYTHON=python3.12, par exemple."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Il manque le module venv de Python : sur Debian, apt install python3-venv."; exit 1; }
	@echo "Installation de l'environnement Python…"
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@mkdir -p .cache && touch $@

.cache/pret: .cache/venv package-lock.json
	@echo "Installation des données du registre des communes…"
	@.venv/bin/npm ci --silent
	@touch $@

.cache/pret-essais: .cache/pret requirements-test.txt
	@echo "Installation des outils d'essai…"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@$(PY) -m tests.navigateur
	@touch $@

# Ce qui ne sert qu'à comparer a son environnement à lui.
.cache/pret-banc: .cache/pret-essais requirements-bench.txt tests/mesures/outils/package-lock.json
	@echo "Installation des autres générateurs…"
	@$(PYTHON) -m venv .cache/banc
	@.cache/banc/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@cd tests/mesures/outils && $(CURDIR)/.venv/bin/npm ci --silent
	@touch $@

schemas: .cache/pret ## récrit schemas/, que lisent les éditeurs de texte
	@$(PY) -m macros.form_schemas

verrous: ## recalcule les versions figées (il faut pip-tools)
	@pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --no-header requirements.in -o requirements.txt
	@pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --no-header requirements-test.in -o requirements-test.txt
	@pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --strip-extras --no-header requirements-bench.in -o requirements-bench.txt
	@.venv/bin/npm install --package-lock-only --silent

clean: ## efface ce qui se refabrique
	@rm -rf site site.en-cours site.ancien site.verrou .cache .venv node_modules
