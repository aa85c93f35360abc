#include "ui/project/marks.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace changji {
namespace {

constexpr std::array<std::pair<MarkKind, const char*>, 4> names{
    {{MarkKind::Topic, "topic"}, {MarkKind::Good, "good"}, {MarkKind::Bad, "bad"}, {MarkKind::Script, "script"}}};

}  // namespace

const char* name_of(MarkKind kind) {
    return std::ranges::find(names, kind, &std::pair<MarkKind, const char*>::first)->second;
}

std::optional<MarkKind> mark_kind(std::string_view name) {
    const auto found = std::ranges::find(names, name, &std::pair<MarkKind, const char*>::second);
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

void TakeMarks::add(const Mark& mark) {
    if (mark.kind == MarkKind::Topic) {
        const auto same = [&](const Mark& each) { return each.kind == MarkKind::Topic && each.topic == mark.topic; };
        if (std::erase_if(marks_, same) > 0) return;
    }
    const auto later = std::ranges::upper_bound(marks_, mark.at_s, {}, &Mark::at_s);
    marks_.insert(later, mark);
}

std::vector<int> topics_in(const std::vector<Mark>& marks) {
    std::vector<int> topics;
    for (const Mark& mark : marks) {
        if (mark.kind == MarkKind::Topic) topics.push_back(mark.topic);
    }
    std::ranges::sort(topics);
    topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
    return topics;
}

const Mark* find_topic(const std::vector<Mark>& marks, int topic) {
    const auto found = std::ranges::find_if(
        marks, [&](const Mark& each) { return each.kind == MarkKind::Topic && each.topic == topic; });
    return found == marks.end() ? nullptr : &*found;
}

std::string journal_line(const Mark& mark) {
    nlohmann::ordered_json line;
    line["at_s"] = mark.at_s;
    if (mark.kind == MarkKind::Topic) {
        line["topic"] = mark.topic;
    } else {
        line["kind"] = name_of(mark.kind);
    }
    if (mark.character > 0) line["character"] = mark.character;
    return line.dump() + "\n";
}

TakeMarks read_journal(std::string_view lines) {
    TakeMarks marks;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const auto line = nlohmann::json::parse(lines.substr(0, end), nullptr, false);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (!line.is_object() || !line.contains("at_s") || !line["at_s"].is_number()) continue;
        Mark mark;
        mark.at_s = line["at_s"].get<double>();
        if (line.contains("topic") && line["topic"].is_number_integer()) {
            mark.topic = line["topic"].get<int>();
        } else {
            const auto kind =
                mark_kind(line.value("kind", nlohmann::json()).is_string() ? line["kind"].get<std::string>() : "");
            if (!kind || *kind == MarkKind::Topic) continue;  // a topic is named by its number
            mark.kind = *kind;
        }
        if (line.contains("character") && line["character"].is_number_integer()) {
            mark.character = line["character"].get<int>();
        }
        marks.add(mark);
    }
    return marks;
}

}  // namespace changji
