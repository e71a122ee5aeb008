package io.numa.avatar.workspace;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The steps that undo a change, performed in reverse order. Not thread-safe. */
final class UndoLog {
  private final Deque<Undo> undos = new ArrayDeque<>();

  @FunctionalInterface
  interface Undo {
    void perform() throws IOException;
  }

  void push(Undo undo) {
    undos.push(undo);
  }

  /** Undoes all steps, even after a failure. Throws the first failure at the end. */
  void undo() throws IOException {
    IOException failure = null;
    while (!undos.isEmpty()) {
      try {
        undos.pop().perform();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw new IOException("could not undo a change: " + failure.getMessage(), failure);
    }
  }
}
