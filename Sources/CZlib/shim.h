#include <zlib.h>

// Macros with a cast in them, which Swift does not see.
static inline int czlib_inflate_init(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
static inline int czlib_deflate_init(z_stream *stream) {
  return deflateInit2(stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
