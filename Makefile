# Refrain: build, run and check. `make` alone lists the targets.
#
# The steps of a target run one after another, also under `make -j`: cargo uses all cores by itself,
# and two cargos at once only wait for each other.

.DEFAULT_GOAL := help
.NOTPARALLEL:
unexport MAKEFLAGS MFLAGS
.PHONY: help run test bench fmt lint deps deps-lint install doc clean

# A fresh Rust is in ~/.cargo/bin before any shell has it on its PATH.
CARGO_HOME ?= $(HOME)/.cargo
export PATH := $(PATH):$(CARGO_HOME)/bin
CARGO := $(shell PATH='$(PATH)'; command -v cargo || echo cargo)

# Options for `make run`, such as: make run ARGS=--help
ARGS ?=

help: ## this list
	@echo 'make TARGET, where TARGET is'
	@sed -n 's/^\([a-z]*\):.*## /  \1	/p' Makefile

run: deps ## build and start the studio; options go in ARGS="…"
	@test -x target/release/refrain || echo 'Building Refrain; the first time takes a few minutes.'
	@$(CARGO) run --release --locked --quiet -- $(ARGS)

test: lint ## every check there is: format, lints, scripts, tests, documentation
	@echo '== scripts'
	@sh scripts/deps-test.sh
	@echo '== tests'
	@$(CARGO) test --locked
	@echo '== documentation'
	@RUSTDOCFLAGS='-D warnings' $(CARGO) doc --no-deps --locked
	@echo '== all is well'

lint: deps-lint ## format and lints only
	@echo '== format'
	@$(CARGO) fmt --check
	@echo '== lints'
	@$(CARGO) clippy --all-targets --locked -- -D warnings

bench: deps ## measure what has to be fast
	@echo '== benchmarks'
	@$(CARGO) bench --locked

fmt: ## format the source
	@$(CARGO) fmt

deps: ## check, and if need be install, what building takes
	@sh scripts/deps.sh

deps-lint:
	@sh scripts/deps.sh lint

install: deps ## build and put refrain into ~/.cargo/bin
	@echo '== install'
	@$(CARGO) install --path . --locked

doc: deps ## the documentation of the source, in target/doc
	@echo '== documentation'
	@RUSTDOCFLAGS='-D warnings' $(CARGO) doc --no-deps --locked

clean: ## delete everything that was built
	@$(CARGO) clean
