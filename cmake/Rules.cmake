# The rules of the lint room are the files of src/lint/rules: NAME.cpp defines `Rule NAME()`. This writes the one function that calls them all, so that a rule is
# added by adding its file.
file(GLOB rule_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/src/lint/rules src/lint/rules/*.cpp)
set(declarations "")
set(calls "")
foreach(file IN LISTS rule_files)
  string(REGEX REPLACE "\\.cpp$" "" name ${file})
  string(APPEND declarations "Rule ${name}();\n")
  string(APPEND calls "checks::${name}(), ")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded/found_rules.cpp @ONLY CONTENT "#include \"lint/rule.hpp\"
namespace waymark::lint {
namespace checks {
${declarations}}  // namespace checks
std::vector<Rule> found_rules();
std::vector<Rule> found_rules() { return {${calls}}; }
}  // namespace waymark::lint
")
target_sources(waymark_lint PRIVATE ${CMAKE_BINARY_DIR}/embedded/found_rules.cpp)

file(GLOB explanation_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/src/lint/explanations src/lint/explanations/*.md)
waymark_embed(lint NAME lint_explanations ROOT ${CMAKE_SOURCE_DIR}/src/lint/explanations FILES ${explanation_files})
file(GLOB word_files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/src/lint/words src/lint/words/*.txt)
waymark_embed(lint NAME lint_words ROOT ${CMAKE_SOURCE_DIR}/src/lint/words FILES ${word_files})
