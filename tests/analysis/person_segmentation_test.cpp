// The networks are made here: each tells people by a colour, so that what it must find is known.

#include "analysis/subject/person_segmentation.hpp"

#include <fstream>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "analysis/meter_bank.hpp"
#include "analysis/subject/onnx_input.hpp"
#include "analysis/subject/subject_finder.hpp"
#include "tests/analysis/signals.hpp"
#include "tests/support/media.hpp"
#include "tests/support/onnx_model.hpp"

namespace changji::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr Pixel grey{126, 128, 128}, red{63, 102, 240};  // BT.709, limited range

/// "A person is where red outweighs green and blue", on inputs of −1..1.
OnnxModel red_is_person() {
    OnnxModel model;
    model.inputs = {{"picture", {1, 3, 96, 160}, 1}};
    model.weights = {{"weight", {1, 3, 1, 1}, {8, -4, -4}}, {"bias", {1}, {-6}}};
    model.nodes = {{"Conv", {"picture", "weight", "bias"}, "score", {{"kernel_shape", {1, 1}}}},
                   {"Sigmoid", {"score"}, "people", {}}};
    model.outputs = {{"people", {1, 1, 96, 160}, 1}};
    return model;
}

/// As red_is_person, in two planes without a probability: background, then person.
OnnxModel red_is_person_in_two_planes() {
    OnnxModel model;
    model.inputs = {{"picture", {1, 3, 96, 160}, 1}};
    model.weights = {{"weight", {2, 3, 1, 1}, {0, 0, 0, 8, -4, -4}}, {"bias", {2}, {0, -6}}};
    model.nodes = {{"Conv", {"picture", "weight", "bias"}, "people", {{"kernel_shape", {1, 1}}}}};
    model.outputs = {{"people", {1, 2, 96, 160}, 1}};
    return model;
}

/// As red_is_person, colours last on both sides, as converted from TensorFlow.
OnnxModel red_is_person_colours_last() {
    OnnxModel model = red_is_person();
    model.inputs = {{"picture", {1, 96, 160, 3}, 1}};
    model.nodes = {{"Transpose", {"picture"}, "turned", {{"perm", {0, 3, 1, 2}}}},
                   {"Conv", {"turned", "weight", "bias"}, "score", {{"kernel_shape", {1, 1}}}},
                   {"Sigmoid", {"score"}, "upright", {}},
                   {"Transpose", {"upright"}, "people", {{"perm", {0, 2, 3, 1}}}}};
    model.outputs = {{"people", {1, 96, 160, 1}, 1}};
    return model;
}

/// Red in the left quarter and the lower half.
VideoFrame red_corner() {
    return paint_frame(1920, 1080, [](int x, int y) { return x < 480 && y >= 540 ? red : grey; });
}

SubjectMask left_quarter_lower_half() {
    SubjectMask mask;
    for (int y = Thumbnail::height / 2; y < Thumbnail::height; ++y) {
        for (int x = 0; x < Thumbnail::width / 4; ++x) mask.set(Thumbnail::at(x, y));
    }
    return mask;
}

class PersonSegmentationFile : public ::testing::Test {
protected:
    fs::path write(const std::string& content) const {
        const fs::path file = folder_.path() / "people.onnx";
        std::ofstream(file, std::ios::binary) << content;
        return file;
    }
    fs::path write(const OnnxModel& model) const { return write(onnx_file(model)); }
    std::string refusal_of(const fs::path& file) const {
        const auto opened = PersonSegmentation::open(file);
        return opened ? std::string() : in_english(opened.error().message);
    }

    const TemporaryFolder folder_;
};

TEST_F(PersonSegmentationFile, EveryFormOfANetworkCoversExactlyWhatItCallsAPerson) {
    for (const OnnxModel& model : {red_is_person(), red_is_person_in_two_planes(), red_is_person_colours_last()}) {
        const auto people = PersonSegmentation::open(write(model));
        ASSERT_TRUE(people) << in_english(people.error().message);
        EXPECT_EQ(people->find_people(red_corner()), left_quarter_lower_half());
        EXPECT_TRUE(people->find_people(flat_frame(grey)).none());
    }
}

TEST_F(PersonSegmentationFile, SizesThatAreLeftOpenAreChosen) {
    OnnxModel model = red_is_person();
    model.inputs = {{"picture", {0, 3, 0, 0}, 1}};
    const auto people = PersonSegmentation::open(write(model));
    ASSERT_TRUE(people) << in_english(people.error().message);
    EXPECT_EQ(people->find_people(red_corner()), left_quarter_lower_half());
}

TEST_F(PersonSegmentationFile, WhatIsNoNumberShowsNobody) {
    OnnxModel model = red_is_person();
    model.weights[1].values = {std::numeric_limits<float>::quiet_NaN()};
    const auto people = PersonSegmentation::open(write(model));
    ASSERT_TRUE(people) << in_english(people.error().message);
    EXPECT_TRUE(people->find_people(red_corner()).none());
}

TEST_F(PersonSegmentationFile, AModelThatDoesntFitIsToldWithWhatItTakesIn) {
    OnnxModel grey_in = red_is_person();
    grey_in.inputs = {{"picture", {1, 1, 96, 160}, 1}};
    EXPECT_NE(refusal_of(write(grey_in)).find("1x1x96x160"), std::string::npos);
    OnnxModel flat = red_is_person();
    flat.inputs = {{"picture", {1, 46080}, 1}};
    EXPECT_NE(refusal_of(write(flat)).find("1x46080"), std::string::npos);
    OnnxModel huge = red_is_person();
    huge.inputs = {{"picture", {1, 3, 65536, 65536}, 1}};
    EXPECT_NE(refusal_of(write(huge)).find("65536"), std::string::npos);
    OnnxModel bytes = red_is_person();
    bytes.inputs.front().element = 2;
    EXPECT_NE(refusal_of(write(bytes)).find("32-bit floats"), std::string::npos);
    OnnxModel two = red_is_person();
    two.inputs.push_back({"state", {1, 16}, 1});
    EXPECT_NE(refusal_of(write(two)).find("1x3x96x160, 1x16"), std::string::npos);
}

TEST_F(PersonSegmentationFile, AnOutputThatIsNoMaskIsToldWithItsShape) {
    OnnxModel classes = red_is_person();
    classes.weights = {{"weight", {5, 3, 1, 1}, std::vector<float>(15, 1.0f)}, {"bias", {5}, {0, 0, 0, 0, 0}}};
    EXPECT_NE(refusal_of(write(classes)).find("1x5x96x160"), std::string::npos);
}

TEST_F(PersonSegmentationFile, AFileThatIsNoModelIsTold) {
    EXPECT_NE(refusal_of(folder_.path() / "missing.onnx").find("can't be read"), std::string::npos);
    EXPECT_NE(refusal_of(folder_.path()).find("can't be read"), std::string::npos);
    EXPECT_NE(refusal_of(write(std::string("a letter, not a network"))).find("no ONNX model"), std::string::npos);
    OnnxModel unknown = red_is_person();
    unknown.nodes[1].operation = "Guess";
    const std::string refusal = refusal_of(write(unknown));
    EXPECT_NE(refusal.find("OpenCV can't run"), std::string::npos);
    EXPECT_NE(refusal.find("\"Guess\""), std::string::npos) << refusal;
    EXPECT_EQ(refusal.find(".hpp"), std::string::npos) << "no place in OpenCV's sources: " << refusal;
}

TEST_F(PersonSegmentationFile, ADamagedModelEndsNothingButItself) {
    const std::string whole = onnx_file(red_is_person());
    for (std::size_t length = 0; length < whole.size(); length += 7) {
        EXPECT_NE(refusal_of(write(whole.substr(0, length))), "") << length;
    }
    std::mt19937 random(4);
    for (int round = 0; round < 60; ++round) {
        std::string spoilt = whole;
        for (int i = 0; i < 4; ++i) spoilt[random() % spoilt.size()] = static_cast<char>(random());
        if (const auto opened = PersonSegmentation::open(write(spoilt)))
            static_cast<void>(opened->find_people(red_corner()));
    }
}

TEST_F(PersonSegmentationFile, ReplacesTheTemplateInTheBackgroundMeasure) {
    // Nobody has a face here: without the model the restless red corner counts as background.
    const VideoFrame frame = paint_frame(1920, 1080, [](int x, int y) {
        const bool corner = x < 960 && y >= 540;
        const bool light_square = (x / 48 + y / 48) % 2 == 0;
        return corner ? Pixel{static_cast<std::uint8_t>(light_square ? 63 : 50), 102, 240} : grey;
    });
    const auto clutter = [&](const fs::path& model) {
        auto bank = open_meter_bank({50, model});
        EXPECT_TRUE(bank);
        EXPECT_TRUE((*bank)->see(frame));
        return (*bank)->read()[Measure::BackgroundClutter];
    };
    const auto by_template = clutter({}), by_model = clutter(write(red_is_person()));
    ASSERT_TRUE(by_template && by_model);
    EXPECT_GT(*by_template, 0.0);
    EXPECT_EQ(*by_model, 0.0);
}

TEST_F(PersonSegmentationFile, ASpeckIsNobodySoThatTheTemplateStandsIn) {
    CHANGJI_NEEDS_MEDIA("p02_man_plain_wall_540x.jpg");
    const VideoFrame man = decode_picture(media_folder() / "p02_man_plain_wall_540x.jpg");
    const VideoFrame spotted = paint_frame(1920, 1080, [&](int x, int y) {
        const auto at = [&](std::size_t plane, int column, int row) {
            return man.planes[plane].data[row * man.planes[plane].stride_bytes + column];
        };
        return x < 24 && y < 24 ? red : Pixel{at(0, x, y), at(1, x / 2, y / 2), at(2, x / 2, y / 2)};
    });
    const auto model = write(red_is_person());
    auto by_template = SubjectFinder::open({}), by_model = SubjectFinder::open(model);
    ASSERT_TRUE(by_template && by_model);
    by_template->see(spotted);
    by_model->see(spotted);
    const auto people = PersonSegmentation::open(model)->find_people(spotted);
    ASSERT_TRUE(people.any());
    ASSERT_LT(people.count(), people.size() / 100);
    EXPECT_TRUE(by_template->mask().any());
    EXPECT_EQ(by_model->mask(), by_template->mask());
}

TEST_F(PersonSegmentationFile, LooksOnceASecondOfCaptureTimeAndHoldsInBetween) {
    auto bank = open_meter_bank({50, write(red_is_person())});
    ASSERT_TRUE(bank);
    // A person of red squares that count as clutter where the mask doesn't cover them leaves after 0.4 s.
    const auto picture = [](bool there, std::chrono::milliseconds at) {
        VideoFrame frame = paint_frame(1920, 1080, [there](int x, int y) {
            return there && x < 480 && y >= 540 ? red
                   : (x / 48 + y / 48) % 2 == 0 ? Pixel{96, 128, 128}
                                                : Pixel{156, 128, 128};
        });
        frame.captured_at = CaptureTime{at};
        return frame;
    };
    std::vector<double> clutter;
    for (const auto at : {0ms, 200ms, 400ms, 600ms, 800ms, 1000ms}) {
        ASSERT_TRUE((*bank)->see(picture(at < 400ms, at)));
        clutter.push_back((*bank)->read()[Measure::BackgroundClutter].value_or(-1.0));
    }
    EXPECT_EQ(clutter[1], clutter[0]);
    EXPECT_EQ(clutter[4], clutter[2]) << "held: the same part stays covered";
    EXPECT_NE(clutter[5], clutter[4]) << "looked anew: nobody is there";
}

TEST(OnnxInputs, AreThoseThatAreNoWeights) {
    OnnxModel model = red_is_person();
    model.inputs.push_back({"weight", {1, 3, 1, 1}, 1});
    const auto inputs = onnx_inputs(onnx_file(model));
    ASSERT_TRUE(inputs);
    ASSERT_EQ(inputs->size(), 1u);
    EXPECT_TRUE(inputs->front().is_float);
    EXPECT_EQ(inputs->front().sizes, (TensorSizes{1, 3, 96, 160}));
}

}  // namespace
}  // namespace changji::test
