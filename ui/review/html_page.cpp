#include <string>

#include "ui/language/language.hpp"
#include "ui/review/html_report.hpp"
#include "ui/review/html_text.hpp"
#include "ui/review/svg_chart.hpp"

namespace changji {
namespace {

constexpr const char* style = R"(
@page{size:A4;margin:14mm 13mm}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1060px;padding:28px 24px;color:#1d232c;background:#fff;
font:15px/1.55 "Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:25px;line-height:1.3;margin:0 0 4px}
h2{font-size:18px;margin:30px 0 10px;padding-bottom:4px;border-bottom:2px solid #1d232c;break-after:avoid}
h3{font-size:15px;margin:18px 0 6px;break-after:avoid}
p{margin:4px 0}
.faint{color:#566070}
.verdict{display:flex;gap:16px;align-items:center;border:2px solid;border-radius:6px;padding:12px 18px;margin:16px 0}
.verdict .shape{font-size:34px;line-height:1}
.verdict b{font-size:20px;display:block}
.pass{color:#1f6b45}.warn,.confirm,.unmeasured{color:#8a5600}.fail{color:#a81d16}
.state{white-space:nowrap;font-weight:600}
table{border-collapse:collapse;width:100%;font-size:13.5px}
th,td{text-align:left;vertical-align:top;padding:5px 8px;border-bottom:1px solid #d7dbe1}
th{font-weight:600;color:#444d5a;border-bottom:1.5px solid #8a93a0}
thead{display:table-header-group}
tr{break-inside:avoid}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.facts td:first-child{width:11em;color:#566070}
.clause td{background:#f2f4f7;break-after:avoid}
.cards{display:grid;grid-template-columns:1fr 1fr;gap:14px}
.card{border:1px solid #c9ced6;border-left-width:5px;border-radius:5px;padding:10px 14px;break-inside:avoid;min-width:0}
.card.fail{border-left-color:#a81d16;color:inherit}
.card.warn,.card.confirm,.card.unmeasured{border-left-color:#c98a1b;color:inherit}
.card header{display:flex;justify-content:space-between;gap:10px;font-weight:600}
.card header .fail,.card header .warn,.card header .confirm,.card header .unmeasured{white-space:nowrap}
.card img{width:100%;display:block;margin-top:8px;border:1px solid #d7dbe1}
.card audio{width:100%;margin-top:8px}
.advice::before{content:"\2192\00a0"}
.charts{display:grid;grid-template-columns:1fr 1fr;gap:12px 18px}
figure{margin:0;break-inside:avoid;min-width:0}
figcaption{font-size:12.5px;display:flex;justify-content:space-between;gap:8px;align-items:baseline}
figcaption b{white-space:nowrap}
.sha{font-family:"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:12px;overflow-wrap:anywhere}
td,p,.card{overflow-wrap:anywhere}
.best{border:2px solid #1f6b45;border-radius:6px;padding:10px 18px;margin:16px 0;break-inside:avoid}
.best ul{margin:4px 0;padding-left:22px}
tr.chosen td{background:#edf6f1}
footer{margin-top:34px;font-size:12px;color:#566070}
@media (max-width:720px){.cards,.charts{grid-template-columns:1fr}}
@media print{body{padding:0;max-width:none;font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
table{font-size:9.5pt}figcaption{font-size:8.5pt}audio{display:none}h2{margin-top:20px}
.cards,.charts{grid-template-columns:1fr 1fr}}
)";

}  // namespace

std::string html_page(const std::string& title, const std::string& body) {
    const bool chinese = language_in_use() == Language::Chinese;
    // Nothing may be fetched and no script run, even if something slipped through.
    return std::string("<!DOCTYPE html>\n<html lang=\"") + (chinese ? "zh-CN" : "en") +
           "\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; media-src data:; "
           "style-src 'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
           html_escaped(title) + "</title>\n<style>" + style + std::string(chart_style()) +
           "</style>\n</head>\n<body>\n" + body + "</body>\n</html>\n";
}

}  // namespace changji
