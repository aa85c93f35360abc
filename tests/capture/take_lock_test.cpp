#include "capture/take_lock.hpp"

#include <gtest/gtest.h>
#include <fstream>
#include <future>
#include <optional>

#include "tests/support/media.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

TEST(TakeLock, IsRefusedWhileAnotherHoldsIt) {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "take-001.part.mp4";
    std::ofstream(file) << "x";
    const auto held = TakeLock::acquire(file);
    ASSERT_TRUE(held);
    const auto second = TakeLock::acquire(file);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::DeviceBusy);
    EXPECT_TRUE(TakeLock::is_held(file));
    const auto patient = TakeLock::acquire_within(60ms, file);
    ASSERT_FALSE(patient);
    EXPECT_EQ(patient.error().kind, ErrorKind::DeviceBusy);
}

TEST(TakeLock, WhoIsPatientGetsItWhenTheHolderIsGone) {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "take-001.part.mp4";
    std::ofstream(file) << "x";
    std::optional<TakeLock> held;
    if (auto first = TakeLock::acquire(file)) held = *std::move(first);
    ASSERT_TRUE(held);
    auto patient = std::async(std::launch::async, [&] { return TakeLock::acquire_within(1min, file).has_value(); });
    EXPECT_EQ(patient.wait_for(100ms), std::future_status::timeout) << "waits";
    held.reset();
    EXPECT_TRUE(patient.get());
    EXPECT_FALSE(TakeLock::is_held(file));
}

TEST(TakeLock, AFileThatIsNotThereIsNotWaitedFor) {
    const auto none = TakeLock::acquire_within(1min, "/nonexistent/take-001.part.mp4");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::Io);
}

}  // namespace
}  // namespace changji
