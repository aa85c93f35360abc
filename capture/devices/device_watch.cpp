#include "capture/devices/device_watch.hpp"

#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include <libudev.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace changji {
namespace {

/// What udev announces; silent where udev doesn't run.
class UdevEvents {
public:
    UdevEvents() : udev_(udev_new()) {
        monitor_.reset(udev_ ? udev_monitor_new_from_netlink(udev_.get(), "udev") : nullptr);
        if (!monitor_) return;
        udev_monitor_filter_add_match_subsystem_devtype(monitor_.get(), "video4linux", nullptr);
        udev_monitor_filter_add_match_subsystem_devtype(monitor_.get(), "sound", nullptr);
        if (udev_monitor_enable_receiving(monitor_.get()) < 0) monitor_.reset();
    }
    [[nodiscard]] int fd() const { return monitor_ ? udev_monitor_get_fd(monitor_.get()) : -1; }
    /// Reads what waits. Whether there was anything.
    bool drain() {
        bool any = false;
        while (udev_device* const device = udev_monitor_receive_device(monitor_.get())) {
            udev_device_unref(device);
            any = true;
        }
        return any;
    }

private:
    struct Unref {
        void operator()(udev* handle) const { udev_unref(handle); }
        void operator()(udev_monitor* handle) const { udev_monitor_unref(handle); }
    };
    std::unique_ptr<udev, Unref> udev_;
    std::unique_ptr<udev_monitor, Unref> monitor_;
};

/// Device nodes that appear, disappear or become accessible.
class NodeEvents {
public:
    NodeEvents() : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
        constexpr std::uint32_t changes = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB;
        if (fd_ < 0) return;
        ::inotify_add_watch(fd_, "/dev", changes);
        sound_ = ::inotify_add_watch(fd_, "/dev/snd", changes);
    }
    ~NodeEvents() {
        if (fd_ >= 0) ::close(fd_);
    }
    NodeEvents(const NodeEvents&) = delete;
    NodeEvents& operator=(const NodeEvents&) = delete;

    [[nodiscard]] int fd() const { return fd_; }
    /// Reads what waits. Whether a camera or a sound device was among it.
    bool drain() {
        bool any = false;
        alignas(inotify_event) std::array<char, 8192> events{};
        for (ssize_t got = 0; (got = ::read(fd_, events.data(), events.size())) > 0;) {
            for (ssize_t at = 0; at < got;) {
                const auto* const event = reinterpret_cast<const inotify_event*>(events.data() + at);
                const std::string_view name(event->len > 0 ? event->name : "");
                any = any || event->wd == sound_ || name.starts_with("video") || name.starts_with("snd");
                at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            }
        }
        return any;
    }

private:
    int fd_;
    int sound_ = -1;
};

struct Events {
    UdevEvents udev;
    NodeEvents nodes;
};

void watch(int stop, Events& events, const std::function<void()>& on_change) {
    // poll() passes over negative descriptors.
    std::array<pollfd, 3> waiting{{{stop, POLLIN, 0}, {events.udev.fd(), POLLIN, 0}, {events.nodes.fd(), POLLIN, 0}}};
    while (true) {
        if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
        if (waiting[0].revents != 0) return;
        bool changed = false;
        if (waiting[1].revents != 0) changed = events.udev.drain();
        if (waiting[2].revents != 0) changed = events.nodes.drain() || changed;
        if (changed) on_change();
    }
}

}  // namespace

DeviceWatch::DeviceWatch(std::function<void()> on_change) : stop_(::eventfd(0, EFD_CLOEXEC)) {
    if (stop_ < 0) return;
    auto events = std::make_unique<Events>();  // here, so that nothing is missed from now on
    thread_ = std::thread([stop = stop_, events = std::move(events), on_change = std::move(on_change)] {
        watch(stop, *events, on_change);
    });
}

DeviceWatch::~DeviceWatch() {
    if (stop_ < 0) return;
    ::eventfd_write(stop_, 1);
    thread_.join();
    ::close(stop_);
}

}  // namespace changji
