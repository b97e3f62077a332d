// The margins of the synthetic Brittany, as text in the format of margins files.
#pragma once

#include <string_view>

namespace labacces::calibration {

/// Published margins of Brittany, with their sources: to calibrate to, and held out (bretagne.json).
std::string_view bretagne_text();

/// Persons by département and class of an approximate standard of living, set so that the engine's standard of living comes near published figures
/// (niveau_bretagne.json). Of the synthetic population's weights only: no population read from a file has that approximation.
std::string_view niveau_bretagne_text();

}  // namespace labacces::calibration
