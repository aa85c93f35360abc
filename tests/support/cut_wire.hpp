#pragma once

#include <atomic>
#include <string>
#include <thread>

namespace changji::test {

/// A network that can fail: what is sent to its port reaches another port of this machine, and back. While it is cut,
/// connections stay open and nothing comes through, as when a tablet leaves the Wi-Fi.
class CutWire {
public:
    explicit CutWire(int port_behind);
    ~CutWire();
    CutWire(const CutWire&) = delete;
    CutWire& operator=(const CutWire&) = delete;

    [[nodiscard]] int port() const { return port_; }
    void cut() { is_cut_ = true; }
    void mend() { is_cut_ = false; }

private:
    void carry();

    const int port_behind_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> is_cut_{false}, ending_{false};
    std::thread thread_;
};

}  // namespace changji::test
