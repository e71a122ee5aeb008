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
   * The words that start a command inside. The first byte that comes out is a line's end; the
   * sandbox stands then.
   *
   * @param command begins with the absolute path of its program
   */
  List<String> wrap(Walls walls, List<String> command);
}
