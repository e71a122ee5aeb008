package io.numa.avatar.cli.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules that hold between keys of several sections. */
final class KeyRules {
  private final BoundValues values;
  private final Problems problems;

  KeyRules(BoundValues values, Problems problems) {
    this.values = values;
    this.problems = problems;
  }

  /** Reports a problem at a key. */
  void add(String key, String message) {
    problems.add(values.origin(key), key, message);
  }

  /** At most one of the keys may have a value. */
  void oneOf(String prefix, String... names) {
    List<String> given = Stream.of(names).filter(name -> values.has(prefix + name)).toList();
    if (given.size() > 1) {
      add(prefix + given.get(1), "stands beside " + given.get(0) + ", expected one of them only");
    }
  }

  /** A key is of use with another one only. */
  void needs(String key, String other) {
    if (values.has(key) && !values.has(other)) {
      add(key, "is of use with " + other + " only; give one");
    }
  }

  /** A relative path is refused: the working directory of the program is not known here. */
  void checkProgram(String key, @Nullable List<String> command) {
    if (command == null) {
      return;
    }
    String program = command.isEmpty() ? "" : command.get(0);
    if (program.isEmpty() || (program.contains("/") && !program.startsWith("/"))) {
      add(key, "names no program, expected its absolute path or its name on PATH first");
    }
  }

  /** Whether others on the network can read what is sent to this address. */
  static boolean isExposed(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    boolean loopback =
        host.equals("localhost")
            || host.endsWith(".localhost")
            || host.equals("[::1]")
            || host.matches("127(\\.[0-9]{1,3}){3}");
    return url.getScheme().equalsIgnoreCase("http") && !loopback;
  }
}
