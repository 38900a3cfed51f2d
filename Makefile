# Everything a person does with this project. Tools go to .tools/, nothing outside the folder is
# touched but rustup's wasm target and, for the tests, the browsers of Debian.

# The versions of all tools, here and nowhere else. WASM_BINDGEN is also in Cargo.toml, which
# pins the library to the same version, and TRUNK in Trunk.toml, which refuses another one.
TRUNK        := 0.21.14
WASM_BINDGEN := 0.2.129
BINARYEN     := 132.0.0
ESBUILD      := 0.28.2
GECKODRIVER  := 0.36.0
AXE          := 4.14.1

PORT      ?= 8080
RUNS      ?= 5
APPLIANCE ?= http://127.0.0.1:8080

TOOLS := $(CURDIR)/.tools
export PATH := $(TOOLS)/bin:$(TOOLS)/binaryen/node_modules/.bin:$(TOOLS)/esbuild/node_modules/.bin:$(PATH)

.DEFAULT_GOAL := help
# cargo uses all cores by itself, and the installs share a folder.
.NOTPARALLEL:
.PHONY: help run serve build page-dev test bench lint screenshots fmt clean distclean prerequisites browsers tools test-tools

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: prerequisites ## Build the page and serve it with the simulator on 127.0.0.1:8080 (PORT=8090 for another port)
	@node -e 'require("net").createServer().on("error", () => { console.log("Port $(PORT) is in use: stop what listens there, or choose another one: make run PORT=8090"); process.exitCode = 1 }).listen($(PORT), "127.0.0.1", function () { this.close() })'
	@$(MAKE) --silent build
	@trap 'exit 0' INT; cargo run --quiet --locked --package cckm-simulator -- --port $(PORT) --dist dist

serve: tools ## Rebuild on every change, on 127.0.0.1:8081, with the API of APPLIANCE=https://… (default: of make run)
	@cargo fetch --quiet --locked
	@trap 'exit 0' INT; trunk serve --dist target/serve --proxy-backend $(APPLIANCE)/api/ --proxy-rewrite /api/ --proxy-insecure

build: tools dist/index.html ## Build the static page into dist/

page-dev: tools ## Build the page quickly into target/dev-dist, unoptimized (for tests: CCKM_DIST=target/dev-dist)
	@cargo fetch --quiet --locked
	@NO_COLOR=true trunk --log warn build --dist target/dev-dist

test: ## Check everything; ends with a line "N passed, N failed" (ONLY=e2e runs one stage)
	@if $(MAKE) --silent test-tools; then \
	  AXE_PATH=$(TOOLS)/axe/node_modules/axe-core/axe.min.js node tests/stages.mjs $(ONLY); \
	else echo "0 passed, 1 failed"; exit 1; fi

bench: test-tools build ## Measure the page in Chromium (BASE=<dist folder> compares with another build, RUNS=5 rounds)
	@BASE="$(BASE)" RUNS=$(RUNS) cargo run --quiet --locked --package e2e --bin bench

screenshots: test-tools build ## Retake the picture of the README, and those of every view in tests/output/screenshots
	@SCREENSHOTS=1 AXE_PATH=$(TOOLS)/axe/node_modules/axe-core/axe.min.js cargo test --quiet --locked --package e2e -- looks::

lint: tools ## Check format and lints only
	@node tests/stages.mjs format clippy clippy-wasm

fmt: ## Format the Rust sources
	@cargo fmt --all

clean: ## Remove what was built, keep the tools
	@rm -rf dist target tests/output

distclean: clean ## Remove the tools too
	@rm -rf .tools

# --- the page

SOURCES := index.html Trunk.toml Cargo.toml Cargo.lock deploy/finish.mjs deploy/config.json $(shell find src crates/core/src style -type f) crates/core/Cargo.toml

dist/index.html: $(SOURCES) $(MAKEFILE_LIST)
	@cargo fetch --quiet --locked
# Without the paths of this machine, which panics would name. Quiet about minify: its parser of
# JavaScript is too old for wasm-bindgen's output and leaves it as it is.
	@paths=; for folder in "$${CARGO_HOME:-$$HOME/.cargo}"/registry/src/*/; do paths="$$paths --remap-path-prefix=$$folder="; done; \
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$$paths --cfg erase_components" NO_COLOR=true trunk --log warn,trunk::processing::minify=error build --release

# Tokens and base first, then the components by name, whose order must not matter.
SHEETS := $(filter-out style/tokens.css style/base.css,$(sort $(wildcard style/*.css)))

target/style.css: $(wildcard style/tokens.css style/base.css) $(SHEETS)
	@mkdir -p $(@D)
	@cat $^ > $@

# --- the tools; the name of a stamp holds the version, so a new version is a new stamp

STAMPS := $(TOOLS)/stamps

prerequisites:
	@for tool in cargo:Rust:https://rustup.rs rustup:Rust:https://rustup.rs node:Node.js:nodejs npm:npm:npm cc:"a C compiler":build-essential; do \
	  name=$${tool%%:*}; rest=$${tool#*:}; \
	  command -v $$name > /dev/null || { echo "$$name is missing: install $${rest%%:*} ($${rest#*:})"; exit 1; }; \
	done

tools: prerequisites $(STAMPS)/rust $(STAMPS)/wasm-bindgen-cli-$(WASM_BINDGEN) $(STAMPS)/trunk-$(TRUNK) $(STAMPS)/binaryen-$(BINARYEN) $(STAMPS)/esbuild-$(ESBUILD)
	@rm -rf $(TOOLS)/build

test-tools: prerequisites browsers tools $(STAMPS)/geckodriver-$(GECKODRIVER) $(STAMPS)/axe-core-$(AXE) ## Install the tools of the tests
	@rm -rf $(TOOLS)/build

# What rustup has is asked, not remembered: another toolchain may be in use tomorrow.
$(STAMPS)/rust: FORCE
	@mkdir -p $(@D)
	@installed=$$(rustup target list --installed && rustup component list --installed); \
	echo "$$installed" | grep -q '^wasm32-unknown-unknown$$' || rustup target add wasm32-unknown-unknown; \
	for part in clippy rustfmt; do echo "$$installed" | grep -q "^$$part" || rustup component add $$part; done
FORCE:

# Quick to build rather than quick to run: each is used for seconds.
define cargo-install
@echo "Installing $(1) into .tools/ (once, some minutes) …"
@mkdir -p $(STAMPS) && rm -f $(STAMPS)/$(1)-*
@CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
  CARGO_TARGET_DIR=$(TOOLS)/build cargo install --quiet --locked --force --root $(TOOLS) --version $(2) $(1) $(3)
@touch $@
endef

define npm-install
@echo "Installing $(1) into .tools/ …"
@mkdir -p $(STAMPS) $(TOOLS)/$(3) && rm -f $(STAMPS)/$(1)-*
@npm install --silent --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --prefix $(TOOLS)/$(3) $(1)@$(2)
@touch $@
endef

$(STAMPS)/trunk-$(TRUNK):
	$(call cargo-install,trunk,$(TRUNK),--no-default-features --features rustls)

$(STAMPS)/wasm-bindgen-cli-$(WASM_BINDGEN):
	$(call cargo-install,wasm-bindgen-cli,$(WASM_BINDGEN))

$(STAMPS)/geckodriver-$(GECKODRIVER):
	$(call cargo-install,geckodriver,$(GECKODRIVER))

# Holds wasm-opt, without which the page is nearly twice as large.
$(STAMPS)/binaryen-$(BINARYEN):
	$(call npm-install,binaryen,$(BINARYEN),binaryen)

# Minifies what wasm-bindgen writes (deploy/finish.mjs).
$(STAMPS)/esbuild-$(ESBUILD):
	$(call npm-install,esbuild,$(ESBUILD),esbuild)

$(STAMPS)/axe-core-$(AXE):
	$(call npm-install,axe-core,$(AXE),axe)

BROWSERS := chromium chromium-driver chromium-sandbox firefox-esr fonts-liberation

browsers:
	@command -v chromium > /dev/null && command -v chromedriver > /dev/null && command -v firefox-esr > /dev/null || { \
	  [ "$$(id -u)" = 0 ] && sudo= || sudo='sudo -n'; \
	  command -v apt-get > /dev/null && { [ -z "$$sudo" ] || $$sudo true 2> /dev/null; } || { \
	    echo "The tests need browsers: apt-get install $(BROWSERS)"; exit 1; }; \
	  echo "Installing Chromium and Firefox …"; mkdir -p $(TOOLS); \
	  { $$sudo apt-get update && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $(BROWSERS); } \
	    > $(TOOLS)/browsers.log 2>&1 || { tail -5 $(TOOLS)/browsers.log; echo "The browsers could not be installed: apt-get install $(BROWSERS)"; exit 1; }; }
