#include "ui/language/language.hpp"

#include <gtest/gtest.h>

#include "tests/support/media.hpp"

namespace changji {
namespace {

TEST(Language, AMessageIsSpokenInTheChosenLanguage) {
    use_language(Language::Chinese);
    EXPECT_EQ(tr(say("No takes yet.")), "还没有录制。");
    use_language(Language::English);
    EXPECT_EQ(tr(say("No takes yet.")), "No takes yet.");
}

TEST(Language, FieldsAreFilledAfterTranslation) {
    use_language(Language::Chinese);
    const std::string text = tr(say("\"{0}\" is no frame rate of a take: use 25, 30, 50, 60 or auto.", "24"));
    use_language(Language::English);
    EXPECT_NE(text.find("24"), std::string::npos);
    EXPECT_EQ(text.find("{0}"), std::string::npos);
    EXPECT_EQ(text.find("frame rate"), std::string::npos) << text;
}

/// Collects every message id in the source as the translators' tools do, and asks them what is missing.
TEST(Language, TheChineseCatalogueIsComplete) {
    if (!test::have_program("xgettext")) GTEST_SKIP() << "NOT TESTED: gettext's tools are not installed";
    const test::TemporaryFolder folder;
    const std::string ids = (folder.path() / "changji.pot").string();
    const std::string collect = "cd '" CHANGJI_SOURCE_DIR
                                "' && find capture analysis presets ui -name '*.cpp' -o -name '*.hpp' | sort | "
                                "xgettext --from-code=UTF-8 --language=C++ --keyword=say --keyword=tr --keyword=phrase "
                                "--files-from=- --output='" +
                                ids + "'";
    ASSERT_EQ(test::run(collect).exit_code, 0);
    ASSERT_GT(std::filesystem::file_size(ids), 10'000u) << "the source has messages";
    const auto compared = test::run("msgcmp '" CHANGJI_SOURCE_DIR "/ui/language/zh_CN.po' '" + ids + "'");
    EXPECT_EQ(compared.exit_code, 0) << compared.errors;
}

TEST(Language, TheChineseCatalogueKeepsEveryField) {
    const auto checked = test::run("msgcat --no-wrap '" CHANGJI_SOURCE_DIR
                                   "/ui/language/zh_CN.po' | awk '"
                                   "/^msgid /{id=$0} /^msgstr /{ for (i=0;i<10;i++) { f=\"{\" i \"}\"; "
                                   "if ((index(id,f)>0) != (index($0,f)>0)) print id } }'");
    EXPECT_EQ(checked.output, "") << "these translations lose or add a field";
}

}  // namespace
}  // namespace changji
