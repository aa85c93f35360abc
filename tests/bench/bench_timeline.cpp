// The review of a take of 15 minutes: what its timeline costs a frame, drawn again or moved, and what a whole review
// costs without filling pixels.

#include <benchmark/benchmark.h>
#include <cmath>

#include "tests/window/review_fixture.hpp"
#include "ui/window/review/review_panels.hpp"

namespace changji {
namespace {

/// 15 minutes at five rows a second of every meter that the preset limits.
std::filesystem::path long_take(const test::TemporaryFolder& folder, const Preset& preset) {
    TakeReport report = test::dark_report(1);
    report.duration_s = 900.0;
    test::store_take(folder.path(), report);
    std::string csv = csv_header() + "\n";
    for (int row = 0; row < 4500; ++row) {
        TakeLog::Row line;
        line.time_s = row * row_interval_s;
        for (const MeasureInfo& about : all_measures()) {
            if (preset.find_meter(about.id)) {
                line.readings.set(about.measure, std::sin(row * 0.07 + static_cast<double>(about.decimals)) * 20.0);
            }
        }
        csv += csv_row(line) + "\n";
    }
    test::write_text(take_files(folder.path() / "takes", 1).meters, csv);
    return folder.path();
}

class Drawn {
public:
    Drawn() {
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui::GetIO().DisplaySize = {1920, 1080};
        if (auto opened = Fonts::open()) fonts_ = *std::move(opened);
        use_language(Language::Chinese);
        open_review(now_, ReviewPage::Take, 1, view);
        follow_review(test::content_of(long_take(folder_, preset_), 1, 0, preset_), view);
        view.review.play.stage = TakePlayerState::Stage::Open;
        view.review.play.length_s = 900.0;
    }
    ~Drawn() { ImGui::DestroyContext(); }
    [[nodiscard]] bool usable() const { return fonts_.has_value(); }
    template <typename Draw>
    void frame(Draw draw) {
        if (fonts_->is_stale(1.0F)) {
            fonts_->build(1.0F);
            unsigned char* pixels = nullptr;
            int width = 0;
            int height = 0;
            ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
        }
        apply_theme(1.0F);
        ImGui::GetIO().DeltaTime = 0.04F;
        ImGui::NewFrame();
        draw(*fonts_, now_, preset_);
        ImGui::Render();
    }
    void draw_timeline() {
        frame([this](Fonts& fonts, const SessionSnapshot&, const Preset& preset) {
            ImGui::SetNextWindowPos({0, 0});
            ImGui::SetNextWindowSize({1920, 1080});
            ImGui::Begin("screen");
            const Pen pen(fonts, 1.0F);
            // As high as the whole list, so that every lane is drawn.
            benchmark::DoNotOptimize(draw_review_timeline(pen, {16, 16, 1040, 1040}, preset, {}, view));
            ImGui::End();
        });
    }
    ViewState view;

private:
    test::TemporaryFolder folder_;
    std::optional<Fonts> fonts_;
    Preset preset_ = test::shipped_preset();
    SessionSnapshot now_ = test::calm_snapshot();
};

void draw_the_timeline(benchmark::State& state) {
    Drawn screen;
    if (!screen.usable()) return state.SkipWithError("no Chinese font");
    for (int warm = 0; warm < 4; ++warm) screen.draw_timeline();
    for (auto _ : state) screen.draw_timeline();
}
BENCHMARK(draw_the_timeline)->Unit(benchmark::kMillisecond);

void draw_a_moved_timeline(benchmark::State& state) {
    Drawn screen;
    if (!screen.usable()) return state.SkipWithError("no Chinese font");
    for (int warm = 0; warm < 4; ++warm) screen.draw_timeline();
    double moved = 0.0;
    for (auto _ : state) {
        moved = moved > 300.0 ? 0.0 : moved + 0.3;
        screen.view.review.from_s = moved;
        screen.view.review.to_s = moved + 600.0;
        screen.draw_timeline();
    }
}
BENCHMARK(draw_a_moved_timeline)->Unit(benchmark::kMillisecond);

void draw_the_review(benchmark::State& state) {
    Drawn screen;
    if (!screen.usable()) return state.SkipWithError("no Chinese font");
    const auto draw = [&] {
        screen.frame([&](Fonts& fonts, const SessionSnapshot& now, const Preset& preset) {
            benchmark::DoNotOptimize(draw_screen(fonts, now, preset, {}, screen.view));
        });
    };
    for (int warm = 0; warm < 4; ++warm) draw();
    for (auto _ : state) draw();
}
BENCHMARK(draw_the_review)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace changji

BENCHMARK_MAIN();
