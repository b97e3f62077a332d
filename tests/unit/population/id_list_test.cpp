// Ids as texts and as whole numbers: one list, one order, the same texts.
#include "libsim/population/id_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libsim/population/id_order.hpp"

namespace labacces {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using Numbers = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;

TEST(IdList, numbers_are_written_out_when_they_are_asked_for) {
  const IdList ids(Numbers{7, -3, 12});
  EXPECT_EQ(ids[1], "-3");
  EXPECT_THAT(ids, ElementsAre("7", "-3", "12"));
  EXPECT_EQ(static_cast<Texts>(ids), (Texts{"7", "-3", "12"}));
  EXPECT_TRUE(ids.texts().empty());
}

TEST(IdList, lists_are_equal_when_their_texts_are) {
  EXPECT_EQ(IdList(Numbers{1, 2}), IdList(Texts{"1", "2"}));
  EXPECT_FALSE(IdList(Numbers{1, 2}) == IdList(Texts{"1", "02"}));
  EXPECT_FALSE(IdList(Numbers{1, 2}) == IdList(Numbers{1, 2, 3}));
  EXPECT_EQ(IdList(), IdList(Texts{}));
}

TEST(IdList, a_text_added_to_numbers_makes_them_texts) {
  IdList ids(Numbers{1, 5, 9});
  ids.push_back("b");
  EXPECT_THAT(ids, ElementsAre("1", "5", "9", "b"));
  EXPECT_TRUE(ids.numbers().empty());
}

TEST(IdList, another_order_keeps_the_kind) {
  IdList numbers(Numbers{5, 6, 7});
  EXPECT_THAT(std::move(numbers).reordered({2, 0, 1}).numbers(), ElementsAre(7, 5, 6));
  IdList texts(Texts{"a", "b"});
  EXPECT_THAT(std::move(texts).reordered({1, 0}).texts(), ElementsAre("b", "a"));
}

TEST(IdList, numbers_are_ordered_and_compared_as_their_texts_are) {
  const Numbers numbers{100, -5, 20, 20, 3};
  Texts texts;
  for (const std::int64_t number : numbers) texts.push_back(std::to_string(number));
  EXPECT_EQ(rows_by_id(IdList(numbers)), rows_by_id(IdList(texts)));
  EXPECT_THAT(duplicated_ids(IdList(numbers), 9), ElementsAre(Pair(2, 3)));
  EXPECT_EQ(duplicated_ids(IdList(numbers), 9), duplicated_ids(IdList(texts), 9));
  EXPECT_THAT(duplicated_ids(IdList(Numbers{1, 2, 9}), 9), IsEmpty());
}

}  // namespace
}  // namespace labacces
