// IdList: the ids of the units of a level, texts or whole numbers.
#include "libsim/population/id_list.hpp"

#include <algorithm>
#include <utility>

namespace labacces {

void IdList::push_back(std::string text) {
  if (!numbers_.empty()) {
    std::vector<std::string> written = *this;  // before texts_ has any
    texts_ = std::move(written);
    numbers_.clear();
  }
  texts_.push_back(std::move(text));
}

bool IdList::operator==(const IdList& other) const {
  if (texts_.empty() && other.texts_.empty()) return numbers_ == other.numbers_;
  return size() == other.size() && std::equal(begin(), end(), other.begin());
}

IdList IdList::reordered(const std::vector<std::int32_t>& order) && {
  IdList out;
  for (const std::int32_t place : order) {
    const auto from = static_cast<std::size_t>(place);
    if (texts_.empty()) {
      out.numbers_.push_back(numbers_[from]);
    } else {
      out.texts_.push_back(std::move(texts_[from]));
    }
  }
  return out;
}

}  // namespace labacces
