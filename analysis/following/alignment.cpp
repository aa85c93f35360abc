#include "analysis/following/alignment.hpp"

namespace changji {
namespace {

/// The best way to each column of one row: what it cost, and where it began.
struct Row {
    std::vector<float> cost;
    std::vector<std::size_t> began;
    explicit Row(std::size_t columns) : cost(columns, Alignment::impossible), began(columns, 0) {}
};

}  // namespace

Alignment align(const DistanceTable& table, std::span<const std::size_t> rows, std::size_t from_column,
                std::size_t to_column) {
    const std::size_t columns = to_column > from_column ? to_column - from_column : 0;
    if (columns == 0 || rows.empty()) return {};
    Row now(columns), before(columns), before_that(columns);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto distance = table.row(rows[r]).subspan(from_column, columns);
        const auto skipped = r > 0 ? table.row(rows[r - 1]).subspan(from_column, columns) : distance;
        for (std::size_t c = 0; c < columns; ++c) {
            if (r == 0) {
                now.cost[c] = distance[c];
                now.began[c] = c;
                continue;
            }
            now.cost[c] = Alignment::impossible;
            const auto offer = [&](float cost, std::size_t began) {
                if (cost >= now.cost[c]) return;
                now.cost[c] = cost;
                now.began[c] = began;
            };
            if (c >= 1) offer(before.cost[c - 1] + distance[c], before.began[c - 1]);
            if (c >= 2) offer(before.cost[c - 2] + (distance[c] + distance[c - 1]) / 2.0F, before.began[c - 2]);
            if (c >= 1 && r >= 2) {
                offer(before_that.cost[c - 1] + skipped[c] + distance[c], before_that.began[c - 1]);
            }
        }
        std::swap(before_that, before);
        std::swap(before, now);
    }
    Alignment best;
    for (std::size_t c = 0; c < columns; ++c) {
        const float cost = before.cost[c] / static_cast<float>(rows.size());
        if (cost < best.cost) best = {cost, from_column + before.began[c], from_column + c};
    }
    return best;
}

}  // namespace changji
