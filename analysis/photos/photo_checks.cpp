#include "analysis/photos/photo_checks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace changji {
namespace {

constexpr double full_detail =
    0.7;  // of the picture's pixels: the sharp ones of our photos read 1, enlarged ones .88 at most
constexpr double most_gaps_percent = 10.0;
constexpr double light_from_percent = 50.0, dark_below_percent = 25.0;

std::string number(double value, int decimals) {
    char text[40];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}
/// Below a million with two decimals, so that what is small doesn't read as nothing.
std::string millions(double value) { return number(value / 1e6, value < 1e6 ? 2 : 1); }
std::string percent(double value) { return number(value, 0) + " %"; }

/// Collects the findings of one photo; all rest on the same clause.
class PhotoFindings {
public:
    explicit PhotoFindings(std::string clause) : clause_(std::move(clause)) {}
    void add(const char* check, FindingStatus status, std::string value, std::string limit, Message message,
             Message advice = {}) {
        Finding finding;
        finding.clause = clause_;
        finding.check = check;
        finding.status = status;
        finding.value = std::move(value);
        finding.limit = std::move(limit);
        finding.message = std::move(message);
        finding.advice = std::move(advice);
        findings_.push_back(std::move(finding));
    }
    std::vector<Finding> take() { return std::move(findings_); }

private:
    std::string clause_;
    std::vector<Finding> findings_;
};

void check_format(const PhotoDemand& demand, const PhotoMetadata& about, PhotoFindings& findings) {
    if (demand.formats.empty()) return;
    std::string allowed;
    for (const std::string& format : demand.formats) allowed += (allowed.empty() ? "" : ", ") + format;
    const bool fits = std::find(demand.formats.begin(), demand.formats.end(), about.format) != demand.formats.end();
    findings.add("photo.format", fits ? FindingStatus::Pass : FindingStatus::Warn, about.format, allowed,
                 fits ? say("The photo is stored as {0}.", about.format)
                      : say("The photo is stored as {0}, which not every newsroom opens.", about.format),
                 fits ? Message() : say("Export it as JPEG with the best quality."));
}

/// The notice's “4M”: megabytes or megapixels.
void check_size(const PhotoDemand& demand, const PhotoEvidence& photo, PhotoFindings& findings) {
    const double pixels = static_cast<double>(photo.width_px) * photo.height_px;
    const bool asks_both = demand.min_bytes > 0 && demand.min_pixels > 0;
    const bool heavy = static_cast<double>(photo.size_bytes) >= demand.min_bytes, large = pixels >= demand.min_pixels;
    const FindingStatus missed = asks_both && (heavy || large) ? FindingStatus::Warn : FindingStatus::Fail;
    const Message original = say("Send the file as the camera wrote it: messengers and web pages shrink photos.");
    const Message either =
        say("“4M” may mean the file's size or its number of pixels, and the photo has one of the two.");
    if (demand.min_bytes > 0) {
        const std::string value = millions(static_cast<double>(photo.size_bytes)) + " MB",
                          limit = "≥ " + millions(demand.min_bytes) + " MB";
        findings.add("photo.bytes", heavy ? FindingStatus::Pass : missed, value, limit,
                     heavy ? say("The file has {0}.", value) : say("The file has {0}, less than {1}.", value, limit),
                     heavy                           ? Message()
                     : missed == FindingStatus::Warn ? either
                                                     : original);
    }
    if (demand.min_pixels > 0) {
        const std::string value =
            std::to_string(photo.width_px) + "x" + std::to_string(photo.height_px) + " (" + millions(pixels) + " MP)";
        const std::string limit = "≥ " + millions(demand.min_pixels) + " MP";
        findings.add("photo.pixels", large ? FindingStatus::Pass : missed, value, limit,
                     large ? say("The picture has {0}.", value)
                           : say("The picture has {0}: fewer pixels than {1}.", value, limit),
                     large                           ? Message()
                     : missed == FindingStatus::Warn ? either
                                                     : original);
    }
}

void check_detail(const PhotoDemand& demand, const PhotoEvidence& photo, PhotoFindings& findings) {
    if (!photo.detail) {
        findings.add("photo.detail", FindingStatus::Unmeasured, {}, {},
                     say("The picture is too small to tell how sharp it is."));
        return;
    }
    const double filled = *photo.detail * photo.width_px * photo.height_px;
    const bool sharp = *photo.detail >= full_detail || (demand.min_pixels > 0 && filled >= demand.min_pixels);
    const std::string value = "≈ " + millions(filled) + " MP";
    findings.add(
        "photo.detail", sharp ? FindingStatus::Pass : FindingStatus::Warn, value, {},
        sharp ? say("The picture is really as sharp as its size promises.")
              : say("The picture holds no more detail than one of {0}: it is blurred, enlarged or strongly compressed.",
                    value),
        sharp ? Message() : say("Look at it in full size; take the original, or another one."));
}

void check_exposure(const Preset& preset, const PhotoEvidence& photo, PhotoFindings& findings) {
    const MeterLimit* const limit = preset.find_meter("light.face_luma_percent");
    const auto face = photo.people ? photo.people->face_luma_percent : std::nullopt;
    if (!face || !limit) {
        findings.add("photo.exposure", FindingStatus::Unmeasured, percent(photo.tone.median_percent), {},
                     say("No face was found whose brightness could be read; the picture's median is {0}.",
                         percent(photo.tone.median_percent)));
        return;
    }
    const FindingStatus status = std::min(status_of(*face, *limit), FindingStatus::Warn);
    const bool dark = limit->pass_min && *face < *limit->pass_min;
    findings.add("photo.exposure", status, percent(*face), limit_text(*limit),
                 status == FindingStatus::Pass ? say("The face is well exposed.")
                 : dark                        ? say("The face is dark: {0} of white.", percent(*face))
                                               : say("The face is very bright: {0} of white.", percent(*face)),
                 status == FindingStatus::Pass
                     ? Message()
                     : say("Take it again with light from the front; don't brighten it afterwards."));
}

void check_body(const PhotoEvidence& photo, PhotoFindings& findings) {
    const PhotoPeople people = photo.people.value_or(PhotoPeople());
    const std::string sure = percent(100.0 * people.confidence), room = number(people.room_below, 1);
    const Message look = say("Look yourself: from head to shoes?");
    if (people.body == Body::Whole) {
        findings.add("photo.full_body", FindingStatus::Pass, sure, {},
                     say("A person from head to feet was found (confidence {0}).", sure));
    } else if (people.body == Body::CutOff) {
        findings.add("photo.full_body", FindingStatus::Fail, room, "≥ 7.5",
                     say("No full-length photo: below the face's top there is room for {0} heights of the face, a "
                         "person needs 7.5 or "
                         "more (confidence {1}).",
                         room, sure),
                     say("Take it from farther away, from head to shoes."));
    } else if (people.has_face) {
        findings.add("photo.full_body", FindingStatus::Confirm, room, {},
                     say("Whether the whole body is in the picture can't be told: below the face's top there is room "
                         "for {0} heights "
                         "of the face.",
                         room),
                     look);
    } else {
        findings.add("photo.full_body", FindingStatus::Confirm, {}, {},
                     say("No face was found, so it can't be told whether the whole body is in the picture."), look);
    }
}

void check_clothes(const PhotoEvidence& photo, PhotoFindings& findings) {
    const auto chest = photo.people ? photo.people->clothes_luma_percent : std::nullopt;
    if (!chest) {
        findings.add("photo.clothes", FindingStatus::Confirm, {}, {}, say("The clothes weren't found in the picture."),
                     say("Look yourself: is the clothing light?"));
    } else if (*chest >= light_from_percent) {
        findings.add("photo.clothes", FindingStatus::Pass, percent(*chest), {}, say("The clothing is light."));
    } else if (*chest < dark_below_percent) {
        findings.add("photo.clothes", FindingStatus::Warn, percent(*chest), {},
                     say("The clothing looks dark; the notice asks for light clothing where possible."),
                     say("This is advice: a dark suit is no reason to leave a good photo out."));
    } else {
        findings.add("photo.clothes", FindingStatus::Pass, percent(*chest), {},
                     say("The clothing is neither light nor dark."));
    }
}

void check_editing(const PhotoEvidence& photo, PhotoFindings& findings) {
    std::string traces;
    for (const std::string& edit : photo.metadata.edits) traces += (traces.empty() ? "" : "; ") + edit;
    const Message ask = say("Ask the photographer for the file without filter and grading.");
    if (!traces.empty()) {
        findings.add("photo.editing", FindingStatus::Warn, traces, {},
                     say("The file tells of editing: {0}. That need not be a filter.", traces), ask);
    } else if (photo.tone.gaps_percent >= most_gaps_percent) {
        findings.add("photo.editing", FindingStatus::Warn, percent(photo.tone.gaps_percent), {},
                     say("The brightness has gaps ({0} of its shades are missing): it was probably graded.",
                         percent(photo.tone.gaps_percent)),
                     ask);
    } else if (photo.metadata.camera.empty()) {
        findings.add("photo.editing", FindingStatus::Confirm, {}, {},
                     say("The file doesn't say which camera took it, so nothing can be told about filters."),
                     say("Confirm that there is no filter and no grading."));
    } else {
        findings.add("photo.editing", FindingStatus::Pass, photo.metadata.camera, {},
                     say("There is no trace of a filter or grading; taken with {0}.", photo.metadata.camera));
    }
}

void check_place_and_pose(const PhotoEvidence& photo, PhotoFindings& findings) {
    const PhotoMetadata& about = photo.metadata;
    if (about.has_location) {
        findings.add("photo.location", FindingStatus::Warn, about.location, {},
                     say("The file tells where it was taken."),
                     say("`changji package --remove-location` takes the place out of the copy that is sent in."));
    }
    if (about.orientation != Orientation()) {
        findings.add("photo.orientation", FindingStatus::Pass, std::to_string(about.orientation.rotation_degrees) + "°",
                     {}, say("The picture is stored lying and turned upright by its orientation tag."));
    }
}

}  // namespace

std::vector<Finding> check_photo(const Preset& preset, const PhotoEvidence& photo) {
    if (!preset.photos) return {};
    PhotoFindings findings(preset.photos->clause);
    check_format(*preset.photos, photo.metadata, findings);
    check_size(*preset.photos, photo, findings);
    check_detail(*preset.photos, photo, findings);
    check_exposure(preset, photo, findings);
    if (preset.photos->full_body) check_body(photo, findings);
    if (preset.photos->light_clothes) check_clothes(photo, findings);
    if (preset.photos->untouched) check_editing(photo, findings);
    check_place_and_pose(photo, findings);
    return findings.take();
}

std::optional<Finding> check_photo_count(const Preset& preset, int count) {
    if (!preset.photos) return std::nullopt;
    const PhotoDemand& demand = *preset.photos;
    const std::string value = std::to_string(count);
    const std::string limit = std::to_string(demand.min_count) + "–" + std::to_string(demand.max_count);
    PhotoFindings findings(demand.clause);
    if (count < demand.min_count) {
        findings.add("photo.count", FindingStatus::Fail, value, limit,
                     say("There are {0} photos; {1} are asked for.", value, limit), say("Add photos."));
    } else if (count > demand.max_count) {
        findings.add("photo.count", FindingStatus::Fail, value, limit,
                     say("There are {0} photos; {1} are asked for.", value, limit), say("Leave out the weaker ones."));
    } else {
        findings.add("photo.count", FindingStatus::Pass, value, limit, say("There are {0} photos.", value));
    }
    return findings.take().front();
}

}  // namespace changji
