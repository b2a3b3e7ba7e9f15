/// What a client has open, and the pathway folders it belongs to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "editor/answers.hpp"
#include "editor/message.hpp"
#include "editor/pathway_folder.hpp"
#include "editor/text_places.hpp"

namespace waymark::editor {

/// For one thread. Sends diagnostics and words for the log; never answers.
class Session {
 public:
  using Send = std::function<void(std::string message)>;

  /// The clock outlives the session, and says at each check what day it is.
  Session(Send send, const Clock& clock) : m_send(std::move(send)), m_clock(clock) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Takes what the client can do and where it works; opens nothing yet.
  void initialize(const Message& message);
  /// Opens the pathways of the workspace folders.
  void begin();
  [[nodiscard]] const Abilities& abilities() const { return m_abilities; }

  // Notifications. One that cannot be followed is told in the client's log and changes nothing.
  void did_open(const Message& message);
  void did_change(const Message& message);
  void did_close(const Message& message);
  void did_change_files(const Message& message);
  void did_change_folders(const Message& message);

  /// A folder changed since its diagnostics were sent.
  [[nodiscard]] bool is_stale() const;
  /// Checks the folders that changed and sends what is new about them.
  void publish();
  /// What was sent last was found quickly (checking.hpp).
  [[nodiscard]] bool is_unsettled() const;
  /// Checks those folders whole and sends what is new.
  void settle();
  /// For clients that do not tell of changes on disk.
  void look_at_disk();

  /// A document of a pathway and how its client calls things.
  struct Spot {
    const PathwayFolder& folder;
    std::string file;
    View view;
  };
  /// By the address of a document, open or not; absent when it belongs to no pathway. Good until the next notification.
  [[nodiscard]] std::optional<Spot> spot(const std::string& uri) const;
  /// One for each pathway, its `file` empty.
  [[nodiscard]] std::vector<Spot> spots() const;

 private:
  struct Document {
    TextBuffer buffer;
    std::int64_t version = 0;
    std::filesystem::path path;  ///< empty when it is no file
  };
  struct Home {
    explicit Home(std::filesystem::path root) : folder(std::move(root)) {}

    PathwayFolder folder;
    bool is_stale = true;
    std::map<std::string, std::string, std::less<>> uris;       ///< of open documents, by file
    std::map<std::string, std::int64_t, std::less<>> versions;  ///< of open documents, by file
    std::map<std::string, std::string, std::less<>> published;  ///< parameters last sent, by file
  };

  void complain(const Message& message, std::string_view what);
  void open_workspace_folder(const std::string& uri);
  [[nodiscard]] bool holds_manifest(const std::filesystem::path& folder) const;
  [[nodiscard]] std::filesystem::path root_around(const std::filesystem::path& path) const;
  [[nodiscard]] Home* home_of(const std::filesystem::path& path) const;
  Home& open_home(const std::filesystem::path& root);
  void attach(const std::string& uri, const Document& document);
  void detach(const Document& document);
  /// After a pathway.yaml came or went: documents may belong elsewhere now.
  void attach_all_again();
  void let_go_of_unused();
  void publish(Home& home);

  Send m_send;
  const Clock& m_clock;
  Abilities m_abilities;
  std::vector<std::string> m_workspace_folders;
  std::map<std::string, Document> m_documents;  ///< by address
  std::vector<std::unique_ptr<Home>> m_homes;
};

}  // namespace waymark::editor
