// libarchive brings libxml2, ICU and nine more along, which every command would load at its start. So its calls end here, and it is loaded by the first zip.
#include <dlfcn.h>

#include <stdexcept>

#include <archive.h>
#include <archive_entry.h>

namespace waymark::importer {
namespace {

void* library() {
  static void* const loaded = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
  return loaded;
}

/// The library's own function of this name and type.
template <class Function>
Function* found(const char* name, Function*) {
  void* const symbol = library() == nullptr ? nullptr : dlsym(library(), name);
  if (symbol == nullptr) throw std::runtime_error("The library libarchive cannot be loaded: install the package libarchive13.");
  return reinterpret_cast<Function*>(symbol);
}

}  // namespace
}  // namespace waymark::importer

#define WAYMARK_FORWARD(Result, name, declared, passed)                   \
  extern "C" Result name declared {                                       \
    static auto* const function = waymark::importer::found(#name, &name); \
    return function passed;                                               \
  }

WAYMARK_FORWARD(archive*, archive_read_new, (), ())
WAYMARK_FORWARD(int, archive_read_free, (archive * reader), (reader))
WAYMARK_FORWARD(int, archive_read_support_format_zip, (archive * reader), (reader))
WAYMARK_FORWARD(int, archive_read_open_memory, (archive * reader, const void* bytes, size_t size), (reader, bytes, size))
WAYMARK_FORWARD(int, archive_read_next_header, (archive * reader, archive_entry** entry), (reader, entry))
WAYMARK_FORWARD(la_ssize_t, archive_read_data, (archive * reader, void* bytes, size_t size), (reader, bytes, size))
WAYMARK_FORWARD(archive*, archive_write_new, (), ())
WAYMARK_FORWARD(int, archive_write_free, (archive * writer), (writer))
WAYMARK_FORWARD(int, archive_write_close, (archive * writer), (writer))
WAYMARK_FORWARD(int, archive_write_header, (archive * writer, archive_entry* entry), (writer, entry))
WAYMARK_FORWARD(la_ssize_t, archive_write_data, (archive * writer, const void* bytes, size_t size), (writer, bytes, size))
WAYMARK_FORWARD(int, archive_write_open_memory, (archive * writer, void* bytes, size_t size, size_t* used), (writer, bytes, size, used))
WAYMARK_FORWARD(int, archive_write_set_format_zip, (archive * writer), (writer))
WAYMARK_FORWARD(archive_entry*, archive_entry_new, (), ())
WAYMARK_FORWARD(void, archive_entry_free, (archive_entry * entry), (entry))
WAYMARK_FORWARD(int, archive_entry_is_encrypted, (archive_entry * entry), (entry))
WAYMARK_FORWARD(const char*, archive_entry_pathname, (archive_entry * entry), (entry))
WAYMARK_FORWARD(__LA_MODE_T, archive_entry_filetype, (archive_entry * entry), (entry))
WAYMARK_FORWARD(void, archive_entry_set_filetype, (archive_entry * entry, unsigned int type), (entry, type))
WAYMARK_FORWARD(void, archive_entry_set_mtime, (archive_entry * entry, time_t seconds, long nanoseconds), (entry, seconds, nanoseconds))
WAYMARK_FORWARD(void, archive_entry_set_pathname, (archive_entry * entry, const char* name), (entry, name))
WAYMARK_FORWARD(void, archive_entry_set_perm, (archive_entry * entry, __LA_MODE_T mode), (entry, mode))
WAYMARK_FORWARD(void, archive_entry_set_size, (archive_entry * entry, la_int64_t size), (entry, size))
