#include "capture/av/av.hpp"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <string_view>
#include <utility>

extern "C" {
#include <libavutil/error.h>
#include <libavutil/log.h>
}

namespace changji::av {
namespace {

thread_local std::string logged_error;
thread_local bool line_is_open = false;  // FFmpeg logs one line in several pieces

void keep_error(void*, int level, const char* format, std::va_list args) {
    if (level > AV_LOG_ERROR) return;
    std::array<char, 512> line{};
    std::vsnprintf(line.data(), line.size(), format, args);
    std::string_view piece(line.data());
    if (piece.empty()) return;
    if (!line_is_open) logged_error.clear();
    line_is_open = !piece.ends_with('\n');
    if (!line_is_open) piece.remove_suffix(1);
    logged_error += piece;
}

}  // namespace

std::string reason(int error_code) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(error_code, text.data(), text.size());
    return text.data();
}

void quiet_log() {
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback(keep_error); });
}

std::string take_logged_error() {
    line_is_open = false;
    return std::exchange(logged_error, {});
}

}  // namespace changji::av
