#include "tests/house/include_walls.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace changji::test {
namespace {
namespace fs = std::filesystem;

SourceTree project_tree() {
    SourceTree tree;
    const fs::path root = CHANGJI_SOURCE_DIR;
    for (const char* room : {"capture", "presets", "analysis", "ui", "tests"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
            const fs::path extension = entry.path().extension();
            if (extension != ".hpp" && extension != ".cpp") continue;
            std::ifstream stream(entry.path());
            tree[entry.path().lexically_relative(root).generic_string()] = {std::istreambuf_iterator<char>(stream), {}};
        }
    }
    return tree;
}

/// The reason why one file with one line crosses a wall; empty when it doesn't.
std::string reason(const std::string& file, const std::string& line, SourceTree others = {}) {
    others[file] = line + "\n";
    for (const WallCrossing& found : find_wall_crossings(others)) {
        if (found.file == file) return found.reason;
    }
    return {};
}

TEST(IncludeWalls, NoLineOfTheProjectCrossesOne) {
    const SourceTree tree = project_tree();
    ASSERT_TRUE(tree.contains("presets/preset.hpp")) << "the sources are not at " << CHANGJI_SOURCE_DIR;
    for (const WallCrossing& found : find_wall_crossings(tree)) {
        ADD_FAILURE() << found.file << ':' << found.line << ": includes " << found.include << ", but " << found.reason;
    }
}

TEST(IncludeWalls, CaptureAndAnalysisNeverIncludeEachOther) {
    EXPECT_EQ(reason("capture/recorder.cpp", "#include \"analysis/verdict.hpp\""), "capture/ does not know analysis/");
    EXPECT_EQ(reason("analysis/verdict.cpp", "#include \"capture/recorder.hpp\""), "analysis/ does not know capture/");
    EXPECT_EQ(reason("analysis/verdict.cpp", "#include \"capture/types/time.hpp\""), "");
    EXPECT_EQ(reason("ui/session.cpp", "#include \"capture/recorder.hpp\"\n#include \"analysis/verdict.hpp\""), "");
}

TEST(IncludeWalls, RelativePathsDoNotGetAround) {
    EXPECT_EQ(reason("analysis/light.cpp", "#include \"../capture/recorder.hpp\""), "analysis/ does not know capture/");
    EXPECT_EQ(reason("capture/demo/scene.cpp", "  #  include \"../../ui/session.hpp\" // just this once"),
              "capture/ does not know ui/");
    EXPECT_EQ(reason("capture/recorder.cpp", "#include \"demo/../../analysis/measures.hpp\"",
                     {{"analysis/measures.hpp", ""}}),
              "capture/ does not know analysis/");
}

TEST(IncludeWalls, PresetsKnowNoOtherRoom) {
    EXPECT_EQ(reason("presets/parse.cpp", "#include \"capture/types/result.hpp\""),
              "presets/ does not know capture/types/");
    EXPECT_EQ(reason("presets/parse.cpp", "#include \"analysis/measures.hpp\""), "presets/ does not know analysis/");
    EXPECT_EQ(reason("presets/parse.cpp", "#include <toml++/toml.h>"), "");
    EXPECT_EQ(reason("presets/parse.cpp", "#include <unistd.h>"), "presets/ knows the standard library only");
}

TEST(IncludeWalls, TypesKnowTheStandardLibraryOnly) {
    EXPECT_EQ(reason("capture/types/time.hpp", "#include <chrono>"), "");
    EXPECT_EQ(reason("capture/types/time.hpp", "#include <time.h>"), "capture/types/ knows the standard library only");
    EXPECT_EQ(reason("capture/types/time.hpp", "#include \"capture/source.hpp\""),
              "capture/types/ does not know capture/");
}

TEST(IncludeWalls, NothingBelowTheInterfaceKnowsAWindowOrALanguage) {
    EXPECT_EQ(reason("capture/devices.cpp", "#include <SDL2/SDL.h>"), "capture/ does not know SDL");
    EXPECT_EQ(reason("analysis/light.cpp", "#include <imgui.h>"), "analysis/ does not know Dear ImGui");
    EXPECT_EQ(reason("analysis/light.cpp", "#include \"imgui/imgui.h\""), "analysis/ does not know Dear ImGui");
    EXPECT_EQ(reason("capture/probe.cpp", "#include <libintl.h>"), "capture/ does not know a language");
    EXPECT_EQ(reason("ui/window/panel.cpp", "#include <imgui.h>"), "");
}

TEST(IncludeWalls, EachLibraryStaysInItsRoom) {
    EXPECT_EQ(reason("ui/session.cpp", "#include <libavformat/avformat.h>"), "ui/ does not know FFmpeg");
    EXPECT_EQ(reason("analysis/light.cpp", "#include <libswscale/swscale.h>"), "analysis/ does not know FFmpeg");
    EXPECT_EQ(reason("capture/probe.cpp", "#include <libavformat/avformat.h>"), "");
    EXPECT_EQ(reason("ui/window/preview.cpp", "#include <opencv2/imgproc.hpp>"), "ui/ does not know OpenCV");
    EXPECT_EQ(reason("analysis/light.cpp", "#include <opencv2/imgproc.hpp>"), "");
}

TEST(IncludeWalls, InternalHeadersStayInTheirRoom) {
    EXPECT_EQ(reason("ui/session.cpp", "#include \"capture/sources/open.hpp\""),
              "capture/sources/ is internal to its room");
    EXPECT_EQ(reason("capture/source.cpp", "#include \"capture/sources/open.hpp\""), "");
}

TEST(IncludeWalls, HeaderDoesNotCarryALibraryIntoAnotherRoom) {
    const SourceTree leaky{{"capture/frame_pool.hpp", "#include \"capture/deep.hpp\"\n"},
                           {"capture/deep.hpp", "extern \"C\" {\n#include <libavutil/frame.h>\n}\n"}};
    EXPECT_EQ(reason("ui/session.cpp", "#include \"capture/frame_pool.hpp\"", leaky),
              "ui/ gets FFmpeg through capture/deep.hpp");
    EXPECT_EQ(reason("capture/recorder.cpp", "#include \"capture/frame_pool.hpp\"", leaky), "");
}

TEST(IncludeWalls, CrossingNamesItsLine) {
    const SourceTree tree{{"analysis/light.cpp", "#pragma once\n\n// #include \"ui/a.hpp\"\n#include \"ui/b.hpp\"\n"}};
    const auto found = find_wall_crossings(tree);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].line, 4);
    EXPECT_EQ(found[0].include, "ui/b.hpp");
}

TEST(IncludeWalls, NothingIncludesTests) {
    EXPECT_EQ(reason("ui/session.cpp", "#include \"tests/support/media.hpp\""), "ui/ does not know tests/");
}

}  // namespace
}  // namespace changji::test
