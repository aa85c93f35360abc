#pragma once

#include <gtest/gtest.h>
#include <imgui.h>
#include <array>
#include <optional>

#include "fake_session.hpp"
#include "ui/language/language.hpp"
#include "ui/window/layout.hpp"
#include "ui/window/panels/panels.hpp"

namespace changji::test {

/// The screen drawn into ImGui's draw lists, without any display.
class Screen : public testing::Test {
protected:
    void SetUp() override {
        view_.settings.countdown_s = 0;  // what it adds has tests of its own
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        auto opened = Fonts::open();
        if (!opened) GTEST_SKIP() << "NOT TESTED: " << in_english(opened.error().message);
        fonts_ = std::move(*opened);
        view_.prompter.font = fonts_->reading();
        set_size(1920, 1080);
    }
    void TearDown() override {
        ImGui::DestroyContext();
        use_language(Language::English);
        use_theme(Theme::Dark);
    }

    void set_size(float width, float height) { ImGui::GetIO().DisplaySize = {width, height}; }
    [[nodiscard]] ScreenLayout layout() const {
        const ImVec2 size = ImGui::GetIO().DisplaySize;
        return lay_out_screen(size.x, size.y, screen_wish(view_));
    }
    /// As the window does: again when characters came up that the atlas lacks.
    std::optional<Action> draw() {
        std::optional<Action> action;
        const float scale = layout().scale;
        for (int attempt = 0; attempt < 3; ++attempt) {
            if (fonts_->is_stale(scale)) {
                fonts_->build(scale);
                unsigned char* pixels = nullptr;
                int width = 0;
                int height = 0;
                ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
            }
            apply_theme(scale);
            ImGui::GetIO().DeltaTime = 0.05F;
            view_.now_s += 0.05;
            observe(session_.now, view_);
            if (fonts_->audit) *fonts_->audit = {};
            ImGui::NewFrame();
            const auto asked = draw_screen(*fonts_, session_.now, session_.campaign,
                                           PreviewImage{texture_, {}, {}, {}, {}, {}}, view_);
            if (asked) action = asked;
            ImGui::Render();
            if (!fonts_->is_stale(scale)) return action;
        }
        ADD_FAILURE() << "characters are missing after three frames";
        return action;
    }
    /// Moves, presses and lets go; returns what was asked for on the way.
    std::optional<Action> click(const Area& area) {
        ImGuiIO& io = ImGui::GetIO();
        io.MousePos = {area.x + area.width / 2, area.y + area.height / 2};
        std::optional<Action> action;
        for (const bool down : {false, true, false}) {
            io.MouseDown[0] = down;
            const auto asked = draw();
            if (asked) action = asked;
        }
        return action;
    }

    [[nodiscard]] Area record_button() const {
        const float px = layout().scale;
        return {layout().transport.x + 16 * px, layout().transport.y + 16 * px, 176 * px, 172 * px};
    }

    std::optional<Fonts> fonts_;
    FakeSession session_;
    ViewState view_;
    ImTextureID texture_ = nullptr;  ///< of the picture; never read, as nothing is shown
};

}  // namespace changji::test
