#include "ui/check/file_check.hpp"

#include <utility>

#include "capture/probe.hpp"
#include "ui/check/delivery_files.hpp"
#include "ui/check/file_meters.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

/// A file that can't be read fails the file clause, whatever else it may hold.
Verdict unreadable(const Preset& preset, const Error& error) {
    Finding finding;
    finding.clause = preset.file.clause;
    finding.check = "container.readable";
    finding.status = FindingStatus::Fail;
    finding.message = error.message;
    finding.advice = say("Copy it again from where it comes, or export it again.");
    Verdict verdict;
    verdict.findings.push_back(std::move(finding));
    verdict.status = worst_of(verdict.findings);
    return verdict;
}

bool is_stopped(const FileCheckOptions& options) { return options.cancelled && *options.cancelled; }

/// Every packet of picture and sound went through the meters' strict decoder without a fault.
bool played_cleanly(const fs::path& file, const MediaFacts& facts, const MeteredFile& metered) {
    const bool all_tracks = facts.video_streams <= 1 && facts.audio_streams <= 1 &&
                            metered.has_picture == facts.video.has_value() &&
                            metered.has_sound == facts.audio.has_value();
    return all_tracks && metered.broke_off.empty() && !(facts.container.starts_with("mov") && is_cut_short(file));
}

/// One pass for meters and decoding; a second, which counts the faults, only where something is wrong.
std::optional<Error> look_inside(const fs::path& file, const Preset& preset, const FileCheckOptions& options,
                                 Evidence& evidence, CheckedFile& checked) {
    FileMeterOptions metering;
    metering.meters = {preset.camera.power_line_hz, options.person_model};
    metering.damage = Damage::Tell;
    metering.decoder_threads = options.decoder_threads;
    metering.on_progress = options.on_progress;
    metering.cancelled = options.cancelled;
    auto metered = meter_file(file, metering);
    if (is_stopped(options)) return std::nullopt;
    evidence.no_microphone = !evidence.file->audio;
    evidence.no_picture = !evidence.file->video;
    bool clean = false;
    if (metered) {
        clean = played_cleanly(file, *evidence.file, *metered);
        checked.measures = metered->log.summarise();
        evidence.log = std::move(metered->log);
        if (metered->has_picture) evidence.signs = PictureSigns{metered->fields, metered->tags};
    } else {
        evidence.not_metered = metered.error().message;
    }
    if (clean) {
        evidence.decoded = DecodeFacts{metered->pictures, 0, std::nullopt, true, {}};
        return std::nullopt;
    }
    auto decoded = decode_file(file, metered ? std::function<void(double)>() : options.on_progress, options.cancelled);
    if (!decoded) return decoded.error();
    evidence.decoded = *std::move(decoded);
    return std::nullopt;
}

}  // namespace

FileCheck check_media_file(const fs::path& file, const Preset& preset, const FileCheckOptions& options) {
    FileCheck result;
    CheckedFile& checked = result.checked;
    checked.file = file.string();
    const auto fail = [&](const Error& error) {
        checked.error = error;
        checked.verdict = unreadable(preset, error);
    };
    auto facts = probe_file(file);
    if (!facts) {
        fail(facts.error());
        return result;
    }
    Evidence evidence;
    evidence.file = *facts;
    checked.media = *std::move(facts);
    if (options.depth == CheckDepth::Container) {
        evidence.not_metered = say("Only the container was read: check again without --quick.");
        evidence.no_microphone = !evidence.file->audio;
    } else if (const auto error = look_inside(file, preset, options, evidence, checked)) {
        fail(*error);
        return result;
    }
    result.stopped = is_stopped(options);
    checked.verdict = judge(preset, evidence);
    result.repair = plan_repair(preset.file, evidence);
    return result;
}

FileCheck check_file(const fs::path& file, const Preset& preset, const FileCheckOptions& options) {
    const auto paper = delivery_kind(file);
    if (paper == DeliveryKind::Manuscript) return {check_manuscript(file, preset), {}, false};
    if (paper == DeliveryKind::Photo) return {PhotoChecker().check(file, preset), {}, false};
    return check_media_file(file, preset, options);
}

bool is_checked_in_folders(const fs::path& file, const Preset& preset) {
    return kind_of(file) == FileKind::Video || belongs_to_delivery(file, preset);
}

}  // namespace changji
