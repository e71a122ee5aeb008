package io.numa.avatar.git;

import java.io.IOException;

/** A mirror cannot be read, and is not used any more; the same checkout may succeed now. */
final class BrokenMirrorException extends IOException {
  private static final long serialVersionUID = 1;

  BrokenMirrorException(Throwable cause) {
    super(cause);
  }
}
