#include "ui/check/calibration_report.hpp"

#include <gtest/gtest.h>

#include "ui/language/language.hpp"

namespace changji {
namespace {

MeasureCalibration face_brightness() {
    MeasureCalibration one;
    one.measure = Measure::LightFaceLuma;
    one.outcome = CalibrationOutcome::Proposed;
    one.good = 12;
    one.bad = 11;
    one.right_left_out = 20;
    one.auc = 0.914;
    one.present.measure = "light.face_luma_percent";
    one.present.provisional = true;
    one.proposed = one.present;
    one.proposed.clause = "四.3-c";
    one.proposed.pass_min = 41.5;
    one.proposed.warn_min = 30;
    one.proposed.pass_max = 72;
    one.proposed.warn_max = 80;
    one.proposed.reference_min = 28;
    one.proposed.severity = Severity::Advises;
    return one;
}

std::string toml_of(const MeasureCalibration& one) {
    use_language(Language::English);
    CalibrationReport report;
    report.preset = "hunan-2022-interview";
    report.made_at = "2026-11-25T10:00:00+08:00";
    report.calibration.measures = {one};
    return calibration_toml(report);
}

TEST(CalibrationReport, APreparedLimitHasTheKeysOfAPresetAndSaysWhereItComesFrom) {
    const std::string toml = toml_of(face_brightness());
    EXPECT_NE(toml.find("\n[[meter]]\n"
                        "measure = \"light.face_luma_percent\"\n"
                        "clause = \"四.3-c\"\n"
                        "pass_min = 41.5\n"
                        "pass_max = 72\n"
                        "warn_min = 30\n"
                        "warn_max = 80\n"
                        "reference_min = 28\n"
                        "severity = \"advises\"\n"
                        "provisional = true\n"
                        "source = \"changji calibrate, 2026-11-25: 12 good and 11 bad files, AUC 0.91; each judged by "
                        "the others: 20 of 23 right\"\n"),
              std::string::npos)
        << toml;
}

TEST(CalibrationReport, APublishedLimitIsOnlyReplacedByHand) {
    MeasureCalibration one = face_brightness();
    one.present.provisional = false;
    one.present.source = "EBU R 128:\n\"−23 LUFS\"";
    const std::string toml = toml_of(one);
    EXPECT_NE(toml.find("# The present limit is not provisional (EBU R 128: \"−23 LUFS\"): replace it only if these "
                        "files weigh more.\n# [[meter]]\n# measure = "),
              std::string::npos)
        << toml;
    EXPECT_EQ(toml.find("\n[[meter]]"), std::string::npos);
    EXPECT_NE(toml.find("Nothing here is ready"), std::string::npos);
}

TEST(CalibrationReport, WhatDoesNotTellGoodFromBadHasNoTable) {
    MeasureCalibration one = face_brightness();
    for (const auto outcome :
         {CalibrationOutcome::NotSeparating, CalibrationOutcome::AgainstPreset, CalibrationOutcome::Unmeasured}) {
        one.outcome = outcome;
        const std::string toml = toml_of(one);
        EXPECT_EQ(toml.find("[[meter]]"), std::string::npos) << toml;
        EXPECT_NE(toml.find("No measure tells these files apart"), std::string::npos) << toml;
    }
}

}  // namespace
}  // namespace changji
