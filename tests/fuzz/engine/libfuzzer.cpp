// One target as libFuzzer runs it; see tests/fuzz/targets.hpp.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    changji::fuzz::CHANGJI_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
    return 0;
}
