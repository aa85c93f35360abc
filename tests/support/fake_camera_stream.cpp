#include "tests/support/fake_camera_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>

#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

namespace changji::test {
namespace {
constexpr std::uint32_t most_buffers = 32;  // as the kernel's
}

FakeCameraStream::~FakeCameraStream() {
    stop();
    release();
}

void* FakeCameraStream::map(std::size_t length, off_t offset) const {
    if (memory_ < 0 || offset % buffer_bytes_ != 0 || length > buffer_bytes_) {
        errno = EINVAL;
        return MAP_FAILED;
    }
    return ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, memory_, offset);
}

void FakeCameraStream::release() {
    if (base_) ::munmap(base_, std::size_t{buffer_bytes_} * buffers_.size());
    base_ = nullptr;
    buffers_.clear();
    if (memory_ >= 0) ::close(memory_);
    memory_ = -1;
}

int FakeCameraStream::request(v4l2_requestbuffers& wanted, const Mode& mode) {
    wanted.capabilities = V4L2_BUF_CAP_SUPPORTS_MMAP;
    wanted.flags = 0;
    std::fill(std::begin(wanted.reserved), std::end(wanted.reserved), std::uint8_t{0});
    if (wanted.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || wanted.memory != V4L2_MEMORY_MMAP) return EINVAL;
    if (is_running()) return EBUSY;
    release();
    if (wanted.count == 0) return 0;
    wanted.count = std::clamp(wanted.count, 2U, most_buffers);
    buffer_bytes_ = (mode.frame_bytes() + 4095U) & ~4095U;
    const std::size_t all = std::size_t{buffer_bytes_} * wanted.count;
    memory_ = ::memfd_create("fake-camera", MFD_CLOEXEC);
    if (memory_ < 0 || ::ftruncate(memory_, static_cast<off_t>(all)) < 0) return ENOMEM;
    base_ = static_cast<std::uint8_t*>(::mmap(nullptr, all, PROT_READ | PROT_WRITE, MAP_SHARED, memory_, 0));
    buffers_.assign(wanted.count, v4l2_buffer{});
    for (std::uint32_t index = 0; index < wanted.count; ++index) {
        v4l2_buffer& buffer = buffers_[index];
        buffer.index = index;
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        buffer.memory = V4L2_MEMORY_MMAP;
        buffer.length = mode.frame_bytes();
        buffer.m.offset = index * buffer_bytes_;
        buffer.field = V4L2_FIELD_NONE;
        buffer.flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    }
    return 0;
}

int FakeCameraStream::query(v4l2_buffer& buffer) {
    const std::lock_guard lock(mutex_);
    if (buffer.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || buffer.index >= buffers_.size()) return EINVAL;
    buffer = buffers_[buffer.index];
    return 0;
}

int FakeCameraStream::queue(v4l2_buffer& buffer) {
    const std::lock_guard lock(mutex_);
    if (buffer.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || buffer.memory != V4L2_MEMORY_MMAP ||
        buffer.index >= buffers_.size()) {
        return EINVAL;
    }
    v4l2_buffer& own = buffers_[buffer.index];
    if (own.flags & (V4L2_BUF_FLAG_QUEUED | V4L2_BUF_FLAG_DONE)) return EINVAL;
    own.flags = V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_QUEUED | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    empty_.push_back(buffer.index);
    buffer = own;
    return 0;
}

int FakeCameraStream::dequeue(v4l2_buffer& buffer) {
    if (buffer.type != V4L2_BUF_TYPE_VIDEO_CAPTURE || buffer.memory != V4L2_MEMORY_MMAP || !is_running()) return EINVAL;
    eventfd_t one = 0;
    if (::eventfd_read(wake_, &one) < 0) return errno;  // EAGAIN when non-blocking
    const std::lock_guard lock(mutex_);
    if (gone_ || filled_.empty()) {
        ::eventfd_write(wake_, 1);  // stays readable: whoever polls must see the end
        return ENODEV;
    }
    v4l2_buffer& own = buffers_[filled_.front()];
    filled_.pop_front();
    own.flags &= ~static_cast<std::uint32_t>(V4L2_BUF_FLAG_DONE);
    buffer = own;
    return 0;
}

int FakeCameraStream::start(const Mode& mode, unsigned rate, double flash_period_s) {
    if (buffers_.empty()) return EINVAL;
    if (is_running()) return 0;
    const double since_s = plug_.note_stream() ? 0.0 : monotonic_s();
    driver_ =
        std::thread([this, plan = Plan{mode, static_cast<double>(rate), flash_period_s, since_s}] { drive(plan); });
    // On a busy machine as punctual as hardware, where that is allowed.
    sched_param urgent{};
    urgent.sched_priority = 5;
    static_cast<void>(::pthread_setschedparam(driver_.native_handle(), SCHED_FIFO, &urgent));
    return 0;
}

void FakeCameraStream::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (driver_.joinable()) driver_.join();
    stopping_ = false;
    eventfd_t ignored = 0;
    for (; !filled_.empty(); filled_.pop_front()) ::eventfd_read(wake_, &ignored);
    empty_.clear();
    for (v4l2_buffer& buffer : buffers_) buffer.flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
}

bool FakeCameraStream::suffer(double from_s, double to_s) {
    if (!plug_.connected()) return false;
    const double started_s = plug_.first_stream_s();
    for (const Fault& fault : plug_.faults()) {
        const double happens_s = fault.happens_s(started_s);
        if (happens_s > to_s) continue;
        // A state lasts, whichever stream it began in; the others happen once.
        if (fault.verb == "stall") stalled_until_s_ = std::max(stalled_until_s_, happens_s + fault.argument);
        if (fault.verb == "rate") actual_rate_ = fault.argument;
        if (happens_s <= from_s) continue;
        if (fault.verb == "drop") to_drop_ = static_cast<int>(fault.argument);
        if (fault.verb == "error") to_damage_ = static_cast<int>(fault.argument);
        if (fault.verb == "truncate") to_truncate_ = static_cast<int>(fault.argument);
    }
    return true;
}

void FakeCameraStream::fill(const std::string& picture, double captured_s) {
    const std::lock_guard lock(mutex_);
    if (to_drop_ > 0 || empty_.empty()) {  // without an empty buffer a driver loses the picture too
        to_drop_ = std::max(to_drop_ - 1, 0);
        ++sequence_;
        return;
    }
    v4l2_buffer& buffer = buffers_[empty_.front()];
    auto bytes = static_cast<std::uint32_t>(std::min<std::size_t>(picture.size(), buffer.length));
    if (to_truncate_ > 0) bytes /= 2, --to_truncate_;
    std::copy_n(picture.data(), bytes, base_ + buffer.m.offset);
    const double whole_s = std::floor(captured_s);
    buffer.timestamp = {static_cast<time_t>(whole_s), static_cast<suseconds_t>((captured_s - whole_s) * 1e6)};
    buffer.bytesused = bytes;
    buffer.sequence = sequence_++;
    buffer.flags = V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_DONE | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
    if (to_damage_ > 0) buffer.flags |= V4L2_BUF_FLAG_ERROR, --to_damage_;
    filled_.push_back(buffer.index);
    empty_.pop_front();
    ::eventfd_write(wake_, 1);
}

bool FakeCameraStream::sleep_until(double moment_s) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point moment{
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(moment_s))};
    std::unique_lock lock(mutex_);
    return !changed_.wait_until(lock, moment, [this] { return stopping_; });
}

void FakeCameraStream::drive(const Plan& plan) {
    const auto frames = load_frames(plan.mode);
    sequence_ = 0;
    to_drop_ = to_damage_ = to_truncate_ = 0;
    stalled_until_s_ = 0;
    actual_rate_ = plan.rate;
    double due_s = monotonic_s(), before_s = plan.faults_since_s;
    // Aligned, the flash is the picture stamped with the very moment it is for.
    if (plan.flash_period_s > 0) due_s = std::ceil(due_s * plan.rate) / plan.rate;
    for (std::size_t tick = 0;; ++tick) {
        const double last_s = due_s;
        due_s += 1 / actual_rate_;
        if (!sleep_until(due_s)) return;
        if (!suffer(before_s, due_s)) {
            const std::lock_guard lock(mutex_);
            gone_ = true;
            ::eventfd_write(wake_, 1);
            return;
        }
        before_s = due_s;
        if (due_s < stalled_until_s_ || frames.empty()) continue;
        std::size_t shown = tick % frames.size();
        if (plan.flash_period_s > 0 && frames.size() > 1) {
            constexpr double rounding_s = 1e-6;
            const auto flashes = [&](double time_s) { return std::floor((time_s + rounding_s) / plan.flash_period_s); };
            shown = flashes(due_s) > flashes(last_s) ? 0 : 1 + tick % (frames.size() - 1);
        }
        fill(frames[shown], due_s);
    }
}

}  // namespace changji::test
