package io.numa.avatar.git.internal.answer;

import io.numa.avatar.http.AnswerVerdict;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.task.FailureKind;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Judges the answers of Git servers over HTTP. JGit keeps the answers that it can go on with: those
 * of the service itself, requests for a login, and redirections of the first request to another
 * place of the repository.
 */
public final class HttpRefusals {
  private static final Pattern TYPE =
      Pattern.compile("[a-z]{1,20}/[a-z0-9.+-]{1,60}|nothing|no content type");

  private HttpRefusals() {}

  /** What was asked for. */
  public enum Request {
    /** The refs or capabilities of a service. */
    ADVERTISEMENT,
    /** A call of a service. */
    CALL,
    /** A file of a server without services. */
    FILE;

    public static Request of(String url) {
      if (GitService.of(url).isEmpty()) {
        return FILE;
      }
      return url.contains("/info/refs?") ? ADVERTISEMENT : CALL;
    }
  }

  /** The answers that JGit does not get to see, beside those judged by their status alone. */
  private enum Row {
    PAGE(
        AnswerVerdict.PASSING,
        "answers with a web page in place of Git's answer, such as one about maintenance or a"
            + " login; the same may succeed later"),
    OTHER_TYPE(AnswerVerdict.PASSING, "answers with %s in place of Git's answer"),
    NO_CONTENT(AnswerVerdict.PASSING, "answers %d in place of Git's answer"),
    NO_PUSHES(
        AnswerVerdict.FINAL_FOR_REQUEST,
        "takes no pushes over this address: it offers its files only, for fetches"),
    ELSEWHERE(AnswerVerdict.PASSING, "answered %d, a redirection to %s, which is not followed"),
    BY_STATUS(AnswerVerdict.PASSING, "answered %d");

    final AnswerVerdict verdict;
    final String text;

    Row(AnswerVerdict verdict, String text) {
      this.verdict = verdict;
      this.text = text;
    }
  }

  /**
   * The refusal that an answer means; empty if JGit can go on with it.
   *
   * @param url of the request
   * @param gitHost whether the host is known for one of Git's; the text quotes no other's words
   */
  public static Optional<RefusedRequestException> refusal(
      String url, HttpAnswer answer, boolean gitHost) {
    GitService service = GitService.of(url).orElse(GitService.FETCH);
    return row(url, service, answer)
        .map(
            row ->
                new RefusedRequestException(
                    kind(row, service, answer), text(row, answer, gitHost), null));
  }

  private static Optional<Row> row(String url, GitService service, HttpAnswer answer) {
    Request request = Request.of(url);
    int status = answer.status();
    if (status == 401 || status == 407) {
      return Optional.empty();
    }
    if (status == 200) {
      return type(request, service, answer);
    }
    if (status >= 300 && status < 400) {
      return request == Request.ADVERTISEMENT && isFollowed(url, answer)
          ? Optional.empty()
          : Optional.of(Row.ELSEWHERE);
    }
    if (answer.successful()) {
      return Optional.of(Row.NO_CONTENT);
    }
    return status == 404 && request == Request.FILE ? Optional.empty() : Optional.of(Row.BY_STATUS);
  }

  /** Whether JGit asks at the target: the same question of a repository, not less secure. */
  private static boolean isFollowed(String url, HttpAnswer answer) {
    String target = String.valueOf(answer.headers().get("Location"));
    boolean secure = url.startsWith("https:") && !target.startsWith("http:");
    return target.contains("/info/refs") && (secure || url.startsWith("http:"));
  }

  private static Optional<Row> type(Request request, GitService service, HttpAnswer answer) {
    if (answer.page()) {
      return Optional.of(Row.PAGE);
    }
    String type = answer.mediaType();
    return switch (request) {
      case FILE -> Optional.empty();
      case CALL -> type.equals(service.result()) ? Optional.empty() : Optional.of(Row.OTHER_TYPE);
      case ADVERTISEMENT ->
          service == GitService.FETCH || type.equals(service.advertisement())
              ? Optional.empty()
              : Optional.of(Row.NO_PUSHES);
    };
  }

  private static FailureKind kind(Row row, GitService service, HttpAnswer answer) {
    return service.kind(row == Row.BY_STATUS ? AnswerVerdict.of(answer) : row.verdict);
  }

  private static String text(Row row, HttpAnswer answer, boolean gitHost) {
    return switch (row) {
      case PAGE, NO_PUSHES -> row.text;
      case OTHER_TYPE -> String.format(Locale.ROOT, row.text, type(answer));
      case NO_CONTENT -> String.format(Locale.ROOT, row.text, answer.status());
      case ELSEWHERE -> String.format(Locale.ROOT, row.text, answer.status(), answer.redirection());
      case BY_STATUS -> byStatus(answer, gitHost);
    };
  }

  private static String type(HttpAnswer answer) {
    String type = answer.mediaType();
    return TYPE.matcher(type).matches() ? type : "another type";
  }

  private static String byStatus(HttpAnswer answer, boolean gitHost) {
    boolean quoted = gitHost && answer.mediaType().equals("text/plain");
    String words = quoted ? answer.text().strip() : "";
    String meaning =
        switch (AnswerVerdict.of(answer)) {
          case FINAL_FOR_TASK -> "has no such repository, or hides it from this login (%d)";
          case CREDENTIALS -> "does not permit this with the credentials that it got (%d)";
          default -> Row.BY_STATUS.text;
        };
    return String.format(Locale.ROOT, meaning, answer.status())
        + (words.isEmpty() ? "" : ": " + words);
  }
}
