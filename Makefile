# Everything is done with `make`; see `make help`.

SHELL := /bin/bash
# A pipe fails where any part of it does.
.SHELLFLAGS := -o pipefail -c
SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
MAN := $(PREFIX)/share/man/man1
BASH := $(PREFIX)/share/bash-completion/completions
ZSH ?= $(PREFIX)/share/zsh/site-functions
FISH := $(PREFIX)/share/fish/vendor_completions.d
RELEASE := .build/release/lobule
# On Linux one file that needs nothing installed; it also starts faster and takes less memory. What
# answers a key lies together in it, in the order of a file that `make layout` writes.
LINUX_FLAGS := -Xswiftc -static-executable -Xswiftc -Xfrontend -Xswiftc -function-sections \
  -Xswiftc -use-ld=lld -Xlinker --no-warn-symbol-ordering \
  -Xlinker --symbol-ordering-file=$(CURDIR)/Packaging/layout.txt
RELEASE_FLAGS := -c release --product lobule $(if $(filter Linux,$(shell uname)),$(LINUX_FLAGS))
# What the linker says of parts of glibc that Foundation would look up at run time.
KNOWN_WARNINGS := warning: Using '.*' in statically linked applications\|warning: the use of

.PHONY: run build layout test soak fuzz lint format bench bench-trials bench-store reference reference-check screenshots docs install uninstall deb clean setup setup-test setup-screenshots help

## run: build a release and open the app on the bundled trials
run: build
	@$(RELEASE)

## build: build a release
build: setup
	@[ ! Packaging/layout.txt -nt $(RELEASE) ] || rm -f $(RELEASE)
	@$(SWIFT) build $(RELEASE_FLAGS) 2>&1 | { grep -v "$(KNOWN_WARNINGS)" || true; }

## layout: find out which functions answer a key, for the linker to put together; needs valgrind
layout: build
	@Packaging/layout $(RELEASE)

## test: run the whole suite, the real program in a real terminal included
test: setup-test
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --disable-xctest

# What is run at length, and how often; two programs are killed in each round.
SOAKED := CrashTests|DamageTests|AuditTests|LogPropertyTests
ROUNDS ?= 500

## soak: kill programs while they write, a thousand times in each way, and try every byte of a store
soak: setup-test
	$(SWIFT) build --build-tests
	LOBULE_SOAK=$(ROUNDS) $(SWIFT) test --skip-build --disable-xctest --filter "$(SOAKED)"

# For how many seconds; a build of its own, so that the usual one stays.
FUZZED ?= 600

## fuzz: press random keys, paste and resize for ten minutes under the address sanitizer
fuzz: setup-test
	ASAN_OPTIONS=detect_leaks=0 LOBULE_FUZZ=$(FUZZED) $(SWIFT) test --disable-xctest \
	  --sanitize=address --scratch-path .build/fuzz --filter WorkbenchFuzzTests

## lint: check the format and the words of the sources
lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks Plugins

## format: put the sources into their format
format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks Plugins

## bench: measure speed and memory beside a yardstick in C and DuckDB, and print the figures
bench: build
	@$(SWIFT) build $(RELEASE_FLAGS:lobule=ColumnsBenchmark) 2>&1 | { grep -v "$(KNOWN_WARNINGS)" || true; }
	@Benchmarks/cohort.py $(RELEASE) $(dir $(RELEASE))ColumnsBenchmark $(BENCH_FLAGS)
	@Benchmarks/bench.py $(RELEASE) $(BENCH_FLAGS)
	@Benchmarks/peers.py $(RELEASE) $(BENCH_FLAGS)
	@$(MAKE) --no-print-directory bench-trials bench-store

## bench-trials: measure screening with 5 to 10,000 trials
bench-trials: setup
	@$(SWIFT) build $(RELEASE_FLAGS:lobule=ScreeningBenchmark) 2>&1 | { grep -v "$(KNOWN_WARNINGS)" || true; }
	@$(dir $(RELEASE))ScreeningBenchmark

## bench-store: measure the store with 100 to 100,000 patients; PATIENTS="100 1000" for others
bench-store: setup
	@$(SWIFT) build $(RELEASE_FLAGS:lobule=ClinicBenchmark) 2>&1 | { grep -v "$(KNOWN_WARNINGS)" || true; }
	@.build/release/ClinicBenchmark $(PATIENTS)

## reference: make the expected scores and criteria of the tests anew, without the program
reference:
	@Tests/Reference/make.py

## reference-check: say where they differ from what would be made
reference-check:
	@Tests/Reference/make.py --check

## screenshots: make the pictures of the README
screenshots: setup-screenshots
	$(SWIFT) build --build-tests
	LOBULE_SCREENSHOTS=$(CURDIR)/screenshots $(SWIFT) test --skip-build --disable-xctest --filter Screenshots

## docs: make the documentation of the library in .build/docs; a warning is an error
docs:
	@Packaging/docs $(SWIFT)

## install: install a release below PREFIX, with its manual page and completions for the shells
install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(MAN)" "$(DESTDIR)$(BASH)" "$(DESTDIR)$(ZSH)" "$(DESTDIR)$(FISH)"
	install -m 755 $(RELEASE) "$(DESTDIR)$(PREFIX)/bin/lobule"
	strip "$(DESTDIR)$(PREFIX)/bin/lobule" 2>/dev/null || true
	install -m 644 docs/lobule.1 "$(DESTDIR)$(MAN)/lobule.1"
	$(RELEASE) --generate-completion-script bash > "$(DESTDIR)$(BASH)/lobule"
	$(RELEASE) --generate-completion-script zsh > "$(DESTDIR)$(ZSH)/_lobule"
	$(RELEASE) --generate-completion-script fish > "$(DESTDIR)$(FISH)/lobule.fish"

## uninstall: remove what install installed
uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/lobule" "$(DESTDIR)$(MAN)/lobule.1"
	rm -f "$(DESTDIR)$(BASH)/lobule" "$(DESTDIR)$(ZSH)/_lobule" "$(DESTDIR)$(FISH)/lobule.fish"

## deb: make a Debian package in .build
deb: build
	@Packaging/deb $(RELEASE)

## clean: remove what was built
clean:
	$(SWIFT) package clean

# Each of these installs what is missing where it may, and otherwise says exactly what to install.
setup:
	@./.ci/setup libncurses-dev libsqlite3-dev

setup-test:
	@./.ci/setup libncurses-dev libsqlite3-dev libvterm-dev

setup-screenshots:
	@./.ci/setup libncurses-dev libsqlite3-dev libvterm-dev librsvg2-bin pngquant fonts-jetbrains-mono fonts-noto-cjk

help:
	@sed -n 's/^## //p' Makefile
