#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace changji {

/// One page that listens. Its id is the page's own choice and stays when the connection is made anew.
struct PageClient {
    std::string id;
    std::atomic<bool> replaced{false};  ///< the same page listens on another connection
};

/// Who listens. A page that comes back after its network was gone takes the place that it still seems to have, so that
/// the places don't run out. Any thread.
class ClientList {
public:
    static constexpr std::size_t most = 20;

    /// None: all places are taken.
    [[nodiscard]] std::shared_ptr<PageClient> join(const std::string& id) {
        const std::lock_guard guard(mutex_);
        std::erase_if(clients_, [&](const auto& each) {
            if (each->id != id) return false;
            each->replaced = true;
            return true;
        });
        if (clients_.size() >= most) {
            ++refused_;
            return nullptr;
        }
        clients_.push_back(std::make_shared<PageClient>());
        clients_.back()->id = id;
        return clients_.back();
    }
    /// Whether the page held the prompter and is gone.
    [[nodiscard]] bool leave(const std::shared_ptr<PageClient>& client) {
        const std::lock_guard guard(mutex_);
        std::erase(clients_, client);
        if (client->replaced || holder_ != client->id) return false;
        holder_.clear();
        return true;
    }
    /// False: that page doesn't listen.
    [[nodiscard]] bool knows(const std::string& id) const {
        const std::lock_guard guard(mutex_);
        return std::ranges::any_of(clients_, [&](const auto& each) { return each->id == id; });
    }
    void set_holder(const std::string& id) {
        const std::lock_guard guard(mutex_);
        holder_ = id;
    }
    [[nodiscard]] int count() const {
        const std::lock_guard guard(mutex_);
        return static_cast<int>(clients_.size());
    }
    [[nodiscard]] int refused() const {
        const std::lock_guard guard(mutex_);
        return refused_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<PageClient>> clients_;
    std::string holder_;
    int refused_ = 0;
};

}  // namespace changji
