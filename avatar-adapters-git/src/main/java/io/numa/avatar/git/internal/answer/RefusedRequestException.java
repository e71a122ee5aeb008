package io.numa.avatar.git.internal.answer;

import static java.util.Objects.requireNonNull;

import io.numa.avatar.task.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * A remote refused a request, or another server answered in its place. Unchecked, as JGit repeats
 * requests after most checked exceptions.
 */
public final class RefusedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final FailureKind kind;

  /**
   * @param reason continues a sentence that begins with the name of the remote; may contain any
   *     text of the server
   */
  public RefusedRequestException(FailureKind kind, String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.kind = kind;
  }

  /** The same refusal with another text, such as one without secrets. */
  public RefusedRequestException withReason(String reason) {
    return new RefusedRequestException(kind, reason, this);
  }

  public FailureKind kind() {
    return kind;
  }

  /** The reason given to the constructor. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
