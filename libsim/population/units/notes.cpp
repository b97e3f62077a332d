#include "libsim/population/units/notes.hpp"

#include <algorithm>
#include <string_view>

namespace labacces::units {
namespace {
constexpr std::size_t first_rows = 10;
}

void Notes::add(const NoteKind& kind, std::int32_t row) {
  const auto known = std::find_if(kinds_.begin(), kinds_.end(), [&](const Collected& one) { return one.kind == &kind; });
  if (known == kinds_.end()) {
    kinds_.push_back({&kind, {row}});
  } else {
    known->rows.push_back(row);
  }
}

std::vector<UnitNote> Notes::list() const {
  std::vector<UnitNote> result;
  for (const Collected& one : kinds_) {
    std::vector<std::int32_t> rows = one.rows;
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    const std::size_t count = rows.size();
    rows.resize(std::min(count, first_rows));
    result.push_back({one.kind->name, one.kind->text, count, std::move(rows), one.kind->link});
  }
  std::sort(result.begin(), result.end(), [](const UnitNote& a, const UnitNote& b) { return a.kind < b.kind; });
  return result;
}

}  // namespace labacces::units
