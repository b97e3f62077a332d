#include "libsim/base/random.hpp"

namespace labacces {

void Stream::uniforms(std::span<const std::uint64_t> units, std::uint64_t draw, std::span<double> out) const noexcept {
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = uniform(units[i], draw);
}

}  // namespace labacces
