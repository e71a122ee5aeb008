package io.numa.avatar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.regex.Pattern;

/** Finds the constants of a class file that put an ellipsis behind another text. */
final class Ellipses {
  /** Before a text of less than 256 bytes, a class file has its kind, 1, and its length. */
  private static final Pattern AT_A_CUT =
      Pattern.compile(new String("(?s)\u0001\u0000.…|\u0001…".getBytes(UTF_8), ISO_8859_1));

  private Ellipses() {}

  static boolean isAtACut(URI classFile) {
    try (InputStream in = classFile.toURL().openStream()) {
      return AT_A_CUT.matcher(new String(in.readAllBytes(), ISO_8859_1)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
