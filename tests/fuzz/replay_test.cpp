// What the fuzzers found once is never found again, and thousands of files that are nearly right end in time, within
// bounds, and with an answer. The fuzzers themselves: ./dev fuzz.

#include <gtest/gtest.h>
#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/analysis/zip_maker.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/media.hpp"

namespace changji::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr rlim_t most_memory_bytes = rlim_t{3} << 30;  // more than the process has
constexpr unsigned most_seconds = 150;                 // of processor time, for all inputs of one target

constexpr std::array targets{Target{"probe_container", probe_container}, Target{"salvage", salvage},
                             Target{"load_report", load_report},         Target{"load_preset", load_preset},
                             Target{"read_manuscript", read_manuscript}, Target{"read_photo", read_photo}};

/// In a process of its own, so that what brings it down is told and the others still run. True: it came to its end.
bool survives(const Target& target, const std::vector<std::string>& inputs) {
    const pid_t child = ::fork();
    if (child == 0) {
        // A sanitizer reserves terabytes of addresses, so there the bound is its own.
#if !defined(__SANITIZE_ADDRESS__)
        const rlimit memory{most_memory_bytes, most_memory_bytes};
        ::setrlimit(RLIMIT_DATA, &memory);
#endif
        const rlimit time{most_seconds, most_seconds};
        ::setrlimit(RLIMIT_CPU, &time);
        for (const std::string& input : inputs) target.run(input);
        ::_exit(0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Real files, as far as they are here, and generated ones.
std::vector<std::string> seeds_of(const std::string& target) {
    std::vector<std::string> seeds;
    const fs::path media = test::media_folder(), presets = fs::path(CHANGJI_SOURCE_DIR) / "presets";
    const auto add = [&](const fs::path& file) {
        std::string content = test::content_of(file);
        if (!content.empty() && content.size() < 200'000) seeds.push_back(std::move(content));
    };
    if (target == "probe_container" || target == "salvage") {
        for (const char* name : {"c04_face_fragmented.mp4", "c08_corrupt_nal.mp4", "c09_sar_2by3.mp4",
                                 "v13_sun_into_lens_720p.mp4", "c07_face_moov_unreachable.mp4"})
            add(media / name);
    } else if (target == "read_photo") {
        add(media / "p02_man_plain_wall_540x.jpg");
        seeds.push_back("BM" + std::string(200, '\x02'));
    } else if (target == "load_preset" || target == "load_report") {
        for (const auto& entry : fs::directory_iterator(presets)) add(entry.path());
        seeds.push_back(R"({"schema":"changji.take/1","take":1,"preset":"x","verdict":"warn","duration_s":12.5,)"
                        R"("slate":{"school":"某某大学","guest":"张三"},"losses":{"frames_lost":1},)"
                        R"("marks":[{"at_s":1.5,"kind":"topic","topic":1}],"findings":[{"clause":"四.4",)"
                        R"("check":"video.size","status":"pass","message":"x","spans_s":[[0.5,1.0]],)"
                        R"("said":{"message":["{0}","a"]},"evidence":["take-001.evidence/still.png"]}]})");
        seeds.push_back("time_s,light_face_luma_percent\n0.000,50.1\n0.200,\n");
    } else {
        const std::string text = "欢迎收看系列访谈，本期我们邀请到的嘉宾是张三。联系人：李四，电话：0731-88880000";
        seeds = {text, "# 一\n* **" + text + "**", test::docx_of(test::word_paragraph(text)),
                 test::odt_of("<text:p>" + text + "</text:p>"), test::pdf_of(text)};
    }
    return seeds;
}

/// One to eight changes as files suffer them: bits, bytes, stretches that are missing, repeated, zero or elsewhere.
std::string spoilt(std::string bytes, std::mt19937& random) {
    const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
    for (std::size_t change = 1 + below(8); change > 0 && !bytes.empty(); --change) {
        // The beginning of a file says how the rest is to be read.
        const std::size_t at = below(below(2) ? bytes.size() : std::min<std::size_t>(bytes.size(), 600));
        const std::size_t length = std::min(bytes.size() - at, 1 + below(64));
        switch (below(7)) {
            case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8))); break;
            case 1: bytes[at] = static_cast<char>(random()); break;
            case 2: bytes.erase(at, length); break;
            case 3: bytes.insert(at, bytes.substr(at, length)); break;
            case 4: bytes.replace(at, length, length, below(2) ? '\0' : '\xFF'); break;
            case 5: bytes.resize(at); break;
            default: bytes.replace(at, length, bytes.substr(below(bytes.size()), length)); break;
        }
    }
    return bytes;
}

class FuzzTargets : public testing::TestWithParam<Target> {};

TEST_P(FuzzTargets, WhatWasFoundOnceIsReadToItsEnd) {
    const fs::path folder = fs::path(CHANGJI_SOURCE_DIR) / "tests/fuzz/crashes" / GetParam().name;
    if (!fs::exists(folder)) return;
    for (const auto& entry : fs::directory_iterator(folder))
        EXPECT_TRUE(survives(GetParam(), {test::content_of(entry.path())})) << entry.path();
}

TEST_P(FuzzTargets, HundredsOfFilesThatAreNearlyRightEndWithinBounds) {
    const Target& target = GetParam();
    const std::vector<std::string> seeds = seeds_of(target.name);
    if (seeds.empty()) GTEST_SKIP() << "NOT TESTED: real media files are not on this machine";
    ASSERT_TRUE(survives(target, seeds)) << "as they are";
    ASSERT_TRUE(survives(target, {"", std::string(1, '\0'), std::string(5000, '\xFF')}));
    const std::string name = target.name;
    const bool decodes = name == "probe_container" || name == "salvage" || name == "read_photo";
    const bool forks = name == "read_manuscript";
    std::mt19937 random(20220401);
    std::vector<std::string> inputs;
    for (int i = 0; i < (decodes ? 60 : forks ? 250 : 400); ++i)
        inputs.push_back(spoilt(seeds[static_cast<std::size_t>(i) % seeds.size()], random));
    if (survives(target, inputs)) return;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (survives(target, {inputs[i]})) continue;
        ADD_FAILURE() << "input " << i << " brings " << name << " down";
    }
}

INSTANTIATE_TEST_SUITE_P(All, FuzzTargets, testing::ValuesIn(targets),
                         [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace changji::fuzz
