// The labacces program.
#include <cstdio>
#include <string_view>

#include "libsim/base/version.hpp"

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "--help") {
    std::puts("labacces VERB [options]\n\n  --version  the version\n  --help     this text");
  } else {
    std::printf("labacces %s\n", labacces::version());
  }
  return 0;
}
