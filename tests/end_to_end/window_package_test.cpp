// From a take to the folder that is sent in, by keys alone.

#include <gtest/gtest.h>

#include "window_fixture.hpp"

namespace changji::test {
namespace {

TEST_F(Window, ATakeIsPutTogetherIntoAPackageByKeysAndItsChecksumsAgree) {
    fs::create_directories(project());
    std::ofstream(project() / "project.toml") << "[slate]\nschool = \"某某大学\"\nguest = \"张三\"\n";
    open_window("--camera demo --microphone camera");
    ASSERT_TRUE(starts_a_take());
    std::this_thread::sleep_for(3s);
    screen_->key("space");
    std::this_thread::sleep_for(800ms);
    screen_->key("space");
    ASSERT_TRUE(comes_true([&] { return fs::exists(take("take-001.json")); }));
    std::ofstream(project() / "文稿.txt")
        << "战疫情、促就业，欢迎收看“书记校长话就业”系列访谈，本期我们邀请到的嘉宾是张三。我们学校今年的工作从早春开"
           "始，全校上下一起努力，帮助每一位毕业生找到合适的岗位。联系人：李四，电话：0731-88880000\n";
    std::this_thread::sleep_for(2s);
    screen_->key("Escape");  // what is asked for after a take
    screen_->key("Escape");
    screen_->key("ctrl+d");
    std::this_thread::sleep_for(4s);
    screen_->photograph("package");
    // A clause fails (there are no photos): asked first, done at the second press.
    const fs::path delivery = project().parent_path() / "delivery";
    const auto packed = [&] {
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(delivery, none)) {
            if (fs::exists(entry.path() / "SHA256SUMS") && !entry.path().filename().string().starts_with("."))
                return true;
        }
        return false;
    };
    ASSERT_TRUE(comes_by_key("Return", packed, 5s)) << "nothing came to " << delivery;
    for (const auto& entry : fs::directory_iterator(delivery)) {
        const auto verified = run("cd '" + entry.path().string() + "' && sha256sum -c --strict SHA256SUMS");
        EXPECT_EQ(verified.exit_code, 0) << verified.output << verified.errors;
        EXPECT_NE(verified.output.find(".mp4: OK"), std::string::npos) << verified.output;
        EXPECT_NE(verified.output.find("访谈文稿.txt: OK"), std::string::npos) << verified.output;
    }
    EXPECT_TRUE(runs());
    screen_->photograph("package-written");
}

}  // namespace
}  // namespace changji::test
