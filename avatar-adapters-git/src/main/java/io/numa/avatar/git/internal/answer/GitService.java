package io.numa.avatar.git.internal.answer;

import io.numa.avatar.http.AnswerVerdict;
import io.numa.avatar.task.FailureKind;
import java.util.Arrays;
import java.util.Optional;

/** One of the two services of a Git server. */
public enum GitService {
  FETCH("git-upload-pack", FailureKind.INVALID_ANSWER),
  PUSH("git-receive-pack", FailureKind.PUSH_REJECTED);

  private final String program;
  private final FailureKind refusedRequest;

  GitService(String program, FailureKind refusedRequest) {
    this.program = program;
    this.refusedRequest = refusedRequest;
  }

  /** The service that a request over HTTP is for; empty for a file of a server without services. */
  public static Optional<GitService> of(String url) {
    return Arrays.stream(values())
        .filter(one -> url.endsWith("/" + one.program) || url.endsWith("service=" + one.program))
        .findFirst();
  }

  String advertisement() {
    return "application/x-" + program + "-advertisement";
  }

  String result() {
    return "application/x-" + program + "-result";
  }

  /** Whether an answer of this type is in Git's protocol. */
  public boolean answers(String mediaType) {
    return mediaType.equals(advertisement()) || mediaType.equals(result());
  }

  FailureKind kind(AnswerVerdict verdict) {
    return switch (verdict) {
      case PASSING -> FailureKind.UNAVAILABLE;
      case CREDENTIALS -> FailureKind.UNAUTHORIZED;
      case FINAL_FOR_TASK -> FailureKind.NOT_FOUND;
      case FINAL_FOR_REQUEST -> refusedRequest;
    };
  }
}
