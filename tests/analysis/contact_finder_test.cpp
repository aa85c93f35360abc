#include "analysis/papers/contact_finder.hpp"

#include <gtest/gtest.h>

namespace changji {
namespace {

std::string phone_in(const std::string& text) {
    const auto phones = find_phones(text);
    return phones.size() == 1 ? phones[0].number : std::to_string(phones.size()) + " found";
}

TEST(Phones, MobilesInEveryUsualForm) {
    for (const char* text : {"13800000000", "138 0000 0000", "138-0000-0000", "+8613800000000", "+86 138 0000 0000",
                             "0086-13800000000", "１３８００００００００", "电话：13800000000。", "张三13800000000"}) {
        ASSERT_EQ(find_phones(text).size(), 1u) << text;
        EXPECT_EQ(find_phones(text)[0].kind, PhoneKind::Mobile) << text;
    }
}

TEST(Phones, LandlinesWithAreaCodeInEveryUsualForm) {
    for (const char* text : {"0731-88880000", "0731 8888 0000", "073188880000", "(0731)88880000", "（0731）88880000",
                             "010-66660000", "0731－88880000", "0731—88880000", "+86-731-88880000", "+86 (10) 66660000",
                             "0731-88880000-801", "0735-2880000"}) {
        ASSERT_EQ(find_phones(text).size(), 1u) << text;
        EXPECT_EQ(find_phones(text)[0].kind, PhoneKind::Landline) << text;
    }
    EXPECT_EQ(phone_in("0731-88880000-801"), "0731-88880000-801");
}

TEST(Phones, ServiceNumbersAndLocalOnesAfterAWordForPhone) {
    EXPECT_EQ(phone_in("400-800-0000"), "400-800-0000");
    EXPECT_EQ(phone_in("办公电话：88880000"), "88880000");
    EXPECT_EQ(phone_in("共有 88880000 元"), "0 found");
}

TEST(Phones, OtherLongNumbersAreNone) {
    for (const char* text : {"430102199001011234", "2022-0415", "20220415", "95.6%", "12800000000", "138000000001",
                             "1380000000", "ISBN 978-7-5600-0000-1", "3.13800000000", "2022-13800000000"}) {
        EXPECT_EQ(phone_in(text), "0 found") << text;
    }
}

TEST(Phones, TwoSideBySideAreTwo) { EXPECT_EQ(find_phones("13800000000/0731-88880000").size(), 2u); }

void expect_contact(const char* text, const char* name, bool near_phone = true) {
    const Contact contact = find_contact(text);
    EXPECT_TRUE(contact.named_as_contact) << text;
    EXPECT_EQ(contact.name, name) << text;
    EXPECT_EQ(contact.phone.has_value() && contact.phone_is_near, near_phone) << text;
}

TEST(Contact, NameAndPhoneInEveryUsualForm) {
    expect_contact("联系人：张三，电话：13800000000", "张三");
    expect_contact("对接联系人：欧阳小明 手机 138 0000 0000", "欧阳小明");
    expect_contact("联系人姓名及电话：王芳13800000000", "王芳");
    expect_contact("联络员： 李  四\n办公电话：0731-88880000", "李四");
    expect_contact("联系人\n姓名\n赵敏\n电话\n0731-88880000\n", "赵敏");
    expect_contact("（联系人：刘大勇主任，0731-88880000）", "刘大勇");
    expect_contact("联系人：阿依古丽·买买提 电话：13800000000", "阿依古丽·买买提");
    expect_contact("王小明（联系人）：13800000000", "王小明");
    expect_contact("Contact: Li Hua, phone 13800000000", "Li Hua");
    expect_contact("联系人：周敏就业处 13800000000", "周敏");
}

TEST(Contact, ATitleIsNoName) {
    const Contact contact = find_contact("联系人：张老师 13800000000");
    EXPECT_EQ(contact.name, "");
    EXPECT_EQ(contact.only_called, "张老师");
}

TEST(Contact, AnUnfilledFormHasNone) {
    for (const char* text : {"联系人：        电话：", "联系人：电话：13800000000",
                             "文稿中注明对接联系人的姓名和电话。", "联系人：______"}) {
        EXPECT_EQ(find_contact(text).name, "") << text;
    }
}

TEST(Contact, APhoneFarAwayIsNotTheirs) {
    std::string text = "热线 0731-88880000\n";
    for (int i = 0; i < 100; ++i) text += "正文";
    expect_contact((text + "联系人：张三").c_str(), "张三", false);
    EXPECT_TRUE(find_contact(text + "联系人：张三").phone);
}

TEST(Contact, TheBestOfSeveralPlacesIsTaken) {
    std::string text = "请与联系人确认。";
    for (int i = 0; i < 100; ++i) text += "正文";
    expect_contact((text + "联系人：张三 电话：13800000000").c_str(), "张三");
}

TEST(Contact, AMaskedNumberShowsItsEndsOnly) {
    EXPECT_EQ(masked("13812340000"), "138****0000");
    EXPECT_EQ(masked("0731-88881234"), "073*-****1234");
    EXPECT_EQ(masked("8888000"), "8888000");
}

}  // namespace
}  // namespace changji
