#include "tests/support/fake_camera_description.hpp"

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>

namespace changji::test {
namespace {

std::vector<std::string> list_of(const std::string& text) {
    std::vector<std::string> items;
    std::istringstream stream(text);
    for (std::string item; std::getline(stream, item, ',');) items.push_back(item);
    return items;
}

Mode parse_mode(std::istringstream& words) {
    Mode mode;
    std::string format, size, rates;
    words >> format >> size >> rates >> mode.frames_file;
    mode.fourcc = format == "mjpeg" ? V4L2_PIX_FMT_MJPEG : V4L2_PIX_FMT_YUYV;
    std::sscanf(size.c_str(), "%ux%u", &mode.least_width, &mode.least_height);
    std::sscanf(size.substr(size.find('-') + 1).c_str(), "%ux%u", &mode.width, &mode.height);
    for (const std::string& rate : list_of(rates)) mode.rates.push_back(static_cast<unsigned>(std::stoul(rate)));
    return mode;
}

Fault parse_fault(std::istringstream& words) {
    Fault fault;
    words >> fault.at_s >> fault.verb;
    for (std::string word; words >> word;) {
        (word.front() == '@' ? fault.added_s : fault.argument) = std::stod(word.substr(word.front() == '@' ? 1 : 0));
    }
    return fault;
}

}  // namespace

Description parse(const std::filesystem::path& file) {
    Description description;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        std::string key, rest;
        words >> key;
        if (key == "name") std::getline(words >> std::ws, description.name);
        if (key == "bus") std::getline(words >> std::ws, description.bus);
        if (key == "metadata") description.capability = V4L2_CAP_META_CAPTURE;
        if (key == "mode") description.modes.push_back(parse_mode(words));
        if (key == "at") description.faults.push_back(parse_fault(words));
        if (key == "flash") words >> description.flash_period_s;
        if (key == "controls" && words >> rest) {
            if (rest == "strict") {
                description.strict_controls = true;
            } else {
                description.controls = rest == "none" ? std::vector<std::string>() : list_of(rest);
            }
        }
    }
    return description;
}

std::vector<std::string> load_frames(const Mode& mode) {
    std::ifstream stream(mode.frames_file, std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(stream)), {});
    std::vector<std::string> frames;
    if (mode.fourcc == V4L2_PIX_FMT_YUYV) {
        for (std::size_t at = 0; at + mode.frame_bytes() <= content.size(); at += mode.frame_bytes()) {
            frames.push_back(content.substr(at, mode.frame_bytes()));
        }
        return frames;
    }
    for (std::size_t at = 0; (at = content.find("\xFF\xD8", at)) != std::string::npos;) {
        const std::size_t end = content.find("\xFF\xD9", at);
        if (end == std::string::npos) break;
        frames.push_back(content.substr(at, end + 2 - at));
        at = end + 2;
    }
    return frames;
}

double monotonic_s() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace changji::test
