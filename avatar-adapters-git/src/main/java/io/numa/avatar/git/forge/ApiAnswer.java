package io.numa.avatar.git.forge;

import io.numa.avatar.http.AnswerVerdict;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.RateLimit;
import io.numa.avatar.http.Redirects;
import io.numa.avatar.task.FailureKind;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * What the answers of the services' APIs mean if they are not what was asked for. The first row
 * that fits decides.
 */
enum ApiAnswer {
  BUSY(
      AnswerVerdict.PASSING,
      FailureKind.UNAVAILABLE,
      RateLimit::isReached,
      "received too many requests"),
  ELSEWHERE(
      AnswerVerdict.PASSING,
      FailureKind.INVALID_ANSWER,
      Redirects::isOne,
      "answered %d, a redirection that is not followed; the repository may have moved, or api_url"
          + " is to be set"),
  /** A success without the wanted document, such as a proxy's page about maintenance. */
  NO_DOCUMENT(
      AnswerVerdict.PASSING,
      FailureKind.INVALID_ANSWER,
      HttpAnswer::successful,
      "answered %d without JSON; is it the API of the service, or is there a proxy in front?"
          + " api_url under git.credentials says where it is"),
  NO_LOGIN(
      AnswerVerdict.CREDENTIALS, FailureKind.UNAUTHORIZED, status(401), "refused the token (%d)"),
  NOT_ALLOWED(
      AnswerVerdict.CREDENTIALS,
      FailureKind.UNAUTHORIZED,
      status(403),
      "does not let the token do that (%d)"),
  NO_PROXY_LOGIN(
      AnswerVerdict.CREDENTIALS,
      FailureKind.UNAUTHORIZED,
      status(407),
      "is behind a proxy that refused the login (%d); see git.proxy"),
  MISSING(
      AnswerVerdict.FINAL_FOR_TASK,
      FailureKind.NOT_FOUND,
      status(404).or(status(410)).or(status(451)),
      "has no such resource, or hides it from the token (%d)"),
  THERE_ALREADY(AnswerVerdict.FINAL_FOR_REQUEST, FailureKind.CONFLICT, status(409), "answered %d"),
  AWAY(
      AnswerVerdict.PASSING,
      FailureKind.UNAVAILABLE,
      answer -> AnswerVerdict.of(answer) == AnswerVerdict.PASSING,
      "answered %d"),
  REFUSED(AnswerVerdict.FINAL_FOR_REQUEST, FailureKind.INTERNAL, answer -> true, "answered %d");

  private final AnswerVerdict verdict;
  private final FailureKind kind;

  @SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
  private final Predicate<HttpAnswer> fits;

  private final String words;

  ApiAnswer(AnswerVerdict verdict, FailureKind kind, Predicate<HttpAnswer> fits, String words) {
    this.verdict = verdict;
    this.kind = kind;
    this.fits = fits;
    this.words = words;
  }

  private static Predicate<HttpAnswer> status(int status) {
    return answer -> answer.status() == status;
  }

  static ApiAnswer of(HttpAnswer answer) {
    return Arrays.stream(values()).filter(row -> row.fits.test(answer)).findFirst().orElseThrow();
  }

  AnswerVerdict verdict() {
    return verdict;
  }

  FailureKind kind() {
    return kind;
  }

  /** Words that continue a sentence which begins with the service. */
  String words(HttpAnswer answer) {
    return words.replace("%d", String.valueOf(answer.status()));
  }
}
