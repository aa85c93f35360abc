#include "capture/output_latency.hpp"

#include <cstdlib>

#include <unistd.h>

#include "capture/devices/pulse_client.hpp"

namespace changji {
namespace {

using namespace std::chrono_literals;

struct LatencyAnswer {
    bool complete = false;
    int streams = 0;
    Nanoseconds until_heard{0};
};

bool is_ours(const pa_sink_input_info& input) {
    const char* const process =
        input.proplist ? pa_proplist_gets(input.proplist, PA_PROP_APPLICATION_PROCESS_ID) : nullptr;
    return process && std::atol(process) == ::getpid();
}

void on_input(pa_context*, const pa_sink_input_info* input, int end, void* into) {
    auto& answer = *static_cast<LatencyAnswer*>(into);
    if (end != 0) {
        answer.complete = true;
    } else if (input && is_ours(*input)) {
        ++answer.streams;
        answer.until_heard = std::chrono::microseconds(input->buffer_usec + input->sink_usec);
    }
}

class PulseLatency final : public OutputLatency {
public:
    explicit PulseLatency(PulseClient client) : client_(std::move(client)) {}

    std::optional<Reading> read() override {
        LatencyAnswer answer;
        const auto asked = std::chrono::steady_clock::now();
        const PulseOperation question(pa_context_get_sink_input_info_list(client_.context(), on_input, &answer));
        connected_ = question && client_.wait(200ms, [&answer] { return answer.complete; });
        const auto answered = std::chrono::steady_clock::now();
        if (!connected_ || answer.streams != 1) return std::nullopt;
        return Reading{asked + (answered - asked) / 2, answer.until_heard};
    }
    [[nodiscard]] bool connected() const override { return connected_; }

private:
    PulseClient client_;
    bool connected_ = true;
};

}  // namespace

std::unique_ptr<OutputLatency> OutputLatency::open() {
    auto client = PulseClient::connect(500ms);
    if (!client) return nullptr;
    return std::make_unique<PulseLatency>(*std::move(client));
}

}  // namespace changji
