#include "libsim/population/csv_files.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/gzip.hpp"
#include "libsim/base/hash.hpp"
#include "libsim/base/json_text.hpp"

namespace labacces {
namespace {

namespace fs = std::filesystem;

/// `population.json` beside the files: {"synthetic": true}. Other keys tell where the population comes from.
bool says_synthetic(const std::string& path) {
  const nlohmann::ordered_json about = parse_json(path, read_file(path));
  if (!about.is_object()) json_error(path, "", "expected an object such as {\"synthetic\": true}");
  const auto found = about.find("synthetic");
  if (found == about.end()) {
    for (const auto& [key, value] : about.items()) {
      if (const std::string hint = did_you_mean(key, {"synthetic"}); !hint.empty()) json_error(path, key, "unknown key", hint);
    }
    return false;
  }
  if (!found->is_boolean()) json_error(path, "synthetic", "expected true or false");
  return found->get<bool>();
}

std::pair<std::string, std::string> file_text(CsvTexts& texts, const std::string& path) {
  TextFile file = read_text_file(path);
  if (!file.packed.empty()) texts.packed[path] = std::move(file.packed);
  return {path, std::move(file.text)};
}

/// The file of that name in a folder, packed or not.
std::optional<std::string> file_in(const fs::path& folder, const std::string& name) {
  std::error_code unreadable;
  const fs::path plain = folder / (name + ".csv");
  const fs::path packed = plain.string() + ".gz";
  const bool has_plain = fs::exists(plain, unreadable), has_packed = fs::exists(packed, unreadable);
  if (has_plain && has_packed) {
    throw Error(Location{packed.string(), 0, 0, {}}, "'" + plain.filename().string() + "' is there too: keep one of the two");
  }
  if (has_packed) return packed.string();
  return has_plain ? std::optional(plain.string()) : std::nullopt;
}

/// Other files may lie beside, but not one whose name is nearly that of a file of the population: it would be left out in silence.
void refuse_misnamed(const fs::path& folder) {
  std::vector<std::string> known;
  for (std::size_t level = 0; level < level_count; ++level) {
    for (const char* ending : {".csv", ".csv.gz", "_mois.csv", "_mois.csv.gz"})
      known.push_back(std::string(plural_of(static_cast<Level>(level))) + ending);
  }
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    if (!name.ends_with(".csv") && !name.ends_with(".csv.gz")) continue;
    const std::string hint = did_you_mean(name, known);
    if (!hint.empty()) throw Error(Location{(folder / name).string(), 0, 0, {}}, "this is no file of a population", hint);
  }
}

}  // namespace

CsvTexts read_csv_files(const std::string& path) {
  CsvTexts texts;
  texts.source = path;
  std::error_code unreadable;  // the reading of a file says what is wrong with a path that is none
  if (!fs::is_directory(path, unreadable)) {
    texts.files[Level::individu] = file_text(texts, path);
    return texts;
  }
  refuse_misnamed(path);
  for (std::size_t i = 0; i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    const std::string name(plural_of(level));
    std::optional<std::string> file = file_in(path, name);
    // A missing file of persons is told by the one that reads it.
    if (!file && level == Level::individu) file = (fs::path(path) / (name + ".csv")).string();
    if (file) texts.files[level] = file_text(texts, *file);
    if (const auto months = file_in(path, name + "_mois")) texts.months[level] = file_text(texts, *months);
  }
  const fs::path about = fs::path(path) / "population.json";
  if (fs::exists(about, unreadable)) texts.synthetic = says_synthetic(about.string());
  return texts;
}

std::string hash_of(const CsvTexts& texts) {
  std::string bytes;
  for (const auto* files : {&texts.files, &texts.months}) {
    for (const auto& [level, file] : *files) {
      const auto packed = texts.packed.find(file.first);
      const std::string& own = packed == texts.packed.end() ? file.second : packed->second;
      if (texts.files.size() + texts.months.size() == 1) return sha256(own);
      bytes += own;
    }
  }
  return sha256(bytes);
}

}  // namespace labacces
