# `make demo` needs make and Go, nothing else. The tests bring their own
# PostgreSQL, Chromium, mail host and other programs (scripts/postgres, chromium,
# mailhost, test-programs).

GO       ?= go
ARGS     ?=
PKGS     ?= ./...
FUZZTIME ?= 30s
# The rooms in which several goroutines meet.
RACED    ?= ./mailer/... ./store/... ./workflow/... ./web/... ./seeds/... ./cmd/...
VERSION  ?= $(shell git describe --always --dirty 2>/dev/null || echo unknown)

# gorm's SQLite glue also links a C driver, which is a stub without cgo.
# A clone that belongs to another user must build as well: git's state is asked
# once, above, and not by the go command.
export CGO_ENABLED := 0
export GOFLAGS := $(GOFLAGS) -buildvcs=false

# The programs carry the time zones: small machines have none.
BUILD = $(GO) build -trimpath -tags timetzdata -ldflags "-X main.version=$(VERSION)"

# What tests run beside: other programs, a browser, a throwaway mail host and a
# throwaway PostgreSQL.
BESIDE = scripts/test-programs && chromium=$$(scripts/chromium) && JIANBAO_TEST_CHROMIUM=$$chromium scripts/mailhost run scripts/postgres run

# A hundred programs of tests are linked: without what debuggers read, and not
# vetted here, since make lint vets them whole.
QUICKLY = -vet=off -ldflags='-s -w'

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: build ## the whole job on the real bulletin; flags by ARGS="--serve"
	@bin/jianbao demo $(ARGS)

.PHONY: build
build: ## the program, static, in bin/jianbao
	@$(BUILD) -o bin/jianbao ./cmd/jianbao

.PHONY: test
test: ## every test, on SQLite and on a PostgreSQL of its own
	$(BESIDE) $(GO) test $(QUICKLY) -timeout 20m $(PKGS)

.PHONY: race
race: ## the rooms with concurrency under the race detector (needs a C compiler)
	$(BESIDE) env CGO_ENABLED=1 $(GO) test -race -timeout 15m $(RACED)

.PHONY: bench
bench: ## every benchmark, no tests
	$(BESIDE) $(GO) test -run '^$$' -bench . -benchmem -timeout 30m $(PKGS)

.PHONY: bench-mail
bench-mail: build ## the mail engine against smtp-source, RUNS (5) times each row
	@scripts/bench-mail $(RUNS)

.PHONY: bench-web
bench-web: ## what pages cost with ISSUES (52) behind them, a board of LETTERS (10000)
	chromium=$$(scripts/chromium) && JIANBAO_TEST_CHROMIUM=$$chromium $(GO) test ./cmd/jianbao -count=1 -timeout 20m -v \
		-run 'PagesAreLight|ALongBoard|ThePagesFollow' -year=$(or $(ISSUES),52) -letters=$(or $(LETTERS),10000)

.PHONY: faults
faults: ## kills, crashes and full disks while LETTERS (50000) letters go
	@scripts/faults $(LETTERS) $(KILLS)

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (30s)
	scripts/fuzz $(FUZZTIME) $(PKGS)

.PHONY: lint
lint: ## gofmt, vet, staticcheck, known vulnerabilities
	scripts/lint

.PHONY: cross
cross: ## everything compiles; the program for every platform that it is released for
	$(GO) build $(PKGS)
	@set -e; for p in $(PLATFORMS); do echo $$p; GOOS=$${p%/*} GOARCH=$${p#*/} $(BUILD) -o /dev/null ./cmd/jianbao; done

# linux/arm64 and so on, and the names of the programs in dist/.
PLATFORMS ?= linux/amd64 linux/arm64 linux/loong64 windows/amd64

.PHONY: release
release: ## static programs for every platform, with checksums, in dist/
	@mkdir -p dist && rm -f dist/jianbao-* dist/SHA256SUMS
	@set -e; for p in $(PLATFORMS); do os=$${p%/*}; arch=$${p#*/}; ext=; [ $$os = windows ] && ext=.exe; \
		GOOS=$$os GOARCH=$$arch $(BUILD) -o dist/jianbao-$$os-$$arch$$ext ./cmd/jianbao; done
	@cd dist && sha256sum jianbao-* >SHA256SUMS && cat SHA256SUMS

.PHONY: bundle
bundle: build ## what an island without internet needs, in dist/jianbao-bundle.tar.gz
	@rm -rf dist/jianbao && mkdir -p dist/jianbao/docs
	@cp -R bin/jianbao deploy LICENSE README.md README.zh-CN.md dist/jianbao
	@cp -R docs/operating.md docs/operating.zh-CN.md docs/operations dist/jianbao/docs
	@cd dist/jianbao && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum >SHA256SUMS
	@tar -C dist --owner=0 --group=0 -czf dist/jianbao-bundle.tar.gz jianbao && rm -rf dist/jianbao && echo dist/jianbao-bundle.tar.gz

.PHONY: shots
shots: ## every page at three widths, by day and by night, in shots/; the pictures of the documents
	@mkdir -p shots
	@dpkg -s chromium-l10n >/dev/null 2>&1 || scripts/debian-packages chromium-l10n # a browser in Chinese, as people have it
	chromium=$$(scripts/chromium) && JIANBAO_TEST_CHROMIUM=$$chromium $(GO) test ./cmd/jianbao -count=1 -timeout 30m \
		-run OnThePages -gallery=$(CURDIR)/shots -documents=$(CURDIR)/docs

.PHONY: clean
clean: ## remove what was built
	rm -rf bin dist
