package io.numa.avatar.git.internal.lfs;

import static io.numa.avatar.http.AnswerVerdict.CREDENTIALS;
import static io.numa.avatar.http.AnswerVerdict.FINAL_FOR_REQUEST;
import static io.numa.avatar.http.AnswerVerdict.FINAL_FOR_TASK;
import static io.numa.avatar.http.AnswerVerdict.PASSING;

import io.numa.avatar.http.AnswerVerdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the answers of LFS servers mean if they are not what was asked for (git-lfs,
 * docs/api/batch.md and docs/api/basic-transfers.md). The first row that fits decides; for all
 * other statuses, {@link AnswerVerdict#ofStatus} does.
 */
final class LfsAnswers {
  private LfsAnswers() {}

  /** The part of the protocol that an answer belongs to. */
  enum Part {
    /** The answer to a batch request. */
    BATCH,
    /** The error for one object in an answer to a batch request. */
    OBJECT,
    /** The answer to an upload, a download or a verification, which may be another server's. */
    TRANSFER
  }

  /**
   * A row of the table.
   *
   * @param from the first status
   * @param to the last status
   * @param words continue a sentence that begins with the server
   */
  record Row(Set<Part> parts, int from, int to, AnswerVerdict verdict, String words) {
    private boolean fits(Part part, int status) {
      return parts.contains(part) && from <= status && status <= to;
    }
  }

  private static final Set<Part> ANY = EnumSet.allOf(Part.class);
  private static final Set<Part> BATCH = EnumSet.of(Part.BATCH);
  private static final Set<Part> OBJECT = EnumSet.of(Part.OBJECT);
  private static final Set<Part> TRANSFER = EnumSet.of(Part.TRANSFER);
  private static final Set<Part> ONE_OBJECT = EnumSet.of(Part.OBJECT, Part.TRANSFER);

  private static final List<Row> TABLE =
      List.of(
          row(BATCH, 200, 299, PASSING, "answers with something else than LFS's JSON"),
          row(ANY, 300, 399, PASSING, "answers with a redirection that is not followed"),
          // Logins and links are valid for a short time; each batch brings new ones.
          row(TRANSFER, 401, PASSING, "refused the login that the LFS server gave"),
          row(TRANSFER, 403, PASSING, "refused the link that the LFS server gave"),
          row(ANY, 401, CREDENTIALS, "refused the credentials, or has none; see git.credentials"),
          row(ANY, 403, CREDENTIALS, "does not permit that to these credentials"),
          row(ANY, 407, CREDENTIALS, "is behind a proxy that refused the login; see git.proxy"),
          row(BATCH, 404, FINAL_FOR_TASK, "is not there; set git.lfs to false to work without it"),
          row(BATCH, 410, FINAL_FOR_TASK, "is not there; set git.lfs to false to work without it"),
          row(BATCH, 501, FINAL_FOR_TASK, "is not there; set git.lfs to false to work without it"),
          row(BATCH, 413, FINAL_FOR_REQUEST, "takes no request for so many objects"),
          row(ONE_OBJECT, 404, FINAL_FOR_TASK, "has no such object"),
          row(ONE_OBJECT, 410, FINAL_FOR_TASK, "had the object, and its owner removed it"),
          row(OBJECT, 409, FINAL_FOR_TASK, "wants another hash algorithm"),
          row(ONE_OBJECT, 413, FINAL_FOR_TASK, "does not take an object of this size"),
          row(OBJECT, 422, FINAL_FOR_TASK, "takes the object for invalid"),
          row(ANY, 429, PASSING, "received too many requests"),
          row(ANY, 507, FINAL_FOR_TASK, "has no room left"),
          row(ANY, 509, FINAL_FOR_TASK, "has a limit of bandwidth, which is exceeded"));

  private static Row row(Set<Part> parts, int status, AnswerVerdict verdict, String words) {
    return row(parts, status, status, verdict, words);
  }

  private static Row row(Set<Part> parts, int from, int to, AnswerVerdict verdict, String words) {
    return new Row(parts, from, to, verdict, words);
  }

  /** The row for a status, which may be any number that a server sends. */
  static Row of(Part part, int status) {
    return TABLE.stream()
        .filter(row -> row.fits(part, status))
        .findFirst()
        .orElseGet(
            () ->
                new Row(
                    EnumSet.of(part), status, status, AnswerVerdict.ofStatus(status), "answered"));
  }
}
