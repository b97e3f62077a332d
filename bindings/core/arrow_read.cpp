// Arrow streams as frames.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bindings/core/arrow.hpp"
#include "libsim/base/error.hpp"

namespace labacces::python {
namespace {

using Kind = FrameColumn::Kind;
using ArrayHandle = std::shared_ptr<ArrowArray>;

/// Calls release once, when the last owner lets go.
template <typename T>
struct Releaser {
  void operator()(T* value) const {
    if (value->release != nullptr) value->release(value);
    delete value;
  }
};

/// How the cells of a type are read: `count` of them from the cell `first` on. What stands in missing cells is read as well, and dropped.
template <typename T>
using ReadCells = std::function<void(const void* values, std::int64_t first, std::int64_t count, T* out)>;

struct Type {
  Kind kind = Kind::numbers;
  std::string name;
  ReadCells<double> numbers;         ///< of numbers, booleans, days
  ReadCells<std::int64_t> integers;  ///< of integers
};

template <typename T>
T cell(const void* values, std::int64_t i) {
  T out;
  std::memcpy(&out, static_cast<const char*>(values) + static_cast<std::size_t>(i) * sizeof(T), sizeof(T));
  return out;
}

/// Cells of type T, each put through `convert`.
template <typename T, typename Out, typename Convert>
ReadCells<Out> each(Convert convert) {
  return [convert](const void* values, std::int64_t first, std::int64_t count, Out* out) {
    for (std::int64_t i = 0; i < count; ++i) out[i] = convert(cell<T>(values, first + i));
  };
}

template <typename T>
Type integers(std::string name) {
  return {Kind::integers, std::move(name), {}, each<T, std::int64_t>([](T value) { return static_cast<std::int64_t>(value); })};
}

template <typename T>
Type numbers(std::string name, Kind kind = Kind::numbers) {
  return {kind, std::move(name), each<T, double>([](T value) { return static_cast<double>(value); }), {}};
}

/// Days of a count of `unit` parts of a day.
Type timestamps(std::string name, std::int64_t parts_a_day) {
  const auto days = [parts_a_day](std::int64_t value) {
    return std::floor(static_cast<double>(value) / static_cast<double>(parts_a_day));
  };
  return {Kind::days, std::move(name), each<std::int64_t, double>(days), {}};
}

bool bit(const void* bits, std::int64_t i) { return ((static_cast<const std::uint8_t*>(bits)[i / 8] >> (i % 8)) & 1) != 0; }

Type decimals(const std::string& format) {
  int scale = 0;
  const std::size_t comma = format.find(',');
  if (comma != std::string::npos) scale = std::atoi(format.c_str() + comma + 1);
  __extension__ using Wide = __int128;
  const auto value = [power = std::pow(10.0, scale)](Wide wide) { return static_cast<double>(wide) / power; };
  return {Kind::numbers, "decimal128", each<Wide, double>(value), {}};
}

Type booleans() {
  const auto read = [](const void* values, std::int64_t first, std::int64_t count, double* out) {
    std::int64_t i = 0;
    for (; i < count && (first + i) % 8 != 0; ++i) out[i] = bit(values, first + i) ? 1.0 : 0.0;
    for (; i + 8 <= count; i += 8) {
      const std::uint8_t byte = static_cast<const std::uint8_t*>(values)[(first + i) / 8];
      for (int k = 0; k < 8; ++k) out[i + k] = static_cast<double>((byte >> k) & 1);
    }
    for (; i < count; ++i) out[i] = bit(values, first + i) ? 1.0 : 0.0;
  };
  return {Kind::booleans, "bool", read, {}};
}

bool is_text(std::string_view format) { return format == "u" || format == "U" || format == "vu"; }

std::string text_type(std::string_view format) { return format == "u" ? "utf8" : format == "U" ? "large_utf8" : "utf8_view"; }

Type type_of(const std::string& format, const std::string& column) {
  if (format == "g") return numbers<double>("float64");
  if (format == "f") return numbers<float>("float32");
  if (format == "c") return integers<std::int8_t>("int8");
  if (format == "C") return integers<std::uint8_t>("uint8");
  if (format == "s") return integers<std::int16_t>("int16");
  if (format == "S") return integers<std::uint16_t>("uint16");
  if (format == "i") return integers<std::int32_t>("int32");
  if (format == "I") return integers<std::uint32_t>("uint32");
  if (format == "l") return integers<std::int64_t>("int64");
  if (format == "L") return integers<std::uint64_t>("uint64");
  if (format == "b") return booleans();
  if (format == "n") return {Kind::numbers, "null", {}, {}};
  if (format == "tdD") return numbers<std::int32_t>("date32", Kind::days);
  if (format == "tdm") return timestamps("date64", 86'400'000);
  constexpr std::int64_t seconds = 86'400;
  if (format.starts_with("tss:")) return timestamps("timestamp[s]", seconds);
  if (format.starts_with("tsm:")) return timestamps("timestamp[ms]", seconds * 1'000);
  if (format.starts_with("tsu:")) return timestamps("timestamp[us]", seconds * 1'000'000);
  if (format.starts_with("tsn:")) return timestamps("timestamp[ns]", seconds * 1'000'000'000);
  const bool decimal128 = format.starts_with("d:") && std::count(format.begin(), format.end(), ',') == 1;
  if (decimal128) return decimals(format);
  if (is_text(format)) return {Kind::texts, text_type(format), {}, {}};
  throw Error("column '" + column + "': its Arrow type '" + format +
              "' can hold no variable: numbers, texts, dates, or true and false were expected");
}

/// The text of a cell of "u", "U" or "vu".
std::string_view text_at(const ArrowArray& array, std::string_view format, std::int64_t i) {
  if (format == "vu") {
    const char* view = static_cast<const char*>(array.buffers[1]) + static_cast<std::size_t>(i) * 16;
    const auto length = cell<std::int32_t>(view, 0);
    if (length <= 12) return {view + 4, static_cast<std::size_t>(length)};
    const auto buffer = cell<std::int32_t>(view, 2);
    const auto offset = cell<std::int32_t>(view, 3);
    return {static_cast<const char*>(array.buffers[2 + buffer]) + offset, static_cast<std::size_t>(length)};
  }
  const auto offset = [&](std::int64_t at) {
    return format == "u" ? static_cast<std::int64_t>(cell<std::int32_t>(array.buffers[1], at))
                         : cell<std::int64_t>(array.buffers[1], at);
  };
  return {static_cast<const char*>(array.buffers[2]) + offset(i), static_cast<std::size_t>(offset(i + 1) - offset(i))};
}

bool is_given(const ArrowArray& array, std::int64_t i) {
  return array.n_buffers == 0 || array.buffers[0] == nullptr || bit(array.buffers[0], i);
}

/// One column while batches come in.
class ColumnReader {
 public:
  ColumnReader(const ArrowSchema& schema) : format_(schema.format) {
    column_.name = schema.name == nullptr ? "" : schema.name;
    if (schema.dictionary != nullptr) {
      indices_ = type_of(format_, column_.name);
      text_format_ = schema.dictionary->format;
      if (!is_text(text_format_)) throw Error("column '" + column_.name + "': a dictionary of texts was expected");
      type_ = {Kind::texts, "dictionary of texts", {}, {}};
    } else {
      type_ = type_of(format_, column_.name);
      if (is_text(format_)) text_format_ = format_;
    }
    column_.kind = type_.kind;
    column_.type = type_.name;
  }

  /// Rows [offset, offset + rows) of the batch's column.
  void add(const ArrowArray& array, std::int64_t offset, std::int64_t rows, const ArrayHandle& batch, bool only_batch) {
    const std::int64_t first = array.offset + offset;
    note_missing(array, first, rows);
    const bool lendable = only_batch && column_.given.empty() && rows > 0;
    const void* const values = array.n_buffers > 1 ? array.buffers[1] : nullptr;
    if (type_.kind == Kind::texts) {
      const bool lent = lendable && indices_.integers && lend_dictionary(array, first, rows, batch);
      if (!lent) indices_.integers ? add_dictionary(array, first, rows) : add_texts(array, first, rows);
    } else if (lendable && format_ == "l") {
      column_.lent_integers = {{static_cast<const std::int64_t*>(values) + first, static_cast<std::size_t>(rows)}, batch};
    } else if (lendable && format_ == "g") {
      column_.lent = {{static_cast<const double*>(values) + first, static_cast<std::size_t>(rows)}, batch};
    } else if (lendable && values != nullptr && (type_.kind == Kind::booleans || type_.kind == Kind::days)) {
      const auto fill = [read = type_.numbers, values, first, rows, batch](double* out) { read(values, first, rows, out); };
      column_.deferred = std::make_shared<const DeferredValues>(static_cast<std::size_t>(rows), fill);
    } else if (type_.kind == Kind::integers) {
      add_cells(type_.integers, values, first, rows, column_.integers);
    } else {
      add_cells(type_.numbers, values, first, rows, column_.numbers);
    }
    rows_ += static_cast<std::size_t>(rows);
  }
  FrameColumn finish() && { return std::move(column_); }

 private:
  /// Missing cells are 0.
  template <typename T>
  void add_cells(const ReadCells<T>& read, const void* values, std::int64_t first, std::int64_t rows, std::vector<T>& out) {
    out.resize(rows_ + static_cast<std::size_t>(rows));
    if (read && values != nullptr) read(values, first, rows, out.data() + rows_);
    if (column_.given.empty()) return;
    for (std::size_t i = rows_; i < out.size(); ++i) out[i] = column_.given[i] != 0 ? out[i] : T{};
  }
  void note_missing(const ArrowArray& array, std::int64_t first, std::int64_t rows) {
    const bool none = format_ == "n";
    const bool all = !none && (array.n_buffers == 0 || array.buffers[0] == nullptr || array.null_count == 0);
    if (all && column_.given.empty()) return;
    if (column_.given.empty()) column_.given.assign(rows_, 1);
    bool gaps = false;
    for (std::int64_t i = first; i < first + rows; ++i) {
      const bool given = !none && (all || is_given(array, i));
      column_.given.push_back(given ? 1 : 0);
      gaps = gaps || !given;
    }
    if (!gaps && rows_ == 0) column_.given.clear();
  }
  std::int32_t code_of(std::string_view text) {
    if (!column_.dictionary.empty() && column_.dictionary[static_cast<std::size_t>(last_)] == text) return last_;
    const auto [entry, is_new] = codes_.emplace(std::string(text), static_cast<std::int32_t>(column_.dictionary.size()));
    if (is_new) column_.dictionary.emplace_back(text);
    return last_ = entry->second;
  }
  void add_texts(const ArrowArray& array, std::int64_t first, std::int64_t rows) {
    for (std::int64_t i = first; i < first + rows; ++i)
      column_.codes.push_back(is_given(array, i) ? code_of(text_at(array, text_format_, i)) : 0);
  }
  /// Reads the codes of the usual dictionary in place: one that has each text once, with 32-bit indices into it.
  bool lend_dictionary(const ArrowArray& array, std::int64_t first, std::int64_t rows, const ArrayHandle& batch) {
    if (format_ != "i") return false;
    const std::int64_t length = array.dictionary->length;
    for (std::int64_t i = 0; i < length; ++i) code_of(text_at(*array.dictionary, text_format_, i + array.dictionary->offset));
    if (column_.dictionary.size() != static_cast<std::size_t>(length)) return false;
    const std::span<const std::int32_t> codes(static_cast<const std::int32_t*>(array.buffers[1]) + first,
                                              static_cast<std::size_t>(rows));
    std::uint32_t last = 0;
    for (const std::int32_t code : codes) last = std::max(last, static_cast<std::uint32_t>(code));
    if (static_cast<std::int64_t>(last) >= length) return false;  // told with its row
    column_.lent_codes = {codes, batch};
    return true;
  }
  void add_dictionary(const ArrowArray& array, std::int64_t first, std::int64_t rows) {
    std::vector<std::int32_t> codes;
    for (std::int64_t i = 0; i < array.dictionary->length; ++i)
      codes.push_back(code_of(text_at(*array.dictionary, text_format_, i + array.dictionary->offset)));
    std::vector<std::int64_t> indices(static_cast<std::size_t>(rows));
    indices_.integers(array.buffers[1], first, rows, indices.data());
    column_.codes.resize(rows_ + indices.size());
    for (std::size_t i = 0; i < indices.size(); ++i) {
      const bool given = column_.given.empty() || column_.given[rows_ + i] != 0;
      const auto index = static_cast<std::size_t>(indices[i]);
      if (given && index >= codes.size())
        throw Error("column '" + column_.name + "': row " + std::to_string(rows_ + i) + " points outside the dictionary");
      column_.codes[rows_ + i] = given ? codes[index] : 0;
    }
  }

  std::string format_, text_format_;
  Type type_, indices_;
  FrameColumn column_;
  std::unordered_map<std::string, std::int32_t> codes_;
  std::int32_t last_ = 0;
  std::size_t rows_ = 0;
};

[[noreturn]] void failed(ArrowArrayStream& stream, const std::string& name) {
  const char* const why = stream.get_last_error(&stream);
  throw Error(Location{name, 0, 0, {}},
              std::string("the table could not be read: ") + (why == nullptr ? "its stream failed" : why));
}

/// The next batch that has rows, or nothing at the end.
ArrayHandle next_batch(ArrowArrayStream& stream, const std::string& name) {
  while (true) {
    ArrayHandle batch(new ArrowArray{}, Releaser<ArrowArray>{});
    if (stream.get_next(&stream, batch.get()) != 0) failed(stream, name);
    if (batch->release == nullptr) return nullptr;
    if (batch->length > 0) return batch;
  }
}

}  // namespace

Frame read_arrow(ArrowArrayStream* stream, const std::string& name) {
  const std::unique_ptr<ArrowArrayStream, void (*)(ArrowArrayStream*)> held(stream, [](ArrowArrayStream* value) {
    if (value->release != nullptr) value->release(value);
  });
  const std::unique_ptr<ArrowSchema, Releaser<ArrowSchema>> schema(new ArrowSchema{});
  if (stream->get_schema(stream, schema.get()) != 0) failed(*stream, name);
  if (std::string_view(schema->format) != "+s")
    throw Error(Location{name, 0, 0, {}}, "a table was expected, found a single column");
  std::vector<ColumnReader> readers;
  for (std::int64_t c = 0; c < schema->n_children; ++c) readers.emplace_back(*schema->children[c]);
  Frame frame;
  frame.name = name;
  // One batch ahead: only a table of one batch is lent; of others each batch is let go of when it is read.
  ArrayHandle batch = next_batch(*stream, name);
  for (bool first = true; batch; first = false) {
    ArrayHandle following = next_batch(*stream, name);
    const bool only = first && !following;
    for (std::size_t c = 0; c < readers.size(); ++c)
      readers[c].add(*batch->children[c], batch->offset, batch->length, batch, only);
    frame.rows += static_cast<std::size_t>(batch->length);
    batch = std::move(following);
  }
  for (ColumnReader& reader : readers) frame.columns.push_back(std::move(reader).finish());
  return frame;
}

}  // namespace labacces::python
