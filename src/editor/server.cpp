#include "editor/server.hpp"

#include <exception>

#include <fmt/core.h>

#include "editor/answers.hpp"
#include "editor/requests.hpp"

namespace waymark::editor {
namespace {

tl::unexpected<Fault> fault(Fault::Code code, std::string message) { return tl::unexpected<Fault>({code, std::move(message), "null"}); }

}  // namespace

Server::Server(Send send, const Clock& clock, FrameLimits limits)
    : m_send(std::move(send)), m_frames(limits), m_session([this](const std::string& message) { m_send(message); }, clock) {}

void Server::receive(std::string_view bytes) {
  m_frames.feed(bytes);
  while (auto frame = m_frames.next()) {
    if (*frame) {
      enqueue(Message::read(**frame), (*frame)->size());
    } else {
      enqueue(fault(Fault::Code::parse_error, frame->error().message), 0);
    }
  }
}

void Server::enqueue(Answer<Message> message, std::size_t bytes) {
  if (message && message->method() == "$/cancelRequest") {
    const std::string id = message->cancelled_id();
    for (Waiting& waiting : m_queue) {
      if (waiting.message && waiting.message->kind() == Message::Kind::request && waiting.message->id() == id) waiting.cancelled = true;
    }
    return;
  }
  m_waiting_bytes += bytes;
  m_queue.push_back({std::move(message), bytes, false});
}

void Server::work() {
  if (m_queue.empty()) {
    if (m_state == State::running) m_session.publish();
    return;
  }
  const Waiting next = std::move(m_queue.front());
  m_queue.pop_front();
  m_waiting_bytes -= next.bytes;
  if (m_exit_code) return;
  if (!next.message) {
    m_send(failure(next.message.error()));
  } else if (next.cancelled) {
    m_send(failure({Fault::Code::request_cancelled, "The request was cancelled before its turn.", next.message->id()}));
  } else {
    handle(*next.message);
  }
}

void Server::handle(const Message& message) {
  if (message.kind() == Message::Kind::response) return;  // to our own request to be told of files; if it was refused, we look ourselves
  if (message.kind() == Message::Kind::notification) return handle_notification(message);
  Answer<std::string> result = tl::unexpected<Fault>(Fault{});
  try {
    result = answer(message);
  } catch (const std::exception& broken) {
    result = fault(Fault::Code::internal_error, fmt::format("Something broke that should not: {}. Please report it.", broken.what()));
  }
  if (result) {
    m_send(response(message.id(), *result));
  } else {
    result.error().id = message.id();
    m_send(failure(result.error()));
  }
}

Answer<std::string> Server::answer(const Message& message) {
  const std::string& method = message.method();
  if (m_state == State::new_born && method != "initialize") return fault(Fault::Code::not_initialized, "The session begins with `initialize`.");
  if (m_state == State::shut_down) return fault(Fault::Code::invalid_request, "The session was shut down; only `exit` may follow.");
  if (method == "initialize") return initialize(message);
  if (method == "shutdown") {
    m_state = State::shut_down;
    return "null";
  }
  if (!knows_request(method)) return fault(Fault::Code::method_not_found, fmt::format("`{}` is not provided here.", method));
  return answer_request(m_session, message);
}

Answer<std::string> Server::initialize(const Message& message) {
  if (m_state != State::new_born) return fault(Fault::Code::invalid_request, "`initialize` comes once.");
  m_session.initialize(message);
  m_client_process = message.number("/processId");
  m_state = State::running;
  return capabilities(m_session.abilities());
}

void Server::handle_notification(const Message& message) {
  const std::string& method = message.method();
  if (method == "exit") {
    m_exit_code = m_state == State::shut_down ? 0 : 1;
    return;
  }
  if (m_state != State::running) return;
  if (method == "initialized" && !m_began) {
    m_began = true;
    if (m_session.abilities().registers_watchers) m_send(watch_request("waymark-watch"));
    m_session.begin();
  } else if (method == "textDocument/didOpen") {
    m_session.did_open(message);
  } else if (method == "textDocument/didChange") {
    m_session.did_change(message);
  } else if (method == "textDocument/didClose") {
    m_session.did_close(message);
  } else if (method == "textDocument/didSave") {
    look_around();
  } else if (method == "workspace/didChangeWatchedFiles") {
    m_session.did_change_files(message);
  } else if (method == "workspace/didChangeWorkspaceFolders") {
    m_session.did_change_folders(message);
  }
}

void Server::settle() {
  if (m_state == State::running) m_session.settle();
}

void Server::look_around() {
  if (m_state == State::running && !m_session.abilities().registers_watchers) m_session.look_at_disk();
}

}  // namespace waymark::editor
