#include "ui/tablet/prompter_feed.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "ui/language/language.hpp"
#include "ui/prompter/characters.hpp"

namespace changji {
namespace {

using nlohmann::json;

/// Replaces what is no UTF-8 instead of throwing: a script is typed or read from any file.
std::string line_of(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

const char* name_of(ScriptParagraph::Kind kind) {
    switch (kind) {
        case ScriptParagraph::Kind::Opening: return "opening";
        case ScriptParagraph::Kind::Heading: return "heading";
        case ScriptParagraph::Kind::Text: break;
    }
    return "text";
}

/// How JavaScript counts: of each code point of a text where it begins, and the end.
std::vector<std::size_t> utf16_places(const std::vector<CodePoint>& points) {
    std::vector<std::size_t> places{0};
    for (const CodePoint& each : points) places.push_back(places.back() + (each.value > 0xFFFF ? 2 : 1));
    return places;
}

json paragraph_json(const ScriptParagraph& paragraph) {
    const std::vector<CodePoint> points = code_points(paragraph.text);
    const std::vector<std::size_t> places = utf16_places(points);
    json characters = json::array(), cues = json::array();
    std::size_t cue = 0;
    for (std::size_t at = 0; at <= points.size(); ++at) {
        const std::size_t byte = at < points.size() ? points[at].byte : paragraph.text.size();
        for (; cue < paragraph.cues.size() && paragraph.cues[cue].byte <= byte; ++cue) {
            cues.push_back({{"at", places[at]}, {"text", paragraph.cues[cue].text}});
        }
        const bool counted = paragraph.characters > 0 && at < points.size() && is_read(points[at].value);
        if (counted) characters.push_back(places[at]);
    }
    return {{"kind", name_of(paragraph.kind)}, {"label", paragraph.label}, {"text", paragraph.text},
            {"cues", std::move(cues)},         {"characters", characters}, {"first", paragraph.first_character}};
}

}  // namespace

std::string script_json(const Script& script) {
    json paragraphs = json::array();
    for (const ScriptParagraph& each : script.paragraphs()) paragraphs.push_back(paragraph_json(each));
    return line_of(
        {{"paragraphs", paragraphs}, {"sentences", script.sentence_starts()}, {"characters", script.characters()}});
}

std::string state_json(const PrompterState& state) {
    return line_of(
        {{"character", std::round(state.character * 100.0) / 100.0},
         {"running", state.running},
         {"held", state.held},
         {"voice", state.pace == PrompterPace::Voice},
         {"per_min", state.characters_per_min},
         {"left_s", std::round(state.left_s)},
         {"preparing", state.preparing},
         {"unsure", state.pace == PrompterPace::Voice && state.speaking && state.confidence < PrompterState::sure},
         {"problem", tr(state.problem)}});
}

std::string with_moment(const std::string& state, CaptureTime now) {
    const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch());
    return "{\"at_ms\":" + std::to_string(at.count()) + "," + state.substr(1);
}

std::optional<PrompterCommand> command_of(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, PrompterAct>, 8> acts{{{"run", PrompterAct::Run},
                                                                            {"pause", PrompterAct::Pause},
                                                                            {"hold", PrompterAct::Hold},
                                                                            {"release", PrompterAct::Release},
                                                                            {"move", PrompterAct::MoveTo},
                                                                            {"pace", PrompterAct::SetPace},
                                                                            {"voice", PrompterAct::FollowVoice},
                                                                            {"even", PrompterAct::FollowPace}}};
    const json asked = json::parse(text, nullptr, false);
    if (!asked.is_object() || !asked.contains("act") || !asked["act"].is_string()) return std::nullopt;
    for (const auto& [name, act] : acts) {
        if (name != asked["act"].get_ref<const std::string&>()) continue;
        const bool needs_value = act == PrompterAct::MoveTo || act == PrompterAct::SetPace;
        if (!needs_value) return PrompterCommand{act, 0.0};
        if (!asked.contains("value") || !asked["value"].is_number()) return std::nullopt;
        const double value = asked["value"].get<double>();
        if (!(value >= 0.0 && value <= 1e6)) return std::nullopt;
        return PrompterCommand{act, value};
    }
    return std::nullopt;
}

}  // namespace changji
