#include "libsim/base/gzip.hpp"

#include <gtest/gtest.h>

#include "libsim/base/error.hpp"

namespace labacces {
namespace {

using namespace std::string_literals;

/// "idmen\n1\n" as gzip 1.12 packs it.
const std::string packed =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x4c\xc9\x4d\xcd\xe3\x32\xe4\x02\x00\xfc\x03\x21\xc0\x08\x00\x00\x00"s;

std::string complaint(const std::string& bytes) {
  try {
    unpack_gzip("p.csv.gz", bytes);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Gzip, unpacks_one_member_several_and_zeros_behind_them) {
  EXPECT_EQ(unpack_gzip("p.csv.gz", packed), "idmen\n1\n");
  EXPECT_EQ(unpack_gzip("p.csv.gz", packed + packed), "idmen\n1\nidmen\n1\n");
  EXPECT_EQ(unpack_gzip("p.csv.gz", packed + "\0\0\0"s), "idmen\n1\n");
}

TEST(Gzip, data_cut_anywhere_are_one_clear_error) {
  for (std::size_t length = 2; length < packed.size(); ++length) {
    EXPECT_EQ(complaint(packed.substr(0, length)), "p.csv.gz: error: the gzip data end in the middle, after " +
                                                       std::to_string(length) + " bytes: is the file truncated?");
  }
}

TEST(Gzip, a_changed_bit_is_seen_by_the_checksum) {
  std::string damaged = packed;
  damaged[22] = static_cast<char>(damaged[22] ^ 1);
  EXPECT_EQ(complaint(damaged), "p.csv.gz: error: the gzip data are damaged near byte 25 (zlib: incorrect data check)");
}

TEST(Gzip, other_bytes_are_told_from_gzip_data) {
  EXPECT_EQ(complaint("idmen\n"), "p.csv.gz: error: this is no gzip file: it does not begin as one");
  EXPECT_EQ(complaint(packed + "x"), "p.csv.gz: error: byte 29 stands behind the end of the gzip data");
}

TEST(Gzip, what_is_packed_unpacks_to_the_same_and_members_follow_each_other) {
  std::string long_text;
  for (int i = 0; i < 100'000; ++i) long_text += std::to_string(i) + ",";
  const std::string members = pack_gzip("a,b\n") + pack_gzip("") + pack_gzip(long_text);
  EXPECT_EQ(unpack_gzip("p.csv.gz", members), "a,b\n" + long_text);
  EXPECT_EQ(pack_gzip(long_text), pack_gzip(long_text));
}

}  // namespace
}  // namespace labacces
