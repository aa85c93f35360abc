#include "presets/table_reader.hpp"

#include <algorithm>
#include <initializer_list>

namespace changji {
namespace {

constexpr int largest_side_px = 16'384;

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 6 && text.front() != '0' &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

template <char between>
bool is_ratio(std::string_view text) {
    const std::size_t at = text.find(between);
    return at != std::string_view::npos && is_number(text.substr(0, at)) && is_number(text.substr(at + 1));
}

bool is_measure(std::string_view text) {
    const std::size_t dot = text.find('.');
    return dot != std::string_view::npos && dot > 0 && dot + 1 < text.size() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", dot + 1) == std::string_view::npos;
}

constexpr TextForm any_text{[](std::string_view) { return true; }, ""};
constexpr TextForm aspect_ratio{is_ratio<':'>, R"("16:9")"};
constexpr TextForm frame_rate{is_ratio<'/'>, R"("25/1")"};
constexpr TextForm measure_id{is_measure, R"("light.contrast")"};
constexpr TextForm line_with_guest{[](std::string_view text) { return text.find("{guest}") != std::string_view::npos; },
                                   "{guest}"};

/// A file's name: no folder, and no field but those that the packager fills.
bool is_name(std::string_view text) {
    if (text.empty() || text.find_first_of("/\\:*?\"<>|") != std::string_view::npos) return false;
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) return false;
        const std::string_view field = text.substr(open + 1, close - open - 1);
        if (field != "school" && field != "guest" && field != "office" && field != "number") return false;
    }
    return true;
}

constexpr TextForm name_pattern{is_name, R"("{school}-{guest}-{office}-{number}")"};
constexpr TextForm numbered_name{
    [](std::string_view text) { return is_name(text) && text.find("{number}") != std::string_view::npos; }, "{number}"};

constexpr std::pair<std::string_view, DecidedBy> decided_by_names[] = {
    {"measured", DecidedBy::Measured},         {"confirmed", DecidedBy::Confirmed}, {"prompted", DecidedBy::Prompted},
    {"construction", DecidedBy::Construction}, {"entered", DecidedBy::Entered},
};
constexpr std::pair<std::string_view, ClauseScope> scope_names[] = {
    {"take", ClauseScope::Take},
    {"delivery", ClauseScope::Delivery},
};
constexpr std::pair<std::string_view, Severity> severity_names[] = {
    {"fails", Severity::Fails},
    {"advises", Severity::Advises},
};

void read_clause(TableReader& table, Clause& clause) {
    table.text("id", clause.id);
    table.unique("id");
    table.text("text", clause.text);
    table.choice("decided_by", clause.decided_by, decided_by_names);
    table.choice("scope", clause.scope, scope_names);
}

void read_duration(TableReader& table, DurationDemand& duration) {
    table.clause("clause", duration.clause);
    table.time("max", duration.max);
    table.times("warnings", duration.warnings);
    std::sort(duration.warnings.rbegin(), duration.warnings.rend());
    if (duration.max.count() > 0 && !duration.warnings.empty() && duration.warnings.front() >= duration.max) {
        table.refuse("warnings", "< max");
    }
}

void read_file(TableReader& table, FileDemand& file) {
    table.clause("clause", file.clause);
    table.text("container", file.container);
    table.text("video_codec", file.video_codec);
    table.whole("width_px", file.width_px, 1, largest_side_px);
    table.whole("height_px", file.height_px, 1, largest_side_px);
    table.text("display_aspect_ratio", file.display_aspect_ratio, aspect_ratio);
    table.text("sample_aspect_ratio", file.sample_aspect_ratio, aspect_ratio);
    table.text("scan", file.scan);
    table.text("pixel_format", file.pixel_format);
    table.text("color_range", file.color_range);
    table.text("color_space", file.color_space);
    table.texts("frame_rates", file.frame_rates, frame_rate);
    table.text("audio_codec", file.audio_codec);
    table.whole("sample_rate_hz", file.sample_rate_hz, 8'000, 192'000);
    table.whole("channels", file.channels, 1, 8);
    table.text("source", file.source);
}

void read_camera(TableReader& table, CameraDemand& camera) {
    table.whole("power_line_hz", camera.power_line_hz, {0, 50, 60});
    table.flag("lock_automatic", camera.lock_automatic);
}

void read_packaging(TableReader& table, std::string& clause) { table.clause("clause", clause); }

void read_opening(TableReader& table, OpeningLine& opening) {
    table.clause("clause", opening.clause);
    table.text("line", opening.line, line_with_guest);
    table.text("unknown_guest", opening.unknown_guest);
}

void read_topic(TableReader& table, Topic& topic) {
    table.whole("number", topic.number, 1, 99);
    table.unique("number");
    table.text("text", topic.text);
    table.text("title", topic.title, Need::Optional);
    table.flag("required", topic.required);
    if (topic.title.empty()) topic.title = topic.text;
}

void read_topics(TableReader& table, TopicList& topics) {
    table.clause("clause", topics.clause);
    table.each("topic", topics.topics, read_topic, Need::Required);
}

void read_place(TableReader& table, PlaceDemand& place) {
    table.clause("clause", place.clause);
    table.texts("suggestions", place.suggestions, any_text);
}

void read_guest(TableReader& table, GuestDemand& guest) {
    table.clause("clause", guest.clause);
    table.texts("offices", guest.offices, any_text);
}

void read_confirmation(TableReader& table, Confirmation& confirmation) {
    table.clause("clause", confirmation.clause);
    table.unique("clause");
    table.text("question", confirmation.question);
}

void read_deadline(TableReader& table, Deadline& deadline) {
    table.clause("clause", deadline.clause);
    table.text("name", deadline.name);
    table.date("date", deadline.date);
}

void read_mention(TableReader& table, TopicMention& mention) {
    table.whole("topic", mention.topic, 1, 99);
    table.unique("topic");
    table.texts("words", mention.words, any_text);
}

void read_manuscript(TableReader& table, ManuscriptDemand& manuscript) {
    table.clause("length_clause", manuscript.length_clause);
    table.whole("max_characters", manuscript.max_characters, 1, 1'000'000);
    table.clause("contact_clause", manuscript.contact_clause);
    table.each("mention", manuscript.mentions, read_mention, Need::Optional);
}

void read_photos(TableReader& table, PhotoDemand& photos) {
    table.clause("clause", photos.clause);
    table.whole("min_count", photos.min_count, 0, 1000);
    table.whole("max_count", photos.max_count, 1, 1000);
    if (photos.max_count > 0 && photos.min_count > photos.max_count) table.refuse("min_count", "≤ max_count");
    table.text("text", photos.text);
    table.whole("min_bytes", photos.min_bytes, 0, 1'000'000'000, Need::Optional);
    table.whole("min_pixels", photos.min_pixels, 0, 1'000'000'000, Need::Optional);
    table.texts("formats", photos.formats, any_text, Need::Optional);
    table.flag("full_body", photos.full_body);
    table.flag("light_clothes", photos.light_clothes);
    table.flag("untouched", photos.untouched);
}

void read_delivery(TableReader& table, DeliveryDemand& delivery) {
    table.text("message_preset", delivery.message_preset, Need::Optional);
    table.whole("mail_limit_mb", delivery.mail_limit_mb, 0, 100'000, Need::Optional);
    table.text("mail_source", delivery.mail_source, delivery.mail_limit_mb > 0 ? Need::Required : Need::Optional);
    table.text("folder_name", delivery.folder_name, name_pattern);
    table.text("video_name", delivery.video_name, name_pattern);
    table.text("message_name", delivery.message_name, name_pattern);
    table.text("manuscript_name", delivery.manuscript_name, name_pattern);
    table.text("photo_name", delivery.photo_name, numbered_name);
}

bool ascends(std::initializer_list<std::optional<double>> bounds) {
    std::optional<double> last;
    for (const auto& bound : bounds) {
        if (bound && last && *bound < *last) return false;
        if (bound) last = bound;
    }
    return true;
}

void read_meter(TableReader& table, MeterLimit& limit) {
    table.text("measure", limit.measure, measure_id);
    table.unique("measure");
    table.clause("clause", limit.clause);
    table.real("pass_min", limit.pass_min);
    table.real("pass_max", limit.pass_max);
    table.real("warn_min", limit.warn_min);
    table.real("warn_max", limit.warn_max);
    table.real("reference_min", limit.reference_min);
    table.choice("severity", limit.severity, severity_names);
    table.flag("provisional", limit.provisional);
    table.text("source", limit.source, limit.provisional ? Need::Optional : Need::Required);

    if (!limit.pass_min && (limit.warn_min || !limit.pass_max)) table.missing("pass_min");
    if (!limit.pass_max && limit.warn_max) table.missing("pass_max");
    if (limit.reference_min && (!limit.pass_min || *limit.reference_min > *limit.pass_min)) {
        table.refuse("reference_min", "≤ pass_min");
    }
    if (!ascends({limit.warn_min, limit.pass_min, limit.pass_max, limit.warn_max})) {
        table.refuse("measure", "warn_min ≤ pass_min ≤ pass_max ≤ warn_max");
    }
}

Preset read_preset(const toml::table& root, ReadingNotes& notes) {
    Preset preset;
    TableReader table(root, "", notes);
    int format = 0;
    table.whole("format", format, 1, 1);
    table.text("id", preset.id);
    table.text("title", preset.title);
    table.text("title_en", preset.title_en, Need::Optional);
    table.text("source", preset.source);
    table.each("clause", preset.clauses, read_clause, Need::Required);
    table.table("duration", preset.duration, read_duration);
    table.table("file", preset.file, read_file);
    std::optional<CameraDemand> camera;
    table.table("camera", camera, read_camera);
    preset.camera = camera.value_or(CameraDemand());
    std::optional<std::string> packaging;
    table.table("packaging", packaging, read_packaging);
    preset.packaging_clause = packaging.value_or("");
    table.table("opening", preset.opening, read_opening);
    table.table("topics", preset.topics, read_topics);
    table.table("place", preset.place, read_place);
    table.table("guest", preset.guest, read_guest);
    table.each("confirmation", preset.confirmations, read_confirmation, Need::Optional);
    table.each("deadline", preset.deadlines, read_deadline, Need::Optional);
    table.table("manuscript", preset.manuscript, read_manuscript);
    table.table("photos", preset.photos, read_photos);
    table.table("delivery", preset.delivery, read_delivery);
    table.each("meter", preset.meters, read_meter, Need::Optional);
    table.finish();

    if (preset.title_en.empty()) preset.title_en = preset.title;
    for (const auto& [clause, line, key] : notes.references) {
        if (!preset.find_clause(clause)) {
            notes.faults.push_back({FaultKind::UnknownClause, notes.file, line, key, clause});
        }
    }
    return preset;
}

}  // namespace

PresetOutcome parse_preset(std::string_view toml, const std::string& file_name) {
    ReadingNotes notes;
    notes.file = file_name;
    try {
        const toml::table root = toml::parse(toml, std::string_view(file_name));
        Preset preset = read_preset(root, notes);
        if (notes.faults.empty()) return preset;
    } catch (const toml::parse_error& error) {
        const int line = std::max(1, static_cast<int>(error.source().begin.line));
        notes.faults = {{FaultKind::Syntax, file_name, line, "", std::string(error.description())}};
    }
    std::stable_sort(notes.faults.begin(), notes.faults.end(),
                     [](const PresetFault& a, const PresetFault& b) { return a.line < b.line; });
    return notes.faults;
}

}  // namespace changji
