package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.git.internal.lfs.LfsAnswers.Part;
import io.numa.avatar.git.internal.lfs.LfsAnswers.Row;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.RateLimit;
import io.numa.avatar.http.ServerText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Turns the answers of an LFS server and its object storage into exceptions, as {@link LfsAnswers}
 * says: {@link LfsPassingException} if a retry may succeed, {@link LfsObjectException} if one
 * object is refused for good, and {@link PortException} if the server is of no use for the task.
 * Messages have the server's own words, if it speaks LFS's protocol or the operator names it;
 * without secrets and bounded.
 */
final class LfsRefusals {
  private static final int EXCERPT = 300;

  private static final String PROTOCOL = "application/vnd.git-lfs+json";

  private final String server;
  private final boolean known;
  private final FailureKind refused;
  private final Redactor redactor;

  /**
   * @param server names the server in messages
   * @param known whether the operator names the server; messages quote plain text of no other
   * @param refused the kind of a failure if the server refuses a request for good
   */
  LfsRefusals(String server, boolean known, FailureKind refused, Redactor redactor) {
    this.server = server;
    this.known = known;
    this.refused = refused;
    this.redactor = redactor;
  }

  /** Throws what the answer to a batch request means. */
  IOException ofBatch(HttpAnswer answer) throws IOException {
    Row row = LfsAnswers.of(Part.BATCH, answer.status());
    String said = server + " " + words(row, answer) + said(answer, known);
    return switch (row.verdict()) {
      case PASSING -> new LfsPassingException(said, pause(answer));
      case CREDENTIALS -> throw new PortException(FailureKind.UNAUTHORIZED, said);
      case FINAL_FOR_TASK ->
          throw new PortException(answer.status() >= 507 ? refused : FailureKind.NOT_FOUND, said);
      case FINAL_FOR_REQUEST -> throw new PortException(refused, said);
    };
  }

  /** Throws what the error for one object means. */
  IOException ofObject(LfsPointer object, LfsBatch.ItemError error) throws IOException {
    Row row = LfsAnswers.of(Part.OBJECT, error.code());
    String said =
        "the LFS server "
            + row.words()
            + " ("
            + error.code()
            + ")"
            + ServerText.excerpt(Redacted.of(error.message(), redactor), EXCERPT);
    return switch (row.verdict()) {
      case PASSING -> new LfsPassingException(said, Duration.ZERO);
      case CREDENTIALS -> throw new PortException(FailureKind.UNAUTHORIZED, server + ": " + said);
      case FINAL_FOR_TASK, FINAL_FOR_REQUEST -> throw new LfsObjectException(object, said);
    };
  }

  /** Throws what the answer to the transfer of one object means. */
  IOException ofTransfer(LfsPointer object, HttpAnswer answer) throws IOException {
    Row row = LfsAnswers.of(Part.TRANSFER, answer.status());
    String said = "the LFS object storage " + words(row, answer) + said(answer, false);
    return switch (row.verdict()) {
      case PASSING -> new LfsPassingException(said, pause(answer));
      case CREDENTIALS -> throw new PortException(FailureKind.UNAUTHORIZED, server + ": " + said);
      case FINAL_FOR_TASK, FINAL_FOR_REQUEST -> throw new LfsObjectException(object, said);
    };
  }

  private static String words(Row row, HttpAnswer answer) {
    if (answer.page()) {
      return "answers with a web page in place of LFS's answer";
    }
    boolean elsewhere = answer.status() >= 300 && answer.status() < 400;
    return row.words()
        + " ("
        + answer.status()
        + (elsewhere ? ", to " + answer.redirection() : "")
        + ")";
  }

  /**
   * A colon and the server's own words; empty if it sends none that people can read.
   *
   * @param known whether plain text is the server's, rather than that of any service
   */
  private String said(HttpAnswer answer, boolean known) {
    String type = answer.mediaType();
    Optional<String> text =
        type.equals(PROTOCOL) || (known && !type.equals("text/plain"))
            ? LfsBatch.message(answer.text())
            : Optional.of(answer.text()).filter(words -> known);
    return ServerText.excerpt(Redacted.of(text.orElse(""), redactor), EXCERPT);
  }

  /** The pause by the server's own clock; a server without one may ask in seconds only. */
  private static Duration pause(HttpAnswer answer) {
    Instant now = answer.headers().getInstant("Date");
    return RateLimit.retryAfterOrReset(
        answer.headers(), Clock.fixed(now == null ? Instant.MAX : now, ZoneOffset.UTC));
  }
}
