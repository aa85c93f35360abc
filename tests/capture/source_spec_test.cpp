#include "capture/source_spec.hpp"

#include "tests/support/media.hpp"

#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace changji {
namespace {

SourceSpec camera(std::string_view text) {
    const auto spec = parse_camera_spec(text);
    EXPECT_TRUE(spec) << text;
    return spec ? *spec : SourceSpec();
}

SourceSpec microphone(std::string_view text) {
    const auto spec = parse_microphone_spec(text);
    EXPECT_TRUE(spec) << text;
    return spec ? *spec : SourceSpec();
}

TEST(FileSpec, IsAFileWhateverItsNameSays) {
    const SourceSpec spec = file_spec("http://host/take.mp4?pace=own");
    EXPECT_EQ(spec.kind, SourceKind::Media);
    EXPECT_TRUE(spec.target.starts_with('/')) << spec.target;
    EXPECT_TRUE(spec.target.ends_with("take.mp4?pace=own")) << spec.target;
    EXPECT_EQ(spec.pace, Pace::Free);
}

/// The English sentence of the refusal; empty when there was none.
template <typename Parse>
std::string refusal(Parse parse, std::string_view text) {
    const auto spec = parse(text);
    if (spec) return "";
    EXPECT_EQ(spec.error().kind, ErrorKind::InvalidConfig) << text;
    return in_english(spec.error().message);
}

TEST(SourceSpec, WordsNameKinds) {
    EXPECT_EQ(camera("auto").kind, SourceKind::Auto);
    EXPECT_EQ(camera("demo").kind, SourceKind::Demo);
    EXPECT_EQ(microphone("auto").kind, SourceKind::Auto);
    EXPECT_EQ(microphone("demo").kind, SourceKind::Demo);
    EXPECT_EQ(microphone("camera").kind, SourceKind::WithCamera);
    EXPECT_EQ(microphone("none").kind, SourceKind::None);
}

TEST(SourceSpec, DemoTakesLightClutterAndNoise) {
    const SourceSpec spec = camera("demo:light=0.2,clutter=high,noise=-30");
    EXPECT_EQ(spec.kind, SourceKind::Demo);
    EXPECT_EQ(spec.demo, (DemoSettings{0.2, Clutter::High, -30.0}));
    EXPECT_EQ(microphone("demo:noise=-42.5").demo, (DemoSettings{1.0, Clutter::Low, -42.5}));
}

TEST(SourceSpec, CameraByPathOrNameWithOptions) {
    const SourceSpec path = camera("/dev/video0");
    EXPECT_EQ(path.kind, SourceKind::V4l2);
    EXPECT_EQ(path.target, "/dev/video0");
    EXPECT_EQ(path.width_px, 0);

    const SourceSpec name = camera("v4l2:Studio Cam?size=1920x1080&rate=25&format=mjpeg");
    EXPECT_EQ(name.kind, SourceKind::V4l2);
    EXPECT_EQ(name.target, "Studio Cam");
    EXPECT_EQ(name.width_px, 1920);
    EXPECT_EQ(name.height_px, 1080);
    EXPECT_EQ(name.rate, (Rational{25, 1}));
    EXPECT_EQ(name.input_format, "mjpeg");

    EXPECT_EQ(camera("/dev/video3?rate=30000/1001").rate, (Rational{30000, 1001}));
    EXPECT_EQ(camera("/dev/video3?rate=29.97").rate, (Rational{2997, 100}));
    EXPECT_EQ(camera("v4l2:/dev/video3").target, "/dev/video3");
}

TEST(SourceSpec, MicrophonesByName) {
    EXPECT_EQ(microphone("pulse:alsa_input.usb").kind, SourceKind::Pulse);
    EXPECT_EQ(microphone("pulse:alsa_input.usb").target, "alsa_input.usb");
    EXPECT_EQ(microphone("alsa:hw:1,0").kind, SourceKind::Alsa);
    EXPECT_EQ(microphone("alsa:hw:1,0").target, "hw:1,0");
}

TEST(SourceSpec, ACameraTakesControls) {
    const SourceSpec spec =
        camera("/dev/video0?size=1920x1080&exposure=250&gain=12&white_balance=4600&focus=auto&power_line=50");
    EXPECT_EQ(spec.width_px, 1920);
    EXPECT_EQ(spec.controls, (std::vector<ControlWish>{{ControlId::Exposure, 250},
                                                       {ControlId::Gain, 12},
                                                       {ControlId::WhiteBalance, 4600},
                                                       {ControlId::Focus, std::nullopt},
                                                       {ControlId::PowerLine, 50}}));
    EXPECT_EQ(camera("v4l2:Cam?power_line=off").controls, (std::vector<ControlWish>{{ControlId::PowerLine, 0}}));
    EXPECT_EQ(camera("v4l2:Cam?focus=1&focus=2").controls, (std::vector<ControlWish>{{ControlId::Focus, 2}}));
}

TEST(SourceSpec, TheBestCameraTakesTheSameOptions) {
    const SourceSpec spec = camera("auto?rate=50&power_line=60");
    EXPECT_EQ(spec.kind, SourceKind::Auto);
    EXPECT_EQ(spec.target, "");
    EXPECT_EQ(spec.rate, (Rational{50, 1}));
    EXPECT_EQ(spec.controls, (std::vector<ControlWish>{{ControlId::PowerLine, 60}}));
}

TEST(SourceSpec, AMicrophoneTakesChannelsGainAndLimiter) {
    const SourceSpec spec = microphone("pulse:usb mic?channels=left&gain=-3.5&limiter=on");
    EXPECT_EQ(spec.kind, SourceKind::Pulse);
    EXPECT_EQ(spec.target, "usb mic");
    EXPECT_EQ(spec.sound, (SoundShape{ChannelRoute::Left, -3.5, Limiter::On}));
    EXPECT_EQ(microphone("alsa:hw:1,0?channels=mix").target, "hw:1,0");
    EXPECT_EQ(microphone("alsa:hw:1,0?channels=mix").sound.route, ChannelRoute::Mix);
    EXPECT_EQ(microphone("auto?gain=+24").kind, SourceKind::Auto);
    EXPECT_EQ(microphone("auto?gain=+24").sound.gain_db, 24.0);
    EXPECT_EQ(microphone("auto?channels=right").sound.route, ChannelRoute::Right);
    EXPECT_EQ(microphone("auto?channels=right&channels=both&limiter=off").sound, SoundShape());
}

TEST(SourceSpec, FilesPlayAtTheirOwnPaceUnlessFreed) {
    EXPECT_EQ(camera("clip.mp4").kind, SourceKind::Media);
    EXPECT_EQ(camera("clip.mp4").pace, Pace::Own);
    EXPECT_EQ(camera("clip.mp4?pace=free").pace, Pace::Free);
    EXPECT_EQ(camera("clip.mp4?pace=free").target, "clip.mp4");
    EXPECT_EQ(camera("clip.mp4?pace=own").pace, Pace::Own);
    EXPECT_EQ(microphone("speech.wav?pace=free").pace, Pace::Free);
}

TEST(SourceSpec, AnAddressKeepsItsOwnQuestions) {
    const std::string url = "http://host/live?key=1&room=2";
    EXPECT_EQ(camera(url).target, url);
    EXPECT_EQ(camera(url + "&pace=free").target, url);
    EXPECT_EQ(camera(url + "&pace=free").pace, Pace::Free);
    EXPECT_EQ(camera("rtsp://host/a").kind, SourceKind::Media);
}

TEST(SourceSpec, GraphsArePassedOnWhole) {
    const SourceSpec spec = camera("lavfi:testsrc2=size=1920x1080[out0];sine[out1]");
    EXPECT_EQ(spec.kind, SourceKind::Lavfi);
    EXPECT_EQ(spec.target, "testsrc2=size=1920x1080[out0];sine[out1]");
    EXPECT_EQ(camera("lavfi:testsrc2?pace=free").pace, Pace::Free);
}

TEST(SourceSpec, AnExistingPathIsTakenWhole) {
    const test::TemporaryFolder folder;
    for (const std::string name : {"what?.mp4", "a?pace=free", "v4l2 & pulse:x.mp4", "采访？.mp4"}) {
        const std::string path = (folder.path() / name).string();
        std::ofstream(path) << "x";
        EXPECT_EQ(camera(path).target, path);
        EXPECT_EQ(camera(path).kind, SourceKind::Media);
        EXPECT_EQ(camera(path).pace, Pace::Own);
    }
    const std::string plain = (folder.path() / "clip.mp4").string();
    std::ofstream(plain) << "x";
    EXPECT_EQ(camera(plain + "?pace=free").target, plain);
    EXPECT_NE(refusal(parse_camera_spec, plain + "?speed=2").find("\"speed=2\""), std::string::npos);
}

TEST(SourceSpec, RefusalsNameTheOffendingPart) {
    const auto names = [](std::string_view text, std::string_view part) {
        const std::string sentence = refusal(parse_camera_spec, text);
        EXPECT_NE(sentence.find(part), std::string::npos) << text << " gave: " << sentence;
    };
    names("", "empty");
    names("v4l2:", "name is missing");
    names("v4l2:Cam?size=1920", "\"size=1920\"");
    names("v4l2:Cam?size=0x1080", "\"size=0x1080\"");
    names("v4l2:Cam?size=1920x1080x2", "\"size=1920x1080x2\"");
    names("v4l2:Cam?size=99999x1080", "\"size=99999x1080\"");
    names("v4l2:Cam?rate=fast", "\"rate=fast\"");
    names("v4l2:Cam?rate=0", "\"rate=0\"");
    names("v4l2:Cam?rate=-25", "\"rate=-25\"");
    names("v4l2:Cam?rate=25/0", "\"rate=25/0\"");
    names("v4l2:Cam?rate=2147483647.5", "\"rate=2147483647.5\"");
    names("v4l2:Cam?size=640x480&zoom=2", "\"zoom=2\"");
    names("v4l2:Cam?format=", "\"format=\"");
    names("v4l2:Cam?exposure=bright", "\"exposure=bright\"");
    names("v4l2:Cam?exposure=", "\"exposure=\"");
    names("v4l2:Cam?gain=1.5", "\"gain=1.5\"");
    names("v4l2:Cam?focus=99999999999", "\"focus=99999999999\"");
    names("v4l2:Cam?power_line=55", "\"power_line=55\"");
    names("v4l2:Cam?channels=left", "\"channels=left\"");
    names("auto?zoom=2", "\"zoom=2\"");
    names("auto?", "\"\"");
    names("demo:light=0", "\"light=0\"");
    names("demo:light=nan", "\"light=nan\"");
    names("demo:light=0.5x", "\"light=0.5x\"");
    names("demo:clutter=huge", "\"clutter=huge\"");
    names("demo:noise=0", "\"noise=0\"");
    names("demo:light=1,fog=2", "\"fog=2\"");
    names("demo:", "\"\"");
    names("clip.mp4?pace=fast", "\"pace=fast\"");
    names("lavfi:", "lavfi:");
}

TEST(SourceSpec, RefusalsNameTheMicrophonesOffendingPart) {
    const auto names = [](std::string_view text, std::string_view part) {
        const std::string sentence = refusal(parse_microphone_spec, text);
        EXPECT_NE(sentence.find(part), std::string::npos) << text << " gave: " << sentence;
    };
    names("pulse:mic?channels=centre", "\"channels=centre\"");
    names("pulse:mic?gain=25", "\"gain=25\"");
    names("pulse:mic?gain=-24.1", "\"gain=-24.1\"");
    names("pulse:mic?gain=nan", "\"gain=nan\"");
    names("pulse:mic?gain=", "\"gain=\"");
    names("pulse:mic?gain=+-3", "\"gain=+-3\"");
    names("alsa:hw:0?limiter=yes", "\"limiter=yes\"");
    names("auto?power_line=50", "\"power_line=50\"");
    names("pulse:?gain=3", "pulse:?gain=3");
    names("pulse:mic?", "\"\"");
}

TEST(SourceSpec, CamerasAndMicrophonesAreNotMixedUp) {
    for (const char* text : {"none", "camera", "pulse:mic", "alsa:hw:0"}) {
        EXPECT_NE(refusal(parse_camera_spec, text).find(text), std::string::npos) << text;
    }
    for (const char* text : {"/dev/video0", "v4l2:Cam"}) {
        EXPECT_NE(refusal(parse_microphone_spec, text).find(text), std::string::npos) << text;
    }
    EXPECT_NE(refusal(parse_microphone_spec, "pulse:").find("pulse:"), std::string::npos);
    EXPECT_NE(refusal(parse_microphone_spec, "").find("empty"), std::string::npos);
}

}  // namespace
}  // namespace changji
