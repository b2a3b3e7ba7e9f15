/// The language server (LSP 3.17) as a machine of messages: bytes in, bodies out. It reads no stream and starts no thread; serve.hpp does.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "editor/frame_reader.hpp"
#include "editor/message.hpp"
#include "editor/session.hpp"

namespace waymark::editor {

/// For one thread. A request that is cancelled before its turn, comes before `initialize` or is not understood is answered with the protocol's own error; a
/// notification of that kind is passed over. Diagnostics are sent once no message waits, so that a burst of keys costs one check.
class Server {
 public:
  using Send = std::function<void(std::string_view body)>;

  explicit Server(Send send, const Clock& clock, FrameLimits limits = {});

  /// Takes bytes, cut anywhere. Nothing is answered before work().
  void receive(std::string_view bytes);
  [[nodiscard]] bool has_work() const { return !m_queue.empty() || (m_state == State::running && m_session.is_stale()); }
  /// Bodies that wait, in bytes: a reader stops reading when there are too many.
  [[nodiscard]] std::size_t waiting_bytes() const { return m_waiting_bytes; }
  /// One message, or the diagnostics of what changed.
  void work();
  /// Once nobody has typed for a moment, there is something to look at more closely.
  [[nodiscard]] bool wants_to_settle() const { return m_state == State::running && m_session.is_unsettled(); }
  void settle();
  /// When nothing happened for a while: files may have changed on disk.
  void look_around();

  /// Absent until the session is over; 0 when it was ended in order, else 1.
  [[nodiscard]] std::optional<int> exit_code() const { return m_exit_code; }
  /// The client's process, where it said so: when that is gone, so is the client.
  [[nodiscard]] std::optional<std::int64_t> client_process() const { return m_client_process; }

 private:
  enum class State { new_born, running, shut_down };
  struct Waiting {
    Answer<Message> message;
    std::size_t bytes = 0;
    bool cancelled = false;
  };

  void enqueue(Answer<Message> message, std::size_t bytes);
  void handle(const Message& message);
  void handle_notification(const Message& message);
  [[nodiscard]] Answer<std::string> answer(const Message& message);
  [[nodiscard]] Answer<std::string> initialize(const Message& message);

  Send m_send;
  FrameReader m_frames;
  Session m_session;
  State m_state = State::new_born;
  bool m_began = false;  ///< the client said `initialized`
  std::deque<Waiting> m_queue;
  std::size_t m_waiting_bytes = 0;
  std::optional<int> m_exit_code;
  std::optional<std::int64_t> m_client_process;
};

}  // namespace waymark::editor
