# Writes OUT.{hpp,cpp,S} from LIST (names, a line "--", then as many files). The bytes come in through .incbin, which
# takes no time to compile however large the files are.
file(STRINGS ${LIST} lines)
list(FIND lines "--" split)
list(SUBLIST lines 0 ${split} names)
math(EXPR after "${split} + 1")
list(SUBLIST lines ${after} -1 files)

set(assembly ".section .rodata\n")
set(externs "")
set(table "")
set(index 0)
foreach(name file IN ZIP_LISTS names files)
  set(symbol waymark_embedded_${NAME}_${index})
  string(APPEND assembly ".global ${symbol}\n.global ${symbol}_end\n.balign 16\n${symbol}:\n.incbin \"${file}\"\n${symbol}_end:\n.byte 0\n")
  string(APPEND externs "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
  string(APPEND table "      File{\"${name}\", std::string_view(${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol}))},\n")
  math(EXPR index "${index} + 1")
endforeach()
string(APPEND assembly ".section .note.GNU-stack,\"\",%progbits\n")

file(WRITE ${OUT}.S "${assembly}")
file(WRITE ${OUT}.hpp "#pragma once
#include \"base/embedded.hpp\"
namespace waymark::embedded {
/// The files embedded under the name ${NAME}, in the order of their names. They live as long as the program.
[[nodiscard]] Files ${NAME}();
}  // namespace waymark::embedded
")
file(WRITE ${OUT}.cpp "#include \"embedded/${NAME}.hpp\"
extern \"C\" {
${externs}}
namespace waymark::embedded {
Files ${NAME}() {
  static const std::vector<File> files{
${table}  };
  return files;
}
}  // namespace waymark::embedded
")
