#include "ui/check/ordered_work.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {

TEST(OrderedWork, HandsOnInOrderWhateverIsDoneFirst) {
    std::vector<int> order;
    std::atomic<int> done = 0;
    OrderedWork<int> steps;
    steps.work = [](std::size_t number) -> std::optional<int> {
        if (number % 7 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(3));
        return static_cast<int>(number);
    };
    steps.on_done = [&](int&) { ++done; };
    steps.in_order = [&](int number) { order.push_back(number); };
    do_in_order(200, 4, steps);
    std::vector<int> wanted(200);
    std::iota(wanted.begin(), wanted.end(), 0);
    EXPECT_EQ(order, wanted);
    EXPECT_EQ(done, 200);
}

TEST(OrderedWork, NobodyRunsFarAheadOfTheSlowest) {
    constexpr std::size_t most_ahead = 16 + 4 * 3;
    std::atomic<std::size_t> started = 0, farthest = 0;
    std::atomic<bool> let_go = false;
    OrderedWork<int> steps;
    steps.work = [&](std::size_t number) -> std::optional<int> {
        const std::size_t ahead = ++started;
        if (number == 0) {
            // The others do all they may, then it goes on.
            while (started < most_ahead) std::this_thread::yield();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            farthest = started.load();
            let_go = true;
        }
        return static_cast<int>(ahead);
    };
    steps.on_done = [](int&) {};
    steps.in_order = [](int) {};
    do_in_order(500, 3, steps);
    EXPECT_TRUE(let_go);
    EXPECT_EQ(farthest, most_ahead);
}

TEST(OrderedWork, AStopEndsItAndKeepsWhatIsDone) {
    std::vector<int> order;
    OrderedWork<int> steps;
    steps.work = [](std::size_t number) {
        return number < 10 ? std::optional(static_cast<int>(number)) : std::nullopt;
    };
    steps.on_done = [](int&) {};
    steps.in_order = [&](int number) { order.push_back(number); };
    do_in_order(1000, 2, steps);
    EXPECT_EQ(order.size(), 10u);
    EXPECT_TRUE(std::ranges::is_sorted(order));
}

}  // namespace
}  // namespace changji
