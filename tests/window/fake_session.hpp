#pragma once

#include <array>
#include <utility>
#include <vector>

#include "ui/session/session.hpp"

namespace changji::test {

/// A preset with every part that the window shows.
inline Preset interview_preset() {
    Preset preset;
    preset.id = "hunan-2022-interview";
    preset.title = "书记校长话就业·访谈";
    preset.title_en = "Interview, Hunan 2022";
    preset.opening = OpeningLine{
        "四.5-b", "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是{guest}。", "……"};
    preset.place = PlaceDemand{"四.3-a", {"校园电视台", "学校官方直播间", "图书馆"}};
    preset.guest = GuestDemand{"二.2", {"党委书记", "校长", "院长", "副校长"}};
    preset.topics = TopicList{"三", {}};
    const std::array titles{"就业基本情况",           "访企拓岗、开源拓岗举措", "供需对接平台与就业信息服务",
                            "职业发展教育和就业指导", "帮扶困难毕业生",         "招生与就业、培养联动",
                            "创新创业教育改革",       "其他就业创新举措",       "对毕业生的寄语"};
    for (int number = 1; number <= 9; ++number) {
        const std::string title = titles[static_cast<std::size_t>(number - 1)];
        preset.topics->topics.push_back({number, title, title, number < 3 || number == 9});
    }
    preset.duration.max = std::chrono::minutes(15);
    preset.duration.warnings = {std::chrono::minutes(2), std::chrono::seconds(30)};
    preset.confirmations = {{"四.5-a", "主持人形象端庄、普通话标准吗？"}, {"四.5-b", "开场白按统一用语说了吗？"}};
    return preset;
}

/// A take that could begin, everything in order.
inline SessionSnapshot calm_snapshot() {
    SessionSnapshot now;
    now.take_number = 4;
    now.limit_s = 900;
    now.next_warning_s = 120;
    now.disk_minutes = 312;
    now.meters = {
        LiveMeter{Aspect::Light, FindingStatus::Pass, Measure::LightFaceLuma, "58.1 %", "45–72 %", 0.08, {}, {}},
        LiveMeter{Aspect::Background,
                  FindingStatus::Warn,
                  Measure::BackgroundClutter,
                  "0.21",
                  "≤ 0.15",
                  0.45,
                  say("The background is restless: take away what stands and hangs there, or choose a plain wall."),
                  {}},
        LiveMeter{Aspect::Sound,
                  FindingStatus::Fail,
                  Measure::SoundNoiseFloor,
                  "−41.0 dBFS",
                  "≤ −60 dBFS",
                  0.9,
                  say("The room is noisy: switch off fans and air conditioning, close doors and windows, or "
                      "change the room."),
                  {}}};
    now.faces = {FaceBox{0.42, 0.22, 0.14, 0.25}};
    now.levels = {ChannelLevel{-22.0, -12.0}, ChannelLevel{-24.0, -6.5}};
    now.has_sound = true;
    now.camera.name = "Studio Cam";
    now.camera.width_px = 1920;
    now.camera.height_px = 1080;
    now.camera.rate = {25, 1};
    now.microphone = "USB Audio";
    now.slate.school = "湖南示范大学";
    now.slate.guest = "张三";
    now.slate.office = "校长";
    now.takes = {TakeRow{3, VerdictStatus::Pass, 724, "10:32", {}}, TakeRow{2, VerdictStatus::Warn, 61, "10:20", {}},
                 TakeRow{1, VerdictStatus::Fail, 3, "10:12", {}}};
    return now;
}

/// Does what it is told, and remembers it.
class FakeSession : public Session {
public:
    SessionSnapshot now = calm_snapshot();
    Preset campaign = interview_preset();
    Status start_outcome;
    std::optional<VideoFrame> frame;
    int starts = 0;
    Consent consented = Consent::NotGiven;
    int stops = 0;
    int references = 0;
    std::optional<VideoFrame> reference;
    bool sound_watched = false;
    int trials = 0;
    int looks_at_takes = 0;
    std::vector<ControlWish> wishes;
    double pressed = 0.0;

    Status may_start(Consent) const override { return start_outcome; }
    Status start_take(Consent consent) override {
        ++starts;
        consented = consent;
        if (start_outcome) now.stage = Stage::Recording;
        return start_outcome;
    }
    void stop_take() override {
        ++stops;
        now.stage = Stage::Finishing;
    }
    std::optional<TakeReport> last_report() const override { return std::nullopt; }
    Status start_trial() override {
        ++trials;
        now.trial = Trial{};
        return {};
    }
    void dismiss_trial() override { now.trial.reset(); }
    SessionSnapshot snapshot() const override { return now; }
    std::optional<VideoFrame> take_preview() override { return std::exchange(frame, std::nullopt); }
    const Preset& preset() const override { return campaign; }
    void mark(MarkKind kind, int topic) override {
        TakeMarks marks;
        for (const Mark& each : now.marks) marks.add(each);
        marks.add({now.elapsed_s, kind, topic});
        if (now.stage == Stage::Recording) now.marks = marks.all();
    }
    Status sign_off(const std::vector<std::string>& clauses) override {
        now.sign_offs.clauses = clauses;
        return {};
    }
    void look_at_takes() override { ++looks_at_takes; }
    Status change_slate(const Slate& slate) override {
        now.slate = slate;
        return {};
    }
    Status change_script(const std::string& text) override {
        now.script = std::make_shared<const Script>(campaign.opening_line_for(now.slate.spoken_guest()), text);
        return {};
    }
    void prompt(const PrompterCommand& command) override { prompted.push_back(command); }
    Status change_preset(Preset chosen) override {
        campaign = std::move(chosen);
        return {};
    }
    void adjust_demo(const DemoSettings& settings) override { now.demo = settings; }
    Status set_control(const ControlWish& wish) override {
        wishes.push_back(wish);
        return {};
    }
    Status shape_sound(const SoundShape& shape) override {
        now.sound_shape = shape;
        return {};
    }
    Status store_reference() override {
        ++references;
        return {};
    }
    Result<VideoFrame> reference_picture() const override {
        if (reference) return *reference;
        return Error{ErrorKind::InvalidConfig, say("There is no reference picture.")};
    }
    void watch_sound(bool wanted) override { sound_watched = wanted; }
    void move_crop(std::optional<CropRect> crop) override { moved_crop = crop; }
    void report_preview_rate(double) override {}
    double pressure() const override { return pressed; }
    std::optional<CropRect> moved_crop;
    std::vector<PrompterCommand> prompted;
};

}  // namespace changji::test
