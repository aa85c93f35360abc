#include "presets/preset.hpp"

#include <algorithm>

namespace changji {
namespace {

bool names_nobody(std::string_view text) {
    constexpr std::string_view wide_space = "\u3000";
    while (!text.empty()) {
        if (text.starts_with(wide_space)) {
            text.remove_prefix(wide_space.size());
        } else if (text.front() == ' ' || text.front() == '\t' || text.front() == '\r' || text.front() == '\n') {
            text.remove_prefix(1);
        } else {
            return false;
        }
    }
    return true;
}

template <typename T, typename Id>
const T* find_by(const std::vector<T>& items, Id T::*id, std::string_view wanted) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const T& item) { return item.*id == wanted; });
    return found == items.end() ? nullptr : &*found;
}

}  // namespace

const Clause* Preset::find_clause(std::string_view clause_id) const { return find_by(clauses, &Clause::id, clause_id); }

const MeterLimit* Preset::find_meter(std::string_view measure_id) const {
    return find_by(meters, &MeterLimit::measure, measure_id);
}

std::string Preset::opening_line_for(std::string_view guest_name) const {
    if (!opening) return {};
    constexpr std::string_view field = "{guest}";
    const std::string_view spoken = names_nobody(guest_name) ? std::string_view(opening->unknown_guest) : guest_name;
    std::string line;
    std::string_view rest = opening->line;
    for (std::size_t at; (at = rest.find(field)) != std::string_view::npos; rest.remove_prefix(at + field.size())) {
        line.append(rest.substr(0, at)).append(spoken);
    }
    return line.append(rest);
}

}  // namespace changji
