#include "tests/support/fake_camera_plug.hpp"

#include <cstdio>
#include <fstream>
#include <limits>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace changji::test {
namespace fs = std::filesystem;
namespace {

constexpr double for_ever = std::numeric_limits<double>::infinity();

fs::path stream_note(const fs::path& file) { return file.string() + ".first_stream"; }

double back_s(const Fault& unplugged, double started_s) {
    return unplugged.argument > 0 ? unplugged.happens_s(started_s) + unplugged.argument : for_ever;
}

}  // namespace

FakeCameraPlug::FakeCameraPlug(fs::path file) : file_(std::move(file)), opened_s_(monotonic_s()) {
    const double started_s = first_stream_s();
    for (const Fault& fault : faults()) {
        if (started_s > 0 && fault.verb == "unplug" && fault.happens_s(started_s) <= opened_s_ &&
            opened_s_ < back_s(fault, started_s)) {
            return;
        }
    }
    fd_ = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
}

FakeCameraPlug::~FakeCameraPlug() {
    if (fd_ >= 0) ::close(fd_);
}

bool FakeCameraPlug::connected() const {
    struct stat now {};
    if (::fstat(fd_, &now) < 0 || now.st_nlink == 0) return false;  // removed, or another put in its place
    const double started_s = first_stream_s(), now_s = monotonic_s();
    if (started_s == 0) return true;
    for (const Fault& fault : faults()) {
        if (fault.verb == "unplug" && fault.happens_s(started_s) <= now_s && back_s(fault, started_s) > opened_s_) {
            return false;
        }
    }
    return true;
}

bool FakeCameraPlug::take_ownership() { return ::flock(fd_, LOCK_EX | LOCK_NB) == 0; }
void FakeCameraPlug::release_ownership() { ::flock(fd_, LOCK_UN); }

bool FakeCameraPlug::note_stream() {
    const int note = ::open(stream_note(file_).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (note < 0) return false;
    ::dprintf(note, "%.9f\n", monotonic_s());
    ::close(note);
    return true;
}

double FakeCameraPlug::first_stream_s() const {
    double started_s = 0;
    std::ifstream(stream_note(file_)) >> started_s;
    return started_s;
}

double FakeCameraPlug::last_return_s() const {
    const double started_s = first_stream_s(), now_s = monotonic_s();
    double last_s = 0;
    for (const Fault& fault : faults()) {
        if (fault.verb != "unplug" || started_s == 0 || fault.happens_s(started_s) > now_s) continue;
        last_s = std::max(last_s, std::min(back_s(fault, started_s), now_s));
    }
    return last_s;
}

}  // namespace changji::test
