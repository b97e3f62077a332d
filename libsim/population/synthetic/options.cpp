#include "libsim/population/synthetic/options.hpp"

#include <charconv>
#include <optional>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/synthetic/data_table.hpp"

namespace labacces {
namespace {

constexpr std::string_view prefix = "builtin:";
constexpr std::size_t most_households = 50'000'000;

/// Letters and digits of a name in lower case without accents, other signs as one '_': "Côtes-d'Armor" is "cotes_d_armor".
std::string plain(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    char letter = '_';
    if (byte == 0xC3 && i + 1 < name.size()) {
      const auto next = static_cast<unsigned char>(name[++i]);
      const unsigned low = next | 0x20U;
      letter = low >= 0xA0 && low <= 0xA5   ? 'a'
               : low == 0xA7                ? 'c'
               : low >= 0xA8 && low <= 0xAB ? 'e'
               : low >= 0xAC && low <= 0xAF ? 'i'
               : low >= 0xB2 && low <= 0xB6 ? 'o'
                                            : 'u';
    } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      letter = static_cast<char>(byte);
    } else if (byte >= 'A' && byte <= 'Z') {
      letter = static_cast<char>(byte - 'A' + 'a');
    }
    if (letter != '_' || (!out.empty() && out.back() != '_')) out += letter;
  }
  return out;
}

/// "%20" and "+" of an address as the bytes that they stand for.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::string read_region(std::string_view value, const std::string& shown) {
  const synthetic::DataTable& regions = synthetic::table_named("regions", "regions");
  const std::string wanted = unescaped(value);
  std::vector<std::string> names;
  for (std::size_t row = 0; row < regions.rows.size(); ++row) {
    const std::string& region = regions.text(row, "region");
    if (wanted == regions.text(row, "code") || plain(wanted) == plain(regions.text(row, "label"))) return region;
    names.push_back(regions.text(row, "label"));
  }
  const std::string hint = did_you_mean(wanted, names);
  throw Error("population " + shown + ": unknown region '" + wanted + "'; " +
              (hint.empty() ? "known: " + join(names, ", ") : hint));
}

std::uint64_t read_number(std::string_view value, const std::string& key, const std::string& shown) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  if (value.empty() || read.ec != std::errc{} || read.ptr != value.data() + value.size())
    throw Error("population " + shown + ": " + key + " needs a whole number, found '" + std::string(value) + "'");
  return number;
}

}  // namespace

SyntheticOptions parse_synthetic(std::string_view name) {
  const std::string shown(name);
  if (!name.starts_with(prefix)) throw Error("'" + shown + "' is not a built-in population");
  const std::string_view rest = name.substr(prefix.size());
  const std::size_t mark = rest.find('?');
  const std::string place(rest.substr(0, mark));
  if (place != "bretagne" && place != "france") {
    const std::string hint = did_you_mean(place, {"bretagne", "france"});
    throw Error("population " + shown + ": unknown built-in population '" + place + "'; " +
                (hint.empty() ? "there are: builtin:bretagne, builtin:france" : hint));
  }
  SyntheticOptions options;
  const std::vector<std::string> keys = place == "france" ? std::vector<std::string>{"households", "seed", "region"}
                                                          : std::vector<std::string>{"households", "seed", "weights"};
  if (place == "france") options.region.clear();
  if (mark == std::string_view::npos) return options;
  for (const std::string_view part : split(rest.substr(mark + 1), '&')) {
    const std::size_t equal = part.find('=');
    const std::string key(part.substr(0, equal));
    const std::string_view value = equal == std::string_view::npos ? std::string_view{} : part.substr(equal + 1);
    if (key == "region" && place == "france") {
      options.region = read_region(value, shown);
    } else if (key == "weights" && place == "bretagne") {
      if (value != "calibrated" && value != "uniform") {
        const std::string hint = did_you_mean(value, {"calibrated", "uniform"});
        throw Error("population " + shown + ": weights are calibrated or uniform, found '" + std::string(value) + "'" +
                    (hint.empty() ? "" : "; " + hint));
      }
      options.calibrated = value == "calibrated";
    } else if (key == "seed") {
      options.seed = read_number(value, key, shown);
    } else if (key == "households") {
      const std::uint64_t number = read_number(value, key, shown);
      if (number < 1 || number > most_households)
        throw Error("population " + shown + ": households lies between 1 and " + std::to_string(most_households));
      options.households = static_cast<std::size_t>(number);
    } else {
      const std::string hint = did_you_mean(key, keys);
      throw Error("population " + shown + ": unknown key '" + key + "'; " + (hint.empty() ? "known: " + join(keys, ", ") : hint));
    }
  }
  return options;
}

std::string synthetic_name(const SyntheticOptions& options) {
  const std::string size = "households=" + std::to_string(options.households) + "&seed=" + std::to_string(options.seed);
  if (options.region == "bretagne") return "builtin:bretagne?" + size + (options.calibrated ? "" : "&weights=uniform");
  if (options.region.empty()) return "builtin:france?" + size;
  const synthetic::DataTable& regions = synthetic::table_named("regions", "regions");
  return "builtin:france?region=" + regions.text(regions.row_of("region", options.region), "code") + "&" + size;
}

}  // namespace labacces
