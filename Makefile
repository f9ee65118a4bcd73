# The commands of the house. `make run` and `make test` need only python3, make and git on a Debian machine.
.DEFAULT_GOAL := run
.PHONY: run test check test-long pictures states messages clean

run: ## set everything up, then serve a demo on http://127.0.0.1:8000 (HOST and PORT change it)
	@bin/set-up
	@bin/serve

test: ## set everything up, then every check: lint, layers, migrations, translations, tests on both databases
	@bin/set-up dev
	@bin/checks full

check: ## the inner loop: lint, layers, some of the tests on SQLite
	@bin/set-up dev
	@bin/checks quick

test-long: ## the same tests with their full counts: hours
	@bin/set-up dev
	@HYPOTHESIS_PROFILE=long bin/checks full

pictures: ## every page, photographed into var/pictures
	@bin/set-up dev
	@.venv/bin/python bin/pictures.py

states: ## docs/states.md from the machines
	@bin/set-up dev
	@.venv/bin/python bin/make_states.py

messages: ## gather the translatable strings into locale/
	@bin/set-up dev
	@.venv/bin/python bin/make_messages.py

clean: ## remove what the commands made, except .env and the data under var/
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache var/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
