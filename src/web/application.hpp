/// What is served now: one pathway as a site, with its pages standing ready, replaced as a whole when the documents change.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/finding.hpp"
#include "base/folder.hpp"
#include "pathway/pathway.hpp"
#include "web/http/message.hpp"
#include "web/installation.hpp"
#include "web/lint_view.hpp"

namespace waymark::web {

/// Thread-safe. Readers always see one whole site, the old or the new.
class Application {
 public:
  /// In the background pages are compressed once more as small as they get, unless the documents are being edited.
  enum class Mode { settled, edited };
  /// `installation` is where accounts are, and must outlive this; nullptr: there are none, and everybody reads everything.
  explicit Application(Mode mode, Installation* installation = nullptr);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  /// From now on this pathway; `findings` are what a draft lacks. Pages are made in the background, or when first asked for.
  /// `lint`, when there is one, is shown to the owner at /lint.
  /// `documents` are the files themselves, to be published. What people see is the version in force, where there is one; then the folder is the draft.
  void show(pathway::Pathway pathway, Findings findings, std::shared_ptr<const LintView> lint = nullptr,
            std::shared_ptr<const Folder> documents = nullptr);
  /// The newest documents could not be read: the last good ones stay, and every page says so. REQUIRES that show() was called.
  void show_broken_edit(Findings errors, std::shared_ptr<const LintView> lint = nullptr);

  /// Shows the version that is in force today; to be called now and then, and after publishing. Logs what the store does not do.
  void follow_versions();

  /// Of what is shown: twelve hex digits.
  [[nodiscard]] std::string version() const;
  /// May render; for a worker thread.
  [[nodiscard]] http::Response handle(const http::Request& request);
  /// Whether answering takes as long as the check of a password.
  [[nodiscard]] static bool is_slow(const http::Request& request);
  /// A page that stands ready and is open to everybody, or nullptr. Never blocks for long.
  [[nodiscard]] std::shared_ptr<const http::Representation> ready(const http::Request& request) const;
  /// Returns once every page that fits stands ready in its first compression. For tests and measurements.
  void wait_until_ready() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

/// Sent with every response: nothing from elsewhere, nothing inline, framed by nobody.
[[nodiscard]] const std::vector<std::pair<std::string, std::string>>& security_headers();

}  // namespace waymark::web
