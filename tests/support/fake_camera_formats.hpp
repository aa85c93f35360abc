#pragma once

// What a fake camera says of its formats, sizes and rates. Part of the library to preload.

#include "tests/support/fake_camera_description.hpp"

#include <cstddef>

namespace changji::test {

/// The format that was chosen last, by whichever program, in the file NODE.format. Calls are as the system's: 0, or an
/// errno.
class FakeCameraFormats {
public:
    FakeCameraFormats(const std::filesystem::path& file, const Description& description)
        : modes_(description.modes), note_(file.string() + ".format") {}

    int enumerate(v4l2_fmtdesc& answer) const;
    int enumerate(v4l2_frmsizeenum& answer) const;
    int enumerate(v4l2_frmivalenum& answer) const;
    enum class Access { Get, Try, Set };
    int format(v4l2_format& answer, Access access);
    int rate(v4l2_streamparm& answer, Access access);

    [[nodiscard]] bool any() const { return !modes_.empty(); }
    [[nodiscard]] const Mode& mode() const { return modes_[chosen().mode]; }
    [[nodiscard]] unsigned chosen_rate() const { return chosen().rate; }

private:
    struct Chosen {
        std::size_t mode = 0;
        unsigned rate = 0;
    };
    [[nodiscard]] Chosen chosen() const;
    void choose(const Chosen& chosen) const;
    [[nodiscard]] std::size_t nearest(const v4l2_pix_format& wanted) const;

    std::vector<Mode> modes_;
    std::string note_;
};

}  // namespace changji::test
