#include "ui/window/drawing/glyph_sheet.hpp"

#include <gtest/gtest.h>
#include <set>

namespace changji {
namespace {

class Sheet : public testing::TestWithParam<int> {
protected:
    void SetUp() override {
        auto font = ReadingFont::open();
        if (!font) GTEST_SKIP() << "NOT TESTED: no font for Chinese";
        font_ = *std::move(font);
    }
    std::shared_ptr<const ReadingFont> font_;
};

int ink_in(const GlyphSheet& sheet, const GlyphPlace& place) {
    const auto from_x = static_cast<int>(place.u0 * static_cast<float>(sheet.width_px()) + 0.5F);
    const auto from_y = static_cast<int>(place.v0 * static_cast<float>(sheet.height_px()) + 0.5F);
    int ink = 0;
    for (int y = from_y; y < from_y + sheet.cell_px(); ++y) {
        for (int x = from_x; x < from_x + sheet.cell_px(); ++x)
            ink += sheet.pixels()[y * sheet.width_px() + x] > 127 ? 1 : 0;
    }
    return ink;
}

TEST_P(Sheet, NeverGrowsAndGivesTheOldestCellAway) {
    GlyphSheet sheet(font_, GetParam(), 8);
    const int capacity = sheet.capacity(), width = sheet.width_px(), height = sheet.height_px();
    EXPECT_GE(capacity, 17);
    EXPECT_LE(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 4096U * 4096U);
    for (char32_t character = U'一'; character < U'一' + 300; ++character) {
        sheet.begin_frame();
        ASSERT_TRUE(sheet.find(character));
    }
    EXPECT_EQ(sheet.width_px(), width);
    EXPECT_EQ(sheet.height_px(), height);
    EXPECT_EQ(sheet.capacity(), capacity);
}

TEST_P(Sheet, WhatIsShownInAPictureKeepsItsCell) {
    GlyphSheet sheet(font_, GetParam(), 8);
    sheet.begin_frame();
    std::set<std::pair<float, float>> places;
    int shown = 0;
    for (char32_t character = U'一'; character < U'一' + 300; ++character) {
        const auto place = sheet.find(character);
        if (!place) continue;
        ++shown;
        EXPECT_TRUE(places.insert({place->u0, place->v0}).second) << "two characters in one cell";
    }
    EXPECT_EQ(shown, sheet.capacity() - 1) << "all cells but the solid one";
    for (const char32_t character : {U'龙', U'凤'}) sheet.prepare(character);
    sheet.begin_frame();
    EXPECT_TRUE(sheet.find(U'龙'));
}

TEST_P(Sheet, ACharacterHasInkWithinItsCellAndTheSameOneIsDrawnOnce) {
    GlyphSheet sheet(font_, GetParam(), 8);
    static_cast<void>(sheet.take_changes());
    const auto place = sheet.find(U'国');
    ASSERT_TRUE(place);
    const int px = GetParam();
    EXPECT_GT(ink_in(sheet, *place), px * px / 8);
    EXPECT_LT(ink_in(sheet, *place), px * px);
    EXPECT_EQ(sheet.take_changes().size(), 1U);
    ASSERT_TRUE(sheet.find(U'国'));
    EXPECT_TRUE(sheet.take_changes().empty());
}

INSTANTIATE_TEST_SUITE_P(Sizes, Sheet, testing::Values(40, 120, 300));

}  // namespace
}  // namespace changji
