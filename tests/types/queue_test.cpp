#include "capture/types/queue.hpp"

#include <atomic>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace changji {
namespace {

template <typename T>
std::vector<T> drained(BoundedQueue<T>& queue) {
    std::vector<T> items;
    while (auto item = queue.try_pop()) items.push_back(*item);
    return items;
}

std::vector<int> counted_to(int count) {
    std::vector<int> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

TEST(BoundedQueue, RefuseKeepsTheOldestAndCountsWhatItTurnsAway) {
    BoundedQueue<int> queue(3, WhenFull::Refuse);
    for (int item : counted_to(5)) EXPECT_EQ(queue.push(item), item < 3);
    EXPECT_EQ(queue.lost(), 2u);
    EXPECT_EQ(queue.size(), 3u);
    EXPECT_EQ(drained(queue), (std::vector<int>{0, 1, 2}));
    EXPECT_TRUE(queue.push(7));  // room again
}

TEST(BoundedQueue, DropOldestKeepsTheNewestAndCountsWhatItDrops) {
    BoundedQueue<int> queue(3, WhenFull::DropOldest);
    for (int item : counted_to(5)) EXPECT_TRUE(queue.push(item));
    EXPECT_EQ(queue.lost(), 2u);
    EXPECT_EQ(drained(queue), (std::vector<int>{2, 3, 4}));
}

TEST(BoundedQueue, HeavyItemsFillItBeforeTheyAreMany) {
    const auto weigh = [](const int& item) { return static_cast<std::size_t>(item); };
    BoundedQueue<int> queue(8, WhenFull::Refuse, 10, weigh);
    EXPECT_TRUE(queue.push(6));
    EXPECT_TRUE(queue.push(4));
    EXPECT_FALSE(queue.push(1)) << "eleven in all";
    EXPECT_EQ(queue.pop(), 6);
    EXPECT_TRUE(queue.push(6)) << "what was taken weighs no more";
    EXPECT_EQ(drained(queue), (std::vector<int>{4, 6}));
    EXPECT_TRUE(queue.push(99)) << "alone, whatever it weighs: else it would never pass";
    EXPECT_FALSE(queue.push(1));
    EXPECT_EQ(queue.lost(), 2u);
    BoundedQueue<int> newest(8, WhenFull::DropOldest, 10, weigh);
    for (const int item : {3, 3, 3, 8}) EXPECT_TRUE(newest.push(item));
    EXPECT_EQ(drained(newest), (std::vector<int>{8})) << "as many make way as it takes";
    EXPECT_EQ(newest.lost(), 3u);
}

TEST(BoundedQueue, ProducersOfLightAndHeavyItemsBothPassABoundByWeight) {
    BoundedQueue<int> queue(64, WhenFull::Wait, 100, [](const int& item) { return static_cast<std::size_t>(item); });
    const auto produce = [&](int weight) {
        for (int i = 0; i < 2'000; ++i) queue.push(weight);
    };
    std::thread heavy(produce, 90), light(produce, 7);
    int taken = 0;
    while (taken < 4'000 && queue.pop()) ++taken;
    heavy.join();
    light.join();
    EXPECT_EQ(taken, 4'000);
    EXPECT_EQ(queue.size(), 0u);
}

TEST(BoundedQueue, WaitLosesNothingBetweenAFastAndASlowThread) {
    BoundedQueue<int> queue(2, WhenFull::Wait);
    std::thread producer([&] {
        for (int item : counted_to(10'000)) queue.push(item);
        queue.close();
    });
    std::vector<int> taken;
    while (auto item = queue.pop()) {
        taken.push_back(*item);
        if (taken.size() % 1000 == 0) std::this_thread::yield();
    }
    producer.join();
    EXPECT_EQ(taken, counted_to(10'000));
    EXPECT_EQ(queue.lost(), 0u);
}

TEST(BoundedQueue, WaitingProducerIsHeldUntilThereIsRoom) {
    BoundedQueue<int> queue(1, WhenFull::Wait);
    queue.push(0);
    std::atomic<bool> through{false};
    std::thread producer([&] {
        queue.push(1);
        through = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_FALSE(through);
    EXPECT_EQ(queue.pop(), 0);
    producer.join();
    EXPECT_EQ(queue.pop(), 1);
}

TEST(BoundedQueue, ManyProducersLoseOrDeliverEveryItem) {
    for (const WhenFull when_full : {WhenFull::Wait, WhenFull::Refuse, WhenFull::DropOldest}) {
        BoundedQueue<int> queue(4, when_full);
        std::atomic<std::uint64_t> popped{0};
        std::thread consumer([&] {
            while (queue.pop()) ++popped;
        });
        std::vector<std::thread> producers;
        for (int i = 0; i < 4; ++i) {
            producers.emplace_back([&] {
                for (int item : counted_to(2'000)) queue.push(item);
            });
        }
        for (std::thread& producer : producers) producer.join();
        queue.close();
        consumer.join();
        EXPECT_EQ(popped + queue.lost(), 8'000u);
        EXPECT_TRUE(when_full != WhenFull::Wait || queue.lost() == 0);
    }
}

TEST(BoundedQueue, CloseLetsWhatIsInsideOutAndNothingElseIn) {
    BoundedQueue<int> queue(4, WhenFull::Refuse);
    queue.push(1);
    queue.push(2);
    queue.close();
    EXPECT_FALSE(queue.push(3));
    EXPECT_EQ(queue.lost(), 0u);  // after the end is not a loss
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_EQ(queue.pop(), 2);
    EXPECT_EQ(queue.pop(), std::nullopt);
    EXPECT_EQ(queue.try_pop(), std::nullopt);
}

TEST(BoundedQueue, CloseWakesWhoWaitsAtEitherEnd) {
    BoundedQueue<int> full(1, WhenFull::Wait), empty(1, WhenFull::Wait);
    full.push(0);
    std::atomic<bool> taken{true};
    std::optional<int> popped = 1;
    std::thread producer([&] { taken = full.push(1); });
    std::thread consumer([&] { popped = empty.pop(); });
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    full.close();
    empty.close();
    producer.join();
    consumer.join();
    EXPECT_FALSE(taken);
    EXPECT_EQ(popped, std::nullopt);
}

TEST(BoundedQueue, CarriesItemsThatCanOnlyBeMoved) {
    BoundedQueue<std::unique_ptr<int>> queue(1, WhenFull::Refuse);
    EXPECT_TRUE(queue.push(std::make_unique<int>(5)));
    EXPECT_EQ(**queue.pop(), 5);
    EXPECT_EQ(queue.capacity(), 1u);
}

TEST(LatestValue, KeepsTheNewestAndGivesItOnce) {
    LatestValue<int> box;
    EXPECT_EQ(box.take(), std::nullopt);
    box.put(1);
    box.put(2);
    EXPECT_EQ(box.peek(), 2);
    EXPECT_EQ(box.take(), 2);
    EXPECT_EQ(box.take(), std::nullopt);
    EXPECT_EQ(box.peek(), std::nullopt);
}

TEST(LatestValue, NeverGoesBackBetweenThreads) {
    LatestValue<int> box;
    std::thread writer([&] {
        for (int value = 1; value <= 20'000; ++value) box.put(value);
    });
    int last = 0;
    bool ordered = true;
    while (last < 20'000) {
        if (const auto value = box.take()) {
            ordered = ordered && *value > last;
            last = *value;
        }
    }
    writer.join();
    EXPECT_TRUE(ordered);
}

}  // namespace
}  // namespace changji
