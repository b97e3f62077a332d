// IdList: the ids of the units of a level, texts or whole numbers.
#include "libsim/population/id_list.hpp"

#include <algorithm>
#include <memory>
#include <ranges>
#include <utility>

namespace labacces {

IdList::IdList(std::vector<std::int64_t> numbers) {
  const auto kept = std::make_shared<const std::vector<std::int64_t>>(std::move(numbers));
  numbers_ = {*kept, kept};
}

void IdList::push_back(std::string text) {
  if (!numbers_.values.empty()) {
    std::vector<std::string> written = *this;  // before texts_ has any
    texts_ = std::move(written);
    numbers_ = {};
  }
  texts_.push_back(std::move(text));
}

bool IdList::operator==(const IdList& other) const {
  if (texts_.empty() && other.texts_.empty()) return std::ranges::equal(numbers_.values, other.numbers_.values);
  return size() == other.size() && std::equal(begin(), end(), other.begin());
}

IdList IdList::reordered(const std::vector<std::int32_t>& order) && {
  if (texts_.empty()) {
    std::vector<std::int64_t> numbers;
    numbers.reserve(order.size());
    for (const std::int32_t place : order) numbers.push_back(numbers_.values[static_cast<std::size_t>(place)]);
    return numbers;
  }
  std::vector<std::string> texts;
  texts.reserve(order.size());
  for (const std::int32_t place : order) texts.push_back(std::move(texts_[static_cast<std::size_t>(place)]));
  return texts;
}

}  // namespace labacces
