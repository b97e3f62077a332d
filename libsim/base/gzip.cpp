#include "libsim/base/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>
#include <utility>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"

namespace labacces {
namespace {

constexpr int gzip_only = 16 + MAX_WBITS;  // zlib.h, inflateInit2: 16 more asks for a gzip header

Error bad_gzip(const std::string& file, const std::string& what) { return Error(Location{file, 0, 0, {}}, what); }

/// One inflation; its memory is given back whatever happens.
class Inflation {
 public:
  Inflation() {
    if (inflateInit2(&stream_, gzip_only) != Z_OK) throw std::bad_alloc();
  }
  ~Inflation() { inflateEnd(&stream_); }
  Inflation(const Inflation&) = delete;
  Inflation& operator=(const Inflation&) = delete;

  /// Unpacks one member into `out`; gives how many bytes it took.
  std::size_t member(const std::string& file, std::string_view bytes, std::string& out) {
    inflateReset(&stream_);
    std::size_t taken = 0;
    while (true) {
      const std::size_t here = std::min<std::size_t>(bytes.size() - taken, std::numeric_limits<uInt>::max());
      // zlib only reads it; its interface of old takes no const.
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + taken));
      stream_.avail_in = static_cast<uInt>(here);
      stream_.next_out = buffer_.data();
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      const int state = inflate(&stream_, Z_NO_FLUSH);
      taken += here - stream_.avail_in;
      out.append(reinterpret_cast<const char*>(buffer_.data()), buffer_.size() - stream_.avail_out);
      if (state == Z_STREAM_END) return taken;
      if (state == Z_MEM_ERROR) throw std::bad_alloc();
      const bool has_ended = taken == bytes.size() && stream_.avail_out != 0;
      if (state == Z_BUF_ERROR || (state == Z_OK && has_ended)) {
        throw bad_gzip(
            file, "the gzip data end in the middle, after " + std::to_string(bytes.size()) + " bytes: is the file truncated?");
      }
      if (state != Z_OK) {
        throw bad_gzip(file, "the gzip data are damaged near byte " + std::to_string(taken + 1) +
                                 (stream_.msg == nullptr ? std::string() : " (zlib: " + std::string(stream_.msg) + ")"));
      }
    }
  }

 private:
  z_stream stream_{};
  std::vector<Bytef> buffer_ = std::vector<Bytef>(std::size_t{1} << 18U);
};

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

std::string unpack_gzip(const std::string& file, std::string_view bytes) {
  std::string out;
  Inflation inflation;
  std::string_view rest = bytes;
  while (is_gzip(rest)) rest.remove_prefix(inflation.member(file, rest, out));
  // Tapes and some tools fill up with zeros, as gzip itself allows.
  const std::size_t other = rest.find_first_not_of('\0');
  if (other != std::string_view::npos) {
    const std::size_t place = bytes.size() - rest.size() + other + 1;
    throw bad_gzip(file, place == 1 ? "this is no gzip file: it does not begin as one"
                                    : "byte " + std::to_string(place) + " stands behind the end of the gzip data");
  }
  return out;
}

std::string pack_gzip(std::string_view bytes) {
  SIM_CHECK(bytes.size() < std::numeric_limits<uInt>::max(), "a member of gzip data is written in one go");
  z_stream stream{};
  constexpr int memory_level = 8;  // zlib's own default
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_only, memory_level, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int state = deflate(&stream, Z_FINISH);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  SIM_CHECK(state == Z_STREAM_END, "deflateBound leaves room for all of it");
  return out;
}

TextFile read_text_file(const std::string& path) {
  std::string bytes = read_file(path);
  if (!is_gzip(bytes) && !path.ends_with(".gz")) return {std::move(bytes)};
  TextFile file{unpack_gzip(path, bytes)};
  file.packed = std::move(bytes);
  return file;
}

}  // namespace labacces
