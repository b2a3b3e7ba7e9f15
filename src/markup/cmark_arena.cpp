#include "markup/cmark_arena.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstring>

#include <cmark-gfm.h>

namespace waymark::markup {
namespace {

// Before each block stands its size, which resize() needs.
constexpr std::size_t header = 8;
constexpr std::size_t first_chunk = 64u << 10;
constexpr std::size_t largest_chunk = 4u << 20;

thread_local CmarkArena* in_use = nullptr;

constexpr std::size_t rounded(std::size_t size) { return (size + 7) & ~std::size_t{7}; }

// cmark is C: an exception must not pass through it. These are noexcept so that a machine without memory stops here.
void* arena_calloc(std::size_t count, std::size_t size) noexcept { return in_use->allocate(count * size); }
void* arena_realloc(void* block, std::size_t size) noexcept { return in_use->resize(block, size); }
void arena_free(void*) noexcept {}

}  // namespace

CmarkArena::Use::Use(CmarkArena& arena) : m_before(in_use) { in_use = &arena; }
CmarkArena::Use::~Use() { in_use = m_before; }

cmark_mem* CmarkArena::memory() {
  static cmark_mem functions{arena_calloc, arena_realloc, arena_free};
  return &functions;
}

std::byte* CmarkArena::take(std::size_t size) {
  const std::size_t wanted = rounded(size) + header;
  while (m_chunk < m_chunks.size() && m_chunks[m_chunk].size - m_used < wanted) {
    ++m_chunk;
    m_used = 0;
  }
  if (m_chunk == m_chunks.size()) {
    const std::size_t next = m_chunks.empty() ? first_chunk : std::min(m_chunks.back().size * 2, largest_chunk);
    const std::size_t length = std::max(next, wanted);
    m_chunks.push_back({std::unique_ptr<std::byte[]>(new std::byte[length]), length});
  }
  std::byte* const place = m_chunks[m_chunk].bytes.get() + m_used;
  m_used += wanted;
  m_total += wanted;
  const std::uint64_t kept = size;
  std::memcpy(place, &kept, header);
  return place + header;
}

void* CmarkArena::allocate(std::size_t size) {
  std::byte* const block = take(size);
  std::memset(block, 0, rounded(size));
  return block;
}

void* CmarkArena::resize(void* block, std::size_t size) {
  if (block == nullptr) return take(size);
  auto* const bytes = static_cast<std::byte*>(block);
  std::uint64_t before = 0;
  std::memcpy(&before, bytes - header, header);
  if (size <= before) return block;

  const Chunk& chunk = m_chunks[m_chunk];
  const bool is_last = bytes + rounded(before) == chunk.bytes.get() + m_used;
  const std::size_t more = rounded(size) - rounded(before);
  if (is_last && chunk.size - m_used >= more) {
    m_used += more;
    m_total += more;
    const std::uint64_t kept = size;
    std::memcpy(bytes - header, &kept, header);
    return block;
  }
  std::byte* const moved = take(size);
  std::memcpy(moved, bytes, before);
  return moved;
}

CmarkArena::Mark CmarkArena::mark() const { return {m_chunk, m_used, m_total}; }

void CmarkArena::rewind(const Mark& mark) {
  assert(mark.total <= m_total);
  m_chunk = mark.chunk;
  m_used = mark.used;
  m_total = mark.total;
}

}  // namespace waymark::markup
