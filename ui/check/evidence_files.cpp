#include "ui/check/evidence_files.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

#include "analysis/judging/worst_moment.hpp"
#include "analysis/picture/evidence_picture.hpp"
#include "analysis/picture/thumbnail.hpp"
#include "analysis/subject/subject_finder.hpp"
#include "capture/excerpt.hpp"

namespace changji {
namespace fs = std::filesystem;
namespace {

constexpr double bite_s = 3.0;
/// The crew waits for its report, and a still takes a fifth of a second.
constexpr std::size_t most_stills = 8;

Nanoseconds nanoseconds(double seconds) { return Nanoseconds(std::llround(std::max(0.0, seconds) * 1e9)); }

/// What a room sounds like is heard where nobody speaks.
bool is_heard_in_pauses(Measure measure) {
    return measure == Measure::SoundNoiseFloor || measure == Measure::SoundSpeechToNoise ||
           measure == Measure::SoundHum || measure == Measure::SoundRumble;
}

std::optional<double> moment_of(const Finding& finding, Measure measure, const MeterLimit& limit, const TakeLog& log) {
    if (const auto events = log.events_of(measure); !events.empty()) return events.front().from_s;
    if (is_heard_in_pauses(measure)) {
        if (const auto from = quietest_stretch_s(log, bite_s)) return *from + bite_s / 2.0;
    }
    if (const auto worst = worst_moment_s(log, measure, limit)) return worst;
    // Without a face the picture's middle was judged in its place.
    if (measure == Measure::LightFaceLuma) return worst_moment_s(log, Measure::LightPictureLuma, limit);
    return finding.spans.empty() ? std::nullopt : std::optional(finding.spans.front().from_s);
}

/// Takes pictures and sound out of one file.
class Extractor {
public:
    Extractor(std::unique_ptr<Excerpts> excerpts, fs::path folder, fs::path person_model)
        : excerpts_(std::move(excerpts)), folder_(std::move(folder)), person_model_(std::move(person_model)) {}

    Status save_still(Finding& finding) {
        const auto frame = excerpts_->frame_at(nanoseconds(*finding.worst_s));
        if (!frame) return {};
        if (auto made = make_folder(); !made) return made;
        const std::string name = finding.check + ".png";
        if (auto written = write_png(folder_ / name, picture_for(finding.check, *frame)); !written) return written;
        finding.still = (folder_.filename() / name).string();
        return {};
    }

    Status save_bite(Finding& finding) {
        const double from_s = std::max(0.0, *finding.worst_s - bite_s / 2.0);
        const auto sound = excerpts_->sound_between(nanoseconds(from_s), nanoseconds(from_s + bite_s));
        if (!sound || sound->empty()) return {};
        if (auto made = make_folder(); !made) return made;
        const std::string name = finding.check + ".wav";
        if (auto written = write_wav(folder_ / name, *sound); !written) return written;
        finding.bite = (folder_.filename() / name).string();
        return {};
    }

private:
    Status make_folder() const {
        std::error_code failure;
        fs::create_directories(folder_, failure);
        if (!failure) return {};
        return Error{ErrorKind::Io, say("The folder {0} can't be made ({1}): choose a folder you may write to.",
                                        folder_.string(), failure.message())};
    }

    [[nodiscard]] RgbPicture picture_for(const std::string& check, const VideoFrame& frame) const {
        const bool of_background = check == info(Measure::BackgroundClutter).id;
        if (!of_background && !check.starts_with("light.")) return to_rgb(frame);
        // Light is told by faces alone: no network is read for it. One that is gone since leaves the template.
        auto subjects = SubjectFinder::open(of_background ? person_model_ : fs::path());
        if (!subjects) subjects = SubjectFinder::open({});
        if (!subjects) return to_rgb(frame);
        subjects->see(frame);
        return of_background ? clutter_map(frame, subjects->mask()) : light_map(frame, subjects->faces());
    }

    std::unique_ptr<Excerpts> excerpts_;
    fs::path folder_;
    fs::path person_model_;
};

}  // namespace

Status save_evidence(const fs::path& media, const TakeLog& log, const Preset& preset, const fs::path& folder,
                     std::vector<Finding>& findings, const fs::path& person_model) {
    std::vector<Finding*> wanted;
    for (Finding& finding : findings) {
        if (finding.status != FindingStatus::Warn && finding.status != FindingStatus::Fail) continue;
        const MeasureInfo* const measure = find_measure(finding.check);
        const MeterLimit* const limit = preset.find_meter(finding.check);
        if (!measure || !limit) continue;
        finding.worst_s = moment_of(finding, measure->measure, *limit, log);
        if (finding.worst_s) wanted.push_back(&finding);
    }
    if (wanted.empty()) return {};
    auto excerpts = open_excerpts(media);
    if (!excerpts) return {};
    // Failures first where there are too many, then in order of time, as the file is read.
    std::ranges::stable_sort(wanted, std::ranges::greater{}, &Finding::status);
    std::size_t stills = 0;
    std::erase_if(wanted, [&](const Finding* finding) {
        return !finding->check.starts_with("sound.") && ++stills > most_stills;
    });
    std::ranges::stable_sort(wanted, {}, &Finding::worst_s);
    Extractor extractor(*std::move(excerpts), folder, person_model);
    for (Finding* finding : wanted) {
        auto saved =
            finding->check.starts_with("sound.") ? extractor.save_bite(*finding) : extractor.save_still(*finding);
        if (!saved) return saved;
    }
    return {};
}

}  // namespace changji
