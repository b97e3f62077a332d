// Values that are worked out when somebody first reads them.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <utility>

namespace labacces {

/// `count` values that `fill` writes, once, whichever thread asks first. What it reads must be checked before: it cannot fail. It is kept to the
/// end, as what it holds may take a lock to let go of that another thread that waits here has.
class DeferredValues {
 public:
  using Fill = std::function<void(double* out)>;

  DeferredValues(std::size_t count, Fill fill) : count_(count), fill_(std::move(fill)) {}
  std::size_t size() const { return count_; }
  std::span<const double> cells() const {
    std::call_once(filled_, [this] {
      values_ = std::make_unique_for_overwrite<double[]>(count_);
      fill_(values_.get());
    });
    return {values_.get(), count_};
  }

 private:
  std::size_t count_;
  Fill fill_;
  mutable std::once_flag filled_;
  mutable std::unique_ptr<double[]> values_;
};

}  // namespace labacces
