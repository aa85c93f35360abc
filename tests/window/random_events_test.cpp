// What nobody would do on purpose: keys, clicks, typing, resizing and changes of stage in random order.

#include <random>
#include <string>

#include "screen_fixture.hpp"
#include "ui/window/review/review_perform.hpp"

namespace changji {
namespace {

class RandomEvents : public test::Screen, public testing::WithParamInterface<unsigned> {
protected:
    [[nodiscard]] int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
    void draw_and_perform() {
        if (const auto asked = draw()) perform(*asked, session_, view_);
    }
    void happen() {
        ImGuiIO& io = ImGui::GetIO();
        switch (below(7)) {
            case 0: {
                const Command& command = commands()[random_() % commands().size()];
                if (const auto action = action_for(command.key, io.WantTextInput, view_)) {
                    perform(*action, session_, view_);
                }
                break;
            }
            case 1: io.MousePos = {static_cast<float>(below(2100) - 90), static_cast<float>(below(1200) - 60)}; break;
            case 2: io.MouseDown[0] = !io.MouseDown[0]; break;
            case 3: io.MouseWheel = static_cast<float>(below(9) - 4); break;
            case 4: io.AddInputCharactersUTF8(below(2) == 0 ? "李" : "a\t%s{0}"); break;
            case 5: set_size(static_cast<float>(960 + below(2881)), static_cast<float>(540 + below(1621))); break;
            case 6: session_.now.stage = static_cast<Stage>(below(4)); break;
        }
        draw_and_perform();
    }

    std::minstd_rand random_{GetParam()};
};

TEST_P(RandomEvents, TwoHundredOfThemLeaveAScreenThatStillDraws) {
    use_language(Language::Chinese);
    session_.now.demo = DemoSettings{1.0, Clutter::High, -70.0};
    for (int event = 0; event < 200; ++event) happen();
    set_size(1920, 1080);
    view_.overlay = Overlay::None;
    close_review(view_);
    view_.settings = {};
    session_.now.stage = Stage::Watching;
    draw();
    EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, 2000);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomEvents, testing::Values(1U, 2U, 3U));

}  // namespace
}  // namespace changji
