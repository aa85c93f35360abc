// What a script of 20,000 characters costs: breaking it into lines (once for each script and width), and each picture
// of the talent's screen while it scrolls, at small, usual and large characters. Filling pixels isn't part of it.

#include <benchmark/benchmark.h>
#include <random>
#include <string>

#include "ui/window/prompter/talent_page.hpp"

namespace changji {
namespace {

/// Common characters, sentences of a dozen, some Latin and digits, a question now and then.
std::shared_ptr<const Script> long_script() {
    std::minstd_rand random(1);
    std::string text;
    std::size_t characters = 0;
    while (characters < 20'000) {
        if (random() % 6 == 0) text += "问：";
        for (int sentence = 0; sentence < 5; ++sentence) {
            for (int i = 0; i < 12; ++i, ++characters) {
                const char32_t value = 0x4E00 + static_cast<char32_t>(random() % 2500);
                text += static_cast<char>(0xE0 | value >> 12);
                text += static_cast<char>(0x80 | (value >> 6 & 0x3F));
                text += static_cast<char>(0x80 | (value & 0x3F));
            }
            text += random() % 4 == 0 ? "AI 2022" : "";
            text += sentence == 4 ? "。" : "，";
        }
        text += '\n';
    }
    return std::make_shared<const Script>("", text);
}

std::shared_ptr<const ReadingFont> font() {
    static const auto opened = ReadingFont::open();
    return opened ? *opened : nullptr;
}

void break_into_lines(benchmark::State& state) {
    if (!font()) return state.SkipWithError("no Chinese font");
    const auto script = long_script();
    for (auto _ : state) benchmark::DoNotOptimize(ReadingLayout(script, *font(), 13.0F));
}
BENCHMARK(break_into_lines)->Unit(benchmark::kMillisecond);

/// At 300 characters a minute and 60 pictures a second; new characters are drawn as they come.
void scroll(benchmark::State& state) {
    if (!font()) return state.SkipWithError("no Chinese font");
    const auto script = long_script();
    TalentSettings settings;
    settings.size_px = static_cast<int>(state.range(0));
    const ReadingLayout layout(script, *font(), line_em_of(settings, 1920));
    TalentSheets sheets(font(), settings, 1920, 1080);
    TalentFacts facts;
    facts.prompter.running = true;
    static_cast<void>(draw_talent_page(sheets, layout, settings, facts, 1920, 1080));
    std::size_t quads = 0;
    for (auto _ : state) {
        facts.character += 300.0 / 60.0 / 60.0;
        if (facts.character > static_cast<double>(script->characters())) facts.character = 0.0;
        for (const PageLayer& layer : draw_talent_page(sheets, layout, settings, facts, 1920, 1080)) {
            quads += layer.quads.size();
        }
    }
    state.counters["quads/picture"] =
        benchmark::Counter(static_cast<double>(quads), benchmark::Counter::kAvgIterations);
    state.counters["sheet_mb"] =
        static_cast<double>(sheets.reading.width_px()) * static_cast<double>(sheets.reading.height_px()) / 1e6;
}
BENCHMARK(scroll)->Arg(40)->Arg(96)->Arg(300)->Unit(benchmark::kMillisecond);

/// All of a screen at once, as after a jump: the dearest picture.
void jump(benchmark::State& state) {
    if (!font()) return state.SkipWithError("no Chinese font");
    const auto script = long_script();
    TalentSettings settings;
    settings.size_px = static_cast<int>(state.range(0));
    const ReadingLayout layout(script, *font(), line_em_of(settings, 1920));
    TalentSheets sheets(font(), settings, 1920, 1080);
    TalentFacts facts;
    for (auto _ : state) {
        facts.character += 1501.0;
        if (facts.character > static_cast<double>(script->characters())) facts.character -= 20'000.0;
        benchmark::DoNotOptimize(draw_talent_page(sheets, layout, settings, facts, 1920, 1080));
    }
}
BENCHMARK(jump)->Arg(40)->Arg(96)->Arg(300)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace changji

BENCHMARK_MAIN();
