# What every target of ours is compiled with. Warnings are errors on our code; the system's headers are not ours.
add_library(waymark_compile_options INTERFACE)
target_compile_options(waymark_compile_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
if(WAYMARK_SANITIZE)
  target_compile_options(waymark_compile_options INTERFACE -fsanitize=${WAYMARK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(waymark_compile_options INTERFACE -fsanitize=${WAYMARK_SANITIZE})
endif()

# waymark_room(NAME DEPENDS rooms… LIBRARIES targets…): src/NAME as a static library, *_test.cpp left for the tests.
# The rooms it may use are its only link dependencies; tests/rooms_test reads the includes and fails on any other.
function(waymark_room name)
  cmake_parse_arguments(room "" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz)\\.cpp$")
  add_library(waymark_${name} STATIC ${sources})
  target_include_directories(waymark_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM room_DEPENDS PREPEND waymark_)
  target_link_libraries(waymark_${name} PUBLIC ${room_DEPENDS} ${room_LIBRARIES} PRIVATE waymark_compile_options)
  target_compile_definitions(waymark_${name} PRIVATE WAYMARK_VERSION="${PROJECT_VERSION}")
  set_property(GLOBAL APPEND PROPERTY WAYMARK_ROOMS ${name})
endfunction()

# waymark_embed(ROOM NAME name ROOT dir FILES paths… [AS names…]): the files' bytes in the binary, found with
# waymark::embedded::name() from "embedded/name.hpp". FILES are relative to ROOT; AS renames them one for one.
function(waymark_embed room)
  cmake_parse_arguments(embed "" "NAME;ROOT" "FILES;AS" ${ARGN})
  set(folder ${CMAKE_BINARY_DIR}/embedded)
  set(out ${folder}/embedded/${embed_NAME})
  if(NOT embed_AS)
    set(embed_AS ${embed_FILES})
  endif()
  list(TRANSFORM embed_FILES PREPEND ${embed_ROOT}/ OUTPUT_VARIABLE absolute)
  set(list_file ${out}.list)
  string(JOIN "\n" text ${embed_AS} "--" ${absolute})
  file(CONFIGURE OUTPUT ${list_file} CONTENT "${text}\n" @ONLY)
  add_custom_command(
    OUTPUT ${out}.cpp ${out}.hpp ${out}.S
    COMMAND ${CMAKE_COMMAND} -DNAME=${embed_NAME} -DLIST=${list_file} -DOUT=${out} -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${absolute} ${list_file} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  target_sources(waymark_${room} PRIVATE ${out}.cpp ${out}.S ${out}.hpp)
  set_source_files_properties(${out}.S PROPERTIES OBJECT_DEPENDS "${absolute};${out}.cpp")
  target_include_directories(waymark_${room} PUBLIC ${folder})
endfunction()
