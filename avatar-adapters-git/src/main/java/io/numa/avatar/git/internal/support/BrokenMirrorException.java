package io.numa.avatar.git.internal.support;

import java.io.IOException;

/** A mirror cannot be read, and is not used any more; the same checkout may succeed now. */
public final class BrokenMirrorException extends IOException {
  private static final long serialVersionUID = 1;

  public BrokenMirrorException(Throwable cause) {
    super(cause);
  }
}
