package io.numa.avatar.process.sandbox;

import java.util.List;
import java.util.Set;

/** A way to make sandboxes on this machine. */
interface Means {
  /** Its name for reports, such as {@code bubblewrap}. */
  String word();

  /** What it holds where it works. */
  Set<Guarantee> holds();

  /**
   * Whether the process has namespaces of its own. The first byte that comes out is a line's end
   * then, when the sandbox stands. Otherwise the words belong inside of the avatar's own process
   * control, and the process sees all paths where they are.
   */
  boolean separate();

  /** Whether our helper starts the command; it takes off the prefix of {@link Passage}. */
  boolean hasHelper();

  /** Whether our helper can let the command wait for a byte on the standard input. */
  default boolean canWait() {
    return separate() && hasHelper();
  }

  /** Whether our helper mounts the layers of {@link Walls} beside it, if the kernel lets it. */
  default boolean canLayer() {
    return separate() && hasHelper();
  }

  /**
   * The words that start a command inside.
   *
   * @param command begins with the absolute path of its program
   */
  List<String> wrap(Walls walls, List<String> command);
}
