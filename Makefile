# Two commands on a fresh Debian machine: `make run` does the main job, `make test` passes the tests.
# Both do all the set-up themselves (tools/setup.sh). Everything made goes to build/.

JOBS ?= $(shell nproc)
OUT  ?= build/out

.PHONY: help run test build setup wheel api-docs docs-law bench format format-check tidy asan tsan clean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: setup ## the main job: entitlement, take-up and unclaimed euros in a synthetic Brittany
	@$(call configure,release)
	cmake --build build/release --target labacces -j $(JOBS)
	@ln -sfn release/labacces build/labacces
	build/labacces run --output $(OUT)

test: build ## all the tests
	-@tools/setup.sh chromium
	ctest --test-dir build/release --output-on-failure -j $(JOBS)
	build/venv/bin/python -m pytest -n $(JOBS) tests

build: setup ## the program, the tests and the benchmarks, optimised
	@$(call configure,release)
	cmake --build build/release -j $(JOBS)
	@ln -sfn release/labacces build/labacces

setup: ## packages of the system and the Python environment of build and tests
	@tools/setup.sh

wheel: setup ## the Python wheel and the source distribution, in build/wheel
	@mkdir -p build/npm
	cmake -DSOURCE=$(CURDIR)/libsim/report/page -DWORK=$(CURDIR)/build/npm -DVENV=$(CURDIR)/build/venv -DBUNDLE=$(CURDIR)/build/npm/plotting.js \
	  -DLICENCES=$(CURDIR)/build/npm/licences.txt -DKEEP=ON -P libsim/report/page/bundle.cmake
	build/venv/bin/python -m build --outdir build/wheel .

api-docs: build ## the reference of the Python package, in build/api
	build/venv/bin/python -m pip install --quiet -r docs/python/requirements.txt
	build/venv/bin/python -m sphinx -q -W -b html docs/python build/api

docs-law: setup ## a page a benefit, out of the law, in build/docs/law
	@$(call configure,release)
	cmake --build build/release --target labacces -j $(JOBS)
	@ln -sfn release/labacces build/labacces
	build/venv/bin/python docs/law/generate.py

bench: setup ## the benchmarks; BENCH=bench_kernels for one of them
	@$(call configure,release)
	cmake --build build/release -j $(JOBS)
	@for program in $(if $(BENCH),build/release/bench/$(BENCH),$$(find build/release/bench -maxdepth 1 -name 'bench_*' -type f -perm -u+x | sort)); do \
	  echo "== $$program"; $$program || exit 1; done

format: ## rewrites the C++ sources in the house format
	@git ls-files '*.cpp' '*.hpp' | xargs -r clang-format -i

format-check: ## fails when a C++ source is not in the house format
	@git ls-files '*.cpp' '*.hpp' | xargs -r clang-format --dry-run -Werror

tidy: setup ## clang-tidy on every C++ source; FILES=... for some
	@$(call configure,debug)
	@$(if $(FILES),printf '%s\n' $(FILES),git ls-files '*.cpp') | grep -v '^tests/consumer/' \
	  | xargs -r -P $(JOBS) -n 4 clang-tidy -p build/debug --quiet

asan: setup ## the C++ tests with the address and undefined-behaviour sanitizers
	@$(call configure,asan-ubsan)
	cmake --build build/asan-ubsan -j $(JOBS)
	ctest --test-dir build/asan-ubsan --output-on-failure -j $(JOBS) -LE no_sanitizer

tsan: setup ## the C++ tests with the thread sanitizer
	@$(call configure,tsan)
	cmake --build build/tsan -j $(JOBS)
	ctest --test-dir build/tsan --output-on-failure -j $(JOBS) -LE no_sanitizer

clean: ## removes build/
	rm -rf build

# Configures once; afterwards the build itself notices what changed.
configure = test -f build/$(1)/build.ninja || cmake --preset $(1)
