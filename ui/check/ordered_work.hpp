#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace changji {

template <typename Item>
struct OrderedWork {
    std::function<std::optional<Item>(std::size_t)> work;  ///< any of the threads; nothing: everything stops
    std::function<void(Item&)> on_done;                    ///< as soon as it is done; one at a time
    std::function<void(Item)> in_order;                    ///< in order of number; one at a time
};

/// Does items 0..count−1 on `threads` threads, the caller's among them, and returns when all are done or one stopped.
/// No thread runs far ahead of the oldest item that is still being worked on, so what waits for its turn is bounded.
/// After a stop, what is done is still handed on in order.
template <typename Item>
void do_in_order(std::size_t count, unsigned threads, const OrderedWork<Item>& steps) {
    const std::size_t most_ahead = 16 + std::size_t{4} * threads;
    std::mutex mutex;
    std::condition_variable moved_on;
    std::size_t next = 0, first_open = 0;
    std::map<std::size_t, Item> waiting;
    bool stopped = false;

    const auto run = [&] {
        std::unique_lock lock(mutex);
        while (true) {
            moved_on.wait(lock, [&] { return stopped || next >= count || next < first_open + most_ahead; });
            if (stopped || next >= count) return;
            const std::size_t mine = next++;
            lock.unlock();
            std::optional<Item> item = steps.work(mine);
            lock.lock();
            if (!item) {
                stopped = true;
            } else {
                steps.on_done(*item);
                waiting.emplace(mine, *std::move(item));
                for (auto head = waiting.begin(); head != waiting.end() && head->first == first_open; ++first_open) {
                    steps.in_order(std::move(head->second));
                    head = waiting.erase(head);
                }
            }
            moved_on.notify_all();
        }
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(run);
    run();
    for (std::thread& thread : others) thread.join();
    for (auto& [number, item] : waiting) steps.in_order(std::move(item));
}

}  // namespace changji
