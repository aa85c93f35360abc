#pragma once

#include <optional>
#include <string>

#include "ui/window/panels/panels.hpp"

namespace changji {

/// The screen after a take: free functions as in panels.hpp. What was read from the disk, what the player does and what
/// is chosen are in `view.review`.
[[nodiscard]] std::optional<Action> draw_review(const Pen& pen, const Area& screen, const SessionSnapshot& now,
                                                const Preset& preset, const PreviewImage& image, ViewState& view);

/// Where its picture is.
[[nodiscard]] Area review_film(const Pen& pen, const Area& screen);

/// The picture of a take's film, or what is the matter with it; whether there is one.
bool draw_film_picture(const Pen& pen, const Area& area, ImTextureID picture, const TakePlayerState& play,
                       const ReviewMaterial* take);

// Its parts. The preset is the one the take was judged by.
[[nodiscard]] std::optional<Action> draw_review_clauses(const Pen& pen, const Area& area, ViewState& view);
/// The questions only people can answer, and the rating.
[[nodiscard]] std::optional<Action> draw_review_crew(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                     const Preset& preset, const ViewState& view);
[[nodiscard]] float height_of_review_crew(const Pen& pen, const Preset& preset);
[[nodiscard]] std::optional<Action> draw_review_controls(const Pen& pen, const Area& area, const ViewState& view);
[[nodiscard]] std::optional<Action> draw_review_timeline(const Pen& pen, const Area& area, const Preset& preset,
                                                         const PreviewImage& image, ViewState& view);
[[nodiscard]] std::optional<Action> draw_comparison(const Pen& pen, const Area& area, const Preset& preset,
                                                    const PreviewImage& image, ViewState& view);
[[nodiscard]] std::optional<Action> draw_take_log(const Pen& pen, const Area& area, const SessionSnapshot& now,
                                                  const Preset& preset, ViewState& view);

/// "Space  Play": the key of a command and what its button says.
[[nodiscard]] std::string with_key(const ViewState& view, const char* command, const char* words);
/// Filled stars of three, "good" and its key: the rating as a button; whether it was pressed.
[[nodiscard]] bool draw_rating(const Pen& pen, const Area& area, const ViewState& view, Rating rating, bool chosen);
/// "01:23.40", as a counter of an editing desk.
[[nodiscard]] std::string counter_text(double seconds);
/// "★★★"; empty for none.
[[nodiscard]] const char* stars_of(Rating rating);

}  // namespace changji
