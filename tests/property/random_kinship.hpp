// Random kinships: family trees over dwellings, flat-shares, cells that miss, and links that cannot be.
#pragma once

#include <cstdint>

#include "libsim/population/units/kinship.hpp"

namespace labacces::property {

/// Trees of up to three generations spread over dwellings, shares of flats, boarders and students away; some columns are not there.
/// `disorder` is the share of links that are replaced by a person drawn at random.
units::Kinship random_kinship(std::uint64_t seed, int trees, double disorder);

/// The same people in another order of rows and of dwellings.
units::Kinship shuffled(const units::Kinship& kinship, std::uint64_t seed);

}  // namespace labacces::property
