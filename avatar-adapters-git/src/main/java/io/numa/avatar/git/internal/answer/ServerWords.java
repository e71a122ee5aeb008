package io.numa.avatar.git.internal.answer;

import io.numa.avatar.http.AnswerVerdict;
import io.numa.avatar.task.FailureKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.errors.TransportException;

/**
 * The words in which servers refuse a request inside Git's protocol: {@code ERR} lines, the error
 * channel of the side-band, a failure to unpack, and standard error. The protocol has no codes for
 * the reasons. The first row that matches decides.
 */
public enum ServerWords {
  NO_REPOSITORY(
      AnswerVerdict.FINAL_FOR_TASK,
      "could not be found|not found|does not exist|doesn't exist|no such (repository|project)"
          + "|not appear to be a git repository|not a git repository"),
  LOGIN(
      AnswerVerdict.CREDENTIALS,
      "access denied|permission .*denied|insufficient permission|access rights|forbidden"
          + "|not (authorized|allowed to|permitted)|unauthorized|authentication"),
  TROUBLE(
      AnswerVerdict.PASSING,
      "try again|maintenance|temporarily|unavailable|overload|too (many|busy)|rate limit"
          + "|server is busy|time(d)? ?-?out|internal (server )?error"),
  OTHER(AnswerVerdict.FINAL_FOR_REQUEST, "");

  /** How JGit's messages contain the words. */
  private static final Pattern QUOTED =
      Pattern.compile("(?s)(?:^remote: |\\bERR |unpacking on the remote end: )(.*)");

  private final AnswerVerdict verdict;
  private final Pattern words;

  ServerWords(AnswerVerdict verdict, String words) {
    this.verdict = verdict;
    this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  public AnswerVerdict verdict() {
    return verdict;
  }

  public static ServerWords of(String text) {
    return Arrays.stream(values())
        .filter(row -> row.words.matcher(text).find())
        .findFirst()
        .orElse(OTHER);
  }

  /** The refusal in a failure of JGit; empty if the failure has no words of the server. */
  public static Optional<RefusedRequestException> refusal(GitService service, Throwable failure) {
    return refusal(service, failure, "");
  }

  /**
   * The same, with what the server has said before.
   *
   * @param before lines for people, which may be progress
   */
  public static Optional<RefusedRequestException> refusal(
      GitService service, Throwable failure, String before) {
    return Stream.<Throwable>iterate(failure, one -> one != null, Throwable::getCause)
        .flatMap(one -> words(one).stream())
        .findFirst()
        .map(text -> new RefusedRequestException(kind(service, text), text(text, before), failure));
  }

  private static FailureKind kind(GitService service, String text) {
    return service.kind(of(text).verdict);
  }

  private static String text(String words, String before) {
    String all = (words.strip() + "\n" + before.strip()).strip();
    return all.isEmpty() ? "refused the request without a reason" : "refused the request: " + all;
  }

  private static Optional<String> words(Throwable one) {
    String message = String.valueOf(one.getMessage());
    if (one instanceof RemoteRepositoryException
        || one instanceof TooLargePackException
        || one instanceof TooLargeObjectInPackException
        || (one instanceof NoRemoteRepositoryException && of(message) == LOGIN)) {
      return Optional.of(message.replaceFirst("(?s)^\\S+: ", ""));
    }
    Matcher quoted = QUOTED.matcher(message);
    return one instanceof TransportException && quoted.find()
        ? Optional.of(quoted.group(1))
        : Optional.empty();
  }
}
