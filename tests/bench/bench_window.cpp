// What the operator's screen costs the processor a frame, apart from filling pixels: panels, text and ImGui's lists.
// And how often it asks for memory while nothing changes.

#include <benchmark/benchmark.h>
#include <imgui.h>
#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/window/fake_session.hpp"
#include "ui/language/language.hpp"
#include "ui/window/panels/panels.hpp"

namespace {
std::atomic<std::int64_t> allocations{0};
}

// GCC sees one of the pair inlined and the other not.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace changji {
namespace {

class Drawn {
public:
    explicit Drawn(float width, float height) {
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui::GetIO().DisplaySize = {width, height};
        if (auto opened = Fonts::open()) fonts_ = *std::move(opened);
        use_language(Language::Chinese);
        view.prompter.font = fonts_->reading();
    }
    ~Drawn() { ImGui::DestroyContext(); }
    [[nodiscard]] bool usable() const { return fonts_.has_value(); }
    void draw(SessionSnapshot& now) {
        const ImVec2 size = ImGui::GetIO().DisplaySize;
        const float scale = lay_out_screen(size.x, size.y, screen_wish(view)).scale;
        if (fonts_->is_stale(scale)) {
            fonts_->build(scale);
            unsigned char* pixels = nullptr;
            int width = 0;
            int height = 0;
            ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
        }
        apply_theme(scale);
        ImGui::GetIO().DeltaTime = 0.04F;
        view.now_s += 0.04;
        view.prompter.place.follow(now.prompter.character, now.prompter.running, view.now_s);
        ImGui::NewFrame();
        benchmark::DoNotOptimize(draw_screen(*fonts_, now, preset_, {}, view));
        ImGui::Render();
    }
    ViewState view;

private:
    std::optional<Fonts> fonts_;
    Preset preset_ = test::interview_preset();
};

/// A script of some length, moving at the pace of speech.
void prompt(SessionSnapshot& now) {
    std::string text;
    for (int i = 0; i < 60; ++i) text += "同学们，今天我们请来了一位嘉宾，谈谈毕业生的就业。";
    now.script = std::make_shared<const Script>("", text);
    now.prompter.running = true;
}

enum class With { Nothing, Tools, MovingScript };

void draw_the_screen(benchmark::State& state, Stage stage, Overlay overlay, With with = With::Nothing) {
    Drawn screen(1920, 1080);
    if (!screen.usable()) return state.SkipWithError("no Chinese font");
    SessionSnapshot now = test::calm_snapshot();
    now.stage = stage;
    screen.view.overlay = overlay;
    if (with == With::MovingScript) prompt(now);
    if (with == With::Tools) {
        for (const Aid aid : {Aid::FalseColour, Aid::Guides, Aid::Clutter, Aid::Mirror, Aid::Headroom}) {
            screen.view.monitoring = toggled(screen.view.monitoring, aid);
        }
    }
    const auto draw = [&] {
        if (now.prompter.running) now.prompter.character += 0.16;
        if (now.prompter.character > 1000.0) now.prompter.character = 0.0;
        screen.draw(now);
    };
    for (int warm = 0; warm < (now.script ? 14'000 : 5); ++warm) draw();  // every character has been drawn once
    const std::int64_t before = allocations;
    for (auto _ : state) draw();
    state.counters["allocations/frame"] =
        benchmark::Counter(static_cast<double>(allocations - before), benchmark::Counter::kAvgIterations);
}
BENCHMARK_CAPTURE(draw_the_screen, watching, Stage::Watching, Overlay::None)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(draw_the_screen, recording, Stage::Recording, Overlay::None)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(draw_the_screen, recording_with_tools, Stage::Recording, Overlay::None, With::Tools)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(draw_the_screen, prompting, Stage::Recording, Overlay::None, With::MovingScript)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(draw_the_screen, key_sheet, Stage::Watching, Overlay::Help)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace changji

BENCHMARK_MAIN();
