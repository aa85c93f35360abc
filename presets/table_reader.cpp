#include "presets/table_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace changji {
namespace {

constexpr std::string_view blanks = " \t\r\n";

bool is_blank(std::string_view text) { return text.find_first_not_of(blanks) == std::string_view::npos; }

/// Levenshtein distance in bytes: keys are ASCII.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

/// The known key that was probably meant; empty when none is near.
std::string nearest(std::string_view key, const std::vector<std::string>& known) {
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, key.size() / 3) + 1;
    for (const std::string& candidate : known) {
        const std::size_t distance = edit_distance(key, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

/// "15:00" or "1:30:00"; only the first part may have one digit.
std::optional<std::chrono::milliseconds> parse_time(std::string_view text) {
    std::chrono::seconds total{0};
    for (int part = 0; part < 3; ++part) {
        const std::size_t colon = text.find(':');
        const std::string_view digits = text.substr(0, colon);
        int number = -1;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error != std::errc() || end != digits.data() + digits.size() || number < 0 || digits.size() > 2 ||
            (part > 0 && (digits.size() != 2 || number > 59))) {
            return std::nullopt;
        }
        total = total * 60 + std::chrono::seconds(number);
        if (colon == std::string_view::npos) return part > 0 ? std::optional(total) : std::nullopt;
        text.remove_prefix(colon + 1);
    }
    return std::nullopt;
}

constexpr std::string_view time_example = R"("15:00")";

}  // namespace

void TableReader::text(std::string_view key, std::string& into, Need need) {
    const auto* found = value<std::string>(key, need, "string");
    if (!found) return;
    if (is_blank(*found)) return refuse(key, "not empty");
    into = *found;
}

void TableReader::text(std::string_view key, std::string& into, const TextForm& form) {
    std::string written;
    text(key, written);
    if (written.empty()) return;
    if (!form.fits(written)) return refuse(key, std::string(form.example));
    into = std::move(written);
}

void TableReader::texts(std::string_view key, std::vector<std::string>& into, const TextForm& form, Need need) {
    for (const std::string* element : strings(key, need)) {
        if (!form.fits(*element)) return refuse(key, std::string(form.example));
        into.push_back(*element);
    }
}

void TableReader::whole(std::string_view key, int& into, int least, int most, Need need) {
    const auto* found = value<std::int64_t>(key, need, "integer");
    if (!found) return;
    if (*found < least || *found > most) {
        return refuse(key, least == most ? std::to_string(least) : std::to_string(least) + ".." + std::to_string(most));
    }
    into = static_cast<int>(*found);
}

void TableReader::whole(std::string_view key, int& into, std::initializer_list<int> allowed) {
    const auto* found = value<std::int64_t>(key, Need::Required, "integer");
    if (!found) return;
    std::string written;
    for (const int number : allowed) {
        if (*found == number) return void(into = number);
        written += (written.empty() ? "" : " | ") + std::to_string(number);
    }
    refuse(key, written);
}

void TableReader::real(std::string_view key, std::optional<double>& into) {
    const toml::node* node = find(key, Need::Optional);
    if (!node) return;
    if (!node->is_number()) return note(FaultKind::WrongType, key, "number");
    const auto number = node->value<double>();
    if (!number || !std::isfinite(*number)) return refuse(key, "finite");
    into = number;
}

void TableReader::flag(std::string_view key, bool& into) {
    if (const auto* found = value<bool>(key, Need::Optional, "true | false")) into = *found;
}

void TableReader::date(std::string_view key, std::chrono::year_month_day& into) {
    // The parser has already refused dates that no calendar has.
    if (const auto* found = value<toml::date>(key, Need::Required, "date (2022-04-15)")) {
        into = std::chrono::year(found->year) / found->month / found->day;
    }
}

void TableReader::time(std::string_view key, std::chrono::milliseconds& into) {
    std::string written;
    text(key, written);
    if (written.empty()) return;
    const auto parsed = parse_time(written);
    if (!parsed || *parsed == parsed->zero()) return refuse(key, std::string(time_example));
    into = *parsed;
}

void TableReader::times(std::string_view key, std::vector<std::chrono::milliseconds>& into) {
    for (const std::string* element : strings(key, Need::Required)) {
        const auto parsed = parse_time(*element);
        if (!parsed) return refuse(key, std::string(time_example));
        into.push_back(*parsed);
    }
}

void TableReader::clause(std::string_view key, std::string& into) {
    text(key, into);
    if (!into.empty()) notes_.references.push_back({into, line_of(key), dotted(key)});
}

void TableReader::unique(std::string_view key) {
    const toml::node* node = table_.get(key);
    if (!node) return;
    const auto number = node->value<std::int64_t>();
    const std::string id = number ? std::to_string(*number) : node->value_or(std::string());
    if (id.empty()) return;
    const std::string table_name = path_.substr(0, path_.rfind('['));
    const bool first = notes_.unique_lines.emplace(table_name + '.' + std::string(key) + '=' + id, line_of(key)).second;
    if (!first) note(FaultKind::Duplicate, key, id);
}

void TableReader::finish() {
    for (const auto& [key, node] : table_) {
        if (std::find(asked_.begin(), asked_.end(), key.str()) == asked_.end()) {
            note(FaultKind::UnknownKey, key.str(), nearest(key.str(), asked_));
        }
    }
}

const toml::node* TableReader::find(std::string_view key, Need need) {
    asked_.emplace_back(key);
    const toml::node* node = table_.get(key);
    if (!node && need == Need::Required) missing(key);
    return node;
}

template <typename Value>
const Value* TableReader::value(std::string_view key, Need need, std::string_view expected) {
    const toml::node* node = find(key, need);
    if (!node) return nullptr;
    const auto* typed = node->as<Value>();
    if (!typed) {
        note(FaultKind::WrongType, key, std::string(expected));
        return nullptr;
    }
    return &typed->get();
}

std::vector<const std::string*> TableReader::strings(std::string_view key, Need need) {
    const toml::node* node = find(key, need);
    if (!node) return {};
    std::vector<const std::string*> found;
    const toml::array* list = node->as_array();
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        const auto* element = list->get(i)->as_string();
        if (element) found.push_back(&element->get());
    }
    if (!list || found.size() != list->size()) {
        note(FaultKind::WrongType, key, "array of strings");
        return {};
    }
    if (found.empty() || std::any_of(found.begin(), found.end(), [](auto* text) { return is_blank(*text); })) {
        refuse(key, "not empty");
        return {};
    }
    return found;
}

std::optional<TableReader::Child> TableReader::child(std::string_view key, Need need) {
    const toml::node* node = find(key, need);
    if (!node) return std::nullopt;
    if (const toml::table* found = node->as_table()) return Child{found, dotted(key)};
    note(FaultKind::WrongType, key, "table");
    return std::nullopt;
}

std::vector<TableReader::Child> TableReader::children(std::string_view key, Need need) {
    const toml::node* node = find(key, need);
    if (!node) return {};
    const toml::array* list = node->as_array();
    if (!list || !std::all_of(list->begin(), list->end(), [](const toml::node& item) { return item.is_table(); })) {
        note(FaultKind::WrongType, key, "array of tables");
        return {};
    }
    if (list->empty() && need == Need::Required) missing(key);
    std::vector<Child> found;
    for (std::size_t i = 0; i < list->size(); ++i) {
        found.push_back({list->get(i)->as_table(), dotted(key) + '[' + std::to_string(i + 1) + ']'});
    }
    return found;
}

std::string TableReader::dotted(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + '.' + std::string(key);
}

/// Of the key where it is written, else of the table that lacks it.
int TableReader::line_of(std::string_view key) const {
    const auto found = table_.find(key);
    const toml::source_region& where = found != table_.end() ? found->first.source() : table_.source();
    return std::max(1, static_cast<int>(where.begin.line));
}

void TableReader::note(FaultKind kind, std::string_view key, std::string detail) {
    notes_.faults.push_back({kind, notes_.file, line_of(key), dotted(key), std::move(detail)});
}

}  // namespace changji
