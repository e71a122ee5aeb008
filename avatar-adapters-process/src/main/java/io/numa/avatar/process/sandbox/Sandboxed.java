package io.numa.avatar.process.sandbox;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How to start a command so that a sandbox holds it.
 *
 * @param words the whole command, with the sandbox's words before it
 * @param variables the environment of the programs that make the sandbox, which carries the
 *     command's; the command's mark is to be added
 * @param separate whether it has namespaces of its own: all its processes end with the first one,
 *     and the first byte of output is a line's end, which is not the command's own. If not, the
 *     words belong inside of the avatar's own process control, which also hides paths
 * @param end gives back what the sandbox holds; to be called once, after the last process has ended
 */
public record Sandboxed(
    List<String> words, Map<String, String> variables, boolean separate, Runnable end) {
  public Sandboxed {
    words = List.copyOf(words);
    variables = Map.copyOf(variables);
  }

  /** Makes a sandbox that gives something back at its end, or now if it cannot be made. */
  static Sandboxed givingBack(Runnable end, Supplier<Sandboxed> making) {
    try {
      return making.get().thenEnd(end);
    } catch (RuntimeException e) {
      end.run();
      throw e;
    }
  }

  /** The same, which gives back more, also if giving back what it holds already fails. */
  Sandboxed thenEnd(Runnable more) {
    return new Sandboxed(
        words,
        variables,
        separate,
        () -> {
          try {
            end.run();
          } finally {
            more.run();
          }
        });
  }
}
