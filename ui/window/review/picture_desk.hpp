#pragma once

#include <optional>
#include <vector>

#include "ui/session/session.hpp"
#include "ui/window/drawing/glow_texture.hpp"
#include "ui/window/drawing/preview_renderer.hpp"
#include "ui/window/panels/panels.hpp"
#include "ui/window/review/picture_ages.hpp"
#include "ui/window/review/review_playback.hpp"
#include "ui/window/scope_desk.hpp"

namespace changji {

/// The pictures that the window shows, as textures: the live one or the film that is reviewed, the reference, the
/// scopes, the film's moment under the pointer, the film of another take. All are the window's own copies. Needs the
/// current OpenGL 3 context; the window's thread only.
class PictureDesk {
public:
    /// UnsupportedFormat when this OpenGL can't do it.
    [[nodiscard]] static Result<PictureDesk> open();

    /// True while a live picture is there that was not shown.
    [[nodiscard]] bool has_newer(Session& session);
    /// Another session begins: what the old one sent is not shown any more.
    void forget_newer() { fresh_.reset(); }

    /// Brings every texture up to date. `area`: where the picture will lie on the screen.
    void draw(Session& session, ReviewPlayback& playback, const Area& area, const SubjectMask& subject,
              const ViewState& view);
    [[nodiscard]] PreviewImage image(const ViewState& view) const;
    /// A held picture keeps the faces it had; a film has its own.
    void keep_marks(SessionSnapshot& now, const ViewState& view);

    /// The frame with what draw() brought is on the screen.
    void note_shown(CaptureTime now);
    [[nodiscard]] bool has_shown() const { return shown_.has_value(); }
    [[nodiscard]] const PictureAges& ages() const { return ages_; }  ///< of live pictures, when they are shown
    /// The same when they came here: what lies between is the window's.
    [[nodiscard]] const PictureAges& ages_before() const { return ages_before_; }

private:
    PictureDesk(PreviewRenderer preview, PreviewRenderer reference, PreviewRenderer scrub, PreviewRenderer other);
    void take_picture(Session& session, ReviewPlayback& playback, const ViewState& view);
    void draw_scrub(ReviewPlayback& playback, const std::optional<double>& pointed_s);
    void draw_scopes(const SubjectMask& subject, const ViewState& view);

    PreviewRenderer preview_, reference_, scrub_, other_;
    GlowTexture trace_, clutter_;
    ScopeDesk scopes_;
    std::optional<VideoFrame> fresh_;  ///< newer than what is shown
    std::optional<VideoFrame> shown_;
    bool is_new_ = false;  ///< shown_ is a live picture that was not on the screen yet
    PictureAges ages_, ages_before_;
    std::vector<FaceBox> faces_shown_;
    SubjectMask subject_shown_;
    int references_uploaded_ = 0;
    std::optional<double> scrubbed_s_;
    bool other_shown_ = false;
};

}  // namespace changji
