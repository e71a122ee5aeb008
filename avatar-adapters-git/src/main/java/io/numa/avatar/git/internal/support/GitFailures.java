package io.numa.avatar.git.internal.support;

import io.numa.avatar.git.internal.answer.NetworkWords;
import io.numa.avatar.git.internal.answer.RefusedRequestException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.text.CleanText;
import io.numa.avatar.workspace.WorkspaceException;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.dircache.InvalidPathException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.CorruptPackIndexException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.internal.JGitText;

/** Translates JGit's exceptions. Most of them differ in their English text only. */
public final class GitFailures {
  private static final Pattern UNAUTHORIZED =
      Pattern.compile(
          "not authorized|authentication is required|auth(entication)? fail|authentication not"
              + " supported|not permitted|cannot log in|no more authentication methods");

  /**
   * A proxy's answer to a request, and to a request for a tunnel; does not match a remote's own
   * text.
   */
  private static final Pattern PROXY =
      Pattern.compile("(?m)^https?://\\S+: 407 |proxy returns \"http/1\\.[01] 407");

  private static final Pattern HOST_KEY =
      Pattern.compile("server key did not|key .*verif|host key");

  private static final Pattern TIMEOUT = Pattern.compile("time(d)? ?-?out");

  /**
   * A listed id of that length, and Git's message to a client that does not name the format of its
   * ids.
   */
  private static final Pattern SHA256 =
      Pattern.compile("invalid ref advertisement line: '[0-9a-f]{64}|mismatched object format");

  private GitFailures() {}

  /** Translates a failure at a remote repository. */
  public static PortException translate(String action, RepositoryUrl url, Throwable failure) {
    Optional<PortException> known = find(failure, PortException.class);
    if (known.isPresent()) {
      return known.get();
    }
    String could = "could not " + action + ": ";
    String messages = allMessages(failure);
    if (SHA256.matcher(messages).find()) {
      return new PortException(
          FailureKind.INVALID_TASK,
          could + "'" + url + "' uses SHA-256 object ids, which JGit cannot read",
          failure);
    }
    Optional<RefusedRequestException> refused = find(failure, RefusedRequestException.class);
    if (refused.isPresent()) {
      return refusal(could, url, refused.get(), failure);
    }
    if (failure instanceof RuntimeException) {
      return translate(action, failure);
    }
    Optional<NoRemoteRepositoryException> missing =
        find(failure, NoRemoteRepositoryException.class);
    if (missing.isPresent()) {
      return noRepository(could, url, missing.get(), failure);
    }
    if (HOST_KEY.matcher(messages).find()) {
      return new PortException(
          FailureKind.UNAUTHORIZED,
          could
              + ("the SSH host key of '" + url.host() + "' is unknown or has changed;")
              + " check it, and put it into the known_hosts file of the host's credential",
          failure);
    }
    if (causedBy(failure, SSLHandshakeException.class)) {
      return new PortException(
          FailureKind.UNAVAILABLE,
          could
              + ("the certificate of '" + url.host() + "' is not trusted, or for another name;")
              + " name the authority's certificate in git.ca_file",
          failure);
    }
    if (PROXY.matcher(messages).find()) {
      return new PortException(
          FailureKind.UNAUTHORIZED,
          could
              + "the proxy wants a login, or does not accept the one that it is shown;"
              + " give one under git.proxy_username and git.proxy_password",
          failure);
    }
    if (UNAUTHORIZED.matcher(messages).find()) {
      return new PortException(FailureKind.UNAUTHORIZED, could + refused(url), failure);
    }
    if (TIMEOUT.matcher(messages).find() || causedBy(failure, InterruptedIOException.class)) {
      return new PortException(
          FailureKind.UNAVAILABLE, could + named(url) + " did not answer in time", failure);
    }
    Optional<String> broken =
        url.host().isEmpty() ? Optional.empty() : NetworkWords.of(failure, url.effectivePort());
    if (broken.isPresent()) {
      return new PortException(
          FailureKind.UNAVAILABLE, could + named(url) + " " + broken.get(), failure);
    }
    // JGit quotes what it got, which may be the text of any server
    return causedBy(failure, PackProtocolException.class)
        ? new PortException(
            FailureKind.UNAVAILABLE,
            could + named(url) + " answers with something else than Git's protocol",
            failure)
        : translate(action, failure);
  }

  private static PortException refusal(
      String could, RepositoryUrl url, RefusedRequestException refused, Throwable failure) {
    String remedy = refused.kind() == FailureKind.UNAUTHORIZED ? credentials(url) : "";
    return new PortException(
        refused.kind(), could + named(url) + " " + refused.getMessage() + remedy, failure);
  }

  /** A server that hangs up without a word may just be about to stop. */
  private static PortException noRepository(
      String could, RepositoryUrl url, NoRemoteRepositoryException missing, Throwable failure) {
    if (causedBy(missing, EOFException.class)) {
      return new PortException(
          FailureKind.UNAVAILABLE,
          could + named(url) + " hung up without an answer; is the repository there?",
          failure);
    }
    return new PortException(
        FailureKind.NOT_FOUND, could + "there is no repository at '" + url + "'", failure);
  }

  /** Translates a failure on this machine. */
  public static PortException translate(String action, Throwable failure) {
    if (failure instanceof PortException known) {
      return known;
    }
    if (failure instanceof WorkspaceException refused) {
      return new PortException(
          refused.kind(), "could not " + action + ": " + refused.getMessage(), refused);
    }
    if (failure instanceof RuntimeException bug && !isExpected(bug)) {
      throw bug;
    }
    FailureKind kind =
        failure instanceof InvalidPathException ? FailureKind.DENIED : FailureKind.UNAVAILABLE;
    return new PortException(kind, "could not " + action + ": " + reason(failure), failure);
  }

  /** Whether objects that should be on this machine are missing or cannot be read. */
  public static boolean isDamage(Throwable failure) {
    return causedBy(failure, MissingObjectException.class)
        || causedBy(failure, CorruptObjectException.class)
        || causedBy(failure, IncorrectObjectTypeException.class)
        || causedBy(failure, CorruptPackIndexException.class)
        || causedBy(failure, PackInvalidException.class)
        || causedBy(failure, PackMismatchException.class)
        || isCollision(failure);
  }

  /** Whether a fetched object has another content than the one of the same id on this machine. */
  private static boolean isCollision(Throwable failure) {
    String words = JGitText.get().collisionOn.replace("{0}", "");
    return Stream.<Throwable>iterate(failure, one -> one != null, Throwable::getCause)
        .anyMatch(one -> one.getMessage() != null && one.getMessage().startsWith(words));
  }

  /** Whether a library throws this unchecked exception for a fault in its environment. */
  private static boolean isExpected(RuntimeException failure) {
    return failure instanceof InvalidPathException
        || failure instanceof JGitInternalException
        || failure instanceof DirectoryIteratorException
        || failure instanceof UncheckedIOException;
  }

  private static String refused(RepositoryUrl url) {
    return named(url) + " refused the credentials, or has none" + credentials(url);
  }

  private static String credentials(RepositoryUrl url) {
    return "; add one for '"
        + url.host()
        + (url.isOverHttp() && url.port() >= 0 ? ":" + url.port() : "")
        + "' under git.credentials, or check the one that is there";
  }

  private static String named(RepositoryUrl url) {
    return url.host().isEmpty() ? "'" + url + "'" : "'" + url.host() + "'";
  }

  private static String reason(Throwable failure) {
    String text = Optional.ofNullable(failure.getMessage()).orElse("");
    return text.isBlank() ? failure.getClass().getSimpleName() : CleanText.of(text).text();
  }

  private static String allMessages(Throwable failure) {
    var all = new StringBuilder();
    for (Throwable one = failure; one != null; one = one.getCause()) {
      all.append(one.getMessage()).append('\n');
    }
    return all.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
    return find(failure, type).isPresent();
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return Stream.<Throwable>iterate(failure, one -> one != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
