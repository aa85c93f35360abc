#include "capture/types/result.hpp"

#include <memory>

#include <gtest/gtest.h>

namespace changji {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return Error{ErrorKind::Corrupt, say("{0} is odd.", std::to_string(number))};
    return number / 2;
}

TEST(Result, HoldsTheValue) {
    const Result<int> result = half(8);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result.has_value());
    EXPECT_EQ(*result, 4);
    EXPECT_EQ(result.value(), 4);
}

TEST(Result, HoldsTheErrorWithItsKindAndSentence) {
    const Result<int> result = half(7);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::Corrupt);
    EXPECT_EQ(in_english(result.error().message), "7 is odd.");
}

TEST(Result, GivesAwayWhatCanOnlyBeMoved) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(3));
    const std::unique_ptr<int> taken = *std::move(result);
    EXPECT_EQ(*taken, 3);
}

TEST(Result, ValueThatIsAnErrorTypeStaysAValue) {
    const Result<Message> result(say("Not an error."));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->id, "Not an error.");
}

TEST(Status, IsSuccessUnlessGivenAnError) {
    EXPECT_TRUE(Status());
    const Status failed = Error{ErrorKind::DiskFull, say("The disk is full.")};
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::DiskFull);
}

}  // namespace
}  // namespace changji
