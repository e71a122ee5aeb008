package io.numa.avatar.git.settings;

import org.jspecify.annotations.Nullable;

/** A key that cannot sign. The message says why, and how to fix it. */
final class SigningKeyException extends Exception {
  SigningKeyException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
