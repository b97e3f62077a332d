// Dated lines compared and read by day: what reforms need.
#pragma once

#include <algorithm>
#include <vector>

#include "libsim/law/draft.hpp"

namespace labacces::law {

/// Equal values.
inline bool same(double a, double b) { return a == b; }
inline bool same(const TableRow& a, const TableRow& b) {
  return a.first1 == b.first1 && a.last1 == b.last1 && a.first2 == b.first2 && a.last2 == b.last2 && a.value == b.value;
}
inline bool same(const Bracket& a, const Bracket& b) { return a.threshold == b.threshold && a.value == b.value; }
template <typename T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return same(x, y); });
}

/// Lines that say the same as the line before them left out.
template <typename T>
DraftLines<T> without_repeats(const DraftLines<T>& lines) {
  DraftLines<T> result;
  for (const DraftLine<T>& line : lines) {
    const bool ended = result.empty() || result.back().date.ends;
    if (line.date.ends ? ended : !ended && same(result.back().value, line.value)) continue;
    result.push_back(line);
  }
  return result;
}

/// The same values on all days.
template <typename T>
bool say_the_same(const DraftLines<T>& a, const DraftLines<T>& b) {
  const DraftLines<T> x = without_repeats(a);
  const DraftLines<T> y = without_repeats(b);
  return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const DraftLine<T>& p, const DraftLine<T>& q) {
    return p.date.since == q.date.since && p.date.ends == q.date.ends && (p.date.ends || same(p.value, q.value));
  });
}

/// The line in force on a day, or nullptr.
template <typename T>
const DraftLine<T>* line_on(const DraftLines<T>& lines, Day day) {
  const DraftLine<T>* last = nullptr;
  for (const DraftLine<T>& line : lines) {
    if (line.date.since <= day) last = &line;
  }
  return last != nullptr && last->date.ends ? nullptr : last;
}

}  // namespace labacces::law
