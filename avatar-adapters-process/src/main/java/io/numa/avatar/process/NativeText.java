package io.numa.avatar.process;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Refuses text that Java cannot pass to a process. Java would replace characters that the locale's
 * encoding lacks by question marks, and so run a different command.
 */
final class NativeText {
  private NativeText() {}

  static void require(List<String> words, Map<String, String> variables) {
    require(words, variables, encoding());
  }

  static void require(List<String> words, Map<String, String> variables, Charset encoding) {
    String program = words.get(0);
    variables.forEach((name, value) -> requireVariable(program, name, value));
    var encoder = encoding.newEncoder();
    Stream.of(words.stream(), variables.keySet().stream(), variables.values().stream())
        .flatMap(texts -> texts)
        .filter(text -> !encoder.canEncode(text))
        .findFirst()
        .ifPresent(
            text -> {
              throw ProcessFailures.of(
                  program,
                  "it has characters that the avatar's locale ("
                      + encoding
                      + ") cannot express; start the avatar with LC_ALL=C.UTF-8",
                  null);
            });
  }

  private static void requireVariable(String program, String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || (name + value).indexOf('\0') >= 0) {
      throw ProcessFailures.of(
          program, "'" + name.replace('\0', '?') + "' is no environment variable", null);
    }
  }

  /**
   * The encoding that {@code ProcessBuilder} uses. Since JDK 18 it may differ from the default
   * charset.
   */
  private static Charset encoding() {
    return Runtime.version().feature() < 18
        ? Charset.defaultCharset()
        : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
  }
}
