// The labacces program.
#include <cstdio>

int main() {
  std::puts("labacces 0.1.0");
  return 0;
}
