#include "ui/review/review_material.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "capture/take_lock.hpp"
#include "tests/support/media.hpp"
#include "tests/support/stored_take.hpp"
#include "ui/language/language.hpp"

namespace changji {
namespace {

namespace fs = std::filesystem;

class ReviewMaterialTest : public testing::Test {
protected:
    void SetUp() override { use_language(Language::English); }
    [[nodiscard]] TakeFiles store() const { return test::store_take(folder_.path(), test::dark_report(1)); }
    /// The problems, one a line.
    static std::string told(const ReviewMaterial& material) {
        std::string all;
        for (const Message& problem : material.problems) all += in_english(problem) + "\n";
        return all;
    }
    test::TemporaryFolder folder_;
};

TEST_F(ReviewMaterialTest, AWholeTakeHasNothingToTell) {
    const ReviewMaterial material = load_material(store());
    EXPECT_EQ(told(material), "");
    EXPECT_EQ(material.film, Film::Finished);
    EXPECT_EQ(material.duration_s, 60.0);
    EXPECT_TRUE(material.timeline.has(Measure::LightFaceLuma));
}

TEST_F(ReviewMaterialTest, TheWorstFindingComesFirstThenTheReportsOrder) {
    const ReviewMaterial material = load_material(store());
    std::vector<FindingStatus> order;
    for (const std::size_t at : material.order) {
        order.push_back(material.take.stored.report.verdict.findings[at].status);
    }
    EXPECT_EQ(order,
              (std::vector{FindingStatus::Fail, FindingStatus::Warn, FindingStatus::Confirm, FindingStatus::Pass}));
}

TEST_F(ReviewMaterialTest, TheFirstLineSaysWhetherItCanBeSentInAndWhyNot) {
    const StoredReport dark = load_material(store()).take.stored;
    use_language(Language::Chinese);
    const std::string bad = headline_of(dark, false);
    EXPECT_TRUE(bad.starts_with("不能报送：")) << bad;
    EXPECT_EQ(headline_of(load_material(test::store_take(folder_.path(), test::good_report(2))).take.stored, false),
              "可以报送");
    StoredReport open = dark;
    open.verdict = VerdictStatus::Warn;
    open.report.verdict.findings.pop_back();
    EXPECT_TRUE(headline_of(open, false).starts_with("处理好就可以报送：")) << headline_of(open, false);
}

TEST_F(ReviewMaterialTest, EachDamageHasAStateOfItsOwn) {
    const TakeFiles files = store();
    fs::rename(files.report, folder_.path() / "away");
    EXPECT_NE(told(load_material(files)).find("The report is missing."), std::string::npos);
    test::write_text(files.report, "{\"schema\": \"changji.take/1\", \"verd");
    EXPECT_NE(told(load_material(files)).find("The report is damaged"), std::string::npos);
    fs::rename(folder_.path() / "away", files.report);

    test::write_text(files.meters, test::meters_csv(31.0) + "31.2,12.");
    const ReviewMaterial half = load_material(files);
    EXPECT_NE(told(half).find("The meters file ends at 00:3"), std::string::npos) << told(half);
    EXPECT_TRUE(half.timeline.has(Measure::LightFaceLuma)) << "what is there is shown";
    fs::remove(files.meters);
    EXPECT_NE(told(load_material(files)).find("The meters file is missing"), std::string::npos);

    test::write_text(files.video, std::string(1001, 'x'));
    EXPECT_NE(told(load_material(files)).find("is not the one the report speaks of"), std::string::npos);
    fs::remove(files.video);
    const ReviewMaterial gone = load_material(files);
    EXPECT_NE(told(gone).find("film is not there"), std::string::npos);
    EXPECT_EQ(gone.film, Film::None);
}

TEST_F(ReviewMaterialTest, FragmentsCanBePlayedBeforeThereIsAReport) {
    const TakeFiles files = store();
    fs::remove(files.report);
    fs::rename(files.video, files.part);
    const ReviewMaterial material = load_material(files);
    EXPECT_EQ(material.film, Film::Fragments);
    EXPECT_EQ(material.film_file, files.part);
    EXPECT_EQ(material.problems.size(), 1u) << told(material);
    EXPECT_NEAR(material.duration_s, 60.0, 0.3) << "as far as the meters go";
    EXPECT_EQ(headline_of(material.take.stored, true), "Being finished: the verdict comes in a moment");
}

TEST_F(ReviewMaterialTest, AFilmWhoseReportIsStillBeingMadeIsNotToldAsDamage) {
    const TakeFiles files = store();
    fs::remove(files.report);
    {
        const auto lock = TakeLock::acquire(files.video);
        ASSERT_TRUE(lock);
        const ReviewMaterial material = load_material(files);
        EXPECT_TRUE(material.in_work);
        EXPECT_EQ(told(material).find("The report is missing."), std::string::npos);
    }
    EXPECT_FALSE(load_material(files).in_work);
}

TEST_F(ReviewMaterialTest, AFindingWithoutStretchesIsFoundByItsWorstMoment) {
    Finding finding;
    EXPECT_TRUE(places_of(finding).empty());
    finding.worst_s = 0.2;
    EXPECT_EQ(places_of(finding), (std::vector<Stretch>{{0.0, 0.7}}));
    finding.spans = {{3.0, 4.0}};
    EXPECT_EQ(places_of(finding), finding.spans);
}

}  // namespace
}  // namespace changji
