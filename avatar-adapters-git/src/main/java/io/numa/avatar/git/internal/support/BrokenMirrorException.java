package io.numa.avatar.git.internal.support;

import java.io.IOException;

/** A mirror could not be read and is not used any more; a retry of the checkout may succeed. */
public final class BrokenMirrorException extends IOException {
  private static final long serialVersionUID = 1;

  public BrokenMirrorException(Throwable cause) {
    super(cause);
  }
}
