# Writes files into a C++ source as they are: cmake -DFOLDER=... -DOUT=... -DNAMES="a;b" -P embed.cmake
set(arrays "")
set(entries "")
set(number 0)
foreach(name ${NAMES})
  file(READ ${FOLDER}/${name} bytes HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND arrays "constexpr char file_${number}[] = {${bytes}};\n")
  string(APPEND entries "    PageFile{\"${name}\", {file_${number}, sizeof(file_${number})}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUT} "#include \"ui/tablet/page_files.hpp\"

namespace changji {
namespace {

${arrays}
constexpr PageFile files[] = {
${entries}};

}  // namespace

std::span<const PageFile> page_files() { return files; }

}  // namespace changji
")
