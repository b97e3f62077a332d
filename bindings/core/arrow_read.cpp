// Arrow streams as frames.
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

/// How the cells of a type are read.
struct Type {
  Kind kind = Kind::numbers;
  std::string name;
  std::function<double(const void* values, std::int64_t i)> number;         ///< numbers, booleans, days
  std::function<std::int64_t(const void* values, std::int64_t i)> integer;  ///< integers
};

template <typename T>
T cell(const void* values, std::int64_t i) {
  T out;
  std::memcpy(&out, static_cast<const char*>(values) + static_cast<std::size_t>(i) * sizeof(T), sizeof(T));
  return out;
}

template <typename T>
Type integers(std::string name) {
  return {Kind::integers, std::move(name), {}, [](const void* values, std::int64_t i) {
            return static_cast<std::int64_t>(cell<T>(values, i));
          }};
}

template <typename T>
Type numbers(std::string name) {
  return {Kind::numbers,
          std::move(name),
          [](const void* values, std::int64_t i) { return static_cast<double>(cell<T>(values, i)); },
          {}};
}

/// Days of a count of `unit` parts of a day.
Type timestamps(std::string name, std::int64_t parts_a_day) {
  return {Kind::days,
          std::move(name),
          [parts_a_day](const void* values, std::int64_t i) {
            return std::floor(static_cast<double>(cell<std::int64_t>(values, i)) / static_cast<double>(parts_a_day));
          },
          {}};
}

bool bit(const void* bits, std::int64_t i) { return ((static_cast<const std::uint8_t*>(bits)[i / 8] >> (i % 8)) & 1) != 0; }

Type decimals(const std::string& format) {
  int scale = 0;
  const std::size_t comma = format.find(',');
  if (comma != std::string::npos) scale = std::atoi(format.c_str() + comma + 1);
  __extension__ using Wide = __int128;
  return {Kind::numbers,
          "decimal128",
          [power = std::pow(10.0, scale)](const void* values, std::int64_t i) {
            return static_cast<double>(cell<Wide>(values, i)) / power;
          },
          {}};
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
  if (format == "b")
    return {Kind::booleans, "bool", [](const void* values, std::int64_t i) { return bit(values, i) ? 1.0 : 0.0; }, {}};
  if (format == "n") return {Kind::numbers, "null", [](const void*, std::int64_t) { return 0.0; }, {}};
  if (format == "tdD")
    return {Kind::days,
            "date32",
            [](const void* values, std::int64_t i) { return static_cast<double>(cell<std::int32_t>(values, i)); },
            {}};
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
    if (type_.kind == Kind::texts) {
      indices_.integer ? add_dictionary(array, first, rows) : add_texts(array, first, rows);
    } else if (type_.kind == Kind::integers) {
      for (std::int64_t i = first; i < first + rows; ++i)
        column_.integers.push_back(is_given(array, i) ? type_.integer(array.buffers[1], i) : 0);
    } else if (format_ == "g" && only_batch && column_.given.empty() && rows > 0) {
      column_.lent = {{static_cast<const double*>(array.buffers[1]) + first, static_cast<std::size_t>(rows)}, batch};
    } else {
      const void* values = array.n_buffers > 1 ? array.buffers[1] : nullptr;
      for (std::int64_t i = first; i < first + rows; ++i)
        column_.numbers.push_back(is_given(array, i) && values != nullptr ? type_.number(values, i) : 0.0);
    }
    rows_ += static_cast<std::size_t>(rows);
  }
  FrameColumn finish() && { return std::move(column_); }

 private:
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
  void add_dictionary(const ArrowArray& array, std::int64_t first, std::int64_t rows) {
    std::vector<std::int32_t> codes;
    for (std::int64_t i = 0; i < array.dictionary->length; ++i)
      codes.push_back(code_of(text_at(*array.dictionary, text_format_, i + array.dictionary->offset)));
    for (std::int64_t i = first; i < first + rows; ++i) {
      column_.codes.push_back(is_given(array, i) ? codes.at(static_cast<std::size_t>(indices_.integer(array.buffers[1], i))) : 0);
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

}  // namespace

Frame read_arrow(ArrowArrayStream* stream, const std::string& name) {
  const std::unique_ptr<ArrowArrayStream, void (*)(ArrowArrayStream*)> held(stream, [](ArrowArrayStream* value) {
    if (value->release != nullptr) value->release(value);
  });
  const std::unique_ptr<ArrowSchema, Releaser<ArrowSchema>> schema(new ArrowSchema{});
  if (stream->get_schema(stream, schema.get()) != 0) failed(*stream, name);
  if (std::string_view(schema->format) != "+s")
    throw Error(Location{name, 0, 0, {}}, "a table was expected, found a single column");
  std::vector<ArrayHandle> batches;
  while (true) {
    ArrayHandle batch(new ArrowArray{}, Releaser<ArrowArray>{});
    if (stream->get_next(stream, batch.get()) != 0) failed(*stream, name);
    if (batch->release == nullptr) break;
    if (batch->length > 0) batches.push_back(std::move(batch));
  }
  Frame frame;
  frame.name = name;
  for (std::int64_t c = 0; c < schema->n_children; ++c) {
    ColumnReader reader(*schema->children[c]);
    for (const ArrayHandle& batch : batches)
      reader.add(*batch->children[c], batch->offset, batch->length, batch, batches.size() == 1);
    frame.columns.push_back(std::move(reader).finish());
  }
  for (const ArrayHandle& batch : batches) frame.rows += static_cast<std::size_t>(batch->length);
  return frame;
}

}  // namespace labacces::python
