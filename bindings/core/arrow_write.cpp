// Columns of Python as an Arrow stream.
#include "bindings/core/arrow_write.hpp"

#include <pybind11/numpy.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bindings/core/arrow.hpp"
#include "libsim/base/error.hpp"

namespace labacces::python {
namespace {

namespace py = pybind11;

/// One column's buffers; Python objects behind them are let go of with the interpreter locked.
struct Buffers {
  std::string name, format;
  std::int64_t length = 0, missing = 0;
  const void* values = nullptr;
  PyObject* keeper = nullptr;
  std::vector<std::uint8_t> bits, valid;
  std::vector<std::int64_t> offsets;
  std::string bytes;
  std::shared_ptr<Buffers> dictionary;  ///< of codes: the texts

  Buffers() = default;
  Buffers(const Buffers&) = delete;
  Buffers& operator=(const Buffers&) = delete;
  ~Buffers() {
    if (keeper == nullptr || Py_IsInitialized() == 0) return;
    const PyGILState_STATE state = PyGILState_Ensure();
    Py_DECREF(keeper);
    PyGILState_Release(state);
  }
};

using Columns = std::vector<std::shared_ptr<Buffers>>;

void set_bit(std::vector<std::uint8_t>& bits, std::size_t i) {
  bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | (1U << (i % 8)));
}

template <typename T>
void keep_array(Buffers& out, const py::object& values) {
  auto array = py::array_t<T, py::array::c_style | py::array::forcecast>::ensure(values);
  if (!array || array.ndim() != 1) throw Error("column '" + out.name + "': an array of one dimension was expected");
  out.length = static_cast<std::int64_t>(array.size());
  out.values = array.data();
  out.keeper = array.release().ptr();
}

void take_texts(Buffers& out, const py::object& values) {
  const py::list texts(values);
  out.length = static_cast<std::int64_t>(texts.size());
  out.valid.assign((texts.size() + 7) / 8, 0);
  out.offsets.push_back(0);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].is_none()) {
      ++out.missing;
    } else {
      set_bit(out.valid, i);
      out.bytes += py::cast<std::string>(texts[i]);
    }
    out.offsets.push_back(static_cast<std::int64_t>(out.bytes.size()));
  }
}

/// A code below 0 is a missing cell.
void note_missing_codes(Buffers& out) {
  const auto* codes = static_cast<const std::int32_t*>(out.values);
  out.valid.assign(static_cast<std::size_t>(out.length + 7) / 8, 0);
  for (std::size_t i = 0; i < static_cast<std::size_t>(out.length); ++i) {
    if (codes[i] < 0) {
      ++out.missing;
    } else {
      set_bit(out.valid, i);
    }
  }
}

std::shared_ptr<Buffers> column_of(const std::string& name, const std::string& kind, const py::object& values) {
  auto out = std::make_shared<Buffers>();
  out->name = name;
  if (kind == "float64") {
    out->format = "g";
    keep_array<double>(*out, values);
  } else if (kind == "int64") {
    out->format = "l";
    keep_array<std::int64_t>(*out, values);
  } else if (kind == "date32") {
    out->format = "tdD";
    keep_array<std::int32_t>(*out, values);
  } else if (kind == "bool") {
    out->format = "b";
    keep_array<std::uint8_t>(*out, values);
    const auto* bytes = static_cast<const std::uint8_t*>(out->values);
    out->bits.assign(static_cast<std::size_t>(out->length + 7) / 8, 0);
    for (std::size_t i = 0; i < static_cast<std::size_t>(out->length); ++i) {
      if (bytes[i] != 0) set_bit(out->bits, i);
    }
  } else if (kind == "category") {
    const auto coded = py::cast<py::tuple>(values);
    out->format = "i";
    keep_array<std::int32_t>(*out, coded[0]);
    note_missing_codes(*out);
    out->dictionary = std::make_shared<Buffers>();
    out->dictionary->format = "U";
    take_texts(*out->dictionary, coded[1]);
  } else {
    SIM_CHECK(kind == "utf8", "columns have one of the known kinds");
    out->format = "U";
    take_texts(*out, values);
  }
  return out;
}

/// What one exported struct holds for itself.
struct ArrayState {
  std::shared_ptr<Buffers> column;
  std::vector<const void*> buffers;
  std::vector<ArrowArray*> children;
};
struct SchemaState {
  std::string name, format;
  std::vector<ArrowSchema*> children;
};

template <typename T>
void release_dictionary(T* dictionary) {
  if (dictionary == nullptr) return;
  if (dictionary->release != nullptr) dictionary->release(dictionary);
  delete dictionary;
}

void release_array(ArrowArray* array) {
  auto* state = static_cast<ArrayState*>(array->private_data);
  release_dictionary(array->dictionary);
  for (ArrowArray* child : state->children) {
    if (child->release != nullptr) child->release(child);
    delete child;
  }
  delete state;
  array->release = nullptr;
}

void release_schema(ArrowSchema* schema) {
  auto* state = static_cast<SchemaState*>(schema->private_data);
  release_dictionary(schema->dictionary);
  for (ArrowSchema* child : state->children) {
    if (child->release != nullptr) child->release(child);
    delete child;
  }
  delete state;
  schema->release = nullptr;
}

void export_column(const std::shared_ptr<Buffers>& column, ArrowArray& out) {
  auto state = std::make_unique<ArrayState>();
  state->column = column;
  const bool texts = column->format == "U";
  state->buffers.push_back(column->missing > 0 ? column->valid.data() : nullptr);
  if (texts) {
    state->buffers.push_back(column->offsets.data());
    state->buffers.push_back(column->bytes.data());
  } else {
    state->buffers.push_back(column->format == "b" ? static_cast<const void*>(column->bits.data()) : column->values);
  }
  out = ArrowArray{column->length,
                   column->missing,
                   0,
                   static_cast<std::int64_t>(state->buffers.size()),
                   0,
                   state->buffers.data(),
                   nullptr,
                   nullptr,
                   release_array,
                   nullptr};
  out.private_data = state.release();
  if (!column->dictionary) return;
  out.dictionary = new ArrowArray{};
  export_column(column->dictionary, *out.dictionary);
}

void export_table(const Columns& columns, ArrowArray& out) {
  auto state = std::make_unique<ArrayState>();
  state->buffers.push_back(nullptr);
  for (const auto& column : columns) {
    auto child = std::make_unique<ArrowArray>();
    export_column(column, *child);
    state->children.push_back(child.release());
  }
  const std::int64_t rows = columns.empty() ? 0 : columns.front()->length;
  out = ArrowArray{rows,
                   0,
                   0,
                   1,
                   static_cast<std::int64_t>(columns.size()),
                   state->buffers.data(),
                   state->children.data(),
                   nullptr,
                   release_array,
                   nullptr};
  out.private_data = state.release();
}

void export_type(const std::string& name, const std::string& format, std::vector<ArrowSchema*> children, ArrowSchema& out) {
  constexpr std::int64_t nullable = 2;
  auto state = std::make_unique<SchemaState>(SchemaState{name, format, std::move(children)});
  out = ArrowSchema{state->format.c_str(),
                    state->name.c_str(),
                    nullptr,
                    nullable,
                    static_cast<std::int64_t>(state->children.size()),
                    state->children.data(),
                    nullptr,
                    release_schema,
                    nullptr};
  out.private_data = state.release();
}

struct StreamState {
  Columns columns;
  bool sent = false;
};

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  std::vector<ArrowSchema*> children;
  for (const auto& column : static_cast<StreamState*>(stream->private_data)->columns) {
    children.push_back(new ArrowSchema{});
    export_type(column->name, column->format, {}, *children.back());
    if (!column->dictionary) continue;
    children.back()->dictionary = new ArrowSchema{};
    export_type("", column->dictionary->format, {}, *children.back()->dictionary);
  }
  export_type("", "+s", std::move(children), *out);
  return 0;
}

int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
  auto* state = static_cast<StreamState*>(stream->private_data);
  if (state->sent) {
    *out = ArrowArray{};
  } else {
    export_table(state->columns, *out);
    state->sent = true;
  }
  return 0;
}

const char* stream_error(ArrowArrayStream*) { return nullptr; }

void stream_release(ArrowArrayStream* stream) {
  delete static_cast<StreamState*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

py::capsule write_arrow(const py::list& columns) {
  auto state = std::make_unique<StreamState>();
  for (const py::handle item : columns) {
    const auto column = py::cast<py::tuple>(item);
    state->columns.push_back(column_of(py::cast<std::string>(column[0]), py::cast<std::string>(column[1]), column[2]));
    if (state->columns.back()->length != state->columns.front()->length)
      throw Error("column '" + state->columns.back()->name + "' has another length than the first one");
  }
  auto stream =
      std::make_unique<ArrowArrayStream>(ArrowArrayStream{stream_schema, stream_next, stream_error, stream_release, nullptr});
  stream->private_data = state.release();
  return py::capsule(stream.release(), "arrow_array_stream", [](PyObject* capsule) {
    auto* held = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
    if (held->release != nullptr) held->release(held);
    delete held;
  });
}

}  // namespace labacces::python
