// IdList: the ids of the units of a level, texts or whole numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "libsim/base/lent.hpp"

namespace labacces {

/// Ids in order. Whole numbers stay numbers and are written out one by one, when somebody asks: a million texts would cost as much as all
/// other checks of a table. Two lists are equal when their texts are.
class IdList {
 public:
  IdList() = default;
  IdList(std::vector<std::string> texts) : texts_(std::move(texts)) {}
  IdList(std::initializer_list<const char*> texts) : texts_(texts.begin(), texts.end()) {}
  IdList(std::vector<std::int64_t> numbers);
  /// Numbers read in place; lists that are copies of each other share them.
  IdList(Lent<std::int64_t> numbers) : numbers_(std::move(numbers)) {}

  std::size_t size() const { return texts_.empty() ? numbers_.values.size() : texts_.size(); }
  bool empty() const { return size() == 0; }
  /// The id in that place as a text.
  std::string operator[](std::size_t place) const {
    return texts_.empty() ? std::to_string(numbers_.values[place]) : texts_[place];
  }
  /// Whole numbers, or nothing when the ids are texts.
  std::span<const std::int64_t> numbers() const { return numbers_.values; }
  /// Texts, or nothing when the ids are numbers.
  std::span<const std::string> texts() const { return texts_; }
  /// All of them as texts.
  operator std::vector<std::string>() const { return {begin(), end()}; }
  void push_back(std::string text);
  /// The same ids in another order: place i has what stood in order[i].
  IdList reordered(const std::vector<std::int32_t>& order) &&;

  bool operator==(const IdList& other) const;

  class const_iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = std::string;
    using difference_type = std::ptrdiff_t;
    using pointer = const std::string*;
    using reference = std::string;

    const_iterator() = default;
    const_iterator(const IdList& list, std::size_t place) : list_(&list), place_(place) {}
    std::string operator*() const { return (*list_)[place_]; }
    const_iterator& operator++() {
      ++place_;
      return *this;
    }
    const_iterator operator++(int) {
      const const_iterator before = *this;
      ++place_;
      return before;
    }
    difference_type operator-(const const_iterator& other) const {
      return static_cast<difference_type>(place_) - static_cast<difference_type>(other.place_);
    }
    bool operator==(const const_iterator& other) const { return place_ == other.place_; }

   private:
    const IdList* list_ = nullptr;
    std::size_t place_ = 0;
  };
  using value_type = std::string;
  using iterator = const_iterator;
  using size_type = std::size_t;
  using const_reference = std::string;
  const_iterator begin() const { return {*this, 0}; }
  const_iterator end() const { return {*this, size()}; }

 private:
  std::vector<std::string> texts_;  // one of the two is empty
  Lent<std::int64_t> numbers_;
};

}  // namespace labacces
