package io.numa.avatar.git.internal.cache;

import java.io.IOException;

/** A saved copy was changed after it was saved. */
final class ChangedCopyException extends IOException {
  private static final long serialVersionUID = 1;

  ChangedCopyException(String message) {
    super(message);
  }
}
