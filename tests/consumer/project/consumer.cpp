// Uses the library from outside: its version, and the law compiled into it.
#include <cstdio>

#include "libsim/base/version.hpp"
#include "libsim/legislation/embedded.hpp"

int main() {
  std::printf("labacces %s, %zu files of law\n", labacces::version(), labacces::embedded_law("toy").size());
  return 0;
}
