#include "cli/git_folder.hpp"

#include <algorithm>
#include <memory>

#include <dlfcn.h>
#include <fmt/core.h>
#include <git2.h>

namespace waymark::cli {
namespace {

namespace fs = std::filesystem;

/// The functions of libgit2 that are used here, found when the first of them is needed (cmake/Dependencies.cmake says why).
struct Git {
  decltype(&::git_libgit2_init) init = nullptr;
  decltype(&::git_error_last) error_last = nullptr;
  decltype(&::git_repository_open_ext) repository_open_ext = nullptr;
  decltype(&::git_repository_workdir) repository_workdir = nullptr;
  decltype(&::git_repository_free) repository_free = nullptr;
  decltype(&::git_revparse_single) revparse_single = nullptr;
  decltype(&::git_object_free) object_free = nullptr;
  decltype(&::git_object_id) object_id = nullptr;
  decltype(&::git_tree_lookup) tree_lookup = nullptr;
  decltype(&::git_tree_free) tree_free = nullptr;
  decltype(&::git_tree_walk) tree_walk = nullptr;
  decltype(&::git_tree_entry_bypath) tree_entry_bypath = nullptr;
  decltype(&::git_tree_entry_free) tree_entry_free = nullptr;
  decltype(&::git_tree_entry_name) tree_entry_name = nullptr;
  decltype(&::git_tree_entry_type) tree_entry_type = nullptr;
  decltype(&::git_tree_entry_filemode) tree_entry_filemode = nullptr;
  decltype(&::git_tree_entry_id) tree_entry_id = nullptr;
  decltype(&::git_blob_lookup) blob_lookup = nullptr;
  decltype(&::git_blob_free) blob_free = nullptr;
  decltype(&::git_blob_rawcontent) blob_rawcontent = nullptr;
  decltype(&::git_blob_rawsize) blob_rawsize = nullptr;
  bool loaded = false;

  Git() {
    void* const library = dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return;
    loaded = find(library, "git_libgit2_init", init) && find(library, "git_error_last", error_last) &&
             find(library, "git_repository_open_ext", repository_open_ext) && find(library, "git_repository_workdir", repository_workdir) &&
             find(library, "git_repository_free", repository_free) && find(library, "git_revparse_single", revparse_single) &&
             find(library, "git_object_free", object_free) && find(library, "git_object_id", object_id) &&
             find(library, "git_tree_lookup", tree_lookup) && find(library, "git_tree_free", tree_free) &&
             find(library, "git_tree_walk", tree_walk) && find(library, "git_tree_entry_bypath", tree_entry_bypath) &&
             find(library, "git_tree_entry_free", tree_entry_free) && find(library, "git_tree_entry_name", tree_entry_name) &&
             find(library, "git_tree_entry_type", tree_entry_type) && find(library, "git_tree_entry_filemode", tree_entry_filemode) &&
             find(library, "git_tree_entry_id", tree_entry_id) && find(library, "git_blob_lookup", blob_lookup) &&
             find(library, "git_blob_free", blob_free) && find(library, "git_blob_rawcontent", blob_rawcontent) &&
             find(library, "git_blob_rawsize", blob_rawsize);
    if (loaded) init();
  }

 private:
  template <class Function>
  static bool find(void* library, const char* name, Function& into) {
    into = reinterpret_cast<Function>(dlsym(library, name));
    return into != nullptr;
  }
};

/// Stays for the life of the program.
const Git& git() {
  static const Git loaded;
  return loaded;
}

struct Free {
  void operator()(git_repository* repository) const { git().repository_free(repository); }
  void operator()(git_object* object) const { git().object_free(object); }
  void operator()(git_tree* tree) const { git().tree_free(tree); }
  void operator()(git_tree_entry* entry) const { git().tree_entry_free(entry); }
  void operator()(git_blob* blob) const { git().blob_free(blob); }
};
using Repository = std::unique_ptr<git_repository, Free>;
using Object = std::unique_ptr<git_object, Free>;
using Tree = std::unique_ptr<git_tree, Free>;
using TreeEntry = std::unique_ptr<git_tree_entry, Free>;
using Blob = std::unique_ptr<git_blob, Free>;

struct Walk {
  git_repository* repository = nullptr;
  const std::vector<std::string>* extensions = nullptr;
  Folder* into = nullptr;
};

int take_file(const char* root, const git_tree_entry* entry, void* context) {
  const Walk& walk = *static_cast<const Walk*>(context);
  const std::string name = git().tree_entry_name(entry);
  if (name.starts_with('.')) return 1;  // hidden files and folders are passed over, as in read_folder
  const std::string extension = fs::path(name).extension().string();
  const bool wanted = std::find(walk.extensions->begin(), walk.extensions->end(), extension) != walk.extensions->end();
  if (git().tree_entry_type(entry) != GIT_OBJECT_BLOB || git().tree_entry_filemode(entry) == GIT_FILEMODE_LINK || !wanted) return 0;
  git_blob* raw = nullptr;
  if (git().blob_lookup(&raw, walk.repository, git().tree_entry_id(entry)) != 0) return -1;
  const Blob blob(raw);
  walk.into->files.push_back({std::string(root) + name, std::string(static_cast<const char*>(git().blob_rawcontent(blob.get())),
                                                                    static_cast<std::size_t>(git().blob_rawsize(blob.get())))});
  return 0;
}

std::string last_message() {
  const git_error* const error = git().error_last();
  return error == nullptr || error->message == nullptr ? "unknown error" : error->message;
}

/// The tree of the folder inside the commit's tree; null when there was none.
Result<Tree> tree_of(git_repository& repository, const std::string& revision, const std::string& inside) {
  git_object* raw = nullptr;
  if (git().revparse_single(&raw, &repository, (revision + "^{tree}").c_str()) != 0) {
    return fail(Error::Kind::not_found, fmt::format("There is no revision `{}` here.", revision),
                "Name a commit, a branch or a tag, as for git: HEAD, HEAD~1, origin/main. In CI, fetch the history first.");
  }
  const Object object(raw);
  auto* const top = reinterpret_cast<git_tree*>(object.get());
  git_tree* found = nullptr;
  if (inside.empty())
    return git().tree_lookup(&found, &repository, git().object_id(object.get())) == 0 ? Result<Tree>(Tree(found))
                                                                                      : fail(Error::Kind::unavailable, last_message());
  git_tree_entry* raw_entry = nullptr;
  if (git().tree_entry_bypath(&raw_entry, top, inside.c_str()) != 0) return Tree();
  const TreeEntry entry(raw_entry);
  if (git().tree_entry_type(entry.get()) != GIT_OBJECT_TREE) return Tree();
  return git().tree_lookup(&found, &repository, git().tree_entry_id(entry.get())) == 0 ? Result<Tree>(Tree(found))
                                                                                       : fail(Error::Kind::unavailable, last_message());
}

}  // namespace

Result<Folder> folder_at_revision(const fs::path& folder, const std::string& revision, const std::vector<std::string>& extensions) {
  if (!git().loaded) {
    return fail(Error::Kind::unavailable, "The library libgit2, which reads git checkouts, is not on this machine.",
                "Install libgit2-1.5 (apt install libgit2-1.5), or leave out --diff.");
  }
  std::error_code error;
  const fs::path real = fs::canonical(folder, error);
  git_repository* raw = nullptr;
  if (error || git().repository_open_ext(&raw, real.c_str(), 0, nullptr) != 0) {
    const git_error* const why = git().error_last();
    const bool owned_by_another =
        why != nullptr && why->message != nullptr && std::string_view(why->message).find("not owned") != std::string_view::npos;
    if (owned_by_another) {
      return fail(Error::Kind::unavailable,
                  fmt::format("The git checkout around {} belongs to another user, and git does not trust it.", folder.string()),
                  "Say `git config --global --add safe.directory DIR` for it, as for git itself.");
    }
    return fail(Error::Kind::not_found, fmt::format("{} is in no git checkout, so there is nothing to compare with.", folder.string()),
                "Leave out --diff, or run it in a checkout.");
  }
  const Repository repository(raw);
  const char* const top = git().repository_workdir(repository.get());
  if (top == nullptr) return fail(Error::Kind::not_found, "This git repository is bare: it has no files to compare.", "Run it in a checkout.");
  const fs::path inside = real.lexically_relative(fs::canonical(top, error));
  const auto tree = tree_of(*repository, revision, inside == "." ? std::string() : inside.generic_string());
  if (!tree) return tl::unexpected<Error>(tree.error());
  Folder then{folder.string() + " at " + revision, {}, {}};
  if (!*tree) return then;
  Walk walk{repository.get(), &extensions, &then};
  if (git().tree_walk(tree->get(), GIT_TREEWALK_PRE, take_file, &walk) < 0)
    return fail(Error::Kind::unavailable, fmt::format("Git cannot read `{}`: {}.", revision, last_message()));
  std::sort(then.files.begin(), then.files.end(), [](const FolderFile& a, const FolderFile& b) { return a.path < b.path; });
  return then;
}

}  // namespace waymark::cli
