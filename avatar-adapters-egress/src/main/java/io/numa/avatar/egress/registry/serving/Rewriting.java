package io.numa.avatar.egress.registry.serving;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/** Changes the links of one kind of documents, while they are passed on. */
interface Rewriting {
  /** Whether it reads documents of a media type, in lower case and without parameters. */
  boolean reads(String mediaType);

  /**
   * Copies a document with changed links. Keeps little of it in memory.
   *
   * @throws IOException if the document is malformed, or a stream breaks
   */
  void rewrite(InputStream in, OutputStream out, Links links) throws IOException;

  /** The media type of a header's value. */
  static String mediaType(String contentType) {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
