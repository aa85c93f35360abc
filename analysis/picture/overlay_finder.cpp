#include "analysis/picture/overlay_finder.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace changji {
namespace {

constexpr int block = 10;
/// Codes of full range, as Sobel's undivided sum over limited-range luma: 6·8·219/255, squared.
constexpr std::int64_t least_edge_squared = 1'699;
constexpr std::int32_t least_block_energy = 16 * static_cast<std::int32_t>(least_edge_squared);
constexpr int least_edge_blocks = 12;  ///< of 144: fewer say nothing about the picture
constexpr int least_changed_percent = 80;
constexpr double least_coherence = 0.90;
constexpr int least_group_cells = 5;
constexpr double least_roundness = 0.08;

template <typename Gradients>
std::int32_t block_energy(const Gradients& g, int left, int top) {
    std::int32_t energy = 0;
    for (int y = top; y < top + block; ++y) {
        for (int x = left; x < left + block; ++x) {
            const std::int32_t across = g.across[Thumbnail::at(x, y)], down = g.down[Thumbnail::at(x, y)];
            energy += across * across + down * down;
        }
    }
    return energy;
}

template <typename Gradients>
std::int32_t block_difference(const Gradients& a, const Gradients& b, int left, int top) {
    std::int32_t energy = 0;
    for (int y = top; y < top + block; ++y) {
        for (int x = left; x < left + block; ++x) {
            const std::size_t at = Thumbnail::at(x, y);
            const std::int32_t across = a.across[at] - b.across[at], down = a.down[at] - b.down[at];
            energy += across * across + down * down;
        }
    }
    return energy;
}

template <typename Visit>
void for_each_block(Visit&& visit) {
    for (int top = 0; top < Thumbnail::height; top += block) {
        for (int left = 0; left < Thumbnail::width; left += block) visit(left, top);
    }
}

}  // namespace

OverlayFinder::OverlayFinder() : current_(std::make_unique<Gradients>()) {}

void OverlayFinder::differentiate(const Thumbnail::Component& luma, Gradients& into) {
    for (int y = 1; y + 1 < Thumbnail::height; ++y) {
        const std::uint8_t* const above = luma.data() + (y - 1) * Thumbnail::width;
        const std::uint8_t* const here = above + Thumbnail::width;
        const std::uint8_t* const below = here + Thumbnail::width;
        std::int16_t* const across = into.across.data() + y * Thumbnail::width;
        std::int16_t* const down = into.down.data() + y * Thumbnail::width;
        for (int x = 1; x + 1 < Thumbnail::width; ++x) {
            across[x] = static_cast<std::int16_t>(above[x + 1] + 2 * here[x + 1] + below[x + 1] - above[x - 1] -
                                                  2 * here[x - 1] - below[x - 1]);
            down[x] = static_cast<std::int16_t>(below[x - 1] + 2 * below[x] + below[x + 1] - above[x - 1] -
                                                2 * above[x] - above[x + 1]);
        }
    }
}

bool OverlayFinder::has_enough_edges(const Gradients& picture) {
    int edge_blocks = 0;
    for_each_block([&](int left, int top) { edge_blocks += block_energy(picture, left, top) >= least_block_energy; });
    return edge_blocks >= least_edge_blocks;
}

bool OverlayFinder::is_another_view(const Gradients& a, const Gradients& b) {
    int edge_blocks = 0, changed = 0;
    for_each_block([&](int left, int top) {
        const std::int64_t both = std::int64_t{block_energy(a, left, top)} + block_energy(b, left, top);
        if (both < 2 * std::int64_t{least_block_energy}) return;
        ++edge_blocks;
        changed += 2 * std::int64_t{block_difference(a, b, left, top)} >= both;
    });
    return 100 * changed >= least_changed_percent * edge_blocks;
}

void OverlayFinder::see(const Thumbnail& picture, const CellMask& ignored) {
    differentiate(picture.luma, *current_);
    if (ignored.any()) {
        for (std::size_t at = 0; at < cell_count; ++at) {
            if (ignored[at]) current_->across[at] = current_->down[at] = 0;
        }
    }
    if (!has_enough_edges(*current_)) return;
    for (const auto& view : views_) {
        if (!is_another_view(*current_, *view)) return;
    }
    ++views_seen_;
    views_.push_front(std::move(current_));
    if (views_.size() > views_kept) {
        current_ = std::move(views_.back());
        views_.pop_back();
    } else {
        current_ = std::make_unique<Gradients>();
    }
    if (views_.size() == views_kept) cells_ |= static_groups(static_cells());
}

CellMask OverlayFinder::static_cells() const {
    CellMask found;
    const auto count = static_cast<std::int64_t>(views_.size());
    for (std::size_t at = 0; at < cell_count; ++at) {
        std::int64_t across = 0, down = 0, squares = 0;
        for (const auto& view : views_) {
            const std::int64_t x = view->across[at], y = view->down[at];
            across += x, down += y, squares += x * x + y * y;
        }
        const std::int64_t mean_squared = across * across + down * down;  // times count²
        found[at] = mean_squared > least_edge_squared * count * count &&
                    static_cast<double>(mean_squared) >= least_coherence * static_cast<double>(squares * count);
    }
    return found;
}

CellMask OverlayFinder::static_groups(const CellMask& cells) const {
    CellMask kept, visited;
    for (std::size_t start = 0; start < cell_count; ++start) {
        if (!cells[start] || visited[start]) continue;
        std::vector<std::size_t> group{start};
        visited.set(start);
        double xx = 0.0, xy = 0.0, yy = 0.0;
        for (std::size_t next = 0; next < group.size(); ++next) {
            const std::size_t at = group[next];
            const double across = views_.front()->across[at], down = views_.front()->down[at];
            xx += across * across, xy += across * down, yy += down * down;
            // Static cells never lie on the rim, so every neighbour is inside.
            for (int dy = -1; dy <= 1; ++dy) {
                for (int dx = -1; dx <= 1; ++dx) {
                    const auto beside = static_cast<std::size_t>(static_cast<int>(at) + dy * Thumbnail::width + dx);
                    if (!cells[beside] || visited[beside]) continue;
                    visited.set(beside);
                    group.push_back(beside);
                }
            }
        }
        const double smaller = (xx + yy - std::hypot(xx - yy, 2.0 * xy)) / 2.0;
        if (group.size() < least_group_cells || smaller < least_roundness * (xx + yy)) continue;
        for (const std::size_t at : group) kept.set(at);
    }
    return kept;
}

}  // namespace changji
