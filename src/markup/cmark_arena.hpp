/// Memory for cmark while it reads one text: a stack of chunks, given back in one piece. Makes parsing faster, keeps its memory countable,
/// and lets the inline content of one block be forgotten before the next.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

struct cmark_mem;

namespace waymark::markup {

/// cmark's allocator has no room for a context, so the arena in use is a thing of the thread: the one entered last.
class CmarkArena {
 public:
  struct Mark {
    std::size_t chunk = 0;
    std::size_t used = 0;
    std::size_t total = 0;
  };

  /// While it lives, what cmark allocates on this thread comes from the arena. Nests.
  class Use {
   public:
    explicit Use(CmarkArena& arena);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

   private:
    CmarkArena* m_before;
  };

  /// What to hand to cmark; allocates from the arena in use.
  [[nodiscard]] static cmark_mem* memory();

  /// Zeroed.
  [[nodiscard]] void* allocate(std::size_t size);
  /// `block` is from this arena, or nullptr. What is new is not zeroed.
  [[nodiscard]] void* resize(void* block, std::size_t size);

  [[nodiscard]] Mark mark() const;
  /// Everything allocated since is gone. REQUIRES a mark of this arena, not yet passed by another rewind.
  void rewind(const Mark& mark);
  /// Bytes handed out since the beginning or the mark last rewound to.
  [[nodiscard]] std::size_t total() const { return m_total; }

 private:
  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };

  [[nodiscard]] std::byte* take(std::size_t size);

  std::vector<Chunk> m_chunks;
  std::size_t m_chunk = 0;  ///< the one being filled
  std::size_t m_used = 0;   ///< of it
  std::size_t m_total = 0;
};

}  // namespace waymark::markup
