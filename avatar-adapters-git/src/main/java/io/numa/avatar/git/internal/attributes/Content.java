package io.numa.avatar.git.internal.attributes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/** The bytes of a file or blob, which can be read several times. */
@FunctionalInterface
public interface Content {
  InputStream open() throws IOException;

  /** Writes the bytes to a stream. */
  default void writeTo(OutputStream out) throws IOException {
    try (InputStream in = open()) {
      in.transferTo(out);
    }
  }

  /**
   * Writes the bytes through a stage that converts them.
   *
   * @param stage makes the stage; to close it must not close the stream behind it
   */
  static Writing through(Writing content, UnaryOperator<OutputStream> stage) {
    return out -> {
      try (OutputStream converted = stage.apply(out)) {
        content.to(converted);
      }
    };
  }

  /** Writes some bytes. */
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException;
  }
}
