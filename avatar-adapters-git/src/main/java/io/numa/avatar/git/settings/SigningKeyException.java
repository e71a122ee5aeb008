package io.numa.avatar.git.settings;

import org.jspecify.annotations.Nullable;

/** A key that nothing can be signed with. The message says why, and how that is mended. */
final class SigningKeyException extends Exception {
  SigningKeyException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
