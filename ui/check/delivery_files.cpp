#include "ui/check/delivery_files.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "analysis/papers/text_decoding.hpp"
#include "analysis/papers/word_count.hpp"
#include "analysis/photos/photo_checks.hpp"
#include "analysis/photos/photo_detail.hpp"
#include "capture/still.hpp"
#include "capture/verified_copy.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view manuscript_endings[] = {".docx", ".odt", ".pdf", ".txt", ".md", ".markdown", ".doc", ".wps"};
constexpr std::string_view photo_endings[] = {".jpg",  ".jpeg", ".png",  ".tif", ".tiff",
                                              ".webp", ".heic", ".heif", ".bmp"};
constexpr std::int64_t most_text_bytes = 4 << 20;  // of a text file that nobody named
constexpr int least_chinese = 50;
constexpr double most_pixels = 200e6;
constexpr int seen_px = 1280;  // the longer side on which people are looked for

std::string ending_of(const fs::path& file) {
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

template <std::size_t count>
bool is_one_of(const std::string& ending, const std::string_view (&endings)[count]) {
    return std::find(std::begin(endings), std::end(endings), ending) != std::end(endings);
}

CheckedFile refused(CheckedFile checked, const std::string& clause, const char* check, const Error& error) {
    Finding finding;
    finding.clause = clause;
    finding.check = check;
    finding.status = FindingStatus::Fail;
    finding.message = error.message;
    checked.error = error;
    checked.verdict.findings = {std::move(finding)};
    checked.verdict.status = VerdictStatus::Fail;
    return checked;
}

CheckedFile judged(CheckedFile checked, std::vector<Finding> findings) {
    checked.verdict.findings = std::move(findings);
    checked.verdict.status = worst_of(checked.verdict.findings);
    return checked;
}

Error nothing_demanded(const Preset& preset) {
    return {ErrorKind::InvalidConfig,
            say("The preset {0} demands neither manuscript nor photos: name another one with --preset.", preset.id)};
}

Result<PhotoEvidence> look_at(const fs::path& file, PeopleInPhotos* people) {
    const auto bytes = read_whole(file, static_cast<std::int64_t>(largest_photo_bytes));
    if (!bytes) return bytes.error();
    auto metadata = read_photo_metadata(*bytes);
    if (!metadata) return metadata.error();
    PhotoEvidence photo;
    photo.metadata = *std::move(metadata);
    photo.size_bytes = static_cast<std::int64_t>(bytes->size());
    if (static_cast<double>(photo.metadata.width_px) * photo.metadata.height_px > most_pixels) {
        return Error{ErrorKind::UnsupportedFormat,
                     say("The picture has {0}x{1} pixels, more than any camera gives: it was not read.",
                         std::to_string(photo.metadata.width_px), std::to_string(photo.metadata.height_px))};
    }
    const auto still = read_still(file);
    if (!still) return still.error();
    if (photo.metadata.orientation == Orientation()) photo.metadata.orientation = still->orientation;
    const auto upright = upright_picture(*still, photo.metadata.orientation, seen_px);
    if (!upright) return upright.error();
    const bool turned = photo.metadata.orientation.rotation_degrees % 180 != 0;
    photo.width_px = turned ? still->height_px : still->width_px;
    photo.height_px = turned ? still->width_px : still->height_px;
    photo.detail = detail_share(*still);
    photo.tone = measure_tone(*still);
    if (people) photo.people = people->look(*upright);
    return photo;
}

}  // namespace

std::optional<DeliveryKind> delivery_kind(const fs::path& file) {
    const std::string ending = ending_of(file);
    if (is_one_of(ending, manuscript_endings)) return DeliveryKind::Manuscript;
    if (is_one_of(ending, photo_endings)) return DeliveryKind::Photo;
    return std::nullopt;
}

bool belongs_to_delivery(const fs::path& file, const Preset& preset) {
    const std::string name = file.filename().string(), ending = ending_of(file);
    if (name.starts_with('.') || name.starts_with("~$") || name == "checklist.txt") return false;
    const auto kind = delivery_kind(file);
    if (kind == DeliveryKind::Photo) return preset.photos.has_value();
    if (!preset.manuscript) return false;
    if (!kind || (ending != ".txt" && ending != ".md" && ending != ".markdown")) return kind.has_value();
    const auto bytes = read_whole(file, most_text_bytes);
    if (!bytes) return false;
    const auto text = decode_text(*bytes);
    return text && count_words(text->utf8).cjk >= least_chinese;
}

CheckedFile check_manuscript(const fs::path& file, const Preset& preset, const ExpectedGuest& expected) {
    CheckedFile checked;
    checked.file = file.string();
    if (!preset.manuscript)
        return refused(std::move(checked), preset.file.clause, "manuscript.readable", nothing_demanded(preset));
    const auto fail = [&](const Error& error) {
        return refused(std::move(checked), preset.manuscript->contact_clause, "manuscript.readable", error);
    };
    const auto bytes = read_whole(file, static_cast<std::int64_t>(largest_document_bytes));
    if (!bytes) return fail(bytes.error());
    const auto document = read_document(*bytes, file.filename().string());
    if (!document) return fail(document.error());
    Finding readable;
    readable.clause = preset.manuscript->contact_clause;
    readable.check = "manuscript.readable";
    readable.status = FindingStatus::Pass;
    readable.value = document->encoding.empty() ? std::string(name_of(document->kind))
                                                : std::string(name_of(document->kind)) + ", " + document->encoding;
    readable.message = say("The manuscript can be read: {0}.", readable.value);
    std::vector<Finding> findings{std::move(readable)};
    for (Finding& finding : changji::check_manuscript(preset, *document, expected))
        findings.push_back(std::move(finding));
    return judged(std::move(checked), std::move(findings));
}

PhotoChecker::PhotoChecker() {
    if (auto people = PeopleInPhotos::open()) people_.emplace(*std::move(people));
}

CheckedFile PhotoChecker::check(const fs::path& file, const Preset& preset) {
    CheckedFile checked;
    checked.file = file.string();
    if (!preset.photos)
        return refused(std::move(checked), preset.file.clause, "photo.readable", nothing_demanded(preset));
    const auto photo = look_at(file, people_ ? &*people_ : nullptr);
    if (!photo) return refused(std::move(checked), preset.photos->clause, "photo.readable", photo.error());
    return judged(std::move(checked), check_photo(preset, *photo));
}

CheckedFile check_photo_set(const fs::path& folder, const std::vector<fs::path>& photos, const Preset& preset) {
    CheckedFile checked;
    checked.file = folder.string();
    std::vector<Finding> findings;
    if (auto count = check_photo_count(preset, static_cast<int>(photos.size()))) findings.push_back(*std::move(count));
    std::map<std::string, fs::path> seen;
    for (const fs::path& photo : photos) {
        const auto hashed = hash_file(photo);
        if (!hashed || seen.emplace(hashed->sha256, photo).second || !preset.photos) continue;
        Finding twice;
        twice.clause = preset.photos->clause;
        twice.check = "photo.twice";
        twice.status = FindingStatus::Warn;
        twice.value = photo.filename().string();
        twice.message =
            say("{0} and {1} are the same photo.", seen[hashed->sha256].filename().string(), photo.filename().string());
        twice.advice = say("Replace one of them.");
        findings.push_back(std::move(twice));
    }
    return judged(std::move(checked), std::move(findings));
}

}  // namespace changji
