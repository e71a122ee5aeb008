package io.numa.avatar.agent.gateway.internal.dialect;

/**
 * Why the gateway answers a request itself.
 *
 * @param message for the agent, without secrets
 */
public record Refusal(Kind kind, String message) {
  /** The kinds of refusals, with their words in the dialects. */
  public enum Kind {
    /** Ends the agent's turn at once: no agent repeats a request after it. */
    INVALID(400, "invalid_request_error", "INVALID_ARGUMENT"),
    WRONG_KEY(401, "authentication_error", "UNAUTHENTICATED"),
    NOT_FOUND(404, "not_found_error", "NOT_FOUND"),
    TOO_LARGE(413, "request_too_large", "INVALID_ARGUMENT"),
    UNREACHABLE(502, "api_error", "UNAVAILABLE"),
    BUSY(503, "overloaded_error", "UNAVAILABLE");

    private final int status;
    private final String type;
    private final String word;

    Kind(int status, String type, String word) {
      this.status = status;
      this.type = type;
      this.word = word;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The kind as OpenAI and Anthropic call it. */
    String type() {
      return type;
    }

    /** The kind as Gemini calls it. */
    String word() {
      return word;
    }
  }

  /** This refusal, to be thrown. */
  public RefusedException thrown() {
    return new RefusedException(this);
  }
}
