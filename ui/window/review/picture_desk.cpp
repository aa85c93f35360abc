#include "ui/window/review/picture_desk.hpp"

#include <chrono>
#include <utility>

namespace changji {
namespace {

constexpr int scrub_width_px = 240, scrub_height_px = 135;

}  // namespace

PictureDesk::PictureDesk(PreviewRenderer preview, PreviewRenderer reference, PreviewRenderer scrub,
                         PreviewRenderer other)
    : preview_(std::move(preview)),
      reference_(std::move(reference)),
      scrub_(std::move(scrub)),
      other_(std::move(other)) {}

Result<PictureDesk> PictureDesk::open() {
    auto preview = PreviewRenderer::open();
    if (!preview) return preview.error();
    auto reference = PreviewRenderer::open();
    if (!reference) return reference.error();
    auto scrub = PreviewRenderer::open();
    if (!scrub) return scrub.error();
    auto other = PreviewRenderer::open();
    if (!other) return other.error();
    return PictureDesk(*std::move(preview), *std::move(reference), *std::move(scrub), *std::move(other));
}

bool PictureDesk::has_newer(Session& session) {
    if (auto newer = session.take_preview()) fresh_ = std::move(newer);
    return fresh_.has_value();
}

void PictureDesk::draw(Session& session, ReviewPlayback& playback, const Area& area, const SubjectMask& subject,
                       const ViewState& view) {
    take_picture(session, playback, view);
    if (view.review.open) draw_scrub(playback, view.review.pointed_s);
    const ImVec2 density = ImGui::GetIO().DisplayFramebufferScale;
    const int wide = static_cast<int>(area.width * density.x), high = static_cast<int>(area.height * density.y);
    const FaceBand faces = face_band(session.preset());
    preview_.draw(wide, high, view.monitoring, faces);
    if (view.monitoring.comparison != Comparison::None) {
        if (view.reference && view.references_loaded != references_uploaded_) reference_.upload(*view.reference);
        references_uploaded_ = view.references_loaded;
        reference_.draw(wide, high, view.monitoring, faces);
    }
    if (auto next = playback.other_picture()) {
        other_.upload(*next);
        other_shown_ = true;
    }
    other_shown_ &= view.review.other_play.stage == TakePlayerState::Stage::Open;  // never one of another take
    if (other_shown_) other_.draw(wide, high, view.monitoring, faces);
    draw_scopes(subject, view);
}

void PictureDesk::take_picture(Session& session, ReviewPlayback& playback, const ViewState& view) {
    std::optional<VideoFrame> next;
    if (view.review.open) {
        next = playback.picture();
    } else if ((!view.monitoring.frozen || !shown_) && has_newer(session)) {
        next = std::exchange(fresh_, std::nullopt);
        ages_before_.note(to_seconds(std::chrono::steady_clock::now() - next->captured_at));
        is_new_ = true;
    }
    if (!next) return;
    preview_.upload(*next);
    shown_ = std::move(next);
}

void PictureDesk::draw_scrub(ReviewPlayback& playback, const std::optional<double>& pointed_s) {
    if (!pointed_s || pointed_s == scrubbed_s_) return;
    const auto small = playback.scrub_picture(*pointed_s);
    if (!small) return;
    scrubbed_s_ = pointed_s;
    scrub_.upload(*small);
    scrub_.draw(scrub_width_px, scrub_height_px, {}, {});
}

void PictureDesk::draw_scopes(const SubjectMask& subject, const ViewState& view) {
    if (!shown_ || !scopes_.look(*shown_, view.monitoring, subject, view.now_s)) return;
    if (scopes_.trace()) trace_.upload(*scopes_.trace());
    if (scopes_.clutter()) clutter_.upload(*scopes_.clutter());
}

PreviewImage PictureDesk::image(const ViewState& view) const {
    PreviewImage image;
    image.texture = preview_.texture();
    if (view.monitoring.comparison != Comparison::None) image.reference = reference_.texture();
    if (scopes_.trace()) image.trace = trace_.texture();
    if (scopes_.clutter()) image.clutter = clutter_.texture();
    image.luma = scopes_.luma();
    if (scrubbed_s_) image.scrub = scrub_.texture();
    if (other_shown_) image.other = other_.texture();
    return image;
}

void PictureDesk::keep_marks(SessionSnapshot& now, const ViewState& view) {
    if (view.review.open) {
        const auto& seen = view.review.subject;
        now.faces = seen ? seen->faces : std::vector<FaceBox>();
        now.subject = seen ? seen->mask : SubjectMask();
    } else if (view.monitoring.frozen && shown_) {
        now.faces = faces_shown_;
        now.subject = subject_shown_;
    } else {
        faces_shown_ = now.faces;
        subject_shown_ = now.subject;
    }
}

void PictureDesk::note_shown(CaptureTime now) {
    if (std::exchange(is_new_, false)) ages_.note(to_seconds(now - shown_->captured_at));
}

}  // namespace changji
