// What the operator's screen costs the processor a frame, apart from filling pixels: panels, text and ImGui's lists.
// And how often it asks for memory while nothing changes.

#include <benchmark/benchmark.h>
#include <imgui.h>
#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/window/fake_session.hpp"
#include "ui/language/language.hpp"
#include "ui/window/panels.hpp"

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
        ImGui::NewFrame();
        benchmark::DoNotOptimize(draw_screen(*fonts_, now, preset_, {}, view));
        ImGui::Render();
    }
    ViewState view;

private:
    std::optional<Fonts> fonts_;
    Preset preset_ = test::interview_preset();
};

void draw_the_screen(benchmark::State& state, Stage stage, Overlay overlay, bool with_tools = false) {
    Drawn screen(1920, 1080);
    if (!screen.usable()) return state.SkipWithError("no Chinese font");
    SessionSnapshot now = test::calm_snapshot();
    now.stage = stage;
    screen.view.overlay = overlay;
    if (with_tools) {
        for (const Aid aid : {Aid::FalseColour, Aid::Guides, Aid::Clutter, Aid::Mirror, Aid::Headroom}) {
            screen.view.monitoring = toggled(screen.view.monitoring, aid);
        }
    }
    for (int warm = 0; warm < 5; ++warm) screen.draw(now);
    const std::int64_t before = allocations;
    for (auto _ : state) screen.draw(now);
    state.counters["allocations/frame"] =
        benchmark::Counter(static_cast<double>(allocations - before), benchmark::Counter::kAvgIterations);
}
BENCHMARK_CAPTURE(draw_the_screen, watching, Stage::Watching, Overlay::None)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(draw_the_screen, recording, Stage::Recording, Overlay::None)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(draw_the_screen, recording_with_tools, Stage::Recording, Overlay::None, true)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(draw_the_screen, key_sheet, Stage::Watching, Overlay::Help)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace changji

BENCHMARK_MAIN();
