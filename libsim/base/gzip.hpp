// Files packed with gzip, unpacked whole.
#pragma once

#include <string>
#include <string_view>

namespace labacces {

/// True when the bytes begin as gzip data do (RFC 1952).
bool is_gzip(std::string_view bytes);

/// What the gzip data hold; several members one after the other are one text. Error at `file` when they end in the middle, are damaged
/// (their own checksum is checked) or have other bytes behind them.
std::string unpack_gzip(const std::string& file, std::string_view bytes);

/// The bytes as one gzip member, the same on every run (no time in it). Members one after the other unpack to one text.
std::string pack_gzip(std::string_view bytes);

/// A text file, packed or not.
struct TextFile {
  std::string text;
  std::string packed = {};  ///< the bytes of the file, where it is packed
  /// What a fingerprint is made of.
  const std::string& bytes() const { return packed.empty() ? text : packed; }
};
/// Reads a file, and unpacks it when it is gzip. Error as read_file and unpack_gzip; a name in .gz that is no gzip file is one too.
TextFile read_text_file(const std::string& path);

}  // namespace labacces
