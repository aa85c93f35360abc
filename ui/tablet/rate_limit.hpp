#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <string>

namespace changji {

/// So many in a row, then so many a second; for each address apart. Pure: time is given. One thread at a time.
class RateLimit {
public:
    RateLimit(double in_a_row, double per_s) : in_a_row_(in_a_row), per_s_(per_s) {}

    [[nodiscard]] bool allows(const std::string& address, std::chrono::steady_clock::time_point now) {
        if (buckets_.size() >= most_addresses) forget_full_ones(now);
        Bucket& bucket = buckets_.try_emplace(address, Bucket{in_a_row_, now}).first->second;
        bucket = {left(bucket, now), now};
        if (bucket.left < 1.0) return false;
        bucket.left -= 1.0;
        return true;
    }

private:
    struct Bucket {
        double left = 0.0;
        std::chrono::steady_clock::time_point seen{};
    };
    static constexpr std::size_t most_addresses = 256;

    [[nodiscard]] double left(const Bucket& bucket, std::chrono::steady_clock::time_point now) const {
        const double passed_s = std::chrono::duration<double>(now - bucket.seen).count();
        return std::min(in_a_row_, bucket.left + passed_s * per_s_);
    }
    void forget_full_ones(std::chrono::steady_clock::time_point now) {
        std::erase_if(buckets_, [&](const auto& each) { return left(each.second, now) >= in_a_row_; });
    }

    double in_a_row_, per_s_;
    std::map<std::string, Bucket> buckets_;
};

}  // namespace changji
