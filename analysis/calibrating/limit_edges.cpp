#include "analysis/calibrating/limit_edges.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace changji {
namespace {

constexpr double share_beyond = 0.05;
constexpr int most_extra_decimals = 4;
constexpr double nowhere = -std::numeric_limits<double>::infinity();

/// How many good and bad samples have one value.
struct Group {
    double value = 0.0;
    std::int64_t good = 0, bad = 0;
};

std::vector<Group> groups_of(std::vector<LabelledValue> samples) {
    std::sort(samples.begin(), samples.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
    std::vector<Group> groups;
    for (const LabelledValue& sample : samples) {
        if (groups.empty() || groups.back().value != sample.value) groups.push_back({sample.value, 0, 0});
        ++(sample.good ? groups.back().good : groups.back().bad);
    }
    return groups;
}

/// Groups first..last pass.
struct Inside {
    std::size_t first = 0, last = 0;
};

/// J of a stretch is the sum over its samples of +1/good or −1/bad; multiplied by both counts it is whole, so that
/// equal J are equal. The stretch with the greatest sum is found in one pass (Kadane).
Inside best_stretch(const std::vector<Group>& groups, GoodWhen when) {
    std::int64_t all_good = 0, all_bad = 0;
    for (const Group& group : groups) all_good += group.good, all_bad += group.bad;
    using Merit = std::pair<std::int64_t, std::int64_t>;  // J, good samples inside
    const auto merit_of = [&](const Group& group) {
        return Merit(group.good * all_bad - group.bad * all_good, group.good);
    };
    const auto add = [](const Merit& a, const Merit& b) { return Merit(a.first + b.first, a.second + b.second); };

    Merit best(std::numeric_limits<std::int64_t>::min(), 0), running(0, 0);
    Inside found;
    std::size_t begun = 0;
    if (when == GoodWhen::Higher) {
        for (std::size_t i = groups.size(); i-- > 0;) {
            running = add(running, merit_of(groups[i]));
            if (running > best) best = running, found = {i, groups.size() - 1};
        }
        return found;
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (when == GoodWhen::Within && running.first < 0) running = {0, 0}, begun = i;
        running = add(running, merit_of(groups[i]));
        if (running > best) best = running, found = {begun, i};
    }
    return found;
}

/// The number nearest to `wanted` with as few decimals as possible for which outside < number ≤ inside.
double rounded(double wanted, double outside, double inside, int decimals) {
    for (int more = 0; more <= most_extra_decimals; ++more) {
        const double scale = std::pow(10.0, decimals + more);
        const double nearest = std::round(wanted * scale);
        for (const double step : {nearest, std::ceil(wanted * scale), std::floor(wanted * scale), nearest + 1.0}) {
            const double number = step / scale;
            if (number > outside && number <= inside) return number;
        }
    }
    return wanted;
}

/// One side of a limit, seen so that higher is better: values and edges of an upper limit are negated.
class Side {
public:
    Side(const std::vector<Group>& groups, double sign, double good_share, int decimals)
        : sign_(sign), good_share_(good_share), decimals_(decimals) {
        for (const Group& group : groups) seen_.push_back({sign * group.value, group.good, group.bad});
        if (sign < 0.0) std::reverse(seen_.begin(), seen_.end());
    }

    /// From `first` on values pass.
    [[nodiscard]] double pass_edge(std::size_t first) const {
        const double outside = seen_[first - 1].value, inside = seen_[first].value;
        return rounded(outside + (inside - outside) / 2.0, outside, inside, decimals_);
    }
    [[nodiscard]] double warn_edge(std::size_t first, double pass) const {
        return std::min({pass, edge_of_the_good(pass), edge_of_the_bad(first, pass)});
    }
    [[nodiscard]] double unseen(double edge) const { return sign_ * edge + 0.0; }  // never -0

private:
    /// The strictest edge beyond which lie no more good ones than may.
    [[nodiscard]] double edge_of_the_good(double pass) const {
        std::int64_t all = 0, beyond = 0;
        for (const Group& group : seen_) all += group.good;
        const auto allowed = static_cast<std::int64_t>(std::floor(good_share_ * static_cast<double>(all)));
        double below = nowhere;
        for (const Group& group : seen_) {
            if (group.value >= pass) break;
            if ((beyond += group.good) > allowed) return rounded(group.value, below, group.value, decimals_);
            below = group.value;
        }
        return pass;
    }
    /// Just within the bad ones beyond the pass edge, but for the nearest of them.
    [[nodiscard]] double edge_of_the_bad(std::size_t first, double pass) const {
        std::int64_t all = 0, left_out = 0;
        for (std::size_t i = 0; i < first; ++i) all += seen_[i].bad;
        const auto allowed = static_cast<std::int64_t>(std::floor(share_beyond * static_cast<double>(all)));
        for (std::size_t i = first; i-- > 0;) {
            if ((left_out += seen_[i].bad) <= allowed) continue;
            return rounded(seen_[i].value, seen_[i].value, std::min(pass, seen_[i + 1].value), decimals_);
        }
        return pass;
    }

    std::vector<Group> seen_;
    double sign_, good_share_;
    int decimals_;
};

LimitEdges edges_of(const std::vector<Group>& groups, GoodWhen when, int decimals) {
    LimitEdges edges;
    if (groups.empty()) return edges;
    const Inside inside = best_stretch(groups, when);
    const double good_share = when == GoodWhen::Within ? share_beyond / 2.0 : share_beyond;
    const auto set = [&](double sign, std::size_t first, std::optional<double>& pass, std::optional<double>& warn) {
        if (first == 0) return;
        const Side side(groups, sign, good_share, decimals);
        const double edge = side.pass_edge(first);
        pass = side.unseen(edge);
        warn = side.unseen(side.warn_edge(first, edge));
    };
    set(1.0, inside.first, edges.pass_min, edges.warn_min);
    set(-1.0, groups.size() - 1 - inside.last, edges.pass_max, edges.warn_max);
    return edges;
}

}  // namespace

LimitEdges fit_edges(const std::vector<LabelledValue>& samples, GoodWhen when, int decimals) {
    return edges_of(groups_of(samples), when, decimals);
}

int count_right(const std::vector<LabelledValue>& samples, const LimitEdges& edges) {
    return static_cast<int>(std::count_if(samples.begin(), samples.end(), [&](const LabelledValue& sample) {
        return edges.passes(sample.value) == sample.good;
    }));
}

int count_right_left_out(const std::vector<LabelledValue>& samples, GoodWhen when, int decimals) {
    const std::vector<Group> groups = groups_of(samples);
    std::int64_t right = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (const bool good : {false, true}) {
            const std::int64_t alike = good ? groups[i].good : groups[i].bad;
            if (alike == 0) continue;
            std::vector<Group> others = groups;
            --(good ? others[i].good : others[i].bad);
            if (others[i].good + others[i].bad == 0) others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
            if (edges_of(others, when, decimals).passes(groups[i].value) == good) right += alike;
        }
    }
    return static_cast<int>(right);
}

}  // namespace changji
